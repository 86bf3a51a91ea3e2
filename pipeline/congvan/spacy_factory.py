"""The component ``congvan`` as spaCy finds it: importing this module registers it.

Named by an entry point in pyproject.toml, so a saved pipeline loads wherever congvan is installed.
"""

from __future__ import annotations

from spacy.language import Language

from .spacy_pipe import Component


@Language.factory("congvan", assigns=["doc.ents", "doc.spans"], retokenizes=True)
def create_component(nlp: Language, name: str) -> Component:
    """Returns the component for a pipeline under construction."""
    return Component(nlp)
