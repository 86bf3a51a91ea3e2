"""Precision, recall and F1 of entity spans, exact and partial, per type.

*Exact*: same type, same start, same end. *Partial*: same type, the spans share a character, each
span answering one other at most (MUC's "partial" without half points). Spans marked unsure in the
gold are neither demanded nor counted against an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from congvan.text import shadow

# What does not tell two names apart: commas, dashes, "và", "thuộc" before the body above, the
# word "tỉnh" before a province ("Kho bạc Nhà nước Thanh Hóa").
_SIGN_RE = re.compile(r"\s*[,\-–—:]\s*")
_LOOSE_RE = re.compile(r"\s+(?:thuộc|của|và|tỉnh)(?=\s)")


class Found(NamedTuple):
    """A span with its type and value, from the gold or from a system."""

    type: str
    start: int
    end: int
    value: str | None = None
    unsure: bool = False


@dataclass(slots=True)
class Figures:
    """Counts of one type; ``right`` exact, ``near`` partial, ``valued`` exact with right value.

    ``asked`` counts the exact ones whose gold says a value.
    """

    gold: int = 0
    found: int = 0
    right: int = 0
    near: int = 0
    valued: int = 0
    asked: int = 0

    def add(self, other: Figures) -> None:
        """Adds the counts of other documents."""
        self.gold += other.gold
        self.found += other.found
        self.right += other.right
        self.near += other.near
        self.valued += other.valued
        self.asked += other.asked

    def prf(self, *, partial: bool = False) -> tuple[float, float, float]:
        """Returns precision, recall and F1 in [0, 1]; 0 where nothing could be counted."""
        hit = self.near if partial else self.right
        p = hit / self.found if self.found else 0.0
        r = hit / self.gold if self.gold else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    @property
    def value_accuracy(self) -> float | None:
        """The share of the exactly found spans with a gold value whose value is right, or None."""
        return self.valued / self.asked if self.asked else None


@dataclass(slots=True)
class Report:
    """Figures per type, and what went wrong: ``(kind, type, gold span, found span)``."""

    types: dict[str, Figures] = field(default_factory=dict)
    slips: list[tuple[str, str, Found | None, Found | None]] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Adds the report of another document."""
        for name, figures in other.types.items():
            self.types.setdefault(name, Figures()).add(figures)
        self.slips += other.slips


def same_value(kind: str, first: str | None, second: str | None) -> bool:
    """Tells whether two values say the same; names of agencies may differ in case, tone-mark
    placement, commas and dashes.

    >>> same_value("AGENCY", "Phòng Kỹ thuật, Điện lực X", "Phòng kỹ thuật thuộc Điện lực X")
    True
    """
    if kind != "AGENCY" or first is None or second is None:
        return first == second
    return loose(first) == loose(second)


def loose(name: str) -> str:
    """Returns a name without what does not tell two names apart."""
    words = _LOOSE_RE.sub(" ", _SIGN_RE.sub(" ", shadow(name).lower()))
    words = words.replace(" mtv ", " một thành viên ")
    return " ".join(words.split())


def score(gold: Sequence[Found], found: Iterable[Found], types: Sequence[str]) -> Report:
    """Returns the figures of one document; ``found`` may hold other types, which are dropped."""
    report = Report({t: Figures() for t in types})
    answers = [f for f in found if f.type in report.types]
    unsure = [g for g in gold if g.unsure]
    wanted = [g for g in gold if not g.unsure and g.type in report.types]
    by_span = {(g.type, g.start, g.end): g for g in wanted}
    rest: list[Found] = []
    hit: set[tuple[str, int, int]] = set()
    for f in answers:
        key = (f.type, f.start, f.end)
        target = by_span.get(key)
        if target is None or key in hit:
            if not any(u.start < f.end and f.start < u.end for u in unsure):
                rest.append(f)
            continue
        hit.add(key)
        figures = report.types[f.type]
        figures.found += 1
        figures.right += 1
        figures.near += 1
        if target.value is None:
            continue
        same = same_value(f.type, target.value, f.value)
        figures.asked += 1
        figures.valued += same
        if not same:
            report.slips.append(("value", f.type, target, f))
    missed = [g for g in wanted if (g.type, g.start, g.end) not in hit]
    for g in wanted:
        report.types[g.type].gold += 1
    for f in rest:
        report.types[f.type].found += 1
        near = next(
            (g for g in missed if g.type == f.type and g.start < f.end and f.start < g.end), None
        )
        if near is not None:
            missed.remove(near)
            report.types[f.type].near += 1
            report.slips.append(("border", f.type, near, f))
        else:
            report.slips.append(("extra", f.type, None, f))
    for g in missed:
        report.slips.append(("missed", g.type, g, None))
    return report
