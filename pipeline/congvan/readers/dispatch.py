"""Tells the format of an input by its content and calls the reader for it."""

from __future__ import annotations

import dataclasses
import re
import zlib
from collections.abc import Callable
from pathlib import PurePath

from .. import encodings
from ..document import Source
from ..errors import ReadError
from ..text import OffsetMap
from . import Limits, RawDocument

_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}
_HTML_NAMES = {".html", ".htm", ".xhtml"}
_TEXT_NAMES = {".txt", ".text", ".csv", ".tsv", ".log", ""}

# First bytes of formats that are read.
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
}
# First bytes of formats that are not, with what to say of them.
_REFUSED = {
    b"\x7fELF": "a program (ELF)",
    b"MZ": "a Windows program",
    b"\xcf\xfa\xed\xfe": "a program (Mach-O)",
    b"\xca\xfe\xba\xbe": "a program (Java or Mach-O)",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstandard archive",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x00\x00\x00\x0cjP  ": "a JPEG 2000 picture",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
    b"\x1aE\xdf\xa3": "a video",
    b"AT&TFORM": "a DjVu file",
    b"PAR1": "a Parquet file",
    b"wOFF": "a font",
    b"%!PS": "a PostScript file",
}
_UNPACK_HINT = "unpack or convert it first"
_MEDIA_BY_NAME = {
    ".pdf": "application/pdf",
    ".docx": "Word (.docx)",
    ".doc": "Word (.doc)",
    ".rtf": "RTF",
    ".odt": "OpenDocument text",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
    ".bmp": "picture",
    ".webp": "picture",
    ".xlsx": "Excel workbook",
}


