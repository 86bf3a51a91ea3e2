"""Markers at the start of a line: every level of the State and the Party form, and what only looks like one."""

from __future__ import annotations

import pytest

from congvan.markers import LEGAL, LEVEL, RANK, Marker, marker_at
from congvan.text import shadow

# fmt: off
# line, marker, kind, first words of the content
HITS: dict[str, tuple[str, str, str, str]] = {
    "part in words":           ("Phần thứ nhất",                  "Phần thứ nhất",  "phan",     ""),
    "part in capitals":        ("PHẦN THỨ HAI",                   "PHẦN THỨ HAI",   "phan",     ""),
    "part with numeral":       ("Phần I. Hiện trạng",             "Phần I.",        "phan",     "Hiện trạng"),
    "part with colon":         ("PHẦN II: GIẢI PHÁP",             "PHẦN II:",       "phan",     "GIẢI PHÁP"),
    "chapter alone":           ("Chương I",                       "Chương I",       "chuong",   ""),
    "chapter and title":       ("CHƯƠNG IV QUY ĐỊNH CHUNG",       "CHƯƠNG IV",      "chuong",   "QUY ĐỊNH CHUNG"),
    "chapter with point":      ("Chương III. Thi hành",           "Chương III.",    "chuong",   "Thi hành"),
    "chapter in digits":       ("Chương 2. Tổ chức",              "Chương 2.",      "chuong",   "Tổ chức"),
    "division":                ("Mục 2. KIỂM TRA",                "Mục 2.",         "muc",      "KIỂM TRA"),
    "division alone":          ("MỤC 1",                          "MỤC 1",          "muc",      ""),
    "subdivision":             ("Tiểu mục 1. Hồ sơ",              "Tiểu mục 1.",    "tieumuc",  "Hồ sơ"),
    "article":                 ("Điều 1. Phạm vi điều chỉnh",     "Điều 1.",        "dieu",     "Phạm vi"),
    "added article":           ("Điều 5a. Trách nhiệm",           "Điều 5a.",       "dieu",     "Trách nhiệm"),
    "added article đ":         ("Điều 12đ. Hồ sơ",                "Điều 12đ.",      "dieu",     "Hồ sơ"),
    "article with colon":      ("ĐIỀU 3: Hiệu lực",               "ĐIỀU 3:",        "dieu",     "Hiệu lực"),
    "old article":             ("Điều thứ 7. Hiệu lực",           "Điều thứ 7.",    "dieu",     "Hiệu lực"),
    "article, Icelandic eth":  ("Ðiều 2. Hiệu lực",               "Điều 2.",        "dieu",     "Hiệu lực"),
    "roman":                   ("I. NHIỆM VỤ",                    "I.",             "roman",    "NHIỆM VỤ"),
    "roman, Party":            ("II- Về đất đai",                 "II-",            "roman",    "Về đất đai"),
    "roman, en dash":          ("III – Về đất đai",               "III -",          "roman",    "Về đất đai"),
    "roman, slash":            ("IV/ TỔ CHỨC",                    "IV/",            "roman",    "TỔ CHỨC"),
    "roman fourteen":          ("XIV. KẾT LUẬN",                  "XIV.",           "roman",    "KẾT LUẬN"),
    "roman five":              ("V. KINH PHÍ",                    "V.",             "roman",    "KINH PHÍ"),
    "Cyrillic numeral":        ("Х. KINH PHÍ",                    "X.",             "roman",    "KINH PHÍ"),
    "capital":                 ("A. TÌNH HÌNH",                   "A.",             "upper",    "TÌNH HÌNH"),
    "capital Đ":               ("Đ. KINH PHÍ",                    "Đ.",             "upper",    "KINH PHÍ"),
    "capital, slash":          ("B/ GIẢI PHÁP",                   "B/",             "upper",    "GIẢI PHÁP"),
    "number":                  ("1. Về cấp nước",                 "1.",             "number",   "Về cấp nước"),
    "number, no blank":        ("3.Giao Sở Xây dựng",             "3.",             "number",   "Giao"),
    "padded number":           ("01. Cầu Đất",                    "01.",            "number",   "Cầu"),
    "two digits":              ("20. Giao Sở Nội vụ",             "20.",            "number",   "Giao"),
    "number, bracket":         ("10) Giao Sở Nội vụ",             "10)",            "number",   "Giao"),
    "number, slash":           ("1/ Về cấp nước",                 "1/",             "number",   "Về"),
    "number, Party":           ("1- Đồng ý bổ nhiệm",             "1-",             "number",   "Đồng ý"),
    "number, Party, no blank": ("2-Giao Ban Tổ chức",             "2-",             "number",   "Giao"),
    "number, Party, spaced":   ("3 – Giao Ban Tổ chức",           "3 -",            "number",   "Giao"),
    "number before a number":  ("4. 12 xã vùng cao",              "4.",             "number",   "12 xã"),
    "second level":            ("1.1. Tên nhiệm vụ",              "1.1.",           "multi",    "Tên"),
    "second level, open":      ("2.3 Tên nhiệm vụ",               "2.3",            "multi",    "Tên"),
    "third level":             ("1.2.3. Tên nhiệm vụ",            "1.2.3.",         "multi",    "Tên"),
    "fourth level":            ("1.2.3.4. Tên nhiệm vụ",          "1.2.3.4.",       "multi",    "Tên"),
    "letter":                  ("a) Rà soát",                     "a)",             "letter",   "Rà soát"),
    "letter đ":                ("đ) Rà soát",                     "đ)",             "letter",   "Rà soát"),
    "added letter":            ("a1) Rà soát",                    "a1)",            "letter",   "Rà soát"),
    "letter in brackets":      ("(b) Rà soát",                    "(b)",            "letter",   "Rà soát"),
    "letter, point":           ("c. Rà soát",                     "c.",             "letter",   "Rà soát"),
    "letter, no blank":        ("d)Rà soát",                      "d)",             "letter",   "Rà soát"),
    "number in brackets":      ("(1) Rà soát",                    "(1)",            "paren",    "Rà soát"),
    "small roman":             ("(ii) Rà soát",                   "(ii)",           "lowroman", "Rà soát"),
    "small roman, half":       ("iii) Rà soát",                   "iii)",           "lowroman", "Rà soát"),
    "small roman nine":        ("(ix) Rà soát",                   "(ix)",           "lowroman", "Rà soát"),
    "dash":                    ("- Rà soát",                      "-",              "dash",     "Rà soát"),
    "dash, no blank":          ("-Rà soát",                       "-",              "dash",     "Rà soát"),
    "en dash":                 ("– Rà soát",                      "-",              "dash",     "Rà soát"),
    "dash and number":         ("- 05 bộ hồ sơ",                  "-",              "dash",     "05 bộ"),
    "plus":                    ("+ Rà soát",                      "+",              "plus",     "Rà soát"),
    "plus, no blank":          ("+Rà soát",                       "+",              "plus",     "Rà soát"),
    "bullet":                  ("• Rà soát",                      "•",              "bullet",   "Rà soát"),
    "star":                    ("* Rà soát",                      "*",              "bullet",   "Rà soát"),
    "o of Word":               ("o Rà soát",                      "o",              "bullet",   "Rà soát"),
}
NEAR_MISSES = {
    "a year":                "2030. Bổ sung các mục tiêu",
    "three digits":          "100. Bổ sung",
    "thousands":             "1.000 người được cấp nước",
    "thousands, two digits": "10.000 đồng",
    "a date":                "29/4/2021 là hạn cuối",
    "a count":               "5 tháng đầu năm",
    "a share":               "12/9 xã đạt chuẩn",
    "a numeral alone":       "I TÊN",
    "a code":                "V-2 và V-3",
    "a class":               "X/5 hộ",
    "initials":              "A.B. Nguyễn",
    "an article of another": "Điều 12 của Luật này",
    "a number with point":   "Điều 1.2",
    "a condition":           "Điều kiện áp dụng",
    "a programme":           "Chương trình hành động",
    "software":              "Phần mềm quản lý",
    "an aim":                "Mục tiêu chung",
    "a division cited":      "Mục 2 của Kế hoạch này",
    "a chapter cited":       "Chương II và Chương III Nghị định",
    "an annex":              "PHỤ LỤC I",
    "a clause":              "Khoản 2. được sửa đổi",
    "a task":                "Nhiệm vụ 1: rà soát",
    "a name":                "Ông Trần Văn An",
    "small o":               "o nội dung",
    "positive number":       "+5 độ",
    "a rule of dashes":      "-----",
    "a rule with blanks":    "- - -",
    "a rule of stars":       "* * *",
    "a lone dash":           "-",
    "a lone number":         "1.",
    "a lone letter":         "a)",
    "a lone numeral":        "II.",
    "a sentence":            "Giao Sở Xây dựng",
    "nothing":               "",
}
# fmt: on


