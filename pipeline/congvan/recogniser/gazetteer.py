"""Which tokens of a line bear the name of a place that the tables know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from congvan.lookups import rows, values
from congvan.places import provinces
from congvan.text import shadow

from .features import Token

_LONGEST = 5
_RANK = {"province": 0, "district": 1, "commune": 2}


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", shadow(name).lower()))


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
    lows = [t.text.lower() for t in line]
    i = 0
    while i < len(line):
        if not line[i].text[0].isupper():
            i += 1
            continue
        stop = i
        while stop < len(line) and stop - i < _LONGEST and line[stop].text[0].isupper():
            stop += 1
        for end in range(stop, i, -1):
            level = known.get(shadow(" ".join(lows[i:end])))
            if level is not None and (end - i > 1 or level == "province"):
                mark = level[0].upper()
                out[i] = f"B-{mark}"
                out[i + 1 : end] = [f"I-{mark}"] * (end - i - 1)
                i = end - 1
                break
        i += 1
    return out
