"""The rule tables of the package: CSV files in ``congvan/lookups/`` that a clerk can extend.

Every row has an ``example`` that must hit and a ``counterexample`` that must not; the tests
run all of them. Several values in one cell are separated by ``|``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Returns the rows of ``lookups/<name>.csv`` in file order, cells stripped.

    Raises:
        FileNotFoundError: There is no such table in the package.
    """
    data = files("congvan").joinpath("lookups", f"{name}.csv").read_text(encoding="utf-8")
    reader = csv.DictReader(io.StringIO(data, newline=""))
    return tuple({k: (v or "").strip() for k, v in row.items()} for row in reader)


def values(cell: str) -> tuple[str, ...]:
    """Returns the values of one cell: ``"a|b"`` -> ``("a", "b")``."""
    return tuple(v.strip() for v in cell.split("|") if v.strip())
