"""Canonical text: NFC, LF, no invisible characters, and the way back to the file.

The canonical text is what every offset in congvan counts in. It differs from the
decoded file only where this module or :mod:`congvan.layout` says so, and
:class:`OffsetMap` leads back from it, exactly, to the decoded file.

Matching is done on the *shadow* of the text: the same number of code points, with
look-alike letters, dash kinds, spaces and tone-mark placement made uniform. The text
itself keeps what the writer wrote.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Vietnamese letters for character classes. A range such as "à-ỹ" would take capitals too.
LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

# Characters that print nothing and split words: zero-width space/joiners, word joiner,
# BOM inside a text, soft hyphen. PDF and web copies are full of them.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
# A boundary of normalisation lies before every character below U+0300
# (canonical combining class 0 and NFC_Quick_Check=Yes), so clusters can be
# normalised one by one and the result equals NFC of the whole.
_CLUSTER_RE = re.compile(r"[\x00-\u02ff][^\x00-\u02ff]+|[^\x00-\u02ff]+")
# One class, so that the scan runs at full speed over text that has none of them.
_UNPLAIN_RE = re.compile(f"[\r\x0b\x85\u2028\u2029{_INVISIBLE}]")


class OffsetMap:
    """Maps offsets in the canonical text to offsets in the text it was made from.

    The map is a list of segments ``(target, source, source_end)``: from ``target`` on, offset
    ``t`` corresponds to ``source + (t - target)``. A segment whose source is longer or shorter
    than its target (a composed letter) maps as a whole. Between segments lies what was deleted.
    All columns rise; offsets are code points.
    """

    __slots__ = ("source_ends", "source_length", "source_points", "target_length", "target_points")

    def __init__(
        self, segments: Iterable[Sequence[int]], *, target_length: int, source_length: int
    ) -> None:
        self.target_points = array("q")
        self.source_points = array("q")
        self.source_ends = array("q")
        for target, source, end in segments:
            if target < target_length or not self.target_points:
                self.target_points.append(target)
                self.source_points.append(source)
                self.source_ends.append(end)
        if not self.target_points:
            self.target_points.append(0)
            self.source_points.append(0)
            self.source_ends.append(source_length)
        self.target_length = target_length
        self.source_length = source_length

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """Returns the map of a text to itself."""
        return cls([(0, 0, length)], target_length=length, source_length=length)

    def __repr__(self) -> str:
        return (
            f"OffsetMap({self.target_length} <- {self.source_length}, "
            f"{len(self.target_points)} segments)"
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OffsetMap):
            return NotImplemented
        return self.to_list() == other.to_list() and self.source_length == other.source_length

    def __hash__(self) -> int:
        return hash((self.source_length, len(self.target_points)))

    @property
    def is_identity(self) -> bool:
        """True if every offset maps to itself."""
        return self.target_length == self.source_length and len(self.target_points) == 1

    def _segment(self, target: int) -> int:
        return bisect_right(self.target_points, target) - 1

    def _size(self, i: int) -> int:
        last = i + 1 == len(self.target_points)
        return (self.target_length if last else self.target_points[i + 1]) - self.target_points[i]

    def source(self, target: int) -> int:
        """Returns the source offset of canonical offset ``target`` (0 <= target <= length).

        Raises:
            IndexError: ``target`` lies outside the text.
        """
        if not 0 <= target <= self.target_length:
            raise IndexError(f"offset {target} is outside the text (0..{self.target_length})")
        if target == self.target_length:
            return self.source_length
        i = self._segment(target)
        return min(self.source_points[i] + target - self.target_points[i], self.source_ends[i])

    def target(self, source: int) -> int:
        """Returns the canonical offset of source offset ``source``.

        A source offset that was deleted maps to where the text goes on after it.
        """
        if source >= self.source_length:
            return self.target_length
        i = max(bisect_right(self.source_points, source) - 1, 0)
        step = max(source - self.source_points[i], 0)
        if self.source_ends[i] - self.source_points[i] != self._size(i):
            step = 0 if source < self.source_ends[i] else self._size(i)
        return self.target_points[i] + min(step, self._size(i))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns the source span of the canonical span ``[start, end)``.

        The end lies just behind the last character: what was deleted after it is not included.
        A span that begins or ends inside a segment that maps as a whole takes in all of it.
        """
        if start >= end:
            at = self.source(start)
            return at, at
        i = self._segment(end - 1)
        stop = self.source_ends[i]
        if stop - self.source_points[i] == self._size(i):
            stop = self.source_points[i] + end - self.target_points[i]
        i = self._segment(start)
        begin = self.source_points[i]
        if self.source_ends[i] - begin == self._size(i):
            begin += start - self.target_points[i]
        return begin, stop

    def after(self, first: OffsetMap) -> OffsetMap:
        """Returns the composition: this map's canonical text back to ``first``'s source."""
        if first.is_identity:
            return self
        if self.is_identity:
            return first
        cuts = set(self.target_points)
        # A segment of the first map matters where it begins inside a segment of ours.
        for middle in first.target_points:
            t = self.target(middle)
            if t < self.target_length and self.source(t) == middle:
                cuts.add(t)
        points = sorted(cuts)
        segments = []
        for t, after in zip(points, [*points[1:], self.target_length], strict=True):
            a, b = self.span(t, after)
            segments.append((t, *first.span(a, b)))
        return OffsetMap(
            segments, target_length=self.target_length, source_length=first.source_length
        )

    def to_list(self) -> list[list[int]]:
        """Returns the segments as ``[[target, source, source_end], ...]`` (JSON)."""
        columns = zip(self.target_points, self.source_points, self.source_ends, strict=True)
        return [list(segment) for segment in columns]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces ``text[start:end]`` by ``new`` (``len(new) <= end - start`` as a rule)."""

    start: int
    end: int
    new: str


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, OffsetMap]:
    """Returns the edited text and its map back to ``text``.

    Args:
        text: Any string.
        edits: Sorted by ``start``, not overlapping.
    """
    if not edits:
        return text, OffsetMap.identity(len(text))
    parts: list[str] = []
    segments: list[tuple[int, int, int]] = []
    at = length = 0
    for edit in edits:
        if edit.start > at:
            segments.append((length, at, edit.start))
            parts.append(text[at : edit.start])
            length += edit.start - at
        if edit.new:
            segments.append((length, edit.start, edit.end))
            parts.append(edit.new)
            length += len(edit.new)
        at = edit.end
    if at < len(text):
        segments.append((length, at, len(text)))
        parts.append(text[at:])
        length += len(text) - at
    return "".join(parts), OffsetMap(segments, target_length=length, source_length=len(text))


def canonical(text: str) -> tuple[str, OffsetMap]:
    """Returns ``text`` as NFC with LF line ends and no invisible characters, and the map back.

    Lone surrogates become U+FFFD (they cannot be encoded again); NUL becomes a space.
    Form feeds stay: :mod:`congvan.layout` reads page breaks from them.
    """
    edits: list[Edit] = []
    # Combining marks separated from their letter by an invisible character are rare
    # enough to be left alone; so one pass of each kind, composed.
    plain = []
    for m in _UNPLAIN_RE.finditer(text):
        i = m.start()
        crlf = m.group() == "\r" and text.startswith("\n", i + 1)
        plain.append(Edit(i, i + 1 + crlf, "" if m.group() in _INVISIBLE else "\n"))
    text, first = apply_edits(text, plain)
    if re.search(r"[\ud800-\udfff\x00]", text):
        text = re.sub(r"[\ud800-\udfff]", "\ufffd", text).replace("\x00", " ")
    if unicodedata.is_normalized("NFC", text):
        return text, first
    for m in _CLUSTER_RE.finditer(text):
        new = unicodedata.normalize("NFC", m.group())
        if new == m.group():
            continue
        # A letter that is not of the plain ones begins no cluster: what stands before it stays.
        old, same, kept = m.group(), 0, 0
        while same + 1 < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        # Marks that no letter takes in stay characters of their own, each with its own place.
        while same + kept + 1 < min(len(old), len(new)):
            mark = unicodedata.normalize("NFC", old[len(old) - kept - 1])
            if mark != new[len(new) - kept - 1]:
                break
            kept += 1
        at, cut = m.end() - kept, len(new) - kept
        edits.append(Edit(m.start() + same, at, new[same:cut]))
        edits.extend(Edit(at + k, at + k + 1, c) for k, c in enumerate(new[cut:]))
    text, second = apply_edits(text, edits)
    return text, second.after(first)


# Equal-length replacements: a look-alike for each character that stands for another.
# Cyrillic and Greek capitals come from keyboards and OCR ("BТС-PTHT" with Т, С).
_LOOKALIKE = {
    **dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True)),
    **dict(zip("аеорсухіјѕ", "aeopcyxijs", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    "Ð": "Đ",
    "Ɖ": "Đ",
    "ð": "đ",
    "ɖ": "đ",
}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00af"
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
# Tabs stay: they are the borders of cells and columns.
_SLASHES = "\u2044\u2215\uff0f"
SHADOW_TABLE: dict[int, str] = {
    **{ord(a): b for a, b in _LOOKALIKE.items()},
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): " " for c in _SPACES},
    **{ord(c): "/" for c in _SLASHES},
}
_NEEDS_SHADOW_RE = re.compile("[" + re.escape("".join(map(chr, SHADOW_TABLE))) + "]")

# The mark of a footnote behind a word is none of its letters. Hit: "NĐ-CP¹", "Bộ Công an²³"; near
# miss: "500 m²".
_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_HAS_NOTE_RE = re.compile(f"[{_SUPERSCRIPT}]")
_NOTE_MARK_RE = re.compile(rf"(?<=[{LOWER}{UPPER}])(?<![mM])[{_SUPERSCRIPT}]+")

_TONES = "\u0300\u0301\u0309\u0303\u0323"


def _tone_pairs() -> dict[str, str]:
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            old = first + unicodedata.normalize("NFC", second + tone)
            new = unicodedata.normalize("NFC", first + tone) + second
            for f in (str, str.upper, str.capitalize):
                pairs[f(old)] = f(new)
    return pairs


_OLD_TONE = _tone_pairs()
_TONED = "".join(sorted({pair[1] for pair in _OLD_TONE}))
# "hoà" is the old placement of "hòa"; "hoàn" and "quý" are neither. Starts with a character
# class, so that the scan is fast; what does not fit is sorted out in the replacement.
_OLD_TONE_RE = re.compile(rf"[oOuU][{_TONED}](?![{LOWER}{UPPER}])")


def _new_tone(m: re.Match[str]) -> str:
    pair = m.group()
    if m.start() and m.string[m.start() - 1] in "qQ":
        return pair
    return _OLD_TONE.get(pair, pair)


def note_marks(text: str) -> list[tuple[int, int]]:
    """Returns the spans of the raised numbers behind words, which the shadow leaves blank."""
    if _HAS_NOTE_RE.search(text) is None:
        return []
    return [m.span() for m in _NOTE_MARK_RE.finditer(text)]


def shadow(text: str, *, notes: bool = True) -> str:
    """Returns the text for matching: same length, look-alikes and tone marks made uniform.

    Args:
        text: Canonical text.
        notes: Leaves the marks of footnotes blank; in an old encoding they are letters.

    >>> shadow("Uỷ ban, 18/2002/QÐ–BTS")
    'Ủy ban, 18/2002/QĐ-BTS'
    """
    if _NEEDS_SHADOW_RE.search(text):
        text = text.translate(SHADOW_TABLE)
    if notes and _HAS_NOTE_RE.search(text) is not None:
        text = _NOTE_MARK_RE.sub(lambda m: " " * len(m.group()), text)
    return _OLD_TONE_RE.sub(_new_tone, text)


_FOLD_D = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Returns ``text`` in lower case without tone and vowel marks, for search only.

    The length may change; never take offsets from it. Folding is idempotent.

    >>> fold("Đầu tư")
    'dau tu'
    """
    bare = unicodedata.normalize("NFD", text.translate(_FOLD_D))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.translate(_FOLD_D)).casefold()


def squeeze(text: str) -> str:
    """Returns ``text`` with every run of white space as one blank, and none at the ends."""
    return " ".join(text.split())
