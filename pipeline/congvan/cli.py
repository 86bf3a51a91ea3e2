"""The command line: ``congvan read FILE…`` and its sisters.

Only Typer is imported at the top, so that ``congvan --help`` answers at once; the reader and
what it needs come when a file is to be read. Only this module prints.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from . import cli_data

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


# ---------------------------------------------------------------- messages


def debugging() -> bool:
    """Returns True where the user asked for tracebacks (``CONGVAN_DEBUG=1``)."""
    return os.environ.get("CONGVAN_DEBUG", "") not in ("", "0")


def tell(message: str) -> None:
    """Writes one line to stderr, where nobody is listening any more to nobody."""
    line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in message)
    with suppress(OSError, ValueError):  # stderr was closed
        print(f"congvan: {line}", file=sys.stderr, flush=True)


def tell_internal(name: str, error: BaseException) -> None:
    """Names an error that is our fault, in one line; the traceback only for developers."""
    what = " ".join(str(error).split())[:200]
    tell(
        f"{name}: internal error {type(error).__name__}: {what}: please report it "
        "(CONGVAN_DEBUG=1 shows where it happened)"
    )
    if debugging():
        import traceback

        traceback.print_exception(error, file=sys.stderr)


# ---------------------------------------------------------------- output


def json_object(data: dict[str, Any]) -> str:
    """Returns one object over many lines: a line a key, and a line an item of its lists.

    So an item can be found with ``grep`` and compared with ``diff``; ``indent=`` would spread it
    over thirty lines.
    """
    lines = []
    for key, value in data.items():
        head = f" {json.dumps(key, ensure_ascii=False)}: "
        if isinstance(value, list) and value and isinstance(value[0], dict):
            body = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
            lines.append(f"{head}[\n{body}\n ]")
        else:
            lines.append(head + json.dumps(value, ensure_ascii=False))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _string(text: str | bytes) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def utf8(text: str | bytes) -> bytes:
    r"""Returns ``text`` as UTF-8; a lone surrogate (an odd file name) becomes ``\udcxx``.

    That is also how JSON writes it, so the object stays valid.
    """
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")


@contextmanager
def sink(output: Path | None) -> Iterator[Callable[[str | bytes], None]]:
    """Yields a function that writes: to stdout, or to a file that appears when it is complete.

    A file is written under a temporary name beside the target and then renamed, so a run that
    fails or is interrupted leaves what was there before; nothing written leaves nothing behind.

    Raises:
        typer.BadParameter: The target cannot be written to.
    """
    if output is None:
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:  # a notebook's or a test's replacement
            yield lambda text: void(sys.stdout.write(_string(text)))
            sys.stdout.flush()
            return
        sys.stdout.flush()
        yield lambda text: void(binary.write(utf8(text)))
        binary.flush()
        return
    target = Path(os.path.realpath(output))  # a link keeps pointing to the new text
    if target.exists() and not target.is_file():  # /dev/null, a named pipe: no renaming
        with open_target(output, target, os.O_WRONLY) as file:
            yield lambda text: void(file.write(utf8(text)))
        return
    temporary = target.with_name(f".congvan-{os.getpid()}-{os.urandom(3).hex()}.tmp")
    written = False
    with open_target(output, temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:

        def write(text: str | bytes) -> None:
            nonlocal written
            written = True
            file.write(utf8(text))

        try:
            yield write
            file.flush()
        except BaseException:
            file.close()
            temporary.unlink(missing_ok=True)
            raise
    if not written:
        temporary.unlink(missing_ok=True)
        return
    try:
        if target.exists():
            os.chmod(temporary, target.stat().st_mode & 0o777)
        os.replace(temporary, target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise typer.BadParameter(
            f"{output} cannot be written ({error.strerror})", param_hint="--output"
        ) from error


def open_target(output: Path, path: Path, flags: int) -> Any:
    """Returns a binary file object to write to, or raises the usage error that says why not."""
    try:
        return os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666), "wb")
    except FileNotFoundError as error:
        raise typer.BadParameter(
            f"the folder {output.parent} does not exist; make it first", param_hint="--output"
        ) from error
    except OSError as error:
        raise typer.BadParameter(
            f"{output} cannot be written ({error.strerror})", param_hint="--output"
        ) from error


def void(_: object) -> None:
    """Drops what a ``write`` returns."""


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
        tell_internal("congvan", error)
        return UNREAD
    return OK


if __name__ == "__main__":
    sys.exit(main())
