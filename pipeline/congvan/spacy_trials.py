"""spaCy components trained for comparison: on syllables, deterministic, from scratch."""

from __future__ import annotations

import random
from typing import Any


def blank() -> Any:
    """Returns a spaCy pipeline that cuts syllables and numbers; spaCy's chance is fixed."""
    import spacy
    from spacy import util

    from .spacy_pipe import register

    tools: Any = util
    tools.fix_random_seed(0)
    register()
    tokenizer = {
        "@tokenizers": "congvan.Tokenizer.v1",
        "segmenter": "syllable",
        "keep": ["numbers"],
    }
    return spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})


def teach(nlp: Any, rows: list[Any], epochs: int) -> None:
    """Trains the components of a pipeline.

    Args:
        nlp: The pipeline, with its labels added.
        rows: spaCy's training examples; they are shuffled.
        epochs: How many times each is seen.
    """
    from spacy import util

    tools: Any = util
    rng = random.Random(0)
    optimizer = nlp.initialize(lambda: rows[:200])
    for _ in range(epochs):
        rng.shuffle(rows)
        for batch in tools.minibatch(rows, size=32):
            nlp.update(batch, sgd=optimizer, drop=0.2)
