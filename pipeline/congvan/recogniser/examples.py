"""Lines to learn from and to tag: tokens, what the rules say of them, and the gold tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from congvan.corpus import CorpusDocument
from congvan.document import Document, Entity

from .features import Token, features, tokens
from .gazetteer import place_hints
from .score import Found
from .spans import Span, to_tags

# Rules are sure of closed names and of names with their place, less so of open ones.
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Example:
    """One line: its tokens, the rules' tags, the places' hints; ``gold`` where it is known."""

    line: list[Token]
    hints: list[str]
    places: list[str]
    gold: list[str]

    def features(self, *, rules: bool = True) -> list[list[str]]:
        """Returns the tagger's features; without the rules' tags if ``rules`` is False."""
        hints = self.hints if rules else ["-"] * len(self.line)
        return features(self.line, hints, self.places)


def hint_of(entity: Entity) -> str:
    """Returns the tag of an entity found by rule, with how sure the rules are of it."""
    if entity.type != "AGENCY":
        return entity.type
    return "AGENCY9" if entity.score >= SURE else "AGENCY7"


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yields the lines of a text that are not blank."""
    at = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield at, at + len(line)
        at += len(line) + 1


def examples(
    text: str,
    found: Sequence[Entity],
    gold: Sequence[Span] = (),
    within: Sequence[tuple[int, int]] | None = None,
) -> Iterator[Example]:
    """Yields the lines of a document.

    Args:
        text: Canonical text.
        found: What the rules found in it, in order.
        gold: The right spans, where known.
        within: Only lines that touch one of these stretches; None for all.
    """
    i = j = 0
    for start, end in line_spans(text):
        while i < len(found) and found[i].end <= start:
            i += 1
        while j < len(gold) and gold[j][1] <= start:
            j += 1
        if within is not None and not any(a < end and start < b for a, b in within):
            continue
        line = tokens(text, start, end)
        if not line:
            continue
        here = []
        k = i
        while k < len(found) and found[k].start < end:
            here.append((found[k].start, found[k].end, hint_of(found[k])))
            k += 1
        right = []
        k = j
        while k < len(gold) and gold[k][0] < end:
            right.append(gold[k])
            k += 1
        yield Example(line, to_tags(line, here), place_hints(line), to_tags(line, right))


@dataclass(frozen=True, slots=True)
class Reading:
    """A document of the corpus beside what the rules read in it, on canonical offsets."""

    id: str
    doc: Document
    gold: list[Found]
    within: list[tuple[int, int]]

    def examples(self) -> list[Example]:
        """Returns the lines in which entities were marked."""
        spans = [(g.start, g.end, g.type) for g in self.gold]
        rules = [e for e in self.doc.entities if e.type in ("AGENCY", "DATE", "INSTRUMENT")]
        return list(examples(self.doc.text, rules, spans, self.within))

    def inside(self, offset: int) -> bool:
        """Tells whether entities were marked at ``offset``."""
        return any(a <= offset < b for a, b in self.within)


def readings(docs: Iterable[CorpusDocument]) -> Iterator[Reading]:
    """Yields the documents of a corpus as the rules read them."""
    from congvan.pipeline import Pipeline

    nlp = Pipeline(recogniser=False, corrections=False)
    for source in docs:
        doc = nlp.read_text(source.text)
        target = doc.offset_map.target
        gold = [
            Found(m.type, target(m.start), target(m.end), m.value, m.unsure)
            for m in source.entities
        ]
        within = [(target(a), target(b)) for a, b in source.marked()]
        yield Reading(source.id, doc, gold, within)
