"""The data model: what congvan says of one document, as plain frozen dataclasses.

Names and meaning follow the output contract: every ``start``/``end`` is a half-open pair
of code-point offsets into :attr:`Document.text`, and ``doc.text[x.start:x.end] == x.text``
wherever there is a ``text``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .serial import build, plain
from .text import OffsetMap

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language
    from spacy.tokens import Doc

SCHEMA = "congvan/1"

T = TypeVar("T")


class Items(tuple[T, ...], Generic[T]):
    """A tuple of results that turns into a DataFrame.

    ``kind`` is the class of its members, so that an empty one has its columns too.
    """

    kind: type | None = None

    def to_frame(self) -> pd.DataFrame:
        """Returns one row an item, columns in the order of the contract, real dates."""
        from .frames import to_frame

        return to_frame(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text came from.

    Attributes:
        path: The path as given, ``<stdin>`` or ``<text>``.
        sha256: Of the bytes of the file, in hexadecimal.
        media_type: For example ``application/pdf``.
        encoding: Of a text file: ``utf-8``, ``utf-16-le``, ``cp1258``, ``tcvn3``, ``vni`` ….
        pages: Number of pages, None where the format has none.
        ocr: True if the text was read from pictures.
        repairs: What was repaired on the way to the canonical text, one clause each.
    """

    path: str = "<text>"
    sha256: str = ""
    media_type: str = "text/plain"
    encoding: str | None = "utf-8"
    pages: int | None = None
    ocr: bool = False
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Letterhead, type and subject (Decree 30/2020, annex I; Party form 36-HD/VPTW).

    ``date`` is ISO 8601 and as exact as the paper: ``2021-05`` where the day is blank.
    ``spans`` leads from the name of a field to ``[start, end]`` in the text.
    """

    issuer: str | None = None
    issuer_value: str | None = None
    parent_issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    doc_type: str | None = None
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    form: str | None = None
    addressees: tuple[str, ...] = ()
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it; ``start``/``end`` cover both.

    ``heading`` is the text without marker and without the presenter's brackets;
    ``heading_start``/``heading_end`` cover the whole heading line.
    """

    id: str
    parent: str | None
    level: str
    marker: str
    heading: str
    start: int
    end: int
    heading_start: int
    heading_end: int
    presenter: str | None = None
    presenter_value: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that spoke for a label (``weight`` above 0) or against it, in log odds."""

    start: int
    end: int
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest stretch that can give one instruction; ``text`` has no list marker.

    Attributes:
        labels: supplement, review, deadline; zero, one or several (annotation.md section 2).
        scores: Probability by label, in [0, 1].
        inherited: What a lead-in or a closing sentence says for the unit: ``labels`` and ``due``.
        lead: Id of the unit that introduces this list item ("... như sau:"), if any.
        unsure: Labels whose probability is near the threshold, given or not: worth a look.
        reasons: By label the words that decided, the strongest first.
        corrected: Labels that a person gave or took away (see :mod:`congvan.corrections`).
    """

    id: str
    kind: str
    marker: str | None
    section: str | None
    start: int
    end: int
    text: str
    labels: tuple[str, ...] = ()
    scores: dict[str, float] = field(default_factory=dict)
    inherited: dict[str, Any] = field(default_factory=lambda: {"labels": [], "due": None})
    lead: str | None = None
    unsure: tuple[str, ...] = ()
    reasons: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()

    def explain(self) -> str:
        """Returns in plain words, in Vietnamese, why the unit has its labels.

        >>> why = {"supplement": (Reason(0, 7, "Bổ sung", 3.1),)}
        >>> unit = Unit("u1", "bullet", "-", None, 0, 7, "Bổ sung", ("supplement",),
        ...             {"supplement": 0.97}, reasons=why)
        >>> print(unit.explain())
        u1: Bổ sung
          bổ sung (supplement)      có     0.97  Bổ sung +3.1
        """
        from .labels.explain import explain

        return explain(self)

    def __repr__(self) -> str:
        return f"Unit({self.id}, {self.marker or '¶'} {self.text[:60]!r})"


