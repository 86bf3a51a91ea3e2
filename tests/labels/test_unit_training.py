"""Training: the same bytes twice, its settings, and what corrections teach."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from congvan.corrections import Correction, add, unit_hash
from congvan.errors import ModelError
from congvan.labels.examples import Example, sentence_example
from congvan.labels.fit import best_threshold, folds, learn_model
from congvan.labels.measure import measure, trained
from congvan.labels.model import FILES
from congvan.labels.train import SETTINGS, gather, learn, reader, taught_by

CORPUS, PAIRS, UNITS = (
    ROOT / "data" / "corpus",
    ROOT / "data" / "contrast",
    ROOT / "models" / "units",
)


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return SETTINGS.read(UNITS)


@pytest.fixture(scope="module")
def data() -> tuple[list[Example], list[Example], list[Example]]:
    """Units of the train split, of the teaching pairs, and of the dev split."""
    train, pairs = gather(CORPUS, ["train"], PAIRS)
    dev, _ = gather(CORPUS, ["dev"], None)
    return train, pairs, dev


def test_the_same_data_give_the_same_bytes(tmp_path: Path, config: dict[str, Any]) -> None:
    small = {**config, "splits": ["dev"], "folds": 2}
    first, second = tmp_path / "one", tmp_path / "two"
    metas = [learn(CORPUS, None, place, small) for place in (first, second)]
    assert metas[0] == metas[1]
    for name in FILES:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_corpus_without_labels_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CORPUS, tmp_path / "corpus"))
    from congvan.corpus.files import load_file

    path = next(iter(sorted((folder / "documents").glob("*.json"))))
    bare = dataclasses.replace(load_file(path), labels=(), directives=())
    path.write_text(bare.to_json(), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{path.stem}: no labels"):
        gather(folder, ["train", "dev", "test"], None)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("strength = 0", "'strength' is 0: it must be a number above 0"),
        ("folds = 1", "'folds' is 1"),
        ("margin = 0.5", "'margin' is 0.5"),
        ("colour = 1", "'colour' is unknown"),
    ],
)
def test_settings_that_are_wrong(line: str, message: str, tmp_path: Path) -> None:
    text = (UNITS / "config.toml").read_text("utf-8")
    key = line.split(" ")[0]
    kept = [x for x in text.splitlines() if not x.startswith(key + " ")]
    (tmp_path / "config.toml").write_text("\n".join([*kept, line]), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        SETTINGS.read(tmp_path)


def test_a_group_is_in_one_part() -> None:
    groups = [f"d{i % 7}" for i in range(50)]
    part = folds(groups, 3)
    assert len({(g, p) for g, p in zip(groups, part, strict=True)}) == 7
    assert set(part) == {0, 1, 2}


def test_of_thresholds_as_good_the_plainest_is_taken() -> None:
    import numpy as np

    p = np.array([0.1, 0.2, 0.8, 0.9])
    assert best_threshold(p, np.array([False, False, True, True])) == 0.5


# Three corrections of a phrasing that nothing in the data has, and a fourth unit with it.
NEW = [
    "Phòng Kinh tế dồn thêm ruột cho phần thủy lợi của đề án.",
    "Văn phòng dồn thêm ruột cho mục đào tạo trong kế hoạch quý.",
    "Ban Dân tộc dồn thêm ruột cho chương chính sách, gửi lại bản thảo.",
]
UNSEEN = "Chi cục Thủy sản dồn thêm ruột cho đoạn nói về nuôi lồng bè."


def test_three_corrections_teach_a_fourth(
    tmp_path: Path,
    config: dict[str, Any],
    data: tuple[list[Example], list[Example], list[Example]],
) -> None:
    train, pairs, dev = data
    nlp = reader()
    before = learn_model(train, pairs, config)
    unseen = sentence_example(UNSEEN, nlp, group="new")
    seen = [sentence_example(t, nlp, group="new") for t in NEW]
    first, _ = trained(before)(unseen)
    wanted = () if "supplement" in first else ("supplement",)
    add(tmp_path, "new", [Correction(unit_hash(t), t, labels=wanted) for t in NEW])
    taught, files = taught_by(tmp_path)
    assert [e.labels for e in taught] == [wanted] * 3
    assert [f.name for f in files] == ["new.jsonl"]

    after = learn_model(train, pairs, config, taught=taught)
    assert trained(after)(unseen)[0] == wanted != first
    assert {trained(after)(e)[0] for e in seen} == {wanted}
    # Nothing else gets worse: every other unit of the dev split keeps its figures.
    old, new = (measure(dev, trained(m)) for m in (before, after))
    assert new["macro_f1"] >= old["macro_f1"] - 0.003
    for label in ("supplement", "review", "deadline"):
        assert new[label]["f1"] >= old[label]["f1"] - 0.005
