"""The command line: what it writes, what it says when it cannot, and how it ends."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import congvan
from congvan import cli
from congvan.document import Document
from congvan.errors import ReadError
from sample_documents import letter, notice

PIPELINE = Path(congvan.__file__).parents[1]


class Reader:
    """Stands for the pipeline: what a file holds decides what becomes of it."""

    def read_file(self, path: str) -> Document:
        words = Path(path).read_bytes()
        return self.read_bytes(words, name=path)

    def read_bytes(self, data: bytes, *, name: str) -> Document:
        words = data.decode()
        if words == "broken":
            raise ReadError(name, "the file is damaged", "open it in Word and save it again")
        if words == "bug":
            raise RuntimeError("index\nout of range")
        if words == "denied":
            raise PermissionError(13, "Permission denied", name)
        if words == "stop":
            raise KeyboardInterrupt
        return notice() if words == "notice" else letter()


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., tuple[int, str, str]]:
    """Returns a function from arguments to ``(status, stdout, stderr)``, in a folder of files."""
    monkeypatch.setattr(congvan, "load", Reader, raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("letter", "notice", "broken", "bug", "denied", "stop"):
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    (tmp_path / "thư mục").mkdir()

    def call(*args: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        status = cli.main(args)
        out, err = capsysbinary.readouterr()
        return status, out.decode("utf-8"), err.decode("utf-8")

    return call


Run = Callable[..., tuple[int, str, str]]


def test_json_is_the_contract(run: Run) -> None:
    status, out, err = run("read", "notice.txt", "--format", "json")
    assert (status, err) == (0, "")
    assert Document.from_dict(json.loads(out)) == notice()
    assert json.loads(out) == notice().to_dict()
    assert "Quyết định số 1978/QĐ-TTg" in out  # letters, not \u escapes
    assert len(out.splitlines()) > 40


def test_jsonl_is_one_object_a_line(run: Run) -> None:
    status, out, err = run("read", "letter.txt", "notice.txt", "-f", "jsonl")
    assert (status, err) == (0, "")
    got = [Document.from_dict(json.loads(line)) for line in out.splitlines()]
    assert got == [letter(), notice()]


def test_report_and_html(run: Run) -> None:
    assert run("read", "notice.txt")[1].startswith("THÔNG BÁO số …/TB-UBND\n")
    both = run("read", "notice.txt", "letter.txt")[1]
    assert "\n\n\nVĂN BẢN số 77/BGT-VT\n" in both
    assert run("read", "notice.txt", "--format", "html")[1].startswith("<!DOCTYPE html>")


def test_color_is_off_in_a_pipe_unless_asked_for(run: Run) -> None:
    assert "\x1b" not in run("read", "notice.txt")[1]
    assert "\x1b" not in run("read", "notice.txt", "--no-color")[1]
    assert "\x1b[1m" in run("read", "notice.txt", "--color")[1]


def test_stdin(run: Run) -> None:
    status, out, _ = run("read", "-", "-f", "json", stdin=b"notice")
    assert status == 0
    assert Document.from_dict(json.loads(out)) == notice()
    assert run("read", "-", stdin=b"broken")[2].startswith("congvan: <stdin>: the file is damaged")


# fmt: off
UNREAD = [
    ("broken.txt", "congvan: broken.txt: the file is damaged (open it in Word and save it again)"),
    ("denied.txt", "congvan: denied.txt: Permission denied"),
    ("absent.txt", "congvan: absent.txt: No such file or directory"),
    ("bug.txt",    "congvan: bug.txt: internal error RuntimeError: index out of range: please report it "
                   "(CONGVAN_DEBUG=1 shows where it happened)"),
]
# fmt: on


@pytest.mark.parametrize(("name", "line"), UNREAD)
def test_what_cannot_be_read_is_named_and_the_rest_is_done(run: Run, name: str, line: str) -> None:
    status, out, err = run("read", "letter.txt", name, "notice.txt", "-f", "jsonl")
    assert status == 1
    assert err == line + "\n"
    assert len(out.splitlines()) == 2


def test_tracebacks_are_for_developers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Traceback" not in run("read", "bug.txt")[2]
    monkeypatch.setenv("CONGVAN_DEBUG", "1")
    assert "Traceback" in run("read", "bug.txt")[2]


def test_an_error_outside_the_files_is_one_line_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> None:
        raise ImportError("no module named x")

    monkeypatch.setattr(congvan, "load", load)
    status, out, err = run("read", "letter.txt")
    assert (status, out) == (1, "")
    assert err.startswith("congvan: congvan: internal error ImportError")
    assert err.count("\n") == 1


# fmt: off
WRONG = [
    (["read", "letter.txt", "notice.txt", "--format", "json"],   "--format jsonl"),
    (["read", "letter.txt", "notice.txt", "--format", "html"],   "once for each"),
    (["read"],                                                   "Missing argument"),
    (["read", "letter.txt", "--format", "xml"],                  "--format"),
    (["read", "-", "-"],                                         "only once"),
    (["read", "letter.txt", "-o", "letter.txt"],                 "letter.txt is an input"),
    (["read", "letter.txt", "-o", "./thư mục/../letter.txt"],    "is an input"),
    (["read", "letter.txt", "-o", "thư mục"],                    "thư mục is a folder"),
    (["read", "letter.txt", "-o", "không/có.json"],              "the folder không does not exist"),
    (["rea", "letter.txt"],                                      "No such command"),
    (["--nothing"],                                              "No such option"),
]
# fmt: on


@pytest.mark.parametrize(("args", "words"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_wrong_use(run: Run, args: list[str], words: str) -> None:
    status, out, err = run(*args)
    assert status == 2
    assert out == ""
    assert words in err
    assert "Traceback" not in err
    assert Path("letter.txt").read_text() == "letter"


def test_output_to_a_file(run: Run) -> None:
    assert run("read", "notice.txt", "-f", "json", "-o", "thư mục/một.json") == (0, "", "")
    data = json.loads(Path("thư mục/một.json").read_text(encoding="utf-8"))
    assert data == notice().to_dict()
    assert sorted(p.name for p in Path("thư mục").iterdir()) == ["một.json"]


def test_a_run_that_reads_nothing_leaves_the_old_output(run: Run) -> None:
    Path("old.json").write_text("old")
    assert run("read", "broken.txt", "-f", "json", "-o", "old.json")[0] == 1
    assert run("read", "letter.txt", "stop.txt", "-f", "jsonl", "-o", "old.json")[0] == 130
    assert Path("old.json").read_text() == "old"
    assert run("read", "broken.txt", "-f", "json", "-o", "new.json")[0] == 1
    assert not Path("new.json").exists()
    assert not list(Path().glob(".congvan*"))


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
def test_output_keeps_mode_and_follows_links(run: Run) -> None:
    Path("real.html").write_text("old")
    os.chmod("real.html", 0o640)
    os.symlink("real.html", "link.html")
    assert run("read", "letter.txt", "-f", "html", "-o", "link.html")[0] == 0
    assert Path("link.html").is_symlink()
    assert Path("real.html").read_text(encoding="utf-8").startswith("<!DOCTYPE")
    assert Path("real.html").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null here")
def test_output_to_a_device_is_no_renaming(run: Run) -> None:
    assert run("read", "letter.txt", "-o", "/dev/null")[0] == 0
    assert not Path("/dev/null").is_file()


def test_a_file_name_that_is_not_utf8(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    odd = "l\udce9tter.txt"
    doc = dataclasses.replace(letter(), source=dataclasses.replace(letter().source, path=odd))
    monkeypatch.setattr(Reader, "read_file", lambda self, path: doc)
    for fmt in cli.Format:
        status, out, err = run("read", "letter.txt", "-f", fmt.value)
        assert (status, err) == (0, "")
        if fmt in (cli.Format.JSON, cli.Format.JSONL):
            assert json.loads(out)["source"]["path"] == odd


def test_names_cannot_command_the_terminal(run: Run) -> None:
    _, _, err = run("read", "a\x1b[31m\nb.txt")
    assert "\x1b" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["read", "--help"], []])
def test_help(run: Run, args: list[str]) -> None:
    status, out, err = run(*args)
    assert status == (0 if args else 2)
    assert "Usage: congvan" in out + err
    assert "thong-bao.docx" in out + err


def test_every_command_and_option_has_help(run: Run) -> None:
    import typer.main

    group = typer.main.get_command(cli.app)
    for command in [group, *group.commands.values()]:  # type: ignore[attr-defined]
        assert command.help
        assert all(
            getattr(p, "help", None) for p in command.params if p.param_type_name == "option"
        )


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"congvan {congvan.__version__}\n", "")


def test_evaluate_hands_its_arguments_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import types

    seen: list[list[str]] = []
    fake = types.ModuleType("congvan.evaluate")
    fake.main = lambda argv: seen.append(list(argv)) or 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "congvan.evaluate", fake)
    assert run("evaluate", "--shared", "x", "--help")[0] == 1
    assert seen == [["--shared", "x", "--help"]]


# ---------------------------------------------------------------- as a process

# The command with a pipeline that writes long reports; "sleep" waits to be interrupted.
SCRIPT = """
import signal, sys, time, congvan
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may ignore it
from congvan import cli
from congvan.document import Document, Header
class Reader:
    def read_file(self, path):
        if path == "sleep":
            print("ready", file=sys.stderr, flush=True)
            time.sleep(60)
        return Document(text="", header=Header(subject="\\u0110\\u1ea5t \\u0111ai " * 20000))
congvan.load = Reader
sys.exit(cli.main())
"""


def command(*args: str, script: str = SCRIPT, **env: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PIPELINE), **env},
    )


def test_help_answers_at_once() -> None:
    script = "import sys; from congvan.cli import main; sys.exit(main())"
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        process = command("--help", script=script)
        process.communicate()
        best = min(best, time.perf_counter() - start)
        assert process.returncode == 0
    assert best < 0.3


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from congvan.cli import main; main(['--help']); "
        "print(sorted({'rich','pandas','numpy','spacy','docx','sklearn'} & set(sys.modules)))"
    )
    out, err = command(script=script).communicate()
    assert out.decode().splitlines()[-1] == "[]", err


@pytest.mark.parametrize("env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
                                 {"PYTHONIOENCODING": "cp1258"}])  # fmt: skip
def test_output_is_utf8_whatever_the_console_says(env: dict[str, str]) -> None:
    out, err = command("read", "x", **env).communicate()
    assert "Đất đai" in out.decode("utf-8")
    assert err == b""


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    process = command("read", "x", "y", "z")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(20) == 141
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_is_quiet() -> None:
    process = command("read", "sleep")
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")
