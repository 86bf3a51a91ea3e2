"""Word files, built here with python-docx or part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from congvan.readers import RawDocument, read_bytes
from congvan.readers.numbering import letters, roman

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def package(body: str, **parts: str) -> bytes:
    """Returns a docx of the bare minimum: the body and other parts by their short name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            file.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def read(body: str, **parts: str) -> RawDocument:
    return read_bytes(package(body, **parts), name="a.docx")


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def num(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def level(index: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*abstracts: str, nums: str = "") -> str:
    body = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{a}</w:abstractNum>' for i, a in enumerate(abstracts)
    )
    plain = "".join(
        f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i in range(len(abstracts))
    )
    return f"<w:numbering {W}>{body}{plain}{nums}</w:numbering>"


def lines(raw: RawDocument) -> list[str]:
    return raw.text.splitlines()


# fmt: off
FORMATS = [
    ("decimal", "%1.", 1, ["1. a", "2. a"]),
    ("decimal", "%1)", 9, ["9) a", "10) a"]),
    ("upperRoman", "%1.", 4, ["IV. a", "V. a"]),
    ("lowerRoman", "(%1)", 3, ["(iii) a", "(iv) a"]),
    ("upperLetter", "%1.", 1, ["A. a", "B. a"]),
    ("lowerLetter", "%1)", 3, ["c) a", "d) a"]),
    ("decimal", "Điều %1.", 1, ["Điều 1. a", "Điều 2. a"]),
    ("bullet", "-", 1, ["- a", "- a"]),
    ("bullet", "+", 1, ["+ a", "+ a"]),
    ("bullet", "\uf0b7", 1, ["- a", "- a"]),
    ("bullet", "o", 1, ["- a", "- a"]),
    ("none", "", 1, ["a", "a"]),
]
# fmt: on


@pytest.mark.parametrize(("form", "text", "start", "expected"), FORMATS)
def test_marks_of_lists(form: str, text: str, start: int, expected: list[str]) -> None:
    raw = read(p("a", num(1)) * 2, numbering=numbering(level(0, form, text, start)))
    assert lines(raw) == expected


def test_levels_restart_and_show_their_parents() -> None:
    defined = (
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")
    )
    body = "".join(p("x", num(1, n)) for n in (0, 1, 2, 2, 1, 2, 0, 1, 2))
    assert [line.split()[0] for line in lines(read(body, numbering=numbering(defined)))] == [
        "I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "II.", "1.", "1.1.",
    ]  # fmt: skip


def test_a_level_that_never_restarts() -> None:
    defined = level(0, "upperRoman", "%1.") + level(
        1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'
    )
    body = "".join(p("x", num(1, n)) for n in (0, 1, 0, 1))
    assert [x.split()[0] for x in lines(read(body, numbering=numbering(defined)))] == [
        "I.",
        "1.",
        "II.",
        "2.",
    ]


def test_lists_that_share_a_definition_go_on_and_an_override_starts_anew() -> None:
    nums = (
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = p("x", num(1)) + p("x", num(8)) + p("x", num(9)) + p("x", num(9)) + p("x", num(0))
    raw = read(body, numbering=numbering(level(0, "decimal", "%1."), nums=nums))
    assert lines(raw) == ["1. x", "2. x", "5. x", "6. x", "x"]


def test_numbers_come_through_styles_and_their_parents() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Muc"><w:pPr>{num(1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>'
    )
    body = p("x", '<w:pStyle w:val="Muc"/>') + p("x", '<w:pStyle w:val="Con"/>')
    body += p("x", f'<w:pStyle w:val="Con"/>{num(0)}') + p("x", '<w:pStyle w:val="Loop"/>')
    raw = read(body, numbering=numbering(level(0, "decimal", "%1.")), styles=styles)
    assert lines(raw) == ["1. x", "2. x", "x", "x"]


def test_default_template_lists() -> None:
    import docx

    document = docx.Document()
    for text, style in (("a", "List Number"), ("b", "List Bullet"), ("c", "List Number")):
        document.add_paragraph(text, style=style)
    assert lines(read_bytes(saved(document), name="a.docx")) == ["1. a", "- b", "2. c"]


