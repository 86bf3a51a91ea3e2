"""What holds for every text: no error, exact spans, sections that nest, one result for one text.

The texts are put together from the pieces of which papers consist (letterheads, markers,
sentences, numbers, dates, closings, odd characters), so that the rules meet each other in
orders that nobody would write down.
"""

from __future__ import annotations

import json
import os
import time
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import congvan
from congvan.document import Document
from congvan.pipeline import Pipeline
from congvan.structure import parent_chain
from congvan.text import canonical, fold, shadow, squeeze


@cache
def pipeline() -> Pipeline:
    return congvan.load()


def read(text: str) -> Document:
    return pipeline().read_text(text)


# ---------------------------------------------------------------- texts

HEADS = """\
UBND TỈNH BẮC SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số:      /TB-UBND
Số: 12/QĐ-UBND\tBắc Sơn, ngày 05 tháng 01 năm 2024
Bắc Sơn, ngày      tháng 5 năm 2023
ĐẢNG CỘNG SẢN VIỆT NAM
THÔNG BÁO
QUYẾT ĐỊNH:
Kết luận của Chủ tịch UBND tỉnh tại phiên họp ngày 29/4/2023
V/v rà soát danh mục cầu treo
Kính gửi: Sở Xây dựng, Sở Nội vụ.""".splitlines()
MARKERS = (
    "1.|2.|3.|1.1.|1.2|10.|a)|b)|đ)|a1)|I.|II.|I-|II –|1-|A.|B.|(1)|(i)|(ii)|i)|-|–|+|•|*|o|"
    "Điều 1.|Điều 5a.|Điều 2:|Chương I|CHƯƠNG II|Mục 1.|Phần thứ nhất|Khoản 2.|2030.|1/|(1.|1).|I|§"
).split("|")
SENTENCES = """\
Về rà soát danh mục cầu treo (Sở Xây dựng trình)
Dự thảo Nghị quyết về trồng rừng (Trình HĐND tỉnh tháng 7) (Sở Nông nghiệp và Môi trường trình)
NHIỆM VỤ TRỌNG TÂM
Phụ lục I
Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng bổ sung vốn trước ngày 15/6/2024.
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;
theo điểm b khoản 2 Điều 5 Luật Đầu tư công số 58/2024/QH15
đồng thời thay thế Quyết định số 15/2019/QĐ-UBND, số 16/2019/QĐ-UBND;
Kết luận số 59-KL/TW, ngày 16/9/2019 của Bộ Chính trị
được nâng loại vào năm
2030. Bổ sung các mục tiêu về nước sạch
Báo cáo kết quả trước ngày 25 hằng tháng; chậm nhất trong quý II/2024.
Các đơn vị thực hiện gồm:
Xong trước Tết Nguyên đán Bính Ngọ và trước ngày khai giảng năm học 2025 - 2026.
Trong tuần này, trong 10 ngày tới, tại kỳ họp giữa năm 2021; 17 giờ 00 ngày 05 tháng 12 năm 2025
trước 30/4; hết 6 tháng đầu năm; từ ngày 01 đến ngày 05/6/2021; ngày 05 và ngày 10/6/2021
Bộ Công an (Cục Cảnh sát)
tỷ lệ 1/5.000, Km3+700, từ 2021 - 2025
Đất đai[1]
[1] Ghi chú về cột mốc số 1088/2-1089.""".splitlines()
TAILS = """\
Nơi nhận:
- Như trên;
- Lưu: VT, TH (02b).
TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG
(Đã ký)
Nguyễn Văn Bình
PHỤ LỤC
(Kèm theo Quyết định số 12/QĐ-UBND)
| STT | Tên | Vốn |
1\tCầu Đất\t250
- 2 -
3
./.""".splitlines()
ODD = ["Ð", "Ɖ", "Т", "\u00a0", "\u200b", "\u00ad", "\ufeff", "\ufffd", "e\u0302\u0301", "́", "\ud800", "\x00",
       "\t", "“", "”", "…", "–", "‑", "／", "²", "①", "𝟛", "ệ", "İ", "ß", "ﬁ", "़", "🏛", "(", ")", "((", "/", ";",
       ":", "./.", "20", "99999999999999999999", "31/02/2023", "ngày 00/13/0000", "năm 0"]  # fmt: skip
