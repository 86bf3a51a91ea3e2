"""What is shipped: the locks, the wheel and its data, and that nothing reaches for a network."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import congvan
from conftest import ROOT, NetworkUsed

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-notebook.lock", "requirements-bench.lock"]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def run(*args: str | Path, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    env.pop("PYTHONPATH", None)
    if path:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [str(a) for a in args], cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=240
    )
    assert done.returncode == 0, f"{args}: {done.stdout}\n{done.stderr}"
    return done


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([a-z0-9.-]+)==(\S+)", line) for line in lines)
    return {m[1]: m[2] for m in found if m}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_pinned_hashed_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 5
    for entry in entries:
        assert re.match(
            r"[a-z0-9.-]+==[^ ]+( ;[^\\]*)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\\n)?)+$", entry
        ), entry
    assert "://" not in text
    assert not re.search(r"^ *-(i|f|-index|-find|-extra)", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_neither_torch_nor_cuda(lock: str) -> None:
    assert not [n for n in pins(lock) if re.match(r"torch|nvidia|triton|cuda|jax", n)]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements.lock", PROJECT["dependency-groups"]["test"]),
        ("requirements.lock", PROJECT["dependency-groups"]["dev"]),
        ("requirements.lock", PROJECT["build-system"]["requires"]),
        ("requirements-notebook.lock", PROJECT["project"]["dependencies"]),
        ("requirements-notebook.lock", PROJECT["project"]["optional-dependencies"]["notebook"]),
        ("requirements-bench.lock", PROJECT["dependency-groups"]["bench"]),
    ],
)
def test_every_declared_dependency_is_locked(lock: str, wanted: list[str]) -> None:
    names = {NAME.match(w)[0].lower() for w in wanted}  # type: ignore[index]
    assert names <= pins(lock).keys()


def imported(folder: Path) -> dict[str, str]:
    """Returns the outside packages that the modules of a folder import, and one file of each."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            found.update((name.split(".")[0], path.name) for name in names)
    return {n: f for n, f in found.items() if n not in {*sys.stdlib_module_names, "congvan"}}


def test_what_the_package_imports_is_declared() -> None:
    # A dependency that is there only because another package needs it can vanish any day.
    declared = {NAME.match(d)[0].lower() for d in PROJECT["project"]["dependencies"]}  # type: ignore[index]
    called = {
        "PIL": "pillow", "sklearn": "scikit-learn", "pycrfsuite": "python-crfsuite",
        "dateutil": "python-dateutil",
    }  # fmt: skip
    used = imported(ROOT / "pipeline")
    assert used
    assert {n: f for n, f in used.items() if called.get(n, n) not in declared} == {}


def test_locks_agree() -> None:
    # The notebooks must run on the very versions that the tests ran on.
    main, notebook = pins("requirements.lock"), pins("requirements-notebook.lock")
    assert main.items() <= notebook.items()


def test_sockets_are_blocked() -> None:
    with pytest.raises(NetworkUsed):
        socket.create_connection(("localhost", 9))
    with socket.socket() as s, pytest.raises(NetworkUsed):
        s.connect(("127.0.0.1", 9))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds from a copy, so that the tree stays clean; ``build`` makes the wheel from the sdist."""
    tree = tmp_path_factory.mktemp("tree")
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "pipeline", tree / "pipeline", ignore=skip)
    shutil.copytree(ROOT / "models", tree / "models")
    for name in (
        "pyproject.toml",
        "setup.py",
        "MANIFEST.in",
        "CHANGELOG.md",
        "README.md",
        "LICENSE",
    ):
        shutil.copy(ROOT / name, tree)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", ".", cwd=tree)
    return next((tree / "dist").glob("*.whl"))


def trained_files(meta: Path) -> set[str]:
    """Returns the files that hold what was trained, by the model's own account."""
    said = json.loads(meta.read_text(encoding="utf-8"))
    return set(said["files"])


@pytest.mark.packaging
def test_wheel_has_all_files(wheel: Path) -> None:
    source = ROOT / "pipeline"
    expected = {
        p.relative_to(source).as_posix()
        for p in (source / "congvan").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    for meta in (ROOT / "models").glob("[!.]*/meta.json"):
        known = {"config.toml", "meta.json", "README.md", *trained_files(meta)}
        expected |= {f"congvan/trained/{meta.parent.name}/{name}" for name in known}
    with zipfile.ZipFile(wheel) as z:
        names = {n for n in z.namelist() if ".dist-info/" not in n}
        info = [n for n in z.namelist() if ".dist-info/" in n]
    assert "congvan/py.typed" in names
    assert any(re.fullmatch(r"congvan/lookups/\w+\.csv", n) for n in names)
    assert names == expected
    assert any(n.endswith("/LICENSE") for n in info)


@pytest.mark.packaging
def test_installed_wheel_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site, away = tmp_path / "site", tmp_path / "away"
    away.mkdir()
    run(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"),
        *("--disable-pip-version-check", "--target", site, wheel),
        cwd=away,
    )
    where = run(
        sys.executable, "-c", "import congvan; print(congvan.__file__)", cwd=away, path=site
    )
    assert Path(where.stdout.strip()).is_relative_to(site)
    models = (
        "from congvan.labels.model import unit_model; from congvan.recogniser.model import tagger;"
        " unit_model(); tagger()"
    )
    run(sys.executable, "-c", models, cwd=away, path=site)
    command = next((site / "bin").glob("congvan*"), None) or next(
        (site / "Scripts").glob("congvan*")
    )
    shown = run(command, "--version", cwd=away, path=site)
    assert congvan.__version__ in shown.stdout
    text = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;\n"
    for name in ("thử.txt", "thử.md", "thử.html"):
        (away / name).write_text(text, encoding="utf-8")
    import docx
    from reportlab.pdfgen.canvas import Canvas

    word = docx.Document()
    word.add_paragraph(text.strip())
    word.save(str(away / "thử.docx"))
    page = Canvas(str(away / "thử.pdf"))
    page.drawString(72, 720, "Nghi quyet so 62-NQ/TU, 05/3/2020")  # its fonts have no accents
    page.save()
    names = [f"thử.{form}" for form in ("txt", "md", "html", "docx", "pdf")]
    out = run(command, "read", *names, "--format", "jsonl", cwd=away, path=site).stdout
    lines = out.splitlines()
    assert len(lines) == len(names)
    assert all('"NĐ-CP"' in line and '"2020-03-05"' in line for line in lines[:4])
    assert "62-NQ/TU" in lines[4]
    html = run(command, "read", "thử.md", "--format", "html", cwd=away, path=site).stdout
    assert re.search(r"<style>[^<]{500}", html)  # view.css came along
