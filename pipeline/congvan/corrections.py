"""What people corrected: kept by the words of the unit, applied over the model, taught to it.

``data/corrections/*.jsonl`` has one correction a line::

    {"unit": "<hash>", "text": "…", "labels": ["review"], "assignees": ["Sở Xây dựng"],
     "due": [{"text": "trước 20/5", "value": "2021-05-20", "kind": "date", "bound": "before"}],
     "entities": [{"text": "Sở Xây dựng", "type": "AGENCY", "value": null}],
     "removed": [{"text": "Lạng Sơn", "type": "LOCATION"}]}

Only the fields that were corrected are there; of two lines on one unit the later one wins, field
by field. A unit is known by the hash of its words, so a correction holds wherever they come back.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .document import Directive, Due, Entity, Unit
from .errors import CorrectionError
from .text import squeeze

#: Where corrections are looked for when nothing else is said: under the current folder.
FOLDER = Path("data/corrections")
#: Names another folder; empty for none.
VARIABLE = "CONGVAN_CORRECTIONS"
LABELS = ("supplement", "review", "deadline")
TYPES = ("AGENCY", "INSTRUMENT", "DATE", "PERSON", "LOCATION")
_FIELDS = ("labels", "assignees", "co_assignees", "due", "entities", "removed")


def unit_hash(text: str) -> str:
    """Returns the identity of a unit: of its words, whatever their blanks and line ends.

    >>> unit_hash("Rà soát  quỹ đất") == unit_hash("Rà soát\\nquỹ đất")
    True
    """
    words = squeeze(unicodedata.normalize("NFC", text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Correction:
    """What people said of one unit; None where they said nothing.

    Attributes:
        unit: Hash of its words, see :func:`unit_hash`.
        text: Its words.
        labels: All labels that it has.
        assignees, co_assignees: All who must act, in the words of the document.
        due: All its due expressions: ``text``, ``value``, ``kind``, ``bound``.
        entities: Entities to add or to give another type or value: ``text``, ``type``, ``value``.
        removed: Entities that are none: ``text``, ``type``.
    """

    unit: str
    text: str
    labels: tuple[str, ...] | None = None
    assignees: tuple[str, ...] | None = None
    co_assignees: tuple[str, ...] | None = None
    due: tuple[Mapping[str, Any], ...] | None = None
    entities: tuple[Mapping[str, Any], ...] | None = None
    removed: tuple[Mapping[str, Any], ...] | None = None

    def to_json(self) -> str:
        """Returns the line of the file, without what was not corrected."""
        data = {k: v for k, v in dataclasses.asdict(self).items() if v is not None}
        return json.dumps(data, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections by the hash of their unit."""

    by_unit: dict[str, Correction] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_unit)

    def of(self, text: str) -> Correction | None:
        """Returns what people said of a unit with these words."""
        return self.by_unit.get(unit_hash(text)) if self.by_unit else None


def folder_in_use(place: str | Path | Literal[False] | None = None) -> Path | None:
    """Returns the folder of corrections: the one named, that of the environment, or the usual.

    None if there is none, or ``place`` is False; ``CONGVAN_CORRECTIONS=`` (empty) switches the
    usual one off.
    """
    if place is False:
        return None
    if place is not None:
        return Path(place)
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    return FOLDER if FOLDER.is_dir() else None


def files_of(place: Path) -> list[Path]:
    """Returns the files of a folder of corrections, by name, or the one file."""
    return sorted(place.glob("*.jsonl")) if place.is_dir() else [place]


def load(place: Path | None) -> Corrections:
    """Returns the corrections of a folder (its ``*.jsonl``, by name) or of one file.

    Raises:
        CorrectionError: There is no such folder or file, or a line is no correction; the message
            names file and line.
    """
    if place is None:
        return Corrections()
    if not place.exists():
        raise CorrectionError(
            f"there are no corrections in {place}: name the folder that 'congvan import' wrote to"
        )
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    merged: dict[str, Correction] = {}
    for path in files:
        for item in read(path):
            merged[item.unit] = _merged(merged.get(item.unit), item)
    return Corrections(merged)


def _merged(old: Correction | None, new: Correction) -> Correction:
    if old is None:
        return new
    said = {f: getattr(new, f) for f in _FIELDS if getattr(new, f) is not None}
    return dataclasses.replace(old, **said)


