"""``congvan evaluate words``: word borders against two hand-made segmentations.

The UD Vietnamese-VTB treebank (newspaper; read where it lies, never copied) and the hundred
administrative sentences in ``data/words``. A word counts as right if both its borders are.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .segment import words
from .toolkits import SEGMENTERS

Spans = list[tuple[int, int]]
_BLANK_RE = re.compile(r"\s|_")
# "1" a word, "1-2" a token of two words, "1.1" a word that is not written.
_ID_RE = re.compile(r"[0-9]+(?:[-.][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with its words; ``names`` has each agency name as one word."""

    text: str
    words: Spans
    names: Spans


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a CoNLL-U file, the words with one blank between.

    Raises:
        ValueError: The file is no CoNLL-U in UTF-8; the message names file and line.
    """
    forms: list[str] = []
    for number, raw in enumerate([*_lines(path), ""], 1):
        if raw and raw[0] != "#":
            cells = raw.split("\t")
            if len(cells) < 2 or not _ID_RE.fullmatch(cells[0]) or not cells[1].strip():
                raise ValueError(
                    f"{path}, line {number}: no number and word with a tab between, as CoNLL-U "
                    f"has it ({raw!r:.60}): take the file from its makers again"
                )
            if cells[0].isdigit():
                forms.append(cells[1])
        elif not raw and forms:
            yield _sentence(forms)
            forms = []


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{path}, line {line}: not UTF-8: save the file as UTF-8") from error


def _sentence(forms: Sequence[str]) -> Sentence:
    spans = []
    at = 0
    for form in forms:
        spans.append((at, at + len(form)))
        at += len(form) + 1
    return Sentence(" ".join(forms), spans, spans)


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of ``data/words/sentences.txt``.

    ``_`` joins the syllables of a word, ``[ ]`` enclose a name, ``^`` glues a word to the one
    before it.

    Raises:
        ValueError: The file is not UTF-8 or not in that notation; the message names file and line.
    """
    for number, line in enumerate(_lines(path), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield parse(line)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}: mend the line") from error


def parse(line: str) -> Sentence:
    """Returns one sentence of that notation.

    Raises:
        ValueError: A bracket is not closed or not opened, a name stands inside another, or a word
            has no letters.

    >>> parse("[Sở Tài_chính] rà_soát ^.").text
    'Sở Tài chính rà soát.'
    """
    text = ""
    spans: Spans = []
    names: Spans = []
    start = -1
    for raw in line.split():
        token = raw
        glued = token.startswith("^")
        token = token.removeprefix("^")
        opens = token.startswith("[") and len(token) > 1
        token = token.removeprefix("[") if opens else token
        glued = glued or token.startswith("^")
        token = token.removeprefix("^")
        closes = token.endswith("]") and len(token) > 1
        token = token.removesuffix("]") if closes else token
        if not token.strip("_"):
            raise ValueError(f"{raw!r} is no word: {line!r}")
        if opens and start >= 0:
            raise ValueError(f"a bracket is opened inside another: {line!r}")
        if closes and not opens and start < 0:
            raise ValueError(f"a bracket is closed that was not opened: {line!r}")
        if text and not glued:
            text += " "
        span = (len(text), len(text) + len(token))
        text += token.replace("_", " ")
        spans.append(span)
        if opens:
            start = span[0]
        if start < 0:
            names.append(span)
        elif closes:
            names.append((start, span[1]))
            start = -1
    if start >= 0:
        raise ValueError(f"a bracket is not closed: {line!r}")
    return Sentence(text, spans, names)


def f1(gold: Iterable[Spans], found: Iterable[Spans]) -> tuple[float, float, float]:
    """Returns precision, recall and F1 of words; 0 where there are none."""
    right = wanted = given = 0
    for a, b in zip(gold, found, strict=True):
        right += len(set(a) & set(b))
        wanted += len(a)
        given += len(b)
    p, r = right / given if given else 0.0, right / wanted if wanted else 0.0
    return p, r, 2 * p * r / (p + r) if right else 0.0


