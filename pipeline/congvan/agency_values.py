"""Who a named agency is: its full name by Decree 30/2020, annex II, and its level.

A name that leaves out its place ("UBND", "UBND tỉnh", "Sở Nội vụ") is filled from what the
document says of itself (:class:`AgencyContext`); where the document does not say it, the
value is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from congvan.agency_capitals import recase
from congvan.agency_grammar import BARE_BODIES, Part, parse
from congvan.agency_tables import Entry, trie, walk
from congvan.lookups import rows, values
from congvan.places import (
    LEVEL_OF_KIND,
    UNIT,
    PlaceTail,
    kind_of,
    place,
    province_of,
    unit_exists,
)
from congvan.text import shadow, squeeze

_CACHE = 8192
# Bodies whose offices have names of their own: "Phòng Nội vụ" is not "… Ủy ban nhân dân huyện".
_COMMITTEES = {"Huyện ủy": "huyện", "Quận ủy": "quận", "Thị ủy": "thị xã"}
_NATIONAL = ("Trung ương", "quốc gia", "Quốc gia", "Việt Nam", "nhà nước", "Nhà nước")
# First words of the police's own departments: "Phòng Cảnh sát giao thông".
_POLICE = ("Cảnh", "An", "PC08", "PA05", "PC06")
_GOVERNING = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Chủ tịch", "Chính phủ", "Thủ tướng")
_UNIT_RE = re.compile(UNIT)
# Hit: " tỉnh" at the end; near miss: " tỉnh Lạng Sơn".
_BARE_UNIT_RE = re.compile(rf" {UNIT}$")
# Hit: "Công đoàn Công ty"; near miss: "Công đoàn Công ty Than".
_OF_A_LEVEL_RE = re.compile(r" cấp (?:tỉnh|huyện|xã|cơ sở)$")
_BARE_BODY_RE = re.compile(
    r"(.{2,60}) (Công ty|Tổng công ty|Tập đoàn|Viện|Hội|Trường|Trung tâm|Bệnh viện|Ủy ban|Bộ|Sở"
    r"|Cục|Chi cục)"
)
_CENTRAL_LEVELS = ("central", "party", "army", "police", "front", "enterprise")
# Heads whose place is a bare name: "Tỉnh ủy Lạng Sơn", "Báo Lạng Sơn", "Tỉnh đoàn Lạng Sơn".
_SHORT_PLACE_RE = re.compile(r"(?:ủy|đoàn|Báo|Điện lực|Viễn thông|Truyền hình)$")
# Hit: "xi"; near miss: "xiv1".
_ROMAN_RE = re.compile(r"[ivx]{1,5}")


@dataclass(frozen=True, slots=True)
class AgencyContext:
    """What the document says of itself.

    Attributes:
        issuer: As written in the letterhead, e.g. "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN".
        place: The place of its date line, e.g. "Lạng Sơn".
        date: ISO date, may be a month only.
        parent: The body above the issuer in the letterhead, e.g. "UBND TỈNH LẠNG SƠN" over
            "SỞ TÀI CHÍNH".
        topic: The one province that a paper from the centre is about, as "tỉnh Lạng Sơn".
        units: The one unit of a kind that the text names, as ``("huyện", "Hữu Lũng")``: what
            "huyện" alone means in the paper of a commune or of a district's office.
    """

    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    parent: str | None = None
    topic: str | None = None
    units: tuple[tuple[str, str], ...] = ()

    @property
    def province(self) -> str | None:
        """The document's province, "tỉnh Lạng Sơn": of its issuer, of the body above it, of its
        place; else the one province that a paper from the centre is about.

        None for other central papers: that a ministry sits in Hà Nội does not make it one of
        Hà Nội.
        """
        own = _province(self.issuer, None, self.date) or _province(self.parent, None, self.date)
        if own is None and not _is_central(self.issuer) and not _is_central(self.parent):
            own = _province(None, self.place, self.date)
        return own or self.topic


@lru_cache(_CACHE)
def _province(issuer: str | None, where: str | None, date: str | None) -> str | None:
    if issuer:
        found = province_of(issuer, date=date)
        if found is not None:
            return found
        part, text = _parsed(issuer)
        if part is None and text:
            # A letterhead of two bodies: "BAN CHẤP HÀNH TRUNG ƯƠNG BAN TỔ CHỨC".
            part = parse(text, 0, len(text))
        inner = _place_of(part)
        if inner is not None and inner.name is not None:
            name = f"{inner.kind} {inner.name}" if inner.kind else inner.name
            found = province_of(name, date=date)
            if found is not None:
                return found
    return province_of(where, date=date) if where else None


@lru_cache(_CACHE)
def _is_central(issuer: str | None) -> bool:
    """Tells whether a letterhead is of a body of the centre, which is of no province."""
    if not issuer:
        return False
    part, text = _parsed(issuer)
    if part is None and text:
        part = parse(text, 0, len(text))
    if part is None or part.entry.level not in _CENTRAL_LEVELS or _place_of(part) is not None:
        return False
    closed = part.entry.closed or part.entry.level == "central"
    return (closed and part.entry.kind != "department") or part.suffix is not None


def _chain(part: Part | None) -> Iterator[Part]:
    while part is not None:
        yield part
        part = part.body


def _place_of(part: Part | None) -> PlaceTail | None:
    for inner in _chain(part):
        if inner.place is not None:
            return inner.place
    return None


@lru_cache(_CACHE)
def _parsed(name: str) -> tuple[Part | None, str]:
    """Returns the parse of a whole name and the text it refers to."""
    text = squeeze(shadow(name)).strip(" .,;:*()[]_")
    if text.isupper() and (" " in text or len(text) > 12):
        text = recase(text)
    elif text:
        text = text[0].upper() + text[1:]
    part = parse(text, 0, len(text)) if text else None
    if part is None or part.end != len(text) or part.entry.tail in ("stop", "stopname"):
        return None, text
    return part, text


def canonical_agency(name: str, *, context: AgencyContext = AgencyContext()) -> str | None:
    """Returns the full name of an agency, or None where it cannot be known.

    >>> here = AgencyContext(issuer="ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN")
    >>> canonical_agency("Bộ CHQS tỉnh", context=here)
    'Bộ Chỉ huy Quân sự tỉnh Lạng Sơn'
    """
    return describe(name, context)[0]


@lru_cache(_CACHE)
def describe(name: str, context: AgencyContext) -> tuple[str | None, str | None]:
    """Returns the full name and the level of an agency, each None if unknown."""
    part, text = _parsed(name)
    if part is None:
        return None, None
    return _self(_render(text, part, context), context), _level(text, part, context)


def _self(value: str | None, context: AgencyContext) -> str | None:
    """Returns the issuer's own name where ``value`` is its beginning: "Công ty Điện lực"."""
    if value is None or context.issuer is None or " " not in value:
        return value
    own = _issuer_name(context)
    return own if own is not None and own.startswith(f"{value} ") else value


