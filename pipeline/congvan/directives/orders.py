"""Whether a unit gives an order: what the model says of it, and what its words must show.

The model is sure of units with a label or a time. Of what has neither it also takes norms, aims
and items of lists for orders, so such a unit must show one: a body that acts, a verb at its
head, a word that obliges (``lookups/order_words.csv``).
"""

from __future__ import annotations

import re
from functools import cache

from congvan import lookups
from congvan.document import Unit

# Who is told to act in so many words needs less of a verdict. Hit: "¤ chủ trì", "¤, ¤ chịu
# trách nhiệm thi hành", "giao ¤", "¤ yêu cầu ¤". Near miss: "theo đề nghị của ¤".
_TOLD_RE = re.compile(
    r"¤[^.;]{0,120}?(?:chủ trì|(?:có|chịu) trách nhiệm)(?!\w)|(?<!\w)giao (?:các |đồng chí )?¤"
    r"|¤ (?:yêu cầu|đề nghị) (?:các |đồng chí )*(?:¤|bộ trưởng|thủ trưởng|chủ tịch|giám đốc)"
    r"|¤ chỉ đạo (?:các |[¤¢])"
)
_LEAST_TOLD = 0.1
_MARK = r"[\s\-+*•–(]*"


@cache
def words_of(*roles: str) -> str:
    """Returns the words of some roles of ``order_words.csv``, as a group of a regex."""
    found = [r["pattern"] for r in lookups.rows("order_words") if r["role"] in roles]
    return f"(?:{'|'.join(found)})"


@cache
def _head() -> re.Pattern[str]:
    # "tổng" begins verbs ("tổng hợp") and nouns ("tổng vốn").
    return re.compile(rf"{_MARK}(?!{words_of('nouns')}(?!\w)){words_of('acts', 'opens')}(?!\w)")


@cache
def _modal() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words_of('modal')}(?!\w)")


@cache
def _never() -> re.Pattern[str]:
    return re.compile(rf"{_MARK}{words_of('never')}")


def is_told(low: str, unit: Unit, score: float) -> bool:
    """Tells whether a unit says in so many words who must act.

    Args:
        low: The masked text, see :func:`congvan.labels.features.masked`.
        unit: The unit.
        score: How surely the model takes it for an order, in [0, 1].
    """
    return score >= _LEAST_TOLD and _TOLD_RE.search(low, unit.start, unit.end) is not None


def shows_an_order(low: str, unit: Unit, *, charged: bool) -> bool:
    """Tells whether a unit without label and time shows that it gives an order.

    Args:
        low: The masked text.
        unit: The unit.
        charged: Whether it, its lead-in or its heading names who must act.
    """
    if _never().match(low, unit.start, unit.end):
        return False
    return (
        charged
        or _head().match(low, unit.start, unit.end) is not None
        or _modal().search(low, unit.start, unit.end) is not None
    )
