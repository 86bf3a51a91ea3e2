"""Lines of the canonical text, and the joins that page breaks and hard wraps need.

A line end is taken for a paragraph end unless something speaks against it: a lower-case
start, an open bracket, a word that wants another ("của", "năm"), or, in a text that is
wrapped at a fixed width, a line as full as the rest. A join replaces the white space
between the two halves by one blank; nothing else of the text changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .markers import marker_at
from .text import Edit


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line: ``text`` is the shadow of the canonical text, stripped at both ends.

    ``canonical[start:end]`` has the same length as ``text``. ``region`` is None for running
    text, else ``table``, ``footnote`` or ``noise`` (page numbers, running heads).
    ``blank_before`` tells a blank line or page break above, ``indent`` counts leading blanks.
    """

    start: int
    end: int
    text: str
    region: str | None = None
    blank_before: bool = False
    page_break: bool = False
    indent: int = 0


def as_region(line: Line, region: str) -> Line:
    """Returns the line as part of a region."""
    return Line(
        line.start, line.end, line.text, region, line.blank_before, line.page_break, line.indent
    )


_LINE_RE = re.compile(r"[^\n]+")


def split_lines(shadow: str, regions: Sequence[tuple[int, int, str]] = ()) -> list[Line]:
    """Returns the non-blank lines of a shadow text.

    Args:
        shadow: The shadow of the canonical text (form feeds mark page breaks).
        regions: Sorted ``(start, end, kind)`` of tables and footnotes.
    """
    lines: list[Line] = []
    last_end = 0
    at = 0
    for m in _LINE_RE.finditer(shadow):
        raw = m.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = m.start() + raw.index(stripped[0])
        end = start + len(stripped)
        between = shadow[last_end:start]
        while at < len(regions) and regions[at][1] <= start:
            at += 1
        region = None
        if at < len(regions) and regions[at][0] <= start < regions[at][1]:
            region = regions[at][2]
        lines.append(
            Line(
                start,
                end,
                stripped,
                region,
                # Blank lines in front of everything say nothing.
                bool(lines) and (between.count("\n") > 1 or "\f" in between),
                bool(lines) and "\f" in between,
                m.group().index(stripped[0]) if raw[0] in " \t" else 0,
            )
        )
        last_end = end
    return mark_noise(lines)


# The motto and the date of a letterhead, cut where a column was too narrow.
_CUT_MOTTO_RE = re.compile(r"(?:^|.*\s)CHỦ NGHĨA(?: VIỆT)?$")
_MOTTO_END_RE = re.compile(r"(?:VIỆT )?NAM$")
_CUT_DATE_RE = re.compile(r".*,\s?ngày[\s\d.…]{0,8}(?:tháng[\s\d.…]{0,6}(?:năm)?)?$")
_DATE_END_RE = re.compile(
    r"(?:tháng\s[\s\d.…]{0,8}năm\s\d{4}|năm\s\d{4}|\d{4}"
    r"|\d{1,2}\s(?:tháng|năm)\s.*\d{4})$"
)
_LETTERHEAD_LINES = 30


def join_letterhead(lines: Sequence[Line], shadow: str) -> list[Line]:
    """Returns the lines with a motto or date that goes on in the next line as one line.

    Unlike :func:`join_edits` this leaves the text as it is: the lines of a letterhead are parts
    of a form, and their spans cover what the file has.
    """
    out: list[Line] = []
    for i, line in enumerate(lines):
        last = out[-1] if out and i < _LETTERHEAD_LINES else None
        if last is not None and (
            (_CUT_MOTTO_RE.match(last.text) and _MOTTO_END_RE.match(line.text))
            or (_CUT_DATE_RE.match(last.text) and _DATE_END_RE.match(line.text))
        ):
            words = shadow[last.start : line.end].replace("\n", " ").replace("\f", " ")
            out[-1] = replace(last, end=line.end, text=words)
            continue
        out.append(line)
    return out


