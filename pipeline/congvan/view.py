"""The HTML page of one document: its text with everything found marked, and what follows from it.

The page needs nothing from outside and no script. What stands in ``<article>`` is the text of the
document, character by character: labels come from the style sheet, so that searching and copying
in the page give the document's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from . import summary
from .summary import clean, label, vn_date

if TYPE_CHECKING:
    from .document import Document

_ENTITY_CLASS = {"DATE": "date", "AGENCY": "ag", "PERSON": "pe", "LOCATION": "lo"}
# A text that says little twice is worse than none: snippets in the side panel end here.
_SNIPPET = 160


def to_html(doc: Document, *, fragment: bool = False) -> str:
    """Returns a self-contained HTML page on ``doc``.

    Args:
        fragment: Only a ``<div>`` with its own style sheet, for a notebook or another page; its
            ids carry a prefix, so that several documents can stand in one page.
    """
    prefix = f"cv{sha256(doc.text.encode('utf-8', 'replace')).hexdigest()[:8]}-" if fragment else ""
    body = (
        f'<div class="congvan" lang="vi"><style>{_css()}</style><div class="wrap">'
        f"{_card(doc)}{_jump(doc, prefix)}{_legend(doc)}"
        '<div class="cols"><article class="card" aria-label="Toàn văn">'
        f"{article(doc, prefix)}</article>"
        f'<aside aria-label="Tóm tắt">{_panel(doc, prefix)}</aside></div>'
        f"{_footer(doc)}</div></div>"
    )
    if fragment:
        return body
    title = escape(f"{summary.title(doc)} {clean(doc.header.subject)}".strip())
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n"
        "<style>html,body{margin:0}@media screen{html{background:#f6f7f9}}"
        "@media screen and (prefers-color-scheme:dark){html{background:#12161d}}</style>\n"
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


@cache
def _css() -> str:
    return files("congvan").joinpath("lookups", "view.css").read_text(encoding="utf-8")


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
                    _tip(item.name, vn_date(item.date), item.issuer, name),
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
        css = _ENTITY_CLASS.get(entity.type)
        if css:
            value = vn_date(entity.value) if entity.type == "DATE" else clean(entity.value)
            found.append(
                Mark(
                    entity.start,
                    entity.end,
                    4,
                    css,
                    title=_tip(label("entity", entity.type), value),
                )
            )
    unique = {(m.start, m.end, m.css): m for m in reversed(found) if m.start < m.end}
    return sorted(unique.values(), key=lambda m: (m.start, -m.end, m.rank))


def _tip(*parts: str | None) -> str:
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


# ---------------------------------------------------------------- around the text


def _card(doc: Document) -> str:
    fields = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in summary.header_fields(doc)
    )
    subject = (
        f'<p class="subject">{escape(clean(doc.header.subject))}</p>' if doc.header.subject else ""
    )
    return (
        f'<header class="card"><h1>{escape(summary.title(doc))}</h1>{subject}'
        f"<dl>{fields}</dl></header>"
    )


def _legend(doc: Document) -> str:
    kinds = {entity.type for entity in doc.entities}
    items = []
    if doc.citations:
        items += [
            '<span class="cit">văn bản viện dẫn</span>',
            '<span class="ev">từ chỉ quan hệ</span>',
        ]
    if any(d.due for d in doc.directives):
        items.append('<span class="due">thời hạn</span>')
    items += [f'<span class="{css}">{label("entity", kind)}</span>'
              for kind, css in _ENTITY_CLASS.items() if kind in kinds]  # fmt: skip
    return f'<p class="legend" aria-label="Chú giải">{" ".join(items)}</p>' if items else ""


def _sections(doc: Document, prefix: str) -> list[tuple[str, str, str]]:
    """The parts of the side panel: ``(key, count, HTML)``, the empty ones left out."""
    items = summary.cited(doc)
    names = {item.document: item.name for item in items}
    dues = summary.dated(doc)
    edges = summary.edges(doc, names)
    parts = [
        ("outline", f"{len(doc.sections)} mục", _outline(doc, prefix)),
        ("dues", str(len(dues)), _dues(doc, prefix)),
        ("citations", str(len(items)), _citations(doc, items, names, prefix)),
        ("relations", str(len(edges)), "".join(f"<li>{escape(e)}</li>" for e in edges)),
    ]
    return [(key, count, f"<ul>{body}</ul>" if not body.startswith("<ul") else body)
            for key, count, body in parts if body]  # fmt: skip


def _jump(doc: Document, prefix: str) -> str:
    links = "".join(
        f'<a href="#{prefix}p-{key}">{escape(label("title", key))} ({escape(count)})</a>'
        for key, count, _ in _sections(doc, prefix)
    )
    return f'<nav class="jump" aria-label="Đi tới">{links}</nav>' if links else ""


def _panel(doc: Document, prefix: str) -> str:
    out = [
        f'<section class="card" id="{prefix}p-{key}"><h2>{escape(label("title", key))} '
        f'<span class="n">{escape(count)}</span></h2>{body}</section>'
        for key, count, body in _sections(doc, prefix)
    ]
    more = [("recipients", [clean(r) for r in doc.recipients]), ("warnings", summary.notes(doc))]
    out += [
        f'<details class="card"{" open" if key == "warnings" else ""}><summary>'
        f"{escape(label('title', key))} ({len(lines)})</summary>"
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul></details>"
        for key, lines in more
        if lines
    ]
    return "".join(out)


def _outline(doc: Document, prefix: str) -> str:
    lines = []
    for depth, section, count in summary.outline(doc):
        about = [clean(section.presenter)] if section.presenter else []
        about += [f"{count} ý"] if count else []
        after = f' <span class="soft">· {escape(" · ".join(about))}</span>' if about else ""
        lines.append(
            f'<li class="d{min(depth, 3)}"><a href="#{prefix}{escape(section.id)}">'
            f"{escape(clean(f'{section.marker} {section.heading}'))}</a>{after}</li>"
        )
    return f'<ul class="toc">{"".join(lines)}</ul>' if lines else ""


def _dues(doc: Document, prefix: str) -> str:
    paths = summary.section_paths(doc)
    out = []
    for unit, due, who in summary.dated(doc):
        where = _tip(who, summary.places([unit.section], paths))
        out.append(
            f'<li><a class="chip d" href="#{prefix}due{due.start}">'
            f"{escape(summary.due_words(due))}</a> "
            f'<span class="soft">{escape(where)}</span><br>'
            f"{escape(summary.shorten(clean(unit.text), _SNIPPET))}</li>"
        )
    return "".join(out)


def _citations(
    doc: Document, items: Sequence[summary.Cited], names: dict[str, str], prefix: str
) -> str:
    paths = summary.section_paths(doc)
    out = []
    for i, item in enumerate(items, 1):
        known = ", ".join(filter(None, [vn_date(item.date), item.issuer]))
        unsure = "" if item.complete else ' <span class="soft">(chưa đủ thông tin)</span>'
        where = ", ".join(
            f'<a href="#{prefix}{escape(m.id)}">{escape(summary.places([m.section], paths))}</a>'
            for m in item.mentions
        )
        out.append(
            f'<li id="{prefix}d{i}"><span class="num">{i}</span>'
            f"<b>{escape(item.name)}</b>{unsure}<br>"
            + (f'<span class="soft">{escape(known)}</span><br>' if known else "")
            + f'<span class="chip">{escape(summary.relation_words(item, names))}</span> '
            f'<span class="soft">{where}</span></li>'
        )
    return "".join(out)


def _footer(doc: Document) -> str:
    digest = f", SHA-256 {doc.source.sha256[:16]}…" if doc.source.sha256 else ""
    return (
        f"<footer>congvan: {len(doc.text):,} ký tự{escape(digest)}. "
        "Máy đọc; hãy đối chiếu với văn bản gốc trước khi dùng.</footer>"
    )
