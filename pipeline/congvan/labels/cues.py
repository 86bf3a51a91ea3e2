"""Which verb governs: the cue words of a unit, and how each of them stands.

A cue word proves nothing (annotation.md section 2): "Rà soát quỹ đất" is an order, "qua rà
soát", "biên bản rà soát" and "không rà soát" are none, and "bổ sung việc rà soát" orders to add.
Each cue is read with the words left of it in its clause, from right to left: adverbs are passed
over, and the first word that says how it stands decides. The words are data:
``lookups/label_cues.csv`` and ``lookups/label_context.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from congvan import lookups
from congvan.due_grammar import verbs

#: Fill characters of masked text: what a name stands for is not searched for cues.
AGENCY, INSTRUMENT, DATE, PERSON, LOCATION, QUOTE = "¤", "§", "¶", "¢", "£", "¥"
MASKS = {
    "AGENCY": AGENCY,
    "INSTRUMENT": INSTRUMENT,
    "DATE": DATE,
    "PERSON": PERSON,
    "LOCATION": LOCATION,
}

#: How a cue may stand; the first four are orders.
ORDERS = ("order", "light", "joined", "actor")
STANDINGS = (
    *ORDERS,
    "purpose",
    "unknown",
    "condition",
    "passive",
    "nominal",
    "attribute",
    "embed",
    "done",
    "negated",
)

# Words, masked names, and single marks. Hit: "bổ", "¤¤¤", ",", "41/TB". Near miss: " ".
TOKEN_RE = re.compile(r"¤+|§+|¶+|¢+|£+|¥+|[^\W_]+(?:[-/.][^\W_]+)*|[^\w\s]")
# Where a clause ends. Hit: "; ", ". Sở", ":". Near miss: "01.5.2021", ",".
STOP_RE = re.compile(r"[;:!?]|\.(?=\s|$)")
_LONGEST = 5  # words of a phrase in the table
_REACH = 24  # words looked back: a governing verb farther off is not of this cue


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word.

    Attributes:
        label: "supplement" or "review".
        name: The row of the table.
        start, end: Offsets into the text that was searched.
        standing: One of :data:`STANDINGS`.
        word: The words that decided the standing, "" where none did.
        head: True if nothing but adverbs stands before it in its clause.
        verb: The first verb of an order in its clause before it, "" if there is none.
        far: A word farther left, in the same stretch between commas, that governs; or "".
    """

    label: str
    name: str
    start: int
    end: int
    text: str
    standing: str
    word: str
    head: bool
    verb: str = ""
    far: str = ""

    @property
    def orders(self) -> bool:
        """True if the cue stands as the verb of an order."""
        return self.standing in ORDERS


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    table = lookups.rows("label_cues")
    # Words may be parted by more than one blank.
    parts = [f"(?P<c{i}>{row['pattern'].replace(' ', ' +')})" for i, row in enumerate(table)]
    whole = re.compile(r"(?<![\w/])(?:" + "|".join(parts) + r")(?![\w/])")
    return whole, tuple((row["label"], row["name"]) for row in table)


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in lookups.rows("label_context"):
        for words in lookups.values(row["words"]):
            found.setdefault(tuple(words.split()), row["role"])
    return found


@cache
def _first_words() -> frozenset[str]:
    """Returns the last words of all phrases: most words end none."""
    return frozenset(words[-1] for words in _phrases())


