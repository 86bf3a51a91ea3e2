"""The report of ``congvan read``: on a screen with rich, in a pipe one record a line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from . import summary
from .summary import UNKNOWN, label
from .wording import clean, vn_date

if TYPE_CHECKING:
    from .document import Document

# Of a longer unit (code points) only the part with the deadline is shown; the file has the rest.
_LONGEST = 300
# From this width (columns) on, date and issuer get columns of their own.
_WIDE = 110


def render(doc: Document, *, width: int | None = None, color: bool = False) -> str:
    """Returns the report on ``doc``, in Vietnamese.

    Args:
        width: Columns of the terminal; None writes one record a line, without drawn lines, so
            that ``grep`` and ``less`` work on it.
        color: Whether to use ANSI colours and bold.
    """
    return _plain(doc, color=color) if width is None else _drawn(doc, width=width, color=color)


# ---------------------------------------------------------------- what both forms say


def _citation_rows(doc: Document) -> list[dict[str, str]]:
    items = summary.cited(doc)
    names = {item.document: item.name for item in items}
    paths = summary.section_paths(doc)
    return [
        {
            "stt": str(i),
            "citation": item.name + ("" if item.complete else " (?)"),
            "date": vn_date(item.date) or UNKNOWN,
            "issuer": item.issuer or UNKNOWN,
            "relation": summary.relation_words(item, names),
            "count": str(len(item.mentions)),
            "where": summary.places(
                (summary.spot(doc, m.section, m.start) for m in item.mentions), paths
            ),
        }
        for i, item in enumerate(items, 1)
    ]


def _due_rows(doc: Document) -> list[dict[str, str]]:
    paths = summary.section_paths(doc)
    return [
        {
            "due": summary.due_words(due),
            "due_text": clean(due.text),
            "section": summary.places([summary.spot(doc, unit.section, unit.start)], paths),
            "assignees": who or UNKNOWN,
            "text": summary.due_clause(unit, due, _LONGEST),
        }
        for unit, due, who in summary.dated(doc)
    ]


def _outline_rows(doc: Document) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    annexes = summary.annex_titles(doc)
    inside = 0
    for depth, section, count in summary.outline(doc):
        if section.id in annexes:
            found.append((0, annexes[section.id], ""))
            inside = 1
        line = clean(f"{section.marker} {section.heading}")
        who = clean(section.presenter)
        about = [f"{who} trình"] if who else []
        about += [f"{count} ý"] if count else []
        found.append((depth + inside, line, " | ".join(about)))
    return found


def _edge_lines(doc: Document) -> list[str]:
    return summary.edges(doc, {item.document: item.name for item in summary.cited(doc)})


def _heading(key: str, *counts: str) -> str:
    return f"{label('title', key).upper()}{' (' + ', '.join(counts) + ')' if counts else ''}"


def _outline_heading(doc: Document) -> str:
    labels = summary.label_counts(doc)
    counts = (f"{len(doc.sections)} mục", f"{len(doc.units)} ý", *([labels] if labels else []))
    return _heading("outline", *counts)


_UNSURE = "(?) chưa đủ thông tin để xác định duy nhất một văn bản"


# ---------------------------------------------------------------- one record a line


def _plain(doc: Document, *, color: bool) -> str:
    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if color else text

    def section(heading: str, body: Iterable[str]) -> list[str]:
        lines = list(body)
        return ["", bold(heading), *lines] if lines else []

    citations = _citation_rows(doc)
    dues = _due_rows(doc)
    out = [bold(summary.title(doc))]
    out += [clean(doc.header.subject)] if doc.header.subject else []
    out += [f"{name}: {value}" for name, value in summary.header_fields(doc)]
    out += section(
        _outline_heading(doc),
        [f"{'  ' * depth}{_joined(line, about)}" for depth, line, about in _outline_rows(doc)],
    )
    out += section(
        _heading("citations", str(len(citations))),
        [
            f"{r['stt']}. "
            + _joined(r["citation"], r["date"], r["issuer"], r["relation"], f"{r['count']} lần",
                      r["where"])
            for r in citations
        ],
    )  # fmt: skip
    if any(r["citation"].endswith("(?)") for r in citations):
        out.append(_UNSURE)
    out += section(_heading("relations"), _edge_lines(doc))
    out += section(
        _heading("dues", str(len(dues))),
        [_joined(r["due"], r["due_text"], r["section"], r["assignees"], r["text"])
         for r in dues],
    )  # fmt: skip
    out += section(
        _heading("recipients", str(len(doc.recipients))), [clean(r) for r in doc.recipients]
    )
    out += section(_heading("warnings"), summary.notes(doc))
    return "\n".join(out) + "\n"


def _joined(*parts: str) -> str:
    return " | ".join(p for p in parts if p)


# ---------------------------------------------------------------- on a screen


def _drawn(doc: Document, *, width: int, color: bool) -> str:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )

    def heading(words: str) -> None:
        console.print()
        console.print(Text(words, style="bold cyan"))

    console.print(Text(summary.title(doc), style="bold"))
    if doc.header.subject:
        console.print(Text(clean(doc.header.subject)))
    console.print(_fields(summary.header_fields(doc)))
    rows = _outline_rows(doc)
    if rows:
        heading(_outline_heading(doc))
        console.print(_tree(rows))
    citations = _citation_rows(doc)
    if citations:
        heading(_heading("citations", str(len(citations))))
        console.print(_citation_table(citations, wide=width >= _WIDE))
        if any(r["citation"].endswith("(?)") for r in citations):
            console.print(Text(_UNSURE, style="dim"))
    edges = _edge_lines(doc)
    if edges:
        heading(_heading("relations"))
        for line in edges:
            console.print(Padding(Text(line), (0, 0, 0, 1)))
    dues = _due_rows(doc)
    if dues:
        heading(_heading("dues", str(len(dues))))
        console.print(_due_table(dues, wide=width >= _WIDE))
    if doc.recipients:
        heading(_heading("recipients", str(len(doc.recipients))))
        console.print(Padding(Text("; ".join(map(clean, doc.recipients))), (0, 0, 0, 1)))
    warnings = summary.notes(doc)
    if warnings:
        heading(_heading("warnings"))
        for line in warnings:
            console.print(Padding(Text(f"! {line}", style="yellow"), (0, 0, 0, 1)))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    # rich fills its lines with blanks up to the width; nobody wants to copy those.
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _fields(fields: Sequence[tuple[str, str]]) -> Any:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in fields:
        grid.add_row(name, Text(value))
    return grid


def _tree(rows: Sequence[tuple[int, str, str]]) -> Any:
    from rich.text import Text
    from rich.tree import Tree

    root = Tree("", hide_root=True, guide_style="dim")
    open_nodes = [root]
    for depth, line, about in rows:
        text = Text(line)
        if about:
            text.append(f"  [{about.replace(' | ', ', ')}]", style="green")
        # A section deeper than its parent allows (a damaged tree) hangs from the last one.
        del open_nodes[depth + 1 :]
        open_nodes.append(open_nodes[-1].add(text))
    return root


def _table(**columns: dict[str, Any]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, expand=True)
    for key, options in columns.items():
        table.add_column(label("column", key), overflow="fold", header_style="dim", **options)
    return table


def _citation_table(rows: Sequence[dict[str, str]], *, wide: bool) -> Any:
    from rich.text import Text

    if wide:
        keys = ("stt", "citation", "date", "issuer", "relation", "count", "where")
        narrow = {"no_wrap": True, "min_width": 4}
        table = _table(
            stt={**narrow, "justify": "right"},
            citation={"ratio": 5, "style": "bold"},
            date={"min_width": 10},
            issuer={"ratio": 4},
            relation={"ratio": 5},
            count={"justify": "right"},
            where={"ratio": 2},
        )
        for row in rows:
            table.add_row(*(Text(row[key]) for key in keys))
        return table
    table = _table(
        stt={"justify": "right", "no_wrap": True, "min_width": 3},
        citation={"ratio": 5},
        relation={"ratio": 4},
        where={"ratio": 2},
    )
    for row in rows:
        name = Text(row["citation"], style="bold")
        known = [row[k] for k in ("date", "issuer") if row[k] != UNKNOWN]
        known += [f"{row['count']} lần"] if row["count"] != "1" else []
        name.append("\n" + ", ".join(known) if known else "", style="not bold dim")
        table.add_row(Text(row["stt"]), name, Text(row["relation"]), Text(row["where"]))
    return table


def _due_table(rows: Sequence[dict[str, str]], *, wide: bool) -> Any:
    from rich.text import Text

    if wide:
        table = _table(
            due={"ratio": 3, "style": "bold"},
            section={"ratio": 2},
            assignees={"ratio": 3},
            text={"ratio": 9},
        )
    else:
        table = _table(due={"ratio": 2, "style": "bold"}, text={"ratio": 5})
    for i, row in enumerate(rows):
        due = Text(row["due"])
        due.append(f"\n“{row['due_text']}”", style="not bold dim")
        body = Text(row["text"])
        if wide:
            table.add_row(due, Text(row["section"]), Text(row["assignees"]), body)
        else:
            who = "" if row["assignees"] == UNKNOWN else f"{row['assignees']}, "
            table.add_row(due, Text.assemble((f"{who}{row['section']}\n", "green"), body))
        table.rows[-1].end_section = i < len(rows) - 1
    return table
