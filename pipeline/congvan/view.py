"""The HTML page of one document: its text with everything found marked, and what follows from it.

The page needs nothing from outside and no script. What stands in ``<article>`` is the text of the
document, character by character: labels come from the style sheet, so that searching and copying
in the page give the document's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from . import summary
from .summary import label
from .view_text import ENTITY_CLASS, Mark, Sweep, article, blocks, marks, tip
from .wording import clean, vn_date

if TYPE_CHECKING:
    from .document import Citation, Document

__all__ = ["Mark", "Sweep", "article", "blocks", "marks", "to_html"]

# A text that says little twice is worse than none: snippets in the side panel end here.
_SNIPPET = 220


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


# ---------------------------------------------------------------- around the text


def _card(doc: Document) -> str:
    fields = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in summary.header_fields(doc, folder=False)
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
              for kind, css in ENTITY_CLASS.items() if kind in kinds]  # fmt: skip
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
    annexes = summary.annex_titles(doc)
    inside = 0
    for depth, section, count in summary.outline(doc):
        if section.id in annexes:
            lines.append(f'<li class="d0 soft">{escape(annexes[section.id])}</li>')
            inside = 1
        about = [clean(section.presenter)] if section.presenter else []
        about += [f"{count} ý"] if count else []
        after = f' <span class="soft">· {escape(" · ".join(about))}</span>' if about else ""
        lines.append(
            f'<li class="d{min(depth + inside, 3)}"><a href="#{prefix}{escape(section.id)}">'
            f"{escape(clean(f'{section.marker} {section.heading}'))}</a>{after}</li>"
        )
    return f'<ul class="toc">{"".join(lines)}</ul>' if lines else ""


def _dues(doc: Document, prefix: str) -> str:
    paths = summary.section_paths(doc)
    out = []
    for unit, due, who in summary.dated(doc):
        where = tip(who, summary.places([summary.spot(doc, unit.section, unit.start)], paths))
        # An event or a term that nothing dates: its own words say more than "theo sự kiện".
        words = summary.due_words(due) if due.value else summary.shorten(clean(due.text), 80)
        out.append(
            f'<li><a class="chip d" href="#{prefix}due{due.start}">'
            f"{escape(words)}</a> "
            f'<span class="soft">{escape(where)}</span><br>'
            f"{escape(summary.due_clause(unit, due, _SNIPPET))}</li>"
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
        where = _mentions(doc, item.mentions, paths, prefix)
        out.append(
            f'<li id="{prefix}d{i}"><span class="num">{i}</span>'
            f"<b>{escape(item.name)}</b>{unsure}<br>"
            + (f'<span class="soft">{escape(known)}</span><br>' if known else "")
            + f'<span class="chip">{escape(summary.relation_words(item, names))}</span> '
            f'<span class="soft">{where}</span></li>'
        )
    return "".join(out)


def _mentions(
    doc: Document, refs: Sequence[Citation], paths: dict[str | None, str], prefix: str
) -> str:
    """Returns a link to the first mention in each place, and how many there are."""
    spots = [summary.places([summary.spot(doc, ref.section, ref.start)], paths) for ref in refs]
    counts = Counter(spots)
    first = dict(zip(reversed(spots), reversed(refs), strict=True))
    return ", ".join(
        f'<a href="#{prefix}{escape(first[place].id)}">{escape(place)}</a>'
        + (f" ({count} lần)" if count > 1 else "")
        for place, count in counts.items()
    )


def _footer(doc: Document) -> str:
    digest = f", SHA-256 {doc.source.sha256[:16]}…" if doc.source.sha256 else ""
    return (
        f"<footer>congvan: {len(doc.text):,} ký tự{escape(digest)}. "
        "Máy đọc; hãy đối chiếu với văn bản gốc trước khi dùng.</footer>"
    )
