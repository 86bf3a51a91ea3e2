"""What training any model needs first: settings that hold, and a corpus that is sound."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .artefacts import CONFIG
from .corpus import SPLITS, check
from .corpus.files import splits
from .errors import ModelError

#: For each key of a table what it must be, in words and as a test.
Keys = Mapping[str, tuple[str, Callable[[Any], bool]]]
#: How many problems of a corpus are named before the rest are only counted.
_NAMED = 3


def are_splits(value: Any) -> bool:
    """Tells whether a value is a list of different splits of the corpus."""
    if not isinstance(value, list) or not value:
        return False
    return all(v in SPLITS for v in value) and len(value) == len(set(value))


#: What the key ``splits`` must be.
SPLITS_KEY = (f"a list of different splits out of {', '.join(SPLITS)}", are_splits)


def read_settings(place: Path, name: str, keys: Keys) -> dict[str, Any]:
    """Returns the table ``name`` of a model folder's ``config.toml``.

    Raises:
        ModelError: There is no such file, it is no valid TOML, or a key is missing, unknown or
            of another kind; the message names file and key.
    """
    path = place / CONFIG
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path} cannot be read ({error}): take it from the repository") from error
    if not isinstance(table, dict):
        raise ModelError(f"{path}: {name!r} is no table: take the file from the repository")
    wrong = [f"the key '{k}' is unknown" for k in table if k not in keys]
    for key, (wanted, fits) in keys.items():
        if key not in table:
            wrong.append(f"the key '{key}' is missing: it is {wanted}")
        elif not fits(table[key]):
            wrong.append(f"the key '{key}' is {table[key]!r}: it must be {wanted}")
    if wrong:
        raise ModelError(f"{path}, table [{name}]: {'; '.join(wrong)}")
    return table


def require_sound(data: Path, named: Sequence[str], place: Path) -> None:
    """Makes sure that a corpus can teach.

    Args:
        data: The corpus.
        named: The splits to learn from.
        place: The folder of the model whose ``config.toml`` names them.

    Raises:
        FileNotFoundError: There is no corpus in ``data``.
        ValueError: The corpus has problems, or no document to train on.
    """
    wrong = check(data)
    if wrong:
        more = f" … and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        raise ValueError(
            f"{data}: nothing was trained, because the corpus has {len(wrong)} "
            f"problem{'s' * (len(wrong) > 1)}: {'; '.join(wrong[:_NAMED])}{more} (mend them; "
            f"'congvan corpus check --data {data}' names all)"
        )
    have = splits(data)
    if not any(have[name] for name in named):
        raise ValueError(
            f"{data / 'splits.json'}: no document is in {' or '.join(named)}, so there "
            "is nothing to train on: put documents there, or name another split in "
            f"{place / CONFIG}"
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """The table of one model in the ``config.toml`` of its folder.

    Attributes:
        table: Its name.
        keys: What each of its keys must be.
    """

    table: str
    keys: Keys

    def read(self, place: Path) -> dict[str, Any]:
        """Returns the settings of a model folder.

        Raises:
            ModelError: As :func:`read_settings`.
        """
        return read_settings(place, self.table, self.keys)

    def prepare(self, data: Path, place: Path) -> dict[str, Any]:
        """Returns the settings of a model folder, once they and the corpus are found good.

        Raises:
            FileNotFoundError: There is no corpus in ``data``.
            ModelError: As :func:`read_settings`.
            ValueError: The corpus has problems, or no document to train on.
        """
        config = self.read(place)
        require_sound(data, config["splits"], place)
        return config
