"""Lines of a text as the layout stage gives them, without its joins."""

from __future__ import annotations

from congvan.layout import Line
from congvan.text import shadow


def lines_of(text: str) -> list[Line]:
    """Returns the non-blank lines of ``text``, as the layout stage gives them."""
    out = []
    at, blank = 0, False
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            start = at + raw.index(body)
            out.append(Line(start, start + len(body), shadow(body), blank_before=blank))
        blank = not body
        at += len(raw) + 1
    return out
