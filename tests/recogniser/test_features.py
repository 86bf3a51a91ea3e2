"""What the tagger sees: tokens, shapes, word lists, and that a slice sees what the whole line sees."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.document import Entity
from congvan.lookups import rows, values
from congvan.recogniser.examples import Example, examples, hint_of, line_spans
from congvan.recogniser.features import features, own, shape, tokens, word_lists
from congvan.text import shadow


def words(text: str) -> list[str]:
    return [t.text for t in tokens(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giao Sở Nội vụ.", "Giao|Sở|Nội|vụ|."),
        ("huyện Cư M'gar", "huyện|Cư|M'gar"),
        ("huyện Cư M’gar", "huyện|Cư|M’gar"),
        ("'Cư M' gar'", "'|Cư|M|'|gar|'"),
        ("Bộ Công an¹", "Bộ|Công|an|¹"),
        ("Bộ Công an¹², Bộ Nội vụ³", "Bộ|Công|an|¹|²|,|Bộ|Nội|vụ|³"),
        ("Số 15/2024/QĐ-UBND", "Số|15|/|2024|/|QĐ|-|UBND"),
        ("TP.HCM", "TP|.|HCM"),
        ("Đoàn 389_A", "Đoàn|389|_|A"),
        ("KV1, 3km", "KV|1|,|3|km"),
        ("**Sở**", "*|*|Sở|*|*"),
        ("e\u0302", "e|\u0302"),
        ("🏛 Sở", "🏛|Sở"),
        (" \t\u00a0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: str) -> None:
    assert words(text) == (expected.split("|") if expected else [])


def test_tokens_of_a_stretch_keep_the_offsets_of_the_document() -> None:
    text = "1. Sở Y tế\n2. Sở Nội vụ"
    found = tokens(text, 11, len(text))
    assert [t.text for t in found] == ["2", ".", "Sở", "Nội", "vụ"]
    assert all(text[t.start : t.end] == t.text for t in found)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_tokens_lose_nothing_but_blanks(text: str, start: int, end: int) -> None:
    found = tokens(text, start, end)
    assert "".join(t.text for t in found) == "".join(text[start:end].split())
    assert all(text[t.start : t.end] == t.text for t in found)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("sở", "aa"), ("đ", "aa"), ("ệ", "aa"),
        ("Sở", "Aa"), ("Ủy", "Aa"), ("M'gar", "Aa"),
        ("UBND", "AA"), ("ĐỀ", "AA"), ("A", "A"), ("Đ", "A"),
        ("XVIII", "XV"), ("IV", "XV"), ("I", "XV"), ("XXXVIII", "AA"), ("VC", "AA"), ("xv", "aa"),
        ("KHĐTg", "AaA"), ("MgO", "AaA"), ("D'Ran", "AaA"),
        ("7", "d1"), ("15", "d2"), ("2024", "d4"), ("20240506", "d4"), ("¹", "d1"),
        (".", "."), ("–", "–"), ("/", "/"), ("¶", "¶"),
        ("x'y", "a1"),
    ],
)  # fmt: skip
def test_shape(token: str, expected: str) -> None:
    assert shape(token) == expected


@pytest.mark.parametrize(
    ("token", "list_", "expected"),
    [
        ("Sở", "body", True), ("SỞ", "body", True), ("sở", "body", True), ("Uỷ", "body", True),
        ("xã", "unit", True), ("tp", "unit", True), ("sông", "nature", True), ("đường", "road", True),
        ("đồng", "body", True), ("Giám", "office", True), ("Nguyễn", "surname", True), ("nguyễn", "surname", True),
        ("Lạng", "province", True), ("Rịa", "province", True), ("lạng", "province", True),
        ("Lũng", "placesyl", True), ("M'gar", "placesyl", True),
        # A syllable of a place is one only with its capital.
        ("lũng", "placesyl", False),
        ("Xyz", "body", False), ("2024", "unit", False), (".", "province", False),
    ],
)  # fmt: skip
def test_word_lists_of_a_token(token: str, list_: str, expected: bool) -> None:
    low, form, lists = own(token)
    assert (list_ in lists) is expected
    assert low == shadow(token).lower()
    assert form == shape(token)


def test_every_word_of_the_tables_is_found() -> None:
    for row in rows("name_cues"):
        for word in values(row["words"]):
            for syllable in re.findall(r"\w+", word):
                assert row["list"] in own(syllable)[2], word
    for row in rows("surnames"):
        assert "surname" in own(row["name"])[2], row["name"]
    # Tone marks are placed alike in the lists and in what is asked.
    assert all(shadow(w) == w == w.lower() for ws in word_lists().values() for w in ws)


def line_of(text: str, hints: list[str] | None = None, places: list[str] | None = None) -> Example:
    line = tokens(text, 0, len(text))
    none = ["O"] * len(line)
    return Example(line, hints or none, places or ["-"] * len(line), none)


def test_the_row_of_one_token() -> None:
    example = line_of(
        "Sở Y tế,", ["B-AGENCY7", "I-AGENCY7", "I-AGENCY7", "O"], ["-", "-", "-", "-"]
    )
    row = features(example.line, example.hints, example.places)[1]
    assert len(row) == len(set(row))
    assert {"b", "w=y", "s=A", "r=I-AGENCY7", "r|s=I-AGENCY7|A"} <= set(row)
    assert {"-1w=sở", "-1s=Aa", "-1l=body", "+1w=tế", "+2w=,", "+2s=,", "-2w=<>"} <= set(row)
    assert {"r-1=B-AGENCY7", "r+1=I-AGENCY7", "-1w|w=sở|y", "w|+1w=y|tế"} <= set(row)
    assert not [x for x in row if x.startswith("p")]


@pytest.mark.parametrize(
    ("i", "expected"),
    [
        (0, {"p=-1": False, "p-1=": False, "p=": False, "p+1=B-P": True}),
        (1, {"p=B-P": True, "p-1=": False, "p+1=I-P": True}),
        (2, {"p=I-P": True, "p-1=B-P": True, "p+1=": False}),
    ],
)
def test_places_of_a_token_and_its_neighbours(i: int, expected: dict[str, bool]) -> None:
    example = line_of("tỉnh Lạng Sơn", places=["-", "B-P", "I-P"])
    row = features(example.line, example.hints, example.places)[i]
    assert {start: any(x.startswith(start) for x in row) for start in expected} == expected


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("THÔNG BÁO KẾT LUẬN CỦA CHỦ TỊCH", True),
        ("THÔNG BÁO SỐ 15 NGÀY 5", True),
        ("THÔNG BÁO", False),  # too short to tell
        ("Thông báo kết luận của UBND", False),
        ("1 2 3 4 5", False),
        ("... ... ...", False),
    ],
)
def test_lines_in_capitals_say_so(text: str, loud: bool) -> None:
    assert {"loud" in row for row in line_of(text).features()} == {loud}


def test_without_rules_nothing_is_seen_of_them() -> None:
    example = line_of("Sở Y tế", ["B-AGENCY9", "I-AGENCY9", "I-AGENCY9"])
    assert "AGENCY" in str(example.features())
    assert "AGENCY" not in str(example.features(rules=False))
    assert len(example.features(rules=False)) == 3


pieces = st.sampled_from(
    "Sở|sở|UBND|tỉnh|Lạng|Sơn|,|.|-|15|2024|Nguyễn|VĂN|XIV|M'gar|¹|Ủy|đ|🏛".split("|")
)
hints = st.sampled_from(["O", "B-AGENCY9", "I-AGENCY7", "B-DATE", "I-INSTRUMENT"])
places = st.sampled_from(["-", "-", "B-P", "I-P", "B-C"])


@given(st.lists(st.tuples(pieces, hints, places), max_size=14), st.data())
def test_a_slice_sees_what_the_whole_line_sees(
    parts: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    example = line_of(" ".join(p[0] for p in parts))
    said, known = [p[1] for p in parts], [p[2] for p in parts]
    assert len(example.line) == len(parts)
    whole = features(example.line, said, known)
    assert len(whole) == len(parts)
    low = data.draw(st.integers(0, len(parts)))
    high = data.draw(st.integers(low, len(parts)))
    assert features(example.line, said, known, low, high) == whole[low:high]


# ---------------------------------------------------------------- lines of a document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nbc", [(0, 1), (2, 4)]),
        ("\n\na\n \n\tb\n", [(2, 3), (6, 8)]),
        ("", []),
        ("  ", []),
    ],
)
def test_line_spans(text: str, expected: list[tuple[int, int]]) -> None:
    assert list(line_spans(text)) == expected


@pytest.mark.parametrize(
    ("kind", "score", "hint"),
    [
        ("AGENCY", 0.95, "AGENCY9"),
        ("AGENCY", 0.94, "AGENCY7"),
        ("DATE", 0.2, "DATE"),
        ("INSTRUMENT", 1.0, "INSTRUMENT"),
    ],
)
def test_hints_say_how_sure_the_rules_are_of_an_agency(kind: str, score: float, hint: str) -> None:
    assert hint_of(Entity("e1", kind, 0, 2, "ab", None, score)) == hint


def test_examples_put_hints_and_gold_on_their_lines() -> None:
    text = "Sở Y tế\n\ngửi Sở Nội vụ\n—\nngày mai"

    def entity(words: str, kind: str = "AGENCY") -> Entity:
        at = text.index(words)
        return Entity("", kind, at, at + len(words), words, None, 0.99)

    gold = [(9, 22, "AGENCY"), (25, 33, "DATE")]
    found = [entity("Sở Y tế"), entity("Sở Nội vụ"), entity("ngày mai", "DATE")]
    got = list(examples(text, found, gold))
    assert [" ".join(e.hints) for e in got] == [
        "B-AGENCY9 I-AGENCY9 I-AGENCY9",
        "O B-AGENCY9 I-AGENCY9 I-AGENCY9",
        "O",
        "B-DATE I-DATE",
    ]
    assert [e.gold for e in got] == [
        ["O", "O", "O"],
        ["B-AGENCY", "I-AGENCY", "I-AGENCY", "I-AGENCY"],
        ["O"],
        ["B-DATE", "I-DATE"],
    ]
    # Only lines that touch a stretch: not the one that ends where it begins.
    assert [e.line[0].start for e in examples(text, found, gold, [(24, 26)])] == [25]
    assert list(examples(text, found, gold, [])) == []


def test_an_entity_over_a_line_end_is_hinted_on_both_lines() -> None:
    text = "Quyết định\nsố 15"
    found = [Entity("", "INSTRUMENT", 0, len(text), text)]
    assert [e.hints for e in examples(text, found)] == [
        ["B-INSTRUMENT", "I-INSTRUMENT"],
        ["B-INSTRUMENT", "I-INSTRUMENT"],
    ]
