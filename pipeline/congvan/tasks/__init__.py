"""The task sheet that staff retype today, the calendar of deadlines, the register row.

``rows`` turns documents into plain rows; ``sheet`` writes them as Excel, ``text`` as CSV and
JSON, ``calendar`` as iCalendar; ``register`` is the row for the register of incoming documents.
"""

from __future__ import annotations

from .calendar import to_ics
from .register import Incoming, incoming
from .rows import Deadline, Task, deadlines, tasks
from .sheet import to_xlsx
from .text import to_csv, to_json

__all__ = [
    "Deadline",
    "Incoming",
    "Task",
    "deadlines",
    "incoming",
    "tasks",
    "to_csv",
    "to_ics",
    "to_json",
    "to_xlsx",
]
