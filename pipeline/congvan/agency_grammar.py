"""The grammar of agency names: a head from the tables, then what may follow it.

A head is a run of words from ``lookups/agencies.csv`` (closed names) or
``lookups/agency_heads.csv`` (heads of open names); its ``tail`` says what follows:

========  ======================================================================
none      nothing ("Chính phủ")
fill      a place or nothing ("Sở Nội vụ", "Sở Nội vụ tỉnh Lạng Sơn")
place     a place: "tỉnh", "thành phố Lạng Sơn", "các xã, phường", "các tỉnh: A, B"
name      a place, or the bare name of a province ("Công an Hà Nội")
unit      a place or another body ("Thanh tra tỉnh", "Thanh tra Sở Xây dựng")
press     the bare name of a province ("Báo Lạng Sơn")
region    a numbered region or a branch ("Kho bạc Nhà nước khu vực XI")
party     a Party committee, "Trung ương" or a place ("Ban Tổ chức Tỉnh ủy")
body      another body ("Ban cán sự đảng UBND tỉnh"), or a place
role      a body, required ("Chủ tịch UBND tỉnh")
open      capitalised words and known words ("Cục Quản lý thị trường")
topic     a task ("Ban Chỉ đạo phát triển thành phố Lạng Sơn"), number or place
stop      nothing: the phrase holds a name but is no agency ("Trụ sở Chính phủ")
stopname  the same with a place behind it ("Cổng Thông tin điện tử tỉnh")
========  ======================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from congvan.agency_open import open_words
from congvan.agency_tables import Entry, trie, walk
from congvan.places import PlaceTail, match_name, match_tail
from congvan.text import UPPER

MAX_DEPTH = 5  # "Chánh Văn phòng Ban cán sự đảng UBND tỉnh" nests four bodies
# Heads whose name may begin in lower case: "Ban Quản lý dự án".
_LOWER_NAMES = ("Ban Quản lý", "Ban Quản lý dự án", "Tổng công ty", "Ủy ban")
# Hit: " khu vực XI", " chi nhánh khu vực 14", " - Chi nhánh Khu vực II"; near miss: " khu vực này".
_REGION_RE = re.compile(
    r"(?: {1,2}-)?(?: {1,2}[Cc]hi nhánh)? {1,2}[Kk]hu vực {1,2}(?:[IVX]{1,5}|\d{1,2})(?!\w)"
)
_BRANCH_RE = re.compile(r"(?: {1,2}-)?(?: {1,2}[Vv]iệt [Nn]am)?(?: {1,2}-)? {1,2}[Cc]hi nhánh")
_CENTRAL_RE = re.compile(r" {1,3}(?:Trung ương(?: Đảng)?|T[WƯ])(?!\w)")
# Hit: " số 06", " 751", " 389 quốc gia"; near miss: " 35%".
_NUMBER_RE = re.compile(r" {1,3}(?:số {1,2})?\d{1,4}[A-Z]?(?![\w/%,.]\d|[\w/%])(?: quốc gia)?")
# A body named by its kind alone behind one of its offices: "Thanh tra Bộ", "Văn phòng Sở".
BARE_BODIES = ("Bộ", "Sở", "Tổng cục", "Cục", "Tập đoàn", "Tổng công ty")
# Hit: " Bộ," " Bộ chủ trì"; near miss: " Bộ Tài chính" (another name), " bộ".
_BARE_BODY_RE = re.compile(rf" {{1,2}}(?:{'|'.join(BARE_BODIES)})(?! ?[-&]?[{UPPER}])(?!\w)")
_WITH_BARE_BODY = ("Văn phòng", "Thanh tra", "Đảng ủy", "Chánh Văn phòng", "Chánh Thanh tra")
# Party committees of several kinds. Hit: " Tỉnh ủy, Thành ủy", " các huyện ủy"; near miss:
# " Tỉnh ủy", " Huyện ủy, Thành ủy Lạng Sơn" (two bodies).
_COMMITTEE = r"(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) {1,2}ủy(?!\w)"
_COMMITTEES_RE = re.compile(
    rf" {{1,3}}(?:các {{1,3}}{_COMMITTEE}|{_COMMITTEE}(?=, {_COMMITTEE}| và {_COMMITTEE}))"
    rf"(?:(?:,| và) {{1,2}}{_COMMITTEE})*"
    rf"(?: trực thuộc [Tt]rung ương)?(?! {{1,2}}[{UPPER}])"
)
_LOWER_COMMITTEE_RE = re.compile(rf"{_COMMITTEE}|đảng ủy(?!\w)")
_ABOUT_RE = re.compile(r" {1,3}(?:về|Về)(?= )")
# Bodies that are elected anew. Hit: " khóa XV"; near miss: " khóa họp".
_WITH_TERMS = ("Quốc hội", "Ban Chấp hành Trung ương Đảng")
_TERM_RE = re.compile(r" {1,3}[Kk]h(?:óa|oá) {1,3}[IVX]{1,5}(?!\w)")
# Hit: " của Quốc hội" behind the name of a committee; near miss: " của tỉnh".
_OF_RE = re.compile(r" {1,3}của {1,3}(?:Quốc hội|Chính phủ|Thủ tướng Chính phủ)")


@dataclass(frozen=True, slots=True)
class Part:
    """One parsed name; ``name`` is the span of its open words, ``body`` the body inside."""

    entry: Entry
    start: int
    head_end: int
    end: int
    body: Part | None = None
    name: tuple[int, int] | None = None
    place: PlaceTail | None = None
    suffix: tuple[int, int] | None = None


def parse(text: str, at: int, limit: int, depth: int = 0) -> Part | None:
    """Returns the longest agency name that begins at ``at`` in the shadow ``text``.

    Stops are returned too (``entry.tail`` "stop" or "stopname"); the caller skips them.
    """
    if depth > MAX_DEPTH:
        return None
    for leaf, end in reversed(walk(trie(), text, at, limit)):
        if text[end : end + 1].isalnum() or text[end : end + 1] == "_":
            continue
        for entry in leaf:
            part = _extend(entry, text, at, end, limit, depth)
            if part is not None:
                return part
    return None


def _blank(text: str, at: int, limit: int) -> int:
    """Returns where the next word begins, -1 if no blank or too many follow."""
    for end in range(at, min(at + 4, limit)):
        if text[end] != " ":
            return end if end > at else -1
    return -1


def _inner(text: str, at: int, limit: int, depth: int, *, role: bool) -> Part | None:
    start = _blank(text, at, limit)
    if start < 0 or not (text[start].isupper() or _LOWER_COMMITTEE_RE.match(text, start)):
        return None
    part = parse(text, start, limit, depth + 1)
    if part is None or part.entry.tail in ("stop", "stopname"):
        return None
    return None if part.entry.tail == "role" and not role else part


def _extend(entry: Entry, text: str, at: int, end: int, limit: int, depth: int) -> Part | None:
    tail = entry.tail
    if tail == "none":
        m = _TERM_RE.match(text, end, limit) if entry.canonical in _WITH_TERMS else None
        return Part(entry, at, end, m.end() if m is not None else end)
    if tail == "stop":
        return Part(entry, at, end, end)
    if tail in ("party", "body", "role"):
        m = _COMMITTEES_RE.match(text, end, limit)
        if m is not None:
            return Part(entry, at, end, m.end(), suffix=(end, m.end()))
    if tail == "role":
        m = _BARE_BODY_RE.match(text, end, limit) if entry.canonical in _WITH_BARE_BODY else None
        if m is not None:
            return Part(entry, at, end, m.end(), suffix=(end, m.end()))
        body = _inner(text, end, limit, depth, role=True)
        return Part(entry, at, end, body.end, body=body) if body is not None else None
    if tail == "open":
        return _open(entry, text, at, end, limit, depth)
    if tail == "topic":
        return _topic(entry, text, at, end, limit, depth)
    if tail in ("body", "unit", "stopname"):
        body = _inner(text, end, limit, depth, role=False)
        if body is not None:
            return Part(entry, at, end, body.end, body=body)
    if tail == "party":
        part = _party(entry, text, at, end, limit, depth)
        if part is not None:
            return part
    if tail == "region":
        m = _REGION_RE.match(text, end, limit)
        if m is not None:
            return Part(entry, at, end, m.end(), suffix=(end, m.end()))
        m = _BRANCH_RE.match(text, end, limit)
        place = match_tail(text, m.end(), limit) if m is not None else None
        if m is not None and place is not None:
            return Part(entry, at, end, place.end, suffix=(end, m.end()), place=place)
    if entry.canonical in _WITH_BARE_BODY:
        m = _BARE_BODY_RE.match(text, end, limit)
        if m is not None:
            return Part(entry, at, end, m.end(), suffix=(end, m.end()))
    place = None if tail == "press" else match_tail(text, end, limit)
    if place is None and tail in ("name", "press", "party", "stopname", "fill", "region"):
        place = _province_name(text, end, limit)
    if place is not None:
        return Part(entry, at, end, place.end, place=place)
    if tail == "stopname":
        return Part(entry, at, end, end)
    return None if entry.bare in ("no", "") else Part(entry, at, end, end)


def _province_name(text: str, at: int, limit: int) -> PlaceTail | None:
    start = _blank(text, at, limit)
    end = match_name(text, start, limit, None) if start > 0 else -1
    return PlaceTail(end, None, text[start:end]) if end > 0 else None


def _party(entry: Entry, text: str, at: int, end: int, limit: int, depth: int) -> Part | None:
    m = _CENTRAL_RE.match(text, end, limit)
    if m is not None:
        return Part(entry, at, end, m.end(), suffix=(end, m.end()))
    body = _inner(text, end, limit, depth, role=False)
    committee = body is not None and body.entry.canonical.endswith("ủy")
    if (
        body is not None
        and body.entry.level == "party"
        and (committee or body.entry.tail == "party")
    ):
        return Part(entry, at, end, body.end, body=body)
    if entry.canonical.endswith("ủy") and match_tail(text, end, limit) is None:
        # "Huyện ủy Hữu Lũng": the kind of place lies in the head.
        kind = {"Huyện": "huyện", "Quận": "quận", "Thị": "thị xã", "Thành": "thành phố"}
        start = _blank(text, end, limit)
        unit = kind.get(entry.canonical.split()[0])
        stop = match_name(text, start, limit, unit) if start > 0 and unit else -1
        if stop > 0:
            return Part(entry, at, end, stop, place=PlaceTail(stop, None, text[start:stop]))
    return None


def _finish(entry: Entry, text: str, at: int, end: int, stop: int, limit: int, depth: int) -> Part:
    """Adds the body or the place that stands right behind the open words ``[end, stop)``."""
    name = (end, stop) if stop > end else None
    m = _CENTRAL_RE.match(text, stop, limit)
    if m is not None:
        return Part(entry, at, end, m.end(), name=name, suffix=(stop, m.end()))
    place = match_tail(text, stop, limit)
    if place is not None:
        return Part(entry, at, end, place.end, name=name, place=place)
    body = _inner(text, stop, limit, depth, role=False)
    if body is not None and body.entry.tail in ("open", "topic"):
        body = None
    if body is not None and (name is not None or entry.tail == "topic"):
        return Part(entry, at, end, body.end, name=name, body=body)
    m = _OF_RE.match(text, stop, limit)
    if m is not None and entry.canonical in ("Ủy ban", "Hội đồng"):
        return Part(entry, at, end, m.end(), name=name, suffix=(stop, m.end()))
    return Part(entry, at, end, stop, name=name)


def _open(entry: Entry, text: str, at: int, end: int, limit: int, depth: int) -> Part | None:
    m = _NUMBER_RE.match(text, end, limit)
    stop = m.end() if m is not None else open_words(text, end, limit, topic=False)
    part = _finish(entry, text, at, end, stop, limit, depth)
    if part.name is None:
        return None if entry.bare in ("no", "") else part
    # "Trung tâm nghiên cứu" is any centre; "Trung tâm y tế huyện" is one.
    lower = m is None and text[_blank(text, end, limit)].islower()
    general = lower and entry.canonical not in _LOWER_NAMES
    return None if general and (part.place is None or part.place.group) else part


def _topic(entry: Entry, text: str, at: int, end: int, limit: int, depth: int) -> Part | None:
    m = _NUMBER_RE.match(text, end, limit)
    stop = m.end() if m is not None else open_words(text, end, limit, topic=True)
    part = _finish(entry, text, at, end, stop, limit, depth)
    if part.place is not None:
        m = _ABOUT_RE.match(text, part.end, limit)
        if m is not None:
            # "Ban Chỉ đạo tỉnh về phát triển khoa học"
            stop = open_words(text, m.end(), limit, topic=True)
            if stop > m.end():
                return Part(entry, at, end, stop, name=(end, stop))
    if part.end == end and entry.surface == "Hội đồng":
        return None
    return part
