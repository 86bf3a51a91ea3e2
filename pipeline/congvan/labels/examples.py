"""Units with their right answers, as the pipeline reads them: what is learned and measured."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from congvan.corpus.model import CorpusDocument
from congvan.dates import find_dates
from congvan.document import Document, Due, Unit
from congvan.due import find_all_due
from congvan.due_maybe import find_maybe
from congvan.text import shadow

from .contrast import Pair
from .features import View
from .views import views

if TYPE_CHECKING:
    from congvan.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Example:
    """One unit with its gold.

    Attributes:
        group: The document or pair that it is of: never on both sides of a split.
        id: Of the unit in it.
        text: The canonical text of the whole document.
        view: What the model sees; ``view.dues`` are those that the rules found.
        maybe: What else might be a due.
        labels, unsure: Gold; unsure labels are not scored.
        order: Whether the unit gives an order; None if the source does not say.
        dues: Gold spans of due expressions; None if the source does not say.
    """

    group: str
    id: str
    text: str
    view: View
    maybe: tuple[Due, ...]
    labels: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    order: bool | None = None
    dues: tuple[tuple[int, int], ...] | None = None

    @property
    def words(self) -> str:
        """The text of the unit."""
        return self.text[self.view.start : self.view.end]

    def candidates(self) -> list[tuple[Due, bool | None]]:
        """Returns what may be a due, and whether it is one; None where the gold leaves it open."""
        found = sorted([*self.view.dues, *self.maybe], key=lambda d: d.start)
        if self.dues is not None:
            return [(d, any(a < d.end and d.start < b for a, b in self.dues)) for d in found]
        if "deadline" not in self.labels:
            return [(d, False) for d in found]
        return [(d, True if len(found) == 1 else None) for d in found]


def seen_units(doc: Document, units: Sequence[Unit]) -> list[tuple[View, tuple[Due, ...]]]:
    """Returns for some units of a document what the model sees, and what else might be a due."""
    seen = shadow(doc.text)
    anchor = doc.header.date
    dates = find_dates(doc.text, shadow=seen, anchor=anchor)
    spans = [(u.start, u.end) for u in units]
    dues = find_all_due(doc.text, dates, spans, shadow=seen, anchor=anchor)
    starts = [d.start for d in dates]
    out = []
    for view in views(seen, units, doc.sections, doc.entities, dues):
        span = view.start, view.end
        maybe = find_maybe(doc.text, view.low, dates, starts, span, view.dues, anchor=anchor)
        out.append((view, tuple(maybe)))
    return out


def corpus_examples(docs: Iterable[CorpusDocument], nlp: Pipeline) -> Iterator[Example]:
    """Yields the units of documents of the corpus that have labels.

    Args:
        docs: The documents.
        nlp: Reads them, as it would read them for a user; without labels.
    """
    for source in docs:
        doc = nlp.read_text(source.text)
        target = doc.offset_map.target
        known = {u.start: u for u in doc.units}
        units = []
        for piece in source.units:
            start, end = target(piece.start), target(piece.end)
            bare = Unit(
                f"gold-{piece.id}", piece.kind, piece.marker, None, start, end, doc.text[start:end]
            )
            # A unit that the pipeline cut otherwise is judged on its right borders.
            found = known.get(start, bare)
            units.append(dataclasses.replace(found, end=end, text=doc.text[start:end]))
        orders = {o.unit: o for o in source.directives}
        for piece, gold, (view, maybe) in zip(
            source.units, source.labels, seen_units(doc, units), strict=True
        ):
            order = orders.get(piece.id)
            dues = tuple((target(d.start), target(d.end)) for d in order.due) if order else ()
            yield Example(
                source.id,
                piece.id,
                doc.text,
                view,
                maybe,
                gold.labels,
                gold.unsure,
                order is not None,
                dues,
            )


# A notice of nowhere and no day: a pair is read without a context that could give it away.
_FRAME = "UBND TỈNH\nSố:     /TB-UBND\n\nTHÔNG BÁO\nKết luận cuộc họp\n\n"


def sentence_example(
    text: str, nlp: Pipeline, *, group: str, id: str = "", labels: Sequence[str] = ()
) -> Example:
    """Returns one sentence as a unit of a notice that says nothing else."""
    doc = nlp.read_text(f"{_FRAME}- {text}\n")
    start = doc.text.rindex("\n- ", 0, len(_FRAME) + 2) + 3
    words = doc.text[start:].rstrip()
    unit = Unit("u1", "bullet", "-", None, start, start + len(words), words)
    ((view, maybe),) = seen_units(doc, [unit])
    return Example(group, id, doc.text, view, maybe, tuple(labels))


def contrast_examples(found: Iterable[Pair], nlp: Pipeline) -> Iterator[Example]:
    """Yields both units of each pair."""
    for pair in found:
        for n, side in enumerate(pair.units, 1):
            yield sentence_example(side.text, nlp, group=pair.id, id=str(n), labels=side.labels)
