"""Identity: the key of an instrument, the same string in every document and every run.

``vn:<type>:<issuer>:<period>:<number>``, for example ``vn:qđ:ttg:2020:1804``,
``vn:kl:tw:k12:64``, ``vn:qđ:ubnd.lang-son:2021:512``, ``vn:l:qh:2016:2``. Codes keep their đ, since
BDT (Ban Dân tộc) and BĐT (Ban Đô thị) are two bodies; places are plain ASCII. The period of a State
number is its year (numbers are unique in a year, Decree 30/2020), of a Party number the committee
term (36-HD/VPTW, II.1.3). An unknown part is ``?`` and the id is then partial.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from ..lookups import rows
from ..text import UPPER, fold
from .mention import Mention
from .names import laws
from .symbols import code_key, issuers

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Locality:
    """Whose paper this is: what local suffixes (UBND, HĐND, TU, SXD) refer to by default.

    Attributes:
        place: The issuer's own place ("tỉnh Lạng Sơn", "xã Tân Thành"), None if unknown.
        province: The province around it, None if unknown.
        level: ``province``, ``district``, ``commune`` or ``central``, None if unknown.
    """

    place: str | None = None
    province: str | None = None
    level: str | None = None


#: A paper of which nothing is known.
NOWHERE = Locality()


def slug(name: str) -> str:
    """Returns a name for a key: "tỉnh Lạng Sơn" -> "lang-son", "xã Tân Thành" -> "xa-tan-thanh"."""
    bare = fold(name)
    bare = re.sub(r"^(?:tinh|thanh pho|tp\.?)\s+(?!thuoc)", "", bare)
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


@cache
def central_terms() -> tuple[tuple[dt.date, int], ...]:
    """Returns (first day, ordinal) of the terms of the Party's Central Committee, rising."""
    out = [
        (_day(row["start"], first=True), int(row["ordinal"]))
        for row in rows("terms")
        if row["body"] == "Ban Chấp hành Trung ương" and row["start"]
    ]
    return tuple(sorted(out))


