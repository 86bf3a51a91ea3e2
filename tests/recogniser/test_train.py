"""Training: the same bytes each time, a meta that tells all, and a shipped model that is up to date."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import congvan
from congvan import artefacts
from congvan.artefacts import renewed, write_meta
from congvan.corpus import load
from congvan.corpus.files import splits
from congvan.errors import ModelError
from congvan.pipeline import Pipeline
from congvan.recogniser import card
from congvan.recogniser.examples import readings
from congvan.recogniser.model import FILE, FORMAT, tagger
from congvan.recogniser.train import (
    SETTINGS,
    TYPES,
    data_hash,
    fit,
    only,
    train,
)

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "data/corpus"
NER = ROOT / "models/ner"
SCRIPT = "import sys; from pathlib import Path; from congvan.recogniser.train import train; train(*map(Path, sys.argv[1:]))"


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five shortest documents of the corpus, as a corpus of their own."""
    folder = tmp_path_factory.mktemp("five")
    (folder / "documents").mkdir()
    paths = sorted((CORPUS / "documents").glob("*.json"), key=lambda p: (p.stat().st_size, p.name))
    ids = [p.stem for p in paths[:5]]
    for key in ids:
        shutil.copy(CORPUS / "documents" / f"{key}.json", folder / "documents")
    named = {"train": ids[:3], "dev": ids[3:4], "test": ids[4:]}
    (folder / "splits.json").write_text(json.dumps(named), encoding="utf-8")
    return folder


