"""Annexes behind the signature: where they begin, what their title is, and what is none."""

from __future__ import annotations

import pytest

import congvan
from congvan.annexes import split_annexes
from congvan.layout import split_lines
from congvan.text import shadow

# fmt: off
# text behind the closing, [(title, first words of the content or None)]
CASES: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "title and number of its paper": (
        "PHỤ LỤC\nBIỂU VỐN\n(Kèm theo Quyết định số 1/QĐ-UBND)\n1. Cầu Đất.\n2. Kè Lũng.",
        [("PHỤ LỤC BIỂU VỐN (Kèm theo Quyết định số 1/QĐ-UBND)", "1. Cầu Đất.")]),
    "a statute with a title in small letters": (
        "QUY CHẾ\nPhối hợp quản lý cầu treo\n(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\nChương I\nQUY ĐỊNH CHUNG",
        [("QUY CHẾ Phối hợp quản lý cầu treo (Ban hành kèm theo Quyết định số 1/QĐ-UBND)", "Chương I")]),
    "two annexes": (
        "PHỤ LỤC I\nCẦU\n1. Cầu Đất.\nPHỤ LỤC II\nKÈ\n1. Kè Lũng.",
        [("PHỤ LỤC I CẦU", "1. Cầu Đất."), ("PHỤ LỤC II KÈ", "1. Kè Lũng.")]),
    "title on the line": (
        "Phụ lục II. Danh mục công trình\n1. Cầu Đất.",
        [("Phụ lục II. Danh mục công trình", "1. Cầu Đất.")]),
    "forms": (
        "Mẫu số 01\nĐƠN ĐỀ NGHỊ\nKính gửi: UBND xã\nMẫu số 02\nGIẤY XÁC NHẬN\n1. Tên.",
        [("Mẫu số 01 ĐƠN ĐỀ NGHỊ", "Kính gửi"), ("Mẫu số 02 GIẤY XÁC NHẬN", "1. Tên.")]),
    "a list in a table":     ("DANH SÁCH HỘ NGHÈO\nSTT\tTên\n1\tAn", [("DANH SÁCH HỘ NGHÈO", "STT")]),
    "a title and no more":   ("PHỤ LỤC", [("PHỤ LỤC", None)]),
    "something stands before": ("In trang này\nPHỤ LỤC\n1. Cầu.",     [("PHỤ LỤC", "1. Cầu.")]),
    "a title of two lines":  ("DANH MỤC\nDANH MỤC CẦU TREO\n1. Cầu.", [("DANH MỤC DANH MỤC CẦU TREO", "1. Cầu.")]),
    "what a web page left":  ("Xem thêm tin khác\nLiên hệ quảng cáo", []),
    "capitals of a web page": ("TIN MỚI NHẤT\nTrang trước",           []),
    "a sentence":            ("Phụ lục này có hiệu lực từ ngày ký.",  []),
    "an item":               ("1. PHỤ LỤC\n2. DANH MỤC",              []),
    "nothing":               ("",                                     []),
}
# fmt: on


@pytest.mark.parametrize(("text", "want"), CASES.values(), ids=CASES)
def test_annexes(text: str, want: list[tuple[str, str | None]]) -> None:
    lines = split_lines(shadow(text))
    found = split_annexes(lines)
    titles = [" ".join(x.text for x in lines[a.first : a.content]) for a in found]
    first = [lines[a.content].text if a.content < a.last else None for a in found]
    assert titles == [t for t, _ in want]
    for got, (_, start) in zip(first, want, strict=True):
        assert got is None if start is None else got is not None and got.startswith(start)
    # They follow each other and reach to the end of the paper.
    assert [a.last for a in found[:-1]] == [a.first for a in found[1:]]
    assert not found or found[-1].last == len(lines)


PAPER = """\
UBND TỈNH BẮC SƠN
Số: 77/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Bắc Sơn, ngày 06 tháng 5 năm 2024

QUYẾT ĐỊNH
Ban hành Quy chế quản lý cầu treo

Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý cầu treo.
Điều 2. Quyết định này có hiệu lực từ ngày ký./.

Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Nguyễn Văn Bình
"""
ANNEX = """\
QUY CHẾ
Quản lý cầu treo
(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 06/5/2024)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Văn bản này nói về việc quản lý cầu treo.
"""


def test_an_annex_has_sections_and_units_of_its_own() -> None:
    doc = congvan.load().read_text(PAPER + ANNEX)
    (annex,) = doc.annexes
    assert annex.title.startswith("QUY CHẾ Quản lý cầu treo (Ban hành kèm theo")
    assert doc.text[annex.start :].startswith("QUY CHẾ")
    assert doc.text[annex.end :].strip() == ""
    inside = [s for s in doc.sections if s.start >= annex.start]
    assert [(s.marker, s.heading, s.parent) for s in inside] == [
        ("Chương I", "QUY ĐỊNH CHUNG", None), ("Điều 1.", "Phạm vi điều chỉnh", inside[0].id),
    ]  # fmt: skip
    assert all(s.end <= annex.start for s in doc.sections if s.start < annex.start)
    assert doc.units[-1].section == inside[1].id
    assert len({u.id for u in doc.units}) == len(doc.units) == 3


def test_what_follows_the_signature_without_a_title_is_nothing() -> None:
    doc = congvan.load().read_text(PAPER + "Tin liên quan\nGiao Sở Xây dựng làm cầu.\n")
    assert not doc.annexes
    assert [u.marker for u in doc.units] == ["Điều 1.", "Điều 2."]


def test_a_text_without_a_closing_has_no_annex() -> None:
    doc = congvan.load().read_text("Giao Sở Xây dựng làm.\nPHỤ LỤC\nCẦU\n1. Cầu Đất.\n")
    assert not doc.annexes


def test_a_form_in_an_annex_is_set_aside_whole() -> None:
    form = "Mẫu số 02\nBÁO CÁO\nI. TÌNH HÌNH\n1. Số cầu: ……\nĐiều 4. Ghi tên người lập.\n"
    doc = congvan.load().read_text(PAPER + form)
    assert [a.title for a in doc.annexes] == ["Mẫu số 02 BÁO CÁO"]
    inside = doc.annexes[0]
    assert not [s for s in doc.sections if s.start >= inside.start]
    assert not [u for u in doc.units if u.start >= inside.start]
