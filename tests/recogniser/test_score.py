"""The figures: exact, partial, unsure and value, on tables made by hand; and what makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recogniser.measure import figures, table
from congvan.recogniser.score import Figures, Found, Report, loose, same_value, score

A, P, L = "AGENCY", "PERSON", "LOCATION"
TYPES = (A, P, L)


def f(kind: str, start: int, end: int, value: str | None = None, unsure: bool = False) -> Found:
    return Found(kind, start, end, value, unsure)


# (gold, found, (gold, found, right, near, valued, asked) of AGENCY, slips as "kind start-end>start-end")
# fmt: off
CASES = [
    ("nothing anywhere", [], [], (0, 0, 0, 0, 0, 0), []),
    ("exact", [f(A, 0, 5, "x")], [f(A, 0, 5, "x")], (1, 1, 1, 1, 1, 1), []),
    ("exact with another value", [f(A, 0, 5, "x")], [f(A, 0, 5, "y")], (1, 1, 1, 1, 0, 1), ["value 0-5>0-5"]),
    ("exact without a value", [f(A, 0, 5, "x")], [f(A, 0, 5)], (1, 1, 1, 1, 0, 1), ["value 0-5>0-5"]),
    ("neither has a value", [f(A, 0, 5)], [f(A, 0, 5)], (1, 1, 1, 1, 0, 0), []),
    ("a value that nobody asked for", [f(A, 0, 5)], [f(A, 0, 5, "x")], (1, 1, 1, 1, 0, 0), []),
    ("missed", [f(A, 0, 5, "x")], [], (1, 0, 0, 0, 0, 0), ["missed 0-5>"]),
    ("too many", [], [f(A, 0, 5, "x")], (0, 1, 0, 0, 0, 0), ["extra >0-5"]),
    ("one letter short", [f(A, 0, 5, "x")], [f(A, 0, 4, "x")], (1, 1, 0, 1, 0, 0), ["border 0-5>0-4"]),
    ("sharing one letter", [f(A, 0, 5)], [f(A, 4, 9)], (1, 1, 0, 1, 0, 0), ["border 0-5>4-9"]),
    ("touching only", [f(A, 0, 5)], [f(A, 5, 9)], (1, 1, 0, 0, 0, 0), ["extra >5-9", "missed 0-5>"]),
    ("one answer over two", [f(A, 0, 5), f(A, 6, 9)], [f(A, 0, 9)], (2, 1, 0, 1, 0, 0), ["border 0-5>0-9", "missed 6-9>"]),
    ("two answers in one", [f(A, 0, 9)], [f(A, 0, 5), f(A, 6, 9)], (1, 2, 0, 1, 0, 0), ["border 0-9>0-5", "extra >6-9"]),
    ("the same answer twice", [f(A, 0, 5)], [f(A, 0, 5), f(A, 0, 5)], (1, 2, 1, 1, 0, 0), ["extra >0-5"]),
    ("exact goes before partial", [f(A, 0, 5)], [f(A, 0, 9), f(A, 0, 5)], (1, 2, 1, 1, 0, 0), ["extra >0-9"]),
    ("another type there", [f(A, 0, 5)], [f(P, 0, 5)], (1, 0, 0, 0, 0, 0), ["extra >0-5", "missed 0-5>"]),
    ("a type that is not asked for", [f(A, 0, 5), f("DATE", 6, 9)], [f(A, 0, 5), f("DATE", 7, 9)], (1, 1, 1, 1, 0, 0), []),
    ("unsure and not found", [f(A, 0, 5, None, True)], [], (0, 0, 0, 0, 0, 0), []),
    ("unsure and found", [f(A, 0, 5, None, True)], [f(A, 0, 5, "x")], (0, 0, 0, 0, 0, 0), []),
    ("unsure and found in part", [f(A, 0, 5, None, True)], [f(A, 4, 9)], (0, 0, 0, 0, 0, 0), []),
    ("unsure and called otherwise", [f(P, 0, 5, None, True)], [f(A, 0, 5)], (0, 0, 0, 0, 0, 0), []),
    ("beside what is unsure", [f(A, 0, 5, None, True)], [f(A, 5, 9)], (0, 1, 0, 0, 0, 0), ["extra >5-9"]),
    ("unsure beside sure", [f(A, 0, 9), f(A, 0, 5, None, True)], [f(A, 0, 9)], (1, 1, 1, 1, 0, 0), []),
]
# fmt: on


@pytest.mark.parametrize(("gold", "found", "expected", "slips"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])  # fmt: skip
def test_score(
    gold: list[Found],
    found: list[Found],
    expected: tuple[int, int, int, int, int, int],
    slips: list[str],
) -> None:
    report = score(gold, found, TYPES)
    assert set(report.types) == set(TYPES)
    assert report.types[A] == Figures(*expected)

    def words(span: Found | None) -> str:
        return f"{span.start}-{span.end}" if span else ""

    assert [f"{kind} {words(a)}>{words(b)}" for kind, _, a, b in report.slips] == slips


@pytest.mark.parametrize(
    ("of", "exact", "partial", "value"),
    [
        (Figures(), (0, 0, 0), (0, 0, 0), None),
        (Figures(gold=4), (0, 0, 0), (0, 0, 0), None),
        (Figures(found=4), (0, 0, 0), (0, 0, 0), None),
        (Figures(4, 5, 3, 4, 1, 2), (3 / 5, 3 / 4, 6 / 9), (4 / 5, 4 / 4, 8 / 9), 1 / 2),
        (Figures(3, 3, 3, 3, 0, 0), (1, 1, 1), (1, 1, 1), None),
        (Figures(3, 3, 3, 3, 0, 3), (1, 1, 1), (1, 1, 1), 0),
    ],
    ids=["nothing", "nothing found", "nothing there", "some", "no value asked", "no value right"],
)
def test_precision_recall_f1(
    of: Figures, exact: tuple[float, ...], partial: tuple[float, ...], value: float | None
) -> None:
    assert of.prf() == pytest.approx(exact)
    assert of.prf(partial=True) == pytest.approx(partial)
    assert of.value_accuracy == value


def test_reports_add_up() -> None:
    one = score([f(A, 0, 5)], [f(A, 0, 5)], (A,))
    one.add(score([f(A, 0, 5), f(P, 6, 9)], [f(A, 0, 4)], (A, P)))
    one.add(score([f(A, 0, 5, "x")], [f(A, 0, 5, "x")], (A,)))
    assert one.types == {A: Figures(3, 3, 2, 3, 1, 1), P: Figures(1)}
    assert [kind for kind, *_ in one.slips] == ["border", "missed"]


# fmt: off
VALUES = [
    (A, "Sở Tài chính tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu", True),
    (A, "Sở Tài chính tỉnh Mẫu", "Sở Tài Chính tỉnh Mẫu", True),
    (A, "Tỉnh ủy Hòa Mẫu", "Tỉnh uỷ Hoà Mẫu", True),
    (A, "Kho bạc Nhà nước tỉnh Mẫu", "Kho bạc Nhà nước Mẫu", True),
    (A, "Phòng Kỹ thuật, Điện lực Mẫu", "Phòng Kỹ thuật thuộc Điện lực Mẫu", True),
    (A, "Sở Lao động - Thương binh và Xã hội", "Sở Lao động – Thương binh, Xã hội", True),
    (A, "Công ty TNHH MTV Cấp nước Mẫu", "Công ty TNHH một thành viên Cấp nước Mẫu", True),
    (A, "Sở Tài chính tỉnh Mẫu", "Sở Tài chính", False),
    (A, "Sở Tài chính", "Sở Nội vụ", False),
    (A, "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân", False),
    (A, "Ban Mẫu", "Bản Mẫu", False),
    (A, None, "Sở Nội vụ", False),
    (A, "Sở Nội vụ", None, False),
    (A, None, None, True),
    (P, "Trần Mẫu", "trần mẫu", False),
    ("DATE", "2024-05", "2024-05", True),
    ("DATE", "2024-05", "2024/05", False),
    ("DATE", None, None, True),
]
# fmt: on


@pytest.mark.parametrize(("kind", "first", "second", "same"), VALUES)
def test_same_value(kind: str, first: str | None, second: str | None, same: bool) -> None:
    assert same_value(kind, first, second) is same
    assert same_value(kind, second, first) is same


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Chủ tịch UBND các tỉnh: Mẫu, Thử", "Chủ tịch UBND các tỉnh Mẫu và Thử"),
        ("Ủy ban nhân dân các tỉnh, thành phố", "Ủy ban nhân dân các tỉnh và thành phố"),
    ],
)
def test_signs_do_not_tell_two_names_apart(first: str, second: str) -> None:
    assert same_value(A, first, second)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Phòng Y tế", "phòng y tế"),
        ("  Sở   Nội vụ ", "sở nội vụ"),
        ("A-B, C – D", "a b c d"),
        ("Đội thuộc Phòng của Sở và Ban", "đội phòng sở ban"),
        ("Thuộc địa", "thuộc địa"),
    ],
)
def test_loose(name: str, expected: str) -> None:
    assert loose(name) == expected


spans = st.builds(
    lambda kind, start, size, value, unsure: Found(kind, start, start + size, value, unsure),
    st.sampled_from(TYPES), st.integers(0, 30), st.integers(1, 6), st.sampled_from([None, "x", "y"]), st.booleans(),
)  # fmt: skip


def apart(items: list[Found]) -> list[Found]:
    """Returns those that do not overlap one before them, as gold and answers never do."""
    out: list[Found] = []
    for s in sorted(items, key=lambda s: s.start):
        if not out or out[-1].end <= s.start:
            out.append(s)
    return out


@given(st.lists(spans, max_size=12).map(apart), st.lists(spans, max_size=12).map(apart))
def test_laws(gold: list[Found], found: list[Found]) -> None:
    report = score(gold, found, TYPES)
    for kind, x in report.types.items():
        assert 0 <= x.valued <= x.asked <= x.right <= x.near <= min(x.gold, x.found)
        assert x.gold == sum(g.type == kind and not g.unsure for g in gold)
        assert x.found <= sum(s.type == kind for s in found)
    assert score(gold, gold, TYPES).slips == []


# ---------------------------------------------------------------- figures as tables


def report(**kinds: Figures) -> Report:
    return Report(dict(kinds))


def test_figures_are_cut_and_only_some_types_have_values() -> None:
    got = figures(report(AGENCY=Figures(3, 3, 2, 3, 1, 2), PERSON=Figures(3, 3, 2, 3, 2, 2)))
    assert got["AGENCY"] == {
        "support": 3, "found": 3, "precision": 0.6666, "recall": 0.6666, "f1": 0.6666,
        "partial_precision": 1.0, "partial_recall": 1.0, "partial_f1": 1.0, "value": 0.5,
    }  # fmt: skip
    assert "value" not in got["PERSON"]


def test_the_table_cuts_and_says_who_never_answers() -> None:
    ours = report(AGENCY=Figures(10000, 10000, 9999, 10000, 9999, 9999), PERSON=Figures(0, 2))
    theirs = report(AGENCY=Figures(10000), PERSON=Figures())
    rows = table([("ours", ours), ("theirs", theirs)])
    assert rows[1:] == [
        # 0.9999 is not 1.000
        ["AGENCY", "10000", "ours", "0.999", "0.999", "0.999", "1.000", "1.000"],
        ["AGENCY", "10000", "theirs", "–", "–", "–", "–", "–"],
    ]
    assert all(len(row) == len(rows[0]) for row in rows)
