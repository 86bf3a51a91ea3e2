"""Agencies by rule: where a body or an office is named in a text, and who it is.

What counts as an agency, and where its span ends, is fixed by the annotation guideline
(AGENCY): the longest name with its place; an office that acts as an authority is one
span; coordinated names split; a list of places behind a colon stays, a list of ministries
splits; vague groups ("các sở, ban, ngành") are none.

    >>> [a.text for a in find_agencies("giữa Sở Văn hóa, Thể thao và Du lịch và Sở Tài chính.")]
    ['Sở Văn hóa, Thể thao và Du lịch', 'Sở Tài chính']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from congvan.agency_grammar import Part, parse
from congvan.agency_tables import Entry, Node, elided, head_pattern, walk
from congvan.agency_values import AgencyContext, canonical_agency, describe
from congvan.lookups import rows, values
from congvan.places import kind_of, match_name
from congvan.text import shadow

__all__ = ["Agency", "AgencyContext", "canonical_agency", "find_agencies"]

# "các Bộ: ", "các Sở, ban, ngành: ", "các Bộ, cơ quan: ", "các bộ "; a name must follow.
_LIST_RE = re.compile(
    r"ác {1,2}([Bb]ộ|[Ss]ở|[Tt]ập đoàn|[Tt]ổng công ty)"
    r"(?:(?:, ?| {1,2}và {1,2})(?:ban|ngành|[Cc]ơ quan|địa phương|cơ quan ngang [Bb]ộ"
    r"|cơ quan thuộc Chính phủ|(?:[Tt]ập đoàn|[Tt]ổng công ty)(?: nhà nước)?)){0,4}"
    r"(?: liên quan)?(?: là [^:;.\n]{5,60}(?=:))?(: {0,2}| {1,2})"
    r"(?:\(i\) {0,2})?(?=[^\W\d_a-zđ])"
)
# An abbreviation of the name may stand behind it: "Nông nghiệp và Môi trường (NNMT), ".
_ITEM_SEP_RE = re.compile(
    r"(?: {0,2}\([A-ZĐ&]{2,10}\))?(?:, ?|; ?| {1,2}và {1,2})(?:\([ivx]{1,4}\) {0,2})?"
)
# What makes a bare "UBND" any of its kind: "UBND cấp có thẩm quyền", "UBND nơi cư trú".
_ANY_RE = re.compile(r" {1,2}(?:cấp|nơi|cùng|của) ")
# A law whose name holds a body's: "Luật Tổ chức Chính phủ", "Luật Kiểm toán nhà nước".
_LAW_RE = re.compile(r"(?:Luật|Pháp lệnh) (?:[Tt]ổ chức |[Hh]oạt động giám sát của )?$")
# What stands between two names that share a place. Hit: ", ", " và "; near miss: " của ".
_AND_RE = re.compile(r" ?, ?| {1,2}(?:và|-|&) {1,2}|&|-")
# A symbol written with blanks ends in the issuer's code. Hit: "2922/QĐ - "; near miss: "1 - ".
_SYMBOL_BEFORE_RE = re.compile(r"/ ?[A-ZĐ][A-Za-zĐđ]{0,5} ?[-–] ?$")
# Nothing but lower-case words: no number, no name.
_PLAIN_RE = re.compile(r"[^A-ZĐ\d]*")
_GENERAL = ("Hội đồng", "Đoàn", "Tổ", "Tiểu ban", "Ủy ban Bầu cử", "Ủy ban bầu cử")
# An item of a list without its head word must end like one: "Tài chính," not "Tài chính công".
_ITEM_END_RE = re.compile(r"(?= {0,2}(?:[,.;:()\n]|$)| {1,2}[^\WA-ZĐ\d_])")
_MAX_ITEMS = 40
_GRACE = 3  # years in which papers still speak of a body that is gone
# "HĐND, UBND các xã" share a place; "Ban Dân tộc, UBND các xã" do not.
_SHARING = ("issuer", "weak", "yes")
_KINDS = {
    "bộ": "ministry",
    "sở": "department",
    "tập đoàn": "enterprise",
    "tổng công ty": "enterprise",
}


@dataclass(frozen=True, slots=True)
class Agency:
    """One named body: ``value`` is its full name, ``level`` whose it is; None if unknown."""

    start: int
    end: int
    text: str
    value: str | None
    level: str | None
    score: float


def find_agencies(
    text: str,
    *,
    shadow: str | None = None,
    context: AgencyContext = AgencyContext(),  # noqa: B008 - frozen
    blocked: Sequence[tuple[int, int]] = (),
) -> list[Agency]:
    """Returns the agencies of ``text``, sorted and apart; a name never crosses a line.

    Args:
        text: Canonical text; lines end in LF.
        shadow: Its shadow, if the caller has it already.
        context: What the document says of itself, to fill in what a name leaves out.
        blocked: Sorted spans that no agency may touch (citations).
    """
    seen = _shadow(text) if shadow is None else shadow
    starts = [s for s, _ in blocked]
    found = [*_elided(text, seen, context, blocked, starts)]
    found.extend(
        _party_offices(text, seen, context, _merge(blocked, [(a.start, a.end) for a in found]))
    )
    taken = sorted((a.start, a.end) for a in found)
    found.extend(_named(text, seen, context, _merge(blocked, taken)))
    found.extend(_codes(text, seen, context, found, blocked))
    found.sort(key=lambda a: a.start)
    return [a for i, a in enumerate(found) if not (i and _abbreviates(seen, found[i - 1], a))]


# Party papers write the offices of committees small. Hit: "các văn phòng tỉnh ủy, thành ủy",
# "thường trực Tỉnh ủy"; near miss: "văn phòng cấp ủy", "ban thường vụ chi đoàn".
_PARTY_OFFICE_RE = re.compile(
    r"(?<!\w)(?:văn phòng|ban (?:thường vụ|chấp hành|tổ chức|tuyên giáo(?: và dân vận)?|dân vận"
    r"|nội chính)|thường trực|ủy ban kiểm tra)"
    r"(?= (?:các )?(?:(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) ủy|đảng ủy)(?!\w))"
)


def _party_offices(
    text: str, seen: str, context: AgencyContext, blocked: Sequence[tuple[int, int]]
) -> Iterator[Agency]:
    """Yields "văn phòng tỉnh ủy, thành ủy": offices of Party committees in lower case."""
    starts = [s for s, _ in blocked]
    for m in _PARTY_OFFICE_RE.finditer(seen):
        at = m.start()
        limit = _free(at, starts, blocked, len(seen)) if starts else len(seen)
        part = parse(seen, at, limit) if limit > at else None
        if part is None or part.end <= m.end() or part.entry.tail in ("stop", "stopname"):
            continue
        value, level = describe(seen[at : part.end], context)
        yield Agency(at, part.end, text[at : part.end], value, level, _score(part))


# A ministry or department by its code. Hit: "giao SXD chủ trì", "BTP"; near miss: "08/BTP-VP".
_CODE_RE = re.compile(r"(?<![\w/.&\-])[BS][A-ZĐ&]{2,9}(?![\w/&\-]|\.\w)")


@cache
def _code_names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Returns code -> its bodies, each with the day on which it ended ("" if it has not)."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows("issuers"):
        if row["issuer"].startswith(("Bộ ", "Sở ")):
            for code in (row["code"], *values(row["codes"])):
                names = tuple((name, row["valid_to"]) for name in values(row["issuer"]))
                found[code] = tuple(dict.fromkeys((*found.get(code, ()), *names)))
    return found


def _codes(
    text: str,
    seen: str,
    context: AgencyContext,
    found: Sequence[Agency],
    blocked: Sequence[tuple[int, int]],
) -> Iterator[Agency]:
    """Yields the bodies that running text calls by their code in document numbers."""
    taken = sorted([*blocked, *((a.start, a.end) for a in found)])
    starts = [a for a, _ in taken]
    names = _code_names()
    for m in _CODE_RE.finditer(seen):
        if m.group() not in names:
            continue
        i = bisect_right(starts, m.end() - 1)
        if i and taken[i - 1][1] > m.start():
            continue
        # "BTS" was a ministry until 2007 and is a mast today.
        full = [
            n for n, end in names[m.group()] if not (end and context.date and end < context.date)
        ]
        if not full:
            continue
        value, level = describe(full[0], context) if len(full) == 1 else (None, None)
        yield Agency(m.start(), m.end(), text[m.start() : m.end()], value, level, 0.9)


def _long_gone(end: str, date: str | None) -> bool:
    """Tells whether a body ended years before a document, which will not mean it any more."""
    return bool(end and date) and int((date or "")[:4]) - int(end[:4]) > _GRACE


def _abbreviates(seen: str, name: Agency, a: Agency) -> bool:
    """Tells whether ``a`` is the abbreviation in brackets behind its name ("… Nam (EVN)")."""
    between = seen[name.end : a.start]
    return (
        between.strip() == "("
        and seen[a.end : a.end + 1] == ")"
        and a.text.isupper()
        and a.value == name.value
    )


def _shadow(text: str) -> str:
    return shadow(text)


def _merge(
    first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    return sorted([*first, *second])


def _free(at: int, starts: Sequence[int], blocked: Sequence[tuple[int, int]], size: int) -> int:
    """Returns where the free text from ``at`` on ends, ``at`` itself if it is blocked."""
    i = bisect_right(starts, at)
    if i and blocked[i - 1][1] > at:
        return at
    return starts[i] if i < len(starts) else size


def _named(
    text: str, seen: str, context: AgencyContext, blocked: Sequence[tuple[int, int]]
) -> Iterator[Agency]:
    starts = [s for s, _ in blocked]
    last = 0
    parts: list[Part] = []
    for m in head_pattern().finditer(seen):
        at = m.start()
        if at < last or (at and _glued(seen, at, m.end())):
            continue
        limit = _free(at, starts, blocked, len(seen)) if starts else len(seen)
        if limit <= at:
            continue
        if _in_place(seen, at, limit):
            continue
        part = parse(seen, at, limit)
        if part is None or _coded(seen, part.end) or _shouted(seen, part):
            continue
        last = part.end
        if part.entry.tail not in ("stop", "stopname") and not _vague(seen, part):
            parts.append(part)
    # From the end: a place at the end of "HĐND, UBND các xã" holds for each of them.
    shared, begin = "", -1
    for part in reversed(parts):
        name = seen[part.start : part.end]
        shares = part.entry.bare in _SHARING
        if part.entry.tail == "place" and shares and part.name is None:
            if part.place is not None:
                shared = seen[part.head_end : part.end]
            elif begin < 0 or _AND_RE.fullmatch(seen, part.end, begin) is None:
                shared = ""
            elif part.end == part.head_end:
                name += shared
            begin = part.start
        else:
            shared, begin = "", -1
        value, level = describe(name, context)
        span = text[part.start : part.end]
        yield Agency(part.start, part.end, span, value, level, _score(part))


# Hit: "Huyện " of "Huyện Vụ Bản"; near miss: "tỉnh " of "tỉnh Đoàn".
_UNIT_BEFORE_RE = re.compile(
    r"(?:^|[^\w])([Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Qq]uận) {1,2}$"
)


def _in_place(seen: str, at: int, limit: int) -> bool:
    """Tells whether a head word is the name of a place: "xã Đoàn Kết", "huyện Vụ Bản"."""
    m = _UNIT_BEFORE_RE.search(seen, max(0, at - 12), at)
    return m is not None and match_name(seen, at, limit, kind_of(m.group(1))) > 0


def _glued(seen: str, at: int, end: int) -> bool:
    """Tells whether the head is the middle of a word or of a symbol ("TB-UBND")."""
    before = seen[at - 1]
    if before.isalnum() or before in "/_&":
        return True
    if seen[at:end].isupper() and _SYMBOL_BEFORE_RE.search(seen, max(0, at - 12), at):
        return True
    return before == "-" and seen[at:end].isupper() and at > 1 and seen[at - 2].isalnum()


def _coded(seen: str, end: int) -> bool:
    """Tells whether the name goes on as a symbol ("UBND-KT", "TTg/2020")."""
    after = seen[end : end + 2]
    return after[:1] in ("/", "_") or (after[:1] == "-" and after[1:].isupper())


def _shouted(seen: str, part: Part) -> bool:
    """Tells whether an abbreviation stands in a line of capitals ("UBND TỈNH")."""
    if not seen[part.start : part.end].isupper():
        return False
    begin = max(seen.rfind("\n", max(0, part.start - 40), part.start) + 1, part.start - 40)
    stop = seen.find("\n", part.end, part.end + 40)
    around = seen[begin : part.start] + seen[part.end : stop if stop >= 0 else part.end + 40]
    return len(around) > 8 and around.isupper()


def _vague(seen: str, part: Part) -> bool:
    """Tells whether "Chính phủ" or a bare head belongs to a wider phrase."""
    name, before = part.entry.canonical, seen[max(0, part.start - 24) : part.start]
    bare = part.end == part.head_end
    if before.endswith("rụ sở "):
        return True
    if before.endswith(" ") and _LAW_RE.search(before) is not None:
        return True
    for inner in _parts(part):
        # "Hội đồng thẩm định", "Đoàn kiểm tra": any of its kind, no name.
        if inner.entry.tail == "topic" and inner.entry.canonical.startswith(_GENERAL):
            words = seen[inner.head_end : inner.end]
            if inner.place is None and _PLAIN_RE.fullmatch(words) and not words.endswith("gia"):
                return True
            if inner.end == inner.head_end:
                return True
        if inner.end == inner.head_end and inner.entry.bare == "issuer":
            return _ANY_RE.match(seen, inner.end) is not None
    if name == "Chính phủ":
        if seen.startswith((" điện tử", " số "), part.end) or before.endswith(("phi ", "iên ")):
            return True
        return "cơ quan" in before.lower() and before.endswith("thuộc ")
    return part.entry.bare == "weak" and bare and before.endswith(("Các ", "các "))


def _parts(part: Part | None) -> Iterator[Part]:
    while part is not None:
        yield part
        part = part.body


def _score(part: Part) -> float:
    if part.end == part.head_end and part.entry.bare in ("weak", "issuer"):
        return 0.75 if part.entry.bare == "weak" else 0.9
    if part.entry.tail in ("open", "topic"):
        return 0.85
    return 0.98 if part.entry.closed else 0.96


def _elided(
    text: str,
    seen: str,
    context: AgencyContext,
    blocked: Sequence[tuple[int, int]],
    starts: Sequence[int],
) -> Iterator[Agency]:
    """Yields the items of "các Bộ: Quốc phòng, Công an", each without its head word."""
    last = 0
    for m in _LIST_RE.finditer(seen):
        if m.start() < last:
            continue
        root = elided(_KINDS[m.group(1).lower()])
        at = m.end()
        for _ in range(_MAX_ITEMS):
            limit = _free(at, starts, blocked, len(seen)) if starts else len(seen)
            end, entry = _item(seen, at, limit, root)
            if entry is not None:
                value, level = describe(entry.canonical, context)
                yield Agency(at, end, text[at:end], value, level, 0.95)
            else:
                capital = limit > at and seen[at : at + 1].isupper()
                part = parse(seen, at, limit) if capital else None
                if part is None:
                    break
                end = part.end
            last = end
            sep = _ITEM_SEP_RE.match(seen, end)
            if sep is None:
                break
            at = sep.end()


def _item(seen: str, at: int, limit: int, root: Node) -> tuple[int, Entry | None]:
    if not seen[at : at + 1].isupper():
        return at, None
    for leaf, end in reversed(walk(root, seen, at, limit)):
        if _ITEM_END_RE.match(seen, end):
            return end, leaf[0]
    return at, None
