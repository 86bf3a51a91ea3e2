"""From examples to a model: weights, calibration, thresholds.

Calibration and thresholds come from parts of the documents that the weights of that round have
not seen.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .due_features import due_features
from .examples import Example
from .features import Feature, features
from .model import DUE_HEAD, UNIT_HEADS, Head, UnitModel

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Bag = dict[str, float]
#: Weights smaller than this change no answer.
_LEAST_WEIGHT = 0.005


def bag(found: Sequence[Feature]) -> Bag:
    """Returns the features as one vector."""
    out: Bag = {}
    for name, value, _, _ in found:
        out[name] = out.get(name, 0.0) + value
    return out


class Table:
    """Rows of features with their answers: what one kind of head learns from."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.rows: list[Bag] = []
        self.groups: list[str] = []

    def add(self, row: Bag, group: str) -> None:
        """Adds one row; rows of a group stay on one side of every split."""
        self.rows.append(row)
        self.groups.append(group)

    def matrix(self) -> tuple[csr_matrix, list[str]]:
        """Returns the matrix of shape (rows, features), and the names of the features."""
        from scipy.sparse import csr_matrix

        count = Counter(name for row in self.rows for name in row)
        names = sorted(n for n, c in count.items() if c >= self.least)
        at = {n: i for i, n in enumerate(names)}
        data, indices, starts = [], [], [0]
        for row in self.rows:
            for name in sorted(row.keys() & at.keys()):
                indices.append(at[name])
                data.append(row[name])
            starts.append(len(indices))
        # scikit-learn wants 32-bit indices.
        shape = len(self.rows), len(names)
        parts = np.array(data), np.array(indices, np.int32), np.array(starts, np.int32)
        return csr_matrix(parts, shape=shape), names


def fit_weights(
    x: csr_matrix, y: np.ndarray[Any, Any], weight: np.ndarray[Any, Any], strength: float
) -> tuple[np.ndarray[Any, Any], float]:
    """Returns the weights (one for each column) and the offset of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, solver="liblinear", max_iter=5000, random_state=0)
    model.fit(x, y, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def folds(groups: Sequence[str], count: int) -> np.ndarray[Any, Any]:
    """Returns the part of each row; a group is dealt by the hash of its name."""
    names = sorted(set(groups), key=lambda g: hashlib.sha256(g.encode()).hexdigest())
    part = {g: i % count for i, g in enumerate(names)}
    return np.array([part[g] for g in groups])


def _calibrate(
    sums: np.ndarray[Any, Any], y: np.ndarray[Any, Any], weight: np.ndarray[Any, Any]
) -> tuple[float, float]:
    """Returns slope and offset that turn sums into probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6, solver="lbfgs", max_iter=2000)
    model.fit(sums.reshape(-1, 1), y, sample_weight=weight)
    return float(model.coef_[0][0]), float(model.intercept_[0])


#: Thresholds whose F1 is so near the best are as good: the plainest of them is taken.
_AS_GOOD = 0.002


