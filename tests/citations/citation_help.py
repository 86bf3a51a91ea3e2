"""What the tests of the citation engine share: one pipeline, and short ways to ask it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from _pytest.mark import ParameterSet

import congvan
from congvan.document import Citation, Document
from congvan.pipeline import Pipeline


@cache
def pipeline() -> Pipeline:
    """Returns the one pipeline of these tests."""
    return congvan.load()


def cite(text: str) -> tuple[Citation, ...]:
    """Returns the citations of a bare sentence: no letterhead, no structure."""
    return pipeline().citations_only(text)[0]


def read(body: str, *, head: str = "") -> Document:
    """Returns the analysed document: a letterhead (may be empty) and a body."""
    return pipeline().read_text(f"{head}\n{body}" if head else body)


def one(text: str) -> Citation:
    """Returns the only citation of a sentence."""
    found = cite(text)
    assert len(found) == 1, [c.text for c in found]
    return found[0]


def parts(c: Citation) -> tuple[str, str, str, str]:
    """Returns type, issuer, period and number of the document id, without marks.

    Whether an id spells "qđ" or "qd" is no concern of the tests that compare parts.
    """
    bare = unicodedata.normalize("NFD", c.document.replace("đ", "d"))
    bare = "".join(x for x in bare if not unicodedata.combining(x))
    head, *rest = bare.split(":")
    assert head == "vn"
    assert len(rest) == 4, c.document
    return (rest[0], rest[1], rest[2], rest[3])


def issuer_codes(c: Citation) -> set[str]:
    """Returns the issuer codes in the id, in small letters, without places and signs, marks kept."""
    return {part.split(".")[0] for part in c.document.split(":")[2].split("+")}


def code_key(code: str) -> str:
    """Returns an issuer code as it stands in an id: letters and digits, small."""
    return re.sub(r"[\W_]", "", code.lower())


# What the engine does not do yet, by the id of the case. Each is expected to fail, strictly:
# the test that passes again says that its line here can go.
OPEN = {
    "r09-heads-of-a-table": "the grammar of unknown laws goes over a line break",
    "r24-small-letter": "a name of a place that ends in a small letter is cut",
    "same-day": "a paper is taken to act on another one of the same day",
    "r32-with-its-own-pinpoint": "'ban hành kèm theo' is handed on over a semicolon",
    "r33-draft-as-object": "an unnumbered type word before the verb is taken for this document",
}


def open_bug(name: str) -> pytest.MarkDecorator:
    """Returns the mark of a test that is known to fail, with the reason from :data:`OPEN`."""
    return pytest.mark.xfail(strict=True, reason=OPEN[name])


def table(row: int, cases: Mapping[str, Any]) -> list[ParameterSet]:
    """Returns pytest parameters named ``r<row>-<case>``: a row of the feature table and a case of it."""
    out = []
    for name, values in cases.items():
        case = f"r{row:02}-{name}"
        cells = values if isinstance(values, tuple) else (values,)
        out.append(pytest.param(*cells, id=case, marks=[open_bug(case)] if case in OPEN else []))
    return out


def edges(text: str, *, head: str = "") -> set[tuple[str, str, str]]:
    """Returns (number of the source, verb, number of the target) of the relations of a text."""
    doc = read(f"1. {text}", head=head or letterhead())
    return {(r.source.split(":")[-1], r.verb, r.target.split(":")[-1]) for r in doc.relations}


def numbers(text: str) -> list[str | None]:
    """Returns the numbers of the citations of a sentence, in reading order."""
    return [c.number for c in cite(text)]


# A letterhead as offices write it, for what depends on the citing document.
HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, {date}
{kind}
{subject}
"""


def letterhead(
    *,
    number: str = "45/TB-UBND",
    date: str = "ngày 12 tháng 5 năm 2021",
    kind: str = "THÔNG BÁO",
    subject: str = "Kết luận cuộc họp về sắp xếp kho lưu trữ",
) -> str:
    """Returns the letterhead of a paper of the People's Committee of Lạng Sơn."""
    return HEAD.format(number=number, date=date, kind=kind, subject=subject)
