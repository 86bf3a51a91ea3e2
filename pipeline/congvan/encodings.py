"""Bytes to text: UTF-8/16/32, Windows-1258 and the Vietnamese code tables before Unicode.

TCVN3 (ABC fonts), VNI and VISCII give no sign of what they are: a file of theirs is
valid Latin-1. So each candidate is tried, and the words that come out are looked up among
the common Vietnamese syllables. Without clear evidence nothing is converted: good text
must never be "repaired".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from . import lookups
from .text import Edit, OffsetMap, apply_edits, shadow


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was found.

    ``encoding`` is None where it stays unknown. ``offset_map`` leads from ``text`` to the
    string it was made from, where a string was repaired and its length changed.
    """

    text: str
    encoding: str | None
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    offset_map: OffsetMap | None = None


# --- code tables (facts: TCVN 5712:1993, RFC 1456, VNI fonts) ---------------------------

_LOWER = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3_LOWER = bytes(range(0xA8, 0xAF)) + bytes.fromhex(
    "b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedee"
    "eff1f2f3f4f5f6f7f8f9fafbfcfdfe"
)
_TCVN3_CAPITALS = dict(zip(range(0xA1, 0xA8), "ĂÂÊÔƠƯĐ", strict=True))
# Capitals with a tone exist in the standard (TCVN 5712 VN1/VN2) but not in the ABC fonts.
_TCVN3_VN2 = dict(
    zip(bytes.fromhex("afbabfc0c1c2c3c4c5cdd9dadbe0f0ff"), "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ", strict=True)
)
_TCVN3_MARKS = dict(zip(range(0xB0, 0xB5), "\u0300\u0309\u0303\u0301\u0323", strict=True))
_TCVN3_VN1 = dict(zip(range(0x80, 0xA0), "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ", strict=True)) | dict(
    zip(bytes.fromhex("010204050611121314151617"), "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True)
)
_VISCII_C0 = dict(zip(bytes.fromhex("02050614191e"), "ẲẴẪỶỸỴ", strict=True))
_VISCII = _VISCII_C0 | dict(
    zip(
        range(0x80, 0x100),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
        "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)
_VNI_SINGLE = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âáàåãä", ("", *_VNI_TONES.values()), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", *_VNI_TONES.values()), strict=True))


def _cp1252_table() -> dict[int, str]:
    # Windows punctuation at 0x80-0x9F; five codes are undefined and stay as they are.
    table = {}
    for code in range(0x80, 0xA0):
        char = bytes([code]).decode("cp1252", errors="ignore")
        if char:
            table[code] = char
    return table


@cache
def _tables() -> dict[str, dict[int, str]]:
    windows = _cp1252_table()
    lower = dict(zip(_TCVN3_LOWER, _LOWER, strict=True))
    tcvn = lower | _TCVN3_CAPITALS | _TCVN3_VN2 | _TCVN3_MARKS
    return {
        "cp1252": windows,
        "tcvn3": windows | tcvn,
        "tcvn3-vn1": tcvn | _TCVN3_VN1,
        "viscii": _VISCII,
        "unwindows": {ord(char): chr(code) for code, char in windows.items()},
    }


@cache
def _vni_pairs() -> dict[str, str]:
    pairs = dict(_VNI_SINGLE)
    for base in "aeiouyôö":
        plain = _VNI_SINGLE.get(base, base)
        for mark, tone in _VNI_TONES.items():
            pairs[base + mark] = unicodedata.normalize("NFC", plain + tone)
        for bases, sign, marks in (
            ("aeo", "\u0302", _VNI_CIRCUMFLEX),
            ("a", "\u0306", _VNI_BREVE),
        ):
            if base in bases:
                for mark, tone in marks.items():
                    pairs[base + mark] = unicodedata.normalize("NFC", base + sign + tone)
    for pair, letter in list(pairs.items()):
        if len(pair) == 2:
            # The mark follows the case of its letter, but small marks on capitals occur.
            pairs[pair[0].upper() + pair[1]] = letter.upper()
            pairs[pair.upper()] = letter.upper()
    return pairs


