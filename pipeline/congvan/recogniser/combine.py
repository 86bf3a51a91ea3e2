"""One list of entities from the rules and from the tagger.

Dates and instruments are the rules' alone (their values come from the same grammar). Of agencies,
persons and places the tagger decides where it looked; elsewhere the rules' agencies stand. What
is measured of this and other ways is in the model card.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from congvan.agency_links import agencies_of_code
from congvan.agency_values import (
    AgencyContext,
    describe,
    open_value,
    topic_abbreviations,
)
from congvan.document import Entity
from congvan.places import place_value
from congvan.text import LOWER, UPPER

from .bodies import mended
from .features import word_lists
from .tag import Guess, Result

#: Guesses that are less sure than this are left out; an agency that no rule saw needs more.
LEAST = 0.35
LEAST_NEW = 0.6
#: Names of the rules stand even where the tagger saw none, "Ban chỉ đạo" of the paper included.
FIRM = 0.75
#: Rules are so sure of names that the tables hold whole; less of open ones ("Phòng Phú").
CLOSED = 0.9
# Words that are no body by the guideline. Hit: "Đảng, Nhà nước"; near miss: "Đảng ủy xã".
_VAGUE_RE = re.compile(
    r"(?:Đảng(?! (?:ủy|uỷ|bộ|đoàn)(?!\w))|Nhà nước|Nhân dân|Trung ương|Thành phố|Tỉnh(?! (?:ủy|uỷ"
    r"|đoàn|Đoàn))|Huyện(?! (?:ủy|uỷ|đoàn|Đoàn))|Xã|Phường)(?!\w)"
)
_COMMITTEE_RE = re.compile(r"(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) (?:ủy|uỷ|[đĐ]oàn)")
# What may stand between two names that are parts of one. Hit: " - ", ", "; near miss: " là ".
_LINK_RE = re.compile(r"[\s,\-–]*(?:(?:và|của|thuộc)\s+)?")
# Hit: "phong cách ", "Giải thưởng "; near miss: "thành phố ".
_HONOUR_RE = re.compile(
    r"(?:phong\s+cách|tư\s+tưởng|thưởng|chương|Chủ\s+tịch|Bác|đồng\s+chí|Cộng\s+sản)\s+$"
)
_UNCLE = ["Hồ", "Chí", "Minh"]
# A street that bears a person's name. Hit: "số 5 ", "số 12B, đường "; near miss: "số lượng ".
_HOUSE_RE = re.compile(r"số\s+\d+[A-Za-z]?(?:/\d+)*,?\s+(?:(?:đường|phố)\s+)?$")
# Hit: " Kđăm"; near miss: " KĐ", " ở".
_NAME_WORD_RE = re.compile(rf"[^\S\n]{{1,2}}([{UPPER}][{LOWER}]+)(?!\w)")
# Hit: "Xã ", "phường "; near miss: "xã, ".
_UNIT_RE = re.compile(r"(?<!\w)(?:[Xx]ã|[Pp]hường|[Hh]uyện|[Tt]hôn|[Bb]ản|[Tt]hị trấn|[Ll]àng)\s$")
# A building is no body, whosever it is: "tại trụ sở Công an xã".
_HOUSING_RE = re.compile(r"[Tt]rụ\s+sở\s+(?:của\s+)?$")
_BUILDING_RE = re.compile(r"(?:[Tt]rụ sở|trái phiếu) $")


def combine(
    text: str, found: Sequence[Entity], result: Result, context: AgencyContext
) -> list[Entity]:
    """Returns the entities of a text in order, apart; ids are given by the caller."""
    begins = [a for a, _ in result.windows]
    kept = [e for e in found if e.type != "AGENCY" or not _inside(e, result, begins)]
    rules = {(e.start, e.end): e for e in found if e.type == "AGENCY"}
    spans = sorted(rules)
    ends = [b for _, b in spans]
    taken = sorted((e.start, e.end) for e in kept)
    starts = [a for a, _ in taken]
    out = list(kept)
    refused: list[tuple[int, int]] = []
    guesses = [g for g in map(_trimmed(text), result.guesses) if _stands(text, g)]
    for g in guesses:
        i = bisect_left(starts, g.end)
        if i and taken[i - 1][1] > g.start:
            continue
        same = rules.get((g.start, g.end)) if g.type == "AGENCY" else None
        touched = spans[bisect_right(ends, g.start) : bisect_left(spans, (g.end, 0))]
        if same is None and g.type == "AGENCY" and _several(text, g, touched):
            out.extend(rules[a, b] for a, b in touched if g.start <= a and b <= g.end)
            continue
        if same is not None:
            if not _elsewhere(text, same):
                out.append(same)
            continue
        words = text[g.start : g.end]
        value: str | None
        if g.type == "AGENCY":
            better = mended(text, g.start, g.end, touched)
            if better == []:
                refused.append((g.start, g.end))
            out.extend(_new(text, g, better, touched, rules, context))
            continue
        house = _HOUSE_RE.search(text, max(0, g.start - 20), g.start)
        if g.type == "PERSON" and house is not None:
            words = text[house.start() : g.end]
            g = Guess(house.start(), g.end, "LOCATION", g.score)
        elif g.type == "PERSON":
            g = g._replace(end=_name_end(text, g.end))
            words = text[g.start : g.end]
        value = place_value(words) if g.type == "LOCATION" else " ".join(words.split())
        out.append(Entity("", g.type, g.start, g.end, words, value, g.score))
    out = _apart(out)
    held = [e.start for e in out]
    for e in found:
        firm = e.type == "AGENCY" and e.score >= FIRM and _inside(e, result, begins)
        at = bisect_right(refused, (e.start, len(text))) - 1
        vague = at >= 0 and e.end <= refused[at][1]
        if firm and not vague and not _elsewhere(text, e):
            i = bisect_left(held, e.end)
            if not i or out[i - 1].end <= e.start:
                out.insert(i, e)
                held.insert(i, e.start)
    return out


def _new(
    text: str,
    guess: Guess,
    better: Sequence[tuple[int, int]] | None,
    touched: Sequence[tuple[int, int]],
    rules: Mapping[tuple[int, int], Entity],
    context: AgencyContext,
) -> Iterator[Entity]:
    """Yields the agencies of a guess that no rule made; those of the rules where they are better.

    Args:
        text: The text of the document.
        guess: An agency of the tagger.
        better: What it should be (:func:`mended`).
        touched: The spans of the rules that it touches.
        rules: The agencies of the rules by their spans.
        context: Of the document.
    """
    if guess.score < LEAST_NEW:
        return
    if better is None:
        yield from (rules[span] for span in touched)
        return
    for start, end in better:
        if (start, end) in rules:
            yield rules[start, end]
            continue
        words = text[start:end]
        value = _agency(words, context)
        yield Entity("", "AGENCY", start, end, words, value, guess.score)


def _apart(found: Sequence[Entity]) -> list[Entity]:
    """Returns the entities in order, without those that begin inside the one before."""
    out: list[Entity] = []
    for e in sorted(found, key=lambda e: (e.start, -e.end)):
        if not out or out[-1].end <= e.start:
            out.append(e)
    return out


def _agency(words: str, context: AgencyContext) -> str | None:
    """Returns who a body is that no rule saw: by its words, or by its code ("BNV")."""
    value = describe(words, context)[0]
    if value is None and words.isupper() and " " not in words:
        names = agencies_of_code(words)
        if names:
            return describe(names[0], context)[0] or names[0] if len(names) == 1 else None
    return value or open_value(words, context)


def _trimmed(text: str) -> Callable[[Guess], Guess]:
    """Returns the function that takes a lone bracket off the end of a guess."""

    def trim(guess: Guess) -> Guess:
        words = text[guess.start : guess.end]
        if words.endswith(")") and words.count("(") < words.count(")"):
            return guess._replace(end=guess.end - 1)
        return guess

    return trim


def _stands(text: str, guess: Guess) -> bool:
    """Tells whether a guess can be what it says, whatever the tagger thinks of it."""
    words = text[guess.start : guess.end]
    if guess.score < LEAST or guess.end <= guess.start:
        return False
    if words.split() == _UNCLE and _HONOUR_RE.search(text, max(0, guess.start - 20), guess.start):
        return False
    if guess.type != "AGENCY":
        return guess.type == "LOCATION" or words[:1].isupper()
    if _VAGUE_RE.match(words) or words[:1].islower():
        return False
    at = _HOUSING_RE.search(text, max(0, guess.start - 14), guess.start)
    if at is not None or _of_state(text, guess.start, words):
        return False
    first = words.split(" ")[0]
    place = _is_place(first.lower().rstrip(".")) and _COMMITTEE_RE.match(words) is None
    if " là " in words or place:
        return False
    # "TTHC" is a matter, "BCHQS" a body: an abbreviation must be one of a body.
    return not (first.isupper() and first in topic_abbreviations())


def _name_end(text: str, end: int) -> int:
    """Returns where a person's name ends that goes on behind ``end``: "Y Thanh Niê| Kđăm"."""
    lists = word_lists()
    while (m := _NAME_WORD_RE.match(text, end)) is not None:
        word = m.group(1).lower()
        if any(word in lists[name] for name in ("body", "office", "unit", "act", "person")):
            break
        end = m.end()
    return end


