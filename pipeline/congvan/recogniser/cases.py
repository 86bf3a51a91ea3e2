"""What the recogniser is measured on: texts with their right entities, whatever their source."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvan.document import Document

from .examples import Reading
from .score import Found

TYPES = ("AGENCY", "INSTRUMENT", "DATE", "PERSON", "LOCATION")
#: What the hand-made gold of real documents names.
GOLD_TYPES = ("AGENCY", "INSTRUMENT", "DATE")


@dataclass(frozen=True, slots=True)
class Case:
    """One document: ``doc`` as the rules read it, ``gold`` and ``counts`` on its offsets.

    ``counts`` tells whether an answer is scored: gold says nothing of letterheads and recipients.
    """

    id: str
    doc: Document
    gold: list[Found]
    types: tuple[str, ...]
    counts: Callable[[Found], bool]


def corpus_case(reading: Reading) -> Case:
    """Returns a document of the congvan corpus as a case."""
    gold = [g for g in reading.gold if reading.inside(g.start)]

    def counts(found: Found) -> bool:
        return reading.inside(found.start)

    return Case(reading.id, reading.doc, gold, TYPES, counts)


def gold_cases(shared: Path) -> Iterator[Case]:
    """Yields the real documents with hand-made gold in a folder with ``gold/`` and ``corpora/``."""
    from congvan.pipeline import Pipeline

    nlp = Pipeline(recogniser=False)
    for path in sorted((shared / "gold").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        source = shared / "corpora" / "instruct" / expected["doc"]
        raw = source.read_bytes().decode("utf-8-sig")
        doc = nlp.read_text(raw)
        yield _gold_case(path.stem, doc, raw, expected)


def _gold_case(name: str, doc: Document, raw: str, expected: dict[str, Any]) -> Case:
    lines = [0]
    for line in raw.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    target = doc.offset_map.target
    gold: list[Found] = []
    for kind, key in (("AGENCY", "agencies"), ("DATE", "dates"), ("INSTRUMENT", "citations")):
        for item, (a, b) in _placed(raw, lines, expected[key]):
            value = item.get("value") if kind == "DATE" else None
            gold.append(Found(kind, target(a), target(b), value, item.get("unsure") is True))
    body = [(u.start, u.end) for u in doc.units]
    body += [(s.heading_start, s.heading_end) for s in doc.sections]
    titles = [span for field, span in doc.header.spans.items() if field == "subject"]

    def counts(found: Found) -> bool:
        if found.type == "INSTRUMENT":
            return True
        spans = body if found.type == "AGENCY" else [*body, *titles]
        return any(a <= found.start and found.end <= b for a, b in spans)

    return Case(name, doc, sorted(gold, key=lambda g: g.start), GOLD_TYPES, counts)


def _placed(
    raw: str, lines: Sequence[int], items: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], tuple[int, int]]]:
    """Yields the items of one kind, in reading order, with their place in the file.

    An item that wraps may begin on its line and end on the next.
    """
    at = 0
    for item in items:
        start = lines[item["line"] - 1]
        at = max(at, start)
        found = raw.find(item["text"], at)
        if found < 0 or found >= lines[min(item["line"], len(lines) - 1)]:
            found = raw.find(item["text"], start)
        if found < 0:
            continue
        at = found + len(item["text"])
        yield item, (found, at)
