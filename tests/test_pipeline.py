"""One input through all stages: what may be given, what comes together, what is placed where."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

import congvan
from congvan.agencies import AgencyContext
from congvan.document import Document, Header
from congvan.errors import ReadError
from congvan.pipeline import Pipeline, locality
from congvan.readers import Limits

NLP = congvan.load()

TEXT = """\
UBND TỈNH TUYÊN QUANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/TB-UBND
Tuyên Quang, ngày 06 tháng 5 năm 2024

THÔNG BÁO
Kết luận phiên họp UBND tỉnh ngày 29/4/2024

Chủ tịch UBND tỉnh kết luận như sau:
1. Dự thảo Nghị quyết về cấp nước (Sở Xây dựng trình)
- Cụ thể hóa Nghị quyết số 62-NQ/TU ngày 26/9/2013 của Ban Thường vụ Tỉnh ủy[1]; trình trước ngày 15/5.
2. Về kè sông
a) Rà soát 12 km kè theo Nghị quyết số 62-NQ/TU.
STT\tKè\tVốn
1\tLũng\t250
2\tĐất\t120
Văn phòng thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, TH.
TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG
Nguyễn Văn Bình
[1] Về phát triển đô thị.
PHỤ LỤC
DANH MỤC KÈ
1. Kè Lũng theo Quyết định số 12/QĐ-UBND ngày 03/02/2024.
"""


@pytest.fixture(scope="module")
def doc() -> Document:
    return NLP(TEXT)


def test_what_may_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "thông báo.txt"
    path.write_bytes(TEXT.encode())
    want = NLP(TEXT)
    given: list[Any] = [path, str(path), TEXT.encode(), bytearray(TEXT.encode()),
                        memoryview(TEXT.encode()), io.BytesIO(TEXT.encode())]  # fmt: skip
    for source in given:
        got = NLP(source)
        assert got.text == want.text, type(source)
        assert got.citations == want.citations
    with path.open("rb") as file:
        assert NLP(file).source.path == str(path)
    assert NLP(path).source.path == str(path)
    monkeypatch.chdir(tmp_path)
    assert NLP("thông báo.txt").citations == want.citations


# fmt: off
NO_FILES = {
    "a name of no file": "không-có.txt",
    "a folder":          ".",
    "two lines":         "Một.\nHai.",
    "a NUL":             "a\0b",
    "too long a name":   "x" * 5000,
    "nothing":           "",
}
# fmt: on


@pytest.mark.parametrize("text", NO_FILES.values(), ids=NO_FILES)
def test_a_string_that_names_no_file_is_the_text(text: str) -> None:
    doc = NLP(text)
    assert doc.source.path == "<text>"
    assert doc.text == text.replace("\0", " ")


def test_a_path_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        NLP(tmp_path / "không-có.txt")
    with pytest.raises(ReadError, match="the file is empty"):
        NLP(b"")


def test_limits_are_kept() -> None:
    with pytest.raises(ReadError, match="larger than 10 bytes"):
        congvan.load(limits=Limits(max_bytes=10)).read_bytes(b"x" * 11, name="a.txt")


def test_pipe_is_lazy_and_in_order() -> None:
    def sources() -> Any:
        yield "Một."
        yield b"Hai."
        raise AssertionError("asked for too much")

    got = NLP.pipe(sources())
    assert [next(got).text, next(got).text] == ["Một.", "Hai."]


def test_the_pipeline_keeps_nothing() -> None:
    nlp = Pipeline()
    first = nlp(TEXT)
    nlp("Nghị quyết số 62-NQ/TU ngày 01/01/2001 của Tỉnh ủy.")
    assert nlp(TEXT) == first


# ---------------------------------------------------------------- one paper, whole


def test_frame(doc: Document) -> None:
    h = doc.header
    assert (h.issuer, h.number, h.symbol, h.doc_type) == (
        "UBND TỈNH TUYÊN QUANG",
        "77",
        "TB-UBND",
        "Thông báo",
    )
    assert (h.place, h.date) == ("Tuyên Quang", "2024-05-06")
    assert doc.recipients == ("Như trên", "Lưu: VT, TH")
    assert doc.signature is not None
    assert (doc.signature.authority, doc.signature.position, doc.signature.name) == (
        "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Nguyễn Văn Bình")  # fmt: skip


def test_body(doc: Document) -> None:
    assert [(s.marker, s.heading, s.presenter) for s in doc.sections] == [
        ("1.", "Dự thảo Nghị quyết về cấp nước", "Sở Xây dựng"), ("2.", "Về kè sông", None),
    ]  # fmt: skip
    assert doc.sections[0].presenter_value == "Sở Xây dựng tỉnh Tuyên Quang"
    assert [(u.marker, u.section, u.text.split()[0]) for u in doc.units] == [
        (None, None, "Chủ"), ("-", "s1", "Cụ"), ("a)", "s2", "Rà"), (None, None, "Văn"), ("1.", None, "Kè"),
    ]  # fmt: skip


def test_a_table_is_set_aside(doc: Document) -> None:
    (table,) = doc.tables
    assert table.rows == (("STT", "Kè", "Vốn"), ("1", "Lũng", "250"), ("2", "Đất", "120"))
    assert not [u for u in doc.units if u.start < table.end and table.start < u.end]


def test_a_footnote_is_set_aside(doc: Document) -> None:
    (note,) = doc.footnotes
    assert (note.marker, note.text) == ("1", "Về phát triển đô thị.")
    assert not [u for u in doc.units if u.start <= note.start < u.end]


def test_an_annex_is_set_aside(doc: Document) -> None:
    (annex,) = doc.annexes
    assert annex.title == "PHỤ LỤC DANH MỤC KÈ"
    assert doc.units[-1].start > annex.start


def test_citations_are_placed(doc: Document) -> None:
    where = [(c.text, c.unit, c.section) for c in doc.citations]
    assert where == [
        ("Nghị quyết số 62-NQ/TU", "u2", "s1"), ("Nghị quyết số 62-NQ/TU", "u3", "s2"), ("Quyết định số 12/QĐ-UBND", "u5", None),
    ]  # fmt: skip
    assert doc.citations[0].document == doc.citations[1].document
    assert doc.citations[1].date == "2013-09-26"
    assert doc.citations[0].relation == "implements"


def test_the_own_number_is_no_citation(doc: Document) -> None:
    assert "77" not in [c.number for c in doc.citations]
    assert doc.document
    assert doc.document not in [c.document for c in doc.citations]


def test_a_unit_with_a_time_is_a_directive(doc: Document) -> None:
    directive = next(d for d in doc.directives if d.unit == "u2")
    assert [(d.bound, d.value) for d in directive.due] == [("before", "2024-05-15")]
    assert directive.assignees == ("Sở Xây dựng tỉnh Tuyên Quang",)  # it presented the item
    assert directive.assigned_by == "s1"
    labels = {u.id: u.labels for u in doc.units}
    assert "deadline" in labels["u2"]
    assert labels["u3"] == ("review",)


def test_entities_are_flat(doc: Document) -> None:
    ends = [0, *(e.end for e in doc.entities)]
    assert all(e.start >= end for e, end in zip(doc.entities, ends, strict=False))
    assert {e.type for e in doc.entities} == {"AGENCY", "DATE", "INSTRUMENT", "PERSON"}
    instruments = doc.entities_of("INSTRUMENT")
    assert [(e.start, e.value) for e in instruments] == [
        (c.start, c.document) for c in doc.citations
    ]


def test_citations_alone() -> None:
    found, dates = NLP.citations_only(
        "Căn cứ Nghi\u0323\u0302 định số 30/2020/NĐ-CP ngày 05/3/2020;\r\nhết"
    )
    assert [(c.number, c.date, c.unit) for c in found] == [("30", "2020-03-05", None)]
    assert [d.value for d in dates] == ["2020-03-05"]


# ---------------------------------------------------------------- nothing is invented

# fmt: off
PLAIN = {
    "prose":        "Mùa mưa năm nay đến muộn. Người dân trong bản chờ nước về ruộng.\nTrẻ con ra suối bắt cá.",
    "a list":       "Sữa\nBánh mì\nTrứng",
    "English":      "The quick brown fox jumps over the lazy dog.\nIt was article 5 of 12.",
    "numbers":      "12 34 56\n1.000 2.000\n1/2",
    "nothing":      "",
    "blanks":       " \n\t\n\f\n",
    "one word":     "Nước",
    "signs":        "***\n---\n(((\n;;;",
}
# fmt: on


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_nothing_is_invented(text: str) -> None:
    doc = NLP(text)
    h = doc.header
    assert (
        h.issuer,
        h.number,
        h.symbol,
        h.doc_type,
        h.place,
        h.date,
        h.subject,
        h.urgency,
        h.secrecy,
    ) == (None,) * 9
    for group in (doc.sections, doc.citations, doc.relations, doc.directives, doc.recipients, doc.annexes,
                  doc.footnotes, doc.tables):  # fmt: skip
        assert len(group) == 0
    assert doc.signature is None
    assert all(u.kind == "paragraph" for u in doc.units)


def test_headings_are_not_made_of_sentences() -> None:
    text = "Người dân chờ nước.\nTrẻ con ra suối.\n1. Giao Sở Xây dựng rà soát.\n2. Giao Sở Nội vụ báo cáo.\n"
    doc = NLP(text)
    assert not doc.sections
    assert [u.section for u in doc.units] == [None] * 4


# ---------------------------------------------------------------- whose suffix


# fmt: off
LOCAL: dict[str, tuple[str | None, str | None, str | None, str | None]] = {
    "province":       ("UBND TỈNH LẠNG SƠN",                       "Lạng Sơn", "province", "TỈNH LẠNG SƠN"),
    "district":       ("ỦY BAN NHÂN DÂN HUYỆN HỮU LŨNG",           "Lạng Sơn", "district", "HUYỆN HỮU LŨNG"),
    "town":           ("UBND thị xã Bỉm Sơn",                      "Thanh Hóa", "district", "thị xã Bỉm Sơn"),
    "commune":        ("UBND xã Hoa Thám",                         "Lạng Sơn", "commune", "xã Hoa Thám"),
    "ward":           ("UBND phường Ba Đình",                      "Hà Nội",   "commune", "phường Ba Đình"),
    "special zone":   ("UBND đặc khu Phú Quốc",                    "An Giang", "commune", "đặc khu Phú Quốc"),
    "ministry":       ("BỘ XÂY DỰNG",                              None,       "central", None),
    "nobody":         (None,                                       None,       None,      None),
}
# fmt: on


@pytest.mark.parametrize(("issuer", "province", "level", "place"), LOCAL.values(), ids=LOCAL)
def test_locality(
    issuer: str | None, province: str | None, level: str | None, place: str | None
) -> None:
    context = AgencyContext(issuer, province, None)
    found = locality(Header(issuer=issuer, place=province), context)
    assert (found.level, found.place) == (level, place)
    assert found.province == context.province
