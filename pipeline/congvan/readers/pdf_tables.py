"""Tables drawn with lines on a PDF page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .builder import Builder
from .pdf_lines import Line, Page


@dataclass(slots=True)
class Grid:
    xs: list[float]
    ys: list[float]  # from top to bottom

    def holds(self, line: Line) -> bool:
        """Returns True if the middle of the line lies inside."""
        y = line.base + 0.3 * line.size
        inside = line.x0 > self.xs[0] - 5 and line.x1 < self.xs[-1] + 5
        return inside and self.ys[-1] < y < self.ys[0]


def _clusters(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 4:
            out.append(value)
    return out


def tables_of(page: Page) -> list[Grid]:
    """Returns the grids of lines that hold at least two columns and two rows."""
    verticals = [r for r in page.rules if r.vertical]
    horizontals = [r for r in page.rules if not r.vertical]
    if len(verticals) < 3 or len(horizontals) < 3:
        return []
    # Verticals that overlap in height belong to one table.
    spans: list[list[float]] = []
    for low, high in sorted((r.low, r.high) for r in verticals):
        if spans and low <= spans[-1][1] + 4:
            spans[-1][1] = max(spans[-1][1], high)
        else:
            spans.append([low, high])
    grids = []
    for low, high in spans:
        xs = _clusters([r.at for r in verticals if r.low >= low - 4 and r.high <= high + 4])
        if len(xs) < 3:
            continue
        ys = _clusters(
            [
                r.at
                for r in horizontals
                if low - 4 <= r.at <= high + 4 and r.high > xs[0] - 4 and r.low < xs[-1] + 4
            ]
        )
        if len(ys) >= 3:
            grids.append(Grid(xs, ys[::-1]))
    return grids


def emit_table(
    grid: Grid, lines: Sequence[Line], builder: Builder, clean: Callable[[str], str]
) -> None:
    cells = [[""] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for line in lines:
        for run in line.runs:
            y = run.base + 0.3 * run.size
            row = sum(y < at for at in grid.ys[1:-1])
            column = sum(run.x0 + 2 > at for at in grid.xs[1:-1])
            cells[row][column] += " " + run.text
    builder.table([[clean(cell) for cell in row] for row in cells])
