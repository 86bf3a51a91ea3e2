"""Relating: how the text stands to each cited instrument, who stands so, and the words that show it.

The closest cue decides (annotation guideline, section 4). A cue counts only if what lies between
it and the mention is filler ("các nội dung", "của Chính phủ tại"): in "tổ chức thi hành pháp luật
và Nghị định B" the verb has another object, and B goes with the instrument before it. Cues are
``lookups/relation_cues.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..document import Evidence
from ..lookups import rows
from ..text import LOWER, UPPER
from .mention import Mention

_FILLER_WORDS = (
    "một trong|Đảng|nghị định|thông tư|sau|sau đây|như sau|có hiệu quả|hiệu quả|nghiêm túc|nghiêm|đầy đủ|kịp thời|quyết liệt|đồng bộ|thống nhất|tốt|toàn diện|sâu rộng|triệt để|đúng|"
    "các|những|toàn bộ|một số|nội dung|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|quan điểm|chủ trương|chính sách|cơ chế|tinh thần|"
    "điều khoản|điều|khoản|văn bản|quy định|kết luận|chỉ đạo|yêu cầu|kế hoạch|chương trình|đề án|nghị quyết|chỉ thị|quyết định|luật|"
    "được giao|đã được giao|được phân công|giao|nêu|đề ra|đã đề ra|xác định|được xác định|nêu ra|quy định rõ|liên quan|cụ thể|"
    "tại|theo|trong|của|ở|từ|bởi|bằng|với|cho|này|và|hoặc|cũng như|cùng với|gồm|bao gồm|như|là|số|kèm|đối với|"
    "thành công|thắng lợi|có|một cách|việc|công tác|kết quả|tình hình|quá trình|năm|\\d{1,2}|bước đầu|ngay|tiếp tục|đẩy mạnh|tổ chức|"
    "chi tiết|thi hành|thực hiện|triển khai|hướng dẫn|biện pháp|Điều lệ Đảng|một phần|[IVXLC]{1,5}|cụm từ|tiêu chuẩn|tiêu chí|lộ trình|yêu cầu|Phụ lục|phần|phụ lục|Danh mục|danh mục|mục|chương|bổ sung|nâng cao|lần thứ"
)


def _filler() -> str:
    # Longest first: the group is possessive and never comes back to a longer word.
    words = sorted(_FILLER_WORDS.split("|"), key=len, reverse=True)
    return "|".join(words)


_FILLER_RE = re.compile(
    rf"(?:\s|[“\"][^”\"\n]{{1,200}}[”\"]|[,;:\"“(/\-]|(?:của|do|về|cho) [^;.\n]{{3,90}}? (?=(?:tại|trong|theo|ban hành|nêu)\s)|(?:{_filler()})(?!\w))*+", re.IGNORECASE
)
_SENTENCE_RE = re.compile(rf"(?:[.!?…]\s+(?=[{UPPER}0-9\"“(])|\n(?!\s*[{LOWER}]))")
_JOIN_RE = re.compile(r"(?:[\s,;]|và|hoặc|cùng với|cùng|cũng như|các|số|với|;|tại|theo|kèm theo|kèm)*+", re.IGNORECASE)
_COORD_END_RE = re.compile(
    r"(?:,|;|\bvà|\bhoặc|\bcùng|\bcùng với|\bcũng như)\s*(?:các\s|tại\s|theo\s|của\s)*$", re.IGNORECASE
)
# How a title goes on behind its instrument.
_TITLE_RE = re.compile(
    r"\s?,?\s?\(?(?:(?:đã|chỉ|sẽ|cũng|có|nhằm|để)\s)?(?:về\b|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|bổ sung|thực hiện|thi hành|triển khai|thay thế|bãi bỏ|"
    r"điều chỉnh|cập nhật|công bố|cụ thể hóa|tổ chức|tiếp tục|đề nghị|thông qua)",
    re.IGNORECASE,
)
# "A của X về Y, được sửa đổi, bổ sung tại B"; "(đã được thay thế bởi B". The verb of a title
# ("về việc sửa đổi …") is no passive: "được" or "bị" must stand before it.
_VERBS = "sửa đổi,? bổ sung|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|điều chỉnh|hợp nhất|đính chính"
_PASSIVE_RE = re.compile(
    rf"(?:(?:^|[\s,;(])(?:đã\s)?(?:được|bị)\s|\((?=[^()]*(?:tại|bởi|theo|bằng)\s(?:các\s)?$))(?P<verb>{_VERBS})"
    r"(?:\s(?:một số|một phần|toàn bộ|tại|theo|bởi|bằng|điều|khoản|nội dung|quy định|các|của|trong|Điều|lần|thứ|\d{1,2}|và|,))*\s*$",
    re.IGNORECASE,
)
_VERB = {"thay thế": "replaces", "bãi bỏ": "repeals", "hủy bỏ": "repeals"}
_PASSIVE_LIST_RE = re.compile(r"^\s*(?:,|và|,\s?và)\s*(?:(?:được\s)?(?:sửa đổi,? bổ sung|sửa đổi|bổ sung)\s(?:tại|bởi|theo)\s)?(?:số\s|các\s)?$")
_TYPES = "Nghị định|Nghị quyết|Quyết định|Thông tư|Luật|Pháp lệnh|Chỉ thị|Kế hoạch|Đề án|Quy chế|Quy định|Chương trình|Tờ trình|Kết luận|Hướng dẫn|Văn bản|Thông báo"
_DRAFT_RE = re.compile(
    rf"(?:[dD]ự thảo|DỰ THẢO|[dD]ự kiến|[dD]ự án)\s(?:\(?lần \d\)?\s)?(?:văn bản|{_TYPES}|nghị quyết|nghị định|quyết định|thông tư|kế hoạch|đề án|quy chế|quy định|chương trình|tờ trình)\b(?!\ssố\s\d)"
    r"(?!.*(?:[;.\n]|,\s(?:trình|báo cáo|gửi|theo|đề nghị|hoàn thành|bảo đảm|đảm bảo|căn cứ)))", re.IGNORECASE | re.DOTALL
)
# "trình ban hành Nghị định thay thế", "xây dựng dự thảo Quyết định sửa đổi": the paper is the object
# of the verb, and what follows up to the cue is still its name. Near misses: "đã ban hành Nghị
# quyết số 109/NQ-CP" (issued), "Chương trình …" (no verb), "ban hành tiêu chí đánh giá việc …".
_TO_ISSUE_RE = re.compile(
    rf"(?<!\w)(?<!đã )(?<!Chương )(?<!chương )(?<!lộ )(?<!quy )(?<!Tờ )(?<!tờ )(?:xây dựng|ban hành|soạn thảo|hoàn thiện|tham mưu|trình|báo cáo|thẩm định|góp ý|thông qua)"
    rf"\s(?:(?!việc|đánh giá|thực hiện|tiêu chí)\w+\s){{0,3}}?(?P<type>{_TYPES}|văn bản|nghị định|nghị quyết|thông tư|quyết định)(?!\s(?:số|này|chỉ đạo tại))(?:\smới)?\b"
    r"(?!.*(?:[.;:\n]|\b(?:trong việc|gắn với|đồng thời)\b|\bviệc\s(?:triển khai|thực hiện|tổ chức)|,\s(?:bảo đảm|đảm bảo|báo cáo|trình|gửi|giao|yêu cầu|kỷ luật|theo|hoàn thành|tổ chức|UBND|Sở|Bộ|Ủy ban)))",
    re.DOTALL,
)
# "Bộ trưởng Bộ Công Thương ban hành Thông tư sửa đổi …" opens the enacted text itself.
_ENACTS_RE = re.compile(rf"^[{UPPER}][^.;:\n]{{2,90}}?\sban hành\s(?:{_TYPES})\b")
_SELF_RE = re.compile(rf"(?:{_TYPES}|Thông báo|Công điện|Công văn|Văn bản)\snày\b[^.;\n]{{0,160}}$")
_EFFECTS = frozenset({"amends", "replaces", "repeals"})
_ATTACHED_RE = re.compile(r"(?:ban hành )?kèm theo")
_ENACTED = frozenset({"Văn bản hợp nhất", "Nghị định", "Thông tư", "Quyết định", "Nghị quyết", "Luật", "Thông tư liên tịch"})
_ISSUE_VERBS = frozenset({"amends", "replaces", "repeals", "guides", "implements"})
_ALIAS_BEFORE_RE = re.compile(r"\((?:sau đây|dưới đây|gọi|viết)[^()\n]{0,40}$")
# "tại Thông báo số 569/TB-VPCP, Phó Thủ tướng yêu cầu …"
_ORDER_AFTER_RE = re.compile(r"[^.\n]{0,260}?\b(?P<verb>yêu cầu|chỉ đạo|giao|kết luận|có ý kiến|đề nghị|đôn đốc|nhắc nhở|cho ý kiến|đồng ý|quyết định)\b")
_AT_BEFORE_RE = re.compile(r"(?:^|[\s,;(])(?:[tT]ại|[tT]heo)\s(?:các\s)?$")
_PARTIAL_EFFECT_RE = re.compile(r"một số|một phần|khoản|điểm|điều\b(?! chỉnh)|nội dung", re.IGNORECASE)


# A bare "theo" in front of a letter or telegram follows an order, elsewhere a rule.
_BY_TYPE = dict.fromkeys(("Công văn", "Công điện", "Thông báo"), "requested_by")


@dataclass(frozen=True, slots=True)
class _Cue:
    relation: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """A list item (where its content starts) and the extent of the words that introduce the list."""

    start: int
    lead_start: int
    lead_end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A section that discusses a draft: its extent and the type of the paper ("Đề án")."""

    start: int
    end: int
    type: str


