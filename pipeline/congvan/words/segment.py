"""Words of any text: exact spans, line by line, whatever the toolkit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from congvan.text import canonical, shadow

from .grains import Span, cut_at, grains
from .repair import repair
from .toolkits import SEGMENTERS

#: What can be kept whole: "numbers" are document numbers, dates, amounts and addresses.
KEEP = ("numbers", "agencies")

# Toolkits are asked on at most so many characters: a longer line is cut at the end of a clause.
_LONGEST_LINE = 1500
_STRETCH_RE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_CUT_RE = re.compile(r"[.;:!?,]\s")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``text[start:end]``; offsets are code points of the text that was given."""

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


def words(
    text: str,
    *,
    segmenter: str = "pyvi",
    keep: Sequence[str] = KEEP,
    mend: bool = True,
    whole: Sequence[Span] | None = None,
    cuts: Sequence[int] = (),
) -> list[Word]:
    """Returns the words of ``text`` in order: they cover all but its white space.

    Args:
        text: Any text, in any normalisation; it is never changed.
        segmenter: "pyvi", "underthesea", "syllable" or "vote" (both toolkits and the word list).
        keep: What stays one word: "numbers" (document numbers, dates, amounts, addresses),
            "agencies" (their names, by the rules).
        mend: Mends what the toolkits get wrong (:mod:`congvan.words.repair`).
        whole: Spans of ``text`` that are one word each (on each of their lines), apart, in the
            place of those that ``keep`` would find as agencies.
        cuts: Offsets that no word may cross, in any order.

    Raises:
        ValueError: No such segmenter, nothing of that name can be kept, or ``whole`` holds spans
            that overlap or lie outside the text.
        ImportError: The toolkit is not installed.

    >>> [w.text for w in words("Sở Tài chính thẩm định theo 1804/QĐ-TTg", segmenter="syllable")]
    ['Sở Tài chính', 'thẩm', 'định', 'theo', '1804/QĐ-TTg']
    """
    check_options(segmenter, keep)
    inner, back = canonical(text)
    seen = shadow(inner)
    if whole is None:
        kept = _agencies(inner, seen) if "agencies" in keep else []
    else:
        check_spans(text, whole)
        kept = [(back.target(a), back.target(b)) for a, b in sorted(whole)]
    kept = list(_by_line(inner, kept))
    apart = frozenset(cuts) if back.is_identity else frozenset(back.target(c) for c in cuts)
    found = spans_of(
        inner, seen, segmenter, numbers="numbers" in keep, mend=mend, whole=kept, cuts=apart
    )
    if not back.is_identity:
        found = _apart(back.span(a, b) for a, b in found)
    return [Word(a, b, text[a:b]) for a, b in found]


def _apart(found: Iterable[Span]) -> Iterator[Span]:
    """Yields the spans, as one where two of them come from one letter of the text."""
    start = end = 0
    for a, b in found:
        if a < end:
            end = max(b, end)
            continue
        if end > start:
            yield start, end
        start, end = a, b
    if end > start:
        yield start, end


def check_spans(text: str, spans: Sequence[Span]) -> None:
    """Raises ValueError if spans overlap, are empty or lie outside ``text``."""
    last = 0
    for start, end in sorted(spans):
        if not last <= start < end <= len(text):
            raise ValueError(f"the span ({start}, {end}) overlaps another or lies outside the text")
        last = end


def _by_line(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yields the spans, one for each line that they lie on, without blanks at their ends."""
    for start, end in spans:
        for m in _STRETCH_RE.finditer(text, start, end):
            yield m.span()


def check_options(segmenter: str, keep: Sequence[str]) -> None:
    """Raises ValueError, with the names there are, if one of the options does not exist."""
    if segmenter not in SEGMENTERS:
        raise ValueError(f"no word segmenter {segmenter!r}: choose one of {', '.join(SEGMENTERS)}")
    unknown = [k for k in keep if k not in KEEP]
    if unknown:
        raise ValueError(f"nothing named {unknown[0]!r} can be kept: choose of {', '.join(KEEP)}")


def _agencies(text: str, seen: str) -> list[Span]:
    from congvan.agencies import find_agencies

    return [(a.start, a.end) for a in find_agencies(text, shadow=seen)]


def spans_of(
    text: str,
    seen: str,
    segmenter: str,
    *,
    numbers: bool,
    mend: bool,
    whole: Sequence[Span],
    cuts: frozenset[int] = frozenset(),
) -> Iterator[Span]:
    """Yields the spans of the words of a canonical text with its shadow ``seen``."""
    toolkit = SEGMENTERS[segmenter]
    starts = [a for a, _ in whole]
    borders = sorted(cuts)
    for begin, end in _lines(text, whole):
        line = text[begin:end]
        first = bisect_left(starts, begin)
        last = bisect_left(starts, end)
        inside = [(a - begin, min(b, end) - begin) for a, b in whole[first:last]]
        parts = grains(line, keep=numbers, whole=inside, seen=seen[begin:end])
        here = [c - begin for c in borders[bisect_left(borders, begin) : bisect_left(borders, end)]]
        if here:
            parts = cut_at(line, parts, here)
        joins = toolkit(line, parts)
        if mend and segmenter != "syllable":
            joins = repair(line, parts, joins)
        for span in _merged(line, parts, joins, set(inside), here):
            yield span[0] + begin, span[1] + begin


def _lines(text: str, whole: Sequence[Span]) -> Iterator[Span]:
    """Yields the lines, the long ones in pieces that end behind a sign and a space.

    No piece ends inside a span of ``whole``.
    """
    starts = [a for a, _ in whole]
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        while end - begin > _LONGEST_LINE:
            cut = begin + _LONGEST_LINE
            for m in _CUT_RE.finditer(text, begin + _LONGEST_LINE // 2, cut):
                cut = m.end()
            if cut == begin + _LONGEST_LINE:
                space = text.rfind(" ", begin + _LONGEST_LINE // 2, cut)
                cut = space + 1 if space > 0 else cut
            i = bisect_left(starts, cut) - 1
            if i >= 0 and whole[i][1] > cut:
                cut = whole[i][0] if whole[i][0] > begin else min(whole[i][1], end)
            yield begin, cut
            begin = cut
        if end > begin:
            yield begin, end
        begin = end + 1


def _merged(
    line: str, parts: Sequence[Span], joins: Sequence[bool], whole: set[Span], cuts: Sequence[int]
) -> Iterator[Span]:
    start = end = -1
    closed = False  # a grain that is a whole name joins nothing on either side
    for (a, b), join in zip(parts, joins, strict=True):
        fixed = (a, b) in whole or not line[a].isalpha()
        parted = bisect_left(cuts, end) < bisect_right(cuts, a)
        if join and start >= 0 and not (fixed or closed or parted) and _near(line, end, a):
            end = b
        else:
            if start >= 0:
                yield start, end
            start, end = a, b
        closed = fixed
    if start >= 0:
        yield start, end


def _near(line: str, end: int, start: int) -> bool:
    """Tells whether only blanks lie between two grains of one word."""
    return end < start and line[end:start].isspace()
