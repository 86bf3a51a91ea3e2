"""What the trained tagger sees of each token: its form, its neighbours, and what the rules say.

Tokens are runs of letters and digits, or single signs, of one line of the canonical text.
Features are short strings, made once per distinct token and cached, since a document repeats
its words: the tagger itself runs in compiled code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from congvan.lookups import rows, values
from congvan.places import provinces
from congvan.text import shadow

# A run of letters (with an inner apostrophe: "M'gar"), of digits, or one sign; a footnote mark
# behind a name ("Bộ Công an¹") is a token of its own.
_LETTERS = r"[^\W\d_¹²³⁰-⁹]+"
TOKEN_RE = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})?|\d+|[^\s]")
_ROMAN_RE = re.compile(r"[IVX]{1,5}")


class Token(NamedTuple):
    """A token of a line, on the offsets of the document."""

    text: str
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Returns the tokens of ``text[start:end]``."""
    return [Token(m.group(), *m.span()) for m in TOKEN_RE.finditer(text, start, end)]


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """Returns the small gazetteers, lower case by name: surnames, words before persons and places.

    A token bears the feature ``<name>`` if the list has it.
    """
    lists: dict[str, set[str]] = {}
    for row in rows("name_cues"):
        parts = (p for w in values(row["words"]) for p in re.findall(r"\w+", w.lower()))
        lists.setdefault(row["list"], set()).update(parts)
    lists["surname"] = {r["name"].lower() for r in rows("surnames")}
    lists["province"] = {w for name in provinces() for w in name.replace("-", " ").split()}
    return {k: frozenset(shadow(w) for w in v) for k, v in lists.items()}


@cache
def _place_syllables() -> frozenset[str]:
    return frozenset(
        shadow(part).lower()
        for row in rows("place_names")
        for name in values(row["names"])
        for part in re.split(r"[ -]", name)
    )


@lru_cache(65536)
def shape(token: str) -> str:
    """Returns the kind of a token: Aa, AA, aa, 12, XV (Roman), a sign itself."""
    if token.isdigit():
        return "d" + str(min(len(token), 4))
    if not token[0].isalnum():
        return token
    if _ROMAN_RE.fullmatch(token):
        return "XV"
    if token.isupper():
        return "A" if len(token) == 1 else "AA"
    if token[0].isupper():
        return "Aa" if token[1:].islower() else "AaA"
    return "aa" if token.isalpha() else "a1"


@lru_cache(65536)
def own(token: str) -> tuple[str, str, tuple[str, ...]]:
    """Returns the lower-case form, the shape and the list names of a token."""
    low = shadow(token).lower()
    found = [name for name, words in word_lists().items() if low in words]
    if token[:1].isupper() and low in _place_syllables():
        found.append("placesyl")
    return low, shape(token), tuple(found)


@lru_cache(65536)
def _at(token: str, place: int) -> tuple[str, ...]:
    low, form, lists = own(token)
    mark = f"{place:+d}" if place else ""
    return (f"{mark}w={low}", f"{mark}s={form}", *(f"{mark}l={name}" for name in lists))


_NEAR = (-2, -1, 1, 2)
_EDGE = {k: (f"{k:+d}w=<>",) for k in _NEAR}


def is_loud(line: Sequence[Token]) -> bool:
    """Tells whether most words of a line are in capitals, as in a title."""
    if len(line) < 4 or not any(t.text.isupper() for t in line[:4]):
        return False
    shouted = sum(t.text.isupper() for t in line)
    return shouted > 0.7 * sum(t.text.isalpha() for t in line)


def features(
    line: Sequence[Token],
    hints: Sequence[str],
    places: Sequence[str],
    low: int = 0,
    high: int | None = None,
    *,
    loud: bool | None = None,
) -> list[list[str]]:
    """Returns the features of each token from ``low`` to ``high`` of the line.

    Args:
        line: The tokens of one line.
        hints: What the rules say of each token, such as "B-AGENCY9" or "O".
        places: What the gazetteer says of each, such as "B-P" or "-".
        loud: :func:`is_loud` of the line, if the caller has it.
    """
    size = len(line)
    if loud is None:
        loud = is_loud(line)
    stop = size if high is None else high
    # Only the range and its neighbours are looked at.
    words = {k: line[k].text for k in range(max(0, low - 2), min(size, stop + 2))}
    lows = {k: own(word)[0] for k, word in words.items()}
    out = []
    for i in range(low, stop):
        word = words[i]
        hint = hints[i]
        row = ["b", *_at(word, 0), f"r={hint}", f"r|s={hint}|{shape(word)}"]
        for k in _NEAR:
            row += _at(words[i + k], k) if 0 <= i + k < size else _EDGE[k]
        if places[i] != "-":
            row.append(f"p={places[i]}")
        if i:
            row.append(f"r-1={hints[i - 1]}")
            row.append(f"-1w|w={lows[i - 1]}|{lows[i]}")
            if places[i - 1] != "-":
                row.append(f"p-1={places[i - 1]}")
        if i + 1 < size:
            row.append(f"r+1={hints[i + 1]}")
            row.append(f"w|+1w={lows[i]}|{lows[i + 1]}")
            if places[i + 1] != "-":
                row.append(f"p+1={places[i + 1]}")
        if loud:
            row.append("loud")
        out.append(row)
    return out
