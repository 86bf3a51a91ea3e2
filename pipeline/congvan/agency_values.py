"""Who a named agency is: its full name by Decree 30/2020, annex II, and its level.

A name that leaves out its place ("UBND", "UBND tỉnh", "Sở Nội vụ") is filled from what the
document says of itself (:class:`AgencyContext`); where the document does not say it, the
value is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from congvan.agency_grammar import Part, parse
from congvan.agency_tables import Entry, trie, walk
from congvan.places import (
    KINDS,
    LEVEL_OF_KIND,
    UNIT,
    PlaceTail,
    kind_of,
    match_name,
    place,
    province_of,
    unit_exists,
)
from congvan.text import shadow, squeeze

_CACHE = 8192
_UNIT_RE = re.compile(UNIT)
_WORD_RE = re.compile(r"[^\W_]+")
_CENTRAL_LEVELS = ("central", "party", "army", "police", "front", "enterprise")
# Heads whose place is a bare name: "Tỉnh ủy Lạng Sơn", "Báo Lạng Sơn", "Tỉnh đoàn Lạng Sơn".
_SHORT_PLACE_RE = re.compile(r"(?:ủy|đoàn|Báo|Điện lực|Viễn thông|Truyền hình)$")
_ABBREVIATIONS = {
    "KCN": "khu công nghiệp",
    "KKT": "khu kinh tế",
    "TTHC": "thủ tục hành chính",
    "ĐTXD": "đầu tư xây dựng",
    "PTNT": "phát triển nông thôn",
    "HCC": "hành chính công",
    "CNTT": "công nghệ thông tin",
}
_ABBREVIATION_RE = re.compile(r"(?<![^\W_])(?:" + "|".join(_ABBREVIATIONS) + r")(?![^\W_])")
# Hit: "xi"; near miss: "xiv1".
_ROMAN_RE = re.compile(r"[ivx]{1,5}")
# Letterheads in capitals lose which word bore one: these are lower-case inside a name.
_SMALL = frozenset("và về các của trong cấp cho tại".split())


@dataclass(frozen=True, slots=True)
class AgencyContext:
    """What the document says of itself.

    Attributes:
        issuer: As written in the letterhead, e.g. "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN".
        place: The place of its date line, e.g. "Lạng Sơn".
        date: ISO date, may be a month only.
    """

    issuer: str | None = None
    place: str | None = None
    date: str | None = None

    @property
    def province(self) -> str | None:
        """The document's province, "tỉnh Lạng Sơn", from its issuer, else from its place.

        None for a central body: that it sits in Hà Nội does not make it one of Hà Nội.
        """
        return _province(self.issuer, self.place, self.date)


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
        if part is not None and part.entry.level in _CENTRAL_LEVELS and inner is None:
            closed = part.entry.closed or part.entry.level == "central"
            if (closed and part.entry.kind != "department") or part.suffix is not None:
                return None
    return province_of(where, date=date) if where else None


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
        text = _recase(text)
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
    return _render(text, part, context), _level(text, part, context)


def _render(text: str, part: Part, context: AgencyContext) -> str | None:
    words: list[str | None] = [part.entry.canonical]
    if part.name is not None:
        words.append(_open_words(text[slice(*part.name)]))
    if part.suffix is not None:
        suffix = squeeze(text[slice(*part.suffix)])
        words.append("Trung ương" if suffix in ("TW", "TƯ") else suffix)
    if part.body is not None:
        words.append(_render(text, part.body, context))
    if part.place is not None:
        words.append(_place(text, part, context))
    elif part.end == part.head_end:
        words.extend(_fill(part.entry, context))
    # One unknown word makes the whole name unknown.
    known = [w for w in words if w is not None]
    return squeeze(" ".join(known)) if len(known) == len(words) else None


def _open_words(words: str) -> str:
    words = squeeze(words)
    upper = words[:1].isupper()
    words = _ABBREVIATION_RE.sub(lambda m: _ABBREVIATIONS[m.group()], words)
    words = words[:1].upper() + words[1:] if upper else words
    return words.replace(" & ", " và ").replace("&", " và ")


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
    if context.issuer:
        inner = _place_of(_parsed(context.issuer)[0])
        if inner is not None and inner.kind == kind and inner.name is not None:
            return place(kind, inner.name)
    province = context.province
    if kind in ("tỉnh", "thành phố"):
        fits = province is not None and province.lower().startswith(kind)
        return province if fits else None
    if context.place and unit_exists(kind, context.place):
        return place(kind, squeeze(context.place))
    return None


def _fill(entry: Entry, context: AgencyContext) -> list[str | None]:
    """Returns what a bare head leaves out, as a list of words; [None] if unknown."""
    if entry.bare == "yes":
        return []
    if entry.bare == "weak":
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
            return [None]
    return [province]


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


def _level_of(kind: str, name: str | None, context: AgencyContext) -> str | None:
    if kind == "thành phố":
        of = province_of(name) if name else context.province
        city = of is not None and of.lower().startswith("thành phố")
        named = name is None or (of is not None and of.lower().endswith(name.lower()))
        if not (city and (named or name in ("HCM", "HN"))):
            return "district" if name is not None or of is not None else None
    return LEVEL_OF_KIND.get(kind)


def _places_to_the_end(title: str) -> bool:
    """Tells whether nothing but names of places follow: "Đồng Đăng - Lạng Sơn"."""
    names = title.split(" - ")
    return len(title) < 60 and all(any(unit_exists(k, n) for k in KINDS) for n in names)


def _recase(text: str) -> str:
    """Returns a letterhead in capitals with the capitals of a sentence.

    The heads come back from the tables, the names behind unit words from the gazetteer;
    of the other words only the first behind a head is known to bear a capital.
    """
    low, title = text.lower(), " ".join(w.capitalize() for w in text.lower().split(" "))
    out: list[str] = []
    at, first = 0, False
    while at < len(low):
        if not low[at].isalnum():
            out.append(low[at])
            at += 1
            continue
        found = [(e, end) for leaf, end in walk(trie(), low, at, len(low)) for e in leaf]
        found = [f for f in found if not low[f[1] : f[1] + 1].isalnum() and f[0].tail != "stop"]
        if out and not first and found:
            found = [f for f in found if f[0].bare not in ("no", "")]
        unit = _UNIT_RE.match(low, at)
        if found and not (first and found[-1][0].bare in ("no", "")):
            entry, end = found[-1]
            out.append(entry.canonical)
            at, first = end, True
            continue
        if unit is not None:
            kind = kind_of(unit.group())
            out.append(kind)
            at, first = unit.end(), False
            start = at + (low[at : at + 1] == " ")
            end = match_name(title, start, len(title), kind)
            if end > 0:
                out.append(" " * (start - at) + title[start:end])
                at = end
            continue
        end = match_name(title, at, len(title), None)
        if end < 0 and _places_to_the_end(title[at:]):
            end = len(title)
        if end < 0:
            m = _WORD_RE.match(low, at)
            end = m.end() if m is not None else at + 1
            word = low[at:end]
            word = word.upper() if _ROMAN_RE.fullmatch(word) else word
            out.append(word.capitalize() if first and word not in _SMALL else word)
        else:
            out.append(title[at:end])
        at, first = end, False
    return "".join(out)