# "3", "- 3 -", "2/3", "Trang 2": a page number when it stands alone between paragraphs.
_PAGE_NUMBER_RE = re.compile(r"(?:[Tt]rang\s+)?[-–]?\s?\d{1,3}\s?[-–]?(?:\s?/\s?\d{1,3})?$")
_DIGITS_RE = re.compile(r"\d+")


def mark_noise(lines: list[Line]) -> list[Line]:
    """Returns the lines with page numbers and running heads marked as region ``noise``.

    A bare number is a page number if blank lines stand around it and it counts up by one; a line
    that comes back next to a page number or a page break is a running head.
    """
    numbers: list[int] = []
    expected: int | None = None
    for i, line in enumerate(lines):
        apart = line.blank_before or i == 0
        if line.region is not None or not apart or not _PAGE_NUMBER_RE.match(line.text):
            continue
        if i + 1 < len(lines) and not lines[i + 1].blank_before:
            continue
        value = int(_DIGITS_RE.findall(line.text)[0])
        cut = i > 0 and i + 1 < len(lines) and not ended(lines[i - 1].text)
        if (expected is None and value <= 400) or value == expected or cut:
            numbers.append(i)
            expected = value + 1
    # One number alone proves nothing, unless it cuts a sentence in two.
    if len(numbers) == 1:
        i = numbers[0]
        if not (0 < i < len(lines) - 1) or ended(lines[i - 1].text):
            numbers = []
    if not numbers and not any(x.page_break for x in lines):
        return lines
    heads: dict[str, int] = {}
    for line in lines:
        if len(line.text) <= 120:
            key = _DIGITS_RE.sub("#", line.text)
            heads[key] = heads.get(key, 0) + 1
    out = list(lines)
    for i in numbers:
        out[i] = as_region(out[i], "noise")
        for j in (i - 1, i + 1):
            if 0 <= j < len(out) and out[j].region is None and _running_head(out[j], heads):
                out[j] = as_region(out[j], "noise")
    for i, line in enumerate(out):
        if line.page_break and line.region is None and _running_head(line, heads):
            out[i] = as_region(line, "noise")
    return out


def _running_head(line: Line, heads: dict[str, int]) -> bool:
    """True if the line comes back on other pages, digits aside, and is no item or sentence."""
    if len(line.text) > 120 or marker_at(line.text) or ended(line.text):
        return False
    return heads.get(_DIGITS_RE.sub("#", line.text), 0) >= 2


# What ends a paragraph; a closing quote or bracket may follow.
_ENDED_RE = re.compile(r"(?:[.;:!?…]|\./\.?)[\"”’)\]]{0,3}$")


def ended(text: str) -> bool:
    """Returns True if a line ends with an end mark."""
    # Only the tail is looked at: a search over the whole line would try every position.
    return _ENDED_RE.search(text[-8:]) is not None


