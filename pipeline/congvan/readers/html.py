"""HTML pages: what a browser shows, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .. import encodings
from ..document import Source
from ..errors import ReadError
from . import RawDocument
from .builder import Builder, cell_text, grid
from .letterhead import is_layout_table, mended
from .numbering import letters, roman

_DROPPED = frozenset(
    (
        "script style head title meta link noscript template iframe object embed svg canvas "
        "audio video select button input textarea datalist map -comment !doctype"
    ).split()
)
_BLOCKS = frozenset(
    (
        "p div center h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre section article aside "
        "header footer main nav address figure figcaption form fieldset hr table caption tr td "
        "th tbody thead tfoot body html details summary"
    ).split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table".split())
_HIDDEN_RE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)
_SPACE_RE = re.compile(r"[ \t\r\n\f]+")
_MAX_DEPTH = 400


class _Lines:
    """Text nodes put together to lines, with white space collapsed as a browser does."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._space = True  # white space that comes now is dropped
        self._marker = False  # only the mark of a list item stands on the line so far

    def marker(self, text: str) -> None:
        """Begins a list item; a paragraph inside the item stays on the line of its mark."""
        self._parts = [text] if text else []
        self._marker = bool(text)
        self._space = True

    def end_item(self) -> None:
        if self._marker:
            self._parts, self._marker = [], False
        self.end()

    def text(self, text: str, *, pre: bool = False) -> None:
        if pre:
            head, *rest = text.replace("\r\n", "\n").split("\n")
            self._parts.append(head)
            for line in rest:
                self.end(force=True)
                self._parts.append(line)
            self._space = False
            return
        text = _SPACE_RE.sub(" ", text)
        if self._space:
            text = text.lstrip(" ")
        if text:
            self._marker = False
            self._parts.append(text)
            self._space = text.endswith(" ")

    def end(self, *, force: bool = False, paragraph: bool = False) -> None:
        if self._marker and not force:
            return
        self._marker = False
        line = "".join(self._parts).strip(" ")
        if line or force:
            self.lines.append(line)
        self._parts = []
        self._space = True
        if paragraph and self.lines and self.lines[-1]:
            self.lines.append("")

    def take(self) -> list[str]:
        self.end()
        lines, self.lines = self.lines, []
        return lines


def read_html(text: str, name: str) -> RawDocument:
    """Returns the visible text of an HTML page.

    Raises:
        ReadError: The page is nested too deep.
    """
    from selectolax.lexbor import LexborHTMLParser

    _check_depth(text, name)
    tree = LexborHTMLParser(text.replace("\x00", " "))
    root = tree.body or tree.root
    builder = Builder()
    repairs: tuple[str, ...] = ()
    encoding = None
    if root is not None:
        fix = None
        whole = root.text(separator=" ")
        legacy = encodings.legacy_of(whole)
        if legacy:
            encoding = legacy.split("-")[0]
            repairs = (encodings.repair(whole).repairs[0],)

            def fix(part: str) -> str:
                return encodings.convert(part, legacy)[0]

        lines = _Lines()
        try:
            _walk(root, lines, builder, fix, depth=0)
        except RecursionError:
            raise ReadError(name, "the HTML is nested too deep", "save it as text") from None
        _flush(lines, builder)
    out, regions = builder.done()
    source = Source(media_type="text/html", encoding=encoding, repairs=repairs)
    return RawDocument(out, source, regions)


# Tags that must be closed. Hit: "<div>"; near misses: "<p>", "<br>", which stay open.
_NESTING_RE = re.compile(r"<(/?)(?:div|span|font|b|i|u|table|section|center)\b", re.IGNORECASE)
_MAX_OPEN = 5_000


def _check_depth(text: str, name: str) -> None:
    # The parser's time grows with the square of the depth.
    depth = 0
    for m in _NESTING_RE.finditer(text):
        depth = max(depth - 1, 0) if m.group(1) else depth + 1
        if depth > _MAX_OPEN:
            raise ReadError(name, "the HTML is nested too deep", "save it as text")


