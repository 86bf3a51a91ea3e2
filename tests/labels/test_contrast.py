"""The contrast pairs that are shipped, and files that are none."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT
from congvan.labels.contrast import FILE, pairs

FOLDER = ROOT / "data" / "contrast"
PAIRS = list(pairs(FOLDER))


def test_there_are_enough_of_every_kind() -> None:
    assert len(PAIRS) >= 400
    kinds = Counter(p.category for p in PAIRS)
    wanted = {
        "govern-embed", "done", "negated", "attributive", "names", "dates", "urgency", "event",
        "recurring", "cueless-supplement", "cueless-review", "subject", "variants",
    }  # fmt: skip
    assert wanted <= kinds.keys()
    assert min(kinds[k] for k in wanted) >= 20
    tests = Counter(p.category for p in PAIRS if p.split == "test")
    assert wanted <= tests.keys(), "every kind is measured"


def test_the_sides_of_a_pair_differ_in_their_labels() -> None:
    for pair in PAIRS:
        first, second = (set(u.labels) for u in pair.units)
        assert (first == second) == (pair.category == "variants"), pair.id


def test_no_unit_is_there_twice() -> None:
    assert len({p.id for p in PAIRS}) == len(PAIRS)
    units = Counter(u.text for p in PAIRS for u in p.units)
    assert [t for t, n in units.items() if n > 1] == []


def test_texts_are_clean() -> None:
    for pair in PAIRS:
        for unit in pair.units:
            assert unicodedata.normalize("NFC", unit.text) == unit.text
            assert unit.text == unit.text.strip()


def test_a_split_alone() -> None:
    train, test = (list(pairs(FOLDER, s)) for s in ("train", "test"))
    assert len(train) + len(test) == len(PAIRS)
    assert {p.split for p in train} == {"train"}


def test_a_folder_without_pairs(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no contrast pairs"):
        list(pairs(tmp_path))


@pytest.mark.parametrize(
    "row",
    [
        "not json",
        json.dumps({"id": "x"}),
        json.dumps(
            {
                "id": "x",
                "split": "dev",
                "category": "done",
                "units": [
                    {"text": "Rà soát.", "labels": ["review"]},
                    {"text": "Đã rà soát.", "labels": []},
                ],
            }
        ),
        json.dumps(
            {
                "id": "x",
                "split": "test",
                "category": "done",
                "units": [
                    {"text": "Rà soát.", "labels": ["revise"]},
                    {"text": "Đã rà soát.", "labels": []},
                ],
            }
        ),
        json.dumps(
            {
                "id": "x",
                "split": "test",
                "category": "done",
                "units": [{"text": "Rà soát.", "labels": ["review"]}],
            }
        ),
    ],
    ids=["no JSON", "no units", "no such split", "no such label", "one unit"],
)
def test_a_line_that_is_no_pair(row: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(row + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.jsonl line 1"):
        list(pairs(tmp_path))
