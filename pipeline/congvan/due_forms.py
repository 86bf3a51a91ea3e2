"""Due expressions without a date of their own: terms, coming weeks, feasts, recurring duties."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from . import lookups
from .calendar_vi import add_days, anchor_parts, cycles, holidays, last_day
from .dates import DateExpression
from .document import Due
from .due_grammar import (
    CUE,
    FORMS_OF_CUE,
    FREQ,
    WEEKDAYS,
    WORD_NUMBERS,
    clause,
    forbidden,
    forms_of,
    verbs,
)


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
    cues = [(m.start(), m.lastgroup or "") for m in CUE.finditer(low)]
    k = 0
    for i, span in enumerate(spans):
        while k < len(cues) and cues[k][0] < span[0]:
            k += 1
        done = span[0]
        while k < len(cues) and cues[k][0] < span[1]:
            a, b = clause(low, cues[k][0], cues[k][0], span)
            names: dict[str, None] = {}
            while k < len(cues) and cues[k][0] < b:
                names.update(dict.fromkeys(FORMS_OF_CUE[cues[k][1]]))
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
    forms = forms_of()
    taken = [False] * len(words)
    for name in names:
        pattern = forms[name]
        for m in pattern.finditer(words):
            if any(taken[m.start() : m.end()]):
                continue
            left, right = words[: m.start()], words[m.end() :]
            made = _make(name, m, left, right, a, dates, starts, anchor)
            if made is None:
                continue
            open_ = left.rstrip().endswith(("thì", ",", "và", ":", "-")) and name == "term"
            if made[0] != "recurring" and not open_ and forbidden(left, soft=name == "near"):
                continue
            kind, bound, value, end, score = made
            taken[m.start() : end] = [True] * (end - m.start())
            s, e = a + m.start(), a + end
            if name == "point" and m["d2"]:
                # "trước ngày 01/6 và 15/11 hằng năm": two rules
                cut, first = a + m.start("d2"), a + m.end("m" if m["m"] else "d")
                yield Due(s, first, text[s:first], kind, bound, value, score)
                second = _rule(m, day=m["d2"], month=m["mm2"])
                yield Due(cut, e, text[cut:e], kind, bound, second, score)
                continue
            yield Due(s, e, text[s:e], kind, bound, value, score)


_Made = tuple[str, str, str | None, int, float]


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
    """Returns kind, bound, value, end in the clause and score; None if it is no due."""
    end = m.end()
    if name in ("point", "daily", "front", "yearly"):
        if name in ("point", "front") and not _is_point(name, m, left):
            return None
        value = "FREQ=YEARLY" + _by(m["d"], m["m"]) if name == "yearly" else _rule(m)
        return ("recurring", "recurring", value, end, 0.95) if value else None
    if name in ("periodic", "every"):
        if not verbs("report").search(right[:160]) and not verbs("report").search(left[-80:]):
            return None
        if name == "every" and not re.match(r",? ?(?:\w+ ){0,12}?báo cáo", right[:120]):
            return None
        if right.startswith(
            (" của ", " tính ")
        ):  # "kết quả đánh giá định kỳ hằng năm của cấp trên"
            return None
        number = (m.groupdict().get("n") or "").lstrip("0")
        key = f"{number} {m['freq']}" if number else m["freq"]
        value = FREQ.get(key)
        return ("recurring", "recurring", value, end, 0.8) if value else None
    if name == "term":
        return _term(m, left, right, offset, dates, starts, anchor)
    if name == "near":
        if not verbs("order").search(left) and not verbs("order").search(right[:100]):
            return None
        value = _near_value(m["what"], anchor)
        first = m.group().split()[0]
        bound = {"trước": "before", "chậm": "by", "hết": "by", "đến": "by"}.get(first, "within")
        return "period", bound, value, end, 0.8
    if name == "feast":
        value = _feast_value(m, anchor)
        return "event", "before" if "trước" in m.group() else "by", value, end, 0.9
    if not re.search(r"(?<!\w)trình(?!\w)[^.;]{0,90}$", left):
        return None
    ref = anchor_parts(anchor)
    value = str(ref[0]) if ref and m["when"] else None
    end -= len(m.group()) - len(m.group().rstrip())
    bound = "before" if m.group().startswith("trước") else "at"
    return "event", bound, value, end, 0.7


def _is_point(name: str, m: re.Match[str], left: str) -> bool:
    """Returns False for what only looks like a recurring day ("hằng năm, từ 2 năm trở lên")."""
    words = m.group()
    if m["d"] and not m["m"] and not re.search(r"(?:ngày|m[ồù]ng) (?:m[ồù]ng )?\d", words):
        return False
    if name == "front":
        return True
    if m["d"] and m["freq"] == "ngày":
        return False
    if left.endswith(("đến ", "từ ", "sau ", "hết ")):
        return False
    # A bare "tháng 11 hằng năm" opens its sentence, or has a word such as "vào" before it.
    return not m["mm"] or not words.startswith(("tháng", "ngày")) or not left.strip(" (-+*•")


def _by(day: str | None, month: str | None) -> str:
    out = f";BYMONTH={int(month)}" if month else ""
    return out + (f";BYMONTHDAY={int(day)}" if day else "")


def _rule(m: re.Match[str], *, day: str | None = None, month: str | None = None) -> str | None:
    """Returns the RFC 5545 rule of a recurring point, None if it cannot be."""
    groups = m.groupdict()
    day, month = day or groups.get("d"), month or groups.get("m") or groups.get("mm")
    if (day and not 1 <= int(day) <= 31) or (month and not 1 <= int(month) <= 12):
        return None
    out = FREQ[m["freq"] or ("năm" if month else "tháng")] + _by(day, month)
    if groups.get("d3") and day and not month:
        out += f",{int(groups['d3'])}"  # "ngày 05 và ngày 20 hằng tháng"
    if groups.get("sunday"):
        out += ";BYDAY=SU"
    elif groups.get("wd"):
        out += f";BYDAY={WEEKDAYS[m['wd']]}"
    if hour := groups.get("hour"):
        minute = int(groups["m1"] or groups["m2"] or groups["m3"] or 0)
        if int(hour) > 23 or minute > 59:
            return None
        out += f";BYHOUR={int(hour)};BYMINUTE={minute}"
    return out


def _term(
    m: re.Match[str],
    left: str,
    right: str,
    offset: int,
    dates: Sequence[DateExpression],
    starts: Sequence[int],
    anchor: str | None,
) -> _Made | None:
    tail, unit = m["tail"], m["unit"]
    count = int(m["n"]) if m["n"].isdigit() else WORD_NUMBERS[m["n"]]
    bounds = [r["bound"] for r in lookups.rows("due_frames") if r["role"] == "relative"]
    which = next(i for i in range(len(bounds)) if m[f"r{i}"] is not None)
    lead = m[f"r{which}"]
    coming = bool(tail and re.match(r" (?:tới|nữa|tiếp theo)", tail))
    if re.search(r"hiệu lực|dự báo|mưa|bão|hợp đồng|ảnh chụp|bảo hành", left[-100:]):
        return None
    if not tail and (unit in ("tháng", "năm") or lead in ("trong", "không quá", "tối đa")):
        return None
    if not tail and which == len(bounds) - 1 and ":" not in lead:
        return None
    if coming and (unit.startswith(("giờ", "năm")) or not verbs("order").search(left + right[:80])):
        return None
    end, value = m.end(), None
    if tail and not coming:
        stop = re.search(r" (?:thì|phải|để) ", tail[12:])
        if stop:
            end = m.start("tail") + 12 + stop.start()
    ref = anchor_parts(anchor)
    begin = None
    if tail and not coming:
        k = bisect_left(starts, offset + m.start("tail"))
        if k < len(dates) and dates[k].end <= offset + m.end() and dates[k].granularity == "day":
            begin, end = dates[k].value, dates[k].end - offset
    if begin is None and ref and ref[2] and (coming or _from_issue(tail, end - m.start("tail"))):
        begin = f"{ref[0]}-{ref[1]:02}-{ref[2]:02}"
    if begin:
        value = _last_of_term(dt.date.fromisoformat(begin), count, unit)
    return "relative", bounds[which], value, end, 0.85 if tail else 0.7


def _from_issue(tail: str | None, length: int) -> bool:
    # The document's own day: "kể từ ngày ban hành (Kế hoạch này)"; not "… ban hành kết luận".
    words = (tail or "")[:length].strip()
    return bool(
        re.search(
            r"ngày (?:ký )?(?:ban hành|ký)(?: [^\W\d]+){0,3}(?<= này)$"
            r"|ngày (?:ký )?(?:ban hành|ký)(?: "
            r"(?:quyết định|kế hoạch|thông báo|công văn|chỉ thị))?$",
            words,
        )
    )


def _last_of_term(start: dt.date, count: int, unit: str) -> str | None:
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


def _near_value(what: str, anchor: str | None) -> str | None:
    ref = anchor_parts(anchor)
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
        return f"{year}-{month + 1:02}"
    if what.startswith("quý"):
        year, quarter = divmod(year * 4 + (month - 1) // 3 + later, 4)
        return f"{year}-Q{quarter + 1}"
    if day is None:
        return None
    date = dt.date(year, month, day)
    if not what.startswith("tuần"):
        return (date + dt.timedelta(days=later)).isoformat()
    iso = (date + dt.timedelta(days=7 * later)).isocalendar()
    return f"{iso.year}-W{iso.week:02}"


def _feast_value(m: re.Match[str], anchor: str | None) -> str | None:
    groups = {"tet": "tet", "solar": "tet_duong_lich", "school": "khai_giang", "king": "gio_to"}
    key = next((k for g, k in groups.items() if m[g]), "trung_thu")
    if m["moon"] and m["moon"].startswith("rằm"):
        key = "ram_thang_gieng"
    written = m["year"] or m["year2"] or m["year3"] or m["year4"] or m["year5"]
    year = int(written) if written else cycles().get(m["cycle"] or "")
    days = holidays()
    if year:
        day = days.get((key, year))
        return day.isoformat() if day else None
    ref = anchor_parts(anchor)
    if ref is None:
        return None
    floor = dt.date(ref[0], ref[1] or 1, ref[2] or 1)
    later = sorted(d for (k, _), d in days.items() if k == key and d >= floor)
    return later[0].isoformat() if later else None
