"""The comparison that chose the recogniser: every way that was tried, on the same documents.

``congvan train ner --compare`` trains each on the train split and measures it on the dev split;
the table goes into ``models/ner/comparison.json`` and from there into the model card.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from congvan.artefacts import sha256, write_meta
from congvan.corpus import load
from congvan.corpus.files import splits
from congvan.document import Document
from congvan.spacy_trials import blank, teach

from .candidates import Boundaries
from .cases import Case, corpus_case
from .examples import Example, Reading, examples, readings
from .measure import figures, measure
from .model import FILE, FORMAT, open_tagger
from .score import Found
from .spans import to_spans
from .systems import System, has_underthesea, rules, spacy_system, underthesea
from .train import TYPES, fit

LineSystem = Callable[[Example], Iterable[tuple[int, int, str]]]


def compare(
    data: Path, config: dict[str, Any], *, epochs: int = 12, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Returns one row for each system: its name, what it is, seconds, and its figures on dev.

    Args:
        data: The corpus.
        config: The CRF's settings.
        epochs: Of spaCy's ``ner``.
        say: Told what is being tried.

    Raises:
        ValueError: One of the two splits is empty.
    """
    require(data)
    train = list(readings(load(data, "train")))
    cases = [corpus_case(r) for r in readings(load(data, "dev"))]
    lines = [e for r in train for e in r.examples()]
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for name, about, make in _trials(train, lines, config, Path(folder), epochs):
            say(name)
            began = time.perf_counter()
            system = make()
            trained = time.perf_counter() - began
            began = time.perf_counter()
            report, _ = measure(cases, system)
            out.append(
                {
                    "system": name,
                    "about": about,
                    "train_seconds": round(trained),
                    "seconds": round(time.perf_counter() - began, 1),
                    "figures": figures(report),
                }
            )
    return out


def require(data: Path) -> None:
    """Raises ValueError if the corpus has nothing in one of the splits that are compared on."""
    named = splits(data)
    for name in ("train", "dev"):
        if not named[name]:
            raise ValueError(
                f"{data / 'splits.json'}: the split {name} is empty, so nothing can be compared: "
                "put documents there, or leave out --compare"
            )


def _trials(
    train: Sequence[Reading],
    lines: Sequence[Example],
    config: dict[str, Any],
    folder: Path,
    epochs: int,
) -> Iterator[tuple[str, str, Callable[[], System]]]:
    def crf(name: str, *, use_rules: bool) -> Callable[[], LineSystem]:
        def make() -> LineSystem:
            path = folder / f"{name}.crfsuite"
            fit(lines, path, config, rules=use_rules)
            tagger = open_tagger(path)
            return lambda e: to_spans(e.line, tagger.tag(e.features(rules=use_rules)))

        return make

    def learned() -> LineSystem:
        return Boundaries().fit(lines, TYPES).spans

    def of_lines(make: Callable[[], LineSystem]) -> Callable[[], System]:
        return lambda: _with_rules(make())

    yield "rules", "grammar and gazetteer alone", lambda: rules
    if has_underthesea():
        yield "underthesea ner", "as shipped, called per unit", lambda: underthesea
    yield "CRF, no rules", "words and shapes only", of_lines(crf("plain", use_rules=False))
    yield (
        "spaCy ner",
        f"our words, {epochs} epochs",
        lambda: spacy_system(train_spacy(train, epochs)),
    )
    yield "candidates", "heads + learned boundaries", of_lines(learned)
    yield "CRF on rules", "the rules' tags are features", of_lines(crf("hints", use_rules=True))

    def combined() -> System:
        place = folder / "windows"
        fit(lines, place / FILE, config)
        write_meta(place, {"format": FORMAT, "files": {FILE: sha256(place / FILE)}})
        return windowed(place)

    yield "CRF on rules, combined", "in windows; firm rules stand: what congvan does", combined


def windowed(path: Path) -> System:
    """Returns the system of the pipeline with the model in ``path``."""
    from congvan.pipeline import Pipeline

    nlp = Pipeline(model=path)

    def run(doc: Document) -> list[Found]:
        return [Found(e.type, e.start, e.end, e.value) for e in nlp.read_text(doc.text).entities]

    return run


def _with_rules(system: LineSystem) -> System:
    """Returns a system over documents: dates and instruments by rule, the rest line by line."""

    def run(doc: Document) -> list[Found]:
        known = [e for e in doc.entities if e.type in ("AGENCY", "DATE", "INSTRUMENT")]
        out = [Found(e.type, e.start, e.end, e.value) for e in known if e.type != "AGENCY"]
        taken = [(f.start, f.end) for f in out]
        for line in examples(doc.text, known):
            for start, end, kind in system(line):
                if all(end <= a or b <= start for a, b in taken):
                    out.append(Found(kind, start, end))
        return sorted(out, key=lambda f: f.start)

    return run


def train_spacy(train: Sequence[Reading], epochs: int) -> Any:
    """Returns a spaCy pipeline with ``ner`` trained on the lines of the corpus."""
    from spacy.training import Example as Pair
    from spacy.util import filter_spans

    nlp = blank()
    ner: Any = nlp.add_pipe("ner")
    pairs = []
    for reading in train:
        for line in reading.examples():
            start, end = line.line[0].start, line.line[-1].end
            text = reading.doc.text[start:end]
            spans = [(a - start, b - start, k) for a, b, k in to_spans(line.line, line.gold)]
            doc = nlp.make_doc(text)
            ents = [doc.char_span(a, b, label=k, alignment_mode="expand") for a, b, k in spans]
            kept = filter_spans([e for e in ents if e is not None])
            pairs.append(
                Pair.from_dict(
                    doc, {"entities": [(e.start_char, e.end_char, e.label_) for e in kept]}
                )
            )
            for _, _, kind in spans:
                ner.add_label(kind)
    teach(nlp, pairs, epochs)
    return nlp


__all__ = ["Case", "compare", "train_spacy", "windowed"]
