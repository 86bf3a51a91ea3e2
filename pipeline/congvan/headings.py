"""What a line of the body is: a heading, a unit, or silent; and the parts of a heading.

A heading only names a topic or a body; what gives an order or says something is a unit. Which
of the two a line is depends on its marker, its end mark, its words and the line behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .layout import Line
from .markers import LEGAL, RANK, Marker, marker_at
from .text import squeeze

# Decision formulas between preamble and articles: neither heading nor unit. Hit: "QUYẾT ĐỊNH:",
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUYẾT ĐỊNH"; near miss: "TRÁCH NHIỆM CỦA NGƯỜI QUYẾT ĐỊNH".
_FORMULA_RE = re.compile(
    r"(?:(?:CHỦ TỊCH|BỘ TRƯỞNG|TRƯỞNG BAN|GIÁM ĐỐC|TỔNG|THỦ TƯỚNG|CHÁNH|VIỆN TRƯỞNG|ỦY BAN|"
    r"HỘI ĐỒNG|BAN (?!HÀNH)|BỘ |SỞ |CHÍNH PHỦ|QUỐC HỘI)[^a-z.;:]{0,90}\s)?(?:NAY\s+)?"
    r"QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:?$"
    r"|(?:NAY\s+)?(?:CHỈ\s+THỊ|THÔNG\s+BÁO|YÊU\s+CẦU)\s*:?$"
)
# Lines of a form printed in an annex.
_FORM_RE = re.compile(
    r"CỘNG H[ÒO]A XÃ HỘI CHỦ NGHĨA|Độc lập\s?-|Nơi nhận\s?:?$|Kính gửi\b|ĐẢNG CỘNG SẢN VIỆT NAM$",
    re.IGNORECASE,
)
_RULE_LINE_RE = re.compile(r"[\W_]+$")
_PAGE_RE = re.compile(r"(?:[Tt]rang\s+)?-?\s?\d{1,4}\s?-?(?:\s?/\s?\d{1,4})?$")
_ANNEX_RE = re.compile(
    r"(?:PHỤ\s+LỤC|Phụ\s+lục|BIỂU\s+MẪU|DANH\s+MỤC|Biểu\s+số|Mẫu\s+số)"
    r"(?:\s+(?:số\s+)?[IVXLC\d]+[a-zA-Z]?)?\s*[.:]?$"
)

# A verb that gives an order makes a line a unit even if it ends in ":" ("1. Bộ Tài chính
# chủ trì, phối hợp:"). "Thực hiện" opens many headings, so it counts only after a subject.
_ORDER_RE = re.compile(
    r"\b(?:chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|tham mưu|khẩn trương|tập trung|yêu cầu|"
    r"giao|đề nghị|chỉ đạo|rà soát|bổ sung|báo cáo|hướng dẫn|tổ chức thực hiện|tiếp tục|tăng cường|"
    r"bảo đảm|đảm bảo|thực hiện|xây dựng|ban hành|triển khai|kết luận|thống nhất|như sau|sau đây|"
    r"ủy quyền|áp dụng đối với|cần|phải|được|đã|sẽ)\b"
)
_TOPIC_START_RE = re.compile(
    r"(?:Về|Đối với|Công tác|Nhiệm vụ|Mục tiêu|Mục đích|Yêu cầu|Nội dung|Nguyên tắc|Giải "
    r"pháp|Kinh phí|"
    r"Thời gian|Địa điểm|Thành phần|Đối tượng|Phạm vi|Kết quả|Tồn tại|Hạn chế|Nguyên nhân|"
    r"Tổ chức thực hiện|"
    r"Dự thảo|Dự kiến|Tờ trình|Đề án|Báo cáo|Chương trình|Kế hoạch|Nghị quyết|Quyết định|"
    r"Quy hoạch|Phương án|Việc)\b"
)
_LIST_OF_RE = re.compile(r"\b([cC]ác\s(?:tỉnh(?:, thành phố)?|thành phố|[bB]ộ|[sS]ở|xã|phường)): ")
# What is left blank in a form: "Họ và tên: ……".
_BLANKS_RE = re.compile(r"…{2}|\.{4}|_{4}")
# The mark of a footnote at the end of a heading.
_NOTE_MARK_RE = re.compile(r"(?<=\S)\s?\[\d{1,3}\]$|(?<=[^\W\dA-ZĐ_])\d{1,3}$")
# What introduces a list with a verb. Hits: "Trình UBND tỉnh", "Sở X có nhiệm vụ"; near miss:
# "Tờ trình của UBND tỉnh".
_ACTS_RE = re.compile(
    r"(?:Trình|Tham mưu|Thẩm định|Chủ trì|Phối hợp|Ban hành)\s"
    r"|.*\bcó (?:trách nhiệm|nhiệm vụ|quyền)$"
)
# "Định mức trên không bao gồm:" begins a sentence that its items end.
_LEAD_IN_RE = re.compile(r"\b(?:gồm|không tính|như sau|sau|là)$")
# A title in capitals has at least two words of letters; "5 1.014197.H05" is a cell.
_CAPITAL_WORDS_RE = re.compile(r"[^\W\d_]{2,}\W+(?:\S+\W+){0,8}?[^\W\d_]{2,}")
_BODY_START_RE = re.compile(
    r"(?:Giao\s+|Đề nghị\s+|Yêu cầu\s+)?(?:các\s+|Các\s+|đồng chí\s+)?(?:Bộ|Sở|Ban|Ủy ban|"
    r"UBND|HĐND|Hội|Công an|Cục|Chi cục|Văn phòng|"
    r"Thanh tra|Tòa án|Viện|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Liên đoàn|Liên minh|Mặt "
    r"trận|Đoàn|Trung tâm|Kho bạc|"
    r"Bảo hiểm|Ngân hàng|Tập đoàn|Tổng|Chủ tịch|Giám đốc|Thủ trưởng|Trưởng|Bộ trưởng|"
    r"Phòng|Trường|Đài|Báo|"
    r"Bộ Chỉ huy|Cơ quan|Đơn vị|Địa phương|Cấp ủy|Chi bộ|[bB]an thường vụ|ban|sở|bộ|cơ "
    r"quan|đơn vị|địa phương|huyện|xã|phường|"
    r"cấp ủy|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|tổ chức|doanh nghiệp)\b"
)
# "(Sở Xây dựng trình)", "(Trình Ban Thường vụ Tỉnh ủy tháng 5)", at the end of a heading.
_BRACKET_RE = re.compile(r"\(([^()]{2,160})\)")
_PRESENTER_VERB_RE = re.compile(
    r"\s+(?:trình|báo cáo|chuẩn bị|chủ trì|tham mưu|đề xuất|soạn thảo|dự thảo)"
    r"(?:\s+(?:bày|tham mưu|xây dựng|nội dung))?$"
)
_PRESENTER_LEAD_RE = re.compile(
    r"^(?:Theo\s+)?(?:(?:do|Do)\s+|(?:Cơ quan|Đơn vị)\s+(?:trình|chủ trì)\s*:\s*|Tờ "
    r"trình\s+(?:số\s+\S+\s+)?của\s+)"
)
_AGENCY_HEAD_RE = re.compile(
    r"(?:Bộ|Sở|Ban|Ủy ban|UBND|HĐND|Hội|Công an|Cục|Chi cục|Văn phòng|VP|Thanh tra|Tòa án|"
    r"Viện|Đảng ủy|"
    r"Đảng đoàn|Tỉnh đoàn|Liên đoàn|Liên minh|Mặt trận|MTTQ|Đoàn|Trung tâm|Kho bạc|Bảo "
    r"hiểm|Ngân hàng|Tập đoàn|"
    r"Tổng cục|Tổng công ty|Công ty|Phòng|Trường|Đài|Báo|Bưu điện|Huyện ủy|Thành ủy|Tỉnh "
    r"ủy|Vụ|Học viện|Quỹ)\b"
)


@dataclass(slots=True)
class Item:
    """A line of the body with its marker; a lower ``rank`` is an outer level."""

    line: Line
    marker: Marker | None
    rank: float
    heading: bool = False
    silent: bool = False


def classify(lines: Sequence[Line], *, titles: bool = True) -> list[Item]:
    """Returns the lines of running text as items, headings marked, silent lines left out.

    Without ``titles`` lines of capitals are silent: in annexes they are captions of forms.
    """
    items = [_item(line) for line in lines if line.region is None]
    items = [i for i in items if not i.silent]
    _settle_small_romans(items)
    _rank_titles(items)
    _mark_headings(items)
    return items if titles else _without_captions(items)


def _without_captions(items: Sequence[Item]) -> list[Item]:
    """Returns the items without lines of capitals, but with those that a bare "Chương I" has."""
    kept: list[Item] = []
    titled = False  # what stands before is "Chương I" or the first lines of its title
    for item in items:
        if item.marker is None and item.heading and not titled:
            continue
        kept.append(item)
        titled = not content_of(item).strip() if item.marker else titled and title_line(item)
    return kept


def _item(line: Line) -> Item:
    t = line.text
    marker = marker_at(t)
    silent = marker is None and (
        _RULE_LINE_RE.match(t) is not None
        or _PAGE_RE.match(t) is not None
        or _FORMULA_RE.match(t) is not None
        or _FORM_RE.match(t) is not None
    )
    return Item(line, marker, marker.rank if marker else 99, silent=silent)


_BEFORE_ROMAN = {"v": "iv", "x": "ix"}


def _settle_small_romans(items: list[Item]) -> None:
    """Reads "(i)", "(v)", "(x)" as Roman numbers where the neighbours are: "(i)" before "(ii)"."""
    marked = [i for i in items if i.marker is not None and i.marker.kind in ("letter", "lowroman")]
    before = ""
    for n, item in enumerate(marked):
        assert item.marker is not None
        core = item.marker.text.strip(" ().")
        following = marked[n + 1].marker if n + 1 < len(marked) else None
        after = following.text.strip(" ().") if following else ""
        roman = (core == "i" and after == "ii") or (
            core in _BEFORE_ROMAN and before == _BEFORE_ROMAN[core]
        )
        if item.marker.kind == "letter" and roman:
            item.marker = replace(item.marker, kind="lowroman", rank=RANK["lowroman"])
            item.rank = RANK["lowroman"]
        before = core


_UPPER_ORDER = "ABCDĐEGHIKLMNOPQ"


def _rank_titles(items: list[Item]) -> None:
    """Settles letters that are Roman numbers too, and which of "A." and "I." is the outer level."""
    first: str | None = None
    last = ""
    for item in items:
        if item.marker is None or item.marker.kind not in ("upper", "roman"):
            continue
        letter = item.marker.text[0]
        follows = last and _UPPER_ORDER.find(letter) == _UPPER_ORDER.index(last) + 1
        if item.marker.kind == "roman" and follows and len(item.marker.text.rstrip(" .-/)")) == 1:
            # "C." behind "A." and "B." is a letter, no hundred.
            item.marker = replace(item.marker, kind="upper", rank=RANK["upper"])
            item.rank = RANK["upper"]
        first = first or item.marker.kind
        if item.marker.kind == "upper":
            last = letter
    if first == "roman":
        for item in items:
            if item.marker and item.marker.kind == "upper":
                item.rank = RANK["roman"] + 0.5


def _mark_headings(items: list[Item]) -> None:
    in_article = False
    for n, item in enumerate(items):
        following = items[n + 1] if n + 1 < len(items) else None
        item.heading = _is_heading(item, following)
        if item.marker is not None and item.rank <= RANK["dieu"]:
            in_article = item.marker.kind == "dieu"
        elif in_article and item.marker is not None and not content_of(item).isupper():
            # Below an article there are clauses and points, each of them a unit; only a line
            # with a colon that names a topic or a body is none, or one that is all topic
            # ("13. Về bưu chính:", "2. Đối tượng áp dụng" above its points).
            content = content_of(item)
            bare = content[-1:].isalnum() and item.marker.kind == "number"
            topic = bare and _TOPIC_START_RE.match(content) and not _ORDER_RE.search(content)
            item.heading = item.heading and (content.endswith(":") or bool(topic))


def content_of(item: Item) -> str:
    return item.line.text[item.marker.length :] if item.marker else item.line.text


def _is_heading(item: Item, following: Item | None) -> bool:
    content = content_of(item)
    bare = content.rstrip(" .:;")
    marker = item.marker
    capitals = len(content) <= 300 and content.isupper() and _CAPITAL_WORDS_RE.search(content)
    if _BLANKS_RE.search(content):
        capitals = None  # a line of a form: "HÌNH THỨC BỒI DƯỠNG: ……"
    if marker is None:
        # An unmarked line in capitals is a title if text follows; one word in capitals is none.
        return (bool(capitals) and following is not None) or (_ANNEX_RE.match(content) is not None)
    if marker.kind in LEGAL:
        return True
    if capitals and marker.kind not in ("dash", "plus", "bullet"):
        return True
    if following is None or len(content) > 420:
        return False
    beneath = following.marker is None or following.rank > item.rank
    if not beneath:
        return False
    if marker.kind in ("number", "multi", "roman", "upper", "letter") and _ends_with_presenter(
        content
    ):
        return True
    if marker.kind in ("dash", "plus", "bullet", "paren", "lowroman"):
        return (
            content.endswith(":")
            and following.marker is not None
            and len(content) <= 140
            and (_is_topic(bare) and not _ORDER_RE.search(bare))
        )
    if content.endswith(":"):
        # "1. Chủ tịch Ủy ban nhân dân các tỉnh: Đắk Lắk, Gia Lai:" names a body.
        bare = _LIST_OF_RE.sub(r"\1 ", bare)
        if (
            ": " in bare
            or _ACTS_RE.match(bare)
            or (_LEAD_IN_RE.search(bare) and not content.startswith("Về "))
        ):
            return False
        if _only_names_a_body(bare) or content.startswith(("Về ", "Đối với ")):
            return len(content) <= 260
        return (
            len(content) <= 160
            and ": " not in content
            and not _ORDER_RE.search(bare)
            and (_TOPIC_START_RE.match(bare) is not None or len(bare.split()) <= 14)
        )
    if content.endswith("."):
        if len(content) > 160 or ". " in content:
            return False
        if marker.kind in ("upper", "roman") and len(bare.split()) <= 12:
            return True  # "IV. Tổ chức thực hiện."
        return content.startswith(("Về ", "Công tác ")) and not _ORDER_RE.search(bare[3:])
    if content.endswith((";", ",", "…")):
        return False
    # No end mark at all: a sentence has one, a heading has not.
    if len(content) > 260:
        return False
    return not (following.marker is None and following.line.text[:1].islower())


def _is_topic(bare: str) -> bool:
    return _TOPIC_START_RE.match(bare) is not None or len(bare.split()) <= 12


def _only_names_a_body(bare: str) -> bool:
    if not _BODY_START_RE.match(bare):
        return False
    rest = re.sub(r"^(?:Giao|Đề nghị|Yêu cầu)\s+", "", bare)
    # Chỉ huy, chỉ đạo, thanh tra … are parts of names when they follow their head.
    rest = re.sub(r"[Bb]an\s+[Cc]hỉ đạo|(?:[Cc]ơ quan|[Đđ]ơn vị)\s+(?:chủ trì|phối hợp)", "", rest)
    return not _ORDER_RE.search(rest)


def _ends_with_presenter(content: str) -> bool:
    tail = content.rstrip(" .:;")
    if not tail.endswith(")"):
        return False
    brackets = _BRACKET_RE.findall(tail[-200:])
    if not brackets:
        return False
    last = brackets[-1].strip()
    return _presenter_words(last) is not None and (
        _PRESENTER_VERB_RE.search(last) is not None or _AGENCY_HEAD_RE.match(last) is not None
    )


def _presenter_words(words: str) -> str | None:
    """Returns the body named in a heading's bracket: "Sở Xây dựng trình" -> "Sở Xây dựng"."""
    body = _PRESENTER_LEAD_RE.sub("", words.strip())
    body = _PRESENTER_VERB_RE.sub("", body).strip(" ,;")
    if not _AGENCY_HEAD_RE.match(body):
        return None
    if ";" in body or re.search(r"\b(?:thẩm định|cho ý kiến|xem xét|thông qua|tháng \d)", body):
        return None
    return body


