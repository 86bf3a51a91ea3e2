"""List numbers of Word: the counters of numbering.xml, computed as Word shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LEVEL_RE = re.compile(r"%([1-9])")
# Bullets that stand in the text as they are; every other sign becomes "-".
_PLAIN_BULLETS = frozenset("-+•*–—")


def roman(number: int) -> str:
    """Returns ``number`` as a Roman numeral in capitals; beyond 1..3999 in digits.

    >>> roman(14)
    'XIV'
    """
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def letters(number: int) -> str:
    """Returns ``number`` as a letter as word processors count: a … z, aa, bb.

    >>> letters(4), letters(27)
    ('d', 'aa')
    """
    if not 0 < number <= 780:
        return str(number)
    times, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (times + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "none": lambda n: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as numbering.xml defines it."""

    format: str
    text: str
    start: int
    restart: int | None
    legal: bool


@dataclass(slots=True)
class _Numbering:
    abstract: str
    levels: dict[int, Level]
    overrides: dict[int, int] = field(default_factory=dict)


def _val(element: Any, tag: str) -> str | None:
    child = element.find(_W + tag) if element is not None else None
    value = child.get(_W + "val") if child is not None else None
    return str(value) if value is not None else None


def _int(value: str | None, default: int) -> int:
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default


def _level(element: Any) -> Level:
    restart = _val(element, "lvlRestart")
    return Level(
        format=_val(element, "numFmt") or "decimal",
        text=_val(element, "lvlText") or "",
        start=_int(_val(element, "start"), 1),
        restart=None if restart is None else _int(restart, 0),
        legal=element.find(_W + "isLgl") is not None,
    )


class Numbering:
    """The lists of one document; call :meth:`marker` once for each list item, in order."""

    def __init__(self, root: Any | None) -> None:
        self._nums: dict[str, _Numbering] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._parse(root)

    def _parse(self, root: Any) -> None:
        abstracts: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for element in root.iter(_W + "abstractNum"):
            key = element.get(_W + "abstractNumId") or ""
            levels = {}
            for lvl in element.findall(_W + "lvl"):
                index = _int(lvl.get(_W + "ilvl"), 0)
                levels[index] = _level(lvl)
                style = _val(lvl, "pStyle")
                if style:
                    self._style_levels[key, style] = index
            abstracts[key] = levels
            link = _val(element, "numStyleLink")
            if link:
                links[key] = link
            style = _val(element, "styleLink")
            if style:
                by_style[style] = key
        for element in root.iter(_W + "num"):
            key = _val(element, "abstractNumId") or ""
            key = by_style.get(links.get(key, ""), key)
            num = _Numbering(key, dict(abstracts.get(key, {})))
            for override in element.findall(_W + "lvlOverride"):
                index = _int(override.get(_W + "ilvl"), 0)
                lvl = override.find(_W + "lvl")
                if lvl is not None:
                    num.levels[index] = _level(lvl)
                start = _val(override, "startOverride")
                if start is not None:
                    num.overrides[index] = _int(start, 1)
            self._nums[element.get(_W + "numId") or ""] = num

    def level_of_style(self, num_id: str, style: str) -> int:
        """Returns the level that the definition of list ``num_id`` ties to a paragraph style."""
        num = self._nums.get(num_id)
        return self._style_levels.get((num.abstract, style), 0) if num else 0

    def marker(self, num_id: str, level: int) -> str:
        """Returns the mark of the next item of list ``num_id`` at ``level`` (0 is the outermost).

        It is empty where the list or the level shows none.
        """
        num = self._nums.get(num_id)
        if num is None or level not in num.levels:
            return ""
        counters = self._counters.setdefault(num.abstract, {})
        if level in num.overrides and (num_id, level) not in self._started:
            counters[level] = num.overrides[level] - 1
            self._started.add((num_id, level))
        start = num.levels[level].start
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [k for k in counters if k > level]:
            spec = num.levels.get(deeper)
            # lvlRestart 0 never restarts; n restarts after level n (counted from 1).
            if spec is None or spec.restart is None or (spec.restart and level < spec.restart):
                del counters[deeper]
        return self._show(num, counters, level)

    def _show(self, num: _Numbering, counters: dict[int, int], level: int) -> str:
        spec = num.levels[level]
        if spec.format == "bullet":
            return _bullet(spec.text)

        def number(m: re.Match[str]) -> str:
            at = int(m.group(1)) - 1
            other = num.levels.get(at)
            if other is None:
                return ""
            value = counters.setdefault(at, other.start)
            form = "decimal" if spec.legal else other.format
            return _FORMATS.get(form, str)(value)

        return _LEVEL_RE.sub(number, spec.text).strip()


def _bullet(text: str) -> str:
    sign = text.strip()
    if not sign:
        return ""
    return sign if sign in _PLAIN_BULLETS or (sign.isalnum() and sign not in "ovqwnlu§") else "-"
