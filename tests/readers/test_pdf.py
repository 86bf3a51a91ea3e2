"""PDF files with text, drawn here; the layout in points, y from the foot of the page."""

from __future__ import annotations

import importlib.util
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from congvan.errors import MissingToolError, ReadError
from congvan.readers import Limits, RawDocument, read_bytes

FONT_FOLDERS = ("/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
FONT_NAMES = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "times.ttf", "LiberationSerif-Regular.ttf")


def _font() -> Path | None:
    for folder in FONT_FOLDERS:
        for name in FONT_NAMES:
            for path in Path(folder).rglob(name) if Path(folder).is_dir() else ():
                return path
    spec = importlib.util.find_spec("matplotlib")
    if spec and spec.origin:
        path = Path(spec.origin).parent / "mpl-data/fonts/ttf/DejaVuSerif.ttf"
        return path if path.is_file() else None
    return None


class Sheet:
    """Draws text in a PDF."""

    def __init__(self, **options: Any) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        path = _font()
        if path is None:
            pytest.skip(
                "needs a font with Vietnamese letters, for example the package fonts-dejavu-core"
            )
        pdfmetrics.registerFont(TTFont("V", str(path)))
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=(595, 842), **options)

    def put(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont("V", size)
        self.canvas.drawString(x, y, text)

    def middle(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont("V", size)
        self.canvas.drawCentredString(x, y, text)

    def page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()

    def read(self, **options: Any) -> RawDocument:
        return read_bytes(self.data(), name="a.pdf", **options)


def filled(raw: RawDocument) -> list[str]:
    return [line for line in raw.text.split("\n") if line.strip(" ")]


LONG = "Giao Văn phòng rà soát danh mục đề án và báo cáo kết quả trước"


def test_lines_and_paragraphs() -> None:
    sheet = Sheet()
    for i, y in enumerate((700, 685, 670, 645, 630)):
        sheet.put(80, y, f"{LONG} {i}", 11)
    raw = sheet.read()
    assert raw.text == (f"{LONG} 0\n{LONG} 1\n{LONG} 2\n\n{LONG} 3\n{LONG} 4\n")
    assert (raw.source.media_type, raw.source.pages, raw.source.ocr) == (
        "application/pdf",
        1,
        False,
    )
    assert raw.source.repairs == ()


def test_order_in_the_file_does_not_matter() -> None:
    sheet = Sheet()
    sheet.put(80, 650, "dòng hai")
    sheet.put(140, 700, "của dòng một")
    sheet.put(80, 700, "phần đầu")
    assert filled(sheet.read())[1] == "dòng hai"
    assert filled(Sheet_with_gap().read())[0] == "Mục một     trang ba"


def Sheet_with_gap() -> Sheet:
    sheet = Sheet()
    sheet.put(400, 500, "trang ba")
    sheet.put(80, 500, "Mục một")
    return sheet


def letterhead(sheet: Sheet) -> None:
    sheet.middle(150, 780, "UBND TỈNH A")
    sheet.middle(150, 766, "SỞ NỘI VỤ")
    sheet.middle(150, 740, "Số: 5/TB-SNV")
    sheet.middle(150, 726, "V/v rà soát")
    sheet.middle(410, 778, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.middle(410, 763, "Độc lập - Tự do - Hạnh phúc", 11)
    sheet.middle(410, 738, "A, ngày 05 tháng 5 năm 2025", 11)
    sheet.middle(300, 690, "THÔNG BÁO", 13)
    sheet.put(80, 660, LONG, 12)
    sheet.put(80, 644, "ngày 15.", 12)


def test_letterhead_column_after_column() -> None:
    sheet = Sheet()
    letterhead(sheet)
    assert filled(sheet.read()) == [
        "UBND TỈNH A",
        "SỞ NỘI VỤ",
        "Số: 5/TB-SNV",
        "V/v rà soát",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "A, ngày 05 tháng 5 năm 2025",
        "THÔNG BÁO",
        LONG,
        "ngày 15.",
    ]


def test_recipients_and_signature_column_after_column() -> None:
    sheet = Sheet()
    sheet.put(80, 400, LONG, 12)
    sheet.middle(430, 362, "TL. CHỦ TỊCH", 12)
    sheet.put(80, 358, "Nơi nhận:", 11)
    sheet.put(80, 344, "- Như trên;", 9)
    sheet.middle(430, 346, "CHÁNH VĂN PHÒNG", 12)
    sheet.put(80, 330, "- Lưu: VT.", 9)
    sheet.middle(430, 270, "Trần Văn B", 12)
    assert filled(sheet.read()) == [
        LONG,
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TL. CHỦ TỊCH",
        "CHÁNH VĂN PHÒNG",
        "Trần Văn B",
    ]


def test_page_numbers_and_running_heads_are_removed() -> None:
    sheet = Sheet()
    for page in range(1, 5):
        sheet.middle(297, 815, f"{page}" if page > 1 else "")
        sheet.put(80, 800, f"CÔNG BÁO/Số {page + 40}", 8)
        for k in range(6):
            sheet.put(80, 700 - 20 * k, f"Nội dung {page}{k} của văn bản này")
        sheet.put(80, 30, "Phòng văn thư", 8)
        sheet.page()
    raw = sheet.read()
    assert raw.source.pages == 4
    assert "CÔNG BÁO" not in raw.text
    assert "văn thư" not in raw.text
    assert filled(raw) == [
        line
        for page in range(1, 5)
        for line in (
            *(["\f"] if page > 1 else []),
            *(f"Nội dung {page}{k} của văn bản này" for k in range(6)),
        )
    ]
    assert raw.source.repairs == ("11 page number(s) and running head(s) or feet removed",)


def test_a_number_in_the_text_is_no_page_number() -> None:
    sheet = Sheet()
    sheet.put(80, 500, "2")
    sheet.put(80, 480, "hết")
    assert filled(sheet.read()) == ["2", "hết"]


def test_bullets_of_symbol_fonts() -> None:
    from congvan.readers.pdf_layout import lay_out
    from congvan.readers.pdf_lines import Page, Run

    runs = (Run("\uf0b7", 80, 86, 500, 12), Run("Rà soát", 98, 140, 500, 12))
    text, _, repairs, _ = lay_out([Page(0, 595, 842, runs, ())])
    assert text == "- Rà soát\n"
    assert repairs == ("1 sign(s) of a symbol font (bullets) written as plain signs",)


def test_ruled_table() -> None:
    sheet = Sheet()
    sheet.put(80, 600, "Danh mục kèm theo thông báo")
    sheet.canvas.grid([80, 120, 300, 420], [500, 530, 560, 580])
    rows = [("TT", "Tên", "Số"), ("1", "Dự án", "7"), ("2", "Đề án", "9")]
    for y, row in zip((567, 545, 515), rows, strict=True):
        for x, text in zip((84, 124, 304), row, strict=True):
            sheet.put(x, y, text)
    sheet.put(124, 533, "một")  # the second line of a cell
    sheet.put(80, 470, "Hết danh mục")
    raw = sheet.read()
    (region,) = raw.regions
    assert region.kind == "table"
    assert raw.text[region.start : region.end] == "TT\tTên\tSố\n1\tDự án một\t7\n2\tĐề án\t9"
    assert filled(raw)[0] == "Danh mục kèm theo thông báo"
    assert filled(raw)[-1] == "Hết danh mục"


def test_footnotes() -> None:
    sheet = Sheet()
    sheet.put(80, 500, "Theo quy định của Luật Nhà", 12)
    width = sheet.canvas.stringWidth("Theo quy định của Luật Nhà", "V", 12)
    sheet.put(80 + width, 505, "1", 7)
    sheet.put(80 + width + 10, 500, "và dài 5 m", 12)
    for k in range(4):
        sheet.put(80, 480 - 18 * k, LONG, 12)
    sheet.canvas.line(80, 90, 200, 90)
    sheet.put(80, 79, "1", 6)
    sheet.put(86, 76, "Chú thích của văn phòng,", 9)
    sheet.put(80, 64, "dòng thứ hai.", 9)
    raw = sheet.read()
    assert filled(raw)[0] == "Theo quy định của Luật Nhà và dài 5 m"
    (region,) = raw.regions
    assert (region.kind, region.label) == ("footnote", "1")
    assert raw.text[region.start : region.end] == "1 Chú thích của văn phòng, dòng thứ hai."


def test_small_raised_signs_without_footnote_stay() -> None:
    sheet = Sheet()
    sheet.put(80, 500, "Diện tích 25 m", 12)
    width = sheet.canvas.stringWidth("Diện tích 25 m", "V", 12)
    sheet.put(80 + width, 505, "2", 7)
    sheet.put(80, 480, LONG, 12)
    sheet.put(80, 460, LONG, 12)
    assert filled(sheet.read())[0] == "Diện tích 25 m2"


def test_bold_by_printing_twice() -> None:
    sheet = Sheet()
    sheet.put(80, 500, "THÔNG BÁO")
    sheet.put(80.4, 500, "THÔNG BÁO")
    assert filled(sheet.read()) == ["THÔNG BÁO"]


def test_old_fonts() -> None:
    words = "Së Tµi chÝnh chñ tr× rµ so¸t danh môc ®Ò ¸n, b¸o c¸o ñy ban"
    sheet = Sheet()
    sheet.put(80, 500, words)
    raw = sheet.read()
    assert filled(raw) == ["Sở Tài chính chủ trì rà soát danh mục đề án, báo cáo ủy ban"]
    assert raw.source.encoding == "tcvn3"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages(rotation: int) -> None:
    sheet = Sheet()
    sheet.canvas.setPageRotation(rotation)
    sheet.canvas.translate(300, 420)
    sheet.canvas.rotate(rotation)
    sheet.put(-150, 20, "Dòng thứ nhất")
    sheet.put(-150, 0, "Dòng thứ hai")
    sheet.put(100, 0, "bên phải")
    assert filled(sheet.read()) == ["Dòng thứ nhất", "Dòng thứ hai     bên phải"]


def test_password() -> None:
    sheet = Sheet(encrypt="secret")
    sheet.put(80, 500, LONG)
    with pytest.raises(ReadError, match="protected by a password"):
        sheet.read()


def test_too_many_pages() -> None:
    sheet = Sheet()
    for _ in range(3):
        sheet.put(80, 500, LONG)
        sheet.page()
    with pytest.raises(ReadError, match="3 pages, more than 2"):
        sheet.read(limits=Limits(max_pages=2))


def picture(draw: Callable[[Sheet], None]) -> Any:
    """Returns a page as a picture: a scan."""
    import pypdfium2 as pdfium

    sheet = Sheet()
    draw(sheet)
    pdf = pdfium.PdfDocument(sheet.data())
    image = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    pdf.close()
    return image


def need_tesseract() -> None:
    from congvan.readers.ocr import tesseract

    try:
        tesseract("test")
    except ReadError as error:
        pytest.skip(f"{error.reason}: {error.hint}")


def scan(**options: Any) -> bytes:
    out = io.BytesIO()
    picture(letterhead).save(out, **options)
    return out.getvalue()


def test_scanned_pdf() -> None:
    need_tesseract()
    raw = read_bytes(scan(format="PDF", resolution=200), name="a.pdf")
    assert raw.source.ocr
    assert raw.source.pages == 1
    assert "read from pictures" in raw.warnings[0]
    text = filled(raw)
    assert (
        text.index("SỞ NỘI VỤ")
        < text.index("Độc lập - Tự do - Hạnh phúc")
        < text.index("THÔNG BÁO")
    )
    assert "Số: 5/TB-SNV" in raw.text


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_pictures(form: str) -> None:
    need_tesseract()
    raw = read_bytes(scan(format=form), name=f"a.{form.lower()}")
    assert raw.source.media_type == f"image/{form.lower()}"
    assert (raw.source.ocr, raw.source.pages) == (True, 1)
    assert "THÔNG BÁO" in raw.text


def test_pages_of_a_tiff() -> None:
    need_tesseract()
    image = picture(letterhead)
    out = io.BytesIO()
    image.save(out, "TIFF", save_all=True, append_images=[image])
    raw = read_bytes(out.getvalue(), name="a.tif")
    assert raw.source.pages == 2
    assert raw.text.count("\f") == 1
    assert raw.text.count("THÔNG BÁO") == 2
    with pytest.raises(ReadError, match="2 pages, more than 1"):
        read_bytes(out.getvalue(), name="a.tif", limits=Limits(max_ocr_pages=1))


def test_large_pictures_are_refused() -> None:
    need_tesseract()
    with pytest.raises(ReadError, match="pixels"):
        read_bytes(scan(format="PNG"), name="a.png", limits=Limits(max_pixels=1000))


def mixed() -> bytes:
    from reportlab.lib.utils import ImageReader

    image = picture(letterhead)
    sheet = Sheet()
    sheet.put(80, 500, LONG)
    sheet.page()
    sheet.canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
    sheet.page()
    return sheet.data()


def test_one_scanned_page_among_text() -> None:
    need_tesseract()
    raw = read_bytes(mixed(), name="a.pdf")
    assert filled(raw)[0] == LONG
    assert "THÔNG BÁO" in raw.text.split("\f")[1]
    assert "1 of 2 pages" in raw.warnings[0]


def test_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(MissingToolError, match="tesseract-ocr-vie"):
        read_bytes(scan(format="PDF"), name="a.pdf")
    # Where the other pages have text, they are read.
    raw = read_bytes(mixed(), name="a.pdf")
    assert filled(raw)[0] == LONG
    assert "pages 2 are pictures" in raw.warnings[0]
