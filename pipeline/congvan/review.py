"""Documents out to an annotation tool and the corrections back in.

``to_review`` writes one doccano record a document: entities, unit labels (a span over the
unit), ``assignee``, ``co_assignee`` and ``due`` spans. ``from_review`` compares what came back
with what went out, which stands in ``meta``, and gives a correction for each unit that differs.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from .corrections import LABELS, TYPES, Correction, unit_hash
from .dates import find_dates, lower
from .document import Directive, Document, Unit
from .due import find_all_due
from .due_maybe import find_maybe
from .export import checksum, read_doccano
from .text import shadow, squeeze

#: Span types of people and times; lower case as the labels are, entities are upper case.
ASSIGNEE, CO, DUE = "assignee", "co_assignee", "due"
SPANS = (*TYPES, *LABELS, ASSIGNEE, CO, DUE)


def to_review(docs: Iterable[Document]) -> Iterator[str]:
    """Yields one line of JSON a document, without its line end.

    ``meta`` keeps what congvan said ("answers") and the checksum of the text; do not edit it.
    """
    for doc in docs:
        spans = sorted(_spans(doc))
        name = doc.source.path.encode("utf-8", "backslashreplace").decode()
        yield json.dumps(
            {
                "id": name,
                "text": doc.text,
                "label": [list(s) for s in spans],
                "meta": {
                    "source": name,
                    "sha256": checksum(doc.text),
                    "date": doc.header.date,
                    "units": [[u.start, u.end] for u in doc.units],
                    "answers": [list(s) for s in spans],
                    "values": {f"{e.start}-{e.end} {e.type}": e.value for e in doc.entities
                               if e.value is not None},
                },
            },
            ensure_ascii=False,
        )  # fmt: skip


def _spans(doc: Document) -> Iterator[tuple[int, int, str]]:
    yield from ((e.start, e.end, e.type) for e in doc.entities)
    by_unit = {d.unit: d for d in doc.directives}
    for unit in doc.units:
        yield from ((unit.start, unit.end, label) for label in unit.labels)
        directive = by_unit.get(unit.id)
        if directive is not None:
            yield from ((d.start, d.end, DUE) for d in directive.due)
            yield from _people(doc.text, unit, directive)


def _people(text: str, unit: Unit, directive: Directive) -> Iterator[tuple[int, int, str]]:
    """Yields the spans of assignees that the unit itself names."""
    for kind, words in ((ASSIGNEE, directive.assignees_text), (CO, directive.co_assignees_text)):
        if kind == ASSIGNEE and directive.assigned_by is not None:
            continue
        at = unit.start
        for name in words:
            found = text.find(name, at, unit.end)
            if found >= 0:
                yield found, found + len(name), kind
                at = found + len(name)


def from_review(lines: Iterable[str]) -> Iterator[Correction]:
    """Yields the corrections of a doccano export that :func:`to_review` began.

    A unit label counts for the unit that its span touches most. Spans outside units change
    nothing but entities there, which are not kept: corrections are known by their unit.

    Raises:
        ValueError: A line is no record of ours, the text was changed on the way, or a span has
            another type; the message names the line.
    """
    for record in read_doccano(lines):
        yield from _corrections(record.number, record.text, record.meta, record.spans)


def _corrections(
    number: int, text: str, meta: dict[str, Any], spans: list[tuple[int, int, str]]
) -> Iterator[Correction]:
    try:
        units = [(int(a), int(b)) for a, b in meta["units"]]
        before = [(int(a), int(b), str(k)) for a, b, k in meta["answers"]]
        anchor = meta.get("date")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"line {number}: not a record of 'congvan export --doccano' ({error!r}): export the "
            "document again"
        ) from error
    unknown = sorted({k for _, _, k in spans} - set(SPANS))
    if unknown:
        raise ValueError(
            f"line {number}: no span type {unknown[0]!r}: the types are {', '.join(SPANS)}"
        )
    old, new = _by_unit(units, before), _by_unit(units, spans)
    for k, (start, end) in enumerate(units):
        if old[k] != new[k]:
            found = _correction(text, start, end, old[k], new[k], anchor, meta.get("values") or {})
            if found is not None:
                yield found


def _by_unit(
    units: list[tuple[int, int]], spans: list[tuple[int, int, str]]
) -> dict[int, set[tuple[int, int, str]]]:
    """Returns the spans of each unit by its index; a label stands for its whole unit."""
    starts = [a for a, _ in units]
    out: dict[int, set[tuple[int, int, str]]] = defaultdict(set)
    for start, end, kind in spans:
        i = bisect_right(starts, start) - 1
        if kind in LABELS:
            around = [k for k in (i, i + 1) if 0 <= k < len(units)]
            touched = [(min(end, units[k][1]) - max(start, units[k][0]), k) for k in around]
            most, k = max(touched, default=(0, -1))
            if most > 0:
                out[k].add((*units[k], kind))
        elif i >= 0 and end <= units[i][1]:
            out[i].add((start, end, kind))
    return out


def _correction(
    text: str,
    start: int,
    end: int,
    old: set[tuple[int, int, str]],
    new: set[tuple[int, int, str]],
    anchor: str | None,
    values: dict[str, Any],
) -> Correction | None:
    def kinds(spans: set[tuple[int, int, str]], *wanted: str) -> list[tuple[int, int, str]]:
        return sorted(s for s in spans if s[2] in wanted)

    words = text[start:end]
    said: dict[str, Any] = {}
    labels = {k for _, _, k in new if k in LABELS}
    dues = kinds(new, DUE)
    if labels != {k for _, _, k in old if k in LABELS}:
        said["labels"] = tuple(x for x in LABELS if x in labels)
    if dues != kinds(old, DUE):
        said["due"] = tuple(_due(text, a, b, start, end, anchor) for a, b, _ in dues)
    for kind, name in ((ASSIGNEE, "assignees"), (CO, "co_assignees")):
        people = kinds(new, kind)
        if people != kinds(old, kind):
            said[name] = tuple(squeeze(text[a:b]) for a, b, _ in people)
    added = [s for s in kinds(new, *TYPES) if s not in old]
    gone = [s for s in kinds(old, *TYPES) if s not in new]
    if added:
        said["entities"] = tuple(
            {"text": text[a:b], "type": k, "value": values.get(f"{a}-{b} {k}")} for a, b, k in added
        )
    if gone:
        said["removed"] = tuple({"text": text[a:b], "type": k} for a, b, k in gone)
    return Correction(unit_hash(words), words, **said) if said else None


def _due(
    text: str, start: int, end: int, unit_start: int, unit_end: int, anchor: str | None
) -> dict[str, Any]:
    """Returns a due span with the value that the rules or the date in it give."""
    words = text[unit_start:unit_end]
    low = lower(shadow(words))
    dates = find_dates(words, anchor=anchor)
    sure = find_all_due(words, dates, [(0, len(words))], anchor=anchor)[0]
    starts = [d.start for d in dates]
    maybe = find_maybe(words, low, dates, starts, (0, len(words)), sure, anchor=anchor)
    a, b = start - unit_start, end - unit_start
    same = next((d for d in (*sure, *maybe) if d.start < b and a < d.end), None)
    if same is None:
        return {"text": text[start:end], "value": None, "kind": "event", "bound": "by"}
    return {"text": text[start:end], "value": same.value, "kind": same.kind, "bound": same.bound}