def place(folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(NER / "config.toml", folder)
    return folder


@pytest.fixture(scope="module")
def trained(five: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = place(tmp_path_factory.mktemp("model") / "ner")
    return out, train(five, out)


def test_training_twice_gives_the_same_bytes(
    five: Path, trained: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """Once here, once in a process that hashes strings otherwise."""
    first, second = trained[0], place(tmp_path / "again")
    paths = os.pathsep.join([str(Path(congvan.__file__).parents[1]), *sys.path])
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "4711"}
    subprocess.run([sys.executable, "-c", SCRIPT, str(five), str(second)], env=env, check=True)
    for name in (FILE, "meta.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_meta_tells_what_was_trained_on_what(
    five: Path, trained: tuple[Path, dict[str, Any]]
) -> None:
    out, meta = trained
    assert json.loads((out / "meta.json").read_text(encoding="utf-8")) == meta
    named = splits(five)
    learned = sorted(named["train"] + named["dev"])
    whole = b"".join((five / "documents" / f"{key}.json").read_bytes() for key in learned)
    assert meta["format"] == FORMAT
    assert meta["files"] == {FILE: hashlib.sha256((out / FILE).read_bytes()).hexdigest()}
    assert meta["types"] == ["AGENCY", "PERSON", "LOCATION"]
    assert meta["config"] == SETTINGS.read(NER)
    assert meta["config"]["splits"] == ["train", "dev"]
    assert meta["data"]["documents"] == 4
    assert meta["data"]["sha256"] == hashlib.sha256(whole).hexdigest()
    assert meta["data"]["tokens"] > meta["data"]["lines"] > 40
    assert meta["versions"] == {
        "congvan": congvan.__version__,
        "python-crfsuite": version("python-crfsuite"),
    }


def test_what_was_trained_can_be_used(trained: tuple[Path, dict[str, Any]]) -> None:
    out, _ = trained
    assert tagger(out).tag([["b"]])[0] in {"O", *(f"{x}-{t}" for x in "BI" for t in TYPES)}
    doc = Pipeline(model=out).read_text("Giao Sở Xây dựng rà soát trước ngày 15/6/2024.")
    assert [(e.type, e.text) for e in doc.entities][-1] == ("DATE", "ngày 15/6/2024")


def test_the_test_split_is_not_learned(
    five: Path, trained: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    other = tmp_path / "five"
    shutil.copytree(five, other)
    (key,) = splits(other)["test"]
    (first, *_) = splits(other)["train"]
    text = (other / "documents" / f"{first}.json").read_text(encoding="utf-8")
    text = text.replace(f'"id": "{first}"', f'"id": "{key}"', 1)
    (other / "documents" / f"{key}.json").write_text(text, encoding="utf-8")
    meta = train(other, place(tmp_path / "ner"))
    assert meta == trained[1]


@pytest.mark.parametrize(
    "toml",
    [None, "", "[other]\nc1 = 1\n", "[ner\n"],
    ids=["none", "empty", "another table", "no TOML"],
)  # fmt: skip
def test_a_configuration_that_cannot_be_read(five: Path, tmp_path: Path, toml: str | None) -> None:
    if toml is not None:
        (tmp_path / "config.toml").write_text(toml, encoding="utf-8")
    for ask in (lambda: SETTINGS.read(tmp_path), lambda: train(five, tmp_path)):
        with pytest.raises(ModelError, match=r"config\.toml cannot be read .*take it from"):
            ask()
    assert not (tmp_path / FILE).exists()


GOOD = {"splits": '["train", "dev"]', "c1": "0.1", "c2": "0.03", "iterations": "120"}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("c1", None,                   "the key 'c1' is missing: it is a number of 0 or more"),
        ("c3", "1",                    "the key 'c3' is unknown"),
        ("c1", '"x"',                  "the key 'c1' is 'x': it must be a number of 0 or more"),
        ("c1", "true",                 "the key 'c1' is True: it must be a number"),
        ("c2", "-1",                   "the key 'c2' is -1: it must be a number"),
        ("c2", "nan",                  "the key 'c2' is nan: it must be a number"),
        ("iterations", "1.5",          "the key 'iterations' is 1.5: it must be a whole number"),
        ("iterations", "0",            "the key 'iterations' is 0: it must be a whole number"),
        ("splits", '"train"',          "the key 'splits' is 'train': it must be a list of different splits out of train, dev, test"),
        ("splits", '["trian"]',        "the key 'splits' is ['trian']: it must be a list"),
        ("splits", "[]",               "the key 'splits' is []: it must be a list"),
        ("splits", '["dev", "dev"]',   "the key 'splits' is ['dev', 'dev']: it must be a list of different"),
        ("splits", "[[]]",             "the key 'splits' is [[]]: it must be a list"),
    ],
)  # fmt: skip
def test_a_configuration_that_is_wrong(
    five: Path, tmp_path: Path, key: str, value: str | None, message: str
) -> None:
    rows = {**GOOD, key: value}
    text = "".join(f"{k} = {v}\n" for k, v in rows.items() if v is not None)
    (tmp_path / "config.toml").write_text(f"[ner]\n{text}", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        train(five, tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}, table [ner]: {message}")


def test_nothing_to_train_on(five: Path, tmp_path: Path) -> None:
    """CRFsuite ends the process where there is no line."""
    other = tmp_path / "five"
    shutil.copytree(five, other)
    ids = [i for group in splits(five).values() for i in group]
    named: dict[str, list[str]] = {"train": [], "dev": [], "test": ids}
    (other / "splits.json").write_text(json.dumps(named), encoding="utf-8")
    with pytest.raises(ValueError, match=r"splits\.json: no document is in train or dev"):
        train(other, place(tmp_path / "ner"))
    with pytest.raises(ValueError, match="no line to train on"):
        fit([], tmp_path / FILE, SETTINGS.read(NER))
    assert not (tmp_path / FILE).exists()


def test_a_corpus_with_problems_is_not_trained_on(five: Path, tmp_path: Path) -> None:
    other = tmp_path / "five"
    shutil.copytree(five, other)
    ids = sorted(p.stem for p in (five / "documents").glob("*.json"))
    for key in ids:
        (other / "documents" / f"{key}.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"has 5 problems: .* and 2 more .*corpus check") as caught:
        train(other, place(tmp_path / "ner"))
    assert [key for key in ids if f"{key}.json" in str(caught.value)] == ids[:3]


def test_a_failure_leaves_the_old_model(tmp_path: Path) -> None:
    out = place(tmp_path / "ner")
    (out / FILE).write_text("old")
    (out / card.COMPARISON).write_text("[]")

    def fail() -> None:
        with renewed(out, without=(FILE,)) as new:
            assert sorted(p.name for p in new.iterdir()) == [card.COMPARISON]
            (new / FILE).write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / FILE).read_text() == "old"
    with renewed(out, without=(FILE,)) as new:
        (new / FILE).write_text("new")
    assert (out / FILE).read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["ner"]  # nothing is left beside it


def test_a_model_that_cannot_be_written(
    trained: tuple[Path, dict[str, Any]], five: Path, tmp_path: Path
) -> None:
    """CRFsuite says nothing then."""
    (tmp_path / FILE).mkdir()
    lines = [e for r in readings(load(five, "dev")) for e in r.examples()]
    with pytest.raises(OSError, match="could not be written: make room"):
        fit(lines, tmp_path / FILE, trained[1]["config"])


def test_no_corpus_to_train_on(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no corpus"):
        train(tmp_path / "absent", place(tmp_path / "ner"))


@pytest.mark.parametrize(
    ("tags", "types", "expected"),
    [
        ("O B-AGENCY I-AGENCY B-DATE", TYPES, "O B-AGENCY I-AGENCY O"),
        ("B-PERSON I-PERSON B-AGENCY", ("AGENCY",), "O O B-AGENCY"),
        ("B-AGENCY I-AGENCY", (), "O O"),
    ],
)
def test_only(tags: str, types: tuple[str, ...], expected: str) -> None:
    assert only(tags.split(), types) == expected.split()


def test_the_hash_of_the_data_sees_every_byte_and_no_order(five: Path, tmp_path: Path) -> None:
    other = tmp_path / "five"
    shutil.copytree(five, other)
    ids = sorted(p.stem for p in (five / "documents").glob("*.json"))
    whole = data_hash(five, ids)
    assert data_hash(other, ids[::-1]) == whole
    assert data_hash(other, ids[1:]) != whole
    path = other / "documents" / f"{ids[2]}.json"
    path.write_bytes(path.read_bytes() + b"\n")
    assert data_hash(other, ids) != whole


# ---------------------------------------------------------------- the card


def test_meta_is_written_the_same_each_time(tmp_path: Path) -> None:
    write_meta(tmp_path, {"b": "Đ", "a": 1})
    first = (tmp_path / "meta.json").read_bytes()
    write_meta(tmp_path, {"a": 1, "b": "Đ"})
    assert (tmp_path / "meta.json").read_bytes() == first == '{\n "a": 1,\n "b": "Đ"\n}\n'.encode()


def figures_of(**f: float) -> dict[str, Any]:
    zero = {"support": 0, "found": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0, "partial_f1": 0.0}
    return {**zero, **f}


def test_the_card_shows_the_figures_of_meta(trained: tuple[Path, dict[str, Any]]) -> None:
    ours = figures_of(support=9, found=8, precision=0.75, recall=0.5, f1=0.6, partial_f1=0.7, value=0.25)  # fmt: skip
    block = {
        "documents": 3,
        "systems": {
            "congvan": {"AGENCY": ours, "DATE": figures_of()},
            "silent": {"AGENCY": figures_of(support=9), "DATE": figures_of()},
        },
        "confusions": {"AGENCY": ["x: missed: “Sở Mẫu” → –"]},
    }
    meta = {**trained[1], "metrics": {"Mẫu": block}}
    text = card.render(meta, [])
    assert "## Mẫu (3 documents)" in text
    assert "| AGENCY | 9 | congvan | 0.750 | 0.500 | 0.600 | 0.700 | 0.250 |" in text
    assert "| AGENCY | 9 | silent | – | – | – | – | – |" in text
    assert "| DATE |" not in text  # nothing to find, nothing to say
    assert "  - x: missed: “Sở Mẫu” → –" in text
    assert "What was tried" not in text
    for fact in (
        "4 documents",
        "train + dev",
        meta["data"]["sha256"][:16],
        version("python-crfsuite"),
    ):
        assert fact in text
    kinds = {k: figures_of(found=1, f1=0.5) for k in ("AGENCY", "PERSON", "LOCATION", "DATE")}
    row = {"system": "S", "about": "of words", "train_seconds": 7, "seconds": 0.5,
           "figures": {**kinds, "INSTRUMENT": figures_of()}}  # fmt: skip
    tried = card.render(meta, [row])
    assert "## What was tried" in tried
    assert "| S | of words | 0.500 | 0.500 | 0.500 | – | 0.500 | 7 | 0.5 |" in tried


# ---------------------------------------------------------------- the model that comes with congvan


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((NER / "meta.json").read_text(encoding="utf-8"))
    return meta


def test_the_shipped_model_was_trained_on_the_corpus_as_it_is(shipped: dict[str, Any]) -> None:
    named = splits(CORPUS)
    ids = [key for name in shipped["config"]["splits"] for key in named[name]]
    assert shipped["data"]["sha256"] == data_hash(CORPUS, ids), "run 'make train'"
    assert shipped["data"]["documents"] == len(ids)
    assert shipped["config"] == SETTINGS.read(NER), "run 'make train'"


def test_the_shipped_model_is_whole_and_small(shipped: dict[str, Any]) -> None:
    assert artefacts.folder("ner").samefile(NER)
    assert artefacts.checked(NER, FILE, format=FORMAT) == (NER / FILE, shipped)
    assert shipped["types"] == list(TYPES)
    assert sum(p.stat().st_size for p in NER.iterdir()) <= 20_000_000


def test_the_shipped_card_is_made_of_the_shipped_figures(shipped: dict[str, Any]) -> None:
    path = NER / card.COMPARISON
    rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    assert (NER / "README.md").read_text(encoding="utf-8") == card.render(shipped, rows)


def test_the_shipped_card_says_what_the_shipped_figures_say(shipped: dict[str, Any]) -> None:
    """As the test above, whatever the order of the lines."""
    path = NER / card.COMPARISON
    rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    written = (NER / "README.md").read_text(encoding="utf-8")
    assert sorted(written.split("\n")) == sorted(card.render(shipped, rows).split("\n"))
    assert shipped["metrics"]["Our corpus, test split"]["documents"] == len(splits(CORPUS)["test"])
