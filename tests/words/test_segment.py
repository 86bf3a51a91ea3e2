"""Words: tables for each segmenter, what holds for every text, every row of the word list."""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import congvan
from congvan.lookups import rows
from congvan.text import canonical
from congvan.words import KEEP, SEGMENTERS, Word, lexicon, words
from congvan.words import toolkits as tools
from congvan.words.evaluate import lay, read_sentences
from congvan.words.grains import grains
from congvan.words.segment import check_options

SENTENCES = Path(__file__).parents[2] / "data" / "words" / "sentences.txt"
TOOLKITS = ("pyvi", "underthesea", "vote")


def cut(text: str, **options: Any) -> list[str]:
    return [w.text for w in words(text, **options)]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# ---------------------------------------------------------------- tables

# Words parted by " | "; what both toolkits and their vote must say once mended.
MENDED = """\
Giao | Sở Tài chính | rà soát | phương án | giải ngân | theo | Quyết định | số | 1804/QĐ-TTg | ngày | 13/11/2020 | .
Ủy ban nhân dân tỉnh | yêu cầu | các | đơn vị | báo cáo | trước | ngày | 20/9/2022 | .
Bà | Lã Thị Kim Oanh | ở | xã | Yên Khoái | nộp | đơn | khiếu nại | .
Tỷ lệ | giải ngân | đạt | 61,5% | kế hoạch | vốn | .
Công văn | công ty | gửi | hôm qua | chưa | có | chữ ký | .
Công ty cổ phần | cấp | nước | xin | gia hạn | hợp đồng | .
Viện kiểm sát | trả | hồ sơ | vì | thiếu | bản án | sơ thẩm | .
UBND các huyện, thành phố | tổng hợp | , | gửi | thư điện tử | tới | ubnd@example.vn
Dân | trong | xã | làm | nhà văn hóa | .
“ | Thống nhất | ” | chủ trương | ; | đồng ý | .
phó chủ tịch | điều hành | phiên | họp
Trưởng phòng | Trần Văn Bình | ký | biên bản | nghiệm thu""".splitlines()


@pytest.mark.parametrize("segmenter", TOOLKITS)
@pytest.mark.parametrize("line", MENDED, ids=lambda line: line[:20])
def test_mended(line: str, segmenter: str) -> None:
    text = re.sub(r"(?<=[“]) | (?=[.,;”])", "", line.replace(" | ", " "))
    assert cut(text, segmenter=segmenter) == line.split(" | ")


# fmt: off
SHIPPED = [  # what the toolkits say by themselves, on bare syllables
    ("pyvi",        "Giao Sở Tài chính rà soát",        "Giao Sở | Tài chính | rà soát"),
    ("pyvi",        "Công văn công ty gửi",             "Công văn công ty | gửi"),
    ("pyvi",        "Lã Thị Kim Oanh ở xã Yên Khoái",   "Lã | Thị | Kim Oanh | ở | xã | Yên Khoái"),
    ("pyvi",        "theo 1804/QĐ-TTg",                 "theo | 1804 | / | QĐ | - | TTg"),
    ("underthesea", "Giao Sở Tài chính rà soát",        "Giao | Sở | Tài chính | rà soát"),
    ("underthesea", "Ủy ban nhân dân tỉnh",             "Ủy | ban nhân dân | tỉnh"),
    ("underthesea", "một nhà văn hóa mới",              "một | nhà văn | hóa | mới"),
    ("underthesea", "theo 1804/QĐ-TTg",                 "theo | 1804 | / | QĐ | - | TTg"),
]
SYLLABLES = [
    ("Ủy ban nhân dân tỉnh yêu cầu",   "Ủy ban nhân dân tỉnh | yêu | cầu"),
    ("Lã Thị Kim Oanh nộp đơn",        "Lã | Thị | Kim | Oanh | nộp | đơn"),
    ("nhà văn hóa, trạm y tế",         "nhà | văn | hóa | , | trạm | y | tế"),
    ("theo 62-NQ/TU, đạt 61 %",        "theo | 62-NQ/TU | , | đạt | 61 %"),
]
KEPT = [
    (("numbers", "agencies"), "Sở Y tế | sửa | 15/QĐ-UBND"),
    (("agencies",),           "Sở Y tế | sửa | 15 | / | QĐ | - | UBND"),
    (("numbers",),            "Sở | Y | tế | sửa | 15/QĐ-UBND"),
    ((),                      "Sở | Y | tế | sửa | 15 | / | QĐ | - | UBND"),
]
# fmt: on


