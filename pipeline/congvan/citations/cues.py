"""Cues: the words that tell how a text stands to an instrument, and where their reach ends.

The table is ``lookups/relation_cues.csv``. A cue in front of a mention counts only if what lies
between the two is filler ("các nội dung", "của Chính phủ tại"): in "tổ chức thi hành pháp luật và
Nghị định B" the verb has another object.
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
    "một trong|Đảng|nghị định|thông tư|sau|sau đây|như sau|có hiệu quả|hiệu quả|nghiêm "
    "túc|nghiêm|đầy đủ|kịp thời|quyết liệt|đồng bộ|thống nhất|tốt|toàn diện|sâu rộng|"
    "triệt để|đúng|"
    "các|những|toàn bộ|một số|nội dung|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|quan điểm|"
    "chủ trương|chính sách|cơ chế|tinh thần|trọng tâm|chủ yếu|ưu tiên|then chốt|"
    "điều khoản|điều|khoản|văn bản|quy định|kết luận|chỉ đạo|yêu cầu|kế hoạch|chương "
    "trình|đề án|nghị quyết|chỉ thị|quyết định|luật|"
    "được giao|đã được giao|được phân công|giao|nêu|đề ra|đã đề ra|xác định|được xác "
    "định|nêu ra|quy định rõ|liên quan|cụ thể|"
    "tại|theo|trong|của|ở|từ|bởi|bằng|với|cho|này|và|hoặc|cũng như|cùng với|gồm|bao gồm|"
    "như|là|số|kèm|đối với|"
    "thành công|thắng lợi|có|một cách|việc|công tác|kết quả|tình hình|quá trình|năm|"
    "\\d{1,2}|bước đầu|ngay|tiếp tục|đẩy mạnh|tổ chức|"
    "chi tiết|thi hành|thực hiện|triển khai|hướng dẫn|biện pháp|Điều lệ Đảng|một phần|"
    "[IVXLC]{1,5}|cụm từ|tiêu chuẩn|tiêu chí|lộ trình|yêu cầu|Phụ lục|phần|phụ lục|Danh "
    "mục|danh mục|mục|chương|bổ sung|nâng cao|lần thứ"
)


def _filler() -> str:
    # Longest first: the group is possessive and never comes back to a longer word.
    words = sorted(_FILLER_WORDS.split("|"), key=len, reverse=True)
    return "|".join(words)


_FILLER_RE = re.compile(
    rf"(?:\s|[“\"][^”\"\n]{{1,200}}[”\"]|[,:(/\-]|(?:của|do|về|cho) [^;.\n]{{3,90}}? "
    rf"(?=(?:tại|trong|theo|ban hành|nêu)\s|\()|(?:{_filler()})(?!\w))*+",
    re.IGNORECASE,
)
SENTENCE_RE = re.compile(rf"(?:[.!?…]\s+(?=[{UPPER}0-9\"“(])|\n(?!\s*[{LOWER}]))")
# "… ban hành Quy định về A, B hết hiệu lực thi hành kể từ ngày Quyết định này có hiệu lực".
_EXPIRES_RE = re.compile(r"(?<!đã )hết hiệu lực(?: thi hành)?(?=,? (?:kể )?từ (?:ngày|khi)\b)")
# Characters behind a mention in which its title and the verb behind that must lie.
_TITLE = 700
# Characters before a mention: where most cues lie, and how long a cue may be.
_NEAR, _RIM = 100, 40
# "tại Thông báo số 569/TB-VPCP, Phó Thủ tướng yêu cầu …"
_ORDER_AFTER_RE = re.compile(
    r"[^.\n]{0,260}?(?<!được )\b(?P<verb>yêu cầu|chỉ đạo|"
    r"giao(?! (?:dịch|thông|lưu|ban|nhận|quy định)\b)|kết luận|có ý kiến|đề nghị|đôn đốc|"
    r"nhắc nhở|cho ý kiến|đồng ý|quyết định)\b"
)
_AT_BEFORE_RE = re.compile(r"(?:^|[\s,;(])(?:[tT]ại|[tT]heo)\s(?:các\s)?$")


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the table; a weak cue yields to a verb before it."""

    relation: str
    strong: bool