@lru_cache(_CACHE)
def _issuer_name(context: AgencyContext) -> str | None:
    part, text = _parsed(context.issuer or "")
    return _render(text, part, _above(context)) if part is not None else None


def open_value(name: str, context: AgencyContext) -> str | None:
    """Returns the full name of a body that no table knows: its words, written out and placed.

    Abbreviations are expanded, a bare "tỉnh" or "huyện" at the end gets the document's own;
    None where that is not known.

    >>> open_value("Xí nghiệp QLDA tỉnh", AgencyContext(issuer="UBND TỈNH LẠNG SƠN"))
    'Xí nghiệp Quản lý dự án tỉnh Lạng Sơn'
    """
    words = squeeze(shadow(name)).strip(" .,;:*()[]_")
    if words.isupper() and len(words) > 20:
        words = recase(words)
    m = _BARE_BODY_RE.fullmatch(_open_words(words))
    if m is not None:
        body = _issuer_name(context)
        if body is not None and body.startswith(f"{m.group(2)} "):
            return f"{m.group(1)} {body}"
    m = _BARE_UNIT_RE.search(words)
    if m is None:
        rest = [_open_words(words), *_home_of(words, context)]
        known = [w for w in rest if w]
        return _self(" ".join(known), context) if len(known) == len(rest) else None
    own = _own(kind_of(m.group().strip()), context)
    return f"{_open_words(words[: m.start()])} {own}" if own is not None else None


