"""Figures of systems on cases, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

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
    """Returns support, exact and partial figures of each type, rounded to four decimals."""
    out = {}
    for kind, f in report.types.items():
        p, r, f1 = f.prf()
        near = f.prf(partial=True)
        row: dict[str, Any] = {
            "support": f.gold,
            "found": f.found,
            "precision": round(p, 4),
            "recall": round(r, 4),
            "f1": round(f1, 4),
            "partial_precision": round(near[0], 4),
            "partial_recall": round(near[1], 4),
            "partial_f1": round(near[2], 4),
        }
        if kind in ("AGENCY", "DATE") and f.value_accuracy is not None:
            row["value"] = round(f.value_accuracy, 4)
        out[kind] = row
    return out


def table(systems: Sequence[tuple[str, Report]]) -> list[list[str]]:
    """Returns rows for a table: type, support, then P R F1, partial F1 and value per system."""
    rows = [["type", "support", "system", "P", "R", "F1", "partial F1", "value"]]
    kinds = [k for k in systems[0][1].types if systems[0][1].types[k].gold]
    for kind in kinds:
        for name, report in systems:
            f = report.types.get(kind, Figures())
            p, r, f1 = f.prf()
            value = f.value_accuracy if kind in ("AGENCY", "DATE") else None
            never = f.found == 0
            cells = (
                ["–"] * 4 if never else [_cut(p), _cut(r), _cut(f1), _cut(f.prf(partial=True)[2])]
            )
            shown = _cut(value) if value is not None and not never and f.valued else "–"
            rows.append([kind, str(f.gold), name, *cells, shown])
    return rows


def _cut(value: float) -> str:
    """Returns three decimals, cut and not rounded up: 0.9999 is not 1."""
    return f"{int(value * 1000 + 1e-9) / 1000:.3f}"


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