# "số" wants a number only behind a word for a paper ("Nghị định số"), not in "dân số".
_SO = (
    r"(?:[mM]ẫu|[bB]iểu|[pP]hụ lục|định|quyết|tư|văn|điện|bản|thị|báo|cáo|luận|trình|[lL]uật|hoạch|"
    r"án|dẫn)\ssố"
)
# Words after which a Vietnamese sentence cannot stop.
# "năm" wants a number, "hằng năm" and "trong ngày" are whole.
_DATED = (
    r"(?<!hằng )(?<!hàng )(?<!mỗi )(?<!từng )(?<!trong )(?<!cả )(?<!nhiều )(?:năm|tháng|ngày|quý)"
)
_OPEN_WORD_RE = re.compile(
    r"(?:^|[\s(])(?:và|hoặc|của|các|những|khoản|Điều|điểm|tại|theo|với|về|cho|từ|đến|trong|trên|"
    r"do|bởi|là|để|được|nhằm|đồng chí|không|có|phải|cần|sẽ|đã|khi|nếu|vào|giai đoạn|nhiệm kỳ|một|"
    rf"{_DATED}|{_SO})$"
)
# "khoản 1⏎Điều 12 của Luật": a provision cut from the next level or from its instrument.
_CUT_PINPOINT_RE = re.compile(r"(?:khoản|điểm|Điều|mục|Chương|Phụ lục)\s[\wđ]{1,4}$")
_PINPOINT_GOES_ON_RE = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Phụ lục|Nghị|Luật|Bộ luật|Thông tư|Quyết định|Quy)\b"
)
# "trọng tâm là các tỉnh:⏎Đắk Lắk, Khánh Hòa": names that belong to the sentence.
_LIST_OF_PLACES_RE = re.compile(r"\b[cC]ác\s(?:tỉnh|thành phố|[bB]ộ|[sS]ở|huyện|xã|phường)\s?:$")
# Behind these words a line that begins with a number goes on ("vào năm⏎2030. Bổ sung").
_BEFORE_NUMBER_RE = re.compile(
    rf"(?:^|\s)(?:{_DATED}|khoản|Điều|điểm|Km|km|Quốc lộ|và|đến|từ|giai đoạn|trên|dưới|hơn|gần|"
    rf"khoảng|là|đạt|còn|tăng|giảm|thứ|kỳ|khóa|lần thứ|Chương|Mục|mục|[-–,/]|{_SO})$"
)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Returns the width at which the text is hard-wrapped, in characters; None if it is not.

    In a wrapped text most lines are about as long as the longest ones; in a text with one
    paragraph a line, lengths spread from a few words to several hundred characters.
    """
    lengths = sorted(len(x.text) for x in lines if x.region is None)
    if len(lengths) < 12:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    if not 50 <= width <= 140 or lengths[-1] > width * 1.6:
        return None
    full = sum(1 for n in lengths if n >= width * 0.8)
    return width if full >= len(lengths) * 0.4 else None


def _starts_lower(text: str) -> bool:
    return text[:1].islower() or (text[:1] in "(,;" and text[1:2].islower())


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")")


# Words with a dash inside that a line end may cut: "kinh tế⏎- xã hội", "giai đoạn 2026⏎- 2030".
_DASHED_RE = re.compile(
    r"(?:kinh tế - (?:xã hội|kỹ thuật|tài chính|ngân sách)|văn hóa - (?:xã hội|thông tin|thể thao)"
    r"|chính trị - xã hội|xã hội - nghề nghiệp|lao động - thương binh|kế hoạch - tài chính"
    r"|tài chính - (?:kế hoạch|ngân sách|tiền tệ)|khoa học - (?:công nghệ|kỹ thuật)"
    r"|quốc phòng - an ninh|an ninh - quốc phòng|phòng không - không quân"
    r"|công nghiệp - (?:viễn thông|năng lượng|xây dựng|thương mại|tiểu thủ)|than - khoáng sản"
    r"|bà rịa - vũng tàu|(?:19|20)\d\d - (?:19|20)\d\d)(?!\w)",
    re.IGNORECASE,
)


def _dash_inside(a: str, b: str) -> bool:
    """Returns True if the dash at the head of ``b`` stands inside a name or a range of years."""
    seam = len(a[-30:])
    words = f"{a[-30:]} - {b[1:40].lstrip()}"
    return any(m.start() < seam < m.end() for m in _DASHED_RE.finditer(words))


_WORD_RE = re.compile(r"\w")
_CLOSES_RE = re.compile(r"\d{1,4}\)[.,;: ]")


def joins(a: Line, b: Line, width: int | None, base: int = 0) -> bool:
    """Returns True if line ``b`` goes on where line ``a`` broke off.

    Args:
        width: Where the text is hard-wrapped (:func:`wrap_width`), None if it is not.
        base: The usual indent of a wrapped text; a deeper one begins a paragraph.
    """
    if a.region is not None or b.region is not None:
        return False
    ta, tb = a.text, b.text
    if not (_WORD_RE.search(ta) and _WORD_RE.search(tb)):
        return False  # a rule of dashes
    marked = marker_at(tb)
    apart = (b.blank_before and not b.page_break) or (width is not None and b.indent > base + 1)
    finished = ended(ta)
    if marked is not None:
        # A number that only looks like a marker: the line before wants a number, or the bracket
        # that it closes was opened there ("(kỳ⏎2). Sau khi").
        if _CLOSES_RE.match(tb) and _open_bracket(ta) and not apart:
            return True
        if finished:
            return False
        if marked.kind == "dash":
            return not apart and _dash_inside(ta, tb)
        if marked.kind not in ("number", "multi", "paren"):
            return False
        return (
            tb[0].isdigit() and _BEFORE_NUMBER_RE.search(ta[-20:]) is not None and not ta.isupper()
        )
    if tb[0].isdigit() and not finished and _BEFORE_NUMBER_RE.search(ta[-20:]):
        return True
    own = marker_at(ta)
    if finished:
        if ta.endswith(";"):
            # An item of a list that ends in ";" is followed by an item with its marker, so a
            # bare line is its second half; bare "Căn cứ …;" lines follow each other.
            return _starts_lower(tb) or (own is not None and not apart and own.kind != "dash")
        if _starts_lower(tb) and ta.endswith(("...", "…", ":")):
            # "…, ngày tết”...⏎để hoàn thành": dots inside a sentence; a colon before its list.
            return True
        if _LIST_OF_PLACES_RE.search(ta[-24:]) and not apart:
            return True
        if width is not None and not apart and not ta.endswith(":"):
            return len(ta) >= width * 0.9 and not ta.endswith(("./.", "./"))
        return False
    if ta.isupper():
        # A heading in capitals over two lines; capitals before a sentence are a heading.
        return tb.isupper() and own is not None and not apart and width is not None
    if _starts_lower(tb):
        return True
    if _CUT_PINPOINT_RE.search(ta[-20:]) and _PINPOINT_GOES_ON_RE.match(tb) and not apart:
        return True
    if (
        _OPEN_WORD_RE.search(ta[-20:])
        or (_open_bracket(ta) and not apart)
        or ta.endswith((",", "-", "/"))
    ):
        return not (tb.isupper() and len(tb) > 12)
    if width is not None and not apart:
        return len(ta) >= width * 0.8 and not tb.isupper()
    return False


def join_edits(lines: Sequence[Line], shadow: str) -> list[Edit]:
    """Returns the edits that join broken paragraphs among ``lines`` (body lines only).

    Page numbers and running heads between the two halves go with the join; elsewhere they stay
    in the text and belong to no unit.
    """
    width = wrap_width(lines)
    indents = sorted(x.indent for x in lines if x.region is None)
    base = indents[len(indents) // 4] if indents else 0
    edits: list[Edit] = []
    grown: Line | None = None
    noise = False
    for line in lines:
        if line.region == "noise":
            noise = True
            continue
        if noise and line.region is None:
            # What stood between was the end of a page.
            line = replace(line, page_break=True)
        noise = False
        if grown is not None and joins(grown, line, width, base):
            edits.append(Edit(grown.end, line.start, _glue(grown.text, line.text)))
            # Judge the next line by the last physical line, but keep the marker of the first.
            grown = replace(
                line, text=line.text if width else f"{grown.text[:40]} {line.text}"[-400:]
            )
            continue
        grown = line
    return edits


def _glue(a: str, b: str) -> str:
    # A number or symbol cut at its hyphen or slash ("NĐ-⏎CP") has no blank inside.
    return "" if a.endswith(("-", "/")) and a[-2:-1].isalnum() and b[:1].isalnum() else " "
