"""The corpus: that it is whole, that every kind of damage is named, that it is as large as it says."""

from __future__ import annotations

import copy
import dataclasses
import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from congvan.corpus import SPLITS, CorpusDocument, check, load, load_file
from congvan.corpus.files import splits
from congvan.corpus.model import Labelled, Line, Order, Share, Term
from congvan.corpus.rules import problems
from congvan.corpus.statistics import counts, spread, tables

CORPUS = Path(__file__).parents[1] / "data/corpus"
Data = dict[str, Any]

# ---------------------------------------------------------------- a small corpus, whole

LINES = """\
L UBND TỈNH MẪU
T THÔNG BÁO
K Kính gửi: Sở Nội vụ.
S 1. Về hồ chứa
B - Giao Sở Xây dựng kiểm tra theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.
B - Thay thế Quyết định số 15/QĐ-UBND trước ngày 15/6/2024.
P Văn phòng thông báo để các
+ cơ quan biết.
R Nơi nhận:
G Trần Mẫu Thử
X Trang cuối"""
ROWS = [row.split(" ", 1) for row in LINES.split("\n")]
# A blank line is no line of the corpus.
TEXT = "\n".join(words for _, words in ROWS).replace("\nK", "\n\nK", 1)


def at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def entity(kind: str, words: str, value: str | None = None) -> Data:
    return {"type": kind, **at(words), "text": words, "value": value}


def citation(words: str, key: str, relation: str) -> Data:
    number, symbol = words.split()[-1].split("/", 1)
    return {**at(words), "text": words, "key": key, "type": "Quyết định", "number": number,
            "symbol": symbol, "year": None, "date": None, "issuer": None, "relation": relation}  # fmt: skip


DECREE, ORDER = "Nghị định số 30/2020/NĐ-CP", "Quyết định số 15/QĐ-UBND"
HEADING = "1. Về hồ chứa"
FIRST = "Giao Sở Xây dựng kiểm tra theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020."
SECOND = "Thay thế Quyết định số 15/QĐ-UBND trước ngày 15/6/2024."
DOCUMENT: Data = {
    "id": "a",
    "meta": {"kind": "Thông báo", "level": "province", "date": "2024-05-06", "conclusions": True},
    "text": TEXT,
    "lines": [{"role": role, **at(words)} for role, words in ROWS],
    "sections": [
        {"id": "s1", "parent": None, "marker": "1.", "heading": "Về hồ chứa",
         "start": at(HEADING)["start"], "end": at(SECOND)["end"], "heading_end": at(HEADING)["end"]},
    ],
    "units": [
        {"id": "u1", "kind": "bullet", "marker": "-", "section": "s1", **at(FIRST)},
        {"id": "u2", "kind": "bullet", "marker": "-", "section": "s1", **at(SECOND)},
        {"id": "u3", "kind": "paragraph", "marker": None, "section": None,
         **at("Văn phòng thông báo để các\ncơ quan biết.")},
    ],
    "entities": [
        entity("AGENCY", "Sở Xây dựng", "Sở Xây dựng tỉnh Mẫu"),
        entity("INSTRUMENT", DECREE, "k1"),
        entity("DATE", "ngày 05/3/2020", "2020-03-05"),
        entity("INSTRUMENT", ORDER, "k2"),
        entity("DATE", "ngày 15/6/2024", "2024-06-15"),
        entity("AGENCY", "Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh Mẫu"),
        entity("PERSON", "Trần Mẫu Thử"),
    ],
    "citations": [citation(DECREE, "k1", "based_on"), citation(ORDER, "k2", "replaces")],
}  # fmt: skip


