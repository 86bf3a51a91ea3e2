"""Spans as BIO tags over the tokens of a line, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .features import Token

Span = tuple[int, int, str]


def to_tags(line: Sequence[Token], spans: Iterable[Span]) -> list[str]:
    """Returns one tag a token: "B-AGENCY", "I-AGENCY" or "O".

    A token that a span cuts is inside it.
    """
    tags = ["O"] * len(line)
    ordered = sorted(spans)
    i = 0
    for start, end, kind in ordered:
        while i < len(line) and line[i].end <= start:
            i += 1
        first = True
        while i < len(line) and line[i].start < end:
            tags[i] = f"{'B' if first else 'I'}-{kind}"
            first = False
            i += 1
    return tags


def to_spans(line: Sequence[Token], tags: Sequence[str]) -> list[Span]:
    """Returns the spans of a tag sequence; an I without a B of its kind begins a span."""
    out: list[Span] = []
    open_kind = ""
    for token, tag in zip(line, tags, strict=True):
        kind = tag[2:]
        if tag == "O":
            open_kind = ""
        elif tag[0] == "I" and kind == open_kind:
            out[-1] = (out[-1][0], token.end, kind)
        else:
            out.append((token.start, token.end, kind))
            open_kind = kind
    return out
