"""Texts to time: our sample notices with ever new numbers, and English text with US citations."""

from __future__ import annotations

import random
import re
from pathlib import Path

# The number of an instrument: "1804" in "1804/QĐ-TTg", "62" in "62-NQ/TU".
NUMBER_RE = re.compile(r"\b\d{1,5}(?=(?:/\d{4})?[/-][A-ZĐ]{2})")
# The first line of running text is longer than any line of a letterhead.
RUNNING_TEXT = 120


def notices(folder: Path) -> list[str]:
    """Returns the sample notices that are plain text, in the order of their names."""
    files = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md"))
    return [p.read_text(encoding="utf-8") for p in files if p.name != "README.md"]


def vary(text: str, rng: random.Random) -> str:
    """Returns ``text`` with other numbers of instruments, so that few are cited twice."""
    return NUMBER_RE.sub(lambda m: str(rng.randint(1, 99999)), text)


def split(text: str) -> tuple[list[str], list[str], list[str]]:
    """Returns the lines of letterhead and title, of the body, and of the closing."""
    lines = text.strip().split("\n")
    start = next((i for i, line in enumerate(lines) if len(line) > RUNNING_TEXT), 0)
    end = next((i for i, line in enumerate(lines) if "Nơi nhận" in line), len(lines))
    return lines[:start], lines[start:end], lines[end:]


def long_notice(samples: list[str], size: int, seed: int = 1) -> str:
    """Returns one notice of about ``size`` bytes: one letterhead, many bodies, one closing.

    Whole notices one after the other would let a reader stop at the first "Nơi nhận".
    """
    rng = random.Random(seed)
    head, _, closing = split(samples[0])
    bodies = ["\n".join(split(sample)[1]) for sample in samples]
    parts, length = ["\n".join(head)], 0
    while length < size:
        parts.append(vary(bodies[(len(parts) - 1) % len(bodies)], rng))
        length += len(parts[-1].encode())
    return "\n".join([*parts, *closing]) + "\n"


def short_notices(samples: list[str], size: int, seed: int = 1) -> list[str]:
    """Returns whole notices, numbers varied, of about ``size`` bytes together."""
    rng = random.Random(seed)
    found: list[str] = []
    length = 0
    while length < size:
        found.append(vary(samples[len(found) % len(samples)], rng))
        length += len(found[-1].encode())
    return found


_WORDS = (
    "the court held that a statute of this kind must be read as a whole and in the light of its "
    "purpose because no single word decides what the legislature meant when it imposed the duty "
    "on an agency whose order was before us and which had not given any reason for its action"
).split()
_PARTIES = "Adams Baker Clark Davis Evans Foster Garcia Harris Irwin Jones Keller Lewis".split()
_REPORTERS = ("U.S.", "S. Ct.", "F.2d", "F.3d", "F. Supp. 2d", "N.E.2d", "P.3d", "Cal. App. 4th")


def _us_citation(rng: random.Random) -> str:
    volume, page, year = rng.randint(1, 600), rng.randint(1, 1500), rng.randint(1900, 2020)
    kind = rng.random()
    if kind < 0.7:
        parties = f"{rng.choice(_PARTIES)} v. {rng.choice(_PARTIES)}"
        return f"{parties}, {volume} {rng.choice(_REPORTERS)} {page}, {page + 3} ({year})"
    if kind < 0.9:
        return f"{rng.randint(1, 50)} U.S.C. § {rng.randint(1, 9999)}"
    return f"Id. at {page}"


def english(size: int, words_per_citation: int, seed: int = 1) -> tuple[str, int]:
    """Returns English text of about ``size`` bytes and the number of citations planted in it."""
    rng = random.Random(seed)
    parts: list[str] = []
    length = planted = since = 0
    while length < size:
        words = [rng.choice(_WORDS) for _ in range(rng.randint(8, 30))]
        since += len(words)
        words[0] = words[0].capitalize()
        sentence = " ".join(words)
        while since >= words_per_citation:
            sentence += f", {_us_citation(rng)}"
            planted += 1
            since -= words_per_citation
        parts.append(sentence + (".\n" if rng.random() < 0.2 else ". "))
        length += len(parts[-1].encode())
    return "".join(parts), planted
