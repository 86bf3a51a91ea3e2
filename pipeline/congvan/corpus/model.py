"""What a document of the corpus holds, and the form in which it is written."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any

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
