"""The comparison that chose the classifier: every way that was tried, on the same units.

``congvan train units --compare`` trains each on the train split and the teaching pairs and
measures it on the dev split and the testing pairs; the table goes into
``models/units/comparison.json`` and from there into the model card.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from congvan.spacy_trials import blank, teach

from . import contrast
from .examples import Example, contrast_examples
from .fit import best_threshold, fit_weights, folds, learn_model
from .measure import System, keywords, measure, measure_pairs, rules, trained
from .model import LABELS
from .train import gather, reader

Predict = Callable[[Sequence[Example]], "np.ndarray[Any, Any]"]
#: Ships frozen word vectors in its wheel; no other package on PyPI does for Vietnamese text.
EMBEDDINGS = "wordllama"


def compare(
    data: Path, pairs: Path, config: dict[str, Any], *, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Returns one row for each system: what it is, seconds, size, figures on dev and on pairs.

    Raises:
        FileNotFoundError: Data are missing.
        ValueError: A file has another form.
    """
    train, taught = gather(data, ["train"], pairs)
    dev, _ = gather(data, ["dev"], None)
    found = list(contrast.pairs(pairs, "test"))
    categories = {p.id: p.category for p in found}
    tests = list(contrast_examples(found, reader()))
    out = []
    for name, about, make in _trials(train, taught, config):
        say(name)
        began = time.perf_counter()
        try:
            system, size = make()
        except PackageNotFoundError:
            say(f"  {name}: {EMBEDDINGS} is not installed, left out")
            continue
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        figures = measure(dev, system)
        out.append(
            {
                "system": name,
                "about": about,
                "train_seconds": round(seconds),
                "units_per_second": round(len(dev) / (time.perf_counter() - began)),
                "features": size,
                "figures": figures,
                "pairs": measure_pairs(tests, categories, system),
            }
        )
    return out


def _trials(
    train: Sequence[Example], taught: Sequence[Example], config: dict[str, Any]
) -> Iterator[tuple[str, str, Callable[[], tuple[System, int]]]]:
    yield "keywords", "cue words anywhere; a date and a word such as “trước”", lambda: (keywords, 0)
    yield "rules", "governing verbs and due rules, no training", lambda: (rules, 0)
    both = [*train, *taught]
    for name, analyzer, ngrams in (
        ("TF-IDF words", "word", (1, 2)),
        ("TF-IDF characters", "char_wb", (2, 5)),
    ):
        about = f"{ngrams[0]}–{ngrams[1]}-grams, logistic regression"
        yield name, about, lambda a=analyzer, n=ngrams: _tfidf(both, train, a, n)  # type: ignore[misc]
    yield "spaCy textcat", "bag of words + CNN, 12 epochs", lambda: _spacy(both, train)
    yield (
        "frozen embeddings",
        f"{EMBEDDINGS}, 256 dimensions, logistic regression",
        lambda: _embedded(both, train),
    )

    def ours() -> tuple[System, int]:
        model = learn_model(train, taught, config)
        return trained(model), len(model.units) + len(model.due)

    yield "words + governing verbs + dues", "what congvan does", ours

    def without_pairs() -> tuple[System, int]:
        model = learn_model(train, [], config)
        return trained(model), len(model.units) + len(model.due)

    yield "the same without contrast pairs", "trained on documents alone", without_pairs


def _many(examples: Sequence[Example], label: str) -> np.ndarray[Any, Any]:
    return np.array([label in e.labels for e in examples])


def _with_thresholds(
    train: Sequence[Example],
    fit: Callable[[Sequence[Example], str], Predict],
    both: Sequence[Example],
) -> System:
    """Returns a system of one classifier a label, its threshold from parts it had not seen."""
    predict: dict[str, Predict] = {}
    threshold: dict[str, float] = {}
    part = folds([e.group for e in train], 3)
    extra = both[len(train) :]
    for label in LABELS:
        p = np.zeros(len(train))
        for k in range(3):
            inside = [e for e, q in zip(train, part, strict=True) if q != k]
            outside = [i for i, q in enumerate(part) if q == k]
            p[outside] = fit([*inside, *extra], label)([train[i] for i in outside])
        threshold[label] = best_threshold(p, _many(train, label))
        predict[label] = fit(both, label)

    def run(example: Example) -> tuple[tuple[str, ...], dict[str, float]]:
        scores = {label: float(predict[label]([example])[0]) for label in LABELS}
        return tuple(x for x in LABELS if scores[x] >= threshold[x]), scores

    return run


def _tfidf(
    both: Sequence[Example], train: Sequence[Example], analyzer: str, ngrams: tuple[int, int]
) -> tuple[System, int]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=analyzer, ngram_range=ngrams, min_df=2, sublinear_tf=True)
    vectorizer.fit([e.words.lower() for e in both])

    def fit(examples: Sequence[Example], label: str) -> Predict:
        x = _narrow(vectorizer.transform([e.words.lower() for e in examples]))
        w, b = fit_weights(x, _many(examples, label), np.ones(len(examples)), 10.0)

        def predict(found: Sequence[Example]) -> np.ndarray[Any, Any]:
            z = _narrow(vectorizer.transform([e.words.lower() for e in found]))
            return np.asarray(1 / (1 + np.exp(-(z @ w + b))))

        return predict

    return _with_thresholds(train, fit, both), len(vectorizer.vocabulary_)


def _narrow(x: Any) -> Any:
    x.indices = x.indices.astype(np.int32)
    x.indptr = x.indptr.astype(np.int32)
    return x


def _embedded(both: Sequence[Example], train: Sequence[Example]) -> tuple[System, int]:
    version(EMBEDDINGS)
    # Only ever needed here, so it is no dependency of congvan.
    package = import_module(EMBEDDINGS)
    # Its wheel has the tokenizer in another folder than it looks in: named as the cache, it is
    # found.
    place = Path(str(package.__file__)).parent
    llama = package.WordLlama.load(cache_dir=place, disable_download=True)
    known: dict[str, np.ndarray[Any, Any]] = {}

    def vectors(examples: Sequence[Example]) -> np.ndarray[Any, Any]:
        new = [e.words for e in examples if e.words not in known]
        if new:
            known.update(zip(new, llama.embed(new), strict=True))
        return np.array([known[e.words] for e in examples])

    def fit(examples: Sequence[Example], label: str) -> Predict:
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=10.0, max_iter=2000).fit(
            vectors(examples), _many(examples, label)
        )
        return lambda found: np.asarray(model.predict_proba(vectors(found))[:, 1])

    return _with_thresholds(train, fit, both), 256


def _spacy(
    both: Sequence[Example], train: Sequence[Example], epochs: int = 12
) -> tuple[System, int]:
    """Trains spaCy's multi-label text categoriser on syllables; thresholds at one half."""
    from spacy.training import Example as Teaching

    nlp = blank()
    categoriser: Any = nlp.add_pipe("textcat_multilabel")
    for label in LABELS:
        categoriser.add_label(label)
    rows = []
    for e in both:
        cats = {label: float(label in e.labels) for label in LABELS}
        rows.append(Teaching.from_dict(nlp.make_doc(e.words.lower()), {"cats": cats}))
    teach(nlp, rows, epochs)

    def run(example: Example) -> tuple[tuple[str, ...], dict[str, float]]:
        scores = nlp(example.words.lower()).cats
        return tuple(x for x in LABELS if scores[x] >= 0.5), dict(scores)

    return run, 0
