"""Tables that reached us as text: rows with tabs or bars, or one cell a line.

False structure costs more than missing structure: cells taken for paragraphs would become tasks.
So a run of lines is a table if it has the look of one, and its text stays out of the units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .layout import Line, as_region, ended
from .markers import marker_at

_LETTERHEAD_RE = re.compile(
    r"CỘNG H[ÒO]A X|Độc lập|ĐẢNG CỘNG|Số\s*:|Nơi nhận|CHỦ TỊCH|ngày\s.*tháng|Kính gửi|T/M|TM\.|KT\."
)
# The head of the first column, alone on its line.
_FIRST_COLUMN_RE = re.compile(r"(?:S?TT|SỐ TT|Số TT|Stt|TT\.|STT\.)$")
# "3", "3.", "1.2", "I": the number of a row, alone on its line.
_ROW_RE = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,2}|[IVX]{1,5})\.?$")
_ENDS_TABLE_RE = re.compile(
    r"(?:Nơi nhận|PHỤ LỤC|Phụ lục|Điều \d+\.|Chương |[IVX]{1,5}\.\s+[^\W\d_a-zđ])|.*\./\.$"
)
_MAX_CELLS = 14  # columns, and lines that one row may take beside its number


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
        if not _FIRST_COLUMN_RE.match(lines[i].text):
            i += 1
            continue
        row = next(
            (
                j
                for j in range(i + 2, min(i + _MAX_CELLS, len(lines)))
                if _ROW_RE.match(lines[j].text)
            ),
            None,
        )
        if row is None:
            i += 1
            continue
        end = _end_of_rows(lines, row, columns=row - i)
        found.append((i, end))
        i = end
    return found


def _end_of_rows(lines: Sequence[Line], row: int, *, columns: int) -> int:
    """Returns where the rows end: no further row number comes, or a heading or closing does."""
    last, i = row, row + 1
    while i < len(lines):
        t = lines[i].text
        if _ENDS_TABLE_RE.match(t) and not _ROW_RE.match(t):
            return i
        if _ROW_RE.match(t):
            last = i
        elif i - last > 40:
            break
        i += 1
    # The last row has as many cells as there are columns; a marked or long line is none of them.
    stop = last + 1
    while stop < len(lines) and stop - last < columns:
        t = lines[stop].text
        if len(t) > 160 or (marker_at(t) and t[:1] not in "-+•"):
            break
        stop += 1
    return stop