def read(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of ``data``; its source lacks path and checksum."""
    suffix = PurePath(name.replace("\x00", "")).suffix.lower()
    media = binary_media_type(data)
    if media is None:
        return _read_text_file(data, name, suffix)
    if media.startswith("refused:"):
        raise ReadError(name, f"this is {media[8:]}, not a document", _UNPACK_HINT)
    raw = _binary_reader(media)(data, name, limits)
    expected = _MEDIA_BY_NAME.get(suffix)
    if suffix and not _name_fits(media, suffix) and (expected or suffix in _NAMES_OF_TEXT):
        kind = _PLAIN_NAMES.get(media, "picture" if media.startswith("image/") else media)
        note = f"the name ends in {suffix} but the content is a {kind}: read as that"
        raw = dataclasses.replace(raw, warnings=(note, *raw.warnings))
    return raw


_NAMES_OF_TEXT = (_MARKDOWN_NAMES | _HTML_NAMES | _TEXT_NAMES) - {""}
_PLAIN_NAMES = {
    "application/pdf": "PDF",
    "zip": "Word (.docx) file",
    "ole": "Word (.doc) file",
    "application/rtf": "RTF file",
}
_FITTING = {
    "application/pdf": {".pdf"},
    "zip": {".docx", ".docm", ".dotx", ".odt", ".ott", ".zip", ".xlsx", ".pptx"},
    "ole": {".doc", ".dot", ".docx", ".wps"},
    "application/rtf": {".rtf", ".doc"},
}


def _name_fits(media: str, suffix: str) -> bool:
    if media.startswith("image/"):
        return _MEDIA_BY_NAME.get(suffix) == "picture" or suffix == ".gif"
    return suffix in _FITTING.get(media, ())


def _binary_reader(media: str) -> Callable[[bytes, str, Limits], RawDocument]:
    if media == "application/pdf":
        from .pdf import read_pdf

        return read_pdf
    if media == "zip":
        from .packages import read_zip

        return read_zip
    if media == "ole":
        from .packages import read_ole

        return read_ole
    if media == "application/rtf":
        from .convert import read_rtf

        return read_rtf
    from .ocr import read_image

    return read_image


def binary_media_type(data: bytes) -> str | None:
    """Returns what the first bytes say: a media type, ``zip``, ``ole``, ``refused:…``, or None."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "application/pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.lstrip().startswith(b"{\\rtf"):
        return "application/rtf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:4] == b"RIFF":
        return "refused:a sound or video file"
    for magic, media in _IMAGES.items():
        if head.startswith(magic) and (magic != b"BM" or _looks_binary(head)):
            return media
    for magic, what in _REFUSED.items():
        if head.startswith(magic) and (len(magic) > 3 or _looks_binary(head)):
            return f"refused:{what}"
    return None


# Control characters that text has: tab, line ends, form feed, escape.
_TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1b\x1a"
_CONTROLS = bytes(set(range(32)) - set(_TEXT_CONTROLS)) + b"\x7f"


def _looks_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 0.05 * len(head)


def _read_text_file(data: bytes, name: str, suffix: str) -> RawDocument:
    if suffix in _HTML_NAMES or _HTML_HEAD_RE.match(data[:2048].decode("latin-1")):
        decoded = _decode_html(data)
    else:
        decoded = encodings.decode(data)
    _refuse_garbage(data, decoded, name)
    raw = _read_as(decoded, name, suffix, from_file=True)
    expected = _MEDIA_BY_NAME.get(suffix)
    if expected:
        note = f"the name ends in {suffix} but the content is text: read as that"
        raw = dataclasses.replace(raw, warnings=(note, *raw.warnings))
    return raw


def _refuse_garbage(data: bytes, decoded: encodings.Decoded, name: str) -> None:
    sample = decoded.text[:100_000]
    if not sample:
        return
    odd = sum(map(sample.count, _ODD_CHARACTERS))
    # Unknown bytes that also compress badly are no language.
    noise = decoded.encoding is None and len(zlib.compress(data[:20_000])) > 0.9 * len(
        data[:20_000]
    )
    limit = 0.03 if decoded.encoding is None else 0.1
    if odd > limit * len(sample) or (noise and len(data) > 200):
        hint = "give a text, Markdown, HTML, Word, PDF or image file"
        raise ReadError(name, "this is no text, and no file format that can be read", hint)


_ODD_CHARACTERS = (*map(chr, _CONTROLS), "\ufffd")


def read_decoded(text: str, name: str) -> RawDocument:
    """Returns a string that a program gave."""
    return _read_as(encodings.repair(text), name, "", from_file=False)


def _read_as(decoded: encodings.Decoded, name: str, suffix: str, *, from_file: bool) -> RawDocument:
    text = decoded.text
    markdown = suffix in _MARKDOWN_NAMES
    if not markdown and (suffix in _HTML_NAMES or looks_like_html(text)):
        from .html import read_html

        raw = read_html(text, name)
    elif markdown and _HTML_HEAD_RE.match(text):
        from .html import read_html

        raw = read_html(text, name)
        raw = _with_media(raw, "text/markdown")
    elif markdown or (suffix not in _TEXT_NAMES - {""} and looks_like_markdown(text)):
        from .markdown import read_markdown

        raw = read_markdown(text)
    else:
        raw = RawDocument(text, Source(media_type="text/plain"))
    offset_map = raw.offset_map
    if decoded.offset_map is not None and raw.source.media_type != "text/html":
        identity = OffsetMap.identity(len(text))
        offset_map = (offset_map or identity).after(decoded.offset_map)
    encoding = decoded.encoding
    if raw.source.media_type == "text/html" and raw.source.encoding:
        encoding = raw.source.encoding  # found behind the entities
    source = dataclasses.replace(
        raw.source, encoding=encoding, repairs=(*decoded.repairs, *raw.source.repairs)
    )
    warnings = (*decoded.warnings, *raw.warnings) if from_file else raw.warnings
    return dataclasses.replace(raw, source=source, offset_map=offset_map, warnings=warnings)


def _with_media(raw: RawDocument, media: str) -> RawDocument:
    return dataclasses.replace(raw, source=dataclasses.replace(raw.source, media_type=media))


# A whole HTML file. Hit: "<!DOCTYPE html>"; near miss: "<p align=center>" (a piece of one).
_HTML_HEAD_RE = re.compile(
    r"(?:\ufeff|ï»¿)?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--.{0,500}?-->\s{0,50})?"
    r"<(?:!doctype\s{1,5}html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_END_RE = re.compile(r"</(?:p|div|table|td|tr|li|ul|ol|h[1-6]|span|b|strong)\s{0,3}>", re.I)
_MD_HEADING_RE = re.compile(r"^#{1,6} {1,3}\S", re.MULTILINE)
_MD_BOLD_RE = re.compile(r"\*\*[^\s*][^*\n]{0,500}\*\*")
_MD_RULER_RE = re.compile(r"^\|?(?: {0,3}:?-{3,}:? {0,3}\|){1,40}(?: {0,3}:?-{3,}:?)? *$", re.M)
_LOOK = 50_000


def looks_like_html(text: str) -> bool:
    """True for a whole HTML file, or a text full of closing tags.

    >>> looks_like_html("<html><body><p>Số: 5</p></body></html>"), looks_like_html("a < b")
    (True, False)
    """
    head = text[:_LOOK]
    if "<" not in head:
        return False
    if _HTML_HEAD_RE.match(head):
        return True
    return head.lstrip().startswith("<") and len(_HTML_END_RE.findall(head)) >= 3


def looks_like_markdown(text: str) -> bool:
    """True if two different signs of Markdown, or many of one, are in the text.

    >>> looks_like_markdown("## **THÔNG BÁO**\\n"), looks_like_markdown("Số: 5**\\n")
    (True, False)
    """
    head = text[:_LOOK]
    if "#" not in head and "**" not in head and "|" not in head:
        return False
    headings = len(_MD_HEADING_RE.findall(head))
    bold = len(_MD_BOLD_RE.findall(head))
    ruler = len(_MD_RULER_RE.findall(head))
    return headings >= 2 or bold >= 3 or ruler >= 1 or (headings >= 1 and bold >= 1)


_META_CHARSET_RE = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE
)


def _decode_html(data: bytes) -> encodings.Decoded:
    found = encodings.decode(data)
    if found.encoding is not None:
        return found
    # Only where nothing else is known: old pages often declare what they are not.
    declared = _META_CHARSET_RE.search(data[:4096])
    if declared:
        label = declared.group(1).decode("ascii", "ignore").lower()
        try:
            text = data.decode(label)
        except (LookupError, UnicodeError, ValueError):
            return found
        return encodings.Decoded(text, label)
    return found