def write(folder: Path, *docs: Data, **named: list[str]) -> Path:
    """Writes a corpus of some documents, the first for training and so on; returns its folder."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    for doc in docs:
        text = json.dumps(doc, ensure_ascii=False)
        (folder / "documents" / f"{doc['id']}.json").write_text(text, encoding="utf-8")
    ids = [doc["id"] for doc in docs]
    default = {name: ids[i : i + 1] if i < 2 else ids[i:] for i, name in enumerate(SPLITS)}
    (folder / "splits.json").write_text(json.dumps(named or default), encoding="utf-8")
    return folder


def named(key: str) -> Data:
    return {**copy.deepcopy(DOCUMENT), "id": key}


def test_the_small_corpus_is_whole(tmp_path: Path) -> None:
    assert check(write(tmp_path, named("a"), named("b"), named("c"))) == []


# ---------------------------------------------------------------- damage inside a document


def put(path: str, value: Any) -> Callable[[Data], None]:
    """Returns the damage that sets one field, named as "layer.number.field"."""

    def damage(doc: Data) -> None:
        *way, last = path.split(".")
        place: Any = doc
        for step in way:
            place = place[int(step)] if step.isdigit() else place[step]
        place[last] = value

    return damage


def tail(words: str) -> Callable[[Data], None]:
    """Returns the damage that writes other words for the last line, which nothing else refers to."""

    def damage(doc: Data) -> None:
        start = doc["lines"][-1]["start"]
        doc["text"] = doc["text"][:start] + words
        doc["lines"][-1]["end"] = len(doc["text"])

    return damage


def both(*steps: Callable[[Data], None]) -> Callable[[Data], None]:
    def damage(doc: Data) -> None:
        for step in steps:
            step(doc)

    return damage


def again(doc: Data) -> None:
    doc["citations"][1].update(doc["citations"][0], **at(ORDER), text=ORDER, year=2021)


def wider(doc: Data) -> None:
    words = f"{doc['entities'][0]['text']} "
    doc["entities"][0].update(text=words, end=doc["entities"][0]["end"] + 1)


def wider_citation(doc: Data) -> None:
    for layer, i in (("entities", 1), ("citations", 0)):
        row = doc[layer][i]
        row.update(text=f"{DECREE} ", end=row["end"] + 1)


def swapped(layer: str) -> Callable[[Data], None]:
    return lambda doc: doc[layer].insert(0, doc[layer].pop(1))


END = len(TEXT)
SOON, DUE = at(DECREE)["start"], at("ngày 15/6/2024")["start"]
# fmt: off
DAMAGES = [
    ("NFD", tail(unicodedata.normalize("NFD", "Trang cuối")), "the text is not NFC"),
    ("CRLF", tail("Trang cuối\r"), "the text has line ends other than LF"),
    ("a line that nobody marked", lambda d: d["lines"].pop(), "the lines do not cover the text"),
    ("a line one letter short", put("lines.0.end", 3), "the lines do not cover the text"),
    ("lines out of order", swapped("lines"), "the lines do not cover the text"),
    ("an unknown role", put("lines.0.role", "Z"), "line at 0: no role 'Z'"),
    ("an entity past the end", put("entities.6.end", END + 1), f"entities: {END - 23}-{END + 1} lies outside the text"),
    ("an empty entity", put("entities.0.end", at("Sở Xây dựng")["start"]), f"entities: {SOON - 26}-{SOON - 26} lies outside the text"),
    ("an entity of other words", put("entities.0.text", "Sở Nội vụ"),
     f"entities: {SOON - 26}-{SOON - 15} is 'Sở Xây dựng', not 'Sở Nội vụ'"),
    ("a citation of other words", put("citations.0.text", "Nghị định"),
     f"citations: {SOON}-{SOON + len(DECREE)} is '{DECREE}', not 'Nghị định'"),
    ("an entity with a blank", wider, "entities: 'Sở Xây dựng ' begins or ends with a blank"),
    ("entities out of order", swapped("entities"),
     f"entities: 'Sở Xây dựng' at {SOON - 26} overlaps the one before, or is out of order"),
    ("entities that share a letter",
     both(put("entities.2.start", SOON + len(DECREE) - 1), put("entities.2.text", "P ngày 05/3/2020")),
     f"entities: 'P ngày 05/3/2020' at {SOON + len(DECREE) - 1} overlaps the one before, or is out of order"),
    ("citations out of order", swapped("citations"),
     f"citations: '{DECREE}' at {SOON} overlaps the one before, or is out of order"),
    ("an unknown type", put("entities.0.type", "ORG"), "entities: no type 'ORG'"),
    ("an entity in the letterhead", lambda d: d["entities"].insert(0, entity("LOCATION", "TỈNH MẪU")),
     "entities: 'TỈNH MẪU' at 5 stands outside title, headings and units"),
    ("an entity among the addressees", lambda d: d["entities"].insert(0, entity("AGENCY", "Sở Nội vụ", "Sở Nội vụ")),
     f"entities: 'Sở Nội vụ' at {at('Sở Nội vụ')['start']} stands outside title, headings and units"),
    ("a place in the signature", put("entities.6.type", "LOCATION"),
     f"entities: 'Trần Mẫu Thử' at {END - 23} stands outside title, headings and units"),
    ("a date without a value", put("entities.4.value", None), f"entities: the date 'ngày 15/6/2024' at {DUE} has the value None"),
    ("a date that is not ISO", put("entities.4.value", "15/6/2024"),
     f"entities: the date 'ngày 15/6/2024' at {DUE} has the value '15/6/2024'"),
    ("an agency without a value", put("entities.0.value", None), f"entities: the agency 'Sở Xây dựng' at {SOON - 26} has no value"),
    ("a citation that is no entity", put("entities.1.type", "LOCATION"),
     "the citations and the entities of type INSTRUMENT are not the same spans"),
    ("an entity that is no citation", lambda d: d["citations"].pop(),
     "the citations and the entities of type INSTRUMENT are not the same spans"),
    ("an unknown relation", put("citations.0.relation", "cites"), "citations: no relation 'cites'"),
    ("an agent that is not cited", put("citations.0.agent", "k9"), f"citations: '{DECREE}' has the agent 'k9', which is not cited"),
    ("one key of two instruments", again, "citations: k1 is said to be two things"),
    ("a parent that is not there", put("sections.0.parent", "s0"), "sections: s1 has no parent s0"),
    ("a section past the end", put("sections.0.end", END + 1), "sections: s1 has impossible offsets"),
    ("a heading longer than its section", put("sections.0.heading_end", END), "sections: s1 has impossible offsets"),
    ("a section without a heading", put("sections.0.heading_end", at(HEADING)["start"]), "sections: s1 has impossible offsets"),
    ("units that overlap", put("units.1.start", at(FIRST)["end"] - 1), "units: u2 overlaps the one before or lies outside the text"),
    ("a unit past the end", put("units.2.end", END + 1), "units: u3 overlaps the one before or lies outside the text"),
    ("an empty unit", put("units.2.end", at("Văn phòng")["start"]), "units: u3 overlaps the one before or lies outside the text"),
    ("a unit of no kind", put("units.0.kind", "item"), "units: u1 is of no kind 'item'"),
    ("a unit of no section", put("units.0.section", "s9"), "units: u1 has no section s9"),
]
UNNAMED = [
    ("a unit before the text", put("units.0.start", -1), "units: u1 overlaps the one before or lies outside the text"),
    ("a section before the text", put("sections.0.start", -1), "sections: s1 has impossible offsets"),
    ("a day that no calendar has", put("entities.4.value", "2024-02-30"),
     f"entities: the date 'ngày 15/6/2024' at {DUE} has the value '2024-02-30'"),
]
# fmt: on


@pytest.mark.parametrize(("damage", "expected"), [row[1:] for row in DAMAGES], ids=[r[0] for r in DAMAGES])  # fmt: skip
def test_damage_is_named_and_nothing_else(
    tmp_path: Path, damage: Callable[[Data], None], expected: str
) -> None:
    doc = named("a")
    damage(doc)
    assert check(write(tmp_path, doc)) == [f"a: {expected}"]


@pytest.mark.parametrize(("damage", "expected"), [row[1:] for row in UNNAMED], ids=[r[0] for r in UNNAMED])  # fmt: skip
def test_damage_that_is_not_named_yet(
    tmp_path: Path, damage: Callable[[Data], None], expected: str
) -> None:
    doc = named("a")
    damage(doc)
    assert check(write(tmp_path, doc)) == [f"a: {expected}"]


# fmt: off
TYPES = [
    ("entities.0.unsure", "yes", "entities 1: unsure is 'yes', not true or false"),
    ("entities.4.value", 5,      "entities 5: value is 5, not text or null"),
    ("entities.0.start", True,   "entities 1: start is True, not a whole number"),
    ("entities.0.type", {},      "entities 1: type is {}, not text"),
    ("meta.date", 5,             "meta: date is 5, not text or null"),
    ("meta.kind", [],            "meta: kind is [], not text or null"),
    ("meta.conclusions", 1,      "meta: conclusions is 1, not true or false"),
    ("lines.0.role", [],         "lines 1: role is [], not text"),
    ("sections.0.id", [],        "sections 1: id is [], not text"),
    ("sections.0.heading_end", None, "sections 1: heading_end is None, not a whole number"),
    ("units.0.section", {},      "units 1: section is {}, not text or null"),
    ("citations.0.key", [],      "citations 1: key is [], not text"),
    ("citations.0.year", "2020", "citations 1: year is '2020', not a whole number or null"),
    ("id", 7,                    "id is 7, not text"),
    ("meta", [],                 "meta is [], not an object"),
    ("header", 1,                "header is 1, not an object"),
    ("signature", [],            "signature is [], not an object or null"),
    ("signature", {"name": 1},   "signature: name is 1, not text or null"),
    ("recipients", ["a", 1],     "recipient 2 is 1, not text"),
]
# fmt: on


@pytest.mark.parametrize(("path", "value", "expected"), TYPES)
def test_a_value_of_another_type(tmp_path: Path, path: str, value: object, expected: str) -> None:
    write(tmp_path, named("a"))
    doc = named("a")
    put(path, value)(doc)
    file = tmp_path / "documents/a.json"
    file.write_text(json.dumps(doc), encoding="utf-8")
    wrong = f"{file}: no document of the corpus (of another type: {expected})"
    assert check(tmp_path) == [wrong]
    with pytest.raises(ValueError, match="of another type"):
        tables(tmp_path)


def test_problems_of_a_document_made_by_hand() -> None:
    lines = (Line([], 0, 1), Line("L", None, 1))  # type: ignore[arg-type]
    assert list(problems(CorpusDocument("w", {}, "a", lines=lines))) == [
        "lines 1: role is [], not text",
        "lines 2: start is None, not a whole number",
    ]


def test_several_kinds_of_damage_are_all_named(tmp_path: Path) -> None:
    doc = named("a")
    both(put("lines.0.role", "Z"), put("units.0.kind", "item"), wider_citation)(doc)
    assert check(write(tmp_path, doc)) == [
        "a: line at 0: no role 'Z'",
        f"a: entities: '{DECREE} ' begins or ends with a blank",
        f"a: citations: '{DECREE} ' begins or ends with a blank",
        "a: units: u1 is of no kind 'item'",
    ]


def test_what_is_unsure_needs_no_value(tmp_path: Path) -> None:
    doc = named("a")
    for i in (0, 4):
        doc["entities"][i].update(value=None, unsure=True)
    assert check(write(tmp_path, doc)) == []


@pytest.mark.parametrize(
    "value",
    ["2024", "2024-Q2", "2024-05", "2024-05-06", "2024-05-06T07:30", "2024-W05", "2021/2025",
     "2024-05-01/2024-05-06", "2024-Q1/2024-Q2"],
)  # fmt: skip
def test_dates_as_the_guideline_writes_them(tmp_path: Path, value: str) -> None:
    doc = named("a")
    put("entities.4.value", value)(doc)
    assert check(write(tmp_path, doc)) == []


# ---------------------------------------------------------------- damage around the documents


def test_a_document_in_two_splits(tmp_path: Path) -> None:
    write(tmp_path, named("a"), named("b"), train=["a", "b"], dev=["b"], test=[])
    assert check(tmp_path) == ["b: in more than one split"]


def test_a_document_in_no_split(tmp_path: Path) -> None:
    write(tmp_path, named("a"), named("b"), train=["a"], dev=[], test=[])
    assert check(tmp_path) == ["b: in no split"]


def test_a_document_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, named("a"), train=["a"], dev=["b"], test=[])
    path = tmp_path / "documents/b.json"
    missing = f"the file {path} is missing: put it back, or take b out of splits.json"
    assert check(tmp_path) == [f"b: {missing}"]
    with pytest.raises(FileNotFoundError) as caught:
        list(load(tmp_path))
    assert str(caught.value) == missing


def test_a_document_that_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, named("a"), named("b"))
    (tmp_path / "documents/a.json").unlink()
    (tmp_path / "documents/a.json").mkdir()
    (wrong,) = check(tmp_path)
    assert wrong.startswith(f"{tmp_path / 'documents/a.json'} cannot be read (")


def test_a_document_that_bears_another_id(tmp_path: Path) -> None:
    write(tmp_path, named("a"))
    path = tmp_path / "documents/a.json"
    path.write_text(json.dumps(named("b")), encoding="utf-8")
    assert check(tmp_path) == ["a: calls itself 'b'"]


# fmt: off
BROKEN = [
    pytest.param(b"{", id="cut off"),
    pytest.param(b"", id="empty"),
    pytest.param("{}".encode("utf-16"), id="not UTF-8"),
    pytest.param(b'{"id": "a"}', id="without a text"),
    pytest.param(b'{"id": "a", "meta": {}, "text": "", "colour": "red"}', id="an unknown field"),
    pytest.param(b'{"id": "a", "meta": {}, "text": "", "units": [{"id": "u1"}]}', id="a unit without offsets"),
    pytest.param(b'{"id": "a", "meta": {}, "text": "", "lines": [["L", 0, 1]]}', id="a line as a list"),
    pytest.param(b'{"id": "a", "meta": {}, "text": "", "lines": 7}', id="lines that are a number"),
    pytest.param(b"[]", id="a list"),
    pytest.param(b"null", id="null"),
]
# fmt: on


@pytest.mark.parametrize("content", BROKEN)
def test_a_file_that_is_no_document(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, named("a"), named("b"))
    path = tmp_path / "documents/a.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.json: no document of the corpus \(") as caught:
        load_file(path)
    assert str(path) in str(caught.value)
    # The others are checked all the same.
    assert check(tmp_path) == [str(caught.value)]


def test_an_offset_that_is_no_number(tmp_path: Path) -> None:
    doc = named("a")
    doc["entities"][0]["start"] = "7"
    assert len(check(write(tmp_path, doc))) == 1


@pytest.mark.parametrize("ask", [check, splits, tables, lambda p: list(load(p))])
def test_no_corpus_there(tmp_path: Path, ask: Callable[[Path], object]) -> None:
    with pytest.raises(FileNotFoundError, match=r"no corpus in .*name the folder data/corpus"):
        ask(tmp_path / "absent")


@pytest.mark.parametrize(
    "content",
    ['{"train": [], "dev": []}', "[]", "{", '{"train": "ab", "dev": [], "test": []}', '{"train": [1], "dev": [], "test": []}'],
    ids=["a split is missing", "a list", "cut off", "a word for a list", "a number for an id"],
)  # fmt: skip
def test_splits_that_cannot_be_read(tmp_path: Path, content: str) -> None:
    write(tmp_path, named("a"))
    (tmp_path / "splits.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"splits\.json"):
        splits(tmp_path)


def test_no_such_split(tmp_path: Path) -> None:
    write(tmp_path, named("a"))
    with pytest.raises(ValueError, match="no split 'tests': choose one of train, dev, test"):
        list(load(tmp_path, "tests"))


def test_load_is_sorted_and_split_by_split(tmp_path: Path) -> None:
    write(tmp_path, *map(named, "abcd"), train=["d", "b"], dev=["c"], test=["a"])
    assert [d.id for d in load(tmp_path)] == ["a", "b", "c", "d"]
    assert [d.id for d in load(tmp_path, "train")] == ["b", "d"]
    assert [d.id for d in load(str(tmp_path), "dev")] == ["c"]


# ---------------------------------------------------------------- a document of its own


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> CorpusDocument:
    folder = write(tmp_path_factory.mktemp("corpus"), named("a"))
    return load_file(folder / "documents/a.json")


def test_a_document_is_what_its_file_says(small: CorpusDocument) -> None:
    assert repr(small) == "CorpusDocument(a, 'Thông báo', 3 units, 7 entities, 2 citations)"
    assert list(problems(small)) == []
    assert [small.text[a:b] for a, b in small.marked()] == [
        w for r, w in ROWS if r in ("T", "S", "B", "P", "+")
    ]


def test_a_wrapped_line_counts_as_what_it_continues() -> None:
    roles = "L+T+X+K+B+"
    lines = tuple(Line(role, 2 * i, 2 * i + 1) for i, role in enumerate(roles))
    doc = CorpusDocument("w", {}, "a\n" * len(roles), lines=lines)
    # A footnote or a table stands between the line and what continues it.
    assert [a // 2 for a, _ in doc.marked()] == [2, 3, 5, 8, 9]


def test_json_has_one_annotation_a_line_and_comes_back(
    small: CorpusDocument, tmp_path: Path
) -> None:
    text = small.to_json()
    rows = [x for x in text.split("\n") if x.startswith("  {")]
    layers = ("lines", "sections", "units", "entities", "citations")
    assert len(rows) == sum(len(getattr(small, layer)) for layer in layers)
    assert "\\u" not in text
    assert '"unsure"' not in text  # what says nothing is not written
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    assert load_file(path) == small
    assert load_file(path).to_json() == text


def test_counts_and_tables(small: CorpusDocument, tmp_path: Path) -> None:
    orders = (Order("u1", (Share("Sở Y tế"),), due=(Term(0, 3, "x", "date", "by"),)),)
    labels = (Labelled("u1", ("review", "deadline")), Labelled("u2"))
    marked = dataclasses.replace(small, labels=labels, directives=orders)
    assert counts([marked, small]) == {
        "documents": 2, "notices of conclusions": 2, "words": 2 * len(TEXT.split()), "sections": 2,
        "units": 6, "citations": 4, "AGENCY": 4, "DATE": 4, "INSTRUMENT": 4, "PERSON": 2, "unsure": 0,
        "supplement": 0, "review": 1, "deadline": 1, "no label": 1, "directives": 1,
        "assignees": 1, "due expressions": 1,
    }  # fmt: skip
    assert spread([small], "area") == Counter({"–": 1})
    shown = tables(write(tmp_path, *map(named, "abcd"))).split("\n")
    assert shown[0].split() == ["train", "dev", "test", "all"]
    assert shown[1].split() == ["documents", "1", "1", "2", "4"]
    assert "Thông báo 4" in shown
    assert shown[-2:] == ["Years (1)", "2024 4"]


def test_a_split_without_entities_of_a_type(tmp_path: Path) -> None:
    bare = {**named("b"), "entities": [], "citations": []}
    shown = tables(write(tmp_path, named("a"), bare)).split("\n")
    assert next(x for x in shown if x.startswith("AGENCY")).split() == [
        "AGENCY",
        "2",
        "0",
        "0",
        "2",
    ]


# ---------------------------------------------------------------- the corpus of congvan


@pytest.fixture(scope="module")
def docs() -> list[CorpusDocument]:
    return list(load(CORPUS))


def test_every_offset_of_the_corpus_holds() -> None:
    assert check(CORPUS) == []


def test_the_corpus_is_as_large_as_it_says(docs: list[CorpusDocument]) -> None:
    assert len(docs) >= 160
    assert {d.id: len(d.units) for d in docs if not 12 <= len(d.units) <= 60} == {}
    assert sum(len(d.units) for d in docs) >= 5000
    assert 3 * sum(bool(d.meta["conclusions"]) for d in docs) >= len(docs)


def test_splits_are_apart_and_cover_the_corpus() -> None:
    ids = [i for group in splits(CORPUS).values() for i in group]
    assert sorted(ids) == sorted(p.stem for p in (CORPUS / "documents").glob("*.json"))
    assert all(splits(CORPUS).values())


def test_every_file_is_written_as_it_was_read() -> None:
    paths = sorted((CORPUS / "documents").glob("*.json"))
    assert paths
    assert [p.name for p in paths if load_file(p).to_json().encode() != p.read_bytes()] == []


def test_no_two_documents_share_a_passage(docs: list[CorpusDocument]) -> None:
    """Forty words in a row, letterheads, addressees, recipients and signatures left out."""
    first: dict[tuple[str, ...], str] = {}
    shared = set()
    for doc in docs:
        words: list[str] = []
        role = ""
        for line in doc.lines:
            role = role if line.role == "+" else line.role
            if role not in "LKRG":
                words += doc.text[line.start : line.end].split()
        for i in range(len(words) - 39):
            owner = first.setdefault(tuple(words[i : i + 40]), doc.id)
            if owner != doc.id:
                shared.add((owner, doc.id))
    assert first
    assert shared == set()
