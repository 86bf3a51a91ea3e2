"""Lines, the joins that page breaks and hard wraps need, page numbers, running heads, loose tables."""

from __future__ import annotations

import pytest

from congvan.layout import Line, join_edits, joins, mark_noise, split_lines, wrap_width
from congvan.tables import mark_tables
from congvan.text import apply_edits, shadow


def lines_after(text: str) -> list[str]:
    """Returns the lines that the joins leave, each with its region in front."""
    lines = split_lines(shadow(text))
    text, _ = apply_edits(text, join_edits(lines, shadow(text)))
    return [f"{x.region}|{x.text}" if x.region else x.text for x in split_lines(shadow(text))]


# fmt: off
JOINED: dict[str, tuple[str, str]] = {
    "a year that looks like an item": ("- Đô thị được nâng loại vào năm\n\n2030. Bổ sung các mục tiêu.",
                                       "- Đô thị được nâng loại vào năm 2030. Bổ sung các mục tiêu."),
    "a word cut by a page":           ("- Quy chế cần phải xây\n\ndựng thật kỹ.", "- Quy chế cần phải xây dựng thật kỹ."),
    "small letter":                   ("Sở Xây dựng\nthực hiện.",                 "Sở Xây dựng thực hiện."),
    "form feed":                      ("Giao sở rà soát về\n\fviệc cấp nước.",    "Giao sở rà soát về việc cấp nước."),
    "page number":                    ("Giao sở rà soát về\n\n2\n\nviệc cấp nước.", "Giao sở rà soát về việc cấp nước."),
    "page number in dashes":          ("Giao sở rà soát về\n\n- 2 -\n\nviệc cấp nước.", "Giao sở rà soát về việc cấp nước."),
    "page of pages":                  ("Giao sở rà soát về\n\nTrang 2/5\n\nviệc cấp nước.", "Giao sở rà soát về việc cấp nước."),
    "number after its word":          ("theo Nghị quyết số\n01/NQ-CP về giải pháp.", "theo Nghị quyết số 01/NQ-CP về giải pháp."),
    "symbol at its hyphen":           ("theo Nghị định số 30/2020/NĐ-\nCP của Chính phủ.", "theo Nghị định số 30/2020/NĐ-CP của Chính phủ."),
    "symbol at its slash":            ("theo Nghị định số 30/2020/\nNĐ-CP của Chính phủ.", "theo Nghị định số 30/2020/NĐ-CP của Chính phủ."),
    "clause and article":             ("theo khoản 1\nĐiều 12 của Luật Đất đai.", "theo khoản 1 Điều 12 của Luật Đất đai."),
    "article and law":                ("theo Điều 12\nLuật Đất đai.",             "theo Điều 12 Luật Đất đai."),
    "day after its word":             ("Báo cáo trước ngày\n15/6/2024 để gửi.",   "Báo cáo trước ngày 15/6/2024 để gửi."),
    "kilometre":                      ("Sửa đoạn từ Km\n211+500 trở đi.",         "Sửa đoạn từ Km 211+500 trở đi."),
    "conjunction":                    ("Giao Sở Nội vụ và\nSở Xây dựng thực hiện.", "Giao Sở Nội vụ và Sở Xây dựng thực hiện."),
    "comma":                          ("Giao Sở Nội vụ,\nSở Xây dựng thực hiện.", "Giao Sở Nội vụ, Sở Xây dựng thực hiện."),
    "open bracket":                   ("Giao các sở (Nội vụ\nXây dựng) thực hiện.", "Giao các sở (Nội vụ Xây dựng) thực hiện."),
    "item that goes on after ;":      ("- Rà soát danh mục;\nđồng thời báo cáo.", "- Rà soát danh mục; đồng thời báo cáo."),
    "of":                             ("Theo ý kiến của\nChủ tịch UBND tỉnh.",    "Theo ý kiến của Chủ tịch UBND tỉnh."),
    "three pieces":                   ("Giao Sở Xây dựng\nchủ trì, phối hợp với\nSở Nội vụ.", "Giao Sở Xây dựng chủ trì, phối hợp với Sở Nội vụ."),
}
APART: dict[str, str] = {
    "two sentences":               "Giao Sở Nội vụ.\nGiao Sở Xây dựng.",
    "lead-in and sentence":        "Kết luận như sau:\nGiao Sở Xây dựng.",
    "heading and sentence":        "1. Về cấp nước\nGiao Sở Xây dựng.",
    "heading and item":            "1. Về cấp nước\n- Giao Sở Xây dựng.",
    "grounds":                     "Căn cứ Luật Đất đai;\nCăn cứ Luật Nhà ở;",
    "items":                       "- Rà soát;\n- Báo cáo.",
    "item after no end mark":      "- Rà soát\n- Báo cáo",
    "numbered item, no end mark":  "Sở Xây dựng\n1. Cấp nước",
    "letters":                     "Sở Xây dựng thực hiện\na) Cấp nước",
    "capitals":                    "NHIỆM VỤ\nGiao Sở Xây dựng.",
    "capitals, numbered":          "I. NHIỆM VỤ\nGIẢI PHÁP",
    "chapter and title":           "Chương I\nQUY ĐỊNH CHUNG",
    "paragraphs, blank between":   "Giao Sở Nội vụ\n\nGiao Sở Xây dựng",
    "article after its law":       "theo quy định của Luật Đất đai.\nĐiều 2. Hiệu lực",
    "end of the paper":            "Giao Sở Nội vụ thực hiện./.\nHết",
    "every year, and a clause":    "Điều 9. Thời gian nghỉ hằng năm\n1. Nhà giáo được nghỉ hè.",
    "every month, and a sentence": "Điều 4. Trợ cấp hằng tháng\nChế độ này được thực hiện từ nay.",
    "population":                  "1. Tiêu chí dân số\n1.1. Dân số cả nước.",
    "minorities":                  "1.2. Dân tộc thiểu số\nSố người là 107 nghìn.",
    "digital transformation":      "1. Về chuyển đổi số\n2. Về kinh tế số",
    "article number, and a clause": "Điều 3. Sửa đổi, bổ sung khoản 1 Điều 8\n1. Khi làm thủ tục.",
    "year, and a sub-item":        "1. Mục tiêu đến năm 2025\n1.1. Cấp nước sạch.",
    "period, and an item":         "I. GIAI ĐOẠN 2021 - 2025\n1. Cấp nước sạch.",
}
# fmt: on