def _day(iso: str, *, first: bool) -> dt.date:
    parts = [int(p) for p in iso.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    if len(parts) == 2:
        return dt.date(parts[0], parts[1], 1 if first else 28)
    return dt.date(parts[0], 1 if first else 12, 1 if first else 31)


# Congresses of provinces and below come some months before the national one; in the year of
# a congress, papers from 15 October on are counted to the new term (an approximation: the
# days of 63 congresses are not public in one place).
_LOCAL_TURN = (10, 15)


def party_period(issuer: str, iso: str | None) -> str:
    """Returns the committee term of a Party number by its date: ``k13`` or ``2020-2025``."""
    if not iso or len(iso) < 4:
        return UNKNOWN
    if len(iso) == 4:
        year = int(iso)
        if year % 5 in (0, 1):
            return UNKNOWN  # a congress may lie in this year
        day = dt.date(year, 6, 1)
    else:
        day = _day(iso, first=True)
    if issuer.split(".")[0] in CENTRAL_PARTY:
        term = max((n for start, n in central_terms() if start <= day), default=None)
        return f"k{term}" if term else UNKNOWN
    start = day.year - day.year % 5
    if (day.month, day.day) < _LOCAL_TURN and day.year % 5 == 0:
        start -= 5
    return f"{start}-{start + 5}"


CENTRAL_PARTY = frozenset(
    {
        "tw",
        "vptw",
        "btctw",
        "btgtw",
        "btgdvtw",
        "bdvtw",
        "bnctw",
        "ubkttw",
        "bkttw",
        "bcstw",
        "bđntw",
        "hvctqg",
        "bcđtw",
        "hđlltw",
        "tgv",
        "đucp",
        "đuqh",
        "đuca",
        "quutw",
    }
)


def key_of(m: Mention, place: Locality) -> tuple[str, str, str, str]:
    """Returns (type, issuer, period, number) of a mention, ``?`` for what it does not say."""
    if m.kind == "congress":
        return _congress_key(m, place)
    if m.kind == "named" and m.number is None:
        return _law_key(m)
    # Laws and codes are numbered in one run.
    code = (
        code_key("L" if m.type_code == "BL" else m.type_code)
        if m.type_code not in ("", "?")
        else UNKNOWN
    )
    number = normal_number(m.number) if m.number else UNKNOWN
    if m.symbol is None:
        return code, UNKNOWN, str(m.year or m.date_year or UNKNOWN), number
    symbol = m.symbol
    issuer = _issuer_part(m, place)
    if symbol.form == "party":
        period = party_period(issuer, m.date or (str(m.date_year) if m.date_year else None))
        return code, issuer, period, number
    year = m.year or m.date_year
    return code, issuer, str(year) if year else UNKNOWN, number


def normal_number(number: str) -> str:
    """Returns a number without leading zeros: ``04`` -> ``4``, ``30a`` stays."""
    return number.lstrip("0") or "0"


def _issuer_part(m: Mention, place: Locality) -> str:
    symbol = m.symbol
    assert symbol is not None
    codes = symbol.issuers
    if not codes:
        # An issuer that no table knows: behind the type, or the first group of an official letter.
        groups = re.split(r"[-/]", symbol.text)
        unknown = symbol.unit if symbol.type is not None else groups[0]
        return code_key(unknown) or UNKNOWN
    parts = []
    for code in codes[:3]:
        # "QĐ-UB" until 2004, "QĐ-UBND" since: one body, one run of numbers a year.
        part = code_key("UBND" if code == "UB" else code)
        row = issuers().get(code)
        if row is not None and row.local:
            part += "." + _where(m, code, place)
        parts.append(part)
    return "+".join(sorted(parts) if len(parts) > 1 else parts)


_PLACE_RE = re.compile(
    r"(?P<kind>[tT]ỉnh|TỈNH|[tT]hành phố|THÀNH PHỐ|TP\.?|[hH]uyện|HUYỆN|[qQ]uận|[tT]hị xã|"
    r"[xX]ã|XÃ|[pP]hường|PHƯỜNG|[tT]hị trấn|[đĐ]ặc khu)\s*(?P<name>(?:["
    + UPPER
    + r"][^\s,;.()]*(?:\s-\s|\s)?)*)"
)


# "Ban Thường vụ Tỉnh ủy Lạng Sơn", "Thành ủy Hà Nội", "Thành ủy Thành phố Huế".
_PARTY_PLACE_RE = re.compile(
    r"(?:Tỉnh|Thành)\s(?:ủy|uỷ)\s(?:[tT](?:hành phố|ỉnh)\s)?(?P<name>["
    + UPPER
    + r"]\w+(?:\s(?:-\s)?["
    + UPPER
    + r"]\w+){0,3})"
)


def _where(m: Mention, code: str, place: Locality) -> str:
    """Returns the place of a local issuer: from the words behind, else from the citing document."""
    local_party = _PARTY_PLACE_RE.search(m.issuer or "")
    if local_party:
        m.place_said = True
        return slug(local_party.group("name"))
    said = _PLACE_RE.search(m.issuer or "")
    if said:
        name = said.group("name").strip()
        m.place_said = bool(name)
        kind = said.group("kind").lower().rstrip(".")
        if name:
            if kind in ("tỉnh", "thành phố", "tp"):
                return slug(name)
            outer = f".{slug(place.province)}" if place.province else ""
            return slug(f"{kind} {name}") + outer
        if kind in ("tỉnh", "thành phố", "tp"):
            return slug(place.province) if place.province else UNKNOWN
        return slug(place.place) if place.place and place.level != "province" else UNKNOWN
    low = (m.issuer or "").lower()
    if (
        place.level == "province"
        or code in ("TU", "VPTU")
        or code.startswith("S")
        or ("tỉnh ủy" in low or "thành ủy" in low)
    ):
        return slug(place.province) if place.province else UNKNOWN
    return UNKNOWN


def _law_key(m: Mention) -> tuple[str, str, str, str]:
    code = code_key(m.type_code)
    law = laws().get((m.name or "").lower())
    body = "ubtvqh" if code == "pl" else "qh"
    year = m.year or m.date_year
    if law is not None and year:
        versions = [
            (number, law_year, date)
            for number, law_year, date in zip(law.numbers, law.years, law.dates, strict=False)
            if number not in ("-", "") and (law_year == str(year) or date.startswith(str(year)))
        ]
        if len(versions) > 1:
            # Two laws of one name in one year (the 2025 laws on local government): the day decides.
            exact = [v for v in versions if m.date and v[2] == m.date]
            m.candidates = (
                ()
                if exact
                else tuple(
                    render((code, body, y, normal_number(n.split("/")[0]))) for n, y, _ in versions
                )
            )
            versions = exact
        if versions:
            number, law_year, _ = versions[0]
            return code, body, law_year, normal_number(re.split(r"[/-]", number)[0])
    name = law.name if law else m.name or ""
    return (
        code,
        body,
        str(year) if year else UNKNOWN,
        "ten." + slug(re.sub(r"^(?:Bộ luật|Luật|Pháp lệnh)\s+", "", name)),
    )


def _congress_key(m: Mention, place: Locality) -> tuple[str, str, str, str]:
    kind, _, rest = (m.title or "").partition(":")
    body, _, term = rest.partition("|")
    term = str(_arabic(term))
    if kind == "congress":
        if not body:
            return "nq", "đh.tw", f"k{term}", "dai-hoi"
        where = re.sub(r"^(?:tỉnh|thành phố)$", "", body.strip(), flags=re.IGNORECASE).strip()
        if where in ("", "?"):
            where = place.province or UNKNOWN
        return "nq", f"đh.{slug(where) if where != UNKNOWN else UNKNOWN}", f"k{term}", "dai-hoi"
    if kind == "plenum":
        return "nq", "tw", f"k{term}", f"hoi-nghi-{_arabic(body)}"
    return (
        "nq",
        "hđnd." + (slug(place.province) if place.province else UNKNOWN),
        f"k{term}",
        f"ky-hop-{slug(body)}",
    )


_WORDS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}


def _arabic(term: str) -> int | str:
    term = term.strip()
    if term.isdigit():
        return int(term)
    if term.lower() in _WORDS:
        return _WORDS[term.lower()]
    value, last = 0, 0
    for c in reversed(term.upper()):
        n = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}.get(c)
        if n is None:
            return slug(term)
        value += n if n >= last else -n
        last = max(last, n)
    return value


def render(parts: tuple[str, str, str, str]) -> str:
    """Returns the key as a string."""
    return "vn:" + ":".join(parts)
