"""Who acts: this document, a draft under discussion, or another cited instrument."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..text import UPPER
from .cues import sentence_start
from .mention import Mention

# How a title goes on behind its instrument.
_TITLE_RE = re.compile(
    r"\s?,?\s?\(?(?:(?:đã|chỉ|sẽ|cũng|có|nhằm|để)\s)?(?:về\b|quy định|hướng dẫn|ban hành|"
    r"phê duyệt|sửa đổi|bổ sung|thực hiện|thi hành|triển khai|thay thế|bãi bỏ|"
    r"điều chỉnh|cập nhật|công bố|cụ thể hóa|tổ chức|tiếp tục|đề nghị|thông qua)",
    re.IGNORECASE,
)
_TYPES = (
    "Nghị định|Nghị quyết|Quyết định|Thông tư|Luật|Pháp lệnh|Chỉ thị|Kế hoạch|Đề án|Quy "
    "chế|Quy định|Chương trình|Tờ trình|Kết luận|Hướng dẫn|Văn bản|Thông báo"
)
_DRAFT_RE = re.compile(
    rf"(?:[dD]ự thảo|DỰ THẢO|[dD]ự kiến|[dD]ự án)\s(?:\(?lần \d\)?\s)?(?:văn bản|{_TYPES}|"
    rf"nghị quyết|nghị định|quyết định|thông tư|kế hoạch|đề án|quy chế|quy định|chương "
    rf"trình|tờ trình)\b(?!\ssố\s\d)"
    r"(?!.*(?:[;.\n]|,\s(?:trình|báo cáo|gửi|theo|đề nghị|hoàn thành|bảo đảm|đảm bảo|căn "
    r"cứ)))",
    re.IGNORECASE | re.DOTALL,
)
# "trình ban hành Nghị định thay thế", "xây dựng dự thảo Quyết định sửa đổi": the paper is the
# object of the verb, and what follows up to the cue is still its name. Near misses: "đã ban hành
# Nghị quyết số 109/NQ-CP" (issued), "Chương trình …" (no verb), "ban hành tiêu chí đánh giá …".
_TO_ISSUE_RE = re.compile(
    rf"(?<!\w)(?<!đã )(?<!Chương )(?<!chương )(?<!lộ )(?<!quy )(?<!Tờ )(?<!tờ )(?:xây dựng|"
    rf"ban hành|soạn thảo|hoàn thiện|tham mưu|trình|báo cáo|thẩm định|góp ý|thông qua)"
    rf"\s(?:(?!việc|đánh giá|thực hiện|tiêu chí)\w+\s){{0,3}}?(?P<type>{_TYPES}|văn bản|"
    rf"nghị định|nghị quyết|thông tư|quyết định)(?!\s(?:số|này|chỉ đạo tại))(?:\smới)?\b"
    r"(?!.*(?:[.;:\n]|\b(?:trong việc|gắn với|đồng thời)\b|\bviệc\s(?:triển khai|thực "
    r"hiện|tổ chức)|,\s(?:bảo đảm|đảm bảo|báo cáo|trình|gửi|giao|yêu cầu|kỷ luật|theo|"
    r"hoàn thành|tổ chức|UBND|Sở|Bộ|Ủy ban)))",
    re.DOTALL,
)
# "Bộ trưởng Bộ Công Thương ban hành Thông tư sửa đổi …" opens the enacted text itself.
_ENACTS_RE = re.compile(rf"^[{UPPER}][^.;:\n]{{2,90}}?\sban hành\s(?:{_TYPES})\b")
_SELF_RE = re.compile(rf"(?:{_TYPES}|Thông báo|Công điện|Công văn|Văn bản)\snày\b[^.;\n]{{0,160}}$")
_ENACTED = frozenset(
    {
        "Văn bản hợp nhất",
        "Nghị định",
        "Thông tư",
        "Quyết định",
        "Nghị quyết",
        "Luật",
        "Thông tư liên tịch",
    }
)
#: What a paper that is not issued yet can do to an issued one.
ISSUE_VERBS = frozenset({"amends", "replaces", "repeals", "guides", "implements"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A section that discusses a draft: its extent and the type of the paper ("Đề án")."""

    start: int
    end: int
    type: str


