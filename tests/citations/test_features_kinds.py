"""What the engine must do, row by row of the feature table: Party papers, letters, drafts, negatives, rows 13 to 17.

The sentences are our own. Ids name the row and the case: ``r07-...`` is "one head, several numbers".
"""

from __future__ import annotations

import pytest
from citation_help import cite, letterhead, one, parts, read, table

# Tables are read by eye, one case a line.
# fmt: off

# --- 13, 14, 15: Party numbers, letters, resolutions without number ------------------------


@pytest.mark.parametrize(
    ("text", "symbol", "key"),
    table(13, {
        "resolution": ("Nghị quyết số 62-NQ/TU ngày 05/3/2019", "NQ/TU", ("nq", "tu.?", "2015-2020", "62")),
        "programme": ("Chương trình số 04-CTr/TU ngày 12/5/2021", "CTr/TU", ("ctr", "tu.?", "2020-2025", "4")),
        "conclusion": ("Kết luận số 64-KL/TW ngày 30/10/2019", "KL/TW", ("kl", "tw", "k12", "64")),
        "guidance": ("Hướng dẫn số 36-HD/VPTW ngày 03/4/2018", "HD/VPTW", ("hd", "vptw", "k12", "36")),
        "district": ("Nghị quyết số 09-NQ/HU ngày 20/4/2022", "NQ/HU", ("nq", "hu.?", "2020-2025", "9")),
        "dashes-and-spaces": ("Hướng dẫn số 31 – HD/BTCTW ngày 23/4/2025", "HD/BTCTW", ("hd", "btctw", "k13", "31")),
        "signs-exchanged": ("Nghị quyết số 57/NQ-TW ngày 22/12/2024", "NQ/TW", ("nq", "tw", "k13", "57")),
        "regulation": ("Quy định số 66-QĐ/TW ngày 06/02/2017", "QĐ/TW", ("qd", "tw", "k12", "66")),
    }),
)
def test_party_numbers(text: str, symbol: str, key: tuple[str, ...]) -> None:
    c = one(f"Quán triệt {text} tới cơ sở.")
    assert c.symbol == symbol
    assert parts(c) == key


@pytest.mark.parametrize(
    ("text", "symbol", "key"),
    table(14, {
        "ministry": ("Công văn số 2279/BKHĐT-TH", "BKHĐT-TH", ("cv", "bkhdt", "?", "2279")),
        "prime-minister": ("văn bản số 90/TTg-CN", "TTg-CN", ("cv", "ttg", "?", "90")),
        "bare-issuer": ("Công văn số 126/SKHĐT", "SKHĐT", ("cv", "skhdt.?", "?", "126")),
        "office": ("Công văn số 6985/VPCP-KTN", "VPCP-KTN", ("cv", "vpcp", "?", "6985")),
        "no-type-word": ("đề nghị tại số 9540/BTC-ĐT", "BTC-ĐT", ("cv", "btc", "?", "9540")),
        "roman-unit": ("Công văn số 11554/VPCP-V.I", "VPCP-V.I", ("cv", "vpcp", "?", "11554")),
        "unit-like-a-type": ("Công văn số 15/SNV-KH", "SNV-KH", ("cv", "snv.?", "?", "15")),
        "unknown-issuer": ("Công văn số 640/CXZ-TH", "CXZ-TH", ("cv", "cxz", "?", "640")),
    }),
)
def test_official_letters(text: str, symbol: str, key: tuple[str, ...]) -> None:
    c = one(f"Xem {text} đã gửi.")
    assert (c.type, c.symbol) == ("Công văn", symbol)
    assert parts(c) == key


@pytest.mark.parametrize(
    ("text", "span", "key"),
    table(15, {
        "provincial": ("triển khai Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Cao Bằng lần thứ XIX, nhiệm kỳ 2020 - 2025", "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Cao Bằng lần thứ XIX", ("nq", "dh.cao-bang", "k19", "dai-hoi")),
        "national": ("quán triệt Nghị quyết Đại hội XIII của Đảng tới chi bộ", "Nghị quyết Đại hội XIII của Đảng", ("nq", "dh.tw", "k13", "dai-hoi")),
        "national-long": ("quán triệt Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", ("nq", "dh.tw", "k13", "dai-hoi")),
        "plenum": ("theo Nghị quyết Trung ương 4 khóa XII về xây dựng Đảng", "Nghị quyết Trung ương 4 khóa XII", ("nq", "tw", "k12", "hoi-nghi-4")),
        "plenum-short": ("theo Nghị quyết TW 8 khóa XI về giáo dục", "Nghị quyết TW 8 khóa XI", ("nq", "tw", "k11", "hoi-nghi-8")),
        "plenum-brackets": ("theo Nghị quyết Trung ương 5 (khóa XII) về kinh tế", None, ("nq", "tw", "k12", "hoi-nghi-5")),
        "plenum-long": ("theo Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII", "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII", ("nq", "tw", "k12", "hoi-nghi-4")),
        "sitting": ("theo Nghị quyết kỳ họp thứ 7, Quốc hội khóa XV về giám sát", "Nghị quyết kỳ họp thứ 7, Quốc hội khóa XV", None),
    }),
)
def test_resolutions_without_number(text: str, span: str | None, key: tuple[str, ...] | None) -> None:
    c = one(text)
    assert (c.type, c.number) == ("Nghị quyết", None)
    assert c.text == span or span is None
    if key:
        assert parts(c) == key


