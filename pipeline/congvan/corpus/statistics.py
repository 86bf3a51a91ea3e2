"""What the corpus holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .files import load
from .model import LABELS, SPLITS, CorpusDocument


def counts(docs: Sequence[CorpusDocument]) -> dict[str, int]:
    """Returns how much of everything is in some documents."""
    kinds = Counter(m.type for d in docs for m in d.entities)
    labels = Counter(name for d in docs for x in d.labels for name in x.labels)
    orders = [o for d in docs for o in d.directives]
    return {
        "documents": len(docs),
        "notices of conclusions": sum(bool(d.meta.get("conclusions")) for d in docs),
        "words": sum(len(d.text.split()) for d in docs),
        "sections": sum(len(d.sections) for d in docs),
        "units": sum(len(d.units) for d in docs),
        "citations": sum(len(d.citations) for d in docs),
        **{kind: kinds[kind] for kind in sorted(kinds)},
        "unsure": sum(m.unsure for d in docs for m in d.entities),
        **{label: labels[label] for label in LABELS},
        "no label": sum(not x.labels for d in docs for x in d.labels),
        "directives": len(orders),
        "assignees": sum(len(o.assignees) for o in orders),
        "due expressions": sum(len(o.due) for o in orders),
    }


def spread(docs: Sequence[CorpusDocument], key: str) -> Counter[str]:
    """Returns how many documents there are of each value of a field of ``meta``."""
    return Counter(str(d.meta.get(key) or "–") for d in docs)


def tables(folder: str | Path) -> str:
    """Returns the tables of ``congvan corpus stats``.

    Raises:
        FileNotFoundError: There is no corpus in that folder, or a document is missing.
        ValueError: A file cannot be read or is no document of the corpus.
    """
    parts = {name: list(load(folder, name)) for name in SPLITS}
    whole = [d for group in parts.values() for d in group]
    columns = {name: counts(docs) for name, docs in {**parts, "all": whole}.items()}
    rows = [["", *columns]]
    rows += [[key, *(f"{c.get(key, 0):,}" for c in columns.values())] for key in columns["all"]]
    lines = [
        "  ".join(c.ljust(24) if i == 0 else c.rjust(9) for i, c in enumerate(row)).rstrip()
        for row in rows
    ]
    for key, title in (("kind", "Types"), ("level", "Levels"), ("area", "Subject areas")):
        found = spread(whole, key)
        lines += [
            "",
            f"{title} ({len(found)})",
            ", ".join(f"{k} {n}" for k, n in found.most_common()),
        ]
    years = Counter(str(d.meta.get("date") or "")[:4] or "–" for d in whole)
    lines += ["", f"Years ({len(years)})", ", ".join(f"{k} {n}" for k, n in sorted(years.items()))]
    return "\n".join(lines)
