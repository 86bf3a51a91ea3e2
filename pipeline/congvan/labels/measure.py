"""Figures of a classifier: by label, calibrated or not, pairs both right; beside the baselines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from .cues import DATE
from .examples import Example
from .label import by_keywords, by_rules
from .model import LABELS, Answer, UnitModel

#: What is measured: from a unit to its labels, and its probabilities where it has any.
System = Callable[[Example], tuple[tuple[str, ...], dict[str, float]]]
BINS = 10


def keywords(example: Example) -> tuple[tuple[str, ...], dict[str, float]]:
    """The baseline: cue words anywhere, and a date with a word such as "trước"."""
    low = example.view.low[example.view.start : example.view.end]
    dated = DATE in low or "hằng " in low or "hàng " in low
    return by_keywords(low, dated=dated), {}


def rules(example: Example) -> tuple[tuple[str, ...], dict[str, float]]:
    """The grammar of governing verbs and the due rules, without training."""
    return by_rules(example.view).labels, {}


def trained(model: UnitModel) -> System:
    """Returns the system of a trained model."""

    def run(example: Example) -> tuple[tuple[str, ...], dict[str, float]]:
        answer: Answer = model(example.text, example.view, example.maybe)
        return answer.labels, answer.scores

    return run


def measure(examples: Sequence[Example], system: System) -> dict[str, Any]:
    """Returns the figures of one system: by label precision, recall, F1, support and expected
    calibration error; ``macro_f1``.

    A label that the gold is unsure of is not scored for that unit.
    """
    count: dict[str, Counter[str]] = {label: Counter() for label in LABELS}
    chances: dict[str, list[tuple[float, bool]]] = {label: [] for label in LABELS}
    for e in examples:
        labels, scores = system(e)
        for label in LABELS:
            if label in e.unsure:
                continue
            gold, given = label in e.labels, label in labels
            count[label]["gold"] += gold
            count[label]["given"] += given
            count[label]["both"] += gold and given
            if scores:
                chances[label].append((scores[label], gold))
    out: dict[str, Any] = {}
    for label in LABELS:
        c = count[label]
        out[label] = {
            "support": c["gold"],
            "precision": _ratio(c["both"], c["given"]),
            "recall": _ratio(c["both"], c["gold"]),
            "f1": _ratio(2 * c["both"], c["gold"] + c["given"]),
            "ece": calibration_error(chances[label]) if chances[label] else None,
        }
    known = [out[label]["f1"] for label in LABELS if out[label]["support"]]
    out["macro_f1"] = round(sum(known) / len(known), 4) if known else None
    return out


def _ratio(a: int, b: int) -> float:
    return round(a / b, 4) if b else 0.0


def calibration_error(chances: Sequence[tuple[float, bool]]) -> float:
    """Returns the expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for p, gold in chances:
        bins[min(int(p * BINS), BINS - 1)].append((p, gold))
    total = sum(abs(sum(p for p, _ in b) - sum(g for _, g in b)) for b in bins if b)
    return round(total / max(1, len(chances)), 4)


def measure_pairs(
    examples: Sequence[Example], categories: dict[str, str], system: System
) -> dict[str, Any]:
    """Returns how many contrast pairs a system gets right on both sides, all and by category.

    Args:
        examples: The units of the pairs; ``group`` is the pair.
        categories: By pair its category.
    """
    right: dict[str, bool] = defaultdict(lambda: True)
    for e in examples:
        labels, _ = system(e)
        right[e.group] = right[e.group] and set(labels) == set(e.labels)
    by_category: dict[str, list[bool]] = defaultdict(list)
    for group, good in right.items():
        by_category[categories[group]].append(good)
    return {
        "pairs": len(right),
        "both_right": _ratio(sum(right.values()), len(right)),
        "by_category": {
            name: {"pairs": len(v), "both_right": _ratio(sum(v), len(v))}
            for name, v in sorted(by_category.items())
        },
    }