# A base letter and its mark, or a letter that stands alone. Hit: "aù" (á); near miss: "au".
_VNI_RE = re.compile("[aAeEoOuUyYiIôÔöÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ñôöæóòîÑÔÖÆÓÒÎ]")
# A combining mark of TCVN3 with no letter before it is another sign: "20°" written 0xB0.
_LOOSE_MARK_RE = re.compile("(?<![^\\W\\d_])[\u0300\u0309\u0303\u0301\u0323]")
_MARK_BYTES = {mark: chr(code) for code, mark in _TCVN3_MARKS.items()}
_LETTERS_RE = re.compile(r"[^\W\d_]+")


def _vni_edits(text: str) -> list[Edit]:
    pairs = _vni_pairs()
    edits = []
    for m in _VNI_RE.finditer(text):
        new = pairs.get(m.group())
        if new is None and m.group()[0] in _VNI_SINGLE:
            edits.append(Edit(m.start(), m.start() + 1, _VNI_SINGLE[m.group()[0]]))
        elif new is not None:
            edits.append(Edit(m.start(), m.end(), new))
    return edits


def _from_tcvn3(latin: str, table: str) -> str:
    text = latin.translate(_tables()[table])
    text = _LOOSE_MARK_RE.sub(lambda m: _MARK_BYTES[m.group()], text)
    return _raise_capitals(latin, text)


def _raise_capitals(latin: str, text: str) -> str:
    """Gives accented letters the case of their word.

    The ABC fonts have no accented capitals: a font for headings (.VnTimeH) shows the small
    codes as capitals, so "QUYẾT" is stored as "QUY" + small "ế" + "T".
    """
    out = []
    at = 0
    for line in re.finditer(r"[^\n]+", text):
        words = list(_LETTERS_RE.finditer(text, line.start(), line.end()))
        kinds = [_case_of(latin[w.start() : w.end()]) for w in words]
        if True not in kinds:
            continue
        # An open word ("Có" or "CÓ"?) goes with its neighbours on both sides.
        before: list[bool | None] = []
        last: bool | None = None
        for kind in kinds:
            last = kind if kind is not None else last
            before.append(last)
        last = None
        for i in range(len(words) - 1, -1, -1):
            last = kinds[i] if kinds[i] is not None else last
            sides = {before[i], last} - {None}
            if kinds[i] or (kinds[i] is None and sides == {True}):
                before[i] = True
            else:
                before[i] = False
        for word, capital in zip(words, before, strict=True):
            if capital and not word.group().isupper():
                out.append(text[at : word.start()])
                out.append(word.group().upper())
                at = word.end()
    return "".join(out) + text[at:] if out else text


def _case_of(latin_word: str) -> bool | None:
    """Returns True for a word in capitals, False for a small one, None where it is open."""
    capitals = sum("A" <= c <= "Z" or "\xa1" <= c <= "\xa7" for c in latin_word)
    if any("a" <= c <= "z" for c in latin_word):
        return False
    return True if capitals >= 2 else None


def _from_cp1258(latin: str) -> str:
    return latin.encode("latin-1").decode("cp1258", errors="replace")


def _from_vni(latin: str) -> str:
    text = apply_edits(latin, _vni_edits(latin))[0]
    return text.translate(_tables()["cp1252"])


_CANDIDATES: dict[str, Callable[[str], str]] = {
    "cp1258": _from_cp1258,
    "tcvn3": lambda latin: _from_tcvn3(latin, "tcvn3"),
    "vni": _from_vni,
    "viscii": lambda latin: latin.translate(_tables()["viscii"]),
    "tcvn3-vn1": lambda latin: _from_tcvn3(latin, "tcvn3-vn1"),
    "cp1252": lambda latin: latin.translate(_tables()["cp1252"]),
}

# --- evidence -------------------------------------------------------------------------

_WORDS = 2000  # words with marks that are looked at; more do not change the answer
_CHUNK = 65536
_HIGH_RE = re.compile(r"[^\x00-\x7f]")
_PUNCTUATION = "“”‘’‚„–—…\u00a0"
# Signs that end a word, but are letters of the old tables inside one ("c«ng", "b»ng").
_SIGNS = "«»•·§°²³€"
_SPLIT_RE = re.compile(rf"[\s!-/:-@\[-`{{-~0-9{_PUNCTUATION}]+")
# Letters that only Vietnamese Unicode text has; their presence means: do not touch.
_UNICODE_VIETNAMESE_RE = re.compile("[\u1ea0-\u1ef9ơƠưƯ]")


