"""Heads and learned boundaries, the way that was tried beside the CRF."""

from __future__ import annotations

from itertools import pairwise

import pytest

from congvan.recogniser.candidates import Boundaries, describe, pairs
from congvan.recogniser.examples import Example
from congvan.recogniser.features import tokens
from congvan.recogniser.spans import Span, to_tags


def example(
    text: str,
    gold: list[str] | None = None,
    kind: str = "AGENCY",
    hints: str = "",
    places: str = "",
) -> Example:
    """Returns the line of a text; ``gold`` are the names in it."""
    line = tokens(text, 0, len(text))
    spans: list[Span] = [(text.index(n), text.index(n) + len(n), kind) for n in gold or ()]
    none = ["O"] * len(line)
    return Example(line, hints.split() or none, places.split() or ["-"] * len(line), to_tags(line, spans))  # fmt: skip


def found(text: str) -> list[str]:
    line = example(text)
    return [text[line.line[i].start : line.line[j - 1].end] for i, j in pairs(line)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rà soát lại", ""),
        ("", ""),
        ("gửi Sở Y", "Sở|Sở Y|Y"),
        ("Sở, Y tế", "Sở|Sở, Y|Sở, Y tế|Y|Y tế"),
        # A class word before a name begins one too.
        ("tại xã Mẫu", "xã|xã Mẫu|Mẫu"),
        ("tại xã nhà", ""),
        ("trên đường Mẫu", "đường|đường Mẫu|Mẫu"),
        # A name ends at a full stop, a colon, a bracket.
        ("Sở Y. Tế", "Sở|Sở Y|Y|Tế"),
        ("Sở: Y", "Sở|Y"),
        ("Sở (Y)", "Sở|Y"),
        ("15 Sở", "Sở"),
    ],
)  # fmt: skip
def test_pairs(text: str, expected: str) -> None:
    assert found(text) == (expected.split("|") if expected else [])


def test_a_name_has_fifteen_tokens_at_most() -> None:
    line = example("Sở " + "chữ " * 30)
    assert max(j - i for i, j in pairs(line)) == 15


def test_every_right_name_is_a_candidate() -> None:
    text = "giao Sở Văn hóa, Thể thao và Du lịch và UBND xã Mẫu rà soát"
    assert {"Sở Văn hóa, Thể thao và Du lịch", "UBND xã Mẫu"} <= set(found(text))


TEXT = "giao Sở Y tế, xã Mẫu"


def names(i: int, j: int, **what: str) -> set[str]:
    got = describe(example(TEXT, **what), i, j)
    assert set(got.values()) == {1.0}
    return set(got)


def test_describe() -> None:
    got = names(1, 4)
    assert {"first=sở", "first2=sở y", "last=tế", "last2=y tế", "next=,", "nextform=,"} <= got
    assert {"before=giao", "before2=<> giao", "forms=Aa A aa", "size=3"} <= got
    assert {"signs=0", "capitals=2/3", "inner=y", "list=body"} <= got
    assert {"rule=-", "starts=O", "ends=O|O", "place=-|-|-"} <= got


def test_describe_at_the_edges_of_the_line() -> None:
    assert {"next=<>", "lastnext=mẫu <>", "ends=O|<>", "place=-|-|<>"} <= names(5, 7)
    assert {"before=<>", "before2=<> <>"} <= names(0, 1)


@pytest.mark.parametrize(
    ("i", "j", "rule"),
    [
        (1, 4, "rule=AGENCY9"),
        (1, 3, "rule=-"),  # the rule's name goes on
        (1, 5, "rule=-"),  # and does not reach here
        (2, 4, "rule=-"),
        (5, 7, "rule=AGENCY7"),
    ],
)  # fmt: skip
def test_only_the_whole_name_of_a_rule_counts(i: int, j: int, rule: str) -> None:
    hints = "O B-AGENCY9 I-AGENCY9 I-AGENCY9 O B-AGENCY7 I-AGENCY7"
    assert {x for x in names(i, j, hints=hints) if x.startswith("rule=")} == {rule}


def test_places_are_seen() -> None:
    assert "place=-|B-P|-" in names(3, 5, places="- - - - B-P - -")


# ---------------------------------------------------------------- learning

BODIES = "Sở Y tế|Sở Nội vụ|Bộ Công an|UBND xã Mẫu|Ban Thử".split("|")
TOYS = [
    *(example(f"giao {name} rà soát", [name]) for name in BODIES),
    *(example(f"gửi {name} để biết", [name]) for name in BODIES),
    *(
        example(f"tại xã {name} hôm nay", [f"xã {name}"], "LOCATION")
        for name in ("Hai", "Ba", "Tư")
    ),
    example("Rà soát lại", []),
]


def test_it_learns_what_it_is_shown() -> None:
    learned = Boundaries().fit(TOYS * 3, ("AGENCY", "LOCATION"))
    for line in TOYS:
        assert to_tags(line.line, learned.spans(line)) == line.gold, line
    text = "giao Bộ Nội vụ rà soát"
    assert [text[a:b] for a, b, _ in learned.spans(example(text))] == ["Bộ Nội vụ"]


def test_types_that_are_not_asked_for_are_not_learned() -> None:
    learned = Boundaries().fit(TOYS * 3, ("AGENCY",))
    assert {kind for line in TOYS for _, _, kind in learned.spans(line)} == {"AGENCY"}


def test_it_says_nothing_of_a_line_without_candidates() -> None:
    learned = Boundaries().fit(TOYS, ("AGENCY",))
    assert learned.spans(example("rà soát lại")) == []
    assert learned.spans(example("")) == []


def test_what_it_finds_is_in_order_and_apart_and_the_same_each_time() -> None:
    line = example("giao Sở Y tế, Bộ Công an, UBND xã Mẫu và Ban Thử tại xã Hai, xã Ba rà soát")
    learned, again = (Boundaries().fit(TOYS, ("AGENCY", "LOCATION")) for _ in range(2))
    spans = learned.spans(line)
    assert len(spans) >= 3
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert again.spans(line) == spans
