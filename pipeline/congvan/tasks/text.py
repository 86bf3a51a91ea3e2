"""The task sheet as CSV for Excel, and as JSON for programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence

from congvan.document import Document

from .register import incoming
from .rows import Task
from .table import Cell, Sheet, task_sheet

#: What begins a formula when a CSV is opened in a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(found: Sequence[Task]) -> bytes:
    """Returns the task sheet as CSV in UTF-8 with the mark that Excel needs to read Vietnamese."""
    return sheet_csv(task_sheet(found))


def sheet_csv(sheet: Sheet) -> bytes:
    """Returns one sheet as CSV; days are ISO 8601, and no cell begins as a formula does."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([title for title, _ in sheet.titles])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    words = str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def to_json(docs: Sequence[Document], found: Sequence[Task]) -> str:
    """Returns the tasks and the register rows as one JSON object."""
    data = {
        "schema": "congvan-tasks/1",
        "tasks": [t.to_dict() for t in found],
        "register": [incoming(d).fields for d in docs],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
