"""What the model sees of a unit: named facts, each with the words that show it.

=========  ===========================================================================
``w``      words and pairs of words, names masked; together they weigh as one fact
``c``      how each clause begins (its first words)
``q``      each cue: what, how it stands, what stands beside it; see :mod:`.cues`
``d``      each due expression: kind, bound, certainty, the word before it
``x``      the heading and the lead-in above, the kind of unit, its length
=========  ===========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from congvan.dates import lower
from congvan.document import Due, Entity

from .cues import DATE, MASKS, ORDERS, QUOTE, TOKEN_RE, Cue, clauses, find_cues

#: Raised when the features change: a model of other features is refused.
FORMAT = 1
#: Words of a unit that are looked at; an order does not hide behind so many.
_WORDS = 160
_CLAUSES = 12
#: What the words of a unit weigh together.
_BAG = 4.0

# Hit: "Tổng rà soát bom mìn", “5 tại chỗ”. Near miss: a mark that is never closed.
_QUOTE_RE = re.compile(r"[\"“][^\"“”\n]{1,160}[\"”]")

# A unit that tells what was. Hit: "thời gian qua, …", "năm 2024, thị xã …", "ngày ¶, …".
_PAST_RE = re.compile(
    r"[\s*–-]*(?:đến nay|tính đến|(?:trong )?thời gian qua|vừa qua|năm ngoái|hiện nay|trước đây"
    r"|qua |sau hơn"
    r"|từ đầu năm|trong những năm qua|[^\W\d]+ (?:tháng|năm|tuần) qua|¶+,|tại ¤+,|theo báo cáo"
    r"|báo cáo của"
    r"|thực hiện ¤*§|ngày ¶)"
)

# A lead-in that gives a power, not an order. Hit: "phân cấp cho ¤ quyết định các nội dung sau:".
# Near miss: "Các sở, ngành theo thẩm quyền, phân cấp có trách nhiệm:".
_POWER_RE = re.compile(
    r"(?<!\w)(?:(?<!theo )(?:phân cấp|ủy quyền) (?:cho|thẩm quyền|để|¤)|được quyền|có quyền"
    r"|có thẩm quyền quyết định)(?!\w)[^.]{0,300}:\W*$"
)

Feature = tuple[str, float, int, int]


@dataclass(frozen=True, slots=True)
class View:
    """One unit as the model sees it.

    Attributes:
        low: The masked text of the whole document, see :func:`masked`.
        start, end: The unit, without its list marker.
        bullet: It carries a list marker.
        dues: Its due expressions.
        lead, heading: Where its lead-in and its heading stand, None if it has none.
        shadow: The text with its capitals, same offsets; "" if they are not known.
    """

    low: str
    start: int
    end: int
    bullet: bool = False
    dues: tuple[Due, ...] = ()
    lead: tuple[int, int] | None = None
    heading: tuple[int, int] | None = None
    shadow: str = ""


def masked(shadow: str, entities: Sequence[Entity]) -> str:
    """Returns the text in lower case, same length, with the names of bodies, instruments,
    dates, persons and places filled with one sign each: a cue inside a name is none.

    >>> masked("Sở Y tế rà soát", [Entity("e1", "AGENCY", 0, 7, "Sở Y tế")])
    '¤¤¤¤¤¤¤ rà soát'
    """
    # A line end inside a unit is a wrap; what stands in quotation marks is a name or a text.
    low = lower(shadow).replace("\n", " ")
    low = _QUOTE_RE.sub(lambda m: QUOTE * len(m.group()), low)
    parts, at = [], 0
    for e in entities:
        sign = MASKS.get(e.type)
        if sign is None or e.start < at:
            continue
        parts += [low[at : e.start], sign * (e.end - e.start)]
        at = e.end
    return "".join([*parts, low[at:]])


def features(view: View) -> list[Feature]:
    """Returns the features of a unit: name, value, and the span of the words."""
    return features_and_cues(view)[0]


def features_and_cues(view: View) -> tuple[list[Feature], frozenset[str]]:
    """Returns the features of a unit, and the labels of which it has a cue word."""
    low = view.low
    out: list[Feature] = [("bias", 1.0, view.start, view.start)]
    spans = [t.span() for t in TOKEN_RE.finditer(low, view.start, view.end)][:_WORDS]
    # Most tokens are words, and name themselves.
    words = [low[a:b] if low[a].isalpha() else word_of(low[a:b]) for a, b in spans]
    _bag(words, spans, out)
    _openings(view, out)
    found = find_cues(low, view.start, view.end)
    if view.lead and _POWER_RE.search(low, *view.lead):
        # "phân cấp thẩm quyền quyết định:" names what may be decided, item by item.
        found = [replace(c, standing="nominal", word="lead") if c.orders else c for c in found]
    _cues(view, found, out)
    _dues(view, words, out)
    _around(view, len(words), out)
    return out, frozenset(c.label for c in found)


def word_of(token: str) -> str:
    """Returns a token as the features name it: one sign for a name, "0" for a number."""
    first = token[0]
    if first in "¤§¶¢£¥":
        return first
    return "0" if first.isdigit() else token


def _bag(words: Sequence[str], spans: Sequence[tuple[int, int]], out: list[Feature]) -> None:
    if not words:
        return
    value = _BAG / (2 * len(words)) ** 0.5
    seen = set()
    last = "^"
    for i, word in enumerate(words):
        start, end = spans[i]
        pair = f"w {last} {word}"
        if word not in seen:
            seen.add(word)
            out.append((f"w {word}", value, start, end))
        if pair not in seen:
            seen.add(pair)
            out.append((pair, value, spans[i - 1][0] if i else start, end))
        last = word


def _openings(view: View, out: list[Feature]) -> None:
    low = view.low
    for n, (a, b) in enumerate(clauses(low, view.start, view.end)[:_CLAUSES]):
        head = []
        for t in TOKEN_RE.finditer(low, a, min(b, a + 60)):
            head.append((word_of(t.group()), t.start(), t.end()))
            if len(head) == 3:
                break
        if not head:
            continue
        place = "first" if n == 0 else "later"
        for k in range(1, len(head) + 1):
            words = " ".join(w for w, _, _ in head[:k])
            out.append((f"c {place} {words}", 1.0, head[0][1], head[k - 1][2]))
            out.append((f"c any {words}", 0.5, head[0][1], head[k - 1][2]))


def _cues(view: View, found: Sequence[Cue], out: list[Feature]) -> None:
    low = view.low
    past = _PAST_RE.match(low, view.start, view.end) is not None
    best: dict[str, int] = {}
    for n, cue in enumerate(found):
        rank = _RANK[cue.standing]
        best[cue.label] = min(best.get(cue.label, 99), rank)
        a, b = cue.start, cue.end
        out.append((f"q {cue.label} {cue.standing}", 1.0, a, b))
        out.append((f"q {cue.label} {cue.text} {cue.standing}", 1.0, a, b))
        out.append((f"q {cue.label} {cue.name} {'head' if cue.head else 'inside'}", 1.0, a, b))
        if cue.word:
            out.append((f"q {cue.label} {cue.standing} {cue.word}", 1.0, a, b))
        if a > view.start and not cue.head and view.shadow[a : a + 1].isupper():
            out.append((f"q {cue.label} capital", 1.5, a, b))  # inside a name
        if past:
            out.append((f"q {cue.label} {cue.standing} past", 1.0, a, b))
        if cue.verb:
            out.append((f"q {cue.label} verb {cue.verb}", 1.0, a, b))
            out.append((f"q {cue.label} {cue.standing} verb {cue.verb}", 0.7, a, b))
        if cue.far:
            out.append((f"q {cue.label} {cue.standing} far {cue.far}", 1.0, a, b))
            out.append((f"q {cue.label} far {cue.far}", 0.7, a, b))
        right = [word_of(t.group()) for t in TOKEN_RE.finditer(low, b, min(b + 24, view.end))][:2]
        for k in range(1, len(right) + 1):
            out.append((f"q {cue.label} then {' '.join(right[:k])}", 0.7, a, b))
        out.append((f"q {cue.label} {cue.text} then {' '.join(right[:1])}", 0.7, a, b))
        if n == 0:
            out.append((f"q first {cue.label} {cue.standing}", 1.0, a, b))
        elif found[n - 1].label != cue.label:
            pair = (
                f"q {found[n - 1].label} {found[n - 1].standing} before {cue.label} {cue.standing}"
            )
            out.append((pair, 1.0, a, b))
    for label in ("supplement", "review"):
        known = _NAMES[best[label]] if label in best else "none"
        out.append((f"q best {label} {known}", 1.0, view.start, view.start))


_NAMES = ("order", "purpose", "unknown", "condition", "passive", "nominal", "attribute", "embed",
          "done", "negated")  # fmt: skip
_RANK = {name: i for i, name in enumerate(_NAMES)} | dict.fromkeys(ORDERS, 0)


def _dues(view: View, words: Sequence[str], out: list[Feature]) -> None:
    low = view.low
    for due in view.dues:
        a, b = due.start, due.end
        sure = "sure" if due.score >= 0.9 else "likely" if due.score >= 0.75 else "weak"
        out.append(("d due", 1.0, a, b))
        out.append((f"d {sure}", 1.0, a, b))
        out.append((f"d {due.kind} {due.bound}", 1.0, a, b))
        out.append((f"d {due.bound} {sure}", 1.0, a, b))
        lead = [t.group() for t in TOKEN_RE.finditer(low, a, b)][:2]
        out.append((f"d says {' '.join(word_of(w) for w in lead)}", 1.0, a, b))
        left = [word_of(t.group()) for t in TOKEN_RE.finditer(low, max(view.start, a - 30), a)][-2:]
        for k in range(1, len(left) + 1):
            out.append((f"d after {' '.join(left[-k:])}", 0.7, a, b))
        if not left:
            out.append(("d after ^", 0.7, a, b))
    dates = sum(w == DATE for w in words)
    if not view.dues:
        out.append((f"d none, dates {min(dates, 2)}", 1.0, view.start, view.start))


def _around(view: View, count: int, out: list[Feature]) -> None:
    at = view.start
    out.append((f"x {'bullet' if view.bullet else 'paragraph'}", 1.0, at, at))
    size = "short" if count < 8 else "middle" if count < 30 else "long"
    out.append((f"x {size}", 0.5, at, at))
    if view.lead:
        for word in _last_words(view.low[view.lead[0] : view.lead[1]]):
            out.append((f"x lead {word}", 0.4, at, at))
    if view.heading:
        for word in _first_words(view.low[view.heading[0] : view.heading[1]]):
            out.append((f"x heading {word}", 0.3, at, at))
    if not view.lead and not view.heading:
        out.append(("x bare", 0.3, at, at))


# All items of a list ask for the words of one lead-in or heading.
@lru_cache(maxsize=256)
def _last_words(low: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([word_of(t) for t in TOKEN_RE.findall(low)][-12:]))


@lru_cache(maxsize=256)
def _first_words(low: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([word_of(t) for t in TOKEN_RE.findall(low)][:14]))