def read(path: Path) -> list[Correction]:
    """Returns the corrections of one file, in its order.

    Raises:
        CorrectionError: A line is no correction; the message names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(
            f"{path} cannot be read ({error}): corrections are JSON lines"
        ) from error
    out = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            out.append(_correction(json.loads(line)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CorrectionError(
                f"{path} line {number}: no correction ({error}): mend the line or take it out"
            ) from error
    return out


def _correction(row: Any) -> Correction:
    if not isinstance(row, dict):
        raise TypeError("not an object")
    unknown = row.keys() - {"unit", "text", *_FIELDS}
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    text = row["text"]
    if not isinstance(text, str) or not text.strip():
        raise TypeError("text is no text")
    if row.get("unit", unit_hash(text)) != unit_hash(text):
        raise ValueError("unit is not the hash of text")
    values: dict[str, Any] = {}
    for name in _FIELDS:
        found = row.get(name)
        if found is None:
            continue
        if not isinstance(found, list):
            raise TypeError(f"{name} is no list")
        kind = str if name in ("labels", "assignees", "co_assignees") else dict
        if not all(isinstance(x, kind) for x in found):
            raise TypeError(f"{name} holds something else than {kind.__name__}")
        values[name] = tuple(found)
    wrong = [x for x in values.get("labels", ()) if x not in LABELS]
    if wrong:
        raise ValueError(f"no label {wrong[0]!r}: labels are {', '.join(LABELS)}")
    for entity in (*values.get("entities", ()), *values.get("removed", ())):
        if entity.get("type") not in TYPES or not isinstance(entity.get("text"), str):
            raise ValueError("an entity has a text and a type of " + ", ".join(TYPES))
    for due in values.get("due", ()):
        if not isinstance(due.get("text"), str):
            raise ValueError("a due has a text")
    return Correction(unit_hash(text), text, **values)


# ---------------------------------------------------------------- applied


def correct_entities(
    entities: Sequence[Entity], units: Sequence[Unit], known: Corrections
) -> list[Entity]:
    """Returns the entities with what people added and took away, in order; ids are not given."""
    out = list(entities)
    for unit in units:
        said = known.of(unit.text)
        if said is None or (said.entities is None and said.removed is None):
            continue
        for gone in said.removed or ():
            out = [
                e
                for e in out
                if not (
                    unit.start <= e.start < unit.end
                    and e.text == gone["text"]
                    and e.type == gone["type"]
                )
            ]
        for added in said.entities or ():
            for start, end in _places(unit, added["text"]):
                kept = [e for e in out if e.end <= start or end <= e.start]
                value = added.get("value")
                kept.append(Entity("", added["type"], start, end, added["text"], value, 1.0))
                out = kept
    return sorted(out, key=lambda e: e.start)


def _places(unit: Unit, words: str) -> Iterable[tuple[int, int]]:
    """Yields where words stand in a unit; their blanks may be line ends there."""
    parts = [re.escape(w) for w in words.split()]
    if not parts:
        return
    for m in re.finditer(r"\s+".join(parts), unit.text):
        yield unit.start + m.start(), unit.start + m.end()


def correct_units(units: Sequence[Unit], known: Corrections) -> list[Unit]:
    """Returns the units with the labels that people gave them; their scores are 1 or 0."""
    out = []
    for unit in units:
        said = known.of(unit.text)
        if said is None or said.labels is None:
            out.append(unit)
            continue
        labels = tuple(x for x in LABELS if x in said.labels)
        changed = tuple(x for x in LABELS if (x in labels) != (x in unit.labels))
        scores = {x: 1.0 if x in labels else 0.0 for x in LABELS}
        out.append(
            dataclasses.replace(
                unit, labels=labels, scores=scores, unsure=(), corrected=changed or LABELS
            )
        )
    return out


def correct_directives(
    directives: Sequence[Directive],
    units: Sequence[Unit],
    known: Corrections,
    values: Mapping[str, str],
) -> list[Directive]:
    """Returns the directives with what people said of people and times.

    Args:
        directives: In the order of their units.
        units: The corrected units.
        known: The corrections.
        values: Canonical names by the words of the document's agencies.
    """
    found = {d.unit: d for d in directives}
    for unit in units:
        said = known.of(unit.text)
        if said is None:
            continue
        d = found.get(unit.id)
        if d is None and not (said.labels or said.assignees or said.due):
            continue
        d = d or Directive(unit.id)
        if said.due is not None:
            d = dataclasses.replace(d, due=_dues(unit, said.due))
        elif said.labels is not None and "deadline" not in said.labels:
            d = dataclasses.replace(d, due=())
        for name in ("assignees", "co_assignees"):
            words = getattr(said, name)
            if words is not None:
                names = tuple(dict.fromkeys(values.get(w, w) for w in words))
                d = dataclasses.replace(d, **{name: names, f"{name}_text": words})
                if name == "assignees":
                    d = dataclasses.replace(d, assigned_by=None)
        found[unit.id] = dataclasses.replace(d, score=1.0)
    return [found[u.id] for u in units if u.id in found]


def _dues(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> tuple[Due, ...]:
    out = []
    for row in rows:
        place = next(iter(_places(unit, row["text"])), None)
        if place is None:
            continue
        start, end = place
        out.append(
            Due(
                start,
                end,
                unit.text[start - unit.start : end - unit.start],
                str(row.get("kind") or "date"),
                str(row.get("bound") or "by"),
                row.get("value"),
                1.0,
            )
        )
    return tuple(sorted(out, key=lambda d: d.start))


# ---------------------------------------------------------------- kept


def add(place: Path, name: str, found: Sequence[Correction]) -> Path:
    """Adds corrections to a file of the folder, which is made if it is not there; returns it.

    What the file held stays: the file is written anew beside it and then put in its place.
    """
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{name}.jsonl"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(before + "".join(c.to_json() + "\n" for c in found), encoding="utf-8")
    os.replace(temporary, path)
    return path
