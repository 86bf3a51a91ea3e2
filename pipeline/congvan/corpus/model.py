"""What a document of the corpus holds, and how it is read from and written to its file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

SPLITS = ("train", "dev", "test")
LAYERS = ("lines", "sections", "units", "entities", "citations", "labels", "directives")
LABELS = ("supplement", "review", "deadline")
TYPES = ("AGENCY", "INSTRUMENT", "DATE", "PERSON", "LOCATION")
#: What a line of the file is.
ROLES = {
    "L": "letterhead",
    "T": "title",
    "K": "addressees",
    "S": "heading",
    "B": "unit with a list marker",
    "P": "unit without a marker",
    "R": "recipients",
    "G": "signature",
    "X": "table, footnote, page number, rule",
    "+": "continues the line before it",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One entity: ``type`` of :data:`TYPES`, ``value`` as in the output contract.

    ``unsure`` marks what two careful readers may decide differently; it is not scored.
    """

    type: str
    start: int
    end: int
    text: str
    value: str | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation; ``key`` is the same for mentions of one instrument in one document.

    ``agent`` is "this", "draft" or the key of the instrument that stands in the relation.
    """

    start: int
    end: int
    text: str
    key: str
    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: str | None
    issuer: str | None
    relation: str
    agent: str = "this"
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file that is not empty; ``role`` is of :data:`ROLES`."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with all that stands under it, ``start`` to ``end``."""

    id: str
    parent: str | None
    marker: str | None
    heading: str
    start: int
    end: int
    heading_end: int
    presenter: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit, without its list marker; ``kind`` is "bullet" or "paragraph"."""

    id: str
    kind: str
    marker: str | None
    section: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """What one unit tells somebody, by annotation.md section 2; every unit has one.

    Attributes:
        labels: Of :data:`LABELS`, in their order.
        unsure: The labels that two careful readers may decide differently; they are not scored.
        reason: Why, where the case is hard.
    """

    unit: str
    labels: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One body in an order; ``value`` is its canonical name where the entities give one.

    ``inherited``: it stands in a heading, a lead-in or a closing sentence. ``vague``: a group
    without a name ("các sở, ban, ngành").
    """

    text: str
    value: str | None = None
    inherited: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One due expression, as in the output contract."""

    start: int
    end: int
    text: str
    kind: str
    bound: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """What another unit says for this one: a label, with the value of a deadline."""

    label: str
    unit: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Who must do what by when, for one unit that gives an order (annotation.md section 5)."""

    unit: str
    assignees: tuple[Share, ...] = ()
    co_assignees: tuple[Share, ...] = ()
    deliver_to: tuple[Share, ...] = ()
    product: tuple[str, ...] = ()
    due: tuple[Term, ...] = ()
    inherited: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document with its layers.

    Attributes:
        meta: ``kind``, ``level``, ``place``, ``area``, ``date``, ``hand``: what it is a case of.
        header: Fields of the output contract's header, as far as the paper gives them.
    """

    id: str
    meta: dict[str, Any]
    text: str
    header: dict[str, Any] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    signature: dict[str, str | None] | None = None
    lines: tuple[Line, ...] = ()
    sections: tuple[Part, ...] = ()
    units: tuple[Piece, ...] = ()
    entities: tuple[Mention, ...] = ()
    citations: tuple[Reference, ...] = ()
    labels: tuple[Labelled, ...] = ()
    directives: tuple[Order, ...] = ()

    def __repr__(self) -> str:
        return (
            f"CorpusDocument({self.id}, {self.meta.get('kind')!r}, {len(self.units)} units, "
            f"{len(self.entities)} entities, {len(self.citations)} citations)"
        )

    def marked(self) -> list[tuple[int, int]]:
        """Returns the stretches in which entities were looked for: title, headings, units."""
        found: list[tuple[int, int]] = []
        role = ""
        for line in self.lines:
            role = line.role if line.role not in ("+", "X") else role
            if line.role != "X" and role in ("T", "S", "B", "P"):
                found.append((line.start, line.end))
        return found

    def to_json(self) -> str:
        """Returns the file: one annotation a line, so that a change shows as one line."""
        out = ["{"]
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            last = f.name == LAYERS[-1]
            if f.name in LAYERS:
                rows = [_row(v) for v in value]
                body = "[\n  " + ",\n  ".join(rows) + "\n ]" if rows else "[]"
            else:
                body = json.dumps(value, ensure_ascii=False)
            out.append(f' "{f.name}": {body}{"" if last else ","}')
        return "\n".join([*out, "}"]) + "\n"


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


def _row(item: Any) -> str:
    """Returns one item as JSON without the fields that say nothing."""
    return json.dumps(_said(item), ensure_ascii=False)


def _said(item: Any) -> Any:
    if isinstance(item, tuple):
        return [_said(x) for x in item]
    if not dataclasses.is_dataclass(item):
        return item
    return {
        f.name: _said(getattr(item, f.name))
        for f in dataclasses.fields(item)
        if f.default is dataclasses.MISSING or getattr(item, f.name) != f.default
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