def _render(text: str, part: Part, context: AgencyContext) -> str | None:
    words: list[str | None] = [_head(text, part, context)]
    if part.name is not None:
        words.append(_open_words(text[slice(*part.name)]))
    if part.suffix is not None:
        suffix = squeeze(text[slice(*part.suffix)])
        if suffix in BARE_BODIES:
            words.append(_own_body(suffix, context))
        else:
            words.append("Trung ương" if suffix in ("TW", "TƯ") else suffix)
    if part.body is not None:
        words.append(_render(text, part.body, context))
    if part.place is not None:
        words.append(_place(text, part, context))
    elif part.end == part.head_end:
        words.extend(_fill(part.entry, context))
    elif part.name is not None and part.body is None and part.suffix is None:
        words.extend(_home(text, part, context))
    # One unknown word makes the whole name unknown.
    known = [w for w in words if w is not None]
    return squeeze(" ".join(known)) if len(known) == len(words) else None


def _head(text: str, part: Part, context: AgencyContext) -> str:
    """Returns the head in full; an army staff below the province is a "Ban"."""
    table, pattern = _abbreviations()
    head = pattern.sub(lambda m: table[m.group()], part.entry.canonical)
    if part.entry.surface == "BCHQS" and _level_of_place(text, part, context) != "province":
        return head.replace("Bộ", "Ban", 1)
    return head


def _own_body(kind: str, context: AgencyContext) -> str | None:
    """Returns the body of that kind in the letterhead: "Bộ" -> "Bộ Nội vụ"."""
    for issuer in (context.issuer, context.parent):
        value = canonical_agency(issuer, context=_above(context)) if issuer else None
        if value is not None and value.startswith(f"{kind} "):
            return value
    return None


def _above(context: AgencyContext) -> AgencyContext:
    return AgencyContext(context.parent, context.place, context.date)


def _open_words(words: str) -> str:
    words = squeeze(words)
    upper = words[:1].isupper()
    table, pattern = _abbreviations()
    words = pattern.sub(lambda m: table[m.group()], words)
    words = words[:1].upper() + words[1:] if upper else words
    return words.replace(" & ", " và ").replace("&", " và ")


