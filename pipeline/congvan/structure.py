"""The body of a document: sections as a tree, and units (annotation guideline, section 1).

A line is one of four things: a *heading* (it only names a topic or a body), a *unit* (a list
item or a paragraph), a *silent* line ("QUYẾT ĐỊNH:", a rule of dashes), or part of a table or
a footnote. Structure that is not there is never invented: without headings there are no
sections, and without markers every line is a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .document import Section, Unit
from .layout import Line
from .markers import LEGAL, LEVEL, RANK, Marker, marker_at
from .text import squeeze

# Decision formulas between preamble and articles: neither heading nor unit.
_FORMULA_RE = re.compile(
    r"(?:NAY\s+)?(?:QUYẾT\s+(?:ĐỊNH|NGHỊ)|CHỈ\s+THỊ|THÔNG\s+BÁO|YÊU\s+CẦU)\s*:?$"
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
    r"cần|phải|được|đã|sẽ)\b"
)
_TOPIC_START_RE = re.compile(
    r"(?:Về|Đối với|Công tác|Nhiệm vụ|Mục tiêu|Mục đích|Yêu cầu|Nội dung|Nguyên tắc|Giải "
    r"pháp|Kinh phí|"
    r"Thời gian|Địa điểm|Thành phần|Đối tượng|Phạm vi|Kết quả|Tồn tại|Hạn chế|Nguyên nhân|"
    r"Tổ chức thực hiện|"
    r"Dự thảo|Dự kiến|Tờ trình|Đề án|Báo cáo|Chương trình|Kế hoạch|Nghị quyết|Quyết định|"
    r"Quy hoạch|Phương án|Việc)\b"
)
# "Định mức trên không bao gồm:" begins a sentence that its items end.
_LEAD_IN_RE = re.compile(r"\b(?:gồm|không tính|như sau|sau|là)$")
# A title in capitals has at least two words of letters; "5 1.014197.H05" is a cell.
_CAPITAL_WORDS_RE = re.compile(r"[^\W\d_]{2,}\W+(?:\S+\W+){0,8}?[^\W\d_]{2,}")
_LEAD_END_RE = re.compile(r"(?:như sau|sau đây|sau|gồm|là|trong đó|cụ thể)\s*:$|:$")
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
# The closing formula of a notice or letter, whatever stands before it.
_CONCLUSION_RE = re.compile(
    r"thông báo (?:để|kết luận|ý kiến|tới|đến)|^Trên đây|[Tt]rân trọng|biết,? (?:và "
    r")?(?:tổ chức )?thực hiện"
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


@dataclass(frozen=True, slots=True)
class Bracket:
    """Words in brackets at the end of a heading, with their offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """Sections and units of a stretch of lines, and the offset of each line that is neither."""

    sections: tuple[Section, ...]
    units: tuple[Unit, ...]


@dataclass(slots=True)
class _Item:
    line: Line
    marker: Marker | None
    rank: float
    heading: bool = False
    silent: bool = False


def parse_body(
    lines: Sequence[Line], text: str, *, end: int, first_section: int = 0, first_unit: int = 0
) -> Body:
    """Returns the sections and units of the body.

    Args:
        lines: The non-blank lines of the body, joins done, letterhead and closing taken off.
        text: The canonical text.
        end: Where the last section ends (offset just behind the body).
        first_section: How many sections the document has before these lines (for the ids).
        first_unit: The same for units.
    """
    items = [_item(line) for line in lines if line.region is None]
    items = [i for i in items if not i.silent]
    _settle_small_romans(items)
    _rank_titles(items)
    _mark_headings(items)
    return _build(items, text, end, first_section, first_unit)


def _item(line: Line) -> _Item:
    t = line.text
    marker = marker_at(t)
    silent = marker is None and (
        _RULE_LINE_RE.match(t) is not None
        or _PAGE_RE.match(t) is not None
        or _FORMULA_RE.match(t) is not None
        or _FORM_RE.match(t) is not None
    )
    return _Item(line, marker, marker.rank if marker else 99, silent=silent)


_BEFORE_ROMAN = {"v": "iv", "x": "ix"}


