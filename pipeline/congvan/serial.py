"""Dataclasses to JSON types and back, by their annotations."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any, get_args, get_type_hints


def plain(value: Any) -> Any:
    """Returns ``value`` as JSON types; dataclasses become dicts in field order."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, dt.date):
        return value.isoformat()
    return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}


_HINTS: dict[Any, dict[str, Any]] = {}


def build(cls: Any, data: Any) -> Any:
    """Returns ``data`` (JSON types) as an instance of the dataclass or container ``cls``."""
    if data is None:
        return None
    if dataclasses.is_dataclass(cls) and isinstance(cls, type):
        hints = _HINTS.get(cls)
        if hints is None:
            hints = _HINTS[cls] = get_type_hints(cls)
        known = {f.name for f in dataclasses.fields(cls)}
        values = {k: build(hints[k], v) for k, v in data.items() if k in known}
        return cls(**values)
    if isinstance(data, list):
        args: Sequence[Any] = [a for a in get_args(cls) if a is not type(None)]
        origin = getattr(cls, "__origin__", None)
        if isinstance(origin, type) and issubclass(origin, tuple) and origin is not tuple:
            return origin(build(args[0], v) for v in data)
        if origin is tuple:
            if len(args) == 2 and args[1] is Ellipsis:
                return tuple(build(args[0], v) for v in data)
            return tuple(build(a, v) for a, v in zip(args, data, strict=True))
        union = [a for a in args if getattr(a, "__origin__", None) is tuple]
        if union:
            return build(union[0], data)
        return data
    if isinstance(data, dict):
        args = get_args(cls)
        if len(args) == 2 and args[0] is str:
            return {k: build(args[1], v) for k, v in data.items()}
        options = [a for a in args if dataclasses.is_dataclass(a)]
        if options:
            return build(options[0], data)
    return data
