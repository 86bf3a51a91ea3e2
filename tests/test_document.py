"""The data model: names of the contract, JSON and back, and what it says of itself."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import json
import pickle
from typing import Any

import pytest

import congvan
from congvan.document import (
    SCHEMA,
    Citation,
    Document,
    Due,
    Entity,
    Header,
    Items,
    Pinpoint,
    Section,
    Source,
    Unit,
    build,
    numbered,
    plain,
)
from congvan.text import canonical
from sample_documents import letter, notice

# The names of the output contract: fields may be added, none renamed.
# fmt: off
CONTRACT: dict[str, tuple[str, ...]] = {
    "":           ("schema", "source", "text", "header", "sections", "units", "entities", "citations", "relations",
                   "directives", "recipients", "signature", "warnings"),
    "source":     ("path", "sha256", "media_type", "encoding", "pages", "ocr", "offset_map"),
    "header":     ("issuer", "number", "symbol", "doc_type", "place", "date", "subject", "urgency", "secrecy"),
    "sections":   ("id", "parent", "marker", "heading", "start", "end", "presenter", "presenter_value"),
    "units":      ("id", "kind", "marker", "section", "start", "end", "text", "labels", "scores", "inherited"),
    "entities":   ("id", "type", "start", "end", "text", "value", "score"),
    "citations":  ("id", "start", "end", "text", "unit", "section", "type", "number", "symbol", "year", "date", "issuer",
                   "pinpoint", "document", "complete", "relation", "agent", "evidence", "repairs"),
    "relations":  ("source", "verb", "target", "citations"),
    "directives": ("unit", "assignees", "assignees_text", "co_assignees", "co_assignees_text", "deliver_to",
                   "deliver_to_text", "due"),
    "signature":  ("authority", "position", "name"),
}
DUE = ("start", "end", "text", "kind", "bound", "value")
# fmt: on


@pytest.mark.parametrize("part", CONTRACT)
def test_the_names_of_the_contract(part: str) -> None:
    data: Any = notice().to_dict()
    for item in (
        [data] if not part else data[part] if isinstance(data[part], list) else [data[part]]
    ):
        assert set(CONTRACT[part]) <= set(item)
    if part == "directives":
        assert all(set(DUE) <= set(due) for d in data[part] for due in d["due"])
        assert any(d["due"] for d in data[part])


@pytest.mark.parametrize("make", [notice, letter, Document], ids=["notice", "letter", "empty"])
def test_json_and_back(make: Any) -> None:
    doc = make() if make is not Document else Document(text="")
    data = json.loads(json.dumps(doc.to_dict(), ensure_ascii=False))
    again = Document.from_dict(data)
    assert again == doc
    assert again.to_dict() == doc.to_dict()
    assert type(again.units) is Items


def test_the_offset_map_comes_back_too() -> None:
    text, offsets = canonical("Lu\u00e2\u0323t\r\nĐất đai")
    doc = Document(text=text, offset_map=offsets)
    data = json.loads(json.dumps(doc.to_dict()))
    again = Document.from_dict(data)
    assert again.offset_map == offsets
    assert again.offset_map.span(5, 8) == offsets.span(5, 8)
    assert data["source"]["length"] == offsets.source_length


def test_only_json_types_come_out() -> None:
    def check(value: Any) -> None:
        assert value is None or type(value) in (str, int, float, bool, list, dict), value
        for part in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        ):
            check(part)

    check(notice().to_dict())
    assert notice().to_dict()["schema"] == SCHEMA == "congvan/1"


def test_fields_of_a_later_version_are_ignored() -> None:
    data = notice().to_dict()
    data["new"] = 1
    data["units"][0]["mood"] = "calm"
    data["header"]["colour"] = "red"
    assert Document.from_dict(data) == notice()


@pytest.mark.parametrize("schema", [None, "congvan/2", 1])
def test_another_schema_is_refused_with_what_to_do(schema: Any) -> None:
    with pytest.raises(ValueError, match=r"congvan/1.*read the document again"):
        Document.from_dict({**notice().to_dict(), "schema": schema})
    with pytest.raises(ValueError, match="schema: None"):
        Document.from_dict({})


def test_from_dict_leaves_its_argument_alone() -> None:
    data = notice().to_dict()
    before = copy.deepcopy(data)
    Document.from_dict(data)
    assert data == before


def test_documents_are_frozen_values() -> None:
    doc = notice()
    with pytest.raises(dataclasses.FrozenInstanceError):
        doc.text = "x"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        doc.units[0].text = "x"  # type: ignore[misc]
    assert notice() == doc
    assert dataclasses.replace(doc, warnings=("x",)) != doc
    assert pickle.loads(pickle.dumps(doc)) == doc


def test_what_a_document_says_of_itself() -> None:
    doc = notice()
    assert repr(doc).startswith("Document('Thông báo TB-UBND'")
    assert f"{len(doc.citations)} citations" in repr(doc)
    assert "'a.txt'" in repr(Document(text="", source=Source(path="a.txt")))
    assert "<" in doc._repr_html_()


def test_items_say_what_matters() -> None:
    unit = Unit("u1", "bullet", "a)", None, 0, 9, "Rà soát danh mục cầu treo " * 9)
    assert repr(unit).startswith("Unit(u1, a) 'Rà soát danh mục")
    assert len(repr(unit)) < 100
    assert "¶" in repr(dataclasses.replace(unit, marker=None))
    assert (
        repr(Entity("e1", "DATE", 0, 5, "29/4", "2021-04-29"))
        == "Entity(DATE '29/4' = '2021-04-29')"
    )
    citation = notice().citations[0]
    assert citation.text in repr(citation)
    assert citation.document in repr(citation)


def test_defaults_are_not_shared() -> None:
    a, b = (Unit("u", "paragraph", None, None, 0, 1, "x") for _ in range(2))
    a.inherited["labels"].append("review")
    assert b.inherited == {"labels": [], "due": None}
    assert Header().spans is not Header().spans


def test_entities_of_one_type() -> None:
    doc = notice()
    assert {e.type for e in doc.entities} > {"DATE"}
    dates = doc.entities_of("DATE")
    assert dates
    assert list(dates) == [e for e in doc.entities if e.type == "DATE"]
    assert type(dates) is Items
    assert doc.entities_of("PERSONAGE") == ()


def test_items_make_a_frame() -> None:
    frame = notice().units.to_frame()
    assert len(frame) == len(notice().units)
    assert {"id", "kind", "marker", "section", "start", "end", "text"} <= set(frame.columns)


def test_plain() -> None:
    assert plain(dt.date(2024, 5, 6)) == "2024-05-06"
    assert plain({"a": (1, None, (2.5, True))}) == {"a": [1, None, [2.5, True]]}
    assert plain(Due(0, 1, "x", "date", "by", None))["bound"] == "by"


# fmt: off
BUILT: dict[str, tuple[Any, Any, Any]] = {
    "nothing":       (Unit, None, None),
    "a scalar":      (int, 5, 5),
    "pairs":         (tuple[tuple[str, str], ...], [["Điều", "5"]], (("Điều", "5"),)),
    "two of a kind": (tuple[int, int], [1, 2], (1, 2)),
    "items":         (Items[Due], [], Items()),
    "a mapping":     (dict[str, tuple[int, int]], {"number": [3, 5]}, {"number": (3, 5)}),
    "one or none":   (tuple[Pinpoint, ...] | None, None, None),
    "unknown field": (Source, {"path": "a", "colour": 1}, Source(path="a")),
}
# fmt: on


@pytest.mark.parametrize(("kind", "data", "want"), BUILT.values(), ids=BUILT)
def test_build(kind: Any, data: Any, want: Any) -> None:
    got = build(kind, data)
    assert got == want
    assert type(got) is type(want)


def test_pinpoints_come_back_as_tuples() -> None:
    doc = congvan.load().read_text("theo điểm b khoản 2 Điều 5 Luật Đầu tư công số 58/2024/QH15.")
    (c,) = Document.from_dict(json.loads(json.dumps(doc.to_dict()))).citations
    assert isinstance(c, Citation)
    assert c.pinpoint is not None
    assert c.pinpoint[0].path == (("Điều", "5"), ("khoản", "2"), ("điểm", "b"))
    assert c.evidence is not None


def test_numbered() -> None:
    assert numbered("u", "ab") == [("u1", "a"), ("u2", "b")]
    assert numbered("u", []) == []


def test_a_section_has_no_text_of_its_own() -> None:
    assert "text" not in Section.__dataclass_fields__
    assert {"heading_start", "heading_end", "notes", "level"} <= set(Section.__dataclass_fields__)
