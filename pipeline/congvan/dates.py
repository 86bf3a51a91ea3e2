"""Date expressions: days, months, quarters, halves, years, periods and hours, as ISO 8601.

One fast pass over the numbers of the text finds where a date may begin (a regex that starts
with the words for day, month and year is five times slower on Vietnamese), and
:data:`congvan.date_grammar.HEAD` reads it there. From there lists and ranges are followed to
the right ("ngày 05, 07 và 10/6/2021"), and what an item leaves out is taken from its right
neighbour, as the grammar has it. What no words say (a missing year) is taken from the
document's date and named in ``inferred``.

Source of the written forms: Decree 30/2020/NĐ-CP, annex I, and real documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .calendar_vi import (
    anchor_parts,
    at_hour,
    fixed_days,
    lunar_day,
    lunar_year_for,
    part_value,
    valid,
    year_for,
)
from .date_grammar import (
    AHEAD,
    ANCHOR,
    BARE_DAY,
    BLANK,
    COUNT_LEFT,
    COUNTED,
    FEAST,
    HEAD,
    HOUR,
    LUNAR,
    LUNAR_MONTH,
    LUNAR_MONTHS,
    MAX_ITEMS,
    NAMED_DAY,
    NEAR_DAY,
    NEXT,
    NO_MONTH,
    NUMBER,
    PART_LEFT,
    PERIOD_LEFT,
    PLACE,
    RECURS,
    RECURS_LEFT,
    ROMAN,
    TWO_FIGURES,
    UNIT,
    WORDS,
)
from .text import shadow as make_shadow


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One date expression; ``text`` is the slice ``[start, end)`` of the text given.

    Attributes:
        value: ISO 8601 (``2020-11-13``, ``2021-05``, ``2021-Q2``, ``2021-01/2021-06``,
            ``2025-12-05T17:00``), None where the year is not known.
        granularity: ``hour``, ``day``, ``month``, ``quarter``, ``half``, ``part``, ``year``
            or ``period``.
        inferred: The parts of the value that the words do not say, such as ``"year"``.
    """

    start: int
    end: int
    text: str
    value: str | None
    granularity: str
    inferred: tuple[str, ...] = ()


@dataclass(slots=True)
class _Item:
    """One item of a chain; ``q`` quarter, ``y2`` end of a period, ``word`` it has its own word.

    A ``lunar`` day has a lunar month and year.
    """

    start: int
    end: int
    kind: str
    y: int | None = None
    m: int | None = None
    d: int | None = None
    q: int | None = None
    y2: int | None = None
    word: bool = True
    ranged: bool = False
    borrowed: bool = False
    lunar: bool = False


def lower(text: str) -> str:
    """Returns the text in lower case at the same length (only "İ" would grow)."""
    low = text.lower()
    return low if len(low) == len(text) else text.replace("İ", "I").lower()


def find_dates(
    text: str, *, shadow: str | None = None, anchor: str | None = None
) -> list[DateExpression]:
    """Returns the date expressions of the text, sorted, not overlapping.

    Args:
        text: Canonical text.
        shadow: ``congvan.text.shadow(text)`` if the caller has it.
        anchor: ISO date of the document, also a month or year only; it gives missing years.

    >>> [(d.text, d.value) for d in find_dates("Quý I và II năm 2021, trước ngày 20/5/2021")]
    [('Quý I', '2021-Q1'), ('II năm 2021', '2021-Q2'), ('ngày 20/5/2021', '2021-05-20')]
    """
    low = lower(make_shadow(text) if shadow is None else shadow)
    ref = anchor_parts(anchor)
    found: list[DateExpression] = []
    pos = floor = 0
    for number in ANCHOR.finditer(low):
        if number.start() < pos:
            continue
        start = _begin(low, *number.span())
        match = HEAD.match(low, start) if start >= floor else None
        if not match:
            continue
        chain, pos = _chain(low, _item(low, match))
        if not chain or not _plausible(low, chain):
            continue
        for date in _resolve(text, low, chain, ref, floor):
            found.append(date)
            floor = date.end
    return found


def _begin(low: str, start: int, end: int) -> int:
    """Returns where a date with the number ``[start, end)`` would begin, -1 if none can."""
    first = low[start]
    if first > "9":
        return start if first == "q" else start - 1
    before = low[start - 1] if start else " "
    if before in " \n" and start:
        stop = start - 1
        while stop > start - 4 and low[stop - 1 : stop] in (" ", "\n"):
            stop -= 1
        ending = low[max(0, stop - 3) : stop]
        if ending == "áng" and not low.startswith("tháng", stop - 5):
            ending = ""  # "Sáng 18/9/2025"
        if ending in WORDS and (ending[1:] != "ng" or low[stop - 4] == "m" or ending == "áng"):
            return _word_begin(low, stop, ending)
    elif before.isalnum() or before in "/.,_":
        return -1  # "1088/2-1089", "3.5.2020"
    if low[end : end + 1] in ("/", ".", "-") or low.startswith(
        (" tháng", "\ntháng", " năm ", " /", " -", "\n-"), end
    ):
        return start
    return -1


