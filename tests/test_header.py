"""Letterheads of State and Party form, as extractors give them; all texts are ours."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan import header_parts as parts
from congvan.document import Header
from congvan.header import parse_header
from congvan.header_issuer import concluded
from congvan.lookups import rows, values
from congvan.text import canonical
from sample_lines import lines_of

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def read(text: str) -> tuple[Header, str | None]:
    """Returns the header of ``text`` and the first line of the body, None if there is none."""
    lines = lines_of(text)
    header, body = parse_header(lines, text)
    return header, lines[body].text if body < len(lines) else None


# Each case: text, first words of the body, and the fields that must be exactly so.
CASES: dict[str, tuple[str, str, dict[str, object]]] = {
    "two columns, wide": (
        "ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH LẠNG SƠN            Độc lập - Tự do - Hạnh phúc\n"
        "_______                  ______________\n"
        "Số: 12/TB-UBND           Lạng Sơn, ngày 05 tháng 5 năm 2021\n\n"
        "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh\ntại cuộc họp giao ban\n\n"
        "Ngày 04/5/2021, Chủ tịch UBND tỉnh đã chủ trì cuộc họp.\n",
        "Ngày 04/5/2021",
        {
            "issuer": "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
            "parent_issuer": None,
            "number": "12",
            "symbol": "TB-UBND",
            "year": 2021,
            "doc_type": "Thông báo",
            "place": "Lạng Sơn",
            "date": "2021-05-05",
            "subject": "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp giao ban",
            "form": "state",
        },
    ),
    "two columns, one blank, superior body apart": (
        "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/TB-SNV Lạng Sơn, ngày 05 tháng 5 năm 2021\n"
        "THÔNG BÁO\nVề việc tuyển dụng viên chức\nCăn cứ Luật Viên chức;\n",
        "Căn cứ",
        {
            "issuer": "SỞ NỘI VỤ",
            "parent_issuer": "UBND TỈNH LẠNG SƠN",
            "place": "Lạng Sơn",
            "symbol": "TB-SNV",
            "subject": "Về việc tuyển dụng viên chức",
        },
    ),
    "the province ends the left column": (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH LẠNG SƠN Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/TB-UBND Lạng Sơn, ngày 05 tháng 5 năm 2021\n"
        "THÔNG BÁO\nLịch tiếp dân\nVăn phòng thông báo lịch tiếp dân như sau:\n",
        "Văn phòng thông báo",
        {"issuer": "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "date": "2021-05-05"},
    ),
    "two bodies glued on one line": (
        "UBND THÀNH PHỐ HẢI PHÒNG SỞ XÂY DỰNG\n" + MOTTO + "Số: 8/KH-SXD\n"
        "Hải Phòng, ngày 2 tháng 3 năm 2024\nKẾ HOẠCH\nKiểm tra công trình năm 2024\n"
        "Căn cứ Luật Xây dựng;\n",
        "Căn cứ",
        {"issuer": "SỞ XÂY DỰNG", "parent_issuer": "UBND THÀNH PHỐ HẢI PHÒNG"},
    ),
    "công văn, V/v over two lines in the left column": (
        "BỘ TÀI CHÍNH                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỔNG CỤC THUẾ                        Độc lập - Tự do - Hạnh phúc\n"
        "-------                          ---------------\n"
        "Số: 1234/TCT-CS                  Hà Nội, ngày 3 tháng 4 năm 2022\n"
        "V/v chính sách thuế giá trị\ngia tăng\n"
        "Kính gửi: Cục Thuế tỉnh Bắc Giang.\n"
        "Trả lời công văn số 11/CT ngày 2/2/2022 của Cục Thuế, Tổng cục có ý kiến.\n",
        "Trả lời",
        {
            "issuer": "TỔNG CỤC THUẾ",
            "parent_issuer": "BỘ TÀI CHÍNH",
            "doc_type": "Công văn",
            "symbol": "TCT-CS",
            "subject": "chính sách thuế giá trị gia tăng",
            "addressees": ("Cục Thuế tỉnh Bắc Giang",),
            "date": "2022-04-03",
        },
    ),
    "V/v and the date on one line": (
        "SỞ Y TẾ LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TRUNG TÂM Y TẾ SA PA Độc lập - Tự do - Hạnh phúc\n"
        "Số: 77/TTYT-KHNV\n"
        "V/v khẩn trương hoàn thành Lào Cai, ngày 1 tháng 2 năm 2023\ntiêm chủng đợt 2\n"
        "Kính gửi:\n- Các trạm y tế xã, phường;\n- Bộ phận dược; kho vật tư.\n"
        "Trong thời gian qua, công tác tiêm chủng có nhiều tiến bộ.\n",
        "Trong thời gian qua",
        {
            "issuer": "TRUNG TÂM Y TẾ SA PA",
            "place": "Lào Cai",
            "subject": "khẩn trương hoàn thành tiêm chủng đợt 2",
            "addressees": ("Các trạm y tế xã, phường", "Bộ phận dược; kho vật tư"),
        },
    ),
    "subject glued behind the number": (
        "CỤC THUẾ TỈNH HÀ NAM\n" + MOTTO + "Số: 51/CTHNA-TTHT Về hướng dẫn kê khai\n"
        "Hà Nam, ngày 8 tháng 1 năm 2024\nKính gửi: Công ty A\nPhúc đáp văn bản của Công ty A.\n",
        "Phúc đáp",
        {"subject": "Về hướng dẫn kê khai", "doc_type": "Công văn", "date": "2024-01-08"},
    ),
    "Party, star as a rule, conclusion of a body": (
        "TỈNH ỦY LẠNG SƠN            ĐẢNG CỘNG SẢN VIỆT NAM\n"
        "*                     Lạng Sơn, ngày 12 tháng 3 năm 2021\n"
        "Số 62-NQ/TU\n\nNGHỊ QUYẾT\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề phát triển thành phố\n-----\n"
        "Thực hiện Nghị quyết Đại hội, Ban Thường vụ ban hành nghị quyết.\n",
        "Thực hiện",
        {
            "form": "party",
            "issuer": "TỈNH ỦY LẠNG SƠN",
            "number": "62",
            "symbol": "NQ/TU",
            "doc_type": "Nghị quyết",
            "subject": "về phát triển thành phố",
        },
    ),
    "Party, type and subject on one line": (
        "BAN CHẤP HÀNH TRUNG ƯƠNG BAN NỘI CHÍNH\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 07-KL/BNCTW\n"
        "Hà Nội, ngày 01 tháng 12 năm 2025\n"
        "KẾT LUẬN CỦA TRƯỞNG BAN VỀ CÔNG TÁC CÁN BỘ\nTại phiên họp, Trưởng ban kết luận.\n",
        "Tại phiên họp",
        {
            "issuer": "BAN NỘI CHÍNH",
            "parent_issuer": "BAN CHẤP HÀNH TRUNG ƯƠNG",
            "doc_type": "Kết luận",
            "subject": "VỀ CÔNG TÁC CÁN BỘ",
            "symbol": "KL/BNCTW",
        },
    ),
    "Party below the province, blank number and day": (
        "ĐẢNG BỘ TỈNH LẠNG SƠN\nĐẢNG ỦY KHỐI DOANH NGHIỆP\n*\nSố   -TB/ĐUK\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nLạng Sơn, ngày     tháng 3 năm 2021\nTHÔNG BÁO\n"
        "Kết luận của Thường trực Đảng ủy\nNgày 2/3/2021, Thường trực họp.\n",
        "Ngày 2/3/2021",
        {
            "number": None,
            "symbol": "TB/ĐUK",
            "date": "2021-03",
            "issuer": "ĐẢNG ỦY KHỐI DOANH NGHIỆP",
            "parent_issuer": "ĐẢNG BỘ TỈNH LẠNG SƠN",
        },
    ),
    "blank number with a year, draft, authority line": (
        "UBND TỈNH CAO BẰNG\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập-Tự do-Hạnh phúc\n"
        "Số:     /2021/QĐ-UBND\nCao Bằng, ngày … tháng … năm 2021\nDỰ THẢO\nQUYẾT ĐỊNH\n"
        "Ban hành Quy chế làm việc\nỦY BAN NHÂN DÂN TỈNH CAO BẰNG\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế.\n",
        "Căn cứ",
        {
            "number": None,
            "year": 2021,
            "symbol": "QĐ-UBND",
            "date": "2021",
            "subject": "Ban hành Quy chế làm việc",
        },
    ),
    "everything blank": (
        "UBND TỈNH CAO BẰNG\nSố: …/KH-UBND\n" + MOTTO + "Cao Bằng, ngày      tháng      năm 20…\n"
        "KẾ HOẠCH\nTriển khai công tác năm 2026\nI. MỤC ĐÍCH\n",
        "I. MỤC ĐÍCH",
        {"number": None, "symbol": "KH-UBND", "date": None, "place": "Cao Bằng"},
    ),
    "number and year apart, slash date": (
        "SỞ Y TẾ\nTHÀNH PHỐ HỒ CHÍ MINH\n" + MOTTO + "Số: 24 /2025/QĐ-SYT\n"
        "TP. Hồ Chí Minh, ngày 3/5/2025\nQUYẾT ĐỊNH\nVề việc khen thưởng\nGIÁM ĐỐC SỞ Y TẾ\n"
        "Căn cứ Luật Thi đua;\n",
        "Căn cứ",
        {
            "number": "24",
            "year": 2025,
            "symbol": "QĐ-SYT",
            "place": "TP. Hồ Chí Minh",
            "date": "2025-05-03",
            "issuer": "SỞ Y TẾ THÀNH PHỐ HỒ CHÍ MINH",
            "subject": "Về việc khen thưởng",
        },
    ),
    "number on the next line": (
        "UBND TỈNH HÀ TĨNH\n" + MOTTO + "Số:\n76/2025/QĐ-UBND\nHà Tĩnh, ngày 21 tháng 11 năm 2025\n"
        "QUYẾT ĐỊNH\nBÃI BỎ QUYẾT ĐỊNH CŨ\nCăn cứ Luật;\n",
        "Căn cứ",
        {"number": "76", "year": 2025, "symbol": "QĐ-UBND"},
    ),
    "symbol with an ampersand and a blank": (
        "SỞ XÂY DỰNG\n" + MOTTO + "Số: 159/SXD-QLN& TTBĐS\nV/v nhà ở xã hội\n"
        "Hà Nội, ngày 1 tháng 2 năm 2024\nKính gửi: Các chủ đầu tư\nSở có ý kiến sau:\n",
        "Sở có ý kiến",
        {"symbol": "SXD-QLN&TTBĐS", "number": "159"},
    ),
    "law": (
        "QUỐC HỘI\nLuật số: 64/2025/QH15\n" + MOTTO + "LUẬT\nBAN HÀNH VĂN BẢN QUY PHẠM PHÁP LUẬT\n"
        "Căn cứ Hiến pháp;\n",
        "Căn cứ",
        {"number": "64", "symbol": "QH15", "year": 2025, "doc_type": "Luật", "date": None},
    ),
    "spaced letters, number with a letter": (
        "UBND XÃ BẮC SƠN\n" + MOTTO + "Số: 30a/TB-UBND\nBắc Sơn, ngày 1 tháng 7 năm 2025\n"
        "T H Ô N G  B Á O\nLịch tiếp công dân\nỦy ban nhân dân xã thông báo như sau:\n",
        "Ủy ban nhân dân xã thông báo",
        {"number": "30a", "doc_type": "Thông báo", "subject": "Lịch tiếp công dân"},
    ),
    "urgent telegram": (
        "HỎA TỐC\nỦY BAN NHÂN DÂN TỈNH NGHỆ AN\n" + MOTTO + "Số: 21/CĐ-UBND\n"
        "Nghệ An, ngày 9 tháng 9 năm 2024\nCÔNG ĐIỆN\nVề việc ứng phó bão\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:\n- Bộ trưởng các Bộ:\nQuốc phòng, Công an;\n"
        "- Chủ tịch UBND các huyện.\nĐồng kính gửi:\nThường trực Tỉnh ủy.\nBão đang mạnh lên.\n",
        "Bão đang",
        {
            "urgency": "HỎA TỐC",
            "subject": "Về việc ứng phó bão",
            "addressees": (
                "Bộ trưởng các Bộ: Quốc phòng, Công an",
                "Chủ tịch UBND các huyện",
                "Thường trực Tỉnh ủy",
            ),
            "issuer": "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
        },
    ),
    "secret report with Kính gửi": (
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "MẬT      Độc lập - Tự do - Hạnh phúc\n"
        "Số: 21/BC-UBND    Nghệ An, ngày 9 tháng 9 năm 2024\nBÁO CÁO\nTình hình quý III\n"
        "Kính gửi: Bộ Nội vụ; Bộ Tài chính\nThực hiện công văn của Bộ, tỉnh báo cáo.\n",
        "Thực hiện",
        {"secrecy": "MẬT", "addressees": ("Bộ Nội vụ", "Bộ Tài chính"), "urgency": None},
    ),
    "type first, number and date below": (
        "BIÊN BẢN\nHọp giao ban tháng 5\nSố: 12/BB-UBND\nHà Nội, ngày 5 tháng 5 năm 2023\n"
        "1. Thành phần\n",
        "1. Thành phần",
        {"doc_type": "Biên bản", "number": "12", "subject": "Họp giao ban tháng 5"},
    ),
    "no issuer line, the document agrees on it": (
        "Số: /TB-UBND\nLạng Sơn, ngày tháng 5 năm 2021\nTHÔNG BÁO\n"
        "Kết luận phiên họp UBND tỉnh tháng 4\nNgày 29/4/2021, UBND tỉnh họp.\n",
        "Ngày 29/4/2021",
        {"issuer": "UBND tỉnh Lạng Sơn", "number": None, "date": "2021-05", "form": "state"},
    ),
    "council, session lines above Căn cứ": (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ GIANG\n" + MOTTO + "Số: 9/NQ-HĐND\n"
        "Hà Giang, ngày 1 tháng 2 năm 2023\nNGHỊ QUYẾT\nVề dự toán ngân sách\n"
        "HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG\nKHÓA XVIII, KỲ HỌP THỨ 5\n"
        "(Từ ngày 1/2 đến ngày 2/2/2023)\nCăn cứ Luật;\nQUYẾT NGHỊ:\n",
        "Căn cứ",
        {"issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG", "subject": "Về dự toán ngân sách"},
    ),
    "authority glued to the subject": (
        "CHÍNH PHỦ\n" + MOTTO + "Số: 3/NQ-CP\nHà Nội, ngày 2 tháng 12 năm 2025\nNGHỊ QUYẾT\n"
        "VỀ DỰ ÁN LUẬT CỦA CHÍNH PHỦ CHÍNH PHỦ\nCăn cứ Luật;\n",
        "Căn cứ",
        {"subject": "VỀ DỰ ÁN LUẬT CỦA CHÍNH PHỦ"},
    ),
    "table cells": (
        "UBND TỈNH LÀO CAI SỞ CÔNG THƯƠNG Số: 9/KH-SCT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM "
        "Độc lập - Tự do - Hạnh phúc Lào Cai, ngày 1 tháng 2 năm 2023\n"
        "KẾ HOẠCH\nXúc tiến thương mại năm 2023\nCăn cứ Luật;\n",
        "Căn cứ",
        {
            "issuer": "SỞ CÔNG THƯƠNG",
            "parent_issuer": "UBND TỈNH LÀO CAI",
            "symbol": "KH-SCT",
            "place": "Lào Cai",
            "date": "2023-02-01",
        },
    ),
    "motto misspelt, blanks in the symbol": (
        "UBND TỈNH LÀO CAI\nCÔNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập _ Tự do _ Hạnh phúc\n"
        "Số 9 / KH - UBND\nLào Cai, ngày _1_ tháng _2_ năm 2023\nKẾ HOẠCH\n"
        "Xúc tiến thương mại\nThực hiện chỉ đạo của tỉnh, Sở ban hành kế hoạch.\n",
        "Thực hiện",
        {"number": "9", "symbol": "KH-UBND", "date": "2023-02-01", "issuer": "UBND TỈNH LÀO CAI"},
    ),
    "name of the issuer over four lines": (
        "VĂN PHÒNG\nĐOÀN ĐẠI BIỂU QUỐC HỘI\nVÀ HỘI ĐỒNG NHÂN DÂN\nTỈNH BẮC KẠN\n"
        + MOTTO
        + "Số: 9/TB-VP\nBắc Kạn, ngày 1 tháng 2 năm 2023\nTHÔNG BÁO\nKết luận giao ban\n"
        "Sáng nay, Văn phòng đã họp.\n",
        "Sáng nay",
        {"issuer": "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ HỘI ĐỒNG NHÂN DÂN TỈNH BẮC KẠN"},
    ),
    "consolidated text": (
        "BỘ CÔNG THƯƠNG\n" + MOTTO + "Số: 57/VBHN-BCT\nHà Nội, ngày 26 tháng 11 năm 2025\n"
        "THÔNG TƯ1\nQUY ĐỊNH KHUNG GIÁ\nCăn cứ Luật Điện lực;\n",
        "Căn cứ",
        {"doc_type": "Văn bản hợp nhất", "subject": "QUY ĐỊNH KHUNG GIÁ"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_letterhead(name: str) -> None:
    text, body, want = CASES[name]
    header, first = read(text)
    assert {k: getattr(header, k) for k in want} == want
    assert first is not None
    assert first.startswith(body)


@pytest.mark.parametrize("name", CASES)
def test_spans_lead_to_the_words(name: str) -> None:
    text = CASES[name][0]
    header, _ = read(text)
    for key, (start, end) in header.spans.items():
        said = text[start:end]
        assert said
        assert said == said.strip()
        value = getattr(header, key)
        if key in ("number", "place", "urgency", "secrecy"):
            assert said == value
        elif key == "symbol":
            assert said.replace(" ", "") == value
        elif key == "year":
            assert said == str(value)
    # What was only concluded has no place in the text.
    assert ("issuer" in header.spans) == (header.issuer is not None and "/TB-UBND\nL" not in text)


NO_HEADER = {
    "plain text": "Đây là một đoạn văn bình thường.\n- Sở Nội vụ rà soát biên chế.\n",
    "citation at line start": "Số 118/2025/NĐ-CP ngày 09/6/2025 quy định về một cửa.\nSở rà soát.\n",
    "motto in a sentence": "Nước Cộng hòa xã hội chủ nghĩa Việt Nam là nước độc lập.\n",
    "date in a sentence": "Tại Hà Nội, ngày 5 tháng 5 năm 2023 đã diễn ra cuộc họp.\n",
    "list of types": "Các loại: Quyết định, Thông báo.\n",
    "empty": "",
}


@pytest.mark.parametrize("name", NO_HEADER)
def test_nothing_is_invented(name: str) -> None:
    text = NO_HEADER[name]
    assert parse_header(lines_of(text), text) == (Header(), 0)


def test_body_glued_to_the_addressees_is_not_lost() -> None:
    text = (
        "BỘ NỘI VỤ\n" + MOTTO + "Số: 8/BNV-KH\nV/v chi phí quản lý\n"
        "Hà Nội, ngày 2 tháng 2 năm 2025\n"
        "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố Triển khai việc phân bổ kinh phí quản lý"
        " đối tượng chính sách, Bộ Nội vụ đề nghị các tỉnh báo cáo số liệu và đề xuất mức chi.\n"
    )
    header, first = read(text)
    assert header.addressees == ("Ủy ban nhân dân các tỉnh, thành phố",)
    assert first is not None
    assert "phân bổ kinh phí" in first


def test_type_under_running_text_swallows_nothing() -> None:
    text = "Theo thông cáo của ban tổ chức, lễ khai mạc được tổ chức như sau:\nTHÔNG BÁO\nLỄ KHAI MẠC\nLúc 8 giờ.\n"
    lines = lines_of(text)
    header, body = parse_header(lines, text)
    assert header.doc_type == "Thông báo"
    assert body == 0


@pytest.mark.parametrize("row", rows("marks"), ids=lambda r: r["name"])
def test_marks(row: dict[str, str]) -> None:
    found = parts.mark(row["example"])
    assert found is not None
    assert found[0] == row["kind"]
    for name in (row["name"], *values(row["variants"])):
        assert parts.mark(name) is not None
    assert parts.mark(row["counterexample"]) is None


@pytest.mark.parametrize(
    ("symbol", "place", "near", "want"),
    [
        ("TB-UBND", "Lạng Sơn", "phiên họp UBND tỉnh tháng 4", "UBND tỉnh Lạng Sơn"),
        ("NQ-HĐND", "TP. Huế", "Hội đồng nhân dân thành phố", "Hội đồng nhân dân thành phố Huế"),
        ("KL/TU", "Lạng Sơn", "Thường trực Tỉnh ủy họp", "Tỉnh ủy Lạng Sơn"),
        ("TB-UBND", "Lạng Sơn", "Chủ tịch UBND tỉnh Cao Bằng", None),
        ("TB-UBND", "Lạng Sơn", "UBND các huyện", None),
        ("TB-VP", "Lạng Sơn", "UBND tỉnh", None),
    ],
)
def test_concluded_issuer(symbol: str, place: str, near: str, want: str | None) -> None:
    assert concluded(symbol, place, near) == want


_PIECES = st.sampled_from(
    [line for text, _, _ in CASES.values() for line in text.split("\n")]
    + ["", " ", "- a;", "Số:", "Số: /", "ngày", "*", "|", "Kính gửi:", "V/v", "điện:", "....", "1."]
)


@given(st.one_of(st.lists(_PIECES, max_size=30).map("\n".join), st.text(max_size=300)))
def test_any_lines(text: str) -> None:
    text, _ = canonical(text)
    lines = lines_of(text)
    header, body = parse_header(lines, text)
    assert 0 <= body <= len(lines)
    for start, end in header.spans.values():
        assert 0 <= start < end <= len(text)
    for key in ("number", "place", "urgency", "secrecy"):
        if key in header.spans:
            start, end = header.spans[key]
            assert " ".join(text[start:end].split()) == getattr(header, key)
    if header.date is not None:
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", header.date)


@pytest.mark.parametrize(
    "unit",
    ["A", "Số: ", "A-", "ngày ", "/A", "Kính gửi ", "- ", "ỦY BAN NHÂN DÂN ", "_", ". ", "tháng "],
)
def test_long_lines_take_linear_time(unit: str) -> None:
    def seconds(n: int) -> float:
        text = "Số: 1/" + unit * n + "\n" + unit * 900 + "\nA"
        lines = lines_of(text)
        start = time.perf_counter()
        for _ in range(3):
            parse_header(lines, text)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(40_000) < 0.5 + 8 * seconds(10_000)


def test_header_of_the_lang_son_notice(shared: Path) -> None:
    raw = (shared / "samples" / "thong-bao-lang-son-2021-04.md").read_text(encoding="utf-8")
    text, _ = canonical(re.sub(r"(?m)^#+ |\*", "", raw))
    header, _ = read(text)
    assert (header.issuer, header.number, header.symbol) == ("UBND tỉnh Lạng Sơn", None, "TB-UBND")
    assert (header.doc_type, header.place, header.date) == ("Thông báo", "Lạng Sơn", "2021-05")
    assert header.subject is not None
    assert header.subject.startswith("Kết luận phiên họp UBND tỉnh")
    assert "issuer" not in header.spans


def test_headers_of_the_gold(shared: Path) -> None:
    fields = ("issuer", "number", "symbol", "doc_type", "place", "date", "subject")
    wrong = []
    for file in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        raw = (shared / "corpora" / "instruct" / gold["doc"]).read_text(encoding="utf-8")
        text, _ = canonical(raw)
        lines = lines_of(text)
        header, body = parse_header(lines, text)
        for name in fields:
            want, got = gold["header"][name], getattr(header, name)
            if str(want).strip().casefold() != str(got).strip().casefold():
                wrong.append((gold["doc"], name, want, got))
        assert text.count("\n", 0, lines[body].start) + 1 == gold["units"][0]["line"]
    assert not wrong
