"""Figures in print: cut, never rounded up, in columns."""

from __future__ import annotations

from collections.abc import Sequence


def figure(value: float | None) -> str:
    """Returns a figure with three decimals, cut and not rounded up: 0.9999 is not 1."""
    return "–" if value is None else f"{int(value * 1000 + 1e-9) / 1000:.3f}"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Returns the rows as aligned text, the first column to the left."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
