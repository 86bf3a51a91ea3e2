"""Bad input on the real command line: one clear line, status 1, and nothing else is harmed.

Every file is made here, and the command runs as a process of its own, as a clerk runs it. All
bad files go through one call together with good ones, because that is what must not be harmed;
those that could need long or a program of the system have a call of their own.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

import congvan
from congvan.document import Document

PIPELINE = Path(congvan.__file__).parents[1]
GOOD = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
NOISE = random.Random(11).randbytes(20_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def run(
    *args: str,
    stdin: bytes = b"",
    cwd: Path | None = None,
    how: Sequence[str] = ("-m", "congvan.cli"),
    **env: str,
) -> tuple[int, str, str]:
    """Returns status, stdout and stderr of ``congvan ARGS``."""
    done = subprocess.run(
        [sys.executable, *how, *args],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PIPELINE), **env},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def word(text: str = "a", before: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
        file.writestr("word/document.xml", f"{before}<w:document {W}>{body}</w:document>")
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 30_000_000)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "a")
    return out.getvalue()


def locked_pdf() -> bytes:
    """Returns a PDF that wants a password."""
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = reportlab.Canvas(out, encrypt=StandardEncryption("abc", strength=128))
    canvas.drawString(50, 700, "secret")
    canvas.save()
    return out.getvalue()


# name, content (None: not there), words of the reason
# fmt: off
BAD: dict[str, tuple[bytes | None, str]] = {
    "empty.txt":       (b"",                                "the file is empty"),
    "empty.docx":      (b"",                                "the file is empty"),
    "gone.txt":        (None,                               "no such file"),
    "noise.txt":       (NOISE,                              "no text"),
    "nuls.txt":        (bytes(5000),                        "no text"),
    "wrong.docx":      (NOISE,                              "no text"),
    "program":         (b"\x7fELF\x02\x01\x01" + bytes(500), "a program"),
    "cut.docx":        (word()[:60],                        "broken"),
    "outside.docx":    (word("&b;", DOCTYPE),               "entities"),
    "bomb.docx":       (bomb(),                             "unpacks to"),
    "secret.docx":     (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600), "password"),
    "archive.zip":     (archive(),                          "zip archive"),
    "broken.pdf":      (b"%PDF-1.7\nnothing here",          "the PDF is broken"),
    "broken.png":      (b"\x89PNG\r\n\x1a\n" + bytes(50),   ""),
    "deep.html":       (b"<html><body>" + b"<div>" * 50_000, "nested too deep"),
}
# fmt: on


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bad input")
    for name, (data, _) in BAD.items():
        if data is not None:
            (path / name).write_bytes(data)
    (path / "locked.pdf").write_bytes(locked_pdf())
    (path / "thư mục").mkdir()
    (path / "blank.txt").write_bytes(b" \n\t\n")
    for name in ("đầu.txt", "giữa.txt", "cuối.txt"):
        (path / name).write_text(GOOD, encoding="utf-8")
    (path / "đuôi sai.docx").write_text(GOOD, encoding="utf-8")
    (path / "lone.txt").write_bytes(GOOD.encode() + "\ud800".encode("utf-8", "surrogatepass"))
    return path


NAMES = [*BAD, "locked.pdf", "thư mục"]


@cache
def whole_run(folder: Path) -> tuple[int, list[Document], dict[str, str], str]:
    """Returns one run over everything: status, documents, the line of each bad file, stderr."""
    half = len(NAMES) // 2
    files = ["đầu.txt", *NAMES[:half], "giữa.txt", *NAMES[half:], "cuối.txt"]
    status, out, err = run("read", *files, "--format", "jsonl", cwd=folder)
    docs = [Document.from_dict(json.loads(line)) for line in out.splitlines()]
    lines = {}
    for line in err.splitlines():
        name = next((n for n in NAMES if line.startswith(f"congvan: {n}: ")), None)
        assert name is not None, f"a line that names no file: {line}"
        assert name not in lines, f"two lines for {name}"
        lines[name] = line
    return status, docs, lines, err


def test_the_other_files_are_done(folder: Path) -> None:
    status, docs, _, _ = whole_run(folder)
    assert status == 1
    assert [d.source.path for d in docs] == ["đầu.txt", "giữa.txt", "cuối.txt"]
    assert all(d.citations[0].text == "Nghị định số 30/2020/NĐ-CP" for d in docs)


@pytest.mark.parametrize("name", NAMES)
def test_one_clear_line(folder: Path, name: str) -> None:
    _, _, lines, err = whole_run(folder)
    line = lines[name]
    head = f"congvan: {name}: "
    reason = line[len(head) :]
    assert BAD.get(name, (b"", ""))[1] in reason
    assert len(reason.split()) >= 3, "a reason, not a code"
    assert "(" in reason or " it" in reason or ";" in reason or "," in reason, (
        f"no next step: {line}"
    )
    assert len(line) < 300
    assert "Traceback" not in err
    assert "internal error" not in line
    assert "Error" not in line, "the name of a class is no reason"


@pytest.mark.parametrize("name", ["thư mục", "locked.pdf", "secret.docx", "bomb.docx"])
def test_what_a_clerk_must_be_told(folder: Path, name: str) -> None:
    words = {
        "thư mục": "a folder",
        "locked.pdf": "password",
        "secret.docx": "password",
        "bomb.docx": "unpacks to",
    }
    assert words[name] in whole_run(folder)[2][name]


ALONE = [("empty.txt", "report"), ("empty.txt", "json"), ("empty.txt", "html"), ("broken.pdf", "report"),
         ("thư mục", "json"), ("gone.txt", "json")]  # fmt: skip


@pytest.mark.parametrize(("name", "fmt"), ALONE, ids=[" ".join(a) for a in ALONE])
def test_alone_it_writes_nothing(folder: Path, name: str, fmt: str) -> None:
    status, out, err = run("read", name, "--format", fmt, cwd=folder)
    assert (status, out) == (1, "")
    assert err.startswith(f"congvan: {name}: ")
    assert err.count("\n") == 1


def test_a_wrong_extension_is_read_for_what_it_is(folder: Path) -> None:
    status, out, err = run("read", "đuôi sai.docx", "-f", "json", cwd=folder)
    assert (status, err) == (0, "")
    doc = Document.from_dict(json.loads(out))
    assert doc.citations[0].number == "30"
    assert doc.source.media_type == "text/plain"


def test_lone_surrogates_and_blanks_are_no_error(folder: Path) -> None:
    status, out, err = run("read", "lone.txt", "blank.txt", "-f", "jsonl", cwd=folder)
    assert (status, err) == (0, "")
    lone, blank = [Document.from_dict(json.loads(line)) for line in out.splitlines()]
    assert lone.citations[0].number == "30"
    assert not blank.units


# The superuser may read everything, so the system's answer is given for it.
NO_PERMISSION = """
import sys, pathlib
from congvan.cli import main
real = pathlib.Path.open
def opened(self, *args, **options):
    if self.name == "khóa.txt":
        raise PermissionError(13, "Permission denied", str(self))
    return real(self, *args, **options)
