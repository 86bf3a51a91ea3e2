"""Times one job in a process of its own and prints the figures as JSON; started by run.py.

    python child.py JOB FILE…     JOB: read, named, rules, labels, citations, names-underthesea,
                                       words-SEGMENTER, bare-SEGMENTER, eyecite,
                                       eyecite-hyperscan, nothing

Each file is one document. Seconds are CPU seconds of this process, the best of as many runs as
``--repeat`` says; models and tables are loaded before. The peak of memory covers everything.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WARM_UP = {
    "read": "THÔNG BÁO\nVề việc thử\nThực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.\n",
    "eyecite": "See Adams v. Baker, 410 U.S. 113 (1973).",
}


def job_of(name: str, cache: str) -> Callable[[str], int] | None:
    """Returns a function from a text to the number of citations found; None if there is no such."""
    if name == "nothing":
        return lambda text: 0
    if name.startswith("eyecite"):
        from eyecite import get_citations
        from eyecite.tokenizers import HyperscanTokenizer, default_tokenizer

        tokenizer = (
            HyperscanTokenizer(cache_dir=cache) if "hyperscan" in name else default_tokenizer
        )
        return lambda text: len(get_citations(text, tokenizer=tokenizer))
    if name.startswith(("words-", "bare-", "names-")):
        return words_job(*name.split("-", 1))
    import congvan

    if name == "labels":
        return labels_job()
    nlp = congvan.load(recogniser=name != "rules", labels=name == "read")
    if name in ("read", "named", "rules"):
        return lambda text: len(nlp(text).citations)
    only = getattr(nlp, "citations_only", None)
    if only is None:
        return None

    # Either a document or its citations, alone or before the dates.
    def count(text: str) -> int:
        found = only(text)
        found = getattr(found, "citations", found)
        return len(found[0] if found and isinstance(found[0], list | tuple) else found)

    return count


def labels_job() -> Callable[[str], int]:
    """Returns a function from a text to its number of units: their labels, without the reading.

    What comes before is done at the first call for a text and kept.
    """
    import congvan
    from congvan.labels.model import unit_model
    from congvan.labels.views import views
    from congvan.text import shadow

    nlp, model = congvan.load(labels=False), unit_model()
    kept: dict[str, list[tuple[Any, ...]]] = {}

    def count(text: str) -> int:
        if text not in kept:
            doc = nlp(text)
            dues = {d.unit: d.due for d in doc.directives}
            found = [dues.get(u.id, ()) for u in doc.units]
            seen = views(shadow(doc.text), doc.units, doc.sections, doc.entities, found)
            kept[text] = [(doc.text, view) for view in seen]
        return sum(len(model(*unit).scores) > 0 for unit in kept[text])

    return count


def words_job(way: str, toolkit: str) -> Callable[[str], int]:
    """Returns a function from a text to the number of words (or names) found in its lines.

    The toolkits get one line at a time: underthesea's taggers are quadratic in what they get.
    """
    if way == "words":
        from congvan.words import words

        return lambda text: len(words(text, segmenter=toolkit))
    if toolkit == "pyvi":
        from pyvi.ViTokenizer import ViTokenizer

        return lambda text: sum(len(ViTokenizer.tokenize(x).split()) for x in lines(text))
    from underthesea import ner, word_tokenize

    if way == "bare":
        return lambda text: sum(len(word_tokenize(x)) for x in lines(text))

    def names(text: str) -> int:
        found = 0
        for line in lines(text):
            word_tokenize(line)
            found += sum(tag.startswith("B-") for *_, tag in ner(line))
        return found

    return names


def lines(text: str) -> list[str]:
    """Returns the lines of a text that hold anything."""
    return [line for line in text.split("\n") if line.strip()]


def peak_mb() -> float:
    """Returns the peak of resident memory in MB (10^6 bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def main() -> None:
    """Runs the job and prints ``{"seconds", "bytes", "documents", "found", "peak_mb"}``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("job")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--cache", default=".", help="where Hyperscan keeps what it compiled")
    options = parser.parse_args()
    job = job_of(options.job, options.cache)
    if job is None:
        print("null")
        return
    texts = [path.read_text(encoding="utf-8") for path in options.files]
    job(WARM_UP["eyecite" if options.job.startswith("eyecite") else "read"])
    best, found = float("inf"), 0
    for _ in range(options.repeat):
        start = time.process_time()
        found = sum(job(text) for text in texts)
        best = min(best, time.process_time() - start)
    size = sum(len(text.encode()) for text in texts)
    figures = {"seconds": best, "bytes": size, "documents": len(texts), "found": found}
    print(json.dumps({**figures, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
