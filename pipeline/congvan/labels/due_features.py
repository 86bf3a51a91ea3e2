"""What the model sees of one expression that may be a due: named facts, each with its words.

=====  ============================================================================
``k``  its kind, bound, how sure the rules are, its first words
``l``  the words before it: the nearest ones in order, the rest of its clause as a bag
``r``  the words after it
``u``  how the clause and the unit begin, the heading above
=====  ============================================================================
"""

from __future__ import annotations

from congvan.document import Due
from congvan.due_grammar import forbidden

from .cues import STOP_RE, TOKEN_RE
from .features import Feature, View, word_of

_DONE = frozenset(("đã", "đang", "từng", "vừa"))
_FAR = 200
_WORDS = 24


def due_features(view: View, due: Due, others: int = 0) -> list[Feature]:
    """Returns the features of one due of the unit ``view``: name, value, span of the words.

    Args:
        view: The unit.
        due: The expression, inside the unit.
        others: How many more there are in the unit.
    """
    low = view.low
    a, b = due.start, due.end
    sure = "sure" if due.score >= 0.9 else "likely" if due.score >= 0.6 else "maybe"
    shape = f"{due.kind} {due.bound}"
    out: list[Feature] = [("bias", 1.0, a, a), (f"k {sure}", 1.0, a, b)]
    out += [(f"k {sure} {shape}", 1.0, a, b), (f"k {shape}", 1.0, a, b)]
    says = [word_of(t.group()) for t in TOKEN_RE.finditer(low, a, b)]
    for k in (1, 2):
        out.append((f"k says {' '.join(says[:k])}", 1.0, a, b))
    out.append((f"k ends {' '.join(says[-2:])}", 0.7, a, b))
    begin, stop = view.start, view.end
    for s in STOP_RE.finditer(low, max(view.start, a - 400), a):
        begin = s.end()
    ending = STOP_RE.search(low, b, view.end)
    if ending:
        stop = ending.start()
    left = [
        (word_of(t.group()), t.start(), t.end())
        for t in TOKEN_RE.finditer(low, max(begin, a - _FAR), a)
    ]
    for k in (1, 2, 3):
        near = " ".join(w for w, _, _ in left[-k:])
        first = left[-k][1] if len(left) >= k else begin
        out.append((f"l{k} {near or '^'}", 1.0, first, a))
        out.append((f"l{k} {sure} {near or '^'}", 0.7, first, a))
    for word, x, y in {w: (w, x, y) for w, x, y in left[-_WORDS:-1]}.values():
        out.append((f"l {word}", 0.5, x, y))
    right = [
        (word_of(t.group()), t.start(), t.end())
        for t in TOKEN_RE.finditer(low, b, min(stop, b + 80))
    ]
    for k in (1, 2):
        after = " ".join(w for w, _, _ in right[:k])
        out.append(
            (f"r{k} {after or '$'}", 1.0, b, right[min(k, len(right)) - 1][2] if right else b)
        )
    for word, x, y in {w: (w, x, y) for w, x, y in right[2:10]}.values():
        out.append((f"r {word}", 0.4, x, y))
    head = [word_of(t.group()) for t in TOKEN_RE.finditer(low, begin, min(begin + 50, a))][:3]
    for k in (1, 2):
        out.append((f"u clause {' '.join(head[:k]) or '^'}", 0.7, begin, min(begin + 20, a)))
    opening = [
        word_of(t.group())
        for t in TOKEN_RE.finditer(low, view.start, min(view.start + 50, view.end))
    ][:3]
    for k in (1, 2, 3):
        out.append((f"u unit {' '.join(opening[:k])}", 0.7, view.start, view.start + 20))
    out.append((f"u {'bullet' if view.bullet else 'paragraph'}", 0.7, a, a))
    out.append((f"u {'alone' if not others else 'more'}", 0.5, a, a))
    if any(w in _DONE for w, _, _ in left):
        out.append(("l done", 1.0, begin, a))
    if any(w in _DONE for w, _, _ in left[-4:]):
        out.append(("l just done", 2.0, left[max(0, len(left) - 4)][1], a))
    if forbidden(low[begin:a], soft=False):
        out.append(("l forbidden", 1.5, begin, a))
    if view.heading:
        for t in list(TOKEN_RE.finditer(low, *view.heading))[:14]:
            out.append((f"u heading {word_of(t.group())}", 0.3, a, a))
    if view.lead:
        for t in list(TOKEN_RE.finditer(low, *view.lead))[-8:]:
            out.append((f"u lead {word_of(t.group())}", 0.3, a, a))
    return out
