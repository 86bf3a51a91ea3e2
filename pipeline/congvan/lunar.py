"""The Vietnamese lunar calendar: the solar day of a lunar one.

A month begins on the day, by the clock of Việt Nam (UTC+7), on which the moon is new; the
eleventh month holds the winter solstice; where thirteen months lie between two such months, the
first without a principal term is a leap month, which repeats the month before it. The day is
never off by more than the two series used allow (minutes), so it may only differ from the
almanac where the new moon falls within minutes of midnight.

Source: Jean Meeus, Astronomical Algorithms (1998), chapters 25 and 49, in the short form that
Hồ Ngọc Đức published for the Vietnamese calendar.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from math import floor, pi, sin

_MONTH = 29.530588853
_EPOCH = 2415021.076998695  # the new moon of January 1900, Julian day
_ORDINAL = 1721425  # Julian day number minus Python's ordinal
_YEARS = range(1900, 2200)


def lunar_to_solar(day: int, month: int, year: int) -> dt.date | None:
    """Returns the solar date of a day of the lunar calendar, None if there is no such day.

    A leap month is never meant: offices write "tháng 6 nhuận" for it.

    Args:
        day: 1 to 30.
        month: 1 (tháng Giêng) to 12 (tháng Chạp).
        year: Lunar year, 1900 to 2199; its last weeks lie in the next solar year.

    >>> lunar_to_solar(10, 3, 2025), lunar_to_solar(23, 12, 2025)
    (datetime.date(2025, 4, 7), datetime.date(2026, 2, 10))
    """
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    late = month >= 11
    first = _eleventh(year if late else year - 1)
    following = _eleventh(year + 1 if late else year)
    after = (month - 11) % 12
    if following - first > 365 and after >= _leap(first):
        after += 1
    moon = _moon_of(first) + after
    found = _new_moon(moon) + day - 1
    return dt.date.fromordinal(found - _ORDINAL) if found < _new_moon(moon + 1) else None


@cache
def _new_moon(number: int) -> int:
    """Returns the Julian day number, at UTC+7, of a new moon counted from January 1900."""
    t = number / 1236.85
    day = 2415020.75933 + 29.53058868 * number + t * t * (0.0001178 - 0.000000155 * t)
    day += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t * t) * pi / 180)
    sun = (359.2242 + 29.10535608 * number - t * t * (0.0000333 + 0.00000347 * t)) * pi / 180
    moon = (306.0253 + 385.81691806 * number + t * t * (0.0107306 + 0.00001236 * t)) * pi / 180
    node = (21.2964 + 390.67050646 * number - t * t * (0.0016528 + 0.00000239 * t)) * pi / 180
    day += (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    day += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    day += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    day += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun)
    day += -0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon)
    day += 0.0005 * sin(2 * moon + sun)
    clock = -0.000278 + 0.000265 * t + 0.000262 * t * t if t >= -11 else 0.0
    return floor(day - clock + 0.5 + 7 / 24)


def _sun(day: int) -> int:
    """Returns in which twelfth of its path (0 to 11) the sun stands at midnight of a day."""
    t = (day - 0.5 - 7 / 24 - 2451545) / 36525
    turn = pi / 180
    mean = (357.52910 + 35999.05030 * t - t * t * (0.0001559 + 0.00000048 * t)) * turn
    place = 280.46645 + 36000.76983 * t + 0.0003032 * t * t
    place += (1.914600 - t * (0.004817 + 0.000014 * t)) * sin(mean)
    place += (0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean)
    return int(place % 360 // 30)


def _moon_of(day: int) -> int:
    return floor(0.5 + (day - _EPOCH) / _MONTH)


@cache
def _eleventh(year: int) -> int:
    """Returns the first day of the month that holds the winter solstice of a solar year."""
    last = dt.date(year, 12, 31).toordinal() + _ORDINAL
    moon = floor((last - 2415021) / _MONTH)
    start = _new_moon(moon)
    return _new_moon(moon - 1) if _sun(start) >= 9 else start


def _leap(first: int) -> int:
    """Returns which month after the eleventh one (which is 0) is the leap month."""
    moon = _moon_of(first)
    before = _sun(_new_moon(moon + 1))
    for after in range(2, 14):
        here = _sun(_new_moon(moon + after))
        if here == before:
            return after - 1
        before = here
    return 13
