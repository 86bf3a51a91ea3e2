"""What an agency that only the tagger saw must look like to be one.

The rules know their names; the tagger guesses borders from the words around. What it takes in
too much (a quotation mark, a verb, the next name of a list), cuts off too early ("Ủy ban bầu"
before "cử"), or takes for a body that is none (``lookups/not_bodies.csv``) is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from congvan.agency_links import agencies_of_code
from congvan.lookups import rows, values
from congvan.text import LOWER, UPPER, shadow
from congvan.words.lexicon import office_words

from .features import word_lists

Span = tuple[int, int]

# Hit: "- ", "“", "01 "; near miss: the brackets of "Ủy ban nhân dân (UBND) tỉnh".
_BEFORE_RE = re.compile(r"[\s\-–“”\"'‘’.,;:]*(?:\d+ )?")
_BEHIND_RE = re.compile(r"[\s\-–“”\"'‘’.,;:]*$")
# Points, classes, formulas. Hit: "AT9", "KT1", "P-PO"; near miss: "T50 Bộ Công an", "BCĐ 389".
_LABEL_RE = re.compile(rf"[{UPPER}]{{1,4}}(?:\d{{1,3}}|-[{UPPER}\d]{{1,3}})")
# Words that end no name and begin a predicate. Hit: "Văn phòng sẽ"; near miss: "Cục Lưu trữ".
_OPEN_RE = re.compile(r" (?:sẽ|đã|đang|và|hoặc|của|các|là|trong|tại|cho|để|do|bị|được|không)$")
# Behind a whole name these begin what it does. Hit: "Hội đồng nhân dân| ban hành Nghị".
_DEED_RE = re.compile(
    r"\s+(?:ban hành|báo cáo|trình|thông báo|quyết định|đề nghị|yêu cầu|phối hợp|chủ trì|gửi"
    r"|giám sát|rà soát|đôn đốc|tham mưu|tiếp nhận|tổ chức thực hiện|cùng cấp"
    r"|và\s+[Tt]rụ\s+sở)(?!\w)"
)
# Committees without their head are a vague group. Hit: "Các tỉnh ủy, thành ủy"; near miss: "Tỉnh
# ủy", "Ban Thường vụ Tỉnh ủy, Thành ủy".
_COMMITTEE = r"(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị|[Đđ]ảng) ủy"
_GROUP_RE = re.compile(rf"[Cc]ác {_COMMITTEE}|(?:[Cc]ác )?{_COMMITTEE}(?:(?:,| và) {_COMMITTEE})+")
# These belong to the name, and the tagger knows few of them.
_ALL_LEVELS = (" các cấp", " cùng cấp")
_NEXT_RE = re.compile(rf"\s([{LOWER}]+)")
_FORCE_RE = re.compile(
    r"(?:Cảnh sát|Công an|Quân đội|Bộ đội|Thanh tra|Kiểm lâm|Kiểm ngư|Hải quan|Hải quân|Biên phòng"
    r"|Tòa án|Viện kiểm sát|Cơ quan|Cảng vụ)(?!\w)"
)
_SPLIT_RE = re.compile(rf", (?=[{UPPER}])")


@cache
def _no_body_re() -> re.Pattern[str]:
    starts = [s for row in rows("not_bodies") for s in values(row["start"])]
    return re.compile(rf"(?:{'|'.join(map(re.escape, starts))})(?!\w)")


def mended(text: str, start: int, end: int, rules: Sequence[Span]) -> list[Span] | None:
    """Returns what a guess should be: its spans, without what does not belong to them.

    Args:
        text: The text of the document.
        start: Where the guess begins.
        end: Where it ends.
        rules: The agencies of the rules that touch it, sorted.

    Returns:
        One span or several of one list, [] for what is no body; None if the guess is worse than
        what the rules say.
    """
    guessed = (start, end)
    end = _BEHIND_RE.search(text, start, end).start()  # type: ignore[union-attr]
    start = _BEFORE_RE.match(text, start, end).end()  # type: ignore[union-attr]
    if text.find("(", start, end) > text.find(")", start, end):
        end = start + len(text[start : text.find("(", start, end)].rstrip())
    if start >= end:
        return []
    words = shadow(text[start:end])
    if _GROUP_RE.fullmatch(words):
        return []
    if _no_body_re().match(words) or (_LABEL_RE.fullmatch(words) and not agencies_of_code(words)):
        return []
    if " hoặc " in words or _OPEN_RE.search(words) or _cuts_a_word(text, words, end):
        return None
    for a, b in rules:
        longer = a == start and end < b and shadow(text[end:b]) in _ALL_LEVELS
        if longer or (guessed != (start, end) and a <= start and end <= b):
            return None
        if a == start and b < end and (_DEED_RE.match(text, b, end) or _person(text, b, end)):
            return None
    return list(_split(words, start))


def _cuts_a_word(text: str, words: str, end: int) -> bool:
    """Tells whether the last syllable goes on in a word of the office: "tổng" before "kết"."""
    after = _NEXT_RE.match(text, end)
    if after is None:
        return False
    last = words.rsplit(" ", 1)[-1].lower()
    return f"{last} {shadow(after.group(1))}" in office_words()


def _person(text: str, start: int, end: int) -> bool:
    """Tells whether the name of a person goes on behind the name of an office."""
    parts = text[start:end].split()
    return (
        len(parts) >= 2
        and shadow(parts[0]).lower() in word_lists()["surname"]
        and parts[0].istitle()
        and parts[1].istitle()
    )


def _split(words: str, start: int) -> Iterator[Span]:
    """Yields the names of a list: cut at commas before another force, or the same first word.

    Elsewhere a comma may stand in a name ("Phòng Tuyên truyền, Báo chí - Xuất bản").
    """
    at, first = 0, words.split(" ", 1)[0]
    for m in _SPLIT_RE.finditer(words, 0, words.find(":") if ":" in words else len(words)):
        behind = words[m.end() :]
        if behind.startswith(f"{first} ") or (
            _FORCE_RE.match(words, at) and _FORCE_RE.match(behind)
        ):
            yield start + at, start + m.start()
            at = m.end()
    yield start + at, start + len(words)
