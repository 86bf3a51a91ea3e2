"""Recurring due expressions: "trước ngày 25 hằng tháng" and its kin, as RFC 5545 rules.

A point is a list of items ("ngày 15 và ngày cuối cùng") and what they recur in ("hằng tháng").
Each item of the list is a rule, and a due expression, of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .due_grammar import EVERY, FREQ, TIME, WEEKDAYS, rows

_NTH = r"(?:tuần )?(?:(?:đầu tiên|đầu|cuối cùng|cuối)|(?:thứ|lần thứ) (?:nhất|hai|ba|tư))"
# One item. Hit: "ngày 05", "25 tháng 12", "15/11", "ngày làm việc cuối cùng", "cuối tháng 6",
# "thứ Hai đầu tiên". Near miss: "20 xã" (what follows the list decides).
_ITEM = (
    r"(?:(?:ngày )?(?:m[ồù]ng )?\d{1,2}(?:(?:/| tháng )\d{1,2})?(?![\d/])"
    r"|ngày (?:làm việc )?cuối(?: cùng)?"
    r"|(?:ngày )?(?:cuối )?tháng \d{1,2}(?!\d)"
    rf"|(?:ngày )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?:,? {_NTH})?)"
)
_PARTS = re.compile(
    r"(?:ngày )?(?:m[ồù]ng )?(?P<d>\d{1,2})(?:(?:/| tháng )(?P<m>\d{1,2}))?(?![\d/])"
    r"|ngày (?P<work>làm việc )?(?P<last>cuối)(?: cùng)?"
    r"|(?:ngày )?(?:cuối )?tháng (?P<mm>\d{1,2})(?!\d)"
    r"|(?:ngày )?(?:thứ (?P<wd>hai|ba|tư|năm|sáu|bảy)|(?P<sunday>chủ nhật))"
    rf"(?:,? (?P<nth>{_NTH}))?"
)
_LIST = rf"(?P<items>{_ITEM}(?:(?:,|,? và|;| hoặc) {_ITEM}){{0,5}})"
_LATER = r"(?:sau|trước|tiếp theo|kế tiếp|tiếp|liền kề|kế)(?: (?:liền kề|đó|kế tiếp))?"
# What the items recur in. Hit: " hằng tháng", " của mỗi quý", " của tháng cuối quý", " tháng đầu
# tiên của quý sau", " của tháng". Near miss: " của tháng 5".
_TAIL = (
    rf"(?:(?:,| của| trong)? ?{EVERY}"
    r"|(?: của| trong)? tháng (?P<part>đầu|giữa|thứ hai|cuối)(?: tiên| cùng)?(?: của| trong)?"
    rf"(?: (?:hằng|hàng|mỗi|từng|các))? quý(?: {_LATER})?"
    rf"|(?: của| trong) (?:tháng(?: {_LATER}|(?! (?:\d|này|[^\W\d]{{1,7}} \d)))|kỳ báo cáo)"
    r"|(?<=cuối cùng)(?: của)? (?P<whole>tuần|tháng|quý|năm)(?! (?:\d|này|nay|i|v))"
    r"|(?<=cuối) (?P<end>tháng|quý)(?! (?:\d|này|i|v)))(?!\w)"
)
# "trước ngày 01 tháng 12 của năm trước", "trước ngày 30 tháng 4 năm sau"
_OTHER_YEAR = (
    r"trước (?:ngày )?(?:(?P<d>\d{1,2})(?:/| tháng )|tháng )(?P<m>\d{1,2})(?!\d)"
    r" (?:của )?năm (?:sau|trước|kế tiếp|liền kề)(?: (?:năm )?kế hoạch)?"
)
_QUARTER = {"đầu": "1,4,7,10", "giữa": "2,5,8,11", "thứ hai": "2,5,8,11", "cuối": "3,6,9,12"}
_ORDINAL = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4}


@cache
def forms() -> dict[str, re.Pattern[str]]:
    """Returns the regexes over one clause, the exact forms before the vague ones."""
    lead = rows("recurring")[0]
    patterns = {
        # "trước ngày 25 hằng tháng", "trước 15:00 chủ nhật hàng tuần", "vào ngày cuối của tháng"
        "point": rf"(?P<lead>{lead} )?(?:{TIME},? ?)?{_LIST}{_TAIL}",
        # "trước 9h00 hằng ngày", "trước 10 giờ và 16 giờ hằng ngày"
        "daily": rf"{lead} {TIME}(?P<more>(?:(?:,|,? và) \d{{1,2}} ?(?:giờ|h)(?: ?\d\d)?)"
        rf"{{0,3}}) {EVERY}",
        # "hằng năm (trước ngày 15 tháng 12)", "hằng tháng, trước ngày 25", "định kỳ trước 20/5"
        "front": rf"(?:(?:định kỳ )?{EVERY}|định kỳ)(?: ?[,:(])? ?(?:{lead} |ngày )"
        rf"(?:{TIME},? ?)?{_LIST}\)?",
        # "trước ngày 01 tháng 12 của năm trước"
        "yearly": _OTHER_YEAR,
        # "trước ngày 25" where the sentence began with "hằng tháng"
        "bare": rf"{lead} ngày (?P<d>\d{{1,2}})(?! ?[\d/.]| tháng| của| hằng| hàng| và| làm việc)",
        # "định kỳ 6 tháng", "định kỳ hằng quý, 6 tháng và năm"
        "periodic": r"định kỳ(?: (?:báo cáo|vào))?,? ?(?:(?:hằng|hàng|mỗi|từng|theo) )?"
        r"(?:(?P<n>\d{1,2}) )?(?P<freq>ngày|tuần|tháng|quý|năm)(?!\w| [\div])"
        r"(?:(?:,| và|/) ?(?:hằng |hàng )?(?:ngày|tuần|tháng|quý|0?[369] tháng|năm)(?!\w)){0,4}"
        r"(?:/lần| (?:một|1|01) lần)?",
        # "Hằng tháng, tổng hợp, báo cáo …" at the head of its sentence
        "every": rf"^[ \-+*(]{{0,4}}{EVERY}",
        # "báo cáo các cấp hằng ngày": behind its verb
        "habit": EVERY,
    }
    return {name: re.compile(r"(?<!\w)(?:" + p + ")") for name, p in patterns.items()}


def points(name: str, m: re.Match[str], left: str) -> Iterator[tuple[int, int, str]]:
    """Yields ``(start, end, rule)`` for each item of a match of "point" or "front".

    Args:
        name: Which form.
        m: Its match in a clause.
        left: The clause up to the match.
    """
    items = list(_PARTS.finditer(m.string, *m.span("items")))
    if not items or not all(_fits(name, m, item, left) for item in items):
        return
    month = next((i["m"] for i in reversed(items) if i["m"]), None)
    for k, item in enumerate(items):
        start = m.start() if k == 0 else item.start()
        end = m.end() if k == len(items) - 1 else item.end()
        rule = _rule(m, item, month)
        if rule:
            yield start, end, rule


def _fits(name: str, m: re.Match[str], item: re.Match[str], left: str) -> bool:
    """Returns False for what only looks like a recurring day ("hằng năm, từ 2 năm trở lên")."""
    words = m.group()
    if item["d"] and not item["m"] and not re.search(r"(?:ngày|m[ồù]ng) (?:m[ồù]ng )?\d", words):
        return False
    if name == "front":
        return True
    if item["d"] and m["freq"] == "ngày":
        return False
    if left.endswith(("đến ", "từ ", "sau ", "hết ")):
        return False
    # A bare "tháng 11 hằng năm" opens its sentence, or has a word such as "vào" before it.
    return not item["mm"] or m["lead"] is not None or not left.strip(" (-+*•")


def _rule(m: re.Match[str], item: re.Match[str], month: str | None) -> str | None:
    """Returns the RFC 5545 rule of one item, None if it cannot be."""
    groups = m.groupdict()
    day, of = item["d"], item["m"] or item["mm"] or (month if item["d"] else None)
    if (day and not 1 <= int(day) <= 31) or (of and not 1 <= int(of) <= 12):
        return None
    word = groups.get("freq") or groups.get("whole") or groups.get("end")
    if part := groups.get("part"):
        out = f"FREQ=YEARLY;BYMONTH={_QUARTER[part]}"
    elif item["last"] and word in ("quý", "năm"):
        out = f"FREQ=YEARLY;BYMONTH={'12' if word == 'năm' else _QUARTER['cuối']}"
    else:
        out = FREQ[word or ("năm" if of else "tháng")]
    out += f";BYMONTH={int(of)}" if of else ""
    if day:
        out += f";BYMONTHDAY={int(day)}"
    elif item["last"]:
        if word in ("tuần", "ngày"):
            out += ";BYDAY=FR" if item["work"] else ";BYDAY=SU"
        else:
            out += ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if item["work"] else ";BYMONTHDAY=-1"
    elif item["wd"] or item["sunday"]:
        nth = item["nth"] or ""
        which = -1 if "cuối" in nth else 1 if nth else 0
        if nth and (ordinal := nth.split()[-1]) in _ORDINAL:
            which = _ORDINAL[ordinal]
        out += f";BYDAY={which or ''}{'SU' if item['sunday'] else WEEKDAYS[item['wd']]}"
    hour = at(m)
    return None if hour is None else out + hour


def at(m: re.Match[str]) -> str | None:
    """Returns the parts of a rule for the hour of a match, None if there is no such hour."""
    groups = m.groupdict()
    if not (hour := groups.get("hour")):
        return ""
    minute = int(groups["m1"] or groups["m2"] or groups["m3"] or 0)
    hours = [int(hour)]
    for later in re.finditer(r"(\d{1,2}) ?(?:giờ|h)(?: ?(\d\d))?", groups.get("more") or ""):
        hours.append(int(later[1]))
        if int(later[2] or 0) != minute:  # one rule cannot say 10:00 and 16:30
            return None
    if max(hours) > 23 or minute > 59:
        return None
    return f";BYHOUR={','.join(map(str, hours))};BYMINUTE={minute}"


def interval(word: str, count: str | None) -> str | None:
    """Returns the rule of "hằng quý", "6 tháng": every ``count`` days, weeks, months …

    >>> interval("tháng", "06"), interval("năm", None)
    ('FREQ=MONTHLY;INTERVAL=6', 'FREQ=YEARLY')
    """
    number = int(count or 1)
    if not 1 <= number <= 60:
        return None
    if word == "quý":
        word, number = "tháng", 3 * number
    return FREQ[word] + (f";INTERVAL={number}" if number > 1 else "")
