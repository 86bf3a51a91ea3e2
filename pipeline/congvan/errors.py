"""What can go wrong, said so that a clerk knows what to do next.

Every message has three parts: what happened, to which input, and the next step.
"""

from __future__ import annotations


class CongvanError(Exception):
    """Base class of every error that congvan raises on purpose."""


class ReadError(CongvanError, ValueError):
    """An input could not be read; nothing else is affected.

    Args:
        name: The input as its user named it (a path, or ``<stdin>``).
        reason: What is wrong with it, in one clause.
        hint: What to do next, in one clause; may be empty.
    """

    def __init__(self, name: str, reason: str, hint: str = "") -> None:
        self.name = name
        self.reason = reason
        self.hint = hint
        super().__init__(f"{name}: {reason}" + (f" ({hint})" if hint else ""))

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return type(self), (self.name, self.reason, self.hint)


class MissingToolError(ReadError):
    """An optional system program is needed for this input and is not installed."""


class ModelError(CongvanError):
    """A trained model is missing, damaged or of another version; the message says what to do."""


class CorrectionError(CongvanError, ValueError):
    """Corrections are not there or cannot be read; the message says where and what to do."""
