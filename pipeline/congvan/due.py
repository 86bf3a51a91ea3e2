"""Due expressions: by when something is to be delivered, with bound and ISO 8601 value.

Two ways lead to a due. A date that has frame words before it ("trước ngày 20/5/2021"); and
words that need no date ("trong vòng 10 ngày kể từ …", "trước Tết Nguyên đán", "định kỳ hằng
quý"), which :mod:`congvan.due_forms` reads. The frame words, the verbs that some of them need
and the words that forbid a due are data: ``lookups/due_frames.csv``.

A date of a citation has no frame and is none; so are start dates, target years, entry into
force and what has already happened.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from . import due_forms, lookups
from .calendar_vi import anchor_parts, year_for
from .dates import DateExpression, lower
from .document import Due
from .due_grammar import clause, forbidden, verbs
from .text import shadow as make_shadow

# What may stand between the frame and the date. Hit: " thứ sáu, ", " (", " sáng ", " ".
# Near miss: " các ".
_GAP = (
    r"(?: (?:(?:đầu|cuối|hết) )?(?:(?:giờ|buổi) )?(?:sáng|trưa|chiều|tối|đêm))?"
    r"(?:,? ?(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),?)?[ \n]{1,3}\(?$"
)
_LEFT = 110
# Joins a second date to a due. Hit: " và ", ", ". Near miss: " so với ".
_AND = re.compile(r"(?: ?[,;] ?| và )(?:ngày )?")


@cache
def _leads(*roles: str) -> tuple[re.Pattern[str], dict[str, Mapping[str, str]]]:
    """Returns one regex over all frames that stand before a date, and the row of each group."""
    rows = [row for row in lookups.rows("due_frames") if row["role"] in roles]
    parts = [f"(?P<r{i}>{row['pattern']}){_GAP}" for i, row in enumerate(rows)]
    # The frame is a word of its own: "giới hạn cuối" is none.
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")"), {
        f"r{i}": row for i, row in enumerate(rows)
    }


@cache
def _after(need: str) -> tuple[re.Pattern[str], ...]:
    rows = lookups.rows("due_frames")
    return tuple(
        re.compile(r["pattern"]) for r in rows if r["role"] == "after" and r["need"] == need
    )


def find_due(
    text: str,
    dates: Sequence[DateExpression],
    *,
    shadow: str | None = None,
    anchor: str | None = None,
    start: int = 0,
    end: int | None = None,
) -> list[Due]:
    """Returns the due expressions in ``text[start:end]``, sorted, not overlapping.

    Args:
        text: Canonical text.
        dates: The date expressions of the text, sorted.
        shadow: ``congvan.text.shadow(text)`` if the caller has it.
        anchor: ISO date of the document.
        start: First code point of the unit.
        end: Past its last one; None for the end of the text.

    >>> from congvan.dates import find_dates
    >>> words = "Sở Y tế báo cáo chậm nhất ngày 06/5/2021."
    >>> [(d.text, d.bound, d.value) for d in find_due(words, find_dates(words))]
    [('chậm nhất ngày 06/5/2021', 'by', '2021-05-06')]
    """
    stop = len(text) if end is None else end
    return find_all_due(text, dates, [(start, stop)], shadow=shadow, anchor=anchor)[0]


def find_all_due(
    text: str,
    dates: Sequence[DateExpression],
    spans: Sequence[tuple[int, int]],
    *,
    shadow: str | None = None,
    anchor: str | None = None,
) -> list[list[Due]]:
    """Returns for each span (units, sorted by start, not overlapping) its due expressions."""
    low = lower(make_shadow(text) if shadow is None else shadow)
    starts = [d.start for d in dates]
    found: list[list[Due]] = [[] for _ in spans]
    for i, (start, end) in enumerate(spans):
        for k in range(bisect_left(starts, start), bisect_left(starts, end)):
            if dates[k].end <= end:
                _add_dated(text, low, dates, k, (start, end), anchor, found[i])
    for i, due in due_forms.find(text, low, dates, starts, spans, anchor=anchor):
        found[i].append(due)
    return [_settle(dues) for dues in found]


def frame_before(low: str, at: int, begin: int) -> tuple[int, str] | None:
    """Returns where the words begin that make the date at ``at`` a due, and their bound.

    Args:
        low: Shadow text in lower case.
        at: Where the date begins.
        begin: Where its unit begins.
    """
    pattern, rows = _leads("lead", "field")
    first = max(begin, at - _LEFT)
    match = pattern.search(low[first:at])
    if not match:
        return None
    row = rows[match.lastgroup or ""]
    return (at if row["role"] == "field" else first + match.start()), row["bound"]


def _settle(dues: list[Due]) -> list[Due]:
    """Returns the dues sorted; of two that overlap the longer one."""
    kept: list[Due] = []
    for due in sorted(dues, key=lambda d: (d.start, -d.end)):
        if kept and due.start < kept[-1].end:
            if due.end - due.start > kept[-1].end - kept[-1].start:
                kept[-1] = due
            continue
        kept.append(due)
    exact = {
        d.value.split(";")[0]
        for d in kept
        if d.kind == "recurring" and d.value and ";BY" in d.value
    }
    # "Hằng năm, các xã báo cáo … trước ngày 15/12" is one duty, said exactly once.
    return [d for d in kept if not (d.kind == "recurring" and d.value in exact)]


def _add_dated(
    text: str,
    low: str,
    dates: Sequence[DateExpression],
    k: int,
    span: tuple[int, int],
    anchor: str | None,
    out: list[Due],
) -> None:
    date = dates[k]
    pattern, rows = _leads("lead", "field", "session")
    begin = max(span[0], date.start - _LEFT)
    left = low[begin : date.start]
    if date.granularity == "period" and low.startswith("từ", date.start):
        _interval(low, date, span, anchor, out)
        return
    # The leftmost start gives the longest frame that reaches the date.
    match = pattern.search(left)
    if not match:
        joined = k and out and out[-1].end == dates[k - 1].end
        if joined and out[-1].bound in ("before", "by", "within", "recurring"):
            if _AND.fullmatch(low, out[-1].end, date.start) and "đến" not in date.text.lower():
                value, kind = ahead(date, anchor), _kind(date)
                if out[-1].bound == "recurring":
                    value, kind = _yearly(date) or value, "recurring"
                out.append(Due(date.start, date.end, date.text, kind, out[-1].bound, value, 0.8))
        elif begin == span[0] and not left.strip(" (*_-+•"):
            _bare_front(low, date, span, anchor, out)
        return
    row = rows[match.lastgroup or ""]
    start = begin + match.start()
    if row["role"] == "session" and not _allowed(low, row, start, date, span, out):
        # "tổ chức hội nghị khách hàng trong tháng 11": the session is not the time.
        pattern, rows = _leads("lead", "field")
        match = pattern.search(left)
        if not match:
            return
        row = rows[match.lastgroup or ""]
        start = begin + match.start()
    if is_past(date, anchor, lag=0 if row["need"] else _LAG):
        return
    if row["need"] and is_target(date, anchor):
        return
    # "dự toán đầu năm 2026" says when, not by when.
    vague = row["role"] == "lead" and row["bound"] == "at" and date.granularity == "year"
    if vague and not match.group().startswith(("vào", "ngay")):
        return
    if not _allowed(low, row, start, date, span, out):
        return
    if row["role"] == "field":
        start = date.start
    bound = row["bound"]
    value = ahead(date, anchor)
    if row["role"] == "session":
        bound = "before" if match.group().startswith("trước") else bound
        kind = "event"
    else:
        kind = _kind(date)
        if row["role"] == "field" and date.granularity not in ("day", "hour"):
            bound = "within"
        a, _ = clause(low, start, date.end, span)
        if (rule := _yearly(date)) and _RECURS.search(low, max(a, start - 200), start):
            kind, bound, value = "recurring", "recurring", rule
    score = 0.8 if row["need"] or row["role"] == "field" else 0.95
    out.append(Due(start, date.end, text[start : date.end], kind, bound, value, score))


# The day comes back each year. Hit: "hằng năm, các xã gửi … trước ", "định kỳ báo cáo … trước ".
# Near miss: "kế hoạch hằng năm trước ", "định kỳ hằng tháng, … trước ".
_RECURS = re.compile(
    r"(?:^|[,;(] ?|(?<= và )|(?<=\n))[ \-+*(•]{0,4}(?:định kỳ(?! (?:và|hoặc|,|\d"
    r"|(?:hằng |hàng |mỗi )?(?:tháng|quý|tuần|ngày)))|(?:hằng|hàng|mỗi) năm(?=[ ,]))"
)


def _yearly(date: DateExpression) -> str | None:
    """Returns the rule of a month, or day and month, without a year."""
    if "year" not in date.inferred or not date.value or "tháng chạp" in date.text.lower():
        return None
    if date.granularity == "month":
        return f"FREQ=YEARLY;BYMONTH={int(date.value[5:7])}"
    if date.granularity != "day":
        return None
    return f"FREQ=YEARLY;BYMONTH={int(date.value[5:7])};BYMONTHDAY={int(date.value[8:10])}"


def _interval(
    low: str, date: DateExpression, span: tuple[int, int], anchor: str | None, out: list[Due]
) -> None:
    """Adds "từ ngày 06/10 đến ngày 14/11" where an order is to be carried out in that time."""
    a, b = clause(low, date.start, date.end, span)
    left, right = low[a : date.start], low[date.end : b]
    if is_past(date, anchor) or any(p.match(right) for p in _after("")):
        return
    if forbidden(left, soft=True) or _MEASURE.search(left):
        return
    front = not left.strip(" (-+*•")
    field = re.search(r"(?:thời gian|thời hạn|tiến độ)(?: [^\W\d]{1,8}){1,3} ?: ?$", left)
    head = front and right.startswith(":") and verbs("order").search(right[:60])
    if field or head or _orders(left) or (_orders(right) and (front or len(left) < 30)):
        out.append(Due(date.start, date.end, date.text, "period", "within", date.value, 0.6))


# Times during which something holds. Hit: "nghỉ tết ", "áp dụng ". Near miss: "tập huấn ".
_MEASURE = re.compile(
    r"(?<!\w)(?:nghỉ|áp dụng|hiệu lực|giảm|miễn|hỗ trợ|tạm dừng|dừng|cấm|cho vay|ủy quyền"
    r"|công tác|nhiệm kỳ|số liệu|giai đoạn)(?!\w)"
)


def _orders(words: str) -> bool:
    """Returns True if the clause begins with the verb of an order: "c) Mở lớp", "; tổ chức"."""
    bare = re.sub(r"^[ (\-+*•:,]*(?:(?:[a-zđ]|\d{1,2})[.)] )?", "", words[:40]) + words[40:]
    return bool(verbs("order").match(bare))


def _bare_front(
    low: str, date: DateExpression, span: tuple[int, int], anchor: str | None, out: list[Due]
) -> None:
    """A line such as "Tháng 12/2025: hoàn thành …" (a time table)."""
    known = ("month", "quarter", "half", "part", "day")
    if date.granularity not in known or not low.startswith(":", date.end):
        return
    right = low[date.end : min(span[1], date.end + 200)]
    if not is_past(date, anchor) and (
        verbs("strong").search(right) or verbs("order").search(right[:60])
    ):
        bound = "at" if date.granularity == "day" else "within"
        out.append(
            Due(date.start, date.end, date.text, _kind(date), bound, ahead(date, anchor), 0.6)
        )


def _allowed(
    low: str,
    row: Mapping[str, str],
    start: int,
    date: DateExpression,
    span: tuple[int, int],
    before: Sequence[Due],
) -> bool:
    """Returns False where the words around forbid a due or the needed verb is missing.

    Args:
        before: The dues of the unit so far.
    """
    a, b = clause(low, start, date.end, span)
    left, right = low[a:start], low[date.end : b]
    need = row["need"]
    if any(p.match(right) for p in _after("")):
        return False
    if not left.strip(" (-+*") and any(p.match(right) for p in _after("front")):
        return False
    if row["role"] == "session":
        return bool(verbs("submit").search(left[-120:])) and not forbidden(left, soft=False)
    if row["role"] == "field":
        if need == "month" and (
            date.granularity in ("year", "period") or forbidden(left, soft=True)
        ):
            return False
        return not low.startswith("từ", date.start)
    if forbidden(left, soft=bool(need)):
        return False
    if not need:
        return True
    if any(p.match(right) for p in _after("soft")):
        return False
    front = not left.strip(" (-+*•")
    long = date.granularity in ("year", "period")
    near = not long and not front and len(left) < 30 and before and a - before[-1].end < 60
    if near and low[a - 1 : a] == ";" and not re.search(r"(?<!\w)(?:đã|sẽ)(?!\w)", left):
        return True  # "đợt 1 từ ngày … đến ngày …; đợt 2 trong quý I": one verb for both parts
    if need == "order" and (front or long):
        need = "deliver" if row["bound"] == "at" and not front else "strong"
    if need == "finish" and long:
        return False
    if need in ("deliver", "finish"):
        return (
            bool(verbs(need).search(left[-200:]))
            or (need == "deliver" and not long and _orders(left))
            or (front and bool(verbs(need).search(right[:60])))
        )
    return bool(verbs(need).search(left) or (len(left) < 40 and verbs(need).search(right[:150])))


# A notice is signed some days after the meeting that set its deadlines.
_LAG = 10


def is_past(date: DateExpression, anchor: str | None, *, lag: int = 0) -> bool:
    """Returns True for a written date that lies before the document: reported, not ordered.

    Args:
        lag: Days before the document's date that do not yet count as past.
    """
    if not anchor or not date.value or date.inferred:
        return False
    end = date.value.split("/")[-1]
    if end[5:6] == "Q":
        end = f"{end[:4]}-{int(end[6]) * 3:02}"
    size = min(len(end), len(anchor), 10)
    if end[:size] >= anchor[:size]:
        return False
    return (
        size < 10
        or (dt.date.fromisoformat(anchor[:10]) - dt.date.fromisoformat(end[:10])).days > lag
    )


def is_target(date: DateExpression, anchor: str | None) -> bool:
    """Returns True for a year far ahead: "đến năm 2030 đạt …" is a target, not a deadline."""
    if date.granularity not in ("year", "period") or not date.value or not anchor:
        return False
    return int(date.value.split("/")[-1][:4]) - int(anchor[:4]) > 2


def _kind(date: DateExpression) -> str:
    return "date" if date.granularity in ("day", "hour") else "period"


def ahead(date: DateExpression, anchor: str | None) -> str | None:
    """Returns the value of a date as a deadline: a year that is not written rolls forward."""
    value = date.value
    ref = anchor_parts(anchor)
    if value is None or ref is None or "year" not in date.inferred or "/" in value:
        return value
    rest = value[4:]
    if rest[1:2] == "Q":
        quarter = int(rest[2])
        return f"{ref[0] + ((ref[1] or 1) > quarter * 3)}{rest}"
    month = int(rest[1:3]) if len(rest) > 2 else None
    day = int(rest[4:6]) if len(rest) > 5 else None
    return f"{year_for(month, day, ref, ahead=True)}{rest}"
