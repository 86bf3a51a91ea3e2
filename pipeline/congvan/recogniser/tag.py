"""The trained tagger over a text: only where a name can be, beside what the rules found.

Nine tokens in ten of an administrative text are far from any capital letter that the rules do
not account for, so the tagger gets windows round the others: it costs a fifth, and decides the
same (a test compares it with whole lines).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from congvan.document import Entity
from congvan.text import UPPER

from .examples import SURE, hint_of
from .features import Token, features, is_loud, tokens, word_lists
from .gazetteer import place_hints
from .spans import to_tags

# A word with a capital. Hit: "Trạm"; near miss: the "Đ" of "QĐ-TTg" behind a hyphen counts too,
# but lies inside an instrument.
_CAPITAL_RE = re.compile(rf"(?<![^\W_])[{UPPER}][^\W_]*")
# What stands before the first word of a sentence or an item.
_OPENING = frozenset('.:;-–+•*)("“!?\n')
_NAME_LISTS = ("body", "unit", "nature", "site", "office", "surname")
_LEFT, _RIGHT = 8, 12


class Guess(NamedTuple):
    """A span that the tagger found; ``score`` in [0, 1] is its least sure token's probability."""

    start: int
    end: int
    type: str
    score: float


class Tagger(Protocol):
    """What is used of ``pycrfsuite.Tagger``."""

    def tag(self, xseq: Sequence[Sequence[str]], /) -> list[str]: ...
    def marginal(self, y: str, pos: int, /) -> float: ...


class Result(NamedTuple):
    """What the tagger says of a text: its spans, and the stretches that it looked at."""

    guesses: list[Guess]
    windows: list[tuple[int, int]]


def tag(
    text: str,
    found: Sequence[Entity],
    tagger: Tagger,
    *,
    within: Sequence[tuple[int, int]] | None = None,
) -> Result:
    """Returns the agencies, persons and places of ``text`` as the tagger sees them.

    Args:
        text: Canonical text.
        found: What the rules found, in order; also the hints of the model.
        tagger: The trained model.
        within: Sorted stretches to look at (title, headings, units); None for the whole text.
    """
    guesses: list[Guess] = []
    looked: list[tuple[int, int]] = []
    for start, end, marks in _lines(text, found, within):
        line = tokens(text, start, end)
        first = bisect_left(found, start, key=lambda e: e.end)
        last = bisect_left(found, end, key=lambda e: e.start)
        here = found[first:last]
        hints = to_tags(line, [(e.start, e.end, hint_of(e)) for e in here])
        places = place_hints(line)
        loud = is_loud(line)
        for low, high in _windows(line, marks, here):
            rows = features(line, hints, places, low, high, loud=loud)
            tags = tagger.tag(rows)
            guesses.extend(_guesses(line, low, tags, tagger))
            looked.append((line[low].start, line[high - 1].end))
    return Result(guesses, looked)


def _lines(
    text: str, found: Sequence[Entity], within: Sequence[tuple[int, int]] | None
) -> Iterator[tuple[int, int, list[int]]]:
    """Yields the lines with something to decide, and where in them the deciding capitals are."""
    starts = [e.start for e in found]
    begins = None if within is None else [a for a, _ in within]
    current = -1
    stop = -1
    marks: list[int] = []
    for m in _CAPITAL_RE.finditer(text):
        at = m.start()
        if begins is not None and within is not None:
            k = bisect_right(begins, at) - 1
            if k < 0 or at >= within[k][1]:
                continue
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < found[i].end and _sure(found[i]):
            continue
        if not _decides(text, at, m.end(), m.group()):
            continue
        if at >= stop:
            if marks:
                yield current, stop, marks
            current = text.rfind("\n", 0, at) + 1
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            marks = []
        marks.append(at)
    if marks:
        yield current, stop, marks


def _sure(entity: Entity) -> bool:
    return entity.type != "AGENCY" or entity.score >= SURE


def _decides(text: str, at: int, end: int, word: str) -> bool:
    """Tells whether a capital can begin or carry a name: not "Rà" of "- Rà soát lại"."""
    before = at - 1
    while before >= 0 and text[before] in " *_":
        before -= 1
    if before >= 0 and text[before] not in _OPENING and not text[before].isdigit():
        return True
    after = text[end : end + 2]
    if len(after) == 2 and after[0].isspace() and after[1].isupper():
        return True
    low = word.lower()
    return word.isupper() or any(low in word_lists()[name] for name in _NAME_LISTS)


def _windows(
    line: Sequence[Token], marks: Sequence[int], found: Sequence[Entity]
) -> Iterator[tuple[int, int]]:
    """Yields the ranges of tokens to decide; an entity is inside or outside, never cut."""
    begins = [t.start for t in line]
    found = sorted(found, key=lambda e: e.start)  # apart, so their ends rise as well
    starts, ends = [e.start for e in found], [e.end for e in found]
    spans: list[list[int]] = []
    for at in marks:
        i = bisect_left(begins, at)
        low, high = max(0, i - _LEFT), min(len(line), i + _RIGHT)
        first, last = line[low].start, line[high - 1].end
        for e in found[bisect_right(ends, first) : bisect_left(starts, last)]:
            low = min(low, bisect_left(begins, e.start))
            high = max(high, bisect_left(begins, e.end))
        if spans and low <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], high)
        else:
            spans.append([low, high])
    yield from ((low, high) for low, high in spans)


def _guesses(
    line: Sequence[Token], low: int, tags: Sequence[str], tagger: Tagger
) -> Iterator[Guess]:
    start = -1
    kind = ""
    sure = 1.0
    for k, name in enumerate([*tags, "O"]):
        inside = name[0] == "I" and name[2:] == kind
        if kind and not inside:
            yield Guess(line[start].start, line[low + k - 1].end, kind, round(sure, 3))
            kind = ""
        if name[0] == "B":
            start, kind, sure = low + k, name[2:], 1.0
        if kind:  # an I without its B is a slip at the edge of the window
            sure = min(sure, tagger.marginal(name, k))
