"""The evaluation itself: it must praise what is right and name each thing that is wrong."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from congvan import baseline, evaluate
from congvan.compare import compare
from congvan.document import (
    Citation,
    Directive,
    Document,
    Due,
    Entity,
    Header,
    Items,
    Pinpoint,
    Relation,
    Section,
    Signature,
    Source,
    Unit,
)
from congvan.scoring import Tally, line_finder, norm, pair_by_key, pair_in_order, same_name
from congvan.text import canonical

RAW = (
    "THÔNG BÁO\r\n"
    "Kết luận cuộc họp ngày 02/3/2023\r\n"
    "1. Việc thứ nhất (Sở X trình)\r\n"
    "- Sở X thực hiện Nghị định số 15/2022/NĐ-CP, báo cáo trước ngày 10/3/2023.\r\n"
    "- Nghị định số 15/2022/NĐ-CP và Nghị quyết số 7-NQ/TU ngày 01/02/2023 tiếp tục áp dụng.\r\n"
)
TEXT, OFFSETS = canonical(RAW)


def at(words: str, nth: int = 0) -> tuple[int, int, str]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words), words


def citation(words: str, nth: int = 0, **fields: Any) -> Citation:
    start, end, text = at(words, nth)
    base: dict[str, Any] = {
        **dict.fromkeys(("unit", "section", "type", "number", "symbol", "year", "date", "issuer")),
        **dict.fromkeys(("pinpoint", "evidence")),
        "complete": True,
        "relation": "mentions",
        "agent": "this",
        "document": "?",
    }
    return Citation(id="c", start=start, end=end, text=text, **{**base, **fields})


def entity(words: str, value: str, nth: int = 0) -> Entity:
    start, end, text = at(words, nth)
    return Entity(id="e", type="DATE", start=start, end=end, text=text, value=value)


def unit(id: str, words: str) -> Unit:
    start, end, text = at(words)
    return Unit(id=id, kind="bullet", marker="-", section="s1", start=start, end=end, text=text)


ND: dict[str, Any] = {
    "type": "Nghị định",
    "number": "15",
    "symbol": "NĐ-CP",
    "year": 2022,
    "document": "nd",
}
NQ: dict[str, Any] = {
    "type": "Nghị quyết",
    "number": "7",
    "symbol": "NQ/TU",
    "year": 2023,
    "date": "2023-02-01",
    "document": "nq",
}
LINES = TEXT.splitlines()
DUE = at("trước ngày 10/3/2023")
DOC = Document(
    text=TEXT,
    source=Source(path="thử.txt"),
    offset_map=OFFSETS,
    header=Header(doc_type="Thông báo", subject=LINES[1], spans={"subject": at(LINES[1])[:2]}),
    sections=Items(
        [
            Section(
                id="s1", parent=None, level="1", marker="1.", heading="Việc thứ nhất",
                start=at(LINES[2])[0], end=len(TEXT), heading_start=at(LINES[2])[0],
                heading_end=at(LINES[2])[1], presenter="Sở X",
            )
        ]
    ),
    units=Items([unit("u1", LINES[3][2:]), unit("u2", LINES[4][2:])]),
    citations=Items(
        [
            citation("Nghị định số 15/2022/NĐ-CP", **ND, relation="implements"),
            citation("Nghị định số 15/2022/NĐ-CP", 1, **ND),
            citation("Nghị quyết số 7-NQ/TU", **NQ),
        ]
    ),
    entities=Items(
        [
            entity("ngày 02/3/2023", "2023-03-02"),
            entity("ngày 10/3/2023", "2023-03-10"),
            entity("ngày 01/02/2023", "2023-02-01"),
        ]
    ),
    relations=Items([Relation(source="nd", verb="amends", target="nq", citations=())]),
    directives=Items([Directive(unit="u1", due=(Due(*DUE, kind="date", bound="before", value="2023-03-10"),))]),
    recipients=("Sở X",),
    signature=Signature(name="A"),
)  # fmt: skip
GOLD: dict[str, Any] = {
    "doc": "thử.txt",
    "header": {"doc_type": "THÔNG BÁO", "subject": "KẾT LUẬN CUỘC HỌP  NGÀY 02/3/2023", "signer": "A", "recipients": 1},
    "sections": [{"marker": "1.", "heading": "Việc thứ nhất", "parent": None, "presenter": "Sở X"}],
    "units": [
        {"line": 4, "starts": LINES[3][2:42], "kind": "bullet", "marker": "-", "section": 0, "due": [{"text": "trước ngày 10/3/2023", "value": "2023-03-10", "bound": "before"}]},
        {"line": 5, "starts": LINES[4][2:42], "kind": "bullet", "end_line": 5},
    ],
    "citations": [
        {"line": 4, "text": "Nghị định số 15/2022/NĐ-CP", "type": "Nghị định", "number": "15", "symbol": "NĐ-CP", "year": 2022, "date": None, "relation": "implements", "key": "a"},
        {"line": 5, "text": "nghị định số  15/2022/NĐ-CP", "number": "15", "symbol": "NĐ-CP", "year": 2022, "date": None, "key": "a"},
        {"line": 5, "text": "Nghị quyết số 7-NQ/TU", "number": "7", "symbol": "NQ/TU", "year": 2023, "date": "2023-02-01", "key": "b"},
    ],
    "dates": [
        {"line": 2, "text": "ngày 02/3/2023", "value": "2023-03-02"},
        {"line": 4, "text": "ngày 10/3/2023", "value": "2023-03-10"},
        {"line": 5, "text": "ngày 01/02/2023", "value": "2023-02-01"},
    ],
    "relations": [["a", "amends", "b"]],
    "joins": [["tiếp", "tục"]],
    "not_citations": ["10/3/2023"],
}  # fmt: skip


@pytest.mark.parametrize("strict", [False, True])
def test_a_right_answer_scores_one(strict: bool) -> None:
    tally = compare(DOC, GOLD, source=RAW, strict=strict)
    assert {name: s.f1 for name, s in tally.scores.items()} == dict.fromkeys(tally.scores, 1.0)
    assert {"citations", "identity", "year, date", "units", "unit end", "dates", "due", "header",
            "sections", "presenter", "relations", "joins", "traps"} <= tally.scores.keys()  # fmt: skip
    assert not [s for score in tally.scores.values() for s in score.slips]


def changed(**fields: Any) -> Citation:
    return dataclasses.replace(DOC.citations[2], **fields)


WRONG: list[tuple[dict[str, Any], str, float]] = [
    ({"citations": DOC.citations[:2]},                                   "citations", 2 * 2 / 5),
    ({"citations": (*DOC.citations, changed(start=0, end=9, text="THÔNG BÁO"))}, "citations", 2 * 3 / 7),
    ({"citations": (*DOC.citations[:2], changed(document="nd"))},        "identity", 2 * (5 / 9) / (5 / 9 + 1)),
    ({"citations": (*DOC.citations[:2], changed(year=2022))},            "year, date", 2 / 3),
    ({"citations": (*DOC.citations[:2], changed(date="2023-02-02"))},    "year, date", 2 / 3),
    ({"citations": (*DOC.citations[:2], changed(symbol="NQ-TU"))},       "number, symbol", 2 / 3),
    ({"citations": (changed(**ND, start=0), *DOC.citations[1:])},        "citations", 2 * 2 / 6),
    ({"units": DOC.units[:1]},                                           "units", 2 / 3),
    ({"units": (DOC.units[0], dataclasses.replace(DOC.units[1], kind="paragraph"))}, "unit kind", 0.5),
    ({"units": (DOC.units[0], dataclasses.replace(DOC.units[1], end=len(TEXT)))}, "units", 1.0),
    ({"entities": DOC.entities[1:]},                                     "dates", 4 / 5),
    ({"entities": (*DOC.entities[:2], dataclasses.replace(DOC.entities[2], value="2023-01-02"))}, "dates", 2 / 3),
    ({"directives": ()},                                                 "due", 0.0),
    ({"header": dataclasses.replace(DOC.header, doc_type=None)},         "header", 3 / 4),
    ({"signature": None},                                                "header", 3 / 4),
    ({"recipients": ()},                                                 "header", 3 / 4),
    ({"sections": ()},                                                   "sections", 0.0),
    ({"relations": ()},                                                  "relations", 0.0),
    ({"relations": Items([Relation("nq", "amends", "nd", ())])},         "relations", 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("change", "score", "f1"), WRONG)
def test_a_wrong_answer_costs(change: dict[str, Any], score: str, f1: float) -> None:
    change = {
        k: Items(v) if isinstance(v, tuple) and k != "recipients" else v for k, v in change.items()
    }
    if "sections" in change:
        change["units"] = Items(dataclasses.replace(u, section=None) for u in DOC.units)
    got = compare(dataclasses.replace(DOC, **change), GOLD, source=RAW, strict=False).scores[score]
    assert got.f1 == pytest.approx(f1)
    assert bool(got.slips) == (f1 < 1)


def test_what_the_text_never_says_must_stay_unknown_in_our_own_notices() -> None:
    gold = {"doc": "d", "citations": [{**GOLD["citations"][0], "issuer": None}]}
    said = dataclasses.replace(
        DOC.citations[0], date="2022-01-01", issuer="Chính phủ", written=("issuer",)
    )
    doc = dataclasses.replace(DOC, citations=Items([said]))
    strict, lenient = (compare(doc, gold, source=RAW, strict=s).scores for s in (True, False))
    assert strict["year, date"].f1 == strict["issuer"].f1 == 0
    assert lenient["year, date"].f1 == 1
    assert "issuer" not in lenient


@pytest.mark.parametrize("written", [(), ("issuer", "date")])
def test_what_a_number_or_type_implies_is_not_counted(written: tuple[str, ...]) -> None:
    gold = {"doc": "d", "citations": [{**GOLD["citations"][0], "year": None, "issuer": None}]}
    implied = dataclasses.replace(DOC.citations[0], issuer="Chính phủ", written=written)
    doc = dataclasses.replace(DOC, citations=Items([implied]))
    scores = compare(doc, gold, source=RAW).scores
    for name in ("year, date", "issuer"):  # an answer said to be written must be right
        assert (name in scores) is bool(written)
        assert not written or scores[name].f1 == 0
    unknown = dataclasses.replace(DOC.citations[0], year=None)
    scores = compare(dataclasses.replace(DOC, citations=Items([unknown])), gold, source=RAW).scores
    assert scores["year, date"].f1 == scores["issuer"].f1 == 1


def test_what_is_unsure_is_scored_by_its_span_alone() -> None:
    unsure = {
        **GOLD["citations"][2],
        "number": "9",
        "key": "x",
        "relation": "amends",
        "unsure": True,
    }
    gold = {"doc": "d", "citations": [*GOLD["citations"][:2], unsure]}
    scores = compare(DOC, gold, source=RAW).scores
    assert (scores["citations"].found, scores["citations"].f1) == (3, 1)
    assert (scores["number, symbol"].gold, scores["number, symbol"].f1) == (2, 1)
    assert (scores["identity"].gold, scores["relation"].gold) == (2, 1)
    due = {"text": "trước ngày 11/3/2023", "value": "2023-03-11", "bound": "before", "unsure": True}
    units = [{**GOLD["units"][0], "due": [*GOLD["units"][0]["due"], due]}]
    score = compare(DOC, {**GOLD, "units": units}, source=RAW).scores["due"]
    assert (score.gold, score.found, score.f1) == (1, 1, 1)


@pytest.mark.parametrize(
    ("expected", "texts", "right"),
    [
        ("các Điều 13, 14 và 16", ("Điều 13, 14 và 16",) * 3, True),
        ("từ Điều 17 đến Điều 23", ("Điều 17 đến Điều 23",), True),
        ("khoản 1 và khoản 2 Điều 3", ("khoản 1", "khoản 2 Điều 3"), True),
        ("các Điều 13, 14 và 16", ("Điều 13, 14",), False),
        ("từ Điều 17 đến Điều 23", ("Điều 17", "Điều 23"), False),
        (None, ("Điều 1",), False),
        (None, (), True),
    ],
)
def test_pinpoints(expected: str | None, texts: tuple[str, ...], right: bool) -> None:
    gold = {"doc": "d", "citations": [{**GOLD["citations"][0], "pinpoint": expected}]}
    points = tuple(Pinpoint(path=(("Điều", "1"),), to=None, start=0, end=1, text=t) for t in texts)
    said = dataclasses.replace(DOC.citations[0], pinpoint=points or None)
    doc = dataclasses.replace(DOC, citations=Items([said]))
    assert compare(doc, gold, source=RAW).scores["pinpoint"].f1 == right


def test_headings_agree_without_the_mark_at_their_end() -> None:
    sections = [{**GOLD["sections"][0], "heading": "Việc thứ nhất:"}]
    scores = compare(DOC, {**GOLD, "sections": sections}, source=RAW).scores
    assert scores["sections"].f1 == scores["unit section"].f1 == 1
    sections = [{**GOLD["sections"][0], "heading": "Việc thứ nhì:"}]
    assert compare(DOC, {**GOLD, "sections": sections}, source=RAW).scores["sections"].f1 == 0


def test_traps_and_joins_name_what_went_wrong() -> None:
    gold = {"doc": "d", "not_citations": ["7-NQ/TU"], "joins": ["áp dụng. THÔNG BÁO"]}
    scores = compare(DOC, gold).scores
    assert str(scores["traps"].slips[0]).startswith("d  wrong  traps  '7-NQ/TU'")
    assert scores["joins"].f1 == 0


def test_what_is_unsure_is_no_error_if_missed() -> None:
    extra = {**GOLD["citations"][2], "text": "Nghị quyết số 7", "unsure": True}
    gold = {"doc": "d", "citations": [*GOLD["citations"], extra]}
    score = compare(DOC, gold, source=RAW, strict=False).scores["citations"]
    assert (score.gold, score.found, score.f1) == (3, 3, 1)


def test_pairing() -> None:
    assert pair_by_key("abca", "caax") == [(0, 1), (2, 0), (3, 2)]
    assert pair_in_order("abca", "abxca") == [(0, 0), (1, 1), (2, 3), (3, 4)]


def test_identity_is_b_cubed() -> None:
    # Bagga and Baldwin's example: three clusters, two of them merged in the answer.
    tally = Tally("d")
    answer = dict.fromkeys("12345", "A") | dict.fromkeys("678", "B") | dict.fromkeys("9abcd", "B")
    gold = dict.fromkeys("12345", "A") | dict.fromkeys("678", "B") | dict.fromkeys("9abcd", "C")
    tally.identity("identity", [(gold[m], answer[m], m, None) for m in gold])
    score = tally.scores["identity"]
    assert score.recall == 1
    assert score.precision == pytest.approx((5 + (9 + 25) / 8) / 13)


def test_lines_are_those_of_the_file() -> None:
    line = line_finder(DOC, RAW)
    assert [line(TEXT.index(x)) for x in LINES] == [1, 2, 3, 4, 5]
    assert line(TEXT.index("\n")) == 1


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        ("BỘ CHÍNH TRỊ", "Bộ Chính trị", True),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Lạng Sơn", True),
        ("Uỷ ban nhân dân TP. Huế", "Ủy ban nhân dân thành phố Huế", True),
        ("Chính phủ", "Thủ tướng Chính phủ", False),
        ("Bộ Tài chính", None, False),
    ],
)
def test_names_of_bodies(expected: str, got: str | None, same: bool) -> None:
    assert same_name(expected, got) is same


@pytest.mark.parametrize(
    ("text", "citations", "dates"),
    [
        (
            "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
            ["Nghị định số 30/2020/NĐ-CP"],
            ["2020-03-05"],
        ),
        ("theo 1804/QĐ-TTg", ["1804/QĐ-TTg"], []),
        ("Nghị quyết số 62-NQ/TU", ["Nghị quyết số 62-NQ/TU"], []),
        ("tỉ lệ 1/5.000, ngày 29 tháng 4 năm 2021", [], ["2021-04-29"]),
        ("nhiệm kỳ 2021-2026", [], []),
    ],
)
def test_baseline(text: str, citations: list[str], dates: list[str]) -> None:
    doc = baseline.read(Document(text=text))
    assert [c.text for c in doc.citations] == citations
    assert [e.value for e in doc.entities] == dates
    assert all(text[x.start : x.end] == x.text for x in [*doc.citations, *doc.entities])


def test_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    golden, notices = tmp_path / "golden", tmp_path / "notices"
    for folder in (golden, notices):
        folder.mkdir()
    (notices / "thử.txt").write_text(RAW, encoding="utf-8", newline="")
    worse = {**GOLD, "citations": [*GOLD["citations"], {**GOLD["citations"][0], "text": "Luật A"}]}
    (golden / "a.json").write_text(json.dumps(worse), encoding="utf-8")
    monkeypatch.setattr("congvan.load", lambda: lambda path: DOC, raising=False)
    out = tmp_path / "scores.json"
    status = evaluate.main(
        [
            "--shared",
            str(tmp_path / "none"),
            "--golden",
            str(golden),
            "--notices",
            str(notices),
            "--errors",
            "--json",
            str(out),
        ]
    )
    shown = capsys.readouterr().out
    assert status == 0
    assert "thử.txt  missed  citations  'Luật A'" in shown.replace(":4", "")
    (scores,) = json.loads(out.read_text(encoding="utf-8"))["sources"].values()
    assert scores["scores"]["citations"]["recall"] == 0.75
    assert scores["documents"]["thử.txt"]["units"]["f1"] == 1


def test_nothing_to_measure_is_wrong_use(tmp_path: Path) -> None:
    none = str(tmp_path / "none")
    assert evaluate.main(["--shared", none, "--golden", none]) == 2


def test_gold_pairs_with_itself(shared: Path) -> None:
    """Gold lines and texts are those of the files, so an answer equal to the gold scores 1."""
    tasks = list(evaluate.gold_tasks(shared))
    assert len(tasks) >= 6
    for task in tasks:
        text = task.path.read_bytes().decode("utf-8")
        starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
        at_line: dict[int, int] = {}
        mentions = []
        for c in task.expected["citations"]:
            begin = text.index(c["text"], at_line.get(c["line"], starts[c["line"] - 1]))
            at_line[c["line"]] = begin + 1
            mentions.append(
                citation("T", **{k: c[k] for k in ("type", "number", "symbol", "year", "date", "issuer", "relation")},
                         document=c["key"])
            )  # fmt: skip
            mentions[-1] = dataclasses.replace(
                mentions[-1], start=begin, end=begin + len(c["text"]), text=c["text"]
            )
        whole, offsets = canonical(text)
        doc = Document(text=whole, offset_map=offsets, citations=Items(mentions))
        assert whole == text
        scores = compare(doc, task.expected, source=text, strict=False).scores
        for name in ("citations", "identity", "year, date", "issuer", "relation"):
            assert scores[name].f1 == 1, f"{task.path.name}: {scores[name].slips}"


def test_facts_are_complete() -> None:
    facts = json.loads((ROOT / "tests/facts/lang_son.json").read_text(encoding="utf-8"))
    numbered = [c for c in facts["citations"] if c["number"]]
    assert (len(numbered), len({c["key"] for c in numbered})) == (18, 13)
    assert (len(facts["citations"]), len(facts["full_dates"]), len(facts["sections"])) == (
        22,
        24,
        10,
    )
    assert norm("Số") == "số"
