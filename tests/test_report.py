"""The report: the words of an office, in any width, with and without colour."""

from __future__ import annotations

import dataclasses
import re

import pytest
from rich.cells import cell_len

from congvan import summary
from congvan.document import (
    Annex,
    Citation,
    Directive,
    Document,
    Due,
    Entity,
    Footnote,
    Header,
    Items,
    Section,
    Table,
    Unit,
)
from congvan.lookups import rows
from congvan.report import render
from congvan.wording import vn_date
from sample_documents import letter, notice

ANSI_RE = re.compile(r"\x1b\[[\d;]*m")

# fmt: off
DATES = [
    ("2021-05-06",              "06/05/2021"),
    ("2021-05",                 "tháng 5/2021"),
    ("2021",                    "năm 2021"),
    ("2021-Q2",                 "quý II/2021"),
    ("2021-H1",                 "6 tháng đầu năm 2021"),
    ("2021-W23",                "tuần 23/2021"),
    ("2025-12-05T17:00",        "17 giờ 00 ngày 05/12/2025"),
    ("2021/2025",               "năm 2021 – 2025"),
    ("2025-07/2025-12",         "6 tháng cuối năm 2025"),
    ("2025-07/2025-11",         "tháng 7/2025 – tháng 11/2025"),
    ("2022-06-01/2022-06-07",   "01/06/2022 – 07/06/2022"),
    ("2021-Q1/2021-Q2",         "quý I/2021 – quý II/2021"),
    ("FREQ=MONTHLY;BYMONTHDAY=25",            "ngày 25 hằng tháng"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1",            "ngày cuối cùng hằng tháng"),
    ("FREQ=MONTHLY;BYMONTHDAY=5,20",          "ngày 5, 20 hằng tháng"),
    ("FREQ=MONTHLY;BYDAY=1MO",                "thứ Hai đầu tiên hằng tháng"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", "ngày 20 hằng quý"),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "ngày 20 các tháng 3, 6, 9, 12"),
    ("FREQ=YEARLY;BYMONTH=6",                 "tháng 6 hằng năm"),
    ("FREQ=WEEKLY;BYDAY=TU,TH",               "thứ Ba, thứ Năm hằng tuần"),
    ("FREQ=DAILY",                            "hằng ngày"),
    ("FREQ=WEEKLY;BYDAY=FR",                  "thứ Sáu hằng tuần"),
    ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15",   "ngày 15/6 hằng năm"),
    ("FREQ=MONTHLY;INTERVAL=3",               "hằng quý"),
    ("FREQ=WEEKLY;INTERVAL=2",                "2 tuần một lần"),
    ("FREQ=SECONDLY",                         "FREQ=SECONDLY"),
    ("sớm nhất",                "sớm nhất"),
    ("2021-05/nay",             "2021-05/nay"),
    ("",                        ""),
    (None,                      ""),
]
# fmt: on


@pytest.mark.parametrize(("iso", "words"), DATES)
def test_dates_in_vietnamese(iso: str | None, words: str) -> None:
    assert vn_date(iso) == words


@pytest.mark.parametrize("row", rows("labels_vi"), ids=lambda r: f"{r['group']}-{r['key']}")
def test_every_label_stands_in_its_example_only(row: dict[str, str]) -> None:
    assert summary.label(row["group"], row["key"]) == row["label"]
    assert row["label"].lower() in row["example"].lower()
    assert row["label"].lower() not in row["counterexample"].lower()


def test_label_keys_are_unique_and_cover_the_relations() -> None:
    keys = [(r["group"], r["key"]) for r in rows("labels_vi")]
    assert len(keys) == len(set(keys))
    relations = {"based_on", "implements", "amends", "replaces", "repeals", "guides",
                 "requested_by", "approved_by", "mentions"}  # fmt: skip
    assert relations == {key for group, key in keys if group == "relation"}


# fmt: off
NAMES = [
    # text, type, number -> name
    ("Quyết định số 1804/QĐ-TTg",      "Quyết định", "1804", "Quyết định 1804/QĐ-TTg"),
    ("số 107/2020/NĐ-CP",              "Nghị định",  "107",  "Nghị định 107/2020/NĐ-CP"),
    ("NGHỊ QUYẾT SỐ 66-NQ/TW",         "Nghị quyết", "66",   "Nghị quyết 66-NQ/TW"),
    ("Thông tư số 05/2019/TT-BTC",     "Thông tư",   "5",    "Thông tư 05/2019/TT-BTC"),
    ("Luật số 45/2019/QH14",           "Luật",       "45",   "Luật 45/2019/QH14"),
    ("Luật Đất đai\nnăm 2013",         "Luật",       None,   "Luật Đất đai năm 2013"),
    ("2279 / BKHĐT-TH",                None,         "2279", "2279/BKHĐT-TH"),
    ("Kết luận số 188- KL/TW",         "Kết luận",   "188",  "Kết luận 188-KL/TW"),
    ("Công văn số 15/UBND",            "Công văn",   "5",    "Công văn số 15/UBND"),
]
# fmt: on


@pytest.mark.parametrize(("text", "type", "number", "name"), NAMES)
def test_instrument_names(text: str, type: str | None, number: str | None, name: str) -> None:
    ref = Citation("c1", 0, len(text), text, None, None, type, number, None, None, None, None, None,
                   "d", True, "mentions", "this", None)  # fmt: skip
    assert summary.instrument_name(ref) == name


# fmt: off
RECORDS = [
    "THÔNG BÁO số …/TB-UBND",
    "Cơ quan ban hành: Ủy ban nhân dân tỉnh Bắc Sơn",
    "Ngày: tháng 3/2024, Bắc Sơn",
    "Nơi nhận: 2 nơi",
    "Người ký: Hoàng Thị Mẫu, TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG",
    "DÀN Ý (4 mục, 6 ý, bổ sung 1, rà soát 1, thời hạn 3)",
    "1. Dự thảo Đề án cấp nước sạch vùng cao | Sở Xây dựng trình | 4 ý",
    "  a) Về nguồn vốn | 2 ý",
    "1. Quyết định 1978/QĐ-TTg | 24/11/2021 | Thủ tướng Chính phủ | thực hiện “cụ thể hóa” | 2 lần | mục 1, 2",
    "2. Nghị quyết 15-NQ/TU (?) | — | — | dự thảo: thay thế | 2 lần | mục 1, 2",
    "3. Nghị định 117/2007/NĐ-CP | — | Chính phủ | căn cứ | 1 lần | mục 1 › a",
    "Nghị định 124/2011/NĐ-CP sửa đổi, bổ sung Nghị định 117/2007/NĐ-CP",
    "dự thảo thay thế Nghị quyết 15-NQ/TU",
    "chậm nhất 05/04/2024 | chậm nhất ngày 05/4/2024 | mục 1 › a | Sở Xây dựng | "
    "- Rà soát lại đơn giá của 14 công trình, gửi Sở Tài chính chậm nhất ngày 05/4/2024.",
    "ngày ban hành để trống",
    "đã sửa: nối 1 đoạn bị ngắt trang",
]
# fmt: on


@pytest.mark.parametrize("record", RECORDS)
def test_in_a_pipe_a_record_is_a_line(record: str) -> None:
    assert record in render(notice()).splitlines()


def test_in_a_pipe_nothing_is_drawn() -> None:
    assert not re.search(r"[\u2500-\u259f\x1b]", render(notice()))


def test_the_earliest_deadline_comes_first() -> None:
    values = [due.value for _, due, _ in summary.dated(notice())]
    assert values == ["2024-04-05", "2024-Q2", "FREQ=MONTHLY;BYMONTHDAY=25"]


@pytest.mark.parametrize("width", [40, 60, 80, 110, 160])
@pytest.mark.parametrize("color", [False, True])
def test_a_screen_is_kept_and_loses_no_words(width: int, color: bool) -> None:
    for doc in (notice(), letter()):
        text = render(doc, width=width, color=color)
        bare = ANSI_RE.sub("", text)
        assert ("\x1b[" in text) is color
        assert max(map(cell_len, bare.splitlines())) <= width
        squeezed = re.sub(r"[\s─│├└]", "", bare)
        for item in summary.cited(doc):
            # A name may be wrapped, never cut; words of other columns stand between its parts.
            assert all(word in squeezed for word in item.name.split()), item.name


@pytest.mark.parametrize("width", [None, 80])
def test_a_document_cannot_command_the_terminal(width: int | None) -> None:
    doc = letter()
    header = Header(issuer="A\x1b[31m\u202eB", subject="C\x07\x9b2JD", doc_type="E\u2066F")
    text = render(dataclasses.replace(doc, header=header), width=width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("width", [None, 40, 80, 120])
def test_an_empty_document_still_has_a_report(width: int | None) -> None:
    assert render(Document(text=""), width=width).startswith("VĂN BẢN\n")


@pytest.mark.parametrize("width", [None, 80])
def test_square_brackets_and_colons_are_no_markup(width: int | None) -> None:
    header = Header(doc_type="Thông báo", subject="[bold]x[/bold] :smile: [/nothing]")
    text = render(Document(text="", header=header), width=width)
    assert "[bold]x[/bold] :smile: [/nothing]" in text


def test_a_damaged_tree_is_drawn_all_the_same() -> None:
    sections = Items([Section("s1", "s9", "x", "a)", "Về A", 0, 0, 0, 0),
                      Section("s2", "s1", "x", "+", "Về B", 0, 0, 0, 0)])  # fmt: skip
    units = Items([Unit("u1", "paragraph", None, "s7", 0, 0, "")])
    text = render(Document(text="", sections=sections, units=units), width=80)
    assert "Về A" in text
    assert "Về B" in text


# fmt: off
DUES = [
    ("date",      "before",    "2021-05-06",                 "trước 06/05/2021"),
    ("date",      "by",        "2021-05",                    "chậm nhất tháng 5/2021"),
    ("period",    "within",    "2021-Q4",                    "trong quý IV/2021"),
    ("recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=20", "ngày 20 hằng tháng"),
    ("event",     "at",        None,                         "theo sự kiện"),
    ("event",     "at",        "2021",                       "vào năm 2021"),
    ("relative",  "within",    None,                         "tính từ mốc"),
    ("date",      "within",    "2025-11-20",                 "trong ngày 20/11/2025"),
    ("date",      "at",        "2025-12-05T17:00",           "vào lúc 17 giờ 00 ngày 05/12/2025"),
    ("period",    "within",    "2022-06-01/2022-06-07",      "trong 01/06/2022 – 07/06/2022"),
]
# fmt: on


@pytest.mark.parametrize(("kind", "bound", "value", "words"), DUES)
def test_due_words(kind: str, bound: str, value: str | None, words: str) -> None:
    assert summary.due_words(Due(0, 1, "x", kind, bound, value)) == words


PLACES = [
    ([None], "phần mở đầu"),
    (["s1"], "mục II"),
    (["s2"], "mục II › 1"),
    (["s2", None, "s2", "s1"], "mục II › 1, II; phần mở đầu"),
    (["s3"], "Điều 5"),
    (["s9"], "mục ?"),
]


@pytest.mark.parametrize(("sections", "words"), PLACES)
def test_places(sections: list[str | None], words: str) -> None:
    doc = Document(text="", sections=Items([
        Section("s1", None, "x", "II.", "A", 0, 0, 0, 0),
        Section("s2", "s1", "x", "1.", "B", 0, 0, 0, 0),
        Section("s3", None, "x", "Điều 5.", "C", 0, 0, 0, 0),
    ]))  # fmt: skip
    assert summary.places(sections, summary.section_paths(doc)) == words


# fmt: off
TITLES = [
    (Header(doc_type="Quyết định", number="15", symbol="QĐ-UBND"),  "QUYẾT ĐỊNH số 15/QĐ-UBND"),
    (Header(doc_type="Kết luận", number="221", symbol="KL/TW"),     "KẾT LUẬN số 221-KL/TW"),
    (Header(doc_type="Kết luận", symbol="KL/TW"),                   "KẾT LUẬN số …-KL/TW"),
    (Header(doc_type="Thông báo", symbol="TB-UBND"),                "THÔNG BÁO số …/TB-UBND"),
    (Header(doc_type="Thông báo"),                                  "THÔNG BÁO"),
    (Header(),                                                      "VĂN BẢN"),
    (Header(number="77", symbol="BGT-VT"),                          "VĂN BẢN số 77/BGT-VT"),
    (Header(doc_type="Nghị định", number="5", symbol="NĐ-CP", year=2025,
            spans={"number": (4, 5), "symbol": (11, 16)}),          "NGHỊ ĐỊNH số 5/2025/NĐ-CP"),
]
# fmt: on


@pytest.mark.parametrize(("header", "title"), TITLES)
def test_titles(header: Header, title: str) -> None:
    assert summary.title(Document(text="Số: 5/2025/NĐ-CP", header=header)) == title


def test_a_number_without_symbol_has_that_of_its_list() -> None:
    def name(text: str, symbol: str) -> str:
        return summary.instrument_name(
            Citation("c1", 0, len(text), text, None, None, "Kết luận", "187", symbol, None, None,
                     None, None, "d", True, "mentions", "this", None)
        )  # fmt: skip

    assert name("Kết luận số 187", "KL/TW") == "Kết luận 187-KL/TW"
    assert name("số 187", "TB-VPCP") == "Kết luận 187/TB-VPCP"
    assert name("số 187-KL/TW", "KL/TW") == "Kết luận 187-KL/TW"


def test_what_stands_in_no_section_is_named_by_its_place() -> None:
    doc = Document(
        text="x" * 100,
        sections=Items([Section("s1", None, "x", "II.", "A", 10, 40, 10, 12),
                        Section("s2", None, "x", "1.", "B", 70, 80, 70, 72)]),
        tables=Items([Table("t1", 44, 50, ())]),
        footnotes=Items([Footnote("f1", "1", 52, 56, "x")]),
        annexes=Items([Annex("a1", "PHỤ LỤC II DANH MỤC VIỆC", 60, 82)]),
    )  # fmt: skip
    paths = summary.section_paths(doc)
    spots = [(None, 5), ("s1", 15), (None, 45), (None, 53), (None, 65), ("s2", 75), (None, 90)]
    words = [summary.places([summary.spot(doc, *at)], paths) for at in spots]
    assert words == ["phần mở đầu", "mục II", "bảng", "chú thích", "phụ lục II",
                     "phụ lục II › 1", "phần cuối"]  # fmt: skip
    assert summary.section_paths(Document(text="x"))[None] == "nội dung"
    lines = render(doc).splitlines()
    assert lines.index("PHỤ LỤC II DANH MỤC VIỆC") + 1 == lines.index("  1. B")


LONG = (
    "Bộ Ba: (1) rà soát danh mục đề án đang trình, xong trong tháng 3/2024; (2) lập kế hoạch mua "
    "sắm cho cả năm, hoàn thành trong quý II/2024; (3) báo cáo kết quả của từng đơn vị, nêu rõ "
    "khó khăn và kiến nghị, định kỳ hằng tháng."
)
PLAIN = "Sở Ba chủ trì rà soát danh mục đề án đang trình và lập kế hoạch mua sắm cho cả năm; xong trong tháng 3."


@pytest.mark.parametrize(("text", "words", "limit", "expected"), [
    (LONG, "tháng 3/2024", 400, "b) " + LONG),
    (LONG, "tháng 3/2024", 100, "b) Bộ Ba: (1) rà soát danh mục đề án đang trình, xong trong tháng 3/2024; (2) lập kế hoạch mua sắm …"),
    (LONG, "quý II/2024", 100, "b) Bộ Ba: … (2) lập kế hoạch mua sắm cho cả năm, hoàn thành trong quý II/2024 …"),
    (LONG, "hằng tháng", 100, "b) Bộ Ba: … (3) báo cáo kết quả của từng đơn vị, nêu rõ khó khăn và kiến nghị, định kỳ hằng tháng."),
    (PLAIN, "tháng 3", 50, "b) Sở Ba chủ trì rà soát danh mục đề án đang trình … kế hoạch mua sắm cho cả năm; xong trong tháng 3."),
])  # fmt: skip
def test_of_a_long_unit_the_part_with_the_deadline_is_shown(
    text: str, words: str, limit: int, expected: str
) -> None:
    unit = Unit("u1", "bullet", "b)", None, 7, 7 + len(text), text)
    start = 7 + text.index(words)
    due = Due(start, start + len(words), words, "date", "by", None)
    assert summary.due_clause(unit, due, limit) == expected


def test_the_deadline_is_seen_even_in_one_long_sentence() -> None:
    text = "Rà soát " + "danh mục đề án " * 60 + "xong trong quý II/2024"
    unit = Unit("u1", "paragraph", None, None, 0, len(text), text)
    due = Due(len(text) - 16, len(text), "trong quý II/2024", "date", "by", None)
    shown = summary.due_clause(unit, due, 120)
    assert shown.endswith("quý II/2024")
    assert len(shown) < 190
    assert shown.startswith("Rà soát danh mục")


@pytest.mark.parametrize("row", rows("notes_vi"), ids=lambda r: r["pattern"][:40])
def test_notes_are_told_in_vietnamese(row: dict[str, str]) -> None:
    hits = [r for r in rows("notes_vi") if re.fullmatch(r["pattern"], row["example"])]
    assert hits == [row]
    assert re.fullmatch(row["pattern"], row["counterexample"]) is None
    assert summary.vn_note(row["example"]) not in (row["example"], "")
    assert summary.vn_note("nothing known") == "nothing known"


@pytest.mark.parametrize(("text", "bodies", "who"), [
    ("Sở Ba thẩm định, xong trước 10/10/2022.", ["Sở Ba"], "Sở Ba"),
    ("UBND xã A gửi hồ sơ; Sở Ba trình trước 10/10/2022.", ["UBND xã A", "Sở Ba"], "Sở Ba"),
    ("Chưa thông qua. Giao Sở Ba xem lại, trình trước 10/10/2022.", ["Sở Ba"], "Sở Ba"),
    ("(1) Sở Ba rà soát; (2) trình trước 10/10/2022.", ["Sở Ba"], "Sở Ba"),
    ("Sở Ba rà soát; (2) các sở, ngành gửi Sở Ba trước 10/10/2022.", ["Sở Ba"], "các sở, ngành"),
    ("Rà soát lại, gửi Sở Ba trước 10/10/2022.", ["Sở Ba"], "Sở Nội vụ"),
    ("UBND tỉnh giao hoàn thành trước 10/10/2022.", ["UBND tỉnh"], "Sở Nội vụ"),
])  # fmt: skip
def test_who_must_act(text: str, bodies: list[str], who: str) -> None:
    at = text.index("trước")
    due = Due(at, len(text) - 1, text[at:-1], "date", "before", "2022-10-10")
    doc = Document(
        text=text,
        sections=Items([Section("s1", None, "x", "1.", "A", 0, 99, 0, 0, "Sở Nội vụ")]),
        units=Items([Unit("u1", "paragraph", None, "s1", 0, len(text), text)]),
        entities=Items(
            Entity(f"e{i}", "AGENCY", text.index(b), text.index(b) + len(b), b)
            for i, b in enumerate(bodies)
        ),
        directives=Items([Directive("u1", due=(due,))]),
    )
    assert [found for _, _, found in summary.dated(doc)] == [who]
    told = dataclasses.replace(doc, directives=Items([Directive("u1", ("Sở X",), due=(due,))]))
    assert [found for _, _, found in summary.dated(told)] == ["Sở X"]
