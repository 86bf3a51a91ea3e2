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
                between.count("\n") > 1 or "\f" in between,
                "\f" in between,
                m.group().index(stripped[0]) if raw[0] in " \t" else 0,
            )
        )
        last_end = end
    return mark_loose_tables(mark_noise(lines))


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
        if line.region is not None or not line.blank_before or not _PAGE_NUMBER_RE.match(line.text):
            continue
        if i + 1 < len(lines) and not lines[i + 1].blank_before:
            continue
        value = int(_DIGITS_RE.findall(line.text)[0])
        cut = i > 0 and i + 1 < len(lines) and not _ended(lines[i - 1].text)
        if (expected is None and value <= 400) or value == expected or cut:
            numbers.append(i)
            expected = value + 1
    # One number alone proves nothing, unless it cuts a sentence in two.
    if len(numbers) == 1:
        i = numbers[0]
        if not (0 < i < len(lines) - 1) or _ended(lines[i - 1].text):
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
        out[i] = _as(out[i], "noise")
        for j in (i - 1, i + 1):
            if 0 <= j < len(out) and out[j].region is None and _running_head(out[j], heads):
                out[j] = _as(out[j], "noise")
    for i, line in enumerate(out):
        if line.page_break and line.region is None and _running_head(line, heads):
            out[i] = _as(line, "noise")
    return out


def _running_head(line: Line, heads: dict[str, int]) -> bool:
    """True if the line comes back on other pages, digits aside, and is no item or sentence."""
    if len(line.text) > 120 or marker_at(line.text) or _ended(line.text):
        return False
    return heads.get(_DIGITS_RE.sub("#", line.text), 0) >= 2


# What ends a paragraph; a closing quote or bracket may follow.
_ENDED_RE = re.compile(r"(?:[.;:!?…]|\./\.?)[\"”’)\]]{0,3}$")


def _ended(text: str) -> bool:
    # Only the tail is looked at: a search over the whole line would try every position.
    return _ENDED_RE.search(text[-8:]) is not None


# Words after which a Vietnamese sentence cannot stop.
_OPEN_WORD_RE = re.compile(
    r"(?:^|[\s(])(?:và|hoặc|của|các|những|năm|tháng|ngày|số|khoản|Điều|điểm|tại|theo|với|"
    r"về|cho|từ|đến|"
    r"trong|trên|do|bởi|là|để|được|nhằm|đồng chí|không|có|phải|cần|sẽ|đã|khi|nếu|vào|quý|"
    r"giai đoạn|nhiệm kỳ|một|mỗi|từng)$"
)
# "khoản 1⏎Điều 12 của Luật": a provision cut from the next level or from its instrument.
_CUT_PINPOINT_RE = re.compile(r"(?:khoản|điểm|Điều|mục|Chương|Phụ lục)\s[\wđ]{1,4}$")
_PINPOINT_GOES_ON_RE = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Phụ lục|Nghị|Luật|Bộ luật|Thông tư|Quyết định|Quy)\b"
)
# Only these words may be followed by a number that looks like a marker ("vào năm⏎2030. Bổ sung").
_BEFORE_NUMBER_RE = re.compile(
    r"(?:^|\s)(?:năm|tháng|ngày|số|khoản|Điều|điểm|quý|Km|km|Quốc lộ|và|đến|từ|giai đoạn|trên|dưới|"
    r"hơn|gần|khoảng|là|đạt|còn|tăng|giảm|thứ|kỳ|khóa|lần thứ|Chương|Mục|mục|[-–,/]|\d)$"
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


def joins(a: Line, b: Line, width: int | None, base: int = 0) -> bool:
    """Returns True if line ``b`` goes on where line ``a`` broke off.

    Args:
        width: Where the text is hard-wrapped (:func:`wrap_width`), None if it is not.
        base: The usual indent of a wrapped text; a deeper one begins a paragraph.
    """
    if a.region is not None or b.region is not None:
        return False
    ta, tb = a.text, b.text
    marked = marker_at(tb)
    apart = (b.blank_before and not b.page_break) or (width is not None and b.indent > base + 1)
    ended = _ended(ta)
    if marked is not None:
        # A number that only looks like a marker: the line before wants a number.
        if ended or marked.kind not in ("number", "multi", "paren"):
            return False
        return (
            tb[0].isdigit() and _BEFORE_NUMBER_RE.search(ta[-16:]) is not None and not ta.isupper()
        )
    if tb[0].isdigit() and not ended and _BEFORE_NUMBER_RE.search(ta[-16:]):
        return True
    own = marker_at(ta)
    if ended:
        if ta.endswith(";"):
            # An item of a list that ends in ";" is followed by an item with its marker, so a
            # bare line is its second half; bare "Căn cứ …;" lines follow each other.
            return _starts_lower(tb) or (own is not None and not apart and own.kind != "dash")
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
        _OPEN_WORD_RE.search(ta[-16:])
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


# A cell of a table that lost its lines: short, unmarked, no sentence.
def _cell(line: Line) -> bool:
    return line.region is None and len(line.text) <= 70 and not _ended(line.text)


def _as(line: Line, region: str) -> Line:
    return Line(
        line.start, line.end, line.text, region, line.blank_before, line.page_break, line.indent
    )


def mark_loose_tables(lines: list[Line]) -> list[Line]:
    """Returns the lines with tables marked that reached us as text.

    Two shapes: rows whose cells are parted by tabs, bars or wide gaps; and tables whose cells
    came out one a line ("TT", "Nội dung", "1", "97.700", …): a run of at least eight short
    lines without an end mark, a quarter of them bare numbers.
    """
    out = lines
    run: list[int] = []

    def close() -> None:
        nonlocal run
        if len(run) >= 8:
            numeric = sum(1 for i in run if not any(c.isalpha() for c in out[i].text))
            if numeric * 4 >= len(run):
                for i in range(run[0], run[-1] + 1):
                    out[i] = _as(out[i], "table")
        run = []

    tabular: list[int] = []

    def close_tabular() -> None:
        nonlocal tabular
        if len(tabular) >= 2 and not any(_letterhead(out[i].text) for i in tabular):
            for i in tabular:
                out[i] = _as(out[i], "table")
        tabular = []

    for i, line in enumerate(lines):
        if line.region is None and ("\t" in line.text or line.text[:1] == "|"):
            tabular.append(i)
        else:
            close_tabular()
        if _cell(line):
            run.append(i)
        elif line.region is None and run and len(line.text) <= 400 and _near_run(lines, i):
            run.append(i)  # one long cell inside a run of short ones
        else:
            close()
    close()
    close_tabular()
    return out


def _near_run(lines: Sequence[Line], i: int) -> bool:
    return all(_cell(x) for x in lines[i + 1 : i + 4]) and len(lines) > i + 3


_LETTERHEAD_RE = re.compile(
    r"CỘNG H[ÒO]A X|Độc lập|ĐẢNG CỘNG|Số\s*:|Nơi nhận|CHỦ TỊCH|ngày\s.*tháng|Kính gửi|T/M|TM\.|KT\."
)


def _letterhead(text: str) -> bool:
    return _LETTERHEAD_RE.search(text) is not None
