"""Values as a Vietnamese office writes them: days, periods and rules; and text for one line."""

from __future__ import annotations

import re

_ISO_RE = re.compile(
    # hit: 2021, 2021-05, 2021-05-06, 2025-12-05T17:00, 2021-Q2, 2021-H1, 2021-W23; miss: 06/05/2021
    r"(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|W(?P<w>\d\d?)|(?P<m>\d\d)(?:-(?P<d>\d\d)"
    r"(?:T(?P<H>\d\d):(?P<M>\d\d)(?::\d\d)?)?)?))?"
)
_ROMAN = ("", "I", "II", "III", "IV")
_WEEKDAYS = {"MO": "thứ Hai", "TU": "thứ Ba", "WE": "thứ Tư", "TH": "thứ Năm", "FR": "thứ Sáu",
             "SA": "thứ Bảy", "SU": "Chủ nhật"}  # fmt: skip


def clean(text: str | None) -> str:
    """Returns ``text`` on one line without characters that command a terminal (ESC, bidi)."""
    line = " ".join((text or "").split())
    return line if line.isprintable() else "".join(c for c in line if c.isprintable())


def vn_date(iso: str | None) -> str:
    """Returns an ISO 8601 value, or an RFC 5545 rule, as a Vietnamese office writes it.

    >>> vn_date("2021-05-06"), vn_date("2021-05"), vn_date("2021-Q2"), vn_date("2021/2025")
    ('06/05/2021', 'tháng 5/2021', 'quý II/2021', 'năm 2021 – 2025')
    """
    if not iso:
        return ""
    if iso.startswith("FREQ="):
        return _vn_rule(iso)
    first, slash, last = iso.partition("/")
    a, b = _ISO_RE.fullmatch(first), _ISO_RE.fullmatch(last)
    if a is None or (slash and b is None):
        return clean(iso)
    if b is None:
        return _vn_point(a)
    halves = {("01", "06"): "đầu", ("07", "12"): "cuối"}
    if a["y"] == b["y"] and not a["d"] and (a["m"], b["m"]) in halves:
        return f"6 tháng {halves[a['m'], b['m']]} năm {a['y']}"
    if a["m"] is b["m"] is None and a["q"] is b["q"] is None:
        return f"năm {a['y']} – {b['y']}"
    return f"{_vn_point(a)} – {_vn_point(b)}"


def _vn_point(m: re.Match[str]) -> str:
    if m["d"]:
        day = f"{m['d']}/{m['m']}/{m['y']}"
        return f"{int(m['H'])} giờ {m['M']} ngày {day}" if m["H"] else day
    if m["m"]:
        return f"tháng {int(m['m'])}/{m['y']}"
    if m["q"]:
        return f"quý {_ROMAN[int(m['q'])]}/{m['y']}"
    if m["h"]:
        return f"6 tháng {'đầu' if m['h'] == '1' else 'cuối'} năm {m['y']}"
    return f"tuần {int(m['w'])}/{m['y']}" if m["w"] else f"năm {m['y']}"


def _vn_rule(rule: str) -> str:
    parts = dict(p.partition("=")[::2] for p in rule.split(";"))
    every = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
    unit = every.get(parts.get("FREQ", ""))
    if unit is None:
        return clean(rule)
    n = parts.get("INTERVAL", "1")
    often = f"hằng {unit}" if n == "1" else f"{n} {unit} một lần"
    if unit == "tháng" and n == "3":
        often = "hằng quý"
    months = [m for m in parts.get("BYMONTH", "").split(",") if m]
    days = [d for d in parts.get("BYMONTHDAY", "").split(",") if d]
    if len(days) == len(months) == 1 and days != ["-1"]:
        return f"ngày {days[0]}/{months[0]} {often}"
    weekdays = [_vn_weekday(d) for d in parts.get("BYDAY", "").split(",") if d]
    words = [", ".join(weekdays)] if weekdays else []
    if days:
        words.append("ngày " + ", ".join("cuối cùng" if d == "-1" else d for d in days))
    if len(months) == 1:
        words.append(f"tháng {months[0]}")
    elif months:  # "ngày 20 các tháng 3, 6, 9, 12" says itself how often
        return " ".join([*words, "các tháng", ", ".join(months)])
    return " ".join([*words, often])


def _vn_weekday(day: str) -> str:
    # RFC 5545: "FR", the first Monday "1MO", the last Friday "-1FR".
    name = _WEEKDAYS.get(day[-2:], day)
    place = {"": "", "1": " đầu tiên", "-1": " cuối cùng"}.get(day[:-2], f" thứ {day[:-2]}")
    return name + place
