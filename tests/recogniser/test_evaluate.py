"""``congvan evaluate ner``: its table and its file, its systems, and gold placed where it stands."""

from __future__ import annotations

import json
import shutil
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from congvan import cli
from congvan.corpus.files import load_file
from congvan.document import Document
from congvan.pipeline import Pipeline
from congvan.recogniser import card, systems
from congvan.recogniser.cases import GOLD_TYPES, TYPES, Case, _placed, corpus_case, gold_cases
from congvan.recogniser.evaluate import main, parser, sources
from congvan.recogniser.examples import readings
from congvan.recogniser.measure import cells, confusions, figures, measure, table
from congvan.recogniser.model import FILE, folder_or_default
from congvan.recogniser.score import Figures, Found, Report
from congvan.recogniser.trials import windowed
from congvan.text import canonical

CORPUS = Path(__file__).parents[2] / "data/corpus"
ID = "d003"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one document to test on."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "documents").mkdir()
    shutil.copy(CORPUS / "documents" / f"{ID}.json", folder / "documents")
    named: dict[str, list[str]] = {"train": [], "dev": [], "test": [ID]}
    (folder / "splits.json").write_text(json.dumps(named), encoding="utf-8")
    return folder


Output = pytest.CaptureFixture[str]


def run(tiny: Path, *args: str) -> int:
    return main(["--data", str(tiny), "--shared", str(tiny / "none"), *args])


# ---------------------------------------------------------------- the command


def test_the_table(tiny: Path, capsys: Output) -> None:
    assert run(tiny, "--quick") == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.split("\n")
    assert lines[1] == "Our corpus, test split (1 documents)"
    assert lines[3].split() == [
        "type",
        "support",
        "system",
        "P",
        "R",
        "F1",
        "partial",
        "F1",
        "value",
    ]
    doc = load_file(tiny / "documents" / f"{ID}.json")
    marked = doc.marked()
    for kind in TYPES:
        support = sum(
            m.type == kind and not m.unsure and any(a <= m.start < b for a, b in marked)
            for m in doc.entities
        )
        rows = [x.split() for x in lines if x.startswith(kind)]
        assert [row[1] for row in rows] == [str(support)] * 2
        assert [row[2] for row in rows] == ["congvan", "rules"]
        # Rules never say who is a person or a place.
        assert ("–" in rows[1][4]) is (kind in ("PERSON", "LOCATION"))
        assert float(rows[0][5]) > 0.8


