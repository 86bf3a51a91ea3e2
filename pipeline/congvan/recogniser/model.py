"""The trained recogniser: loaded once for each thread, on the first document."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from congvan.artefacts import checked, folder
from congvan.errors import ModelError

from .tag import Tagger

logger = logging.getLogger(__name__)

FILE = "model.crfsuite"
#: Raised when the features change: a model of other features is refused.
FORMAT = 1

_LOCAL = threading.local()


def open_tagger(path: Path) -> Tagger:
    """Returns the tagger of a CRFsuite file. Raises ModelError if it cannot be opened."""
    try:
        import pycrfsuite
    except ImportError as error:
        raise ModelError(
            "the trained recogniser needs python-crfsuite: run 'pip install python-crfsuite'"
        ) from error
    tagger: Any = pycrfsuite.Tagger()
    try:
        if not whole(path):
            raise ValueError("its header is not that of a whole file")
        tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} is no model of CRFsuite ({error}): run 'make train', or name another"
        ) from error
    found: Tagger = tagger
    return found


def whole(path: Path) -> bool:
    """Tells whether a file is a CRFsuite model of the size that its header says.

    CRFsuite itself reads beyond the end of a file that was cut.
    """
    with path.open("rb") as file:
        head = file.read(8)
    return head[:4] == b"lCRF" and int.from_bytes(head[4:], "little") == path.stat().st_size


def _checked(place: Path) -> Path:
    """Returns the CRFsuite file of a folder, or the bare file, once its checksum is right."""
    if place.is_dir():
        return checked(place, FILE, format=FORMAT)[0]
    try:
        return checked(place.parent, place.name, format=FORMAT)[0]
    except ModelError as error:
        raise ModelError(
            f"{place} is no folder of a model, and no meta.json has its checksum: name the folder "
            f"of a model ({error})"
        ) from error


def _stamp(path: Path) -> tuple[int, ...]:
    """Returns what changes when a file is written again; nothing if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def tagger(place: Path | None = None) -> Tagger:
    """Returns the tagger of this thread (CRFsuite keeps the last sequence in the object).

    It is opened again when the model was trained again.

    Args:
        place: The folder of a model, or a CRFsuite file whose checksum is in the ``meta.json``
            beside it; None for the model that comes with congvan.

    Raises:
        ModelError: There is no model, or it is damaged, has no checksum or is of another version.
    """
    place = place or folder("ner")
    path = (place / FILE if place.is_dir() else place).resolve()
    stamp = _stamp(path), _stamp(path.with_name("meta.json"))
    held: dict[Path, tuple[object, Tagger]] = _LOCAL.__dict__.setdefault("taggers", {})
    if path not in held or held[path][0] != stamp:
        held[path] = stamp, open_tagger(_checked(place))
    return held[path][1]


def folder_or_default(place: Path | None) -> Path:
    """Returns ``place``, or the folder of the model that comes with congvan."""
    return place or folder("ner")
