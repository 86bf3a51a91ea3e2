"""Rules and tagger in one list: who decides where, and what is never let in."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.agency_values import AgencyContext
from congvan.document import Entity
from congvan.recogniser.combine import FIRM, LEAST, LEAST_NEW, combine
from congvan.recogniser.tag import Guess, Result

PROVINCE = AgencyContext("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Lạng Sơn", "2021-05")
KINDS = {"A": "AGENCY", "P": "PERSON", "L": "LOCATION", "D": "DATE", "I": "INSTRUMENT"}


def rule(text: str, words: str, kind: str = "A", score: float = 0.9) -> Entity:
    at = text.index(words)
    return Entity("", KINDS[kind], at, at + len(words), words, f"={words}", score)


def guess(text: str, words: str, kind: str = "A", score: float = 0.9) -> Guess:
    at = text.index(words)
    return Guess(at, at + len(words), KINDS[kind], score)


def result(text: str, *guesses: Guess, windows: list[tuple[int, int]] | None = None) -> Result:
    return Result(list(guesses), [(0, len(text))] if windows is None else windows)


def names(
    text: str, found: list[Entity], said: Result, context: AgencyContext = PROVINCE
) -> list[tuple[str, str]]:
    return [(e.type, e.text) for e in combine(text, found, said, context)]


# ---------------------------------------------------------------- who decides

TEXT = "ngày 05/6/2024, Trung tâm Mẫu gửi Sở Nội vụ Quyết định số 15/QĐ-UBND"
CENTRE, BUREAU = "Trung tâm Mẫu", "Sở Nội vụ"
DAY, ORDER = "ngày 05/6/2024", "Quyết định số 15/QĐ-UBND"


def test_dates_and_instruments_stand_though_the_tagger_saw_none() -> None:
    found = [rule(TEXT, DAY, "D"), rule(TEXT, ORDER, "I", 0.4)]
    assert combine(TEXT, found, result(TEXT), PROVINCE) == found


@pytest.mark.parametrize(
    "words", [f"{DAY}, Trung tâm", "2024", "Nội vụ Quyết", ORDER, "UBND", TEXT]
)
@pytest.mark.parametrize("kind", "APL")
def test_a_guess_never_overlaps_a_date_or_an_instrument(words: str, kind: str) -> None:
    found = [rule(TEXT, DAY, "D"), rule(TEXT, ORDER, "I")]
    assert combine(TEXT, found, result(TEXT, guess(TEXT, words, kind)), PROVINCE) == found


def test_a_guess_may_touch_a_date() -> None:
    text = "Mẫu2024Thử"
    found = [rule(text, "2024", "D")]
    said = result(text, guess(text, "Mẫu", "P"), guess(text, "Thử", "P"))
    assert names(text, found, said) == [("PERSON", "Mẫu"), ("DATE", "2024"), ("PERSON", "Thử")]


@pytest.mark.parametrize(
    ("score", "said", "expected"),
    [
        # (how sure the rule is of "Trung tâm Mẫu", what the tagger says, what is kept)
        (FIRM - 0.01, [],                         []),
        (FIRM,        [],                         [CENTRE]),
        (0.5,         [CENTRE],                   [CENTRE]),
        (FIRM,        [f"{CENTRE} gửi {BUREAU}"], [CENTRE]),
        (FIRM,        ["Trung tâm"],              ["Trung tâm"]),
        (FIRM,        [BUREAU],                   [CENTRE, BUREAU]),
        (0.5,         [BUREAU],                   [BUREAU]),
    ],
    ids=["unsure rule", "firm rule", "both", "a deed inside", "shorter", "firm beside a guess", "unsure beside a guess"],
)  # fmt: skip
def test_agencies(score: float, said: list[str], expected: list[str]) -> None:
    got = combine(
        TEXT, [rule(TEXT, CENTRE, score=score)], result(TEXT, *(guess(TEXT, w) for w in said)), PROVINCE
    )  # fmt: skip
    assert [e.text for e in got] == expected
    assert {e.type for e in got} <= {"AGENCY"}


def test_where_the_tagger_did_not_look_the_rules_stand() -> None:
    found = [rule(TEXT, CENTRE, score=0.5), rule(TEXT, BUREAU, score=0.5)]
    at = TEXT.index(BUREAU)
    assert names(TEXT, found, result(TEXT, windows=[])) == [("AGENCY", CENTRE), ("AGENCY", BUREAU)]
    only = result(TEXT, windows=[(at, at + len(BUREAU))])
    assert names(TEXT, found, only) == [("AGENCY", CENTRE)]


def test_what_both_found_keeps_the_value_of_the_rule() -> None:
    found = rule(TEXT, CENTRE, score=0.7)
    assert combine(TEXT, [found], result(TEXT, guess(TEXT, CENTRE, score=LEAST)), PROVINCE) == [
        found
    ]


@pytest.mark.parametrize(
    ("kind", "score", "kept"),
    [
        ("A", LEAST_NEW, True), ("A", LEAST_NEW - 0.01, False),
        ("P", LEAST, True),     ("P", LEAST - 0.01, False),
        ("L", LEAST, True),     ("L", LEAST - 0.01, False),
    ],
)  # fmt: skip
def test_how_sure_a_guess_must_be(kind: str, score: float, kept: bool) -> None:
    got = combine(TEXT, [], result(TEXT, guess(TEXT, CENTRE, kind, score)), PROVINCE)
    assert [e.score for e in got] == ([score] if kept else [])


@pytest.mark.parametrize(
    ("text", "rules", "kept"),
    [
        # Two names with other words between are two; with a link they are one.
        ("Sở Y tế gửi Sở Nội vụ",        ["Sở Y tế", "Sở Nội vụ"],   ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế là của Sở Nội vụ",     ["Sở Y tế", "Sở Nội vụ"],   []),
        ("Phòng Mẫu thuộc Sở Nội vụ",    ["Phòng Mẫu", "Sở Nội vụ"], ["Phòng Mẫu thuộc Sở Nội vụ"]),
        ("Phòng Mẫu, Sở Nội vụ",         ["Phòng Mẫu", "Sở Nội vụ"], ["Phòng Mẫu, Sở Nội vụ"]),
        ("Phòng Mẫu - Sở Nội vụ",        ["Phòng Mẫu", "Sở Nội vụ"], ["Phòng Mẫu - Sở Nội vụ"]),
        ("Đội 5 gửi Sở Nội vụ",          ["Sở Nội vụ"],              ["Đội 5 gửi Sở Nội vụ"]),
    ],
)  # fmt: skip
def test_a_guess_over_two_names_of_the_rules(text: str, rules: list[str], kept: list[str]) -> None:
    found = [rule(text, words, score=0.5) for words in rules]
    assert [e.text for e in combine(text, found, result(text, guess(text, text)), PROVINCE)] == kept


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("kind", "words", "kept"),
    [
        ("A", "Đảng", False), ("A", "Nhà nước", False), ("A", "Nhân dân", False), ("A", "Trung ương", False),
        ("A", "Đảng và Nhà nước", False), ("A", "Thành phố", False), ("A", "Tỉnh", False), ("A", "Huyện", False),
        ("A", "Xã", False), ("A", "Phường", False),
        ("A", "sở", False), ("A", "ban chỉ đạo", False), ("A", "cơ quan chủ trì", False),
        ("A", "TTHC", False), ("A", "CNTT huyện", False),
        ("A", "Đảng ủy xã Mẫu", True), ("A", "Đảng uỷ xã Mẫu", True), ("A", "Đảng bộ tỉnh", True), ("A", "Đảng đoàn Mẫu", True),
        ("A", "Ban Thường vụ Tỉnh ủy", True), ("A", "Đảngx", True), ("A", "BCHQS", True), ("A", "389 Mẫu", True),
        # A place is no body; nor is a sentence.
        ("A", "TP. Mẫu", False), ("A", "TP Mẫu", False), ("A", "Sông Mẫu", False), ("A", "Địa phương", False),
        ("A", "Ban Mẫu là ban", False), ("A", "Khu quản lý Mẫu", True), ("A", "Đồn Biên phòng Mẫu", True),
        ("P", "mẫu", False), ("P", "Mẫu", True), ("P", "Đảng", True),
        ("L", "sông Mẫu", True), ("L", "xã", True),
    ],
)  # fmt: skip
def test_what_can_be_a_name(kind: str, words: str, kept: bool) -> None:
    text = f"giao {words} làm"
    got = combine(text, [], result(text, guess(text, words, kind, 0.99)), PROVINCE)
    assert bool(got) is kept


@pytest.mark.parametrize(
    "words", ["Tỉnh ủy", "Tỉnh uỷ", "Tỉnh đoàn", "Tỉnh Đoàn", "Huyện ủy", "Thành ủy", "Thành đoàn"]
)
def test_party_and_youth_of_a_province(words: str) -> None:
    text = f"giao {words} làm"
    got = combine(text, [], result(text, guess(text, words, score=0.99)), PROVINCE)
    assert [e.text for e in got] == [words]


@pytest.mark.parametrize("words", ["đoàn kiểm tra", "ủy ban nhân dân xã", "đảng", "ở Sở Mẫu"])
def test_a_body_begins_with_a_capital_whatever_its_marks(words: str) -> None:
    text = f"giao {words} làm"
    assert combine(text, [], result(text, guess(text, words)), PROVINCE) == []


@pytest.mark.parametrize(
    ("before", "kept"),
    [("tại Trụ sở ", False), ("trụ sở ", False), ("mua trái phiếu ", False), ("trình ", True),
     ("trụ sở của ", False), ("", True)],
)  # fmt: skip
def test_a_building_is_no_body(before: str, kept: bool) -> None:
    text = f"{before}Chính phủ"
    got = combine(text, [], result(text, guess(text, "Chính phủ")), AgencyContext())
    assert [e.value for e in got] == (["Chính phủ"] if kept else [])


# ---------------------------------------------------------------- borders and values


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Trạm Mẫu)",          ["Trạm Mẫu"]),
        ("Trạm (Mẫu)",         ["Trạm (Mẫu)"]),
        ("Trạm (Mẫu))",        ["Trạm (Mẫu)"]),
        ("Trạm (Mẫu",          ["Trạm"]),
        (")",                  []),
    ],
)  # fmt: skip
def test_a_lone_bracket_is_no_part_of_a_name(words: str, expected: list[str]) -> None:
    text = f"(giao {words} làm"
    got = combine(text, [], result(text, guess(text, words)), PROVINCE)
    assert [e.text for e in got] == expected


def test_a_name_without_its_bracket_is_the_name_of_the_rule() -> None:
    text = "(Trung tâm Mẫu)"
    found = rule(text, "Trung tâm Mẫu", score=0.7)
    assert combine(text, [found], result(text, guess(text, "Trung tâm Mẫu)")), PROVINCE) == [found]


# fmt: off
VALUES = [
    ("A", "BNV",                  PROVINCE,        "Bộ Nội vụ"),
    ("A", "BNV",                  AgencyContext(), "Bộ Nội vụ"),
    ("A", "SNV",                  PROVINCE,        "Sở Nội vụ tỉnh Lạng Sơn"),
    ("A", "Sở Nội vụ",            PROVINCE,        "Sở Nội vụ tỉnh Lạng Sơn"),
    ("A", "Hạt Kiểm lâm tỉnh",    PROVINCE,        "Hạt Kiểm lâm tỉnh Lạng Sơn"),
    ("A", "Hạt Kiểm lâm tỉnh",    AgencyContext(), None),
    ("A", "Trạm Y tế xã Mẫu Sơn", PROVINCE,        "Trạm Y tế xã Mẫu Sơn"),
    ("P", "Trần  Văn\u00a0Mẫu",   PROVINCE,        "Trần Văn Mẫu"),
    ("L", "TP. Đà Lạt",           PROVINCE,        "thành phố Đà Lạt"),
    ("L", "sông  Kỳ Cùng",        PROVINCE,        "sông Kỳ Cùng"),
    ("L", "Lạng Sơn",             PROVINCE,        None),  # the province, or its town
]
# fmt: on


@pytest.mark.parametrize(("kind", "words", "context", "value"), VALUES)
def test_values(kind: str, words: str, context: AgencyContext, value: str | None) -> None:
    text = f"giao {words} làm"
    (got,) = combine(text, [], result(text, guess(text, words, kind)), context)
    assert got == Entity("", KINDS[kind], 5, 5 + len(words), words, value, 0.9)


@pytest.mark.parametrize(
    ("bodies", "value"),
    [((), "QZX"), (("Cục Mẫu",), "Cục Mẫu"), (("Cục Mẫu", "Cục Thử"), None)],
    ids=["nobody's", "of one", "of two"],
)
def test_a_code_of_two_bodies_is_no_value(
    monkeypatch: pytest.MonkeyPatch, bodies: tuple[str, ...], value: str | None
) -> None:
    # Whatever the tables hold: a code that they do not know, as if they did.
    monkeypatch.setattr("congvan.recogniser.combine.agencies_of_code", lambda code, *_: bodies)
    (got,) = combine("QZX", [], result("QZX", guess("QZX", "QZX")), AgencyContext())
    assert got.value == value


# ---------------------------------------------------------------- laws


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, list[Entity], Result]:
    """A text of words, what rules and tagger say of it, and where the tagger looked."""
    parts = st.sampled_from("Sở Bộ Mẫu tỉnh Đảng ủy ) ( 2024 TTHC và Nội ở".split())
    text = " ".join(draw(st.lists(parts, min_size=1, max_size=20)))
    words = [m.span() for m in re.finditer(r"\S+", text)]

    def stretches(most: int) -> list[tuple[int, int]]:
        ends = st.lists(st.integers(0, len(words)), max_size=most, unique=True).map(sorted)
        return [
            (words[a][0], words[b - 1][1]) for a, b in pairwise(draw(ends)) if draw(st.booleans())
        ]

    found = [
        Entity("", draw(st.sampled_from(["AGENCY", "AGENCY", "DATE"])), a, b, text[a:b], None,
               draw(st.sampled_from([0.7, 0.9, 0.97])))
        for a, b in stretches(12)
    ]  # fmt: skip
    # A window cuts no entity.
    windows = [
        (a, b)
        for a, b in stretches(5)
        if all(e.end <= a or b <= e.start or (a <= e.start and e.end <= b) for e in found)
    ]
    guesses = [
        Guess(a, b, draw(st.sampled_from(["AGENCY", "PERSON", "LOCATION"])),
              draw(st.sampled_from([0.3, 0.5, 0.9])))
        for a, b in stretches(12)
        if any(x <= a and b <= y for x, y in windows)
    ]  # fmt: skip
    return text, found, Result(guesses, windows)


@given(readings())
def test_laws(case: tuple[str, list[Entity], Result]) -> None:
    text, found, said = case
    before = list(found)
    got = combine(text, found, said, PROVINCE)
    assert found == before
    assert all(a.end <= b.start for a, b in pairwise(got))
    assert all(text[e.start : e.end] == e.text and e.text for e in got)
    # Dates stand; so do agencies outside the windows, and firm ones that no guess touches.
    for e in found:
        seen = any(a <= e.start and e.end <= b for a, b in said.windows)
        touched = any(g.start < e.end and e.start < g.end for g in said.guesses)
        if e.type == "DATE" or not seen or (e.score >= FIRM and not touched):
            assert e in got
    spans = {(e.start, e.end) for e in found} | {(g.start, g.end) for g in said.guesses}
    # Nothing is made up: at most a bracket is taken off a guess.
    assert all((e.start, e.end) in spans or (e.start, e.end + 1) in spans for e in got)
