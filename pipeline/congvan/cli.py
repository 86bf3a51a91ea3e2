"""The command line: ``congvan read FILE…`` and its sisters.

Only Typer is imported at the top, so that ``congvan --help`` answers at once; the reader and
what it needs come when a file is to be read. Only this module and :mod:`congvan.cli_output` print.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from . import cli_data, cli_tasks
from .cli_output import debugging, json_object, sink, tell, tell_internal

if TYPE_CHECKING:
    from .document import Document

OK, UNREAD, USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
STDIN = "-"

app = typer.Typer(
    name="congvan",
    add_completion=False,
    no_args_is_help=True,
    # rich markup would cost a third of the start-up time and reflow the examples.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """What ``congvan read`` can write."""

    REPORT = "report"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


class Reader(Protocol):
    """What the command line needs of the pipeline."""

    def read_file(self, path: str) -> Document:
        """Returns the document in a file."""

    def read_bytes(self, data: bytes, *, name: str) -> Document:
        """Returns the document in the bytes of a file."""


# ---------------------------------------------------------------- read


def check_use(files: Sequence[str], fmt: Format, output: Path | None) -> None:
    """Raises the usage error that names what cannot be done and what can."""
    if len(files) > 1 and fmt is Format.JSON:
        raise typer.BadParameter(
            "json is one object, for one file; use --format jsonl for several (one object a line)",
            param_hint="--format",
        )
    if len(files) > 1 and fmt is Format.HTML:
        raise typer.BadParameter(
            "html is one page, for one file; run the command once for each of several files",
            param_hint="--format",
        )
    if list(files).count(STDIN) > 1:
        raise typer.BadParameter("- (standard input) can be read only once", param_hint="FILE")
    if output is None:
        return
    if output.is_dir():
        raise typer.BadParameter(f"{output} is a folder; name a file in it", param_hint="--output")
    if not output.parent.is_dir():
        raise typer.BadParameter(
            f"the folder {output.parent} does not exist; make it first", param_hint="--output"
        )
    for name in files:
        if name != STDIN and same_file(name, output):
            raise typer.BadParameter(
                f"{output} is an input; it would be overwritten, choose another name",
                param_hint="--output",
            )


def same_file(name: str, output: Path) -> bool:
    """Returns True if the two names lead to one existing file."""
    try:
        return os.path.samefile(name, output)
    except (OSError, ValueError):
        return False


def read_one(nlp: Reader, name: str) -> Document:
    """Returns the document in the file ``name``, or on standard input for ``-``.

    Raises:
        ReadError: The input cannot be read; the message says why and what to do.
    """
    if name != STDIN:
        return nlp.read_file(name)
    from .errors import ReadError

    if sys.stdin is None or sys.stdin.closed:
        raise ReadError("<stdin>", "standard input is closed", "name a file instead of -")
    if sys.stdin.isatty():
        tell("reading the text that you type; end with Ctrl-D (Windows: Ctrl-Z, Enter)")
    binary = getattr(sys.stdin, "buffer", None)
    data: bytes = binary.read() if binary is not None else sys.stdin.read().encode("utf-8")
    return nlp.read_bytes(data, name="<stdin>")


def rendered(doc: Document, fmt: Format, *, color: bool, width: int | None) -> str:
    """Returns what ``read`` writes for one document."""
    if fmt is Format.JSONL:
        return json.dumps(doc.to_dict(), ensure_ascii=False) + "\n"
    if fmt is Format.JSON:
        return json_object(doc.to_dict())
    if fmt is Format.HTML:
        from .view import to_html

        return to_html(doc)
    from .report import render

    return render(doc, width=width, color=color)


def screen(output: Path | None, color: bool | None) -> tuple[bool, int | None]:
    """Returns ``(color, width)`` of the report: width None means one record a line, for pipes."""
    terminal = output is None and sys.stdout.isatty()
    if color is None:
        color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if not terminal:
        return color, None
    import shutil

    return color, max(shutil.get_terminal_size((80, 24)).columns, 40)


@app.command()
def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files to read; - for standard input.")
    ],
    fmt: Annotated[
        Format, typer.Option("--format", "-f", help="What to write.", show_default=True)
    ] = Format.REPORT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of the screen."),
    ] = None,
    color: Annotated[
        bool | None,
        typer.Option(
            "--color/--no-color", help="Colours in the report (default: on a terminal only)."
        ),
    ] = None,
) -> None:
    """Take documents apart and report.

    Header, sections, cited documents, deadlines, as a report for people or for programs.
    Reads txt, md, html, docx, pdf and, where Tesseract is installed, scans.

    \b
    Examples:
      congvan read thong-bao.docx
      congvan read cong-van.pdf --format html -o cong-van.html
      congvan read *.docx --format jsonl -o tat-ca.jsonl
      congvan read ho-so/*.pdf | grep 'Nghị định'
      cat quyet-dinh.txt | congvan read - --format json

    \b
    Exit status:
      0  every file was read
      1  some file could not be read (named on stderr; the others are done)
      2  wrong use
    """
    check_use(files, fmt, output)
    color, width = screen(output, color)

    import congvan

    from .errors import ReadError

    nlp = congvan.load()
    status = OK
    separator = ""
    try:
        with sink(output) as write:
            for name in files:
                try:
                    doc = read_one(nlp, name)
                    text = rendered(doc, fmt, color=bool(color), width=width)
                except ReadError as error:
                    status = UNREAD
                    tell(str(error))
                except OSError as error:
                    status = UNREAD
                    tell(f"{name}: {error.strerror or error}")
                except Exception as error:  # a bug must not cost the other files
                    status = UNREAD
                    tell_internal(name, error)
                else:
                    write(separator + text)
                    separator = "\n\n" if fmt is Format.REPORT else ""
    except BrokenPipeError:  # "congvan read … | head" has seen enough
        drop_stdout()
        status = PIPE_CLOSED
    raise typer.Exit(status)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def evaluate(context: typer.Context) -> None:
    """Print the figures of the model card.

    Measures this installation against the gold documents; "ner" the recogniser alone.

    \b
    Example:
      congvan evaluate
      congvan evaluate ner
    """
    from importlib import import_module

    raise typer.Exit(int(import_module("congvan.evaluate").main(context.args) or 0))


app.add_typer(cli_data.corpus, name="corpus")
app.command()(cli_data.train)
app.command()(cli_data.export)
app.command()(cli_tasks.tasks)
app.command()(cli_tasks.why)
app.command("import")(cli_tasks.import_corrections)


def show_version(wanted: bool) -> None:
    """Prints the version and ends the run, if ``wanted``."""
    if wanted:
        from congvan import __version__

        print(f"congvan {__version__}")
        raise typer.Exit(OK)


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=show_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Read Vietnamese administrative documents: thông báo, công văn, quyết định …

    \b
    Example:
      congvan read thong-bao.docx
    """


# ---------------------------------------------------------------- entry


def prepare_streams() -> None:
    """Makes stdout and stderr UTF-8 whatever the console says, and quiets other packages."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    if not debugging():
        import logging

        warnings.simplefilter("ignore")
        # Without a handler Python prints warnings of the PDF and HTML parsers to stderr.
        logging.getLogger().addHandler(logging.NullHandler())


def drop_stdout() -> None:
    """Points stdout to nowhere, so that the flush at exit has nobody to complain to."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit status; the entry point of ``congvan``."""
    prepare_streams()
    try:
        app(args=None if argv is None else list(argv), prog_name="congvan")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else OK if end.code is None else UNREAD
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            drop_stdout()
            return PIPE_CLOSED
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        drop_stdout()
        return PIPE_CLOSED
    except OSError as error:  # the disk is full, the drive is gone
        if debugging():
            raise
        what = os.strerror(error.errno or errno.EIO)
        tell(f"{error.filename or 'output'}: cannot be written: {what}")
        return UNREAD
    except Exception as error:
        from .errors import CongvanError

        if isinstance(error, CongvanError):  # says itself what to do: corrections, a model
            tell(str(error))
        else:
            tell_internal("congvan", error)
        return UNREAD
    return OK


if __name__ == "__main__":
    sys.exit(main())
