"""Readers: files to text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..document import Source
from ..text import OffsetMap


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch ``[start, end)`` of the raw text that is no running text.

    ``kind`` is ``table`` (one row a line, cells joined by tabs), ``footnote`` (``label`` is its
    mark) or ``noise`` (not to be analysed).
    """

    kind: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader gives: the decoded text as it stands in the file, and what is known of it.

    ``offset_map`` leads from ``text`` to the decoded file where the reader took mark-up out
    (Markdown); None where ``text`` is the decoded file or the format has no text of its own.
    """

    text: str
    source: Source
    regions: tuple[Region, ...] = ()
    offset_map: OffsetMap | None = None
    warnings: tuple[str, ...] = field(default=())
