"""Training: ``congvan train ner`` makes ``models/ner`` from ``data/corpus`` alone.

Deterministic: the same data, configuration and version of CRFsuite give the same bytes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from congvan import __version__
from congvan.artefacts import renewed, sha256, write_meta
from congvan.corpus import load
from congvan.corpus.files import splits
from congvan.training import SPLITS_KEY, Settings

from .examples import Example, Reading, examples, readings
from .model import FILE, FORMAT, whole

#: How often a corrected line counts: a few must outweigh habits of thousands.
_TAUGHT = 8
#: What the model decides; dates and instruments are the rules'.
TYPES = ("AGENCY", "PERSON", "LOCATION")


def _is_weight(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value < math.inf


#: What ``config.toml`` says: each key with what it must be.
SETTINGS = Settings(
    "ner",
    {
        "splits": SPLITS_KEY,
        "c1": ("a number of 0 or more", _is_weight),
        "c2": ("a number of 0 or more", _is_weight),
        "iterations": ("a whole number of 1 or more", lambda v: type(v) is int and 0 < v < 2**31),
    },
)


def data_hash(folder: Path, ids: Sequence[str], extra: Sequence[Path] = ()) -> str:
    """Returns the SHA-256 of the documents of those ids and of other files, in hexadecimal."""
    whole = hashlib.sha256()
    for key in sorted(ids):
        whole.update((folder / "documents" / f"{key}.json").read_bytes())
    for path in sorted(extra):
        whole.update(path.read_bytes())
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

    Raises:
        OSError: The file could not be written whole.
        ValueError: There is no line to learn from.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    count = size = 0
    for line in lines:
        trainer.append(line.features(rules=rules), only(line.gold, types))
        count += 1
        size += len(line.line)
    if not count:  # CRFsuite would end the process
        raise ValueError(
            "there is no line to train on: put documents with marked lines into the splits that "
            "config.toml names"
        )
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
    if not path.is_file() or not whole(path):  # CRFsuite does not say
        raise OSError(f"{path} could not be written: make room on the disk, or name another folder")
    return count, size


def train(data: Path, out: Path) -> dict[str, Any]:
    """Trains the model of ``out/config.toml`` on the corpus in ``data``; returns its ``meta``.

    The card and the figures are written by :mod:`congvan.recogniser.card`. A model that is there
    is replaced at the end, and stays if anything fails.

    Raises:
        FileNotFoundError: There is no corpus in ``data``.
        ModelError: There is no configuration in ``out``, or it is not right.
        ValueError: The corpus has problems, or nothing to train on.
    """
    config = SETTINGS.prepare(data, out)
    with renewed(out, without=(FILE,)) as new:
        return learn(data, new, config)


def taught_by(place: Path | None) -> tuple[list[Example], list[Path]]:
    """Returns the lines of units whose entities people corrected, and the files that say so.

    The other entities of such a unit are those that congvan itself finds.

    Raises:
        CorrectionError: There is no such folder or file, or a line is no correction.
    """
    from congvan import corrections
    from congvan.document import Unit
    from congvan.pipeline import Pipeline

    if place is None:
        return [], []
    known = corrections.load(place)
    own = Pipeline(labels=False, corrections=False)
    bare = Pipeline(labels=False, recogniser=False, corrections=False)
    taught: list[Example] = []
    for said in known.by_unit.values():
        if said.entities is None and said.removed is None:
            continue
        doc = own.read_text(said.text)
        unit = Unit("u1", "paragraph", None, None, 0, len(doc.text), doc.text)
        right = corrections.correct_entities(doc.entities, [unit], known)
        hints = [e for e in bare.read_text(said.text).entities if e.type != "PERSON"]
        gold = [(e.start, e.end, e.type) for e in right]
        taught += examples(doc.text, hints, gold)
    return taught, corrections.files_of(place)


def learn(
    data: Path,
    out: Path,
    config: dict[str, Any],
    *,
    taught: Sequence[Example] = (),
    files: Sequence[Path] = (),
) -> dict[str, Any]:
    """Trains a model on a corpus that was checked, into ``out``; returns its ``meta``.

    Args:
        taught: Lines that people corrected; each counts ``_TAUGHT`` times.
        files: The files that hold them.

    Raises:
        ValueError: There is no line to learn from.
    """
    named = splits(data)
    ids = [i for name in config["splits"] for i in named[name]]
    docs: list[Reading] = []
    for name in config["splits"]:
        docs.extend(readings(load(data, name)))
    docs.sort(key=lambda r: r.id)
    corpus = (e for r in docs for e in r.examples())
    lines, tokens = fit((*corpus, *(e for e in taught for _ in range(_TAUGHT))), out / FILE, config)
    meta = {
        "format": FORMAT,
        "files": {FILE: sha256(out / FILE)},
        "types": list(TYPES),
        "config": config,
        "data": {
            "documents": len(ids),
            "lines": lines,
            "tokens": tokens,
            "corrections": len(taught),
            "sha256": data_hash(data, ids, files),
        },
        "versions": {"congvan": __version__, "python-crfsuite": version("python-crfsuite")},
    }
    write_meta(out, meta)
    return meta