def _flush(lines: _Lines, builder: Builder) -> None:
    for line in lines.take():
        if line:
            builder.line(line)
        else:
            builder.blank()


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _hidden(node: Any) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if node.tag == "div" and attributes.get("title") in ("header", "footer"):
        return True  # how LibreOffice exports running heads and feet
    style = attributes.get("style")
    return bool(style and _HIDDEN_RE.search(style))


def _walk(
    node: Any, lines: _Lines, builder: Builder, fix: Any, *, depth: int, pre: bool = False
) -> None:
    if depth > _MAX_DEPTH:
        raise RecursionError
    marker = None
    number = 0
    if node.tag == "ol":
        number = _start(node) - 1
    for child in _children(node):
        tag = child.tag
        if tag == "-text":
            part = child.text_content or ""
            if fix is not None and part:
                part = fix(part)
            lines.text(part, pre=pre)
            continue
        if tag in _DROPPED or tag.startswith("!") or _hidden(child):
            continue
        if tag == "br":
            lines.end(force=True)
            continue
        if tag == "table":
            lines.end(paragraph=True)
            _table(child, lines, builder, fix, depth=depth + 1)
            continue
        block = tag in _BLOCKS
        if block:
            lines.end(paragraph=tag in _PARAGRAPHS and node.tag != "li")
        if tag == "li":
            if node.tag == "ol":
                value = _integer(child.attributes.get("value"))
                number = number + 1 if value is None else value
                marker = _ordinal(number, node.attributes.get("type"), _style(node)) + " "
            else:
                marker = "" if "none" in _style(node) else "- "
            lines.marker(marker)
        _walk(child, lines, builder, fix, depth=depth + 1, pre=pre or tag == "pre")
        if tag == "li":
            lines.end_item()
        elif block:
            lines.end(paragraph=tag in _PARAGRAPHS and node.tag != "li")


def _style(node: Any) -> str:
    return (node.attributes.get("style") or "").lower()


def _integer(value: str | None) -> int | None:
    try:
        return int(value) if value else None
    except ValueError:
        return None


def _start(node: Any) -> int:
    start = _integer(node.attributes.get("start"))
    return 1 if start is None else start


def _ordinal(number: int, kind: str | None, style: str) -> str:
    if kind in ("a", "A") or "-alpha" in style or "-latin" in style:
        sign = letters(number)
        upper = kind == "A" or "upper-" in style
        # Vietnamese lists with letters are written "a)".
        return sign.upper() + "." if upper else sign + ")"
    if kind in ("i", "I") or "-roman" in style:
        sign = roman(number)
        return sign + "." if kind == "I" or "upper-" in style else sign.lower() + "."
    return f"{number}."


def _table(table: Any, lines: _Lines, builder: Builder, fix: Any, *, depth: int) -> None:
    rows = [_cells(row) for row in _rows(table)]
    texts: list[list[list[str]]] = []
    for row in rows:
        texts.append([])
        for cell in row:
            inside = _Lines()
            nested = Builder()
            _walk(cell, inside, nested, fix, depth=depth + 1)
            _flush(inside, nested)
            texts[-1].append(nested.done()[0].splitlines())
    whole = "\n".join(line for row in texts for cell in row for line in cell)
    columns = max((len(row) for row in rows), default=0)
    _flush(lines, builder)
    if is_layout_table(whole, rows=len(rows), columns=columns):
        for row_texts in texts:
            for cell_lines in row_texts:
                for line in mended([line for line in cell_lines if line.strip()]):
                    builder.line(line)
                builder.blank()
        return
    cells = [
        [
            (cell_text(" ".join(lines_)), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell, lines_ in zip(row, row_texts, strict=True)
        ]
        for row, row_texts in zip(rows, texts, strict=True)
    ]
    builder.table(grid(cells))


def _span(cell: Any, name: str) -> int:
    return min(max(_integer(cell.attributes.get(name)) or 1, 1), 200)


def _rows(table: Any) -> Iterator[Any]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _cells(row: Any) -> list[Any]:
    return [c for c in _children(row) if c.tag in ("td", "th") and not _hidden(c)]
