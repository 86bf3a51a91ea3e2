"""Containers: zip (docx, odt and others) and OLE (doc, encrypted docx), with their dangers."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from ..errors import ReadError
from . import Limits, RawDocument

_FREE_BYTES = 10_000_000  # below this size the ratio of a part does not matter
_XML_RE = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
# Word never writes these; what they declare can eat all memory or read other files.
_DTD_RE = re.compile(rb"<!\s{0,5}(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_HINT = "open it in Word or LibreOffice and save it again as .docx"


@dataclass(frozen=True, slots=True)
class Package:
    """The checked parts of a zip file."""

    name: str
    archive: zipfile.ZipFile
    parts: frozenset[str]

    def read(self, part: str) -> bytes | None:
        """Returns one part, None if there is no such part.

        Raises:
            ReadError: The part is damaged, encrypted or declares entities.
        """
        if part not in self.parts:
            return None
        try:
            data = self.archive.read(part)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            if "password" in str(error) or "encrypted" in str(error):
                hint = "save it without a password"
                raise ReadError(self.name, "the file is protected by a password", hint) from None
            raise ReadError(self.name, f"the part {part} is damaged", _SAVE_HINT) from None
        if _XML_RE.search(part) and _has_dtd(data):
            reason = f"the part {part} declares XML entities, which a document never needs"
            raise ReadError(self.name, reason, "the file may be an attack; do not open it")
        return data


def _has_dtd(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[1:2] == b"\x00" or data[:1] == b"\x00":
        data = data.replace(b"\x00", b"")  # UTF-16: the letters of "<!DOCTYPE" without NULs
    return bool(_DTD_RE.search(data))


def open_package(data: bytes, name: str, limits: Limits) -> Package:
    """Returns the zip file in ``data`` if it is sound and not too large unpacked.

    Raises:
        ReadError: It is broken or a zip bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        reason = f"the file is broken: {error}"
        raise ReadError(name, reason, "copy or download it again") from None
    total = sum(info.file_size for info in infos)
    if total > limits.max_unzipped or len(infos) > 20_000:
        reason = f"it would unpack to {total:,} bytes in {len(infos):,} parts"
        raise ReadError(name, reason, "it may be a zip bomb; raise max_unzipped if you trust it")
    for info in infos:
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _FREE_BYTES and ratio > limits.max_ratio:
            reason = f"the part {info.filename[:80]} unpacks to {ratio:,.0f} times its size"
            raise ReadError(name, reason, "it may be a zip bomb; raise max_ratio if you trust it")
    return Package(name, archive, frozenset(info.filename for info in infos))


def read_zip(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of a zip file that is a document.

    Raises:
        ReadError: It is broken, dangerous or no document.
        MissingToolError: It is OpenDocument text and LibreOffice is not installed.
    """
    package = open_package(data, name, limits)
    parts = package.parts
    if any(p.startswith("word/") for p in parts) or "word/document.xml" in parts:
        from .docx import read_docx

        return read_docx(package)
    if "content.xml" in parts and "mimetype" in parts:
        kind = (package.read("mimetype") or b"").decode("ascii", "replace")
        if "opendocument.text" in kind:
            from .convert import read_odt

            return read_odt(data, name, limits)
    what = "a zip archive"
    if any(p.startswith("xl/") for p in parts):
        what = "an Excel workbook"
    elif any(p.startswith("ppt/") for p in parts):
        what = "a PowerPoint file"
    elif "META-INF/MANIFEST.MF" in parts:
        what = "a Java archive"
    elif not parts:
        what = "an empty zip archive"
    raise ReadError(name, f"this is {what}, not a text document", "give the document inside it")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def read_ole(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of an OLE file that is a Word 97-2003 document.

    Raises:
        ReadError: It is an encrypted docx or another kind of OLE file.
        MissingToolError: No converter for .doc is installed.
    """
    if _utf16("EncryptedPackage") in data:
        hint = "open it in Word and save it without a password"
        raise ReadError(name, "the file is protected by a password", hint)
    if _utf16("WordDocument") in data:
        from .convert import read_doc

        return read_doc(data, name, limits)
    for stream, what in (
        ("Workbook", "an Excel workbook"),
        ("PowerPoint Document", "a PowerPoint file"),
        ("__substg1.0", "an Outlook message"),
    ):
        if _utf16(stream) in data:
            hint = "give the document inside it"
            raise ReadError(name, f"this is {what}, not a text document", hint)
    raise ReadError(name, "this Office file is broken or no Word document", _SAVE_HINT)
