"""PDF files: positions of characters to lines (text PDF), or pictures of pages (scans)."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..document import Source
from ..errors import MissingToolError, ReadError
from . import Limits, RawDocument
from .pdf_layout import lay_out
from .pdf_lines import Page, Rule, Run

MEDIA_TYPE = "application/pdf"
# Fewer letters than this on a page that shows a picture: the page is a scan.
_SCAN_LETTERS = 30
_PICTURE_SHARE = 0.4
_WIDE_GAP = 1.3  # of the type size: a gap that may part two columns
# A gap between words, where the file has no blanks, and where it has.
_WORD_GAP = 0.15
_WORD_GAP_SPACED = 0.2


def read_pdf(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of a PDF; pages that are pictures go through Tesseract.

    Raises:
        ReadError: The file is broken, protected by a password or has too many pages.
        MissingToolError: It is a scan, and Tesseract or its Vietnamese model is not installed.
    """
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
        count = len(pdf)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            hint = "save it without a password"
            raise ReadError(name, "the PDF is protected by a password", hint) from None
        raise ReadError(name, "the PDF is broken", "copy or download it again") from None
    try:
        if count > limits.max_pages:
            reason = f"the PDF has {count} pages, more than {limits.max_pages}"
            raise ReadError(name, reason, "split it, or raise max_pages")
        if count == 0:
            raise ReadError(name, "the PDF has no pages", "copy or download it again")
        return _read(pdf, count, name, limits)
    finally:
        pdf.close()


def _read(pdf: Any, count: int, name: str, limits: Limits) -> RawDocument:
    import pypdfium2 as pdfium

    pages: list[Page] = []
    scans: list[int] = []
    warnings: list[str] = []
    for index in range(count):
        try:
            page = pdf[index]
        except pdfium.PdfiumError:
            warnings.append(f"page {index + 1} is broken and was left out")
            pages.append(Page(index, 595.0, 842.0, (), ()))
            continue
        pages.append(_page(page, index))
        if _is_scan(page, pages[-1]):
            scans.append(index)
        page.close()
    read = 0
    ocr_repairs: tuple[str, ...] = ()
    if scans:
        try:
            from . import ocr

            found = ocr.recognise(_pictures(pdf, scans, name, limits), name=name, limits=limits)
        except ReadError as error:
            if len(scans) == count:
                raise
            kind = "are pictures" if isinstance(error, MissingToolError) else "could not be read"
            numbers = ", ".join(str(i + 1) for i in scans[:20])
            warnings.append(f"pages {numbers} {kind} and were left out: {error.reason}")
        else:
            read = len(scans)
            for index, page_found in zip(scans, found, strict=True):
                pages[index] = page_found.page(index)
            if read < count:
                warnings.append(f"{read} of {count} pages were read from pictures")
            warnings += ocr.warnings_for(found)
            ocr_repairs = ocr.repairs_for(found)
    text, regions, repairs, encoding = lay_out(pages)
    source = Source(
        media_type=MEDIA_TYPE,
        encoding=encoding,
        pages=count,
        ocr=read > 0,
        repairs=(*repairs, *ocr_repairs),
    )
    return RawDocument(text, source, regions, warnings=tuple(warnings))


def _page(page: Any, index: int) -> Page:
    import pypdfium2 as pdfium

    width, height = page.get_size()
    try:
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return Page(index, width, height, (), ())
    turn = _turning(page.get_rotation(), width, height)
    rules = tuple(_turned(rule, turn) for rule in _rules(page))
    runs = tuple(_runs(_chars(textpage.raw, turn), [r for r in rules if r.vertical]))
    textpage.close()
    return Page(index, width, height, runs, rules)


_Turn = Callable[[float, float], tuple[float, float]]


def _turning(rotation: int, width: float, height: float) -> _Turn:
    """Returns what leads from the coordinates in the file to those of the page as it is shown."""
    if rotation == 90:
        return lambda x, y: (y, height - x)
    if rotation == 180:
        return lambda x, y: (width - x, height - y)
    if rotation == 270:
        return lambda x, y: (width - y, x)
    return lambda x, y: (x, y)


def _turned(rule: Rule, turn: _Turn) -> Rule:
    if rule.vertical:
        (x0, y0), (x1, y1) = turn(rule.at, rule.low), turn(rule.at, rule.high)
    else:
        (x0, y0), (x1, y1) = turn(rule.low, rule.at), turn(rule.high, rule.at)
    if abs(x0 - x1) < abs(y0 - y1):
        return Rule(True, x0, min(y0, y1), max(y0, y1))
    return Rule(False, y0, min(x0, x1), max(x0, x1))


def _rules(page: Any) -> Iterator[Rule]:
    """Yields the straight lines of a page: table borders and the lines above footnotes."""
    import pypdfium2.raw as c

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    count = min(c.FPDFPage_CountObjects(page.raw), 20_000)
    for i in range(count):
        item = c.FPDFPage_GetObject(page.raw, i)
        if c.FPDFPageObj_GetType(item) != c.FPDF_PAGEOBJ_PATH:
            continue
        if not c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if x1 - x0 < 2.5 and y1 - y0 > 6:
            yield Rule(True, (x0 + x1) / 2, y0, y1)
        elif y1 - y0 < 2.5 and x1 - x0 > 6:
            yield Rule(False, (y0 + y1) / 2, x0, x1)
        else:
            yield from _sides(item)


