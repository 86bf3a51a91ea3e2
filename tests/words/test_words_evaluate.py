"""The measuring of words: the notation of the sentences, the figures, and who wins.

(Not ``test_evaluate.py``: pytest wants the names of its files to differ, and tests/ has one.)
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from congvan.words.evaluate import (
    Spans,
    f1,
    lay,
    main,
    parse,
    read_conllu,
    read_sentences,
    ways,
    whole_names,
)

DATA = Path(__file__).parents[2] / "data" / "words"
LINES = [
    line
    for line in (DATA / "sentences.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]
SENTENCES = [parse(line) for line in LINES]
NUMBERED = [pytest.param(i, id=f"line {i + 1}") for i in range(len(LINES))]


def texts(text: str, spans: Spans) -> list[str]:
    return [text[a:b] for a, b in spans]


# ---------------------------------------------------------------- notation

# fmt: off
NOTATION = [
    # line                                  text                           words                               names
    ("rà_soát vốn ^.",                      "rà soát vốn.",                "rà soát|vốn|.",                    "rà soát|vốn|."),
    ("[Sở Tài_chính] rà_soát ^.",           "Sở Tài chính rà soát.",       "Sở|Tài chính|rà soát|.",           "Sở Tài chính|rà soát|."),
    ("[Điện_lực] họp",                      "Điện lực họp",                "Điện lực|họp",                     "Điện lực|họp"),
    ("[Sở Văn_hóa ^, Thể_thao]",            "Sở Văn hóa, Thể thao",        "Sở|Văn hóa|,|Thể thao",            "Sở Văn hóa, Thể thao"),
    ("xã ( ^Mai_Pha ^) ^, họp",             "xã (Mai Pha), họp",           "xã|(|Mai Pha|)|,|họp",             "xã|(|Mai Pha|)|,|họp"),
    ("“ ^Đồng_ý ^” ^;",                     "“Đồng ý”;",                   "“|Đồng ý|”|;",                     "“|Đồng ý|”|;"),
    ("( ^[Sở Y_tế] ^)",                     "(Sở Y tế)",                   "(|Sở|Y tế|)",                      "(|Sở Y tế|)"),
    ("theo 82/2018/NĐ-CP ^,",               "theo 82/2018/NĐ-CP,",         "theo|82/2018/NĐ-CP|,",             "theo|82/2018/NĐ-CP|,"),
]
# fmt: on


@pytest.mark.parametrize(("line", "text", "words", "names"), NOTATION)
def test_notation(line: str, text: str, words: str, names: str) -> None:
    found = parse(line)
    assert found.text == text
    assert texts(text, found.words) == words.split("|")
    assert texts(text, found.names) == names.split("|")


@pytest.mark.parametrize("line", ["[Sở Tài_chính rà_soát", "giao [Sở"])
def test_a_bracket_that_is_not_closed_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="bracket is not closed") as info:
        parse(line)
    assert line in str(info.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[a [b c] d]", "a bracket is opened inside another"),
        ("[a [b] c]", "a bracket is opened inside another"),
        ("a b] c", "a bracket is closed that was not opened"),
        ("a ^ b", "'^' is no word"),
        ("a _ b", "'_' is no word"),
    ],
)
def test_what_the_notation_does_not_have(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as info:
        parse(line)
    assert line in str(info.value)


# ---------------------------------------------------------------- our sentences


def test_there_are_a_hundred_different_ones() -> None:
    assert len(LINES) == 100
    assert len({s.text for s in SENTENCES}) == 100
    assert list(read_sentences(DATA / "sentences.txt")) == SENTENCES


@pytest.mark.parametrize("i", NUMBERED)
def test_the_notation_is_clean(i: int) -> None:
    line = LINES[i]
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)
    assert re.sub(r"[^\[\]]", "", line) == "[]" * line.count("[")
    assert re.sub(r"(?<!\S)\[(?=[^\s\]])|(?<=[^\s\[])\](?!\S)", "", line).count("]") == 0
    assert not re.search(r"_\s|\s_|__|\^\s|\^\^|\S\^|\[\^|_[,.;:]", line)


@pytest.mark.parametrize("i", NUMBERED)
def test_the_text_is_what_the_head_of_the_file_says(i: int) -> None:
    plain = re.sub(r"[\[\]]", "", LINES[i]).replace(" ^", "").replace("_", " ")
    assert SENTENCES[i].text == plain


@pytest.mark.parametrize("i", NUMBERED)
def test_the_text_is_clean_running_text(i: int) -> None:
    text = SENTENCES[i].text
    assert text[0].isupper()
    assert text.endswith(".")
    assert not re.search(r"[_^\[\]\n\t]|  |\s[,.;:!?)”]|[(“]\s", text)
    assert text.count("(") == text.count(")")
    assert text.count("“") == text.count("”")


@pytest.mark.parametrize("i", NUMBERED)
def test_words_and_names_cover_the_text(i: int) -> None:
    sentence = SENTENCES[i]
    for spans in (sentence.words, sentence.names):
        at = 0
        for start, end in spans:
            assert at <= start < end
            assert sentence.text[at:start] in ("", " ")
            assert sentence.text[start:end].strip() == sentence.text[start:end]
            at = end
        assert at == len(sentence.text)
    borders = {edge for span in sentence.words for edge in span}
    assert {edge for span in sentence.names for edge in span} <= borders
    assert len(sentence.names) <= len(sentence.words)


def test_the_sentences_have_what_they_are_there_for() -> None:
    words = [sum(len(s.words) for s in SENTENCES), sum(len(s.names) for s in SENTENCES)]
    assert words[0] > 2000
    assert words[0] - words[1] > 100  # words inside names
    all_ = {w for s in SENTENCES for w in texts(s.text, s.words)}
    assert {"82/2018/NĐ-CP", "05-CT/TW", "20/9/2022", "61,5%", "Km12+300"} <= all_
    assert len([w for w in all_ if w.count(" ") >= 2]) >= 20


# ---------------------------------------------------------------- figures


# fmt: off
FIGURES = [
    # gold                     found                      precision  recall  F1
    ([[(0, 2), (3, 5)]],       [[(0, 2), (3, 5)]],        1.0,       1.0,    1.0),
    ([[(0, 5)]],               [[(0, 2), (3, 5)]],        0.0,       0.0,    0.0),
    ([[(0, 2), (3, 5)]],       [[(0, 5)]],                0.0,       0.0,    0.0),
    ([[(0, 2), (3, 8)]],       [[(0, 2), (3, 5), (6, 8)]], 1 / 3,    1 / 2,  2 / 5),
    ([[(0, 1)], [(0, 2)]],     [[(0, 1)], [(0, 1), (1, 2)]], 1 / 3,  1 / 2,  2 / 5),
    # the same span in another sentence is another word
    ([[(0, 1)], [(0, 2)]],     [[(0, 2)], [(0, 1)]],      0.0,       0.0,    0.0),
]
# fmt: on


@pytest.mark.parametrize(("gold", "found", "p", "r", "f"), FIGURES)
def test_f1(gold: list[Spans], found: list[Spans], p: float, r: float, f: float) -> None:
    assert f1(gold, found) == pytest.approx((p, r, f))


@pytest.mark.parametrize("spans", [[], [[]]])
def test_f1_of_nothing(spans: list[Spans]) -> None:
    assert f1(spans, spans) == (0.0, 0.0, 0.0)


def test_f1_wants_as_many_sentences_on_both_sides() -> None:
    with pytest.raises(ValueError, match="zip"):
        f1([[(0, 1)]], [[(0, 1)], [(0, 1)]])


# fmt: off
LAID = [
    # text                  what a toolkit returned             where its words stand
    ("rà soát vốn",         ["rà_soát", "vốn"],                 "rà soát|vốn"),
    ("rà soát vốn",         ["rà soát", "vốn"],                 "rà soát|vốn"),
    ("đạt 61,5 %.",         ["đạt", "61,5", "%", "."],          "đạt|61,5|%|."),
    ("đạt  61,5%",          ["đạt", "61 , 5%"],                 "đạt|61,5%"),
    ("Sở\nY tế",            ["Sở_Y", "tế"],                     "Sở\nY|tế"),
    ("a_b c",               ["ab", "c"],                        "a_b|c"),
    ("rà soát",             ["rà", "", " ", "soát"],            "rà|soát"),
    ("rà soát",             [],                                 ""),
    # more than the text holds is left out
    ("rà soát",             ["rà", "soát", "thêm"],             "rà|soát"),
    ("rà",                  ["rà soát"],                        ""),
]
# fmt: on


@pytest.mark.parametrize(("text", "found", "expected"), LAID)
def test_lay(text: str, found: list[str], expected: str) -> None:
    assert texts(text, lay(text, found)) == (expected.split("|") if expected else [])


def test_a_treebank_is_read_with_one_blank_between_words(tmp_path: Path) -> None:
    rows = ["# sent_id = 1", "1\tRà soát\t_", "1.1\tẩn\t_", "2\tvốn\t_", "", "1-2\tgộp\t_"]
    rows += ["1\tXong\t_", "2\t.\t_"]
    path = tmp_path / "a.conllu"
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second = read_conllu(path)
    assert (first.text, first.words) == ("Rà soát vốn", [(0, 7), (8, 11)])
    assert (second.text, second.words) == ("Xong .", [(0, 4), (5, 6)])
    assert second.names == second.words


# ---------------------------------------------------------------- who wins


def score(cut: object, gold: list[Spans]) -> float:
    assert callable(cut)
    return f1(gold, (cut(s.text) for s in SENTENCES))[2]


def test_mending_beats_what_is_shipped() -> None:
    figures = {name: score(cut, [s.words for s in SENTENCES]) for name, cut in ways()}
    for toolkit in ("pyvi", "underthesea"):
        shipped, mended = figures[f"{toolkit}, as shipped"], figures[f"{toolkit}, mended"]
        assert shipped < figures[f"{toolkit}, adapter"] < mended
    assert figures["syllables"] == min(figures.values())
    assert figures["pyvi, mended"] > 0.97
    # Not half of the faults are left.
    assert 1 - figures["pyvi, mended"] < (1 - figures["pyvi, as shipped"]) / 2


def test_names_stay_whole_only_with_us() -> None:
    figures = {name: score(cut, [s.names for s in SENTENCES]) for name, cut in whole_names()}
    assert figures["pyvi, names whole"] > 0.95
    assert figures["pyvi, names whole"] - figures["pyvi, as shipped"] > 0.05


def test_the_command_prints_both_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--shared", str(tmp_path), "--data", str(DATA)]) == 0
    out = capsys.readouterr().out
    assert "Our administrative sentences, words inside names (100 sentences, " in out
    assert "Our administrative sentences, names whole (100 sentences, " in out
    assert len(re.findall(r"^pyvi, mended +0\.\d{4} +0\.\d{4} +0\.\d{4}$", out, re.M)) == 1


def test_the_command_has_nothing_to_measure_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--shared", str(tmp_path), "--data", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("congvan evaluate words: nothing to measure on")


SENTENCES_TXT, TREEBANK = "sentences.txt", "corpora/word-segmentation/vi_vtb-ud-dev.conllu"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (SENTENCES_TXT, "a\nS\xf4".encode("latin-1"),  ", line 2: not UTF-8"),
        (SENTENCES_TXT, b"# c\n\n[a [b c] d]\n",        ", line 3: a bracket is opened inside another"),
        (SENTENCES_TXT, b"a\n[b c\n",                   ", line 2: a bracket is not closed"),
        (SENTENCES_TXT, b"",                            ": there is no sentence in it"),
        (SENTENCES_TXT, b"# only a comment\n",          ": there is no sentence in it"),
        (TREEBANK,      b"1\ta\t_\n2\n",                ", line 2: no number and word"),
        (TREEBANK,      b"# a\nhello\n",                ", line 2: no number and word"),
        (TREEBANK,      b"1\t\t_\n",                    ", line 1: no number and word"),
        (TREEBANK,      b"1\t\xff\t_\n",                ", line 1: not UTF-8"),
        (TREEBANK,      b"",                            ": there is no sentence in it"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_measured_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    assert main(["--shared", str(tmp_path), "--data", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"congvan evaluate words: {path}{message}")


def test_a_toolkit_that_is_not_installed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SENTENCES_TXT).write_text("rà_soát vốn ^.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "pyvi.ViTokenizer", None)
    assert main(["--shared", str(tmp_path), "--data", str(tmp_path)]) == 1
    assert "pyvi is not installed: run 'pip install pyvi'" in capsys.readouterr().err
