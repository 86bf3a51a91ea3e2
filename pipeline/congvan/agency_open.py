"""The open words of an agency's name: where "Cục Quản lý thị trường" ends.

Nothing but the words themselves tells where such a name ends and the sentence goes on, so
lower-case words must be known ones (``lookups/agency_words.csv``).
"""

from __future__ import annotations

import re

from congvan.agency_tables import Phrases, no_second, phrases, trie, walk
from congvan.places import match_name

_MAX_WORDS = 30
_PLAIN_WORD_RE = re.compile(r"[^\W_]+")
# What may stand between two words of a name. Hit: " ", ", ", " và ", " - các "; near miss: " (".
_SEPARATOR = (
    r"(?:( {1,3}(?:và|&%s) {1,3}|, {0,2}| {1,2}- {1,2}|-|&)| {1,3})(?:các {1,3})?(?=[^\W_])"
)
_SEPARATOR_RE = re.compile(_SEPARATOR % "")
_TOPIC_SEPARATOR_RE = re.compile(_SEPARATOR % "|về")
# Topic words behind which a list or "về" cannot go on the same way.
_CLOSING_RE = re.compile(r"của |[Tt]rung ương|[Qq]uốc gia|[Nn]hà nước|cấp ")
_UNIT = (
    r"(?:[Tt]ỉnh|[Tt]hành [Pp]hố|T[Pp]|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Xx]ã(?! hội)|[Pp]hường"
    r"|[Đđ]ặc khu)(?!\w)"
)
# The instrument behind a body ends its name: "Ban Chỉ đạo Nghị quyết số 57-NQ/TW".
_INSTRUMENT_RE = re.compile(
    r"(?:Nghị (?:quyết|định)|Quyết định|Chỉ thị|Thông (?:báo|tư)|Kết luận|Luật|Công điện)(?!\w)"
)
_UNIT_HERE_RE = re.compile(_UNIT)
_UNIT_AHEAD_RE = re.compile(rf" {{1,3}}(?:các |cấp )?{_UNIT}")


def open_words(text: str, at: int, limit: int, *, topic: bool) -> int:
    """Returns the end of the open words of a name that begin behind ``at``, ``at`` if none.

    Capitalised words run on until a head or a unit word; lower-case words must be known,
    or be the second syllable of a capitalised word ("Kiểm ngư"). A comma or "và" needs
    such a word behind it, and a comma needs a later "và" too ("Văn hóa, Thể thao và Du
    lịch"): a bare comma ends the name. In a topic a comma may also join known words.
    """
    end, safe, pending = at, at, False
    # ``half``: the last word is a first syllable; ``closing``: "của tỉnh" cannot be listed.
    # ``proper``: two capitals in a row make a proper name, no word goes on behind it
    # ("Trường Đại học Thái Nguyên đào tạo").
    half, closing, proper = False, True, False
    separator = _TOPIC_SEPARATOR_RE if topic else _SEPARATOR_RE
    for _ in range(_MAX_WORDS):
        m = separator.match(text, end, limit)
        if m is None:
            break
        sign, start = (m.group(1) or "").strip(), m.end()
        if (end == at and sign not in ("", "về")) or (sign == "về" and not closing):
            break
        upper = text[start].isupper()
        if proper and not sign and not upper:
            break
        if closing and end > at and not upper and sign != "về" and " các " not in m.group():
            break
        stop = _word(text, start, limit, topic)
        if stop < 0:
            second = _PLAIN_WORD_RE.match(text, start, limit)
            if not half or sign or second is None or second.group() in no_second():
                break
            if upper or second.group().isdigit() or _UNIT_HERE_RE.match(text, start, limit):
                break
            stop, half = second.end(), False
        else:
            plain = upper and " " not in text[start:stop]
            province = upper and not plain and match_name(text, start, limit, None) == stop
            proper = province or (plain and half and not sign)
            acronym = stop - start > 1 and text[start:stop].isupper()
            half = plain and not (half and not sign) and not acronym
        closing = topic and _CLOSING_RE.match(text, start, stop) is not None
        if sign == "," and (not topic or upper):
            pending = True
        elif sign in ("và", "&"):
            pending = False
        end = stop
        if not pending:
            safe = end
    return safe


def _word(text: str, start: int, limit: int, topic: bool) -> int:
    """Returns the end of the capitalised word or known phrase at ``start``, -1 if neither."""
    m = _PLAIN_WORD_RE.match(text, start, limit)
    if m is None or m.group().isdigit():
        return -1
    tables = phrases()
    phrase = _phrase(text, start, m.end(), limit, tables[topic])
    if not text[start].isupper():
        return phrase
    province = match_name(text, start, limit, None)
    if province > m.end():  # "Hải Phòng" holds a head word
        return province
    if _UNIT_HERE_RE.match(text, start, limit) or _head_ahead(text, start, limit):
        return -1
    return max(phrase, _phrase(text, start, m.end(), limit, tables[2]), m.end())


def _phrase(text: str, start: int, end: int, limit: int, table: Phrases) -> int:
    """Returns the end of the longest known phrase whose first word is ``[start, end)``."""
    for words in table.get(text[start:end].lower(), ()):
        stop = start + len(words)
        whole = stop <= limit and not text[stop : stop + 1].isalnum()
        if whole and text[start:stop].lower() == words:
            return stop
    return -1


def _head_ahead(text: str, start: int, limit: int) -> bool:
    """Tells whether another name begins at ``start``; a head that needs a place must have it."""
    if _INSTRUMENT_RE.match(text, start, limit) is not None:
        return True
    for leaf, end in walk(trie(), text, start, limit):
        for entry in leaf:
            if entry.bare not in ("no", "") or entry.tail not in ("name", "press", "role", "unit"):
                return True
            if _UNIT_AHEAD_RE.match(text, end, limit):
                return True
            named = entry.tail in ("name", "press") and text[end : end + 1] == " "
            if named and match_name(text, end + 1, limit, None) > 0:
                return True
    return False
