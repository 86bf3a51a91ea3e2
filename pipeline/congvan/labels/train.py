"""Training: ``congvan train units`` makes ``models/units`` from ``data/`` alone.

Deterministic: the same data, configuration and versions give the same bytes. Calibration and
thresholds come from parts of the documents that the weights of that round have not seen.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvan import __version__
from congvan.artefacts import renewed, sha256, write_meta
from congvan.corpus import load
from congvan.corpus.files import splits
from congvan.pipeline import Pipeline
from congvan.training import SPLITS_KEY, Settings

from . import contrast
from .examples import Example, contrast_examples, corpus_examples, sentence_example
from .features import FORMAT
from .fit import learn_model
from .model import FILES, UnitModel

if TYPE_CHECKING:
    from congvan.corrections import Correction


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and 0 < value < 1e6


SETTINGS = Settings(
    "units",
    {
        "splits": SPLITS_KEY,
        "strength": ("a number above 0", _is_number),
        "folds": ("a whole number of 2 or more", lambda v: type(v) is int and 2 <= v < 1000),
        "least": ("a whole number of 1 or more", lambda v: type(v) is int and 0 < v < 1000),
        "unsure": ("a number above 0, at most 1", lambda v: _is_number(v) and v <= 1),
        "correction": ("a number above 0", _is_number),
        "margin": ("a number above 0, below 0.5", lambda v: _is_number(v) and v < 0.5),
    },
)


def reader() -> Pipeline:
    """Returns the pipeline that reads what is learned: as for a user, without labels."""
    return Pipeline(labels=False, corrections=False)


def gather(
    data: Path, named: Sequence[str], pairs: Path | None, *, split: str = "train"
) -> tuple[list[Example], list[Example]]:
    """Returns the units of some splits of the corpus, and those of the contrast pairs.

    Args:
        data: The corpus.
        named: Its splits.
        pairs: The folder of the contrast pairs; None for none.
        split: Of the contrast pairs.

    Raises:
        FileNotFoundError: A folder or file is missing.
        ValueError: A file has another form, or a document has no labels.
    """
    nlp = reader()
    docs = [d for name in named for d in load(data, name)]
    bare = [d.id for d in docs if not d.labels]
    if bare:
        raise ValueError(f"{data}: {', '.join(bare[:5])}: no labels, so nothing can be learned")
    docs.sort(key=lambda d: d.id)
    corpus = list(corpus_examples(docs, nlp))
    found = contrast.pairs(pairs, split) if pairs is not None else ()
    return corpus, list(contrast_examples(found, nlp))


def save(model: UnitModel, out: Path) -> None:
    """Writes the weights of a model into a folder, sorted by feature."""
    out.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join([n, *map(str, row)]) for n, row in sorted(model.units.items())]
    (out / FILES[0]).write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [f"{n}\t{w}" for n, w in sorted(model.due.items())]
    (out / FILES[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")


def taught_by(place: Path | None) -> tuple[list[Example], list[Path]]:
    """Returns the units whose labels or due expressions people corrected, and the files.

    Raises:
        CorrectionError: There is no such folder or file, or a line is no correction.
    """
    from congvan import corrections

    if place is None:
        return [], []
    known = corrections.load(place)
    nlp = reader()
    own = Pipeline(corrections=False)
    taught = []
    for said in known.by_unit.values():
        if said.labels is None and said.due is None:
            continue
        labels = said.labels
        if labels is None:  # only the time was wrong: the labels are congvan's own
            labels = tuple(x for u in own.read_text(said.text).units for x in u.labels)
        example = sentence_example(said.text, nlp, group=said.unit, labels=labels)
        taught.append(dataclasses.replace(example, dues=_taught_dues(example, said)))
    return taught, corrections.files_of(place)


def _taught_dues(example: Example, said: Correction) -> tuple[tuple[int, int], ...] | None:
    """Returns where the corrected due expressions stand; None where people did not say."""
    if said.due is None:
        return None
    spans = []
    for due in said.due:
        at = example.text.find(due["text"], example.view.start)
        if at >= 0:
            spans.append((at, at + len(due["text"])))
    return tuple(spans)


def data_hash(
    data: Path, ids: Sequence[str], pairs: Path | None, extra: Sequence[Path] = ()
) -> str:
    """Returns the SHA-256 of everything that the model was made from, in hexadecimal."""
    whole = hashlib.sha256()
    for key in sorted(ids):
        whole.update((data / "documents" / f"{key}.json").read_bytes())
    if pairs is not None:
        whole.update((pairs / contrast.FILE).read_bytes())
    for path in sorted(extra):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def learn(
    data: Path,
    pairs: Path | None,
    out: Path,
    config: dict[str, Any],
    *,
    taught: Sequence[Example] = (),
    files: Sequence[Path] = (),
) -> dict[str, Any]:
    """Trains a model on a corpus that was checked, into ``out``; returns its ``meta``.

    Args:
        taught: Units that people corrected, see :mod:`congvan.corrections`.
        files: The files that hold them.

    Raises:
        FileNotFoundError: Data are missing.
        ValueError: Data have another form, or there is nothing to learn.
    """
    ids = [i for name in config["splits"] for i in splits(data)[name]]
    corpus, contrasts = gather(data, config["splits"], pairs)
    model = learn_model(corpus, contrasts, config, taught=taught)
    save(model, out)
    meta = {
        "format": FORMAT,
        "files": {name: sha256(out / name) for name in FILES},
        "heads": {
            n: {"slope": h.slope, "offset": h.offset, "threshold": h.threshold}
            for n, h in model.heads.items()
        },
        "margin": model.margin,
        "config": config,
        "data": {
            "documents": len(ids),
            "units": len(corpus),
            "pairs": len(contrasts) // 2,
            "corrections": len(taught),
            "features": len(model.units) + len(model.due),
            "sha256": data_hash(data, ids, pairs, files),
        },
        "versions": {"congvan": __version__, "scikit-learn": version("scikit-learn")},
    }
    write_meta(out, meta)
    return meta


def train(data: Path, pairs: Path | None, out: Path) -> dict[str, Any]:
    """Trains the model of ``out/config.toml``; returns its ``meta``.

    A model that is there is replaced at the end, and stays if anything fails.

    Raises:
        FileNotFoundError: Data are missing.
        ModelError: There is no configuration in ``out``, or it is not right.
        ValueError: Data have another form, or there is nothing to learn.
    """
    config = SETTINGS.read(out)
    with renewed(out, without=FILES) as new:
        return learn(data, pairs, new, config)
