"""Alternations of phrases as trees: they must match what a plain alternation of the longest would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.patterns import phrase_pattern

# fmt: off
CASES: dict[str, tuple[list[str], str, str]] = {
    "one word":              (["luật"],                                  "theo luật đất đai",       "luật"),
    "longest wins":          (["ủy ban", "ủy ban nhân dân"],             "ủy ban nhân dân tỉnh",    "ủy ban nhân dân"),
    "short where no longer": (["ủy ban", "ủy ban nhân dân"],             "ủy ban dân tộc",          "ủy ban"),
    "branches":              (["nghị định", "nghị quyết", "luật"],       "nghị quyết số 1",         "nghị quyết"),
    "prefix of a word":      (["bộ", "bộ luật"],                         "bộ luật dân sự",          "bộ luật"),
    "words alike":           (["sở", "sở xây dựng", "sở xây"],           "sở xây dựng",             "sở xây dựng"),
    "signs are no pattern":  (["V.v", "V/v (khẩn)"],                     "V/v (khẩn) rà soát",      "V/v (khẩn)"),
    "blanks in the list":    (["  nghị   định "],                        "nghị định",               "nghị định"),
}
# fmt: on


@pytest.mark.parametrize(("phrases", "text", "found"), CASES.values(), ids=CASES)
def test_phrases(phrases: list[str], text: str, found: str) -> None:
    m = re.search(phrase_pattern(phrases), text)
    assert m is not None
    assert m.group() == found


def test_the_point_of_a_phrase_is_a_point() -> None:
    assert re.search(phrase_pattern(["V.v"]), "Vxv") is None


words = st.sampled_from(["a", "b", "ab", "c.", "(d)"])
phrases = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8)


@given(phrases, st.lists(words, max_size=8).map(" ".join))
def test_a_tree_matches_whole_phrases_as_an_alternation_does(some: list[str], text: str) -> None:
    tree = re.compile(phrase_pattern(some) + r"(?= |$)")
    by_length = sorted(some, key=len, reverse=True)
    plain = re.compile("(?:" + "|".join(map(re.escape, by_length)) + r")(?= |$)")
    assert [m.group() for m in tree.finditer(text)] == [m.group() for m in plain.finditer(text)]
