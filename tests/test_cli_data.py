"""``congvan corpus`` and ``congvan train`` as commands: what they say and how they end."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from congvan import cli
from congvan.figures import figure
from congvan.recogniser import card

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "data/corpus"
IDS = ("d001", "d002", "d003")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Returns a function from arguments to ``(status, stdout, stderr)``, in a folder with a corpus
    ``c`` of three documents and a model ``m`` to train."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c/documents").mkdir(parents=True)
    for key in IDS:
        shutil.copy(CORPUS / "documents" / f"{key}.json", tmp_path / "c/documents")
    splits({"train": IDS[:1], "dev": IDS[1:2], "test": IDS[2:]})
    (tmp_path / "m").mkdir()
    shutil.copy(ROOT / "models/ner/config.toml", tmp_path / "m")

    def call(*args: str) -> tuple[int, str, str]:
        status = cli.main(args)
        out, err = capsysbinary.readouterr()
        return status, out.decode("utf-8"), err.decode("utf-8")

    return call


def splits(content: object) -> None:
    Path("c/splits.json").write_text(json.dumps(content), encoding="utf-8")


def document(key: str) -> Path:
    return Path("c/documents") / f"{key}.json"


# ---------------------------------------------------------------- corpus


def test_check_says_what_holds(run: Run) -> None:
    status, out, err = run("corpus", "check", "--data", "c")
    assert (status, err) == (0, "")
    found = re.fullmatch(
        r"3 documents, (\d+) units, (\d+) entities, (\d+) citations: every offset holds\n", out
    )
    assert found
    data = [json.loads(document(key).read_text(encoding="utf-8")) for key in IDS]
    layers = ("units", "entities", "citations")
    assert [int(n) for n in found.groups()] == [sum(len(d[x]) for d in data) for x in layers]


def test_check_of_the_corpus_in_the_checkout(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    status, out, err = run("corpus", "check")
    assert (status, err) == (0, "")
    assert out.endswith(": every offset holds\n")


def test_check_names_each_damage_on_a_line(run: Run) -> None:
    document("d002").write_text("{", encoding="utf-8")
    data = json.loads(document("d003").read_text(encoding="utf-8"))
    data["units"][0]["kind"] = "item"
    document("d003").write_text(json.dumps(data), encoding="utf-8")
    document("d001").unlink()
    status, out, err = run("corpus", "check", "--data", "c")
    assert (status, out) == (1, "")
    lines = err.splitlines()
    assert len(lines) == 3
    assert lines[0] == (
        f"congvan: d001: the file {document('d001')} is missing: put it back, or take d001 out of "
        "splits.json"
    )
    assert lines[1].startswith(f"congvan: {document('d002')}: no document of the corpus (")
    assert lines[2] == "congvan: d003: units: u1 is of no kind 'item'"


def test_stats(run: Run) -> None:
    status, out, err = run("corpus", "stats", "--data", "c")
    assert (status, err) == (0, "")
    rows = {row[:24].strip(): row[24:].split() for row in out.splitlines()}
    assert out.splitlines()[0].split() == ["train", "dev", "test", "all"]
    assert rows["documents"] == ["1", "1", "1", "3"]
    for name in ("units", "citations", "AGENCY", "DATE", "review", "deadline", "directives"):
        *parts, whole = (int(n.replace(",", "")) for n in rows[name])
        assert sum(parts) == whole > 0
    for title in ("Types (", "Levels (", "Subject areas (", "Years ("):
        assert f"\n{title}" in out


# ---------------------------------------------------------------- train


def test_train(run: Run) -> None:
    status, out, err = run("train", "ner", "--data", "c", "--out", "m", "--shared", "none")
    assert (status, err) == (0, "training m from c …\n")
    assert re.fullmatch(r"m: \d\.\d MB; its card is m/README\.md\n", out.replace("\\", "/"))
    assert sorted(p.name for p in Path("m").iterdir()) == [
        "README.md", "config.toml", "meta.json", "model.crfsuite",
    ]  # fmt: skip
    meta = json.loads(Path("m/meta.json").read_text(encoding="utf-8"))
    block = meta["metrics"]["Our corpus, test split"]
    assert list(meta["metrics"]) == ["Our corpus, test split"]  # no real documents were named
    assert block["documents"] == 1
    assert list(block["systems"]) == ["congvan", "rules only", "underthesea"]
    shown = Path("m/README.md").read_text(encoding="utf-8")
    assert "## Our corpus, test split (1 documents)" in shown
    assert f"| {figure(block['systems']['congvan']['AGENCY']['f1'])} |" in shown
    # What was trained can be measured and asked for by name.
    again = run("evaluate", "ner", "--quick", "--data", "c", "--shared", "none", "--model", "m")
    assert again[0] == 0
    assert "Our corpus, test split (1 documents)" in again[1]


# ---------------------------------------------------------------- what goes wrong


def test_no_arguments_is_help_and_wrong_use(run: Run) -> None:
    status, out, err = run("corpus")
    assert status == 2
    assert "check" in out + err
    assert "stats" in out + err


NO_CORPUS = "congvan: there is no corpus in none (no splits.json): name the folder data/corpus of a checkout of congvan\n"
TRAIN = ("train", "ner", "--shared", "none")


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (("corpus", "check", "--data", "none"),         1, NO_CORPUS),
        (("corpus", "stats", "--data", "none"),         1, NO_CORPUS),
        ((*TRAIN, "--data", "none", "--out", "m"),      1, NO_CORPUS),
        ((*TRAIN, "--data", "c", "--out", "none"),      1, "config.toml cannot be read"),
        (("train", "words"),                            2, "'words' is not one of 'all', 'ner', 'units'"),
        (("corpus", "mend"),                            2, "No such command 'mend'"),
        (("corpus", "check", "--fast"),                 2, "No such option"),
    ],
    ids=["check", "stats", "train: no corpus", "train: no model folder", "train: no such model", "no such command", "no such option"],
)  # fmt: skip
def test_errors(run: Run, args: tuple[str, ...], status: int, message: str) -> None:
    got, out, err = run(*args)
    assert (got, out) == (status, "")
    assert message in err
    assert "Traceback" not in err
    assert "internal error" not in err
    assert not Path("none").exists()


@pytest.mark.parametrize("model", ["ner", "units"])
def test_train_on_a_broken_document(run: Run, model: str) -> None:
    document("d001").write_text("{}", encoding="utf-8")
    shutil.copy(ROOT / "models" / model / "config.toml", "m")
    status, out, err = run("train", model, "--shared", "none", "--data", "c", "--out", "m")
    assert (status, out) == (1, "")
    assert err.startswith("congvan: c: nothing was trained, because the corpus has 1 problem: ")
    assert f"{document('d001')}: no document of the corpus" in err
    assert "Traceback" not in err
    assert not Path("m/meta.json").exists()


@pytest.mark.parametrize(
    ("named", "options", "message"),
    [
        ({"train": [], "dev": [], "test": IDS},                     (),             "no document is in train or dev"),
        ({"train": IDS, "dev": [], "test": []},                     (),             "the split test is empty"),
        ({"train": IDS[:2], "dev": [], "test": IDS[2:]},            ("--compare",), "the split dev is empty"),
    ],
    ids=["nothing to train on", "nothing to measure on", "nothing to compare on"],
)  # fmt: skip
def test_train_says_what_is_missing_before_it_begins(
    run: Run, named: object, options: tuple[str, ...], message: str
) -> None:
    splits(named)
    status, out, err = run(*TRAIN, "--data", "c", "--out", "m", *options)
    assert (status, out) == (1, "")
    assert message in err
    assert "training" not in err
    assert [p.name for p in Path("m").iterdir()] == ["config.toml"]


def test_train_with_damaged_gold(run: Run) -> None:
    Path("s/gold").mkdir(parents=True)
    Path("s/gold/x.json").write_text("[]", encoding="utf-8")
    status, out, err = run("train", "ner", "--data", "c", "--out", "m", "--shared", "s")
    assert (status, out) == (1, "")
    assert err.startswith(f"congvan: {Path('s/gold/x.json')} is no gold (")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("it failed"), "congvan: it failed\n"),
        (OSError(28, "No space left on device", "x"), "congvan: x: No space left on device: the model in m is as it was"),
    ],
)  # fmt: skip
def test_train_that_fails_leaves_the_old_model(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    for name in ("model.crfsuite", "meta.json", "README.md"):
        (Path("m") / name).write_text("old")
    monkeypatch.setattr(card, "write", fail)
    status, out, err = run(*TRAIN, "--data", "c", "--out", "m")
    assert (status, out) == (1, "")
    assert message in err
    assert {p.read_text() for p in Path("m").iterdir() if p.name != "config.toml"} == {"old"}
    assert sorted(p.name for p in Path().iterdir()) == ["c", "m"]


def test_check_of_a_document_that_is_a_folder(run: Run) -> None:
    document("d001").unlink()
    document("d001").mkdir()
    for command in ("check", "stats"):
        status, out, err = run("corpus", command, "--data", "c")
        assert (status, out) == (1, "")
        assert err.startswith(f"congvan: {document('d001')} cannot be read (")


def test_stats_of_a_broken_document(run: Run) -> None:
    document("d001").write_text("{}", encoding="utf-8")
    status, out, err = run("corpus", "stats", "--data", "c")
    assert (status, out) == (1, "")
    assert err.startswith(f"congvan: {document('d001')}: no document of the corpus")


@pytest.mark.parametrize("command", ["check", "stats", "train"])
@pytest.mark.parametrize("content", [{"train": ["d001"], "dev": []}, [], {"train": 5}])
def test_splits_that_cannot_be_read(run: Run, command: str, content: object) -> None:
    splits(content)
    args = (*TRAIN, "--out", "m") if command == "train" else ("corpus", command)
    status, out, err = run(*args, "--data", "c")
    assert (status, out) == (1, "")
    assert "internal error" not in err
    assert "splits.json" in err
