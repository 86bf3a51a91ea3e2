"""HTML pages."""

from __future__ import annotations

import pytest

from congvan.readers import read_bytes, read_text

# fmt: off
PAGES = [
    ("blocks",     "<p>Một  hai\nba</p><div>bốn</div>",          "Một hai ba\n\nbốn\n"),
    ("break",      "<p>Một<br>hai<br/>ba</p>",                   "Một\nhai\nba\n\n"),
    ("inline",     "<p>Điều <b>1</b>. <i>Tên</i></p>",           "Điều 1. Tên\n\n"),
    ("entities",   "<p>A &amp; B&#272;</p>",                     "A & BĐ\n\n"),
    ("hidden",     "<p>A</p><script>x</script><style>y</style><p style='display:none'>B</p><p hidden>C</p>", "A\n\n"),
    ("comment",    "<p>A<!-- b -->C</p>",                        "AC\n\n"),
    ("decimal",    "<ol start=3><li>ba<li>bốn</ol>",             "3. ba\n4. bốn\n\n"),
    ("value",      "<ol><li>a</li><li value=7>b</li><li>c</li></ol>", "1. a\n7. b\n8. c\n\n"),
    ("letters",    "<ol type=a><li>x<li>y</ol>",                 "a) x\nb) y\n\n"),
    ("romans",     "<ol type=I><li>x<li>y</ol>",                 "I. x\nII. y\n\n"),
    ("bullets",    "<ul><li>x<ul><li>y</ul></ul>",              "- x\n- y\n\n"),
    ("paragraph",  "<ol><li><p>x</p></li><li><p>y</p></li></ol>", "1. x\n2. y\n\n"),
    ("empty item", "<ul><li></li><li>y</li></ul>",               "- y\n\n"),
    ("pre",        "<pre>a  b\n c</pre>",                        "a  b\nc\n"),
]
# fmt: on


@pytest.mark.parametrize(("body", "expected"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES])
def test_blocks(body: str, expected: str) -> None:
    raw = read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), name="a.html")
    assert raw.source.media_type == "text/html"
    assert raw.text == expected


def test_data_table() -> None:
    raw = read_text(
        "<html><body><table><tr><th>TT</th><th>Tên</th><th>Số</th></tr>"
        "<tr><td rowspan=2>1</td><td>An<br>Bình</td><td>5</td></tr><tr><td>Chi</td><td>7</td></tr>"
        "<tr><td colspan=2>Cộng</td><td>12</td></tr></table></body></html>"
    )
    (region,) = raw.regions
    assert raw.text[region.start : region.end].split("\n") == [
        "TT\tTên\tSố",
        "1\tAn Bình\t5",
        "\tChi\t7",
        "Cộng\t\t12",
    ]


def test_letterhead_table_is_running_text() -> None:
    raw = read_text(
        "<html><body><table><tr><td>SỞ A<br>Số: 5/SA</td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
        "<p>Độc lập</p></td></tr></table><p>Kết</p></body></html>"
    )
    assert raw.regions == ()
    assert (
        raw.text.split() == "SỞ A Số: 5/SA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập Kết".split()
    )


def test_declared_charset_is_used_last() -> None:
    page = "<html><head><meta charset='koi8-r'></head><body>Привет, уважаемые</body></html>"
    assert "Привет" in read_bytes(page.encode("koi8-r"), name="a.html").text
    # A page that says Latin-1 but is UTF-8 is UTF-8.
    page = "<html><head><meta charset='iso-8859-1'></head><body>Quyết định</body></html>"
    assert "Quyết định" in read_bytes(page.encode(), name="a.html").text


def test_old_fonts_written_as_entities() -> None:
    words = "Së Tµi chÝnh chñ tr× rµ so¸t danh môc ®Ò ¸n, b¸o c¸o ñy ban nh©n d©n tØnh"
    page = f"<html><body><p>{''.join(f'&#{ord(c)};' if ord(c) > 127 else c for c in words)}</p></body></html>"
    raw = read_bytes(page.encode(), name="a.htm")
    assert (
        raw.text.strip()
        == "Sở Tài chính chủ trì rà soát danh mục đề án, báo cáo ủy ban nhân dân tỉnh"
    )
    assert raw.source.encoding == "tcvn3"
    assert raw.source.repairs