def best_threshold(p: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> float:
    """Returns the threshold in [0.3, 0.7] nearest 0.5 whose F1 is (almost) the best."""
    found = []
    for t in range(30, 71):
        given = p >= t / 100
        f1 = 2 * (given & y).sum() / max(1, given.sum() + y.sum())
        found.append((float(f1), abs(t - 50), t / 100))
    best = max(f for f, _, _ in found)
    return min((away, t) for f1, away, t in found if f1 >= best - _AS_GOOD)[1]


def _learn_head(
    table: Table,
    x: csr_matrix,
    y: np.ndarray[Any, Any],
    weight: np.ndarray[Any, Any],
    scored: np.ndarray[Any, Any],
    config: dict[str, Any],
) -> tuple[np.ndarray[Any, Any], float, Head]:
    """Returns weights, offset, and the head calibrated on rows its weights had not seen."""
    part = folds(table.groups, config["folds"])
    sums = np.zeros(len(y))
    for k in range(config["folds"]):
        inside, outside = part != k, part == k
        if not y[inside].any() or y[inside].all() or not outside.any():
            continue
        w, b = fit_weights(x[inside], y[inside], weight[inside], config["strength"])
        sums[outside] = x[outside] @ w + b
    slope, offset = _calibrate(sums[scored], y[scored], weight[scored])
    p = 1 / (1 + np.exp(-(slope * sums + offset)))
    head = Head(round(slope, 4), round(offset, 4), best_threshold(p[scored], y[scored]))
    w, b = fit_weights(x, y, weight, config["strength"])
    return w, b, head


def learn_model(
    corpus: Sequence[Example],
    pairs: Sequence[Example],
    config: dict[str, Any],
    *,
    taught: Sequence[Example] = (),
) -> UnitModel:
    """Returns the model that some units teach.

    Args:
        corpus: Units of documents: weights, calibration and thresholds come from them.
        pairs: Units of contrast pairs: they teach weights only, since half of them are traps.
        config: See :data:`SETTINGS`.
        taught: Units that people corrected: they weigh more, and every feature of theirs counts.

    Raises:
        ValueError: No unit has one of the labels, or all have it.
    """
    examples = [*corpus, *pairs, *taught]
    last = len(examples) - len(taught)
    said = np.arange(len(examples)) >= last
    units = Table(config["least"])
    for e in examples:
        units.add(bag(features(e.view)), e.group)
    x, names = units.matrix()
    heads: dict[str, Head] = {}
    columns = []
    from_corpus = np.arange(len(examples)) < len(corpus)
    for name in UNIT_HEADS:
        if name == "order":
            y = np.array([bool(e.order) for e in examples])
            known = np.array([e.order is not None for e in examples])
            unsure = np.zeros(len(examples), bool)
        else:
            y = np.array([name in e.labels for e in examples])
            known = np.ones(len(examples), bool)
            unsure = np.array([name in e.unsure for e in examples])
        if not y.any() or y[known].all():
            raise ValueError(f"no unit has the label {name}, or all have it: nothing to learn")
        weight = np.where(known, np.where(unsure, config["unsure"], 1.0), 1e-9)
        weight = np.where(said & known, config["correction"], weight)
        w, b, heads[name] = _learn_head(units, x, y, weight, from_corpus & known & ~unsure, config)
        columns.append((w, b))
    dues = Table(config["least"])
    answers, sure, corpus_row, said_row = [], [], [], []
    for e, ours, theirs in zip(examples, from_corpus, said, strict=True):
        found = e.candidates()
        for due, answer in found:
            if answer is None:
                continue
            dues.add(bag(due_features(e.view, due, len(found) - 1)), e.group)
            answers.append(answer)
            sure.append("deadline" not in e.unsure)
            corpus_row.append(ours)
            said_row.append(theirs)
    xd, due_names = dues.matrix()
    y = np.array(answers)
    if not y.any() or y.all():
        raise ValueError("no unit has the label deadline, or all have it: nothing to learn")
    weight = np.where(sure, 1.0, config["unsure"])
    weight = np.where(said_row, config["correction"], weight)
    scored = np.array(sure) & np.array(corpus_row)
    w, b, heads[DUE_HEAD] = _learn_head(dues, xd, y, weight, scored, config)
    return UnitModel(
        _unit_rows(names, columns), _due_rows(due_names, w, b), heads, config["margin"]
    )


def _unit_rows(
    names: Sequence[str], columns: Sequence[tuple[np.ndarray[Any, Any], float]]
) -> dict[str, tuple[float, ...]]:
    out = {}
    for i, name in enumerate(names):
        row = tuple(round(float(w[i]), 4) for w, _ in columns)
        if name == "bias":
            row = tuple(round(float(w[i]) + b, 4) for w, b in columns)
        if any(abs(v) >= _LEAST_WEIGHT for v in row):
            out[name] = row
    return out


def _due_rows(names: Sequence[str], w: np.ndarray[Any, Any], b: float) -> dict[str, float]:
    rows = {
        n: round(float(v) + (b if n == "bias" else 0.0), 4) for n, v in zip(names, w, strict=True)
    }
    return {n: v for n, v in rows.items() if abs(v) >= _LEAST_WEIGHT}