@dataclass(frozen=True, slots=True)
class Entity:
    """AGENCY, INSTRUMENT, DATE, PERSON or LOCATION; ``value`` is canonical, None if unknown.

    ``candidates`` are the values that fit equally well where none can be chosen.
    """

    id: str
    type: str
    start: int
    end: int
    text: str
    value: str | None = None
    score: float = 1.0
    granularity: str | None = None
    candidates: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Entity({self.type} {self.text!r} = {self.value!r})"


@dataclass(frozen=True, slots=True)
class Agency:
    """One body that the document names: who it is, and when it existed.

    Attributes:
        name: Canonical full name, None where it cannot be known.
        text: The words of its first mention.
        level: central, province, district, commune, party, army, police, front, enterprise,
            foreign; None if unknown.
        province: As "tỉnh Lạng Sơn"; None for a central body or if unknown.
        codes: What it is called in document numbers ("BKHĐT").
        valid_from, valid_to: First and last day, ISO; None where open or unknown.
        existed: Whether it existed at the document's date; None where that cannot be told.
        predecessors, successors: Canonical names, the oldest change first; a separate link,
            never put in the place of the name.
        candidates: The bodies that it may be, where more than one fits.
        mentions: Ids of its entities, in reading order.
    """

    id: str
    name: str | None
    text: str
    level: str | None = None
    province: str | None = None
    codes: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    existed: bool | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that show something, with their place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A provision inside an instrument, outermost level first.

    ``path`` holds pairs such as ``("Điều", "5")``, ``("khoản", "2")``, ``("điểm", "đ")``;
    ``to`` is the last value of a range ("Điều 8 đến Điều 10"), else None.
    """

    path: tuple[tuple[str, str], ...]
    to: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of one issued instrument, with what the document says of it.

    ``text`` runs from the type word to the end of the number (or is the whole name).
    ``document`` is the same string exactly for mentions of the same instrument.
    ``date`` (ISO 8601) and ``issuer`` are known from the whole document; ``written`` names
    the fields that stand at this very mention. ``agent`` says who stands in the relation:
    ``this``, ``draft`` or the ``document`` of another citation. ``reasons`` says in plain
    words how what is not written here was found; ``score`` < 1 marks what was inferred.
    """

    id: str
    start: int
    end: int
    text: str
    unit: str | None
    section: str | None
    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: str | None
    issuer: str | None
    pinpoint: tuple[Pinpoint, ...] | None
    document: str
    complete: bool
    relation: str
    agent: str
    evidence: Evidence | None
    repairs: tuple[str, ...] = ()
    kind: str = "numbered"
    title: str | None = None
    scope: str = "whole"
    written: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Citation({self.text!r} -> {self.document}, {self.relation} by {self.agent})"


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge of the citation graph: ``source`` ``verb`` ``target``, with its mentions."""

    source: str
    verb: str
    target: str
    citations: tuple[str, ...]
    scope: str = "whole"
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One due expression.

    Attributes:
        kind: ``date``, ``period``, ``relative``, ``recurring`` or ``event``.
        bound: ``before``, ``by``, ``within``, ``at`` or ``recurring``.
        value: ISO 8601, an RFC 5545 rule for a recurring one, None where nothing dates it.
    """

    start: int
    end: int
    text: str
    kind: str
    bound: str
    value: str | None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Directive:
    """Who must do what by when, for one unit (annotation.md section 5).

    Attributes:
        assignees: Canonical names of who must act, of the unit or inherited.
        assignees_text: The words of the document, vague groups ("các sở, ban, ngành") too.
        deliver_to: Who receives the result.
        product: The papers that are asked for, as written ("báo cáo", "dự thảo Nghị quyết").
        assigned_by: Id of the unit or section that names the assignees, None for the unit itself.
        score: How surely the unit gives an order, in [0, 1].
    """

    unit: str
    assignees: tuple[str, ...] = ()
    assignees_text: tuple[str, ...] = ()
    co_assignees: tuple[str, ...] = ()
    co_assignees_text: tuple[str, ...] = ()
    deliver_to: tuple[str, ...] = ()
    deliver_to_text: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    product: tuple[str, ...] = ()
    assigned_by: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: ``authority`` ("TL. CHỦ TỊCH"), ``position``, ``name``."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table set aside from the running text: ``rows`` of cells, as written."""

    id: str
    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: the mark and the text."""

    id: str
    marker: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex set aside: its title line and its extent (its units stay in ``units``)."""

    id: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=True)
