"""Tells on a PDF page which line goes on the paragraph of the line above.

Decree 30/2020 sets paragraphs justified, with an indented first line and some space between
them. Where a document does so throughout, its lines tell by their place alone where a paragraph
begins; the words need not be asked ("2)" at the beginning of a line may close a bracket).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .pdf_lines import Line

# What a list item begins with. Hits: "- Rà soát", "1. Về", "a) Giao", "Điều 5."; near miss: "2021".
_ITEM_RE = re.compile(r"(?:[-–+•]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\d?\)\s|Điều \d{1,3}\.)")
# Points: how far a line may stand from a margin and still begin or end there.
_LOOSE = 5.0
# Points: a line that is not justified ends within this of the right margin, mostly.
_RAGGED = 40.0
# The least indent of a first line, and the most; farther in stands what is centred.
_INDENT = (12.0, 75.0)
# As many items of a list, and such a share of them, must be told by their place.
_ITEMS, _SHARE = 3, 0.85


@dataclass(frozen=True, slots=True)
class Flow:
    """The margins of running text, in points, and how paragraphs are parted."""

    left: float
    right: float
    indented: bool
    spaced: bool
    pitch: float


def flow_of(pages: Sequence[Sequence[Line]], pitch: float) -> Flow | None:
    """Returns the margins, or None where the place of a line does not tell its paragraph.

    Args:
        pages: The lines of each page.
        pitch: Distance of lines inside a paragraph, as a multiple of the type size.
    """
    lines = [line for page in pages for line in page]
    if len(lines) < 10:
        return None
    ends = sorted(line.x1 for line in lines)
    right = ends[int(0.95 * len(ends))]
    full = [line for line in lines if line.x1 > right - _RAGGED]
    # Of the lines that come near the right margin, many only go on a paragraph; the others stand
    # farther in.
    starts = Counter(round(line.x0 / 2) * 2 for line in full)
    left = min((x for x, count in starts.items() if count >= 0.2 * len(full)), default=None)
    if left is None:
        return None
    begun = indented = spaced = 0
    for page in pages:
        for before, line in zip([None, *page], page, strict=False):
            if not _ITEM_RE.match(line.text):
                continue
            begun += 1
            indented += _INDENT[0] < line.x0 - left < _INDENT[1]
            spaced += before is None or _gap(before, line, pitch)
    if begun < _ITEMS:
        return None
    by_indent, by_space = indented >= _SHARE * begun, spaced >= _SHARE * begun
    if not (by_indent or by_space):
        return None
    return Flow(left, right, by_indent, by_space, pitch)


def _gap(before: Line, line: Line, pitch: float) -> bool:
    return before.base - line.base > (pitch + 0.25) * line.size


def goes_on(flow: Flow | None, before: Line, line: Line, *, same_page: bool) -> bool:
    """Returns True if ``line`` surely goes on the paragraph of the line ``before``."""
    if flow is None or (not same_page and not flow.indented):
        return False
    if before.text.endswith("./."):  # the end of a document (Decree 30/2020, annex I)
        return False
    if abs(line.x0 - flow.left) > _LOOSE or not _is_full(flow, before, line):
        return False
    if not -_LOOSE < before.x0 - flow.left < _INDENT[1] or line.x1 > flow.right + _LOOSE:
        return False
    if abs(before.size - line.size) > 0.15 * line.size or _wide(before) or _wide(line):
        return False
    return not same_page or not _gap(before, line, flow.pitch)


# The broken end of a number, and what must follow. Hits: "số 66-" / "NQ/TW", "NQ-" / "HĐND ngày";
# near misses: "2021 -" / "2025", "kinh tế-" / "xã hội".
_BROKEN_RE = re.compile(r"(?:\d|[A-ZĐ]{2})[-/]$")
_SYMBOL_RE = re.compile(r"[A-ZĐ]{2}")


def breaks_symbol(before: str, line: str) -> bool:
    """Returns True if the line break stands inside the number of a document."""
    return bool(_BROKEN_RE.search(before) and _SYMBOL_RE.match(line))


def _is_full(flow: Flow, before: Line, line: Line) -> bool:
    """Returns True if the first word of ``line`` had no room at the end of ``before``."""
    word = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) / max(len(line.text), 1)
    # Capitals are wider than the letters of the line on the whole.
    return before.x1 + (len(word) + 1) * 1.3 * width > flow.right - _LOOSE


def _wide(line: Line) -> bool:
    # A line set in two columns, or a row of a table without rules.
    runs: Iterable[tuple[float, float]] = (
        (a.x1, b.x0) for a, b in zip(line.runs, line.runs[1:], strict=False)
    )
    return any(b - a > 3 * line.size for a, b in runs)


def joined(before: str, after: str) -> str:
    """Returns the two parts of a broken line: "66-" and "NQ/TW" give "66-NQ/TW"."""
    head, tail = before.rstrip(), after.lstrip()
    # Vietnamese is not hyphenated: a sign at the end of a word belongs to a number or a name.
    tight = len(head) > 1 and head[-1] in "-/" and head[-2].isalnum() and tail[:1].isalnum()
    return head + tail if tight else f"{head} {tail}"
