"""A mention while it is being worked on: what the finders give and the resolver completes."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..document import Evidence, Pinpoint
from .symbols import Symbol


@dataclass(slots=True)
class Mention:
    """One mention of an instrument in the text (offsets in code points).

    ``start``/``end`` run from type word to number or cover the name; ``head`` is where the
    words that belong to it begin (pinpoints before it), ``tail`` where date and issuer end.
    """

    start: int
    end: int
    kind: str  # numbered, partial, blank, named, congress, anaphor
    type: str | None
    type_code: str
    number: str | None = None
    year: int | None = None
    symbol: Symbol | None = None
    name: str | None = None
    head: int = -1
    tail: int = -1
    date: str | None = None
    date_year: int | None = None
    issuer: str | None = None
    doubt: str | None = None  # a body named behind the number that its symbol does not allow
    issuer_span: tuple[int, int] | None = None
    place_said: bool = False  # the issuer's place stands in the text, not only in the letterhead
    pinpoints: tuple[Pinpoint, ...] = ()
    repairs: list[str] = field(default_factory=list)
    in_list: int | None = None  # index of the mention whose type word heads this list
    relation: str = "mentions"
    agent: str = "this"
    agent_of: int | None = None  # index of the mention that stands in the relation
    evidence: Evidence | None = None
    scope: str = "whole"
    hands_on: str | None = None  # what a list goes on with, where "kèm theo" decides for this one
    # "A được sửa đổi tại B": (verb, index of A, words), on B
    passive: list[tuple[str, int, Evidence]] = field(default_factory=list)
    link: int = -1  # where the words between pinpoint and type word begin, -1 without a pinpoint
    alias: str | None = None
    draft_subject: bool = False
    document: str = ""
    complete: bool = False
    candidates: tuple[str, ...] = ()
    score: float = 1.0
    reasons: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    title: str | None = None

    def __post_init__(self) -> None:
        if self.head < 0:
            self.head = self.start
        if self.tail < 0:
            self.tail = self.end
