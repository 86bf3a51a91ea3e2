"""Word documents (.docx): the text as Word shows it, with list numbers, tables and footnotes.

The XML is read directly: text boxes, content controls and tracked changes matter in
office documents, and the usual object model leaves them out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .. import encodings
from ..document import Source
from ..errors import ReadError
from . import RawDocument
from .builder import Builder, cell_text, grid
from .letterhead import is_layout_table, is_letterhead_line, is_recipients, mended
from .numbering import Numbering, roman
from .packages import Package
from .symbols import REPAIR, plain_signs

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SKIPPED = frozenset(
    _W + tag
    for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr", "instrText", "delText", "rt", "tblPr")
) | {_MC + "Fallback"}
_TABS_RE = re.compile(r"\t{2,}")
_GAP = "     "
_VIETNAMESE_RE = re.compile("[\u1ea0-\u1ef9ơƠưƯ]")
_UPPER_ASCII = {c: c - 32 for c in range(ord("a"), ord("z") + 1)}
_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    num_id: str | None
    level: int | None
    caps: bool | None


@dataclass(slots=True)
class _Table:
    rows: list[list[tuple[list[Any], int, bool]]]
    """For each cell its blocks, the columns it spans, and whether it goes on from above."""


@dataclass(slots=True)
class _State:
    numbering: Numbering
    styles: dict[str, _Style]
    default_style: str | None
    legacy: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)


def read_docx(package: Package) -> RawDocument:
    """Returns the text of a .docx file.

    Raises:
        ReadError: The file is broken.
    """
    main = _main_part(package)
    root = _parse(package, main)
    if root is None or root.find(_W + "body") is None:
        raise ReadError(package.name, "the Word file has no text part", "save it again in Word")
    folder = posixpath.dirname(main)
    styles, default = _styles(_parse(package, posixpath.join(folder, "styles.xml")))
    numbering = Numbering(_parse(package, posixpath.join(folder, "numbering.xml")))
    state = _State(numbering, styles, default, legacy=_legacy(root))
    builder = Builder()
    _emit(_blocks(root.find(_W + "body"), state, depth=0), builder)
    _emit_notes(package, folder, state, builder)
    text, regions = builder.done()
    repairs = [f"{n} {what}" for what, n in state.repairs.items()]
    encoding = state.legacy.split("-")[0] if state.legacy else None
    if encoding:
        repairs.append(f"text in an old {encoding} font was turned into Unicode")
    return RawDocument(
        text, Source(media_type=MEDIA_TYPE, encoding=encoding, repairs=tuple(repairs)), regions
    )


def _parse(package: Package, part: str) -> Any | None:
    from lxml import etree  # type: ignore[import-untyped]

    data = package.read(part)
    if data is None:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data.replace(_STRICT, _LOOSE), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        hint = "open it in Word and save it again"
        reason = f"the Word file is broken in {part}: {error}"
        raise ReadError(package.name, reason, hint) from None


def _main_part(package: Package) -> str:
    rels = _parse(package, "_rels/.rels")
    if rels is not None:
        for rel in rels:
            if isinstance(rel.tag, str) and (rel.get("Type") or "").endswith("/officeDocument"):
                target = (rel.get("Target") or "").lstrip("/")
                if target in package.parts:
                    return target
    return "word/document.xml"


def _val(element: Any, tag: str) -> str | None:
    child = element.find(_W + tag) if element is not None else None
    value = child.get(_W + "val") if child is not None else None
    return None if value is None else str(value)


def _flag(element: Any, tag: str) -> bool | None:
    child = element.find(_W + tag) if element is not None else None
    if child is None:
        return None
    return child.get(_W + "val") not in ("0", "false", "off", "none")


def _styles(root: Any | None) -> tuple[dict[str, _Style], str | None]:
    styles: dict[str, _Style] = {}
    default = None
    for element in root.iter(_W + "style") if root is not None else ():
        key = element.get(_W + "styleId") or ""
        properties = element.find(_W + "pPr")
        numbers = properties.find(_W + "numPr") if properties is not None else None
        level = _val(numbers, "ilvl")
        styles[key] = _Style(
            _val(element, "basedOn"),
            _val(numbers, "numId"),
            int(level) if level and level.isdigit() else None,
            _flag(element.find(_W + "rPr"), "caps"),
        )
        if element.get(_W + "type") == "paragraph" and element.get(_W + "default") in ("1", "true"):
            default = key
    return styles, default


def _chain(state: _State, key: str | None) -> Iterator[tuple[str, _Style]]:
    seen: set[str] = set()
    while key and key not in seen and key in state.styles:
        seen.add(key)
        yield key, state.styles[key]
        key = state.styles[key].based_on


def _legacy(root: Any) -> str | None:
    """Returns the code table of text typed in old fonts (.VnTime, VNI-Times), None if none is."""
    paragraphs = []
    for p in root.iter(_W + "p"):
        text = "".join(t.text or "" for t in p.iter(_W + "t"))
        if not text.isascii() and not _VIETNAMESE_RE.search(text):
            paragraphs.append(text)
    return encodings.legacy_of("\n".join(paragraphs)) if paragraphs else None


def _unlegacy(text: str, state: _State) -> str:
    if state.legacy is None or _VIETNAMESE_RE.search(text):
        return text
    # A document may mix old fonts and Unicode: what already reads well stays.
    good, bad = encodings.evidence(text)
    return text if good > bad else encodings.convert(text, state.legacy)[0]


def _blocks(container: Any, state: _State, *, depth: int) -> list[Any]:
    """Returns the paragraphs (str) and tables of a body, cell, text box or note, in order."""
    out: list[Any] = []
    if depth > _MAX_DEPTH:
        return out
    for child in container:
        tag = child.tag
        if tag == _W + "p":
            out += _paragraph(child, state, in_cell=container.tag == _W + "tc", depth=depth)
        elif tag == _W + "tbl":
            out.append(_table(child, state, depth=depth + 1))
        elif isinstance(tag, str) and tag not in _SKIPPED:
            out += _blocks(child, state, depth=depth + 1)
    return out


def _paragraph(p: Any, state: _State, *, in_cell: bool, depth: int) -> list[Any]:
    properties = p.find(_W + "pPr")
    style = _val(properties, "pStyle") or state.default_style
    caps = next((s.caps for _, s in _chain(state, style) if s.caps is not None), False)
    parts: list[str] = []
    state.boxes, outer = [], state.boxes
    _runs(p, parts, state, bool(caps), depth)
    boxes, state.boxes = state.boxes, outer
    text = "".join(parts)
    marks = properties.find(_W + "rPr") if properties is not None else None
    deleted = marks is not None and marks.find(_W + "del") is not None
    if deleted and not text.strip():
        return []
    text = _unlegacy(text, state).strip(" \t")
    gap = _GAP if is_letterhead_line(text) and "\t" in text else None
    text = text.replace("\t", gap) if gap else _TABS_RE.sub(_GAP, text)
    marker = _marker(properties, style, state)
    if marker and text.strip():
        text = f"{marker} {text}"
    elif marker and in_cell:
        text = marker  # the running number of a table's row
    return [text, *(block for box in boxes for block in _blocks(box, state, depth=depth + 1))]


def _marker(properties: Any, style: str | None, state: _State) -> str:
    numbers = properties.find(_W + "numPr") if properties is not None else None
    num_id, level = _val(numbers, "numId"), _val(numbers, "ilvl")
    styled: tuple[str, str, int | None] | None = None
    if num_id is None:
        for key, s in _chain(state, style):
            if s.num_id is not None:
                styled = (s.num_id, key, s.level)
                break
        if styled is None:
            return ""
        num_id = styled[0]
    if num_id == "0":
        return ""
    if level is not None and level.isdigit():
        index = int(level)
    elif styled is not None:
        index = state.numbering.level_of_style(styled[0], styled[1])
        index = styled[2] if styled[2] is not None else index
    else:
        index = state.numbering.level_of_style(num_id, style or "")
    return state.numbering.marker(num_id, index)


def _runs(node: Any, parts: list[str], state: _State, caps: bool, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    for child in node:
        tag = child.tag
        if tag == _W + "r":
            properties = child.find(_W + "rPr")
            if _flag(properties, "vanish"):
                continue
            own = _flag(properties, "caps")
            begin = len(parts)
            _run(child, parts, state, depth)
            if (caps if own is None else own) or _capital_font(properties, state):
                parts[begin:] = [_upper(part, state) for part in parts[begin:]]
        elif tag == _MATH_TEXT:
            parts.append(child.text or "")
        elif isinstance(tag, str) and tag not in _SKIPPED:
            _runs(child, parts, state, caps, depth + 1)


def _upper(text: str, state: _State) -> str:
    # The codes of an old font are no letters yet: their case follows the plain ones.
    return text.translate(_UPPER_ASCII) if state.legacy else text.upper()


def _capital_font(properties: Any, state: _State) -> bool:
    fonts = properties.find(_W + "rFonts") if properties is not None else None
    if state.legacy is None or fonts is None:
        return False
    name = fonts.get(_W + "ascii") or ""
    return name.startswith(".Vn") and name.endswith("H")


_SIMPLE = {
    _W + "tab": "\t",
    _W + "ptab": "\t",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
}


def _run(run: Any, parts: list[str], state: _State, depth: int) -> None:
    for child in run:
        tag = child.tag
        if tag == _W + "t":
            parts.append(_private_use(child.text or "", state))
        elif tag in _SIMPLE:
            parts.append(_SIMPLE[tag])
        elif tag == _W + "br":
            parts.append("\n\f\n" if child.get(_W + "type") == "page" else "\n")
        elif tag == _W + "sym":
            parts.append(_symbol(child, state))
        elif tag == _W + "footnoteReference":
            state.notes.append(("footnotes", child.get(_W + "id") or ""))
        elif tag == _W + "endnoteReference":
            state.notes.append(("endnotes", child.get(_W + "id") or ""))
        elif tag == _MC + "AlternateContent":
            _alternate(child, parts, state, depth)
        elif tag in (_W + "pict", _W + "drawing", _W + "object"):
            state.boxes += _text_boxes(child)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            _run(child, parts, state, depth + 1)


def _alternate(node: Any, parts: list[str], state: _State, depth: int) -> None:
    # The same text box stands here twice, for new and for old programs.
    for branch in node:
        boxes = _text_boxes(branch)
        if boxes:
            state.boxes += boxes
            return
    choice = node.find(_MC + "Choice")
    if choice is not None and depth < _MAX_DEPTH:
        _run(choice, parts, state, depth + 1)


def _text_boxes(node: Any) -> list[Any]:
    if not isinstance(node.tag, str):
        return []
    if node.tag == _W + "txbxContent":
        return [node]
    if node.tag == _MC + "AlternateContent":
        for branch in node:
            boxes = _text_boxes(branch)
            if boxes:
                return boxes
        return []
    return [box for child in node for box in _text_boxes(child)]


def _private_use(text: str, state: _State) -> str:
    text, count = plain_signs(text)
    if count:
        state.repairs[REPAIR] = state.repairs.get(REPAIR, 0) + count
    return text


def _symbol(element: Any, state: _State) -> str:
    try:
        code = int(element.get(_W + "char") or "", 16)
    except ValueError:
        return ""
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    return _private_use(chr(code if code >= 0xE000 or code > 0xFF else 0xF000 + code), state)


def _table(tbl: Any, state: _State, *, depth: int) -> _Table:
    rows = []
    for tr in _inside(tbl, _W + "tr"):
        if tr.find(f"{_W}trPr/{_W}del") is not None:
            continue
        row = []
        for tc in _inside(tr, _W + "tc"):
            properties = tc.find(_W + "tcPr")
            span = _val(properties, "gridSpan")
            merge = properties.find(_W + "vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(_W + "val") != "restart"
            columns = min(int(span), 200) if span and span.isdigit() else 1
            row.append((_blocks(tc, state, depth=depth + 1), max(columns, 1), goes_on))
        rows.append(row)
    return _Table(rows)


def _inside(node: Any, wanted: str) -> Iterator[Any]:
    """Yields the wanted children, also those in content controls and tracked insertions."""
    for child in node:
        if child.tag == wanted:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            yield from _inside(child, wanted)


def _flat(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for row in block.rows:
                for cell, _, _ in row:
                    yield from _flat(cell)


def _recipients_row(table: _Table) -> int:
    for i, row in enumerate(table.rows):
        if any(is_recipients(line) for cell, _, _ in row for line in _flat(cell)):
            return i
    return 0


def _emit(blocks: list[Any], builder: Builder) -> None:
    for block in blocks:
        if isinstance(block, str):
            if block.strip(" \t"):
                builder.line(block)
            else:
                builder.blank()
            continue
        below = _recipients_row(block)
        if below:
            # Word joins tables that follow each other: the closing block is a table of its own.
            _emit([_Table(block.rows[:below]), _Table(block.rows[below:])], builder)
            continue
        columns = max((len(row) for row in block.rows), default=0)
        if is_layout_table("\n".join(_flat([block])), rows=len(block.rows), columns=columns):
            for row in block.rows:
                for cell, _, goes_on in row:
                    if not goes_on or any(_flat(cell)):
                        _emit(mended(cell), builder)
                        builder.blank()
            continue
        builder.table(
            grid(
                [
                    ("" if goes_on else cell_text(" ".join(_flat(cell))), columns, 1)
                    for cell, columns, goes_on in row
                ]
                for row in block.rows
            )
        )


def _emit_notes(package: Package, folder: str, state: _State, builder: Builder) -> None:
    parts: dict[str, dict[str, Any]] = {}
    counts = {"footnotes": 0, "endnotes": 0}
    notes, state.notes = list(state.notes), []
    for kind, key in notes:
        if kind not in parts:
            root = _parse(package, posixpath.join(folder, f"{kind}.xml"))
            parts[kind] = {}
            for note in root if root is not None else ():
                if isinstance(note.tag, str):
                    parts[kind][note.get(_W + "id") or ""] = note
        counts[kind] += 1
        element = parts[kind].pop(key, None)
        if element is None:
            continue
        text = " ".join(_flat(_blocks(element, state, depth=0))).strip()
        if text:
            if sum(counts.values()) == 1:
                builder.blank()
            number = counts[kind]
            label = str(number) if kind == "footnotes" else roman(number).lower()
            builder.footnote(label, text)
