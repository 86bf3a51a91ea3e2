"""Corrections by people: kept, applied over the models' answers, and back from doccano."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import congvan
from congvan.corrections import (
    VARIABLE,
    Correction,
    Corrections,
    add,
    folder_in_use,
    load,
    read,
    unit_hash,
)
from congvan.document import Document
from congvan.errors import CorrectionError
from congvan.pipeline import Pipeline
from congvan.review import from_review, to_review

NOTICE = """UBND TỈNH LẠNG SƠN
Số: 215/TB-UBND          Lạng Sơn, ngày 04 tháng 5 năm 2021

THÔNG BÁO
Kết luận cuộc họp về cấp nước

1. Về hồ chứa Nà Tâm (Sở Xây dựng trình)
- Rà soát lại phạm vi cấp nước của phường Tam Thanh.
- Hồ Nà Tâm cấp nước cho 14 nghìn hộ, mỗi năm tích 2 triệu khối.
- Sở Tài chính thẩm định giá nước trước ngày 20/5/2021.
"""
FIRST = "Rà soát lại phạm vi cấp nước của phường Tam Thanh."
LAKE = "Hồ Nà Tâm cấp nước cho 14 nghìn hộ, mỗi năm tích 2 triệu khối."
PRICE = "Sở Tài chính thẩm định giá nước trước ngày 20/5/2021."


@pytest.fixture
def plain() -> Document:
    return congvan.load()(NOTICE)


def corrected(place: Path, *found: Correction) -> Document:
    add(place, "test", found)
    return Pipeline(corrections=place)(NOTICE)


def said(text: str, **what: Any) -> Correction:
    return Correction(unit_hash(text), text, **what)


# ---------------------------------------------------------------- applied


def test_labels(tmp_path: Path, plain: Document) -> None:
    assert [u.labels for u in plain.units] == [("review",), (), ("deadline",)]
    doc = corrected(tmp_path, said(FIRST, labels=("supplement",)), said(LAKE, labels=("review",)))
    assert [u.labels for u in doc.units] == [("supplement",), ("review",), ("deadline",)]
    assert doc.units[0].corrected == ("supplement", "review")
    assert doc.units[0].scores == {"supplement": 1.0, "review": 0.0, "deadline": 0.0}
    assert doc.units[2] == plain.units[2]
    # What orders something has a directive, also where the model saw none.
    assert doc.units[1].id in {d.unit for d in doc.directives}
    assert "người dùng đã sửa" in doc.units[0].explain()


def test_no_labels_at_all(tmp_path: Path) -> None:
    doc = corrected(tmp_path, said(PRICE, labels=()))
    assert doc.units[2].labels == ()
    assert all(not d.due for d in doc.directives if d.unit == doc.units[2].id)


def test_people(tmp_path: Path, plain: Document) -> None:
    assert plain.directives[0].assignees_text == ("Sở Xây dựng",)
    doc = corrected(tmp_path, said(FIRST, assignees=("Sở Tài chính",), co_assignees=("Sở Y tế",)))
    first = doc.directives[0]
    assert first.assignees == ("Sở Tài chính tỉnh Lạng Sơn",)
    assert first.assignees_text == ("Sở Tài chính",)
    assert first.co_assignees_text == ("Sở Y tế",)
    assert first.assigned_by is None


def test_times(tmp_path: Path) -> None:
    due = {"text": "mỗi năm", "value": "FREQ=YEARLY", "kind": "recurring", "bound": "recurring"}
    doc = corrected(tmp_path, said(LAKE, labels=("deadline",), due=(due,)), said(PRICE, due=()))
    found = {d.unit: d for d in doc.directives}
    (first,) = found[doc.units[1].id].due
    assert (first.text, first.value) == ("mỗi năm", "FREQ=YEARLY")
    assert doc.text[first.start : first.end] == first.text
    assert found[doc.units[2].id].due == ()


def test_entities(tmp_path: Path, plain: Document) -> None:
    assert not any(e.type == "PERSON" for e in plain.entities)
    doc = corrected(
        tmp_path,
        said(LAKE, entities=({"text": "Hồ Nà Tâm", "type": "PERSON", "value": "Hồ Nà Tâm"},)),
        said(FIRST, removed=({"text": "phường Tam Thanh", "type": "LOCATION"},)),
    )
    lake = next(e for e in doc.entities if e.text == "Hồ Nà Tâm")
    assert (lake.type, lake.value, lake.score) == ("PERSON", "Hồ Nà Tâm", 1.0)
    assert not any(e.text == "phường Tam Thanh" for e in doc.entities)
    assert [e.id for e in doc.entities] == [f"e{i}" for i in range(1, len(doc.entities) + 1)]
    for e in doc.entities:
        assert doc.text[e.start : e.end] == e.text


def test_a_unit_is_known_by_its_words_wherever_it_stands(tmp_path: Path) -> None:
    add(tmp_path, "test", [said(FIRST, labels=("supplement",))])
    nlp = Pipeline(corrections=tmp_path)
    other = nlp(
        NOTICE.replace("Rà soát lại phạm vi", "Rà soát lại  phạm vi").replace("- Hồ", "- Cái hồ")
    )
    assert other.units[0].labels == ("supplement",)
    assert nlp(NOTICE.replace("14 nghìn", "15 nghìn")).units[0].labels == ("supplement",)


def test_the_later_line_wins_field_by_field(tmp_path: Path) -> None:
    add(tmp_path, "a", [said(FIRST, labels=("supplement",), assignees=("Sở Y tế",))])
    add(tmp_path, "a", [said(FIRST, labels=("review",))])
    merged = load(tmp_path).of(FIRST)
    assert merged is not None
    assert (merged.labels, merged.assignees) == (("review",), ("Sở Y tế",))


# ---------------------------------------------------------------- where they are


def test_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert folder_in_use() is None
    (tmp_path / "data" / "corrections").mkdir(parents=True)
    assert folder_in_use() == Path("data/corrections")
    monkeypatch.setenv(VARIABLE, "elsewhere")
    assert folder_in_use() == Path("elsewhere")
    monkeypatch.setenv(VARIABLE, "")
    assert folder_in_use() is None
    assert folder_in_use("named") == Path("named")


def test_a_named_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="no corrections in"):
        Pipeline(corrections=tmp_path / "gone")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[]", "not an object"),
        ("{}", "'text'"),
        ('{"text": " "}', "text is no text"),
        ('{"text": "a", "unit": "b"}', "unit is not the hash"),
        ('{"text": "a", "labels": "review"}', "labels is no list"),
        ('{"text": "a", "labels": ["revise"]}', "no label 'revise'"),
        ('{"text": "a", "labels": [1]}', "labels holds something else than str"),
        (
            '{"text": "a", "entities": [{"text": "a", "type": "BODY"}]}',
            "an entity has a text and a type",
        ),
        ('{"text": "a", "due": [{}]}', "a due has a text"),
        ('{"text": "a", "colour": 1}', "unknown field colour"),
        ("not json", "Expecting value"),
    ],
)
def test_a_line_that_is_none(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "ổn"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.jsonl line 2: no correction \(.*mend the line") as e:
        read(path)
    assert message in str(e.value)


def test_adding_loses_nothing(tmp_path: Path) -> None:
    path = add(tmp_path, "x", [said(FIRST, labels=("review",))])
    path.write_text(path.read_text("utf-8").rstrip("\n"), encoding="utf-8")  # an editor's doing
    add(tmp_path, "x", [said(LAKE, labels=())])
    assert [c.text for c in read(path)] == [FIRST, LAKE]
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


@given(st.text(min_size=1).filter(str.strip))
def test_the_hash_does_not_see_blanks(text: str) -> None:
    assert unit_hash(text) == unit_hash(f" {text}\n") == unit_hash("\t".join(text.split()))


def test_nothing_known_is_false() -> None:
    assert not Corrections()
    assert Corrections().of(FIRST) is None


# ---------------------------------------------------------------- doccano


def edited(doc: Document, change: Any) -> list[Correction]:
    record = json.loads(next(to_review([doc])))
    spans = change([tuple(s) for s in record["label"]])
    record["label"] = [list(s) for s in spans]
    return list(from_review([json.dumps(record, ensure_ascii=False)]))


def test_what_was_not_changed_is_no_correction(plain: Document) -> None:
    assert edited(plain, lambda spans: spans) == []
    assert edited(plain, lambda spans: spans[::-1]) == []


def test_changes_come_back_as_corrections(plain: Document) -> None:
    lake = plain.units[1]
    at = plain.text.index("mỗi năm")

    def change(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        kept = [s for s in spans if s[2] != "review"]
        # A label need not cover its unit to the letter.
        return [*kept, (lake.start + 3, lake.end - 2, "deadline"), (at, at + 7, "due"),
                (lake.start, lake.start + 9, "PERSON")]  # fmt: skip

    first, second = edited(plain, change)
    assert (first.text, first.labels) == (FIRST, ())
    assert (second.text, second.labels) == (LAKE, ("deadline",))
    assert second.due is not None
    assert second.due[0]["text"] == "mỗi năm"
    assert second.due[0]["value"] == "FREQ=YEARLY"
    assert second.entities is not None
    assert second.entities[0] == {"text": "Hồ Nà Tâm", "type": "PERSON", "value": None}


def test_what_was_corrected_goes_out_as_corrected(tmp_path: Path, plain: Document) -> None:
    def change(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        return [s for s in spans if s[2] != "assignee"]

    (found,) = edited(plain, change)
    assert found.assignees == ()
    doc = corrected(tmp_path, found)
    assert edited(doc, lambda spans: spans) == []
    assert all(not d.assignees for d in doc.directives if d.unit == doc.units[2].id)


def test_records_that_are_not_ours(plain: Document) -> None:
    record = json.loads(next(to_review([plain])))
    other = {**record, "text": record["text"].replace("\n", "\r\n")}
    with pytest.raises(ValueError, match="line 1: the text is not the one that was exported"):
        list(from_review([json.dumps(other)]))
    other = {**record, "meta": {}}
    with pytest.raises(ValueError, match="line 1: not a record of 'congvan export --doccano'"):
        list(from_review([json.dumps(other)]))
    other = {**record, "label": [[0, 3, "COLOUR"]]}
    with pytest.raises(ValueError, match="line 1: no span type 'COLOUR'"):
        list(from_review([json.dumps(other)]))
