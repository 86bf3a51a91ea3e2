"""What becomes of an agency that only the tagger saw."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from congvan.lookups import rows, values
from congvan.recogniser.bodies import mended

MARK_RE = re.compile(r"\[([^\]]*)\]")


def guess(marked: str) -> tuple[str, int, int]:
    """Returns the text without the mark, and the span that was marked."""
    m = MARK_RE.search(marked)
    assert m is not None, marked
    return MARK_RE.sub(r"\1", marked), m.start(), m.end() - 2


@pytest.mark.parametrize("row", rows("not_bodies"), ids=lambda row: row["start"][:30])
def test_no_body_row(row: Mapping[str, str]) -> None:
    text, start, end = guess(row["example"])
    assert text.startswith(tuple(values(row["start"])), start)
    assert mended(text, start, end, []) == []
    text, start, end = guess(row["counterexample"])
    assert mended(text, start, end, []) == [(start, end)]


# fmt: off
CASES = [
    # a guess                                                   what it should be
    ("theo “[Bộ Xây dựng”];",                                   ["Bộ Xây dựng"]),
    ("gồm: [- Tỉnh ủy], HĐND",                                  ["Tỉnh ủy"]),
    ("có [01 Viện kiểm sát khu vực] dự",                        ["Viện kiểm sát khu vực"]),
    ("do [Chi cục Thủy lợi (CCTL], Sở",                         ["Chi cục Thủy lợi"]),
    ("của [Trung tâm (cơ sở hai) huyện] đã",                    ["Trung tâm (cơ sở hai) huyện"]),
    ("gồm [Các tỉnh ủy, thành uỷ] cùng",                        []),
    ("gồm [Các Huyện ủy] cùng",                                 []),
    ("giao [Ban Tổ chức Huyện ủy] làm",                         ["Ban Tổ chức Huyện ủy"]),
    ("tại điểm [AT9], ô [VH4]",                                 []),
    ("qua [Cảnh sát cơ động, Cảnh sát giao thông] và",          ["Cảnh sát cơ động", "Cảnh sát giao thông"]),
    ("gồm [Bộ đội Biên phòng, Hải quan] tuần tra",              ["Bộ đội Biên phòng", "Hải quan"]),
    ("giao [Phòng Văn hóa, Khoa học và Thông tin] làm",         ["Phòng Văn hóa, Khoa học và Thông tin"]),
    ("mời [Chủ tịch UBND các xã: Thanh Hà, Thanh An] họp",      ["Chủ tịch UBND các xã: Thanh Hà, Thanh An"]),
    # A border inside a word of the office, a verb, an "or": the rules know better.
    ("theo [Ban Chỉ đạo về tổng] kết năm",                      None),
    ("do [Văn phòng sẽ] trình",                                 None),
    ("do [Trưởng ban hoặc Phó Trưởng ban] ký",                  None),
]
# fmt: on


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[c[0] for c in CASES])
def test_mended(marked: str, expected: list[str] | None) -> None:
    text, start, end = guess(marked)
    found = mended(text, start, end, [])
    assert (found if found is None else [text[a:b] for a, b in found]) == expected


@pytest.mark.parametrize(
    ("marked", "rule"),
    [
        ("nghe [Hội đồng nhân dân ban hành Nghị] định", "Hội đồng nhân dân"),
        ("cùng [Phó Giám đốc Sở Y tế Trần Văn Mẫu thành phố] dự", "Phó Giám đốc Sở Y tế"),
        ("giao [Mặt trận Tổ quốc] các cấp vận động", "Mặt trận Tổ quốc các cấp"),
        ("của Thường trực [Hội đồng nhân dân (HĐND]) xã", "Thường trực Hội đồng nhân dân"),
    ],
)
def test_the_rules_know_better(marked: str, rule: str) -> None:
    text, start, end = guess(marked)
    at = text.index(rule)
    assert mended(text, start, end, [(at, at + len(rule))]) is None
    assert mended(text, start, end, []) is not None
