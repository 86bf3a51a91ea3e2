"""The body of a document: sections as a tree, and units (annotation guideline, section 1).

A line is one of four things: a *heading* (it only names a topic or a body), a *unit* (a list
item or a paragraph), a *silent* line ("QUYẾT ĐỊNH:", a rule of dashes), or part of a table or
a footnote. Structure that is not there is never invented: without headings there are no
sections, and without markers every line is a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .document import Section, Unit
from .headings import (
    Item,
    article_is_text,
    article_title,
    classify,
    content_of,
    heading_parts,
    title_line,
)
from .layout import Line
from .markers import LEVEL, RANK

_LEAD_END_RE = re.compile(r"(?:như sau|sau đây|sau|gồm|là|trong đó|cụ thể)\s*:$|:$")
# The closing formula of a notice or letter, whatever stands before it.
_CONCLUSION_RE = re.compile(
    r"thông báo (?:để|kết luận|ý kiến|tới|đến)|^Trên đây|[Tt]rân trọng|biết,? (?:và "
    r")?(?:tổ chức )?thực hiện"
)


@dataclass(frozen=True, slots=True)
class Body:
    """Sections and units of a stretch of lines."""

    sections: tuple[Section, ...]
    units: tuple[Unit, ...]


def parse_body(
    lines: Sequence[Line],
    text: str,
    *,
    end: int,
    first_section: int = 0,
    first_unit: int = 0,
    titles: bool = True,
) -> Body:
    """Returns the sections and units of the body.

    Args:
        lines: The non-blank lines of the body, joins done, letterhead and closing taken off.
        text: The canonical text.
        end: Where the last section ends (offset just behind the body).
        first_section: How many sections the document has before these lines (for the ids).
        first_unit: The same for units.
        titles: Whether a line of capitals without a marker is a heading.
    """
    return _build(classify(lines, titles=titles), text, end, first_section, first_unit)


def _build(items: Sequence[Item], text: str, end: int, first_section: int, first_unit: int) -> Body:
    sections: list[Section] = []
    units: list[Unit] = []
    stack: list[tuple[float, int]] = []  # (rank, index in sections)
    leads: list[tuple[float, str]] = []  # (rank, unit id) of units that have items beneath
    paragraph_lead: str | None = None
    list_rank: float | None = None  # of the list that a paragraph introduces
    skip = -1
    for n, item in enumerate(items):
        if n <= skip:
            continue
        rank = item.rank if item.marker else (RANK["title"] if item.heading else 99)
        if item.heading:
            while stack and stack[-1][0] >= rank:
                stack.pop()
            title_end = item.line.end
            start = item.line.start + (item.marker.length if item.marker else 0)
            following = items[n + 1] if n + 1 < len(items) else None
            if start >= item.line.end or (
                item.marker and item.marker.kind in ("chuong", "phan") and not content_of(item)
            ):
                # "Chương I" / "QUY ĐỊNH CHUNG": the title stands on the next line or lines.
                last = n
                while last + 1 < len(items) and last - n < 5 and title_line(items[last + 1]):
                    last += 1
                article = item.marker is not None and item.marker.kind == "dieu"
                if last == n and article and following is not None and article_title(following):
                    last = n + 1
                start = items[n + 1].line.start if last > n else title_end
                title_end, skip = items[last].line.end, last
            full_sentence = (
                item.marker is not None
                and item.marker.kind == "dieu"
                and article_is_text(text[start:title_end], following)
            )
            heading, presenter, notes = heading_parts(text, start, title_end)
            section = Section(
                id=f"s{first_section + len(sections) + 1}",
                parent=sections[stack[-1][1]].id if stack else None,
                level=LEVEL[item.marker.kind] if item.marker else LEVEL["title"],
                marker=item.marker.text.strip() if item.marker else "",
                heading="" if full_sentence else heading,
                start=item.line.start,
                end=end,
                heading_start=item.line.start,
                heading_end=item.line.start + (item.marker.length if item.marker else 0)
                if full_sentence
                else title_end,
                presenter=None if full_sentence else presenter,
                notes=() if full_sentence else notes,
            )
            sections.append(section)
            stack.append((rank, len(sections) - 1))
            leads, paragraph_lead, list_rank = [], None, None
            if not full_sentence:
                continue
        # The unit ends the sections whose level it leaves: "2." as an item after "1. Heading".
        elif item.marker is not None:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        start = item.line.start + (item.marker.length if item.marker else 0)
        uid = f"u{first_unit + len(units) + 1}"
        while leads and leads[-1][0] >= rank:
            leads.pop()
        lead = None
        if item.marker:
            list_rank = rank if list_rank is None else list_rank
            if rank < list_rank:
                paragraph_lead = None  # an outer list goes on: "d)" behind the dashes of "c)"
            lead = leads[-1][1] if leads else paragraph_lead
        content = text[start : item.line.end]
        units.append(
            Unit(
                id=uid,
                kind="bullet" if item.marker else "paragraph",
                marker=item.marker.text.strip() if item.marker else None,
                section=sections[stack[-1][1]].id if stack else None,
                start=start,
                end=item.line.end,
                text=content,
                lead=lead,
            )
        )
        if item.marker:
            leads.append((rank, uid))
        else:
            leads, list_rank = [], None
            paragraph_lead = uid if _LEAD_END_RE.search(content) else None
    _release_conclusions(sections, units)
    return Body(_close(sections, end, units), tuple(units))


def _release_conclusions(sections: Sequence[Section], units: list[Unit]) -> None:
    """Moves paragraphs that conclude a list out of the section of the list.

    The last paragraph of a body, behind a list, concludes the document ("Văn phòng thông báo để
    các cơ quan biết, thực hiện./."). A paragraph behind the list of the last subsection
    concludes the section around it ("Sở X hoàn chỉnh báo cáo trước ngày …").
    """
    by_id = {s.id: s for s in sections}
    children: dict[str | None, list[str]] = {}
    for s in sections:
        children.setdefault(s.parent, []).append(s.id)
    starts = [s.start for s in sections]
    prose: set[str | None] = set()  # sections that have had a paragraph of their own
    for i, unit in enumerate(units):
        own = by_id.get(unit.section or "")
        later = bisect_right(starts, unit.start)
        # A subsection or heading that follows shows that nothing is concluded yet.
        goes_on = later < len(sections) and (
            i == len(units) - 1 or sections[later].parent == unit.section
        )
        if unit.kind == "paragraph" and own is not None and i and not goes_on:
            before, last = units[i - 1], i == len(units) - 1
            ends = unit.text.endswith(("./.", "./")) or _CONCLUSION_RE.search(unit.text)
            behind_list = before.kind == "bullet" and before.section == own.id
            if last and before.section == own.id and (behind_list or ends):
                units[i] = replace(unit, section=None)
            elif not last and behind_list and own.parent is not None:
                siblings = children[own.parent]
                leaves = units[i + 1].section != own.id
                if leaves and own.id not in prose and len(siblings) > 1 and siblings[-1] == own.id:
                    units[i] = replace(unit, section=own.parent)
        if unit.kind == "paragraph":
            prose.add(unit.section)


def _close(sections: list[Section], end: int, units: Sequence[Unit]) -> tuple[Section, ...]:
    """Returns the sections with their ends.

    A section ends where the next one of its own or a higher level starts, or where a paragraph
    that concludes something around it begins.
    """
    closed: dict[str, int] = {}
    open_: list[Section] = []
    at = 0
    for unit in [*units, None]:
        start = unit.start if unit is not None else end
        while at < len(sections) and sections[at].start <= start:
            while open_ and open_[-1].id != sections[at].parent:
                closed[open_.pop().id] = sections[at].start
            open_.append(sections[at])
            at += 1
        if unit is None:
            break
        # Every open section that the unit does not lie in ends before it.
        inside = unit.section is None or any(s.id == unit.section for s in open_)
        while inside and open_ and open_[-1].id != unit.section:
            closed[open_.pop().id] = unit.start
    for s in open_:
        closed[s.id] = end
    return tuple(replace(s, end=closed[s.id]) for s in sections)


def parent_chain(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """Returns for each section id the ids from the root down to it."""
    chain: dict[str, tuple[str, ...]] = {}
    for s in sections:
        chain[s.id] = (*chain.get(s.parent or "", ()), s.id)
    return chain


__all__ = ["Body", "parent_chain", "parse_body"]
