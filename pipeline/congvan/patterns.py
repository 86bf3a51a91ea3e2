"""Building regular expressions from word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def phrase_pattern(phrases: Iterable[str]) -> str:
    """Returns a pattern that matches the longest of the phrases, as a tree over their words.

    An alternation of hundreds of phrases is tried one by one at every position; the tree
    branches once per word ("nghị" -> "quyết" | "định").

    >>> phrase_pattern(["nghị định", "nghị quyết", "luật"])
    '(?:luật|nghị (?:quyết|định))'
    """
    tree: dict[str, dict[str, object]] = {}
    for phrase in phrases:
        node = tree
        for word in phrase.split():
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node[""] = {}
    return _render(tree)


def _render(node: dict[str, dict[str, object]]) -> str:
    parts = []
    for word in sorted((w for w in node if w), key=lambda w: (-len(w), w)):
        below = node[word]
        if set(below) == {""}:
            parts.append(re.escape(word))
        elif "" in below:
            deeper = {k: v for k, v in below.items() if k}
            parts.append(f"{re.escape(word)}(?: {_render(deeper)})?")  # type: ignore[arg-type]
        else:
            parts.append(f"{re.escape(word)} {_render(below)}")  # type: ignore[arg-type]
    return "(?:" + "|".join(parts) + ")" if len(parts) > 1 else parts[0]
