"""Scans and pictures, through the Tesseract program with its Vietnamese model."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..document import Source
from ..errors import MissingToolError, ReadError
from . import Limits, RawDocument
from .convert import run_tool
from .pdf_layout import lay_out
from .pdf_lines import Page, Run

DPI = 300
_INSTALL = "install the packages tesseract-ocr and tesseract-ocr-vie"
_MEDIA = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}


@cache
def _languages(program: str) -> frozenset[str]:
    out = run_tool([program, "--list-langs"], name="tesseract", seconds=30)
    return frozenset(out.decode("utf-8", "replace").split())


def tesseract(name: str) -> str:
    """Returns the path of the Tesseract program.

    Raises:
        MissingToolError: It, or its Vietnamese model, is not installed.
    """
    program = shutil.which("tesseract")
    if not program:
        raise MissingToolError(name, "this is a scan, and Tesseract is not installed", _INSTALL)
    if "vie" not in _languages(program):
        reason = "this is a scan, and Tesseract has no Vietnamese model"
        raise MissingToolError(name, reason, _INSTALL)
    return program


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one page; ``confidence`` is Tesseract's mean, 0 to 100."""

    width: float
    height: float
    runs: tuple[Run, ...]
    confidence: float
    bullets: int = 0
    words: int = 0

    def page(self, index: int) -> Page:
        """Returns the page for the layout."""
        return Page(index, self.width, self.height, self.runs, ())


def recognise(pages: Iterable[Any], *, name: str, limits: Limits) -> list[Recognised]:
    """Returns the words of each page picture (Pillow images).

    Raises:
        ReadError: Tesseract fails or takes too long.
        MissingToolError: Tesseract or its Vietnamese model is not installed.
    """
    program = tesseract(name)
    found = []
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        path = Path(folder, "page.png")
        for page in pages:
            page.save(path)
            command = [program, str(path), "stdout", "-l", "vie", "--dpi", str(DPI), "tsv"]
            out = run_tool(command, name=name, seconds=limits.ocr_seconds)
            # A page of paper is about 595 points wide, whatever the resolution of the scan.
            scale = 595.0 / max(min(page.size), 1)
            found.append(_words(out.decode("utf-8", "replace"), page.size, scale))
    return found


# What Tesseract makes of a bullet. Hits: "© Rà soát", "e Rà soát"; near miss: "e) Rà soát".
_BULLET_RE = re.compile(r"^(?:[©®¢»«¬°•●■◦‣][_.]?|[eo](?=\s[A-ZĐÀ-ỸƠƯ]))\s")


# Capitals with a tone that are small letters on the paper, whose size Tesseract mistakes.
# Hits: "TỈnh", "BỘ Tài chính"; near misses: "BỘ TÀI CHÍNH", "UBND", "TW".
_CASE_RE = re.compile(
    r"\b[A-ZĐ][ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]"
    r"(?:[a-zà-ỹđ]{1,4}\b|(?=\s[a-zà-ỹđ]|\s[A-ZĐ][a-zà-ỹđ]))"
)
# Words that no Vietnamese text has, or not in these places. Hits: "Đẳng ủy", "các đẳng bộ",
# "văn bẳn"; near misses: "cao đẳng", "đẳng cấp", "bình đẳng".
_WORD_RE = re.compile(
    r"(?<!cao )(?<!bình )(?<!đồng )(?<!trung )(?<!đối )\b(?P<d>[Đđ])ẳng(?!\s(?:cấp|thức|áp))\b"
    r"|(?<=ăn )(?P<b>b)ẳn\b"
)


def _read_right(text: str) -> tuple[str, int]:
    """Returns ``text`` without Tesseract's usual mistakes in Vietnamese, and how many."""
    if text.isupper():
        return text, 0
    text, cases = _CASE_RE.subn(lambda m: m[0][0] + m[0][1:].lower(), text)
    text, words = _WORD_RE.subn(lambda m: f"{m['d']}ảng" if m["d"] else "bản", text)
    return text, cases + words


