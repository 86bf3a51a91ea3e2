"""The citation engine: find, resolve, relate — each a function on plain data.

``find_citations`` runs them in order over one text. Nothing here loads a model.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..dates import DateExpression
from ..document import Citation, Evidence, Relation, numbered
from ..text import SHADOW_TABLE, fold
from .actors import Draft
from .keys import NOWHERE, UNKNOWN, Locality, key_of, render
from .mention import Mention
from .names import find_named
from .numbers import find_numbered
from .partial import find_partial
from .pinpoints import Chain, attach, behind, find_chains
from .relate import Lead, relate
from .resolve import resolve
from .symbols import parse_symbol, type_words
from .tails import read_alias, read_before, read_date_before, read_tail, same_day, share_issuers
from .unnumbered import find_unnumbered

__all__ = ["Draft", "Found", "Lead", "Locality", "Own", "find_citations"]


@dataclass(frozen=True, slots=True)
class Own:
    """The document itself, so that it is not its own authority (None for what is unknown)."""

    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    doc_type: str | None = None
    party: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine found in one text."""

    citations: tuple[Citation, ...]
    relations: tuple[Relation, ...]
    warnings: tuple[str, ...]
    document: str


def find_citations(
    text: str,
    shadow: str,
    dates: Sequence[DateExpression],
    *,
    own: Own = Own(),
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
    own_key = _own_key(own, place)
    mentions = [
        m for m in mentions if not (_is_own(m, own, own_key, place) or _is_letterhead(shadow, m))
    ]
    _index_lists(mentions)
    relate(shadow, text, mentions, own_type=own.doc_type, drafts=drafts, leads=leads)
    warnings = resolve(mentions, place)
    return _render(text, shadow, mentions, warnings, own_key)


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


def _own_key(own: Own, place: Locality) -> tuple[str, str, str, str] | None:
    if own.symbol is None:
        return None
    symbol = parse_symbol(own.symbol, party=own.party)
    row = symbol.type or (type_words().get(own.doc_type.lower()) if own.doc_type else None)
    code = row.abbrev if row else "CV"
    if symbol.type is None and not symbol.term and symbol.known:
        code = "CV"
    me = Mention(0, 0, "numbered", own.doc_type, code, own.number, own.year, symbol)
    if own.party and own.year:
        me.date_year = own.year
    return key_of(me, place)


def _is_own(
    m: Mention, own: Own, own_key: tuple[str, str, str, str] | None, place: Locality
) -> bool:
    """True for the document's own number in its text ("Ban hành kèm theo Quyết định số …")."""
    if m.kind == "named" and own.title and own.doc_type in ("Luật", "Bộ luật", "Pháp lệnh"):
        return fold(m.name or "") == fold(f"{own.doc_type} {own.title}")
    if own_key is None or m.symbol is None or own.symbol is None:
        return False
    if m.symbol.text != parse_symbol(own.symbol, party=own.party).text:
        return False
    if m.kind == "blank":
        # A blank number with the own symbol: the own number before it is filled in.
        return own.number is None or m.number is None
    if own.number is None or m.number is None:
        return False
    year = m.year or m.date_year
    return m.number.lstrip("0") == own.number.lstrip("0") and (
        year is None or own.year is None or year == own.year
    )


def _is_letterhead(shadow: str, m: Mention) -> bool:
    """True for a number that opens a line with "Số:": that of a letterhead or a stamp."""
    if not shadow.startswith(("Số", "SỐ"), m.start):
        return False
    before = shadow[max(0, m.start - 3) : m.start]
    return not before.strip(" ") or before.endswith(("\n", "\t", "   "))


def _index_lists(mentions: Sequence[Mention]) -> None:
    for m in mentions:
        if m.type is None and m.type_code == "?":
            m.reasons.append(
                "neither the symbol nor a word says whether this is a law or a resolution"
            )


def _render(
    text: str,
    shadow: str,
    mentions: Sequence[Mention],
    warnings: Sequence[str],
    own_key: tuple[str, str, str, str] | None,
) -> Found:
    citations: list[Citation] = []
    edges: dict[tuple[str, str, str], list[tuple[str, ...]]] = {}
    proof: dict[tuple[str, str, str], tuple[str, Evidence | None]] = {}

    def edge(
        source: str,
        verb: str,
        target: str,
        ids: tuple[str, ...],
        scope: str,
        words: Evidence | None,
    ) -> None:
        key = (source, verb, target)
        edges.setdefault(key, []).append(ids)
        proof.setdefault(key, (scope, words))

    versions: dict[str, set[str]] = {}  # which versions of a law the text cites
    for m in mentions:
        if m.name and m.complete:
            versions.setdefault(m.name, set()).add(m.document)
    for i, m in numbered("c", mentions):
        agent = m.agent
        if agent == "other" and m.agent_of is not None:
            agent = mentions[m.agent_of].document
            if agent == m.document:
                agent = "this"
        citations.append(_citation(i, text, shadow, m, agent))
    for n, m in enumerate(mentions):
        if (
            m.agent == "other"
            and m.agent_of is not None
            and mentions[m.agent_of].document != m.document
        ):
            source = mentions[m.agent_of].document
            edge(
                source,
                m.relation,
                m.document,
                (f"c{m.agent_of + 1}", f"c{n + 1}"),
                m.scope,
                m.evidence,
            )
        elif m.agent == "draft":
            edge("draft", m.relation, m.document, (f"c{n + 1}",), m.scope, m.evidence)
        for verb, target, words in m.passive:
            if mentions[target].document != m.document:
                scope = "part" if mentions[target].pinpoints or verb == "amends" else "whole"
                edge(
                    m.document,
                    verb,
                    mentions[target].document,
                    (f"c{n + 1}", f"c{target + 1}"),
                    scope,
                    words,
                )
        if m.title and m.title.startswith("amends:"):
            for amended in m.title[7:].split("|"):
                name, _, number = amended.partition("#")
                law = Mention(m.start, m.end, "named", "Luật", "L", name=name)
                law.year = int(number.split("/")[1]) if number else None
                known = versions.get(name, set())
                target_id = min(known) if len(known) == 1 else render(key_of(law, NOWHERE))
                edge(m.document, "amends", target_id, (f"c{n + 1}",), "part", None)
    relations = tuple(
        Relation(
            s,
            v,
            t,
            tuple(dict.fromkeys(c for ids in lists for c in ids)),
            proof[s, v, t][0],
            proof[s, v, t][1],
        )
        for (s, v, t), lists in edges.items()
    )
    document = render(own_key) if own_key else f"vn:{UNKNOWN}:{UNKNOWN}:{UNKNOWN}:{UNKNOWN}"
    return Found(tuple(citations), relations, tuple(warnings), document)


def _look_alikes(written: str, read: str) -> list[str]:
    """Says which characters were read as others: "QÐ" (U+00D0) for "QĐ", "–" for "-"."""
    pairs = dict.fromkeys(
        (a, b) for a, b in zip(written, read, strict=True) if a != b and ord(a) in SHADOW_TABLE
    )
    return [
        f"characters: U+{ord(a):04X} {unicodedata.name(a, '')} read as {b!r}"
        for a, b in pairs
        if not a.isspace()
    ]


def _citation(cid: str, text: str, shadow: str, m: Mention, agent: str) -> Citation:
    return Citation(
        id=cid,
        start=m.start,
        end=m.end,
        text=text[m.start : m.end],
        unit=None,
        section=None,
        type=m.type,
        number=m.number,
        symbol=m.symbol.text if m.symbol else None,
        year=m.year,
        date=m.date,
        issuer=m.issuer,
        pinpoint=m.pinpoints or None,
        document=m.document,
        complete=m.complete,
        relation=m.relation,
        agent=agent,
        evidence=m.evidence,
        repairs=(*m.repairs, *_look_alikes(text[m.start : m.end], shadow[m.start : m.end])),
        kind=m.kind,
        title=m.name,
        scope=m.scope,
        written=tuple(dict.fromkeys(m.written)),
        candidates=m.candidates,
        score=m.score,
        reasons=tuple(m.reasons),
    )
