"""``congvan corpus check``: that every offset and every reference in the corpus holds."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from .files import load_file, missing, splits, wrong_types
from .model import (
    LABELS,
    ROLES,
    SPLITS,
    TYPES,
    CorpusDocument,
)

RELATIONS = (
    "based_on",
    "implements",
    "amends",
    "replaces",
    "repeals",
    "guides",
    "requested_by",
    "approved_by",
    "mentions",
)
# ISO 8601 as annotation.md has it: a day, month, quarter, year, hour or an interval of them.
_DAY = r"(?:\d{4})(?:-Q[1-4]|-W\d\d|-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?"
_DATE_RE = re.compile(rf"{_DAY}(?:/{_DAY})?")
_DAY_RE = re.compile(r"\d{4}-\d\d-\d\d")


def check(folder: str | Path) -> list[str]:
    """Returns what is wrong in a corpus, one sentence each; nothing is wrong if it is empty.

    Raises:
        FileNotFoundError: There is no corpus in that folder.
        ValueError: ``splits.json`` has another form.
    """
    folder = Path(folder)
    named = splits(folder)
    wrong: list[str] = []
    ids = [i for name in SPLITS for i in named[name]]
    wrong += [f"{i}: in more than one split" for i, n in Counter(ids).items() if n > 1]
    files = {p.stem for p in (folder / "documents").glob("*.json")}
    wrong += [f"{i}: in no split" for i in sorted(files - set(ids))]
    wrong += [
        f"{i}: {missing(folder / 'documents' / f'{i}.json')}" for i in sorted(set(ids) - files)
    ]
    for key in sorted(set(ids) & files):
        try:
            doc = load_file(folder / "documents" / f"{key}.json")
        except (FileNotFoundError, ValueError) as error:
            wrong.append(str(error))
            continue
        wrong += [f"{key}: {w}" for w in problems(doc)]
        if doc.id != key:
            wrong.append(f"{key}: calls itself {doc.id!r}")
    return wrong


def problems(doc: CorpusDocument) -> Iterator[str]:
    """Yields what is wrong in one document.

    Raises nothing: values of another type are problems too, and then the only ones named.
    """
    wrong = list(wrong_types(doc))
    if wrong:
        yield from wrong
        return
    text = doc.text
    if unicodedata.normalize("NFC", text) != text:
        yield "the text is not NFC"
    if "\r" in text:
        yield "the text has line ends other than LF"
    yield from _lines(doc)
    yield from _spans("entities", [(m.start, m.end, m.text) for m in doc.entities], text)
    yield from _spans("citations", [(c.start, c.end, c.text) for c in doc.citations], text)
    yield from _entities(doc)
    yield from _citations(doc)
    yield from _structure(doc)
    yield from _labels(doc)
    yield from _orders(doc)


def _lines(doc: CorpusDocument) -> Iterator[str]:
    expected = []
    at = 0
    for words in doc.text.split("\n"):
        if words.strip():
            expected.append((at, at + len(words)))
        at += len(words) + 1
    if [(x.start, x.end) for x in doc.lines] != expected:
        yield "the lines do not cover the text"
    for line in doc.lines:
        if line.role not in ROLES:
            yield f"line at {line.start}: no role {line.role!r}"


def _spans(layer: str, spans: Sequence[tuple[int, int, str]], text: str) -> Iterator[str]:
    last = -1
    for start, end, words in spans:
        if not 0 <= start < end <= len(text):
            yield f"{layer}: {start}-{end} lies outside the text"
        elif text[start:end] != words:
            yield f"{layer}: {start}-{end} is {text[start:end]!r}, not {words!r}"
        elif words != words.strip():
            yield f"{layer}: {words!r} begins or ends with a blank"
        if start < last:
            yield f"{layer}: {words!r} at {start} overlaps the one before, or is out of order"
        last = end


def _entities(doc: CorpusDocument) -> Iterator[str]:
    marked = doc.marked()
    signed = [(x.start, x.end) for x in doc.lines if x.role == "G"]
    for m in doc.entities:
        if m.type not in TYPES:
            yield f"entities: no type {m.type!r}"
        inside = any(a <= m.start < b for a, b in marked)
        if not inside and not (m.type == "PERSON" and any(a <= m.start < b for a, b in signed)):
            yield f"entities: {m.text!r} at {m.start} stands outside title, headings and units"
        if m.unsure:
            continue
        if m.type == "DATE" and not (m.value and _is_date(m.value)):
            yield f"entities: the date {m.text!r} at {m.start} has the value {m.value!r}"
        if m.type == "AGENCY" and not m.value:
            yield f"entities: the agency {m.text!r} at {m.start} has no value"


def _is_date(value: str) -> bool:
    """Tells whether a value is ISO 8601 as the guideline has it, and every day in it exists."""
    if _DATE_RE.fullmatch(value) is None:
        return False
    try:
        for day in _DAY_RE.findall(value):
            dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _citations(doc: CorpusDocument) -> Iterator[str]:
    named = {(m.start, m.end) for m in doc.entities if m.type == "INSTRUMENT"}
    if named != {(c.start, c.end) for c in doc.citations}:
        yield "the citations and the entities of type INSTRUMENT are not the same spans"
    facts: dict[str, tuple[object, ...]] = {}
    keys = {c.key for c in doc.citations}
    for c in doc.citations:
        if c.relation not in RELATIONS:
            yield f"citations: no relation {c.relation!r}"
        if c.agent not in ("this", "draft") and c.agent not in keys:
            yield f"citations: {c.text!r} has the agent {c.agent!r}, which is not cited"
        same = (c.type, c.number, c.symbol, c.year, c.date, c.issuer)
        if facts.setdefault(c.key, same) != same:
            yield f"citations: {c.key} is said to be two things"


def _structure(doc: CorpusDocument) -> Iterator[str]:
    for layer, keys in (
        ("sections", [s.id for s in doc.sections]),
        ("units", [u.id for u in doc.units]),
    ):
        yield from (f"{layer}: {k} is there twice" for k, n in Counter(keys).items() if n > 1)
    ids = {s.id for s in doc.sections}
    for s in doc.sections:
        if s.parent is not None and s.parent not in ids:
            yield f"sections: {s.id} has no parent {s.parent}"
        if not 0 <= s.start < s.heading_end <= s.end <= len(doc.text):
            yield f"sections: {s.id} has impossible offsets"
    last = 0
    for u in doc.units:
        if not last <= u.start < u.end <= len(doc.text):
            yield f"units: {u.id} overlaps the one before or lies outside the text"
        if u.kind not in ("bullet", "paragraph"):
            yield f"units: {u.id} is of no kind {u.kind!r}"
        if u.section is not None and u.section not in ids:
            yield f"units: {u.id} has no section {u.section}"
        last = u.end


#: What a due expression may be, and how it may be bounded: see docs/output.md.
KINDS = ("date", "period", "relative", "recurring", "event")
BOUNDS = ("before", "by", "within", "at", "recurring")


def _labels(doc: CorpusDocument) -> Iterator[str]:
    if doc.labels and [x.unit for x in doc.labels] != [u.id for u in doc.units]:
        yield "labels: not one for each unit, in their order"
    for x in doc.labels:
        known = [name for name in LABELS if name in x.labels]
        if list(x.labels) != known:
            yield f"labels: {x.unit} has {', '.join(x.labels)}: labels are {', '.join(LABELS)}"
        if any(name not in LABELS for name in x.unsure):
            yield f"labels: {x.unit} is unsure of {', '.join(x.unsure)}"


def _orders(doc: CorpusDocument) -> Iterator[str]:
    units = {u.id: u for u in doc.units}
    dated = {x.unit for x in doc.labels if "deadline" in x.labels}
    seen = set()
    for order in doc.directives:
        unit = units.get(order.unit)
        if unit is None or order.unit in seen:
            yield f"directives: {order.unit} is there twice, or there is no such unit"
            continue
        seen.add(order.unit)
        if bool(order.due) != (order.unit in dated):
            yield f"directives: {order.unit} has a due and no label, or a label and no due"
        for due in order.due:
            if not unit.start <= due.start < due.end <= unit.end:
                yield f"directives: {due.text!r} stands outside {order.unit}"
            elif doc.text[due.start : due.end] != due.text:
                yield f"directives: {due.start}-{due.end} is not {due.text!r}"
            if due.kind not in KINDS or due.bound not in BOUNDS:
                yield f"directives: {due.text!r} is {due.kind!r}, {due.bound!r}"
            recurs = due.value is not None and due.value.startswith("FREQ=")
            if due.value is not None and not recurs and not _is_date(due.value):
                yield f"directives: {due.text!r} has the value {due.value!r}"
        for passed in order.inherited:
            if passed.label not in LABELS or passed.unit not in units:
                yield f"directives: {order.unit} inherits {passed.label!r} from {passed.unit!r}"
    missing_orders = dated - seen
    if doc.labels and missing_orders:
        yield f"directives: {', '.join(sorted(missing_orders))}: a deadline, and no order"
