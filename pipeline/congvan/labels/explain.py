"""Why a unit has its labels, in plain Vietnamese."""

from __future__ import annotations

from congvan.document import Unit
from congvan.summary import label as vietnamese
from congvan.wording import clean

from .model import LABELS

_SHORT = 72


def explain(unit: Unit) -> str:
    """Returns a line for each label: given or not, how surely, and the words that decided.

    A weight above 0 speaks for the label, below 0 against it (in log odds).
    """
    words = clean(unit.text)
    if len(words) > _SHORT:
        words = words[: _SHORT - 1].rstrip() + "…"
    lines = [f"{unit.id}: {words}"]
    for name in LABELS:
        if name not in unit.scores and name not in unit.labels:
            continue
        given = "có" if name in unit.labels else "không"
        marks = [] if name not in unit.unsure else ["chưa chắc"]
        if name in unit.corrected:
            marks.append("người dùng đã sửa")
        why = ", ".join(f"{clean(r.text)} {r.weight:+.1f}" for r in unit.reasons.get(name, ()))
        title = f"{vietnamese('label', name)} ({name})"
        score = f"{unit.scores.get(name, 1.0):.2f}"
        lines.append(f"  {title:<24}  {given:<5}  {score}  {why or '–'}".rstrip())
        if marks:
            lines[-1] += f"  [{'; '.join(marks)}]"
    return "\n".join(lines)