def set_agent(
    shadow: str,
    m: Mention,
    mentions: Sequence[Mention],
    previous: int | None,
    at: int,
    own_type: str | None,
) -> None:
    """Sets who stands in the relation whose cue begins at ``at``."""
    m.agent, m.agent_of = "this", None
    if previous is not None:
        prev = mentions[previous]
        gap = shadow[prev.tail : at]
        if (not gap.strip() or _TITLE_RE.match(shadow, prev.tail)) and not _clause_break(gap):
            m.agent, m.agent_of = "other", previous
            return
    if m.relation not in ISSUE_VERBS:
        return
    sentence = shadow[sentence_start(shadow, at) : at]
    if _SELF_RE.search(sentence):
        return
    if _DRAFT_RE.search(sentence):
        m.agent = "draft"
        return
    if _ENACTS_RE.match(sentence) and (
        own_type in _ENACTED or shadow[: at - len(sentence)].rstrip(" \n").endswith(";")
    ):
        return
    issued = list(_TO_ISSUE_RE.finditer(sentence))
    if issued and issued[-1].group("type") != own_type:
        m.agent = "draft"


# Letters, reports, notices and plans propose or announce; they do not change a rule.
_WEAK_TYPES = frozenset(
    {
        "Công văn",
        "Công điện",
        "Tờ trình",
        "Báo cáo",
        "Thông báo",
        "Biên bản",
        "Giấy mời",
        "Phiếu chuyển",
        "Hướng dẫn",
        "Kế hoạch",
    }
)
_EFFECTS = frozenset({"amends", "replaces", "repeals"})


def proposes(mentions: Sequence[Mention], m: Mention, own_type: str | None) -> bool:
    """True if a paper that cannot change a rule seems to: what it speaks of is the one to come."""
    if m.relation not in _EFFECTS or m.agent == "draft":
        return False
    actor = own_type if m.agent == "this" else None
    if m.agent == "other" and m.agent_of is not None:
        actor = mentions[m.agent_of].type
    return actor in _WEAK_TYPES and m.type != actor


def check_actor(mentions: Sequence[Mention], m: Mention) -> None:
    """Nobody amends or guides a paper of a later year: then the outer instrument is meant."""
    year = m.year or m.date_year
    while m.agent == "other" and m.agent_of is not None and year is not None:
        actor = mentions[m.agent_of]
        own = actor.year or actor.date_year
        if own is None or own >= year:
            return
        m.agent, m.agent_of, m.relation, m.evidence = (
            actor.agent,
            actor.agent_of,
            actor.relation,
            actor.evidence,
        )


def by_draft(shadow: str, m: Mention, drafts: Sequence[Draft]) -> bool:
    """True if the paper under discussion is the subject ("Đề án được xây dựng để …")."""
    i = bisect_right(drafts, m.start, key=lambda d: d.start) - 1
    draft = drafts[i] if i >= 0 and m.start < drafts[i].end else None
    if draft is None or m.evidence is None or m.evidence.start >= m.head:
        return False
    clause = shadow[sentence_start(shadow, m.evidence.start) : m.evidence.start].lstrip("-+• ")
    return (
        re.match(
            rf"(?:Việc\s(?:xây dựng|ban hành)\s)?(?:[dD]ự thảo\b|(?:Nội dung\s)?(?:{draft.type})"
            rf"\b(?!\s(?:số|này)))",
            clause,
            re.IGNORECASE,
        )
        is not None
    )


def _clause_break(gap: str) -> bool:
    return (
        re.search(
            r"[;:]|,\s(?:UBND|Ủy ban|Sở|Bộ|Thủ tướng|Chủ tịch|yêu cầu|giao|đề nghị|để|nhằm|đồng "
            r"thời|thực hiện|triển khai)|\)\s*\S",
            gap,
        )
        is not None
    )