def _settle_small_romans(items: list[_Item]) -> None:
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


def _rank_titles(items: list[_Item]) -> None:
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


def _mark_headings(items: list[_Item]) -> None:
    in_article = False
    for n, item in enumerate(items):
        following = items[n + 1] if n + 1 < len(items) else None
        item.heading = _is_heading(item, following)
        if item.marker is not None and item.rank <= RANK["dieu"]:
            in_article = item.marker.kind == "dieu"
        elif in_article and item.marker is not None and not _content(item).isupper():
            # Below an article there are clauses and points, each of them a unit; only a line
            # with a colon that names a topic or a body is none ("13. Về bưu chính:").
            item.heading = item.heading and _content(item).endswith(":")


def _content(item: _Item) -> str:
    return item.line.text[item.marker.length :] if item.marker else item.line.text


def _is_heading(item: _Item, following: _Item | None) -> bool:
    content = _content(item)
    bare = content.rstrip(" .:;")
    marker = item.marker
    capitals = len(content) <= 300 and content.isupper() and _CAPITAL_WORDS_RE.search(content)
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
        if ": " in bare or (_LEAD_IN_RE.search(bare) and not content.startswith("Về ")):
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
        return (
            len(content) <= 160
            and ". " not in content
            and content.startswith(("Về ", "Công tác "))
            and not _ORDER_RE.search(bare[3:])
        )
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


def _build(
    items: Sequence[_Item], text: str, end: int, first_section: int, first_unit: int
) -> Body:
    sections: list[Section] = []
    units: list[Unit] = []
    stack: list[tuple[float, int]] = []  # (rank, index in sections)
    leads: list[tuple[float, str]] = []  # (rank, unit id) of units that have items beneath
    paragraph_lead: str | None = None
    list_rank: float | None = None  # of the list that a paragraph introduces
    skip = -1
    for n, item in enumerate(items):
        if n <= skip:
            continue
        rank = item.rank if item.marker else (RANK["title"] if item.heading else 99)
        if item.heading:
            while stack and stack[-1][0] >= rank:
                stack.pop()
            title_end = item.line.end
            start = item.line.start + (item.marker.length if item.marker else 0)
            following = items[n + 1] if n + 1 < len(items) else None
            if start >= item.line.end or (
                item.marker and item.marker.kind in ("chuong", "phan") and not _content(item)
            ):
                # "Chương I" / "QUY ĐỊNH CHUNG": the title stands on the next line or lines.
                last = n
                while last + 1 < len(items) and last - n < 5 and _title_line(items[last + 1]):
                    last += 1
                start = items[n + 1].line.start if last > n else title_end
                title_end, skip = items[last].line.end, last
            full_sentence = (
                item.marker is not None
                and item.marker.kind == "dieu"
                and _article_is_text(text[start:title_end], following)
            )
            heading, presenter, notes = _heading_parts(text, start, title_end)
            section = Section(
                id=f"s{first_section + len(sections) + 1}",
                parent=sections[stack[-1][1]].id if stack else None,
                level=LEVEL[item.marker.kind] if item.marker else LEVEL["title"],
                marker=item.marker.text.strip() if item.marker else "",
                heading="" if full_sentence else heading,
                start=item.line.start,
                end=end,
                heading_start=item.line.start,
                heading_end=item.line.start + (item.marker.length if item.marker else 0)
                if full_sentence
                else title_end,
                presenter=None if full_sentence else presenter,
                notes=() if full_sentence else notes,
            )
            sections.append(section)
            stack.append((rank, len(sections) - 1))
            leads, paragraph_lead, list_rank = [], None, None
            if not full_sentence:
                continue
        # The unit ends the sections whose level it leaves: "2." as an item after "1. Heading".
        elif item.marker is not None:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        start = item.line.start + (item.marker.length if item.marker else 0)
        uid = f"u{first_unit + len(units) + 1}"
        while leads and leads[-1][0] >= rank:
            leads.pop()
        lead = None
        if item.marker:
            list_rank = rank if list_rank is None else list_rank
            if rank < list_rank:
                paragraph_lead = None  # an outer list goes on: "d)" behind the dashes of "c)"
            lead = leads[-1][1] if leads else paragraph_lead
        content = text[start : item.line.end]
        units.append(
            Unit(
                id=uid,
                kind="bullet" if item.marker else "paragraph",
                marker=item.marker.text.strip() if item.marker else None,
                section=sections[stack[-1][1]].id if stack else None,
                start=start,
                end=item.line.end,
                text=content,
                lead=lead,
            )
        )
        if item.marker:
            leads.append((rank, uid))
        else:
            leads, list_rank = [], None
            paragraph_lead = uid if _LEAD_END_RE.search(content) else None
    _release_conclusions(sections, units)
    return Body(_close(sections, end, units), tuple(units))


