"""Spans as tags and back: tables, and that nothing is lost on the way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recogniser.features import Token, tokens
from congvan.recogniser.spans import Span, to_spans, to_tags

TEXT = "Giao Sở Nội vụ, UBND xã Mẫu"
LINE = tokens(TEXT, 0, len(TEXT))
WORDS = [t.text for t in LINE]


def test_the_line_of_the_tables() -> None:
    assert WORDS == ["Giao", "Sở", "Nội", "vụ", ",", "UBND", "xã", "Mẫu"]


@pytest.mark.parametrize(
    ("spans", "tags"),
    [
        ([], "O O O O O O O O"),
        ([(5, 14, "A")], "O B-A I-A I-A O O O O"),
        ([(5, 14, "A"), (16, 27, "A")], "O B-A I-A I-A O B-A I-A I-A"),
        ([(16, 27, "A"), (5, 14, "P")], "O B-P I-P I-P O B-A I-A I-A"),
        ([(5, 7, "A"), (8, 14, "A")], "O B-A B-A I-A O O O O"),
        ([(5, 7, "A"), (8, 14, "L")], "O B-A B-L I-L O O O O"),
        # A token that a span cuts is inside it.
        ([(6, 9, "A")], "O B-A I-A O O O O O"),
        ([(0, 27, "A")], "B-A I-A I-A I-A I-A I-A I-A I-A"),
        # What lies before or behind the line is nothing of it.
        ([(-9, 0, "A"), (27, 40, "A")], "O O O O O O O O"),
        ([(-9, 4, "A")], "B-A O O O O O O O"),
        # Blanks between tokens bear no tag.
        ([(4, 5, "A"), (15, 16, "A")], "O O O O O O O O"),
    ],
    ids=["none", "one", "two", "out of order", "neighbours", "neighbours of two types", "cut", "all", "outside", "into the line", "blanks"],
)  # fmt: skip
def test_to_tags(spans: list[Span], tags: str) -> None:
    assert " ".join(to_tags(LINE, spans)) == tags


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O O O O O O O O", []),
        ("O B-A I-A I-A O O O O", [(5, 14, "A")]),
        ("O B-A B-A I-A O O O O", [(5, 7, "A"), (8, 14, "A")]),
        ("O I-A I-A I-A O O O O", [(5, 14, "A")]),
        ("O B-P I-A I-A O O O O", [(5, 7, "P"), (8, 14, "A")]),
        ("O B-A O I-A O O O O", [(5, 7, "A"), (12, 14, "A")]),
        ("O B-A I-A I-P I-A O O O", [(5, 11, "A"), (12, 14, "P"), (14, 15, "A")]),
        ("I-A I-A O O O O O B-A", [(0, 7, "A"), (24, 27, "A")]),
    ],
    ids=["none", "one", "neighbours", "I without B", "I of another kind", "I after O", "kinds in turn", "at both ends"],
)  # fmt: skip
def test_to_spans(tags: str, spans: list[Span]) -> None:
    assert to_spans(LINE, tags.split()) == spans


@pytest.mark.parametrize("tags", [["O"], ["O"] * (len(LINE) + 1)])
def test_one_tag_a_token(tags: list[str]) -> None:
    with pytest.raises(ValueError, match="zip"):
        to_spans(LINE, tags)


def test_an_empty_line() -> None:
    assert to_tags([], [(0, 5, "A")]) == []
    assert to_spans([], []) == []


# ---------------------------------------------------------------- laws

KINDS = ("AGENCY", "PERSON", "LOCATION")


@st.composite
def lines(draw: st.DrawFn) -> list[Token]:
    """A line of tokens, with or without blanks between, anywhere in a document."""
    at = draw(st.integers(0, 100))
    out = []
    for word in draw(st.lists(st.text("aBộĐ1.", min_size=1, max_size=4), max_size=15)):
        at += draw(st.integers(0, 2))
        out.append(Token(word, at, at + len(word)))
        at += len(word)
    return out


@st.composite
def lines_and_spans(draw: st.DrawFn) -> tuple[list[Token], list[Span]]:
    """A line, and spans over whole tokens that do not overlap."""
    line = draw(lines())
    cuts = draw(st.lists(st.integers(0, len(line)), max_size=8, unique=True).map(sorted))
    spans = [
        (line[a].start, line[b - 1].end, draw(st.sampled_from(KINDS)))
        for a, b in pairwise(cuts)
        if draw(st.booleans())
    ]
    return line, spans


@given(lines_and_spans())
def test_spans_come_back(case: tuple[list[Token], list[Span]]) -> None:
    line, spans = case
    tags = to_tags(line, spans)
    assert len(tags) == len(line)
    assert to_spans(line, tags) == spans
    assert to_tags(line, reversed(spans)) == tags


@given(lines(), st.data())
def test_any_tags_give_spans_apart_that_hold_all_that_is_tagged(
    line: list[Token], data: st.DataObject
) -> None:
    names = ["O", *(f"{edge}-{kind}" for edge in "BI" for kind in KINDS)]
    tags = [data.draw(st.sampled_from(names)) for _ in line]
    spans = to_spans(line, tags)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for token, tag in zip(line, tags, strict=True):
        held = [kind for a, b, kind in spans if a <= token.start and token.end <= b]
        assert held == ([] if tag == "O" else [tag[2:]])
    # Once more round gives the same: only an I that stands for a B is written otherwise.
    assert to_spans(line, to_tags(line, spans)) == spans
