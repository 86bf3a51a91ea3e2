"""Paragraphs of a PDF told by the place of their lines, and letterheads in narrow columns."""

from __future__ import annotations

import pytest

from congvan.readers.letterhead import mended
from congvan.readers.ocr import _read_right
from congvan.readers.pdf_flow import breaks_symbol, flow_of, goes_on, joined
from congvan.readers.pdf_lines import Line, Run
from readers.test_pdf import Sheet, filled

LEFT, RIGHT, INDENT = 85.0, 538.0, 36.0


def line(text: str, y: float, *, first: bool = False, full: bool = True, x0: float = LEFT) -> Line:
    left = x0 + (INDENT if first else 0)
    right = RIGHT if full else left + 6.5 * len(text)
    if full:  # begins and ends with the words, and is as long as its place says
        text = f"{text} {'rà soát danh mục đề án và báo cáo kết quả'[: 66 - 2 * len(text)]} {text}"
    return Line(y, 14, [Run(text, left, right, y, 14)])


def paragraphs(*, indented: bool = True) -> list[Line]:
    out = []
    for i in range(6):
        y = 780 - 60 * i
        out += [line(f"{i}. Giao Sở Nội vụ rà soát danh mục", y, first=indented)]
        out += [line("đề án đã trình tại phiên họp (kỳ", y - 17)]
        out += [line("2) sau đó báo cáo.", y - 34, full=False)]
    return out


def test_a_number_at_the_margin_goes_on_the_paragraph() -> None:
    lines = paragraphs()
    flow = flow_of([lines], 1.2)
    assert flow is None  # "2)." stands at the margin as often as items are indented
    lines = [x for i, x in enumerate(lines) if i % 3 < 2 or i == 2]
    lines += [line(f"{i}. Báo cáo kết quả trước ngày 20", 400 - 20 * i, first=True) for i in (7, 8)]
    flow = flow_of([lines], 1.2)
    assert flow is not None
    assert (flow.left, flow.indented) == (pytest.approx(LEFT, abs=1), True)
    assert goes_on(flow, lines[1], lines[2], same_page=True)
    assert goes_on(flow, lines[0], lines[1], same_page=True)
    assert not goes_on(flow, lines[2], lines[3], same_page=True)


@pytest.mark.parametrize(("before", "after", "same_page", "expected"), [
    pytest.param(line("của Ban", 100), line("Thường vụ", 700), False, True, id="over the page"),
    pytest.param(line("của Ban", 100), line("Thường vụ", 700, first=True), False, False, id="indented"),
    pytest.param(line("của Ban", 100, full=False), line("Thường vụ", 83), True, False, id="line not full"),
    pytest.param(line("thực hiện./.", 100), line("Nơi nhận:", 700), False, False, id="end of the document"),
    pytest.param(line("của Ban", 100), line("Thường vụ", 60), True, False, id="space between"),
    pytest.param(line("của Ban", 100), line("KẾT LUẬN", 83, x0=250, full=False), True, False, id="centred"),
])  # fmt: skip
def test_goes_on(before: Line, after: Line, same_page: bool, expected: bool) -> None:
    lines = [x for i, x in enumerate(paragraphs()) if i % 3 < 2]
    flow = flow_of([lines], 1.2)
    assert flow is not None
    assert goes_on(flow, before, after, same_page=same_page) is expected


def test_short_or_plain_documents_are_left_alone() -> None:
    assert flow_of([paragraphs()[:6]], 1.2) is None
    prose = [line("Ủy ban nhân dân tỉnh đã họp", 780 - 17 * i) for i in range(30)]
    assert flow_of([prose], 1.2) is None
    assert not goes_on(None, prose[0], prose[1], same_page=True)


@pytest.mark.parametrize(("before", "after", "expected"), [
    ("Nghị quyết số 66-", "NQ/TW", "Nghị quyết số 66-NQ/TW"),
    ("số 29/2024/NQ-", "HĐND ngày", "số 29/2024/NQ-HĐND ngày"),
    ("giai đoạn 2021 -", "2025", "giai đoạn 2021 - 2025"),
    ("của Ban", "Thường vụ", "của Ban Thường vụ"),
])  # fmt: skip
def test_joined(before: str, after: str, expected: str) -> None:
    assert joined(before, after) == expected