def _release_conclusions(sections: Sequence[Section], units: list[Unit]) -> None:
    """Moves paragraphs that conclude a list out of the section of the list.

    The last paragraph of a body, behind a list, concludes the document ("Văn phòng thông báo để
    các cơ quan biết, thực hiện./."). A paragraph behind the list of the last subsection
    concludes the section around it ("Sở X hoàn chỉnh báo cáo trước ngày …").
    """
    by_id = {s.id: s for s in sections}
    children: dict[str | None, list[str]] = {}
    for s in sections:
        children.setdefault(s.parent, []).append(s.id)
    starts = [s.start for s in sections]
    prose: set[str | None] = set()  # sections that have had a paragraph of their own
    for i, unit in enumerate(units):
        own = by_id.get(unit.section or "")
        later = bisect_right(starts, unit.start)
        # A subsection or heading that follows shows that nothing is concluded yet.
        goes_on = later < len(sections) and (
            i == len(units) - 1 or sections[later].parent == unit.section
        )
        if unit.kind == "paragraph" and own is not None and i and not goes_on:
            before, last = units[i - 1], i == len(units) - 1
            ends = unit.text.endswith(("./.", "./")) or _CONCLUSION_RE.search(unit.text)
            behind_list = before.kind == "bullet" and before.section == own.id
            if last and before.section == own.id and (behind_list or ends):
                units[i] = replace(unit, section=None)
            elif not last and behind_list and own.parent is not None:
                siblings = children[own.parent]
                leaves = units[i + 1].section != own.id
                if leaves and own.id not in prose and len(siblings) > 1 and siblings[-1] == own.id:
                    units[i] = replace(unit, section=own.parent)
        if unit.kind == "paragraph":
            prose.add(unit.section)


def _title_line(item: _Item) -> bool:
    return item.marker is None and item.line.text.isupper()


def _article_is_text(content: str, following: _Item | None) -> bool:
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


def _close(sections: list[Section], end: int, units: Sequence[Unit]) -> tuple[Section, ...]:
    """Returns the sections with their ends.

    A section ends where the next one of its own or a higher level starts, or where a paragraph
    that concludes something around it begins.
    """
    closed: dict[str, int] = {}
    open_: list[Section] = []
    at = 0
    for unit in [*units, None]:
        start = unit.start if unit is not None else end
        while at < len(sections) and sections[at].start <= start:
            while open_ and open_[-1].id != sections[at].parent:
                closed[open_.pop().id] = sections[at].start
            open_.append(sections[at])
            at += 1
        if unit is None:
            break
        # Every open section that the unit does not lie in ends before it.
        inside = unit.section is None or any(s.id == unit.section for s in open_)
        while inside and open_ and open_[-1].id != unit.section:
            closed[open_.pop().id] = unit.start
    for s in open_:
        closed[s.id] = end
    return tuple(replace(s, end=closed[s.id]) for s in sections)


def _heading_parts(text: str, start: int, end: int) -> tuple[str, str | None, tuple[str, ...]]:
    """Returns heading without trailing brackets, the presenter's words, and other brackets."""
    heading = squeeze(text[start:end])
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


def parent_chain(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """Returns for each section id the ids from the root down to it."""
    chain: dict[str, tuple[str, ...]] = {}
    for s in sections:
        chain[s.id] = (*chain.get(s.parent or "", ()), s.id)
    return chain


__all__ = ["Body", "parent_chain", "parse_body"]
