"""Names of places on the tokens of a line: tables, every name of the tables, laws."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.places import provinces
from congvan.recogniser.features import tokens
from congvan.recogniser.gazetteer import names, place_hints


def hints(text: str) -> str:
    return " ".join(place_hints(tokens(text, 0, len(text))))


# fmt: off
ROWS = [
    ("tỉnh Lạng Sơn",           "- B-P I-P"),
    ("TỈNH LẠNG SƠN",           "- B-P I-P"),
    ("tỉnh lạng sơn",           "- - -"),
    ("tỉnh Lạng sơn",           "- - -"),
    ("Hoà Bình",                "B-P I-P"),
    ("Hòa Bình",                "B-P I-P"),
    ("thành phố Hồ Chí Minh",   "- - B-P I-P I-P"),
    ("xã Hữu Lũng",             "- B-D I-D"),  # of a district and of a commune: the larger
    ("thị trấn Đồng Đăng",      "- - B-C I-C"),
    ("Huế",                     "B-P"),
    ("Hà Nội, Hà Nam",          "B-P I-P - B-P I-P"),
    ("Hà Nội Hà Nam",           "B-P I-P B-P I-P"),
    # One syllable names a place only if it is a province.
    ("Vinh",                    "-"),
    ("Lạng",                    "-"),
    ("phường 1",                "- -"),
    ("Sở Y tế",                 "- - -"),
    ("",                        ""),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_place_hints(text: str, expected: str) -> None:
    assert hints(text) == expected


def test_the_longest_name_wins() -> None:
    known = names()
    pairs = [n for n in known if len(n.split()) == 3 and " ".join(n.split()[:2]) in known]
    assert pairs
    for name in pairs[:50]:
        assert hints(name.title()).split()[1:] == [f"I-{known[name][0].upper()}"] * 2, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huyện Cư M'gar", "- B-D I-D"),
        ("huyện Ea H'leo", "- B-D I-D"),
        ("xã Chân Mây - Lăng Cô", "- B-C I-C I-C I-C I-C"),
        ("xã Long Phú 1", "- B-C I-C I-C"),
    ],
)
def test_names_with_signs_and_numbers(text: str, expected: str) -> None:
    assert [h[:1] for h in hints(text).split()] == [h[:1] for h in expected.split()]


def test_every_province_is_found_in_both_writings() -> None:
    for name in provinces():
        if not name.replace(" ", "").isalpha() or " " not in name:
            continue  # "Bà Rịa - Vũng Tàu", "TP.HCM"
        for written in (name.title(), name.upper()):
            got = hints(f"tỉnh {written} và").split()
            assert got == ["-", "B-P", *["I-P"] * name.count(" "), "-"], name


def test_names_are_known_by_level() -> None:
    known = names()
    assert set(known.values()) == {"province", "district", "commune"}
    assert len(known) > 5000
    assert all(n == n.lower() == " ".join(n.split()) and not n.isdigit() for n in known)
    assert known["lạng sơn"] == "province"  # the province, though its town bore the name too


PIECES = st.sampled_from("tỉnh|Lạng|Sơn|Hà|Nội|Nam|Bình|hữu|Hữu|Lũng|,|-|Hồ|Chí|Minh|1|Cư|M'gar|VĨNH|LONG|¹|Ủ".split("|"))  # fmt: skip


@given(st.lists(PIECES, max_size=15).map(" ".join))
def test_hints_are_well_formed(text: str) -> None:
    line = tokens(text, 0, len(text))
    got = place_hints(line)
    assert len(got) == len(line)
    known = names()
    for token, hint in zip(line, got, strict=True):
        assert hint == "-" or token.text[0].isupper()
    for before, after in pairwise(["-", *got]):
        assert after[:1] != "I" or before[1:] == after[1:]
    i = 0
    while i < len(got):
        j = i + 1
        while j < len(got) and got[j][:1] == "I":
            j += 1
        if got[i] != "-":
            words = " ".join(t.text for t in line[i:j])
            assert known[words.lower()][0].upper() == got[i][2:]
        i = j
