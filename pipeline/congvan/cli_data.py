"""Commands over data: ``congvan corpus``, ``congvan train``, ``congvan export``.

Like :mod:`congvan.cli` this imports only Typer at the top; what a command needs comes with it.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from .document import Document

corpus = typer.Typer(help="Look after the congvan corpus.", no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="The folder of the corpus.")]


class ExportFormat(StrEnum):
    """What ``congvan export`` can write."""

    DOCCANO = "doccano"
    CONLL = "conll"
    DOCBIN = "docbin"


class Model(StrEnum):
    """What ``congvan train`` can train."""

    ALL = "all"
    NER = "ner"
    UNITS = "units"


@corpus.command()
def check(data: Data = Path("data/corpus")) -> None:
    """Verify every offset, value and reference of the corpus.

    \b
    Example:
      congvan corpus check
    """
    from .corpus import check as problems
    from .corpus import load

    try:
        wrong = problems(data)
    except (FileNotFoundError, ValueError) as error:
        raise _stop(str(error)) from error
    for line in wrong:
        typer.echo(f"congvan: {line}", err=True)
    if wrong:
        raise typer.Exit(1)
    docs = list(load(data))
    entities = sum(len(d.entities) for d in docs)
    citations = sum(len(d.citations) for d in docs)
    units = sum(len(d.units) for d in docs)
    typer.echo(
        f"{len(docs)} documents, {units:,} units, {entities:,} entities, {citations:,} citations: "
        "every offset holds"
    )


@corpus.command()
def stats(data: Data = Path("data/corpus")) -> None:
    """Print what the corpus holds, split by split.

    \b
    Example:
      congvan corpus stats
    """
    from .corpus.statistics import tables

    try:
        text = tables(data)
    except (FileNotFoundError, ValueError) as error:
        raise _stop(str(error)) from error
    typer.echo(text)


def train(
    model: Annotated[Model, typer.Argument(help="Which model.")] = Model.ALL,
    data: Data = Path("data/corpus"),
    out: Annotated[
        Path | None, typer.Option(help="The folder of the model (of one model only).")
    ] = None,
    shared: Annotated[
        Path, typer.Option(help="Has gold/ and corpora/, for more figures in the card.")
    ] = Path("../shared"),
    pairs: Annotated[Path, typer.Option(help="The folder of the contrast pairs.")] = Path(
        "data/contrast"
    ),
    corrections: Annotated[
        Path | None,
        typer.Option("--with", metavar="FOLDER", help="Learn from these corrections too."),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Train and measure every other way too (minutes).")
    ] = False,
) -> None:
    """Train the models from the corpus, and write their cards.

    "ner" finds names; "units" labels the units and decides what is a deadline. Deterministic: the
    same data and versions give the same files.

    \b
    Examples:
      congvan train
      congvan train units --with data/corrections
    """
    if out is not None and model is Model.ALL:
        raise _stop("--out is the folder of one model: name it, as 'congvan train units'", 2)
    from .errors import CongvanError

    for name in (Model.NER, Model.UNITS) if model is Model.ALL else (model,):
        place = out or Path("models") / name.value
        real = shared if shared.is_dir() else None
        try:
            if name is Model.NER:
                _train_ner(data, place, real, compare, corrections)
            else:
                _train_units(data, pairs, place, real, compare, corrections)
        except OSError as error:
            raise _stop(_reason(error, place)) from error
        except (CongvanError, ValueError) as error:
            raise _stop(str(error)) from error
        size = sum(p.stat().st_size for p in place.iterdir()) / 1e6
        typer.echo(f"{place}: {size:.1f} MB; its card is {place / 'README.md'}")


def _train_ner(
    data: Path, place: Path, shared: Path | None, compare: bool, corrections: Path | None
) -> None:
    from .artefacts import renewed
    from .recogniser import card, trials
    from .recogniser import train as training
    from .recogniser.evaluate import sources
    from .recogniser.model import FILE
    from .recogniser.systems import NO_UNDERTHESEA, has_underthesea

    config = training.SETTINGS.prepare(data, place)
    if compare:
        trials.require(data)
    taught, files = training.taught_by(corrections)
    measured_on = sources(data, shared)
    if not has_underthesea():
        typer.echo(f"congvan: {NO_UNDERTHESEA}", err=True)
    _say_training(place, data)
    with renewed(place, without=(FILE,)) as new:
        meta = training.learn(data, new, config, taught=taught, files=files)
        if compare:
            rows = trials.compare(data, config, say=_trying)
            _write_json(new / card.COMPARISON, rows)
        card.evaluate_into(new, meta, measured_on)
        card.write(new)


def _train_units(
    data: Path,
    pairs: Path,
    place: Path,
    shared: Path | None,
    compare: bool,
    corrections: Path | None,
) -> None:
    from .artefacts import renewed
    from .labels import card, trials
    from .labels import train as training
    from .labels.model import FILES

    config = training.SETTINGS.prepare(data, place)
    taught, files = training.taught_by(corrections)
    _say_training(place, data)
    with renewed(place, without=FILES) as new:
        meta = training.learn(data, pairs, new, config, taught=taught, files=files)
        if compare:
            _write_json(new / card.COMPARISON, trials.compare(data, pairs, config, say=_trying))
        card.evaluate_into(new, meta, data, pairs, shared)
        card.write(new)


def _say_training(place: Path, data: Path) -> None:
    typer.echo(f"training {place} from {data} …", err=True)


def _trying(name: str) -> None:
    typer.echo(f"trying {name} …", err=True)


def export(
    paths: Annotated[list[str], typer.Argument(help="Files or folders of documents.")],
    output: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    fmt: Annotated[
        ExportFormat, typer.Option("--format", help="Of an annotation or training tool.")
    ] = ExportFormat.DOCCANO,
    doccano: Annotated[
        bool,
        typer.Option("--doccano", help="Labels, assignees and deadlines too, to be corrected."),
    ] = False,
    segmenter: Annotated[
        str, typer.Option(help="Who cuts words: pyvi, underthesea, syllable or vote.")
    ] = "pyvi",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write documents with their entities for doccano, CoNLL tools or spaCy.

    With --doccano the labels of the units, who must act and by when are there too; what is
    corrected in doccano comes back with "congvan import".

    \b
    Examples:
      congvan export thong-bao/ --format conll --out thong-bao.conll
      congvan export thong-bao/ --doccano --out xem-lai.jsonl
    """
    from . import export as formats
    from . import review
    from .cli_output import sink, tell, tell_internal, utf8
    from .errors import CongvanError
    from .pipeline import Pipeline
    from .words.segment import check_options

    if not output.name:
        raise _stop("--out names no file", 2)
    if output.is_dir():
        raise _stop(f"{output}: this is a folder; name a file in it", 2)
    if not output.parent.is_dir():
        raise _stop(f"{output}: the folder {output.parent} does not exist; make it first", 2)
    if output.is_file() and not force:
        raise _stop(f"{output}: there is such a file already; name another or add --force", 2)
    try:
        check_options(segmenter, ())
    except ValueError as error:
        raise _stop(str(error), 2) from error
    if output.is_file() and any(output.samefile(n) for n in paths if os.path.exists(n)):
        raise _stop(f"{output}: this document is to be read; name another file to write", 2)
    # The file of an earlier run, in the folder that is read, is no document.
    names = [n for n in files_in(paths) if not (output.is_file() and _same(output, n))]
    status = read = 0
    nlp = Pipeline(segmenter=segmenter)

    def documents() -> Iterator[Document]:
        nonlocal status, read
        for name in names:
            try:
                doc = nlp.read_file(name)
                read += 1
                yield doc
            except (CongvanError, OSError) as error:
                status = 1
                tell(str(error))
            except (GeneratorExit, ImportError):
                raise
            except Exception as error:  # our fault, and no reason to lose the other documents
                status = 1
                tell_internal(name, error)

    if doccano and fmt is not ExportFormat.DOCCANO:
        raise _stop("--doccano is a format of its own: leave out --format", 2)
    try:
        if doccano:
            content = utf8("".join(f"{x}\n" for x in review.to_review(documents())))
        elif fmt is ExportFormat.DOCBIN:
            content = formats.to_docbin(documents(), nlp=nlp.spacy)
        elif fmt is ExportFormat.CONLL:
            content = utf8("".join(f"{x}\n" for x in formats.to_conll(documents(), nlp=nlp.spacy)))
        else:
            content = utf8("".join(f"{x}\n" for x in formats.to_doccano(documents())))
    except ImportError as error:
        raise _stop(str(error)) from error
    if not read:
        raise _stop(f"{output}: nothing was written, because no document could be read")
    with sink(output) as write:
        write(content)
    raise typer.Exit(status)


def _same(path: Path, name: str) -> bool:
    return os.path.exists(name) and path.samefile(name)


def files_in(paths: Sequence[str]) -> Iterator[str]:
    """Yields the files named, those of folders in order of their names; hidden ones are left."""
    for name in paths:
        if Path(name).is_dir():
            inside = sorted(glob.glob(os.path.join(glob.escape(name), "**", "*"), recursive=True))
            yield from (p for p in inside if Path(p).is_file())
        else:
            yield name


def _write_json(path: Path, data: Any) -> None:
    import json

    from .cli_output import sink

    with sink(path) as write:
        write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _reason(error: OSError, place: Path) -> str:
    """Returns what is wrong with a file: our own sentence, or that of the system with its name."""
    if error.strerror is None:
        return str(error)
    return (
        f"{error.filename or place}: {error.strerror}: the model in {place} is as it was; make it "
        "readable and writable, or name another --out"
    )


def _stop(message: str, status: int = 1) -> typer.Exit:
    typer.echo(f"congvan: {message}", err=True)
    return typer.Exit(status)
