"""Letterheads in capitals: which words of a body's name bear one in a sentence.

"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH LẠNG SƠN" says it no more; the tables and the gazetteer do.
"""

from __future__ import annotations

import re

from congvan.agency_tables import trie, walk
from congvan.places import KINDS, UNIT, kind_of, match_name, unit_exists

_UNIT_RE = re.compile(UNIT)
_WORD_RE = re.compile(r"[^\W_]+")
# Hit: "xi"; near miss: "xiv1".
_ROMAN_RE = re.compile(r"[ivx]{1,5}")
# Lower-case inside a name.
_SMALL = frozenset("và về các của trong cấp cho tại".split())


def _places_to_the_end(title: str) -> bool:
    """Tells whether nothing but names of places follow: "Đồng Đăng - Lạng Sơn"."""
    names = title.split(" - ")
    return len(title) < 60 and all(any(unit_exists(k, n) for k in KINDS) for n in names)


def recase(text: str) -> str:
    """Returns a letterhead in capitals with the capitals of a sentence.

    The heads come back from the tables, the names behind unit words from the gazetteer;
    of the other words only the first behind a head is known to bear a capital.
    """
    low, title = text.lower(), " ".join(w.capitalize() for w in text.lower().split(" "))
    out: list[str] = []
    at, first = 0, False
    while at < len(low):
        if not low[at].isalnum():
            out.append(low[at])
            at += 1
            continue
        found = [(e, end) for leaf, end in walk(trie(), low, at, len(low)) for e in leaf]
        found = [f for f in found if not low[f[1] : f[1] + 1].isalnum() and f[0].tail != "stop"]
        if out and not first and found:
            found = [f for f in found if f[0].bare not in ("no", "")]
        unit = _UNIT_RE.match(low, at)
        if found and not (first and found[-1][0].bare in ("no", "")):
            entry, end = found[-1]
            out.append(entry.canonical)
            at, first = end, True
            continue
        if unit is not None:
            kind = kind_of(unit.group())
            out.append(kind)
            at, first = unit.end(), False
            start = at + (low[at : at + 1] == " ")
            end = match_name(title, start, len(title), kind)
            if end > 0:
                out.append(" " * (start - at) + title[start:end])
                at = end
            continue
        end = match_name(title, at, len(title), None)
        if end < 0 and _places_to_the_end(title[at:]):
            end = len(title)
        if end < 0:
            m = _WORD_RE.match(low, at)
            end = m.end() if m is not None else at + 1
            word = low[at:end]
            word = word.upper() if _ROMAN_RE.fullmatch(word) else word
            out.append(word.capitalize() if first and word not in _SMALL else word)
        else:
            out.append(title[at:end])
        at, first = end, False
    return "".join(out)
