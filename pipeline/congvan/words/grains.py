"""Grains: what no word border may cut.

Document numbers and dates are cut at every slash and hyphen by the toolkits (``1804 / QĐ - TTg``
in pyvi, ``1 / 8 / 2014``: pyvi #6; ``61 %`` glued to its neighbour: underthesea #696), so their
borders are decided here, on characters, before a toolkit is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from congvan.text import LOWER, UPPER, note_marks, shadow

Span = tuple[int, int]

# One part of a symbol: "QĐ", "TTg", "QH14", "UBTVQH", "CTr", "KH&ĐT".
_CODE = rf"[{UPPER}][{UPPER}{LOWER}0-9&]{{0,12}}"
# Hit: "1804/QĐ-TTg", "62-NQ/TU", "82/2018/NĐ-CP", "45/2019/QH14", "31 – HD/BTCTW";
# near miss: "5/người" (lower case), "12-15" (a range), "khoản 2-Điều 5", "12 - UBND".
_SYMBOL = (
    rf"\d{{1,6}}[a-z]?(?:/(?:19|20)\d\d)?(?:/|-(?=[{UPPER}]{{2}})| - (?=[{UPPER}]{{2}}\w{{0,4}}/))"
    rf"{_CODE}(?:[-/.]{_CODE}|[-/]\d{{1,4}}){{0,4}}"
)
# Hit: "KH&ĐT", "LĐ-TB&XH", "TB-UBND", "BKHĐT-TH", "VHTT&DL"; near miss: "A - B" (spaces).
_ACRONYM = rf"[{UPPER}]{{1,8}}(?:[-&/][{UPPER}][{UPPER}a-z]{{0,7}}){{1,4}}"
# Hit: "13/11/2020", "20.7.2020", "5/2021", "01-12-2019"; near miss: "1/5.000".
_DATE = r"\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:19|20)\d\d|\d{1,2}/(?:19|20)\d\d"
# Hit: "2021-2025", "2021 - 2025" stays three words.
_YEARS = r"(?:19|20)\d\d-(?:19|20)\d\d"
# Hit: "1.234.567,5", "61,5%", "1/5.000", "Km3+700", "298,5m", "100.000đ";
# near miss: the full stop of "năm 2020."
_AMOUNT = (
    r"[Kk][Mm]\d{1,4}(?:\+\d{1,4})?|\d+(?:[.,]\d+)+[a-zđ]{1,4}\d?(?!\w)"
    r"|\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?(?: ?%)?"
)
_CLOCK = r"\d{1,2}(?:h|g|:)\d{2}(?!\d)"
_ADDRESS = r"\w+://[^\s]+[^\s.,;:)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|www\.[\w-]+(?:\.[\w/-]+)+"
_TITLE = r"(?:TP|Tp|TT|TX|TS|ThS|PGS|GS|BS|KS|Mr|Mrs|Ms|Dr)\.(?=\s?\w)"

_GRAIN_RE = re.compile(
    # Most words are plain: they are done before the long patterns are tried.
    rf"[{LOWER}]+(?=[\s,;]|$)|(?P<address>{_ADDRESS})|(?P<number>(?<![\w/]){_SYMBOL}(?!\w))|(?P<acronym>(?<![\w-])(?<!\w/){_ACRONYM}(?!\w))"
    rf"|(?P<date>(?<![\w/.])(?:{_DATE}|{_YEARS}|{_CLOCK})(?![\w/]))|(?P<amount>(?<!\w){_AMOUNT}(?![\w]))"
    rf"|{_TITLE}|\.\.\.|…|\w+|[^\w\s]"
)
_SYLLABLE_RE = re.compile(r"\w+|[^\w\s]")


def grains(
    text: str, *, keep: bool = True, whole: Sequence[Span] = (), seen: str | None = None
) -> list[Span]:
    """Returns the grains of ``text``: sorted, apart, covering all but white space.

    Args:
        text: Any text.
        keep: Keeps numbers, dates, amounts and addresses whole; False gives bare syllables.
        seen: The shadow of ``text``, if the caller has it already.
        whole: Sorted spans, apart, that are one grain each (names of agencies).

    >>> [text[a:b] for text in ["theo 1804/QĐ-TTg ngày 13/11/2020"] for a, b in grains(text)]
    ['theo', '1804/QĐ-TTg', 'ngày', '13/11/2020']
    """
    seen = shadow(text) if seen is None else seen
    found = [m.span() for m in (_GRAIN_RE if keep else _SYLLABLE_RE).finditer(seen)]
    marks = note_marks(text)
    found = _with(found, marks) if marks else found
    return _with(found, whole) if whole else found


def _with(found: Sequence[Span], whole: Sequence[Span]) -> list[Span]:
    """Returns the grains with each span of ``whole`` in the place of those that it touches."""
    out = list(whole)
    first = 0
    for start, end in found:
        while first < len(whole) and whole[first][1] <= start:
            first += 1
        at, i = start, first
        while i < len(whole) and whole[i][0] < end:
            if whole[i][0] > at:
                out.append((at, whole[i][0]))
            at = max(at, whole[i][1])
            i += 1
        if at < end:
            out.append((at, end))
    return sorted(out)


def cut_at(text: str, found: Sequence[Span], cuts: Sequence[int]) -> list[Span]:
    """Returns the grains, those that a cut lies inside of in two, without blanks at a cut."""
    out: list[Span] = []
    i = 0
    for start, end in found:
        while i < len(cuts) and cuts[i] <= start:
            i += 1
        edges = [start]
        while i < len(cuts) and cuts[i] < end:
            edges.append(cuts[i])
            i += 1
        for a, b in pairwise([*edges, end]):
            piece = text[a:b]
            if len(edges) == 1:
                out.append((a, b))
            elif piece.strip():
                left = len(piece) - len(piece.lstrip())
                out.append((a + left, a + len(piece.rstrip())))
    return out