class Document:
    """What congvan says of one document. Offsets count code points of ``text``."""

    text: str
    source: Source = field(default_factory=Source)
    header: Header = field(default_factory=Header)
    sections: Items[Section] = Items()
    units: Items[Unit] = Items()
    entities: Items[Entity] = Items()
    agencies: Items[Agency] = Items()
    citations: Items[Citation] = Items()
    relations: Items[Relation] = Items()
    directives: Items[Directive] = Items()
    recipients: tuple[str, ...] = ()
    signature: Signature | None = None
    tables: Items[Table] = Items()
    footnotes: Items[Footnote] = Items()
    annexes: Items[Annex] = Items()
    warnings: tuple[str, ...] = ()
    document: str = ""
    offset_map: OffsetMap = field(default_factory=lambda: OffsetMap.identity(0))

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            items = getattr(self, name)
            if not isinstance(items, Items) or items.kind is not kind:
                items = Items(items)
                items.kind = kind
                object.__setattr__(self, name, items)

    def __repr__(self) -> str:
        h = self.header
        name = " ".join(filter(None, [h.doc_type, f"{h.number or ''}/{h.symbol or ''}".strip("/")]))
        return (
            f"Document({name or self.source.path!r}, {len(self.text):,} characters, "
            f"{len(self.sections)} sections, {len(self.units)} units, {len(self.citations)} "
            f"citations)"
        )

    def _repr_html_(self) -> str:
        from .view import to_html

        return to_html(self, fragment=True)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON object of the output contract (JSON types only)."""
        out: dict[str, Any] = {"schema": SCHEMA}
        source = plain(self.source)
        source["offset_map"] = self.offset_map.to_list()
        source["length"] = self.offset_map.source_length
        out["source"] = source
        for f in dataclasses.fields(self):
            if f.name not in ("source", "offset_map"):
                out[f.name] = plain(getattr(self, f.name))
        return out

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """Returns the document that :meth:`to_dict` wrote; fields it does not know are ignored.

        Raises:
            ValueError: ``data`` is of another schema.
        """
        if data.get("schema") != SCHEMA:
            raise ValueError(
                f"this is not a {SCHEMA} object (schema: {data.get('schema')!r}); "
                "read the document again with this version of congvan"
            )
        source = dict(data["source"])
        segments = source.pop("offset_map", [])
        length = source.pop("length", len(data["text"]))
        kwargs = {k: v for k, v in data.items() if k not in ("schema", "source")}
        doc: Document = build(cls, {**kwargs, "source": source})
        offsets = OffsetMap(segments, target_length=len(doc.text), source_length=length)
        return dataclasses.replace(doc, offset_map=offsets)

    def to_spacy(self, nlp: Language | None = None) -> Doc:
        """Returns a spaCy Doc: word-segmented tokens, ``ents``, ``spans`` "units", "citations"
        and "sections"; see :func:`congvan.spacy_pipe.to_spacy`."""
        from .spacy_pipe import to_spacy

        return to_spacy(self, nlp)

    def entities_of(self, kind: str) -> Items[Entity]:
        """Returns the entities of one type, in reading order."""
        return Items(e for e in self.entities if e.type == kind)


_KINDS: dict[str, type] = {
    "sections": Section,
    "units": Unit,
    "entities": Entity,
    "agencies": Agency,
    "citations": Citation,
    "relations": Relation,
    "directives": Directive,
    "tables": Table,
    "footnotes": Footnote,
    "annexes": Annex,
}


def numbered(prefix: str, items: Iterable[T]) -> list[tuple[str, T]]:
    """Returns ``(prefix + running number from 1, item)`` pairs: ids in reading order."""
    return [(f"{prefix}{i}", item) for i, item in enumerate(items, 1)]