@pytest.mark.parametrize(("segmenter", "text", "expected"), SHIPPED)
def test_without_mending(segmenter: str, text: str, expected: str) -> None:
    assert cut(text, segmenter=segmenter, mend=False, keep=()) == expected.split(" | ")


@pytest.mark.parametrize("mend", [True, False])
@pytest.mark.parametrize(("text", "expected"), SYLLABLES)
def test_syllables(text: str, expected: str, mend: bool) -> None:
    assert cut(text, segmenter="syllable", mend=mend) == expected.split(" | ")


@pytest.mark.parametrize(("keep", "expected"), KEPT)
def test_keep(keep: Sequence[str], expected: str) -> None:
    assert cut("Sở Y tế sửa 15/QĐ-UBND", segmenter="syllable", keep=keep) == expected.split(" | ")


@pytest.mark.parametrize(
    ("first", "second", "listed", "joined"),
    [
        (True, True, False, True),
        (False, False, True, False),
        (True, False, True, True),
        (False, True, True, True),
        (True, False, False, False),
        (False, True, False, False),
    ],
)
def test_vote(
    first: bool, second: bool, listed: bool, joined: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "pyvi", lambda line, parts: [False, first])
    monkeypatch.setattr(tools, "underthesea", lambda line, parts: [False, second])
    monkeypatch.setattr("congvan.words.toolkits.known", lambda word: listed and word == "quy định")
    assert tools.vote("Quy định", [(0, 3), (4, 8)]) == [False, joined]


def test_a_line_ends_every_word() -> None:
    for end in ("\n", "\r\n", "\r", "\x85", "\u2028", "\n\n"):
        assert cut(f"giải{end}ngân") == ["giải", "ngân"]
    assert cut("giải ngân") == ["giải ngân"]


def test_a_word_knows_its_place() -> None:
    first, second = words("rà soát vốn")
    assert (first, second) == (Word(0, 7, "rà soát"), Word(8, 11, "vốn"))
    assert repr(first) == "Word('rà soát')"


@pytest.mark.parametrize("segmenter", SEGMENTERS)
def test_spelling_of_the_text_does_not_matter(segmenter: str) -> None:
    """NFD, look-alikes of a line end, what prints nothing: the same words at other offsets."""
    text = "Giao Sở Y tế rà soát việc giải ngân,\nbáo cáo Ủy ban nhân dân tỉnh."
    expected = cut(text, segmenter=segmenter)
    for other in (
        nfd(text),
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        text.replace("giải", "gi\u200bải"),
    ):
        assert other != text
        got = [canonical(w)[0] for w in cut(other, segmenter=segmenter)]
        assert got == expected


# ---------------------------------------------------------------- what stays whole


NAMES = [
    "Sở Văn hóa, Thể thao và Du lịch",
    "UBND các huyện, thành phố",
    "Ban Thường vụ Tỉnh ủy",
    "Bộ Chỉ huy Quân sự tỉnh",
    "82/2018/NĐ-CP",
    "62-NQ/TU",
    "31 – HD/BTCTW",
    "13/11/2020",
    "1.234.567,5",
    "61 %",
    "https://a.example/b?c=1",
]


@pytest.mark.parametrize("segmenter", SEGMENTERS)
@pytest.mark.parametrize("name", NAMES)
def test_names_and_numbers_are_one_word(name: str, segmenter: str) -> None:
    for text in (name, f"giao {name} rà soát", f"({name}); {name}, {name}."):
        for form in (text, nfd(text)):
            got = [canonical(w)[0] for w in cut(form, segmenter=segmenter)]
            assert got.count(name) == text.count(name)


def test_a_name_is_one_word_in_a_long_line() -> None:
    name = "Sở Văn hóa, Thể thao và Du lịch"
    text = "rà soát việc thu chi " * 70 + name + " và rà soát việc thu chi" * 70
    assert name in cut(text)