def test_the_file(tiny: Path, tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "figures.json"
    assert run(tiny, "--quick", "--json", str(path)) == 0
    data = json.loads(path.read_text(encoding="utf-8"))
    assert list(data) == ["Our corpus, test split"]
    ours = data["Our corpus, test split"]
    assert list(ours) == ["congvan", "rules only"]
    assert list(ours["congvan"]) == list(TYPES)
    row = ours["congvan"]["AGENCY"]
    shown = next(x.split() for x in capsys.readouterr().out.split("\n") if x.startswith("AGENCY"))
    assert shown[1] == str(row["support"])
    assert float(shown[3]) == pytest.approx(row["precision"], abs=0.001)
    assert ours["rules only"]["PERSON"]["found"] == 0


def test_confusions_are_listed_if_asked_for(tiny: Path, capsys: Output) -> None:
    assert run(tiny, "--quick", "--errors") == 0
    assert f"{ID}: " in capsys.readouterr().out
    assert run(tiny, "--quick") == 0
    assert f"{ID}: " not in capsys.readouterr().out


def test_nothing_to_measure_on(tmp_path: Path, capsys: Output) -> None:
    assert run(tmp_path, "--quick") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(
        "congvan evaluate ner: nothing to measure on; name the corpus with --data"
    )
    assert err.count("\n") == 1


def test_wrong_use_is_status_2(capsys: Output) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--fast"])
    assert end.value.code == 2
    assert "congvan evaluate ner" in capsys.readouterr().err


def test_every_option_has_help() -> None:
    assert all(action.help for action in parser()._actions)


def test_it_is_reached_by_the_command_line(tmp_path: Path, capsysbinary: Any) -> None:
    here = str(tmp_path)
    assert cli.main(["evaluate", "ner", "--data", here, "--shared", f"{here}/none"]) == 2
    assert b"nothing to measure on" in capsysbinary.readouterr().err


@pytest.mark.parametrize("what", ["model", "document"])
def test_what_the_user_can_mend_is_no_internal_error(
    tiny: Path, tmp_path: Path, what: str, capsysbinary: Any
) -> None:
    data = tmp_path / "tiny"
    shutil.copytree(tiny, data)
    args = ["evaluate", "ner", "--quick", "--data", str(data), "--shared", str(data / "none")]
    if what == "model":
        args += ["--model", str(tmp_path / "absent")]
    else:
        (data / "documents" / f"{ID}.json").write_text("{}", encoding="utf-8")
    assert cli.main(args) != 0
    assert b"internal error" not in capsysbinary.readouterr().err


def test_an_empty_test_split(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "splits.json").write_text('{"train": [], "dev": [], "test": []}', encoding="utf-8")
    assert run(tmp_path, "--quick", "--errors") == 1
    assert f"{tmp_path / 'splits.json'}: the split test is empty" in capsys.readouterr().err


def test_a_bare_file_is_no_model(tiny: Path, tmp_path: Path, capsys: Output) -> None:
    """CRFsuite ends the process on a file with a right header and a damaged rest."""
    whole = (folder_or_default(None) / FILE).read_bytes()
    path = tmp_path / FILE
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    assert run(tiny, "--quick", "--model", str(path)) == 1
    assert f"{path} is a bare file" in capsys.readouterr().err


def test_figures_without_underthesea(
    tiny: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "underthesea", None)
    assert run(tiny) == 0
    out, err = capsys.readouterr()
    assert "congvan" in out
    assert "underthesea" not in out
    assert err == f"congvan evaluate ner: {systems.NO_UNDERTHESEA}\n"


@pytest.mark.parametrize("name", ["absent/figures.json", "."])
def test_figures_that_cannot_be_written(
    tiny: Path, tmp_path: Path, capsys: Output, name: str
) -> None:
    assert run(tiny, "--quick", "--json", str(tmp_path / name)) == 1
    out, err = capsys.readouterr()
    assert out == ""  # nothing was measured in vain
    assert err.startswith(f"congvan evaluate ner: {tmp_path / name} cannot be written")


# fmt: off
GOLD = [
    ("[]",                                                                    "no object with the name of its document"),
    ("{",                                                                     "Expecting property name"),
    ('{"doc": 5}',                                                            "no object with the name of its document"),
    ('{"doc": "a.txt"}',                                                      "no list 'agencies'"),
    ('{"doc": "a.txt", "agencies": [{"line": "1", "text": "a"}]}',            "agencies 1 has no 'line' or no 'text'"),
    ('{"doc": "a.txt", "agencies": [], "dates": [{"line": 1, "text": "a", "value": 5}]}', "dates 1 has a 'value' that is no text"),
    ('{"doc": "a.txt", "agencies": [{"line": 9, "text": "a"}], "dates": [], "citations": []}', "agencies 1 is on line 9"),
    ('{"doc": "b.txt", "agencies": [], "dates": [], "citations": []}',        "cannot be read"),
]
# fmt: on


@pytest.mark.parametrize(("content", "message"), GOLD)
def test_gold_that_is_damaged(tmp_path: Path, capsys: Output, content: str, message: str) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "corpora/instruct").mkdir(parents=True)
    (tmp_path / "corpora/instruct/a.txt").write_text("Sở A", encoding="utf-8")
    path = tmp_path / "gold/x.json"
    path.write_text(content, encoding="utf-8")
    assert main(["--quick", "--data", str(tmp_path), "--shared", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert str(path) in err
    assert message in err


def test_sources(tiny: Path, tmp_path: Path) -> None:
    assert sources(tmp_path, None) == []
    assert sources(tmp_path, tmp_path) == []
    ((title, cases),) = sources(tiny, tmp_path)
    assert title.startswith("Our corpus")
    assert [c.id for c in cases] == [ID]


# ---------------------------------------------------------------- cases of the corpus


@pytest.fixture(scope="module")
def case(tiny: Path) -> Case:
    (reading,) = readings([load_file(tiny / "documents" / f"{ID}.json")])
    return corpus_case(reading)


def test_a_document_of_the_corpus_as_a_case(case: Case, tiny: Path) -> None:
    doc = load_file(tiny / "documents" / f"{ID}.json")
    assert case.types == TYPES
    # Every entity stands in the canonical text as it stands in the file, but for the signature.
    signed = [m for m in doc.entities if not any(a <= m.start < b for a, b in doc.marked())]
    assert all(m.type == "PERSON" for m in signed)
    assert [case.doc.text[g.start : g.end].split() for g in case.gold] == [
        canonical(m.text)[0].split() for m in doc.entities if m not in signed
    ]
    assert all(case.counts(g) for g in case.gold)
    # The letterhead is nobody's business.
    assert not case.counts(Found("AGENCY", 0, 5))


def test_the_gold_scores_full_marks_and_silence_none(case: Case) -> None:
    report, single = measure([case], lambda doc: case.gold)
    assert all(f.prf() == (1, 1, 1) for f in report.types.values() if f.gold)
    assert report.slips == []
    assert [c.id for c, _ in single] == [ID]
    report, single = measure([case], lambda doc: [Found("AGENCY", 0, 5)])
    assert all((f.found, f.right) == (0, 0) for f in report.types.values())
    missed = confusions(single, "AGENCY", 3)
    assert len(missed) == 3
    assert all(x.startswith(f"{ID}: missed: “") and x.endswith("” → –") for x in missed)


def test_confusions_are_spread_and_say_what_was_found(case: Case) -> None:
    agencies = [g for g in case.gold if g.type == "AGENCY"]

    def shifted(doc: Document) -> list[Found]:
        return [g._replace(end=g.end - 1) for g in agencies]

    _, single = measure([case], shifted)
    all_of_them = confusions(single, "AGENCY", 999)
    assert len(all_of_them) == sum(not g.unsure for g in agencies)
    assert all(": border: “" in x for x in all_of_them)
    few = confusions(single, "AGENCY", 4)
    assert few == all_of_them[:: len(all_of_them) // 4][:4]
    assert confusions(single, "PERSON", 4) != []  # all missed
    assert confusions([], "PERSON", 4) == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        (Figures(10_000, 10_000, 9_999, 10_000, 9_998, 9_999), "0.999 0.999 0.999 1.000 0.999"),
        (Figures(3, 3, 2, 2, 0, 0), "0.666 0.666 0.666 0.666 –"),  # the gold says no value
        (Figures(100_000, 100_000, 99_996, 99_996, 1, 1), "0.999 0.999 0.999 0.999 1.000"),
        (Figures(3, 0, 0, 0, 0, 0), "– – – – –"),
    ],
)
def test_figures_are_cut_on_the_console_and_in_the_card(counts: Figures, shown: str) -> None:
    report = Report({"AGENCY": counts})
    assert cells(figures(report)["AGENCY"]) == shown.split()
    assert table([("x", report)])[1][3:] == shown.split()
    block = {"documents": 1, "systems": {"x": figures(report)}}
    assert card._figures(block)[-1].endswith(f"| x | {shown.replace(' ', ' | ')} |")


# ---------------------------------------------------------------- systems

TEXT = "Giao Sở Xây dựng rà soát trước ngày 15/6/2024.\n\nGửi  Sở Nội vụ."


def read(text: str) -> Document:
    return Pipeline(recogniser=False).read_text(text)


def test_rules_and_windows() -> None:
    doc = read(TEXT)
    spans = [(f.type, doc.text[f.start : f.end]) for f in systems.rules(doc)]
    assert spans == [
        ("AGENCY", "Sở Xây dựng"), ("DATE", "ngày 15/6/2024"), ("AGENCY", "Sở Nội vụ"),
    ]  # fmt: skip
    full = Pipeline().read_text(TEXT)
    ours = windowed(folder_or_default(None))(doc)
    assert [(f.type, f.start, f.end, f.value) for f in ours] == [
        (e.type, e.start, e.end, e.value) for e in full.entities
    ]
    assert ours[0] == systems.rules(doc)[0]


def fake_ner(monkeypatch: pytest.MonkeyPatch, words: list[tuple[str, str]]) -> list[str]:
    """Puts a toolkit in underthesea's place that gives these words and tags; returns what it saw."""
    seen: list[str] = []
    module = types.ModuleType("underthesea")
    module.ner = lambda text: (  # type: ignore[attr-defined]
        seen.append(text) or [(w, "", "", t) for w, t in words if w.split(" ")[0] in text]
    )
    monkeypatch.setitem(sys.modules, "underthesea", module)
    return seen


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("Sở", "B-ORG"), ("Xây dựng", "I-ORG"), ("rà soát", "O")],      [("AGENCY", "Sở Xây dựng")]),
        ([("Sở", "B-ORG"), ("Xây dựng", "B-ORG")],                        [("AGENCY", "Sở"), ("AGENCY", "Xây dựng")]),
        ([("Sở", "B-PER"), ("Xây dựng", "I-LOC")],                        [("PERSON", "Sở"), ("LOCATION", "Xây dựng")]),
        ([("Sở", "B-MISC"), ("Xây dựng", "I-MISC")],                      []),
        ([("Sở Xây cất", "B-ORG")],                                       []),  # no such words
        ([("Giao", "O"), ("Sở Xây dựng", "B-LOC"), ("soát", "B-PER")],    [("LOCATION", "Sở Xây dựng"), ("PERSON", "soát")]),
        ([("Nội", "B-ORG"), ("Sở", "O"), ("Nội vụ", "I-ORG")],            [("AGENCY", "Nội")]),
    ],
)  # fmt: skip
def test_the_words_of_a_toolkit_are_found_in_our_text(
    monkeypatch: pytest.MonkeyPatch, words: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    seen = fake_ner(monkeypatch, words)
    doc = read("Giao Sở Xây dựng rà soát.\n\nNội dung khác.")
    got = [(f.type, doc.text[f.start : f.end]) for f in systems.underthesea(doc)]
    assert got == expected
    assert seen == [doc.text[a:b] for a, b in systems.pieces(doc)]


def test_blanks_of_the_text_may_be_others_than_those_of_the_toolkit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake_ner(monkeypatch, [("Sở Nội vụ", "B-ORG")])
    doc = read("Gửi Sở  Nội\nvụ để biết.")
    (found,) = systems.underthesea(doc)
    assert doc.text[found.start : found.end].split() == ["Sở", "Nội", "vụ"]


def test_pieces_are_title_headings_and_units(case: Case) -> None:
    doc = case.doc
    pieces = systems.pieces(doc)
    assert pieces == sorted(set(pieces))
    assert {(u.start, u.end) for u in doc.units} <= set(pieces)
    assert {(s.heading_start, s.heading_end) for s in doc.sections} <= set(pieces)
    assert any(a <= doc.header.spans["subject"][0] < b for a, b in pieces)


# ---------------------------------------------------------------- gold of real documents

RAW = "Sở A gửi Sở B\nSở A\nSở A và Sở A\ndài quá\nnên xuống dòng"
STARTS = [0, 14, 19, 32, 40, 55]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([(1, "Sở A"), (1, "Sở B")],                    [0, 9]),
        ([(1, "Sở B"), (1, "Sở A")],                    [9, 0]),   # not in reading order
        ([(2, "Sở A")],                                 [14]),
        ([(3, "Sở A"), (3, "Sở A")],                    [19, 27]),
        ([(1, "Sở A"), (2, "Sở A"), (3, "Sở A")],       [0, 14, 19]),
        ([(4, "quá\nnên")],                             [36]),     # wraps
        ([(5, "dòng")],                                 [50]),
        ([(1, "Sở C"), (2, "Sở A")],                    [14]),     # stands nowhere
    ],
)  # fmt: skip
def test_items_are_placed_on_their_line(items: list[tuple[int, str]], expected: list[int]) -> None:
    rows = [{"line": line, "text": text} for line, text in items]
    placed = list(_placed(RAW, STARTS, rows))
    assert [a for _, (a, _) in placed] == expected
    assert all(RAW[a:b] == item["text"] for item, (a, b) in placed)


def test_gold_is_placed_where_it_stands(shared: Path) -> None:
    cases = list(gold_cases(shared))
    files = sorted((shared / "gold").glob("*.json"))
    if not files:
        pytest.skip("needs the gold of real documents in ../shared/gold")
    assert [c.id for c in cases] == [p.stem for p in files]
    for path, case in zip(files, cases, strict=True):
        expected = json.loads(path.read_text(encoding="utf-8"))
        assert case.types == GOLD_TYPES
        wanted = [
            (kind, item["line"], " ".join(canonical(item["text"])[0].split()))
            for kind, key in (
                ("AGENCY", "agencies"),
                ("DATE", "dates"),
                ("INSTRUMENT", "citations"),
            )
            for item in expected[key]
        ]
        source = case.doc.offset_map.source
        raw = (shared / "corpora/instruct" / expected["doc"]).read_bytes().decode("utf-8-sig")
        placed = [
            (g.type, raw.count("\n", 0, source(g.start)) + 1,
             " ".join(case.doc.text[g.start : g.end].split()))
            for g in case.gold
        ]  # fmt: skip
        assert sorted(placed) == sorted(wanted), path.stem
