"""From the parts of a document to its labels and directives: the last stage of the pipeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .agencies import AgencyContext, canonical_agency
from .corrections import Corrections, correct_directives, correct_units
from .dates import DateExpression
from .document import Directive, Due, Entity, Header, Section, Unit
from .due import find_all_due
from .errors import ModelError


@dataclass(frozen=True, slots=True)
class Read:
    """What the earlier stages found; ``shadow`` is the text for matching."""

    text: str
    shadow: str
    header: Header
    sections: Sequence[Section]
    units: Sequence[Unit]
    entities: Sequence[Entity]
    dates: Sequence[DateExpression]

    def dues(self) -> list[list[Due]]:
        """Returns for each unit the due expressions that the rules find."""
        spans = [(u.start, u.end) for u in self.units]
        anchor = self.header.date
        return find_all_due(self.text, self.dates, spans, shadow=self.shadow, anchor=anchor)


def dated_units(read: Read) -> list[Directive]:
    """Returns a bare directive for each unit with a due expression: without any model."""
    return [
        Directive(unit=u.id, due=tuple(found))
        for u, found in zip(read.units, read.dues(), strict=True)
        if found
    ]


# Papers that ask something of whom they address; a report or a plan "kính gửi" only informs.
_LETTERS = (None, "Công văn", "Công điện", "Tờ trình", "Giấy mời", "Phiếu chuyển")
# Hit: "Quy định chức năng, nhiệm vụ, quyền hạn của " before a body. Near miss: "nhiệm vụ của ".
_FUNCTIONS_RE = re.compile(r"chức năng, nhiệm vụ(?:,| và) quyền hạn.{0,60}\scủa\s$", re.DOTALL)


def _described(read: Read) -> Entity | None:
    """Returns the body whose functions the document lays down, by its subject line."""
    start, end = read.header.spans.get("subject", (0, 0))
    for e in read.entities:
        if e.start >= end:
            break
        if e.type == "AGENCY" and start < e.start:
            return e if _FUNCTIONS_RE.search(read.text[start : e.start].lower()) else None
    return None


def directed(
    read: Read, context: AgencyContext, place: Path | None, known: Corrections
) -> tuple[list[Unit], list[Directive], str | None]:
    """Returns the units with labels, the directives, and a warning where there is no model.

    Args:
        read: What the earlier stages found.
        context: What the document says of itself, for the names of its addressees.
        place: Another model; None for the one that comes with congvan.
        known: What people corrected.

    Raises:
        ModelError: The model in ``place`` cannot be used.
    """
    from .directives.build import build_directives
    from .directives.parties import ASSIGNEE, BODY, Party
    from .labels.label import label_units
    from .labels.model import unit_model
    from .labels.views import views

    model, warning = None, None
    try:
        model = unit_model(place)
    except ModelError as error:
        if place is not None:
            raise
        warning = f"only rules were used for labels: {error}"
    found = views(read.shadow, read.units, read.sections, read.entities, read.dues())
    labelled = label_units(read.text, read.units, found, read.dates, model, anchor=read.header.date)
    marked = correct_units(labelled.units, known) if known else labelled.units
    everyone: tuple[str, Party] | None = None
    if len(read.header.addressees) == 1 and read.header.doc_type in _LETTERS:
        # "Kính gửi: Sở X": what names nobody is for X. A list of addressees says less.
        name = read.header.addressees[0]
        if value := canonical_agency(name, context=context):
            everyone = "addressees", Party(BODY, 0, 0, name, value, ASSIGNEE)
    elif body := _described(read):
        everyone = "subject", Party(BODY, body.start, body.end, body.text, body.value, ASSIGNEE)
    directives, units = build_directives(
        read.text,
        found[0].low if found else "",
        marked,
        read.sections,
        read.entities,
        labelled.dues,
        labelled.orders,
        least=model.heads["order"].threshold if model else 0.5,
        everyone=everyone,
    )
    if known:
        values = {e.text: e.value for e in read.entities if e.type == "AGENCY" and e.value}
        directives = correct_directives(directives, units, known, values)
    return units, directives, warning
