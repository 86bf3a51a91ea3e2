"""The tasks as a list for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.summary import label, shorten

from .rows import Task

_WIDTH = 160


def render(found: Sequence[Task]) -> str:
    """Returns the tasks, document by document: one line for the task, one for people and time."""
    lines: list[str] = []
    path = None
    for task in found:
        if task.path != path:
            path = task.path
            lines += (
                ["", f"{task.source}  ({path})", ""] if lines else [f"{task.source}  ({path})", ""]
            )
        lines.append(f"{task.number:>4}. {shorten(task.content, _WIDTH)}")
        facts = []
        if task.lead:
            facts.append(f"chủ trì: {'; '.join(task.lead)}")
        if task.support:
            facts.append(f"phối hợp: {'; '.join(task.support)}")
        facts += [f"thời hạn: {d.words}" for d in task.due]
        if task.product:
            facts.append(f"sản phẩm: {'; '.join(task.product)}")
        facts += [label("label", x) for x in task.labels if x != "deadline"]
        if facts:
            lines.append(f"      {' · '.join(facts)}")
    if not found:
        lines.append("Không có nhiệm vụ nào.")
    return "\n".join(lines) + "\n"