ENDS = ["\n", "\n", "\n", "\n\n", " ", "", "\f", "\n\n\n", "\t", "\n   "]

pieces = st.one_of(
    st.sampled_from(HEADS),
    st.sampled_from(MARKERS),
    st.sampled_from(SENTENCES),
    st.sampled_from(SENTENCES),
    st.sampled_from(TAILS),
    st.sampled_from(ODD),
    st.integers(0, 3000).map(str),
)
# A line of a paper: mostly a marker and a sentence.
itemised = st.tuples(st.sampled_from(MARKERS), st.sampled_from(SENTENCES)).map(" ".join)
clean = st.lists(
    st.tuples(st.one_of(st.sampled_from(SENTENCES), itemised, itemised, st.sampled_from(HEADS),
                        st.sampled_from(TAILS)), st.sampled_from(["\n", "\n", "\n\n"])), max_size=30,
).map(lambda parts: "".join(a + b for a, b in parts))  # fmt: skip
wild = st.lists(st.tuples(pieces, st.sampled_from(ENDS)), max_size=40).map(
    lambda parts: "".join(a + b for a, b in parts)
)
# Levels in any order, with paragraphs and items between: what the tree is built from.
OUTLINE = """\
A. TÌNH HÌNH|B. NHIỆM VỤ|I. KẾT QUẢ|II. HẠN CHẾ|1. Về nước|2. Về kè|1.1. Về cầu|a) Phần đầu|b) Phần sau|Chương I|Mục 1. NƯỚC|
Điều 1. Phạm vi|Điều 2. Quyết định này có hiệu lực.|NHIỆM VỤ CHUNG|- Giao sở làm.|- Hai.|+ Ba.|1. Giao sở làm.|a) Làm cầu;|(i) Một;|
Giao các sở làm kè.|Các sở làm như sau:|Sở Xây dựng chủ trì:|Văn phòng thông báo để các cơ quan biết, thực hiện./.|
- Sở Nội vụ:|I- Về đất|1- Đồng ý.|c) Về đất (Sở Xây dựng trình)""".replace("\n", "").split("|")
outlines = st.lists(st.sampled_from(OUTLINE), min_size=4, max_size=25).map("\n".join)
texts = st.one_of(clean, outlines, wild, wild, st.text(max_size=200))

WHOLE = """\
UBND TỈNH BẮC SƠN
VĂN PHÒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/TB-VP
Bắc Sơn, ngày 06 tháng 5 năm 2024

THÔNG BÁO
Kết luận phiên họp UBND tỉnh ngày 29/4/2024

Sau khi thảo luận, Chủ tịch UBND tỉnh kết luận như sau:
1. Về cấp nước (Sở Xây dựng trình)
- Giao Sở Xây dựng bổ sung số liệu theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020, hoàn thiện vào năm
2030. Thời hạn trình là trước ngày 15/5/2024.
- Thay thế Quyết định số 15/2019/QĐ-UBND ngày 02/02/2019 của UBND tỉnh.
2. Về trồng rừng (Trình HĐND tỉnh tháng 7) (Sở Nông nghiệp và Môi trường trình)
a) Rà soát Kế hoạch số 31/KH-UBND ngày 10/01/2024.
b) Báo cáo theo khoản 2 Điều 5 của Nghị định số 30/2020/NĐ-CP.
Văn phòng thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, TH.
TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG
Nguyễn Văn Bình
"""


# ---------------------------------------------------------------- spans and tree


