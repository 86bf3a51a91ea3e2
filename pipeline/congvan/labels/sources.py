"""What the classifier is measured on: our test split, our contrast pairs, real gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from congvan.corpus import load
from congvan.errors import ReadError
from congvan.scoring import norm

from . import contrast
from .examples import Example, contrast_examples, corpus_examples, seen_units
from .train import reader

_KEY = 24  # letters of a unit that find it in the document


@dataclass(frozen=True, slots=True)
class Source:
    """Units with their right labels; ``categories`` by pair where they are contrast pairs."""

    title: str
    examples: list[Example]
    categories: dict[str, str] | None = None


def sources(data: Path, pairs: Path | None, shared: Path | None) -> Iterator[Source]:
    """Yields the sources that are there; real documents are named without their text.

    Raises:
        FileNotFoundError: The corpus or the pairs are missing.
        ValueError: A file has another form.
    """
    nlp = reader()
    test = list(corpus_examples(load(data, "test"), nlp))
    yield Source("Our test split", test)
    if pairs is not None:
        found = list(contrast.pairs(pairs, "test"))
        categories = {p.id: p.category for p in found}
        yield Source("Our contrast pairs", list(contrast_examples(found, nlp)), categories)
    if shared is not None and (shared / "gold").is_dir():
        yield Source("Real documents, gold by hand", list(_gold(shared)))


def _gold(shared: Path) -> Iterator[Example]:
    nlp = reader()
    for path in sorted((shared / "gold").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        try:
            doc = nlp.read_file(shared / "corpora" / "instruct" / expected["doc"])
        except (ReadError, OSError):
            continue
        left = list(doc.units)
        chosen = []
        for row in expected["units"]:
            starts = norm(row["starts"])[:_KEY]
            unit = next((u for u in left if norm(u.text[:80]).startswith(starts)), None)
            if unit is not None:
                left.remove(unit)
                chosen.append((row, unit))
        seen = seen_units(doc, [u for _, u in chosen])
        for (row, unit), (view, maybe) in zip(chosen, seen, strict=True):
            yield Example(
                path.stem,
                unit.id,
                doc.text,
                view,
                maybe,
                tuple(row["labels"]),
                tuple(row.get("unsure", ())),
            )
