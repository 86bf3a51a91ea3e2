"""The layout of PDF pages: runs of characters to lines in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from .. import encodings
from . import Region
from .builder import Builder
from .letterhead import is_letterhead_line, is_recipients, mended
from .pdf_flow import Flow, breaks_symbol, flow_of, goes_on, joined
from .pdf_lines import Line, Page, Run, join, lines_of
from .pdf_tables import emit_table, tables_of
from .symbols import REPAIR, plain_signs


def lay_out(
    pages: Sequence[Page],
) -> tuple[str, tuple[Region, ...], tuple[str, ...], str | None]:
    """Returns text, regions, repairs and the old encoding (None as a rule) of all pages.

    Args:
        pages: In order.
    """
    fix, encoding = _legacy(pages)
    laid = [lines_of(page) for page in pages]
    repairs = []
    removed = _remove_repeated(pages, laid)
    if removed:
        repairs.append(f"{removed} page number(s) and running head(s) or feet removed")
    pitch = _pitch(laid)
    builder = Builder()
    notes: list[tuple[str, str]] = []
    signs = 0

    def clean(text: str) -> str:
        nonlocal signs
        text, count = plain_signs(fix(text))
        signs += count
        return text

    flow = flow_of(laid, pitch)
    last: Line | None = None
    for page, lines in zip(pages, laid, strict=True):
        body, found = _footnotes(page, lines)
        notes += [(label, clean(text)) for label, text in found]
        last = _emit_page(page, body, builder, clean, pitch=pitch, flow=flow, before=last)
    if notes:
        builder.blank()
        for label, text in notes:
            builder.footnote(label, text)
    if signs:
        repairs.append(f"{signs} {REPAIR}")
    if encoding:
        repairs.append(f"text in an old {encoding} font was turned into Unicode")
    text, regions = builder.done()
    return text, regions, tuple(repairs), encoding


def _legacy(pages: Sequence[Page]) -> tuple[Callable[[str], str], str | None]:
    sample = "\n".join(run.text for page in pages[:20] for run in page.runs)
    name = encodings.legacy_of(sample)
    if name is None:
        return str, None
    table = name
    return lambda text: encodings.convert(text, table)[0], name.split("-")[0]


# --- page numbers, running heads and feet ------------------------------------------------

_NUMBER_RE = re.compile(
    r"^[\W_]{0,3}(?:Trang|Tr\.|Page)?\s{0,2}(\d{1,4})(?:\s{0,2}/\s{0,2}\d{1,4})?[\W_]{0,3}$", re.I
)
_DIGITS_RE = re.compile(r"\d+")


def _remove_repeated(pages: Sequence[Page], laid: list[list[Line]]) -> int:
    """Takes page numbers and running heads and feet out of ``laid``; returns how many lines."""
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[list[tuple[Line, tuple[str, int]]]] = []
    for page, lines in zip(pages, laid, strict=True):
        edge = []
        for line in {id(x): x for x in lines[:2] + lines[-2:]}.values():
            if line.base > 0.88 * page.height or line.base < 0.12 * page.height:
                key = (_DIGITS_RE.sub("#", line.text).strip(), round(line.base / 8))
                edge.append((line, key))
                seen[key] += 1
        edges.append(edge)
    need = max(3, 0.25 * len(pages))
    count = 0
    for page, lines, edge in zip(pages, laid, edges, strict=True):
        for line, key in edge:
            number = _NUMBER_RE.match(line.text.strip())
            is_number = number is not None and int(number.group(1)) == page.index + 1
            near = sum(seen[key[0], key[1] + d] for d in (-1, 0, 1))
            if is_number or near >= need:
                lines.remove(line)
                count += 1
    return count


# --- footnotes ------------------------------------------------------------------------

_NOTE_RE = re.compile(r"^\s{0,3}[\[(]?(\d{1,3}|\*{1,3}|[a-z])[\])]?\.?(?=\s|\D)")


def _footnotes(page: Page, lines: list[Line]) -> tuple[list[Line], list[tuple[str, str]]]:
    """Returns the other lines and the footnotes ``(label, text)`` at the foot of the page.

    A footnote is in smaller type than the page and its mark stands raised in the text above.
    """
    if len(lines) < 3:
        return lines, []
    body = median(line.size for line in lines for _ in line.text)
    first = len(lines)
    while first > 0 and lines[first - 1].size < 0.9 * body:
        first -= 1
    marks = {r.text.strip("()[] "): line for line in lines[:first] for r in line.raised}
    if first == len(lines) or not marks:
        return lines, []
    notes: list[tuple[str, str]] = []
    begin = None
    for i in range(first, len(lines)):
        m = _NOTE_RE.match(lines[i].text)
        if m and m.group(1) in marks:
            begin = i if begin is None else begin
            notes.append((m.group(1), lines[i].text[m.end() :].strip()))
        elif notes:
            notes[-1] = (notes[-1][0], f"{notes[-1][1]} {lines[i].text.strip()}")
    if begin is None:
        return lines, []
    for label, _ in notes:
        line = marks[label]
        gone = [r for r in line.raised if r.text.strip("()[] ") == label]
        kept = [r for r in line.runs if r not in gone]
        # The space after the mark belongs to the word before it.
        line.runs = [
            replace(r, space=True)
            if i + 1 < len(line.runs) and line.runs[i + 1] in gone and line.runs[i + 1].space
            else r
            for i, r in enumerate(line.runs)
            if r in kept
        ] or line.runs
    return lines[:begin], notes


# --- columns --------------------------------------------------------------------------


def _emit_page(
    page: Page,
    lines: list[Line],
    builder: Builder,
    clean: Callable[[str], str],
    *,
    pitch: float,
    flow: Flow | None,
    before: Line | None,
) -> Line | None:
    """Emits one page; gives the line that the next page may go on, and takes that of the last."""
    tables = tables_of(page)
    top = _letterhead_end(page, lines) if lines else 0
    same_page = before is None
    if lines and (top or before is None or not goes_on(flow, before, lines[0], same_page=False)):
        before = None
    if page.index and before is None:
        builder.page_break()
    if top:
        _emit_columns(page, lines[:top], builder, clean)
    i = top
    while i < len(lines):
        line = lines[i]
        table = next((t for t in tables if t.holds(line)), None)
        if table is not None:
            inside = [x for x in lines[i:] if table.holds(x)]
            emit_table(table, inside, builder, clean)
            lines = lines[:i] + [x for x in lines[i:] if not table.holds(x)]
            before = None
            continue
        gap = before is not None and before.base - line.base > (pitch + 0.25) * line.size
        if same_page and gap:
            builder.blank()
        end = _closing_end(lines, i)
        if end > i:
            builder.blank()
            _emit_columns(page, lines[i:end], builder, clean)
            i, before = end, None
            continue
        if before is not None and (
            goes_on(flow, before, line, same_page=same_page)
            or (same_page and not gap and breaks_symbol(before.text, line.text))
        ):
            builder.go_on(clean(line.text), joined)
        else:
            builder.line(clean(line.text))
        before, same_page = line, True
        i += 1
    return before


def _pitch(laid: Sequence[Sequence[Line]]) -> float:
    """Returns the distance of lines inside a paragraph, as a multiple of the type size.

    It is a low quantile over the whole document: a page may hold short paragraphs only.
    """
    gaps = sorted(
        (a.base - b.base) / b.size
        for lines in laid
        for a, b in pairwise(lines)
        if a.base - b.base > 0.9 * b.size
    )
    return gaps[len(gaps) // 7] if gaps else 1.5


def _split(line: Line, gutter: float) -> tuple[list[Run], list[Run]]:
    left = [r for r in line.runs if (r.x0 + r.x1) / 2 < gutter]
    return left, [r for r in line.runs if (r.x0 + r.x1) / 2 >= gutter]


def _letterhead_end(page: Page, lines: list[Line]) -> int:
    """Returns how many lines at the top of a page stand in the two columns of a letterhead."""
    pairs = [
        (i, a, b)
        for i, line in enumerate(lines[:12])
        for a, b in pairwise(line.runs)
        if b.x0 - a.x1 > 0.8 * line.size
        and a.x0 < 0.45 * page.width
        and b.x1 > 0.55 * page.width
        and (is_letterhead_line(a.text) or is_letterhead_line(b.text) or b.text.isupper())
    ]
    if not pairs or pairs[0][0] > 3:
        return 0
    low = max(a.x1 for _, a, _ in pairs)
    high = min(b.x0 for _, _, b in pairs)
    if high <= low:
        low, high = pairs[0][1].x1, pairs[0][2].x0
    gutter = (low + high) / 2
    lefts: list[Run] = []
    rights: list[Run] = []
    end = 0
    for i, line in enumerate(lines[:20]):
        if any(r.x0 < low - 1 and r.x1 > high + 1 for r in line.runs):
            break
        left, right = _split(line, gutter)
        if left and right:
            end = i + 1
        elif right and rights and not left:
            middle = median((r.x0 + r.x1) / 2 for r in rights)
            if abs((right[0].x0 + right[-1].x1) / 2 - middle) > 25:
                break
            end = i + 1
        elif left and lefts:
            middle = median((r.x0 + r.x1) / 2 for r in lefts)
            if abs((left[0].x0 + left[-1].x1) / 2 - middle) > 25:
                break
            end = i + 1
        lefts += left
        rights += right
    whole = "\n".join(line.text for line in lines[:end])
    return end if is_letterhead_line(whole) else 0


def _closing_end(lines: list[Line], i: int) -> int:
    """Returns the end of the block of recipients (left) and signature (right) from line ``i``."""
    found = None
    for j in range(i, min(i + 4, len(lines))):
        if is_recipients(lines[j].runs[0].text):
            found = j
            break
        if lines[j].x0 < lines[j].x1 - 300:
            return i
    if found is None:
        return i
    edge = lines[found].x0
    # Lines above "Nơi nhận" belong to the block if they stand to the right of it.
    if any(line.x0 < edge + 150 for line in lines[i:found]):
        return i
    rights = [r for line in lines[i:] for r in line.runs if r.x0 > edge + 150]
    if not rights:
        return i
    limit = median((r.x0 + r.x1) / 2 for r in rights[:3])
    end = i
    for line in lines[i:]:
        if line.runs[0].x0 < edge + 150 and line.runs[0].x1 > limit:
            break
        end += 1
    return end


def _emit_columns(
    page: Page, lines: Sequence[Line], builder: Builder, clean: Callable[[str], str]
) -> None:
    """Emits two columns one after the other."""
    runs = sorted((r for line in lines for r in line.runs), key=lambda r: r.x0)
    gutter = _gutter(page, runs)
    for side in (0, 1):
        last: Line | None = None
        found: list[str] = []
        for line in lines:
            part = _split(line, gutter)[side]
            if not part:
                continue
            if last is not None and last.base - line.base > 2.2 * line.size:
                found.append("")
            found.append(clean(join(part)))
            last = line
        for text in mended(found):
            if text:
                builder.line(text)
            else:
                builder.blank()
        builder.blank()


def _gutter(page: Page, runs: Sequence[Run]) -> float:
    """Returns the x that the fewest runs cross, nearest to the middle of the page."""
    middle = 0.45 * page.width
    edges = [r.x0 - 0.5 for r in runs if 0.2 * page.width < r.x0 < 0.8 * page.width]
    edges += [r.x1 + 0.5 for r in runs if 0.2 * page.width < r.x1 < 0.8 * page.width]
    if not edges:
        return middle

    def cost(x: float) -> tuple[int, float]:
        return sum(r.x0 < x < r.x1 for r in runs), abs(x - middle)

    return min(edges, key=cost)
