"""The citation engine: find, resolve, relate — each a function on plain data.

``find_citations`` runs them in order over one text. Nothing here loads a model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..dates import DateExpression
from .actors import Draft
from .keys import NOWHERE, Locality
from .mention import Mention
from .names import find_named
from .numbers import find_numbered
from .own import NOBODY, Own, is_letterhead, is_own, own_key
from .partial import find_partial
from .pinpoints import Chain, attach, behind, find_chains
from .relate import Lead, relate
from .render import Found, render
from .resolve import resolve
from .symbols import type_words
from .tails import read_alias, read_before, read_date_before, read_tail, same_day, share_issuers
from .unnumbered import find_unnumbered

__all__ = ["Draft", "Found", "Lead", "Locality", "Own", "find_citations"]


def find_citations(
    text: str,
    shadow: str,
    dates: Sequence[DateExpression],
    *,
    own: Own = NOBODY,
    place: Locality = NOWHERE,
    skip: Sequence[tuple[int, int]] = (),
    drafts: Sequence[Draft] = (),
    leads: Sequence[Lead] = (),
) -> Found:
    """Returns the citations of a text, the relations between cited instruments, and warnings.

    Args:
        text: The canonical text; ``shadow`` is :func:`congvan.text.shadow` of it.
        dates: From :func:`congvan.dates.find_dates`, sorted.
        own: The citing document's own number, symbol and type.
        place: What local suffixes refer to by default.
        skip: Sorted spans that hold no citations (the number in the letterhead).
        drafts: Sections that discuss a draft.
        leads: List items with the words that introduce them.

    >>> from congvan.text import shadow
    >>> t = "Căn cứ Nghị định số 82/2018/NĐ-CP;"
    >>> find_citations(t, shadow(t), ()).citations[0].document
    'vn:nđ:cp:2018:82'
    """
    mentions = _find(shadow, dates, skip)
    me = own_key(own, place)
    mentions = [m for m in mentions if not (is_own(m, own, me, place) or is_letterhead(shadow, m))]
    _note_unknown_types(mentions)
    relate(shadow, text, mentions, own_type=own.doc_type, drafts=drafts, leads=leads)
    warnings = resolve(mentions, place)
    return render(text, shadow, mentions, warnings, me)


def _find(
    shadow: str, dates: Sequence[DateExpression], skip: Sequence[tuple[int, int]]
) -> list[Mention]:
    hits = find_numbered(shadow)
    named, absorbed = find_named(shadow, hits)
    kept = [m for i, m in enumerate(hits) if i not in absorbed]
    named += find_unnumbered(shadow)
    merged = _without_overlaps(sorted((*kept, *named), key=lambda m: (m.start, -m.end)))
    partial = find_partial(shadow, [(m.start, m.end) for m in merged])
    merged = _without_overlaps(sorted((*merged, *partial), key=lambda m: (m.start, -m.end)))
    if skip:
        merged = [m for m in merged if not any(a <= m.start < b for a, b in skip)]
    starts = {d.start: d for d in dates}
    for i, m in enumerate(merged):
        limit = merged[i + 1].start if i + 1 < len(merged) else len(shadow)
        read_tail(shadow, m, starts, limit)
    share_issuers(shadow, merged)
    same_day(shadow, merged)
    date_starts = [d.start for d in dates]
    for m in merged:
        read_before(shadow, m)
        read_date_before(shadow, m, dates, date_starts)
    for i, m in enumerate(merged):
        limit = merged[i + 1].start if i + 1 < len(merged) else len(shadow)
        m.alias = read_alias(shadow, m, limit + 60)
    chains = find_chains(shadow) if merged else []
    merged.extend(_anaphors(shadow, chains, merged))
    merged.sort(key=lambda m: m.start)
    _pinpoints(shadow, chains, merged)
    return merged


def _without_overlaps(mentions: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for m in mentions:
        if out and m.start < out[-1].end:
            continue
        out.append(m)
    return out


def _pinpoints(shadow: str, chains: Sequence[Chain], mentions: Sequence[Mention]) -> None:
    heads = [attach(shadow, chains, m.start) for m in mentions]
    bound = {c.start for c in heads if c is not None}
    for m, before in zip(mentions, heads, strict=True):
        after = behind(shadow, chains, m.tail) if m.kind != "anaphor" else None
        if after is not None and after.start in bound:
            after = None  # it belongs to the instrument that follows it
        pins = (*(before.pinpoints if before else ()), *(after.pinpoints if after else ()))
        if before:
            m.head = min(m.head, before.start)
            m.link = before.end
        m.pinpoints = pins


# "khoản 2 Điều 5 Nghị định nêu trên": a re-mention counts if it carries a pinpoint. "này" is
# the document itself and counts as nothing.
_ANAPHOR_RE = re.compile(
    r"\s?(?:(?:của|tại)\s)?(?P<type>Bộ luật|Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|"
    r"Chỉ thị|Kế hoạch|Quy chế|Quy định|Kết luận|Pháp lệnh)"
    r"(?P<back>\s(?:nêu trên|nói trên|trên|đó|trước đó|kể trên))(?!\w)"
)


def _anaphors(shadow: str, chains: Sequence[Chain], mentions: Sequence[Mention]) -> list[Mention]:
    out = []
    starts = [m.start for m in mentions]
    for chain in chains:
        m = _ANAPHOR_RE.match(shadow, chain.end)
        if m is None:
            continue
        row = type_words()[m.group("type").lower()]
        i = bisect_right(starts, chain.start) - 1
        while i >= 0 and mentions[i].type != row.name:
            i -= 1
        if i < 0:
            continue
        head = mentions[i]
        out.append(
            Mention(
                m.start("type"),
                m.end(),
                "anaphor",
                head.type,
                head.type_code,
                head.number,
                head.year,
                head.symbol,
                head.name,
                date=head.date,
                date_year=head.date_year,
                title=head.title,
                reasons=[f"'{m.group('type')}{m.group('back')}' stands for the last one named"],
                score=0.9,
            )
        )
    return out


def _note_unknown_types(mentions: Sequence[Mention]) -> None:
    for m in mentions:
        if m.type is None and m.type_code == "?":
            m.reasons.append(
                "neither the symbol nor a word says whether this is a law or a resolution"
            )
