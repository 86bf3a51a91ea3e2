"""Corrected names teach: three of a kind change the answer on a fourth, and nothing gets worse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from congvan.corpus import load
from congvan.corrections import Correction, add, unit_hash
from congvan.errors import CorrectionError
from congvan.pipeline import Pipeline
from congvan.recogniser.examples import readings
from congvan.recogniser.model import FILE
from congvan.recogniser.train import SETTINGS, learn, taught_by

CORPUS = ROOT / "data" / "corpus"
# A kind of body that nothing in the data has.
NEW = {
    "Hoan nghênh Mầm Sáng Bản Lác đã góp công.": "Mầm Sáng Bản Lác",
    "Ghi nhận Mầm Sáng Thạch Lập tham gia.": "Mầm Sáng Thạch Lập",
    "Theo phản ánh của Mầm Sáng Hang Kia, đường hỏng.": "Mầm Sáng Hang Kia",
}
UNSEEN, NAME = "Hoan nghênh Mầm Sáng Mường Khến đã góp giống.", "Mầm Sáng Mường Khến"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of every third document of train, and as many of dev to measure on."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "documents").mkdir()
    named = json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))
    kept = {"train": named["train"][::3], "dev": [], "test": named["dev"][::3]}
    (folder / "splits.json").write_text(json.dumps(kept), encoding="utf-8")
    for key in (*kept["train"], *kept["test"]):
        shutil.copy(CORPUS / "documents" / f"{key}.json", folder / "documents")
    return folder


def model(small: Path, out: Path, **taught: Any) -> Pipeline:
    out.mkdir()
    config = {**SETTINGS.read(ROOT / "models" / "ner"), "splits": ["train"]}
    learn(small, out, config, **taught)
    assert (out / FILE).is_file()
    return Pipeline(labels=False, corrections=False, model=out)


def f1(nlp: Pipeline, small: Path) -> float:
    """AGENCY on the documents to measure on."""
    right = found = gold = 0
    for reading in readings(load(small, "test")):
        want = {(g.start, g.end) for g in reading.gold if g.type == "AGENCY"}
        got = {
            (e.start, e.end)
            for e in nlp.read_text(reading.doc.text).entities
            if e.type == "AGENCY" and reading.inside(e.start)
        }
        right, found, gold = right + len(want & got), found + len(got), gold + len(want)
    return 2 * right / (found + gold)


def test_three_corrected_names_teach_a_fourth(small: Path, tmp_path: Path) -> None:
    before = model(small, tmp_path / "before")
    names = [e.text for e in before(UNSEEN).entities if e.type == "AGENCY"]
    assert NAME not in names
    rows = [
        Correction(unit_hash(t), t, entities=({"text": n, "type": "AGENCY"},))
        for t, n in NEW.items()
    ]
    add(tmp_path / "kept", "new", rows)
    taught, files = taught_by(tmp_path / "kept")
    assert len(taught) == 3
    after = model(small, tmp_path / "after", taught=taught, files=files)
    assert NAME in [e.text for e in after(UNSEEN).entities if e.type == "AGENCY"]
    assert f1(after, small) >= f1(before, small) - 0.005
    said = [
        json.loads((tmp_path / x / "meta.json").read_text())["data"] for x in ("before", "after")
    ]
    assert [d["corrections"] for d in said] == [0, 3]
    assert said[0]["sha256"] != said[1]["sha256"]


def test_other_corrections_teach_no_names(tmp_path: Path) -> None:
    text = next(iter(NEW))
    add(tmp_path, "new", [Correction(unit_hash(text), text, labels=("review",))])
    assert taught_by(tmp_path)[0] == []
    assert taught_by(None) == ([], [])
    with pytest.raises(CorrectionError, match="there are no corrections"):
        taught_by(tmp_path / "gone")