@cache
def _syllables() -> frozenset[str]:
    return frozenset(
        s for row in lookups.rows("syllables") for s in lookups.values(row["syllables"])
    )


def _sample(text: str) -> str:
    """Returns the first words that hold a character above ASCII, joined by blanks."""
    found: list[str] = []
    at = 0
    for _ in range(64):
        hit = _HIGH_RE.search(text, at)
        if hit is None:
            break
        start = max(at, hit.start() - 20)
        at = start + _CHUNK
        found.extend(w for w in text[start:at].split() if not w.isascii() and len(w) < 200)
        if len(found) >= _WORDS:
            break
    return " ".join(found[:_WORDS])


def _marked_words(text: str) -> Iterator[str]:
    for word in _SPLIT_RE.split(text):
        if not word.isascii() and (word := word.strip(_SIGNS)) and not word.isascii():
            yield word


def evidence(text: str) -> tuple[int, int]:
    """Returns how many words with marks are common Vietnamese syllables, and how many not.

    >>> evidence("Quyết định")
    (2, 0)
    """
    known = _syllables()
    good = bad = 0
    for word in _marked_words(shadow(unicodedata.normalize("NFC", text), notes=False).lower()):
        if word in known:
            good += 1
        else:
            bad += 1
    return good, bad


def _share(good: int, bad: int) -> float:
    return good / (good + bad) if good + bad else 0.0


def _best(latin: str, names: tuple[str, ...]) -> tuple[str, int, float, float]:
    """Returns the best candidate, its known words, its share of them, and the next best share."""
    sample = _sample(latin)
    scored: list[tuple[float, int, int, str]] = []
    for name in names:
        good, bad = evidence(_CANDIDATES[name](sample))
        scored.append((_share(good, bad), good, -len(scored), name))
    scored.sort(reverse=True)
    share, good, _, name = scored[0]
    # The two readings of TCVN3 are no rivals of each other.
    rivals = [s[0] for s in scored[1:] if s[3].split("-")[0] != name.split("-")[0]]
    return name, good, share, max(rivals, default=0.0)


# --- bytes ----------------------------------------------------------------------------

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# A letter of Vietnamese in UTF-8 has three bytes, which legacy text hardly ever shows.
_UTF8_VIETNAMESE_RE = re.compile(rb"\xe1[\xba\xbb][\x80-\xbf]")
_UTF8_BROKEN_SHARE = 0.001