# fmt: off
WHOLE = [
    # text                      whole                  expected
    ("rà soát giải ngân vốn",   [(3, 12)],             "rà | soát giải | ngân | vốn"),
    ("rà soát giải ngân vốn",   [(8, 21)],             "rà soát | giải ngân vốn"),
    ("rà soát giải ngân vốn",   [(0, 7), (8, 17)],     "rà soát | giải ngân | vốn"),
    ("rà soát giải ngân vốn",   [(4, 6)],              "rà | s | oá | t | giải ngân | vốn"),
    # in the place of the agencies that would be found
    ("UBND tỉnh rà soát",       [],                    "UBND | tỉnh | rà soát"),
    ("UBND tỉnh rà soát",       [(5, 12)],             "UBND | tỉnh rà | soát"),
    ("UBND tỉnh rà soát",       None,                  "UBND tỉnh | rà soát"),
]
CUTS = [
    ("giải ngân",               [5],                   "giải | ngân"),
    ("giải ngân",               [0, 9],                "giải ngân"),
    ("giải ngân",               [7, 2],                "gi | ải | ng | ân"),
    ("theo 1804/QĐ-TTg",        [10],                  "theo | 1804/ | QĐ-TTg"),
    ("giải ngân\nrà soát",      [13, 5],               "giải | ngân | rà | soát"),
]
# fmt: on


@pytest.mark.parametrize(("text", "whole", "expected"), WHOLE)
def test_whole(text: str, whole: list[tuple[int, int]] | None, expected: str) -> None:
    assert cut(text, whole=whole) == expected.split(" | ")


@pytest.mark.parametrize(("text", "cuts", "expected"), CUTS)
def test_cuts(text: str, cuts: list[int], expected: str) -> None:
    assert cut(text, cuts=cuts) == expected.split(" | ")


@pytest.mark.parametrize("segmenter", SEGMENTERS)
def test_whole_and_cuts_count_characters_of_the_given_text(segmenter: str) -> None:
    text = nfd("Về việc giải ngân, tái định cư.")
    first, second = text.index(nfd("ngân")), text.index(nfd("tái"))
    end = second + len(nfd("tái định cư"))
    found = words(text, segmenter=segmenter, whole=[(second, end)], cuts=[first])
    assert Word(second, end, nfd("tái định cư")) in found
    assert [w.text for w in found][2:4] == [nfd("giải"), nfd("ngân")]


@pytest.mark.parametrize(("text", "cuts"), [("giải ngân", [4]), ("giải  ngân", [5])])
def test_no_word_crosses_a_cut_behind_a_syllable(text: str, cuts: list[int]) -> None:
    assert cut(text, cuts=cuts) == ["giải", "ngân"]


@pytest.mark.parametrize("at", [2, 3])
def test_a_cut_in_a_name_leaves_no_blank_in_a_word(at: int) -> None:
    assert cut("Sở Y tế", cuts=[at]) == ["Sở", "Y tế"]


# ---------------------------------------------------------------- laws

# What prints nothing is left out between words, as blanks are.
GONE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00"))

NAUGHTY = {
    "empty": "",
    "NFD": nfd("Ủy ban nhân dân tỉnh giải ngân 61,5 %"),
    "CRLF": "Sở Y tế\r\nrà soát\r\n\r\n",
    "CR": "rà\rsoát\r",
    "BOM": "\ufeffgiải ngân\ufeff",
    "zero width": "gi\u200bải \u200b ngân \u200d",
    "soft hyphen": "giải\u00ad ngân 15/QĐ\u00ad-UBND",
    "NBSP": "Sở\xa0Y\xa0tế\xa0giải\xa0ngân\xa061\xa0%",
    "emoji": "rà soát 👩‍👩‍👧 giải ngân 🏛️",
    "U+0085": "giải ngân\x85rà\x85soát",
    "U+2028": "giải ngân\u2028rà\u2029soát",
    "line tabulation": "giải\x0bngân\x0crà soát\x1c\x1d\x1e\x1f",
    "Ð": "Quyết định 15/QÐ-UBND của Ðảng ủy, Ɖ ð",
    "marks alone": "\u0301 giải \u0323\u0302 ngân\u0301\u0301",
    "one mark": "\u0301",
    "underscores": "giải_ngân _ rà__soát _vốn_",
    "long line": "ă" * 20_000,
    "long line of signs": "." * 20_000,
    "long line of blanks": " " * 20_000,
    "long line of syllables": "rà soát " * 2_500,
    "control characters": "".join(map(chr, [*range(32), 127, *range(128, 160)])) + "giải\x01ngân",
    "private use": "\ue000 giải\uf8ff \U0010fffd",
    "digits of others": "①② ² 𝟛 ٣ ½",
    "ligatures": "ﬁ İ ß ŉ ǰ",
    "Hangul": "\u1100\u1161\u11a8, 각",
    "right to left": "\u202egiải\u202c ngân",
}


