"""pyvi's model and word list, loaded once."""

from __future__ import annotations

from functools import cache
from typing import Any

_NO_PYVI = (
    "the word segmenter 'pyvi' is not installed: run 'pip install pyvi', or choose "
    "segmenter='underthesea' or segmenter='syllable'"
)


@cache
def pyvi_model() -> tuple[Any, frozenset[str], frozenset[str]]:
    """Returns the CRF and the known words of two and of three syllables.

    Raises:
        ImportError: pyvi is not installed; the message says what to do.
    """
    try:
        from pyvi.ViTokenizer import ViTokenizer
    except ImportError as error:
        raise ImportError(_NO_PYVI) from error
    model = ViTokenizer.model
    return model, frozenset(ViTokenizer.bi_grams), frozenset(ViTokenizer.tri_grams)