@pytest.mark.parametrize(("before", "after", "expected"), [
    ("SỐ 66-", "NQ/TW", True),
    ("29/2024/NQ-", "HĐND ngày", True),
    ("giai đoạn 2021 -", "2025", False),
    ("kinh tế-", "Xã hội", False),
])  # fmt: skip
def test_breaks_symbol(before: str, after: str, expected: bool) -> None:
    assert breaks_symbol(before, after) is expected


def test_a_number_broken_in_a_title_is_one() -> None:
    sheet = Sheet()
    sheet.middle(297, 700, "VỀ VIỆC THỰC HIỆN NGHỊ QUYẾT SỐ 66-", 12)
    sheet.middle(297, 684, "NQ/TW", 12)
    assert filled(sheet.read()) == ["VỀ VIỆC THỰC HIỆN NGHỊ QUYẾT SỐ 66-NQ/TW"]


def test_a_narrow_letterhead_is_put_together() -> None:
    sheet = Sheet()
    for i, (left, right) in enumerate([
        ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
        ("TỈNH ĐIỆN BIÊN", "VIỆT NAM"),
        ("Số: 12/KH-UBND", "Độc lập - Tự do - Hạnh phúc"),
        ("", "Điện Biên, ngày 05 tháng 6"),
        ("", "năm 2024"),
    ]):  # fmt: skip
        sheet.middle(160, 780 - 15 * i, left)
        sheet.middle(420, 780 - 15 * i, right)
    assert filled(sheet.read()) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH ĐIỆN BIÊN",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Điện Biên, ngày 05 tháng 6 năm 2024",
    ]


@pytest.mark.parametrize(("lines", "expected"), [
    (["ĐẢNG CỘNG SẢN", "VIỆT NAM", "Huế, ngày 5", "tháng 5 năm 2025"],
     ["ĐẢNG CỘNG SẢN VIỆT NAM", "Huế, ngày 5 tháng 5 năm 2025"]),
    (["Độc lập - Tự do - Hạnh", "phúc", "TP. Hồ Chí Minh,", "ngày 5 tháng 5 năm 2025"],
     ["Độc lập - Tự do - Hạnh phúc", "TP. Hồ Chí Minh, ngày 5 tháng 5 năm 2025"]),
    (["TỔNG CÔNG TY THÉP", "VIỆT NAM"], ["TỔNG CÔNG TY THÉP", "VIỆT NAM"]),
    (["V/v kết luận phiên họp,", "ngày 5 tháng 5"], ["V/v kết luận phiên họp,", "ngày 5 tháng 5"]),
])  # fmt: skip
def test_mended(lines: list[str], expected: list[str]) -> None:
    assert mended(lines) == expected


def test_a_column_with_a_table_is_left_alone() -> None:
    table = object()
    assert mended(["Số: 5", table]) == ["Số: 5", table]


@pytest.mark.parametrize(("read", "right"), [
    ("UBND TỈnh giao BỘ Tài chính", "UBND Tỉnh giao Bộ Tài chính"),
    ("TỪ ngày 11", "Từ ngày 11"),
    ("các đẳng bộ, Đẳng ủy; văn bẳn", "các đảng bộ, Đảng ủy; văn bản"),
    ("BỘ TÀI CHÍNH", "BỘ TÀI CHÍNH"),
    ("trường cao đẳng, bình đẳng, đẳng cấp", "trường cao đẳng, bình đẳng, đẳng cấp"),
    ("Nghị quyết số 5-NQ/TW, HĐND", "Nghị quyết số 5-NQ/TW, HĐND"),
])  # fmt: skip
def test_usual_mistakes_of_recognition(read: str, right: str) -> None:
    text, count = _read_right(read)
    assert text == right
    assert bool(count) is (read != right)
