"""The Vietnamese working calendar: holidays, working days, parts of periods.

The days stand in ``lookups/holidays.csv``; the lunar ones were computed for UTC+7 (Tết of
2007 and 2030 falls a day before the Chinese New Year).
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import cache

from . import lookups
from .lunar import lunar_to_solar

# Tết is five days off. The law leaves the choice of the days to the year's notice; the
# last day of the old year and the first four of the new one are what most years have.
_TET_FIRST = -1


@cache
def holidays() -> dict[tuple[str, int], dt.date]:
    """Returns the day of each holiday: ``("tet", 2026) -> 2026-02-17``."""
    found: dict[tuple[str, int], dt.date] = {}
    for row in lookups.rows("holidays"):
        for year in range(int(row["from_year"]), int(row["to_year"]) + 1):
            iso = row["date"] if row["calendar"] == "lunar" else f"{year}-{row['date']}"
            found[row["key"], year] = dt.date.fromisoformat(iso)
    return found


@cache
def fixed_days() -> frozenset[tuple[int, int]]:
    """Returns ``(day, month)`` of the days that people write without a year: 30/4, 2/9."""
    return frozenset(
        (int(row["date"][3:]), int(row["date"][:2]))
        for row in lookups.rows("holidays")
        if row["calendar"] == "fixed" and row["key"] != "quoc_khanh_lien_ke"
    )


def lunar_day(day: int | None, month: int | None, year: int | None) -> str | None:
    """Returns the ISO date of a day of the lunar calendar, None if there is no such day.

    >>> lunar_day(10, 3, 2025)
    '2025-04-07'
    """
    found = lunar_to_solar(day or 0, month or 0, year or 0)
    return found.isoformat() if found else None


def lunar_year_for(
    month: int, day: int, anchor: tuple[int, int | None, int | None], *, ahead: bool
) -> int:
    """Returns the lunar year of a lunar day that names none.

    Args:
        month: 1 to 12.
        day: 1 to 30.
        anchor: The document's date.
        ahead: The words look ahead: the first such day on or after the anchor; else the nearest.
    """
    at = dt.date(anchor[0], anchor[1] or 1, anchor[2] or 1)
    near: list[tuple[int, int]] = []
    for year in range(anchor[0] - 1, anchor[0] + 2):
        found = lunar_to_solar(day, month, year)
        if found and not (ahead and found < at):
            near.append((abs((found - at).days), year))
    return min(near)[1] if near else anchor[0]


@cache
def cycles() -> dict[str, int]:
    """Returns the solar year of each lunar year name in lower case: ``"bính ngọ" -> 2026``."""
    rows = [row for row in lookups.rows("holidays") if row["cycle"]]
    return {row["cycle"].lower(): int(row["from_year"]) for row in rows}


@cache
def days_off() -> frozenset[dt.date]:
    """Returns the public holidays, with the working days given for those on a weekend.

    Source: Labour Code 45/2019/QH14, Articles 111 and 112. Exchanges of working days that a
    single year's notice orders are not in it.
    """
    off: set[dt.date] = set()
    for row in lookups.rows("holidays"):
        for year in range(int(row["from_year"]), int(row["to_year"]) + 1):
            first = holidays()[row["key"], year]
            if row["key"] == "tet":
                first += dt.timedelta(days=_TET_FIRST)
            off.update(first + dt.timedelta(days=i) for i in range(int(row["days_off"])))
    for day in sorted(d for d in off if d.weekday() >= 5):
        while day in off or day.weekday() >= 5:
            day += dt.timedelta(days=1)
        off.add(day)
    return frozenset(off)


def is_working_day(day: dt.date) -> bool:
    """Returns True for Monday to Friday outside public holidays.

    >>> is_working_day(dt.date(2026, 2, 17))
    False
    """
    return day.weekday() < 5 and day not in days_off()


def add_days(start: dt.date, count: int, *, working: bool = False) -> dt.date | None:
    """Returns the last day of a term of ``count`` days that runs from ``start``.

    The start day does not count (Civil Code 2015, Article 147). None for terms over ten
    years, which are no office deadlines.

    >>> add_days(dt.date(2025, 11, 28), 2, working=True)
    datetime.date(2025, 12, 2)
    """
    if not 0 <= count <= 3650 or start.year > 9900:
        return None
    if not working:
        return start + dt.timedelta(days=count)
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def valid(year: int | None, month: int | None, day: int | None) -> bool:
    """Returns True if such a day, month or year can be; an unknown year may be a leap year."""
    if month is None:
        return True
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year or 2000, month)[1]


def last_day(year: int, month: int) -> int:
    """Returns the number of days of the month."""
    return monthrange(year, month)[1]


def anchor_parts(anchor: str | None) -> tuple[int, int | None, int | None] | None:
    """Returns year, month and day of an ISO date, the latter two None where not given.

    >>> anchor_parts("2021-05")
    (2021, 5, None)
    """
    if not anchor:
        return None
    parts = anchor[:10].split("-")
    if not all(p.isascii() and p.isdigit() for p in parts):
        return None
    year = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 else None
    day = int(parts[2]) if len(parts) > 2 else None
    if not 1900 <= year <= 2999 or not valid(year, month, day):
        return None
    return year, month, day


def year_for(
    month: int | None, day: int | None, anchor: tuple[int, int | None, int | None], *, ahead: bool
) -> int:
    """Returns the year of a date that names none.

    Args:
        month: 1 to 12, None where only the anchor's year can be meant.
        day: 1 to 31 or None.
        anchor: The document's date.
        ahead: The words look ahead (a deadline): the first such day on or after the anchor.
    """
    year, of_month, of_day = anchor
    if not ahead or month is None or of_month is None:
        return year
    if month < of_month:
        return year + 1
    if month == of_month and day is not None and of_day is not None and day < of_day:
        return year + 1
    return year


def at_hour(day: str, hour: int, minute: int) -> str | None:
    """Returns the ISO date and time, None if there is no such minute.

    >>> at_hour("2025-12-31", 24, 0)
    '2026-01-01T00:00'
    """
    if minute > 59 or (hour == 24 and minute):
        return None
    if hour == 24:  # the midnight that ends the day
        date = dt.date.fromisoformat(day)
        return f"{date + dt.timedelta(days=1)}T00:00" if date < dt.date.max else None
    return f"{day}T{hour:02}:{minute:02}"


_NUMBER = re.compile(r"\d+")
_ORDINAL = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4}


_COUNTS = {
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
}


def part_value(words: str, year: int | None) -> tuple[str | None, str]:
    """Returns value and granularity of a part of a year or month, words in lower case.

    >>> part_value("nửa cuối tháng 7/2023", 2023)
    ('2023-07-16/2023-07-31', 'part')
    """
    numbers = [int(n) for n in _NUMBER.findall(words)]
    late = " cuối" in words or " sau" in words
    if "tháng" in words and re.match(r"nửa|tuần", words):
        months = [n for n in numbers if n <= 12]
        if not months or year is None or not 1 <= months[-1] <= 12:
            return None, "part"
        month, last = months[-1], last_day(year, months[-1])
        if words.startswith("nửa"):
            first, end = (16, last) if late else (1, 15)
        else:
            nth = re.search(r"thứ (\d|\w+)", words)
            week = 1 if not nth else _ORDINAL.get(nth[1]) or int(nth[1] if nth[1].isdigit() else 1)
            first, end = (last - 6, last) if late else (7 * week - 6, min(7 * week, last))
            if not 1 <= first <= last:
                return None, "part"
        return f"{year}-{month:02}-{first:02}/{year}-{month:02}-{end:02}", "part"
    if words.startswith("nửa"):
        count = 6
    elif words[0].isdigit():
        count = numbers[0]
    else:
        count = _COUNTS.get(words.split(" tháng")[0], 0)
    grain = "half" if count == 6 else "part"
    if year is None or not 1 <= count <= 12 or words.startswith("tuần"):
        return None, grain
    first, end = (13 - count, 12) if late else (1, count)
    return f"{year}-{first:02}/{year}-{end:02}", grain
