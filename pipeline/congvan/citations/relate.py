"""Relating: how the text stands to each cited instrument, and the words that show it.

The closest cue decides (annotation guideline, section 4). A cue counts only if what lies between
it and the mention is filler ("các nội dung", "của Chính phủ tại"): in "tổ chức thi hành pháp luật
và Nghị định B" the verb has another object, and B goes with the instrument before it. Cues are
``lookups/relation_cues.csv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .actors import ISSUE_VERBS, Draft, by_draft, check_actor, proposes, set_agent
from .cues import SENTENCE_RE, cue_behind, cue_table, evidence_at, last_cue, state_behind
from .mention import Mention

_JOIN_RE = re.compile(
    r"(?:[\s,;]|và|hoặc|cùng với|cùng|cũng như|các|số|với|;|tại|theo|kèm theo|kèm)*+", re.IGNORECASE
)
_COORD_END_RE = re.compile(
    r"(?:,|;|\bvà|\bhoặc|\bcùng|\bcùng với|\bcũng như)\s*"
    r"(?:của\s[^,;.:\n]{3,60}\s(?:tại|trong|theo)\s)?(?:các\s|tại\s|theo\s|của\s)*$",
    re.IGNORECASE,
)
# "A của X về Y, được sửa đổi, bổ sung tại B"; "(đã được thay thế bởi B". The verb of a title
# ("về việc sửa đổi …") is no passive: "được" or "bị" must stand before it.
_VERBS = "sửa đổi,? bổ sung|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|điều chỉnh|hợp nhất|đính chính"
_PASSIVE_RE = re.compile(
    rf"(?:(?:^|[\s,;(])(?:đã\s)?(?:được|bị)\s|\((?=[^()]*(?:tại|bởi|theo|bằng)"
    rf"\s(?:các\s)?$))(?P<verb>{_VERBS})"
    r"(?:\s(?:một số|một phần|toàn bộ|tại|theo|bởi|bằng|điều|khoản|nội dung|quy định|các|"
    r"của|trong|Điều|lần|thứ|\d{1,2}|và|,))*\s*$",
    re.IGNORECASE,
)
_VERB = {"thay thế": "replaces", "bãi bỏ": "repeals", "hủy bỏ": "repeals"}
_PASSIVE_LIST_RE = re.compile(
    r"^\s*(?:,|và|,\s?và)\s*(?:(?:được\s)?(?:sửa đổi,? bổ sung|sửa đổi|bổ sung)\s(?:tại|"
    r"bởi|theo)\s)?(?:số\s|các\s)?$"
)
# "A được sửa đổi bởi B, C quy định về kho": a paper with a matter of its own amends nothing.
_OTHER_TITLE_RE = re.compile(
    r",?\s(?:về|quy định|ban hành|hướng dẫn)\s(?!(?:việc\s)?(?:sửa đổi|bổ sung))"
)
#: Relations that change the cited instrument.
_EFFECTS = frozenset({"amends", "replaces", "repeals"})
_ATTACHED_RE = re.compile(r"(?:ban hành )?kèm theo")
_ALIAS_BEFORE_RE = re.compile(r"\((?:sau đây|dưới đây|gọi|viết)[^()\n]{0,40}$")
_PARTIAL_EFFECT_RE = re.compile(
    r"một số|một phần|khoản|điểm|điều\b(?! chỉnh)|nội dung", re.IGNORECASE
)


# A bare "theo" in front of a letter or telegram follows an order; elsewhere, or with a pinpoint
# ("theo khoản 1 Công văn A"), a rule.
_BY_TYPE = dict.fromkeys(("Công văn", "Công điện", "Thông báo"), "requested_by")


@dataclass(frozen=True, slots=True)
class Lead:
    """A list item (where its content starts) and the words that introduce the list."""

    start: int
    lead_start: int
    lead_end: int


def relate(
    shadow: str,
    text: str,
    mentions: Sequence[Mention],
    *,
    own_type: str | None,
    drafts: Sequence[Draft] = (),
    leads: Sequence[Lead] = (),
) -> None:
    """Sets relation, agent, evidence and scope of every mention.

    Args:
        shadow: The shadow text, ``text`` the canonical one (evidence is sliced from it).
        mentions: In reading order, tails read.
        own_type: Type of the citing document ("Kế hoạch"), None if unknown.
        drafts: Stretches of text that discuss a draft, sorted.
        leads: List items with the words that introduce them, sorted.
    """
    by_start = {lead.start: lead for lead in leads}
    previous: int | None = None  # the last mention that is no alias declaration
    for i, m in enumerate(mentions):
        if _ALIAS_BEFORE_RE.search(shadow[max(0, m.head - 60) : m.head]):
            m.relation, m.agent = "mentions", "this"
            continue
        _relate_one(shadow, text, mentions, i, previous, own_type)
        check_actor(mentions, m)
        if m.relation == "mentions" and m.evidence is None and (lead := by_start.get(m.head)):
            _from_lead(shadow, text, m, mentions, lead)
        if (
            m.agent == "this"
            and m.relation in ISSUE_VERBS | {"based_on"}
            and by_draft(shadow, m, drafts)
        ):
            m.agent = "draft"
        if proposes(mentions, m, own_type):
            m.agent = "draft"  # agent_of stays: whose title speaks of the draft
        previous = i


def _from_lead(shadow: str, text: str, m: Mention, mentions: Sequence[Mention], lead: Lead) -> None:
    """ "Bãi bỏ các nghị quyết sau đây:" holds for each item that begins with an instrument."""
    words = shadow[lead.lead_start : lead.lead_end]
    if not _INTRODUCES_RE.search(words[-24:].rstrip()):
        return
    # Behind the last instrument that the introduction itself names.
    last = bisect_left(mentions, lead.lead_end, key=lambda o: o.start) - 1
    begin = lead.lead_start
    if last >= 0 and mentions[last].start >= begin:
        begin = mentions[last].tail
    for place in ("after", "before"):
        pattern, table = cue_table(place)
        hits = [
            h
            for h in pattern.finditer(shadow, begin, lead.lead_end)
            if table[h.lastgroup or ""].strong
        ]
        if hits:
            hit = hits[0] if place == "before" else hits[-1]
            m.relation = table[hit.lastgroup or ""].relation
            m.evidence = evidence_at(text, hit.start(), hit.end())
            m.scope = "part" if m.pinpoints and m.relation in _EFFECTS else "whole"
            return


# "thực hiện các nhiệm vụ của Kế hoạch này theo Luật A": the verb has an object of its own.
_OWN_OBJECT_RE = re.compile(r"\snày\b")
# What introduces a list of instruments: ":", "các văn bản sau đây".
_INTRODUCES_RE = re.compile(r"(?::|\bsau|sau đây)$")


def _relate_one(
    shadow: str,
    text: str,
    mentions: Sequence[Mention],
    i: int,
    previous: int | None,
    own_type: str | None,
) -> None:
    m = mentions[i]
    prev = mentions[previous] if previous is not None else None
    low = max(0, m.head - 320)
    since = prev.tail if prev is not None and prev.tail > low else None
    start = max(low, since or 0)
    breaks = list(SENTENCE_RE.finditer(shadow, start, m.head))
    same_sentence = not breaks and since is not None
    begin = breaks[-1].end() if breaks else start
    between = shadow[begin : m.head]
    if prev is not None and same_sentence:
        between = _without_alias(between)
        passive = _PASSIVE_RE.search(between)
        if passive:
            _set_passive(
                shadow, text, mentions, i, previous or 0, begin, passive.group("verb").lower()
            )
            state_behind(shadow, text, m, mentions, i)
            return
        if prev.passive and prev.type == m.type and _PASSIVE_LIST_RE.match(between):
            target = mentions[prev.passive[0][1]]
            if not _older(m, target) and not _OTHER_TITLE_RE.match(shadow, m.tail):
                m.passive = list(prev.passive)
                _inherit(m, prev)
                state_behind(shadow, text, m, mentions, i)
            else:
                _inherit(m, _outer(mentions, prev.passive[0][1]))
            return
    cue = last_cue(shadow, begin, m.head)
    m.hands_on = cue[2] if cue is not None and cue[3] else None
    if m.link >= 0 and (attached := _ATTACHED_RE.search(shadow, m.link, m.start)):
        # "Phụ lục II ban hành kèm theo Quyết định …": the words stand behind the pinpoint.
        cue = (*attached.span(), "approved_by", True)
    if cue is None and cue_behind(shadow, text, m, mentions, i):
        return
    if cue is not None:
        at, end, relation, strong = cue
        if not strong and relation == "based_on":
            # "thực hiện các nhiệm vụ theo Nghị quyết A": the verb before "theo" tells more, unless
            # it stands right before it ("thực hiện theo Nghị định").
            better = last_cue(shadow, begin, at)
            if (
                better
                and better[3]
                and better[2] != "mentions"
                and better[1] + 1 < at
                and not _OWN_OBJECT_RE.search(shadow, better[1], at)
            ):
                at, end, relation, strong = better
        if (
            relation == "mentions"
            and same_sentence
            and prev is not None
            and _COORD_END_RE.search(between)
        ):
            _inherit(m, _outer(mentions, previous or 0))
            return
        if relation == "based_on" and not strong and not m.pinpoints:
            relation = _BY_TYPE.get(m.type or "", relation)
        if relation == "mentions" and cue_behind(shadow, text, m, mentions, i):
            return
        m.relation = relation
        m.evidence = evidence_at(text, at, end)
        if relation in _EFFECTS and _is_passive(shadow, at, end, m.head):
            # "Được thay thế bởi Quyết định …" opens a line: this paper does nothing to it.
            m.relation = "mentions"
            return
        set_agent(shadow, m, mentions, previous if same_sentence else None, at, own_type)
        if relation in _EFFECTS:
            words = shadow[at : m.head] + " ".join(p.text for p in m.pinpoints)
            m.scope = "part" if m.pinpoints or _PARTIAL_EFFECT_RE.search(words) else "whole"
        return
    if (
        prev is not None
        and not same_sentence
        and _NEXT_BASE_RE.fullmatch(shadow[prev.tail : m.head])
    ):
        # "Căn cứ Luật A …;⏎Luật B …;": the second line goes on with the first one's "Căn cứ".
        outer = _outer(mentions, previous or 0)
        if outer.relation == "based_on" and outer.agent == "this":
            _inherit(m, outer)
        return
    if same_sentence and prev is not None:
        # "… hướng dẫn Luật A và Luật B": B goes with A; behind ";" or the rest of a title the
        # list goes on whose member carries the title.
        if _JOIN_RE.fullmatch(between) and ";" not in between:
            _inherit(m, prev)
        elif _JOIN_RE.fullmatch(between) or _COORD_END_RE.search(between):
            _inherit(m, _outer(mentions, previous or 0))


_NEXT_BASE_RE = re.compile(r"\s?;\s?\n\s*")


def _without_alias(between: str) -> str:
    return re.sub(r"\s?\((?:sau đây|dưới đây|gọi tắt|viết tắt)[^()]{0,120}\)?", "", between)


def _older(m: Mention, other: Mention) -> bool:
    mine, theirs = m.year or m.date_year, other.year or other.date_year
    return mine is not None and theirs is not None and mine < theirs


# "Được sửa đổi, bổ sung, thay thế bởi": the verbs before the last one belong to the passive too.
_PASSIVE_BEFORE_RE = re.compile(
    r"(?:được|bị)\s(?:(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|,|và|hoặc)\s?)*$", re.IGNORECASE
)


def _is_passive(shadow: str, at: int, end: int, head: int) -> bool:
    before = _PASSIVE_BEFORE_RE.search(shadow[max(0, at - 48) : at]) is not None
    link = shadow[end:head] + shadow[at:end][-6:]
    return before and re.search(r"\b(?:bởi|tại|theo|bằng)\b", link, re.IGNORECASE) is not None


def _set_passive(
    shadow: str,
    text: str,
    mentions: Sequence[Mention],
    i: int,
    previous: int,
    begin: int,
    verb: str,
) -> None:
    """ "A được sửa đổi, bổ sung tại B": B acts on A; to the citing text B stands as A does."""
    m, prev = mentions[i], mentions[previous]
    if verb not in ("hợp nhất", "đính chính"):
        if prev.agent == "other" and prev.agent_of is not None:
            head = mentions[prev.agent_of]
            # A decree does not amend the law that its title names, but the decree before it.
            if (
                prev.kind == "named" and m.kind != "named" and not (m.symbol and m.symbol.term)
            ) or (m.type == head.type != prev.type):
                previous, prev = prev.agent_of, head
        at = begin + shadow[begin : m.head].lower().rindex(verb)
        words = evidence_at(text, at, at + len(verb))
        m.passive = [(_VERB.get(verb, "amends"), previous, words)]
        if "cả hai" in shadow[begin:at] and prev.agent_of is not None:
            m.passive.append((_VERB.get(verb, "amends"), prev.agent_of, words))
    _inherit(m, prev)


def _outer(mentions: Sequence[Mention], index: int) -> Mention:
    """Returns the mention whose title holds ``mentions[index]``, or that mention itself."""
    m = mentions[index]
    seen = 0
    while m.agent_of is not None and seen < 8:
        m = mentions[m.agent_of]
        seen += 1
    return m


def _inherit(m: Mention, prev: Mention) -> None:
    """Gives a coordinated mention the relation of the one before it."""
    if m.passive and (prev.agent == "other" or prev.relation in _EFFECTS):
        return  # "A sửa đổi B …, B đã được thay thế bởi C": nothing is said of C itself
    m.relation, m.agent, m.agent_of, m.evidence, m.scope = (
        prev.hands_on or prev.relation,
        prev.agent,
        prev.agent_of,
        prev.evidence,
        "part" if m.pinpoints and prev.relation in _EFFECTS else prev.scope,
    )
