"""Who the named agencies are: one record a body, with level, era, predecessor and successor.

A mention keeps its words and its canonical name; what else is known of the body (whether it
existed at the document's date, what it came from, what it became in the reforms of 2025) stands in
its record, and a successor never replaces the name that was written. Where several bodies fit,
all of them are candidates and none is chosen.

Facts: ``lookups/agencies.csv`` (eras), ``lookups/agency_history.csv`` (who took over from whom,
when, by which act), ``lookups/provinces.csv`` (provinces merged on 01/7/2025, NQ 202/2025/QH15),
``lookups/issuers.csv`` (codes in document numbers).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from .agency_values import AgencyContext, describe
from .document import Agency, Entity
from .lookups import rows, values
from .places import REFORM, Province, owners_of, province_named, province_of, provinces

#: What a body can be; "group" names several at once ("Ủy ban nhân dân các huyện").
LEVELS = (
    "central",
    "province",
    "district",
    "commune",
    "party",
    "army",
    "police",
    "front",
    "enterprise",
    "foreign",
)

_PLACE_RE = re.compile(
    r"(?:^| )(?P<kind>tỉnh|thành phố|Thành phố|huyện|quận|Quận|thị xã|thị trấn|xã|phường|Phường"
    r"|đặc khu) (?P<name>[^\W_].*)$"
)
_DISTRICT_END = "2025-06-30"
_DISTRICT_COMMITTEES = ("Huyện ủy", "Quận ủy", "Thị ủy", "Huyện đoàn", "Quận đoàn", "Thị đoàn")
_DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thị trấn")


@dataclass(frozen=True, slots=True)
class Change:
    """One body became another: ``share`` is "whole", or "part" where only some tasks went."""

    predecessor: str
    successor: str
    date: str
    share: str
    act: str | None


@cache
def _history() -> tuple[Mapping[str, tuple[Change, ...]], Mapping[str, tuple[Change, ...]]]:
    before: dict[str, tuple[Change, ...]] = {}
    after: dict[str, tuple[Change, ...]] = {}
    for row in rows("agency_history"):
        change = Change(
            row["predecessor"], row["successor"], row["date"], row["share"], row["act"] or None
        )
        after[change.predecessor] = (*after.get(change.predecessor, ()), change)
        before[change.successor] = (*before.get(change.successor, ()), change)
    return before, after


@cache
def _eras() -> Mapping[str, tuple[str | None, str | None]]:
    return {
        row["canonical"]: (row["valid_from"] or None, row["valid_to"] or None)
        for row in rows("agencies")
    }


@cache
def _codes() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    names: dict[str, tuple[str, ...]] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for row in rows("issuers"):
        written = (row["code"], *values(row["codes"]))
        for issuer in values(row["issuer"]):
            for code in written:
                names[code] = tuple(dict.fromkeys((*names.get(code, ()), issuer)))
            codes[issuer] = tuple(dict.fromkeys((*codes.get(issuer, ()), *written)))
    return names, codes


def agencies_of_code(code: str) -> tuple[str, ...]:
    """Returns the bodies that a code in a document number stands for, the likeliest first.

    >>> agencies_of_code("BKHĐT")
    ('Bộ Kế hoạch và Đầu tư',)
    """
    return _codes()[0].get(code, ())


def codes_of_agency(name: str) -> tuple[str, ...]:
    """Returns the codes that the body bears in document numbers.

    >>> "BKHĐT" in codes_of_agency("Bộ Kế hoạch và Đầu tư")
    True
    """
    kind, place = _split(name)
    with_unit = f"{kind} {place.split(' ')[0]}" if " " in place else kind
    for key in (name, with_unit, kind):
        if key in _codes()[1]:
            return _codes()[1][key]
    return ()


def changes(name: str) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Returns what the body came from and what it became, each sorted by date.

    Bodies of a province follow the body's kind and the province's own merger: "Sở Kế hoạch và
    Đầu tư tỉnh Bắc Giang" became "Sở Tài chính tỉnh Bắc Giang" on 01/3/2025.

    >>> [c.successor for c in changes("Bộ Kế hoạch và Đầu tư")[1]]
    ['Bộ Tài chính']
    """
    kind, place = _split(name)
    before, after = _history()
    came = [_at(c, place) for c in before.get(kind, ())]
    became = [_at(c, place) for c in after.get(kind, ())]
    short = _short(place)
    province = province_named(short) if short else None
    if province is not None and place in (province.name, short):
        if province.merged_into and not any(c.share == "whole" for c in became):
            heir = province_named(province.merged_into)
            if heir is not None:
                became.append(_merger(name, _moved(kind, place, heir), province))
        end = era_of(name)[1]
        seen = set()
        for other in provinces().values():
            if other.merged_into == province.short and other.short not in seen:
                seen.add(other.short)
                change = _merger(_moved(kind, place, other), name, other)
                if end is None or change.date <= end:
                    came.append(change)
    return tuple(sorted(came, key=_when)), tuple(sorted(became, key=_when))


