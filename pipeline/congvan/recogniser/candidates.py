"""Candidate heads and learned boundaries: the way that was tried beside the CRF.

Every token that can begin a name (a capital, or a class word such as "xã" before one) is paired
with every end up to fifteen tokens on; a linear classifier gives each pair a type or none, and
the most probable ones that do not overlap are kept. Kept for the comparison in the model card; the
pipeline does not use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .examples import Example
from .features import own
from .spans import Span, to_spans

_LONGEST = 15
_CLASS_LISTS = ("unit", "nature", "road", "site")


def pairs(line: Example) -> Iterator[tuple[int, int]]:
    """Yields the candidates of a line as token ranges."""
    tokens = line.line
    for i, token in enumerate(tokens):
        capital = token.text[0].isupper()
        if not capital:
            ahead = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
            if not (ahead and any(name in own(token.text)[2] for name in _CLASS_LISTS)):
                continue
        for j in range(i + 1, min(len(tokens), i + _LONGEST) + 1):
            last = tokens[j - 1].text
            if last in ".;:()":
                break
            if last[0].isalnum():
                yield i, j


def describe(line: Example, i: int, j: int) -> dict[str, float]:
    """Returns the features of one candidate."""
    tokens, hints, places = line.line, line.hints, line.places

    def low(k: int) -> str:
        return own(tokens[k].text)[0] if 0 <= k < len(tokens) else "<>"

    def form(k: int) -> str:
        return own(tokens[k].text)[1] if 0 <= k < len(tokens) else "<>"

    whole = hints[i][:1] == "B" and (j >= len(hints) or hints[j][:1] != "I")
    inside = all(h[:1] == "I" for h in hints[i + 1 : j])
    names = [
        f"first={low(i)}",
        f"first2={low(i)} {low(i + 1)}",
        f"last={low(j - 1)}",
        f"last2={low(j - 2)} {low(j - 1)}",
        f"next={low(j)}",
        f"nextform={form(j)}",
        f"lastnext={low(j - 1)} {low(j)}",
        f"before={low(i - 1)}",
        f"before2={low(i - 2)} {low(i - 1)}",
        f"forms={form(i)} {form(i + 1)} {form(j - 1)}",
        f"size={min(j - i, 8)}",
        f"rule={hints[i][2:] if whole and inside else '-'}",
        f"starts={hints[i]}",
        f"ends={hints[j - 1]}|{hints[j] if j < len(hints) else '<>'}",
        f"place={places[i]}|{places[j - 1]}|{places[j] if j < len(places) else '<>'}",
        f"signs={sum(not t.text[0].isalnum() for t in tokens[i:j])}",
        f"capitals={sum(t.text[0].isupper() for t in tokens[i:j])}/{min(j - i, 8)}",
    ]
    names += [f"list={n}" for n in own(tokens[i].text)[2]]
    names += [f"inner={low(k)}" for k in range(i + 1, j - 1)]
    return dict.fromkeys(names, 1.0)


class Boundaries:
    """The classifier over candidates: scikit-learn's logistic regression on hashed features."""

    def __init__(self) -> None:
        self.hasher: Any = None
        self.model: Any = None

    def fit(self, lines: Iterable[Example], types: Sequence[str]) -> Boundaries:
        """Learns from lines with gold tags; returns itself."""
        from sklearn.feature_extraction import FeatureHasher
        from sklearn.linear_model import SGDClassifier

        rows, labels = [], []
        for line in lines:
            gold = {(a, b): k for a, b, k in to_spans(line.line, line.gold) if k in types}
            for i, j in pairs(line):
                span = (line.line[i].start, line.line[j - 1].end)
                rows.append(describe(line, i, j))
                labels.append(gold.get(span, "O"))
        self.hasher = FeatureHasher(n_features=2**20, alternate_sign=False)
        self.model = SGDClassifier(
            loss="log_loss", alpha=1e-6, max_iter=25, random_state=0, tol=None
        )
        self.model.fit(self.hasher.transform(rows), labels)
        return self

    def spans(self, line: Example) -> list[Span]:
        """Returns the chosen spans of a line, in order."""
        found = list(pairs(line))
        if not found:
            return []
        chances = self.model.predict_proba(
            self.hasher.transform(describe(line, i, j) for i, j in found)
        )
        classes = list(self.model.classes_)
        none = classes.index("O")
        ranked = sorted(
            (
                (float(max(p)), classes[int(p.argmax())], i, j)
                for p, (i, j) in zip(chances, found, strict=True)
                if int(p.argmax()) != none
            ),
            reverse=True,
        )
        taken: list[tuple[int, int]] = []
        out = []
        for _, kind, i, j in ranked:
            if all(j <= a or b <= i for a, b in taken):
                taken.append((i, j))
                out.append((line.line[i].start, line.line[j - 1].end, kind))
        return sorted(out)
