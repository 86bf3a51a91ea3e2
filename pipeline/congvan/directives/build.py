"""Puts the directives together: one for each unit that gives an order."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from congvan.document import Directive, Due, Entity, Section, Unit
from congvan.due_grammar import verbs
from congvan.labels.cues import clauses, find_cues

from .inherit import (
    assignees_above,
    closing_assignees,
    closing_due,
    heading_parties,
    last_presenters,
    presenters_of,
)
from .orders import is_told, shows_an_order
from .parties import ANAPHOR, ASSIGNEE, BODY, CO, DELIVER, Party, find_parties
from .products import find_products


def build_directives(
    text: str,
    low: str,
    units: Sequence[Unit],
    sections: Sequence[Section],
    entities: Sequence[Entity],
    dues: Sequence[Sequence[Due]],
    orders: Sequence[float],
    *,
    least: float,
    everyone: tuple[str, Party] | None = None,
) -> tuple[list[Directive], list[Unit]]:
    """Returns the directives, and the units with what they inherit.

    Args:
        text: Canonical text.
        low: The masked text, see :func:`congvan.labels.features.masked`.
        units: The units, with their labels.
        sections: The sections.
        entities: The entities, in order.
        dues: For each unit its due expressions.
        orders: For each unit how surely it gives an order, in [0, 1].
        least: From where on a unit counts as an order.
        everyone: Who must act where nobody is named, and what says so: "addressees" (one body
            in "Kính gửi") or "subject" (the title lays down this body's functions).
    """
    by_section = {s.id: s for s in sections}
    by_unit = {u.id: u for u in units}
    headings = heading_parties(text, low, sections, entities)
    agencies = [e for e in entities if e.type == "AGENCY"]
    starts = [e.start for e in agencies]
    acting: dict[str, tuple[Party, ...]] = {}
    helping: dict[str, list[Party]] = {}
    introduced = {u.lead for u in units}
    before: tuple[str | None, str, tuple[Party, ...]] = (None, "", ())
    out: list[Directive] = []
    for unit, found, score in zip(units, dues, orders, strict=True):
        assigning = unit.id in introduced or _FIELD_RE.match(low, unit.start) is not None
        sure = bool(unit.labels or found) or is_told(low, unit, score)
        orders_something = sure or score >= least
        if not orders_something and not assigning:
            continue
        inside = agencies[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        parties = find_parties(text, low, unit.start, unit.end, inside)
        own = tuple(p for p in parties if p.part == ASSIGNEE)
        if any(p.kind == ANAPHOR for p in own):
            presenters = presenters_of(unit.section, by_section, headings)
            own = _resolved(own, presenters or last_presenters(unit, sections, headings))
        acting[unit.id] = own
        # A lead-in, or "Đơn vị chủ trì: Sở Nội vụ." of a plan, assigns without a verb.
        if not unit.labels and not found and _only_names(low, unit, parties):
            continue  # an item of a list of bodies
        names = any(p.kind == BODY and p.part in (ASSIGNEE, CO) for p in parties)
        if not orders_something and not names:
            continue
        origin = None
        assignees = own
        if not assignees or _opens_without(low, unit, assignees[0]):
            above, origin = assignees_above(unit, acting, headings, by_section, by_unit)
            assignees = (*above, *assignees)
            if not assignees and before[0] == unit.section and _goes_on(low, unit):
                origin, assignees = before[1], before[2]
            # "Sở X có tư cách pháp nhân": below such a title, what begins with a body tells of it.
            tells = any(p.start <= unit.start + 3 for p in parties)
            if not assignees and everyone and not (tells and everyone[0] == "subject"):
                origin, assignees = everyone[0], (everyone[1],)
        charged = names or bool(own) or origin in by_unit or origin in by_section
        if not sure and not shows_an_order(low, unit, charged=charged):
            continue
        before = unit.section, unit.id, assignees
        helpers = [p for p in parties if p.part == CO]
        helping[unit.id] = helpers
        if not helpers and origin is not None:
            helpers = helping.get(origin, [])
        out.append(
            Directive(
                unit=unit.id,
                **_names("assignees", assignees),
                **_names("co_assignees", helpers),
                **_names("deliver_to", [p for p in parties if p.part == DELIVER]),
                due=tuple(found),
                product=find_products(text, low, unit.start, unit.end),
                assigned_by=origin,
                score=round(score, 3),
            )
        )
    closing = closing_assignees(units, acting, low)
    out = [_charged(d, *closing[d.unit]) if d.unit in closing else d for d in out]
    dated = {u.id: found for u, found in zip(units, dues, strict=True)}
    taken = closing_due(units, dated, low)
    directed = {d.unit for d in out}
    return out, [_inheriting(u, by_unit, taken, u.id in directed) for u in units]


def _charged(directive: Directive, bodies: Sequence[Party], origin: str) -> Directive:
    """Returns a directive with assignees, if it has none yet."""
    if directive.assignees_text:
        return directive
    named = _names("assignees", bodies)
    return dataclasses.replace(
        directive,
        assignees=named["assignees"],
        assignees_text=named["assignees_text"],
        assigned_by=origin,
    )


def _only_names(low: str, unit: Unit, parties: Sequence[Party]) -> bool:
    """Tells whether a unit says nothing but names, and is no lead-in."""
    if not parties or low[unit.start : unit.end].rstrip(" *").endswith(":"):
        return False
    rest, at = "", unit.start
    for p in parties:
        rest, at = rest + low[at : p.start], p.end
    return not any(c.isalnum() for c in rest + low[at : unit.end])


# Hit: "Cơ quan chủ trì: ", "Phối hợp: ". Near miss: "Thời gian thực hiện: ".
_FIELD_RE = re.compile(
    r"\W*(?:(?:cơ quan|đơn vị|đầu mối|phân công|trách nhiệm)(?: [^\W\d]+){0,3}|chủ trì|phối hợp"
    r"|thực hiện)"
    r"(?: thực hiện)? ?:"
)
# Hit: "Trong đó, ưu tiên …". Near miss: "Trong năm 2025 …".
_GOES_ON_RE = re.compile(
    r"\W*(?:trong đó|đồng thời|ngoài ra|bên cạnh đó|trước mắt|cụ thể)(?:,|:| )"
)


def _goes_on(low: str, unit: Unit) -> bool:
    """Tells whether a paragraph goes on with the order of the one before it."""
    return unit.marker is None and bool(_GOES_ON_RE.match(low, unit.start))


def _opens_without(low: str, unit: Unit, first: Party) -> bool:
    """Tells whether a first sentence orders before anybody is named: "Rà soát …; Sở X …"."""
    parts = clauses(low, unit.start, min(unit.end, first.start))
    if len(parts) < 2 and not (parts and low[parts[0][1]] in ";."):
        return False
    head = low[parts[0][0] : parts[0][1]].lstrip(" -+*•")
    if "¤" in head[:40]:
        return False
    cues = find_cues(low, *parts[0])
    return bool(verbs("order").match(head)) or any(c.orders and c.head for c in cues)


def _resolved(assignees: Sequence[Party], presenters: Sequence[Party]) -> tuple[Party, ...]:
    """Returns the assignees; "cơ quan chủ trì" is the body that presented the item."""
    out: list[Party] = []
    for p in assignees:
        if p.kind != ANAPHOR:
            out.append(p)
        elif presenters:
            out += presenters
        else:
            out.append(dataclasses.replace(p, kind="group"))
    return tuple(out)


def _names(field: str, parties: Iterable[Party]) -> dict[str, tuple[str, ...]]:
    """Returns the two fields of a part: canonical names of bodies, and all words; each once."""
    names: list[str] = []
    words: list[str] = []
    for p in parties:
        text = " ".join(p.text.split())
        if text not in words:
            words.append(text)
        if p.kind == BODY and p.value and p.value not in names:
            names.append(p.value)
    return {field: tuple(names), f"{field}_text": tuple(words)}


def _inheriting(
    unit: Unit,
    units: dict[str, Unit],
    taken: dict[str, tuple[Due, str]],
    directed: bool,
) -> Unit:
    labels: list[str] = []
    lead = units.get(unit.lead) if unit.lead else None
    while lead is not None:
        labels += [x for x in lead.labels if x != "deadline" and x not in labels]
        lead = units.get(lead.lead) if lead.lead else None
    due = None
    if directed and unit.id in taken:
        found, origin = taken[unit.id]
        due = {
            "start": found.start,
            "end": found.end,
            "text": found.text,
            "kind": found.kind,
            "bound": found.bound,
            "value": found.value,
            "unit": origin,
        }
    if not labels and due is None:
        return unit
    return dataclasses.replace(unit, inherited={"labels": labels, "due": due})
