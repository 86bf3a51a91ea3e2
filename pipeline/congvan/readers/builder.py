"""Collects the lines of a document and the regions that are no running text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from . import Region


def cell_text(text: str) -> str:
    """Returns the text of a table cell on one line, without tabs."""
    return " ".join(text.split())


def grid(rows: Iterable[Sequence[tuple[str, int, int]]]) -> list[list[str]]:
    """Returns rows of cells in which merged cells stand once and columns keep their place.

    Args:
        rows: For each cell its text, the columns and the rows that it spans.
    """
    below: dict[int, int] = {}
    out = []
    for row in rows:
        line: list[str] = []
        pending, below = below, {c: n - 1 for c, n in below.items() if n > 1}
        for text, columns, height in row:
            while len(line) in pending:
                line.append("")
            if height > 1:
                for c in range(len(line), len(line) + columns):
                    below[c] = height - 1
            # A title over the whole width needs no empty cells after it.
            line += [text] + [""] * (columns - 1 if len(row) > 1 else 0)
        while len(line) in pending:
            line.append("")
        out.append(line)
    return out


class Builder:
    """Lines in reading order; one instance for one document."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._regions: list[Region] = []

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def line(self, text: str = "") -> None:
        """Adds a line (which may hold line breaks of its own)."""
        self._add(text + "\n")

    def go_on(self, text: str, join: Callable[[str, str], str]) -> None:
        """Adds to the last line what ``join`` makes of it and ``text``."""
        before = self._parts.pop()
        self._length -= len(before)
        self._add(join(before.rstrip("\n"), text) + "\n")

    def blank(self) -> None:
        """Adds an empty line, unless there is one or nothing yet."""
        if self._parts and self._parts[-1] != "\n":
            self._add("\n")

    def page_break(self) -> None:
        """Adds a form feed on a line of its own."""
        self._add("\f\n")

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Adds a data table: one row a line, cells joined by tabs; empty rows are left out."""
        lines = []
        for row in rows:
            cells = [cell_text(cell) for cell in row]
            if any(cells):
                lines.append("\t".join(cells))
        if not lines:
            return
        self.blank()
        start = self._length
        self._add("\n".join(lines) + "\n")
        self._regions.append(Region("table", start, self._length - 1))
        self._add("\n")

    def footnote(self, label: str, text: str) -> None:
        """Adds a footnote as one line that begins with its mark."""
        start = self._length
        body = " ".join(text.split())
        self._add(f"{label} {body}\n" if label else f"{body}\n")
        self._regions.append(Region("footnote", start, self._length - 1, label))

    def done(self) -> tuple[str, tuple[Region, ...]]:
        """Returns the text and its regions."""
        return "".join(self._parts), tuple(self._regions)
