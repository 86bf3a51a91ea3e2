"""Finding: laws, codes and ordinances cited by name.

Known names come from ``lookups/laws.csv`` (longest name wins, so commas and "và" inside a name
cause no harm); an unknown law is read by grammar up to the first word that cannot belong to a
title. Drafts ("dự thảo Luật …", "dự án Luật …") are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..lookups import rows, values
from ..text import LOWER, UPPER, squeeze
from ..text import shadow as to_shadow
from .mention import Mention

_HEAD_RE = re.compile(
    r"(?:Bộ luật|Bộ Luật|BỘ LUẬT|Luật|LUẬT|luật|Pháp lệnh|PHÁP LỆNH|Hiến pháp|HIẾN PHÁP|"
    r"BL[A-ZĐ]{2,5}(?!\w))(?![\w-])"
)
_DRAFT_BEFORE_RE = re.compile(
    r"(?:[dD]ự thảo|[dD]ự án|DỰ THẢO|DỰ ÁN|[xX]ây dựng (?:dự án |dự thảo |hồ sơ )?|đề "
    r"nghị xây dựng|[dD]ự luật)(?:\s(?:các|của)\s[lL]uật)?\s?:?\s*(?:các\s+|hai\s+|\d+\s+|"
    r"sửa đổi\s+|bổ sung\s+)?$"
)
# Behind a name: "năm 2016", "2024", "(sửa đổi)", "số 31/2024/QH15".
_YEAR_RE = re.compile(r"\s(?:năm\s|NĂM\s)?((?:19|20)\d{2})(?![\d/])(?!\s?[-–]\s?(?:19|20)\d{2})")
_AMENDED_RE = re.compile(
    r"\s?\((?:sửa đổi|SỬA ĐỔI|thay thế)(?:, bổ sung)?(?:\s(?:năm\s)?((?:19|20)\d{2}))?\)"
)
_LIST_GAP_RE = re.compile(r"\s?(?:,|;|và|,\s?và)\s?")
_NUMBER_BEHIND_RE = re.compile(r"[,:]?\s\(?\s?(?:(?:số|SỐ|Số|Luật số)\s?:?\s?)?$")
_AMENDING_RE = re.compile(
    r"\s(?:[sS]ửa đổi|SỬA ĐỔI)(?:\s?,?\s?(?:[bB]ổ sung|BỔ SUNG))?\s(?:(?:một số|các|\d+)"
    r"\s)?(?:điều|ĐIỀU|Điều \d+|nội dung|quy định)(?:,\s(?:khoản|điểm))?"
    r"(?:(?:,|\svà)\s(?!Luật)[^;.\n]{3,90}?)?(?:\s(?:của|CỦA|trong|tại))\s(?:(?:\d{1,2}|"
    r"các|hai|ba)\s)?|\s(?:[sS]ửa đổi|SỬA ĐỔI),?\s(?:[bB]ổ sung|BỔ SUNG)\s(?:một số "
    r"điều\s)?(?=(?:Luật|Bộ luật|LUẬT)\s)",
)
# Words that cannot go on a title of an unknown law.
_STOP = (
    "năm|số|ngày|được|để|trong|theo|tại|là|có|không|đã|sẽ|do|từ|đến|khi|nếu|thì|mà|bằng|"
    "của|nhằm|bởi|cho|trên|với|như|này|đó|trên|nêu|sau|trước|hiện|còn|cũng|phải|cần|quy|"
    "thay|ban|thông|thuộc|hết|nói|vào|vừa|đang|"
    "gồm|bao|ra|lên|khóa|gắn|trình|cùng|vẫn|liên|hướng|đối|Luật|Nghị|Bộ|Pháp|Thông|Quyết"
)
_WORD = rf"[{UPPER}{LOWER}]+(?:-[{UPPER}{LOWER}]+)?"
_UNKNOWN_RE = re.compile(
    r"[^\S\n](?!(?:Nghị (?:định|quyết)|Quyết định|Thông tư|Chỉ thị|Kết luận|Công văn)\b)"
    rf"(?P<name>[{UPPER}][{UPPER}{LOWER}]*(?:,?[^\S\n](?!(?:{_STOP})\b){_WORD}){{0,12}})"
)
# "Trường Đại học Luật Hà Nội", "Khoa Luật", "Công ty Luật Minh Khuê".
_SCHOOL_RE = re.compile(
    r"(?:Đại học|Khoa|Viện|Trường|ngành|Ngành|Công ty|Văn phòng|Cử nhân|Thạc sĩ|Tiến sĩ)"
    r"\s$"
)
_NOT_A_LAW_RE = re.compile(
    r"\s(?:sư|Sư|này|đó|nêu|trên|pháp|số|quốc tế|tục|hóa|gia|chơi|các\b|và\b|Hành chính|"
    r"của\b|lệ|thi\b|khác)"
)


@dataclass(frozen=True, slots=True)
class Law:
    """A law by name with its versions (parallel tuples; "-" for unknown)."""

    name: str
    type: str
    numbers: tuple[str, ...]
    years: tuple[str, ...]
    dates: tuple[str, ...]
    issuer: str | None


@cache
def laws() -> Mapping[str, Law]:
    """Returns every known spelling (shadow, lower case) -> law."""
    out: dict[str, Law] = {}
    for row in rows("laws"):
        name = row["name"]
        kind = next(
            (k for k in ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp") if name.startswith(k)), "Luật"
        )
        law = Law(
            name,
            kind,
            values(row["numbers"]),
            values(row["years"]),
            values(row["dates"]),
            row["issuer"] or None,
        )
        for spelling in (name, *values(row["aliases"])):
            out.setdefault(to_shadow(spelling).lower(), law)
    return out


@cache
def _by_start() -> Mapping[str, tuple[str, ...]]:
    """Spellings by their first nine characters (shorter ones under ""), longest first."""
    table: dict[str, list[str]] = {}
    for spelling in laws():
        table.setdefault(spelling[:9] if len(spelling) > 9 else "", []).append(spelling)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in table.items()}


def _spellings(window: str) -> tuple[str, ...]:
    return (*_by_start().get(window[:9], ()), *_by_start().get("", ()))


_BLANKS_RE = re.compile(r"\s+")


def _known(shadow: str, at: int) -> tuple[int, Law] | None:
    """Returns (end, law) of the longest known name that starts at ``at``."""
    window = shadow[at : at + 160].lower()
    for spelling in _spellings(window):
        if window.startswith(spelling):
            end = at + len(spelling)
            if not shadow[end : end + 1].isalnum():
                return end, laws()[spelling]
    if "\n" in window or "  " in window:
        # A name over two lines: compare with blanks squeezed, then walk back to the offset.
        flat = _BLANKS_RE.sub(" ", window)
        for spelling in _spellings(flat):
            if flat.startswith(spelling) and not flat[len(spelling) : len(spelling) + 1].isalnum():
                return _walk(shadow, at, len(spelling)), laws()[spelling]
    return None


def _walk(shadow: str, at: int, length: int) -> int:
    i, seen = at, 0
    while seen < length:
        i += 1
        if not (shadow[i - 1].isspace() and shadow[i : i + 1].isspace()):
            seen += 1
    return i


def find_named(shadow: str, numbered: Sequence[Mention]) -> tuple[list[Mention], set[int]]:
    """Returns mentions by name, and the indexes of numbered mentions that they absorb.

    "Luật Đất đai số 31/2024/QH15" is one mention: the name takes the number that follows.
    """
    out: list[Mention] = []
    absorbed: set[int] = set()
    starts = [m.start for m in numbered]
    last = drafted = -1
    for m in _HEAD_RE.finditer(shadow):
        if m.start() < last or (
            m.start() and (shadow[m.start() - 1].isalnum() or shadow[m.start() - 1] == "-")
        ):
            continue
        if _DRAFT_BEFORE_RE.search(shadow[max(0, m.start() - 40) : m.start()]) or (
            drafted >= 0 and _LIST_GAP_RE.fullmatch(shadow, drafted, m.start())
        ):
            # "dự thảo: Luật A (sửa đổi), Luật B": the whole list is of drafts.
            known = _known(shadow, m.start())
            unknown = _UNKNOWN_RE.match(shadow, m.end())
            end = known[0] if known else (unknown.end() if unknown else m.end())
            bill = _AMENDED_RE.match(shadow, end)
            drafted = last = bill.end() if bill else end
            continue
        made = _named(shadow, m, numbered, starts, absorbed)
        if made is None:
            continue
        for item in made:
            out.append(item)
            last = max(last, item.end)
    out.sort(key=lambda x: x.start)
    return out, absorbed


def _named(
    shadow: str,
    m: re.Match[str],
    numbered: Sequence[Mention],
    starts: Sequence[int],
    absorbed: set[int],
) -> list[Mention] | None:
    at, head = m.start(), m.group()
    listed = _known(shadow, at)
    if listed is None and _NOT_A_LAW_RE.match(shadow, m.end()) and head != "Hiến pháp":
        return None
    kind = {
        "luật": "Luật",
        "bộ luật": "Bộ luật",
        "pháp lệnh": "Pháp lệnh",
        "hiến pháp": "Hiến pháp",
    }.get(head.lower(), "Bộ luật")
    if head == "luật" and not shadow[m.end() + 1 : m.end() + 2].isupper():
        return None  # small letter: only a known name with its capital ("theo luật Đất đai")
    amending = _AMENDING_RE.match(shadow, m.end())
    law: Law | None = None
    title_end: int
    targets: list[str] = []
    if amending and kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        end = _amended_names(shadow, amending.end(), targets)
        if end is None:
            return None
        title_end = end
    else:
        if listed:
            title_end, law = listed
        elif kind == "Hiến pháp":
            title_end = m.end()
        else:
            unknown = _UNKNOWN_RE.match(shadow, m.end())
            if (
                unknown is None
                or _SCHOOL_RE.search(shadow[max(0, at - 16) : at])
                or head in ("luật", "LUẬT")
                or head.startswith("BL")
            ):
                return None
            title_end = unknown.end()
            words = unknown.group("name")
            for tail in (" và", ","):
                if words.endswith(tail):
                    title_end -= len(tail)
            if len(unknown.group("name").split()) < 2 and not unknown.group("name")[1:2].islower():
                return None
    name = law.name if law else squeeze(shadow[at:title_end])
    if name.isupper() and not law:
        name = name.capitalize()
    mention = Mention(at, title_end, "named", law.type if law else kind, _code(kind), name=name)
    mention.symbol = None
    if targets:
        mention.title = "amends:" + "|".join(targets)
    _suffix(shadow, mention, numbered, starts, absorbed)
    return [mention]


def _code(kind: str) -> str:
    return {"Bộ luật": "L", "Luật": "L", "Pháp lệnh": "PL", "Hiến pháp": "HP"}[kind]


def _amended_names(shadow: str, at: int, targets: list[str]) -> int | None:
    """Reads "Luật A[, Luật B][ và Luật C]" behind "sửa đổi, bổ sung một số điều của"."""
    end = at
    while True:
        known = _known(shadow, at)
        if known:
            end = known[0]
            targets.append(known[1].name)
        else:
            head = _HEAD_RE.match(shadow, at)
            unknown = _UNKNOWN_RE.match(shadow, head.end()) if head else None
            if unknown is None:
                return end if targets else None
            end = unknown.end()
            targets.append(squeeze(shadow[at:end]))
        year = _YEAR_RE.match(shadow, end)
        step = re.compile(r"(?:,\s|;\s|\svà\s)(?=(?:Luật|Bộ luật|Pháp lệnh)\s)").match(
            shadow, year.end() if year else end
        )
        if step is None:
            return end
        at = step.end()


def _suffix(
    shadow: str,
    mention: Mention,
    numbered: Sequence[Mention],
    starts: Sequence[int],
    absorbed: set[int],
) -> None:
    end = mention.end
    amended = _AMENDED_RE.match(shadow, end)
    if amended:
        end = amended.end()
        if amended.group(1):
            mention.year = int(amended.group(1))
    year = _YEAR_RE.match(shadow, end)
    if year:
        end = mention.end = year.end()
        mention.year = int(year.group(1))
        mention.written.append("year")
    i = bisect_right(starts, end - 1)
    # The number may follow at once: "Luật Đất đai số 31/2024/QH15", "… năm 2024 (số 31/2024/QH15)".
    for j in (i - 1, i):
        if not 0 <= j < len(numbered) or j in absorbed:
            continue
        n = numbered[j]
        digits = _number_start(shadow, n)
        if n.symbol is None or not (n.symbol.term or n.symbol.text.endswith("CTN")):
            continue
        if digits < end or not _NUMBER_BEHIND_RE.fullmatch(shadow[end:digits]):
            continue
        if _of_amended(mention, n):
            # The number names the law inside the name: a mention of its own.
            n.type, n.type_code = "Luật", "L"
            break
        mention.number, mention.symbol = n.number, n.symbol
        mention.year = n.year or mention.year
        mention.end = n.end
        mention.repairs.extend(n.repairs)
        absorbed.add(j)
        break
    mention.tail = max(mention.tail, mention.end)


def _of_amended(mention: Mention, n: Mention) -> bool:
    """True if the number behind "Luật sửa đổi … của Luật X số N" is that of X in the table."""
    if not mention.title:
        return False
    for name in mention.title.removeprefix("amends:").split("|"):
        law = laws().get(name.lower())
        if law and any(v.split("/")[0] == n.number and str(n.year) in v for v in law.numbers):
            mention.title = f"amends:{name}#{n.number}/{n.year}"
            return True
    return False


def _number_start(shadow: str, n: Mention) -> int:
    m = re.compile(r"\d").search(shadow, n.start, n.end)
    return m.start() if m else n.start
