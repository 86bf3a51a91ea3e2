"""Labels the units of a document: with the trained model, or by the rules alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from congvan.dates import DateExpression
from congvan.document import Due, Unit
from congvan.due_grammar import verbs
from congvan.due_maybe import find_maybe

from .cues import find_cues
from .features import View
from .model import Answer, UnitModel


@dataclass(frozen=True, slots=True)
class LabelledUnits:
    """The units with their labels; for each its dues, and how surely it gives an order."""

    units: list[Unit]
    dues: list[tuple[Due, ...]]
    orders: list[float]


def label_units(
    text: str,
    units: Sequence[Unit],
    found: Sequence[View],
    dates: Sequence[DateExpression],
    model: UnitModel | None,
    *,
    anchor: str | None,
) -> LabelledUnits:
    """Returns the units with their labels.

    Args:
        text: Canonical text.
        units: The units.
        found: What the model sees of each, see :func:`congvan.labels.views.views`.
        dates: The date expressions of the text, sorted.
        model: The classifier; None for the rules alone.
        anchor: ISO date of the document.
    """
    starts = [d.start for d in dates]
    out = LabelledUnits([], [], [])
    for unit, view in zip(units, found, strict=True):
        if model is None:
            answer = by_rules(view)
        else:
            span = view.start, view.end
            maybe = find_maybe(text, view.low, dates, starts, span, view.dues, anchor=anchor)
            answer = model(text, view, maybe)
        reasons = {label: why for label, why in answer.reasons.items() if why}
        out.units.append(
            dataclasses.replace(
                unit,
                labels=answer.labels,
                scores=answer.scores,
                unsure=answer.unsure,
                reasons=reasons,
            )
        )
        out.dues.append(answer.dues)
        out.orders.append(answer.order)
    return out


def by_rules(view: View) -> Answer:
    """Returns what the grammar alone says: a cue that stands as an order, a due of the rules."""
    given = {c.label for c in find_cues(view.low, view.start, view.end) if c.orders}
    scores = {
        "supplement": 0.8 if "supplement" in given else 0.1,
        "review": 0.8 if "review" in given else 0.1,
        "deadline": max((d.score for d in view.dues), default=0.05),
    }
    labels = tuple(x for x in scores if x in given or (x == "deadline" and view.dues))
    head = view.low[view.start : view.start + 60].lstrip(" -+*•")
    order = 0.8 if labels or verbs("order").match(head) else 0.3
    return Answer(scores, labels, (), order, view.dues, {})


def by_keywords(words: str, *, dated: bool) -> tuple[str, ...]:
    """Returns the labels that a search for the cue words gives: the baseline.

    Args:
        words: The unit, in lower case.
        dated: It holds a date, or words such as "trong quý II".
    """
    out = []
    if any(w in words for w in ("bổ sung", "thêm", "đưa vào")):
        out.append("supplement")
    if any(
        w in words
        for w in ("rà soát", "điều chỉnh", "chỉnh sửa", "xem xét lại", "kiểm tra lại", "biên tập",
                  "chuẩn hóa", "sửa đổi")
    ):  # fmt: skip
        out.append("review")
    if dated and any(
        w in words for w in ("trước", "chậm nhất", "xong", "trong tháng", "trong quý", "hạn")
    ):
        out.append("deadline")
    return tuple(out)
