"""What the engine must do, row by row of the feature table: bad text, rows 18 to 22.

The sentences are our own. Ids name the row and the case: ``r07-...`` is "one head, several numbers".
"""

from __future__ import annotations

import re
import unicodedata

import pytest
from citation_help import cite, letterhead, one, parts, pipeline, read, table

# Tables are read by eye, one case a line.
# fmt: off

# --- 18, 19: bad text ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    table(18, {
        "behind-so": ("theo Nghị quyết số\n01/NQ-CP ngày 02/1/2021", "01"),
        "behind-the-type": ("theo Nghị định\nsố 61/2018/NĐ-CP", "61"),
        "in-the-type": ("theo Nghị\nđịnh số 61/2018/NĐ-CP", "61"),
        "before-the-slash": ("theo Quyết định số 24 /2025/QĐ-UBND", "24"),
        "behind-the-slash": ("theo Quyết định số 24/ QĐ-UBND", "24"),
        "behind-the-hyphen": ("theo Nghị định số 61/2018/NĐ- CP ngày 23/4/2018", "61"),
        "before-the-hyphen": ("theo Nghị định số 61/2018/NĐ -CP ngày 23/4/2018", "61"),
        "over-the-hyphen": ("theo Nghị định số 61/2018/NĐ-\nCP ngày 23/4/2018", "61"),
        "party": ("theo Nghị quyết số 57 - NQ/TW ngày 22/12/2024", "57"),
    }),
)
def test_number_split_or_spaced(text: str, number: str) -> None:
    c = one(text)
    assert c.number == number
    assert text[c.start : c.end] == c.text
    assert " " not in (c.symbol or "")
    assert "\n" not in (c.symbol or "")
    assert c.symbol in {"NQ-CP", "NĐ-CP", "QĐ-UBND", "NQ/TW"}


@pytest.mark.parametrize(
    ("text", "clean"),
    table(18, {
        "decree": ("theo Nghị định số 61/2018/NĐ-\nCP", "theo Nghị định số 61/2018/NĐ-CP"),
        "spaces": ("theo Quyết định số 24 /2025/QĐ-TTg", "theo Quyết định số 24/2025/QĐ-TTg"),
    }),
)
def test_split_number_has_the_same_id(text: str, clean: str) -> None:
    assert one(text).document == one(clean).document


CLEAN = "Căn cứ Nghị định số 107/2020/NĐ-CP ngày 14/9/2020 của Chính phủ;"


@pytest.mark.parametrize(
    "written",
    table(19, {
        "eth": CLEAN.replace("Đ", "Ð"),
        "african-d": CLEAN.replace("Đ", "Ɖ"),
        "d": CLEAN.replace("NĐ-CP", "ND-CP"),
        "big-o": CLEAN.replace("107/", "1O7/"),
        "small-l": CLEAN.replace("107/", "l07/"),
        "en-dash": CLEAN.replace("NĐ-CP", "NĐ–CP"),
        "em-dash": CLEAN.replace("NĐ-CP", "NĐ—CP"),
        "no-break-hyphen": CLEAN.replace("NĐ-CP", "NĐ\u2011CP"),
        "minus": CLEAN.replace("NĐ-CP", "NĐ\u2212CP"),
        "no-break-space": CLEAN.replace("định số ", "định\u00a0số\u00a0"),
        "cyrillic": CLEAN.replace("CP", "СР"),
        "fullwidth-slash": CLEAN.replace("107/2020", "107\uff0f2020"),
        "nfd": unicodedata.normalize("NFD", CLEAN),
        "zero-width": CLEAN.replace("107", "1\u200b07"),
        "soft-hyphen": CLEAN.replace("Nghị", "Ng\u00adhị"),
        "hyphen-lost": CLEAN.replace("NĐ-CP", "NĐCP"),
        "small-code": CLEAN.replace("NĐ-CP", "nđ-cp"),
        "slash-lost": CLEAN.replace("2020/NĐ", "2020NĐ"),
    }),
)
def test_damaged_number_is_read_and_the_text_kept(written: str) -> None:
    doc = read(written)
    assert len(doc.citations) == 1, [c.text for c in doc.citations]
    c = doc.citations[0]
    assert parts(c) == ("nd", "cp", "2020", "107")
    assert (c.number, c.symbol, c.year, c.date) == ("107", "NĐ-CP", 2020, "2020-09-14")
    assert doc.text[c.start : c.end] == c.text


