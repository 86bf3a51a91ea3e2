"""Runs of characters on a PDF page, and the lines that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

GAP = "     "  # what stands for a wide gap between two runs of a line


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on one line without a wide gap; points, y upwards, ``base`` is the baseline.

    ``size`` is the height of the type, ``space`` tells white space after the run.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    space: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at x (vertical) or y, from ``low`` to ``high``."""

    vertical: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page."""

    index: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class Line:
    base: float
    size: float
    runs: list[Run]
    raised: list[Run] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        return max(run.x1 for run in self.runs)

    @property
    def text(self) -> str:
        return join(self.runs)


def lines_of(page: Page) -> list[Line]:
    """Returns the lines from top to bottom; raised small signs stand apart in ``raised``."""
    lines: list[Line] = []
    for run in sorted(page.runs, key=lambda r: (-r.base, r.x0)):
        last = lines[-1] if lines else None
        if last is not None and last.base - run.base < 0.4 * min(last.size, run.size):
            last.runs.append(run)
            last.size = max(last.size, run.size)
        elif (
            last is not None
            and last.size < 0.8 * run.size
            and last.base - run.base < 0.6 * run.size
        ):
            # The raised mark came first because it stands higher than its line.
            last.runs.append(run)
            last.size = run.size
        else:
            lines.append(Line(run.base, run.size, [run]))
    for line in lines:
        line.runs.sort(key=lambda r: r.x0)
        big = [r for r in line.runs if r.size >= 0.8 * line.size] or line.runs
        line.base = Counter(round(r.base, 1) for r in big).most_common(1)[0][0]
        for run in list(line.runs):
            raised = run.size < 0.8 * line.size and run.base > line.base + 0.1 * line.size
            if raised and len(run.text) <= 4 and len(line.runs) > 1:
                line.raised.append(run)
    return lines


def join(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    for before, run in zip([None, *runs], runs, strict=False):
        if before is not None:
            gap = run.x0 - before.x1
            if gap > 3 * max(run.size, before.size):
                parts.append(GAP)
            elif before.space or gap > 0.15 * max(run.size, before.size):
                parts.append(" ")
        parts.append(run.text)
    return "".join(parts)
