"""``congvan evaluate``: the scores of this installation, beside a plain-regex baseline.

Three sources, each optional: gold of real documents (``--shared``), the expected trees of the
sample notices (``--golden``), and facts of a real notice (``--facts``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import __version__, baseline
from .compare import compare
from .document import Document
from .errors import ReadError
from .figures import aligned, figure
from .scoring import Score, Slip, Tally, total

# What the project set itself to reach on documents that are not its own.
TARGETS = {
    "citations": 0.98,
    "identity": 0.98,
    "year, date": 0.97,
    "relation": 0.85,
    "units": 0.97,
    "dates": 0.97,
    "header": 0.95,
}
# What plain patterns can answer at all; other rows have no baseline.
BASELINE = ("citations", "identity", "number, symbol", "type", "year, date", "relation", "dates")
COLUMNS = ("citations", "identity", "year, date", "relation", "units", "dates", "header")

Read = Callable[[Path], Document]


@dataclass(frozen=True, slots=True)
class Task:
    """One document and what is expected of it."""

    path: Path
    expected: Mapping[str, Any]
    strict: bool


@dataclass(slots=True)
class Result:
    """What one source gave: scores of each document, ours and the baseline's."""

    title: str
    ours: list[Tally] = field(default_factory=list)
    plain: list[Tally] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Returns the scores as JSON types."""
        scores = {name: score.to_dict() for name, score in total(self.ours).items()}
        plain = {n: s.to_dict() for n, s in total(self.plain).items() if n in BASELINE}
        documents = {
            t.doc: {name: score.to_dict() for name, score in t.scores.items()} for t in self.ours
        }
        return {"scores": scores, "baseline": plain, "documents": documents, "unread": self.unread}


# ---------------------------------------------------------------- sources


def gold_tasks(shared: Path) -> Iterator[Task]:
    """Yields the hand-made gold of real documents."""
    for path in sorted((shared / "gold").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        yield Task(shared / "corpora" / "instruct" / expected["doc"], expected, strict=False)


def golden_tasks(golden: Path, notices: Path) -> Iterator[Task]:
    """Yields the expected trees of the sample notices."""
    for path in sorted(golden.glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        yield Task(notices / expected["doc"], expected, strict=True)


def fact_tasks(facts: Path, shared: Path) -> Iterator[Task]:
    """Yields facts of real documents; their ``doc`` is a path inside ``shared``."""
    for path in sorted(facts.glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        yield Task(shared / expected["doc"], expected, strict=True)


def score(title: str, tasks: Sequence[Task], read: Read) -> Result:
    """Returns the scores of all tasks; a document that cannot be read is named and left out."""
    result = Result(title)
    for task in tasks:
        try:
            doc = read(task.path)
            source = source_text(task.path, doc)
        except (ReadError, OSError) as error:
            result.unread.append(f"{task.path}: {error}")
            continue
        result.ours.append(compare(doc, task.expected, source=source, strict=task.strict))
        plain = baseline.read(doc)
        result.plain.append(compare(plain, task.expected, source=source, strict=task.strict))
    return result


def source_text(path: Path, doc: Document) -> str | None:
    """Returns the decoded file that the offsets lead back to; None where it is no text file."""
    if not doc.source.media_type.startswith("text/") or doc.source.encoding is None:
        return None
    try:
        text = path.read_bytes().decode(doc.source.encoding)
    except (LookupError, UnicodeDecodeError):  # a legacy encoding without a codec
        return None
    texts = (text, text.removeprefix("\ufeff"))
    return next((t for t in texts if len(t) == doc.offset_map.source_length), None)


# ---------------------------------------------------------------- tables


def score_table(result: Result) -> list[list[str]]:
    """Returns the rows of one source: score, support, P, R, F1, target, baseline."""
    ours, plain = total(result.ours), total(result.plain)
    rows = [["", "support", "found", "P", "R", "F1", "target", "baseline F1"]]
    for name, s in ours.items():
        target = TARGETS.get(name)
        reached = target is None or (s.f1 or 0.0) >= target
        rows.append(
            [
                name,
                str(s.gold),
                str(s.found),
                figure(s.precision),
                figure(s.recall),
                figure(s.f1),
                "" if target is None else f"{target}" if reached else f"{target} missed",
                figure(plain[name].f1) if name in BASELINE and name in plain else "",
            ]
        )
    return rows


def document_table(result: Result) -> list[list[str]]:
    """Returns the F1 of the main scores, a row a document."""
    rows = [["", *COLUMNS]]
    for tally in result.ours:
        cells = [tally.scores.get(name, Score()) for name in COLUMNS]
        rows.append([tally.doc, *(f"{figure(s.f1)} ({s.gold})" if s.gold else "–" for s in cells)])
    return rows


def slips(result: Result) -> list[Slip]:
    """Returns every error of ours, document by document, in the order of the text."""
    found = [s for tally in result.ours for score in tally.scores.values() for s in score.slips]
    order = {tally.doc: i for i, tally in enumerate(result.ours)}
    return sorted(found, key=lambda s: (order[s.doc], s.score, s.line or 0))


# ---------------------------------------------------------------- entry


def parser() -> argparse.ArgumentParser:
    """Returns the parser of the options."""
    p = argparse.ArgumentParser(
        prog="congvan evaluate",
        description="Measure this installation against documents whose content is known. Sources "
        "that are not there are left out.",
        epilog="Example: congvan evaluate --errors --only relation",
    )
    p.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="has gold/, corpora/ and samples/"
    )
    p.add_argument(
        "--golden", type=Path, default=Path("tests/golden"), help="trees of the sample notices"
    )
    p.add_argument("--notices", type=Path, default=Path("data/notices"), help="the sample notices")
    p.add_argument("--facts", type=Path, default=Path("tests/facts"), help="facts of real notices")
    p.add_argument("--verbose", action="store_true", help="show each document as well")
    p.add_argument("--errors", action="store_true", help="list what was missed, extra or wrong")
    p.add_argument("--only", metavar="SCORE", help="list only the errors of this score")
    p.add_argument("--json", type=Path, metavar="FILE", help="write all scores to FILE")
    return p


def sources(options: argparse.Namespace) -> list[tuple[str, list[Task]]]:
    """Returns title and tasks of each source that is there."""
    found: list[tuple[str, list[Task]]] = []
    if options.shared.is_dir():
        found.append(("Real documents, gold by hand", list(gold_tasks(options.shared))))
    if options.golden.is_dir():
        tasks = list(golden_tasks(options.golden, options.notices))
        found.append(("Our sample notices, not independent of the rules", tasks))
    if options.shared.is_dir() and options.facts.is_dir():
        found.append(
            ("One real notice, facts by hand", list(fact_tasks(options.facts, options.shared)))
        )
    return [(title, tasks) for title, tasks in found if tasks]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the scores and returns the exit status: 1 if a document could not be read."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["ner"]:
        from .recogniser.evaluate import main as ner

        return ner(words[1:])
    if words[:1] == ["words"]:
        from .words.evaluate import main as segmentation

        return segmentation(words[1:])
    options = parser().parse_args(words)
    found = sources(options)
    if not found:
        print(
            "congvan evaluate: nothing to measure against; name a folder with --shared or "
            "--golden, or start this in the repository",
            file=sys.stderr,
        )
        return 2
    import congvan

    nlp = congvan.load()
    results = [score(title, tasks, nlp) for title, tasks in found]
    for result in results:
        print(f"\n{result.title} ({len(result.ours)} documents)\n")
        print(aligned(score_table(result)))
        if options.verbose:
            print(f"\n{aligned(document_table(result))}")
        if options.errors or options.only:
            print()
            for slip in slips(result):
                if options.only in (None, slip.score):
                    print(slip)
        for message in result.unread:
            print(f"congvan evaluate: {message}", file=sys.stderr)
    if options.json:
        data = {"congvan": __version__, "sources": {r.title: r.to_dict() for r in results}}
        options.json.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if any(r.unread for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())
