"""What might be a due expression: dates and terms that no rule of :mod:`congvan.due` is sure of.

"trong quý II", "ngày 29/9" or "mỗi tháng một kỳ" set a time in one sentence and tell when
something happened or holds in the next. These are given with a low score; the trained model
(:mod:`congvan.labels`) sees their sentence and decides.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from .calendar_vi import anchor_parts
from .dates import DateExpression
from .document import Due
from .due import ahead, frame_before, is_past, is_target
from .due_grammar import WEEKDAYS, WORD_NUMBERS
from .due_recurring import interval
from .due_values import last_of_term, near_value

#: The score of what only might be a due: no rule gives less than .6.
MAYBE = 0.3
_LAG = 10  # days before the document's date: as in congvan.due
_N = r"(?:\d{1,3}|" + "|".join(sorted(WORD_NUMBERS, key=len, reverse=True)) + ")"
_WEEKDAY = r"(?:ngày )?(?:thứ (?P<wd>hai|ba|tư|năm|sáu|bảy)|(?P<sunday>chủ nhật))"
# Hit: "mỗi tháng một kỳ", "hằng quý", "7 ngày một lần", "theo quý", "định kỳ sáu tháng", "chiều
# thứ sáu hằng tuần". Near miss: "hằng triệu", "quý II".
_EVERY_RE = re.compile(
    r"(?<!\w)(?:(?:(?:định kỳ,? (?:vào )?)?(?:vào )?(?:(?:sáng|chiều|tối|cuối"
    r"|đầu) )?(?:tuần (?:cuối|đầu) )?"
    rf"(?:{_WEEKDAY},? )?(?:hằng|hàng|mỗi|từng|theo) (?P<freq>ngày|tuần|tháng|quý|năm)(?!\w"
    rf"| (?:tới|\d))"
    rf"(?: (?P<times>{_N}) (?:lần|kỳ|cuộc|buổi|đợt|số|tin|phiên)(?!\w))?)"
    rf"|(?P<n>{_N}) (?P<unit>ngày|tuần|tháng|quý|năm)(?:/| )(?:một|01|1|lần)(?: (?:lần|kỳ))?(?!\w)"
    rf"|định kỳ (?P<n2>{_N}) (?P<unit2>ngày|tuần|tháng|năm)(?!\w))"
)
# Hit: "trong 03 ngày làm việc", "không quá 24 giờ", "ngay trong ngày", "trước 03 ngày". Near
# miss: "trong 3 ca".
_TERM_RE = re.compile(
    r"(?<!\w)(?:(?P<lead>(?:chậm nhất|muộn nhất)(?: là)?(?: trong| sau)?(?: vòng)?"
    r"|(?:ngay )?trong(?: vòng| thời hạn| thời gian)?"
    r"|không quá|tối đa(?: là)?|trước|sau|thời hạn(?: là)?:?|thời gian:?|hạn:?|kéo dài không quá)"
    rf" (?P<n>{_N})(?: ?\([^()\n]{{1,20}}\))? (?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tuần"
    rf"|tháng)(?!\w)"
    r"|(?P<day>(?:ngay )?trong (?:ngày|buổi sáng|buổi chiều)(?! (?:\d|hội|bầu|lễ|thứ))))"
)
# Hit: "trong tuần này", "ngay tháng sau", "ngày mai". Near miss: "tuần lễ".
_NEAR_RE = re.compile(
    r"(?<!\w)(?:(?:trong|ngay|ngay trong|vào|đến hết|hết|chậm nhất|chậm nhất là|trước)(?: cuối)? )?"
    rf"(?:{_WEEKDAY},? )?(?P<what>tuần này|tuần tới|tuần sau|tháng này|tháng tới|tháng sau|quý này"
    r"|quý tới|quý sau|năm nay|hôm nay|ngày mai)(?!\w)"
)
# Hit: "tại phiên họp tháng sau", "trước mùa mưa bão", "kịp kỳ họp cuối năm". Near miss: "trước
# mắt", "trước pháp luật".
_EVENT_RE = re.compile(
    r"(?<!\w)(?:trước|tại|vào|trong|kịp|cho|chậm nhất(?: là)?|xong|đúng|nhân|cùng|sau)"
    r"(?: (?:khi|ngày|thềm|dịp|lễ|thời điểm|đợt|kết thúc|khai mạc|hết)){0,3} "
    r"(?:hội nghị|kỳ họp|phiên họp|đại hội|cuộc họp|giao ban|phiên giao ban|lễ|tết|khai giảng"
    r"|năm học"
    r"|tựu trường|mùa (?:mưa|khô|lũ|bão|vụ)|vụ (?:đông xuân|hè thu|mùa)|bầu cử|ngày bầu cử"
    r"|quốc khánh"
    r"|tiết [^\W\d]+ [^\W\d]+|lễ hội|kỳ thi|giao quân|khánh thành|thu hoạch|kỷ niệm)"
    r"(?!\w)[^,.;:()\n]{0,70}"
)

_EVENTS = (
    "hội nghị", "kỳ họp", "phiên họp", "đại hội", "cuộc họp", "giao ban", "lễ", "tết", "khai giảng",
    "năm học", "tựu trường", "mùa ", "vụ ", "bầu cử", "quốc khánh", "tiết ", "kỳ thi", "giao quân",
    "khánh thành", "thu hoạch", "kỷ niệm",
)  # fmt: skip


def find_maybe(
    text: str,
    low: str,
    dates: Sequence[DateExpression],
    starts: Sequence[int],
    span: tuple[int, int],
    sure: Sequence[Due],
    *,
    anchor: str | None,
) -> list[Due]:
    """Returns what else in a unit might be a due, sorted, not overlapping, all of low score.

    Args:
        text: Canonical text.
        low: The masked text, see :func:`congvan.labels.features.masked`: what stands inside a
            name is no time.
        dates: The date expressions of the text, sorted.
        starts: Their starts.
        span: The unit.
        sure: The dues that the rules found in it.
        anchor: ISO date of the document.
    """
    start, end = span
    found = list(sure)
    out: list[Due] = []

    def free(a: int, b: int) -> bool:
        return all(b <= d.start or d.end <= a for d in found)

    def add(a: int, b: int, kind: str, bound: str, value: str | None) -> None:
        while b > a and low[b - 1] in " ,;":
            b -= 1
        due = Due(a, b, text[a:b], kind, bound, value, MAYBE)
        found.append(due)
        out.append(due)

    for k in range(bisect_left(starts, start), bisect_left(starts, end)):
        date = dates[k]
        if date.end > end or not free(date.start, date.end) or low[date.start] == "§":
            continue
        if low[max(start, date.start - 8) : date.start].rstrip(" ,(").endswith("§"):
            continue  # the date of a citation
        if date.granularity == "year" and "§" in low[max(start, date.start - 30) : date.start]:
            continue
        if date.granularity == "period" or is_past(date, anchor, lag=_LAG):
            continue
        if is_target(date, anchor):
            continue
        frame = frame_before(low, date.start, start)
        day = date.granularity in ("day", "hour")
        if frame is None:
            if date.granularity == "year":
                continue
            add(
                date.start,
                date.end,
                "date" if day else "period",
                "at" if day else "within",
                ahead(date, anchor),
            )
        elif free(frame[0], date.end):
            add(frame[0], date.end, "date" if day else "period", frame[1], ahead(date, anchor))
    for kind, bound, value, a, b in _phrases(low, start, end, anchor):
        if free(a, b):
            add(a, b, kind, bound, value)
    return sorted(out, key=lambda d: d.start)


def _phrases(
    low: str, start: int, end: int, anchor: str | None
) -> Iterator[tuple[str, str, str | None, int, int]]:
    words = low[start:end]

    def has(*any_of: str) -> bool:
        # Most units have none of the words: a look is cheaper than a search.
        return any(w in words for w in any_of)

    if has("hằng ", "hàng ", "mỗi ", "từng ", "theo ", " lần", "định kỳ", "một kỳ"):
        for m in _EVERY_RE.finditer(low, start, end):
            word = m["freq"] or m["unit"] or m["unit2"]
            value = interval(word, _count(m["n"] or m["n2"]))
            if value and (m["wd"] or m["sunday"]) and word == "tuần":
                value += f";BYDAY={'SU' if m['sunday'] else WEEKDAYS[m['wd']]}"
            yield "recurring", "recurring", value, *m.span()
    if has(" ngày", " giờ", " tuần", " tháng", "trong buổi"):
        for m in _TERM_RE.finditer(low, start, end):
            lead = m["lead"] or "trong"
            late = lead.startswith(("chậm", "muộn"))
            bound = "by" if late else "before" if lead == "trước" else "within"
            yield "relative", bound, _term(low, m, end, anchor), *m.span()
    if has(" này", " tới", " sau", " nay", " mai"):
        for m in _NEAR_RE.finditer(low, start, end):
            said = m.group()
            late = "hết" in said or "chậm" in said
            bound = "before" if said.startswith("trước") else "by" if late else "within"
            day = m["wd"] or m["sunday"] or m["what"] in ("hôm nay", "ngày mai")
            yield "date" if day else "period", bound, _near(m, anchor), *m.span()
    if has(*_EVENTS):
        for m in _EVENT_RE.finditer(low, start, end):
            said = m.group()
            late = said.startswith("chậm")
            bound = "before" if said.startswith("trước") else "by" if late else "at"
            yield "event", bound, None, *m.span()


def _count(words: str | None) -> str | None:
    if words is None:
        return None
    return words if words.isdigit() else str(WORD_NUMBERS[words])


# Hit: " kể từ ngày Quyết định này được ký". Near miss: " kể từ ngày nhận hồ sơ".
_OWN_DAY_RE = re.compile(
    r",? (?:kể|tính) từ ngày (?:ra |ban hành |ký |ký ban hành )?(?:(?:quyết định|kế hoạch"
    r"|thông báo|công văn"
    r"|chỉ thị|nghị quyết|công điện|kết luận|hướng dẫn|văn bản)(?: này)?(?: (?:được )?(?:ký"
    r"|ban hành|thông qua|có hiệu lực))?"
    r"|tới|nữa)(?= này|[ ,.;)]|$)"
)


def _term(low: str, m: re.Match[str], end: int, anchor: str | None) -> str | None:
    """Returns the last day of a term that runs from the document itself, else None."""
    ref = anchor_parts(anchor)
    if ref is None or not ref[1] or not ref[2] or m["n"] is None:
        return None
    if not _OWN_DAY_RE.match(low, m.end(), end):
        return None
    return last_of_term(dt.date(ref[0], ref[1], ref[2]), int(_count(m["n"]) or 0), m["unit"])


def _near(m: re.Match[str], anchor: str | None) -> str | None:
    groups = {**m.groupdict(), "d": None, "hour": None}

    class _Groups:
        def __getitem__(self, name: str) -> str | None:
            return groups.get(name)

    return near_value(_Groups(), anchor)  # type: ignore[arg-type]