@cache
def _cues(place: str) -> tuple[re.Pattern[str], dict[str, _Cue]]:
    parts, table = [], {}
    for i, row in enumerate(r for r in rows("relation_cues") if r["place"] == place):
        name = f"c{i}"
        parts.append(f"(?P<{name}>{row['pattern']})")
        table[name] = _Cue(row["relation"], row["strength"] == "strong")
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE), table


def relate(shadow: str, text: str, mentions: Sequence[Mention], *, own_type: str | None,
    drafts: Sequence[Draft] = (), leads: Sequence[Lead] = ()
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
        _check_actor(mentions, m)
        if m.relation == "mentions" and m.evidence is None and (lead := by_start.get(m.head)):
            _from_lead(shadow, text, m, mentions, lead)
        if m.agent == "this" and m.relation in _ISSUE_VERBS | {"based_on"} and _by_draft(shadow, m, drafts):
            m.agent = "draft"
        previous = i


def _from_lead(shadow: str, text: str, m: Mention, mentions: Sequence[Mention], lead: Lead) -> None:
    """"Bãi bỏ các nghị quyết sau đây:" holds for each item that begins with an instrument."""
    words = shadow[lead.lead_start : lead.lead_end]
    if not _INTRODUCES_RE.search(words[-24:].rstrip()):
        return
    begin = max(
        [lead.lead_start, *(o.tail for o in mentions if lead.lead_start <= o.start < lead.lead_end)]
    )
    for place in ("after", "before"):
        pattern, table = _cues(place)
        hits = [h for h in pattern.finditer(shadow, begin, lead.lead_end) if table[h.lastgroup or ""].strong]
        if hits:
            hit = hits[0] if place == "before" else hits[-1]
            m.relation = table[hit.lastgroup or ""].relation
            m.evidence = _evidence(text, hit.start(), hit.end())
            m.scope = "part" if m.pinpoints and m.relation in _EFFECTS else "whole"
            return


# What introduces a list of instruments: ":", "các văn bản sau đây".
_INTRODUCES_RE = re.compile(r"(?::|\bsau|sau đây)$")


def _by_draft(shadow: str, m: Mention, drafts: Sequence[Draft]) -> bool:
    """True if the paper under discussion is the subject of the clause: "Đề án được xây dựng để …"."""
    draft = next((d for d in drafts if d.start <= m.start < d.end), None)
    if draft is None or m.evidence is None or m.evidence.start >= m.head:
        return False
    clause = shadow[_line_start(shadow, m.evidence.start, m.evidence.start) : m.evidence.start].lstrip("-+• ")
    return re.match(
        rf"(?:Việc\s(?:xây dựng|ban hành)\s)?(?:[dD]ự thảo\b|(?:Nội dung\s)?(?:{draft.type})\b(?!\s(?:số|này)))", clause, re.IGNORECASE
    ) is not None


def _relate_one(
    shadow: str, text: str, mentions: Sequence[Mention], i: int, previous: int | None, own_type: str | None
) -> None:
    m = mentions[i]
    prev = mentions[previous] if previous is not None else None
    low = max(0, m.head - 320)
    since = prev.tail if prev is not None and prev.tail > low else None
    start = max(low, since or 0)
    cut = None
    for cut in _SENTENCE_RE.finditer(shadow, start, m.head):
        pass
    same_sentence = cut is None and since is not None
    begin = cut.end() if cut else start
    between = shadow[begin : m.head]
    if prev is not None and same_sentence:
        between = _without_alias(between)
        passive = _PASSIVE_RE.search(between)
        if passive:
            _set_passive(shadow, text, mentions, i, previous or 0, begin, passive.group("verb").lower())
            return
        if prev.passive and prev.type == m.type and _PASSIVE_LIST_RE.match(between):
            m.passive = list(prev.passive)
            _inherit(m, prev)
            return
    cue = _last_cue(shadow, begin, m.head)
    m.hands_on = cue[2] if cue is not None and cue[3] else None
    if m.link >= 0 and (attached := _ATTACHED_RE.search(shadow, m.link, m.start)):
        # "Phụ lục II ban hành kèm theo Quyết định …": the words stand behind the pinpoint.
        cue = (*attached.span(), "approved_by", True)
    if cue is None and _after(shadow, text, m, mentions, i):
        return
    if cue is not None:
        at, end, relation, strong = cue
        if not strong and relation == "based_on":
            # "thực hiện các nhiệm vụ theo Nghị quyết A": the verb before "theo" tells more, unless
            # it stands right before it ("thực hiện theo Nghị định").
            better = _last_cue(shadow, begin, at)
            if better and better[3] and better[2] != "mentions" and better[1] + 1 < at:
                at, end, relation, strong = better
        if relation == "mentions" and same_sentence and prev is not None and _COORD_END_RE.search(between):
            _inherit(m, _outer(mentions, previous or 0))
            return
        if relation == "based_on" and not strong:
            at, end, relation = at, end, _BY_TYPE.get(m.type or "", relation)
        if relation == "mentions" and _after(shadow, text, m, mentions, i):
            return
        m.relation = relation
        m.evidence = _evidence(text, at, end)
        if relation in _EFFECTS and _is_passive(shadow, at, end, m.head):
            # "Được thay thế bởi Quyết định …" at the start of a line: this paper does nothing to it.
            m.relation = "mentions"
            return
        _agent(shadow, m, mentions, previous if same_sentence else None, begin, at, own_type)
        if relation in _EFFECTS:
            words = shadow[at : m.head] + " ".join(p.text for p in m.pinpoints)
            m.scope = "part" if m.pinpoints or _PARTIAL_EFFECT_RE.search(words) else "whole"
        return
    if same_sentence and prev is not None:
        # "… hướng dẫn Luật A và Luật B": B goes with A; behind ";" or the rest of a title the
        # list goes on whose member carries the title.
        if _JOIN_RE.fullmatch(between) and ";" not in between:
            _inherit(m, prev)
        elif _JOIN_RE.fullmatch(between) or _COORD_END_RE.search(between):
            _inherit(m, _outer(mentions, previous or 0))


def _without_alias(between: str) -> str:
    return re.sub(r"\s?\((?:sau đây|dưới đây|gọi tắt|viết tắt)[^()]{0,120}\)?", "", between)


def _is_passive(shadow: str, at: int, end: int, head: int) -> bool:
    before = shadow[max(0, at - 8) : at].lower().rstrip().endswith(("được", "bị"))
    link = shadow[end:head] + shadow[at:end][-6:]
    return before and re.search(r"\b(?:bởi|tại|theo|bằng)\b", link, re.IGNORECASE) is not None


def _set_passive(
    shadow: str, text: str, mentions: Sequence[Mention], i: int, previous: int, begin: int, verb: str
) -> None:
    """"A được sửa đổi, bổ sung tại B": B acts on A; to the citing text B stands as A does."""
    m, prev = mentions[i], mentions[previous]
    if verb not in ("hợp nhất", "đính chính"):
        if prev.agent == "other" and prev.agent_of is not None:
            head = mentions[prev.agent_of]
            # A decree does not amend the law that its title names, but the decree before it.
            if (prev.kind == "named" and m.kind != "named" and not (m.symbol and m.symbol.term)) or (
                m.type == head.type != prev.type
            ):
                previous, prev = prev.agent_of, head
        at = begin + shadow[begin : m.head].lower().rindex(verb)
        words = _evidence(text, at, at + len(verb))
        m.passive = [(_VERB.get(verb, "amends"), previous, words)]
        if "cả hai" in shadow[begin:at] and prev.agent_of is not None:
            m.passive.append((_VERB.get(verb, "amends"), prev.agent_of, words))
    _inherit(m, prev)


def _outer(mentions: Sequence[Mention], index: int) -> Mention:
    """Returns the mention whose title holds ``mentions[index]``, or that mention itself."""
    m = mentions[index]
    seen = 0
    while m.agent == "other" and m.agent_of is not None and seen < 8:
        m = mentions[m.agent_of]
        seen += 1
    return m


def _inherit(m: Mention, prev: Mention) -> None:
    """Gives a coordinated mention the relation of the one before it."""
    if m.passive and (prev.agent == "other" or prev.relation in _EFFECTS):
        return  # "A sửa đổi B …, B đã được thay thế bởi C": nothing is said of C itself
    m.relation, m.agent, m.agent_of, m.evidence, m.scope = (
        prev.hands_on or prev.relation, prev.agent, prev.agent_of, prev.evidence, "part" if m.pinpoints and prev.relation in _EFFECTS else prev.scope,
    )


def _last_cue(shadow: str, begin: int, end: int) -> tuple[int, int, str, bool] | None:
    """Returns (start, end, relation, strong) of the cue closest before ``end`` whose object is there."""
    pattern, table = _cues("before")
    hits = list(pattern.finditer(shadow, begin, end))
    for hit in reversed(hits[-6:]):
        if shadow[hit.start() - 1 : hit.start()] == "(" and shadow[hit.end() : hit.end() + 1] == ")":
            continue  # "Luật An toàn thực phẩm (sửa đổi)" is a name
        if _FILLER_RE.fullmatch(shadow, hit.end(), end):
            cue = table[hit.lastgroup or ""]
            return hit.start(), hit.end(), cue.relation, cue.strong
    return None


def _after(shadow: str, text: str, m: Mention, mentions: Sequence[Mention], i: int) -> bool:
    """Cues behind the mention: "… hết hiệu lực", "tại Thông báo A, … yêu cầu …"."""
    stop = mentions[i + 1].head if i + 1 < len(mentions) else len(shadow)
    pattern, table = _cues("after")
    tail = shadow[m.tail : min(stop, m.tail + 140)]
    line = re.split(r"[\n;]|\.\s", tail, maxsplit=1)[0]
    hit = pattern.search(line)
    if hit and (hit.start() < 3 or not re.search(r"[,:]", line[: hit.start()])):
        m.relation = table[hit.lastgroup or ""].relation
        m.evidence = _evidence(text, m.tail + hit.start(), m.tail + hit.end())
        return True
    if _AT_BEFORE_RE.search(shadow[max(0, m.head - 12) : m.head]):
        order = _ORDER_AFTER_RE.match(shadow, m.tail, min(len(shadow), m.tail + 300))
        if order:
            m.relation = "requested_by"
            m.evidence = _evidence(text, *order.span("verb"))
            return True
    return False


def _agent(
    shadow: str, m: Mention, mentions: Sequence[Mention], previous: int | None, begin: int, at: int, own_type: str | None
) -> None:
    m.agent, m.agent_of = "this", None
    if previous is not None:
        prev = mentions[previous]
        gap = shadow[prev.tail : at]
        if (not gap.strip() or _TITLE_RE.match(shadow, prev.tail)) and not _clause_break(gap):
            m.agent, m.agent_of = "other", previous
            return
    if m.relation not in _ISSUE_VERBS:
        return
    sentence = shadow[_line_start(shadow, begin, at) : at]
    if _SELF_RE.search(sentence):
        return
    if _DRAFT_RE.search(sentence):
        m.agent = "draft"
        return
    if _ENACTS_RE.match(sentence) and (
        own_type in _ENACTED or shadow[: at - len(sentence)].rstrip(" \n").endswith(";")
    ):
        return
    issue = None
    for issue in _TO_ISSUE_RE.finditer(sentence):
        pass
    if issue and issue.group("type") != own_type:
        m.agent = "draft"


def _check_actor(mentions: Sequence[Mention], m: Mention) -> None:
    """Nobody amends or guides a paper of a later year: then the outer instrument is meant."""
    year = m.year or m.date_year
    while m.agent == "other" and m.agent_of is not None and year is not None:
        actor = mentions[m.agent_of]
        own = actor.year or actor.date_year
        if own is None or own >= year:
            return
        m.agent, m.agent_of, m.relation, m.evidence = (
            actor.agent, actor.agent_of, actor.relation, actor.evidence,
        )


def _clause_break(gap: str) -> bool:
    return re.search(r"[;:]|,\s(?:UBND|Ủy ban|Sở|Bộ|Thủ tướng|Chủ tịch|yêu cầu|giao|đề nghị|để|nhằm|đồng thời|thực hiện|triển khai)|\)\s*\S", gap) is not None


def _line_start(shadow: str, begin: int, at: int) -> int:
    line = shadow.rfind("\n", 0, at) + 1
    cut = None
    for cut in _SENTENCE_RE.finditer(shadow, max(line, at - 400), at):
        pass
    return cut.end() if cut else max(line, at - 400)


def _evidence(text: str, start: int, end: int) -> Evidence:
    words = text[start:end]
    stripped = words.strip()
    start += words.index(stripped) if stripped else 0
    return Evidence(start, start + len(stripped), stripped)