@cache
def cue_table(place: str) -> tuple[re.Pattern[str], dict[str, Cue]]:
    parts, table = [], {}
    for i, row in enumerate(r for r in rows("relation_cues") if r["place"] == place):
        name = f"c{i}"
        parts.append(f"(?P<{name}>{row['pattern']})")
        table[name] = Cue(row["relation"], row["strength"] == "strong")
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE), table


def last_cue(shadow: str, begin: int, end: int) -> tuple[int, int, str, bool] | None:
    """Returns (start, end, relation, strong) of the closest cue whose object begins at ``end``."""
    # Most cues stand close by; a cue at the rim of the near stretch may be cut, so look again.
    near = max(begin, end - _NEAR)
    found = _last_cue(shadow, near, end)
    if near > begin and (found is None or found[0] < near + _RIM):
        return _last_cue(shadow, begin, end)
    return found


def _last_cue(shadow: str, begin: int, end: int) -> tuple[int, int, str, bool] | None:
    pattern, table = cue_table("before")
    hits = list(pattern.finditer(shadow, begin, end))
    for hit in reversed(hits[-6:]):
        if (
            shadow[hit.start() - 1 : hit.start()] == "("
            and shadow[hit.end() : hit.end() + 1] == ")"
        ):
            continue  # "Luật An toàn thực phẩm (sửa đổi)" is a name
        if _FILLER_RE.fullmatch(shadow, hit.end(), end):
            cue = table[hit.lastgroup or ""]
            return hit.start(), hit.end(), cue.relation, cue.strong
    return None


def state_behind(
    shadow: str, text: str, m: Mention, mentions: Sequence[Mention], i: int
) -> Mention | None:
    """Reads what becomes of an instrument behind its mention ("… hết hiệu lực").

    Sets relation and evidence of the mention that it holds for and returns that one.
    """
    stop = mentions[i + 1].head if i + 1 < len(mentions) else len(shadow)
    pattern, table = cue_table("after")
    tail = shadow[m.tail : min(stop, m.tail + _TITLE)]
    line = re.split(r"[\n;]|\.\s", tail, maxsplit=1)[0]
    hit = pattern.search(line, 0, 140)
    if hit is None or (hit.start() >= 3 and re.search(r"[,:]", line[: hit.start()])):
        # Behind a long title only what can mean nothing else.
        hit = _EXPIRES_RE.search(line)
        if hit is None or not re.match(r",?\s(?:của|về|ban hành|quy định|sửa đổi)\s", line):
            return None
        target = mentions[m.passive[0][1]] if m.passive else m
        target.relation = "repeals"
        target.evidence = evidence_at(text, m.tail + hit.start(), m.tail + hit.end())
        return target
    # "A, được sửa đổi bởi B, hết hiệu lực": it is A that ends.
    target = mentions[m.passive[0][1]] if m.passive else m
    target.relation = table[hit.lastgroup or ""].relation
    target.evidence = evidence_at(text, m.tail + hit.start(), m.tail + hit.end())
    return target


def cue_behind(shadow: str, text: str, m: Mention, mentions: Sequence[Mention], i: int) -> bool:
    """Reads cues behind a mention ("… hết hiệu lực", "tại Thông báo A, … yêu cầu …").

    Returns True and sets relation and evidence if there is one.
    """
    target = state_behind(shadow, text, m, mentions, i)
    if target is not None:
        return target is m
    if _AT_BEFORE_RE.search(shadow[max(0, m.head - 12) : m.head]):
        order = _ORDER_AFTER_RE.match(shadow, m.tail, min(len(shadow), m.tail + 300))
        if order:
            m.relation = "requested_by"
            m.evidence = evidence_at(text, *order.span("verb"))
            return True
    return False


def sentence_start(shadow: str, at: int) -> int:
    """Returns where the sentence around ``at`` begins, at most 400 characters before it."""
    line = shadow.rfind("\n", 0, at) + 1
    low = max(line, at - 400)
    breaks = list(SENTENCE_RE.finditer(shadow, low, at))
    return breaks[-1].end() if breaks else low


def evidence_at(text: str, start: int, end: int) -> Evidence:
    """Returns the words ``text[start:end]``, blanks at their ends taken off."""
    words = text[start:end]
    stripped = words.strip()
    start += words.index(stripped) if stripped else 0
    return Evidence(start, start + len(stripped), stripped)
