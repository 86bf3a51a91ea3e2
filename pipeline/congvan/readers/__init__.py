"""Readers: files to text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..document import Source


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
    """What a reader gives: the decoded text as it stands in the file, and what is known of it."""

    text: str
    source: Source
    regions: tuple[Region, ...] = ()
    warnings: tuple[str, ...] = field(default=())
