"""Vietnamese words: lossless tokenization over interchangeable toolkits.

``text -> grains -> which grains form a word -> spans``. A *grain* is the smallest stretch that
no word border may cut: a syllable, a sign, and every document number, date, amount, address
or agency name as a whole. The toolkits (pyvi, underthesea) only say which grains belong
together; none of them ever supplies a character, so the words of a text always are slices of it.
"""

from __future__ import annotations

from .segment import KEEP, Word, words
from .toolkits import SEGMENTERS

__all__ = ["KEEP", "SEGMENTERS", "Word", "words"]
