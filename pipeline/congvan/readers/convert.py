"""Formats that need a program of the system: .doc, .rtf and .odt."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .. import encodings
from ..document import Source
from ..errors import MissingToolError, ReadError
from . import Limits, RawDocument

_SAVE_HINT = "open it in Word or LibreOffice and save it as .docx"


def run_tool(command: Sequence[str], *, name: str, seconds: float) -> bytes:
    """Returns what a program of the system prints; no shell, no input, a time limit.

    Raises:
        ReadError: It fails or takes too long.
    """
    tool = Path(command[0]).name
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError(name, f"{tool} cannot be started: {error.strerror}") from None
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _stop(process)
        raise ReadError(name, f"{tool} took longer than {seconds:g} s", _SAVE_HINT) from None
    except BaseException:
        _stop(process)
        raise
    if process.returncode != 0:
        lines = err.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        raise ReadError(name, f"{tool} failed: {lines[-1][:200]}", _SAVE_HINT)
    return out


def _stop(process: subprocess.Popen[bytes]) -> None:
    # soffice starts children of its own: the whole group must go.
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    process.communicate()


def _soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _office_to_docx(
    data: bytes, suffix: str, name: str, limits: Limits, *, media: str
) -> RawDocument:
    from .docx import read_docx
    from .packages import open_package

    program = _soffice()
    if program is None:
        raise ReadError(name, "LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        source = Path(folder, "in" + suffix)
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(Path(folder, "out")),
            str(source),
        ]
        run_tool(command, name=name, seconds=limits.tool_seconds)
        target = Path(folder, "out", "in.docx")
        if not target.is_file():
            raise ReadError(name, "LibreOffice could not read this file", _SAVE_HINT)
        raw = read_docx(open_package(target.read_bytes(), name, limits))
    return _with(raw, media)


def _with(raw: RawDocument, media: str) -> RawDocument:
    return dataclasses.replace(raw, source=dataclasses.replace(raw.source, media_type=media))


def _plain(text: str, media: str) -> RawDocument:
    found = encodings.repair(text.replace("\r\n", "\n"))
    encoding = None if found.encoding == "utf-8" else found.encoding
    source = Source(media_type=media, encoding=encoding, repairs=found.repairs)
    return RawDocument(found.text, source)


def _tool_on_file(
    command: Sequence[str], data: bytes, suffix: str, name: str, limits: Limits
) -> str:
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        source = Path(folder, "in" + suffix)
        source.write_bytes(data)
        out = run_tool([*command, str(source)], name=name, seconds=limits.tool_seconds)
    return out.decode("utf-8", "replace")


def read_doc(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of a Word 97-2003 document.

    LibreOffice keeps list numbers, tables and footnotes; antiword and catdoc are faster to
    install and give the text.

    Raises:
        ReadError: No converter could read it.
        MissingToolError: None is installed.
    """
    media = "application/msword"
    failed: ReadError | None = None
    if _soffice():
        try:
            return _office_to_docx(data, ".doc", name, limits, media=media)
        except ReadError as error:
            failed = error
    for tool, options in (
        ("antiword", ("-m", "UTF-8.txt", "-w", "0")),
        ("catdoc", ("-dutf-8", "-w")),
    ):
        program = shutil.which(tool)
        if not program:
            continue
        try:
            text = _tool_on_file([program, *options], data, ".doc", name, limits)
        except ReadError as error:
            failed = failed or error
            continue
        if text.strip():
            raw = _plain(text, media)
            note = f"read with {tool}: list numbers and tables may be missing"
            return dataclasses.replace(raw, warnings=(note,))
    if failed is not None:
        raise failed
    hint = "install antiword, catdoc or libreoffice-writer, or save the file as .docx"
    raise MissingToolError(name, "reading .doc files needs a converter", hint)


def read_rtf(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of an RTF file.

    Raises:
        ReadError: LibreOffice could not read it.
        MissingToolError: LibreOffice is not installed.
    """
    if not _soffice():
        hint = "install libreoffice-writer, or save the file as .docx"
        raise MissingToolError(name, "reading .rtf files needs LibreOffice", hint)
    return _office_to_docx(data, ".rtf", name, limits, media="application/rtf")


def read_odt(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of an OpenDocument text.

    Raises:
        ReadError: LibreOffice could not read it.
        MissingToolError: LibreOffice is not installed.
    """
    if not _soffice():
        hint = "install libreoffice-writer, or save the file as .docx"
        raise MissingToolError(name, "reading .odt files needs LibreOffice", hint)
    media = "application/vnd.oasis.opendocument.text"
    return _office_to_docx(data, ".odt", name, limits, media=media)
