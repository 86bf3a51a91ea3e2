"""Whatever comes in, a clear error goes out, and nothing but :class:`ReadError`."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import MissingToolError, ReadError
from congvan.readers import Limits, read_bytes, read_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_txt", ".txt"), data
            )
    return out.getvalue()


def word(text: str = "a", before: str = "") -> bytes:
    body = f"{before}<w:document {W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return zipped(word__document_xml=body)


BILLION = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
NOISE = random.Random(7).randbytes(20_000)

# fmt: off
BAD = [
    ("empty.txt",     b"",                                             "the file is empty"),
    ("noise.txt",     NOISE,                                           "this is no text"),
    ("noise.docx",    NOISE,                                           "this is no text"),
    ("nuls.bin",      bytes(5000),                                     "this is no text"),
    ("short.bin",     bytes(range(256)),                               "this is no text"),
    ("program",       b"\x7fELF\x02\x01\x01" + bytes(500),             "a program"),
    ("setup.exe",     b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500),      "a Windows program"),
    ("a.gz",          b"\x1f\x8b\x08\x00" + NOISE,                     "gzip"),
    ("a.zip",         zipped(a_txt="x"),                               "a zip archive"),
    ("a.xlsx",        zipped(xl__workbook_xml="<a/>"),                 "an Excel workbook"),
    ("a.pptx",        zipped(ppt__presentation_xml="<a/>"),            "a PowerPoint file"),
    ("cut.docx",      word()[:60],                                     "broken"),
    ("garbage.docx",  b"PK\x03\x04" + NOISE,                           "broken"),
    ("noxml.docx",    zipped(word__document_xml="<w:document"),        "broken"),
    ("nobody.docx",   zipped(word__document_xml=f"<w:document {W}/>"), "no text part"),
    ("nodoc.docx",    zipped(word__other_xml="<a/>"),                  "no text part"),
    ("deep.docx",     zipped(word__document_xml=f"<w:document {W}><w:body>" + "<w:p>" * 3000), "broken"),
    ("billion.docx",  word("&b;", BILLION),                            "entities"),
    ("outside.docx",  word("&b;", EXTERNAL),                           "entities"),
    ("utf16.docx",    zipped(word__document_xml=(BILLION + "<a/>").encode("utf-16")), "entities"),
    ("bomb.docx",     zipped(word__document_xml=b" " * 30_000_000),    "unpacks to"),
    ("secret.docx",   OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600), "password"),
    ("old.xls",       OLE + "Workbook".encode("utf-16-le") + bytes(600), "an Excel workbook"),
    ("what.doc",      OLE,                                             "broken"),
    ("broken.pdf",    b"%PDF-1.7\nnothing here",                       "the PDF is broken"),
    ("broken.png",    b"\x89PNG\r\n\x1a\n" + bytes(50),                "the picture is broken"),
    ("deep.html",     b"<html><body>" + b"<div>" * 200_000,            "nested too deep"),
    ("rows.html",     b"<html><body>" + b"<table><tr><td>" * 2000,     "nested too deep"),
]
# fmt: on


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[b[0] for b in BAD])
def test_bad_files(name: str, data: bytes, reason: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name=name)
    assert caught.value.name == name
    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"{name}: ")
    assert time.perf_counter() - begin < 20


def test_too_large() -> None:
    with pytest.raises(ReadError, match="larger than 10 bytes"):
        read_bytes(b"x" * 11, name="a.txt", limits=Limits(max_bytes=10))
    with pytest.raises(ReadError, match="unpack to"):
        read_bytes(word("a" * 5000), name="a.docx", limits=Limits(max_unzipped=1000))


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a folder"):
        read_file(tmp_path)
    with pytest.raises(ReadError, match="no such file"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(ReadError, match="cannot be opened"):
        read_file("a\x00b")
    with pytest.raises(ReadError, match=r"cannot be opened|no such file"):
        read_file("x" * 5000)


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    if os.name == "nt" or os.geteuid() == 0:
        # The superuser may read everything: say what the system would.
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    else:
        path.chmod(0)
    with pytest.raises(ReadError, match="no permission"):
        read_file(path)


def test_a_file_that_vanishes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    path = tmp_path / "a.txt"
    path.write_text("x")
    monkeypatch.setattr(Path, "open", lambda *_, **__: Gone())
    with pytest.raises(ReadError, match="cannot be opened"):
        read_file(path)


def test_wrong_extension() -> None:
    raw = read_bytes(word("xin chào"), name="a.pdf")
    assert raw.text == "xin chào\n"
    assert "ends in .pdf" in raw.warnings[0]
    raw = read_bytes("Thông báo".encode(), name="a.docx")
    assert raw.text == "Thông báo"
    assert "ends in .docx" in raw.warnings[0]
    assert read_bytes(b"<html><body>A</body></html>", name="a.doc").text == "A\n"
    assert read_bytes(word("a"), name="a.docx").warnings == ()


def test_text_without_text() -> None:
    assert "no text" in read_bytes(b" \n", name="a.txt").warnings[-1]


def test_nuls_in_text() -> None:
    raw = read_bytes("Sở Tài chính\x00 chủ trì rà soát danh mục đề án".encode(), name="a.txt")
    assert "\x00" in raw.text


@pytest.mark.parametrize("line", ["a", "Sở Tài chính ", "**a** ", "<b>a ", "[a](", "<!-- ", "| "])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_one_long_line_takes_linear_time(line: str, suffix: str) -> None:
    def seconds(n: int) -> float:
        data = (line * (n // len(line))).encode()
        begin = time.perf_counter()
        read_bytes(data, name="a" + suffix)
        return time.perf_counter() - begin

    seconds(10_000)
    assert seconds(1_000_000) < 40 * max(seconds(100_000), 0.003)


def test_a_hundred_megabytes_of_one_line() -> None:
    begin = time.perf_counter()
    raw = read_bytes(b"a" * 100_000_000, name="a.txt")
    assert len(raw.text) == 100_000_000
    assert time.perf_counter() - begin < 20


@given(
    st.binary(max_size=400), st.sampled_from(["a", "a.md", "a.html", "a.docx", "a.pdf", "a.doc"])
)
def test_any_bytes(data: bytes, name: str) -> None:
    try:
        raw = read_bytes(data, name=name)
    except ReadError:
        return
    assert isinstance(raw.text, str)


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_damaged_docx(at: int, new: bytes) -> None:
    data = bytearray(word("xin chào " * 30))
    at %= len(data)
    data[at : at + len(new)] = new
    try:
        read_bytes(bytes(data), name="a.docx")
    except ReadError:
        return


@pytest.mark.parametrize(
    ("name", "data", "names"),
    [
        ("scan.png", None, "tesseract-ocr and tesseract-ocr-vie"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le") + bytes(600), "antiword"),
        ("a.rtf", b"{\\rtf1 xin chao}", "libreoffice"),
        (
            "a.odt",
            zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<a/>"),
            "libreoffice",
        ),
    ],
)
def test_missing_tools(
    name: str, data: bytes | None, names: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if data is None:
        from PIL import Image

        out = io.BytesIO()
        Image.new("L", (50, 50), 255).save(out, "PNG")
        data = out.getvalue()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError) as caught:
        read_bytes(data, name=name)
    assert names in caught.value.hint


def test_tesseract_without_vietnamese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("makes a shell script")
    from PIL import Image

    fake = tmp_path / "tesseract"
    fake.write_text("#!/bin/sh\necho eng\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    out = io.BytesIO()
    Image.new("L", (50, 50), 255).save(out, "PNG")
    with pytest.raises(MissingToolError, match="no Vietnamese model"):
        read_bytes(out.getvalue(), name="a.png")


def test_a_tool_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("makes a shell script")
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nsleep 60\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    begin = time.perf_counter()
    with pytest.raises(ReadError, match="took longer than"):
        read_bytes(b"{\\rtf1 a}", name="a.rtf", limits=Limits(tool_seconds=0.5))
    assert time.perf_counter() - begin < 10
