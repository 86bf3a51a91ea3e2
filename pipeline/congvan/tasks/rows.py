"""Tasks and deadlines of documents as plain rows: what every sheet and calendar is made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from congvan.calendar_vi import last_day
from congvan.document import Directive, Document, Due, Unit
from congvan.summary import label, section_paths
from congvan.summary import title as title_of
from congvan.wording import clean, vn_date

_EXACT_RE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")
_PERIOD_RE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|W(\d\d)|(\d\d)(?:-(\d\d))?))?")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One due expression of one task.

    Attributes:
        text: The words of the document.
        value: ISO 8601 or an RFC 5545 rule; None where nothing dates it.
        day: The day itself, only where the words give one ("trước ngày 20/5/2021").
        last: The last day that the words allow: the day, or the end of the period.
        rule: The RFC 5545 rule of a recurring one.
        inherited: Id of the unit that says it, where the task's own unit does not.
        score: How surely it is a due, in [0, 1].
    """

    text: str
    kind: str
    bound: str
    value: str | None
    start: int
    end: int
    day: dt.date | None = None
    last: dt.date | None = None
    rule: str | None = None
    inherited: str | None = None
    score: float = 1.0

    @property
    def words(self) -> str:
        """The value as an office writes it, else the words of the document.

        Of "trình kỳ họp giữa năm 2021" the year alone would say too little.
        """
        if self.value is None or (self.kind == "event" and self.day is None):
            return clean(self.text)
        bound = "" if self.bound == "recurring" else f"{label('bound', self.bound)} "
        return f"{bound}{vn_date(self.value)}"


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the task sheet (columns of domain.md section 8).

    Attributes:
        number: Running number (STT) over all documents, from 1.
        content: The unit, word for word, without its list marker.
        source: The document that assigns it, as "215/TB-UBND ngày 04/5/2021".
        lead, support: Who must act, and with whom: canonical names, groups in their own words.
        due: Its deadlines, own ones first.
        product: What is to be delivered.
        deliver_to: To whom.
        labels: supplement, review, deadline.
        unsure: True if a label or the order itself should be looked at.
        section: The heading above.
        document: Id of the document, across runs.
        path, unit: Where it stands.
    """

    number: int
    content: str
    source: str
    source_date: dt.date | None
    lead: tuple[str, ...]
    support: tuple[str, ...]
    due: tuple[Deadline, ...]
    product: tuple[str, ...]
    deliver_to: tuple[str, ...]
    labels: tuple[str, ...]
    unsure: bool
    section: str
    document: str
    path: str
    unit: str
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the task as JSON types, with ISO dates."""
        from congvan.serial import plain

        return dict(plain(self))


_NAMED_IN = {"addressees": "cơ quan nêu ở phần Kính gửi", "subject": "cơ quan nêu ở trích yếu"}


def tasks(docs: Document | Iterable[Document]) -> list[Task]:
    """Returns one row for each directive of the documents, in reading order.

    >>> from congvan.document import Directive, Document, Unit
    >>> unit = Unit("u1", "bullet", "-", None, 0, 16, "Rà soát quỹ đất.")
    >>> doc = Document("Rà soát quỹ đất.", units=(unit,), directives=(Directive("u1"),))
    >>> [(t.number, t.content) for t in tasks(doc)]
    [(1, 'Rà soát quỹ đất.')]
    """
    found = [docs] if isinstance(docs, Document) else docs
    out: list[Task] = []
    for doc in found:
        units = {u.id: u for u in doc.units}
        sections = section_paths(doc)
        for directive in doc.directives:
            unit = units.get(directive.unit)
            if unit is not None:
                section = sections.get(unit.section, "")
                out.append(_task(len(out) + 1, doc, unit, directive, section))
    return out


