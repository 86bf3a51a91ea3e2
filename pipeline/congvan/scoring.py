"""Counting what is right: answers paired with expected ones, and every slip kept by name.

A :class:`Score` adds up over documents. Spans (citations, units, dates ...) have precision,
recall and F1; a field of paired spans (year, relation ...) has one accuracy; who-is-who among
paired mentions is scored by B-cubed (each mention counts the share of its cluster that is right).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from .document import Document
from .text import shadow


@dataclass(frozen=True, slots=True)
class Slip:
    """One error: ``what`` is ``missed``, ``extra`` or ``wrong``; ``line`` counts from 1."""

    doc: str
    score: str
    what: str
    line: int | None
    text: str
    expected: Any = None
    got: Any = None

    def __str__(self) -> str:
        place = f"{self.doc}:{self.line}" if self.line else self.doc
        values = f"  expected {self.expected!r}, got {self.got!r}" if self.what == "wrong" else ""
        return f"{place}  {self.what}  {self.score}  {self.text!r}{values}"


@dataclass(slots=True)
class Score:
    """Counts of one kind; ``right_found`` over ``found`` is precision, ``right_gold`` recall.

    Both are whole numbers and equal, but for B-cubed, where each mention adds a share.
    """

    gold: int = 0
    found: int = 0
    right_found: float = 0.0
    right_gold: float = 0.0
    slips: list[Slip] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right, None where nothing was found."""
        return self.right_found / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what was expected that was found, None where nothing was expected."""
        return self.right_gold / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean; None where there was nothing to find and nothing was found."""
        if not self.gold and not self.found:
            return None
        p, r = self.precision or 0.0, self.recall or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0

    def add(self, other: Score) -> None:
        """Adds the counts of another document."""
        self.gold += other.gold
        self.found += other.found
        self.right_found += other.right_found
        self.right_gold += other.right_gold
        self.slips += other.slips

    def to_dict(self) -> dict[str, Any]:
        """Returns support and figures (JSON types)."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        rounded = {k: None if v is None else round(v, 4) for k, v in figures.items()}
        return {"support": self.gold, "found": self.found, **rounded}


class Item(NamedTuple):
    """One thing to pair: ``key`` decides, ``value`` is the expected dict or our object.

    What is ``unsure`` in the expectation is right if found and no error if not.
    """

    line: int | None
    text: str
    key: Hashable
    value: Any
    unsure: bool = False


class Tally:
    """The scores of one document."""

    def __init__(self, doc: str) -> None:
        self.doc = doc
        self.scores: defaultdict[str, Score] = defaultdict(Score)

    def spans(
        self, name: str, expected: Sequence[Item], ours: Sequence[Item], *, in_order: bool
    ) -> list[tuple[Item, Item]]:
        """Counts found, missed and extra items and returns the pairs, in reading order."""
        match = pair_in_order if in_order else pair_by_key
        pairs = match([g.key for g in expected], [o.key for o in ours])
        paired_expected, paired_ours = {i for i, _ in pairs}, {j for _, j in pairs}
        paired_expected |= {i for i, item in enumerate(expected) if item.unsure}
        score = self.scores[name]
        score.gold += len(pairs) + len(expected) - len(paired_expected)
        score.found += len(ours)
        score.right_found += len(pairs)
        score.right_gold += len(pairs)
        for what, items, done in (
            ("missed", expected, paired_expected),
            ("extra", ours, paired_ours),
        ):
            for i, item in enumerate(items):
                if i not in done:
                    score.slips.append(Slip(self.doc, name, what, item.line, item.text))
        return [(expected[i], ours[j]) for i, j in pairs]

    def check(
        self, name: str, right: bool, text: str, expected: Any, got: Any, line: int | None = None
    ) -> None:
        """Counts one answer that is right or wrong."""
        score = self.scores[name]
        score.gold += 1
        score.found += 1
        score.right_found += right
        score.right_gold += right
        if not right:
            score.slips.append(Slip(self.doc, name, "wrong", line, text, expected, got))

    def identity(
        self, name: str, mentions: Sequence[tuple[Hashable, Hashable, str, int | None]]
    ) -> None:
        """Adds B-cubed of mentions ``(expected cluster, our cluster, text, line)``."""
        score = self.scores[name]
        both = Counter((g, o) for g, o, _, _ in mentions)
        sizes_g = Counter(g for g, _, _, _ in mentions)
        sizes_o = Counter(o for _, o, _, _ in mentions)
        for g, o, text, line in mentions:
            score.gold += 1
            score.found += 1
            score.right_found += both[g, o] / sizes_o[o]
            score.right_gold += both[g, o] / sizes_g[g]
            if not both[g, o] == sizes_o[o] == sizes_g[g]:
                score.slips.append(Slip(self.doc, name, "wrong", line, text, g, o))


def pair_by_key(expected: Sequence[Hashable], ours: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Returns the pairs of equal keys, the first with the first (a multiset intersection)."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for j, key in enumerate(ours):
        waiting[key].append(j)
    return [(i, waiting[key].popleft()) for i, key in enumerate(expected) if waiting.get(key)]


def pair_in_order(expected: Sequence[Hashable], ours: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Returns the pairs of equal keys that an alignment of the two sequences finds."""
    blocks = SequenceMatcher(a=expected, b=ours, autojunk=False).get_matching_blocks()
    return [(a + k, b + k) for a, b, size in blocks for k in range(size)]


def norm(text: str | None) -> str:
    """Returns ``text`` without white space, case, dash kinds and tone-mark placement.

    >>> norm("Nghị quyết số 66- NQ/TW") == norm("NGHỊ QUYẾT SỐ 66-NQ/TW")
    True
    """
    return "".join(shadow(text or "").casefold().split())


_SHORT_NAMES = {
    r"\bubnd\b": "ủy ban nhân dân",
    r"\bhđnd\b": "hội đồng nhân dân",
    r"\btp\b\.?": "thành phố",
    r"\bubmttq\b": "ủy ban mặt trận tổ quốc",
}


def same_name(expected: str, got: str | None) -> bool:
    """Returns True if both name one body; ours may add what the text leaves out ("… tỉnh X").

    >>> same_name("UBND tỉnh", "Ủy ban nhân dân tỉnh Lạng Sơn")
    True
    >>> same_name("Bộ Tài chính", "Bộ Y tế")
    False
    """
    if got is None:
        return False
    a, b = (_full_name(name) for name in (expected, got))
    return a == b or b.startswith(a + " ")


def _full_name(name: str) -> str:
    name = " ".join(shadow(name).casefold().split())
    for short, full in _SHORT_NAMES.items():
        name = re.sub(short, full, name)
    return name


def line_finder(doc: Document, source: str | None) -> Callable[[int], int]:
    """Returns a function from an offset in ``doc.text`` to the 1-based line of the file.

    Args:
        source: The decoded file that ``doc.offset_map`` leads back to; None counts in ``doc.text``.
    """
    text = doc.text if source is None else source
    ends = [i for i, c in enumerate(text) if c == "\n"]

    def line(offset: int) -> int:
        at = offset if source is None else doc.offset_map.source(offset)
        return bisect_right(ends, at - 1) + 1

    return line


def total(tallies: Iterable[Tally]) -> dict[str, Score]:
    """Returns the sums over documents, kinds in the order in which they were first counted."""
    sums: defaultdict[str, Score] = defaultdict(Score)
    for tally in tallies:
        for name, score in tally.scores.items():
            sums[name].add(score)
    return dict(sums)
