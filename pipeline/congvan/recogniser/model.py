"""The trained recogniser: loaded once for each thread, on the first document."""

from __future__ import annotations

import logging
import threading
from functools import cache
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
        if not _whole(path):
            raise ValueError("its header is not that of a whole file")
        tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} is no model of CRFsuite ({error}): run 'make train', or name another"
        ) from error
    found: Tagger = tagger
    return found


def _whole(path: Path) -> bool:
    """Tells whether a file is a CRFsuite model of the size that its header says.

    CRFsuite itself reads beyond the end of a file that was cut.
    """
    with path.open("rb") as file:
        head = file.read(8)
    return head[:4] == b"lCRF" and int.from_bytes(head[4:], "little") == path.stat().st_size


@cache
def _checked(place: Path) -> Path:
    return checked(place, FILE, format=FORMAT)[0]


def tagger(place: Path | None = None) -> Tagger:
    """Returns the tagger of this thread (CRFsuite keeps the last sequence in the object).

    Args:
        place: The folder of a model, or a bare CRFsuite file that is being tried; None for the
            model that comes with congvan.

    Raises:
        ModelError: There is no model, or it is damaged or of another version.
    """
    place = place or folder("ner")
    held: dict[Path, Tagger] = getattr(_LOCAL, "taggers", {})
    if place not in held:
        held[place] = open_tagger(_checked(place) if place.is_dir() else place)
        _LOCAL.taggers = held
    return held[place]


def folder_or_default(place: Path | None) -> Path:
    """Returns ``place``, or the folder of the model that comes with congvan."""
    return place or folder("ner")
