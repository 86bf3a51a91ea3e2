"""congvan inside spaCy: documents as spaCy Docs, and the component that makes them.

``doc.to_spacy()`` turns a read document into tokens, ``ents`` and ``spans``; the component
``congvan`` (registered by an entry point) does the same for any text that a spaCy pipeline gets,
on the offsets of that very text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from .words.tokenizer import Tokenizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from .document import Document

Place = Callable[[int, int], tuple[int, int]]

#: The span groups, in the order in which they are set.
GROUPS = ("units", "citations", "sections")


@cache
def language(
    segmenter: str = "pyvi", recogniser: bool = True, model: str | None = None
) -> Language:
    """Returns the spaCy pipeline: our tokenizer and the component ``congvan``.

    Args:
        segmenter: Who cuts words: "pyvi", "underthesea", "syllable" or "vote".
        recogniser: Whether the trained model is used, or the rules alone.
        model: The folder of another trained recogniser.

    Raises:
        ValueError: No such segmenter.
    """
    import spacy

    register()
    config = {"@tokenizers": "congvan.Tokenizer.v1", "segmenter": segmenter}
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": config}})
    nlp.add_pipe("congvan", config={"recogniser": recogniser, "model": model})
    return nlp


@cache
def register() -> None:
    """Makes spaCy know our names where congvan runs from a folder, without its entry points."""
    from spacy.util import registry

    from . import spacy_factory  # noqa: F401 - registers the component
    from .words.tokenizer import create_tokenizer

    if not registry.has("tokenizers", "congvan.Tokenizer.v1"):
        registry.tokenizers("congvan.Tokenizer.v1", func=create_tokenizer)


class Component:
    """Sets ``ents`` and ``spans`` of a Doc as :class:`congvan.Pipeline` finds them.

    Args:
        nlp: The pipeline that it stands in.
        recogniser: Whether the trained model is used, or the rules alone.
        model: The folder of another trained recogniser.

    Raises (when called):
        ModelError: The folder of ``model`` holds no recogniser that can be used.

    Where a word border has to give way to the border of an entity, the Doc is made anew: put the
    component first.
    """

    def __init__(self, nlp: Language, *, recogniser: bool = True, model: str | None = None) -> None:
        self.tokenizer = nlp.tokenizer
        self.recogniser = recogniser
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        from .pipeline import Pipeline

        found = Pipeline(recogniser=self.recogniser, model=self.model).read_text(doc.text)
        place = found.offset_map.span
        tokenizer = self.tokenizer if isinstance(self.tokenizer, Tokenizer) else None
        if tokenizer is not None and not _aligned(doc, found, place):
            given = doc.user_data
            doc = _tokens(tokenizer, found, doc.text, place)
            doc.user_data.update(given)
        annotate(doc, found, place)
        return doc


def to_spacy(doc: Document, nlp: Language | None = None) -> Doc:
    """Returns a spaCy Doc over ``doc.text``: words, ``ents`` and ``spans``.

    Args:
        doc: A read document.
        nlp: The pipeline whose vocabulary and tokenizer are used: ``Pipeline(…).spacy`` for other
            options; congvan's own with pyvi if None.

    The ``kb_id_`` of an entity is its canonical value, the ``id_`` of every span is our id
    ("e1", "u13", "c2", "s4"), the label of a unit its kind, of a citation its relation, of a
    section its level.
    """
    nlp = nlp or language()

    def same(start: int, end: int) -> tuple[int, int]:
        return start, end

    if isinstance(nlp.tokenizer, Tokenizer):
        tokens = _tokens(nlp.tokenizer, doc, doc.text, same)
    else:
        tokens = nlp.make_doc(doc.text)
    annotate(tokens, doc, same)
    return tokens


def _edges(doc: Document, place: Place) -> list[int]:
    spans = [(e.start, e.end) for e in doc.entities]
    spans += [(u.start, u.end) for u in doc.units]
    spans += [(c.start, c.end) for c in doc.citations]
    return sorted({edge for span in spans for edge in place(*span)})


def _aligned(tokens: Doc, doc: Document, place: Place) -> bool:
    borders = {t.idx for t in tokens} | {t.idx + len(t) for t in tokens} | {0, len(tokens.text)}
    return all(edge in borders for edge in _edges(doc, place))


def _tokens(tokenizer: Tokenizer, doc: Document, text: str, place: Place) -> Doc:
    whole = None
    if "agencies" in tokenizer.keep:
        whole = [place(e.start, e.end) for e in doc.entities if e.type == "AGENCY"]
    return tokenizer(text, whole=whole, cuts=_edges(doc, place))


def annotate(tokens: Doc, doc: Document, place: Place) -> None:
    """Sets the entities and span groups of ``doc`` on ``tokens``.

    Args:
        tokens: A Doc of the same text, by any tokenizer.
        doc: What was found in the text.
        place: Leads from an offset pair of ``doc`` to one of the text of ``tokens``.

    Raises:
        ValueError: A span lies outside ``tokens``.
    """
    from spacy.util import filter_spans

    # Another tokenizer may hold two entities in one word: the longer one is kept.
    found = [_span(tokens, place(e.start, e.end), e.type, e.id, e.value) for e in doc.entities]
    tokens.set_ents(filter_spans(found))
    rows = {
        "units": [(u.start, u.end, u.kind, u.id) for u in doc.units],
        "citations": [(c.start, c.end, c.relation, c.id) for c in doc.citations],
        "sections": [(s.start, s.end, s.level, s.id) for s in doc.sections],
    }
    for name in GROUPS:
        tokens.spans[name] = [
            _span(tokens, place(start, end), label, key) for start, end, label, key in rows[name]
        ]


def _span(
    tokens: Doc, place: tuple[int, int], label: str, key: str, value: str | None = None
) -> Span:
    span = tokens.char_span(
        *place, label=label, kb_id=value or "", span_id=key, alignment_mode="expand"
    )
    if span is None:
        raise ValueError(f"the span {place} of {key} lies outside the tokens: another text?")
    return span


__all__ = ["GROUPS", "Component", "annotate", "language", "register", "to_spacy"]
