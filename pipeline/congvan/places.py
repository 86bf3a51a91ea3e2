"""Provinces and lower units: their names in every spelling, their eras, and the tail
that a place makes at the end of an agency's name ("… tỉnh Lạng Sơn", "… các xã, phường").

Facts: ``lookups/provinces.csv``, ``lookups/place_names.csv`` (source and licence in
``lookups/PLACES-LICENSE.txt``). Capitals follow Decree 30/2020/NĐ-CP, annex II: "tỉnh
Lạng Sơn", "thành phố Lạng Sơn", but "Thành phố Hồ Chí Minh", "Quận 1".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from congvan.lookups import rows, values
from congvan.text import UPPER, shadow

# The day from which the 34 provinces work and districts are gone (NQ 202/2025/QH15).
REFORM = "2025-07-01"

# Longer words first: "thành phố" before "thành", "thị trấn" before "thị".
UNIT = (
    r"(?:(?:[Tt]ỉnh|[Tt]hành phố|[Tt]hành Phố|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Xx]ã(?! hội)"
    r"|[Pp]hường|[Đđ]ặc khu)(?![^\W_])|T[PpX]\.(?= ?[A-ZĐ])|T[PpX](?![^\W_])|T[Pp](?=HCM))"
)
_CENTRAL = r"(?: {1,3}trực thuộc {1,3}(?:[Tt]rung ương|T[WƯ]))?"
# Hit: " các tỉnh, thành phố trực thuộc Trung ương", " xã, phường và đặc khu", " tỉnh";
# near miss: " tỉnh ủy" (the unit word goes on), " cấp tỉnh" (other pattern).
_UNITS_RE = re.compile(
    rf" {{1,3}}((?:(?:các|những|mỗi|từng|một số|\d{{1,3}}) {{1,3}})?)({UNIT}(?! {{1,3}}(?:ủy|đoàn))"
    rf"(?:(?:, {{0,2}}| {{1,3}}(?:(?:và|hoặc|-) {{1,3}})?|/)(?:các {{1,3}})?"
    rf"{UNIT}(?! {{1,3}}(?:ủy|đoàn))){{0,5}})({_CENTRAL})"
)
# Hit: " cấp tỉnh", " cấp tỉnh, cấp xã", " các cấp", " hai cấp"; near miss: " cấp giấy phép".
_LEVELS_RE = re.compile(
    r" {1,3}(?:(?:các|hai|2|ba|3) {1,3}cấp(?: {1,3}(?:tỉnh|huyện|xã))?|các địa phương|cấp {1,3}"
    r"(?:tỉnh|thành phố|huyện|xã|phường|trên|dưới|cơ sở)"
    r"(?:(?:, ?| {1,3}(?:và|hoặc) {1,3})(?:cấp {1,3})?(?:tỉnh|huyện|xã|phường)){0,3})(?![^\W_])"
)
# Hit: "Hữu Lũng", "Bà Rịa - Vũng Tàu", "1"; near miss: "hữu lũng".
_NAME_RE = re.compile(
    rf"(?:[{UPPER}][^\W\d_]*'?[^\W\d_]*"
    rf"(?: ?- ?[{UPPER}][^\W\d_]*| {{1,2}}[{UPPER}][^\W\d_]*){{0,5}}(?P<no> \d{{1,2}}(?![\w/]))?"
    rf"|\d{{1,2}}(?![\w/])(?: {{1,2}}[{UPPER}][^\W\d_]*){{0,2}})"
)
_DIGITS_RE = re.compile(r"\d{1,2}")
_WORD_END_RE = re.compile(r" {1,2}| ?- ?")
_UNIT_RE = re.compile(UNIT)
# What may begin behind "UBND các xã:" and is no place. Hit: "Các Sở"; near miss: "Các Sơn".
_NO_PLACE_RE = re.compile(
    r"(?:Các (?:Sở|Ban|Bộ|sở|ban)|Sở|Ủy ban|UBND|HĐND|Chủ tịch|Giám đốc|Văn phòng|Công an|Công ty"
    r"|Trung tâm|Ban (?:Quản|Chỉ|Dân|Tổ))(?![^\W_])"
)
_LIST_SEP_RE = re.compile(rf"(?:, ?| {{1,3}}và {{1,3}}|; ?)(?:({UNIT}) {{1,3}})?")
# Hit: " từ Hà Tĩnh đến Khánh Hòa", " ven biển từ …"; near miss: " từ ngày".
_FROM_RE = re.compile(r"(?: {1,3}(?:ven biển|biên giới|khu vực|vùng núi|miền núi))? {1,3}từ {1,3}")
_TO_RE = re.compile(r" {1,3}đến {1,3}")
# Hit: "TỈNH LẠNG SƠN", "thành phố Hà Nội"; used with a name match behind it.
_ANY_UNIT_RE = re.compile(rf"(?i:(?<![^\W_]){UNIT}) {{0,3}}")

_KINDS = {
    "tỉnh": "tỉnh",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "huyện": "huyện",
    "quận": "quận",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "thị trấn": "thị trấn",
    "xã": "xã",
    "phường": "phường",
    "đặc khu": "đặc khu",
}
KINDS = ("tỉnh", "thành phố", "huyện", "thị xã", "quận", "thị trấn", "xã", "phường", "đặc khu")
LEVEL_OF_KIND = {
    "tỉnh": "province",
    "thành phố": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_MAX_LIST = 40  # no list of places in one name is longer than the country has provinces


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city of that rank; dates are ISO days, None where open."""

    short: str
    kind: str
    name: str
    valid_from: str | None
    valid_to: str | None
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class PlaceTail:
    """The place at the end of an agency's name.

    ``kind`` is a unit word ("tỉnh"), ``name`` the proper name, None if left out; ``group``
    tells that several units are meant ("các xã, phường", "cấp tỉnh").
    """

    end: int
    kind: str | None
    name: str | None
    group: bool = False