@pytest.mark.parametrize(("text", "line"), JOINED.values(), ids=JOINED)
def test_what_was_broken_is_joined(text: str, line: str) -> None:
    assert lines_after(text) == [line]


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_what_is_two_lines_stays_two(text: str) -> None:
    assert lines_after(text) == [x for x in text.split("\n") if x]


def test_a_join_changes_white_space_only() -> None:
    for text, line in JOINED.values():
        kept, offsets = apply_edits(text, join_edits(split_lines(shadow(text)), shadow(text)))
        assert kept.strip() == line
        for i, c in enumerate(kept):
            if not c.isspace():
                assert text[offsets.source(i)] == c


# ---------------------------------------------------------------- hard wraps

WRAPPED = """\
Sáng ngày 12 tháng 3 năm 2024, lãnh đạo Ủy ban nhân dân tỉnh đã nghe các
đơn vị báo cáo về việc cấp nước sạch và kè sông. Sau khi thảo luận, Chủ tịch
Ủy ban nhân dân tỉnh kết luận như sau:
1. Về cấp nước
Sở Xây dựng chủ trì, phối hợp với Sở Nội vụ và Ủy ban nhân dân các huyện trên
địa bàn tỉnh rà soát toàn bộ danh mục công trình cấp nước, lập kế hoạch sửa
chữa hằng năm và báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định theo quy
định. Hoàn thành trước ngày 15 tháng 6 năm 2024, báo cáo kết quả về Văn phòng
Ủy ban nhân dân tỉnh.
- Giao Sở Tài chính cân đối nguồn vốn từ ngân sách tỉnh, hướng dẫn các địa
phương lập dự toán, quyết toán theo Luật Ngân sách nhà nước; tổng hợp chung.
- Công an tỉnh giữ gìn an ninh trật tự tại các công trình trọng điểm của
tỉnh.
2. Về kè sông
Giao Sở Nông nghiệp và Môi trường kiểm tra hiện trạng kè, đề xuất phương án
Xử lý khẩn cấp sạt lở trước mùa mưa bão, gửi hồ sơ về Văn phòng tỉnh.
Các địa phương báo cáo.
"""


