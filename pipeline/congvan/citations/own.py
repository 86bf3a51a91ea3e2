"""The document itself: its own number is no citation of itself."""

from __future__ import annotations

from dataclasses import dataclass

from ..text import fold
from .keys import Locality, key_of
from .mention import Mention
from .symbols import parse_symbol, type_words


@dataclass(frozen=True, slots=True)
class Own:
    """The document itself, so that it is not its own authority (None for what is unknown)."""

    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    doc_type: str | None = None
    party: bool = False
    title: str | None = None
    date: str | None = None


#: A paper that says nothing of itself.
NOBODY = Own()


def own_key(own: Own, place: Locality) -> tuple[str, str, str, str] | None:
    if own.symbol is None:
        return None
    symbol = parse_symbol(own.symbol, party=own.party)
    row = symbol.type or (type_words().get(own.doc_type.lower()) if own.doc_type else None)
    code = row.abbrev if row else "CV"
    if symbol.type is None and not symbol.term and symbol.known:
        code = "CV"
    me = Mention(0, 0, "numbered", own.doc_type, code, own.number, own.year, symbol)
    if own.party:
        # The term of a Party number hangs on the day in the years of congresses.
        me.date, me.date_year = own.date, own.year
    return key_of(me, place)


def is_own(
    m: Mention, own: Own, own_key: tuple[str, str, str, str] | None, place: Locality
) -> bool:
    """True for the document's own number in its text ("Ban hành kèm theo Quyết định số …")."""
    if m.kind == "named" and own.title and own.doc_type in ("Luật", "Bộ luật", "Pháp lệnh"):
        return fold(m.name or "") == fold(f"{own.doc_type} {own.title}")
    if own_key is None or m.symbol is None or own.symbol is None:
        return False
    if m.symbol.text != parse_symbol(own.symbol, party=own.party).text:
        return False
    if m.kind == "blank":
        # A blank number with the own symbol: the own number before it is filled in.
        return own.number is None or m.number is None
    if own.number is None or m.number is None:
        return False
    year = m.year or m.date_year
    return m.number.lstrip("0") == own.number.lstrip("0") and (
        year is None or own.year is None or year == own.year
    )


def is_letterhead(shadow: str, m: Mention) -> bool:
    """True for a number that opens a line with "Số:": that of a letterhead or a stamp."""
    if not shadow.startswith(("Số", "SỐ"), m.start):
        return False
    before = shadow[max(0, m.start - 3) : m.start]
    return not before.strip(" ") or before.endswith(("\n", "\t", "   "))