def spans(doc: Document) -> Iterable[tuple[str, Any]]:
    """Yields every item that has offsets and a text of its own."""
    for unit in doc.units:
        yield f"unit {unit.id}", unit
    for entity in doc.entities:
        yield f"entity {entity.id}", entity
    for citation in doc.citations:
        yield f"citation {citation.id}", citation
        if citation.evidence is not None:
            yield f"evidence of {citation.id}", citation.evidence
        for pinpoint in citation.pinpoint or ():
            yield f"pinpoint of {citation.id}", pinpoint
    for relation in doc.relations:
        if relation.evidence is not None:
            yield f"evidence of {relation.source}", relation.evidence
    for directive in doc.directives:
        for due in directive.due:
            yield f"due of {directive.unit}", due
    for note in doc.footnotes:
        yield f"footnote {note.id}", note


def check_spans(doc: Document) -> None:
    length = len(doc.text)
    for name, item in spans(doc):
        assert 0 <= item.start < item.end <= length, f"{name}: {item.start}..{item.end}"
        assert doc.text[item.start : item.end] == item.text, f"{name}: {item!r}"
    for group in (doc.sections, doc.tables, doc.annexes):
        for item in group:
            assert 0 <= item.start < item.end <= length, item
    for field, (start, end) in doc.header.spans.items():
        assert 0 <= start < end <= length, f"header.{field}"
    if doc.signature is not None:
        assert 0 <= doc.signature.start <= doc.signature.end <= length


def check_tree(doc: Document) -> None:
    sections = {s.id: s for s in doc.sections}
    order = [s.start for s in doc.sections]
    assert order == sorted(order)
    open_: list[Any] = []
    for s in doc.sections:
        assert s.start <= s.heading_start <= s.heading_end <= s.end, s
        assert squeeze(s.heading) in squeeze(doc.text[s.heading_start : s.heading_end]), s
        if s.presenter:
            assert s.presenter in doc.text[s.heading_start : s.heading_end]
        while open_ and open_[-1].end <= s.start:
            open_.pop()
        # Whatever is still open around a section is an ancestor of it, and holds all of it.
        assert [o.id for o in open_] == list(parent_chain(doc.sections)[s.id][:-1]), s
        assert all(s.end <= o.end for o in open_), s
        open_.append(s)
    last = 0
    for unit in doc.units:
        assert unit.start >= last, f"{unit!r} overlaps the one before"
        last = unit.end
        assert unit.kind == ("bullet" if unit.marker else "paragraph")
        assert squeeze(unit.text), unit
        around = [s.id for s in doc.sections if s.start <= unit.start < s.end]
        assert unit.section == (around[-1] if around else None), unit
        if unit.section is not None:
            assert unit.end <= sections[unit.section].end, unit
        for s in doc.sections:
            assert unit.end <= s.heading_start or unit.start >= s.heading_end, f"{unit!r} in {s!r}"


def check_ids(doc: Document) -> None:
    names = [*doc.sections, *doc.units, *doc.entities, *doc.citations, *doc.tables]
    names += [*doc.footnotes, *doc.annexes]
    ids = [x.id for x in names]
    assert len(set(ids)) == len(ids)
    units, sections = {u.id for u in doc.units}, {s.id for s in doc.sections}
    citations = {c.id: c for c in doc.citations}
    seen: set[str] = set()
    for s in doc.sections:
        assert s.parent is None or s.parent in seen, s
        seen.add(s.id)
    earlier: set[str] = set()
    for u in doc.units:
        assert u.section is None or u.section in sections, u
        assert u.lead is None or u.lead in earlier, f"{u!r} is introduced by {u.lead}"
        earlier.add(u.id)
    for c in doc.citations:
        assert c.unit is None or c.unit in units, c
        assert c.section is None or c.section in sections, c
        assert c.agent in {"this", "draft", *(x.document for x in doc.citations)}, c
    for r in doc.relations:
        assert set(r.citations) <= set(citations), r
    for d in doc.directives:
        assert d.unit in units


