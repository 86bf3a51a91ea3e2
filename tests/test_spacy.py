"""congvan inside spaCy: tokens that lose nothing, the component, saving and loading."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import assume, given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import congvan
from congvan.document import Document, Entity, Items
from congvan.errors import ModelError
from congvan.spacy_pipe import GROUPS, language, to_spacy
from congvan.text import canonical
from congvan.words import KEEP, SEGMENTERS, words
from congvan.words.tokenizer import Tokenizer, make_doc

ROOT = Path(__file__).parents[1]
PIPELINE = Path(congvan.__file__).parents[1]
NOTICES = sorted((ROOT / "data" / "notices").glob("[0-9]*"))
EACH = [pytest.param(p, id=p.name[:2]) for p in NOTICES]

TEXT = """\
UBND TỈNH LẠNG SƠN
Số: 77/TB-UBND
Lạng Sơn, ngày 06 tháng 5 năm 2024

THÔNG BÁO
Kết luận phiên họp UBND tỉnh ngày 29/4/2024

1. Về cấp nước (Sở Xây dựng trình)
- Giao Sở Xây dựng bổ sung số liệu theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020, hoàn thiện vào năm 2030.
- Thay thế Quyết định số 15/2019/QĐ-UBND ngày 02/02/2019 của UBND tỉnh.
2. Về trồng rừng
a) Rà soát Kế hoạch số 31/KH-UBND ngày 10/01/2024 tại xã Yên Khoái.
"""
SHORT = [
    "Giao Sở Y tế rà soát việc giải ngân.",
    "",
    "Căn cứ Nghị định số 82/2018/NĐ-CP ngày 22/5/2018 của Chính phủ;",
    "  hai  dấu cách \n\n và \t tab ",
    "Ủy ban nhân dân tỉnh họp ngày 13/11/2020.\r\nBà Lã Thị Kim Oanh dự.",
]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@cache
def nlp() -> Language:
    return congvan.load().spacy


@cache
def read(path: Path) -> Document:
    return congvan.load().read_file(path)


def blank(**options: Any) -> Language:
    """Returns Language("vi") with our tokenizer, as a user writes it."""
    config = {"@tokenizers": "congvan.Tokenizer.v1", **options}
    return spacy.blank("vi", config={"nlp": {"tokenizer": config}})


def tokens(doc: Doc) -> list[tuple[str, str]]:
    return [(t.text, t.whitespace_) for t in doc]


def entities(doc: Doc) -> list[tuple[Any, ...]]:
    return [(e.start_char, e.end_char, e.label_, e.kb_id_, e.id_) for e in doc.ents]


def groups(doc: Doc) -> dict[str, list[tuple[Any, ...]]]:
    return {
        n: [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans[n]] for n in doc.spans
    }


# ---------------------------------------------------------------- the tokenizer


@pytest.mark.parametrize("segmenter", SEGMENTERS)
def test_the_pipeline_of_load(segmenter: str) -> None:
    pipeline = congvan.load(segmenter=segmenter).spacy
    assert isinstance(pipeline, Language)
    assert pipeline.lang == "vi"
    assert pipeline.pipe_names == ["congvan"]
    assert isinstance(pipeline.tokenizer, Tokenizer)
    assert (pipeline.tokenizer.segmenter, pipeline.tokenizer.keep) == (segmenter, KEEP)
    assert congvan.load(segmenter=segmenter).spacy is pipeline


@pytest.mark.parametrize("text", SHORT, ids=["agency", "empty", "citation", "blanks", "CRLF"])
@pytest.mark.parametrize("segmenter", SEGMENTERS)
def test_tokens_are_our_words(segmenter: str, text: str) -> None:
    language("pyvi")  # registers our names
    doc = blank(segmenter=segmenter)(text)
    assert doc.text == text
    found = [(t.idx, t.text) for t in doc if not t.is_space]
    assert found == [(w.start, w.text) for w in words(text, segmenter=segmenter)]


def test_options_reach_the_tokenizer() -> None:
    language("pyvi")
    text = "Sở Nội vụ sửa 15/QĐ-UBND công văn công ty"
    one = blank(segmenter="syllable", keep=["numbers"])
    assert [t.text for t in one(text)][:5] == ["Sở", "Nội", "vụ", "sửa", "15/QĐ-UBND"]
    two = blank(keep=[], mend=False)
    assert "công văn công ty" in [t.text for t in two(text)]
    assert "/" in [t.text for t in two(text)]


@pytest.mark.parametrize("options", [{"segmenter": "vncorenlp"}, {"keep": ["dates"]}])
def test_options_that_do_not_exist(options: dict[str, Any]) -> None:
    language("pyvi")
    with pytest.raises(ValueError, match="choose"):
        blank(**options)


def test_an_unknown_segmenter_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of pyvi"):
        language("vncorenlp")


# fmt: off
GAPS = [
    # text            spans                tokens, a blank behind one shown as "_"
    ("a b",           [(0, 1), (2, 3)],    ["a_", "b"]),
    ("a  b",          [(0, 1), (3, 4)],    ["a_", " ", "b"]),
    ("a\n\nb",        [(0, 1), (3, 4)],    ["a", "\n\n", "b"]),
    (" a ",           [(1, 2)],            [" ", "a_"]),
    ("a b c",         [(0, 3), (4, 5)],    ["a b_", "c"]),
    ("\ufeffa\u200b", [(1, 2)],            ["\ufeff", "a", "\u200b"]),
    (" \n",           [],                  [" \n"]),
    ("",              [],                  []),
]
# fmt: on


@pytest.mark.parametrize(("text", "spans", "expected"), GAPS)
def test_make_doc(text: str, spans: list[tuple[int, int]], expected: list[str]) -> None:
    doc = make_doc(nlp().vocab, text, spans)
    assert doc.text == text
    assert [a + b.replace(" ", "_") for a, b in tokens(doc)] == expected


# ---------------------------------------------------------------- nothing is lost

NAUGHTY = {
    "empty": "",
    "NFD": nfd(TEXT),
    "CRLF": TEXT.replace("\n", "\r\n"),
    "CR": TEXT.replace("\n", "\r"),
    "BOM": "\ufeff" + TEXT,
    "NFD, CRLF and BOM": "\ufeff" + nfd(TEXT).replace("\n", "\r\n"),
    "zero width": TEXT.replace("Sở", "S\u200bở\u200d "),
    "NBSP": TEXT.replace(" ", "\xa0"),
    "two blanks": TEXT.replace(" ", "  "),
    "emoji": "Sở Y tế 👩‍👩‍👧 rà soát 🏛️",
    "line ends of others": "Sở Y tế\x85rà soát\u2028giải ngân\u2029vốn\x0b\x0c",
    "Ð": "Quyết định số 15/QÐ-UBND của Ðảng ủy",
    "marks alone": "\u0301 giải \u0323\u0302 ngân\u0301\u0301",
    "underscores": "giải_ngân _ rà__soát",
    "blanks only": " \n\t \r\n ",
    "long line": "ă" * 20_000,
    "long line of syllables": "rà soát " * 2_500,
    "control characters": "".join(map(chr, [*range(32), 127, *range(128, 160)])) + "giải\x01ngân",
    "NUL": "Sở\x00Y tế rà\x00soát",
}


@pytest.mark.parametrize("name", NAUGHTY)
def test_naughty_strings(name: str) -> None:
    text = NAUGHTY[name]
    assert nlp().make_doc(text).text == text
    doc = nlp()(text)
    assert doc.text == text
    assert set(doc.spans) == set(GROUPS)


pieces = st.sampled_from(
    "1. |- |a) |Giao Sở Y tế |rà soát |việc giải ngân |theo Nghị định số 82/2018/NĐ-CP |ngày 13/11/2020|UBND tỉnh"
    "|bà Lã Thị Kim Oanh|thay thế Quyết định số 15/2019/QĐ-UBND|THÔNG BÁO|\n|\n|\n\n|\r\n| |  |\t|;|.|Ð|\u0301"
    "|\ufeff|\u200b|\xa0|\x85|\x00|\x0c|👩‍👧|_|nha\u0300|Nơi nhận:|Phụ lục I".split("|")
)
texts = st.one_of(st.text(max_size=80), st.lists(pieces, max_size=30).map("".join))


def sound(text: str) -> bool:
    """Tells whether what maps as a whole is one word each; the test below has what is not."""
    inner, back = canonical(text)
    segments = back.to_list()
    stops = [*(s[0] for s in segments[1:]), len(inner)]
    return all(
        stop - at == end - start or re.fullmatch(r"\w+", inner[at:stop])
        for (at, start, end), stop in zip(segments, stops, strict=True)
    )


@given(texts)
def test_any_text_comes_back(text: str) -> None:
    assume(sound(text))
    assert nlp().make_doc(text).text == text
    assert nlp()(text).text == text


@pytest.mark.parametrize("text", ["\u0958", "a\u0301\u0323", "\u0344"], ids=ascii)
def test_letters_of_others_come_back(text: str) -> None:
    assert nlp().make_doc(text).text == text


# ---------------------------------------------------------------- documents as spaCy Docs


def plain(doc: Document) -> dict[str, Any]:
    """Returns what a spaCy Doc must say of a document."""
    return {
        "text": doc.text,
        "ents": [(e.start, e.end, e.text, e.type, e.value or "", e.id) for e in doc.entities],
        "units": [(u.start, u.end, u.text, u.kind, u.id) for u in doc.units],
        "citations": [(c.start, c.end, c.text, c.relation, c.id) for c in doc.citations],
        # A blank at the end of a span belongs to no token, so to no span of spaCy.
        "sections": [
            (s.start, doc.text[s.start : s.end].rstrip(" "), s.level, s.id) for s in doc.sections
        ],
    }


def said(doc: Doc) -> dict[str, Any]:
    return {
        "text": doc.text,
        "ents": [(e.start_char, e.end_char, e.text, e.label_, e.kb_id_, e.id_) for e in doc.ents],
        **{
            name: [(s.start_char, s.end_char, s.text, s.label_, s.id_) for s in doc.spans[name]]
            for name in ("units", "citations")
        },
        "sections": [
            (s.start_char, s.text.rstrip(" "), s.label_, s.id_) for s in doc.spans["sections"]
        ],
    }


@pytest.mark.parametrize("path", EACH)
def test_to_spacy_says_what_the_document_says(path: Path) -> None:
    doc = read(path)
    assert len(doc.entities) > 20
    assert said(doc.to_spacy()) == plain(doc)


def test_what_is_there_to_be_said() -> None:
    """The text above has something of everything."""
    doc = congvan.load().read_text(TEXT).to_spacy()
    assert {"AGENCY", "INSTRUMENT", "DATE"} <= {e.label_ for e in doc.ents}
    assert "Ủy ban nhân dân tỉnh Lạng Sơn" in {e.kb_id_ for e in doc.ents}
    assert [s.label_ for s in doc.spans["citations"]].count("replaces") == 1
    assert len(doc.spans["sections"]) == 2
    assert [s.id_ for s in doc.spans["units"]] == [f"u{i + 1}" for i in range(3)]
    assert {"Sở Xây dựng", "30/2020/NĐ-CP"} <= {t.text for t in doc}


@given(texts)
def test_to_spacy_of_any_text(text: str) -> None:
    doc = congvan.load().read_text(text)
    assert said(doc.to_spacy()) == plain(doc)


@pytest.mark.parametrize("segmenter", SEGMENTERS)
def test_to_spacy_with_another_segmenter(segmenter: str) -> None:
    doc = congvan.load().read_text(TEXT)
    found = doc.to_spacy(language(segmenter))
    assert said(found) == plain(doc)
    assert ("rà soát" in {t.text.lower() for t in found}) == (segmenter != "syllable")


def with_entities(text: str, *spans: tuple[int, int]) -> Document:
    """Returns a document as it comes from an annotator, who pays no heed to words."""
    entities = [Entity(f"e{i}", "LOCATION", a, b, text[a:b]) for i, (a, b) in enumerate(spans, 1)]
    return Document(text=text, entities=Items(entities))


# fmt: off
HEEDLESS = [
    ("begins in a word",        "rà soát giải ngân", [(3, 7)]),
    ("begins and ends in one",  "rà soát giải ngân", [(1, 6)]),
    ("ends in a syllable",      "rà soát giải ngân", [(8, 11)]),
    ("two in one word",         "rà soát giải ngân", [(8, 12), (13, 17)]),
    ("over two words",          "rà soát giải ngân", [(3, 17)]),
    ("in a number",             "theo 15/QĐ-UBND",   [(8, 15)]),
    ("whole text",              "rà soát",           [(0, 7)]),
]
# fmt: on


@pytest.mark.parametrize(("text", "spans"), [h[1:] for h in HEEDLESS], ids=[h[0] for h in HEEDLESS])
def test_words_give_way_to_entities(text: str, spans: list[tuple[int, int]]) -> None:
    doc = with_entities(text, *spans)
    assert said(doc.to_spacy()) == plain(doc)


def test_words_give_way_to_the_end_of_an_entity() -> None:
    doc = with_entities("rà soát giải ngân", (8, 12))
    assert said(doc.to_spacy()) == plain(doc)


def test_two_agencies_in_one_grain() -> None:
    doc = with_entities("HĐND-UBND xã", (0, 4), (5, 9))
    agencies = Items(dataclasses.replace(e, type="AGENCY") for e in doc.entities)
    doc = dataclasses.replace(doc, entities=agencies)
    assert said(doc.to_spacy()) == plain(doc)


def test_an_entity_of_another_text_is_refused() -> None:
    doc = with_entities("rà soát giải ngân", (8, 17))
    with pytest.raises(ValueError, match=r"\(8, 17\) of e1 lies outside"):
        to_spacy(dataclasses.replace(doc, text="rà soát"))


def test_a_tokenizer_of_others_is_used_as_it_is() -> None:
    other = spacy.blank("xx")
    doc = congvan.load().read_text(TEXT)
    found = doc.to_spacy(other)
    assert found.vocab is other.vocab
    assert tokens(found) == tokens(other.make_doc(doc.text))
    assert [e.label_ for e in found.ents] == [e.type for e in doc.entities]
    assert all(
        a.start_char <= b.start < b.end <= a.end_char
        for a, b in zip(found.ents, doc.entities, strict=True)
    )


# ---------------------------------------------------------------- the component


@pytest.mark.parametrize("path", EACH)
def test_the_component_says_the_same(path: Path) -> None:
    text = read(path).text
    doc = congvan.load().read_text(text)
    assert doc.text == text
    assert said(nlp()(text)) == plain(doc)


# fmt: off
VARIANTS: dict[str, Callable[[str], str]] = {
    "NFD":          nfd,
    "CRLF":         lambda text: text.replace("\n", "\r\n"),
    "BOM":          lambda text: "\ufeff" + text,
    "all of them":  lambda text: "\ufeff" + nfd(text).replace("\n", "\r\n"),
}
# fmt: on


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("path", EACH[::3])
def test_the_component_counts_in_the_text_it_was_given(path: Path, name: str) -> None:
    text = read(path).text
    other = VARIANTS[name](text)
    assert other != text
    doc = nlp()(other)
    assert doc.text == other
    found = [(canonical(e.text)[0], e.label_, e.kb_id_, e.id_) for e in doc.ents]
    expected = [(e.text, e.label_, e.kb_id_, e.id_) for e in nlp()(text).ents]
    assert len(expected) > 20
    assert found == expected
    for e in doc.ents:
        assert other[e.start_char : e.end_char] == e.text


def test_the_component_in_a_pipeline_of_others() -> None:
    language("pyvi")
    other = spacy.blank("xx")
    other.add_pipe("congvan")
    doc = other(TEXT)
    assert doc.text == TEXT
    assert [e.label_ for e in doc.ents] == [e.label_ for e in nlp()(TEXT).ents]


def test_a_component_behind_ours_sees_entities() -> None:
    seen: list[int] = []

    @Language.component("congvan_test_counter")
    def count(doc: Doc) -> Doc:
        seen.append(len(doc.ents))
        return doc

    language("pyvi")
    pipeline = blank()
    pipeline.add_pipe("congvan")
    pipeline.add_pipe("congvan_test_counter")
    doc = pipeline(TEXT)
    assert seen == [len(doc.ents)]
    assert seen[0] > 5


# ---------------------------------------------------------------- many texts


def test_pipe_is_calling() -> None:
    batch = [TEXT, *SHORT, nfd(TEXT)]
    one = [nlp()(t) for t in batch]
    many = list(nlp().pipe(batch, batch_size=3))
    assert [d.text for d in many] == batch
    assert [tokens(d) for d in many] == [tokens(d) for d in one]
    assert [entities(d) for d in many] == [entities(d) for d in one]
    assert [groups(d) for d in many] == [groups(d) for d in one]
    pairs = [(t, i) for i, t in enumerate(batch)]
    assert [i for _, i in nlp().pipe(pairs, as_tuples=True)] == list(range(len(batch)))


def test_two_processes_are_one() -> None:
    batch = [TEXT, *SHORT] * 2
    one = list(nlp().pipe(batch, n_process=1))
    two = list(nlp().pipe(batch, n_process=2, batch_size=3))
    assert [d.text for d in two] == batch
    assert [tokens(d) for d in two] == [tokens(d) for d in one]
    assert [entities(d) for d in two] == [entities(d) for d in one]
    assert [groups(d) for d in two] == [groups(d) for d in one]


# ---------------------------------------------------------------- saved and loaded

OPTIONS: dict[str, Any] = {"segmenter": "syllable", "keep": ["numbers"], "mend": False}


def saved() -> Language:
    language("pyvi")
    pipeline = blank(**OPTIONS)
    pipeline.add_pipe("congvan")
    return pipeline


def state(pipeline: Language) -> tuple[Any, ...]:
    tokenizer = pipeline.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    return tokenizer.segmenter, tokenizer.keep, tokenizer.mend


def test_bytes() -> None:
    pipeline = saved()
    other = blank()
    other.add_pipe("congvan")
    assert state(other) != state(pipeline)
    other.from_bytes(pipeline.to_bytes())
    assert state(other) == state(pipeline) == ("syllable", ("numbers",), False)
    assert tokens(other(TEXT)) == tokens(pipeline(TEXT))
    assert pipeline.tokenizer.to_bytes() == saved().tokenizer.to_bytes()


def test_disk(tmp_path: Path) -> None:
    pipeline = saved()
    pipeline.to_disk(tmp_path / "vi")
    other = spacy.load(tmp_path / "vi")
    assert other.pipe_names == ["congvan"]
    assert state(other) == state(pipeline)
    assert said(other(TEXT)) == said(pipeline(TEXT))


def test_a_config_is_enough() -> None:
    other = spacy.util.load_model_from_config(saved().config)
    assert state(other) == state(saved())


@pytest.mark.parametrize(
    "data",
    [
        b'{"segmenter": "vncorenlp", "keep": [], "mend": true}',
        b'{"segmenter": "pyvi", "keep": ["dates"], "mend": true}',
        b"not JSON",
    ],
)
def test_options_of_another_make_are_refused(data: bytes) -> None:
    tokenizer = Tokenizer(nlp().vocab)
    with pytest.raises(ValueError, match=r"choose|Expecting value"):
        tokenizer.from_bytes(data)
    assert (tokenizer.segmenter, tokenizer.keep, tokenizer.mend) == ("pyvi", KEEP, True)


def run(script: str, *args: str) -> str:
    """Returns what a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(PIPELINE), "PYTHONUTF8": "1"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8").strip()


