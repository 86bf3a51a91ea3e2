"""Training: ``congvan train ner`` makes ``models/ner`` from ``data/corpus`` alone.

Deterministic: the same data, configuration and version of CRFsuite give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from congvan import __version__
from congvan.artefacts import sha256
from congvan.corpus import load
from congvan.corpus.model import splits
from congvan.errors import ModelError

from .examples import Example, Reading, readings
from .model import FILE, FORMAT

#: What the model decides; dates and instruments are the rules'.
TYPES = ("AGENCY", "PERSON", "LOCATION")


def settings(place: Path) -> dict[str, Any]:
    """Returns the table ``[ner]`` of a model folder's ``config.toml``.

    Raises:
        ModelError: There is no such file, or it is no valid TOML.
    """
    path = place / "config.toml"
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["ner"]
        return table
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path} cannot be read ({error}): take it from the repository") from error


def data_hash(folder: Path, ids: Sequence[str]) -> str:
    """Returns the SHA-256 of the documents of those ids, in hexadecimal."""
    whole = hashlib.sha256()
    for key in sorted(ids):
        whole.update((folder / "documents" / f"{key}.json").read_bytes())
    return whole.hexdigest()


def only(tags: Sequence[str], types: Sequence[str]) -> list[str]:
    """Returns the tags, those of other types as "O"."""
    return [t if t == "O" or t[2:] in types else "O" for t in tags]


def fit(
    lines: Iterable[Example],
    path: Path,
    config: dict[str, Any],
    *,
    types: Sequence[str] = TYPES,
    rules: bool = True,
) -> tuple[int, int]:
    """Trains a CRF on the lines and writes it to ``path``; returns how many lines and tokens.

    Args:
        config: ``c1``, ``c2`` (L1, L2) and ``iterations`` (at most).
        types: The types to learn; others are nothing.
        rules: The rules' tags are features.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    count = size = 0
    for line in lines:
        trainer.append(line.features(rules=rules), only(line.gold, types))
        count += 1
        size += len(line.line)
    trainer.set_params(
        {
            "c1": config["c1"],
            "c2": config["c2"],
            "max_iterations": config["iterations"],
            "feature.possible_transitions": True,
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    trainer.train(str(path))
    return count, size


def train(data: Path, out: Path) -> dict[str, Any]:
    """Trains the model of ``out/config.toml`` on the corpus in ``data``; returns its ``meta``.

    The card and the figures are written by :mod:`congvan.recogniser.card`.

    Raises:
        FileNotFoundError: There is no corpus in ``data``.
        ModelError: There is no configuration in ``out``.
    """
    config = settings(out)
    named = splits(data)
    ids = [i for name in config["splits"] for i in named[name]]
    docs: list[Reading] = []
    for name in config["splits"]:
        docs.extend(readings(load(data, name)))
    docs.sort(key=lambda r: r.id)
    lines, tokens = fit((e for r in docs for e in r.examples()), out / FILE, config)
    meta = {
        "format": FORMAT,
        "files": {FILE: sha256(out / FILE)},
        "types": list(TYPES),
        "config": config,
        "data": {
            "documents": len(ids),
            "lines": lines,
            "tokens": tokens,
            "sha256": data_hash(data, ids),
        },
        "versions": {"congvan": __version__, "python-crfsuite": version("python-crfsuite")},
    }
    write_meta(out, meta)
    return meta


def write_meta(out: Path, meta: dict[str, Any]) -> None:
    """Writes ``meta.json`` into a model folder."""
    text = json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (out / "meta.json").write_text(text, encoding="utf-8")
