"""What each toolkit says: which grains of one line form a word.

Every function here takes a line and its grains and returns, for each grain, whether it joins the
one before it. A toolkit is called on one line at a time (underthesea and pyvi are linear in the
line, their taggers are not), is imported on first use and never on import, and never supplies
text: where its answer does not account for every character of the line, the line is cut into
syllables and the fact is logged.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from .grains import Span
from .lexicon import known
from .pyvi_model import pyvi_model

logger = logging.getLogger(__name__)

Joins = list[bool]
Toolkit = Callable[[str, Sequence[Span]], Joins]

_NO_UNDERTHESEA = (
    "the word segmenter 'underthesea' is not installed: run 'pip install underthesea', or choose "
    "segmenter='pyvi' or segmenter='syllable'"
)


def syllable(line: str, grains: Sequence[Span]) -> Joins:
    """Joins nothing: every grain is a word."""
    return [False] * len(grains)


def pyvi(line: str, grains: Sequence[Span]) -> Joins:
    """Joins by pyvi's model of 2021 (CRF, MIT licence).

    The model is asked on our grains with the features it was trained on, so nothing has to be
    aligned afterwards and a number is one token to it; on plain text the answer is the one of
    ``pyvi.ViTokenizer.tokenize`` (a test compares them).
    """
    if not grains:
        return []
    model, pairs, triples = pyvi_model()
    tokens = [line[a:b] for a, b in grains]
    labels = model.predict([_features(tokens, pairs, triples)])[0]
    out = [False]
    for i in range(1, len(tokens)):
        word, before = tokens[i], tokens[i - 1]
        out.append(
            labels[i] == "I_W"
            and word[0].isalpha()
            and before[0].isalpha()
            and not (word[0].isupper() and not before[0].isupper())
        )
    return out


@lru_cache(65536)
def _own(token: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]:
    """Returns pyvi's features of a token: for itself, for the next, for the one before it."""
    low = token.lower()
    shape = [n for n, v in (("isupper", token.isupper()), ("istitle", token.istitle())) if v]
    digit = ["word.isdigit()"] if token.isdigit() else []
    return (
        ("bias", f"word.lower():{low}", *(f"word.{n}()" for n in shape), *digit),
        (f"-1:word.lower():{low}", *(f"-1:word.{n}()" for n in shape)),
        (f"+1:word.lower():{low}", *(f"+1:word.{n}()" for n in shape)),
        low,
    )


def _features(
    tokens: Sequence[str], pairs: frozenset[str], triples: frozenset[str]
) -> list[list[str]]:
    """Returns pyvi's features as names; one that is false is left out, as its weight would be 0."""
    owns = [_own(t) for t in tokens]
    lows = [o[3] for o in owns]
    pair = [f"{a} {b}" in pairs for a, b in pairwise(lows)]
    triple = [f"{a} {b} {c}" in triples for a, b, c in zip(lows, lows[1:], lows[2:], strict=False)]
    out = []
    last = len(tokens) - 1
    for i, own in enumerate(owns):
        row = [*own[0]]
        if i:
            row += owns[i - 1][1]
            if pair[i - 1]:
                row.append("-1:word.bi_gram()")
            if i > 1 and triple[i - 2]:
                row.append("-2:word.tri_gram()")
        if i < last:
            row += owns[i + 1][2]
            if pair[i]:
                row.append("+1:word.bi_gram()")
            if i < last - 1 and triple[i]:
                row.append("+2:word.tri_gram()")
        out.append(row)
    return out


def underthesea(line: str, grains: Sequence[Span]) -> Joins:
    """Joins by underthesea's word segmenter (CRF, VLSP 2013; Apache-2.0).

    Its model is asked on our grains: that is faster than its own tokenizer, and nothing has to be
    aligned. A version that keeps its model elsewhere is asked on the line, and aligned;
    ``use_token_normalize=False`` keeps it from rewriting "khoá" to "khóa"; ``fixed_words`` is
    never used, because it leaks into later calls (underthesea #1075).
    """
    if not grains:
        return []
    tokenize = _underthesea()
    predict = _predict(tokenize)
    tags = predict([[line[a:b]] for a, b in grains]) if predict is not None else ()
    if len(tags) == len(grains):
        return [i > 0 and tag == "I-W" for i, tag in enumerate(tags)]
    return align(line, grains, tokenize(line, use_token_normalize=False), name="underthesea")


@cache
def _underthesea() -> Callable[..., list[str]]:
    try:
        from underthesea.pipeline.word_tokenize import word_tokenize
    except ImportError as error:
        raise ImportError(_NO_UNDERTHESEA) from error
    tokenize: Callable[..., list[str]] = word_tokenize
    return tokenize


def _predict(tokenize: Callable[..., list[str]]) -> Callable[..., Sequence[str]] | None:
    """Returns the tagger in the module of ``tokenize``, None in a version of another make."""
    module = sys.modules.get(tokenize.__module__)
    if getattr(module, "word_tokenize_model", None) is None:
        tokenize("một từ")  # the first call loads the model
    predict = getattr(getattr(module, "word_tokenize_model", None), "predict", None)
    return predict if callable(predict) else None


def align(line: str, grains: Sequence[Span], found: Sequence[str], *, name: str) -> Joins:
    """Returns which grains join, given the words that a toolkit returned for the line.

    Only the number of characters between word borders is used, white space set aside: a
    toolkit that composes or folds letters one by one does no harm.

    >>> align("công việc mới", [(0, 4), (5, 9), (10, 13)], ["công việc", "mới"], name="x")
    [False, True, False]
    """
    begins = set()
    size = 0
    for word in found:
        begins.add(size)
        size += _size(word)
    at = 0
    out = []
    for a, b in grains:
        out.append(at not in begins)
        at += _size(line[a:b])
    if at != size:
        logger.warning("%s altered a line of %d characters: cut into syllables", name, len(line))
        return syllable(line, grains)
    if out:
        out[0] = False
    return out


def _size(word: str) -> int:
    """Returns the number of characters that are no white space."""
    return len(word) if word.isalnum() else len("".join(word.split()))


def vote(line: str, grains: Sequence[Span]) -> Joins:
    """Joins where pyvi and underthesea agree; where they differ the word list decides."""
    first, second = pyvi(line, grains), underthesea(line, grains)
    out = list(first)
    for i, (a, b) in enumerate(zip(first, second, strict=True)):
        if a != b:
            pair = f"{line[slice(*grains[i - 1])]} {line[slice(*grains[i])]}".lower()
            out[i] = known(pair)
    return out


SEGMENTERS: dict[str, Toolkit] = {
    "pyvi": pyvi,
    "underthesea": underthesea,
    "syllable": syllable,
    "vote": vote,
}
