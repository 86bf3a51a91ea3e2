"""Nơi nhận and signature, in the orders and columns that extractors give; all texts are ours."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan import signature as sign
from congvan.closing import Closing, parse_closing
from congvan.document import Signature
from congvan.header import parse_header
from congvan.lookups import rows, values
from congvan.text import canonical
from sample_lines import lines_of

BODY = "Điều 1. Nội dung.\nYêu cầu các đơn vị thực hiện./.\n"


def read(text: str) -> Closing:
    """Returns the closing of ``text``."""
    return parse_closing(lines_of(text), text, start=0)


def said(signature: Signature | None) -> tuple[str | None, str | None, str | None] | None:
    """Returns authority, position and name."""
    return signature and (signature.authority, signature.position, signature.name)


# Each case: text below BODY, recipients, (authority, position, name), first words after the block.
Case = tuple[str, tuple[str, ...], tuple[str | None, str | None, str | None] | None, str | None]
CASES: dict[str, Case] = {
    "line by line": (
        "Nơi nhận:\n- Như trên;\n- Bộ Nội vụ (để b/c);\n- Lưu: VT, NC (02).\n"
        "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nPhạm Hùng Cường",
        ("Như trên", "Bộ Nội vụ (để b/c)", "Lưu: VT, NC (02)"),
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Hùng Cường"),
        None,
    ),
    "two columns": (
        "Nơi nhận:                              TM. ỦY BAN NHÂN DÂN\n"
        "- Như Điều 3;                               KT. CHỦ TỊCH\n"
        "- Bộ Tài chính;                            PHÓ CHỦ TỊCH\n"
        "- Sở Y tế;                                   (Đã ký)\n"
        "- Lưu: VT, KGVX.                           Nguyễn Văn An",
        ("Như Điều 3", "Bộ Tài chính", "Sở Y tế", "Lưu: VT, KGVX"),
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"),
        None,
    ),
    "two columns, one blank": (
        "Nơi nhận: KT. CHỦ TỊCH\n- Như Điều 3; PHÓ CHỦ TỊCH\n- Bộ Tài chính;\n"
        "- Lưu: VT, KGVX. Nguyễn Văn An",
        ("Như Điều 3", "Bộ Tài chính", "Lưu: VT, KGVX"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"),
        None,
    ),
    "signature first": (
        "TM. UBND TỈNH\nCHỦ TỊCH\n(Đã ký và đóng dấu)\nNguyễn Văn An\n"
        "Nơi nhận:\n- Như trên;\n- Lưu VT.",
        ("Như trên", "Lưu VT"),
        ("TM. UBND TỈNH", "CHỦ TỊCH", "Nguyễn Văn An"),
        None,
    ),
    "picture of a seal": (
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n![Ký tên, đóng dấu]\nLê Văn An\nNơi nhận:\n- Như trên;\n- Lưu VT.",
        ("Như trên", "Lưu VT"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn An"),
        None,
    ),
    "several on one line, academic title": (
        "Nơi nhận: - Như trên; - Bộ Tài chính; - Lưu: VT.\nGIÁM ĐỐC\nPGS.TS. Nguyễn Văn An",
        ("Như trên", "Bộ Tài chính", "Lưu: VT"),
        (None, "GIÁM ĐỐC", "Nguyễn Văn An"),
        None,
    ),
    "no bullets, rank": (
        "Nơi nhận:\nNhư Điều 2;\nCác sở, ban, ngành;\nLưu: VT.\nBỘ TRƯỞNG\nĐại tướng Trần Văn An",
        ("Như Điều 2", "Các sở, ban, ngành", "Lưu: VT"),
        (None, "BỘ TRƯỞNG", "Trần Văn An"),
        None,
    ),
    "Party": (
        "Nơi nhận:\n- Ban Bí thư (để báo cáo),\n- Các ban đảng,\n- Lưu Văn phòng Tỉnh ủy.\n"
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nHoàng Văn An",
        ("Ban Bí thư (để báo cáo)", "Các ban đảng", "Lưu Văn phòng Tỉnh ủy"),
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Hoàng Văn An"),
        None,
    ),
    "Party, all on one line": (
        "__Nơi nhận__:\n- Các tỉnh ủy,\n- Lưu VP.\n"
        "K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN THƯỜNG TRỰC Hoàng Văn An",
        ("Các tỉnh ủy", "Lưu VP"),
        ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Hoàng Văn An"),
        None,
    ),
    "no recipients": (
        "T/M BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ\nTrần Văn An",
        (),
        ("T/M BAN BÍ THƯ", "THƯỜNG TRỰC BAN BÍ THƯ", "Trần Văn An"),
        None,
    ),
    "two offices in one hand": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. BỘ TRƯỞNG, CHỦ NHIỆM PHÓ CHỦ NHIỆM\nLê Văn An",
        ("Như trên", "Lưu: VT"),
        ("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Lê Văn An"),
        None,
    ),
    "residue of a digital signature": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n"
        "Ký bởi: Bộ Nội vụ\nThời gian ký: 12/3/2024 10:00\nNguyễn Trọng An",
        ("Như trên", "Lưu: VT"),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Trọng An"),
        None,
    ),
    "an annex with a form of its own": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn An\nPHỤ LỤC\nMẫu báo cáo\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nLê Thị Bình",
        ("Như trên", "Lưu: VT"),
        (None, "GIÁM ĐỐC", "Nguyễn Văn An"),
        "PHỤ LỤC",
    ),
    "only the form in the annex has recipients": (
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn An\nPHỤ LỤC I\nNơi nhận:\n- .......;\n- Lưu: VT.\n(4)",
        (),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn An"),
        "PHỤ LỤC I",
    ),
    "attached text": (
        "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn An\nQUY CHẾ\nLàm việc\n"
        "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\nChương I",
        ("Như Điều 3", "Lưu: VT"),
        (None, "CHỦ TỊCH", "Nguyễn Văn An"),
        "QUY CHẾ",
    ),
    "name in capitals": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH UBND TỈNH\nNGUYỄN VĂN AN",
        ("Như trên", "Lưu: VT"),
        (None, "CHỦ TỊCH UBND TỈNH", "NGUYỄN VĂN AN"),
        None,
    ),
    "name of another people": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nH'Yim Niê Kđoh",
        ("Như trên", "Lưu: VT"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "H'Yim Niê Kđoh"),
        None,
    ),
    "by order, by proxy": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ PHÁP CHẾ\n"
        "PHÓ VỤ TRƯỞNG\nLê Thị Hoa",
        ("Như trên", "Lưu: VT"),
        ("TL. BỘ TRƯỞNG KT. VỤ TRƯỞNG VỤ PHÁP CHẾ", "PHÓ VỤ TRƯỞNG", "Lê Thị Hoa"),
        None,
    ),
    "a recipient with parts, a continuation": (
        "Nơi nhận:\n- Văn phòng tỉnh:\n+ Lãnh đạo;\n+ Các phòng;\n- VPCP: BTCN, PCN,\ncác Vụ: TH;\n"
        "- Lưu: VT, CN (2).\nQ. GIÁM ĐỐC\nĐào Thị Lan",
        ("Văn phòng tỉnh: Lãnh đạo; Các phòng", "VPCP: BTCN, PCN, các Vụ: TH", "Lưu: VT, CN (2)"),
        (None, "Q. GIÁM ĐỐC", "Đào Thị Lan"),
        None,
    ),
    "all on one line": (
        "Nơi nhận: Như trên; Lưu: VT. TUQ. CHỦ TỊCH GIÁM ĐỐC SỞ NỘI VỤ Nguyễn Văn An",
        ("Như trên", "Lưu: VT"),
        ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ", "Nguyễn Văn An"),
        None,
    ),
    "signature on one line": (
        "NƠI NHẬN\n* Như trên;\n* Lưu: VT.\nKT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Nguyễn Văn An",
        ("Như trên", "Lưu: VT"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"),
        None,
    ),
    "no name": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(đã ký)",
        ("Như trên", "Lưu: VT"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", None),
        None,
    ),
    "a person among the recipients": (
        "Nơi nhận:\n- Bộ Y tế;\n- Nguyễn Văn Ba;\n- VP: KT, TTTT, PVHCC;\n- Lưu: VT.\nCHỦ TỊCH\nLê Thị Bình",
        ("Bộ Y tế", "Nguyễn Văn Ba", "VP: KT, TTTT, PVHCC", "Lưu: VT"),
        (None, "CHỦ TỊCH", "Lê Thị Bình"),
        None,
    ),
    "consolidated text": (
        "Nơi nhận:\n- Văn phòng Chính phủ;\n- Lưu: VT.\n"
        "XÁC THỰC VĂN BẢN HỢP NHẤT KT. BỘ TRƯỞNG THỨ TRƯỞNG\nThượng tướng Võ Văn An\n[1] Ghi chú.",
        ("Văn phòng Chính phủ", "Lưu: VT"),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Võ Văn An"),
        "[1]",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_closing(name: str) -> None:
    below, recipients, signature, after = CASES[name]
    text = BODY + below
    lines = lines_of(text)
    closing = parse_closing(lines, text, start=0)
    assert closing.recipients == recipients
    assert said(closing.signature) == signature
    assert closing.first == 2
    rest = lines[closing.last].text if closing.last < len(lines) else None
    assert rest is None if after is None else rest is not None and rest.startswith(after)


@pytest.mark.parametrize("name", CASES)
def test_spans_lead_to_the_words(name: str) -> None:
    text = BODY + CASES[name][0]
    closing = read(text)
    assert len(closing.recipient_spans) == len(closing.recipients)
    for (start, end), value in zip(closing.recipient_spans, closing.recipients, strict=True):
        assert text[start:end].startswith(value.split(":")[0])
    if closing.signature is not None and closing.signature.name is not None:
        assert closing.signature.name in text[closing.signature.start : closing.signature.end]


NO_CLOSING = {
    "services": "1. Nơi nhận hồ sơ: Bộ phận một cửa.\n2. Nơi nhận kết quả tại trung tâm.\n",
    "offices in sentences": "- Chủ tịch UBND tỉnh giao Sở Y tế.\nGiám đốc sở báo cáo.\n",
    "authority line": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật;\nQUYẾT ĐỊNH:\nĐiều 1. Khen thưởng.\n",
    "empty form": "Mục 1.\nNơi nhận: ............\n",
    "empty": "",
}


@pytest.mark.parametrize("name", NO_CLOSING)
def test_nothing_is_invented(name: str) -> None:
    text = NO_CLOSING[name]
    n = len(lines_of(text))
    assert read(text) == Closing(n, n, (), (), None)


def test_looks_only_below_start() -> None:
    text = "Nơi nhận:\n- Sở A;\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn An\nNội dung.\n"
    lines = lines_of(text)
    assert parse_closing(lines, text, start=5).recipients == ()
    assert parse_closing(lines, text, start=99).first == len(lines)


@pytest.mark.parametrize("row", rows("signature"), ids=lambda r: r["name"])
def test_signature_rows(row: dict[str, str]) -> None:
    assert sign.starts_signature(row["example"])
    assert not sign.starts_signature(row["counterexample"])
    found = sign.parts(row["example"], 0)
    kinds = {p.kind for p in found}
    acting = row["kind"] == "mark" and row["name"] != "Q."
    assert kinds == ({"authority"} if acting else {"position"})
    if row["kind"] == "position":
        for name in (row["name"], *values(row["variants"])):
            assert sign.starts_signature(name)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Nguyễn Văn An", True),
        ("Y Vinh Tơr", True),
        ("K' Mák", True),
        ("NGUYỄN THỊ HỒNG HÀ", True),
        ("ThS. Lê Na", True),
        ("Phụ lục I", False),
        ("Văn phòng Chính phủ", False),
        ("PHỤ LỤC II", False),
        ("Hà Nội, ngày 5", False),
        ("Lưu VT", False),
        ("An", False),
        ("Sở Nội Vụ", False),
    ],
)
def test_names(text: str, want: bool) -> None:
    assert sign.is_name(text) is want


_PIECES = st.sampled_from(
    [line for case in CASES.values() for line in case[0].split("\n")]
    + ["", " ", "Nơi nhận", "- ", "+", "Nơi nhận: ;;", "TM.", "KT. ", "(Đã ký)", "PHỤ LỤC", "___"]
)


@given(
    st.one_of(st.lists(_PIECES, max_size=30).map("\n".join), st.text(max_size=300)),
    st.integers(min_value=0, max_value=40),
)
def test_any_lines(text: str, start: int) -> None:
    text, _ = canonical(text)
    lines = lines_of(text)
    closing = parse_closing(lines, text, start=start)
    n = len(lines)
    assert 0 <= closing.first <= closing.last <= n
    assert closing.first >= min(start, n)
    if closing.first == closing.last:
        assert closing == Closing(n, n, (), (), None)
    for s, e in closing.recipient_spans:
        assert lines[closing.first].start <= s < e <= lines[closing.last - 1].end
    if closing.signature is not None:
        assert lines[closing.first].start <= closing.signature.start
        assert closing.signature.end <= lines[closing.last - 1].end


@pytest.mark.parametrize("unit", ["A", "KT. ", "- a; ", "CHỦ TỊCH ", "Nơi nhận ", "Nguyễn ", ". A"])
def test_long_lines_take_linear_time(unit: str) -> None:
    def seconds(n: int) -> float:
        text = "Nơi nhận:\n- " + unit * n + "\n" + unit * 50 + "\n" + (unit * 20 + "\n") * (n // 20)
        lines = lines_of(text)
        start = time.perf_counter()
        parse_closing(lines, text, start=0)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(40_000) < 0.5 + 8 * seconds(10_000)


def test_closings_of_the_gold(shared: Path) -> None:
    wrong = []
    for file in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        raw = (shared / "corpora" / "instruct" / gold["doc"]).read_text(encoding="utf-8")
        text, _ = canonical(raw)
        lines = lines_of(text)
        _, body = parse_header(lines, text)
        closing = parse_closing(lines, text, start=body)
        assert closing.signature is not None
        got = (closing.signature.name, closing.signature.position, len(closing.recipients))
        want = tuple(gold["header"][k] for k in ("signer", "position", "recipients"))
        if got != want:
            wrong.append((gold["doc"], want, got))
    assert not wrong


def test_closing_of_the_lang_son_notice(shared: Path) -> None:
    raw = (shared / "samples" / "thong-bao-lang-son-2021-04.md").read_text(encoding="utf-8")
    text, _ = canonical(re.sub(r"(?m)^#+ |\*", "", raw))
    closing = read(text)
    assert len(closing.recipients) == 13
    assert said(closing.signature) == ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Hùng Trường")
