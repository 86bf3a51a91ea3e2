"""The classifier that is shipped: what it says, why, and what it refuses to load."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import congvan
from conftest import ROOT
from congvan.document import Document
from congvan.errors import ModelError
from congvan.labels.features import FORMAT
from congvan.labels.measure import keywords, measure, measure_pairs, rules, trained
from congvan.labels.model import DUE_HEAD, FILES, LABELS, UNIT_HEADS, load, unit_model
from congvan.labels.sources import sources
from congvan.pipeline import Pipeline

UNITS = ROOT / "models" / "units"
NOTICE = """UBND TỈNH LẠNG SƠN
Số: 215/TB-UBND          Lạng Sơn, ngày 04 tháng 5 năm 2021

THÔNG BÁO
Kết luận cuộc họp về cấp nước

1. Về hồ chứa Nà Tâm (Sở Xây dựng trình)
- Rà soát lại phạm vi cấp nước của phường Tam Thanh.
- Bổ sung phương án xử lý khi hồ cạn.
- Qua rà soát, 14 hộ chưa có nước sạch; dự án cấp nước đã hoàn thành trước ngày 30/4/2021.
Cơ quan chủ trì tiếp thu, báo cáo UBND tỉnh trước ngày 20/5/2021.

Nơi nhận:
- Thường trực Tỉnh ủy rà soát, bổ sung trước ngày 20/5/2021;
- Lưu: VT.
"""


@pytest.fixture(scope="module")
def doc() -> Document:
    return congvan.load()(NOTICE)


def test_labels_of_a_notice(doc: Document) -> None:
    assert [u.labels for u in doc.units] == [("review",), ("supplement",), (), ("deadline",)]
    assert doc.warnings == ()


def test_no_recipient_is_a_unit(doc: Document) -> None:
    assert len(doc.recipients) == 2
    last = max(u.end for u in doc.units)
    assert last < doc.text.index("Nơi nhận")


def test_scores_are_probabilities(doc: Document) -> None:
    for unit in doc.units:
        assert list(unit.scores) == list(LABELS)
        assert all(0 <= s <= 1 for s in unit.scores.values())
        assert set(unit.unsure) <= set(LABELS)


def test_the_words_that_decided(doc: Document) -> None:
    unit = doc.units[0]
    best = unit.reasons["review"][0]
    assert "rà soát" in best.text.lower()
    assert best.weight > 0
    for found in doc.units:
        for reasons in found.reasons.values():
            for r in reasons:
                assert doc.text[r.start : r.end] == r.text
                assert found.start <= r.start < r.end <= found.end
    assert "Rà soát" in unit.explain()
    assert "rà soát (review)" in unit.explain()


def test_reasons_survive_json(doc: Document) -> None:
    again = Document.from_dict(json.loads(json.dumps(doc.to_dict())))
    assert [u.reasons for u in again.units] == [u.reasons for u in doc.units]
    assert again.units[0].explain() == doc.units[0].explain()


def test_labels_can_be_left_out() -> None:
    plain = Pipeline(labels=False)(NOTICE)
    assert {u.labels for u in plain.units} == {()}
    assert [d.assignees for d in plain.directives] == [()]


# ---------------------------------------------------------------- files


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(UNITS, tmp_path / "units"))


def test_the_model_is_read_once() -> None:
    assert unit_model() is unit_model(UNITS)


def test_a_model_of_other_features_is_refused(copy: Path) -> None:
    meta = json.loads((copy / "meta.json").read_text("utf-8"))
    meta["format"] = FORMAT + 1
    (copy / "meta.json").write_text(json.dumps(meta), "utf-8")
    with pytest.raises(ModelError, match=f"version {FORMAT + 1} of its features.*run 'make train'"):
        load(copy)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_model_is_refused(copy: Path, name: str) -> None:
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("w bổ\t1\n")
    with pytest.raises(ModelError, match=f"{name} is damaged"):
        load(copy)


def test_a_model_without_a_calibration_is_refused(copy: Path) -> None:
    meta = json.loads((copy / "meta.json").read_text("utf-8"))
    del meta["heads"][DUE_HEAD]
    (copy / "meta.json").write_text(json.dumps(meta), "utf-8")
    with pytest.raises(ModelError, match="no calibration for due"):
        load(copy)


def test_without_a_model_the_rules_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    import congvan.labels.model as module

    def gone(place: Path | None = None) -> None:
        raise ModelError("the model 'units' is not there: run 'make train'")

    monkeypatch.setattr(module, "unit_model", gone)
    doc = Pipeline()(NOTICE)
    assert [w for w in doc.warnings if "only rules were used for labels" in w]
    assert doc.units[0].labels == ("review",)
    assert doc.units[1].labels == ("supplement",)


def test_a_named_model_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="run 'make train'"):
        Pipeline(units_model=tmp_path)(NOTICE)


# ---------------------------------------------------------------- figures


def test_the_card_says_what_is_measured() -> None:
    meta = json.loads((UNITS / "meta.json").read_text("utf-8"))
    assert set(meta["heads"]) == {*UNIT_HEADS, DUE_HEAD}
    model = load(UNITS)
    for source in sources(ROOT / "data" / "corpus", ROOT / "data" / "contrast", None):
        said = meta["metrics"][source.title]["systems"]
        for name, system in (("model", trained(model)), ("rules", rules), ("keywords", keywords)):
            if source.categories is None:
                now = measure(source.examples, system)
                assert now["macro_f1"] == pytest.approx(said[name]["macro_f1"], abs=0.005)
            else:
                now = measure_pairs(source.examples, source.categories, system)
                assert now["both_right"] == pytest.approx(said[name]["both_right"], abs=0.01)


def test_what_the_issue_asks_of_held_out_documents() -> None:
    meta = json.loads((UNITS / "meta.json").read_text("utf-8"))
    ours = meta["metrics"]["Our test split"]["systems"]["model"]
    assert ours["macro_f1"] >= 0.95
    assert min(ours[label]["f1"] for label in LABELS) >= 0.93
    assert max(ours[label]["ece"] for label in LABELS) <= 0.05
    plain = meta["metrics"]["Our test split"]["systems"]["keywords"]
    assert plain["macro_f1"] < ours["macro_f1"] - 0.1
