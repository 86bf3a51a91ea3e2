"""The workbook: real dates, a header that stays, filters, and text that is only text."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

from congvan.document import Document

from .rows import Task
from .table import Cell, Sheet, sheets

#: What a cell can hold (Excel), and the look of a day in it.
MOST = 32_767
DAY = "dd/mm/yyyy"
# Characters that no XML may hold.
_ILLEGAL_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_xlsx(
    docs: Sequence[Document], found: Sequence[Task], *, made: dt.datetime | None = None
) -> bytes:
    """Returns the workbook with the sheets tasks, deadlines, cited documents and register.

    Args:
        docs: The documents, for what they cite and for the register.
        found: Their tasks.
        made: When the file is made; None for this moment.
    """
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in sheets(docs, found):
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.title = "Bảng theo dõi nhiệm vụ"
    book.properties.creator = "congvan"
    if made is not None:
        book.properties.created = book.properties.modified = made
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrap = Alignment(wrap_text=True, vertical="top")
    for column, (title, width) in enumerate(sheet.titles, 1):
        cell = page.cell(row=1, column=column)
        _write(cell, title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F4E79")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        page.column_dimensions[get_column_letter(column)].width = width
    for row, values in enumerate(sheet.rows, 2):
        for column, value in enumerate(values, 1):
            cell = page.cell(row=row, column=column)
            _write(cell, value)
            cell.alignment = wrap
    page.freeze_panes = "A2"
    last = get_column_letter(len(sheet.titles))
    page.auto_filter.ref = f"A1:{last}{max(1, len(sheet.rows) + 1)}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _write(cell: Any, value: Cell) -> None:
    """Writes a value as what it is: "=1+1" in a notice is text, never a formula."""
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        cell.value = value
        cell.number_format = DAY
    elif isinstance(value, str):
        words = _ILLEGAL_RE.sub(" ", value)
        words = words if len(words) <= MOST else words[: MOST - 1] + "…"
        cell.value = words
        cell.data_type = "s"  # openpyxl would make a formula of "=1+1"
        if words[0] in "=+-@":
            cell.quotePrefix = True
    else:
        cell.value = value
