"""Comparing what a unit orders with what is expected of it: labels, people, times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .directives.parties import is_vague
from .document import Directive, Document, Unit
from .scoring import Item, Tally, norm, same_name

LABELS = ("supplement", "review", "deadline")


def compare_commands(tally: Tally, doc: Document, pairs: Iterable[tuple[Item, Item]]) -> None:
    """Counts labels, assignees and due expressions of units that were paired.

    A label that the expectation is unsure of counts neither way. Groups without a name ("các sở,
    ban, ngành") are no assignees; ours that nobody expects are left out.
    """
    directives = {d.unit: d for d in doc.directives}
    gold_due: list[Item] = []
    our_due: list[Item] = []
    gold_value: list[Item] = []
    our_value: list[Item] = []
    for g, o in pairs:
        unit: Unit = o.value
        found = directives.get(unit.id, Directive(unit.id))
        if "labels" in g.value:
            _labels(tally, unit, g.value, o.line)
        for field in ("assignees", "co_assignees"):
            if field in g.value:
                _people(tally, field, unit, found, g.value[field], o.line)
        for due in g.value.get("due") or ():
            key = (unit.id, norm(due["text"]), due["value"], due["bound"])
            words = f"{due['text']} = {due['bound']} {due['value']}"
            unsure = due.get("unsure") is True
            gold_due.append(Item(o.line, words, key, due, unsure))
            gold_value.append(Item(o.line, words, (unit.id, due["value"]), due, unsure))
        for d in found.due:
            key = (unit.id, norm(d.text), d.value, d.bound)
            words = f"{d.text} = {d.bound} {d.value}"
            our_due.append(Item(o.line, words, key, d))
            our_value.append(Item(o.line, words, (unit.id, d.value), d))
    tally.spans("due", gold_due, our_due, in_order=False)
    tally.spans("due value", gold_value, our_value, in_order=False)


def _labels(tally: Tally, unit: Unit, expected: Any, line: int | None) -> None:
    unsure = set(expected.get("unsure") or ()) if expected.get("unsure") is not True else LABELS
    words = unit.text[:60]
    for label in LABELS:
        if label in unsure:
            continue
        gold = [Item(line, words, (unit.id, label), unit)] if label in expected["labels"] else []
        ours = [Item(line, words, (unit.id, label), unit)] if label in unit.labels else []
        tally.spans(f"label {label}", gold, ours, in_order=False)


def _people(
    tally: Tally,
    field: str,
    unit: Unit,
    found: Directive,
    expected: Sequence[str],
    line: int | None,
) -> None:
    """Pairs names one to one: the words of the document, or the canonical name."""
    words = list(getattr(found, f"{field}_text"))
    names = list(getattr(found, field))
    gold, ours = [], []
    for name in expected:
        same = next((w for w in words if norm(w) == norm(name) or same_name(name, w)), None)
        if same is None:
            canonical = next((n for n in names if same_name(name, n)), None)
            same = next((w for w in words if canonical and same_name(w, canonical)), None)
        if same is not None:
            words.remove(same)
        key = (unit.id, same if same is not None else f"? {name}")
        gold.append(Item(line, name, key, name))
        if same is not None:
            ours.append(Item(line, same, key, same))
    ours += [Item(line, w, (unit.id, f"+ {w}"), w) for w in words if not is_vague(w)]
    tally.spans(field.replace("_", "-"), gold, ours, in_order=False)
