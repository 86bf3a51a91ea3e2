"""Lines of the canonical text, as the structure parsers see them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line: ``text`` is the shadow of the canonical text, stripped at both ends.

    ``canonical[start:end]`` has the same length as ``text``. ``region`` is None for running
    text, else ``table`` or ``footnote``. ``blank_before`` tells a blank line (or page break) above.
    """

    start: int
    end: int
    text: str
    region: str | None = None
    blank_before: bool = False
