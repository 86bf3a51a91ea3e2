"""Contrast pairs: two units that look alike and differ in their labels (``data/contrast``).

Each line of ``pairs.jsonl`` is a pair with its category (what makes it hard). Pairs of the
split "train" teach; those of the split "test" were written by another hand and only measure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvan.corpus.model import LABELS

FILE = "pairs.jsonl"
SPLITS = ("train", "test")


@dataclass(frozen=True, slots=True)
class Side:
    """One unit of a pair, as an office wrote it, with its labels."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that a careless reader takes for the same.

    Attributes:
        split: "train" or "test".
        category: What makes the pair hard ("negated", "attributive" …); in "variants" both
            units mean the same and one is spelled as scanners and old keyboards do.
        note: Why the labels are what they are.
    """

    id: str
    split: str
    category: str
    units: tuple[Side, Side]
    note: str = ""


def pairs(folder: str | Path, split: str | None = None) -> Iterator[Pair]:
    """Yields the pairs of ``folder/pairs.jsonl``, in file order.

    Args:
        split: "train" or "test"; None for all.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: A line is no pair; the message names file and line.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        raise FileNotFoundError(
            f"there are no contrast pairs in {folder} (no {FILE}): name the folder data/contrast "
            "of a checkout of congvan"
        )
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            pair = _pair(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} line {number}: no contrast pair ({error})") from error
        if split in (None, pair.split):
            yield pair


def _pair(row: dict[str, Any]) -> Pair:
    first, second = (Side(str(u["text"]), tuple(u["labels"])) for u in row["units"])
    for side in (first, second):
        unknown = [x for x in side.labels if x not in LABELS]
        if unknown or not side.text.strip():
            raise ValueError(f"a unit without text, or a label that is none of {', '.join(LABELS)}")
    if row["split"] not in SPLITS:
        raise ValueError(f"split {row['split']!r} is none of {', '.join(SPLITS)}")
    return Pair(
        str(row["id"]), row["split"], str(row["category"]), (first, second), row.get("note", "")
    )