def test_a_wrapped_text_is_unwrapped() -> None:
    lines = lines_after(WRAPPED)
    assert [x[:16] for x in lines] == [
        "Sáng ngày 12 thá", "1. Về cấp nước", "Sở Xây dựng chủ ", "- Giao Sở Tài ch", "- Công an tỉnh g",
        "2. Về kè sông", "Giao Sở Nông ngh", "Các địa phương b",
    ]  # fmt: skip
    assert lines[2].endswith("Văn phòng Ủy ban nhân dân tỉnh.")
    assert "phương án Xử lý khẩn cấp" in lines[6]


def test_the_width_of_a_wrapped_text() -> None:
    assert 72 <= (wrap_width(split_lines(WRAPPED)) or 0) <= 78
    assert wrap_width(split_lines("Giao Sở Xây dựng.\n" * 30)) is None  # short lines are no wrap
    assert wrap_width(split_lines(WRAPPED[:300])) is None  # too few lines to say
    long = "Giao Sở Xây dựng rà soát danh mục. " * 20 + "\n"
    assert wrap_width(split_lines(WRAPPED + long)) is None  # a paragraph a line
    assert wrap_width([]) is None


def test_a_deeper_indent_begins_a_paragraph() -> None:
    a = Line(0, 70, "Giao Sở Xây dựng rà soát danh mục công trình cấp nước trên địa bàn tỉnh")
    b = Line(71, 90, "Sở Nội vụ theo dõi")
    assert joins(a, b, 72)
    assert not joins(a, Line(78, 97, b.text, indent=6), 72)
    assert joins(a, Line(78, 97, b.text, indent=6), 72, 6)
    assert not joins(a, b, None)


def test_tables_and_footnotes_are_never_joined() -> None:
    a, b = Line(0, 8, "theo các"), Line(9, 20, "quy định cũ")
    assert joins(a, b, None)
    for region in ("table", "footnote", "noise"):
        assert not joins(Line(0, 8, a.text, region), b, None)
        assert not joins(a, Line(9, 20, b.text, region), None)


# ---------------------------------------------------------------- page numbers and running heads


def noise(text: str) -> list[str]:
    return [x.text for x in split_lines(shadow(text)) if x.region == "noise"]


HEAD = "CÔNG TY CẤP NƯỚC BẮC SƠN"
# fmt: off
NOISE: dict[str, tuple[str, list[str]]] = {
    "pages that count up":        ("Một.\n\n2\n\nHai.\n\n3\n\nBa.\n",                     ["2", "3"]),
    "one that cuts a sentence":   ("Giao sở về\n\n2\n\nviệc A.\n",                        ["2"]),
    "one between sentences":      ("Một.\n\n2\n\nHai.\n",                                 []),
    "not alone on its paragraph": ("Một.\n2\nHai.\n3\nBa.\n",                             []),
    "numbers that do not count":  ("Một.\n\n250\n\nHai.\n\n97\n\nBa.\n",                  []),
    "running head and number":    (f"Giao sở về\n\n{HEAD}\n\n2\n\nviệc A.\n\nGiao sở về\n\n{HEAD}\n\n3\n\nviệc B.\n",
                                   [HEAD, "2", HEAD, "3"]),
    "head behind form feeds":     (f"Một.\n\f{HEAD}\nHai.\n\f{HEAD}\nBa.\n",              [HEAD, HEAD]),
    "sentence behind form feeds": ("Một.\n\fGiao sở làm.\nHai.\n\fGiao sở làm.\nBa.\n",   []),
    "item behind form feeds":     ("Một.\n\f- Sở Nội vụ\nHai.\n\f- Sở Nội vụ\nBa.\n",     []),
    "once behind a form feed":    (f"Một.\n\f{HEAD}\nHai.\n",                             []),
    "head with its page":         ("Một.\n\fTrang 2 TB-UBND\nHai.\n\fTrang 3 TB-UBND\nBa.\n", ["Trang 2 TB-UBND", "Trang 3 TB-UBND"]),
}
# fmt: on