@given(texts)
@example("")
@example("\n")
@example("\f\f")
@example("\ud800")
@example("1.")
@example("Điều 1.")
@example(WHOLE)
@example(WHOLE.replace("\n", "\n\n"))
@example(WHOLE * 2)
@example(WHOLE[400:])
def test_any_text_gives_a_sound_document(text: str) -> None:
    doc = read(text)
    check_spans(doc)
    check_tree(doc)
    check_ids(doc)
    data = json.loads(json.dumps(doc.to_dict(), ensure_ascii=False))
    assert Document.from_dict(data) == doc
    assert doc.text == unicodedata.normalize("NFC", doc.text)


@settings(max_examples=1000 if os.environ.get("CONGVAN_THOROUGH") == "1" else 150)
@given(outlines)
@example("A. TÌNH HÌNH\nĐiều 2. Quyết định này có hiệu lực.\nGiao các sở làm kè.\nA. TÌNH HÌNH")
@example("Điều 0.\n0/:\n¼\n0/AA:¼¼")
def test_any_outline_gives_a_sound_tree(text: str) -> None:
    doc = read(text)
    check_spans(doc)
    check_tree(doc)
    check_ids(doc)


def test_the_whole_text_is_read_as_it_stands() -> None:
    """The example above is not empty: what the properties speak of is there."""
    doc = read(WHOLE)
    assert [s.marker for s in doc.sections] == ["1.", "2."]
    assert [u.marker for u in doc.units] == [None, "-", "-", "a)", "b)", None]
    assert len(doc.citations) == 4
    assert doc.directives
    assert doc.signature is not None
    assert len(doc.recipients) == 2


def test_real_documents_are_sound(shared: Path) -> None:
    """Every tenth one: what no generator thinks of. All of them with CONGVAN_THOROUGH=1."""
    folders = ("instruct", "decisions", "legislation", "gazette", "central", "markdown")
    files = sorted(
        p
        for f in folders
        for p in (shared / "corpora" / f).glob("*")
        if p.suffix in (".txt", ".md")
    )
    assert len(files) > 300
    for path in files[:: 1 if os.environ.get("CONGVAN_THOROUGH") == "1" else 10]:
        doc = pipeline().read_file(path)
        check_spans(doc)
        check_tree(doc)
        check_ids(doc)
        assert doc.units, path.name


# ---------------------------------------------------------------- variants of one text


def said(doc: Document) -> dict[str, Any]:
    """Returns what a document says, without offsets."""
    return {
        "units": [(u.marker, squeeze(u.text)) for u in doc.units],
        "sections": [(s.marker, squeeze(s.heading), s.presenter) for s in doc.sections],
        "citations": [(c.document, c.relation, c.date) for c in doc.citations],
        "dates": [e.value for e in doc.entities_of("DATE")],
        "recipients": doc.recipients,
    }


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# fmt: off
VARIANTS: dict[str, Callable[[str], str]] = {
    "NFD":       nfd,
    "NFKC-safe": lambda t: unicodedata.normalize("NFC", nfd(t)),
    "CRLF":      lambda t: t.replace("\n", "\r\n"),
    "lone CR":   lambda t: t.replace("\n", "\r"),
    "BOM":       lambda t: "\ufeff" + t,
    "NFD, CRLF": lambda t: nfd(t).replace("\n", "\r\n"),
    "U+2028":    lambda t: t.replace("\n", "\u2028"),
    "ZWSP":      lambda t: t.replace(" ", "\u200b "),
    "blanks at the ends of lines": lambda t: t.replace("\n", "  \n"),
    "no final newline":            lambda t: t.rstrip("\n"),
    "blank lines in front":        lambda t: "\n\n" + t,
}
# fmt: on


