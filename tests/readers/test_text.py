"""Plain text, Markdown and strings."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.readers import RawDocument, read_bytes, read_file, read_text
from congvan.readers.markdown import read_markdown


def regions(raw: RawDocument, kind: str) -> list[str]:
    return [raw.text[r.start : r.end] for r in raw.regions if r.kind == kind]


# fmt: off
MARKDOWN = [
    ("heading",       "## **THÔNG BÁO**\n",                     "THÔNG BÁO\n"),
    ("closing hash",  "### Điều 1. Tên ###\n",                  "Điều 1. Tên\n"),
    ("no heading",    "#1 là số\n",                             "#1 là số\n"),
    ("bold",          "**1. Dự án** (Sở A trình)",              "1. Dự án (Sở A trình)"),
    ("bold italic",   "***Nơi nhận:***",                        "Nơi nhận:"),
    ("glued",         "**Điều 1.**Vị trí",                      "Điều 1.Vị trí"),
    ("italic lines",  "*Căn cứ A;  \nCăn cứ B;*",               "Căn cứ A;  \nCăn cứ B;"),
    ("open bold",     "**b) Đối với\n\nc) Khác",                "b) Đối với\n\nc) Khác"),
    ("bullet star",   "* Một\n* Hai\n",                         "* Một\n* Hai\n"),
    ("product",       "5 * 3 * 2",                              "5 * 3 * 2"),
    ("note star",     "Ghi chú (*) và (**)",                    "Ghi chú (*) và (**)"),
    ("underscores",   "_nghiêng_ và ten_file_a và Số: ____/QĐ", "nghiêng và ten_file_a và Số: ____/QĐ"),
    ("escapes",       r"\- Một \* hai 1\. ba \[x\]",            "- Một * hai 1. ba [x]"),
    ("escaped star",  r"\*không nghiêng\*",                     "*không nghiêng*"),
    ("rules",         "A\n\n---\n\n* * *\n\nB",                 "A\n\n\n\n\n\nB"),
    ("dash item",     "- Một\n+ Hai\n",                         "- Một\n+ Hai\n"),
    ("link",          "xem [Nghị định 5](http://a.vn/b_c_d)",   "xem Nghị định 5"),
    ("image",         "a ![](img-0.jpeg) b",                    "a  b"),
    ("brackets",      "[sic] và a[1] (b)",                      "[sic] và a[1] (b)"),
    ("autolink",      "<https://a.vn/x>",                       "https://a.vn/x"),
    ("quote",         "> Điều 1\n> hai",                        "Điều 1\nhai"),
    ("fence",         "```\nmã\n```\n",                         "\nmã\n\n"),
    ("entity",        "A&nbsp;B &amp; C & D",                   "A\u00a0B & C & D"),
    ("html inline",   "<b>A</b><u>b</u> x < y > z",             "Ab x < y > z"),
    ("html break",    "A<br>B<br/>\nC",                         "A\nB\nC"),
    ("html block",    '<p align="center">A</p>B',               "A\nB"),
    ("comment",       "A<!-- ghi\nchú -->B",                    "AB"),
    ("page comment",  "A\n<!-- PageBreak -->\nB",               "A\n\n\f\n\nB"),
    ("open comment",  "A <!-- B",                               "A <!-- B"),
    ("footnote mark", "Luật này[^1] có",                        "Luật này có"),
]
# fmt: on


@pytest.mark.parametrize(
    ("text", "expected"), [m[1:] for m in MARKDOWN], ids=[m[0] for m in MARKDOWN]
)
def test_markdown(text: str, expected: str) -> None:
    assert read_markdown(text).text == expected


def test_markdown_table() -> None:
    raw = read_markdown("Trước\n\n| TT | Tên |\n|---|:--:|\n| 1 | **An** |\n\nSau\n")
    assert regions(raw, "table") == ["TT\tTên\n1\tAn"]
    assert raw.text.startswith("Trước")
    assert raw.text.rstrip().endswith("Sau")


def test_a_letterhead_as_markdown_table_is_running_text() -> None:
    text = "SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n---|---\nSố: 5/SNV | Huế, ngày 5\n"
    raw = read_markdown(text)
    assert raw.regions == ()
    assert raw.text.splitlines() == [
        "SỞ NỘI VỤ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 5/SNV     Huế, ngày 5",
    ]


def test_html_tables_in_markdown() -> None:
    raw = read_markdown(
        "<table>\n<tr>\n<td>SỞ A<br>Số: 5/SA</td>\n<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA</td>\n</tr>\n</table>\n\n"
        "Giữa\n\n<table><tr><th>TT</th><th>Tên<br>gọi</th></tr>\n<tr><td>1</td><td>An</td></tr></table>\n"
    )
    lines = [line for line in raw.text.splitlines() if line.strip()]
    assert lines[:4] == ["SỞ A", "Số: 5/SA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Giữa"]
    rows = [[c.strip() for c in row.split("\t")] for row in regions(raw, "table")[0].split("\n")]
    assert [[c for c in row if c] for row in rows] == [["TT", "Tên gọi"], ["1", "An"]]


def test_markdown_footnotes() -> None:
    raw = read_markdown("Một[^1] hai.\n\n[^1]: Nội dung chú thích\n")
    assert [(r.kind, r.label) for r in raw.regions] == [("footnote", "1")]
    assert regions(raw, "footnote") == ["1 Nội dung chú thích"]


@given(st.text(alphabet="ab *_#`[]()<>!|-\\&;:/^\n\tĐiều1.~=", max_size=200))
def test_the_way_back_is_exact(text: str) -> None:
    raw = read_markdown(text)
    assert raw.offset_map is not None
    assert raw.offset_map.target_length == len(raw.text)
    assert raw.offset_map.source_length == len(text)
    for i, char in enumerate(raw.text):
        if char.isalnum() and "&" not in text:
            assert text[raw.offset_map.source(i)] == char
    # No letter is lost outside mark-up that hides some (links, tags, notes, fences).
    if not re.search(r"[<\[&`~!]", text):
        assert [c for c in raw.text if c.isalnum()] == [c for c in text if c.isalnum()]


VARIANT = (
    "# **THÔNG BÁO**\n\n---\n\n| SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
    "| Số: 5/TB | Huế, ngày 5 |\n\n**1. Một**\n\n| TT | Tên |\n|---|---|\n| 1 | An |\n"
)


@pytest.mark.parametrize("variant", ["crlf", "cr", "bom", "nfd", "utf-16"])
def test_variants_of_one_file_give_the_same(variant: str) -> None:
    text = {
        "crlf": VARIANT.replace("\n", "\r\n"),
        "cr": VARIANT.replace("\n", "\r"),
        "bom": "\ufeff" + VARIANT,
        "nfd": unicodedata.normalize("NFD", VARIANT),
    }.get(variant, VARIANT)
    expected = read_markdown(VARIANT)
    raw = read_bytes(text.encode("utf-16" if variant == "utf-16" else "utf-8"), name="a.md")
    assert unicodedata.normalize("NFC", raw.text) == expected.text
    assert len(raw.regions) == len(expected.regions) == 1
    direct = read_text(text)
    assert unicodedata.normalize("NFC", direct.text) == expected.text
    assert direct.offset_map is not None
    assert text[direct.offset_map.source(direct.text.index("An")) :].startswith("An")


@given(st.text(max_size=200))
def test_any_string_is_read(text: str) -> None:
    raw = read_text(text)
    assert all(0 <= r.start < r.end <= len(raw.text) for r in raw.regions)


def test_strings_of_a_program() -> None:
    assert read_text("").text == ""
    assert read_text("a\x00b").text == "a\x00b"
    assert read_text("\ud800 abc").text == "\ud800 abc"
    assert read_text("Số: 5**\n").text == "Số: 5**\n"
    assert read_text("5 < 6 và 7 > 3").source.media_type == "text/plain"
    assert read_text("<html><body><p>A</p></body></html>").text.strip() == "A"
    assert read_text("# Tên\n\n**a** b\n").source.media_type == "text/markdown"


def test_plain_text_stays_as_it_is(tmp_path: Path) -> None:
    text = "# không phải tiêu đề\r\n**sao**\r\n\ta | b\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    raw = read_file(path)
    assert raw.text == text
    assert raw.offset_map is None
    assert raw.source.path == str(path)
    assert raw.source.sha256 == read_bytes(text.encode(), name="b.txt").source.sha256
    assert raw.source.media_type == "text/plain"


def test_vni_markdown_leads_back_to_the_file() -> None:
    body = "Sôû Taøi chính chuû trì raø soaùt danh muïc, boå sung noäi dung, baùo caùo UBND tænh."
    raw = read_bytes(f"# **Keát luaän**\n\n{body}\n".encode("latin-1"), name="a.md")
    assert raw.source.encoding == "vni"
    assert (
        raw.text
        == "Kết luận\n\nSở Tài chính chủ trì rà soát danh mục, bổ sung nội dung, báo cáo UBND tỉnh.\n"
    )


def test_real_markdown_leads_back(shared: Path) -> None:
    files = sorted((shared / "corpora" / "markdown").glob("*.md"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        raw = read_file(path)
        assert raw.warnings == ()
        assert raw.offset_map is not None
        for i in range(0, len(raw.text), 7):
            if raw.text[i].isalnum():
                assert text[raw.offset_map.source(i)] == raw.text[i]
        running = raw.text
        for r in reversed(raw.regions):
            running = running[: r.start] + running[r.end :]
        assert not re.search(r"\*\*|</?(?:td|tr|p|b|br|div|center)\b|^#{1,6} ", running, re.M), (
            path.name
        )