def check(text: str, **options: Any) -> None:
    """In order, apart, exact; nothing between them but blanks and what prints nothing."""
    at = 0
    for word in words(text, **options):
        assert at <= word.start < word.end <= len(text)
        assert word.text == text[word.start : word.end]
        assert not text[at : word.start].translate(GONE).strip()
        assert word.text.strip() == word.text
        at = word.end
    assert not text[at:].translate(GONE).strip()


pieces = st.sampled_from(
    "Sở Y tế |giao |giải |ngân |rà soát |UBND các huyện, thành phố|Lã Thị Kim Oanh|1804/QĐ-TTg|62-NQ/TU"
    "|13/11/2020|61,5 %|công văn công ty |Ð|\u0301|a\u0323\u0302|_| |\t|\n|\r\n|\xa0|\u200b|\ufeff|.|, |-|/|TP. "
    "|\x85|\u2028|👩‍👧|²|\x00|nha\u0300 văn hóa ".split("|")
)
texts = st.one_of(st.text(max_size=80), st.lists(pieces, max_size=30).map("".join))


@pytest.mark.parametrize("keep", [KEEP, ()], ids=["kept", "bare"])
@pytest.mark.parametrize("segmenter", SEGMENTERS)
@pytest.mark.parametrize("name", NAUGHTY)
def test_naughty_strings(name: str, segmenter: str, keep: Sequence[str]) -> None:
    check(NAUGHTY[name], segmenter=segmenter, keep=keep)


@pytest.mark.parametrize("segmenter", SEGMENTERS)
@given(texts, st.booleans(), st.sampled_from([KEEP, ("numbers",), ("agencies",), ()]))
def test_words_cover_any_text(segmenter: str, text: str, mend: bool, keep: tuple[str, ...]) -> None:
    check(text, segmenter=segmenter, mend=mend, keep=keep)


@given(texts)
def test_words_are_the_same_twice(text: str) -> None:
    assert words(text) == words(text)


@pytest.mark.parametrize(
    "text", ["\u0958", "a\u0958b", "\u0344", "\ufb1d", "a\u0301\u0323"], ids=ascii
)
def test_words_of_one_stretch_are_apart(text: str) -> None:
    """Letters that NFC takes apart, and a letter with more marks than it takes in."""
    check(text)


@pytest.mark.parametrize("text", ["giá ạ\u0302m", "(ẹ\u0302", "각 \uac00\u11a8"], ids=ascii)
def test_half_composed_letters_take_in_nothing_before_them(text: str) -> None:
    check(text)
    assert len(words(text)) == 2


@pytest.mark.parametrize(
    "text", ["\u212b", "\u2126", "a\ud800", "x\u0301\u0323", "Sở\x00Y tế"], ids=ascii
)
def test_letters_that_change_in_place(text: str) -> None:
    assert [w.text for w in words(text)] == [text[w.start : w.end] for w in words(text)]


@given(texts, st.lists(st.integers(0, 80), max_size=6))
@example("giải ngân", [4])
def test_no_word_crosses_a_cut(text: str, cuts: list[int]) -> None:
    for word in words(text, whole=[], cuts=cuts):
        assert not [c for c in cuts if word.start < c < word.end]


@given(st.lists(pieces, max_size=20).map("".join), st.data())
def test_no_word_crosses_a_cut_at_a_syllable(text: str, data: st.DataObject) -> None:
    """The cuts that hold today: where a grain begins, or inside one."""
    assume(canonical(text)[0] == text)
    places = [i for a, b in grains(text) for i in range(a, b)]
    cuts = data.draw(st.lists(st.sampled_from(places or [0]), max_size=6))
    for word in words(text, whole=[], cuts=cuts):
        assert not [c for c in cuts if word.start < c < word.end]