@pytest.mark.parametrize(("text", "found"), NOISE.values(), ids=NOISE)
def test_noise(text: str, found: list[str]) -> None:
    assert noise(text) == found


def test_head_and_number_between_two_halves_go_with_the_join() -> None:
    text = NOISE["running head and number"][0]
    assert lines_after(text) == ["Giao sở về việc A.", "Giao sở về việc B."]


def test_noise_is_marked_once() -> None:
    lines = split_lines(NOISE["pages that count up"][0])
    assert mark_noise(lines) == lines
    assert mark_noise([]) == []


# ---------------------------------------------------------------- tables that came as text


def tables(text: str) -> list[str]:
    return [x.text for x in mark_tables(split_lines(shadow(text))) if x.region == "table"]


CELLS = "TT\nNội dung\nVốn\n1\nCầu Đất\n97.700\n2\nĐường Lũng\n12.000"
# fmt: off
TABLES: dict[str, tuple[str, int]] = {
    "bars":                 ("Biểu:\n| STT | Tên |\n| 1 | Cầu |\nHết.",         2),
    "tabs":                 ("Biểu:\nSTT\tTên\n1\tCầu\nHết.",                   2),
    "cells one a line":     (f"Vốn như sau:\n{CELLS}\nGiao Sở Xây dựng.",       9),
    "a clause behind it":   (
        f"a) Vốn như sau:\n{CELLS.replace('97.700', '97 tỷ').replace('12.000', '12 tỷ')}\nb) Căn cứ nhiệm vụ, cơ cấu tổ chức và danh mục vị trí, các sở lập dự toán.\nĐiều 9. Định mức",
        9,
    ),
    "clauses behind it":    (
        f"1. Vốn như sau:\n{CELLS.replace('97.700', '97 tỷ').replace('12.000', '12 tỷ')}\n2. Bãi bỏ các Thông tư sau:\na) Thông tư về cầu treo;\nb) Thông tư về kè.\n3. Các sở báo cáo.",
        9,
    ),
    "one line with a tab":  ("Biểu:\nSTT\tTên\nHết.",                           0),
    "letterhead in columns": ("UBND TỈNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/TB\tĐộc lập - Tự do\n", 0),
    "a short one with TT":  ("Vốn:\nTT\nTên\n1\nCầu\n2\nĐường\nGiao Sở Xây dựng.", 6),
    "too few cells":        ("Vốn:\nTên\n1\nCầu\n2\nĐường\nHết.",  0),
    "short lines of words": ("Thành phần\n" + "Sở Nội vụ\n" * 9 + "Hết.",       0),
    "items":                ("- Một;\n" * 9,                                    0),
    "plain prose":          ("Giao Sở Xây dựng.\n" * 9,                         0),
    "amounts are no row numbers": ("Vốn:\nSTT\nKè\nVốn\n1\nLũng\n97.700\n2\nĐất\n12.000\nGiao Sở Xây dựng.", 9),
}
# fmt: on


@pytest.mark.parametrize(("text", "count"), TABLES.values(), ids=TABLES)
def test_loose_tables(text: str, count: int) -> None:
    found = tables(text)
    assert len(found) == count
    assert not {"Hết.", "Giao Sở Xây dựng."} & set(found), "what stands behind is no part of it"


# ---------------------------------------------------------------- lines and their offsets


def test_lines_know_their_place() -> None:
    text = "\n  Một\u00a0hai \r\n".replace("\r", "") + "\n\tBa\n\fBốn"
    lines = split_lines(shadow(text))
    assert [text[x.start : x.end].replace("\u00a0", " ") for x in lines] == [x.text for x in lines]
    assert [x.text for x in lines] == ["Một hai", "Ba", "Bốn"]
    assert [x.indent for x in lines] == [2, 1, 0]
    assert [x.blank_before for x in lines] == [False, True, True]
    assert [x.page_break for x in lines] == [False, False, True]


def test_regions_are_laid_on_the_lines_that_begin_in_them() -> None:
    text = "Một\nhai\nba\nbốn"
    lines = split_lines(text, [(4, 7, "table"), (11, 15, "footnote")])
    assert [x.region for x in lines] == [None, "table", None, "footnote"]
    assert split_lines("", [(0, 0, "table")]) == []
    assert split_lines(" \n\f\n\t") == []