@cache
def _abbreviations() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Returns what abbreviations inside names stand for, and a pattern of them all."""
    table = {a: row["full"] for row in rows("abbreviations") for a in values(row["abbreviations"])}
    longest = sorted(table, key=len, reverse=True)
    pattern = rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest))})(?![^\W_])"
    return table, re.compile(pattern)


@cache
def topic_abbreviations() -> frozenset[str]:
    """Returns the abbreviations of matters that are no name of a body by themselves ("TTHC")."""
    bodies = {code for row in rows("issuers") for code in (row["code"], *values(row["codes"]))}
    heads = {s for row in rows("agency_heads") for s in values(row["head"])}
    return frozenset(a for a in _abbreviations()[0] if a not in heads and a not in bodies) | {
        "TTHC",
        "CNTT",
        "DVC",
        "CCHC",
    }


def _home(text: str, part: Part, context: AgencyContext) -> list[str | None]:
    """Returns whose an open name without a place is: "Phòng Nội vụ" in the paper of a district.

    Nothing is added to a name that ends in a proper noun ("Trường THPT Lê Hoài Đôn").
    """
    assert part.name is not None
    return _placed(part.entry.home, squeeze(text[slice(*part.name)]), context)


def _home_of(name: str, context: AgencyContext) -> list[str | None]:
    """Returns the same for a name that no table knows, by its first words."""
    heads = [e for leaf, _ in walk(trie(), name, 0, len(name)) for e in leaf if e.home]
    if not heads:
        return []
    rest = name[len(heads[-1].surface) :].strip()
    return _placed(heads[-1].home, rest, context) if rest else []


def _placed(home: str, name: str, context: AgencyContext) -> list[str | None]:
    if name.endswith(_NATIONAL) or _OF_A_LEVEL_RE.search(name) or home == "below":
        return []
    words = name.split(" ")
    last = words[-1]
    proper = len(words) > 1 and last[:1].isupper() and not last.isupper()
    if not home or (proper and not _ROMAN_RE.fullmatch(last.lower())):
        return []
    if home == "issuer" and words[0] in _POLICE and context.province is not None:
        return [f"Công an {context.province}"]
    if home not in ("province", "ministry"):
        below = _own_unit(context)
        if below is not None:
            return [below]
    if home in ("issuer", "ministry"):
        return _own_issuer(context, office=home == "issuer")
    return [context.province] if context.province is not None else []


def _own_unit(context: AgencyContext) -> str | None:
    """Returns the district or commune whose paper this is, None for higher ones."""
    for issuer in (context.issuer, context.parent):
        part = _parsed(issuer)[0] if issuer else None
        inner = _place_of(part)
        if part is not None and inner is not None and inner.name is not None:
            kind = next((k for c, k in _COMMITTEES.items() if c in part.entry.canonical), None)
            if kind is not None:
                return place(kind, inner.name)
        if inner is None or inner.kind is None or inner.name is None:
            continue
        if _level_of(inner.kind, inner.name, context) != "province":
            return place(inner.kind, inner.name)
        return None
    return None


def _own_issuer(context: AgencyContext, *, office: bool) -> list[str | None]:
    """Returns the body whose part a "Phòng" or "Vụ" is, [] where that is a government.

    A "Phòng" may be of the issuer's office ("Văn phòng"), a "Vụ" is of the ministry above it.
    """
    for i, issuer in enumerate((context.issuer, context.parent)):
        own, whole = _parsed(issuer) if issuer else (None, "")
        if own is None or own.entry.canonical.startswith(_GOVERNING):
            return []
        if own.entry.canonical == "Văn phòng" and own.body is None and own.suffix is None:
            above = canonical_agency(context.parent or "", context=_above(context))
            if i or above is None:
                return []
            if above.startswith(_GOVERNING):
                return []
            return [f"Văn phòng {above}" if office else above]
        return [_render(whole, own, _above(context))]
    return []


def _place(text: str, part: Part, context: AgencyContext) -> str | None:
    tail = part.place
    assert tail is not None
    begin = part.suffix[1] if part.suffix else part.name[1] if part.name else part.head_end
    if tail.group or (tail.kind is None and tail.name is None):
        written = squeeze(text[begin : tail.end])
        if tail.name is None:
            written = _UNIT_RE.sub(lambda m: kind_of(m.group()), written)
            return written.replace("Trung ương", "trung ương").replace("TW", "trung ương")
    if tail.name is not None:
        short = _SHORT_PLACE_RE.search(part.entry.canonical) is not None
        if tail.kind is not None:
            return place(tail.kind, tail.name)
        province = province_of(tail.name)
        if province == "Thành phố Hồ Chí Minh" or (province is not None and not short):
            return province
        return tail.name
    return _own(tail.kind or "", context)


def _own(kind: str, context: AgencyContext) -> str | None:
    """Returns the document's own unit of that kind: "tỉnh" -> "tỉnh Lạng Sơn"."""
    for issuer in (context.issuer, context.parent):
        inner = _place_of(_parsed(issuer)[0]) if issuer else None
        if inner is not None and inner.kind == kind and inner.name is not None:
            return place(kind, inner.name)
    province = context.province
    if kind in ("tỉnh", "thành phố"):
        fits = province is not None and province.lower().startswith(kind)
        return province if fits else None
    for own, name in context.units:
        if own == kind:
            return place(kind, name)
    if context.place and unit_exists(kind, context.place):
        return place(kind, squeeze(context.place))
    return None


