"""Figures of systems on cases, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from congvan.figures import figure

from .cases import Case
from .score import Figures, Found, Report, score
from .systems import System


def measure(cases: Iterable[Case], system: System) -> tuple[Report, list[tuple[Case, Report]]]:
    """Returns the figures of a system over all cases, and each case's own."""
    whole = Report()
    single = []
    for case in cases:
        gold = [g for g in case.gold if case.counts(g)]
        found = [f for f in system(case.doc) if case.counts(f)]
        report = score(gold, found, case.types)
        single.append((case, report))
        whole.add(report)
    return whole, single


def figures(report: Report) -> dict[str, dict[str, Any]]:
    """Returns support, exact and partial figures of each type, cut to four decimals."""
    out = {}
    for kind, f in report.types.items():
        p, r, f1 = f.prf()
        near = f.prf(partial=True)
        row: dict[str, Any] = {
            "support": f.gold,
            "found": f.found,
            "precision": _cut(p),
            "recall": _cut(r),
            "f1": _cut(f1),
            "partial_precision": _cut(near[0]),
            "partial_recall": _cut(near[1]),
            "partial_f1": _cut(near[2]),
        }
        if kind in ("AGENCY", "DATE") and f.value_accuracy is not None:
            row["value"] = _cut(f.value_accuracy)
        out[kind] = row
    return out


def _cut(value: float) -> float:
    """Returns four decimals, cut and not rounded up, so that a card cuts as the console does."""
    return int(value * 10_000 + 1e-9) / 10_000


def cells(row: dict[str, Any]) -> list[str]:
    """Returns P, R, F1, partial F1 and value as they are shown, on the console and in the card.

    A system that found nothing has no figures; one that never gave a right value has no value.
    """
    if not row["found"]:
        return ["–"] * 5
    shown = [figure(row[k]) for k in ("precision", "recall", "f1", "partial_f1")]
    return [*shown, figure(row.get("value") or None)]


def table(systems: Sequence[tuple[str, Report]]) -> list[list[str]]:
    """Returns rows for a table: type, support, then P R F1, partial F1 and value per system."""
    rows = [["type", "support", "system", "P", "R", "F1", "partial F1", "value"]]
    kinds = [k for k in systems[0][1].types if systems[0][1].types[k].gold]
    for kind in kinds:
        for name, report in systems:
            one = Report({kind: report.types.get(kind, Figures())})
            row = figures(one)[kind]
            rows.append([kind, str(row["support"]), name, *cells(row)])
    return rows


def confusions(single: Sequence[tuple[Case, Report]], kind: str, most: int) -> list[str]:
    """Returns what went wrong with entities of a type, one line each, spread over the documents."""
    out = []
    for case, report in single:
        for what, of, gold, found in report.slips:
            if of != kind or what == "value":
                continue
            ref = gold or found
            if ref is None:
                continue
            out.append(f"{case.id}: {what}: {_words(case, gold)} → {_words(case, found)}")
    step = max(1, len(out) // most)
    return out[::step][:most]


def _words(case: Case, span: Found | None) -> str:
    if span is None:
        return "–"
    return f"“{' '.join(case.doc.text[span.start : span.end].split())}”"
