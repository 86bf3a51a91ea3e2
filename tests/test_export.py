"""Exports: what goes out comes back to the character, and what was changed is refused."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin

import congvan
from congvan import cli
from congvan.document import Document, Entity, Items, Source
from congvan.export import (
    FORMATS,
    Annotated,
    checksum,
    from_conll,
    from_docbin,
    from_doccano,
    to_conll,
    to_docbin,
    to_doccano,
)
from congvan.spacy_pipe import language

NOTICES = sorted((Path(__file__).parents[1] / "data" / "notices").glob("[0-9]*"))


@cache
def documents() -> tuple[Document, ...]:
    return tuple(congvan.load().read_file(p) for p in NOTICES)


def document(
    text: str, *entities: tuple[str, int, int, str | None], name: str = "thử.txt"
) -> Document:
    """Returns a document with these entities and no more."""
    items = Items(
        Entity(f"e{i}", kind, start, end, text[start:end], value)
        for i, (kind, start, end, value) in enumerate(entities, 1)
    )
    return Document(text=text, source=Source(path=name), entities=items)


def there_and_back(name: str, docs: Iterable[Document]) -> list[Annotated]:
    """Returns what a file of this format gives back, by way of its bytes."""
    if name == "docbin":
        return list(from_docbin(to_docbin(docs)))
    out, back = {
        "doccano": (to_doccano, from_doccano),
        "conll": (to_conll, from_conll),
    }[name]
    data = "".join(f"{line}\n" for line in out(docs)).encode()
    return list(back(data.decode().split("\n")))


def kept(doc: Document | Annotated) -> list[tuple[Any, ...]]:
    return [(e.id, e.type, e.start, e.end, e.text, e.value) for e in doc.entities]


# ---------------------------------------------------------------- exactly back


@pytest.mark.parametrize("name", FORMATS)
def test_all_notices_come_back(name: str) -> None:
    docs = documents()
    assert len(docs) == 15
    back = there_and_back(name, docs)
    assert [b.id for b in back] == [d.source.path for d in docs]
    for doc, found in zip(docs, back, strict=True):
        assert found.text == doc.text
        assert kept(found) == kept(doc)
        assert len(found.entities) > 20
    assert sum(e.value is not None for b in back for e in b.entities) > 500


# fmt: off
SPECIAL = {
    "no entities":       document("rà soát giải ngân"),
    "empty":             document(""),
    "empty lines":       document("\n\nSở Y tế\n\n\n", ("AGENCY", 2, 9, "Sở Y tế")),
    "no value":          document("xã Yên Khoái", ("LOCATION", 0, 12, None)),
    "side by side":      document("Lạng Sơn Cao Bằng", ("LOCATION", 0, 8, "1"), ("LOCATION", 9, 17, "2")),
    "without a blank":   document("Hà Nội,Huế", ("LOCATION", 0, 6, "1"), ("PERSON", 7, 10, "2")),
    "same words twice":  document("Sở Y tế và Sở Y tế", ("AGENCY", 0, 7, "1"), ("AGENCY", 11, 18, None)),
    "begins in a word":  document("rà soát giải ngân", ("LOCATION", 3, 7, "x")),
    "ends in a syllable": document("rà soát giải ngân", ("LOCATION", 9, 11, "x")),
    "at the end":        document("họp ở Huế", ("LOCATION", 6, 9, "x")),
    "two blanks":        document("họp  ở  Huế ", ("LOCATION", 8, 11, "x")),
    "quotes":            document('ở "Huế\\" \'', ("LOCATION", 3, 6, '"\\')),
    "looks like CoNLL":  document("# text = 1\n-DOCSTART-\t-\n# sha256 = 0", ("DATE", 9, 10, "x")),
    "hash":              document("# Huế", ("LOCATION", 2, 5, "x")),
    "odd value":         document("Huế", ("LOCATION", 0, 3, "a\tb\n# c = d\u2028")),
    "odd type":          document("Huế", ("I-B", 0, 3, "x")),
    "odd name":          document("Huế", ("LOCATION", 0, 3, "x"), name='thư mục/a "b"\t#.txt'),
    "emoji":             document("ở 👩‍👧 Huế 🏛️", ("LOCATION", 6, 9, "x")),
    "NFD":               document("ở Huê\u0301 họp", ("LOCATION", 2, 6, "x")),
    "zero width":        document("ở\u200b Hu\u200bế họp", ("LOCATION", 3, 7, "x")),
    "form feed":         document("ở Huế\x0chọp\x1c\x85", ("LOCATION", 2, 5, "x")),
    "CRLF":              document("Huế\r\nhọp ở Huế\r\n", ("LOCATION", 11, 14, "x")),
}
# fmt: on


@pytest.mark.parametrize("case", SPECIAL)
@pytest.mark.parametrize("name", FORMATS)
def test_special_texts_come_back(name: str, case: str) -> None:
    doc = SPECIAL[case]
    (found,) = there_and_back(name, [doc])
    assert (found.id, found.text, kept(found)) == (doc.source.path, doc.text, kept(doc))


@pytest.mark.parametrize("name", FORMATS)
def test_many_special_texts_in_one_file(name: str) -> None:
    docs = list(SPECIAL.values())
    back = there_and_back(name, docs)
    assert [(b.id, b.text, kept(b)) for b in back] == [
        (d.source.path, d.text, kept(d)) for d in docs
    ]
    assert there_and_back(name, []) == []


pieces = st.sampled_from(
    "Giao Sở Y tế |rà soát |giải ngân |Nghị định số 82/2018/NĐ-CP |ngày 13/11/2020|UBND tỉnh Lạng Sơn|\n|\n\n| |.|;"
    '|# |-DOCSTART-|= |bà Lã Thị Kim Oanh|1. |- |THÔNG BÁO\n|👩‍👧|\x0c|\u0301|Ð|Nơi nhận:|"|\\'.split(
        "|"
    )
)


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(pieces, max_size=30).map("".join))
def test_any_document_comes_back(name: str, text: str) -> None:
    doc = congvan.load().read_text(text)
    (found,) = there_and_back(name, [doc])
    assert found.text == doc.text
    assert kept(found) == kept(doc)


@pytest.mark.parametrize("segmenter", ["syllable", "underthesea"])
def test_another_segmenter_gives_the_same_entities(segmenter: str) -> None:
    doc = documents()[1]
    nlp = language(segmenter)
    assert kept(next(from_conll(to_conll([doc], nlp=nlp)))) == kept(doc)
    assert kept(next(from_docbin(to_docbin([doc], nlp=nlp)))) == kept(doc)


def test_conll_over_two_lines() -> None:
    doc = document("Giao Sở Kế hoạch\nvà Đầu tư họp", ("AGENCY", 5, 26, "Sở Kế hoạch và Đầu tư"))
    (found,) = there_and_back("conll", [doc])
    assert kept(found) == kept(doc)


def test_conll_with_a_tab_in_a_name() -> None:
    doc = document("ở Lạng\tSơn", ("AGENCY", 2, 10, "x"))
    (found,) = there_and_back("conll", [doc])
    assert kept(found) == kept(doc)


@pytest.mark.parametrize("name", ["conll", "docbin"])
def test_an_entity_that_ends_inside_a_word(name: str) -> None:
    doc = document("rà soát giải ngân", ("LOCATION", 8, 12, "x"))
    (found,) = there_and_back(name, [doc])
    assert kept(found) == kept(doc)


# ---------------------------------------------------------------- what the files look like


def test_doccano_is_what_doccano_reads() -> None:
    doc = document("họp ở Huế", ("LOCATION", 6, 9, "Huế"), name="a.txt")
    (line,) = to_doccano([doc])
    assert "\n" not in line
    assert "Huế" in line  # letters, not \u escapes
    assert json.loads(line) == {
        "id": "a.txt",
        "text": "họp ở Huế",
        "label": [[6, 9, "LOCATION"]],
        "meta": {
            "source": "a.txt",
            "sha256": checksum("họp ở Huế"),
            "values": {"6-9 LOCATION": "Huế"},
        },
    }


def test_conll_is_words_and_tags() -> None:
    doc = document("Giao Sở Y tế rà soát.\n\nXong.", ("AGENCY", 5, 12, "Sở Y tế"), name="a.txt")
    lines = list(to_conll([doc]))
    assert lines[0] == '-DOCSTART-\t-\t-\tO\t"a.txt"'
    assert [line for line in lines if "\t" in line][1:] == [
        "Giao\t0\t4\tO",
        "Sở Y tế\t5\t12\tB-AGENCY",
        "rà soát\t13\t20\tO",
        ".\t20\t21\tO",
        "Xong\t23\t27\tO",
        ".\t27\t28\tO",
    ]
    assert [line for line in lines if line.startswith("# text")] == [
        '# text = "Giao Sở Y tế rà soát."',
        '# text = ""',
        '# text = "Xong."',
    ]


def test_conll_tags_the_words_of_an_entity() -> None:
    doc = document(
        "ngày 13/11/2020 và ngày 05/01/2021", ("DATE", 0, 15, None), ("DATE", 19, 34, None)
    )
    tags = [line.split("\t")[3] for line in to_conll([doc]) if line.count("\t") == 3]
    assert tags == ["B-DATE", "I-DATE", "O", "B-DATE", "I-DATE"]


def test_a_tag_corrected_by_hand_counts() -> None:
    doc = document("ở xã Yên Khoái họp", ("LOCATION", 2, 14, "xã Yên Khoái"))
    lines = [x.replace("B-LOCATION", "O").replace("I-LOC", "B-LOC") for x in to_conll([doc])]
    (found,) = from_conll(lines)
    assert kept(found) == [("e1", "LOCATION", 5, 14, "Yên Khoái", None)]
    # "I-" without a "B-" before it begins an entity too, as many tools write it.
    (found,) = from_conll([x.replace("B-LOC", "I-LOC") for x in to_conll([doc])])
    assert kept(found) == kept(doc)


def test_docbin_is_what_spacy_reads() -> None:
    doc = documents()[0]
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "congvan.Tokenizer.v1"}}})
    (found,) = DocBin(store_user_data=True).from_bytes(to_docbin([doc])).get_docs(nlp.vocab)
    assert found.text == doc.text
    assert [(e.text, e.label_, e.kb_id_ or None) for e in found.ents] == [
        (e.text, e.type, e.value) for e in doc.entities
    ]
    assert [(s.text, s.id_) for s in found.spans["units"]] == [(u.text, u.id) for u in doc.units]
    assert [s.label_ for s in found.spans["citations"]] == [c.relation for c in doc.citations]
    assert len(found.spans["sections"]) == len(doc.sections) > 0


# ---------------------------------------------------------------- doccano: what comes back


def record(**fields: Any) -> str:
    return json.dumps({"text": "họp ở Huế", **fields}, ensure_ascii=False)


TRIPLE = [6, 9, "LOCATION"]
OBJECT = {"id": 7, "label": "LOCATION", "start_offset": 6, "end_offset": 9}


# fmt: off
SPELLINGS = {
    "label":               record(label=[TRIPLE]),
    "labels":              record(labels=[TRIPLE]),
    "entities":            record(entities=[OBJECT], relations=[], Comments=[]),
    "data, not text":      json.dumps({"data": "họp ở Huế", "label": [TRIPLE]}),
    "label and entities":  record(label=[], entities=[OBJECT]),
    "meta is null":        record(label=[TRIPLE], meta=None),
    "escaped":             json.dumps({"text": "họp ở Huế", "label": [TRIPLE]}, ensure_ascii=True),
}
# fmt: on


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_of_doccano(name: str) -> None:
    (found,) = from_doccano(["", SPELLINGS[name], "  \n"])
    assert (found.text, kept(found)) == ("họp ở Huế", [("e1", "LOCATION", 6, 9, "Huế", None)])


def test_both_spellings_bring_values_back() -> None:
    doc = documents()[0]
    (line,) = to_doccano([doc])
    row = json.loads(line)
    row["entities"] = [
        {"id": i, "start_offset": a, "end_offset": b, "label": kind}
        for i, (a, b, kind) in enumerate(row.pop("label"))
    ]
    row["id"] = 1  # doccano gives numbers of its own
    (found,) = from_doccano([json.dumps(row)])
    assert (found.id, found.text, kept(found)) == (doc.source.path, doc.text, kept(doc))


def test_labels_come_back_in_reading_order() -> None:
    doc = document("Huế và Vinh", ("LOCATION", 0, 3, "1"), ("LOCATION", 7, 11, "2"))
    row = json.loads(next(iter(to_doccano([doc]))))
    row["label"].reverse()
    row["label"].append([4, 6, "DATE"])  # somebody's addition has no value
    (found,) = from_doccano([json.dumps(row)])
    assert kept(found) == [
        ("e1", "LOCATION", 0, 3, "Huế", "1"),
        ("e2", "DATE", 4, 6, "và", None),
        ("e3", "LOCATION", 7, 11, "Vinh", "2"),
    ]


def test_a_record_without_a_name_is_called_by_its_line() -> None:
    found = list(
        from_doccano([record(), "", record(id=12), record(id=12, meta={"source": "a.txt"})])
    )
    assert [f.id for f in found] == ["1", "12", "a.txt"]


# fmt: off
BAD_RECORDS = {
    "no JSON":            ("{",                                           "no doccano record"),
    "cut off":            (record(label=[TRIPLE])[:-5],                   "no doccano record"),
    "a list":             ("[]",                                          "no doccano record"),
    "a number":           ("1",                                           "no doccano record"),
    "a string":           ('"text"',                                      "no doccano record"),
    "null":               ("null",                                        "no doccano record"),
    "no text":            ('{"label": []}',                               "no doccano record"),
    "a pair":             (record(label=[[6, 9]]),                        "no doccano record"),
    "offset is no number": (record(label=[["x", 9, "A"]]),                "no doccano record"),
    "labels are a number": (record(label=5),                              "no doccano record"),
    "entity is empty":    (record(entities=[{}]),                         "no doccano record"),
    "entity is a string": (record(entities=["x"]),                        "no doccano record"),
    "ends outside":       (record(label=[[6, 10, "A"]]),                  "the span 6-10 lies outside the text"),
    "begins outside":     (record(entities=[{**OBJECT, "start_offset": -1}]), "the span -1-9 lies outside the text"),
    "both outside":       (record(label=[[60, 90, "A"]]),                 "the span 60-90 lies outside the text"),
    "turned round":       (record(label=[[9, 6, "A"]]),                   "the span 9-6 lies outside the text"),
    "empty span":         (record(label=[[6, 6, "A"]]),                   "the span 6-6 lies outside the text"),
    "another text":       (record(meta={"sha256": checksum("họp ở Vinh")}), "the text is not the one that was exported"),
}
# fmt: on


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_a_bad_record_is_named_by_its_line(name: str) -> None:
    line, words = BAD_RECORDS[name]
    found = from_doccano([record(id="a"), "", line, record(id="b")])
    assert next(found).id == "a"
    with pytest.raises(ValueError, match=rf"^line 3: {words}"):
        next(found)


@pytest.mark.parametrize(
    "line",
    [
        record(meta="x"),
        record(meta=[1]),
        record(label=[TRIPLE], meta={"values": "x"}),
        '{"text": 5, "label": []}',
        '{"text": null, "label": []}',
    ],
)
def test_a_record_of_other_types_is_named_by_its_line(line: str) -> None:
    with pytest.raises(ValueError, match=r"^line 1: no doccano record"):
        list(from_doccano([line]))


# ---------------------------------------------------------------- changed texts

# fmt: off
CHANGES: dict[str, Callable[[str], str]] = {
    "CRLF":             lambda text: text.replace("\n", "\r\n"),
    "one letter":       lambda text: text.replace("Giao", "giao", 1),
    "end stripped":     str.rstrip,
    "blank at the end": lambda text: text + " ",
}
# fmt: on


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_text_is_refused(name: str) -> None:
    doc = congvan.load().read_text("Giao Sở Y tế rà soát.\nBáo cáo trước ngày 15/6/2024.\n")
    assert CHANGES[name](doc.text) != doc.text
    first, second = to_doccano([doc, doc])
    row = json.loads(second)
    row["text"] = CHANGES[name](doc.text)
    found = from_doccano([first, json.dumps(row)])
    assert kept(next(found)) == kept(doc)
    with pytest.raises(ValueError, match=r"^line 2: the text is not the one that was exported"):
        next(found)


def test_a_changed_text_is_refused_in_conll() -> None:
    doc = dataclasses.replace(documents()[0], source=Source(path="a.txt"))
    lines = list(to_conll([doc]))
    at = next(i for i, line in enumerate(lines) if line.startswith("# text") and len(line) > 20)
    for changed in (
        [*lines[:at], lines[at].replace('"', '" ', 1), *lines[at + 1 :]],
        [*lines[:at], *lines[at + 1 :]],
        [*lines[:at], lines[at], *lines[at:]],
    ):
        with pytest.raises(ValueError, match=r"^a\.txt: the text is not the one that was exported"):
            list(from_conll(changed))
    assert kept(next(from_conll(lines))) == kept(doc)


def test_a_changed_text_is_refused_in_docbin() -> None:
    good = documents()[0].to_spacy()
    good.user_data["congvan"] = {"name": "a.txt", "sha256": checksum(good.text + " ")}
    box = DocBin(docs=[good], store_user_data=True)
    with pytest.raises(ValueError, match=r"^a\.txt: the text is not the one that was exported"):
        list(from_docbin(box.to_bytes()))


def test_a_docbin_of_others_is_read() -> None:
    doc = documents()[0].to_spacy()
    (found,) = from_docbin(DocBin(docs=[doc]).to_bytes())
    assert (found.id, found.text) == ("1", doc.text)
    assert [e.text for e in found.entities] == [e.text for e in doc.ents]


HEAD = '-DOCSTART-\t-\t-\tO\t"a.txt"'
TEXT = '# text = "họp ở Huế"'


# fmt: off
BAD_CONLL = {
    "columns missing":   ([HEAD, TEXT, "Huế\tO"],             "line 3: expected word, start, end and tag"),
    "parted by blanks":  ([HEAD, TEXT, "Huế 6 9 B-LOCATION"], "line 3: expected word, start, end and tag"),
    "no document":       (["Huế\t6\t9\tO"],                   "line 1: expected word, start, end and tag"),
    "span outside":      ([HEAD, TEXT, "Huế\t6\t19\tB-A"],    "a.txt: the span 6-19 lies outside the text"),
    "offset no number":  ([HEAD, TEXT, "Huế\tx\t9\tB-A"],     ""),
    "text no JSON":      ([HEAD, "# text = họp"],             ""),
}
# fmt: on


@pytest.mark.parametrize("name", BAD_CONLL)
def test_a_bad_conll_file_is_refused(name: str) -> None:
    lines, words = BAD_CONLL[name]
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        list(from_conll(lines))


@pytest.mark.parametrize("head", ["-DOCSTART- -X- -X- O", "-DOCSTART-", "-DOCSTART-\t-\t-\tO"])
def test_a_conll_file_of_others_is_refused(head: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        list(from_conll([head, "", "EU NNP B-NP B-ORG"]))


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c", b"{}"])
def test_what_is_no_docbin_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^no DocBin of spaCy"):
        list(from_docbin(data))


# ---------------------------------------------------------------- the command

Run = Callable[..., tuple[int, str, str]]

LETTER = "Giao Sở Y tế rà soát theo Nghị định số 82/2018/NĐ-CP trước ngày 15/6/2024.\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Returns a function from arguments to ``(status, stdout, stderr)``, in a folder of files."""
    monkeypatch.chdir(tmp_path)
    Path("một.txt").write_text(LETTER, encoding="utf-8")
    Path("hai.txt").write_text("Giao Sở Nội vụ họp ngày 01/02/2024.\n", encoding="utf-8")
    Path("hỏng.pdf").write_bytes(b"%PDF-1.4 no more")
    Path("rỗng.txt").write_bytes(b"")
    for name in ("thư mục/b.txt", "thư mục/a/c.txt", "thư mục/.ẩn.txt", "thư mục/d [1].txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"Giao Sở Y tế đọc tệp {Path(name).stem}.\n", encoding="utf-8")

    def call(*args: str) -> tuple[int, str, str]:
        status = cli.main(args)
        out, err = capsys.readouterr()
        return status, out, err

    return call


def load(name: str, path: str) -> list[Annotated]:
    data = Path(path).read_bytes()
    if name == "docbin":
        return list(from_docbin(data))
    lines = data.decode("utf-8").split("\n")
    return list(from_doccano(lines) if name == "doccano" else from_conll(lines))


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_every_format(run: Run, name: str) -> None:
    assert run("export", "một.txt", "hai.txt", "--format", name, "--out", "ra") == (0, "", "")
    nlp = congvan.load()
    found = load(name, "ra")
    assert [f.id for f in found] == ["một.txt", "hai.txt"]
    for f in found:
        doc = nlp.read_file(f.id)
        assert (f.text, kept(f)) == (doc.text, kept(doc))
    assert [e.type for e in found[0].entities] == ["AGENCY", "INSTRUMENT", "DATE"]
    assert [p.name for p in Path().glob(".ra*")] == []


def test_doccano_is_the_default(run: Run) -> None:
    assert run("export", "một.txt", "-o", "ra.jsonl")[0] == 0
    assert [f.id for f in load("doccano", "ra.jsonl")] == ["một.txt"]


def test_the_command_takes_a_segmenter(run: Run) -> None:
    for name in ("pyvi", "syllable"):
        assert (
            run("export", "một.txt", "--format", "conll", "--segmenter", name, "-o", name)[0] == 0
        )
    assert "\nrà soát\t" in Path("pyvi").read_text(encoding="utf-8")
    assert "\nrà\t" in Path("syllable").read_text(encoding="utf-8")
    assert kept(load("conll", "pyvi")[0]) == kept(load("conll", "syllable")[0])


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_is_there_is_not_replaced_unasked(run: Run, name: str) -> None:
    Path("ra").write_text("old", encoding="utf-8")
    status, out, err = run("export", "một.txt", "--format", name, "-o", "ra")
    assert (status, out) == (2, "")
    assert err == "congvan: ra: there is such a file already; name another or add --force\n"
    assert Path("ra").read_text(encoding="utf-8") == "old"
    assert run("export", "một.txt", "--format", name, "-o", "ra", "--force") == (0, "", "")
    assert len(load(name, "ra")) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_what_cannot_be_read_is_named_and_the_rest_is_written(run: Run, name: str) -> None:
    files = ["một.txt", "hỏng.pdf", "không có.txt", "rỗng.txt", "hai.txt"]
    status, out, err = run("export", *files, "--format", name, "-o", "ra")
    assert (status, out) == (1, "")
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["congvan", f] for f in files[1:4]
    ]
    assert "Traceback" not in err
    assert [f.id for f in load(name, "ra")] == ["một.txt", "hai.txt"]


