"""Tables that reached us as text: rows with tabs or bars, or one cell a line.

False structure costs more than missing structure: cells taken for paragraphs would become tasks.
So a run of lines is a table if it has the look of one, and its text stays out of the units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .layout import Line, as_region, ended
from .markers import LEGAL, marker_at

_LETTERHEAD_RE = re.compile(
    r"CỘNG H[ÒO]A X|Độc lập|ĐẢNG CỘNG|Số\s*:|Nơi nhận|CHỦ TỊCH|ngày\s.*tháng|Kính gửi|T/M|TM\.|KT\."
)
# The head of the first column, alone on its line.
_FIRST_COLUMN_RE = re.compile(r"(?:S?TT|SỐ TT|Số TT|Stt|TT\.|STT\.)$")
# "3", "3.", "03": the number of a row, alone on its line. Near miss: "97.700" (an amount).
_ROW_RE = re.compile(r"0?(\d{1,3})\.?$")
_ENDS_TABLE_RE = re.compile(
    r"[“\"]?(?:Nơi nhận|PHỤ LỤC|Phụ lục|Điều \d+[a-zđ]?\.|Chương |[IVX]{1,5}\.\s+[^\W\d_a-zđ])"
    r"|.*\./\.$"
)
_MAX_ROW_LINES = 25  # lines that one row may take
_MAX_CELLS = 14  # columns


def mark_tables(lines: Sequence[Line]) -> list[Line]:
    """Returns the lines with those of tables marked as region ``table``."""
    out = list(lines)
    for first, last in (*_tabular(lines), *_numeric_runs(lines), *_numbered_rows(lines)):
        for i in range(first, last):
            if out[i].region is None:
                out[i] = as_region(out[i], "table")
    return out


def _tabular(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Runs of at least two lines with cells parted by tabs or bars, letterheads excepted."""
    found = []
    start: int | None = None
    for i, line in enumerate([*lines, None]):
        if line is not None and line.region is None and ("\t" in line.text or line.text[:1] == "|"):
            start = i if start is None else start
        elif start is not None:
            if i - start >= 2 and not any(_LETTERHEAD_RE.search(x.text) for x in lines[start:i]):
                found.append((start, i))
            start = None
    return found


def _cell(line: Line) -> bool:
    return line.region is None and len(line.text) <= 70 and not ended(line.text)


def _numeric_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Runs of at least eight short lines without an end mark, a quarter of them bare numbers."""
    found = []
    start: int | None = None
    short = [_cell(x) for x in lines]
    for i in range(len(lines) + 1):
        inside = (
            i < len(lines)
            and (
                short[i]
                # One long cell inside a run of short ones.
                or (
                    start is not None
                    and lines[i].region is None
                    and len(lines[i].text) <= 400
                    and i + 3 < len(lines)
                    and all(short[i + 1 : i + 4])
                )
            )
        )
        if inside:
            start = i if start is None else start
        elif start is not None:
            numeric = sum(not any(c.isalpha() for c in x.text) for x in lines[start:i])
            if i - start >= 8 and numeric * 4 >= i - start:
                found.append((start, i))
            start = None
    return found


def _numbered_rows(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Tables one cell a line that open with "STT", column titles and a lone "1"."""
    found = []
    i = 0
    while i < len(lines):
        row = None
        if _FIRST_COLUMN_RE.match(lines[i].text):
            head = lines[i + 2 : i + _MAX_CELLS]
            row = next((i + 2 + n for n, x in enumerate(head) if _row(x.text) == 1), None)
        if row is None:
            i += 1
            continue
        end = _end_of_rows(lines, row, columns=row - i)
        found.append((i, end))
        i = end
    return found


def _row(text: str) -> int | None:
    """Returns the number of a row that stands alone on its line; None for an amount."""
    m = _ROW_RE.match(text)
    return int(m.group(1)) if m else None


def _end_of_rows(lines: Sequence[Line], row: int, *, columns: int) -> int:
    """Returns where the rows end: no further row number comes, or a heading or sentence does."""
    last, number = row, 1
    for i in range(row + 1, len(lines)):
        line = lines[i]
        if _ends_table(line) or i - last > _MAX_ROW_LINES:
            break
        found = _row(line.text)
        if found is not None and found in (number + 1, 1):
            last, number = i, found
    # The last row has as many cells as there are columns; a sentence or an item is none of them.
    stop = last + 1
    while stop < len(lines) and stop - last < columns:
        line = lines[stop]
        marker = marker_at(line.text)
        if _ends_table(line) or (marker and marker.kind != "dash"):
            break
        if ended(line.text) and len(line.text) > 40:
            break
        stop += 1
    return stop


def _ends_table(line: Line) -> bool:
    """True for a line that is no cell: a heading, a clause, a closing."""
    if _ENDS_TABLE_RE.match(line.text):
        return True
    marker = marker_at(line.text)
    if marker is None or marker.kind in ("dash", "plus", "bullet"):
        return False
    return marker.kind in LEGAL or (len(line.text) > 60 and ended(line.text))
