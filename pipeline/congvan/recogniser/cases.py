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
_GOLD = (("AGENCY", "agencies"), ("DATE", "dates"), ("INSTRUMENT", "citations"))


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
    """Yields the real documents with hand-made gold in a folder with ``gold/`` and ``corpora/``.

    Raises:
        ValueError: A file of gold, or the document that it names, cannot be read; the message
            names it.
    """
    from congvan.pipeline import Pipeline

    nlp = Pipeline(recogniser=False)
    for path in sorted((shared / "gold").glob("*.json")):
        expected = _gold(path)
        source = shared / "corpora" / "instruct" / expected["doc"]
        try:
            raw = source.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(
                f"{source}, the document of {path}, cannot be read ({error}): put it there as UTF-8"
            ) from error
        last = raw.count("\n") + 1
        for _, key in _GOLD:
            for i, item in enumerate(expected[key], 1):
                if not 1 <= item["line"] <= last:
                    raise ValueError(
                        f"{path}: {key} {i} is on line {item['line']}, and {source} has {last} "
                        "lines: mend the gold"
                    )
        yield _gold_case(path.stem, nlp.read_text(raw), raw, expected)


def _gold(path: Path) -> dict[str, Any]:
    """Returns what a file of gold says, once all that is needed of it is there."""
    try:
        expected = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(expected, dict) and isinstance(expected.get("doc"), str)):
            raise ValueError("no object with the name of its document in 'doc'")
        for _, key in _GOLD:
            items = expected.get(key)
            if not isinstance(items, list):
                raise ValueError(f"no list '{key}'")
            for i, item in enumerate(items, 1):
                fits = isinstance(item, dict) and type(item.get("line")) is int
                if not (fits and isinstance(item.get("text"), str) and item["text"]):
                    raise ValueError(f"{key} {i} has no 'line' or no 'text'")
                if not isinstance(item.get("value"), str | None):
                    raise ValueError(f"{key} {i} has a 'value' that is no text")
    except (OSError, ValueError) as error:
        raise ValueError(
            f"{path} is no gold ({error}): mend it, or name another --shared"
        ) from error
    return expected


def _gold_case(name: str, doc: Document, raw: str, expected: dict[str, Any]) -> Case:
    lines = [0]
    for line in raw.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    target = doc.offset_map.target
    gold: list[Found] = []
    for kind, key in _GOLD:
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
