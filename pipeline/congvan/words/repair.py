"""What every toolkit gets wrong in the same way, mended after it.

- Words of the office that no newspaper corpus holds are joined by the word list.
- Two known words glued into one of four syllables and more are cut ("công văn công ty").
- A person's name is one word ("Lã Thị Kim Oanh"): surname and one to four capitals.
- A capital after a small letter starts a word ("xã Yên Khoái"), as the treebanks have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from congvan.lookups import rows
from congvan.text import shadow

from .grains import Span
from .lexicon import apart, known, office_words

_LONGEST = 6


def repair(line: str, grains: Sequence[Span], joins: Sequence[bool]) -> list[bool]:
    """Returns the joins of one line, mended; True where a grain belongs to the one before."""
    out = list(joins)
    tokens = [line[a:b] for a, b in grains]
    lows = [_low(t) for t in tokens]
    _cut(lows, out)
    _names(tokens, lows, out, line, grains)
    _join(lows, out)
    return out


@lru_cache(65536)
def _low(token: str) -> str:
    return shadow(token).lower()


def _cut(lows: Sequence[str], joins: list[bool]) -> None:
    """Cuts what is known to be apart, and glued pairs of known words."""
    size = len(lows)
    i = 0
    while i < size:
        j = i + 1
        while j < size and joins[j]:
            j += 1
        if j - i == 2 and f"{lows[i]} {lows[i + 1]}" in apart():
            joins[i + 1] = False
        elif j - i >= 4 and not known(" ".join(lows[i:j])):
            for k in range(i + 2, j - 1):
                if known(" ".join(lows[i:k])) and known(" ".join(lows[k:j])):
                    joins[k] = False
                    break
        i = j


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_low(r["name"]) for r in rows("surnames"))


def _names(
    tokens: Sequence[str],
    lows: Sequence[str],
    joins: list[bool],
    line: str,
    grains: Sequence[Span],
) -> None:
    i = 0
    while i < len(tokens):
        if not (tokens[i].istitle() and lows[i] in _surnames()):
            i += 1
            continue
        j = i + 1
        while (
            j < len(tokens)
            and j - i < 5
            and tokens[j].istitle()
            and tokens[j].isalpha()
            and line[grains[j - 1][1] : grains[j][0]] == " "
        ):
            j += 1
        if 3 <= j - i <= 4 and not any(line[grains[k][0]].isdigit() for k in range(i, j)):
            joins[i] = False
            joins[i + 1 : j] = [True] * (j - i - 1)
            if j < len(joins):
                joins[j] = False
        i = j


@cache
def _tree() -> dict[str, dict[str, object]]:
    root: dict[str, dict[str, object]] = {}
    for word in office_words():
        node = root
        for part in word.split(" "):
            node = node.setdefault(part, {})  # type: ignore[assignment]
        node[""] = {}
    return root


def _join(lows: Sequence[str], joins: list[bool]) -> None:
    """Joins the longest word of the office at every word border, if it ends at one."""
    root = _tree()
    size = len(lows)
    i = 0
    while i < size:
        node = root.get(lows[i])
        if node is None or joins[i]:
            i += 1
            continue
        best, j = 0, i + 1
        while node is not None:
            if "" in node and (j == size or not joins[j]):
                best = j
            if j == size or j - i == _LONGEST:
                break
            node = node.get(lows[j])  # type: ignore[assignment]
            j += 1
        if best:
            joins[i + 1 : best] = [True] * (best - i - 1)
            i = best
        else:
            i += 1
