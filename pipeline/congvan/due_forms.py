"""Due expressions without a date of their own: terms, coming weeks, feasts, recurring duties."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from . import due_recurring, lookups
from .calendar_vi import anchor_parts
from .dates import DateExpression
from .document import Due
from .due_grammar import (
    CUE,
    WORD_NUMBERS,
    clause,
    forbidden,
    forms_of,
    forms_of_cue,
    verbs,
)
from .due_values import days_before, end_of_holiday, feast_value, last_of_term, near_value

# The forms in the order in which they take their words: the exact ones before the vague ones.
_ORDER = (
    "point daily front yearly term lead_time near feast session bare periodic every habit".split()
)
_RECURRING = ("point", "daily", "front", "yearly", "bare", "periodic", "every", "habit")
_VAGUE = ("periodic", "every", "habit")


def find(
    text: str,
    low: str,
    dates: Sequence[DateExpression],
    starts: Sequence[int],
    spans: Sequence[tuple[int, int]],
    *,
    anchor: str | None,
) -> Iterator[tuple[int, Due]]:
    """Yields ``(index of span, due)`` for every form of this module.

    Args:
        text: Canonical text.
        low: Its shadow in lower case.
        dates: Date expressions, sorted.
        starts: Their starts.
        spans: Spans to search, sorted.
        anchor: ISO date of the document.
    """
    cues = [(m.start(), m.group()) for m in CUE.finditer(low)]
    k = 0
    for i, span in enumerate(spans):
        while k < len(cues) and cues[k][0] < span[0]:
            k += 1
        done = span[0]
        while k < len(cues) and cues[k][0] < span[1]:
            a, b = clause(low, cues[k][0], cues[k][0], span)
            names: dict[str, None] = {}
            while k < len(cues) and cues[k][0] < b:
                names.update(dict.fromkeys(forms_of_cue(cues[k][1])))
                k += 1
            a = max(a, done)
            done = b
            for due in _in_clause(text, low[a:b], a, tuple(names), dates, starts, anchor):
                yield i, due


def _in_clause(
    text: str,
    words: str,
    a: int,
    names: Sequence[str],
    dates: Sequence[DateExpression],
    starts: Sequence[int],
    anchor: str | None,
) -> Iterator[Due]:
    forms = {**due_recurring.forms(), **forms_of()}
    taken = [False] * len(words)
    exact = False
    for name in sorted(names, key=_ORDER.index):
        # "định kỳ hằng tháng báo cáo … trước ngày 20 hằng tháng" is one duty, said exactly once.
        if name in _VAGUE and exact:
            continue
        for m in forms[name].finditer(words):
            if any(taken[m.start() : m.end()]):
                continue
            left, right = words[: m.start()], words[m.end() :]
            if name in _RECURRING:
                found = list(_recurring(name, m, left, right))
                exact = exact or bool(found)
            else:
                made = _make(name, m, left, right, a, dates, starts, anchor)
                open_ = left.rstrip().endswith(("thì", ",", "và", ":", "-")) and name == "term"
                if made is None or (not open_ and forbidden(left, soft=name == "near")):
                    continue
                found = [made]
            for kind, bound, value, start, end, score in found:
                taken[start:end] = [True] * (end - start)
                yield Due(a + start, a + end, text[a + start : a + end], kind, bound, value, score)


# kind, bound, value, start and end in the clause, score
_Made = tuple[str, str, str | None, int, int, float]


def _recurring(name: str, m: re.Match[str], left: str, right: str) -> Iterator[_Made]:
    start, end = m.span()
    score = 0.8 if name in (*_VAGUE, "bare") else 0.95
    value: str | None
    if name in ("point", "front"):
        if name == "point" and m["lead"] is None and not _delivers(left):
            return
        for first, last, rule in due_recurring.points(name, m, left):
            yield "recurring", "recurring", rule, first, last, score
        return
    if name == "daily":
        hour = due_recurring.at(m)
        value = None if hour is None else f"{due_recurring.interval(m['freq'], None)}{hour}"
    elif name == "yearly":
        day, month = m["d"], int(m["m"])
        value = f"FREQ=YEARLY;BYMONTH={month}" + (f";BYMONTHDAY={int(day)}" if day else "")
        if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
            value = None
    elif name == "bare":
        # "Hằng tháng, các xã gửi báo cáo trước ngày 25."
        monthly = re.search(r"(?:^|[,;(] ?|và )(?:định kỳ )?(?:hằng|hàng|mỗi) tháng(?!\w)", left)
        value = f"FREQ=MONTHLY;BYMONTHDAY={int(m['d'])}"
        if not monthly or not 1 <= int(m["d"]) <= 31:
            value = None
    else:
        value = _vague(name, m, left, right)
    if value:
        yield "recurring", "recurring", value, start, end, score


def _delivers(left: str) -> bool:
    """Returns True if a recurring day without "trước" or "vào" says when to deliver."""
    return bool(re.search(r"(?<!\w)(?:gửi|nộp|báo cáo|họp|giao ban)(?!\w)[^,;:]{0,80}$", left))


# Hit: "và báo cáo các cấp ", "báo cáo UBND tỉnh "; near miss: "tại báo cáo ", "các báo cáo ".
_HABIT_RE = re.compile(
    r"(?:^[ \-+*•(]*|[,;] |(?<!\w)(?:và|kịp thời|tổng hợp|chế độ|tiến hành) )"
    r"báo cáo(?: [^\W\d]+){0,5} $"
)


def _vague(name: str, m: re.Match[str], left: str, right: str) -> str | None:
    # A report of the quarter or year is mostly a thing, one of the day a duty.
    if name == "habit" and (m["freq"] in ("quý", "năm") or not _HABIT_RE.search(left[-90:])):
        return None
    if not verbs("report").search(right[:160]) and not verbs("report").search(left[-80:]):
        return None
    if name == "every" and not re.match(r",? ?(?:\w+ ){0,12}?báo cáo", right[:120]):
        return None
    if right.startswith((" của ", " tính ")):  # "kết quả đánh giá định kỳ hằng năm của cấp trên"
        return None
    return due_recurring.interval(m["freq"], m.groupdict().get("n"))


def _make(
    name: str,
    m: re.Match[str],
    left: str,
    right: str,
    offset: int,
    dates: Sequence[DateExpression],
    starts: Sequence[int],
    anchor: str | None,
) -> _Made | None:
    """Returns kind, bound, value, start, end in the clause and score; None if it is no due."""
    start, end = m.span()
    if name == "term":
        return _term(m, left, right, offset, dates, starts, anchor)
    if name == "lead_time":
        return _lead_time(m, left, right, anchor)
    if name == "near":
        if not verbs("order").search(left) and not verbs("order").search(right[:100]):
            return None
        value = near_value(m, anchor)
        first = m.group().split()[0]
        bound = {"trước": "before", "chậm": "by", "hết": "by", "đến": "by"}.get(first, "within")
        days = m["what"].endswith(("hôm nay", "mai")) or m["d"] or m["wd"] or m["sunday"]
        if days and first in ("vào", "ngay"):
            bound = "at"
        return "date" if days else "period", bound, value, start, end, 0.8
    if name == "feast":
        bound = "before" if "trước" in m.group() else "by"
        if m.group().startswith("vào"):  # "vào Tết" is no day, "vào mùng 6 Tết" is one
            if not m["day"]:
                return None
            bound = "at"
        yearly = m["season"] and not m["year7"] and re.match(r" (?:hằng|hàng|mỗi) năm", right)
        if yearly:  # no rule can say when the rain begins
            return "recurring", "recurring", "FREQ=YEARLY", start, end + yearly.end(), 0.8
        return "event", bound, feast_value(m, anchor), start, end, 0.9
    if m["congress"]:
        done = verbs("finish").search(left) or verbs("finish").search(right[:60])
        return ("event", "before", None, start, end, 0.6) if done else None
    if not re.search(r"(?<!\w)trình(?!\w)[^.;]{0,90}$", left):
        return None
    ref = anchor_parts(anchor)
    value = str(ref[0]) if ref and m["when"] else None
    end -= len(m.group()) - len(m.group().rstrip())
    bound = "before" if m.group().startswith("trước") else "at"
    return "event", bound, value, start, end, 0.7


def _lead_time(m: re.Match[str], left: str, right: str, anchor: str | None) -> _Made | None:
    """Reads "trước Tết Nguyên đán 10 ngày": so long before something."""
    if m["what"] is not None and not m["least"] and re.match(r" (?:kể|tính)", right):
        return None
    # Without "ít nhất" a number behind an event counts its own days ("trước đợt mưa 3 ngày").
    if m["what"] is not None and not m["least"]:
        return None
    value = None
    if m["feast"]:
        value = feast_value(m, anchor)
        if value and len(value) == 10:
            last = days_before(dt.date.fromisoformat(value), _count(m["n"]), m["unit"])
            value = last.isoformat() if last else None
    kind = "event" if m["feast"] else "relative"
    return kind, "before", value, m.start(), m.end(), 0.8


def _count(words: str) -> int:
    return int(words) if words.isdigit() else WORD_NUMBERS[words]


def _term(
    m: re.Match[str],
    left: str,
    right: str,
    offset: int,
    dates: Sequence[DateExpression],
    starts: Sequence[int],
    anchor: str | None,
) -> _Made | None:
    tail, unit, count = m["tail"], m["unit"], _count(m["n"])
    bounds = [r["bound"] for r in lookups.rows("due_frames") if r["role"] == "relative"]
    which = next(i for i in range(len(bounds)) if m[f"r{i}"] is not None)
    lead = m[f"r{which}"]
    coming = bool(tail and re.match(r" (?:tới|nữa|tiếp theo)", tail))
    earlier = bool(tail and re.match(r",? trước ", tail))
    if re.search(r"hiệu lực|dự báo|mưa|bão|hợp đồng|ảnh chụp|bảo hành", left[-100:]):
        return None
    if not tail and (unit in ("tháng", "năm") or lead in ("trong", "không quá", "tối đa")):
        return None
    if not tail and which == len(bounds) - 1 and ":" not in lead:
        return None
    if coming and (unit.startswith(("giờ", "năm")) or not verbs("order").search(left + right[:80])):
        return None
    if earlier and (lead.startswith(("trong", "ngay")) or unit.startswith(("giờ", "năm"))):
        return None
    end, value = m.end(), None
    if tail and not coming:
        stop = re.search(r" (?:thì|phải|để) ", tail[12:])
        if stop:
            end = m.start("tail") + 12 + stop.start()
        elif tail.count("(") > tail.count(")") and right.startswith(")"):
            end += 1
    ref = anchor_parts(anchor)
    begin = None
    if tail and not coming:
        k = bisect_left(starts, offset + m.start("tail"))
        if k < len(dates) and dates[k].end <= offset + m.end() and dates[k].granularity == "day":
            begin, end = dates[k].value, dates[k].end - offset
    if begin is None and tail and not earlier:
        begin = end_of_holiday(tail, anchor)
    if begin is None and ref and ref[2] and (coming or _from_issue(tail, end - m.start("tail"))):
        begin = f"{ref[0]}-{ref[1]:02}-{ref[2]:02}"
    if begin and earlier:
        last = days_before(dt.date.fromisoformat(begin), count, unit)
        value = last.isoformat() if last else None
    elif begin:
        value = last_of_term(dt.date.fromisoformat(begin), count, unit)
    return "relative", bounds[which], value, m.start(), end, 0.85 if tail else 0.7


# What a paper calls itself. Hit: "kể từ ngày ký Nghị quyết". Near miss: "… ký hợp đồng".
_OWN = (
    r"(?:quyết định|kế hoạch|thông báo|công văn|chỉ thị|nghị quyết|kết luận|công điện|hướng dẫn"
    r"|chương trình|văn bản)"
)


def _from_issue(tail: str | None, length: int) -> bool:
    # The document's own day: "kể từ ngày ban hành (Kế hoạch này)"; not "… ban hành kết luận".
    words = (tail or "")[:length].strip()
    return bool(
        re.search(
            r"ngày (?:ký )?(?:ban hành|ký)(?: [^\W\d]+){0,3}(?<= này)$"
            rf"|ngày (?:ký )?(?:ban hành|ký)(?: {_OWN})?$"
            rf"|ngày (?:ra|có|công bố|thông báo) {_OWN} này$",
            words,
        )
    )
