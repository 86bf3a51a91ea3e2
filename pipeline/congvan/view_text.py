"""The text of a document as HTML elements, with everything found in it marked.

Without its tags it is the text itself, character by character; labels come from the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from . import summary
from .summary import label
from .wording import clean, vn_date

if TYPE_CHECKING:
    from .document import Document

ENTITY_CLASS = {"DATE": "date", "AGENCY": "ag", "PERSON": "pe", "LOCATION": "lo"}


# ---------------------------------------------------------------- marks in the text


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked; ``label`` is shown behind its last piece."""

    start: int
    end: int
    rank: int
    css: str
    id: str = ""
    href: str = ""
    title: str = ""
    label: str = ""


def marks(doc: Document, prefix: str = "") -> list[Mark]:
    """Returns everything to be marked in the text, sorted so that what holds comes first."""
    found: list[Mark] = []
    for i, item in enumerate(summary.cited(doc), 1):
        for ref in item.mentions:
            name = label("relation", ref.relation)
            short = f"{i}" if ref.relation == "mentions" else f"{i} {name}"
            found.append(
                Mark(
                    ref.start,
                    ref.end,
                    1,
                    "cit",
                    f"{prefix}{ref.id}",
                    f"#{prefix}d{i}",
                    tip(item.name, vn_date(item.date), item.issuer, name),
                    short,
                )
            )
            if ref.evidence is not None:
                found.append(
                    Mark(
                        ref.evidence.start, ref.evidence.end, 3, "ev", title=f"{name}: {item.name}"
                    )
                )
            found += [Mark(p.start, p.end, 2, "pin", title=f"{clean(p.text)}, {item.name}")
                      for p in ref.pinpoint or ()]  # fmt: skip
    for directive in doc.directives:
        for due in directive.due:
            found.append(
                Mark(
                    due.start,
                    due.end,
                    0,
                    "due",
                    f"{prefix}due{due.start}",
                    title=f"Thời hạn: {summary.due_words(due)}",
                    label=f"hạn: {vn_date(due.value) or label('due_kind', due.kind)}",
                )
            )
    for entity in doc.entities:
        css = ENTITY_CLASS.get(entity.type)
        if css:
            value = vn_date(entity.value) if entity.type == "DATE" else clean(entity.value)
            found.append(
                Mark(
                    entity.start,
                    entity.end,
                    4,
                    css,
                    title=tip(label("entity", entity.type), value),
                )
            )
    unique = {(m.start, m.end, m.css): m for m in reversed(found) if m.start < m.end}
    return sorted(unique.values(), key=lambda m: (m.start, -m.end, m.rank))


def tip(*parts: str | None) -> str:
    """Returns the parts that there are, joined by commas."""
    return ", ".join(p for p in parts if p)


class Sweep:
    """Writes stretches of the text, in reading order, with the marks that lie in them.

    Marks that cross are split at the crossing, so that the elements nest; only the first piece
    carries the id, only the last one the label.
    """

    def __init__(self, text: str, found: Sequence[Mark]) -> None:
        self.text = text
        self.found = found
        self.next = 0
        self.active: list[Mark] = []
        self.begun: set[int] = set()

    def html(self, start: int, end: int) -> str:
        """Returns ``text[start:end]`` as HTML; calls must come in reading order."""
        here = [m for m in self.active if m.end > start]
        while self.next < len(self.found) and self.found[self.next].start < end:
            mark = self.found[self.next]
            self.next += 1
            if mark.end > start:
                here.append(mark)
        self.active = [m for m in here if m.end > end]
        if not here:
            return _text(self.text[start:end])
        return "".join(self._pieces(start, end, here))

    def _pieces(self, start: int, end: int, here: list[Mark]) -> Iterator[str]:
        here.sort(key=lambda m: (max(m.start, start), -m.end, m.rank))
        cuts = sorted(
            {start, end, *(min(max(p, start), end) for m in here for p in (m.start, m.end))}
        )
        stack: list[Mark] = []
        coming = 0
        for a, b in pairwise(cuts):
            reopened: list[Mark] = []
            ending = [i for i, m in enumerate(stack) if m.end <= a]
            if ending:
                # What was opened after the one that ends must be closed and opened again.
                reopened = [m for m in stack[ending[0] :] if m.end > a]
                yield from (self._close(m, stack) for m in reversed(stack[ending[0] :]))
                del stack[ending[0] :]
            while coming < len(here) and max(here[coming].start, start) <= a:
                if here[coming].end > a:
                    reopened.append(here[coming])
                coming += 1
            for mark in sorted(reopened, key=lambda m: (-m.end, m.rank, m.start)):
                # The piece is the last one if nothing that holds it ends before it does.
                outer = min((m.end for m in stack), default=end)
                yield self._open(mark, stack, last=mark.end <= min(outer, end))
                stack.append(mark)
            yield _text(self.text[a:b])
        yield from (self._close(m, stack) for m in reversed(stack))

    def _open(self, mark: Mark, stack: list[Mark], *, last: bool) -> str:
        tag = _tag(mark, stack)
        attributes = f' class="{mark.css}"'
        if mark.id and id(mark) not in self.begun:
            attributes += f' id="{escape(mark.id)}"'
            self.begun.add(id(mark))
        if tag == "a":
            attributes += f' href="{escape(mark.href)}"'
        if mark.title:
            attributes += f' title="{escape(mark.title)}"'
        if mark.label and last:
            attributes += f' data-l="{escape(mark.label)}"'
        return f"<{tag}{attributes}>"

    def _close(self, mark: Mark, stack: list[Mark]) -> str:
        return f"</{_tag(mark, stack[: stack.index(mark)])}>"


