"""``congvan evaluate ner``: how well agencies, instruments, dates, persons and places are found.

On the test split of the corpus, which no model and no rule was made on, and on hand-made gold of
real documents; beside the rules alone and underthesea's ``ner``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from congvan.corpus import load
from congvan.errors import ModelError

from .cases import Case, corpus_case, gold_cases
from .examples import readings
from .measure import confusions, figures, measure, table
from .score import Report
from .systems import NO_UNDERTHESEA, System, has_underthesea, rules, underthesea
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
    p.add_argument("--model", type=Path, help="the folder of another trained recogniser")
    p.add_argument("--quick", action="store_true", help="leave out underthesea, which is slow")
    p.add_argument("--errors", action="store_true", help="list the confusions that remain")
    p.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    return p


def sources(data: Path, shared: Path | None) -> list[tuple[str, list[Case]]]:
    """Returns title and cases of each source that is there.

    Raises:
        FileNotFoundError: A document of the test split is missing.
        ValueError: The test split is empty, or a document or a file of gold cannot be read.
    """
    found: list[tuple[str, list[Case]]] = []
    if (data / "splits.json").is_file():
        ours = [corpus_case(r) for r in readings(load(data, "test"))]
        if not ours:
            raise ValueError(
                f"{data / 'splits.json'}: the split test is empty, so nothing can be measured: put "
                "documents into it that no model is trained on"
            )
        found.append(("Our corpus, test split", ours))
    if shared is not None and (shared / "gold").is_dir():
        real = list(gold_cases(shared))
        if real:
            found.append(("Real documents, gold by hand", real))
    return found


def systems(model: Path | None, *, quick: bool) -> list[tuple[str, System]]:
    """Returns the systems that are measured, ours first; underthesea where it is installed.

    Raises:
        ModelError: ``model`` is no folder of a model, or the model is damaged.
    """
    from .model import folder_or_default, tagger

    place = folder_or_default(model)
    if place.exists() and not place.is_dir():
        raise ModelError(
            f"{place} is a bare file, which nothing vouches for: name the folder of a model, whose "
            "meta.json has its checksum"
        )
    tagger(place)
    found: list[tuple[str, System]] = [("congvan", windowed(place)), ("rules only", rules)]
    if not quick and has_underthesea():
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
    """Prints the figures and returns the exit status.

    That is 1 if something cannot be read or written, 2 if there is nothing to measure on.
    """
    from congvan.figures import aligned

    options = parser().parse_args(argv)
    try:
        return _run(options, aligned)
    except (ModelError, OSError, ValueError) as error:
        print(f"congvan evaluate ner: {error}", file=sys.stderr)
        return 1


def _check_writable(path: Path) -> None:
    """Raises ValueError if a file cannot be written, before minutes are spent on its content."""
    try:
        if not path.exists():
            tempfile.TemporaryFile(dir=path.parent).close()
        elif path.is_dir() or not os.access(path, os.W_OK):
            raise PermissionError("a folder, or not yours to write")
    except OSError as error:
        raise ValueError(
            f"{path} cannot be written ({error.strerror or error}): name a file in a folder where "
            "you may write"
        ) from error


def _run(options: argparse.Namespace, aligned: Callable[[list[list[str]]], str]) -> int:
    if options.json:
        _check_writable(options.json)
    found = sources(options.data, options.shared if options.shared.is_dir() else None)
    if not found:
        print(
            "congvan evaluate ner: nothing to measure on; name the corpus with --data, or start "
            "this in the repository",
            file=sys.stderr,
        )
        return 2
    tried = systems(options.model, quick=options.quick)
    if not options.quick and not has_underthesea():
        print(f"congvan evaluate ner: {NO_UNDERTHESEA}", file=sys.stderr)
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
