"""Reads documents and splits of the corpus from their files, and refuses what is damaged."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from .model import (
    SPLITS,
    CorpusDocument,
    Labelled,
    Line,
    Mention,
    Order,
    Part,
    Passed,
    Piece,
    Reference,
    Share,
    Term,
)

_CLASSES: dict[str, type] = {
    "lines": Line,
    "sections": Part,
    "units": Piece,
    "entities": Mention,
    "citations": Reference,
    "labels": Labelled,
    "directives": Order,
}


#: Fields that hold several things, and of what kind.
_NESTED: dict[type, dict[str, type]] = {
    Labelled: {"labels": str, "unsure": str},
    Order: {
        "assignees": Share,
        "co_assignees": Share,
        "deliver_to": Share,
        "product": str,
        "due": Term,
        "inherited": Passed,
    },
}


def _made(kind: type, row: dict[str, Any]) -> Any:
    """Returns one item of a layer; lists of objects become tuples of their classes.

    Raises:
        TypeError: A field is unknown or missing, or a list holds something else.
    """
    if not isinstance(row, dict):
        raise TypeError("an item of a layer is no object")
    values = dict(row)
    for name, inner in _NESTED.get(kind, {}).items():
        if name in values:
            rows = values[name]
            if not isinstance(rows, list):
                raise TypeError(f"{name} is no list")
            values[name] = tuple(inner(**r) if inner is not str else r for r in rows)
    return kind(**values)


#: What ``meta`` says; the rest of it is notes for people.
_META: dict[str, Any] = {
    **dict.fromkeys(("kind", "level", "place", "area", "date"), str | None),
    "conclusions": bool,
}
_KINDS: dict[Any, str] = {
    str: "text",
    str | None: "text or null",
    int: "a whole number",
    int | None: "a whole number or null",
    bool: "true or false",
    dict: "an object",
    dict | None: "an object or null",
}
_hints = cache(get_type_hints)


def wrong_types(doc: CorpusDocument) -> Iterator[str]:
    """Yields what is of another type than the layers say, as "units 3: id is 7, not text"."""
    top = {"id": str, "text": str, "meta": dict, "header": dict, "signature": dict | None}
    yield from _wrong({name: getattr(doc, name) for name in top}, top)
    if isinstance(doc.meta, dict):
        yield from (f"meta: {w}" for w in _wrong(doc.meta, _META))
    if isinstance(doc.signature, dict):
        kinds = dict.fromkeys(doc.signature, str | None)
        yield from (f"signature: {w}" for w in _wrong(doc.signature, kinds))
    for i, name in enumerate(doc.recipients, 1):
        yield from _wrong({f"recipient {i}": name}, {f"recipient {i}": str})
    for layer, of in _CLASSES.items():
        for i, item in enumerate(getattr(doc, layer), 1):
            yield from (f"{layer} {i}: {w}" for w in _wrong_item(item, of))


def _wrong_item(item: Any, of: type) -> Iterator[str]:
    nested = _NESTED.get(of, {})
    values = {f.name: getattr(item, f.name) for f in dataclasses.fields(item)}
    simple = {k: kind for k, kind in _hints(of).items() if k not in nested}
    yield from _wrong(values, simple)
    for name, inner in nested.items():
        for k, part in enumerate(values[name], 1):
            if inner is str:
                yield from _wrong({f"{name} {k}": part}, {f"{name} {k}": str})
            else:
                yield from (f"{name} {k}: {w}" for w in _wrong_item(part, inner))


def _wrong(values: dict[str, Any], kinds: dict[str, Any]) -> Iterator[str]:
    for name, kind in kinds.items():
        value = values.get(name)
        # To Python True is a whole number too.
        fits = kind is bool if isinstance(value, bool) else isinstance(value, kind)
        if name in values and not fits:
            yield f"{name} is {value!r:.40}, not {_KINDS[kind]}"


def load_file(path: str | Path) -> CorpusDocument:
    """Returns the document of one file.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: The file cannot be read or is no document of the corpus; the message names it.
    """
    path = Path(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict):
            raise TypeError("not an object")
        for layer, kind in _CLASSES.items():
            data[layer] = tuple(_made(kind, row) for row in data.get(layer, ()))
        data["recipients"] = tuple(data.get("recipients", ()))
        doc = CorpusDocument(**data)
        wrong = list(wrong_types(doc))
        if wrong:
            raise TypeError("of another type: " + "; ".join(wrong))
        return doc
    except FileNotFoundError as error:
        raise FileNotFoundError(missing(path)) from error
    except OSError as error:
        raise ValueError(
            f"{path} cannot be read ({error.strerror}): a document is a file that you may read"
        ) from error
    except (KeyError, TypeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: no document of the corpus ({error})") from error


def missing(path: Path) -> str:
    """Returns what is said of a document that is in a split and not in its place."""
    return f"the file {path} is missing: put it back, or take {path.stem} out of splits.json"


def splits(folder: str | Path) -> dict[str, tuple[str, ...]]:
    """Returns which documents are for training, for choosing ("dev") and for testing.

    Raises:
        FileNotFoundError: There is no corpus in that folder.
        ValueError: ``splits.json`` has another form.
    """
    path = Path(folder) / "splits.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"there is no corpus in {folder} (no splits.json): name the folder data/corpus of a "
            "checkout of congvan"
        )
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = {name: data[name] for name in SPLITS}
        for name, ids in found.items():
            if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
                raise TypeError(f"{name} is no list of ids")
        return {name: tuple(ids) for name, ids in found.items()}
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ValueError(
            f"{path} must be an object with the lists {', '.join(SPLITS)} ({error!r})"
        ) from error


def load(folder: str | Path, split: str | None = None) -> Iterator[CorpusDocument]:
    """Yields the documents of a corpus, sorted by id.

    Args:
        folder: As ``data/corpus``.
        split: "train", "dev" or "test"; None for all.

    Raises:
        FileNotFoundError: There is no corpus in that folder, or a document is missing.
        ValueError: No such split; a file is no document of the corpus.
    """
    named = splits(folder)
    if split is not None and split not in named:
        raise ValueError(f"no split {split!r}: choose one of {', '.join(SPLITS)}")
    ids = [i for name, group in named.items() if split in (None, name) for i in group]
    for key in sorted(ids):
        yield load_file(Path(folder) / "documents" / f"{key}.json")