def _word_begin(low: str, stop: int, ending: str) -> int:
    begin = stop - WORDS[ending]
    if begin < 0 or (begin and low[begin - 1].isalnum() and ending not in (" kỳ", " độ")):
        return -1
    if ending == "áng":
        left = low[max(0, begin - 45) : begin]
        longer = PART_LEFT.search(left) or BLANK.search(left)
        return begin - len(left) + longer.start() if longer else begin
    if ending == "năm" and low[begin - 3 : begin] in ("ầu ", "ối "):
        left = low[max(0, begin - 25) : begin]
        longer = COUNT_LEFT.search(left)
        return begin - len(left) + longer.start() if longer else begin
    if ending == "năm" and low[begin - 2 : begin] in (
        "ạn",
        "kỳ",
        "ọc",
        "từ",
        "n ",
        "ỳ ",
        "c ",
        "ừ ",
    ):
        left = low[max(0, begin - 20) : begin]
        longer = PERIOD_LEFT.search(left)
        return begin - len(left) + longer.start() if longer else begin
    if ending in ("ùng", "ồng"):  # "ngày mùng 6"
        return begin - 5 * low.startswith("ngày ", max(0, begin - 5))
    if ending == " kỳ":  # "nhiệm kỳ", "thời kỳ"
        return begin + (0 if low.startswith("nhiệm", begin) else 1)
    return begin


def _item(low: str, match: re.Match[str]) -> _Item:
    kind = match.lastgroup or ""
    item = _Item(match.start(), match.end(), kind)
    _fill(item, match.group())
    if kind == "year" and item.y2 is None and low[item.start] <= "9":
        item.start = low.index("năm", item.start)  # "trong 3 năm 2021, 2022, 2023"
    return item


def _fill(item: _Item, words: str) -> None:
    """Reads the numbers of one item into its fields."""
    numbers = [int(n) for n in NUMBER.findall(words)]
    kind = item.kind
    if kind in ("day", "daymon", "num", "bare"):
        item.kind = "day"
        if named := LUNAR_MONTH.search(words):
            item.lunar = True
            numbers.insert(1, LUNAR_MONTHS[named.group()])
        item.d, item.m, item.y = (*numbers, None, None)[:3]
    elif kind in ("month", "blank"):
        item.kind = "month"
        item.m, item.y = (*numbers, None)[:2]
    elif kind == "quarter":
        roman = ROMAN.get(
            re.split(r"[^iv]+", words[3 if words.startswith("qu") else 0 :].strip())[0]
        )
        item.q = roman or numbers[0]
        years = numbers if roman else numbers[1:]
        item.y = years[0] if years else None
    elif kind == "year":
        years = [n for n in numbers if n > 99]
        item.y = years[0]
        item.y2 = years[1] if len(years) > 1 else None
    elif kind in ("period", "span"):
        item.kind = "period"
        item.y, item.y2 = numbers[-2:]
    elif kind == "part":
        item.y = numbers[-1] if numbers and numbers[-1] > 99 else None


def _chain(low: str, first: _Item) -> tuple[list[_Item], int]:
    """Returns the items of the list or range that begins with ``first``, and where to go on."""
    chain = [first]
    while len(chain) < MAX_ITEMS:
        last = chain[-1]
        kind = last.kind
        if kind == "day":
            kind = "day" if last.m is None else "daymon"
        if kind in ("part", "num") or (
            last.y is not None and kind in ("daymon", "month", "quarter")
        ):
            break
        if kind == "year" and last.y2 is not None:
            kind = "period"
        match = NEXT[kind].match(low, last.end)
        if not match:
            break
        item = _Item(match.start("word"), match.end("item"), kind)
        if not match.group("word"):
            item.start = match.start("item")
            item.word = False
        _fill(item, match.group("item"))
        later = kind != "year" or last.y is None or item.y is None or 0 < item.y - last.y <= 10
        if not later or not _possible(item):
            break
        last.ranged = match.group("range") is not None
        chain.append(item)
    # A bare number at the end of an open list may count anything ("tháng 5, 10 dự án").
    resume = chain[-1].end
    while chain and (
        (chain[-1].kind == "day" and chain[-1].m is None)
        or (chain[-1].kind == "month" and chain[-1].y is None and not chain[-1].word)
        or (chain[-1].kind == "quarter" and chain[-1].y is None and not chain[-1].word)
    ):
        if not chain[-1].word and resume == chain[-1].end:
            resume = chain[-1].start
        chain.pop()
    for left, right in zip(reversed(chain[:-1]), reversed(chain[1:]), strict=True):
        if left.m is None and left.kind == "day":
            left.m, left.borrowed, left.lunar = right.m, True, right.lunar
        if left.y is None and right.y is not None:
            left.y, left.borrowed = right.y, True
    return (chain if all(map(_possible, chain)) else []), resume


