"""Opening a model: what is refused and why, reading without one, and threads."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import congvan
from congvan import artefacts
from congvan.errors import ModelError
from congvan.pipeline import Pipeline
from congvan.recogniser import model
from congvan.recogniser.model import FILE, FORMAT, folder_or_default, open_tagger, tagger

TEXT = "Giao Sở Xây dựng, ông Trần Văn Mẫu rà soát tại xã Mẫu Sơn trước ngày 15/6/2024."
PIPELINE = Path(congvan.__file__).parents[1]


def make(place: Path, content: bytes = b"no model", **meta: object) -> Path:
    """Writes a model folder whose checksum is right; returns it."""
    place.mkdir(exist_ok=True)
    (place / FILE).write_bytes(content)
    sums = {FILE: hashlib.sha256(content).hexdigest()}
    whole = {"format": FORMAT, "files": sums, **meta}
    (place / "meta.json").write_text(json.dumps(whole), encoding="utf-8")
    return place


# ---------------------------------------------------------------- the folder of a model


def test_a_folder_that_is_whole(tmp_path: Path) -> None:
    place = make(tmp_path, b"abc", types=["AGENCY"])
    path, meta = artefacts.checked(place, FILE, format=FORMAT)
    assert path == place / FILE
    assert meta["types"] == ["AGENCY"]
    assert artefacts.sha256(path) == hashlib.sha256(b"abc").hexdigest()


# fmt: off
META = [
    pytest.param(None, "meta.json cannot be read", id="none"),
    pytest.param("", "meta.json cannot be read", id="empty"),
    pytest.param("{", "meta.json cannot be read", id="cut off"),
    pytest.param("[]", "meta.json cannot be read", id="a list"),
    pytest.param("{}", "meta.json cannot be read", id="without a format"),
    pytest.param('{"format": 1}', "meta.json cannot be read", id="without files"),
    pytest.param('{"format": "one", "files": {}}', "meta.json cannot be read", id="a format that is no number"),
    pytest.param('{"format": 1, "files": {"other": "0"}}', "meta.json cannot be read", id="another file"),
    pytest.param('{"format": 2, "files": {"model.crfsuite": "0"}}', "was trained for version 2 of its features, this is version 1", id="another version"),
    pytest.param('{"format": 1, "files": {"model.crfsuite": "0"}}', "is damaged or not the file that was trained", id="another checksum"),
    pytest.param('{"format": 1, "files": {"model.crfsuite": null}}', "is damaged or not the file that was trained", id="no checksum"),
]
# fmt: on


@pytest.mark.parametrize(("meta", "message"), META)
def test_a_folder_that_is_not_whole(tmp_path: Path, meta: str | None, message: str) -> None:
    (tmp_path / FILE).write_bytes(b"abc")
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta, encoding="utf-8")
    for open_it in (lambda: artefacts.checked(tmp_path, FILE, format=1), lambda: tagger(tmp_path)):
        with pytest.raises(ModelError, match=message) as caught:
            open_it()
        assert str(tmp_path) in str(caught.value)
        assert "run 'make train'" in str(caught.value)


def test_meta_that_is_not_utf8(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "meta.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(ModelError, match="cannot be read"):
        tagger(tmp_path)


@pytest.mark.parametrize("damage", ["one byte", "cut off", "gone"])
def test_a_file_that_is_not_the_one_that_was_trained(tmp_path: Path, damage: str) -> None:
    path = make(tmp_path, b"abcdef") / FILE
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"abcdeF" if damage == "one byte" else b"abc")
    with pytest.raises(ModelError, match=r"damaged or not the file .*run 'make train'"):
        tagger(tmp_path)


def test_a_file_that_was_trained_by_something_else(tmp_path: Path) -> None:
    place = make(tmp_path, b"not of CRFsuite")
    with pytest.raises(
        ModelError, match=r"is no model of CRFsuite \(.*\): run 'make train'"
    ) as caught:
        tagger(place)
    assert str(place / FILE) in str(caught.value)


@pytest.mark.parametrize("content", [None, b"", b"garbage"], ids=["none", "empty", "garbage"])
def test_a_bare_file_that_is_no_model(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "m.crfsuite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"m\.crfsuite"):
        tagger(path)


def test_a_bare_file_needs_a_checksum(tmp_path: Path) -> None:
    whole = artefacts.folder("ner") / FILE
    path = tmp_path / FILE
    path.write_bytes(whole.read_bytes())
    with pytest.raises(ModelError, match=r"no meta\.json has its checksum: name the folder"):
        tagger(path)
    make(tmp_path, whole.read_bytes())
    assert tagger(path) is tagger(tmp_path)


def test_a_model_that_is_trained_again_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (artefacts.folder("ner") / FILE).read_bytes()
    make(tmp_path / "m", content)
    first = tagger(tmp_path / "m")
    monkeypatch.chdir(tmp_path)
    assert tagger(Path("m")) is first
    make(tmp_path / "m", content, types=[])
    second = tagger(Path("m"))
    assert second is not first
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    with pytest.raises(ModelError):
        tagger(Path("m"))  # not the one of the other folder


def test_a_bare_file_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "m.crfsuite"
    path.write_bytes((artefacts.folder("ner") / FILE).read_bytes()[:1000])
    script = (
        f"import sys; sys.path.insert(0, {str(PIPELINE)!r})\n"
        "from congvan.errors import ModelError\n"
        "from congvan.recogniser.model import tagger\n"
        "from pathlib import Path\n"
        "try: tagger(Path(sys.argv[1])).tag([['b']])\n"
        "except ModelError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "refused\n")


def test_a_model_that_is_not_there_says_how_to_get_it() -> None:
    with pytest.raises(
        ModelError, match=r"the model 'nothing' is not there: run 'make train'.*wheel"
    ):
        artefacts.folder("nothing")


def test_crfsuite_that_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    with pytest.raises(ModelError, match="pip install python-crfsuite"):
        open_tagger(tmp_path / FILE)


# ---------------------------------------------------------------- the model that comes with congvan


def test_it_is_opened_once_a_thread() -> None:
    assert tagger() is tagger()
    assert tagger() is tagger(folder_or_default(None))
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(tagger).result()
    assert other is not tagger()


def test_a_folder_and_its_bare_file_say_the_same() -> None:
    place = artefacts.folder("ner")
    assert folder_or_default(None) == place
    assert folder_or_default(Path("x")) == Path("x")
    by_folder, by_file = Pipeline(model=place), Pipeline(model=str(place / FILE))
    assert by_folder.read_text(TEXT).entities == by_file.read_text(TEXT).entities
    assert by_folder.read_text(TEXT).entities == Pipeline().read_text(TEXT).entities


def types(nlp: Pipeline, text: str = TEXT) -> dict[str, str]:
    return {e.text: e.type for e in nlp.read_text(text).entities}


def test_with_and_without_the_recogniser() -> None:
    assert types(Pipeline()) == {
        "Sở Xây dựng": "AGENCY", "Trần Văn Mẫu": "PERSON", "xã Mẫu Sơn": "LOCATION", "ngày 15/6/2024": "DATE",
    }  # fmt: skip
    rules = Pipeline(recogniser=False).read_text(TEXT)
    assert [e.text for e in rules.entities] == ["Sở Xây dựng", "ngày 15/6/2024"]
    assert [e.id for e in rules.entities] == ["e1", "e2"]
    assert not any("only rules" in w for w in rules.warnings)


def test_no_model_costs_a_warning_and_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Path:
        raise ModelError(f"the model '{name}' is not there: run 'make train'")

    # As the module sees it, and at its source: whoever asks must get the answer.
    monkeypatch.setattr(artefacts, "folder", none)
    monkeypatch.setattr(model, "folder", none)
    doc = Pipeline().read_text(TEXT)
    warning = (
        "only rules were used for names, persons and places are missing: "
        "the model 'ner' is not there: run 'make train'"
    )
    assert warning in doc.warnings
    plain = Pipeline(recogniser=False).read_text(TEXT)
    assert doc.entities == plain.entities
    assert doc.units == plain.units


def test_a_damaged_model_costs_a_warning_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(model, "folder", lambda name: tmp_path)
    doc = Pipeline().read_text(TEXT)
    assert [w for w in doc.warnings if "meta.json cannot be read" in w]
    assert "Sở Xây dựng" in [e.text for e in doc.entities]


@pytest.mark.parametrize("as_string", [True, False])
@pytest.mark.parametrize("name", ["absent", "."])
def test_a_model_that_was_asked_for_must_be_there(
    tmp_path: Path, name: str, as_string: bool
) -> None:
    place = tmp_path / name
    with pytest.raises(ModelError, match="run 'make train'") as caught:
        Pipeline(model=str(place) if as_string else place).read_text(TEXT)
    assert str(place) in str(caught.value)


def test_threads_give_the_same() -> None:
    texts = [
        f"Giao Sở Y tế, ông Trần Mẫu {w} rà soát tại xã Mẫu {w}." for w in "Một Hai Ba".split()
    ]
    texts = [f"{text}\n" * 20 for text in texts] * 4
    nlp = Pipeline()
    expected = [nlp.read_text(text).to_dict() for text in texts]
    start = threading.Barrier(2)

    def work(order: list[int]) -> dict[int, object]:
        start.wait()
        return {i: nlp.read_text(texts[i]).to_dict() for i in order}

    with ThreadPoolExecutor(2) as pool:
        forth = pool.submit(work, list(range(len(texts))))
        back = pool.submit(work, list(reversed(range(len(texts)))))
    for got in (forth.result(), back.result()):
        assert [got[i] for i in range(len(texts))] == expected