@pytest.mark.parametrize(("line", "text", "kind", "rest"), HITS.values(), ids=HITS)
def test_markers(line: str, text: str, kind: str, rest: str) -> None:
    seen = shadow(line)
    marker = marker_at(seen)
    assert marker is not None
    assert (marker.text, marker.kind) == (text, kind)
    assert seen[marker.length :].startswith(rest)
    assert seen[marker.length :] == seen[marker.length :].strip()


@pytest.mark.parametrize("line", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_near_misses(line: str) -> None:
    assert marker_at(shadow(line)) is None


def test_the_outline_goes_from_part_to_bullet() -> None:
    lines = ("Phần I. A", "Chương I", "Mục 1. A", "Tiểu mục 1. A", "Điều 1. A", "A. A", "I. A", "1. A", "1.1. A",
             "1.1.1. A", "1.1.1.1. A", "a) A", "(1) A", "(ii) A", "- A", "+ A", "• A")  # fmt: skip
    markers = [m for m in map(marker_at, lines) if m is not None]
    ranks = [m.rank for m in markers]
    assert len(ranks) == len(lines)
    assert ranks == sorted(set(ranks))


def test_every_kind_has_a_rank_and_a_name() -> None:
    kinds = {kind for _, _, kind, _ in HITS.values()}
    assert kinds | {"title"} == set(RANK) == set(LEVEL)
    assert kinds > LEGAL
    assert marker_at("1. A") == Marker("1.", "number", RANK["number"], 3)


def test_a_marker_is_looked_for_at_the_start_alone() -> None:
    assert marker_at("Giao Sở A: 1. Rà soát") is None
    assert marker_at("theo Điều 1. Phạm vi") is None
