"""The task sheet, the calendar, the register row: what stands in them and what must not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

import congvan
from congvan.document import Directive, Document, Due, Header, Signature, Source, Unit
from congvan.tasks import deadlines, incoming, tasks, to_csv, to_ics, to_json, to_xlsx
from congvan.tasks.console import render
from congvan.tasks.rows import deadline
from congvan.tasks.table import register_sheet
from congvan.tasks.text import sheet_csv

NOW = dt.datetime(2021, 5, 4, 8, 0, tzinfo=dt.UTC)
NOTICE = """UBND TỈNH LẠNG SƠN
Số: 215/TB-UBND          Lạng Sơn, ngày 04 tháng 5 năm 2021

THÔNG BÁO
Kết luận cuộc họp về cấp nước

1. Về hồ chứa Nà Tâm (Sở Xây dựng trình)
- Rà soát lại phạm vi cấp nước theo Quyết định số 1804/QĐ-TTg ngày 13/11/2020 của Thủ tướng Chính phủ.
- Sở Tài chính phối hợp với Sở Xây dựng báo cáo UBND tỉnh trước ngày 25 hằng tháng.
- Trình HĐND tỉnh tại kỳ họp giữa năm 2021.
- Hoàn thành cắm mốc trong tháng 6/2021.
Cơ quan chủ trì tiếp thu, báo cáo UBND tỉnh trước ngày 20/5/2021.
2. Về chợ Kỳ Lừa (Sở Công Thương trình)
- Biên tập gọn quy chế chợ.