@cache
def provinces() -> Mapping[str, Province]:
    """Returns every spelling of a province's short name, in lower case, with its province."""
    found: dict[str, Province] = {}
    for row in rows("provinces"):
        province = Province(
            row["short"],
            row["kind"],
            row["name"],
            row["valid_from"] or None,
            row["valid_to"] or None,
            row["merged_into"] or None,
        )
        for name in (row["short"], *values(row["variants"])):
            found[_key(name)] = province
    return found


def province_named(name: str) -> Province | None:
    """Returns the province of a short name or one of its spellings, None if there is none."""
    return provinces().get(_key(name))


@cache
def _units() -> Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]:
    """Returns kind -> name in lower case -> (era, province) of each unit of that name."""
    found: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
    for row in rows("place_names"):
        names = found.setdefault(row["kind"], {})
        owner = ((row["era"], row["province"]),)
        for name in values(row["names"]):
            key = name.lower() if "-" not in name else _key(name)
            names[key] = names.get(key, ()) + owner
    return found


def _key(name: str) -> str:
    return re.sub(r" ?- ?", "-", " ".join(shadow(name).split())).lower()


@cache
def kind_of(unit: str) -> str:
    """Returns the plain unit word of a spelling: "TP." -> "thành phố"."""
    return _KINDS[" ".join(unit.split()).lower().rstrip(".")]


def place(kind: str, name: str) -> str:
    """Returns "tỉnh Lạng Sơn" with the capitals of Decree 30/2020, annex II.

    >>> place("thành phố", "HCM")
    'Thành phố Hồ Chí Minh'
    """
    if kind in ("tỉnh", "thành phố"):
        province = provinces().get(_key(name))
        if province is not None and province.kind == kind:
            return province.name
    name = " ".join(name.split())
    return f"{kind.capitalize() if name.isdigit() or name == 'Hồ Chí Minh' else kind} {name}"


def province_of(text: str, *, date: str | None = None) -> str | None:
    """Returns the province that ``text`` names or lies in, as "tỉnh Lạng Sơn", or None.

    Args:
        text: An issuer ("UBND HUYỆN HỮU LŨNG, TỈNH LẠNG SƠN") or a bare place ("Lạng Sơn").
        date: ISO date; from 01/7/2025 on a former province means the one it went into,
            where only its name is given (the town of that name).
    """
    text = " ".join(shadow(text).split())
    low = text.lower()
    for m in _ANY_UNIT_RE.finditer(text):
        kind = kind_of(m.group().strip())
        if kind not in ("tỉnh", "thành phố"):
            continue
        province = _longest(low[m.end() :], provinces(), kind)
        if province is not None:
            return province.name
    whole = provinces().get(_key(low))
    if whole is None:
        return _province_by_unit(text, date)
    if date is not None and whole.valid_to is not None and date > whole.valid_to:
        return provinces()[_key(whole.merged_into or whole.short)].name
    if date is not None and whole.valid_from is not None and date < whole.valid_from:
        for other in provinces().values():
            if other.merged_into == whole.short and (other.valid_to or "") < whole.valid_from:
                return other.name
    return whole.name


def _longest(low: str, table: Mapping[str, Province], kind: str) -> Province | None:
    words = re.split(r"( ?- ?| )", low, maxsplit=8)
    for n in range(min(len(words), 9), 0, -2):
        found = table.get(_key("".join(words[:n]).strip(" ,.;")))
        if found is not None and found.kind == kind:
            return found
    return None


