"""Annexes: what stands behind the signature, set aside from the body.

An annex begins with its own title ("PHỤ LỤC I", "QUY CHẾ" + "(Ban hành kèm theo …)"). What a
web page left behind a signature begins none and is no part of the document's structure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import Line
from .markers import marker_at

_HEAD_RE = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU MẪU|MẪU SỐ|Mẫu số|DANH MỤC|DANH SÁCH|BẢNG|"
    r"BIỂU)\b(?!.*[.;]$)"
)
# "(Kèm theo Nghị quyết số 61/2025/NQ-HĐND)", also over two lines.
_ATTACHED_RE = re.compile(r"\(?\s?(?:[Bb]an hành\s)?[Kk]èm theo\b")


@dataclass(frozen=True, slots=True)
class AnnexLines:
    """An annex: its title lines and the lines of its content (indexes into the given lines)."""

    first: int
    content: int
    last: int


def split_annexes(lines: Sequence[Line]) -> list[AnnexLines]:
    """Returns the annexes among the lines behind the closing; [] if none begins there."""
    starts = [i for i in range(len(lines)) if _begins(lines, i)]
    if not starts:
        return []
    kept = [starts[0]]
    for i in starts[1:]:
        # Only a numbered or lettered head begins a further annex; "DANH MỤC" may be a title line.
        if lines[i].text.upper().startswith(("PHỤ LỤC", "MẪU SỐ", "PHỤ BIỂU")) and i > _content(
            lines, kept[-1]
        ):
            kept.append(i)
    ends = [*kept[1:], len(lines)]
    return [AnnexLines(a, min(_content(lines, a), b), b) for a, b in zip(kept, ends, strict=True)]


def _begins(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if line.region is not None or marker_at(line.text):
        return False
    if _HEAD_RE.match(line.text) and len(line.text) <= 200:
        return True
    attached = any(_ATTACHED_RE.match(x.text) for x in lines[i + 1 : i + 6])
    return line.text.isupper() and len(line.text) < 160 and attached


def _content(lines: Sequence[Line], start: int) -> int:
    """Returns the index of the first content line of the annex that begins at ``start``."""
    i = start + 1
    while i < len(lines) and i - start < 8 and lines[i].region is None:
        t = lines[i].text
        if marker_at(t) or not (t.isupper() or _ATTACHED_RE.match(t) or _goes_on(lines, start, i)):
            break
        i += 1
    return i


def _goes_on(lines: Sequence[Line], start: int, i: int) -> bool:
    # The rest of a title in small letters, or of the bracket, as long as "kèm theo" is near.
    t = lines[i].text
    if t.startswith("(") or t.endswith(")"):
        return True
    return not t.endswith((".", ":", ";")) and any(
        _ATTACHED_RE.match(x.text) for x in lines[i + 1 : i + 3]
    )
