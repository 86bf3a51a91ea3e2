"""The page: canonical text and lines, cut into letterhead, body and closing; its tables and notes.

Joins come first where a page break or a hard wrap cut a sentence; then everything is read anew
from the joined text, so that offsets agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .annexes import split_annexes
from .closing import Closing, parse_closing
from .document import Annex, Footnote, Header, Section, Table, Unit
from .errors import ReadError
from .header import parse_header
from .layout import Line, join_edits, join_letterhead, split_lines
from .readers import RawDocument
from .structure import parse_body
from .tables import mark_tables
from .text import OffsetMap, apply_edits, canonical, shadow, squeeze


@dataclass(frozen=True, slots=True)
class Page:
    """The canonical text with its lines, and where letterhead and closing lie among them."""

    text: str
    shadow: str
    lines: list[Line]
    header: Header
    body: int  # index of the first body line
    closing: Closing
    offset_map: OffsetMap
    regions: tuple[tuple[int, int, str, str], ...]


_MAX_LINE = 5_000_000  # characters; a longer line is no text that an office wrote


def _check_lines(raw: RawDocument) -> None:
    at = 0
    while at < len(raw.text) - _MAX_LINE:
        end = raw.text.find("\n", at)
        end = len(raw.text) if end < 0 else end
        if end - at > _MAX_LINE:
            raise ReadError(
                raw.source.path,
                f"it has a line of {(end - at) / 1e6:.0f} million characters, so it is no document",
                "check that the file is text with line ends",
            )
        at = end + 1


def _lines(seen: str, regions: Sequence[tuple[int, int, str, str]]) -> list[Line]:
    lines = split_lines(seen, [(a, b, kind) for a, b, kind, _ in regions])
    return mark_tables(join_letterhead(lines, seen))


def lay_out(raw: RawDocument) -> Page:
    """Returns the page of what a reader gave.

    Raises:
        ReadError: A line is too long for a document that an office wrote.
    """
    _check_lines(raw)
    text, to_raw = canonical(raw.text)
    regions = tuple(
        sorted((to_raw.target(r.start), to_raw.target(r.end), r.kind, r.label) for r in raw.regions)
    )
    seen = shadow(text)
    lines = _lines(seen, regions)
    header, body = parse_header(lines, text)
    closing = parse_closing(lines, text, start=body)
    edits = join_edits(lines[body : closing.first], seen)
    edits += join_edits(lines[closing.last :], seen)
    if raw.offset_map is not None:
        to_raw = to_raw.after(raw.offset_map)
    if edits:
        text, joined = apply_edits(text, edits)
        regions = tuple((joined.target(a), joined.target(b), k, name) for a, b, k, name in regions)
        seen = shadow(text)
        lines = _lines(seen, regions)
        header, body = parse_header(lines, text)
        closing = parse_closing(lines, text, start=body)
        to_raw = joined.after(to_raw)
    return Page(text, seen, lines, header, body, closing, to_raw, regions)


# "[1] Về kết quả …" behind the signature: footnotes that lost their place.
_FOOTNOTE_RE = re.compile(r"\[(\d{1,3})\]\s*(?=\S)|\((\d{1,2})\)\s+(?=[^\W\d_])")


# The title of a form to fill in, which is set aside whole. Hit: "Mẫu số 01", "BIỂU MẪU";
# near miss: "PHỤ LỤC I", "QUY CHẾ".
_FORM_RE = re.compile(r"(?:MẪU|Mẫu)\s(?:số|SỐ|đơn|ĐƠN)|(?:BIỂU MẪU|Biểu mẫu)\b")


def structure(page: Page) -> tuple[list[Section], list[Unit], list[Annex]]:
    """Returns sections and units of body and annexes, and the annexes, in reading order."""
    lines, closing = page.lines, page.closing
    inner = [x for x in lines[page.body : closing.first] if not _bracketed_note(x)]
    end = inner[-1].end if inner else 0
    body = parse_body(inner, page.text, end=end)
    sections, units = list(body.sections), list(body.units)
    annexes: list[Annex] = []
    behind = lines[closing.last :] if closing.last > closing.first else []
    for n, part in enumerate(split_annexes(behind), 1):
        title, rest = behind[part.first : part.content], behind[part.content : part.last]
        last = rest[-1] if rest else title[-1]
        words = page.text[title[0].start : title[-1].end]
        annexes.append(Annex(f"a{n}", squeeze(words), title[0].start, last.end))
        if _FORM_RE.match(words):
            continue  # "Điều 4" of a model contract is no article of this document
        more = parse_body(
            [x for x in rest if not _bracketed_note(x)],
            page.text,
            end=last.end,
            first_section=len(sections),
            first_unit=len(units),
            titles=False,
        )
        sections += more.sections
        units += more.units
    return sections, units, annexes


def _bracketed_note(line: Line) -> bool:
    return (
        line.region is None
        and line.text.startswith("[")
        and _FOOTNOTE_RE.match(line.text) is not None
    )


def footnotes(page: Page) -> list[Footnote]:
    """Returns the notes that the reader marked, and those in brackets behind the signature."""
    notes = [(a, b, label) for a, b, kind, label in page.regions if kind == "footnote"]
    for line in page.lines:
        if _bracketed_note(line):
            m = _FOOTNOTE_RE.match(line.text)
            assert m is not None
            notes.append((line.start + m.end(), line.end, m.group(1)))
    notes.sort()
    return [
        Footnote(f"f{i}", label, a, b, page.text[a:b])
        for i, (a, b, label) in enumerate(notes, 1)
        if a < b
    ]


def tables(page: Page) -> list[Table]:
    """Returns tables that the reader marked, and runs of lines that look like one."""
    found: list[tuple[int, int, list[tuple[str, ...]]]] = []
    previous: int | None = None
    for n, line in enumerate(page.lines):
        if line.region != "table":
            continue
        words = page.text[line.start : line.end]
        cells = tuple(
            c.strip()
            for c in (words.strip("|").split("|") if words[:1] == "|" else words.split("\t"))
        )
        if previous == n - 1 and found:
            start, _, rows = found[-1]
            rows.append(cells)
            found[-1] = (start, line.end, rows)
        else:
            found.append((line.start, line.end, [cells]))
        previous = n
    return [Table(f"t{i}", a, b, tuple(rows)) for i, (a, b, rows) in enumerate(found, 1)]


def one_line_title(page: Page) -> str:
    """Returns the shadow with the line ends inside the title as blanks: a title is one sentence."""
    spans = page.header.spans
    if "subject" not in spans:
        return page.shadow
    start, end = spans["subject"]
    if "doc_type" in spans and spans["doc_type"][0] < start:
        start = spans["doc_type"][0]
    title = page.shadow[start:end]
    if "\n" not in title:
        return page.shadow
    return page.shadow[:start] + title.replace("\n", " ") + page.shadow[end:]
