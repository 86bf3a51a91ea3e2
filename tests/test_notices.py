"""Every sample notice against its expected reading: the whole tree, item by item.

What is known to differ stands in ``known_differences.json`` with a reason. A difference that is not
listed there fails, and so does one that is listed and no longer there: the list can only shrink
by being edited.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import congvan
from conftest import ROOT
from congvan.compare import compare
from congvan.document import Document
from congvan.evaluate import Task, golden_tasks, source_text
from congvan.scoring import Tally, norm

NOTICES, GOLDEN = ROOT / "data" / "notices", ROOT / "tests" / "golden"
KNOWN = ROOT / "tests" / "known_differences.json"
FIELDS = ("doc", "score", "what", "text", "expected", "got")


@cache
def tasks() -> dict[str, Task]:
    return {t.path.stem: t for t in golden_tasks(GOLDEN, NOTICES)}


@cache
def document(name: str) -> Document:
    return congvan.load().read_file(tasks()[name].path)


@cache
def tally(name: str) -> Tally:
    task, doc = tasks()[name], document(name)
    result = compare(doc, task.expected, source=source_text(task.path, doc), strict=True)
    due_kinds(result, doc, task.expected)
    return result


def due_kinds(result: Tally, doc: Document, expected: Any) -> None:
    """Adds the kinds of the due expressions that both sides have; the comparison leaves them out."""
    kinds = {norm(d.text): d.kind for x in doc.directives for d in x.due}
    for unit in expected["units"]:
        for due in unit.get("due") or ():
            got = kinds.get(norm(due["text"]))
            if got is not None and not due.get("unsure"):
                result.check("due kind", got == due["kind"], due["text"], due["kind"], got)


def differences(name: str) -> Counter[str]:
    """Returns each difference as one line of JSON, with how often it is there."""
    slips = [s for score in tally(name).scores.values() for s in score.slips]
    return Counter(line({f: getattr(s, f) for f in FIELDS}) for s in slips)


def line(row: dict[str, Any]) -> str:
    return json.dumps({f: row.get(f) for f in FIELDS}, ensure_ascii=False)


@cache
def known() -> dict[str, Counter[str]]:
    rows: dict[str, Counter[str]] = {name: Counter() for name in tasks()}
    for row in json.loads(KNOWN.read_text(encoding="utf-8")):
        rows[Path(row["doc"]).stem][line(row)] += 1
    return rows


NAMES = sorted(p.stem for p in GOLDEN.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_notice(name: str) -> None:
    found, listed = differences(name), known()[name]
    new = "\n".join(f" {x}" for x in (found - listed).elements())
    gone = "\n".join(f" {x}" for x in (listed - found).elements())
    assert not new, f"{name} differs from its expected reading:\n{new}"
    assert not gone, (
        f"{name} is better than known_differences.json says; take these rows out:\n{gone}"
    )


@pytest.mark.parametrize("name", NAMES)
def test_much_was_compared(name: str) -> None:
    """An engine that says nothing would differ, but a comparison that compares nothing would not."""
    scores = tally(name).scores
    for part in ("citations", "units", "header", "dates", "agencies"):
        assert scores[part].gold > 0, part
    expected = tasks()[name].expected
    assert scores["units"].gold >= len([u for u in expected["units"] if not u.get("unsure")])
    assert scores["sections"].gold == len(expected["sections"])
    assert scores["header"].gold >= 12


def test_every_notice_has_an_expected_reading() -> None:
    notices = {p.name for p in NOTICES.iterdir() if p.name != "README.md"}
    assert notices == {t.path.name for t in tasks().values()}
    assert len(notices) >= 12


def test_each_known_difference_has_a_reason() -> None:
    for row in json.loads(KNOWN.read_text(encoding="utf-8")):
        assert set(row) == {*FIELDS, "reason"}
        assert len(row["reason"].split()) >= 3, row
        assert Path(row["doc"]).stem in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_notices_are_read_alike_with_other_line_ends(name: str) -> None:
    text = tasks()[name].path.read_text(encoding="utf-8")
    doc = document(name)
    other = congvan.load().read_bytes(
        text.replace("\n", "\r\n").encode("utf-8-sig"), name=tasks()[name].path.name
    )
    assert other.text == doc.text
    assert (other.units, other.sections, other.citations) == (
        doc.units,
        doc.sections,
        doc.citations,
    )
    assert Document.from_dict(json.loads(json.dumps(doc.to_dict()))) == doc