# ---------------------------------------------------------------- toolkits

PLAIN = [
    "Học sinh vùng cao được nghỉ học vì rét đậm.",
    "Công văn công ty gửi hôm qua chưa có chữ ký.",
    "Giao Sở Tài chính, Sở Nội vụ và Công an tỉnh rà soát.",
    "Bà Lã Thị Kim Oanh (xã Yên Khoái) nộp đơn; ông Trần Văn Bình nhận.",
    "ỦY BAN NHÂN DÂN TỈNH BẮC SƠN THÔNG BÁO",
    "Năm 2020 có 15 xã và 3 phường sáp nhập",
    "Hội đồng nhân dân bầu Phó Chủ tịch Ủy ban nhân dân.",
    "học sinh học sinh học",
    "một",
]


def plain_sentences() -> list[str]:
    """Returns ours and those of the corpus, but decimals: pyvi has a rule of its own for them."""
    corpus = [s.text for s in read_sentences(SENTENCES)]
    return [*PLAIN, *(t for t in corpus if not re.search(r"\d[.,]\d", t))]


def test_pyvi_is_pyvi() -> None:
    from pyvi.ViTokenizer import ViTokenizer

    texts = plain_sentences()
    assert len(texts) > 90
    for text in texts:
        expected = lay(text, ViTokenizer.tokenize(text).split(" "))
        found = words(text, segmenter="pyvi", mend=False, keep=())
        assert [(w.start, w.end) for w in found] == expected, text


def test_underthesea_is_underthesea() -> None:
    from underthesea.pipeline.word_tokenize import word_tokenize

    for text in PLAIN:
        expected = lay(text, word_tokenize(text, use_token_normalize=False))
        found = words(text, segmenter="underthesea", mend=False, keep=())
        assert [(w.start, w.end) for w in found] == expected, text


def fake(monkeypatch: pytest.MonkeyPatch, change: Callable[[str], list[str]]) -> None:
    """Puts another toolkit in the place of underthesea."""
    monkeypatch.setattr(tools, "_underthesea", lambda: lambda line, **_: change(line))


# fmt: off
ALTERING: dict[str, Callable[[str], list[str]]] = {
    "adds a letter":    lambda line: [line + "x"],
    "loses a letter":   lambda line: [line[:-1]],
    "loses a word":     lambda line: line.split(" ")[1:],
    "repeats a word":   lambda line: [line, "ngân"],
    "gives nothing":    lambda line: [],
    "takes it apart":   lambda line: [nfd(line)],
}
# fmt: on


