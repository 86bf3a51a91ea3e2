"""``make bench``: speed, growth and memory of congvan, and of eyecite in the same run.

Prints what it measures, beside what the project wants to reach; it never fails for being slow.
eyecite reads English text with US citations of the same size and density: another language and
another duty, so the ratio says what order of speed is usual, not which is the better program.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import texts

ROOT = Path(__file__).resolve().parents[1]
KB, MB = 1_000, 1_000_000
# What is timed, its name, and the MB/s that the project wants.
JOBS = (
    ("citations", "citations and dates", 3.0),
    ("rules", "whole read, rules alone", 1.0),
    ("named", "whole read with names", 0.5),
    ("read", "whole read with labels and directives", 0.4),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a child process measured; ``seconds`` are CPU seconds, a MB is 10^6 bytes."""

    seconds: float
    bytes: int
    documents: int
    found: int
    peak_mb: float

    @property
    def speed(self) -> float:
        """MB of UTF-8 text a second."""
        return self.bytes / MB / max(self.seconds, 1e-9)


class Bench:
    """Writes texts into a scratch folder and times jobs on them, each in its own process."""

    def __init__(self, folder: Path, peer_python: str | None) -> None:
        self.folder = folder
        self.peer_python = peer_python

    def write(self, name: str, documents: list[str]) -> list[Path]:
        """Returns the files, one a document."""
        paths = [self.folder / f"{name}-{i}.txt" for i in range(len(documents))]
        for path, text in zip(paths, documents, strict=True):
            path.write_text(text, encoding="utf-8", newline="")
        return paths

    def time(self, job: str, paths: list[Path], repeat: int = 2) -> Figures | None:
        """Returns the figures; None where the job is not there or broke (said on stderr)."""
        python = self.peer_python if job.startswith("eyecite") else sys.executable
        if not python or not Path(python).exists():
            return None
        command: list[Any] = [python, Path(__file__).with_name("child.py"), job, *paths]
        command += ["--repeat", str(repeat), "--cache", self.folder]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        if done.returncode:
            print(f"{job}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        data = json.loads(done.stdout.splitlines()[-1])
        return None if data is None else Figures(**data)


def machine() -> str:
    """Returns what the figures were measured on."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [x for x in info.read_text().splitlines() if x.startswith("model name")]
        name = lines[0].split(":", 1)[1].strip() if lines else name
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"{platform.system()}; Python {platform.python_version()}"
    return f"{name}, {os.cpu_count()} cores{load}; {python}"


def show(what: str, value: str, target: str = "", reached: bool | None = None) -> None:
    """Prints one line of the report."""
    verdict = "" if reached is None else f"  ({target}: {'reached' if reached else 'missed'})"
    print(f"{what:<52}{value:>16}{verdict}", flush=True)


def speed_line(what: str, f: Figures | None, target: float | None = None) -> None:
    """Prints a speed, or that it could not be measured."""
    if f is None:
        show(what, "not measured")
        return
    aim = "" if target is None else f"wanted {target:g}"
    show(what, f"{f.speed:.2f} MB/s", aim, None if target is None else f.speed >= target)


def help_seconds() -> float:
    """Returns the wall seconds of ``congvan --help``, best of five."""
    command = Path(sys.executable).with_name("congvan")
    args = [str(command)] if command.exists() else [sys.executable, "-m", "congvan.cli"]
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([*args, "--help"], capture_output=True, check=True)
        best = min(best, time.perf_counter() - start)
    return best


def real(bench: Bench, folder: Path) -> None:
    """Prints the speed on real documents, which cite less often than our samples."""
    paths = sorted(p for kind in ("instruct", "decisions") for p in (folder / kind).glob("*.txt"))
    if not paths:
        print(f"\nreal public documents: not measured, {folder} has none")
        return
    print(f"\ncongvan, {len(paths)} real public documents, one core, CPU seconds")
    for job, title, target in JOBS:
        f = bench.time(job, paths, 3)
        if f:
            words = sum(len(p.read_text(encoding="utf-8").split()) for p in paths)
            print(f"{f.bytes / MB:.2f} MB, one citation in {words // max(f.found, 1)} words")
        speed_line(f"{title}, documents of {f_size(f)}", f, target)


def ours(bench: Bench, samples: list[str], quick: bool) -> int:
    """Prints congvan's figures and returns how many words there are to a citation."""
    print("\ncongvan, one core, CPU seconds")
    many_texts = texts.short_notices(samples, MB // 5 if quick else MB)
    many = bench.write("many", many_texts)
    small = bench.write("small", [texts.long_notice(samples, 100 * KB)])
    large = bench.write("large", [texts.long_notice(samples, MB)])
    per_citation = 60
    for job, title, target in JOBS:
        f_many, f_small, f_large = (bench.time(job, p, 3) for p in (many, small, large))
        if f_many:
            words = sum(len(text.split()) for text in many_texts)
            per_citation = max(words // max(f_many.found, 1), 1)
            print(
                f"{len(many_texts)} notices, {f_many.bytes / MB:.2f} MB, {f_many.found} citations "
                f"({title}), one in {per_citation} words"
            )
        speed_line(f"{title}, notices of {f_size(f_many)}", f_many, target)
        speed_line(f"{title}, one text of 1 MB", f_large, target)
        if f_small and f_large:
            # The texts are not exactly 100 KB and 1 MB: the factor is that of 10 times the text.
            factor = 10 * (f_large.seconds / f_large.bytes) / (f_small.seconds / f_small.bytes)
            show(
                f"{title}, time for 10 times the text", f"{factor:.1f} x", "wanted 12", factor <= 12
            )
    for size in (MB,) if quick else (MB, 10 * MB):
        f = bench.time("read", bench.write("memory", [texts.long_notice(samples, size)]), 1)
        if f:
            limit = 300 + 20 * f.bytes / MB
            what = f"peak memory, whole read of {f.bytes / MB:.1f} MB"
            show(what, f"{f.peak_mb:.0f} MB", f"wanted {limit:.0f}", f.peak_mb <= limit)
    try:
        seconds = help_seconds()
        show("congvan --help, wall", f"{seconds:.2f} s", "wanted 0.3", seconds < 0.3)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"congvan --help: {error}", file=sys.stderr)
    return per_citation


def names_and_words(bench: Bench, samples: list[str], quick: bool) -> None:
    """Prints names beside underthesea's, and word segmentation beside the bare toolkits."""
    made = bench.write("words", texts.short_notices(samples, MB // (20 if quick else 5)))
    size = sum(p.stat().st_size for p in made) / MB
    print(f"\nnames and words, {len(made)} notices, {size:.2f} MB, toolkits called line by line")
    ours = bench.time("named", made)
    peer = bench.time("names-underthesea", made, 1)
    speed_line("congvan, whole read with names", ours, 0.5)
    speed_line("underthesea, word_tokenize and ner", peer)
    if ours and peer:
        ratio = ours.speed / peer.speed
        show("  congvan to it", f"{ratio:.0f} x", "wanted 20", ratio >= 20)
    for toolkit in ("pyvi", "underthesea"):
        bare, adapter = bench.time(f"bare-{toolkit}", made), bench.time(f"words-{toolkit}", made)
        speed_line(f"{toolkit}, bare", bare)
        speed_line(f"{toolkit} through our adapter, names whole, mended", adapter)
        if bare and adapter:
            ratio = adapter.speed / bare.speed
            show("  the adapter to it", f"{ratio:.2f} x", "wanted 0.8", ratio >= 0.8)


def labels(bench: Bench, samples: list[str], quick: bool) -> None:
    """Prints how many units get their labels in a second, what was read before left out."""
    made = bench.write("labels", texts.short_notices(samples, MB // (20 if quick else 5)))
    f = bench.time("labels", made, 4)  # the first run reads the notices
    if f:
        rate = f.found / max(f.seconds, 1e-9)
        print()
        show(f"labels alone, {f.found} units", f"{rate:,.0f} /s", "wanted 5,000", rate >= 5000)


def f_size(f: Figures | None) -> str:
    """Returns the mean size of a document."""
    return f"{f.bytes / f.documents / KB:.0f} KB" if f else "? KB"


def peers(bench: Bench, samples: list[str], per_citation: int, quick: bool) -> None:
    """Prints eyecite's figures on English text, and ours on as much Vietnamese text."""
    sizes = [(10 * KB, 10)] if quick else [(10 * KB, 50), (MB, 1)]
    for size, count in sizes:
        made = [texts.english(size, per_citation, seed) for seed in range(count)]
        english = bench.write("english", [text for text, _ in made])
        vietnamese = bench.write(
            "same", [texts.long_notice(samples, size, seed) for seed in range(count)]
        )
        planted = sum(n for _, n in made)
        print(
            f"\nbeside eyecite: {count} texts of {size // KB} KB, one citation in {per_citation} "
            f"words; {planted} planted in the English ones"
        )
        mine = {job: bench.time(job, vietnamese) for job in ("citations", "read")}
        speed_line("congvan, citations and dates", mine["citations"])
        speed_line("congvan, whole read", mine["read"])
        for job, title in (
            ("eyecite", "eyecite, default tokenizer"),
            ("eyecite-hyperscan", "eyecite, Hyperscan tokenizer"),
        ):
            peer = bench.time(job, english, 1)
            speed_line(f"{title}, {peer.found} found" if peer else title, peer)
            for mine_job, mine_title in (
                ("citations", "citations and dates"),
                ("read", "whole read"),
            ):
                if peer and (f := mine[mine_job]):
                    show(f"  congvan's {mine_title} to it", f"{f.speed / peer.speed:.1f} x")


def main() -> int:
    """Prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer-python", help="the Python that eyecite is installed in")
    parser.add_argument("--notices", type=Path, default=ROOT / "data" / "notices")
    parser.add_argument(
        "--real",
        type=Path,
        default=ROOT.parent / "shared" / "corpora",
        help="real public documents",
    )
    parser.add_argument("--quick", action="store_true", help="smaller texts, a few seconds")
    options = parser.parse_args()
    samples = texts.notices(options.notices)
    if not samples:
        print(f"{options.notices}: no notices to make texts from", file=sys.stderr)
        return 1
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.peer_python)
        real(bench, options.real)
        per_citation = ours(bench, samples, options.quick)
        names_and_words(bench, samples, options.quick)
        labels(bench, samples, options.quick)
        peers(bench, samples, per_citation, options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
