"""The plain-regex baseline that ``make evaluate`` prints beside congvan's scores.

Two patterns for numbers, one of State and one of Party organs, and two for dates, as they are
usually written for such text: no names of laws, no resolution, no relations, no repairs. What a
simple script would find shows what the engine is worth.
"""

from __future__ import annotations

import dataclasses
import re

from .document import Citation, Document, Entity, Items

_TYPE = (
    r"(?:(?:Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|"
    r"Công văn|Công điện|Thông báo|Kế hoạch|Kết luận|Tờ trình|Báo cáo|Văn bản)\s+)?(?:số\s+)?"
)
# Hit: "Nghị định số 30/2020/NĐ-CP", "1804/QĐ-TTg"; near miss: "1/5.000", "29/4/2021".
STATE_RE = re.compile(
    _TYPE + r"(?P<number>\d{1,5})/(?:(?P<year>\d{4})/)?(?P<symbol>[A-ZĐ]{2,8}[0-9]{0,2}"
    r"(?:-[A-ZĐ][A-Za-zĐ]{0,8})?)",
    re.IGNORECASE,
)
# Hit: "Nghị quyết số 62-NQ/TU"; near miss: "2021-2026", "PT-TH/TU".
PARTY_RE = re.compile(
    _TYPE + r"(?P<number>\d{1,4})-(?P<symbol>[A-ZĐ]{2,3}/[A-ZĐ]{2,8})", re.IGNORECASE
)
# Hit: "ngày 29/4/2021", "29/4/2021"; near miss: "1/5.000", "82/2018".
DATE_RE = re.compile(
    r"(?:ngày\s+)?\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})\b"
    r"|ngày\s+(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4})\b",
    re.IGNORECASE,
)


def read(doc: Document) -> Document:
    """Returns ``doc`` with the citations and dates that the plain patterns find in its text."""
    text = doc.text
    matches = [*STATE_RE.finditer(text), *PARTY_RE.finditer(text)]
    citations = [
        _citation(f"c{i}", m) for i, m in enumerate(sorted(matches, key=lambda m: m.start()), 1)
    ]
    dates = [_date(f"e{i}", m) for i, m in enumerate(DATE_RE.finditer(text), 1)]
    return dataclasses.replace(
        doc, citations=Items(citations), entities=Items(dates), relations=Items()
    )


def _citation(id: str, m: re.Match[str]) -> Citation:
    groups = m.groupdict()
    number, symbol, year = groups["number"], groups["symbol"], groups.get("year")
    words = re.split(r"\s+(?=số\s|\d)", m.group())
    return Citation(
        id=id,
        start=m.start(),
        end=m.end(),
        text=m.group(),
        unit=None,
        section=None,
        type=words[0].capitalize() if len(words) > 1 else None,
        number=number,
        symbol=symbol,
        year=int(year) if year else None,
        date=None,
        issuer=None,
        pinpoint=None,
        document="/".join(filter(None, [number, year, symbol])),
        complete=False,
        relation="mentions",
        agent="this",
        evidence=None,
    )


def _date(id: str, m: re.Match[str]) -> Entity:
    day, month, year = (int(m[n] or m[f"{n}2"]) for n in "dmy")
    value = f"{year:04}-{month:02}-{day:02}"
    return Entity(id=id, type="DATE", start=m.start(), end=m.end(), text=m.group(), value=value)
