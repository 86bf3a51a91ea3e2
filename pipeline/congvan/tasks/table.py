"""The columns of the sheets, with their Vietnamese titles: one place for Excel and CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from congvan.document import Document
from congvan.summary import cited, label
from congvan.tasks.register import incoming
from congvan.wording import clean, vn_date

from .rows import Task, deadlines, exact_day, source_of

Cell = str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, the titles with the width of each column, and the rows."""

    name: str
    titles: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(docs: Sequence[Document], found: Sequence[Task]) -> list[Sheet]:
    """Returns the sheets of the workbook, in order."""
    return [task_sheet(found), deadline_sheet(found), cited_sheet(docs), register_sheet(docs)]


def task_sheet(found: Iterable[Task]) -> Sheet:
    """Returns the task sheet: the columns that staff retype (domain.md section 8)."""
    rows = []
    for t in found:
        first = t.due[0] if t.due else None
        notes = [label("label", x) for x in t.labels if x != "deadline"]
        rows.append(
            (
                t.number,
                t.content,
                t.source,
                "; ".join(t.lead),
                "; ".join(t.support),
                first.day if first else None,
                "; ".join(clean(d.text) for d in t.due),
                "; ".join(t.product),
                "; ".join(t.deliver_to),
                None,
                "; ".join([*notes, *t.notes]),
                t.section,
                t.path,
            )
        )
    titles = (
        ("STT", 6), ("Nội dung nhiệm vụ", 70), ("Văn bản giao", 30), ("Cơ quan chủ trì", 30),
        ("Cơ quan phối hợp", 28), ("Ngày hạn", 12), ("Thời hạn (theo văn bản)", 28),
        ("Sản phẩm", 20), ("Nơi nhận kết quả", 24), ("Trạng thái", 14), ("Ghi chú", 34),
        ("Thuộc mục", 30), ("Tệp", 30),
    )  # fmt: skip
    return Sheet("Việc cần làm", titles, tuple(rows))


def deadline_sheet(found: Iterable[Task]) -> Sheet:
    """Returns one row for each deadline, the earliest first; soft ones have the last day."""
    rows = []
    for task, due in deadlines(found):
        rows.append(
            (
                due.day,
                due.last if due.day is None else None,
                due.words,
                clean(due.text),
                label("due_kind", due.kind),
                "; ".join(task.lead),
                task.content,
                task.source,
                task.number,
            )
        )
    titles = (
        ("Ngày hạn", 12), ("Chậm nhất tính đến", 14), ("Thời hạn", 26), ("Theo văn bản", 30),
        ("Loại", 16), ("Cơ quan chủ trì", 30), ("Nội dung nhiệm vụ", 70), ("Văn bản giao", 30),
        ("STT việc", 9),
    )  # fmt: skip
    return Sheet("Thời hạn", titles, tuple(rows))


def cited_sheet(docs: Iterable[Document]) -> Sheet:
    """Returns one row for each instrument that a document cites."""
    rows: list[tuple[Cell, ...]] = []
    for doc in docs:
        for item in cited(doc):
            first = item.mentions[0]
            names = [label("relation", m.relation) for m in item.mentions]
            evidence = next((m.evidence.text for m in item.mentions if m.evidence), "")
            rows.append(
                (
                    item.name,
                    exact_day(item.date),
                    vn_date(item.date) if item.date and not exact_day(item.date) else None,
                    item.issuer,
                    "; ".join(dict.fromkeys(names)),
                    clean(evidence),
                    len(item.mentions),
                    first.document,
                    source_of(doc),
                    doc.source.path,
                )
            )
    titles = (
        ("Văn bản viện dẫn", 40), ("Ngày ban hành", 14), ("Thời gian khác", 14),
        ("Cơ quan ban hành", 30), ("Quan hệ", 22), ("Từ ngữ thể hiện", 20), ("Số lần", 8),
        ("Mã", 34), ("Trong văn bản", 30), ("Tệp", 30),
    )  # fmt: skip
    return Sheet("Văn bản viện dẫn", titles, tuple(rows))


def register_sheet(docs: Iterable[Document]) -> Sheet:
    """Returns the rows of the register of incoming documents, for the clerk to complete."""
    rows = []
    for doc in docs:
        entry = incoming(doc)
        paper = entry.paper()
        paper_rows: dict[str, Any] = {**paper, "Ngày tháng văn bản": exact_day(doc.header.date)
                                      or paper["Ngày tháng văn bản"]}  # fmt: skip
        due = exact_day(entry.fields["DueDate"])
        rows.append((*paper_rows.values(), due, clean(doc.source.path)))
    titles = (
        ("Ngày đến", 12), ("Số đến", 9), ("Tác giả", 32), ("Số, ký hiệu", 18),
        ("Ngày tháng văn bản", 14), ("Tên loại và trích yếu", 60), ("Đơn vị hoặc người nhận", 24),
        ("Ngày chuyển", 12), ("Ký nhận", 12), ("Ghi chú", 20), ("Hạn xử lý sớm nhất", 14),
        ("Tệp", 30),
    )  # fmt: skip
    return Sheet("Sổ văn bản đến", titles, tuple(rows))
