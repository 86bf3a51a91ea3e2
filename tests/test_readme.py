"""README.md and docs/: every command and every Python line runs and prints what stands there.

A line that is only ``…`` stands for any number of lines. The report is made for a terminal of
100 columns. Figures may be better than the README says, never worse.
"""

from __future__ import annotations

import dataclasses
import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import congvan
from conftest import ROOT
from congvan import document, evaluate
from congvan.figures import figure

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ["README.md", *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
NOTICES = ROOT / "data" / "notices"
ANY = "…"
# "```console" to "```": the language and the lines between.
BLOCK_RE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK_RE = re.compile(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(language: str) -> list[Any]:
    """Returns a parameter for each block of a language in all pages: its text."""
    return [
        pytest.param(m[2], id=f"{name}-{i}")
        for name in PAGES
        for i, m in enumerate(BLOCK_RE.finditer(page(name)), 1)
        if m[1] == language
    ]


def sessions() -> list[Any]:
    """Returns a parameter for each command of the console blocks: the command, its output."""
    out = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block.values[0], flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            out.append(pytest.param(command, shown, id=command[:60]))
    return out


def matches(lines: list[str], shown: list[str]) -> bool:
    """Returns True if ``lines`` are ``shown``, where a line ``…`` stands for any lines."""
    if not shown:
        return not lines
    if shown[0].strip() == ANY:
        return any(matches(lines[i:], shown[1:]) for i in range(len(lines) + 1))
    return bool(lines) and lines[0] == shown[0] and matches(lines[1:], shown[1:])


def clean(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def on_terminal(command: str, folder: Path) -> str:
    """Returns what a shell command shows on a terminal of 100 columns."""
    import pty

    tools = folder / "bin"
    tools.mkdir()
    starter = tools / "congvan"
    starter.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m congvan.cli "$@"\n')
    starter.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "pipeline"),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    ours, theirs = pty.openpty()
    try:
        shell = subprocess.Popen(
            ["bash", "-c", command], cwd=folder, env=env, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        data = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # Linux ends a terminal with EIO
                break
            if not more:
                break
            data += more
        shell.wait(timeout=60)
    finally:
        os.close(ours)
    return data.decode()


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs bash")
@pytest.mark.parametrize(("command", "shown"), sessions())
def test_commands_print_what_stands_there(command: str, shown: str, tmp_path: Path) -> None:
    if command.startswith("make"):
        pytest.skip("make would start the tests within the tests")
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    lines = clean(on_terminal(command, tmp_path))
    assert matches(lines, clean(shown)), "\n".join(lines)


@pytest.mark.parametrize("block", blocks("pycon"))
def test_python_prints_what_stands_there(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd

    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(block, {}, "page", None, 0)
    assert test.examples
    out: list[str] = []
    with pd.option_context("display.width", 100, "display.max_columns", 10):
        doctest.DocTestRunner(verbose=False).run(test, out=out.append)
    assert not out, "".join(out)


@pytest.mark.parametrize("block", blocks("sh"))
def test_make_targets_exist(block: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"make ([a-z]+)", block)
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target


def test_the_quoted_paragraph_is_of_the_sample() -> None:
    text = (NOTICES / "12-cong-van-bo-xay-dung-sua-doi-nghi-dinh-2025.txt").read_text("utf-8")
    quoted = [x[2:].replace("\\.", ".") for x in README.splitlines() if x.startswith("> ")]
    assert len(quoted) == 2
    assert "\n".join(quoted) in text


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files(name: str) -> None:
    for target in LINK_RE.findall(page(name)):
        assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_named_files_exist(name: str) -> None:
    # `lookups/laws.csv`, `tests/golden/`, `pipeline/congvan/places.py`.
    text = BLOCK_RE.sub("", page(name))
    roots = (ROOT, ROOT / "pipeline" / "congvan", ROOT / "tests")
    for path in re.findall(r"`([\w./-]+(?:/|\.(?:py|csv|css|md|txt)))`", text):
        if path.startswith(".venv") or "/" not in path.rstrip("/"):
            continue
        assert any((root / path).exists() for root in roots), path


# ---------------------------------------------------------------- figures

# "| relation | 0.985 (71) | 0.263 | 0.971 (140) |"; the first words are the score of `evaluate`.
ROW_RE = re.compile(
    r"^\| (?P<name>[a-z]+(?:, date)?)[^|]* \| (?P<real>[\d.]+) \((?P<n>\d+)\) \| (?P<plain>[\d.]*) ?"
    r"\| (?P<own>[\d.]+) \((?P<m>\d+)\) \|$",
    re.MULTILINE,
)


def figures() -> list[re.Match[str]]:
    found = list(ROW_RE.finditer(README))
    assert len(found) >= 8
    return found


def no_better_than_measured(tasks: list[Any], rows: list[tuple[str, str, str, str]]) -> None:
    table = evaluate.score_table(evaluate.score("", tasks, congvan.load()))
    measured = {row[0]: row for row in table[1:]}
    for name, claimed, support, plain in rows:
        row = measured[name]
        assert support == row[1], f"{name}: {support} items, make evaluate says {row[1]}"
        assert float(claimed) <= float(row[5]) + 0.005, f"{name}: make evaluate says {row[5]}"
        if plain:
            assert float(plain) >= float(row[7]) - 0.005, f"{name}: baseline {row[7]}"


def test_figures_of_the_samples() -> None:
    tasks = list(evaluate.golden_tasks(ROOT / "tests" / "golden", NOTICES))
    assert f"our {len(tasks)} sample notices" in README
    no_better_than_measured(tasks, [(m["name"], m["own"], m["m"], "") for m in figures()])


def test_figures_of_the_real_documents(shared: Path) -> None:
    tasks = list(evaluate.gold_tasks(shared))
    rows = [(m["name"], m["real"], m["n"], m["plain"]) for m in figures()]
    no_better_than_measured(tasks, rows)


# "| AGENCY | 0.959 (1029) | 0.919 | 0.024 | 0.997 (157) |": congvan, rules, underthesea, real gold.
NAMES_RE = re.compile(
    r"^\| (?P<kind>[A-Z]+) \| (?P<own>[\d.]+) \((?P<n>\d+)\) \| (?P<rules>[\d.]*) ?"
    r"\| (?P<peer>[\d.]*) ?\| (?:(?P<real>[\d.]+) \((?P<m>\d+)\))? ?\|$",
    re.MULTILINE,
)


def test_figures_of_names_are_those_of_the_model_card() -> None:
    metrics = json.loads((ROOT / "models" / "ner" / "meta.json").read_text("utf-8"))["metrics"]
    own = metrics["Our corpus, test split"]["systems"]
    real = metrics["Real documents, gold by hand"]["systems"]["congvan"]
    rows = list(NAMES_RE.finditer(README))
    assert {m["kind"] for m in rows} == set(own["congvan"])
    for m in rows:
        kind = m["kind"]
        assert m["n"] == str(own["congvan"][kind]["support"])
        for cell, system in (("own", "congvan"), ("rules", "rules only"), ("peer", "underthesea")):
            if m[cell]:
                assert abs(float(m[cell]) - own[system][kind]["f1"]) < 0.002, (kind, cell)
        if m["real"]:
            assert m["m"] == str(real[kind]["support"])
            assert abs(float(m["real"]) - real[kind]["f1"]) < 0.002, kind


def test_figures_of_words_are_those_measured() -> None:
    """Our sentences only: the treebank lies in ../shared and takes long."""
    from congvan.words import evaluate as words

    sentences = list(words.read_sentences(ROOT / "data" / "words" / "sentences.txt"))
    ways = {name.replace(", adapter", ", our adapter"): cut for name, cut in words.ways()}
    text = page("docs/words-and-names.md")
    for toolkit in ("pyvi", "underthesea"):
        row = re.search(
            rf"^\| our sentences, words inside names: {toolkit} \| (.*) \|$", text, re.M
        )
        assert row
        for cell, way in zip(
            row[1].split(" | "), ("as shipped", "our adapter", "mended"), strict=True
        ):
            cut = ways[f"{toolkit}, {way}"]
            measured = words.f1([s.words for s in sentences], [cut(s.text) for s in sentences])[2]
            assert abs(float(cell) - measured) < 0.002, (toolkit, way, measured)


# "| supplement, F1 (126) | 0.942 | 0.930 | 0.794 |", "| contrast pairs, both right (165) | …".
LABELS_RE = re.compile(
    r"^\| (?P<kind>\w+)(?: pairs, both right|, F1) \((?P<n>\d+)\) \| \**(?P<model>[\d.]+)\** "
    r"\| (?P<rules>[\d.]+) \| (?P<keywords>[\d.]+) \|$",
    re.MULTILINE,
)


def test_figures_of_labels_are_those_of_the_model_card() -> None:
    metrics = json.loads((ROOT / "models" / "units" / "meta.json").read_text("utf-8"))["metrics"]
    labels = metrics["Our test split"]["systems"]
    pairs = metrics["Our contrast pairs"]["systems"]
    rows = list(LABELS_RE.finditer(README))
    assert [m["kind"] for m in rows] == ["supplement", "review", "deadline", "contrast"]
    for m in rows:
        for system in ("model", "rules", "keywords"):
            if m["kind"] == "contrast":
                found, count = pairs[system]["both_right"], pairs[system]["pairs"]
            else:
                found = labels[system][m["kind"]]["f1"]
                count = labels[system][m["kind"]]["support"]
            assert m["n"] == str(count)
            assert m[system] == figure(found), (m["kind"], system)


# ---------------------------------------------------------------- docs/output.md

OUTPUT = page("docs/output.md")


def classes() -> list[Any]:
    kinds = {
        c for c in vars(document).values()
        if isinstance(c, type) and dataclasses.is_dataclass(c)
    }  # fmt: skip
    return sorted(kinds, key=lambda c: c.__name__)


def listed(cls: Any) -> dict[str, str]:
    """Returns the fields and types in the table of a class."""
    found = re.search(rf"^## {cls.__name__}\b.*?(?=^## |\Z)", OUTPUT, re.MULTILINE | re.DOTALL)
    assert found, f"docs/output.md has no section {cls.__name__}"
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", found[0], re.MULTILINE))


@pytest.mark.parametrize("cls", classes(), ids=lambda c: c.__name__)
def test_output_names_every_field(cls: Any) -> None:
    """The table of each class has its fields, no others, in the order in which JSON has them."""
    empty = document.Document(text="").to_dict()
    printed = {document.Document: empty, document.Source: empty["source"]}
    wanted = printed.get(cls, [f.name for f in dataclasses.fields(cls)])
    assert list(listed(cls)) == list(wanted)


@pytest.mark.parametrize("cls", classes(), ids=lambda c: c.__name__)
def test_output_says_what_may_be_null(cls: Any) -> None:
    hints = get_type_hints(cls)
    said = {name for name, kind in listed(cls).items() if kind.endswith("or null")}
    assert said == {name for name, hint in hints.items() if type(None) in get_args(hint)}


# ---------------------------------------------------------------- docs/extend.md


def test_extend_names_every_table_and_its_columns() -> None:
    text = page("docs/extend.md")
    for table in sorted((ROOT / "pipeline" / "congvan" / "lookups").glob("*.csv")):
        assert f"`{table.name}`" in text, table.name
        row = re.search(rf"^\| `{table.name}` \|([^|]*)\|([^|]*)\|$", text, re.MULTILINE)
        assert row, table.name
        header = table.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert re.findall(r"`(\w+)`", row[1]) == header, table.name
        for test in re.findall(r"`([\w/]+\.py)`", row[2]):
            assert (ROOT / "tests" / test).exists(), test
