"""Finding: numbered mentions, candidates first and acceptance after.

One pass over the shadow text finds everything shaped like a number with a symbol; each hit is
then judged by what stands before it (type word, "số", a list head, a reason against it). The
negative list with its reasons is ``lookups/negatives.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..lookups import rows
from ..patterns import phrase_pattern
from ..text import LOWER
from .mention import Mention
from .symbols import (
    GROUP,
    SYMBOL,
    Symbol,
    TypeRow,
    as_letter,
    excluded_kind,
    parse_symbol,
    party_types,
    state_types,
    type_last,
    type_words,
)

_SEP = r"(?:[/]|\s[/]\s?|[/][ \n])"
# State: "1804/QĐ-TTg", "82/2018/NĐ-CP", "24 /2025/QĐ-UBND", "1.234/UBND-KT", "30a/2008/NQ-CP".
# Party: "62-NQ/TU", "31 - HD/BTCTW". Near misses: "29/4/2021" (no letters), "1088/2-1089",
# "1/5.000", "82/2018" (no symbol: see partial mentions), "5-10/ha". Before 1996 also "299-HĐBT".
_NUMBER_RE = re.compile(
    rf"""
    (?:(?<![\w/.,:\-])|(?<=ố:)|(?<=Ố:)|(?<=[sS]ố)|(?<=SỐ))
    (?P<number>\d{{1,3}}\.\d{{3}}|\d{{1,3}}\.\d{{1,2}}(?=/(?:19|20)\d\d/[A-ZĐ])|(?<=ố\s)[lIO]\d{{1,4}}|\d[\dOolI]{{0,5}}[a-zđ]?)
    (?:
        (?P<psep>\s?-\s?)(?P<party>[A-ZĐ][A-Za-zĐđ]{{1,5}}(?:/|\s/\s?|/\s){GROUP}(?:[-/]{GROUP}){{0,3}})
      | (?:{_SEP}(?P<year>(?:19|20)\d{{2}}))?{_SEP}(?P<state>{SYMBOL})
      | {_SEP}(?P<glued_year>(?:19|20)\d{{2}})(?P<glued>[A-ZĐ]{{2,4}}-{GROUP}(?:-{GROUP}){{0,2}})
      | -(?P<old>[A-ZĐ]{{2,5}}(?:/[A-ZĐ][A-Za-zĐ]{{0,8}}){{1,2}}|[A-ZĐ][A-Za-zĐ]{{1,5}}(?![\w/\-]))
    )
    """,
    re.VERBOSE,
)
# What can begin a number at all; the pattern above is tried only there.
_NUMBER_HINT_RE = re.compile(r"(?:\d[\dOolI.]{0,6}[a-zđ]?|[lIO]\d{1,4})\s?[/\-]")
# "Quyết định 1956/qđ-ttg": small letters are read only behind the word "số" or a type word.
_LOWER_RE = re.compile(r"(\d{1,5})/((?:19|20)\d{2}/)?([a-zđ]{2,5}-[a-zđ]{2,8})(?![\w-])")
_LOWER_HINT_RE = re.compile(r"/[a-zđ]{2,5}-[a-zđ]{2,8}")  # most texts have none
# "Quyết định số …/QĐ-UBND", "số ..../2021/NQ-HĐND", "số      -NQ/TU".
_BLANK_RE = re.compile(
    rf"[sS]ố\s?:?\s?(?P<blank>[.…_ ]{{1,40}}|\s)(?P<rest>\s?/(?:(?P<year>(?:19|20)\d{{2}})|"
    rf"(?:20)?[.…_ ]{{1,10}})?\s?(?(year)/|/?)\s?(?P<state>{SYMBOL})"
    rf"|-\s?(?P<party>[A-ZĐ][A-Za-zĐđ]{{1,4}}/{GROUP}))"
)
_SO_RE = re.compile(r"(?:[sS]ố|SỐ|\bso|\bSo)\s?(?:hiệu\s?)?:?\s{0,3}$")
_LIST_RE = re.compile(
    r"(?P<list>(?:\d{1,5}[a-zđ]?(?:/(?:19|20)\d{2})?)(?:(?:\s?[,;]\s?|\s+(?:và|hoặc)\s+)"
    r"(?:số\s+)?\d{1,5}[a-zđ]?(?:/(?:19|20)\d{2})?){0,12})"
    r"(?:\s?[,;]\s?|\s?,?\s+(?:và|hoặc)\s+)(?:số\s+)?$"
)
_LIST_ITEM_RE = re.compile(r"(\d{1,5}[a-zđ]?)(?:/((?:19|20)\d{2}))?")
# Words between type and number: a qualifier in small letters, or the issuer.
_GAP_RE = re.compile(
    rf"(?:,?\s+[{LOWER}]+){{0,6}}\s*(?:,\s*)?$|\s+(?:của|do)"
    rf"\s+[^;.\n]{{2,70}}?\s*:?,?\s*(?:có\s+)?$|\s+\([^()]{{1,30}}\)\s*$"
)
_LINE_END_RE = re.compile(r"(?<=:)([^\S\n]*)\n")
_WINDOW = 110
# Nobody calls an official letter so: "Quyết định số 202/TCCP-VC" is one.
_NO_LETTERS = frozenset({"NĐ", "QĐ", "TT", "NQ", "CT", "L", "PL", "TTLT"})
_OUT = ("contract", "form", "standard", "permit", "treaty", "judgment")


@cache
def _type_re() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + phrase_pattern(type_words()) + r"(?!\w)", re.IGNORECASE)


@cache
def _abbrev_re() -> re.Pattern[str]:
    codes = sorted({*state_types(), *party_types()}, key=len, reverse=True)
    return re.compile(r"(?<![\w/\-])(" + "|".join(map(re.escape, codes)) + r")\s(?:số\s)?$")


@cache
def _negatives() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows("negatives")))


def _is_negative(shadow: str, start: int, end: int) -> bool:
    """True if the number lies in something of the negative list ("Mẫu số 29-TTr", "mốc 1088/2")."""
    low = max(0, start - 70, shadow.rfind("\n", 0, start) + 1)
    for m in _negatives().finditer(shadow, low, min(len(shadow), end + 20)):
        if m.start() <= start < m.end():
            return True
        if m.start() > start:
            return False
    return False


def find_type(shadow: str, at: int) -> tuple[int, TypeRow, bool] | None:
    """Returns (start, type, direct) of the type word that governs a number at offset ``at``.

    ``direct`` is False if other words stand between the two.
    """
    low = max(0, at - _WINDOW)
    window = shadow[low:at]
    # A line end parts, unless a colon stands before it ("các Quyết định:⏎số 1719/QĐ-TTg").
    cut = max(_LINE_END_RE.sub(r"\1 ", window.rstrip()).rfind("\n"), window.rfind(";"))
    if cut >= 0:
        window, low = window[cut + 1 :], low + cut + 1
    window = window.replace("\n", " ")
    so = _SO_RE.search(window)
    before = window[: so.start()] if so else window
    direct = _type_before(before)
    if direct is not None:
        return low + direct[0], direct[1], True
    found: tuple[int, TypeRow, bool] | None = None
    for m in _type_re().finditer(before):
        gap = before[m.end() :]
        row = type_words()[m.group().lower()]
        if gap.strip() in ("", ":"):
            return low + m.start(), row, True
        if so and _GAP_RE.fullmatch(gap) and (m.group()[0].isupper() or "của" not in gap):
            if row.name == "Luật" and m.group()[0].islower():
                continue
            found = (low + m.start(), row, False)
    if found is None:
        m2 = _abbrev_re().search(before if so else window)
        if m2:
            row2 = state_types().get(m2.group(1)) or party_types()[m2.group(1)]
            return low + m2.start(), row2, True
    return found


_MOST_WORDS = 5  # of a type word ("Giấy chứng nhận quyền sử dụng" is none)


def _type_before(words: str) -> tuple[int, TypeRow] | None:
    """Returns (start, type) of the longest type word that ``words`` ends with, but for a colon.

    The quick way to what the pattern of all type words finds right before most numbers.
    """
    tail = words.rstrip()
    if tail.endswith(":"):
        tail = tail[:-1].rstrip()
    found = None
    at = len(tail)
    for _ in range(_MOST_WORDS):
        at = tail.rfind(" ", 0, at)
        start = at + 1
        while start < len(tail) and not tail[start].isalnum():
            start += 1
        row = type_words().get(tail[start:].lower())
        if row is not None:
            found = start, row
        if at < 0:
            break
    return found


def find_numbered(shadow: str) -> list[Mention]:
    """Returns the numbered mentions of a shadow text, in reading order (also blank numbers)."""
    out: list[Mention] = []
    last_end = -1
    for hint in _NUMBER_HINT_RE.finditer(shadow):
        if hint.start() < last_end:
            continue
        m = _NUMBER_RE.match(shadow, hint.start())
        if m is None:
            continue
        made = _accept(shadow, m, out)
        if made:
            out.extend(made)
            last_end = made[-1].end
    taken = [(x.start, x.end) for x in out]
    for m in _BLANK_RE.finditer(shadow):
        blank = _blank(shadow, m)
        if blank and not _hits(taken, blank.start, blank.end):
            out.append(blank)
    small = _LOWER_RE.finditer(shadow) if _LOWER_HINT_RE.search(shadow) else ()
    for m in small:
        if shadow[max(0, m.start() - 1) : m.start()].isspace():
            low = _lower(shadow, m)
            if low and not _hits(taken, low.start, low.end):
                out.append(low)
    out.sort(key=lambda x: x.start)
    return out


def _hits(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _accept(shadow: str, m: re.Match[str], before: Sequence[Mention]) -> list[Mention]:
    party = m.group("party") is not None
    raw = m.group("party") or m.group("state") or m.group("glued") or m.group("old")
    symbol = parse_symbol(raw, party=party)
    number = m.group("number")
    start, end = m.start(), m.end()
    repairs = list(symbol.repairs)
    digits = number
    if re.search(r"[OolI]", number):
        digits = number.replace("O", "0").replace("o", "0").replace("l", "1").replace("I", "1")
        repairs.append(f"digits: {number} -> {digits}")
    if re.fullmatch(r"\d{1,3}\.\d{3}", digits):
        digits = digits.replace(".", "")
        repairs.append(f"digits: {number} -> {digits}")
    if m.group("old") and "/" not in raw:
        # "Nghị định số 299-HĐBT": only behind a type word, and only with a known issuer.
        word = find_type(shadow, start)
        if word is None or not word[2] or not symbol.issuers or word[1].kind in ("generic", *_OUT):
            return []
    if party and not symbol.known:
        symbol = parse_symbol(raw)  # "999-TC/QĐ/CĐKT": an old State form with a hyphen in front
        if symbol.type is None:
            return []
    word = find_type(shadow, start)
    head_list = None
    if word is None:
        head_list = _LIST_RE.search(shadow[max(0, start - 90) : start])
        if head_list:
            at = max(0, start - 90) + head_list.start()
            word = find_type(shadow, at)
            if word is None or not _SO_RE.search(shadow[max(0, at - 8) : at]) or _dated(shadow, at):
                word, head_list = None, None
    so = _SO_RE.search(shadow[max(0, start - 10) : start])
    if not symbol.term:  # "… đi làm việc ở nước ngoài theo hợp đồng số 69/2020/QH14" is a law
        if not (word and word[2] and not excluded_kind(word[1])) and _is_negative(
            shadow, start, end
        ):
            return []
        if word and excluded_kind(word[1]) and (word[2] or symbol.type is None):
            return []
    elif word and excluded_kind(word[1]):
        word = None
    if symbol.contract and not (word and not excluded_kind(word[1])):
        return []
    if (
        word
        and not word[2]
        and symbol.type
        and symbol.type.abbrev != word[1].abbrev
        and word[1].kind not in ("generic",)
    ):
        word = None  # "Kế hoạch … số 12/QĐ-UBND": the far word is not the type of this number
    bare = word is None and so is None
    if bare and not (symbol.known and _plausible_bare(symbol, digits, m)):
        return []
    other = word and word[2] and symbol.type and word[1].abbrev != symbol.type.abbrev
    if word and other and symbol.form != "party":
        symbol = as_letter(symbol, word[1].name == "Công văn")
    elif word and word[2] and symbol.type is None and not symbol.term:
        symbol = type_last(symbol, word[1].abbrev)
    made: list[Mention] = []
    kind, code = _type_of(symbol, word)
    year = int(m.group("year") or m.group("glued_year") or 0) or None
    if m.group("glued"):
        repairs.append(f"slash restored: {year}{raw} -> {year}/{raw}")
    if head_list and word:
        made.extend(_list_items(shadow, start, head_list, word, symbol, kind, code, year))
        begin = start if not so else max(0, start - 10) + so.start()
    elif word:
        begin = word[0]
    elif so:
        begin = max(0, start - 10) + so.start()
    else:
        begin = start
    mention = Mention(begin, end, "numbered", kind, code, digits, year, symbol, repairs=repairs)
    if word is None and before and _continues(shadow, before[-1], begin):
        previous = before[-1]
        mention.in_list = len(before) - 1
        if (
            symbol.type is None
            and previous.type
            and previous.symbol
            and previous.symbol.type is None
        ):
            mention.type, mention.type_code = previous.type, previous.type_code
    made.append(mention)
    return made


def _dated(shadow: str, at: int) -> bool:
    # "ngày 12, 13 và 15/QĐ-UBND" is no list of numbers.
    return shadow[max(0, at - 6) : at].rstrip().endswith(("ngày", "tháng"))


def _plausible_bare(symbol: Symbol, digits: str, m: re.Match[str]) -> bool:
    """A number without type word and without "số" must look like an instrument by itself."""
    if symbol.form == "party":
        return bool(symbol.issuers) or symbol.unit.isupper()
    if symbol.type is not None:
        return bool(symbol.issuers) or (
            len(symbol.unit) >= 2 and symbol.unit.upper() == symbol.unit
        )
    return bool(symbol.issuers) and (
        m.group("year") is not None or bool(symbol.unit) or len(symbol.text) >= 4
    )


def _continues(shadow: str, previous: Mention, at: int) -> bool:
    between = shadow[previous.end : at]
    return len(between) < 200 and "\n" not in between and ". " not in between


def _type_of(symbol: Symbol, word: tuple[int, TypeRow, bool] | None) -> tuple[str | None, str]:
    """Returns the name of the type and the code that goes into the key."""
    if symbol.type is not None:
        code = symbol.type.abbrev
        if word and word[1].kind != "generic":
            return word[1].name, code
        return symbol.type.name, code
    if symbol.term:  # QH15, UBTVQH15: law or resolution, the word decides
        if word and word[1].kind != "generic":
            return word[1].name, word[1].abbrev
        return None, "?"
    if word and word[1].kind not in ("generic",) and word[1].name != "Công văn":
        # "Nghị định 43/CP" (before 1996) against an official letter that somebody calls a report.
        letter = symbol.unit and symbol.known and word[1].abbrev not in _NO_LETTERS
        return word[1].name, "CV" if letter else word[1].abbrev
    return "Công văn", "CV"


def _list_items(
    shadow: str,
    start: int,
    found: re.Match[str],
    word: tuple[int, TypeRow, bool],
    symbol: Symbol,
    kind: str | None,
    code: str,
    last_year: int | None,
) -> list[Mention]:
    """Returns the earlier members of "Quyết định số 12, 13 và 15/QĐ-UBND".

    The first takes the type word.
    """
    low = max(0, start - 90) + found.start("list")
    made: list[Mention] = []
    for n, item in enumerate(_LIST_ITEM_RE.finditer(found.group("list"))):
        begin = word[0] if n == 0 else low + item.start()
        year = int(item.group(2)) if item.group(2) else last_year
        made.append(
            Mention(
                begin,
                low + item.end(),
                "numbered",
                kind,
                code,
                item.group(1),
                year,
                symbol,
                repairs=["symbol taken from the end of the list"],
            )
        )
    return made


def _blank(shadow: str, m: re.Match[str]) -> Mention | None:
    word = find_type(shadow, m.start())
    if word is None or excluded_kind(word[1]) or not word[2]:
        return None
    symbol = parse_symbol(m.group("state") or m.group("party"), party=m.group("party") is not None)
    if not symbol.known or symbol.contract:
        return None
    kind, code = _type_of(symbol, word)
    year = int(m.group("year")) if m.group("year") else None
    return Mention(
        word[0], m.end(), "blank", kind, code, None, year, symbol, repairs=list(symbol.repairs)
    )


def _lower(shadow: str, m: re.Match[str]) -> Mention | None:
    word = find_type(shadow, m.start())
    if word is None or not word[2]:
        return None
    symbol = parse_symbol(m.group(3))
    if symbol.type is None or not symbol.issuers:
        return None
    kind, code = _type_of(symbol, word)
    year = int(m.group(2)[:4]) if m.group(2) else None
    return Mention(
        word[0],
        m.end(),
        "numbered",
        kind,
        code,
        m.group(1),
        year,
        symbol,
        repairs=list(symbol.repairs),
    )