def _possible(item: _Item) -> bool:
    if item.y2 is not None and not (item.y or 0) < item.y2 <= (item.y or 0) + 80:
        return False
    if item.d is not None and not 1 <= item.d <= (30 if item.lunar else 31):
        return False
    return item.lunar or valid(item.y, item.m, item.d)


def _plausible(low: str, chain: list[_Item]) -> bool:
    """Returns False for what only looks like a date because it lacks a year."""
    first, last = chain[0], chain[-1]
    if last.y is not None:
        return True
    left = low[max(0, first.start - 45) : first.start]
    if first.kind == "part":
        return not RECURS.match(low, last.end)
    if RECURS.match(low, last.end) or RECURS_LEFT.search(left):
        return False
    if first.kind == "day":
        if PLACE.search(left):
            return False
        return low.startswith(("ngày", "m"), first.start) or _bare_day(low, first, left)
    if first.kind == "month":
        if "\n" in low[first.start : first.end]:
            return False  # two cells of a table
        return not NO_MONTH.search(left) and not UNIT.match(low, last.end)
    return True


def _bare_day(low: str, item: _Item, left: str) -> bool:
    # "30/4" without "ngày": behind a word that looks to a day, or a feast in its setting; else
    # a ratio.
    if "tháng" in low[item.start : item.end] or BARE_DAY.search(left):
        return bool(BARE_DAY.search(left))
    short = low[item.start : item.end]
    if NEAR_DAY.search(left) and TWO_FIGURES.match(short) and not COUNTED.match(low, item.end):
        return True
    if "." in short:
        return False
    if (item.d, item.m) in fixed_days() and FEAST.search(left):
        return True
    return bool(NAMED_DAY.search(low[max(0, item.start - 80) : item.start]))


def _resolve(
    text: str,
    low: str,
    chain: list[_Item],
    ref: tuple[int, int | None, int | None] | None,
    floor: int,
) -> Iterator[DateExpression]:
    """Yields the dates of a chain, a borrowed range as one interval."""
    i = 0
    while i < len(chain):
        item = chain[i]
        inferred: tuple[str, ...] = ()
        to = item
        if item.ranged and item.borrowed and i + 1 < len(chain):
            i += 1
            to = chain[i]
        i += 1
        start = item.start
        if not to.lunar and to.kind == "day" and (mark := LUNAR.match(low, to.end)):
            to.end, to.lunar = mark.end(), True
            item.lunar = item.lunar or item.borrowed
        if item.y is None and ref:
            ahead = bool(AHEAD.search(low[max(0, chain[0].start - 40) : chain[0].start]))
            if item.lunar:
                item.y = lunar_year_for(item.m or 0, item.d or 0, ref, ahead=ahead)
            else:
                item.y = year_for(item.m, item.d, ref, ahead=ahead)
            inferred = ("year",)
            to.y = item.y if to.y is None else to.y
        if not all(x.lunar or valid(x.y, x.m, x.d) for x in (item, to)):
            continue
        if to is not item:
            value, grain = _interval(item, to), "period"
            if low.startswith("từ ", start - 3) and start - 3 >= floor:
                start -= 3  # "từ ngày 01 đến ngày 05/6/2021": the frame belongs to the interval
        else:
            value, grain = _value(item, low)
        if item.kind == "day" and to is item:
            hour = HOUR.search(low[max(floor, start - 50) : start])
            if hour and value and int(hour[1]) <= 24:
                minute = int(hour[2] or hour[3] or hour[4] or 0)
                begin = start - (hour.end() - hour.start())
                stamped = at_hour(value, int(hour[1]), minute)
                if stamped and begin >= floor:
                    start, value, grain = begin, stamped, "hour"
        yield DateExpression(start, to.end, text[start : to.end], value, grain, inferred)
        floor = to.end


def _interval(first: _Item, last: _Item) -> str | None:
    a, b = _value(first, "")[0], _value(last, "")[0]
    return f"{a}/{b}" if a and b and a <= b else None


def _value(item: _Item, low: str) -> tuple[str | None, str]:
    """Returns ISO 8601 value and granularity of one item."""
    y, m = item.y, item.m
    if item.kind == "part":
        return part_value(low[item.start : item.end], y)
    if item.y2 is not None:
        return f"{y}/{item.y2}", "period"
    if item.lunar:
        return lunar_day(item.d, item.m, y), "day"
    if item.d is not None:
        return (f"{y}-{m:02}-{item.d:02}" if y else None), "day"
    if item.q is not None:
        return (f"{y}-Q{item.q}" if y else None), "quarter"
    if m is not None:
        return (f"{y}-{m:02}" if y else None), "month"
    return str(y), "year"
