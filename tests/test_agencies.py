"""Agencies: spans, values, traps, every row of the tables, properties, speed."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.agencies import AgencyContext, canonical_agency, find_agencies
from congvan.lookups import rows
from congvan.text import canonical, shadow

SHARED = Path(__file__).parents[2] / "shared"
LANG_SON = AgencyContext("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Lạng Sơn", "2021-05")
CENTRAL = AgencyContext("VĂN PHÒNG CHÍNH PHỦ", "Hà Nội", "2025-11-29")
HCM = AgencyContext("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Thành phố Hồ Chí Minh", "2025-11")
MARK_RE = re.compile(r"\[([^]]*)\]")


def spans(text: str) -> list[str]:
    return [a.text for a in find_agencies(text)]


def marked(text: str) -> tuple[str, list[str]]:
    return MARK_RE.sub(r"\1", text), MARK_RE.findall(text)


@pytest.mark.parametrize(
    "text",
    [
        "giữa [Sở Văn hóa, Thể thao và Du lịch] và [Sở Tài chính]. rà soát lại",
        "[Sở Tài chính], [Sở Nội vụ] và [Sở Y tế] cùng ký",
        "các Bộ: [Nông nghiệp và Phát triển nông thôn], [Xây dựng], [Công an] khẩn trương",
        "các Bộ [Tài chính], [Tư pháp] và [Nội vụ] góp ý",
        "các Bộ, cơ quan: [Quốc phòng], [Y tế], [Ngân hàng Nhà nước], [Thanh tra Chính phủ].",
        "Giám đốc các Sở: [Tài chính], [Khoa học và Công nghệ]; [Chủ tịch UBND cấp xã]",
        "các bộ, ngành: (i) [Tư pháp], (ii) [Nội vụ]",
        "[Chủ tịch UBND các tỉnh: Hà Tĩnh, Quảng Trị] chỉ đạo",
        "[UBND các huyện, thành phố] và [UBND thành phố Lạng Sơn]",
        "[Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương] chủ động sơ tán dân",
        "Thủ trưởng các sở, ban, ngành, [Chủ tịch UBND các huyện, thành phố] thực hiện",
        "[Thứ trưởng Bộ Tư pháp] Trần Văn B, [Phó Thủ tướng Thường trực Chính phủ] Lê Văn C",
        "thành lập [Ban Chỉ đạo phát triển thành phố Lạng Sơn].",
        "[Trưởng Ban Chỉ đạo 389 quốc gia] và [Ban Chỉ đạo] họp",
        "Cơ quan thường trực [Ban Chỉ đạo 751] tổng hợp",
        "nhiệm vụ của [Ban cán sự đảng UBND tỉnh], trình [Ban Thường vụ Tỉnh ủy]",
        "[Văn phòng UBND tỉnh] phối hợp với [Bộ Chỉ huy Quân sự tỉnh] rà soát",
        "[Trung tâm Dịch vụ việc làm Thành phố] ([Sở Nội vụ])",
        "[Cục Thủy sản và Kiểm ngư] hướng dẫn, [Cục Thuế] hỗ trợ",
        "[Ban Quản lý các khu công nghệ cao và khu công nghiệp] báo cáo",
        "[Đoàn kiểm tra số 06] làm việc",
        "giao [Công an Thành phố] Chỉ đạo [Công an các phường, xã, đặc khu]",
        "[Uỷ ban nhân dân tỉnh] và [Toà án nhân dân tỉnh]",
        "[Ủy ban Kinh tế và Tài chính của Quốc hội] thẩm tra",
        "thuộc [Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương].",
        "[HĐND], [UBND các xã, phường] triển khai",
        "[Sở Khoa học Công nghệ] và [Bộ NN & PTNT]",
        "[Kho bạc Nhà nước khu vực XI], [Ngân hàng Nhà nước chi nhánh khu vực 14]",
    ],
)
def test_spans(text: str) -> None:
    plain, expected = marked(text)
    assert spans(plain) == expected


@pytest.mark.parametrize(
    "text",
    [
        "các sở, ban, ngành và đơn vị liên quan",
        "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        "Bộ, ngành; Đảng, Nhà nước và Trung ương",
        "các đồng chí Bộ trưởng, Thủ trưởng cơ quan ngang bộ",
        "các tỉnh ủy, thành ủy và đảng ủy xã",
        "Sở hữu trí tuệ; Ban hành kèm theo; Hội nghị tổng kết; Viện dẫn; Đoàn kết",
        "Kế hoạch và Đầu tư là hai việc, mang tính cục bộ",
        "bộ tiêu chí, cả bộ máy; ban ngày; hội trường",
        "tại Trụ sở Chính phủ, trụ sở UBND tỉnh",
        "xây dựng Chính phủ điện tử, Chính phủ số",
        "Luật Tổ chức Chính phủ, Luật Tổ chức Quốc hội, Luật Kiểm toán nhà nước",
        "KẾT LUẬN CỦA UBND TỈNH TẠI PHIÊN HỌP THÁNG TƯ",
        "Số: 15/TB-UBND, 12/UBND-KT, 90/TTg-CN, 62-NQ/TU",
        "Đài Loan, Hội An, Trường Sa, Ban Mê Thuột, vụ Đông Xuân",
        "UBND cấp có thẩm quyền, Ủy ban nhân dân nơi cư trú",
        "Hội đồng thẩm định, Đoàn kiểm tra, Tổ công tác",
        "đăng trên Cổng Thông tin điện tử tỉnh",
        "Tập đoàn Hoa Mai, Công ty Cổ phần Sao Sáng",
    ],
)
def test_traps(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("UBND TP Lạng Sơn", LANG_SON, "Ủy ban nhân dân thành phố Lạng Sơn"),
        ("Sở Kế hoạch và Đầu tư", LANG_SON, "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"),
        ("Sở KH&ĐT", LANG_SON, "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"),
        ("UBND", LANG_SON, "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("UBND tỉnh", LANG_SON, "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Uỷ ban nhân dân Tỉnh", LANG_SON, "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", AgencyContext(), "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Bộ CHQS tỉnh", LANG_SON, "Bộ Chỉ huy Quân sự tỉnh Lạng Sơn"),
        ("Bộ Chỉ huy Quân sự", LANG_SON, "Bộ Chỉ huy Quân sự tỉnh Lạng Sơn"),
        ("Bộ KH&ĐT", LANG_SON, "Bộ Kế hoạch và Đầu tư"),
        ("BTV Tỉnh ủy", LANG_SON, "Ban Thường vụ Tỉnh ủy Lạng Sơn"),
        ("PCT UBND tỉnh", LANG_SON, "Phó Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Báo Lạng Sơn", LANG_SON, "Báo Lạng Sơn"),
        ("UBND huyện Hữu Lũng", LANG_SON, "Ủy ban nhân dân huyện Hữu Lũng"),
        ("UBND các huyện, TP", LANG_SON, "Ủy ban nhân dân các huyện, thành phố"),
        # A province has many cities.
        ("UBND thành phố", LANG_SON, None),
        ("UBND Thành phố", HCM, "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Công an TP", HCM, "Công an Thành phố Hồ Chí Minh"),
        ("UBND tỉnh", HCM, None),
        # A central body sits in Hà Nội and is none of it.
        ("UBND thành phố", CENTRAL, None),
        ("Sở Tài chính", CENTRAL, None),
        ("Sở Tài chính thành phố Hà Nội", CENTRAL, "Sở Tài chính thành phố Hà Nội"),
        ("Thủ tướng", CENTRAL, "Thủ tướng Chính phủ"),
        ("NHNN", CENTRAL, "Ngân hàng Nhà nước Việt Nam"),
        (
            "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
            LANG_SON,
            "Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn",
        ),
        ("TỔNG CỤC THỐNG KÊ", CENTRAL, "Tổng cục Thống kê"),
        ("TỈNH ỦY LẠNG SƠN", AgencyContext(), "Tỉnh ủy Lạng Sơn"),
        (
            "BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU ĐỒNG ĐĂNG - LẠNG SƠN",
            AgencyContext(),
            "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
        ),
        ("Ban Chỉ đạo", LANG_SON, None),
        ("Cơ quan chủ trì", LANG_SON, None),
        ("Đầu tư", LANG_SON, None),
        ("", LANG_SON, None),
    ],
)
def test_canonical(name: str, context: AgencyContext, expected: str | None) -> None:
    assert canonical_agency(name, context=context) == expected


def test_values_of_shared_heads_and_places() -> None:
    found = find_agencies("các Bộ: Xây dựng, Công an; HĐND, UBND các xã.", context=LANG_SON)
    assert [a.value for a in found] == [
        "Bộ Xây dựng",
        "Bộ Công an",
        "Hội đồng nhân dân các xã",
        "Ủy ban nhân dân các xã",
    ]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Bộ Tài chính", "central"),
        ("Sở Tài chính", "province"),
        ("UBND huyện Hữu Lũng", "district"),
        ("UBND thành phố Lạng Sơn", "district"),
        ("UBND thành phố Hà Nội", "province"),
        ("UBND các xã, phường", "commune"),
        ("Ban Thường vụ Tỉnh ủy", "party"),
        ("Bộ Chỉ huy Quân sự tỉnh", "army"),
        ("Công an tỉnh", "police"),
        ("Hội Nông dân tỉnh", "front"),
        ("Tập đoàn Điện lực Việt Nam", "enterprise"),
        ("Chủ tịch UBND tỉnh", "province"),
    ],
)
def test_level(name: str, level: str) -> None:
    (found,) = find_agencies(name, context=LANG_SON)
    assert found.level == level


def test_province_of_the_context() -> None:
    assert LANG_SON.province == "tỉnh Lạng Sơn"
    assert AgencyContext(None, "Lạng Sơn").province == "tỉnh Lạng Sơn"
    assert AgencyContext("SỞ NỘI VỤ", "Lạng Sơn").province == "tỉnh Lạng Sơn"
    assert AgencyContext("BỘ TÀI CHÍNH", "Hà Nội").province is None
    assert AgencyContext("BAN CHẤP HÀNH TRUNG ƯƠNG", "Hà Nội").province is None
    assert AgencyContext("TỈNH ỦY LẠNG SƠN").province == "tỉnh Lạng Sơn"
    assert AgencyContext().province is None


def test_blocked_spans_are_not_touched() -> None:
    text = "Công văn của Bộ Tài chính gửi Ban Chỉ đạo Nghị quyết số 57-NQ/TW."
    at, cited = text.index("Bộ"), text.index("Nghị quyết")
    assert [a.text for a in find_agencies(text, blocked=[(at, at + 6)])] == ["Ban Chỉ đạo"]
    found = find_agencies(text, blocked=[(cited, len(text) - 1)])
    assert [a.text for a in found] == ["Bộ Tài chính", "Ban Chỉ đạo"]


def test_a_name_never_crosses_a_line() -> None:
    assert spans("Sở Kế hoạch\nvà Đầu tư; UBND\ntỉnh Lạng Sơn") == ["UBND"]


@pytest.mark.parametrize("table", ["agencies", "agency_heads", "agency_words"])
def test_every_row(table: str) -> None:
    for row in rows(table):
        plain, expected = marked(row["example"])
        assert spans(plain) == expected, row
        assert spans(row["counterexample"]) == [], row


def test_every_spelling_has_the_value_of_its_row() -> None:
    for row in rows("agencies"):
        full = canonical_agency(row["name"], context=LANG_SON)
        assert (full or "").startswith(row["canonical"]), row["name"]
        for name in filter(None, row["abbreviations"].split("|")):
            assert canonical_agency(name, context=LANG_SON) == full, name


def test_lang_son_notice() -> None:
    path = SHARED / "samples/thong-bao-lang-son-2021-04.md"
    if not path.exists():
        pytest.skip("../shared/samples is not there")
    text = canonical(path.read_text(encoding="utf-8"))[0]
    found = find_agencies(text, context=AgencyContext(None, "Lạng Sơn", "2021-05"))
    assert all(a.value is not None for a in found)
    presenters = re.finditer(r"\(\*?([^()*;]+?)(?: trình)?\*?\)\.?(?:\*\*)?\n", text)
    values = {a.start: a.value for a in found}
    named = [values.get(m.start(1)) for m in presenters]
    assert [v for v in named if v is not None] == [
        *["Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"] * 3,
        "Sở Xây dựng tỉnh Lạng Sơn",
        "Ủy ban nhân dân thành phố Lạng Sơn",
        *["Bộ Chỉ huy Quân sự tỉnh Lạng Sơn"] * 2,
        "Sở Y tế tỉnh Lạng Sơn",
        *["Sở Nội vụ tỉnh Lạng Sơn"] * 2,
    ]


def test_gold() -> None:
    paths = sorted((SHARED / "gold").glob("*.json"))
    if not paths:
        pytest.skip("../shared/gold is not there")
    hits = of_gold = of_ours = 0
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        raw = (SHARED / "corpora/instruct" / gold["doc"]).read_text(encoding="utf-8")
        text = "\n".join(canonical(line)[0] for line in raw.split("\n"))
        want = Counter((a["line"], canonical(a["text"])[0]) for a in gold["agencies"])
        lines = [a["line"] for a in (*gold["agencies"], *gold["units"])]
        got: Counter[tuple[int, str]] = Counter()
        for a in find_agencies(text):
            line = text.count("\n", 0, a.start) + 1
            if min(lines) <= line <= max(lines):
                got[line, a.text] += 1
        hits += (want & got).total()
        of_gold, of_ours = of_gold + want.total(), of_ours + got.total()
    assert 2 * hits / (of_gold + of_ours) >= 0.97


PIECES = st.sampled_from(
    "Sở |Bộ |và |, |: |Ủy ban |nhân dân |UBND |tỉnh |thành phố |Lạng Sơn|Tài chính|các |Ban Chỉ đạo "
    "|Trung tâm |về |của |Chính phủ|\n|Văn hóa|-|&|TP.|HCM|Chủ tịch |cấp |xã |389 |(|)|đ|Ủ".split(
        "|"
    )
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)))
def test_properties(text: str) -> None:
    found = find_agencies(text, context=LANG_SON)
    end = 0
    for a in found:
        assert end <= a.start < a.end
        assert text[a.start : a.end] == a.text
        assert "\n" not in a.text
        assert 0 < a.score <= 1
        end = a.end
    assert find_agencies(text, shadow=shadow(text), context=LANG_SON) == found
    canonical_agency(text, context=LANG_SON)
    AgencyContext(text, text, "2021").province  # noqa: B018 - must not raise


@pytest.mark.parametrize(
    "piece",
    [
        "Sở và ",
        "Bộ, ",
        "Văn ",
        "Chủ tịch ",
        "Ban Chỉ đạo ",
        "Trung tâm Văn hóa, ",
        "Cục Văn Hóa Và ",
        "các Bộ: ",
        "Đảng ủy ",
        "UBND các tỉnh Hà Nội, ",
        "Ban Chỉ đạo về khoa học, công nghệ, ",
    ],
)
def test_time_stays_linear(piece: str) -> None:
    def seconds(n: int) -> float:
        text, best = piece * n, 9e9
        for _ in range(2):
            start = time.process_time()
            find_agencies(text)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    assert seconds(8000) < 12 * seconds(1000) + 0.05
