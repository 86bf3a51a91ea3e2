"""DataFrames: one row an item, columns in the order of the data model.

The rules, the same for every kind of item:

* A field is a column of its name, in field order. Numbers, truth values and text keep their
  type; a missing number makes the column ``Int64``, so that 2021 never becomes 2021.0.
* A day is a real date: ``date`` is ``datetime64``, filled only where the document gives a whole
  day (or a day with its hour); ``date_iso`` beside it keeps what is known (``2021-05``).
* A nested record gives its words under its own name and its other fields as ``name_field``:
  ``evidence``, ``evidence_start``, ``evidence_end``. A tuple of records gives tuples
  (``due``, ``due_value`` …), ready for ``DataFrame.explode``.
* Tuples stay tuples and dicts stay dicts. ``scores`` also gives one number a label.

pandas is imported when the first frame is made.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pandas as pd

    from .document import Document

LABELS = ("supplement", "review", "deadline")
# A whole day, with or without its hour: "2021-05-06", "2025-12-05T17:00"; not "2021-05",
# "2021-W23", "2021-05-01/2021-05-07".
_DAY_RE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?")


def to_frame(items: Iterable[Any], kind: type | None = None) -> pd.DataFrame:
    """Returns one row an item, columns in the order of the dataclass of the items.

    Args:
        items: Dataclass instances of one class, such as ``doc.citations``.
        kind: Their class; needed only to give an empty collection its columns.

    Raises:
        TypeError: ``items`` are not dataclass instances, or of several classes.

    >>> to_frame([], kind=Citation)[["date"]].dtypes["date"]
    dtype('<M8[s]')
    """
    import pandas as pd

    rows = tuple(items)
    kind = kind or getattr(items, "kind", None) or (type(rows[0]) if rows else None)
    if kind is None:
        return pd.DataFrame()
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"a frame is made of congvan's items, not of {kind.__name__}")
    strange = next((r for r in rows if not isinstance(r, kind)), None)
    if strange is not None:
        raise TypeError(
            f"a frame holds one kind of item: {kind.__name__}, not {type(strange).__name__}"
        )
    columns: dict[str, pd.Series[Any]] = {}
    for field, hint in fields_of(kind):
        add_columns(columns, field, hint, [getattr(row, field) for row in rows])
    if kind.__name__ == "Entity":
        values = [row.value if row.type == "DATE" else None for row in rows]
        columns["date"] = days(values)
    return pd.DataFrame(columns)


def frames(docs: Document | Iterable[Document]) -> dict[str, pd.DataFrame]:
    """Returns every collection as a frame by its name, the empty ones with columns.

    Args:
        docs: One document; or several, whose frames are put together, with the path of the
            document in a first column ``doc`` and its place in the order in ``doc_index``
            (ids such as ``c1`` are those of one document only).

    >>> frames(doc)["citations"].groupby("document").size()  # doctest: +SKIP
    >>> frames(nlp.pipe(paths))["units"].groupby("doc").size()  # doctest: +SKIP
    """
    from .document import Document, Items

    kinds = {
        name: get_args(hint)[0] for name, hint in fields_of(Document) if get_origin(hint) is Items
    }
    if isinstance(docs, Document):
        return {name: to_frame(getattr(docs, name), kind=kind) for name, kind in kinds.items()}
    rows: dict[str, list[Any]] = {name: [] for name in kinds}
    paths: list[str] = []
    counts: dict[str, list[int]] = {name: [] for name in kinds}
    for doc in docs:
        paths.append(doc.source.path)
        for name in kinds:
            items = getattr(doc, name)
            rows[name] += items
            counts[name].append(len(items))
    out = {}
    for name, kind in kinds.items():
        frame = to_frame(rows[name], kind=kind)
        places = [i for i, count in enumerate(counts[name]) for _ in range(count)]
        frame.insert(0, "doc", series([paths[i] for i in places], str))
        frame.insert(1, "doc_index", series(places, int))
        out[name] = frame
    return out


def fields_of(kind: Any) -> list[tuple[str, Any]]:
    """Returns the fields of a dataclass and their types, in order."""
    hints = get_type_hints(kind)
    return [(f.name, hints[f.name]) for f in dataclasses.fields(kind)]


def required(hint: Any) -> Any:
    """Returns the type without ``| None``."""
    options = [a for a in get_args(hint) if a is not NoneType]
    return options[0] if NoneType in get_args(hint) else hint


def add_columns(columns: dict[str, Any], name: str, hint: Any, values: list[Any]) -> None:
    """Adds the column or columns of one field, by the rules at the top of this module."""
    kind = required(hint)
    args = get_args(kind)
    if dataclasses.is_dataclass(kind):
        add_nested(columns, name, kind, values, optional=kind is not hint)
    elif get_origin(kind) is tuple and args and dataclasses.is_dataclass(args[0]):
        add_nested(columns, name, args[0], values, many=True)
    elif name == "date":
        columns["date"] = days(values)
        columns["date_iso"] = series(values, str)
    else:
        columns[name] = series(values, hint)
        if name == "scores":
            for label in score_names(values):
                columns[f"scores_{label}"] = series([(v or {}).get(label) for v in values], float)


def add_nested(
    columns: dict[str, Any],
    name: str,
    kind: Any,
    values: list[Any],
    *,
    many: bool = False,
    optional: bool = False,
) -> None:
    """Adds a nested record, or a tuple of them: its words first, then its other fields."""
    fields = fields_of(kind)
    text = "text" if any(f == "text" for f, _ in fields) else fields[0][0]
    for field, hint in sorted(fields, key=lambda item: item[0] != text):
        column = name if field == text else f"{name}_{field}"
        if many:
            got = [None if v is None else tuple(getattr(x, field) for x in v) for v in values]
            columns[column] = series(got, tuple)
        else:
            columns[column] = series(
                [None if v is None else getattr(v, field) for v in values],
                hint | None if optional else hint,
            )
    if many and any(field == "value" for field, _ in fields):
        columns[f"{name}_date"] = days([earliest(v) for v in values])


def score_names(values: Iterable[Mapping[str, float] | None]) -> tuple[str, ...]:
    """Returns the labels that have a score: the known ones always, others after them."""
    found = {label for scores in values for label in scores or ()}
    return LABELS + tuple(sorted(found.difference(LABELS)))


def earliest(dues: Iterable[Any] | None) -> str | None:
    """Returns the first whole day that one of the due expressions names."""
    found = [d.value for d in dues or () if d.value and _DAY_RE.fullmatch(d.value)]
    return min(found, default=None)


def days(values: Iterable[str | None]) -> pd.Series[Any]:
    """Returns whole days as ``datetime64[s]``; what is less exact, or no day, is ``NaT``.

    Seconds, not nanoseconds, which only reach from 1677 to 2262.
    """
    import datetime as dt

    import pandas as pd

    found: list[dt.datetime | None] = []
    for value in values:
        day = None
        if isinstance(value, str) and _DAY_RE.fullmatch(value):
            try:
                day = dt.datetime.fromisoformat(value)
            except ValueError:  # "2021-02-30": written so, but no day
                day = None
        found.append(day)
    return pd.Series(pd.array(found, dtype="datetime64[s]"))


def series(values: list[Any], hint: Any) -> pd.Series[Any]:
    """Returns a column whose type depends on ``hint`` only, never on what happens to be in it."""
    import pandas as pd

    kind = required(hint)
    optional = kind is not hint
    if kind is bool:
        return pd.Series(values, dtype="boolean" if optional else "bool")
    if kind is int:
        return pd.Series(values, dtype="Int64" if optional else "int64")
    if kind is float:
        return pd.Series(values, dtype="float64")
    if kind is str and int(pd.__version__.split(".")[0]) >= 3:
        return pd.Series(values, dtype="str")
    return pd.Series(values, dtype="object")
