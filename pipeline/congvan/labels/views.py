"""From a document that was read to what the model sees of its units."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.document import Due, Entity, Section, Unit

from .features import View, masked


def views(
    shadow: str,
    units: Sequence[Unit],
    sections: Sequence[Section],
    entities: Sequence[Entity],
    dues: Sequence[Sequence[Due]],
) -> list[View]:
    """Returns the units as the model sees them, in order.

    Args:
        shadow: ``congvan.text.shadow`` of the text.
        units: The units; their offsets count code points of the text.
        sections: The sections, for the headings.
        entities: The entities, in order: names are masked.
        dues: For each unit its due expressions.
    """
    low = masked(shadow, entities)
    places = {u.id: (u.start, u.end) for u in units}
    headings = {s.id: (s.heading_start, s.heading_end) for s in sections}
    out = []
    for unit, found in zip(units, dues, strict=True):
        lead = places.get(unit.lead) if unit.lead else None
        heading = headings.get(unit.section) if unit.section else None
        out.append(
            View(
                low,
                unit.start,
                unit.end,
                unit.marker is not None,
                tuple(found),
                lead,
                heading,
                shadow,
            )
        )
    return out