def _tag(mark: Mark, outer: Iterable[Mark]) -> str:
    # HTML forbids a link in a link.
    return "a" if mark.href and not any(m.href for m in outer) else "span"


def _text(text: str) -> str:
    # A control character is no character of HTML; its picture (U+2400 …) is one, and as long.
    if not text.isprintable():
        text = "".join(chr(0x2400 + ord(c)) if c < " " and c not in "\n\t" else c for c in text)
    return escape(text, quote=False)


# ---------------------------------------------------------------- the text in blocks


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that is one element: a heading, a unit, a table or another line."""

    start: int
    end: int
    kind: str
    depth: int = 0
    id: str = ""
    marker_end: int = 0
    labels: tuple[str, ...] = field(default=())


def blocks(doc: Document) -> list[Block]:
    """Returns blocks in reading order, without overlap; only white space lies between them."""
    depth = {section.id: d for d, section, _ in summary.outline(doc)}
    found = [Block(s.heading_start, s.heading_end, "heading", depth[s.id], s.id)
             for s in doc.sections]  # fmt: skip
    found += [
        Block(u.start, u.end, u.kind, depth.get(u.section or "", -1) + 1, u.id, u.start, u.labels)
        for u in doc.units
    ]
    found += [Block(t.start, t.end, "table", id=t.id) for t in doc.tables]
    found += [Block(f.start, f.end, "footnote", id=f.id) for f in doc.footnotes]
    out: list[Block] = []
    at = 0
    for block in sorted(found, key=lambda b: (b.start, -b.end)):
        if block.end <= block.start or block.start < at:
            continue
        # The marker stands before the unit, on the same line.
        first = max(at, doc.text.rfind("\n", at, block.start) + 1)
        first += len(doc.text[first : block.start]) - len(doc.text[first : block.start].lstrip())
        out += _lines(doc.text, at, first)
        out.append(
            Block(
                first, block.end, block.kind, block.depth, block.id, block.marker_end, block.labels
            )
        )
        at = block.end
    out += _lines(doc.text, at, len(doc.text))
    titles = [doc.header.spans[k] for k in ("doc_type", "subject") if k in doc.header.spans]
    return [
        replace(b, kind="title")
        if b.kind == "line" and any(start < b.end and b.start < end for start, end in titles)
        else b
        for b in out
    ]


def _lines(text: str, start: int, end: int) -> list[Block]:
    out = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if line.strip():
            left = len(line) - len(line.lstrip())
            out.append(Block(at + left, at + len(line.rstrip()), "line"))
        at = stop + 1
    return out


def article(doc: Document, prefix: str = "") -> str:
    """Returns the text as HTML elements; without its tags it is the text itself."""
    sweep = Sweep(doc.text, marks(doc, prefix))
    out: list[str] = []
    at = 0
    in_list = False
    for block in blocks(doc):
        if in_list and block.kind != "bullet":
            out.append("</ul>")
            in_list = False
        # White space only: a mark that crosses it is taken up again in the next block.
        out.append(_text(doc.text[at : block.start]))
        if block.kind == "bullet" and not in_list:
            out.append("<ul>")
            in_list = True
        out.append(_element(block, sweep, prefix))
        at = block.end
    if in_list:
        out.append("</ul>")
    out.append(_text(doc.text[at:]))
    return "".join(out)


def _element(block: Block, sweep: Sweep, prefix: str) -> str:
    tag, css = {
        "heading": (f"h{min(3 + block.depth, 5)}", "blk flow"),
        "bullet": ("li", "blk flow"),
        "table": ("p", "blk t"),
        "line": ("p", "blk line pre"),
        "title": ("p", "blk line pre title"),
    }.get(block.kind, ("p", "blk flow"))
    if block.kind in ("bullet", "paragraph") and block.depth:
        css += f" i{min(block.depth, 3)}"
    anchor = f' id="{escape(prefix + block.id)}"' if block.id else ""
    marker = ""
    if block.start < block.marker_end:
        css += " hang" if block.kind == "bullet" else ""
        marker = f'<span class="mk">{sweep.html(block.start, block.marker_end)}</span>'
    inner = sweep.html(max(block.start, block.marker_end), block.end)
    tags = "".join(
        f'<span class="lab" data-l="{escape(label("label", name))}"></span>'
        for name in block.labels
    )
    return f'<{tag} class="{css}"{anchor}>{marker}{inner}{tags}</{tag}>'