def test_the_wordings_of_one_congress_are_one_document() -> None:
    body = (
        "1. Triển khai Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVII.\n"
        "2. Sơ kết Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII.\n"
        "3. Phổ biến Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Lạng Sơn lần thứ XVII."
    )
    doc = read(body, head=letterhead())
    assert len(doc.citations) == 3
    assert len({c.document for c in doc.citations}) == 1


@pytest.mark.parametrize(
    "text",
    table(15, {
        "a-congress": "tổ chức Đại hội Đảng bộ tỉnh lần thứ XVIII",
        "resolution-of-a-body": "ban hành nghị quyết của Ban Chấp hành khóa mới",
    }),
)
def test_a_congress_is_no_paper(text: str) -> None:
    assert cite(text) == ()


# --- 16, 17: drafts, what only looks like a number -----------------------------------------


@pytest.mark.parametrize(
    "text",
    table(16, {
        "draft-law": "góp ý dự thảo Luật Lưu trữ (sửa đổi)",
        "project-law": "hồ sơ dự án Luật Dược (sửa đổi)",
        "draft-resolution": "thông qua dự thảo Nghị quyết của Ban Thường vụ Tỉnh ủy về kho lưu trữ",
        "draft-list": "chỉnh lý dự thảo: Luật Thủ đô (sửa đổi), Luật Tiếp cận thông tin (sửa đổi)",
        "drafting-law": "tham gia xây dựng Luật An toàn thực phẩm (sửa đổi)",
        "capitals": "VỀ DỰ ÁN LUẬT BẢO HIỂM TIỀN GỬI (SỬA ĐỔI)",
    }),
)
def test_drafts_are_none(text: str) -> None:
    assert cite(text) == ()


def test_what_a_draft_replaces_is_cited_and_the_draft_acts() -> None:
    c = one("Dự thảo Nghị quyết của Ban Thường vụ Tỉnh ủy về kho lưu trữ (thay thế Nghị quyết số 62-NQ/TU ngày 05/3/2019).")
    assert (c.relation, c.agent) == ("replaces", "draft")


@pytest.mark.parametrize(
    "text",
    table(17, {
        "form": "lập theo Mẫu số 29-TTr",
        "contract": "thanh lý Hợp đồng số 15/2020/HĐ-BQL",
        "boundary-mark": "khu vực mốc 1088/2-1089",
        "scale": "bản đồ tỷ lệ 1/5.000 và 1/500",
        "road": "tuyến QL 4B, ĐT 242 và 245",
        "chainage": "đoạn Km3+700 đến Km5+100",
        "date": "họp ngày 29/4/2021",
        "period": "giai đoạn 2021-2025 và 2021 - 2030",
        "standard": "theo QCVN 01:2021/BXD, TCVN 5574:2018",
        "permit": "được cấp Giấy phép số 31/GP-UBND",
        "rate": "mức 50.000 đồng/người/ngày",
        "phone": "điện thoại 0205.3812.605",
        "judgment": "theo Bản án số 12/2020/DS-ST",
        "procedure": "thủ tục 1.002255.000.00.00.H37",
        "quantity": "cấp 12 quyết định, 5 thông báo",
        "decision-without-number": "ban hành Quyết định thành lập tổ công tác",
        "ordinal": "kỳ họp thứ 5 và Nghị quyết được thông qua",
        "treaty": "Nghị định thư số 2 kèm Hiệp định",
        "covid": "phòng, chống dịch COVID-19",
        "address": "số 12/34 đường Hùng Vương",
        "fraction": "có 45/50 đại biểu dự họp",
        "web": "xem https://example.vn/12/QD-UBND",
    }),
)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert [c.text for c in cite(text)] == []


@pytest.mark.parametrize(
    ("text", "span"),
    table(17, {
        "beside-a-form": ("lập theo Mẫu số 29-TTr ban hành kèm theo Thông tư số 12/2021/TT-BNV", "Thông tư số 12/2021/TT-BNV"),
        "beside-a-contract": ("thanh lý Hợp đồng số 15/2020/HĐ-BQL theo Công văn số 27/BQL-KH", "Công văn số 27/BQL-KH"),
        "council": ("Nghị quyết số 27/NQ-HĐND về kho lưu trữ", "Nghị quyết số 27/NQ-HĐND"),
        "law-with-contract-in-its-name": ("Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng số 69/2020/QH14", "Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng số 69/2020/QH14"),
        "law-with-standard-in-its-name": ("Luật Tiêu chuẩn và quy chuẩn kỹ thuật số 68/2006/QH11", "Luật Tiêu chuẩn và quy chuẩn kỹ thuật số 68/2006/QH11"),
    }),
)
def test_the_negative_list_takes_no_more_than_it_says(text: str, span: str) -> None:
    assert one(text).text == span
