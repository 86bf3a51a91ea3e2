"""The component ``congvan`` as spaCy finds it: importing this module registers it.

Named by an entry point in pyproject.toml, so a saved pipeline loads wherever congvan is installed.
"""

from __future__ import annotations

from spacy.language import Language

from .spacy_pipe import Component


@Language.factory(
    "congvan",
    assigns=["doc.ents", "doc.spans"],
    retokenizes=True,
    default_config={"recogniser": True, "model": None},
)
def create_component(nlp: Language, name: str, recogniser: bool, model: str | None) -> Component:
    """Returns the component for a pipeline under construction; options as in ``congvan.load``."""
    return Component(nlp, recogniser=recogniser, model=model)
