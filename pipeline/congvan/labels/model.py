"""The trained classifier of units: a linear model in two plain text files.

``units.tsv`` has a line for each feature with its weight for each head, ``due.tsv`` one for
each feature of a due expression; ``meta.json`` has the calibration and the thresholds. Nothing
in them is code. A head's probability is ``1 / (1 + exp(-(slope * sum + offset)))``.

=============  ==================================================================
head           says of a unit
=============  ==================================================================
supplement     it tells somebody to add (annotation.md section 2)
review         it tells somebody to re-examine or revise
order          it gives an order at all (a directive, section 5)
due            of an expression in it: it is the time by which to deliver
=============  ==================================================================

The label ``deadline`` holds where one of its expressions is a due.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from congvan.artefacts import checked, folder
from congvan.document import Due, Reason
from congvan.errors import ModelError

from .due_features import due_features
from .features import FORMAT, Feature, View, features_and_cues

LABELS = ("supplement", "review", "deadline")
#: The heads that share the features of a unit, in the order of their columns.
UNIT_HEADS = ("supplement", "review", "order")
DUE_HEAD = "due"
FILES = ("units.tsv", "due.tsv")
#: What no rule is sure of must be likelier by this: on unseen documents of the corpus it costs
#: .002 of F1 and gives .01 of precision.
_CAUTION = 0.1
_SURE = 0.5
_LEAST_REASON = 0.15  # log odds
_SHOWN = 5  # words that are given as the reason of a label


@dataclass(frozen=True, slots=True)
class Head:
    """How a sum of weights becomes a probability, and from where on a label is given."""

    slope: float
    offset: float
    threshold: float

    def probability(self, total: float) -> float:
        """Returns the calibrated probability of a sum of weights, in (0, 1)."""
        x = self.slope * total + self.offset
        return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of one unit.

    Attributes:
        scores: Probability by label, in [0, 1].
        labels: The labels that reach their threshold.
        unsure: The labels whose probability is near the threshold, given or not.
        order: Probability that the unit gives an order.
        dues: The expressions that are dues, with the model's probability as score.
        reasons: By label the words that decided, the strongest first.
    """

    scores: dict[str, float]
    labels: tuple[str, ...]
    unsure: tuple[str, ...]
    order: float
    dues: tuple[Due, ...]
    reasons: dict[str, tuple[Reason, ...]]


class UnitModel:
    """The weights of all heads. It has no state but them, so threads may share it.

    Args:
        units: Weights of the features of units, a column for each of :data:`UNIT_HEADS`.
        due: Weights of the features of due expressions.
        heads: Calibration and threshold by name of head.
        margin: Probabilities so near the threshold are unsure.
    """

    def __init__(
        self,
        units: dict[str, tuple[float, ...]],
        due: dict[str, float],
        heads: dict[str, Head],
        margin: float,
    ) -> None:
        self.units = units
        self.due = due
        self.heads = heads
        self.margin = margin

    def __call__(self, text: str, view: View, maybe: Sequence[Due] = ()) -> Answer:
        """Returns the answer for one unit.

        Args:
            text: The document's text, for the words of the reasons.
            view: The unit; its ``dues`` are those that the rules found.
            maybe: What else might be a due, see :func:`congvan.due_maybe.find_maybe`.
        """
        found, cued = features_and_cues(view)
        weights = self.units
        get = weights.get
        supplement = review = order_sum = 0.0
        for name, value, _, _ in found:
            row = get(name)
            if row is not None:  # written out: this loop is most of the time
                supplement += row[0] * value
                review += row[1] * value
                order_sum += row[2] * value
        sums = (supplement, review, order_sum)
        scores = {
            head: self.heads[head].probability(total)
            for head, total in zip(UNIT_HEADS, sums, strict=True)
        }
        candidates = sorted([*view.dues, *maybe], key=lambda d: d.start)
        dues, best, decided = self._dues(view, candidates)
        order = scores.pop("order")
        scores["deadline"] = best
        thresholds = {
            label: self.heads[DUE_HEAD if label == "deadline" else label].threshold
            for label in LABELS
        }
        given = {x for x in LABELS if scores[x] >= thresholds[x]} - {"deadline"}
        labels = tuple(x for x in LABELS if x in given or (x == "deadline" and dues))
        unsure = tuple(x for x in LABELS if abs(scores[x] - thresholds[x]) < self.margin)
        reasons = {}
        for i, head in enumerate(UNIT_HEADS[:2]):
            if scores[head] >= 0.03 or head in cued:
                slope = self.heads[head].slope
                weighed = [(weights.get(f[0], _NOTHING)[i] * slope, f) for f in found]
                reasons[head] = _reasons(text, weighed)
        if decided:
            slope = self.heads[DUE_HEAD].slope
            reasons["deadline"] = _reasons(
                text, [(self.due.get(f[0], 0.0) * slope, f) for f in decided]
            )
        return Answer(
            {x: round(scores[x], 3) for x in LABELS}, labels, unsure, order, dues, reasons
        )

    def _dues(
        self, view: View, candidates: Sequence[Due]
    ) -> tuple[tuple[Due, ...], float, list[Feature]]:
        """Returns the dues, the best probability, and the features of what has it."""
        head = self.heads[DUE_HEAD]
        best, decided = 0.0, []
        dues = []
        for due in candidates:
            found = due_features(view, due, len(candidates) - 1)
            total = sum(self.due.get(name, 0.0) * value for name, value, _, _ in found)
            p = head.probability(total)
            if p > best:
                best, decided = p, found
            if p >= head.threshold + (_CAUTION if due.score < _SURE else 0.0):
                dues.append(
                    Due(due.start, due.end, due.text, due.kind, due.bound, due.value, round(p, 3))
                )
        return tuple(dues), best, decided


