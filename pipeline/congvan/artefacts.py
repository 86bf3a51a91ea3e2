"""Trained models: where they lie, and that they are whole before anything opens them.

A model is a folder: ``config.toml`` (written by hand), the model itself in a format that holds
numbers and no code, ``meta.json`` (generated: versions, hash of the data, checksum, figures) and
``README.md`` (generated from it). No pickle is ever loaded.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from .errors import ModelError

#: Written by hand; what else lies in the folder of a model is generated.
CONFIG = "config.toml"


def folder(name: str) -> Path:
    """Returns the folder of a model: inside an installed package, else in the checkout.

    Raises:
        ModelError: There is no such model.
    """
    package = Path(str(files("congvan")))
    installed = package / "trained" / name
    checkout = package.parent.parent / "models" / name
    for place in (installed, checkout):
        if (place / "meta.json").is_file():
            return place
    raise ModelError(
        f"the model '{name}' is not there: run 'make train' in a checkout of congvan, or install "
        "congvan from its wheel"
    )


def sha256(path: Path) -> str:
    """Returns the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def checked(place: Path, file: str, *, format: int) -> tuple[Path, dict[str, Any]]:
    """Returns the path of a model file and its ``meta.json``, after checking them.

    Args:
        place: The folder of the model.
        file: The name of the file inside it.
        format: What ``meta["format"]`` must be: the version of our features.

    Raises:
        ModelError: ``meta.json`` cannot be read, the model is of another version of congvan, or
            the file is not the one that was trained; the message says what to do.
    """
    try:
        meta = json.loads((place / "meta.json").read_text(encoding="utf-8"))
        found, expected = int(meta["format"]), str(meta["files"][file])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{place / 'meta.json'} cannot be read ({error}): run 'make train'"
        ) from error
    if found != format:
        raise ModelError(
            f"the model in {place} was trained for version {found} of its features, this is "
            f"version {format}: run 'make train'"
        )
    path = place / file
    if not path.is_file() or sha256(path) != expected:
        raise ModelError(
            f"{path} is damaged or not the file that was trained (its checksum differs from "
            "meta.json): run 'make train', or install congvan again"
        )
    return path, meta


@contextmanager
def renewed(place: Path, *, without: Sequence[str] = ()) -> Iterator[Path]:
    """Gives a folder beside ``place`` for a new model; its files replace those there at the end.

    What was generated before is in it. If what is done with the folder fails, ``place`` stays as
    it was.

    Args:
        place: The folder of the model.
        without: Names of files that are not carried over: the model itself.
    """
    place = place.resolve()
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name}.") as temporary:
        new = Path(temporary)
        for path in place.iterdir():
            if path.is_file() and path.name not in (*without, CONFIG):
                shutil.copy2(path, new)
        yield new
        # meta.json has the checksums of the model: it comes last.
        for path in sorted(new.iterdir(), key=lambda p: (p.name == "meta.json", p.name)):
            path.replace(place / path.name)


def write_meta(out: Path, meta: dict[str, Any]) -> None:
    """Writes ``meta.json`` into a model folder."""
    text = json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (out / "meta.json").write_text(text, encoding="utf-8")
