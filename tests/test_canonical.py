"""Canonical text, the way back to the file, the shadow, and folding: tables; properties stand elsewhere."""

from __future__ import annotations

import re

import pytest

from congvan.text import (
    LOWER,
    UPPER,
    Edit,
    OffsetMap,
    apply_edits,
    canonical,
    fold,
    shadow,
    squeeze,
)

# fmt: off
CANONICAL: dict[str, tuple[str, str]] = {
    "as it is":              ("Đất đai\n",            "Đất đai\n"),
    "nothing":               ("",                     ""),
    "decomposed":            ("e\u0302\u0301",        "ế"),
    "half composed":         ("ê\u0301",              "ế"),
    "marks in the other order": ("a\u0323\u0302",     "ậ"),
    "decomposed word":       ("Vie\u0323\u0302t",     "Việt"),
    "Windows lines":         ("a\r\nb\r\n",           "a\nb\n"),
    "old Mac lines":         ("a\rb\r",               "a\nb\n"),
    "mixed lines":           ("a\r\n\rb",             "a\n\nb"),
    "other line ends":       ("a\u2028b\u2029c\x85d\x0be", "a\nb\nc\nd\ne"),
    "form feed stays":       ("a\fb",                 "a\fb"),
    "tab stays":             ("a\tb",                 "a\tb"),
    "no-break space stays":  ("a\u00a0b",             "a\u00a0b"),
    "BOM":                   ("\ufeffa",              "a"),
    "zero-width space":      ("a\u200bb",             "ab"),
    "soft hyphen":           ("quy\u00adết",          "quyết"),
    "joiners":               ("a\u200d\u200c\u2060b", "ab"),
    "lone surrogate":        ("a\ud800b",             "a\ufffdb"),
    "NUL":                   ("a\x00b",               "a b"),
    "Angstrom":              ("\u212b",               "Å"),
    "Hangul":                ("\u1112\u1161\u11ab",   "한"),
    "eth is kept":           ("QÐ",                   "QÐ"),
    "dashes are kept":       ("QĐ–UBND",              "QĐ–UBND"),
    "ligature is kept":      ("ﬁ",                    "ﬁ"),
}
SHADOW: dict[str, tuple[str, str]] = {
    "eth":                 ("18/2002/QÐ-BTS",     "18/2002/QĐ-BTS"),
    "African D":           ("QƉ, qɖ, qð",         "QĐ, qđ, qđ"),
    "Cyrillic":            ("TТ-ВTC, СТ, ХІІ",    "TT-BTC, CT, XII"),
    "Greek":               ("ΤΤ-ΒΤC",             "TT-BTC"),
    "dashes":              ("a–b—c‑d−e‐f",        "a-b-c-d-e-f"),
    "spaces":              ("số\u00a01\u20092\u30003", "số 1 2 3"),
    "slashes":             ("1⁄2∕3／4",           "1/2/3/4"),
    "tabs stay":           ("a\tb",               "a\tb"),
    "new tone marks":      ("hoà, hoá, khoẻ, thuỷ, uỷ", "hòa, hóa, khỏe, thủy, ủy"),
    "tone marks, capitals": ("HOÀ, Hoà, UỶ BAN, Uỷ ban, THUỶ", "HÒA, Hòa, ỦY BAN, Ủy ban, THỦY"),
    "old tone marks":      ("hòa, khóa, ủy",      "hòa, khóa, ủy"),
    "closed syllables":    ("hoàn, toán, hoạt, khuỷu", "hoàn, toán, hoạt, khuỷu"),
    "after q":             ("quý, quỹ, quỳ, QUÝ, Quý", "quý, quỹ, quỳ, QUÝ, Quý"),
    "a syllable before a sign": ("khoá, hoá.",    "khóa, hóa."),
    "Russian words too":   ("вода",               "вoдa"),
}
FOLDED: dict[str, tuple[str, str]] = {
    "marks":               ("Đầu tư",             "dau tu"),
    "capitals":            ("LẠNG SƠN",           "lang son"),
    "decomposed":          ("La\u0323ng So\u031bn", "lang son"),
    "digits and signs":    ("QĐ-UBND 15/2024",    "qd-ubnd 15/2024"),
    "both tone placements": ("hoà hòa",           "hoa hoa"),
    "nothing":             ("",                   ""),
}
# fmt: on


@pytest.mark.parametrize(("text", "want"), CANONICAL.values(), ids=CANONICAL)
def test_canonical(text: str, want: str) -> None:
    out, offsets = canonical(text)
    assert out == want
    assert (offsets.target_length, offsets.source_length) == (len(want), len(text))
    if text == want:
        assert offsets.is_identity


@pytest.mark.parametrize(("text", "want"), SHADOW.values(), ids=SHADOW)
def test_shadow(text: str, want: str) -> None:
    assert shadow(text) == want
    assert len(want) == len(text)


@pytest.mark.parametrize(("text", "want"), FOLDED.values(), ids=FOLDED)
def test_fold(text: str, want: str) -> None:
    assert fold(text) == want


