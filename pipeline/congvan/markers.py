"""List and heading markers at the start of a line, and their rank in the outline.

The levels follow Decree 30/2020, annex I, II.5 (Phần, Chương, Mục, Tiểu mục, Điều, khoản,
điểm; or I., 1., a), dash) and the Party form (``I-``, ``1-``); real papers add ``A.``,
``1.1.``, ``a1)``, ``(1)``, ``(i)``, ``+`` and bullets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import LOWER, UPPER

_ORDINALS = "NHẤT|HAI|BA|TƯ|BỐN|NĂM|SÁU|BẢY|TÁM|CHÍN|MƯỜI"

# One alternation, tried at the start of a stripped shadow line. Hits: "Điều 5a. Tên",
# "1.2.3. Tên", "II- TÊN", "đ) nội dung", "(i) nội dung", "- nội dung", "1/ Nội dung".
# Near misses: "2030. Bổ sung" (four digits), "1.000 người" (a digit follows the point),
# "5 tháng" (no sign after the number), "29/4/2021" (a date), "V.I.P", "A.B. Nguyễn" (initials).
_MARKER_RE = re.compile(
    rf"""
    (?P<phan>(?:PHẦN|Phần)\s+(?:thứ\s+|THỨ\s+)?
        (?:{_ORDINALS}|{_ORDINALS.lower()}|[IVXLC]{{1,6}}|\d{{1,2}})\b[.:]?)
  | (?P<chuong>(?:CHƯƠNG|Chương)\s+(?:[IVXLC]{{1,7}}|\d{{1,2}})\b[.:]?)
  | (?P<tieumuc>(?:TIỂU\s+MỤC|Tiểu\s+mục)\s+(?:[IVXLC]{{1,6}}|\d{{1,2}})\b[.:]?)
  | (?P<muc>(?:MỤC|Mục)\s+(?:[IVXLC]{{1,6}}|\d{{1,2}})\b[.:]?)
  | (?P<dieu>(?:ĐIỀU|Điều)\s+(?:thứ\s+)?\d{{1,3}}[a-zđ]?\s?[.:](?!\d))
  | (?P<multi>(?:[IVX]{{1,5}}|\d{{1,2}})(?:\.\d{{1,2}}){{1,3}}(?:[.)](?=\D|$)|(?=\s)))
  | (?P<roman>[IVXLC]{{1,6}}(?:\s?[.\-/)](?![\w])|\.(?=[{UPPER}][{UPPER}{LOWER}]+\s)))
  | (?P<upper>[A-HĐK](?:\s?[.)/](?![\w.])|\.(?=[{UPPER}][{UPPER}{LOWER}]+\s)))
  | (?P<number>\d{{1,2}}(?:[.)/](?![\d/])|\s?-(?=\s)|-(?=[{UPPER}])))
  | (?P<letter>\(?[a-zđ]\d{{0,2}}\)|[a-zđ][./](?=\s))
  | (?P<paren>\(\d{{1,2}}\))
  | (?P<lowroman>\(?(?:x{{0,2}}(?:ix|iv|v?i{{1,3}}|v)|x{{1,2}})\))
  | (?P<plus>\+(?!\d))
  | (?P<dash>-(?![\d\-])|-(?=\d{{1,3}}\s))
  | (?P<bullet>[•●○▪■□◦►▶✓✔❖➢➤·*]|o(?=\s[{UPPER}]))
    """,
    re.VERBOSE,
)
_INNER_RE = re.compile(r"(?:[a-zđ]\d?\)|\d{1,2}(?:\.\d{1,2}){0,2}\.)\s")
# Rules of dashes or stars under a letterhead are no list items.
_RULE_RE = re.compile(r"[-*_=.\s–—]+$")

RANK: dict[str, int] = {
    "phan": 0,
    "chuong": 1,
    "muc": 2,
    "tieumuc": 3,
    "dieu": 4,
    "upper": 5,
    "roman": 6,
    "title": 6,
    "number": 7,
    "multi": 8,
    "letter": 12,
    "paren": 13,
    "lowroman": 14,
    "dash": 15,
    "plus": 16,
    "bullet": 17,
}
#: The words of the outline for each kind of marker, as offices say them.
LEVEL: dict[str, str] = {
    "phan": "phần",
    "chuong": "chương",
    "muc": "mục",
    "tieumuc": "tiểu mục",
    "dieu": "điều",
    "upper": "A.",
    "roman": "I.",
    "title": "tiêu đề",
    "number": "1.",
    "multi": "1.1.",
    "letter": "a)",
    "paren": "(1)",
    "lowroman": "(i)",
    "dash": "-",
    "plus": "+",
    "bullet": "•",
}
LEGAL = frozenset({"phan", "chuong", "muc", "tieumuc", "dieu"})


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: its text, kind, rank in the outline, and where the content begins in the line."""

    text: str
    kind: str
    rank: int
    length: int


def marker_at(line: str) -> Marker | None:
    """Returns the marker at the start of a stripped shadow line, or None.

    >>> marker_at("1.2. Giao Sở Nội vụ").text
    '1.2.'
    >>> marker_at("2030. Bổ sung các mục tiêu") is None
    True
    """
    m = _MARKER_RE.match(line)
    if m is None:
        return None
    kind = m.lastgroup or ""
    end = m.end()
    if kind in ("dash", "bullet", "plus") and _RULE_RE.match(line):
        return None
    rest = line[end:]
    stripped = rest.lstrip()
    if not stripped:
        # "Chương I" stands alone on its line; a lone dash or number is a table cell.
        return Marker(m.group(), kind, RANK[kind], end) if kind in LEGAL else None
    if kind in ("phan", "chuong", "muc", "tieumuc") and stripped[0].islower():
        return None  # "Mục 2 của Kế hoạch này" begins a sentence
    if (
        kind == "roman"
        and m.group()[-1] in "-/"
        and not rest[:1].isspace()
        and stripped[0].isdigit()
    ):
        return None  # "V-2", "X/5"
    if kind in ("dash", "bullet"):
        inner = _INNER_RE.match(stripped)
        if inner and (real := marker_at(stripped)) is not None:
            # "- b) Dự thảo …": a Markdown list around the marker of the paper.
            return Marker(real.text, real.kind, real.rank, len(line) - len(stripped) + real.length)
    rank = RANK[kind]
    if kind == "multi":
        rank += m.group().rstrip(".)").count(".") - 1
    return Marker(m.group(), kind, rank, end + len(rest) - len(stripped))