def _elsewhere(text: str, e: Entity) -> bool:
    """Tells whether the words before say that a name of the rules is none: "xã Phòng Phú"."""
    if e.score < CLOSED and _UNIT_RE.search(text, max(0, e.start - 10), e.start):
        return True
    return _of_state(text, e.start, e.text)


def _of_state(text: str, start: int, words: str) -> bool:
    """Tells whether "Chính phủ" only says whose a building or a bond is."""
    return words == "Chính phủ" and _BUILDING_RE.search(text, max(0, start - 12), start) is not None


def _is_place(word: str) -> bool:
    """Tells whether a word begins places and no bodies: "TP", "xã", "sông"; not "khu", "đồn"."""
    lists = word_lists()
    place = word in lists["unit"] or word in lists["nature"] or word == "địa"
    return place and word not in lists["body"] and word not in lists["office"]


def _several(text: str, guess: Guess, rules: Sequence[tuple[int, int]]) -> bool:
    """Tells whether a guess swallows two names of the rules with other words between."""
    inside = [r for r in rules if guess.start <= r[0] and r[1] <= guess.end]
    return any(
        _LINK_RE.fullmatch(text, a[1], b[0]) is None for a, b in pairwise(inside) if a[1] <= b[0]
    )


def _inside(entity: Entity, result: Result, begins: Sequence[int]) -> bool:
    i = bisect_right(begins, entity.start) - 1
    return i >= 0 and entity.end <= result.windows[i][1]