pathlib.Path.open = opened
sys.exit(main())
"""


def test_a_file_that_may_not_be_read(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "khóa.txt"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    how = ["-m", "congvan.cli"] if os.name != "nt" and os.geteuid() else ["-c", NO_PERMISSION]
    status, out, err = run("read", str(path), str(folder / "đầu.txt"), "-f", "jsonl", how=how)
    assert status == 1
    assert len(out.splitlines()) == 1
    assert "no permission" in err
    assert err.count("\n") == 1


def test_a_scan_without_tesseract(folder: Path, tmp_path: Path) -> None:
    """With nothing on the PATH no program of the system can be found."""
    image = pytest.importorskip("PIL.Image", reason="needs Pillow to make a picture")
    image.new("L", (200, 80), 255).save(tmp_path / "scan.png")
    status, out, err = run(
        "read",
        str(tmp_path / "scan.png"),
        str(folder / "đầu.txt"),
        "-f",
        "jsonl",
        PATH=str(tmp_path),
    )
    assert status == 1
    assert len(out.splitlines()) == 1
    assert err.count("\n") == 1
    assert "esseract" in err
    assert "install" in err


def test_a_megabyte_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "dài.txt"
    path.write_text("Giao Sở Xây dựng rà soát. " * 40_000, encoding="utf-8")
    status, out, err = run("read", str(path), "-f", "jsonl")
    assert (status, err) == (0, "")
    assert len(json.loads(out)["text"]) > 1_000_000


# ---------------------------------------------------------------- standard input


def test_standard_input(folder: Path) -> None:
    status, out, err = run("read", "-", "-f", "json", stdin=GOOD.encode())
    assert (status, err) == (0, "")
    assert Document.from_dict(json.loads(out)).source.path == "<stdin>"
    status, out, err = run("read", "-", str(folder / "đầu.txt"), "-f", "jsonl", stdin=NOISE)
    assert status == 1
    assert len(out.splitlines()) == 1
    assert err.startswith("congvan: <stdin>: ")
    assert err.count("\n") == 1
    status, out, err = run("read", "-")
    assert (status, out) == (1, "")
    assert "<stdin>: the file is empty" in err or "<stdin>: " in err
    assert err.count("\n") == 1


# ---------------------------------------------------------------- the output file


@pytest.mark.parametrize("fmt", ["json", "html", "report"])
def test_the_old_output_stays_where_nothing_was_read(
    folder: Path, tmp_path: Path, fmt: str
) -> None:
    old = tmp_path / "kết quả"
    old.write_text("cũ", encoding="utf-8")
    status, out, _ = run("read", "broken.pdf", "-f", fmt, "-o", str(old), cwd=folder)
    assert (status, out) == (1, "")
    assert old.read_text(encoding="utf-8") == "cũ"
    assert [p.name for p in tmp_path.iterdir()] == ["kết quả"]


def test_the_output_holds_what_could_be_read(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "kết quả.jsonl"
    status, out, err = run(
        "read", "đầu.txt", "empty.txt", "cuối.txt", "-f", "jsonl", "-o", str(new), cwd=folder
    )
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    rows = [json.loads(line) for line in new.read_text(encoding="utf-8").splitlines()]
    assert [r["source"]["path"] for r in rows] == ["đầu.txt", "cuối.txt"]
    assert [p.name for p in tmp_path.iterdir()] == ["kết quả.jsonl"]


# ---------------------------------------------------------------- wrong use

# fmt: off
WRONG: dict[str, list[str]] = {
    "no file":               ["read"],
    "unknown command":       ["doc", "đầu.txt"],
    "unknown option":        ["read", "đầu.txt", "--nhanh"],
    "unknown format":        ["read", "đầu.txt", "-f", "xml"],
    "json of several":       ["read", "đầu.txt", "giữa.txt", "-f", "json"],
    "stdin twice":           ["read", "-", "-"],
    "output onto the input": ["read", "đầu.txt", "-o", "đầu.txt"],
    "output is a folder":    ["read", "đầu.txt", "-o", "thư mục"],
    "no such folder":        ["read", "đầu.txt", "-o", "đâu/đó.json"],
}
# fmt: on


@pytest.mark.parametrize("args", WRONG.values(), ids=WRONG)
def test_wrong_use_is_status_2(folder: Path, args: list[str]) -> None:
    status, out, err = run(*args, cwd=folder, stdin=b"x")
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err
    assert (folder / "đầu.txt").read_text(encoding="utf-8") == GOOD
