"""The result of the engine as plain data: citations, and edges between instruments."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Citation, Evidence, Relation, numbered
from ..text import SHADOW_TABLE
from .keys import NOWHERE, UNKNOWN, key_of
from .keys import render as render_key
from .mention import Mention


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine found in one text."""

    citations: tuple[Citation, ...]
    relations: tuple[Relation, ...]
    warnings: tuple[str, ...]
    document: str


def render(
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
                target_id = min(known) if len(known) == 1 else render_key(key_of(law, NOWHERE))
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
    document = render_key(own_key) if own_key else f"vn:{UNKNOWN}:{UNKNOWN}:{UNKNOWN}:{UNKNOWN}"
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
