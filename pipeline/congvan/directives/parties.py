"""The bodies that a unit names, and the part that each has in the order.

========  =====================================================================
assignee  must act: "giao Sở X", "Sở X chủ trì", the subject of the order
co        helps: the object of "phối hợp với"
deliver   receives the result: "báo cáo UBND tỉnh", "gửi Sở X"
mention   anything else: "theo đề nghị của Sở X", "hướng dẫn Sở X"
========  =====================================================================

Names that stand in one list have one part, and the words left of the list say which
(``lookups/party_cues.csv``). Without such words the list is the subject of the order if the
clause begins with it and a verb of an order follows. Vague groups ("các sở, ban, ngành") and
"cơ quan chủ trì" are found by ``lookups/vague_groups.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from congvan import lookups
from congvan.dates import lower
from congvan.document import Entity
from congvan.due_grammar import verbs
from congvan.labels.cues import TOKEN_RE
from congvan.text import shadow

from .orders import words_of

ASSIGNEE, CO, DELIVER, MENTION = "assignee", "co", "deliver", "mention"
#: What a party is: a body that the entities name, a group without a name, or an anaphor.
BODY, GROUP, ANAPHOR = "body", "group", "anaphor"


@dataclass(frozen=True, slots=True)
class Party:
    """One body or group of a unit.

    Attributes:
        kind: "body", "group" or "anaphor".
        value: Canonical name of a body, None if it has none.
        part: "assignee", "co", "deliver" or "mention".
    """

    kind: str
    start: int
    end: int
    text: str
    value: str | None
    part: str = MENTION


# What stands between the names of one list. Hit: ", ", " và ", "; ", " và các ". Near miss: "
# của ".
_BETWEEN_RE = re.compile(
    r"\s*(?:\([^()\n]{1,80}\)\s*)?(?:, (?:và )?(?:các )?(?:cơ quan|đơn vị|tổ chức|hệ thống"
    r"|lực lượng)"
    r"[^¤,.;:()]{0,35})?(?:(?:[,;/&]|,? ?và|,? ?hoặc)\s*"
    r"(?:(?:các|một số|với|(?:(?:bộ trưởng|giám đốc|thủ trưởng) )?các (?:sở|bộ|ban):|đồng chí"
    r"|lãnh đạo)\s+){0,2})?"
)
_TITLE_RE = re.compile(r" ?[-–] ?|, (?=phó )")
# What shows that a body at the head of a clause is not its subject. Hit: ", ", " của",
# " đã", " được giao". Near miss: " được đề nghị", " lo phần vé xe".
_NO_SUBJECT_RE = re.compile(
    r"(?:\s*\([^()\n]{1,90}\))?\s*(?:[,.;)]|và(?!\w)|của(?!\w)|tại(?!\w)|đã(?!\w)|đang(?!\w)|vừa(?!\w)"
    r"|được(?! (?:đề nghị|giao chủ trì|giao nhiệm vụ|phân công))(?!\w)|bị(?!\w)|gồm|thuộc"
    r"|là(?! (?:cơ quan |đơn vị )?(?:chủ trì|đầu mối|thường trực|thực hiện))(?!\w)"
    r"|trình bày|cho biết|có (?!trách|văn|ý|kế|phương|biện|báo)|còn(?!\w)|chưa(?!\w)|$)"
)
# What may follow the subject of an order before its verb. Hit: " khẩn trương ", " (cơ quan
# thường trực) ", ", theo chức năng, nhiệm vụ, ". Near miss: " đã ".
_BEFORE_VERB = (
    r"(?:\s*\([^()\n]{1,90}\))?(?:\s*-\s*[^,.;:()\n]{3,60}(?=\s(?:chủ trì|khẩn|có)))?"
    r"\s*(?:,\s*)?"
)
_DONE_RE = re.compile(
    r"(?:\s*\([^()\n]{1,90}\))?\s*(?:đã|đang|vừa|báo cáo về việc|trình bày|trình tại"
    r"|cho biết)(?!\w)"
)
_STRONG_RE = re.compile(
    r"(?:\s*\([^()\n]{1,90}\))?\s*(?:,\s*)?(?:chủ trì|có trách nhiệm|chịu trách nhiệm|làm đầu mối"
    r"|khẩn trương|tiếp thu|là (?:cơ quan|đơn vị) (?:chủ trì|đầu mối))(?!\w)"
)
# Who gives the order is not who must act. Hit: " yêu cầu", " có ý kiến". Near miss: " chỉ đạo".
_SPEAKER_RE = re.compile(
    r"(?:\s*\([^()\n]{1,90}\))?\s*(?:,\s*)?(?:cơ bản |hoàn toàn |kính |đã )?(?:yêu cầu|đề nghị"
    r"|giao(?! ban)"
    r"|có ý kiến|kết luận|thống nhất(?: với| chủ| nội| giao| một| chỉ|$)|nhất trí|đồng ý|ghi nhận"
    r"|biểu dương|nhận được|nhận thấy|ban hành (?:kế hoạch|chỉ thị|công điện|quyết định) (?:này"
    r"|với|về)"
    r"|thông báo (?:để|đến|ý kiến)"
    r"|phân công (?=[¤¢]|đồng chí|các (?:bộ|sở|đồng chí|¤))|ủy quyền|phân cấp"
    r"|đánh giá cao|hoan nghênh|điện)(?!\w)"
)
# What a unit is about, before its order. Hit: "về đề nghị của Bộ Y tế chỉ đạo …:".
_TOPIC_RE = re.compile(r"[\s*–-]*(?:về|đối với (?:đề nghị|kiến nghị|ý kiến)) [^:;]{5,400}:")
_SHORT = 12
_BASES = frozenset(("căn", "trên", "để"))
_STOP_RE = re.compile(r"[;!?\n]|\.(?=\s|$)")
_LONGEST = 6


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE_VERB}(?::|{words_of('acts')}(?!\w))")


@cache
def _groups() -> re.Pattern[str]:
    table = lookups.rows("vague_groups")
    group = "|".join(r["pattern"] for r in table if r["role"] == "group")
    tail = "|".join(r["pattern"] for r in table if r["role"] == "tail")
    anaphor = "|".join(r["pattern"] for r in table if r["role"] == "anaphor")
    return re.compile(rf"(?<!\w)(?:(?P<anaphor>{anaphor})|(?:{group})(?: (?:{tail})){{0,3}})(?!\w)")


@cache
def _cues() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in lookups.rows("party_cues"):
        for words in lookups.values(row["words"]):
            found.setdefault(tuple(words.split()), row["role"])
    return found


@cache
def _cue_ends() -> frozenset[str]:
    return frozenset(words[-1] for words in _cues())


def is_vague(words: str) -> bool:
    """Tells whether words name a group that has no name: "các sở, ban, ngành"."""
    low = lower(shadow(words)).strip()
    return _groups().fullmatch(low) is not None or low.startswith(
        ("các cơ quan", "các đơn vị", "các sở, ", "các địa phương", "thủ trưởng các")
    )


def find_parties(
    text: str, low: str, start: int, end: int, agencies: Sequence[Entity]
) -> list[Party]:
    """Returns the bodies and groups named in ``text[start:end]``, each with its part, in order.

    Args:
        text: Canonical text.
        low: The masked text, see :func:`congvan.labels.features.masked`.
        start: First code point of the unit.
        end: Past its last one.
        agencies: The agencies inside the unit, in order.
    """
    named = [Party(BODY, e.start, e.end, _full(e, low, start), e.value) for e in agencies]
    taken = [(p.start, p.end) for p in named]
    for m in _groups().finditer(low, start, end):
        if all(m.end() <= a or b <= m.start() for a, b in taken):
            kind = ANAPHOR if m["anaphor"] else GROUP
            named.append(Party(kind, m.start(), m.end(), text[m.start() : m.end()], None))
    named.sort(key=lambda p: p.start)
    named = [
        p
        for k, p in enumerate(named)
        if p.kind != GROUP
        or k + 1 == len(named)
        or not _HEADS_RE.fullmatch(low, p.end, named[k + 1].start)
    ]
    # "Bộ trưởng Bộ Tài chính - Phó Trưởng ban …": one person in two offices.
    named = [
        p
        for k, p in enumerate(named)
        if not k or not _TITLE_RE.fullmatch(low, named[k - 1].end, p.start)
    ]
    out: list[Party] = []
    i = 0
    while i < len(named):
        j = i + 1
        while j < len(named) and _BETWEEN_RE.fullmatch(low, named[j - 1].end, named[j].start):
            new = named[j - 1].kind == GROUP and named[j].kind == BODY
            comma = low[named[j - 1].end : named[j].start].strip() == ","
            strong = new and comma and _STRONG_RE.match(low, named[j].end, end)
            if strong and _left_of(low, start, named[i].start)[1] == MENTION:
                break  # "… đề nghị của các bộ, cơ quan liên quan, Bộ Tài chính khẩn trương …"
            j += 1
        part = _part(low, start, end, named[i].start, named[j - 1].end, named[i].kind)
        for p in named[i:j]:
            out.append(Party(p.kind, p.start, p.end, p.text, p.value, part))
        i = j
    return out


# A group that is only the head of the names behind it. Hit: "các bộ" + ": ". Near miss: ", ".
_HEADS_RE = re.compile(r" ?: ?")
# A head that is written once for a list. Hit: "bộ trưởng các bộ: ", "giám đốc các sở: ¤, ¤ và ".
_HEAD_RE = re.compile(
    r"(?:(?P<office>bộ trưởng|thứ trưởng|giám đốc|chủ tịch|thủ trưởng|chánh văn phòng"
    r"|bí thư) )?các "
    r"(?P<head>bộ|sở|ban|cục|vụ|phòng|chi cục|huyện ủy|đảng ủy|công ty|tập đoàn"
    r"|tổng công ty) ?:? ?(?:¤+(?:, ?| và )){0,30}$"
)


def _full(agency: Entity, low: str, start: int) -> str:
    """Returns the words of a name; in "các Bộ: Xây dựng, Công an" with the head of the list."""
    text = agency.text
    value = agency.value or ""
    m = _HEAD_RE.search(low, max(start, agency.start - 400), agency.start)
    if m is None or not value.lower().startswith(m["head"]) or text.lower().startswith(m["head"]):
        return text
    head = f"{m['head'].capitalize()} {text}"
    return f"{m['office'].capitalize()} {head}" if m["office"] else head


def _part(low: str, start: int, end: int, a: int, b: int, kind: str) -> str:
    """Returns the part of the list ``[a, b)`` of the unit ``[start, end)``.

    Args:
        low: The masked text.
        start, end: The unit.
        a, b: The list.
        kind: Of its first member.
    """
    topic = _TOPIC_RE.match(low, start, end)
    if topic and b <= topic.end():
        return MENTION
    words, role = _left_of(low, start, a)
    i = len(words)
    follows = low[b : min(end, b + 120)]
    subject = bool(_subject().match(follows)) and not _DONE_RE.match(follows)
    if not subject:
        subject = bool(verbs("order").match(follows.lstrip()))
    strong = bool(_STRONG_RE.match(follows))
    front = i == 0 or words[i - 1] in (":", "thì") or all(w in "-+*•(" for w in words[:i])
    if role == CO:
        return CO
    if role == DELIVER:
        if words[i - 1] == "về" and not any(w in ("gửi", "nộp", "báo", "chuyển") for w in words):
            return MENTION
        return ASSIGNEE if strong and words[i - 1] in ("đề", "về") else DELIVER
    if role == ASSIGNEE:
        # "đất nào … thì thu hồi, giao UBND huyện quản lý": what is given, not who is told.
        given = words[i - 1] in ("giao", "cho") and "thì" in words[:i]
        return MENTION if given else ASSIGNEE
    if role == MENTION:
        by = words[i - 1] == "do" and follows.lstrip().startswith("chủ trì")
        return ASSIGNEE if by else MENTION
    if _SPEAKER_RE.match(follows):
        return MENTION
    if front:
        alone = not follows.strip(" .;:*")
        return ASSIGNEE if subject or alone or not _NO_SUBJECT_RE.match(follows) else MENTION
    # "Căn cứ kế hoạch này, các sở, Sở X …": one short clause before.
    based = words[i - 1] == "," and words[0] in _BASES and words.count(",") == 1 and i <= _SHORT
    if words[i - 1] in (",", ":") and (strong or (subject and (kind == BODY or based))):
        # "Trên cơ sở …, Sở X chủ trì …"; not "…, Sở X" inside a list of what is meant.
        return ASSIGNEE
    if words[i - 1] in ("và", "thời", "đó") and strong:
        return ASSIGNEE
    return MENTION


def _left_of(low: str, start: int, a: int) -> tuple[list[str], str]:
    """Returns the words left of ``a`` in its clause, up to the cue that says the part; its role.

    Persons and words such as "các", "đồng chí" are passed over.
    """
    begin = start
    for stop in _STOP_RE.finditer(low, max(start, a - 300), a):
        begin = stop.end()
    words = [t.group() for t in TOKEN_RE.finditer(low, max(begin, a - 120), a)]
    while words:
        size, role = _cue(words, len(words))
        if role == "skip":
            del words[-size:]
        elif not role and words[-1][0] == "¢":
            del words[-1:]
        elif not role and words[-1] == "," and len(words) > 1 and words[-2][0] == "¢":
            del words[-2:]
        else:
            return words, role
    return [], ""


def _cue(words: Sequence[str], i: int) -> tuple[int, str]:
    if words[i - 1] not in _cue_ends():
        return 0, ""
    for size in range(min(_LONGEST, i), 0, -1):
        role = _cues().get(tuple(words[i - size : i]))
        if role is not None:
            return size, role
    return 0, ""
