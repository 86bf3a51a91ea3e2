"""The word list: what is known to be one word, and what is known to be several.

Two sources: the list that pyvi ships with its model (two and three syllables), and
``lookups/words.csv``, the words of the office (``viện kiểm sát``, ``giải phóng mặt bằng``).
"""

from __future__ import annotations

from functools import cache

from congvan.lookups import rows
from congvan.text import shadow

from .pyvi_model import pyvi_model


@cache
def _office() -> tuple[frozenset[str], frozenset[str]]:
    one: set[str] = set()
    several: set[str] = set()
    for row in rows("words"):
        (one if row["joined"] == "yes" else several).add(_key(row["word"]))
    return frozenset(one), frozenset(several)


@cache
def _list() -> frozenset[str]:
    try:
        _, pairs, triples = pyvi_model()
    except ImportError:  # another segmenter does without
        return frozenset()
    return frozenset(_key(w) for w in pairs | triples)


def _key(word: str) -> str:
    return shadow(word).lower()


def known(word: str) -> bool:
    """Tells whether ``word`` (syllables with one space between) is one word."""
    key = _key(word)
    one, several = _office()
    return key not in several and (key in one or key in _list())


def office_words() -> frozenset[str]:
    """Returns the words of the office, lower case, tone marks in the new place."""
    return _office()[0]


def apart() -> frozenset[str]:
    """Returns what looks like a word and is two, lower case."""
    return _office()[1]
