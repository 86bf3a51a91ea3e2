"""The page: the text of the document, character by character, with everything marked."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.document import Document, Header, Items, Section, Unit
from congvan.view import Mark, Sweep, article, blocks, marks, to_html
from sample_documents import letter, notice

VOID = {"meta", "br", "link"}
DOCUMENTS = {"notice": notice(), "letter": letter(), "empty": Document(text="")}


class Page(HTMLParser):
    """Checks that elements nest, and collects ids, links and what stands in the article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.marked: list[tuple[str, str]] = []
        self.stack: list[tuple[str, int]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            assert "a" not in self.open
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if "href" in found:
            self.links.append(str(found["href"]))
        if tag not in VOID:
            self.open.append(tag)
            self.stack.append((str(found.get("class", "")), len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        css, start = self.stack.pop()
        self.marked.append((css, self.text[start:]))

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.text += data


def shown(text: str) -> str:
    return "".join(chr(0x2400 + ord(c)) if c < " " and c not in "\n\t" else c for c in text)


@pytest.mark.parametrize("fragment", [False, True])
@pytest.mark.parametrize("doc", DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_article_is_the_text(doc: Document, fragment: bool) -> None:
    assert Page(to_html(doc, fragment=fragment)).text == shown(doc.text)


@pytest.mark.parametrize("fragment", [False, True])
@pytest.mark.parametrize("doc", DOCUMENTS.values(), ids=DOCUMENTS)
def test_ids_are_unique_and_every_link_leads_somewhere(doc: Document, fragment: bool) -> None:
    page = Page(to_html(doc, fragment=fragment))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_two_documents_can_stand_in_one_page() -> None:
    first, second = (Page(to_html(d, fragment=True)) for d in (notice(), letter()))
    assert not set(first.ids) & set(second.ids)


@pytest.mark.parametrize("doc", DOCUMENTS.values(), ids=DOCUMENTS)
def test_nothing_comes_from_outside_and_nothing_runs(doc: Document) -> None:
    html = to_html(doc)
    assert not re.search(r"<script|<img|<link|<iframe|\bsrc=|\bon\w+=|url\(|@import|https?:", html)
    assert '<html lang="vi">' in html
    assert '<meta charset="utf-8">' in html


# fmt: off
MARKED = [
    ("cit", "Quyết định số 1978/QĐ-TTg"),
    ("cit", "Nghị quyết số 15-NQ/TU"),
    ("pin", "khoản 2 Điều 5"),
    ("ev", "cụ thể hóa"),
    ("ev", "căn cứ"),
    ("date", "ngày 24/11/2021"),
    ("date", "ngày 05/4/2024"),
    ("ag", "Sở Xây dựng"),
    ("pe", "Hoàng Thị Mẫu"),
    ("due", "chậm nhất ngày 05/4/2024"),
    ("due", "trong quý II/2024"),
    ("blk flow i2 hang", "- Rà soát lại đơn giá của 14 công trình, gửi Sở Tài chính chậm nhất ngày 05/4/2024."),
    ("blk flow", "1. Dự thảo Đề án cấp nước sạch vùng cao (Sở Xây dựng trình)"),
    ("blk line pre title", "THÔNG BÁO"),
    ("blk t", "STT\tViệc\tKinh phí\n1\tKè đá\t12 tỷ đồng"),
]
# fmt: on


@pytest.mark.parametrize(("css", "words"), MARKED)
def test_marks(css: str, words: str) -> None:
    assert (css, words) in Page(to_html(notice())).marked


def test_labels_say_what_colours_show() -> None:
    html = to_html(notice())
    for words in ("1 thực hiện", "2 thay thế", "hạn: 05/04/2024", "hạn: ngày 25 hằng tháng"):
        assert f'data-l="{words}"' in html


def test_what_a_document_says_is_text_not_html() -> None:
    evil = "<script>alert(1)</script>\"'&amp;"
    unit = Unit("u1", "paragraph", None, None, 0, len(evil), evil)
    doc = Document(
        text=evil,
        header=Header(doc_type=evil, subject=evil, issuer=evil, addressees=(evil,)),
        sections=Items([Section("s1", None, "x", evil, evil, 0, 0, 0, 0, presenter=evil)]),
        units=Items([dataclasses.replace(unit, labels=(evil,))]),
        recipients=(evil,),
        warnings=(evil,),
    )
    html = to_html(doc)
    assert "<script" not in html
    assert Page(html).text == evil


def test_the_notebook_shows_the_fragment() -> None:
    assert notice()._repr_html_().startswith('<div class="congvan" lang="vi">')


# ---------------------------------------------------------------- laws


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[str, list[Mark], list[int]]:
    text = draw(st.text(st.sampled_from("ab<&\n 'ệ"), max_size=30))
    at = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(at, at, st.integers(0, 4), st.booleans()), max_size=8))
    found = [
        Mark(min(a, b), max(a, b), rank, f"k{i}", f"i{i}", "#x" if link else "", label=f"l{i}")
        for i, (a, b, rank, link) in enumerate(spans)
        if a != b
    ]
    found.sort(key=lambda m: (m.start, -m.end, m.rank))
    return text, found, sorted({0, len(text), *draw(st.lists(at, max_size=4))})


@given(overlapping())
def test_any_marks_nest_and_cover_their_words(case: tuple[str, list[Mark], list[int]]) -> None:
    text, found, cuts = case
    sweep = Sweep(text, found)
    html = "".join(f"<p>{sweep.html(a, b)}</p>" for a, b in pairwise(cuts))
    page = Page(f"<article>{html}</article>")
    assert page.text == text
    for mark in found:
        # In pieces, but every character of the mark exactly once, one id and one label.
        pieces = re.findall(rf'class="{mark.css}"', html)
        assert len(pieces) >= 1
        assert page.ids.count(mark.id) == 1
        covered = [words for css, words in reversed(page.marked) if css == mark.css]
        assert html.count(f'data-l="{mark.label}"') == 1
        assert sum(map(_length, _pieces(html, mark.css))) == mark.end - mark.start
        assert covered


def _pieces(html: str, css: str) -> list[str]:
    out = []
    for found in re.finditer(rf'<(a|span) class="{css}"[^>]*>', html):
        depth, at = 1, found.end()
        while depth:
            tag = re.compile(r"<(/?)(?:a|span)\b[^>]*>").search(html, at)
            assert tag is not None
            depth += -1 if tag[1] else 1
            at = tag.end()
        out.append(html[found.end() : at])
    return out


def _length(html: str) -> int:
    page = Page(f"<article><p>{html[: html.rfind('</')]}</p></article>")
    return len(page.text)


@given(st.data())
def test_any_units_and_headings_give_the_text(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab- \n\t1.<"), max_size=40))
    at = st.integers(0, len(text))

    def span() -> tuple[int, int]:
        a, b = sorted((data.draw(at), data.draw(at)))
        return a, b

    units = [Unit(f"u{i}", data.draw(st.sampled_from(["bullet", "paragraph"])), "-", None, a, b,
                  text[a:b]) for i, (a, b) in enumerate(span() for _ in range(3))]  # fmt: skip
    a, b = span()
    sections = [Section("s1", None, "x", "1.", "h", a, b, a, b)]
    doc = Document(text=text, units=Items(units), sections=Items(sections))
    assert Page(f"<article>{article(doc)}</article>").text == text
    found = blocks(doc)
    assert all(x.end <= y.start for x, y in pairwise(found))


def test_marks_are_sorted_for_the_sweep() -> None:
    found = marks(notice())
    assert [(m.start, -m.end) for m in found] == sorted((m.start, -m.end) for m in found)


def test_time_grows_with_the_text() -> None:
    from time import perf_counter

    def seconds(n: int) -> float:
        text = "".join(f"- Rà soát việc thứ {i:06d} của đơn vị.\n" for i in range(n))
        step = len(text) // n
        units = Items(Unit(f"u{i}", "bullet", "-", None, i * step + 2, i * step + step - 1,
                           text[i * step + 2 : i * step + step - 1]) for i in range(n))  # fmt: skip
        best = 9.0
        for _ in range(3):
            start = perf_counter()
            article(Document(text=text, units=units))
            best = min(best, perf_counter() - start)
        return best

    assert seconds(4000) < 12 * seconds(1000)