def _reasons(text: str, weighed: Sequence[tuple[float, Feature]]) -> tuple[Reason, ...]:
    """Returns the words with the largest sums of weights, no stretch of text twice.

    Args:
        text: The document's text.
        weighed: The features, each with its weight in log odds.
    """
    spans: dict[tuple[int, int], float] = {}
    for weight, (_, value, start, end) in weighed:
        if weight and end > start:
            spans[start, end] = spans.get((start, end), 0.0) + weight * value
    ranked = sorted(spans.items(), key=lambda kv: (-abs(kv[1]), kv[0]))
    out: list[Reason] = []
    for (start, end), total in ranked:
        if abs(total) < _LEAST_REASON or len(out) == _SHOWN:
            break
        if all(end <= r.start or r.end <= start for r in out):
            out.append(Reason(start, end, text[start:end], round(total, 2)))
    return tuple(out)


_NOTHING = (0.0,) * len(UNIT_HEADS)


def load(place: Path) -> UnitModel:
    """Returns the model of a folder.

    Raises:
        ModelError: A file is missing or damaged, or of another version; the message says what
            to do.
    """
    paths = {}
    for name in FILES:
        paths[name], meta = checked(place, name, format=FORMAT)
    try:
        heads = {n: Head(**_numbers(h)) for n, h in meta["heads"].items()}
        missing = {*UNIT_HEADS, DUE_HEAD} - heads.keys()
        if missing:
            raise ValueError(f"no calibration for {', '.join(sorted(missing))}")
        units = {
            name: tuple(map(float, row))
            for name, *row in _rows(paths["units.tsv"], len(UNIT_HEADS))
        }
        due = {name: float(w) for name, w in _rows(paths["due.tsv"], 1)}
        return UnitModel(units, due, heads, float(meta["margin"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{place} holds no classifier of units ({error}): run 'make train'"
        ) from error


def _numbers(head: dict[str, Any]) -> dict[str, float]:
    return {k: float(head[k]) for k in ("slope", "offset", "threshold")}


def _rows(path: Path, columns: int) -> list[list[str]]:
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) != columns + 1:
            raise ValueError(f"{path.name} line {number} has {len(cells)} columns")
        out.append(cells)
    return out


@cache
def _held(place: Path, stamp: tuple[float, ...]) -> UnitModel:
    return load(place)


def unit_model(place: Path | None = None) -> UnitModel:
    """Returns the classifier, loaded once; it is read again when it was trained again.

    Args:
        place: The folder of a model; None for the one that comes with congvan.

    Raises:
        ModelError: See :func:`load`; or there is no model.
    """
    place = (place or folder("units")).resolve()
    try:
        stamp = tuple((place / n).stat().st_mtime for n in (*FILES, "meta.json"))
    except OSError:
        return load(place)
    return _held(place, stamp)
