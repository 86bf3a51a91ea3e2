"""Formats that need LibreOffice, antiword or catdoc; skipped where these are not installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from congvan.readers import read_bytes

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (libreoffice-writer)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with one small document in several formats, made by LibreOffice."""
    import docx

    folder = tmp_path_factory.mktemp("office")
    document: Any = docx.Document()
    document.add_paragraph("Thông báo kết luận của Sở Nội vụ")
    document.add_paragraph("Rà soát danh mục", style="List Bullet")
    document.add_paragraph("Báo cáo kết quả", style="List Number")
    for i in range(40):  # antiword refuses very short files
        document.add_paragraph(f"Giao Văn phòng theo dõi việc thứ {i} và báo cáo lãnh đạo.")
    document.save(str(folder / "a.docx"))
    for form in ("doc", "rtf", "odt"):
        subprocess.run(
            [
                str(SOFFICE),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                str(folder),
                str(folder / "a.docx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return folder


MEDIA = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}


@needs_office
@pytest.mark.parametrize("form", MEDIA)
def test_with_libreoffice(form: str, made: Path) -> None:
    raw = read_bytes((made / f"a.{form}").read_bytes(), name=f"a.{form}")
    assert raw.text.split("\n")[:3] == [
        "Thông báo kết luận của Sở Nội vụ",
        "- Rà soát danh mục",
        "1. Báo cáo kết quả",
    ]
    assert raw.source.media_type == MEDIA[form]
    assert raw.warnings == ()


@needs_office
@pytest.mark.parametrize("tool", ["antiword", "catdoc"])
def test_doc_without_libreoffice(tool: str, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"needs the program {tool}")
    monkeypatch.setattr(shutil, "which", lambda name, **_: path if name == tool else None)
    raw = read_bytes((made / "a.doc").read_bytes(), name="a.doc")
    assert "Thông báo kết luận của Sở Nội vụ" in raw.text
    assert tool in raw.warnings[0]


def test_rtf_under_the_name_doc(monkeypatch: pytest.MonkeyPatch) -> None:
    from congvan.document import Source
    from congvan.readers import RawDocument, convert

    monkeypatch.setattr(convert, "read_rtf", lambda *_: RawDocument("x\n", Source()))
    assert read_bytes(b"{\\rtf1 x}", name="a.doc").warnings == ()


def test_the_text_of_a_tool_in_an_old_font_is_repaired() -> None:
    from congvan.readers.convert import _plain

    raw = _plain("Së Tµi chÝnh chñ tr× rµ so¸t danh môc ®Ò ¸n\r\n", "application/msword")
    assert raw.text == "Sở Tài chính chủ trì rà soát danh mục đề án\n"
    assert raw.source.encoding == "tcvn3"
    assert io.StringIO(raw.text).readline().endswith("\n")
