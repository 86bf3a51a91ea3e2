"""Grains: what no word border may cut, string by string, and what holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.words.grains import Span, cut_at, grains


def cut(text: str, *, keep: bool = True) -> list[str]:
    return [text[a:b] for a, b in grains(text, keep=keep)]


# The grains, parted by "|".
# fmt: off
NUMBERS = [  # State form, then Party form, then what stands around them
    ("số 1804/QĐ-TTg ngày",              "số|1804/QĐ-TTg|ngày"),
    ("82/2018/NĐ-CP",                    "82/2018/NĐ-CP"),
    ("45/2019/QH14",                     "45/2019/QH14"),
    ("2279/BKHĐT-TH",                    "2279/BKHĐT-TH"),
    ("12/2015/TT-BLĐTBXH",               "12/2015/TT-BLĐTBXH"),
    ("15/2020/TTLT-BTC-BNV",             "15/2020/TTLT-BTC-BNV"),
    ("1234/UBTVQH14",                    "1234/UBTVQH14"),
    ("219/TTr-SNV;",                     "219/TTr-SNV|;"),
    ("58/KH-UBND.",                      "58/KH-UBND|."),
    ("15a/QĐ-UBND",                      "15a/QĐ-UBND"),
    ("15/QĐ–UBND",                       "15/QĐ–UBND"),
    ("15/QĐ-UBND-VX1",                   "15/QĐ-UBND-VX1"),
    ("12/2020/QĐ-UBND.HC",               "12/2020/QĐ-UBND.HC"),
    ("12/CP",                            "12/CP"),
    ("15/TB-UBND/2021",                  "15/TB-UBND/2021"),
    ("62-NQ/TU",                         "62-NQ/TU"),
    ("57-NQ/TW,",                        "57-NQ/TW|,"),
    ("145-TB/VPTW",                      "145-TB/VPTW"),
    ("05-CT/TW",                         "05-CT/TW"),
    ("31 – HD/BTCTW",                    "31 – HD/BTCTW"),
    ("31 - HD/BTCTW",                    "31 - HD/BTCTW"),
    ("(82/2018/NĐ-CP)",                  "(|82/2018/NĐ-CP|)"),
    ("77/TB-VP,12/KH-UBND",              "77/TB-VP|,|12/KH-UBND"),
    ("1804/QĐ-TTg-",                     "1804/QĐ-TTg|-"),
    ("Số:  /TB-UBND",                    "Số|:|/|TB-UBND"),
    ("15/qđ-ubnd",                       "15|/|qđ|-|ubnd"),
    ("x1804/QĐ-TTg",                     "x1804|/|QĐ|-|TTg"),
]
ACRONYMS = [
    ("Sở KH&ĐT",                         "Sở|KH&ĐT"),
    ("LĐ-TB&XH",                         "LĐ-TB&XH"),
    ("BKHĐT-TH",                         "BKHĐT-TH"),
    ("VHTT&DL",                          "VHTT&DL"),
    ("TB-UBND",                          "TB-UBND"),
    ("Km3+700",                          "Km3+700"),
    ("đoạn Km12+300 của",                "đoạn|Km12+300|của"),
    ("QL4B",                             "QL4B"),
    ("TP. Bắc Sơn",                      "TP.|Bắc|Sơn"),
    ("Tp.HCM",                           "Tp.|HCM"),
    ("ThS. An",                          "ThS.|An"),
    ("về TP.",                           "về|TP|."),
    ("A - B",                            "A|-|B"),
    ("Đồng Đăng - Bắc Sơn",              "Đồng|Đăng|-|Bắc|Sơn"),
]
DATES = [
    ("ngày 13/11/2020",                  "ngày|13/11/2020"),
    ("20.7.2020",                        "20.7.2020"),
    ("01-12-2019",                       "01-12-2019"),
    ("tháng 5/2021,",                    "tháng|5/2021|,"),
    ("2021-2025",                        "2021-2025"),
    ("2021–2025.",                       "2021–2025|."),
    ("01/01/2020-31/12/2020",            "01/01/2020|-|31/12/2020"),
    ("30/4",                             "30/4"),
    ("2021 - 2025",                      "2021|-|2025"),
    ("năm 2020.",                        "năm|2020|."),
    ("Quý II/2021",                      "Quý|II|/|2021"),
    ("17h30",                            "17h30"),
    ("8g00",                             "8g00"),
    ("08:30",                            "08:30"),
    ("17 giờ 30",                        "17|giờ|30"),
]
AMOUNTS = [
    ("1.234.567,5 ha",                   "1.234.567,5|ha"),
    ("248.700.000.000 đồng",             "248.700.000.000|đồng"),
    ("61,5%",                            "61,5%"),
    ("61 % số xã",                       "61 %|số|xã"),
    ("100%.",                            "100%|."),
    ("tỷ lệ 1/5.000",                    "tỷ|lệ|1/5.000"),
    ("24/7",                             "24/7"),
    ("3-5%",                             "3|-|5%"),
    ("12-15 người",                      "12|-|15|người"),
    ("5/người",                          "5|/|người"),
    ("1088/2-1089",                      "1088/2|-|1089"),
    ("1.1. Về đất",                      "1.1|.|Về|đất"),
    ("a) Về đất",                        "a|)|Về|đất"),
]
ADDRESSES = [
    ("https://congvan.example/a?b=1&c=2.", "https://congvan.example/a?b=1&c=2|."),
    ("(http://a.example:8080/x)",        "(|http://a.example:8080/x|)"),
    ("www.bacson.example/van-ban,",      "www.bacson.example/van-ban|,"),
    ("ubnd.bacson@bacson.example.",      "ubnd.bacson@bacson.example|."),
    ("x @ y",                            "x|@|y"),
    ("www. bacson",                      "www|.|bacson"),
]
OTHERS = [
    ("chờ… rồi",                         "chờ|…|rồi"),
    ("chờ... rồi",                       "chờ|...|rồi"),
    ("và/hoặc",                          "và|/|hoặc"),
    ("“Thống nhất”;",                    "“|Thống|nhất|”|;"),
    ("a_b",                              "a_b"),
    ("12 m²",                            "12|m²"),
    ("  \t\n ",                          ""),
    ("",                                 ""),
]
# fmt: on
TABLE = [*NUMBERS, *ACRONYMS, *DATES, *AMOUNTS, *ADDRESSES, *OTHERS]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[t for t, _ in TABLE])
def test_grains(text: str, expected: str) -> None:
    assert cut(text) == (expected.split("|") if expected else [])


# fmt: off
BARE = [
    ("số 1804/QĐ-TTg", "số|1804|/|QĐ|-|TTg"),
    ("13/11/2020",     "13|/|11|/|2020"),
    ("61,5%",          "61|,|5|%"),
    ("a@b.example",    "a|@|b|.|example"),
    ("TP. An",         "TP|.|An"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), BARE, ids=[t for t, _ in BARE])
def test_bare_syllables(text: str, expected: str) -> None:
    assert cut(text, keep=False) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("năm 2020 - Nghị quyết", "năm|2020|-|Nghị|quyết"),
        ("phòng 12 - Sở Tài chính", "phòng|12|-|Sở|Tài|chính"),
        ("đường 4 – Bắc Sơn", "đường|4|–|Bắc|Sơn"),
        ("khoản 2-Điều 5", "khoản|2|-|Điều|5"),
    ],
)
def test_a_dash_before_a_name_is_no_symbol(text: str, expected: str) -> None:
    assert cut(text) == expected.split("|")


@pytest.mark.parametrize("text", ["cao 298,5m", "12,5ha", "nộp 100.000đ", "1.5km"])
def test_a_unit_behind_a_number_does_not_cut_it(text: str) -> None:
    assert not {",", "."} & set(cut(text))


@pytest.mark.parametrize("text", ["15/QÐ-UBND", "18/2002/QÐ–BTS", "Sở KH&ÐT"])
def test_lookalike_letters_cut_no_number(text: str) -> None:
    assert cut(text)[-1] == text.split(" ")[-1]


# ---------------------------------------------------------------- spans that stay whole


# fmt: off
WHOLE = [
    # text                        whole            expected
    ("giao Sở Y tế họp",          [(5, 12)],       "giao|Sở Y tế|họp"),
    ("giao Sở Y tế",              [(0, 12)],       "giao Sở Y tế"),
    ("Sở Y tế, Sở Nội vụ họp",    [(0, 7), (9, 18)], "Sở Y tế|,|Sở Nội vụ|họp"),
    ("HĐND-UBND xã",              [(5, 12)],       "HĐND-|UBND xã"),
    ("rà soát",                   [(1, 5)],        "r|à so|át"),
    ("rà",                        [(0, 1)],        "r|à"),
    ("theo 1804/QĐ-TTg nhé",      [(10, 20)],      "theo|1804/|QĐ-TTg nhé"),
    ("rà soát",                   [],              "rà|soát"),
]
# fmt: on


@pytest.mark.parametrize(("text", "whole", "expected"), WHOLE)
def test_whole(text: str, whole: list[Span], expected: str) -> None:
    assert [text[a:b] for a, b in grains(text, whole=whole)] == expected.split("|")


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [
        ("HĐND-UBND", [(0, 4), (5, 9)], "HĐND|-|UBND"),
        ("Sở Y tếSở Nội vụ", [(0, 7), (7, 16)], "Sở Y tế|Sở Nội vụ"),
    ],
)
def test_two_whole_spans_in_one_grain(text: str, whole: list[Span], expected: str) -> None:
    assert [text[a:b] for a, b in grains(text, whole=whole)] == expected.split("|")


# fmt: off
CUTS = [
    ([],           [(0, 4), (5, 9)]),
    ([0, 4, 5, 9], [(0, 4), (5, 9)]),
    ([2],          [(0, 2), (2, 4), (5, 9)]),
    ([1, 2, 3],    [(0, 1), (1, 2), (2, 3), (3, 4), (5, 9)]),
    ([2, 2, 7],    [(0, 2), (2, 4), (5, 7), (7, 9)]),
    ([99],         [(0, 4), (5, 9)]),
]
# fmt: on


@pytest.mark.parametrize(("cuts", "expected"), CUTS)
def test_cut_at(cuts: list[int], expected: list[Span]) -> None:
    assert cut_at("giao việc", [(0, 4), (5, 9)], cuts) == expected


# ---------------------------------------------------------------- laws


pieces = st.sampled_from(
    "1804/QĐ-TTg |62-NQ/TU|13/11/2020|61,5 %|Km3+700|KH&ĐT|a@b.vn|http://a.vn/b|www.a.vn|TP. |..|…|Ð|"
    "\u0301|rà | |\t|\n|/|-|–|.|,|%|&|_|²|𝟛|👩‍👧|\u200b|\xa0|5|2021|h|Q|đ".split("|")
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=25).map("".join))


def check(text: str, found: list[Span], *, blanks: bool = False) -> None:
    """Sorted and apart, nothing but white space between; no white space at an end."""
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        if not blanks:
            assert text[start:end].strip() == text[start:end]
        at = end
    assert not text[at:].strip()


@given(texts, st.booleans())
def test_grains_cover_all_but_white_space(text: str, keep: bool) -> None:
    check(text, grains(text, keep=keep))


@given(texts, st.lists(st.integers(0, 60), max_size=8, unique=True))
def test_whole_spans_are_grains_and_the_rest_is_covered(text: str, edges: list[int]) -> None:
    edges = sorted(e for e in edges if e <= len(text))
    whole = list(zip(edges[::2], edges[1::2], strict=False))
    found = grains(text, whole=whole)
    check(text, found, blanks=True)
    assert set(whole) <= set(found)


@given(texts, st.lists(st.integers(0, 70), max_size=8))
def test_cuts_fall_between_grains(text: str, cuts: list[int]) -> None:
    before = grains(text)
    after = cut_at(text, before, sorted(cuts))
    check(text, after, blanks=True)
    assert not [c for c in cuts for a, b in after if a < c < b]
    assert {e for s in before for e in s} <= {e for s in after for e in s}
