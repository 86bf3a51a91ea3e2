"""Commands over tasks and labels: ``congvan tasks``, ``congvan why``, ``congvan import``.

Like :mod:`congvan.cli` this imports only Typer at the top; what a command needs comes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .cli_output import sink, tell, tell_internal

if TYPE_CHECKING:
    from .document import Document
    from .pipeline import Pipeline

_NEW = "Replace files that are there."


def tasks(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files or folders.")],
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The task sheet as an Excel workbook.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="The task sheet as CSV.")] = None,
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The deadlines as a calendar.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Tasks and register rows as JSON.")
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Rows for the register of incoming documents, CSV."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_NEW)] = False,
) -> None:
    """Write the task sheet: who must do what by when.

    The workbook has a sheet each for tasks, deadlines, cited documents and the register of
    incoming documents. Only deadlines with a day go into the calendar. Without an option the
    tasks are printed.

    \b
    Examples:
      congvan tasks thong-bao.docx
      congvan tasks van-ban-den/ --xlsx viec.xlsx --ics thoi-han.ics

    \b
    Exit status:
      0  every file was read
      1  some file could not be read (named on stderr; the others are done)
      2  wrong use
    """
    targets = [t for t in (xlsx, csv, ics, json, register) if t is not None]
    _check_targets(targets, paths, force)
    from .pipeline import Pipeline

    docs, unread = _read_all(Pipeline(), paths, targets)
    if not docs:
        raise _stop("nothing was written, because no document could be read")
    from .tasks import tasks as rows_of

    found = rows_of(docs)
    for target, content in _contents(docs, found, xlsx, csv, ics, json, register):
        with sink(target) as write:
            write(content)
    if not targets:
        from .tasks.console import render

        with sink(None) as write:
            write(render(found))
    else:
        from .tasks.calendar import dated

        soft = sum(len(t.due) > 0 for t in found) - len({t.number for t, _ in dated(found)})
        typer.echo(
            f"congvan: {_counted(len(found), 'task')} of {_counted(len(docs), 'document')}, "
            f"{_counted(len(dated(found)), 'deadline')} with a day, "
            f"{_counted(soft, 'task')} with a time without one",
            err=True,
        )
    raise typer.Exit(1 if unread else 0)


def _counted(n: int, thing: str) -> str:
    return f"{n} {thing}{'' if n == 1 else 's'}"


def _contents(
    docs: Sequence[Document],
    found: Sequence[Any],
    xlsx: Path | None,
    csv: Path | None,
    ics: Path | None,
    json: Path | None,
    register: Path | None,
) -> Iterator[tuple[Path, str | bytes]]:
    from . import tasks as made
    from .tasks.table import register_sheet
    from .tasks.text import sheet_csv

    if xlsx is not None:
        yield xlsx, made.to_xlsx(docs, found)
    if csv is not None:
        yield csv, made.to_csv(found)
    if ics is not None:
        yield ics, made.to_ics(found, now=dt.datetime.now(dt.UTC))
    if json is not None:
        yield json, made.to_json(docs, found)
    if register is not None:
        yield register, sheet_csv(register_sheet(docs))


def why(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document.")],
    unit: Annotated[
        str | None, typer.Argument(metavar="UNIT", help="Id of a unit, as u12; all without it.")
    ] = None,
) -> None:
    """Show the words that decided the labels of a unit.

    A weight above 0 speaks for the label, below 0 against it.

    \b
    Example:
      congvan why thong-bao.docx u12
    """
    from .errors import ReadError
    from .pipeline import Pipeline

    nlp = Pipeline()
    try:
        doc = nlp.read_file(file)
    except (ReadError, OSError) as error:
        raise _stop(str(error)) from error
    chosen = [u for u in doc.units if unit in (None, u.id)]
    if not chosen:
        last = doc.units[-1].id if doc.units else None
        have = f"its units are u1 to {last}" if last else "it has no units"
        raise _stop(f"{file}: there is no unit {unit!r}: {have}")
    with sink(None) as write:
        write("\n\n".join(u.explain() for u in chosen) + "\n")


def import_corrections(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Records that doccano gave back, JSONL.")
    ],
    out: Annotated[Path, typer.Option(help="The folder of the corrections.")] = Path(
        "data/corrections"
    ),
) -> None:
    """Take corrections from annotated records; they hold from the next run on.

    The records come from "congvan export --doccano"; what differs from congvan's own answer is a
    correction of that unit.

    \b
    Example:
      congvan export thong-bao/ --doccano --out xem-lai.jsonl
      congvan import xem-lai-xong.jsonl
    """
    from .corrections import add
    from .review import from_review

    status = 0
    for path in files:
        try:
            with path.open(encoding="utf-8-sig") as file:
                found = list(from_review(file))
            if found:
                place = add(out, path.stem, found)
                typer.echo(f"{path}: {len(found)} corrections, kept in {place}")
            else:
                typer.echo(f"{path}: nothing differs from congvan's own answers")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            status = 1
            reason = getattr(error, "strerror", None) or str(error)
            tell(f"{path}: {reason}")
    raise typer.Exit(status)


def _check_targets(targets: Sequence[Path], paths: Sequence[str], force: bool) -> None:
    for target in targets:
        if not target.name or target.is_dir():
            raise _stop(f"{target}: this is a folder; name a file in it", 2)
        if not target.parent.is_dir():
            raise _stop(f"{target}: the folder {target.parent} does not exist; make it first", 2)
        if target.exists() and any(Path(p).exists() and target.samefile(p) for p in paths):
            raise _stop(f"{target}: this document is to be read; name another file to write", 2)
        if target.is_file() and not force:
            raise _stop(f"{target}: there is such a file already; name another or add --force", 2)
    if len({t.resolve() for t in targets}) < len(targets):
        raise _stop("two options name the same file; name one file for each", 2)


def _read_all(
    nlp: Pipeline, paths: Sequence[str], targets: Sequence[Path]
) -> tuple[list[Document], bool]:
    """Returns the documents that could be read, and whether some could not."""
    from .cli_data import files_in
    from .errors import CongvanError

    docs, unread = [], False
    skip = [t for t in targets if t.is_file()]
    for name in files_in(paths):
        if any(Path(name).exists() and t.samefile(name) for t in skip):
            continue
        try:
            docs.append(nlp.read_file(name))
        except (CongvanError, OSError) as error:
            unread = True
            tell(str(error))
        except Exception as error:  # our fault, and no reason to lose the other documents
            unread = True
            tell_internal(name, error)
    return docs, unread


def _stop(message: str, status: int = 1) -> typer.Exit:
    typer.echo(f"congvan: {message}", err=True)
    return typer.Exit(status)
