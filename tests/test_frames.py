"""Frames: columns in the order of the model, real dates, the same types with and without rows."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from congvan.document import Citation, Directive, Document, Due, Entity, Items, Unit
from congvan.frames import frames, to_frame
from sample_documents import letter, notice

COLLECTIONS = ("sections", "units", "entities", "citations", "relations", "directives", "tables",
               "footnotes", "annexes")  # fmt: skip


@pytest.mark.parametrize("name", COLLECTIONS)
def test_types_do_not_depend_on_what_is_in_the_frame(name: str) -> None:
    full, empty = frames(notice())[name], frames(Document(text=""))[name]
    assert list(full.columns) == list(empty.columns)
    assert full.dtypes.astype(str).to_dict() == empty.dtypes.astype(str).to_dict()
    assert len(empty) == 0
    assert len(full) == len(getattr(notice(), name))


@pytest.mark.parametrize("name", ["units", "entities", "citations"])
def test_offsets_stand_beside_the_text(name: str) -> None:
    doc = notice()
    frame = getattr(doc, name).to_frame()
    for row in frame.itertuples():
        assert doc.text[row.start : row.end] == row.text


@pytest.mark.parametrize("kind", [Citation, Entity, Unit, Directive])
def test_every_field_is_a_column_in_field_order(kind: type) -> None:
    columns = list(to_frame([], kind=kind).columns)
    fields = [f.name for f in dataclasses.fields(kind)]
    assert [c for c in columns if c in fields] == fields


def test_citation_columns() -> None:
    frame = notice().citations.to_frame().set_index("id")
    assert str(frame["start"].dtype) == "int64"
    assert str(frame["date"].dtype) == "datetime64[s]"
    assert frame.loc["c1", "date"] == pd.Timestamp(2021, 11, 24)
    assert pd.isna(frame.loc["c2", "date"])
    assert frame.loc["c1", "year"] == 2021
    assert frame.loc["c2", "year"] is pd.NA
    assert frame.loc["c1", "evidence"] == "cụ thể hóa"
    assert frame.loc["c1", "evidence_end"] - frame.loc["c1", "evidence_start"] == 10
    assert frame.loc["c3", "pinpoint"] == ("khoản 2 Điều 5",)
    assert frame.loc["c3", "pinpoint_path"] == ((("Điều", "5"), ("khoản", "2")),)
    assert frame.loc["c1", "pinpoint"] is None


# fmt: off
DATES = [
    ("2021-05-06", "2021-05-06"),
    ("2025-12-05T17:00", "2025-12-05T17:00"),
    ("1479-01-02", "1479-01-02"),  # out of reach of nanoseconds
    ("2021-05", None),
    ("2021-Q2", None),
    ("2021/2025", None),
    ("2022-06-01/2022-06-07", None),
    ("2021-W23", None),
    ("2021-02-30", None),          # no such day
    ("06/05/2021", None),
    (None, None),
]
# fmt: on


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_only_a_whole_day_is_a_date(value: str | None, expected: str | None) -> None:
    frame = to_frame([Entity("e1", "DATE", 0, 1, "x", value)])
    got = frame["date"].iloc[0]
    assert (None if pd.isna(got) else got) == (expected and pd.Timestamp(expected))
    assert value is None or frame["value"].iloc[0] == value


def test_a_name_that_looks_like_a_date_is_none() -> None:
    frame = to_frame([Entity("e1", "LOCATION", 0, 1, "x", "2021-05-06")])
    assert frame["date"].isna().all()


def test_directives_explode_to_one_row_a_due() -> None:
    two = Directive("u1", due=(Due(5, 9, "a", "date", "by", "2021-06-10"),
                               Due(0, 4, "b", "date", "by", "2021-06-05")))  # fmt: skip
    frame = to_frame([two, Directive("u2")])
    assert frame["due"].tolist() == [("a", "b"), ()]
    assert frame["due_date"].iloc[0] == pd.Timestamp(2021, 6, 5)
    assert pd.isna(frame["due_date"].iloc[1])
    assert len(frame.head(1).explode(["due", "due_value", "due_start"])) == 2


def test_scores_are_numbers() -> None:
    frame = notice().units.to_frame()
    assert frame["scores_review"].dropna().tolist() == [0.9]
    assert frame["scores"].iloc[3] == {"review": 0.9, "deadline": 0.9}


def test_csv_takes_the_frame(tmp_path: Path) -> None:
    frame = letter().citations.to_frame()
    frame.to_csv(tmp_path / "c.csv", index=False, encoding="utf-8-sig")
    assert pd.read_csv(tmp_path / "c.csv")["text"].tolist() == ["Luật Đường bộ năm 2024"]


def test_empty_without_a_kind_is_an_empty_frame() -> None:
    assert Items().to_frame().empty


@pytest.mark.parametrize("items", [[1, 2], ["a"], [Unit("u", "x", None, None, 0, 0, ""), 3]])
def test_what_is_no_item_is_refused_by_name(items: list[object]) -> None:
    with pytest.raises(TypeError, match=r"int|str"):
        to_frame(items)


def test_frames_of_several_documents_say_which() -> None:
    docs = [notice(), Document(text=""), letter()]
    every = frames(iter(docs))
    for name, frame in every.items():
        assert list(frame.columns[:2]) == ["doc", "doc_index"]
        assert frame["doc_index"].tolist() == [
            i for i, doc in enumerate(docs) for _ in getattr(doc, name)
        ]
        one = frames(docs[0])[name].dtypes.astype(str).to_dict()
        assert {k: v for k, v in frame.dtypes.astype(str).items() if k in one} == one
    assert set(every["citations"]["doc"]) == {docs[0].source.path, docs[2].source.path}
    assert frames([])["citations"].columns.tolist()[:3] == ["doc", "doc_index", "id"]
