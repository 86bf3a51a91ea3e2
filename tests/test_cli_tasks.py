"""``congvan tasks``, ``why``, ``import``, ``export --doccano``, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from conftest import ROOT
from congvan.cli import main

NOTICES = ROOT / "data" / "notices"
ONE = str(NOTICES / "01-thong-bao-phien-hop-ubnd-tinh-2022.txt")


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> object:
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


def test_every_kind_of_file(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, err = run(
        "tasks", ONE, "--xlsx", "a.xlsx", "--csv", "a.csv", "--ics", "a.ics", "--json", "a.json",
        "--register", "so.csv",
    )  # fmt: skip
    assert (status, out) == (0, "")
    assert "tasks of 1 document" in err
    assert load_workbook(tmp_path / "a.xlsx").sheetnames[0] == "Việc cần làm"
    assert Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["tasks"]
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len((tmp_path / "so.csv").read_text("utf-8-sig").splitlines()) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.csv", "a.ics", "a.json", "a.xlsx", "so.csv"
    ]  # fmt: skip


def test_without_an_option_the_tasks_are_printed(run) -> None:  # type: ignore[no-untyped-def]
    status, out, err = run("tasks", ONE)
    assert (status, err) == (0, "")
    assert "   1. " in out
    assert "chủ trì: " in out


def test_a_folder_and_a_bad_file(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(Path(ONE).read_text("utf-8"), "utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    status, _, err = run("tasks", str(folder), "--json", "a.json")
    assert status == 1
    assert "b.pdf" in err
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["tasks"]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["tasks", "gone.txt"], 1, "nothing was written"),
        (["tasks", ONE, "--xlsx", "no/such/a.xlsx"], 2, "does not exist; make it first"),
        (["tasks", ONE, "--xlsx", "."], 2, "this is a folder"),
        (["tasks", ONE, "--csv", "a", "--json", "a"], 2, "two options name the same file"),
        (["why", "gone.txt"], 1, "there is no such file"),
        (["why", ONE, "u999"], 1, "there is no unit 'u999': its units are u1 to u"),
        (["import", "gone.jsonl"], 1, "gone.jsonl: No such file"),
        (["export", ONE, "--doccano", "--format", "conll", "-o", "x"], 2, "leave out --format"),
        (["train", "--out", "x"], 2, "--out is the folder of one model"),
        (["train", "ner", "--with", "x", "--out", "y"], 1, "y/config.toml cannot be read"),
    ],
)
def test_wrong_use(run, words: list[str], status: int, message: str) -> None:  # type: ignore[no-untyped-def]
    found, _, err = run(*words)
    assert found == status
    assert message in err
    assert "Traceback" not in err


def test_no_file_is_replaced_unasked(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.csv").write_text("mine", "utf-8")
    status, _, err = run("tasks", ONE, "--csv", "a.csv")
    assert status == 2
    assert "add --force" in err
    assert (tmp_path / "a.csv").read_text("utf-8") == "mine"
    assert run("tasks", ONE, "--csv", "a.csv", "--force")[0] == 0
    assert (tmp_path / "a.csv").read_text("utf-8") != "mine"


def test_an_input_is_never_written(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text(Path(ONE).read_text("utf-8"), "utf-8")
    status, _, err = run("tasks", "a.txt", "--csv", "a.txt", "--force")
    assert status == 2
    assert "this document is to be read" in err


def test_why(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("why", ONE, "u3")
    assert status == 0
    assert out.startswith("u3: ")
    assert "rà soát (review)" in out
    assert len(run("why", ONE)[1].split("\n\n")) > 10


def test_out_to_doccano_and_back(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("export", ONE, "--doccano", "-o", "out.jsonl")[0] == 0
    status, out, _ = run("import", "out.jsonl")
    assert (status, out) == (0, "out.jsonl: nothing differs from congvan's own answers\n")
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    gone = next(s for s in record["label"] if s[2] == "review")
    record["label"].remove(gone)
    (tmp_path / "back.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", "utf-8")
    status, out, _ = run("import", "back.jsonl")
    assert status == 0
    assert "1 corrections, kept in" in out
    # From now on they hold: the folder is the usual one under the current folder.
    again = run("read", ONE, "--format", "json")[1]
    units = json.loads(again)["units"]
    unit = next(u for u in units if u["start"] == gone[0])
    assert "review" not in unit["labels"]
    assert unit["corrected"] == ["review"]


def test_damaged_corrections_are_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "data" / "corrections"
    folder.mkdir(parents=True)
    (folder / "x.jsonl").write_text("{}\n", "utf-8")
    for words in (["tasks", ONE], ["why", ONE], ["read", ONE], ["export", ONE, "-o", "x"]):
        status, _, err = run(*words)
        assert status == 1, words
        assert "x.jsonl line 1: no correction" in err
        assert "internal error" not in err