Nơi nhận:
- Thường trực Tỉnh ủy;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hà Văn Tú
"""


@pytest.fixture(scope="module")
def doc() -> Document:
    return congvan.load()(NOTICE)


def strange(text: str, **header: str) -> Document:
    """A document of one task, whose words are what a hostile sender may write."""
    unit = Unit("u1", "bullet", "-", None, 0, len(text), text, ("review",))
    return Document(text, source=Source("a.txt"), header=Header(**header), units=(unit,),
                    directives=(Directive("u1", assignees_text=("=HYPERLINK(1)",)),))  # fmt: skip


# ---------------------------------------------------------------- rows


def test_one_row_for_each_order(doc: Document) -> None:
    found = tasks(doc)
    assert [t.number for t in found] == [1, 2, 3, 4, 5, 6]
    first = found[0]
    assert first.content.startswith("Rà soát lại phạm vi cấp nước")
    assert first.source == "Thông báo số 215/TB-UBND ngày 04/05/2021"
    assert first.source_date == dt.date(2021, 5, 4)
    assert first.lead == ("Sở Xây dựng",)
    assert first.labels == ("review",)
    assert (found[1].lead, found[1].support) == (("Sở Tài chính",), ("Sở Xây dựng",))
    assert found[1].deliver_to == ("UBND tỉnh",)


def test_a_deadline_of_the_closing_sentence_is_marked(doc: Document) -> None:
    first = tasks(doc)[0]
    assert [(d.day, d.inherited) for d in first.due] == [(dt.date(2021, 5, 20), "u5")]
    assert any("thời hạn nêu ở câu khác" in n for n in first.notes)
    # It stands once among the deadlines: with the sentence that says it.
    said = [d for _, d in deadlines(tasks(doc)) if d.day == dt.date(2021, 5, 20)]
    assert len(said) == 1


def test_several_documents_are_numbered_through(doc: Document) -> None:
    found = tasks([doc, doc])
    assert [t.number for t in found] == list(range(1, 13))


@pytest.mark.parametrize(
    ("value", "kind", "bound", "day", "last"),
    [
        ("2021-05-20", "date", "before", dt.date(2021, 5, 20), dt.date(2021, 5, 20)),
        ("2025-12-05T17:00", "date", "before", dt.date(2025, 12, 5), dt.date(2025, 12, 5)),
        ("2021-06", "period", "within", None, dt.date(2021, 6, 30)),
        ("2021-Q2", "period", "before", None, dt.date(2021, 3, 31)),
        ("2021-H1", "period", "within", None, dt.date(2021, 6, 30)),
        ("2021", "event", "at", None, dt.date(2021, 12, 31)),
        ("2021-W23", "period", "within", None, dt.date(2021, 6, 13)),
        ("2026-07-01/2026-07-15", "period", "within", None, dt.date(2026, 7, 15)),
        ("2025-07/2025-12", "period", "within", None, dt.date(2025, 12, 31)),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "recurring", "recurring", None, None),
        (None, "event", "before", None, None),
    ],
)
def test_real_days(
    value: str | None, kind: str, bound: str, day: dt.date | None, last: dt.date | None
) -> None:
    found = deadline(Due(0, 3, "abc", kind, bound, value))
    assert (found.day, found.last) == (day, last)


# ---------------------------------------------------------------- Excel


def test_the_workbook(doc: Document) -> None:
    book = load_workbook(io.BytesIO(to_xlsx([doc], tasks(doc))))
    assert book.sheetnames == ["Việc cần làm", "Thời hạn", "Văn bản viện dẫn", "Sổ văn bản đến"]
    for page in book:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref.startswith("A1:")
    work = book["Việc cần làm"]
    titles = [c.value for c in work[1]]
    assert titles[:5] == ["STT", "Nội dung nhiệm vụ", "Văn bản giao", "Cơ quan chủ trì",
                          "Cơ quan phối hợp"]  # fmt: skip
    day = work.cell(row=2, column=titles.index("Ngày hạn") + 1)
    assert day.is_date
    assert day.value == dt.datetime(2021, 5, 20)
    assert day.number_format == "dd/mm/yyyy"
    assert not str(work.cell(row=2, column=2).value).startswith("-")
    cited = book["Văn bản viện dẫn"]
    assert cited["A2"].value == "Quyết định 1804/QĐ-TTg"
    assert cited["B2"].value == dt.datetime(2020, 11, 13)


def test_no_cell_is_a_formula() -> None:
    doc = strange("=1+1 rà soát danh mục\x07", subject="@SUM(A1)", issuer="+84")
    book = load_workbook(io.BytesIO(to_xlsx([doc], tasks(doc))))
    kinds = {c.data_type for page in book for row in page.iter_rows() for c in row if c.value}
    assert "f" not in kinds
    assert book["Việc cần làm"]["B2"].value == "=1+1 rà soát danh mục"


def test_a_text_longer_than_a_cell() -> None:
    doc = strange("rà soát " * 6000)
    page = load_workbook(io.BytesIO(to_xlsx([doc], tasks(doc))))["Việc cần làm"]
    assert len(page["B2"].value) <= 32_767


# ---------------------------------------------------------------- CSV and JSON


def test_csv_for_excel(doc: Document) -> None:
    data = to_csv(tasks(doc))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["Cơ quan chủ trì"] == "Sở Xây dựng"
    assert rows[0]["Ngày hạn"] == "2021-05-20"
    assert rows[0]["Trạng thái"] == ""


def test_csv_has_no_formula() -> None:
    data = to_csv(tasks(strange("@rà soát"))).decode("utf-8-sig")
    row = next(csv.reader(io.StringIO(data.split("\r\n", 1)[1])))
    assert row[1] == "'@rà soát"
    assert row[3] == "'=HYPERLINK(1)"


def test_json(doc: Document) -> None:
    data = json.loads(to_json([doc], tasks(doc)))
    assert data["schema"] == "congvan-tasks/1"
    assert data["tasks"][0]["due"][0]["day"] == "2021-05-20"
    assert data["register"][0]["CodeNumber"] == "215"


# ---------------------------------------------------------------- calendar


def test_only_what_has_a_day_is_in_the_calendar(doc: Document) -> None:
    events = Calendar.from_ical(to_ics(tasks(doc), now=NOW)).walk("VEVENT")
    starts = [(e["DTSTART"].dt, e["DTEND"].dt, "RRULE" in e) for e in events]
    assert starts == [
        (dt.date(2021, 5, 25), dt.date(2021, 5, 26), True),
        (dt.date(2021, 5, 20), dt.date(2021, 5, 21), False),
    ]
    assert dict(events[0]["RRULE"]) == {"FREQ": ["MONTHLY"], "BYMONTHDAY": [25]}
    assert "Chủ trì: Sở Tài chính" in str(events[0]["DESCRIPTION"])


def test_events_keep_their_identity(doc: Document) -> None:
    def ids(found: Document) -> list[str]:
        data = to_ics(tasks(found), now=NOW)
        return [str(e["UID"]) for e in Calendar.from_ical(data).walk("VEVENT")]

    # The same paper from another file, with another page layout.
    again = congvan.load()(NOTICE.replace("\n\n1.", "\n\n\n\n1."))
    assert ids(doc) == ids(again)
    assert len(set(ids(doc))) == 2


def test_an_hour_is_said_and_not_planned() -> None:
    doc = congvan.load()(NOTICE.replace("trước ngày 20/5/2021", "trước 17 giờ 00 ngày 20/5/2021"))
    event = Calendar.from_ical(to_ics(tasks(doc), now=NOW)).walk("VEVENT")[-1]
    assert event["DTSTART"].dt == dt.date(2021, 5, 20)
    assert "17 giờ" in str(event["DESCRIPTION"])


def test_a_calendar_of_nothing() -> None:
    assert Calendar.from_ical(to_ics([], now=NOW)).walk("VEVENT") == []


# ---------------------------------------------------------------- register


def test_the_row_of_the_register(doc: Document) -> None:
    entry = incoming(doc)
    assert entry.fields["CodeNumber"] == "215"
    assert entry.fields["CodeNotation"] == "TB-UBND"
    assert entry.fields["IssuedDate"] == "2021-05-04"
    assert entry.fields["OrganName"] == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert entry.fields["FullName"] == "Hà Văn Tú"
    assert entry.fields["DueDate"] == "2021-05-20"
    assert entry.fields["ArrivalDate"] is None
    paper = entry.paper()
    assert len(paper) == 10
    assert paper["Số, ký hiệu"] == "215/TB-UBND"
    assert paper["Tên loại và trích yếu"] == "Thông báo. Kết luận cuộc họp về cấp nước"


def test_fields_are_cut_to_the_length_of_annex_vi() -> None:
    doc = Document("x", header=Header(subject="Về " + "x" * 600, doc_type="Công văn"),
                   signature=Signature(name="A" * 60))  # fmt: skip
    entry = incoming(doc)
    assert len(entry.fields["Subject"]) == 500
    assert len(entry.fields["FullName"]) == 50
    assert len(entry.notes) == 2


def test_register_as_csv(doc: Document) -> None:
    rows = list(csv.DictReader(io.StringIO(sheet_csv(register_sheet([doc])).decode("utf-8-sig"))))
    assert rows[0]["Tác giả"] == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert rows[0]["Ngày tháng văn bản"] == "2021-05-04"
    assert rows[0]["Số đến"] == ""


def test_the_list_on_the_terminal(doc: Document) -> None:
    text = render(tasks(doc))
    assert "chủ trì: Sở Tài chính · phối hợp: Sở Xây dựng · thời hạn: ngày 25 hằng tháng" in text
    assert render([]) == "Không có nhiệm vụ nào.\n"


def test_real_documents_give_sheets(shared: Path) -> None:
    nlp = congvan.load()
    paths = sorted((shared / "corpora" / "instruct").glob("*.txt"))[:12]
    docs = [nlp.read_file(p) for p in paths]
    found = tasks(docs)
    assert len(found) > 50
    book = load_workbook(io.BytesIO(to_xlsx(docs, found)))
    assert book["Việc cần làm"].max_row == len(found) + 1
    Calendar.from_ical(to_ics(found, now=NOW))
