"""Markdown, as machines make it from PDF: the mark-up is cut out, the way back is kept.

Such files mix Markdown with pieces of HTML and break the rules of both, so this is no
parser of Markdown: it takes out what is surely mark-up and leaves the rest as it stands.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left

from ..document import Source
from ..text import Edit, OffsetMap, apply_edits
from . import RawDocument, Region
from .letterhead import is_layout_table

_MEDIA = "text/markdown"

# One pass over the text finds all mark-up but emphasis. The order of the branches counts.
_MARKUP_RE = re.compile(
    r"""
      (?P<comment><!--)
    | (?P<image>!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\))
    | (?P<note>\[\^(?P<mark>[^\]\n]{1,20})\](?!:))
    | \[(?P<link>[^\[\]\n]{1,1000})\]\((?:<[^>\n]{0,2000}>|[^()\n]{0,2000}
        (?:\([^()\n]{0,200}\)[^()\n]{0,500})?)\)
    | <(?P<auto>(?:https?://|mailto:)[^>\s]{1,2000})>
    | (?P<tag></?(?P<tagname>[A-Za-z][A-Za-z0-9]{0,15})(?P<attrs>(?:\s[^<>]{0,2000})?)/?>)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | \\(?P<escape>[!-/:-@\[-`{-~])
    | (?P<hardbreak>\\(?=\n))
    | (?P<tick>`{1,3})
    """,
    re.VERBOSE | re.DOTALL,
)
# What stands at the start of a line. Hits: "### Điều 1", "> a", "---", "```"; near misses:
# "#1", "- a" (a list item keeps its sign).
_LINE_RE = re.compile(
    r"""^(?:
      (?P<ruler>[ ]{0,3}(?:(?:-[ \t]{0,3}){3,200}|(?:\*[ \t]{0,3}){3,200}|(?:_[ \t]{0,3}){3,200}
        |={3,200})[ \t]{0,10})$
    | (?P<fence>[ ]{0,3}(?:`{3,10}|~{3,10})[^`\n]{0,50})$
    | (?P<tableruler>[ ]{0,3}\|?(?:[ ]{0,9}:?-{1,200}:?[ ]{0,9}\|){1,100}
        (?:[ ]{0,9}:?-{1,200}:?[ ]{0,9})?[ \t]{0,10})$
    | (?P<definition>[ ]{0,3}\[\^(?P<label>[^\]\n]{1,20})\]:[ \t]{0,10})
    | (?P<head>[ ]{0,3}(?:>[ ]?){0,10}[ ]{0,3}(?:\#{1,6}(?:[ \t]{1,10}|$))?)
    )""",
    re.VERBOSE | re.MULTILINE,
)
_TRAILING_HASH_RE = re.compile(r"[ \t]{1,10}#{1,6}[ \t]{0,10}$")
_EMPHASIS_RE = re.compile(r"\*{1,6}|(?<!_)_{1,3}(?!_)|~~")
_LINE_END_RE = re.compile(r"\r\n?|\A\ufeff")
_PARAGRAPH_RE = re.compile(r"\n[ \t]{0,200}\n")

_BLOCK_TAGS = frozenset(
    (
        "p div center table tr ul ol li h1 h2 h3 h4 h5 h6 blockquote section article header "
        "footer hr pre thead tbody tfoot caption figure figcaption dl dt dd"
    ).split()
)
_INLINE_TAGS = frozenset(
    (
        "b strong i em u s span font sup sub br img a small big del ins mark code tt strike "
        "html body td th input label colgroup col nobr wbr abbr cite q kbd"
    ).split()
)
_PAGE_BREAK_RE = re.compile(
    r"page-break-(?:after|before)|break-(?:after|before)\s{0,3}:\s{0,3}page"
)
_PAGE_COMMENT_RE = re.compile(r"<!--\s{0,5}page\s{0,3}break", re.IGNORECASE)


def read_markdown(text: str) -> RawDocument:
    """Returns ``text`` without its Markdown; ``offset_map`` leads back to ``text``.

    >>> read_markdown("**1. Dự thảo** (Sở Tài chính trình)\\\\- xong").text
    '1. Dự thảo (Sở Tài chính trình)- xong'
    """
    # Rules and table rows end at "\n"; a byte order mark would hide the first heading.
    ends = [
        Edit(m.start(), m.end(), "" if m.start() == 0 and m.group() == "\ufeff" else "\n")
        for m in _LINE_END_RE.finditer(text)
    ]
    text, first = apply_edits(text, ends)
    tables = _html_tables(text)
    edits: list[Edit] = []
    protected: list[tuple[int, int]] = []
    footnotes: list[tuple[int, int, str]] = []
    pipe_rows = _line_edits(text, edits, footnotes)
    _inline_edits(text, edits, protected, tables)
    _emphasis_edits(text, edits, protected)
    pipe_tables = _pipe_edits(text, pipe_rows, edits)
    clean = _sorted(edits)
    out, offset_map = apply_edits(text, clean)
    regions = [Region("table", *_target(offset_map, out, a, b)) for a, b in pipe_tables]
    regions += [
        Region("table", *_target(offset_map, out, a, b)) for a, b, layout in tables if not layout
    ]
    regions += [
        Region("footnote", *_target(offset_map, out, a, b), label) for a, b, label in footnotes
    ]
    regions = sorted((r for r in regions if r.end > r.start), key=lambda r: r.start)
    return RawDocument(out, Source(media_type=_MEDIA), tuple(regions), offset_map.after(first))


def _target(offset_map: OffsetMap, out: str, start: int, end: int) -> tuple[int, int]:
    a, b = offset_map.target(start), offset_map.target(end)
    while a < b and out[a].isspace():
        a += 1
    while b > a and out[b - 1].isspace():
        b -= 1
    return a, b


def _sorted(edits: list[Edit]) -> list[Edit]:
    """Returns the edits in order; one that overlaps an earlier one gives way."""
    done: list[Edit] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start >= at:
            done.append(edit)
            at = edit.end
        elif edit.end > at and not edit.new:
            done.append(Edit(at, edit.end, ""))
            at = edit.end
    return done


def _line_edits(
    text: str, edits: list[Edit], footnotes: list[tuple[int, int, str]]
) -> list[tuple[int, int, bool]]:
    """Adds the edits at the starts of lines; returns the rows of tables with ``|``.

    A row is ``(start, end, is it the ruler under the head)``.
    """
    rows: list[tuple[int, int, bool]] = []
    for m in _LINE_RE.finditer(text):
        end = text.find("\n", m.start())
        end = len(text) if end < 0 else end
        kind = m.lastgroup
        if kind in ("ruler", "fence"):
            edits.append(Edit(m.start(), m.end(), ""))
        elif kind == "tableruler":
            rows.append((m.start(), end, True))
        elif m.group("definition") is not None:
            edits.append(Edit(m.start("definition"), m.end("definition"), m.group("label") + " "))
            footnotes.append((m.start(), end, m.group("label")))
        else:
            if m.group("head"):
                edits.append(Edit(m.start(), m.end(), ""))
            if "#" in m.group():
                tail = _TRAILING_HASH_RE.search(text, max(m.end(), end - 20), end)
                if tail:
                    edits.append(Edit(tail.start(), end, ""))
            if text.find("|", m.end(), end) >= 0:
                rows.append((m.end(), end, False))
    return rows


def _html_tables(text: str) -> list[tuple[int, int, bool]]:
    """Returns ``(start, end, is it only layout)`` for each outermost ``<table>``."""
    tables = []
    depth = start = 0
    for m in re.finditer(r"<(/?)table\b", text, re.IGNORECASE):
        if not m.group(1):
            start = m.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                inner = text[start : m.start()]
                rows = re.split(r"<tr\b", inner, flags=re.IGNORECASE)
                widths = [len(re.findall(r"<t[dh]\b", row, re.IGNORECASE)) for row in rows[1:]]
                plain = re.sub(r"<[^<>]{0,2000}>", " ", inner)
                layout = is_layout_table(plain, rows=len(widths), columns=max(widths, default=0))
                tables.append((start, m.start(), layout))
    return tables


def _inline_edits(
    text: str,
    edits: list[Edit],
    protected: list[tuple[int, int]],
    tables: list[tuple[int, int, bool]],
) -> None:
    starts = [t[0] for t in tables]
    last_end = text.rfind("-->")
    skip = 0
    for m in _MARKUP_RE.finditer(text):
        if m.start() < skip:
            continue
        kind = m.lastgroup
        new = ""
        if m.group("comment"):
            if m.end() > last_end:
                continue
            skip = text.index("-->", m.end()) + 3
            new = "\n\f\n" if _PAGE_COMMENT_RE.match(text, m.start()) else ""
            protected.append((m.start(), skip))
            edits.append(Edit(m.start(), skip, new))
            continue
        if m.group("link") is not None:
            edits.append(Edit(m.start(), m.start("link"), ""))
            edits.append(Edit(m.end("link"), m.end(), ""))
            continue
        if m.group("auto"):
            new = m.group("auto")
        elif m.group("tag"):
            i = bisect_left(starts, m.start() + 1) - 1
            inside = tables[i] if i >= 0 and m.start() < tables[i][1] else None
            tag_new = _tag(m, inside)
            if tag_new is None:
                continue
            new = tag_new
            if new == "\n" and (inside is None or inside[2]):
                start, end, new = _tag_break(text, m)
                protected.append((start, end))
                edits.append(Edit(start, end, new))
                continue
        elif m.group("entity"):
            new = html.unescape(m.group())
            if new == m.group():
                continue
        elif m.group("escape"):
            protected.append((m.start("escape"), m.end("escape")))
            edits.append(Edit(m.start(), m.start() + 1, ""))
            continue
        elif kind == "tick" and len(m.group()) == 2:
            continue
        protected.append((m.start(), m.end()))
        edits.append(Edit(m.start(), m.end(), new))
    for start, end, layout in tables:
        if not layout:
            # Inside a cell a line break of the file is only white space.
            for m in re.finditer(r"\s*\n\s*", text[start:end]):
                a, b = start + m.start(), start + m.end()
                between = text[a - 1] == ">" and text[b : b + 1] == "<"
                edits.append(Edit(a, b, "" if between else " "))


_ROW_END_RE = re.compile(r"\s{0,200}</tr", re.IGNORECASE)


def _tag(m: re.Match[str], table: tuple[int, int, bool] | None) -> str | None:
    name = m.group("tagname").lower()
    closing = m.group().startswith("</")
    data_table = table is not None and not table[2]
    if name in _BLOCK_TAGS:
        if data_table:
            if name in ("tr", "tbody", "thead", "tfoot"):
                return "\n" if name == "tr" and closing else ""
            return "\n" if name == "table" else " "
        if _PAGE_BREAK_RE.search(m.group("attrs") or ""):
            return "\n\f\n"
        return "\n"
    if name in ("td", "th"):
        if table is None or not data_table:
            return "\n"
        return "\t" if closing and not _ROW_END_RE.match(m.string, m.end()) else ""
    if name == "br":
        return " " if data_table else "\n"
    return "" if name in _INLINE_TAGS else None


# Tags whose end parts paragraphs; a blank line stays there.
_PARTING_TAGS = frozenset("p div center table h1 h2 h3 h4 h5 h6 blockquote".split())


def _tag_break(text: str, m: re.Match[str]) -> tuple[int, int, str]:
    """Returns the edit for a tag that breaks the line, unless a line break stands there."""
    start, end = m.span()
    behind = end
    while behind < len(text) and text[behind] in " \t":
        behind += 1
    at_end = behind == len(text) or text[behind] == "\n"
    at_start = start == 0 or text[start - 1] == "\n"
    if at_start and at_end:
        keep = m.group("tagname").lower() in _PARTING_TAGS
        return start, behind if keep else min(behind + 1, len(text)), ""
    if at_start or at_end:
        return start, end, ""
    return start, end, "\n"


def _emphasis_edits(text: str, edits: list[Edit], protected: list[tuple[int, int]]) -> None:
    starts = [p[0] for p in protected]
    open_marks: dict[str, list[list[int]]] = {"*": [], "_": [], "~": []}
    borders = [m.start() for m in _PARAGRAPH_RE.finditer(text)]
    border = 0
    length = len(text)
    for m in _EMPHASIS_RE.finditer(text):
        start, end = m.span()
        i = bisect_left(starts, start + 1) - 1
        if i >= 0 and start < protected[i][1]:
            continue
        while border < len(borders) and borders[border] < start:
            border += 1
            _close_paragraph(open_marks, edits)
        before = text[start - 1] if start else "\n"
        after = text[end] if end < length else "\n"
        left, right = not after.isspace(), not before.isspace()
        if not left and not right:
            continue  # a bullet "* a", a product "5 * 3"
        if m.group()[0] == "_":
            left, right = left and not before.isalnum(), right and not after.isalnum()
        stack = open_marks[m.group()[0]]
        left_over = end - start
        at = start
        while right and stack and left_over:
            opener = stack[-1]
            take = min(left_over, opener[1] - opener[0])
            edits.append(Edit(opener[1] - take, opener[1], ""))
            edits.append(Edit(at, at + take, ""))
            opener[1] -= take
            at += take
            left_over -= take
            if opener[0] == opener[1]:
                stack.pop()
        if not left_over:
            continue
        if left and not (before == "(" and after == ")"):
            stack.append([at, end])
        elif left_over >= 2 and m.group()[0] == "*" and before != "(":
            edits.append(Edit(at, end, ""))  # "**" alone is a slip of the machine
    _close_paragraph(open_marks, edits)


def _close_paragraph(open_marks: dict[str, list[list[int]]], edits: list[Edit]) -> None:
    for start, end in open_marks["*"]:
        if end - start >= 2:
            edits.append(Edit(start, end, ""))
    for stack in open_marks.values():
        stack.clear()


# Two columns side by side, as a PDF shows them: this many blanks in the gap.
_GAP = "     "
# A row of a table. Hit: "| 1 | Nhà | m² |"; near miss: "|x| = 3".
_FRAMED_RE = re.compile(r"[ \t]{0,9}\|(?:[^|\n]{0,5000}\|){2,100}[ \t]{0,20}(?:\n|$)")


def _pipe_edits(
    text: str, rows: list[tuple[int, int, bool]], edits: list[Edit]
) -> list[tuple[int, int]]:
    """Turns Markdown tables into tabs; returns their spans."""
    groups: list[list[tuple[int, int, bool]]] = []
    for row in rows:
        if (
            groups
            and not text[groups[-1][-1][1] : row[0]].strip(" \n")
            and (text.count("\n", groups[-1][-1][1], row[0]) == 1)
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    spans = []
    for group in groups:
        framed = all(ruler or _FRAMED_RE.match(text, a, b) for a, b, ruler in group)
        ruled = len(group) > 1 and any(ruler for _, _, ruler in group)
        if not ruled and not framed:
            continue
        body = "\n".join(text[a:b].replace("|", "\n") for a, b, ruler in group if not ruler)
        columns = max(text.count("|", a, b) for a, b, _ in group) + (-1 if framed else 1)
        layout = is_layout_table(body, rows=len(group), columns=max(columns, 2))
        if not layout:
            spans.append((group[0][0], group[-1][1]))
        for start, end, ruler in group:
            if ruler:
                edits.append(Edit(start, min(end + 1, len(text)), ""))
                continue
            body_end = start + len(text[start:end].rstrip())
            for m in re.finditer(r"[ \t]{0,200}(?<!\\)\|[ \t]{0,200}", text[start:body_end]):
                a, b = start + m.start(), start + m.end()
                edge = a == start or b == body_end
                edits.append(Edit(a, b, "" if edge else _GAP if layout else "\t"))
    return spans