@pytest.mark.parametrize("name", VARIANTS)
@given(text=clean)
@example(text=WHOLE)
@example(
    text="Số:      /TB-UBND\nQUYẾT ĐỊNH:\nSố: 12/QĐ-UBND\tBắc Sơn, ngày 05 tháng 01 năm 2024\n"
)
@example(text="- 2 -\n\n- 2 -\n\nVề rà soát danh mục cầu treo (Sở Xây dựng trình)\n")
def test_variants_of_a_text_give_one_result(name: str, text: str) -> None:
    assert said(read(VARIANTS[name](text))) == said(read(text))


def test_the_bytes_of_a_text_do_not_matter() -> None:
    want = said(read(WHOLE))
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        doc = pipeline().read_bytes(WHOLE.encode(encoding), name="a.txt")
        assert said(doc) == want, encoding
    assert said(pipeline().read_bytes(nfd(WHOLE).encode(), name="a.txt")) == want


def test_a_page_break_between_paragraphs_changes_nothing() -> None:
    ends = [i for i in range(len(WHOLE)) if WHOLE[i - 1 : i + 1] in (".\n", ";\n", ":\n")]
    assert len(ends) == 9
    want = said(read(WHOLE))
    for at in ends:
        assert said(read(WHOLE[:at] + "\n\f" + WHOLE[at + 1 :])) == want, WHOLE[at - 20 : at]


# ---------------------------------------------------------------- the way back


def joined(text: str) -> str:
    return squeeze(unicodedata.normalize("NFC", text))


@given(text=st.one_of(clean, wild), form=st.sampled_from(["", "NFD", "CRLF", "both"]))
@example(text=WHOLE, form="both")
def test_every_unit_leads_back_to_its_place_in_the_source(text: str, form: str) -> None:
    if form in ("NFD", "both"):
        text = nfd(text)
    if form in ("CRLF", "both"):
        text = text.replace("\n", "\r\n")
    doc = read(text)
    assert doc.offset_map.source_length == len(text)
    assert doc.offset_map.target_length == len(doc.text)
    for unit in doc.units:
        start, end = doc.offset_map.span(unit.start, unit.end)
        written = canonical(text[start:end])[0]
        # Page numbers inside a join are not part of the unit, but lie inside its source span.
        glued, parts = "".join(written.split()), "".join(unit.text.split())
        assert glued == parts or _skips_noise(glued, parts), (written, unit.text)


def _skips_noise(written: str, said: str) -> bool:
    """Returns True if ``said`` is ``written`` less one stretch in the middle."""
    n = len(written) - len(said)
    return n > 0 and any(written[:i] + written[i + n :] == said for i in range(1, len(said) + 1))


# ---------------------------------------------------------------- text functions


@given(st.one_of(texts, st.text(st.characters(), max_size=60)))
@example("e\u0302\u200b\u0301")
@example("\r\n\r\x85\u2028")
@example("\u1100\u1161\u11a8")
@example("A\u0300\u0300")
@example("A\u0300\u0340")
@example("\u0f5c")
def test_canonical_text(text: str) -> None:
    out, offsets = canonical(text)
    assert unicodedata.is_normalized("NFC", out)
    assert not set(out) & set("\r\u200b\ufeff\u00ad\x00\u2028")
    assert (offsets.target_length, offsets.source_length) == (len(out), len(text))
    back = [offsets.source(i) for i in range(len(out) + 1)]
    assert back == sorted(back)
    assert canonical(out)[0] == out
    before = (0, 0)
    for i, c in enumerate(out):
        start, after = offsets.span(i, i + 1)
        # A cluster that normalises to several characters leads back as a whole.
        assert before[1] <= start <= after or (start, after) == before
        before = (start, after)
        assert c in canonical(text[start:after])[0], (i, c)


