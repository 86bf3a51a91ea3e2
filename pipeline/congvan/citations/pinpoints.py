"""Pinpoints: provisions inside an instrument, as structure and not as a string.

A small grammar of its own: parts ("điểm a, b", "khoản 2", "Điều 5 đến Điều 8") stand in a
chain from the inner to the outer level; a chain belongs to the instrument that follows it
("khoản 1 Điều 5 và khoản 3 Điều 7 của Nghị định …" binds both).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..document import Pinpoint

_RANK = {
    "phụ lục": 0,
    "phần": 1,
    "chương": 2,
    "mục": 3,
    "điều": 4,
    "khoản": 5,
    "điểm": 6,
    "tiết": 7,
    "đoạn": 8,
}
_NAME = {"điều": "Điều", "chương": "Chương", "phần": "Phần", "phụ lục": "Phụ lục", "mục": "mục"}
_VALUE = (
    r"(?:\d{1,3}(?:\.\d{1,2}){0,2}[a-zđ]?|[a-zđ]{1,2}\d?|[IVXLC]{1,6}(?:\.\d{1,2})?|"
    r"[A-EĐ](?:\.[IVX\d]{1,3})?|thứ\s(?:nhất|hai|ba|tư|năm))(?![\w])"
)
# Hits: "điểm a, b và đ", "khoản 2a", "Điều 8 đến Điều 10", "các Điều 5, 6 và 7", "Mục II".
# A word may not go on to the left: that is asked afterwards, since a pattern that begins with
# plain letters is found much faster.
# Near misses: "điểm đến", "Điều lệ", "khoản vay", "mục tiêu" (no value), "một số điều".
_PART_RE = re.compile(
    rf"(?P<level>Điểm|điểm|Khoản|khoản|Điều|điều|ĐIỀU|Tiết|tiết|Mục|mục|Chương|chương|CHƯƠNG|"
    rf"Phần|phần|Phụ lục|phụ lục|Đoạn|đoạn)\s"
    rf"(?:số\s)?(?P<first>{_VALUE})(?P<more>(?:\)?\s?(?:,|;|và|hoặc|đến)"
    rf"\s?(?:số\s)?{_VALUE}(?!\s?(?:/|tháng|ngày|năm\s\d|%)))*)\)?"
)
_WORD_RE = re.compile(r"\w")
_VALUE_RE = re.compile(rf"(?P<link>,|;|và|hoặc|đến)?\s?(?P<value>{_VALUE})")
_GAP_RE = re.compile(
    r"\s?(?:,|;|và|hoặc|đến|của|thuộc|tại|cũng như)?\s?(?:và\s|các\s|của\s|tại\s|quy định "
    r"tại\s)?"
)
#: What may stand between a chain and its instrument.
LINK_RE = re.compile(
    r"\s?,?\s?(?:(?:của|tại|thuộc|trong|theo|ở)\s)?(?:(?:ban hành\s)?(?:kèm theo|kèm)"
    r"\s)?(?:các\s|văn bản\s)?"
)


@dataclass(frozen=True, slots=True)
class _Part:
    level: str
    values: tuple[tuple[str, str | None], ...]  # (value, end of range)
    start: int
    end: int
    range_from: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    path: tuple[tuple[str, str], ...]
    to: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of parts in the text, with the pinpoints that it stands for."""

    start: int
    end: int
    pinpoints: tuple[Pinpoint, ...]


def find_chains(shadow: str) -> list[Chain]:
    """Returns the chains of provisions, in reading order."""
    chains: list[Chain] = []
    parts: list[_Part] = []
    for m in _PART_RE.finditer(shadow):
        if m.start() and _WORD_RE.match(shadow, m.start() - 1):
            continue
        level = m.group("level").lower()
        if level == "điểm" and not re.match(r"[a-zđ]{1,2}\d?\b|\d", m.group("first")):
            continue
        if (
            level in ("mục", "đoạn", "phần")
            and m.group("first").islower()
            and not m.group("first")[0].isdigit()
        ):
            continue
        part = _Part(level, _values(m), m.start(), m.end(), False)
        if parts:
            gap = shadow[parts[-1].end : part.start]
            # A wrapped line may part two levels; a line end behind "," or "và" begins an item.
            apart = "\n" in gap and (gap.strip() or gap.count("\n") > 1)
            if len(gap) > 24 or apart or len(parts) >= 100 or not _GAP_RE.fullmatch(gap):
                chains.append(_chain(shadow, parts))
                parts = []
            elif gap.strip() == "đến" and parts[-1].level == level:
                part = _Part(level, part.values, part.start, part.end, True)
        parts.append(part)
    if parts:
        chains.append(_chain(shadow, parts))
    return chains