def _task(number: int, doc: Document, unit: Unit, directive: Directive, section: str) -> Task:
    due = [deadline(d) for d in directive.due]
    passed = unit.inherited.get("due")
    notes = []
    if not due and passed:
        found = Due(passed["start"], passed["end"], passed["text"], passed["kind"],
                    passed["bound"], passed["value"])  # fmt: skip
        due.append(deadline(found, inherited=passed["unit"]))
        notes.append(f"thời hạn nêu ở câu khác: “{clean(passed['text'])}”")
    if directive.assigned_by is not None and directive.assignees_text:
        notes.append(_NAMED_IN.get(directive.assigned_by, "cơ quan nêu ở đề mục hoặc câu dẫn"))
    if unit.inherited.get("labels"):
        names = ", ".join(label("label", x) for x in unit.inherited["labels"])
        notes.append(f"câu dẫn yêu cầu: {names}")
    unsure = bool(unit.unsure) or directive.score < 0.6
    if unsure:
        notes.append("cần xem lại")
    return Task(
        number,
        plain_words(unit.text),
        source_of(doc),
        exact_day(doc.header.date),
        _people(directive.assignees, directive.assignees_text),
        _people(directive.co_assignees, directive.co_assignees_text),
        tuple(due),
        tuple(plain_words(p) for p in directive.product),
        _people(directive.deliver_to, directive.deliver_to_text),
        unit.labels,
        unsure,
        plain_words(section),
        doc.document,
        doc.source.path,
        unit.id,
        tuple(notes),
    )


def _people(names: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the names as the document writes them; a sheet is read beside the paper."""
    return tuple(plain_words(w) for w in words) or names


def plain_words(text: str) -> str:
    """Returns a text on one line, without Markdown marks."""
    return clean(text.replace("**", "").replace("__", "").strip(" *_"))


def source_of(doc: Document) -> str:
    """Returns a document as a clerk cites it: number, symbol, date; its title without a number."""
    h = doc.header
    if not (h.symbol or h.number):
        return clean(title_of(doc))
    mark = "-" if h.form == "party" else "/"
    number = f"{h.number or '…'}{mark}{h.symbol}" if h.symbol else str(h.number)
    day = f" ngày {vn_date(h.date)}" if exact_day(h.date) else ""
    if h.date and not day:
        day = f" {vn_date(h.date)}"
    return clean(f"{h.doc_type + ' số ' if h.doc_type else ''}{number}{day}")


def exact_day(value: str | None) -> dt.date | None:
    """Returns the day of an ISO 8601 value that is a whole day, with or without its hour."""
    m = _EXACT_RE.fullmatch(value or "")
    return dt.date(int(m[1]), int(m[2]), int(m[3])) if m else None


def deadline(due: Due, *, inherited: str | None = None) -> Deadline:
    """Returns a due expression with its real dates."""
    rule = due.value if due.value and due.value.startswith("FREQ=") else None
    day = exact_day(due.value) if rule is None else None
    last = day if day is not None or rule is not None else _last_of(due.value, due.bound)
    return Deadline(due.text, due.kind, due.bound, due.value, due.start, due.end, day, last, rule,
                    inherited, due.score)  # fmt: skip


def _last_of(value: str | None, bound: str) -> dt.date | None:
    """Returns the last day that a period allows: before a month ends with the day before it.

    >>> _last_of("2021-Q2", "within"), _last_of("2021-06", "before")
    (datetime.date(2021, 6, 30), datetime.date(2021, 5, 31))
    """
    if not value:
        return None
    first, _, last = value.partition("/")
    m = _PERIOD_RE.fullmatch(first if bound == "before" else last or first)
    if m is None:
        return None
    year = int(m[1])
    if m[4]:
        week = dt.date.fromisocalendar(year, int(m[4]), 1)
        begin, end = week, week + dt.timedelta(days=6)
    elif m[6]:
        begin = end = dt.date(year, int(m[5]), int(m[6]))
    else:
        a, b = _months(m)
        begin, end = dt.date(year, a, 1), dt.date(year, b, last_day(year, b))
    return begin - dt.timedelta(days=1) if bound == "before" else end


def _months(m: re.Match[str]) -> tuple[int, int]:
    if m[2]:
        return int(m[2]) * 3 - 2, int(m[2]) * 3
    if m[3]:
        return int(m[3]) * 6 - 5, int(m[3]) * 6
    return (int(m[5]), int(m[5])) if m[5] else (1, 12)


def deadlines(found: Iterable[Task]) -> list[tuple[Task, Deadline]]:
    """Returns each deadline that a task itself states, the earliest first, undated ones last."""
    pairs = [(t, d) for t in found for d in t.due if d.inherited is None]
    return sorted(pairs, key=lambda p: (p[1].last or dt.date.max, p[0].number, p[1].start))
