"""The systems that are compared, each a function from a document to its entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from congvan.document import Document

from .score import Found

System = Callable[[Document], Iterable[Found]]

#: Said where the figures of underthesea are left out.
NO_UNDERTHESEA = (
    "underthesea is not installed, so its figures are left out: run 'pip install underthesea' to "
    "have them"
)
# What underthesea calls its types (VLSP 2016).
_UNDERTHESEA = {"ORG": "AGENCY", "PER": "PERSON", "LOC": "LOCATION"}


def rules(doc: Document) -> list[Found]:
    """Returns what the rules alone find: ``doc`` must have been read without the model."""
    return [Found(e.type, e.start, e.end, e.value) for e in doc.entities]


def has_underthesea() -> bool:
    """Tells whether underthesea is installed and can be imported."""
    try:
        from underthesea import ner  # noqa: F401
    except ImportError:
        return False
    return True


def underthesea(doc: Document) -> list[Found]:
    """Returns what underthesea's ``ner`` finds, called on one unit, heading or line at a time.

    Raises:
        ImportError: underthesea is not installed; see :func:`has_underthesea`.
    """
    from underthesea import ner

    out: list[Found] = []
    for start, end in pieces(doc):
        text = doc.text[start:end]
        at = 0
        open_kind = ""
        for word, _, _, tag in ner(text):
            found = _find(text, word, at)
            if found is None:
                open_kind = ""
                continue
            a, at = found
            kind = _UNDERTHESEA.get(tag[2:], "")
            if tag[:1] == "I" and kind and kind == open_kind:
                out[-1] = out[-1]._replace(end=start + at)
            elif kind:
                out.append(Found(kind, start + a, start + at))
            open_kind = kind
    return out


def _find(text: str, word: str, at: int) -> tuple[int, int] | None:
    """Returns where a word of the toolkit stands from ``at`` on; its blanks may be any blanks."""
    plain = text.find(word, at)
    if plain >= 0:
        return plain, plain + len(word)
    start = text.find(word.split(" ")[0], at)
    if start < 0:
        return None
    end = start
    for part in word.split(" "):
        found = text.find(part, end)
        if found < 0 or found - end > 3:
            return None
        end = found + len(part)
    return start, end


def pieces(doc: Document) -> list[tuple[int, int]]:
    """Returns the title, the headings and the units: what a toolkit can be given, in order."""
    spans = [(s.heading_start, s.heading_end) for s in doc.sections]
    spans += [(u.start, u.end) for u in doc.units]
    title = [doc.header.spans[k] for k in ("doc_type", "subject") if k in doc.header.spans]
    if title:
        spans.append((min(a for a, _ in title), max(b for _, b in title)))
    return sorted(set(spans))


def spacy_system(nlp: Any) -> System:
    """Returns the system of a spaCy pipeline with ``ner``, on the lines of the text."""
    from .examples import line_spans

    def run(doc: Document) -> list[Found]:
        spans = list(line_spans(doc.text))
        out = []
        for (start, _), tokens in zip(
            spans, nlp.pipe(doc.text[a:b] for a, b in spans), strict=True
        ):
            out += [Found(e.label_, start + e.start_char, start + e.end_char) for e in tokens.ents]
        return out

    return run