def title_line(item: Item) -> bool:
    """Returns True for a line of capitals, as titles of chapters have them."""
    return item.marker is None and item.line.text.isupper()


def article_title(item: Item) -> bool:
    """Returns True for a line that can be the title below a bare "Điều 4."."""
    words = item.line.text
    return item.marker is None and len(words) <= 200 and words[:1].isupper() and words[-1].isalnum()


def article_is_text(content: str, following: Item | None) -> bool:
    """True if an article has no title: "Điều 1. Các chi phí … được thanh toán từ nguồn …"."""
    content = content.strip()
    if not content:
        return False
    if content.endswith((".", ";", "./.")):
        return True
    clauses = following is not None and following.marker is not None
    if len(content) > 220 and not clauses:
        return True
    lead = _ORDER_RE.search(content) or re.search(r"\b(?:có|gồm|bao gồm|là|sau)\b", content)
    return content.endswith(":") and lead is not None


def heading_parts(text: str, start: int, end: int) -> tuple[str, str | None, tuple[str, ...]]:
    """Returns heading without trailing brackets, the presenter's words, and other brackets."""
    heading = _NOTE_MARK_RE.sub("", squeeze(text[start:end]))
    presenter: str | None = None
    notes: list[str] = []
    bare = heading.rstrip(" .:;")
    while bare.endswith(")"):
        brackets = list(_BRACKET_RE.finditer(bare, max(0, len(bare) - 200)))
        if not brackets or brackets[-1].end() != len(bare):
            break
        m = brackets[-1]
        words = m.group(1).strip()
        body = _presenter_words(words) if presenter is None and not notes else None
        if body is not None:
            presenter = body
        else:
            if presenter is None:
                break  # a bracket that names no presenter belongs to the heading
            if not re.match(r"(?:Trình|trình|Báo cáo|Xin ý kiến|Lần)\b", words):
                break
            notes.insert(0, words)
        bare = bare[: m.start()].rstrip(" .:;")
    if presenter is None and not notes:
        return (
            heading.rstrip(" :").rstrip(".") if not heading.endswith("./.") else heading,
            None,
            (),
        )
    # A schedule in brackets ("Trình Ban Thường vụ tháng 5") is part of the heading and a note.
    kept = heading
    if presenter is not None:
        kept = heading[: heading.rindex("(", 0, heading.rindex(presenter))].rstrip(" .:;")
    return kept.rstrip(" :"), presenter, tuple(notes)
