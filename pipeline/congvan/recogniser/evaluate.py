"""``congvan evaluate ner``: how well agencies, instruments, dates, persons and places are found.

On the test split of the corpus, which no model and no rule was made on, and on hand-made gold of
real documents; beside the rules alone and underthesea's ``ner``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from congvan.corpus import load
from congvan.errors import ModelError

from .cases import Case, corpus_case, gold_cases
from .examples import readings
from .measure import confusions, figures, measure, table
from .score import Report
from .systems import System, rules, underthesea
from .trials import windowed


def parser() -> argparse.ArgumentParser:
    """Returns the parser of the options."""
    p = argparse.ArgumentParser(
        prog="congvan evaluate ner",
        description="Measure the recogniser on documents that it was not made on.",
    )
    p.add_argument("--data", type=Path, default=Path("data/corpus"), help="the congvan corpus")
    p.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="has gold/ and corpora/, if there"
    )
    p.add_argument("--model", type=Path, help="another trained recogniser")
    p.add_argument("--quick", action="store_true", help="leave out underthesea, which is slow")
    p.add_argument("--errors", action="store_true", help="list the confusions that remain")
    p.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    return p


def sources(data: Path, shared: Path | None) -> list[tuple[str, list[Case]]]:
    """Returns title and cases of each source that is there."""
    found: list[tuple[str, list[Case]]] = []
    if (data / "splits.json").is_file():
        found.append(
            ("Our corpus, test split", [corpus_case(r) for r in readings(load(data, "test"))])
        )
    if shared is not None and (shared / "gold").is_dir():
        found.append(("Real documents, gold by hand", list(gold_cases(shared))))
    return found


def systems(model: Path | None, *, quick: bool) -> list[tuple[str, System]]:
    """Returns the systems that are measured, ours first."""
    from .model import folder_or_default

    found: list[tuple[str, System]] = [
        ("congvan", windowed(folder_or_default(model))),
        ("rules only", rules),
    ]
    if not quick:
        found.append(("underthesea", underthesea))
    return found


def results(
    cases: Sequence[Case], tried: Sequence[tuple[str, System]]
) -> tuple[list[tuple[str, Report]], list[tuple[Case, Report]]]:
    """Returns the figures of every system on the cases, and ours document by document."""
    reports = []
    ours: list[tuple[Case, Report]] = []
    for name, system in tried:
        whole, single = measure(cases, system)
        reports.append((name, whole))
        ours = ours or single
    return reports, ours


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures and returns the exit status: 2 if there is nothing to measure on."""
    from congvan.evaluate import aligned

    options = parser().parse_args(argv)
    try:
        return _run(options, aligned)
    except (ModelError, FileNotFoundError, ValueError) as error:
        print(f"congvan evaluate ner: {error}", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace, aligned: Callable[[list[list[str]]], str]) -> int:
    found = sources(options.data, options.shared if options.shared.is_dir() else None)
    if not found:
        print(
            "congvan evaluate ner: nothing to measure on; name the corpus with --data, or start "
            "this in the repository",
            file=sys.stderr,
        )
        return 2
    tried = systems(options.model, quick=options.quick)
    data: dict[str, Any] = {}
    for title, cases in found:
        reports, single = results(cases, tried)
        print(f"\n{title} ({len(cases)} documents)\n")
        print(aligned(table(reports)))
        data[title] = {name: figures(report) for name, report in reports}
        if options.errors and cases:
            for kind in cases[0].types:
                lines = confusions(single, kind, 40)
                if lines:
                    print(f"\n{kind}\n" + "\n".join(lines))
    if options.json:
        options.json.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0
