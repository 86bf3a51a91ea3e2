"""Which tokens of a line bear the name of a place that the tables know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from congvan.lookups import rows, values
from congvan.places import provinces
from congvan.text import shadow

from .features import TOKEN_RE, Token

_LONGEST = 6
_RANK = {"province": 0, "district": 1, "commune": 2}


def _key(name: str) -> str:
    return " ".join(TOKEN_RE.findall(shadow(name).lower()))


@cache
def names() -> Mapping[str, str]:
    """Returns every known name, lower case, syllables with one blank between -> its level."""
    found: dict[str, str] = {}
    for row in rows("place_names"):
        level = "district" if row["kind"] in ("huyện", "quận", "thị xã", "thành phố") else "commune"
        for name in values(row["names"]):
            key = _key(name)
            if not key.isdigit():
                found[key] = min(found.get(key, level), level, key=_RANK.__getitem__)
    for name in provinces():
        found[_key(name)] = "province"
    return found


def place_hints(line: Sequence[Token]) -> list[str]:
    """Returns for each token "B-P", "I-P" (province), "B-D" …, "B-C" … or "-"."""
    out = ["-"] * len(line)
    known = names()
    capital = [t.text[0].isupper() for t in line]
    i = -1
    while True:
        try:
            i = capital.index(True, i + 1)
        except ValueError:
            return out
        stop = i + 1
        while stop < len(line) and stop - i < _LONGEST and _goes_on(line, capital, stop):
            stop += 1
        lows = [_low(t.text) for t in line[i:stop]]
        for end in range(stop, i, -1):
            level = known.get(" ".join(lows[: end - i]))
            if level is not None and (end - i > 1 or level == "province"):
                mark = level[0].upper()
                out[i] = f"B-{mark}"
                out[i + 1 : end] = [f"I-{mark}"] * (end - i - 1)
                i = end - 1
                break


def _goes_on(line: Sequence[Token], capital: Sequence[bool], at: int) -> bool:
    """Tells whether a name can go on: a capital, a hyphen before one, a number ("Long Phú 1")."""
    if capital[at]:
        return True
    word = line[at].text
    if word in "-–":
        return at + 1 < len(line) and capital[at + 1]
    return word.isdigit() and capital[at - 1]


@lru_cache(65536)
def _low(token: str) -> str:
    return shadow(token).lower()