@given(texts)
@example("QUỲ, quý, QUÝ, Hoà, HOÀ, hoàn")
def test_shadow_keeps_the_length_and_is_stable(text: str) -> None:
    text = canonical(text)[0]
    seen = shadow(text)
    assert len(seen) == len(text)
    assert shadow(seen) == seen
    assert [i for i, c in enumerate(seen) if c == "\n"] == [
        i for i, c in enumerate(text) if c == "\n"
    ]


@given(st.text(max_size=60))
@example("İ")
@example("ẞ")
@example("Đ̀")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# ---------------------------------------------------------------- time


def seconds(text: str) -> float:
    begin = time.process_time()
    read(text)
    return time.process_time() - begin


def body(n: int) -> str:
    return "".join(
        f"{i % 90 + 1}. Giao Sở Xây dựng rà soát Quyết định số {i}/2019/QĐ-UBND ngày 0{i % 9 + 1}/3/2019 của UBND tỉnh, "
        f"báo cáo trước ngày {i % 28 + 1}/6/2024;\n" for i in range(n)
    )  # fmt: skip


# Each pattern is one that a rule with a search in a search would stumble over.
# fmt: off
LONG: dict[str, Callable[[int], str]] = {
    "numbered orders": body,
    "headings":        lambda n: "1. Về cấp nước (Sở Xây dựng trình)\n- Giao Sở Xây dựng bổ sung.\n" * n,
    "deep outline":    lambda n: "I. PHẦN\n1. Mục\n1.1. Tên\na) Việc\n- Làm.\n" * n,
    "plain prose":     lambda n: "Các đơn vị tiếp tục thực hiện nhiệm vụ đã giao theo đúng kế hoạch. " * (n * 2),
    "short lines":     lambda n: "Cầu\n12\n" * (n * 4),
    "page numbers":    lambda n: "".join(f"Đoạn văn về\n\n{i}\n\nviệc cấp nước.\n" for i in range(n)),
    "open brackets":   lambda n: "1. Việc (" + "((a) (" * n + "\n",
    "blanks":          lambda n: "Số" + " " * (n * 40) + "1\n" + "\t" * n + "\n",
    "dots and dashes": lambda n: "." * (n * 20) + "-" * (n * 20) + "\n",
    "one number":      lambda n: "1" * (n * 40),
    "slashes":         lambda n: "1/2/QĐ-" * (n * 6),
    "list of numbers": lambda n: "Các Quyết định số " + ", ".join(f"{i}/QĐ-UBND" for i in range(n * 2)),
    "Điều, khoản":     lambda n: "khoản 1, khoản 2 Điều 3, " * n + "Luật Đất đai",
    "capitals":        lambda n: "ỦY BAN NHÂN DÂN TỈNH " * (n * 3),
    "recipients":      lambda n: "Làm việc.\nNơi nhận:\n" + "- Sở Xây dựng;\n" * (n * 3),
    "no letters":      lambda n: "\n" * (n * 60),
    "semicolons":      lambda n: "a;" * (n * 30),
    "one word":        lambda n: "ươ" * (n * 40),
    "tabs":            lambda n: "a\tb\tc\n" * (n * 4),
    "form feeds":      lambda n: "UBND TỈNH\nđoạn văn\f" * (n * 2),
    "definitions":     lambda n: "(sau đây gọi là Nghị định số 5) " * n,
    "quotes":          lambda n: "“Điều 1. Nghị định " * n,
}
# fmt: on


@pytest.mark.parametrize("name", LONG)
def test_four_times_the_text_costs_at_most_ten_times_the_time(name: str) -> None:
    make = LONG[name]
    read(make(5))
    n = 40
    small = seconds(make(n))
    while small < 0.3 and len(make(n)) < 60_000:  # too little to tell a square from a line
        n *= 2
        small = seconds(make(n))
    ratio = seconds(make(4 * n)) / max(small, 0.01)
    if ratio > 10:
        small = seconds(make(n))
        ratio = seconds(make(4 * n)) / max(small, 0.01)
    assert ratio <= 10