_MERGER = "Nghị quyết 202/2025/QH15"


def _merger(old: str, new: str, province: Province) -> Change:
    """Returns the change of a body by the end of its province, on the day after its last."""
    last = dt.date.fromisoformat(province.valid_to or "2025-06-30")
    day = (last + dt.timedelta(days=1)).isoformat()
    return Change(old, new, day, "whole", _MERGER if day == REFORM else None)


def _moved(kind: str, place: str, to: Province) -> str:
    """Returns the body with another province: a "Tỉnh ủy" that moves to a city is a "Thành ủy"."""
    old, new = ("Tỉnh ", "Thành ") if to.kind == "thành phố" else ("Thành ", "Tỉnh ")
    for word in ("ủy", "đoàn"):
        kind = kind.replace(f"{old}{word}", f"{new}{word}")
    return _join(kind, place, to.name, to.short)


def _when(change: Change) -> tuple[str, bool, str]:
    return change.date, change.share != "whole", change.successor


def _at(change: Change, place: str) -> Change:
    if not place:
        return change
    return Change(
        f"{change.predecessor} {place}",
        f"{change.successor} {place}",
        change.date,
        change.share,
        change.act,
    )


def _join(kind: str, place: str, name: str, short: str) -> str:
    """Returns the body with another place, in the way the place was written ("Tỉnh ủy X")."""
    if " " not in place or not place.lower().startswith(("tỉnh ", "thành phố ")):
        return f"{kind} {short}"
    return f"{kind} {name}"


@lru_cache(8192)
def _split(name: str) -> tuple[str, str]:
    """Returns a canonical name without its province, and the province.

    >>> _split("Sở Tài chính tỉnh Lạng Sơn"), _split("Ban Tổ chức Tỉnh ủy Lạng Sơn")
    (('Sở Tài chính', 'tỉnh Lạng Sơn'), ('Ban Tổ chức Tỉnh ủy', 'Lạng Sơn'))
    """
    m = _PLACE_RE.search(name)
    if m is not None:
        return name[: m.start()].rstrip(), name[m.start("kind") :]
    words = name.split(" ")
    for n in range(1, min(6, len(words))):
        tail = " ".join(words[-n:])
        head = " ".join(words[:-n])
        if (
            province_named(tail) is not None
            and tail[:1].isupper()
            and head.endswith(("ủy", "đoàn", "Báo"))
        ):
            return head, tail
    return name, ""


def _short(place: str) -> str:
    low = place.lower()
    for kind in ("tỉnh ", "thành phố "):
        if low.startswith(kind):
            return place[len(kind) :]
    return place


def era_of(name: str) -> tuple[str | None, str | None]:
    """Returns the first and the last day of a body, ISO, None where open or unknown.

    >>> era_of("Bộ Nông nghiệp và Môi trường"), era_of("Ủy ban nhân dân huyện Hữu Lũng")
    (('2025-03-01', None), (None, '2025-06-30'))
    """
    kind, place = _split(name)
    begin, end = _eras().get(name) or _eras().get(kind) or (None, None)
    low = place.lower()
    province = province_named(_short(place)) if place else None
    town = low.startswith("thành phố ") and (province is None or province.kind != "thành phố")
    below = low.startswith(_DISTRICT_KINDS) or any(c in kind for c in _DISTRICT_COMMITTEES)
    if town or below:
        end = min(end or _DISTRICT_END, _DISTRICT_END)
    elif low.startswith("đặc khu"):
        begin = max(begin or REFORM, REFORM)
    elif province is not None and province.valid_to:
        end = min(end or province.valid_to, province.valid_to)
    for change in _history()[1].get(kind, ()):
        if change.share == "whole" and end is None:
            last = dt.date.fromisoformat(change.date) - dt.timedelta(days=1)
            end = last.isoformat()
    return begin, end