def _bare(name: str) -> Callable[[str], Spans]:
    """Returns a toolkit as its makers ship it, its words laid back on the text."""

    def pyvi(text: str) -> list[str]:
        try:
            from pyvi.ViTokenizer import ViTokenizer
        except ImportError as error:
            raise ImportError("pyvi is not installed: run 'pip install pyvi'") from error

        return [str(w) for w in ViTokenizer.tokenize(text).split(" ")]

    def underthesea(text: str) -> list[str]:
        try:
            from underthesea.pipeline.word_tokenize import word_tokenize
        except ImportError as error:
            raise ImportError(
                "underthesea is not installed: run 'pip install underthesea'"
            ) from error

        return [str(w) for w in word_tokenize(text, use_token_normalize=False)]

    call = pyvi if name == "pyvi" else underthesea
    return lambda text: lay(text, call(text))


def lay(text: str, found: Sequence[str]) -> Spans:
    """Returns where words of a toolkit stand in the text, counting characters but blanks."""
    places = [i for i, c in enumerate(text) if not _BLANK_RE.match(c)]
    out = []
    at = 0
    for word in found:
        size = len(_BLANK_RE.sub("", word))
        if size and at + size <= len(places):
            out.append((places[at], places[at + size - 1] + 1))
        at += size
    return out


def ways() -> Iterator[tuple[str, Callable[[str], Spans]]]:
    """Yields every way of cutting words by its name, the toolkits as shipped first."""

    def ours(segmenter: str, *, mend: bool, keep: Sequence[str]) -> Callable[[str], Spans]:
        return lambda text: [
            (w.start, w.end) for w in words(text, segmenter=segmenter, mend=mend, keep=keep)
        ]

    for name in ("pyvi", "underthesea"):
        yield f"{name}, as shipped", _bare(name)
        yield f"{name}, adapter", ours(name, mend=False, keep=("numbers",))
        yield f"{name}, mended", ours(name, mend=True, keep=("numbers",))
    yield "vote, mended", ours("vote", mend=True, keep=("numbers",))
    yield "syllables", ours("syllable", mend=False, keep=("numbers",))


def whole_names() -> Iterator[tuple[str, Callable[[str], Spans]]]:
    """Yields the ways that keep names of agencies whole, and the toolkits as shipped."""
    for name in ("pyvi", "underthesea"):
        yield f"{name}, as shipped", _bare(name)
    for name in SEGMENTERS:
        yield (
            f"{name}, names whole",
            lambda text, name=name: [(w.start, w.end) for w in words(text, segmenter=name)],  # type: ignore[misc]
        )


def _some(read: Callable[[Path], Iterable[Sentence]], path: Path) -> list[Sentence]:
    """Returns the sentences of a file; ValueError if there are none."""
    found = list(read(path))
    if not found:
        raise ValueError(f"{path}: there is no sentence in it: take the file from its source again")
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the tables and returns the exit status.

    That is 1 if a file cannot be read or a toolkit is missing, 2 if there is nothing to measure on.
    """
    p = argparse.ArgumentParser(
        prog="congvan evaluate words", description="Measure word segmentation."
    )
    p.add_argument("--shared", type=Path, default=Path("../shared"), help="has corpora/")
    p.add_argument("--data", type=Path, default=Path("data/words"), help="has sentences.txt")
    options = p.parse_args(argv)
    try:
        return _run(options)
    except (ImportError, OSError, ValueError) as error:
        print(f"congvan evaluate words: {error}", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace) -> int:
    from congvan.figures import aligned

    treebank = options.shared / "corpora" / "word-segmentation"
    sources: list[tuple[str, list[Sentence], bool]] = []
    if (options.data / "sentences.txt").is_file():
        own = _some(read_sentences, options.data / "sentences.txt")
        sources.append(("Our administrative sentences, words inside names", own, False))
        sources.append(("Our administrative sentences, names whole", own, True))
    for part in ("dev", "test"):
        path = treebank / f"vi_vtb-ud-{part}.conllu"
        if path.is_file():
            sources.append((f"UD Vietnamese-VTB, {part}", _some(read_conllu, path), False))
    if not sources:
        print(
            "congvan evaluate words: nothing to measure on; start this in the repository",
            file=sys.stderr,
        )
        return 2
    for title, sentences, whole in sources:
        gold = [s.names if whole else s.words for s in sentences]
        rows = [["", "P", "R", "F1"]]
        for name, cut in whole_names() if whole else ways():
            figures = f1(gold, (cut(s.text) for s in sentences))
            rows.append([name, *(f"{int(x * 10000) / 10000:.4f}" for x in figures)])
        print(f"\n{title} ({len(sentences)} sentences, {sum(map(len, gold)):,} words)\n")
        print(aligned(rows))
    return 0
