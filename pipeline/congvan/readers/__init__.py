"""Readers: files to text."""

from __future__ import annotations

import dataclasses
import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ..document import Source
from ..errors import ReadError
from ..text import OffsetMap

__all__ = ["Limits", "RawDocument", "Region", "read_bytes", "read_file", "read_text"]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch ``[start, end)`` of the raw text that is no running text.

    ``kind`` is ``table`` (one row a line, cells joined by tabs), ``footnote`` (``label`` is its
    mark) or ``noise`` (not to be analysed).
    """

    kind: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader gives: the decoded text as it stands in the file, and what is known of it.

    ``offset_map`` leads from ``text`` to the decoded file where the reader took mark-up out
    (Markdown); None where ``text`` is the decoded file or the format has no text of its own.
    """

    text: str
    source: Source
    regions: tuple[Region, ...] = ()
    offset_map: OffsetMap | None = None
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one input may cost. Beyond it a :class:`~congvan.errors.ReadError` is raised.

    Attributes:
        max_bytes: Size of the file.
        max_unzipped: Size of all parts of a zip file (docx, odt) together, unpacked.
        max_ratio: Unpacked to packed size of one part of a zip file, beyond its first 10 MB.
        max_pages: Pages of a PDF.
        max_ocr_pages: Pages of a scanned PDF or a multi-page image.
        max_pixels: Pixels of one picture.
        ocr_seconds: Time for one page in Tesseract.
        tool_seconds: Time for a converter (.doc, .rtf, .odt).
    """

    max_bytes: int = 200_000_000
    max_unzipped: int = 500_000_000
    max_ratio: int = 100
    max_pages: int = 2_000
    max_ocr_pages: int = 50
    max_pixels: int = 120_000_000
    ocr_seconds: float = 120.0
    tool_seconds: float = 120.0


def read_file(path: str | Path, *, limits: Limits = Limits()) -> RawDocument:
    """Returns the text of the file at ``path``; its format is told by its content.

    Args:
        path: A file; a folder is refused.
        limits: What the file may cost.

    Raises:
        ReadError: The file cannot be read, whatever the reason.
        MissingToolError: It needs a program that is not installed.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except IsADirectoryError:
        raise ReadError(name, "this is a folder", "name the files in it") from None
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", "check the name") from None
    except PermissionError as error:
        if _is_folder(path):  # what Windows says of a folder
            raise ReadError(name, "this is a folder", "name the files in it") from None
        hint = "ask its owner for the right to read it"
        raise ReadError(name, f"no permission to read it: {error.strerror}", hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(name, f"the file cannot be opened: {reason}") from None
    return read_bytes(data, name=name, limits=limits)


def _is_folder(path: str | Path) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def read_bytes(
    data: bytes,
    *,
    name: str = "<bytes>",
    limits: Limits = Limits(),
) -> RawDocument:
    """Returns the text of a file's bytes; the content tells the format, then the name.

    Args:
        data: The whole file.
        name: Its path or another name, for messages and for the extension.
        limits: What the file may cost.

    Raises:
        ReadError: The bytes cannot be read, whatever the reason.
        MissingToolError: They need a program that is not installed.
    """
    from . import dispatch

    if not data:
        raise ReadError(name, "the file is empty", "check that it was saved or copied whole")
    if len(data) > limits.max_bytes:
        hint = "split it, or raise the limit max_bytes"
        raise ReadError(name, f"the file is larger than {limits.max_bytes:,} bytes", hint)
    try:
        raw = dispatch.read(data, name, limits)
    except ReadError:
        raise
    except MemoryError:
        raise ReadError(name, "there is not enough memory to read it", "split it") from None
    except Exception as error:  # a parser's own bug on a damaged file must not stop a batch
        reason = f"the file is damaged ({type(error).__name__}: {error})"
        raise ReadError(name, reason, "open it in its own program and save it again") from error
    source = dataclasses.replace(raw.source, path=name, sha256=hashlib.sha256(data).hexdigest())
    warnings = raw.warnings
    if not raw.text.strip():
        warnings = (*warnings, "there is no text in this file")
    return dataclasses.replace(raw, source=source, warnings=warnings)


def read_text(text: str, *, name: str = "<text>") -> RawDocument:
    """Returns ``text`` as a document; Markdown and HTML mark-up is taken out where it is plain.

    >>> read_text("## **THÔNG BÁO**\\n\\n**Kết luận**\\n").text
    'THÔNG BÁO\\n\\nKết luận\\n'
    """
    from . import dispatch

    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    raw = dispatch.read_decoded(text, name)
    return dataclasses.replace(
        raw, source=dataclasses.replace(raw.source, path=name, sha256=digest)
    )
