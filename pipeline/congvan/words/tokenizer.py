"""The words of congvan as a spaCy tokenizer: ``doc.text`` is the input, for any input.

Registered as ``congvan.Tokenizer.v1`` by an entry point, so a pipeline saved with it loads
wherever congvan is installed::

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "congvan.Tokenizer.v1"}}})
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .grains import Span
from .segment import KEEP, check_options, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def create_tokenizer(
    segmenter: str = "pyvi", keep: Sequence[str] = KEEP, mend: bool = True
) -> Callable[[Language], Tokenizer]:
    """Returns the factory that spaCy calls with the pipeline under construction."""
    check_options(segmenter, keep)

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, segmenter=segmenter, keep=keep, mend=mend)

    return make


class Tokenizer:
    """Cuts a text into words; holds its options only, toolkits load on the first call."""

    def __init__(
        self,
        vocab: Vocab,
        *,
        segmenter: str = "pyvi",
        keep: Sequence[str] = KEEP,
        mend: bool = True,
    ) -> None:
        self.vocab = vocab
        self.segmenter = segmenter
        self.keep = tuple(keep)
        self.mend = mend

    def __call__(
        self, text: str, *, whole: Sequence[Span] | None = None, cuts: Sequence[int] = ()
    ) -> Doc:
        """Returns the tokens of ``text``; ``whole`` and ``cuts`` as in :func:`congvan.words`."""
        found = words(
            text,
            segmenter=self.segmenter,
            keep=self.keep,
            mend=self.mend,
            whole=whole,
            cuts=cuts,
        )
        return make_doc(self.vocab, text, [(w.start, w.end) for w in found])

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Returns the options as JSON."""
        data = {"segmenter": self.segmenter, "keep": list(self.keep), "mend": self.mend}
        return json.dumps(data, sort_keys=True).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Takes the options that :meth:`to_bytes` wrote. Raises ValueError on unknown ones."""
        options: dict[str, Any] = json.loads(data)
        check_options(options["segmenter"], options["keep"])
        self.segmenter = options["segmenter"]
        self.keep = tuple(options["keep"])
        self.mend = bool(options["mend"])
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the options into one file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Reads the options that :meth:`to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def make_doc(vocab: Vocab, text: str, spans: Sequence[Span]) -> Doc:
    """Returns a spaCy Doc whose tokens are ``spans`` and what lies between them.

    One blank behind a token belongs to it; every other character between two words is in a
    token of its own, so that the texts are equal.

    Args:
        vocab: The vocabulary of the pipeline.
        text: The text.
        spans: Offsets of the words, sorted and apart.

    Raises:
        ValueError: ``text`` holds half a surrogate pair, which spaCy cannot store.
    """
    from spacy.tokens import Doc

    tokens: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        gap = text[at:start]
        if gap and tokens and gap[0] == " ":
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            tokens.append(gap)
            spaces.append(False)
        if end > start:
            tokens.append(text[start:end])
            spaces.append(False)
        at = end
    try:
        doc = Doc(vocab, words=tokens, spaces=spaces)
    except UnicodeEncodeError as error:
        raise ValueError(
            "the text holds half a surrogate pair, which spaCy cannot store: give it as "
            "congvan.load().read_text(text).text"
        ) from error
    if doc.text != text:
        raise AssertionError("a token was lost: please report this text as a bug of congvan")
    return doc