def _values(m: re.Match[str]) -> tuple[tuple[str, str | None], ...]:
    out: list[tuple[str, str | None]] = [(m.group("first"), None)]
    for v in _VALUE_RE.finditer(m.group("more")):
        if v.group("link") == "đến":
            out[-1] = (out[-1][0], v.group("value"))
        else:
            out.append((v.group("value"), None))
    return tuple(out)


def _chain(shadow: str, parts: Sequence[_Part]) -> Chain:
    # Entries wait until an outer level comes: in "điểm b khoản 1, điểm a khoản 2 Điều 90" the
    # article closes both; in "khoản 1 Điều 5 và khoản 3 Điều 7" each has its own.
    entries: list[_Entry] = []
    for n, part in enumerate(parts):
        rank = _RANK[part.level]
        name = _NAME.get(part.level, part.level)
        previous = parts[n - 1] if n else None
        if part.range_from and entries:
            entries[-1] = replace(entries[-1], to=part.values[0][0], end=part.end)
            continue
        waiting = [e for e in entries if _RANK[e.path[0][0].lower()] > rank]
        here = [_Entry(((name, v),), to, part.start, part.end) for v, to in part.values]
        if previous is not None and rank < _RANK[previous.level] and waiting:
            done = [e for e in entries if e not in waiting]
            grown = [
                _Entry(((name, v), *e.path), e.to, e.start, part.end)
                for e in waiting
                for v, _ in part.values
            ]
            entries = [*done, *grown]
            continue
        outer = (
            entries[-1]
            if entries and previous is not None and rank > _RANK[previous.level]
            else None
        )
        following = parts[n + 1] if n + 1 < len(parts) else None
        if (
            outer is not None
            and shadow[outer.end : part.start].strip() in ("", ",")
            and (following is None or _RANK[following.level] >= rank)
        ):
            # Outer level first: "Điều 5, khoản 2".
            entries[-1:] = [_Entry((*outer.path, *e.path), e.to, outer.start, e.end) for e in here]
            continue
        entries.extend(here)
    entries.sort(key=lambda e: (e.start, e.end))
    pins = tuple(Pinpoint(e.path, e.to, e.start, e.end, shadow[e.start : e.end]) for e in entries)
    return Chain(parts[0].start, parts[-1].end, pins)


def attach(shadow: str, chains: Sequence[Chain], start: int) -> Chain | None:
    """Returns the chain that ends right before an instrument at ``start``, if any."""
    i = bisect_right(chains, start, key=lambda c: c.end) - 1
    if i < 0:
        return None
    chain = chains[i]
    gap = shadow[chain.end : start]
    return chain if len(gap) <= 32 and LINK_RE.fullmatch(gap) else None


# "… số 12/QĐ-UBND (khoản 2 Điều 1)", "… của Chính phủ, cụ thể tại khoản 1 và khoản 2 Điều 3".
_BEHIND_RE = re.compile(
    r"\s?(?:\((?:tại\s|quy định tại\s)?|,\s(?:cụ thể|trong đó|nhất là)\s(?:là\s|tại\s|ở\s|"
    r"quy định tại\s)?(?:các\s)?)"
)


def behind(shadow: str, chains: Sequence[Chain], tail: int) -> Chain | None:
    """Returns the chain that stands in brackets or after "cụ thể tại" behind an instrument."""
    i = bisect_right(chains, tail, key=lambda c: c.start)
    if i >= len(chains) or chains[i].start - tail > 30:
        return None
    return chains[i] if _BEHIND_RE.fullmatch(shadow[tail : chains[i].start]) else None
