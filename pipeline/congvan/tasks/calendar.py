"""Deadlines as an iCalendar file (RFC 5545): all-day events, the same UID in every run.

Only what has a day goes in: "trước ngày 20/5/2021", "ngày 25 hằng tháng", Tết. A month, a
quarter or "kỳ họp giữa năm" is for the sheet: a day would be invented.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from congvan.summary import shorten

from .rows import Deadline, Task

PRODUCT = "-//congvan//thoi han//VI"
_SUMMARY = 120
#: Parts of a rule that an all-day event cannot have.
_HOURS = ("BYHOUR", "BYMINUTE", "BYSECOND")


def dated(found: Iterable[Task]) -> list[tuple[Task, Deadline]]:
    """Returns the deadlines that a calendar can show, in order of their tasks.

    One that a closing sentence sets for many items is there once, with its own sentence.
    """
    out = []
    for task in found:
        for due in task.due:
            if due.inherited is None and (due.day is not None or _has_day(due.rule)):
                out.append((task, due))
    return out


def to_ics(found: Iterable[Task], *, now: dt.datetime | None = None) -> bytes:
    """Returns the calendar file.

    Args:
        found: The tasks.
        now: When the file is made (DTSTAMP), in UTC; None for this moment.
    """
    from icalendar import Calendar, Event, vRecur

    stamp = now or dt.datetime.now(dt.UTC)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Thời hạn trong văn bản")
    for task, due in dated(found):
        first = due.day or _first_day(due.rule or "", task)
        if first is None:
            continue
        event = Event()
        event.add("uid", uid(task, due))
        event.add("dtstamp", stamp)
        event.add("dtstart", first)
        event.add("dtend", first + dt.timedelta(days=1))
        if due.rule is not None:
            event.add("rrule", vRecur.from_ical(_all_day(due.rule)))
        who = ", ".join(task.lead)
        event.add("summary", shorten(f"{who}: {task.content}" if who else task.content, _SUMMARY))
        event.add("description", _description(task, due))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def uid(task: Task, due: Deadline) -> str:
    """Returns the identity of an event: of the document, its task and the words of the time.

    Offsets do not count, so a paper that was scanned again does not double its events.
    """
    parts = (task.document, task.content, due.text)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + "@congvan"


def _description(task: Task, due: Deadline) -> str:
    lines = [
        task.content,
        "",
        f"Thời hạn: {due.text} ({due.words})",
        f"Văn bản giao: {task.source}",
    ]
    if task.lead:
        lines.append(f"Chủ trì: {'; '.join(task.lead)}")
    if task.support:
        lines.append(f"Phối hợp: {'; '.join(task.support)}")
    if task.product:
        lines.append(f"Sản phẩm: {'; '.join(task.product)}")
    if task.deliver_to:
        lines.append(f"Nơi nhận kết quả: {'; '.join(task.deliver_to)}")
    return "\n".join(lines)


def _has_day(rule: str | None) -> bool:
    """Tells whether a rule says on which day: "hằng quý" alone does not."""
    if rule is None:
        return False
    return rule.startswith("FREQ=DAILY") or "BYMONTHDAY=" in rule or "BYDAY=" in rule


def _all_day(rule: str) -> str:
    return ";".join(p for p in rule.split(";") if not p.startswith(_HOURS))


def _first_day(rule: str, task: Task) -> dt.date | None:
    """Returns the first day of a rule from the document's date on; None if it has no date."""
    from dateutil.rrule import rrulestr

    begin = task.source_date
    if begin is None:
        return None
    start = dt.datetime.combine(begin, dt.time())
    found = next(iter(rrulestr(_all_day(rule), dtstart=start)), None)
    return found.date() if found else None