def test_a_folder_is_read_in_the_order_of_its_names(run: Run) -> None:
    assert run("export", "thư mục", "hai.txt", "-o", "ra") == (0, "", "")
    assert [f.id for f in load("doccano", "ra")] == [
        str(Path("thư mục/a/c.txt")),
        str(Path("thư mục/b.txt")),
        str(Path("thư mục/d [1].txt")),
        "hai.txt",
    ]


# fmt: off
WRONG = [
    (["export", "một.txt"],                                     "--out"),
    (["export", "-o", "ra"],                                    "Missing argument"),
    (["export", "một.txt", "-o", "ra", "--format", "xml"],      "--format"),
    (["export", "một.txt", "-o", "ra", "--segmenter", "x"],     "choose one of pyvi, underthesea, syllable, vote"),
]
# fmt: on


@pytest.mark.parametrize(("args", "words"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_wrong_use(run: Run, args: list[str], words: str) -> None:
    status, out, err = run(*args)
    assert (status, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert not Path("ra").exists()


@pytest.mark.parametrize("target", ["không/có.jsonl", "thư mục"])
def test_a_place_that_cannot_be_written(run: Run, target: str) -> None:
    status, out, err = run("export", "một.txt", "-o", target, "--force")
    assert status == 2
    assert out == ""
    assert err.startswith(f"congvan: {target}: ")
    assert err.count("\n") == 1
    assert not list(Path().glob(".*"))


def test_an_input_is_never_written_over(run: Run) -> None:
    status = run("export", "một.txt", "-o", "một.txt", "--force")[0]
    assert Path("một.txt").read_text(encoding="utf-8") == LETTER
    assert status == 2


def test_a_run_that_reads_nothing_leaves_the_old_output(run: Run) -> None:
    Path("ra").write_text("old", encoding="utf-8")
    assert run("export", "hỏng.pdf", "-o", "ra", "--force")[0] == 1
    assert Path("ra").read_text(encoding="utf-8") == "old"


def test_a_link_goes_on_pointing_to_the_new_text(run: Run) -> None:
    Path("ra").write_text("old", encoding="utf-8")
    Path("link").symlink_to("ra")
    Path("ra").chmod(0o600)
    assert run("export", "một.txt", "-o", "link", "--force")[0] == 0
    assert Path("link").is_symlink()
    assert Path("ra").read_text(encoding="utf-8").startswith("{")
    assert Path("ra").stat().st_mode & 0o777 == 0o600  # what was secret stays so


def test_the_file_of_an_earlier_run_is_no_document(run: Run) -> None:
    Path("vào").mkdir()
    Path("vào/một.txt").write_text(LETTER, encoding="utf-8")
    first = run("export", "vào", "-o", "vào/ra.txt")
    text = Path("vào/ra.txt").read_text(encoding="utf-8")
    assert first[0] == 0
    assert run("export", "vào", "-o", "vào/ra.txt", "--force")[0] == 0
    assert Path("vào/ra.txt").read_text(encoding="utf-8") == text


def test_a_span_that_is_labelled_anew_loses_its_value() -> None:
    doc = document("họp ở Huế", ("LOCATION", 6, 9, "thành phố Huế"))
    (line,) = to_doccano([doc])
    (same,) = from_doccano([line])
    (other,) = from_doccano([line.replace('[6, 9, "LOCATION"]', '[6, 9, "AGENCY"]')])
    assert [(e.type, e.value) for e in same.entities] == [("LOCATION", "thành phố Huế")]
    assert [(e.type, e.value) for e in other.entities] == [("AGENCY", None)]


@pytest.mark.parametrize(
    "line",
    ["# text = 5", "# text = {", "# values = []", "a\tx\t1\tO", "a\t0\t-1\tO"],
)
def test_a_damaged_line_of_conll_is_named(line: str) -> None:
    doc = document("họp ở Huế", ("LOCATION", 6, 9, "Huế"))
    head = list(to_conll([doc]))[:2]
    with pytest.raises(ValueError, match=r"^line 3: "):
        list(from_conll([*head, line]))


def test_conll_with_other_line_ends() -> None:
    doc = document("họp ở Huế", ("LOCATION", 6, 9, "Huế"))
    (found,) = from_conll([f"{line}\r\n" for line in to_conll([doc])])
    assert kept(found) == kept(doc)
