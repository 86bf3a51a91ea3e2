"""Values of due expressions that count from something: terms, coming weeks, feasts."""

from __future__ import annotations

import datetime as dt
import re

from .calendar_vi import (
    add_days,
    anchor_parts,
    at_hour,
    cycles,
    days_off,
    holidays,
    is_working_day,
    last_day,
    lunar_year_for,
)
from .due_grammar import MOONS, WEEKDAYS
from .lunar import lunar_to_solar


def days_before(day: dt.date, count: int, unit: str) -> dt.date | None:
    """Returns the day that lies ``count`` units before ``day``, which itself does not count."""
    if count > 3650 or day.year < 1000:
        return None
    if unit == "tháng":
        year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
        return dt.date(year, month + 1, min(day.day, last_day(year, month + 1)))
    if "làm việc" not in unit:
        return day - dt.timedelta(days=count * (7 if unit == "tuần" else 1))
    while count:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def last_of_term(start: dt.date, count: int, unit: str) -> str | None:
    """Returns the last day of a term, None if hours count or no office would mean it."""
    if unit.startswith("giờ"):
        return None
    if unit in ("tháng", "năm"):
        months = start.year * 12 + start.month - 1 + count * (12 if unit == "năm" else 1)
        year, month = divmod(months, 12)
        if year > 9000:
            return None
        return dt.date(year, month + 1, min(start.day, last_day(year, month + 1))).isoformat()
    days = count * 7 if unit == "tuần" else count
    found = add_days(start, days, working="làm việc" in unit)
    return found.isoformat() if found else None


def end_of_holiday(tail: str, anchor: str | None) -> str | None:
    """Returns the last day off of the feast after which a term runs ("sau Tết")."""
    feast = re.search(
        r"sau (?:(?:kỳ nghỉ|dịp|nghỉ|ngày) (?:lễ )?)?(tết(?: nguyên đán)?)(?!\w)", tail
    )
    ref = anchor_parts(anchor)
    if not feast or not ref or "dương" in tail:
        return None
    floor = dt.date(ref[0], ref[1] or 1, ref[2] or 1)
    days = sorted(d for (key, _), d in holidays().items() if key == "tet" and d >= floor)
    if not days:
        return None
    day, off = days[0], days_off()
    while day + dt.timedelta(days=1) in off:
        day += dt.timedelta(days=1)
    return day.isoformat()


def near_value(m: re.Match[str], anchor: str | None) -> str | None:
    """Returns the value of "tuần tới", "ngày 05 tháng sau", counted from the document's date."""
    ref, what = anchor_parts(anchor), m["what"]
    if ref is None:
        return None
    year, month, day = ref
    later = 0 if what.endswith(("này", "nay")) else 1
    if what.startswith("năm"):
        return str(year)
    if month is None:
        return None
    if what.startswith("tháng"):
        year, month = divmod(year * 12 + month - 1 + later, 12)
        if m["d"] is None:
            return f"{year}-{month + 1:02}"
        last = last_day(year, month + 1)
        return f"{year}-{month + 1:02}-{int(m['d']):02}" if 1 <= int(m["d"]) <= last else None
    if what.startswith("quý"):
        year, quarter = divmod(year * 4 + (month - 1) // 3 + later, 4)
        return f"{year}-Q{quarter + 1}"
    if day is None:
        return None
    date = dt.date(year, month, day)
    if what.startswith("tuần"):
        date += dt.timedelta(days=7 * later)
        iso = date.isocalendar()
        if not m["wd"] and not m["sunday"]:
            return f"{iso.year}-W{iso.week:02}"
        nth = 7 if m["sunday"] else list(WEEKDAYS).index(m["wd"]) + 1
        date = dt.date.fromisocalendar(iso.year, iso.week, nth)
    else:
        date += dt.timedelta(days=later)
    if not m["hour"]:
        return date.isoformat()
    return at_hour(date.isoformat(), int(m["hour"]) % 25, int(m["m1"] or m["m2"] or m["m3"] or 0))


def feast_value(m: re.Match[str], anchor: str | None) -> str | None:
    """Returns the day of a feast; without a year the next one from the document's date on.

    A season ("mùa mưa") has no more than its year.
    """
    if m["season"]:
        return m["year7"]
    written = next((m[f"year{n}"] for n in ("", *range(2, 7)) if m[f"year{n}"]), None)
    year = int(written) if written else cycles().get(m["cycle"] or m["cycle2"] or "")
    ref = anchor_parts(anchor)
    lunar = _lunar_feast(m)
    if lunar:
        day, month = lunar
        if year is None and ref is None:
            return None
        if year is None and ref is not None:
            year = lunar_year_for(month, day, ref, ahead=True)
        found = lunar_to_solar(day, month, year or 0)
        if found and m["eve"]:
            found -= dt.timedelta(days=1)
        return found.isoformat() if found else None
    groups = {"solar": "tet_duong_lich", "school": "khai_giang", "xmas": "giang_sinh"}
    key = next(k for g, k in groups.items() if m[g])
    days = holidays()
    if year:
        fixed = days.get((key, year))
        return fixed.isoformat() if fixed else None
    if ref is None:
        return None
    floor = dt.date(ref[0], ref[1] or 1, ref[2] or 1)
    later = sorted(d for (k, _), d in days.items() if k == key and d >= floor)
    return later[0].isoformat() if later else None


def _lunar_feast(m: re.Match[str]) -> tuple[int, int] | None:
    """Returns day and month of a feast of the lunar calendar; the eve has those of its morrow."""
    if m["tet"] or m["eve"]:
        return 1, 1
    if m["king"]:
        return 10, 3
    if m["kitchen"]:
        return 23, 12
    if m["day"]:  # "28 Tết" lies before, "mùng 6 Tết" after New Year
        return int(m["day"]), 12 if int(m["day"]) > 15 else 1
    if m["moon"]:
        return 15, MOONS[m["which"]] if m["which"] else 8
    return None