def _sides(item: Any) -> Iterator[Rule]:
    """Yields the straight sides of a path: a frame, or a whole grid drawn in one go."""
    import pypdfium2.raw as c

    count = c.FPDFPath_CountSegments(item)
    matrix = c.FS_MATRIX()
    if not 2 <= count <= 4_000 or not c.FPDFPageObj_GetMatrix(item, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(item, i)
        if not segment or not c.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield from _side(last, point)
        if c.FPDFPathSegment_GetClose(segment):
            yield from _side(point, first)
        last = point


def _side(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    if abs(a[0] - b[0]) < 1 and abs(a[1] - b[1]) > 6:
        yield Rule(True, a[0], min(a[1], b[1]), max(a[1], b[1]))
    elif abs(a[1] - b[1]) < 1 and abs(a[0] - b[0]) > 6:
        yield Rule(False, a[1], min(a[0], b[0]), max(a[0], b[0]))


@dataclass(slots=True)
class _Char:
    text: str  # one letter and the combining marks on it; " " for white space
    x0: float
    x1: float
    base: float
    size: float


def _chars(textpage: Any, turn: _Turn) -> list[_Char]:
    import pypdfium2.raw as c

    box = c.FS_RECTF()
    matrix = c.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    out: list[_Char] = []
    for i in range(c.FPDFText_CountChars(textpage)):
        code = c.FPDFText_GetUnicode(textpage, i)
        if code in (10, 13) or c.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        char = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
        if code in (2, 0xFFFE, 0xAD):
            char = "-"  # how PDFium shows a hyphen at the end of a line
        if unicodedata.combining(char) and out:
            out[-1].text += char
            continue
        if not c.FPDFText_GetLooseCharBox(textpage, i, box):
            continue
        c.FPDFText_GetCharOrigin(textpage, i, x, y)
        if char.isspace():
            char = " "
        size = c.FPDFText_GetFontSize(textpage, i)
        if c.FPDFText_GetMatrix(textpage, i, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        size = size if size > 1 else max(box.top - box.bottom, 1.0)
        x0, x1 = turn(box.left, box.bottom)[0], turn(box.right, box.top)[0]
        base = turn(x.value, y.value)[1]
        out.append(_Char(char, min(x0, x1), max(x0, x1), base, size))
    return out


def _runs(chars: list[_Char], verticals: list[Rule]) -> Iterator[Run]:
    """Yields stretches of characters that follow each other on one line without a wide gap.

    The place on the page decides, not the order in the file: where a font lacks Vietnamese
    letters, they come from another font and stand apart in the file.
    """
    spaced = sum(c.text == " " for c in chars) > 0.05 * len(chars)
    word_gap = _WORD_GAP_SPACED if spaced else _WORD_GAP
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: -c.base):
        if rows and rows[-1][-1].base - char.base < 0.12 * char.size:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        row.sort(key=lambda c: c.x0)
        yield from _row_runs(row, verticals, word_gap)


def _row_runs(row: list[_Char], verticals: list[Rule], word_gap: float) -> Iterator[Run]:
    parts: list[str] = []
    first: _Char | None = None
    last: _Char | None = None
    end = 0.0
    space = False
    for char in row:
        if char.text == " ":
            space = True
            continue
        if first is not None and last is not None:
            gap = char.x0 - end
            if char.text == last.text and char.x0 - last.x0 < 0.15 * char.size:
                continue  # bold type made by printing twice
            if (
                gap > _WIDE_GAP * char.size
                or abs(char.size - first.size) > 0.35 * max(char.size, first.size)
                or (gap > 1 and _parted(verticals, end, char.x0, char.base))
            ):
                yield Run("".join(parts), first.x0, end, first.base, first.size, space)
                parts, first = [], None
            elif space or gap > word_gap * char.size:
                parts.append(" ")
        if first is None:
            first, end = char, char.x1
        parts.append(char.text)
        last, end = char, max(end, char.x1)
        space = False
    if first is not None:
        yield Run("".join(parts), first.x0, end, first.base, first.size, False)


def _parted(verticals: list[Rule], left: float, right: float, y: float) -> bool:
    return any(left - 2 <= r.at <= right + 2 and r.low - 1 <= y <= r.high + 1 for r in verticals)


def _is_scan(page: Any, laid: Page) -> bool:
    import pypdfium2.raw as c

    text = "".join(run.text for run in laid.runs)
    lost = text.count("\ufffd")
    letters = sum(map(str.isalpha, text)) if len(text) < 500 else len(text)
    if letters >= _SCAN_LETTERS and lost < 0.2 * len(text):
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    covered = 0.0
    for i in range(min(c.FPDFPage_CountObjects(page.raw), 2_000)):
        item = c.FPDFPage_GetObject(page.raw, i)
        kind = c.FPDFPageObj_GetType(item)
        if kind in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_FORM) and c.FPDFPageObj_GetBounds(
            item, left, bottom, right, top
        ):
            covered += abs((right.value - left.value) * (top.value - bottom.value))
    return covered > _PICTURE_SHARE * laid.width * laid.height or lost > 0.2 * max(len(text), 1)


def _pictures(pdf: Any, scans: list[int], name: str, limits: Limits) -> Iterator[Any]:
    from . import ocr

    if len(scans) > limits.max_ocr_pages:
        reason = f"{len(scans)} pages are pictures, more than {limits.max_ocr_pages}"
        raise ReadError(name, reason, "split the file, or raise max_ocr_pages")
    for index in scans:
        page = pdf[index]
        width, height = page.get_size()
        scale = ocr.DPI / 72
        if width * height * scale * scale > limits.max_pixels:
            scale = (limits.max_pixels / (width * height)) ** 0.5
        yield page.render(scale=scale, grayscale=True).to_pil()
        page.close()
