"""What the commands say and write: one line on stderr, text on stdout, files that appear whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import typer

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