def test_squeeze() -> None:
    assert squeeze("  a \n\t b\u00a0c  ") == "a b c"
    assert squeeze(" \n ") == ""


def test_letter_classes_are_vietnamese() -> None:
    assert set(LOWER.upper()) == set(UPPER)
    lower, upper = re.compile(f"[{LOWER}]"), re.compile(f"[{UPPER}]")
    vowels = "aăâeêioôơuưy"
    letters = {canonical(v + t)[0] for v in vowels for t in ["", *"\u0300\u0301\u0309\u0303\u0323"]}
    assert len(letters) == 72
    for c in letters | {"đ"}:
        assert lower.fullmatch(c)
        assert not upper.fullmatch(c)
        assert upper.fullmatch(c.upper())
        assert not lower.fullmatch(c.upper())
    assert not upper.search("à ỹ é 1 - Æ")


# ---------------------------------------------------------------- the way back

# fmt: off
# text, span in the canonical text, what stands there in the source
BACK: dict[str, tuple[str, str, str]] = {
    "decomposed word":        ("Luật Vie\u0323\u0302t Nam", "Việt", "Vie\u0323\u0302t"),
    "behind it":              ("Luật Vie\u0323\u0302t Nam", "Nam", "Nam"),
    "decomposed at the end":  ("quy che\u0302\u0301",  "quy chế", "quy che\u0302\u0301"),
    "one letter at the end":  ("che\u0302\u0301",      "ế",       "e\u0302\u0301"),
    "one letter in front":    ("e\u0302\u0301 a",      "ế",       "e\u0302\u0301"),
    "Windows lines":          ("a\r\nBốn\r\nc",        "Bốn",     "Bốn"),
    "over a line end":        ("a\r\nb",               "a\nb",    "a\r\nb"),
    "behind a BOM":           ("\ufeffSố 1",           "Số",      "Số"),
    "a soft hyphen inside":   ("quy\u00adết",          "quyết",   "quy\u00adết"),
    "a zero-width space beside": ("Một \u200bHai\u200b Ba", "Hai", "Hai"),
    "everything at once":     ("\ufeffa\r\nQuy\u00ad che\u0302\u0301\r\nb", "Quy chế", "Quy\u00ad che\u0302\u0301"),
}
# fmt: on


@pytest.mark.parametrize(("text", "words", "source"), BACK.values(), ids=BACK)
def test_a_span_leads_back(text: str, words: str, source: str) -> None:
    out, offsets = canonical(text)
    at = out.index(words)
    start, end = offsets.span(at, at + len(words))
    assert text[start:end] == source
    assert offsets.target(start) == at


def test_an_offset_outside_the_text_is_an_error() -> None:
    _, offsets = canonical("a\r\nb")
    assert offsets.source(3) == 4
    for bad in (-1, 4, 99):
        with pytest.raises(IndexError, match=f"offset {bad} is outside the text"):
            offsets.source(bad)


def test_an_empty_span_stays_empty() -> None:
    _, offsets = canonical("a\r\nb")
    assert offsets.span(2, 2) == (3, 3)
    assert offsets.target(99) == 3


def test_maps_compose() -> None:
    source = "một\r\nhai\r\n\r\nba"
    middle, first = canonical(source)
    at = middle.index("\n\n")
    out, second = apply_edits(middle, [Edit(at, at + 2, " ")])
    assert out == "một\nhai ba"
    both = second.after(first)
    for i, c in enumerate(out):
        if c.isalpha():
            assert source[both.source(i)] == c
    assert source[slice(*both.span(4, len(out)))] == "hai\r\n\r\nba"
    assert OffsetMap.identity(len(source)).after(first) == first
    assert second.after(OffsetMap.identity(len(middle))) == second


def test_maps_are_values() -> None:
    a, b = canonical("a\r\nb")[1], canonical("c\r\nd")[1]
    assert a == b
    assert hash(a) == hash(b)
    assert a != canonical("ab\r\n")[1]
    assert a != "map"
    assert "3 <- 4" in repr(a)
    assert OffsetMap(a.to_list(), target_length=3, source_length=4) == a
    assert OffsetMap([], target_length=0, source_length=0) == OffsetMap.identity(0)


def test_edits() -> None:
    assert apply_edits("abc", [])[0] == "abc"
    out, offsets = apply_edits("abcdef", [Edit(1, 3, "X"), Edit(4, 5, "")])
    assert out == "aXdf"
    assert [offsets.source(i) for i in range(5)] == [0, 1, 3, 5, 6]
    assert apply_edits("abc", [Edit(0, 3, "")])[0] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30/2020/NĐ-CP¹ của Bộ Công an²³.", "30/2020/NĐ-CP  của Bộ Công an  ."),
        ("500 m² và 3 km²", "500 m² và 3 km²"),
        ("năm 2020¹", "năm 2020¹"),  # a power as well as a note: left alone
    ],
)
def test_the_mark_of_a_footnote_is_no_letter(text: str, expected: str) -> None:
    assert shadow(text) == expected