def link(entities: Iterable[Entity], context: AgencyContext) -> list[Agency]:
    """Returns one record for each body that the AGENCY entities name, in reading order.

    Mentions without a canonical name are grouped by their words; such a record has no ``name``.

    Args:
        entities: Entities of one document; others than agencies are skipped.
        context: What the document says of itself.
    """
    grouped: dict[str, list[Entity]] = {}
    for e in entities:
        if e.type == "AGENCY":
            grouped.setdefault(e.value or f"\n{e.text}", []).append(e)
    out: list[Agency] = []
    for key, mentions in grouped.items():
        name = None if key.startswith("\n") else key
        out.append(_record(f"a{len(out) + 1}", name, mentions, context))
    return out


def _record(key: str, name: str | None, mentions: list[Entity], context: AgencyContext) -> Agency:
    ids = tuple(e.id for e in mentions)
    level = describe(name, context)[1] if name is not None else None
    level = level or describe(mentions[0].text, context)[1]
    candidates = tuple(dict.fromkeys(c for e in mentions for c in e.candidates))
    score = min(e.score for e in mentions)
    if name is None:
        return Agency(key, None, mentions[0].text, level, None, mentions=ids, candidates=candidates)
    came, became = changes(name)
    begin, end = era_of(name)
    province = province_of_agency(name, context)
    return Agency(
        id=key,
        name=name,
        text=mentions[0].text,
        level=level,
        province=province,
        codes=codes_of_agency(name),
        valid_from=begin,
        valid_to=end,
        existed=_existed(begin, end, context.date),
        predecessors=tuple(c.predecessor for c in came if _when_of(c.date, context.date)),
        successors=tuple(c.successor for c in became),
        candidates=candidates,
        mentions=ids,
        score=score,
    )


def province_of_agency(name: str, context: AgencyContext) -> str | None:
    """Returns the province that a body belongs to: its own words, else the document's.

    None for central bodies, and where several provinces have a unit of that name and the
    document is of none of them.
    """
    _, place = _split(name)
    if not place:
        return None
    low = place.lower()
    if low.startswith("tỉnh ") or province_named(_short(place)) is not None:
        return province_of(place, date=None)
    m = _PLACE_RE.search(name)
    if m is None:
        return None
    owners = owners_of(m.group("kind").lower(), m.group("name"), date=context.date)
    if context.province in owners:
        return context.province
    return owners[0] if len(owners) == 1 else None


def _when_of(change: str, date: str | None) -> bool:
    """Tells whether a change lay behind the document, as far as its date says."""
    return date is None or change[: len(date)] <= date


def _existed(begin: str | None, end: str | None, date: str | None) -> bool | None:
    """Tells whether a body of that era existed at ``date``; None where the date is too vague."""
    if date is None or not date[:4].isdigit():
        return None
    size = len(date)
    if begin is not None and date < begin[:size]:
        return False
    if end is not None and date > end[:size]:
        return False
    if size >= 10:
        return True
    # A month that the body began on the first of, or ended on the last of, is all its own.
    partial = begin is not None and begin[:size] == date and not _opens(begin, size)
    return None if partial or (end is not None and _ends_inside(end, date)) else True


def _opens(day: str, size: int) -> bool:
    """Tells whether a day is the first of its month (of its year, for ``size`` 4)."""
    return day.endswith("-01-01") if size == 4 else day.endswith("-01")


def _ends_inside(day: str, date: str) -> bool:
    """Tells whether a last day lies in a month or year and before its end."""
    if day[: len(date)] != date:
        return False
    after = (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    return after[: len(date)] == date


def candidates_of(name: str, context: AgencyContext) -> tuple[str, ...]:
    """Returns the provinces' bodies that a name may mean where more than one bears it.

    >>> candidates_of("Ủy ban nhân dân huyện Châu Thành", AgencyContext())[:1]
    ('Ủy ban nhân dân huyện Châu Thành, tỉnh An Giang',)
    """
    m = _PLACE_RE.search(name)
    if m is None or m.group("kind").lower() == "tỉnh":
        return ()
    owners = owners_of(m.group("kind").lower(), m.group("name"), date=context.date)
    if len(owners) < 2 or context.province in owners:
        return ()
    return tuple(f"{name}, {owner}" for owner in owners)