# fmt: off
BODIES = [
    ("runs", "<w:p><w:r><w:t>Số </w:t></w:r><w:hyperlink><w:r><w:t>15/TB</w:t></w:r></w:hyperlink></w:p>", "Số 15/TB"),
    ("breaks", "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>", "a\nb-c"),
    ("page", '<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>', "a\n\f\nb"),
    ("deleted", "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:ins><w:r><w:t>b</w:t></w:r></w:ins></w:p>", "ab"),
    ("moved", "<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>y</w:t></w:r></w:moveTo></w:p>", "y"),
    ("field", '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>', "3"),
    ("hidden", p("x", run="<w:vanish/>") + p("a"), "a"),
    ("shown", p("a", run='<w:vanish w:val="0"/>'), "a"),
    ("capitals", p("Thông báo", run="<w:caps/>"), "THÔNG BÁO"),
    ("control", "<w:sdt><w:sdtContent>" + p("a") + "</w:sdtContent></w:sdt>", "a"),
    ("symbol", '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> a</w:t></w:r></w:p>', "- a"),
    ("tabs", "<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>a</w:t><w:tab/><w:tab/><w:t>b</w:t></w:r></w:p>", "1.\ta     b"),
    ("letterhead tab", "<w:p><w:r><w:t>SỞ A</w:t><w:tab/><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA</w:t></w:r></w:p>", "SỞ A     CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    ("empty", p("a") + p("") + p("") + p("b"), "a\n\nb"),
    ("text box", '<w:p><w:r><w:t>a</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:drawing><w:txbxContent>'
        + p("hộp") + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("hộp")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>", "a\nhộp"),
]
# fmt: on


@pytest.mark.parametrize(("body", "expected"), [b[1:] for b in BODIES], ids=[b[0] for b in BODIES])
def test_paragraphs(body: str, expected: str) -> None:
    assert read(body).text.strip("\n") == expected


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_data_tables_are_set_apart_and_merged_cells_stand_once() -> None:
    rows = [
        cell("TT") + cell("Tên|việc", '<w:gridSpan w:val="2"/>'),
        cell("1", '<w:vMerge w:val="restart"/>') + cell("An") + cell("x"),
        cell("", "<w:vMerge/>") + cell("Bình") + cell("y"),
    ]
    raw = read(p("Trước") + table(*rows) + p("Sau"))
    (region,) = raw.regions
    assert region.kind == "table"
    assert raw.text[region.start : region.end].split("\n") == [
        "TT\tTên việc\t",
        "1\tAn\tx",
        "\tBình\ty",
    ]
    assert raw.text.startswith("Trước\n")
    assert raw.text.endswith("Sau\n")


def test_automatic_row_numbers_of_a_table() -> None:
    number = f"<w:tc><w:p><w:pPr>{num(1)}</w:pPr></w:p></w:tc>"
    raw = read(
        table(cell("TT") + cell("Tên") + cell("Số"), *(number + cell(x) + cell("0") for x in "ab")),
        numbering=numbering(level(0, "decimal", "%1")),
    )
    assert "1\ta\t0\n2\tb\t0" in raw.text


def test_letterhead_and_closing_tables_are_running_text() -> None:
    head = table(
        cell("UBND TỈNH A|SỞ NỘI VỤ") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập"),
        cell("Số: 5/TB-SNV") + cell("A, ngày 5"),
    )
    end = table(cell("Nơi nhận:|- Như trên;|- Lưu: VT.") + cell("GIÁM ĐỐC||An"))
    raw = read(head + p("THÔNG BÁO") + end)
    assert raw.regions == ()
    assert [line for line in lines(raw) if line] == [
        "UBND TỈNH A", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập",
        "Số: 5/TB-SNV", "A, ngày 5", "THÔNG BÁO",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "An",
    ]  # fmt: skip


def test_a_closing_block_glued_to_a_data_table() -> None:
    rows = [cell("TT") + cell("Tên") + cell("Số"), cell("1") + cell("An") + cell("7")]
    raw = read(table(*rows, cell("Nơi nhận:|- Lưu.") + cell("GIÁM ĐỐC")))
    assert [raw.text[r.start : r.end] for r in raw.regions] == ["TT\tTên\tSố\n1\tAn\t7"]
    assert "- Lưu.\n" in raw.text


def test_nested_tables() -> None:
    inner = table(cell("a") + cell("b"))
    nested = "<w:tc>" + p("ngoài") + inner + p("") + "</w:tc>"
    raw = read(table(cell("1") + nested, cell("2") + cell("c")))
    assert raw.text.strip("\n").split("\n") == ["1\tngoài a b", "2\tc"]
    whole = read(table(nested)).text
    assert "ngoài\n" in whole
    assert "a\tb" in whole


def test_footnotes_go_to_the_end_and_leave_no_mark() -> None:
    body = (
        '<w:p><w:r><w:t>Luật</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> này</w:t></w:r>'
        '<w:r><w:endnoteReference w:id="1"/></w:r></w:p>' + p("cuối")
    )
    note = f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator">{p("")}</w:footnote><w:footnote w:id="2">{p(" Chú thích A")}</w:footnote></w:footnotes>'
    end = f'<w:endnotes {W}><w:endnote w:id="1">{p("Chú thích B")}</w:endnote></w:endnotes>'
    raw = read(body, footnotes=note, endnotes=end)
    assert raw.text == "Luật này\ncuối\n\n1 Chú thích A\ni Chú thích B\n"
    assert [(r.kind, r.label, raw.text[r.start : r.end]) for r in raw.regions] == [
        ("footnote", "1", "1 Chú thích A"),
        ("footnote", "i", "i Chú thích B"),
    ]


def test_headers_and_footers_are_left_out() -> None:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.sections[0].footer.paragraphs[0].text = "chân trang"
    document.add_paragraph("thân")
    assert read_bytes(saved(document), name="a.docx").text == "thân\n"


def test_old_fonts() -> None:
    words = "Së Tµi chÝnh chñ tr× rµ so¸t danh môc ®Ò ¸n, b¸o c¸o ñy ban nh©n d©n tØnh"
    heading = p("th«ng b¸o kÕt luËn", run='<w:rFonts w:ascii=".VnTimeH"/>')
    raw = read(heading + p(words) + p("Thông báo: được"))
    assert lines(raw) == [
        "THÔNG BÁO KẾT LUẬN",
        "Sở Tài chính chủ trì rà soát danh mục đề án, báo cáo ủy ban nhân dân tỉnh",
        "Thông báo: được",
    ]
    assert raw.source.encoding == "tcvn3"
    assert "tcvn3" in raw.source.repairs[-1]


def test_strict_documents() -> None:
    data = package(p("a"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            xml = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, xml)
    assert read_bytes(strict.getvalue(), name="a.docx").text == "a\n"


@pytest.mark.parametrize(
    ("function", "number", "expected"),
    [
        (roman, 1994, "MCMXCIV"),
        (roman, 0, "0"),
        (roman, 4000, "4000"),
        (letters, 26, "z"),
        (letters, 28, "bb"),
        (letters, 0, "0"),
    ],
)
def test_numbers_as_signs(function: Callable[[int], str], number: int, expected: str) -> None:
    assert function(number) == expected