def installed() -> bool:
    names = entry_points(group="spacy_tokenizers").names
    return (
        "congvan.Tokenizer.v1" in names and "congvan" in entry_points(group="spacy_factories").names
    )


@pytest.mark.skipif(not installed(), reason="congvan is not installed with its entry points")
def test_a_saved_pipeline_loads_where_nobody_imports_congvan(tmp_path: Path) -> None:
    pipeline = saved()
    pipeline.to_disk(tmp_path / "vi")
    script = (
        "import sys, spacy\n"
        "assert 'congvan' not in sys.modules\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "doc = nlp(sys.argv[2])\n"
        "assert doc.text == sys.argv[2]\n"
        "print('|'.join(t.text for t in doc))\n"
        "print('|'.join(f'{e.text}={e.label_}={e.kb_id_}' for e in doc.ents))\n"
    )
    doc = pipeline(SHORT[2])
    assert len(doc.ents) == 3
    assert run(script, str(tmp_path / "vi"), SHORT[2]).splitlines() == [
        "|".join(t.text for t in doc),
        "|".join(f"{e.text}={e.label_}={e.kb_id_}" for e in doc.ents),
    ]


# ---------------------------------------------------------------- light and local


def test_importing_congvan_is_light() -> None:
    script = (
        "import sys, congvan, congvan.words\n"
        "nlp = congvan.load()\n"
        "heavy = {'spacy', 'pyvi', 'underthesea', 'pandas', 'sklearn', 'numpy', 'pycrfsuite'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    assert run(script) == "[]"


def test_reading_needs_no_spacy_and_cutting_only_its_toolkit() -> None:
    script = (
        "import sys, congvan\n"
        "from congvan.words import words\n"
        "congvan.load().read_text('Giao Sở Y tế rà soát.')\n"
        "words('Giao Sở Y tế rà soát.', segmenter='syllable')\n"
        "print(sorted({'spacy', 'pyvi', 'underthesea', 'pandas'} & set(sys.modules)))\n"
        "words('Giao Sở Y tế rà soát.', segmenter='pyvi')\n"
        "print(sorted({'spacy', 'pyvi', 'underthesea', 'pandas'} & set(sys.modules)))\n"
    )
    first, second = run(script).splitlines()
    assert first == "[]"
    assert "'pyvi'" in second
    assert "'spacy'" not in second
    assert "'underthesea'" not in second


def test_nothing_reaches_for_the_network() -> None:
    """In a fresh interpreter: toolkits load once, so an earlier test would hide what they do."""
    script = (
        "import socket, sys\n"
        "class Blocked(socket.socket):\n"
        "    def __init__(self, *args, **options):\n"
        "        raise AssertionError('a socket was opened')\n"
        "def refuse(*args, **options):\n"
        "    raise AssertionError('a host was looked up')\n"
        "socket.socket, socket.getaddrinfo, socket.create_connection = Blocked, refuse, refuse\n"
        "import congvan\n"
        "for name in ('pyvi', 'underthesea', 'syllable', 'vote'):\n"
        "    doc = congvan.load(segmenter=name).spacy(sys.argv[1])\n"
        "    assert doc.text == sys.argv[1]\n"
        "    print(name, len(doc.ents), len(congvan.load().read_text(sys.argv[1]).to_spacy().ents))\n"
    )
    assert run(script, SHORT[2]).splitlines() == [f"{n} 3 3" for n in SEGMENTERS]


# ---------------------------------------------------------------- options and other tokenizers


def test_the_options_of_a_pipeline_are_those_of_its_language() -> None:
    text = "Đồng chí Nguyễn Văn An, Giám đốc Sở Y tế."
    types = {e.label_ for e in congvan.load().spacy(text).ents}
    rules = {e.label_ for e in congvan.load(recogniser=False).spacy(text).ents}
    assert (types, rules) == ({"PERSON", "AGENCY"}, {"AGENCY"})
    with pytest.raises(ModelError):
        congvan.load(model="/không/có").spacy(text)


def test_what_others_keep_in_a_doc_stays() -> None:
    tokenizer = {"@tokenizers": "congvan.Tokenizer.v1", "segmenter": "syllable", "keep": []}
    own = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    text = "theo Quyết định 12/QĐ-TTgvà Bộ Nội vụ(BNV) 1804/QĐ-TTg"
    doc = own.make_doc(text)
    doc.user_data["x"] = 1
    found = own.add_pipe("congvan")(doc)
    assert found.user_data["x"] == 1


def test_entities_in_one_word_of_another_tokenizer_do_not_meet() -> None:
    doc = congvan.load().read_text("Giao Bộ Nội vụ-Bộ Y tế ngày 01/7/2025,Sở Y tế-Sở Nội vụ")
    found = to_spacy(doc, spacy.blank("en"))
    assert 0 < len(found.ents) <= len(doc.entities)