@pytest.mark.parametrize(
    ("written", "said"),
    table(19, {
        "d": ("Nghị định số 107/2020/ND-CP", "ND"),
        "qd": ("Quyết định số 57/QD-TTg", "QD"),
        "ministry": ("Thông tư số 14/2020/TT-BGDDT", "BGDDT"),
        "zero": ("Nghị định số 1O7/2020/NĐ-CP", "1O7"),
        "one": ("Nghị định số l07/2020/NĐ-CP", "l07"),
        "glued": ("Quyết định số 2468/QĐUBND", "QĐUBND"),
        "exchanged": ("Nghị quyết số 57/NQ-TW", "NQ-TW"),
        "list": ("Quyết định số 12 và 13/QĐ-TTg", "symbol"),
    }),
)
def test_repair_is_recorded(written: str, said: str) -> None:
    c = cite(f"Căn cứ {written};")[0]
    assert any(said in r for r in c.repairs), c.repairs


@pytest.mark.parametrize(
    "written",
    table(19, {"plain": "Nghị định số 107/2020/NĐ-CP", "party": "Nghị quyết số 57-NQ/TW", "letter": "Công văn số 2279/BKHĐT-TH"}),
)
def test_nothing_repaired_nothing_recorded(written: str) -> None:
    assert one(f"Căn cứ {written};").repairs == ()


def test_a_page_break_between_the_parts() -> None:
    doc = read("1. Văn phòng triển khai Nghị quyết số\n\f\n01/NQ-CP ngày 02/01/2021 của Chính phủ về kho lưu trữ.", head=letterhead())
    assert [(c.number, c.symbol, c.date) for c in doc.citations] == [("01", "NQ-CP", "2021-01-02")]


def test_words_without_marks() -> None:
    c = one("Can cu Nghi dinh so 107/2020/ND-CP ngay 14/9/2020 cua Chinh phu")
    assert parts(c) == ("nd", "cp", "2020", "107")
    assert c.type == "Nghị định"


# --- 20, 21, 22: offsets, HTML, any text ----------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    table(20, {
        "nfd": unicodedata.normalize("NFD", f"Thông báo.\n{CLEAN}\n"),
        "crlf": f"Thông báo.\r\n\r\n{CLEAN}\r\n",
        "bom": f"\ufeff{CLEAN}",
        "zero-width": CLEAN.replace("số", "s\u200bố"),
    }),
)
def test_offsets_lead_back_to_the_raw_text(raw: str) -> None:
    doc = read(raw)
    c = doc.citations[0]
    start, end = doc.offset_map.span(c.start, c.end)
    assert re.sub("[\u200b\ufeff]", "", unicodedata.normalize("NFC", raw[start:end])) == c.text


def test_html_gives_the_same_citations_as_the_text() -> None:
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body><p>{CLEAN.replace('107', '<b>107</b>')}</p></body></html>"
    doc = pipeline().read_bytes(page.encode(), name="a.html")
    assert [parts(c) for c in doc.citations] == [("nd", "cp", "2020", "107")]
    assert all(doc.text[c.start : c.end] == c.text for c in doc.citations)


@pytest.mark.parametrize(
    "text",
    table(22, {
        "empty": "",
        "blank": " \n\t\n",
        "slashes": "số /////----",
        "broken": "Nghị định số 107/2020/",
        "type-only": "Nghị định số",
        "surrogate": "Nghị định số 107/2020/NĐ-CP \ud800",
        "nul": "Nghị định số 107/2020/NĐ-CP \x00",
        "rtl": "Nghị định số 107/2020/NĐ-CP \u202e",
        "emoji": "Nghị định số 107/2020/NĐ-CP 😀",
        "huge-number": "Nghị định số " + "9" * 400 + "/2020/NĐ-CP",
        "month-13": "Nghị định số 107/2020/NĐ-CP ngày 31/13/2020",
    }),
)
def test_naughty_strings(text: str) -> None:
    doc = read(text)
    assert all(doc.text[c.start : c.end] == c.text for c in doc.citations)