def _words(tsv: str, size: tuple[int, int], scale: float) -> Recognised:
    height = size[1] * scale
    runs: list[Run] = []
    confidences: list[float] = []
    base = type_size = 0.0
    fresh = True
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        left, top, wide, high = (int(c) * scale for c in cells[6:10])
        if cells[0] == "4":
            # The foot of a line lies below its baseline by the tails of g, p and dots.
            base, type_size = height - (top + high) + 0.2 * high, 0.8 * high
            fresh = True
        text = cells[11].strip()
        if cells[0] != "5" or not text:
            continue
        confidences.append(float(cells[10]))
        last = runs[-1] if runs and not fresh else None
        if last is not None and left - last.x1 < 1.3 * type_size:
            runs[-1] = Run(f"{last.text} {text}", last.x0, left + wide, base, type_size)
        else:
            runs.append(Run(text, left, left + wide, base, type_size))
        fresh = False
    fixed = [_BULLET_RE.subn("- ", run.text) for run in runs]
    bullets = sum(count for _, count in fixed)
    right = [_read_right(text) for text, _ in fixed]
    words = sum(count for _, count in right)
    runs = [replace(run, text=text) for run, (text, _) in zip(runs, right, strict=True)]
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return Recognised(size[0] * scale, height, tuple(runs), mean, bullets, words)


def repairs_for(pages: Iterable[Recognised]) -> tuple[str, ...]:
    """Returns what was repaired in the recognised text."""
    pages = list(pages)
    bullets = sum(page.bullets for page in pages)
    words = sum(page.words for page in pages)
    notes = []
    if bullets:
        notes.append(f"{bullets} bullet(s) that were read as other signs written as -")
    if words:
        notes.append(f"{words} word(s) that are often misread put right (TỈnh, đẳng ủy)")
    return tuple(notes)


def warnings_for(pages: Iterable[Recognised]) -> list[str]:
    """Returns what the reader of the text must know of it."""
    notes = ["the text was read from pictures: check names, numbers and dates"]
    for number, page in enumerate(pages, 1):
        if page.runs and page.confidence < 70:
            notes.append(
                f"picture {number} was hard to read (confidence {page.confidence:.0f}/100)"
            )
    return notes


def read_image(data: bytes, name: str, limits: Limits) -> RawDocument:
    """Returns the text of a picture, or of each page of a multi-page TIFF.

    Raises:
        ReadError: The picture is broken or too large.
        MissingToolError: Tesseract or its Vietnamese model is not installed.
    """
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit on pixels speaks instead
            image = Image.open(io.BytesIO(data))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadError(name, f"the picture is broken: {error}", "scan it again") from None
    media = _MEDIA.get(image.format or "", "image/*")
    tesseract(name)
    frames = int(getattr(image, "n_frames", 1))
    if frames > limits.max_ocr_pages:
        reason = f"the picture has {frames} pages, more than {limits.max_ocr_pages}"
        raise ReadError(name, reason, "split it, or raise max_ocr_pages")
    found = recognise(_frames(image, frames, name, limits), name=name, limits=limits)
    text, regions, repairs, _ = lay_out([page.page(i) for i, page in enumerate(found)])
    repairs = (*repairs, *repairs_for(found))
    source = Source(media_type=media, encoding=None, pages=frames, ocr=True, repairs=repairs)
    return RawDocument(text, source, regions, warnings=tuple(warnings_for(found)))


def _frames(image: Any, frames: int, name: str, limits: Limits) -> Iterator[Any]:
    from PIL import Image, ImageOps

    for index in range(frames):
        try:
            image.seek(index)
            width, height = image.size
            if width * height > limits.max_pixels:
                reason = f"the picture has {width} x {height} pixels"
                raise ReadError(name, reason, "scan it at 300 dpi, or raise max_pixels")
            page = ImageOps.exif_transpose(image)
            page = _on_white(page)
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(name, f"the picture is broken: {error}", "scan it again") from None
        yield page


def _on_white(page: Any) -> Any:
    from PIL import Image

    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        page = page.convert("RGBA")
        white = Image.new("RGBA", page.size, "white")
        page = Image.alpha_composite(white, page)
    return page.convert("L")