def clauses(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Returns the clauses of ``low[start:end]``, in order."""
    out, at = [], start
    for stop in STOP_RE.finditer(low, start, end):
        if stop.start() > at:
            out.append((at, stop.start()))
        at = stop.end()
    if at < end:
        out.append((at, end))
    return out


def find_cues(low: str, start: int = 0, end: int | None = None) -> list[Cue]:
    """Returns the cues of supplement and review in ``low[start:end]``, in order.

    Args:
        low: Lower-case shadow text in which names are masked, see :data:`MASKS`.
        start: First code point of the unit.
        end: Past its last one; None for the end of the text.

    >>> [(c.label, c.standing) for c in find_cues("bổ sung việc rà soát quỹ đất")]
    [('supplement', 'order'), ('review', 'nominal')]
    >>> [(c.label, c.standing) for c in find_cues("qua rà soát, sở đề xuất bổ sung vốn")]
    [('review', 'done'), ('supplement', 'embed')]
    """
    stop = len(low) if end is None else end
    pattern, rows = _pattern()
    matches = list(pattern.finditer(low, start, stop))
    if not matches:
        return []
    out: list[Cue] = []
    begin = start
    stops = [s.end() for s in STOP_RE.finditer(low, start, stop)]
    for m in matches:
        while stops and stops[0] <= m.start():
            begin = stops.pop(0)
        label, name = rows[int((m.lastgroup or "c0")[1:])]
        before = out[-1] if out and out[-1].start >= begin else None
        standing, word, head = _standing(low, begin, m.start(), before)
        verb, far, role = ("", "", "") if head else _governor(low, begin, m.start())
        if standing in ("unknown", "actor"):
            if role == "with":  # "phối hợp với Công ty Cây xanh rà soát"
                standing = "actor"
            elif role == "purpose" or (
                role == "embed" and (standing == "unknown" or far in _OTHERS)
            ):
                standing, word = role, far
        if (
            standing == "purpose"
            and label == "supplement"
            and any(c.orders and c.label == "review" for c in out if c.start >= begin)
        ):
            # "rà soát … để bổ sung" orders both, "bổ sung … để rà soát" only the first.
            standing = "joined"
        if standing in (*ORDERS, "unknown") and _amends(low, begin, m, stop):
            standing, word = "attribute", "instrument"
        words = " ".join(m.group().split())
        out.append(Cue(label, name, m.start(), m.end(), words, standing, word, head, verb, far))
    return out


_GOVERN = ("embed", "done", "negated", "purpose", "condition", "nominal", "passive", "with")
# Verbs that tell of what others do: the body behind them is not told to act.
_OTHERS = frozenset(
    "hướng dẫn|kiến nghị|kiến nghị với|đề xuất|đề xuất với|xin|theo dõi|giám sát|ghi nhận|nghe"
    "|hỗ trợ|có ý kiến|mong muốn|trả lời".split("|")
)


def _governor(low: str, begin: int, at: int) -> tuple[str, str, str]:
    """Returns the main verb of the clause before ``at``, and the nearest word that governs with
    its role; only words behind the last comma count for the latter."""
    first = verbs("order").search(low, begin, at)
    verb = ""
    if first:
        verb = f"{first.group()} {',' if ',' in low[first.end() : at] else ''}".strip()
    left = low[max(begin, at - 160) : at]
    words = [t.group() for t in TOKEN_RE.finditer(left, left.rfind(",") + 1)]
    for i in range(len(words), 0, -1):
        size, role = _role(words, i)
        if role in _GOVERN:
            return verb, " ".join(words[i - size : i]), role
    return verb, "", ""


# An amendment clause. Hit: " khoản 5 Điều 8 … như sau:". Near miss: " Điều 7 của dự thảo".
_CLAUSE_RE = re.compile(
    r"(?:,? ?(?:bổ sung|sửa đổi|điều chỉnh))?(?: tên)? (?:một số (?:điều|nội dung|quy định)|khoản"
    r"|điểm|điều|cụm từ|chương"
    r"|mục|phụ lục)(?!\w)(?=[^.]{0,260}(?:§|như sau|¥))(?![^§]{0,120}dự thảo)"
)
# What stands between an instrument and its own "sửa đổi, bổ sung", names left out. Hit: " ngày
# của ".
_BEHIND_RE = re.compile(
    r"(?:[\s,()]|(?:số|ngày|của|được|đã|năm|về|việc|và)(?!\w))*+(?:quy định[^;:.]*)?"
)


# Hit: "Điều 1. ", " - ", "2. ".
_LIST_MARK_RE = re.compile(r"[\s\-+*•(.\d¶]|điều|khoản")


def _amends(low: str, begin: int, m: re.Match[str], stop: int) -> bool:
    """Tells whether a cue says what one instrument does to another, or begins such a clause."""
    if not m.group().startswith(("sửa", "bổ sung", "điều chỉnh", "thay", "bãi")):
        return False
    left = low[max(begin, m.start() - 300) : m.start()]
    cited = left.rfind(INSTRUMENT)
    if cited >= 0 and _BEHIND_RE.fullmatch(left[cited + 1 :].replace(DATE, "").replace(AGENCY, "")):
        return True
    head = not _LIST_MARK_RE.sub("", left).strip()
    return head and bool(_CLAUSE_RE.match(low, m.end(), stop))


# A body behind these is not the one that is told to act.
_LISTED = frozenset(", và các bộ ban ngành sở cơ quan đơn vị địa phương trung ương".split())
_HANDS_OVER = frozenset("trình xin dẫn nghị xuất với giúp cáo trợ".split())


def _standing(low: str, begin: int, at: int, before: Cue | None) -> tuple[str, str, bool]:
    """Returns how a cue at ``at`` stands in the clause from ``begin``: standing, word, head."""
    words = [t.group() for t in TOKEN_RE.finditer(low, max(begin, at - 200), at)][-_REACH:]
    i = len(words)
    chained = before is not None and not low[before.end : at].strip(" ,-/")
    if before is not None and low[before.end : at].strip(" ,") in ("và", "hoặc", "hay", "để"):
        chained = True
    if before is not None and chained:
        # "rà soát, bổ sung", "rà soát để bổ sung": one verb phrase, one standing.
        standing = "joined" if before.orders else before.standing
        return standing, before.text, before.head
    nominal = light = ""
    moved = False
    while i > 0:
        if words[i - 1] in ("-", "+", "*", "•", "(", ")", '"', "“", "”") and i <= 3:
            i -= 1
            continue
        if words[i - 1] == ")" and "(" in words[:i]:  # "Huyện ủy Cát Hải (đồng chí …) bổ sung"
            i = len(words[:i]) - 1 - words[:i][::-1].index("(")
            continue
        size, role = _role(words, i)
        if role == "must" and not nominal:
            if "mà" in words[max(0, i - 9) : i - 1]:
                return "condition", "mà", False  # "văn bản mà các bộ phải sửa đổi"
            return "order", words[i - 1], False
        if role == "attribute" and (moved or nominal):
            role, size = "", 0
        if role in ("free", "with"):
            i, moved = i - size, True
        elif role == "light":
            light = " ".join(words[i - size : i])
            i, moved = i - size, True
        elif role == "nominal" and not nominal:
            nominal = " ".join(words[i - size : i])
            i, moved = i - size, True
        elif role:
            if nominal and role in ("actor", "attribute", "must"):
                break
            return role, " ".join(words[i - size : i]), False
        else:
            break
    if nominal and not light:
        return "nominal", nominal, False
    if i == 0:
        return ("light", light, True) if light else ("order", "", True)
    last = words[i - 1]
    if last in (",", "và", "hoặc", "-", "/", "đồng"):
        role, governs = _conjunct(words, i - 1)
        if role:  # "đã cập nhật, bổ sung", "dừng việc số hóa, chuẩn hóa"
            return role, governs, False
        return "joined", last, False
    if last[0] == AGENCY:
        k = i - 1
        while k > 0 and (words[k - 1][0] == AGENCY or words[k - 1] in _LISTED):
            k -= 1  # "đề xuất các bộ, ngành và Chính phủ sửa đổi"
        by = words[k - 1] if k else ""
        with_it = by == "với" and k > 1 and words[k - 2] in ("hợp", "cùng")
        if by in _HANDS_OVER and not with_it:  # "trình Chính phủ sửa đổi": the other body's act
            return "embed", f"{by} {AGENCY}", False
        return "actor", AGENCY, False
    return ("light", light, False) if light else ("unknown", last, False)


_SHORT = 2  # words of a verb that shares its standing with the next one: "cập nhật"


def _conjunct(words: Sequence[str], i: int) -> tuple[str, str]:
    """Returns how the verb before the comma at ``i`` stands, if its object comes only later."""
    for k in range(i - 1, max(-1, i - _SHORT - 2), -1):
        if k < 0 or words[k] in (",", "và") or words[k][0] in "¤§¶¢£¥0123456789":
            return "", ""
        size, role = _role(words, k + 1)
        if role in ("done", "negated", "nominal") and 0 < i - k - 1 <= _SHORT:
            return role, " ".join(words[k + 1 - size : k + 1])
        if role not in ("", "free", "attribute"):
            return "", ""
    return "", ""


def _role(words: Sequence[str], i: int) -> tuple[int, str]:
    """Returns the length and role of the longest phrase that ends before ``i``."""
    if words[i - 1] not in _first_words():
        # A comma between adverbs: "khẩn trương, chủ động".
        if words[i - 1] == "," and i >= 2:
            size, role = _role(words, i - 1)
            return (size + 1, role) if role == "free" else (0, "")
        return 0, ""
    table = _phrases()
    for size in range(min(_LONGEST, i), 0, -1):
        found = table.get(tuple(words[i - size : i]))
        if found is not None:
            return size, found
    return 0, ""