@pytest.mark.parametrize("name", ALTERING)
def test_a_toolkit_that_alters_the_text_is_not_believed(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    text = "rà soát việc giải ngân"
    fake(monkeypatch, ALTERING[name])
    with caplog.at_level(logging.WARNING, logger="congvan"):
        found = cut(text, segmenter="underthesea", mend=False)
    assert found == ["rà", "soát", "việc", "giải", "ngân"]
    assert "underthesea altered a line of 22 characters" in caplog.text
    assert "giải" not in caplog.text  # what a document says is nobody else's business
    check(text, segmenter="underthesea")


def test_a_toolkit_that_alters_one_line_is_believed_on_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake(monkeypatch, lambda line: [line.replace("x", "")])
    found = cut("tái định cư\nxin tái định cư", segmenter="underthesea", mend=False)
    assert found == ["tái định cư", "xin", "tái", "định", "cư"]


def test_letters_rewritten_one_for_one_do_no_harm(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fake(monkeypatch, lambda line: [w.upper() for w in line.split("  ")])
    assert cut("khai hoá  vụ án", segmenter="underthesea") == ["khai hoá", "vụ án"]
    assert not caplog.records


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("name", ["", "PyVi", "vncorenlp", "pyvi "])
def test_an_unknown_segmenter_is_named_with_those_there_are(name: str) -> None:
    with pytest.raises(ValueError, match="choose one of pyvi, underthesea, syllable, vote") as info:
        words("rà soát", segmenter=name)
    assert repr(name) in str(info.value)
    with pytest.raises(ValueError, match="no word segmenter"):
        congvan.load(segmenter=name)


@pytest.mark.parametrize("keep", [("dates",), ("numbers", "names"), ("",)])
def test_what_cannot_be_kept_is_named(keep: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="can be kept: choose of numbers, agencies") as info:
        words("rà soát", keep=keep)
    assert repr(keep[-1]) in str(info.value)


def test_every_option_there_is_is_accepted() -> None:
    for name in SEGMENTERS:
        check_options(name, KEEP)


def absent(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Makes a toolkit look as if it were not installed, and as if it had not been asked before."""
    module, loader = {
        "pyvi": ("pyvi.ViTokenizer", "pyvi_model"),
        "underthesea": ("underthesea.pipeline.word_tokenize", "_underthesea"),
    }[name]
    monkeypatch.setitem(sys.modules, module, None)
    for place in (tools, lexicon):
        if hasattr(place, loader):
            monkeypatch.setattr(place, loader, getattr(place, loader).__wrapped__)


# fmt: off
ABSENT = [
    # not there      asked for      instead
    ("pyvi",         "pyvi",        "segmenter='underthesea'"),
    ("pyvi",         "vote",        "segmenter='underthesea'"),
    ("underthesea",  "underthesea", "segmenter='pyvi'"),
    ("underthesea",  "vote",        "segmenter='pyvi'"),
]
# fmt: on


@pytest.mark.parametrize(("name", "segmenter", "instead"), ABSENT)
def test_a_toolkit_that_is_not_installed_is_named_with_the_remedy(
    name: str, segmenter: str, instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent(monkeypatch, name)
    with pytest.raises(
        ImportError, match=f"'{name}' is not installed: run 'pip install {name}'"
    ) as i:
        words("rà soát", segmenter=segmenter)
    assert instead in str(i.value)
    assert "segmenter='syllable'" in str(i.value)


def test_syllables_need_no_toolkit(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "pyvi")
    absent(monkeypatch, "underthesea")
    assert cut("rà soát 15/QĐ-UBND", segmenter="syllable") == ["rà", "soát", "15/QĐ-UBND"]


def test_pyvi_needs_no_underthesea(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "underthesea")
    assert cut("rà soát công nghệ thông tin")[0] == "rà soát"


def test_underthesea_needs_no_pyvi(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "pyvi")
    monkeypatch.setattr(lexicon, "_list", lexicon._list.__wrapped__)
    assert cut("rà soát công nghệ thông tin", segmenter="underthesea")[0] == "rà soát"


# ---------------------------------------------------------------- the word list

LIST = rows("words")


def ids(wanted: str) -> list[Any]:
    return [pytest.param(r, id=r["word"]) for r in LIST if r["joined"] == wanted]


def test_the_word_list_is_a_table_of_yes_and_no() -> None:
    assert {r["joined"] for r in LIST} == {"yes", "no"}
    assert len({r["word"] for r in LIST}) == len(LIST)
    for r in LIST:
        assert r["word"] == unicodedata.normalize("NFC", r["word"]).lower()
        assert 2 <= len(r["word"].split(" ")) <= 6, r["word"]
        assert len(r["word"].split(" ")) == 2 or r["joined"] == "yes", r["word"]


@pytest.mark.parametrize("row", ids("yes"))
def test_a_word_of_the_office_is_one(row: dict[str, str]) -> None:
    marked = re.search(r"\[([^]]+)\]", row["example"])
    assert marked is not None
    assert marked[1].lower() == row["word"]
    start = marked.start()
    text = row["example"].replace("[", "").replace("]", "")
    assert Word(start, start + len(marked[1]), marked[1]) in words(text, segmenter="pyvi")
    # The counterexample has the same syllables in a row, and they are not one word.
    other = row["counterexample"]
    assert row["word"] in " ".join(re.findall(r"\w+", other.lower()))
    assert row["word"] not in [" ".join(re.findall(r"\w+", w.lower())) for w in cut(other)]


@pytest.mark.parametrize("row", ids("no"))
def test_what_only_looks_like_a_word_is_two(row: dict[str, str]) -> None:
    before, after = row["example"].split(" | ")
    assert f"{before.split(' ')[-1]} {after.split(' ')[0]}" == row["word"]
    found = words(f"{before} {after}", segmenter="pyvi")
    assert not [w for w in found if w.start < len(before) + 1 < w.end]
    assert row["word"] not in cut(row["counterexample"])