def decode(data: bytes) -> Decoded:
    """Returns ``data`` as text: BOM, UTF-8, UTF-16 by its NULs, then the legacy tables.

    The text is not normalised (Windows-1258 writes tones as combining marks).
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data[len(bom) :], encoding)
    wide = _utf16_by_nuls(data)
    if wide:
        return _decode_marked(data, wide)
    try:
        return repair(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    broken = _broken_utf8(data)
    if broken is not None:
        return broken
    return _decode_legacy(data)


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        note = f"some bytes are no valid {encoding}: they read as \ufffd"
        return Decoded(text, encoding, warnings=(note,))
    found = repair(text)
    return Decoded(
        found.text,
        encoding if found.encoding == "utf-8" else found.encoding,
        found.repairs,
        offset_map=found.offset_map,
    )


def _utf16_by_nuls(data: bytes) -> str | None:
    head = data[:4096]
    half = len(head) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Blanks, digits and plain letters have a zero high byte; Vietnamese ones have not.
    if odd > 0.2 * half and even <= 0.02 * half:
        return "utf-16-le"
    if even > 0.2 * half and odd <= 0.02 * half:
        return "utf-16-be"
    return None


def _broken_utf8(data: bytes) -> Decoded | None:
    """Returns the text of a UTF-8 file with a few broken bytes, None if it is no such file."""
    letters = len(_UTF8_VIETNAMESE_RE.findall(data[: 1 << 20]))
    if letters < 3:
        return None
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost > max(3, _UTF8_BROKEN_SHARE * len(text)):
        return None
    note = f"{lost} broken byte(s) in this UTF-8 file read as \ufffd"
    return Decoded(text, "utf-8", warnings=(note,))


def _decode_legacy(data: bytes) -> Decoded:
    latin = data.decode("latin-1")
    name, good, share, rival = _best(latin, tuple(_CANDIDATES))
    if name != "cp1252" and good >= 1 and share >= 0.5 and share > rival:
        encoding = name.split("-")[0]
        warnings: tuple[str, ...] = ()
        if good < 5 or share - rival < 0.15:
            warnings = (f"the encoding was guessed from little text: {encoding}",)
        return Decoded(_CANDIDATES[name](latin), encoding, warnings=warnings)
    note = "the encoding is unknown: read as windows-1252, letters may be wrong"
    return Decoded(latin.translate(_tables()["cp1252"]), None, warnings=(note,))


# --- strings --------------------------------------------------------------------------

_MIN_WORDS = 5
_NAMES = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viscii": "VISCII",
    "utf-8": "UTF-8",
}


def legacy_of(text: str) -> str | None:
    """Returns the legacy table that ``text`` (bytes read as Latin-1) is written in, or None.

    Strict: good Unicode text, text of other languages and short text give None.
    """
    if text.isascii() or _UNICODE_VIETNAMESE_RE.search(text):
        return None
    sample = _sample(text)
    latin = sample.translate(_tables()["unwindows"])
    latin = _HIGH_RE.sub(lambda m: m.group() if m.group() <= "\xff" else " ", latin)
    good, bad = evidence(sample)
    before = _share(good, bad)
    name, good, share, rival = _best(latin, ("tcvn3", "vni", "viscii", "tcvn3-vn1"))
    if good < _MIN_WORDS or share < 0.7 or share - max(before, rival) < 0.3:
        return None
    return name


def convert(text: str, name: str) -> tuple[str, OffsetMap | None]:
    """Returns ``text`` (bytes read as Latin-1) by the table ``name`` of :func:`legacy_of`.

    The map leads back to ``text``; None where every offset stays.
    """
    latin = text.translate(_tables()["unwindows"]) if name in ("viscii", "tcvn3-vn1") else text
    if name == "vni":
        return apply_edits(latin, _vni_edits(latin))
    return _CANDIDATES[name](latin), None


def repair(text: str) -> Decoded:
    """Returns ``text`` with legacy bytes that somebody read as Latin-1 made Unicode again."""
    if text.isascii() or _UNICODE_VIETNAMESE_RE.search(text):
        return Decoded(text, "utf-8")
    found = _utf8_mojibake(text)
    if found is not None:
        return found
    name = legacy_of(text)
    if name is None:
        return Decoded(text, "utf-8")
    out, offset_map = convert(text, name)
    encoding = name.split("-")[0]
    note = f"{_NAMES[encoding]} text that had been read as Latin-1 was turned into Unicode"
    return Decoded(out, encoding, repairs=(note,), offset_map=offset_map)


# "Quyáº¿t": the bytes of UTF-8 shown as windows-1252. Near miss: "á, º" apart.
_MOJIBAKE_RE = re.compile("á[º»][\x80-\xbf\u0152-\u2122]|Æ[°¡]|Ä[\x90\x91\u2018]|Ã[\x80-\xbf]")
_MOJIBAKE_RUN_RE = re.compile("[\x80-\xff\u0152-\u02dc\u2013-\u2122]{2,12}")


def _utf8_mojibake(text: str) -> Decoded | None:
    if len(_MOJIBAKE_RE.findall(text[: 1 << 20])) < 3:
        return None
    back = _tables()["unwindows"]
    edits = []
    for m in _MOJIBAKE_RUN_RE.finditer(text):
        try:
            new = m.group().translate(back).encode("latin-1").decode("utf-8")
        except UnicodeError:
            continue
        edits.append(Edit(m.start(), m.end(), new))
    out, offset_map = apply_edits(text, edits)
    before, after = evidence(_sample(text)), evidence(_sample(out))
    if after[0] < 3 or _share(*after) < _share(*before) + 0.3:
        return None
    note = "UTF-8 text that had been read as windows-1252 was turned back"
    return Decoded(out, "utf-8", repairs=(note,), offset_map=offset_map)
