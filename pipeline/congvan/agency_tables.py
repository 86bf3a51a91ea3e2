"""The tables of agency names as trees of words, loaded once.

``lookups/agencies.csv`` holds closed names, ``lookups/agency_heads.csv`` heads of open
names, ``lookups/agency_words.csv`` the words that open names and topics are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from congvan.lookups import rows, values

# Hit: "UBND", "&", "," behind at most three blanks; near miss: a line end.
_TOKEN_RE = re.compile(r" {0,3}([^\W\d_]+|[&,\-.])")

Phrases = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One head: ``bare`` says what it means without a tail, ``home`` whose it is where an open
    name has no place: the issuer's, its unit's or the province's (``agency_heads.csv``).
    """

    surface: str
    canonical: str
    tail: str
    bare: str
    level: str
    closed: bool
    kind: str = ""
    home: str = ""


Node = dict[str, "Node | list[Entry]"]
_LEAF = "\n"
_SAME = {"&": "và", "-": ",", "uỷ": "ủy"}


def fold_token(token: str) -> str:
    """Returns the key of one word or sign: "&" counts as "và", "-" as a comma."""
    token = token.lower()
    return _SAME.get(token, token)


def _tokens(text: str) -> list[str]:
    return [fold_token(t) for t in re.findall(r"[^\W\d_]+|[&,\-.]", text)]


def _variants(surface: str) -> Iterator[str]:
    yield surface
    # Signs and "và" get lost: "Quy hoạch Kiến trúc", "Sở Khoa học Công nghệ".
    if " - " in surface:
        yield surface.replace(" - ", " ")
    if " và " in surface and surface.startswith(("Bộ ", "Sở ")):
        yield surface.replace(" và ", " ")
        yield surface.replace(",", "").replace(" và ", " ")


def _add(root: Node, surface: str, entry: Entry) -> None:
    node = root
    for token in _tokens(surface):
        child = node.setdefault(token, {})
        assert isinstance(child, dict)
        node = child
    leaf = node.setdefault(_LEAF, [])
    assert isinstance(leaf, list)
    if all(e.canonical != entry.canonical or e.tail != entry.tail for e in leaf):
        leaf.append(entry)


@cache
def entries() -> tuple[tuple[str, Entry], ...]:
    """Returns every spelling of every head with its entry."""
    found: list[tuple[str, Entry]] = []
    for row in rows("agencies"):
        entry = Entry(
            row["name"],
            row["canonical"],
            row["tail"],
            "province" if row["tail"] == "fill" else "yes",
            row["level"],
            True,
            row["kind"],
        )
        for surface in (row["name"], *values(row["abbreviations"])):
            found.extend((v, entry) for v in _variants(surface))
    for row in rows("agency_heads"):
        for surface in values(row["head"]):
            canonical = row["canonical"] or surface
            entry = Entry(
                surface, canonical, row["tail"], row["bare"], row["level"], False, "", row["home"]
            )
            found.append((surface, entry))
    return tuple(found)


@cache
def trie() -> Node:
    """Returns the heads as a tree of folded words."""
    root: Node = {}
    for surface, entry in entries():
        _add(root, surface, entry)
    return root


@cache
def head_pattern() -> re.Pattern[str]:
    """Returns the pattern of the first words of all heads, with their capitals."""
    by_letter: dict[str, set[str]] = {}
    for surface, _ in entries():
        m = re.match(r"[^\W\d_]+", surface)
        if m is not None:
            by_letter.setdefault(m.group()[0], set()).add(m.group()[1:])
    parts = []
    for letter in sorted(by_letter):
        rest = "|".join(sorted(map(re.escape, by_letter[letter]), key=len, reverse=True))
        parts.append(f"{letter}(?:{rest})")
    return re.compile(f"(?:{'|'.join(parts)})(?![^\\W_])")


_ELIDED_RE = re.compile(r"(?:Bộ|Sở|Tập đoàn|Tổng công ty) (?=\w)")


@cache
def elided(kind: str) -> Node:
    """Returns the names of a kind of bodies without their head word ("Bộ "), as a tree."""
    root: Node = {}
    for surface, entry in entries():
        m = _ELIDED_RE.match(surface)
        if entry.kind == kind and m is not None:
            _add(root, surface[m.end() :], entry)
    return root


@cache
def phrases() -> tuple[Phrases, ...]:
    """Returns first word -> phrases, longest first: of open names, of topics as well, and
    those that count only with a capital ("Dịch vụ việc làm", not "… phục vụ người dân")."""
    tables: list[Phrases] = []
    for scopes in (("open",), ("open", "topic"), ("first",)):
        found: dict[str, set[str]] = {}
        for row in rows("agency_words"):
            if row["scope"] in scopes:
                words = row["words"].lower().removeprefix("các ")
                found.setdefault(re.split(r"[ ,]", words)[0], set()).add(words)
        tables.append({k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()})
    return tuple(tables)


@cache
def no_second() -> frozenset[str]:
    """Returns syllables that begin a new clause behind a name ("Cục Thuế hướng dẫn")."""
    cells = (row["words"] for row in rows("agency_words") if row["scope"] == "never")
    return frozenset(word for cell in cells for word in cell.split())


def walk(root: Node, text: str, at: int, limit: int) -> list[tuple[list[Entry], int]]:
    """Returns the heads that begin at ``at`` with their ends, the longest last."""
    node, found = root, []
    m = _TOKEN_RE.match(text, at, limit)
    while m is not None:
        child = node.get(fold_token(m.group(1)))
        if not isinstance(child, dict):
            break
        node = child
        leaf = node.get(_LEAF)
        if isinstance(leaf, list):
            found.append((leaf, m.end()))
        m = _TOKEN_RE.match(text, m.end(), limit)
    return found
