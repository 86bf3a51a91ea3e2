"""The texts that ``make bench`` times: the same at every run, and what they claim to be."""

from __future__ import annotations

import re
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import texts

SAMPLES = texts.notices(ROOT / "data" / "notices")


@pytest.mark.parametrize("size", [20_000, 100_000])
def test_long_notice_is_one_notice_of_the_size(size: int) -> None:
    text = texts.long_notice(SAMPLES, size)
    assert size <= len(text.encode()) < size + 40_000
    assert text.count("Nơi nhận") == 1
    assert text == texts.long_notice(SAMPLES, size)


def test_numbers_grow_with_the_text() -> None:
    counts = [
        len({m.group() for m in texts.NUMBER_RE.finditer(texts.long_notice(SAMPLES, size))})
        for size in (50_000, 500_000)
    ]
    assert counts[1] > 5 * counts[0]


def test_short_notices_are_whole() -> None:
    made = texts.short_notices(SAMPLES, 200_000)
    assert len(made) > len(SAMPLES)
    assert [len(a.split()) for a in made[: len(SAMPLES)]] == [len(b.split()) for b in SAMPLES]


def test_english_has_the_density_it_says() -> None:
    text, planted = texts.english(100_000, 60)
    assert (text, planted) == texts.english(100_000, 60)
    assert planted == len(re.findall(r"\(\d{4}\)|U\.S\.C\.|\bId\.", text))
    assert 60 < len(text.split()) / planted < 70  # the words of the citations come on top
