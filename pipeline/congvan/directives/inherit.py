"""What a unit takes from around it: who must act, by when, and what its lead-in asks for.

A list item that names nobody is for whom its lead-in or its heading names; a heading without a
body is for whom its brackets name ("(Sở Xây dựng trình)"). A lead-in or the closing sentence of
a section may set the deadline for all items between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from congvan.document import Due, Entity, Section, Unit

from .parties import ASSIGNEE, BODY, Party, find_parties

# A heading that only names who must act. Hit: "Giao", "Đối với", "3.", "2-". Near miss: "Về".
_NAMES_ONLY_RE = re.compile(
    r"(?:[\s*_.,;:()/&–-]|\d{1,2}(?=[.) –-])|(?<!\w)(?:[ivx]{1,4}|[a-zđ])(?=[.) –-])"
    r"|(?<!\w)(?:giao|đối với|và"
    r"|các"
    r"|trách nhiệm(?: thực hiện| tổ chức thực hiện)?|nhiệm vụ|của|yêu cầu|đề nghị|đồng chí|với"
    r"|lãnh đạo|chủ trì|thực hiện|phân công|cơ quan|từ|đến|nêu trên|nhiệm vụ cụ thể|điều"
    r"|có trách nhiệm"
    r"|phối hợp với"
    r"|\(?cơ quan (?:thường trực|chủ trì|đầu mối)\)?)(?!\w)|[¤¢£])*"
)
# What may stand before the first name of a heading that says more. Hit: "1. giao ", "2. ".
# Near miss: "3. về đề nghị của ".
_OPENS_RE = re.compile(
    r"\W*(?:(?:\d{1,2}(?:\.\d{1,2})?|[a-zđ]|[ivx]{1,4})[.)])?\W*(?:giao|yêu cầu|đề nghị)?\W*"
)
# A closing sentence that speaks for its whole section. Hit: "thời gian hoàn thành: …", "các
# nội dung trên hoàn thành …". Near miss: "Sở Y tế báo cáo …".
_CLOSING_RE = re.compile(
    r"\W*(?:thời (?:gian|hạn)|hoàn thành|xong|tất cả|toàn bộ|các (?:nội dung|nhiệm vụ|việc"
    r"|công việc)"
    r"|những (?:nội dung|nhiệm vụ|việc)|nội dung (?:trên|này)|việc (?:trên|này)|báo cáo kết quả"
    r"|kết quả|gửi|chậm nhất|trước ngày)"
)
_REVISES_RE = re.compile(r"tiếp thu|hoàn thiện|hoàn chỉnh|chỉnh sửa|hoàn thành|chỉnh lý|bổ sung")


def heading_parties(
    text: str, low: str, sections: Sequence[Section], entities: Sequence[Entity]
) -> dict[str, tuple[Party, ...]]:
    """Returns by id of section the bodies that its heading names as those who must act."""
    out: dict[str, tuple[Party, ...]] = {}
    i = 0
    for s in sections:
        while i < len(entities) and entities[i].end <= s.heading_start:
            i += 1
        k = i
        inside = []
        while k < len(entities) and entities[k].start < s.heading_end:
            if entities[k].type == "AGENCY":
                inside.append(entities[k])
            k += 1
        if s.presenter:
            out[s.id] = _presenters(text, s, inside)
            continue
        found = find_parties(text, low, s.heading_start, s.heading_end, inside)
        if not found:
            continue
        rest, at = [], s.heading_start
        for p in found:
            rest.append(low[at : p.start])
            at = p.end
        rest.append(low[at : s.heading_end])
        if _NAMES_ONLY_RE.fullmatch("¤".join(rest)):
            out[s.id] = tuple(found)
        elif _OPENS_RE.fullmatch(rest[0]) and found[0].part == ASSIGNEE:
            told = low[s.heading_start : s.heading_end]
            if told.rstrip(" *").endswith(":") or "giao" in rest[0].split():
                out[s.id] = tuple(p for p in found if p.part == ASSIGNEE or _next(low, p))
    return out


def _next(low: str, p: Party) -> bool:
    """Tells whether a body opens the next part of a list: "…; Chủ tịch UBND các xã"."""
    return p.kind == BODY and low[max(0, p.start - 3) : p.start].rstrip().endswith(";")


def _presenters(text: str, s: Section, inside: Sequence[Entity]) -> tuple[Party, ...]:
    """Returns the bodies in the brackets of a heading: one, or a list."""
    words = s.presenter or ""
    at = text.find(words, s.heading_start, s.heading_end)
    end = at + len(words)
    several = [e for e in inside if at <= e.start and e.end <= end] if at >= 0 else []
    if len(several) > 1:
        return tuple(Party(BODY, e.start, e.end, e.text, e.value, ASSIGNEE) for e in several)
    return (Party(BODY, at, end, words, s.presenter_value, ASSIGNEE),)


def presenters_of(
    section: str | None,
    sections: Mapping[str, Section],
    headings: Mapping[str, tuple[Party, ...]],
) -> tuple[Party, ...]:
    """Returns the bodies that presented the section or the nearest one around it."""
    while section is not None and section in sections:
        s = sections[section]
        if s.presenter:
            return headings.get(section, ())
        section = s.parent
    return ()


def last_presenters(
    unit: Unit, sections: Sequence[Section], headings: Mapping[str, tuple[Party, ...]]
) -> tuple[Party, ...]:
    """Returns the bodies that presented the last item before a unit that stands outside all."""
    for s in reversed(sections):
        if s.presenter and s.start < unit.start:
            return headings.get(s.id, ())
    return ()


def assignees_above(
    unit: Unit,
    acting: Mapping[str, tuple[Party, ...]],
    headings: Mapping[str, tuple[Party, ...]],
    sections: Mapping[str, Section],
    units: Mapping[str, Unit],
) -> tuple[tuple[Party, ...], str | None]:
    """Returns who must act by the lead-in or the heading, and the id of what says so.

    Args:
        acting: Assignees by id of unit, of the units above.
        headings: What :func:`heading_parties` gave.
    """
    lead = unit.lead
    while lead is not None:
        found = acting.get(lead, ())
        if found:
            return found, lead
        above = units.get(lead)
        lead = above.lead if above is not None else None
    section = unit.section
    while section is not None:
        found = headings.get(section, ())
        if found:
            return found, section
        s = sections.get(section)
        section = s.parent if s is not None else None
    return (), None


# Who closes a list speaks for it. Hit: "Cục Thuế tỉnh chủ trì, báo cáo …". Near miss: "Sở Tài
# chính cấp kinh phí.".
_SPEAKS_RE = re.compile(
    r"¤ (?:chủ trì|(?:có |chịu )?trách nhiệm|tiếp thu|hoàn thiện|tổng hợp|đôn đốc)"
)


def closing_assignees(
    units: Sequence[Unit], acting: Mapping[str, tuple[Party, ...]], low: str
) -> dict[str, tuple[tuple[Party, ...], str]]:
    """Returns by id of list item whom the sentence that closes its list charges, and its id."""
    out: dict[str, tuple[tuple[Party, ...], str]] = {}
    items: list[Unit] = []
    for u in units:
        if items and items[-1].section != u.section and u.section is not None:
            items = []  # behind the last list of a paper a paragraph stands outside all sections
        if u.marker is not None:
            items.append(u)
            continue
        found = tuple(p for p in acting.get(u.id, ()) if p.kind == BODY)
        front = found and found[0].start <= u.start + 1
        if front and len(items) > 1 and _SPEAKS_RE.search(low, u.start, u.end):
            out.update((item.id, (found, u.id)) for item in items)
        items = []
    return out


def closing_due(
    units: Sequence[Unit], dues: Mapping[str, Sequence[Due]], low: str
) -> dict[str, tuple[Due, str]]:
    """Returns by id of unit the due that its lead-in or the end of its section sets for it.

    Only units without a due of their own take one; the id of the unit that says it stands beside.
    """
    out: dict[str, tuple[Due, str]] = {}
    by_id = {u.id: u for u in units}
    groups: dict[str | None, list[Unit]] = {}
    for u in units:
        groups.setdefault(u.section, []).append(u)
        lead = u.lead
        while lead is not None and u.id not in out and not dues.get(u.id):
            if dues.get(lead):
                out[u.id] = (dues[lead][0], lead)
            above = by_id.get(lead)
            lead = above.lead if above is not None else None
    for group in groups.values():
        if group[0].section is None:
            continue
        for k, closing in enumerate(group):
            if closing.marker is not None or not dues.get(closing.id) or k == 0:
                continue
            words = low[closing.start : closing.end]
            if not _CLOSING_RE.match(words) and not _REVISES_RE.search(words):
                continue
            for u in group[:k]:
                if u.marker is not None and not dues.get(u.id) and u.id not in out:
                    out[u.id] = (dues[closing.id][0], closing.id)
    return out