def _province_by_unit(text: str, date: str | None) -> str | None:
    m = _ANY_UNIT_RE.search(text)
    kinds = [kind_of(m.group().strip())] if m else list(_units())
    name = _key(text[m.end() :] if m else text)
    found = [owner for kind in kinds for owner in _units().get(kind, {}).get(name, ())]
    if date is not None:
        era = "after" if date >= REFORM else "before"
        found = [f for f in found if f[0] == era] or found
    owners = {owner for _, owner in found}
    # Two provinces with a unit of this name: nobody can say which.
    return provinces()[_key(owners.pop())].name if len(owners) == 1 else None


# Hit: "tỉnh Bắc Giang", "huyện Hữu Lũng"; near miss: "tỉnh ta".
_NAMED_UNIT_RE = re.compile(
    rf"(?:[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Tt]hị xã|[Qq]uận) (?=[{UPPER}])"
    rf"|(?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|QUẬN) (?=[{UPPER}]{{2}})"
)
_TOPIC_SHARE = 0.5  # of all named units of the kind, for a paper to be about one
_TOPIC_LEAST = 2


def named_units(text: str) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Returns the province and the lower units that most mentions of their kind in a text mean.

    "Công an tỉnh" in a ministry's paper about Bắc Giang is that of Bắc Giang; "huyện" in the
    paper of a commune is the one district that it names. None and nothing where a text names
    many.

    >>> named_units("tại tỉnh Bắc Giang và huyện Yên Thế; UBND tỉnh Bắc Giang, huyện Yên Thế")
    ('tỉnh Bắc Giang', (('huyện', 'Yên Thế'),))
    """
    found: dict[str, Counter[str]] = {}
    for m in _NAMED_UNIT_RE.finditer(text):
        kind = kind_of(m.group())
        ahead = text[m.end() : m.end() + 40]
        if m.group().isupper():
            ahead = ahead.title()
        end = match_name(ahead, 0, len(ahead), kind)
        if end < 0:
            continue
        name = " ".join(ahead[:end].split())
        province = provinces().get(_key(name))
        if province is not None and province.kind == kind:
            found.setdefault("", Counter())[province.name] += 1
        elif kind != "tỉnh":
            found.setdefault(kind, Counter())[name] += 1
    chosen: dict[str, str] = {}
    for kind, names in found.items():
        (name, count), *others = names.most_common(2)
        if others and count < 2 * others[0][1]:
            continue
        least = _TOPIC_LEAST if kind == "" or len(names) > 1 else 1
        if count >= least and count >= _TOPIC_SHARE * names.total():
            chosen[kind] = name
    return chosen.get(""), tuple((k, v) for k, v in sorted(chosen.items()) if k)


# Hit: "tỉnh Lạng Sơn", "TP. Huế"; near miss: "sông Kỳ Cùng".
_UNIT_AND_NAME_RE = re.compile(rf"({UNIT})\s+(\S.*)", re.DOTALL)


def place_value(words: str) -> str | None:
    """Returns the canonical name of a place: unit word and name, or the words as they are.

    A bare name is a province's if only a province bears it, else None: "Lạng Sơn" may be the
    province or its town.

    >>> place_value("TP. Đà Lạt"), place_value("sông  Kỳ Cùng"), place_value("Lạng Sơn")
    ('thành phố Đà Lạt', 'sông Kỳ Cùng', None)
    """
    plain = " ".join(shadow(words).split())
    if plain.isupper() and len(plain) > 4:
        plain = plain.title()
    m = _UNIT_AND_NAME_RE.fullmatch(plain)
    if m is not None:
        return place(kind_of(m.group(1)), m.group(2))
    if plain[:1].islower() or _key(plain) in _NATIONS:
        return plain
    province = provinces().get(_key(plain))
    if province is not None:
        alone = not any(_key(plain) in names for names in _units().values())
        return province.name if alone else None
    if any(_key(plain) in names for names in _units().values()):
        return None
    return plain


_NATIONS = frozenset(("việt nam", "lào", "trung quốc", "campuchia", "thái lan"))


def owners_of(kind: str, name: str, *, date: str | None = None) -> tuple[str, ...]:
    """Returns the provinces that have, or had, a unit of that kind and name, sorted.

    Args:
        kind: "huyện", "xã", "phường" ….
        name: Its proper name.
        date: ISO date; units of the other side of the reform of 01/7/2025 count only where
            none is known of its own side.
    """
    found = _units().get(kind, {}).get(_key(name), ())
    if date is not None:
        era = "after" if date >= REFORM[: len(date)] else "before"
        found = tuple(f for f in found if f[0] == era) or found
    return tuple(sorted({provinces()[_key(owner)].name for _, owner in found}))


def unit_exists(kind: str, name: str) -> bool:
    """Tells whether a unit of that kind and name was ever there ("huyện", "Hữu Lũng")."""
    key = _key(name)
    if kind == "tỉnh" or kind == "thành phố":
        province = provinces().get(key)
        if province is not None and province.kind == kind:
            return True
    return key in _units().get(kind, {})


def match_name(text: str, at: int, limit: int, kind: str | None, *, known: bool = True) -> int:
    """Returns the end of the proper name at ``at``, -1 if there is none.

    Args:
        text: A shadow.
        at: Where the name begins.
        limit: Where it must have ended.
        kind: The unit word before it; None: the name of a province only.
        known: Take only names of the tables; else also a run of capitals behind "xã".
    """
    m = _NAME_RE.match(text, at, limit)
    if m is None:
        return -1
    tables: list[Mapping[str, object]] = []
    if kind in (None, "tỉnh", "thành phố"):
        tables.append(provinces())
    if kind not in (None, "tỉnh"):
        tables.append(_units().get(kind or "", {}))
    digits = _DIGITS_RE.match(text, at, limit)
    if digits is not None and kind not in ("quận", "phường"):
        return -1
    ends = [w.start() for w in _WORD_END_RE.finditer(text, at, m.end())]
    for end in (m.end(), *reversed(ends)):
        key = _key(text[at:end])
        if any(key in table for table in tables):
            return end
    if digits is not None:
        return digits.end()
    # A name that no table has: a run of capitals behind "xã" is one, a lone word is the
    # first of a sentence ("UBND xã Chỉ đạo …").
    if known or kind in (None, "tỉnh", "thành phố") or len(ends) < 1:
        return -1
    if len(ends) > 2:
        return ends[2]
    return m.end() if m.group("no") is None else m.start("no")


def match_tail(text: str, at: int, limit: int) -> PlaceTail | None:
    """Returns the place that follows a head at ``at`` (a blank comes first), or None."""
    m = _LEVELS_RE.match(text, at, limit)
    if m is not None:
        return PlaceTail(m.end(), None, None, True)
    m = _UNITS_RE.match(text, at, limit)
    if m is None:
        return None
    units = list(_UNIT_RE.finditer(text, m.start(2), m.end(2)))
    kind = kind_of(units[-1].group())
    many = bool(m.group(1)) or len(units) > 1
    after = _skip(text, m.end(2), limit)
    if not many:
        near = after > m.end(2) or kind == "thành phố"
        end = match_name(text, after, limit, kind, known=False) if near else -1
        if end < 0:
            return PlaceTail(m.end(2), kind, None, bool(m.group(3)))
        return PlaceTail(end, kind, text[after:end])
    if m.group(3):
        return PlaceTail(_range(text, m.end(), limit), None, None, True)
    if not m.group(1) and match_name(text, after, limit, kind) > 0:
        # "UBND tỉnh, thành phố Lạng Sơn": the second is a place of its own.
        first = units[0]
        return PlaceTail(first.end(), kind_of(first.group()), None)
    colon = m.end(2) + 1 if text[m.end(2) : m.end(2) + 1] == ":" else m.end(2)
    end = _place_list(text, colon, limit, kind, known=colon == m.end(2))
    return PlaceTail(end if end > 0 else _range(text, m.end(2), limit), None, None, True)


def _skip(text: str, at: int, limit: int) -> int:
    end = min(at + 3, limit)
    while at < end and text[at] == " ":
        at += 1
    return at


def _range(text: str, at: int, limit: int) -> int:
    m = _FROM_RE.match(text, at, limit)
    first = match_name(text, m.end(), limit, None) if m else -1
    m = _TO_RE.match(text, first, limit) if first > 0 else None
    last = match_name(text, m.end(), limit, None) if m else -1
    return last if last > 0 else at


def _place_list(text: str, at: int, limit: int, kind: str, *, known: bool = True) -> int:
    """Returns the end of "Hà Tĩnh, Quảng Trị và thành phố Huế" behind ``at``, -1 if none.

    Behind a colon names count that no table has (``known`` False).
    """
    at = _skip(text, at, limit)
    m = _UNIT_RE.match(text, at, limit)
    if m is not None:
        kind, at = kind_of(m.group()), _skip(text, m.end(), limit)
    end = -1
    for _ in range(_MAX_LIST):
        sure = known or _NO_PLACE_RE.match(text, at, limit) is not None
        last = match_name(text, at, limit, kind, known=sure)
        if last < 0:
            break
        end = last
        m = _LIST_SEP_RE.match(text, end, limit)
        if m is None:
            break
        at = m.end()
        kind = kind_of(m.group(1)) if m.group(1) else kind
    return end