def _fill(entry: Entry, context: AgencyContext) -> list[str | None]:
    """Returns what a bare head leaves out, as a list of words; [None] if unknown."""
    if entry.bare == "yes":
        return []
    if entry.canonical == "Đảng ủy":
        return _own_committee(context)
    if entry.bare == "weak":
        if entry.home == "below":
            return [_own_unit(context)]  # a province has many of them
        if entry.home in ("unit", "province") and entry.tail != "topic":
            return [(_own_unit(context) if entry.home == "unit" else None) or context.province]
        return [None]
    canonical, province = entry.canonical, context.province
    if canonical.startswith(("Tỉnh ", "Thành ")) and province is not None:
        if province.startswith("tỉnh") != canonical.startswith("Tỉnh"):
            return [None]
        return [province.removeprefix("tỉnh ").removeprefix("thành phố ")]
    if entry.bare == "issuer":
        inner = _place_of(_parsed(context.issuer)[0]) if context.issuer else None
        if canonical.endswith("ủy"):
            return [inner.name if inner is not None else None]
        if inner is not None and inner.kind is not None and inner.name is not None:
            own = place(inner.kind, inner.name)
            return [f"nhân dân {own}" if canonical == "Ủy ban" else own]
        if canonical == "Ủy ban":
            issuer = _issuer_name(context)
            if issuer is not None and issuer.startswith("Ủy ban "):
                return [issuer.removeprefix("Ủy ban ")]
            return [None]
    return [province]


def _own_committee(context: AgencyContext) -> list[str | None]:
    """Returns whose a bare "Đảng ủy" is: the commune's, or the rest of the issuer's name."""
    own = _issuer_name(context)
    if own is not None and own.startswith("Đảng ủy "):
        return [own.removeprefix("Đảng ủy ")]
    return [_own_unit(context)]


def _level(text: str, part: Part, context: AgencyContext) -> str | None:
    level = part.entry.level
    if level not in ("", "local", "central-local", "court"):
        if level == "central" and part.place is not None:
            level = "local"
        else:
            return level
    if part.body is not None:
        return _level(text, part.body, context)
    if part.place is None:
        if level in ("central-local", "court"):
            return "central"
        if part.entry.bare == "issuer" or part.entry.bare == "province":
            inner = _place_of(_parsed(context.issuer)[0]) if context.issuer else None
            if inner is not None and inner.kind is not None:
                return _level_of(inner.kind, inner.name, context)
            return "province" if context.province is not None else None
        return None
    tail = part.place
    if tail.kind is not None:
        return _level_of(tail.kind, tail.name, context)
    if tail.name is not None:
        return "province"
    words = text[part.head_end : tail.end].lower()
    for kinds, found in (
        (("tỉnh",), "province"),
        (("huyện", "quận", "thị xã"), "district"),
        (("xã", "phường", "đặc khu"), "commune"),
    ):
        if any(kind in words for kind in kinds):
            return found
    return None


def _level_of_place(text: str, part: Part, context: AgencyContext) -> str | None:
    tail = part.place
    if tail is None or tail.kind is None:
        return "province" if context.province and not _own_unit(context) else None
    return _level_of(tail.kind, tail.name, context)


def _level_of(kind: str, name: str | None, context: AgencyContext) -> str | None:
    if kind == "thành phố":
        of = province_of(name) if name else context.province
        city = of is not None and of.lower().startswith("thành phố")
        named = name is None or (of is not None and of.lower().endswith(name.lower()))
        if not (city and (named or name in ("HCM", "HN"))):
            return "district" if name is not None or of is not None else None
    return LEVEL_OF_KIND.get(kind)
