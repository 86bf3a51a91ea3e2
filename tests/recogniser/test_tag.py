"""Windows: only where a capital is undecided, never through an entity, as right as whole lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.agency_values import AgencyContext
from congvan.document import Entity
from congvan.pipeline import Pipeline, _stretches
from congvan.recogniser.combine import combine
from congvan.recogniser.examples import examples
from congvan.recogniser.features import tokens
from congvan.recogniser.model import tagger
from congvan.recogniser.tag import _LEFT, _RIGHT, Guess, Result, tag

NOTICES = Path(__file__).parents[2] / "data/notices"


class Fake:
    """Tags each word by a table, and remembers what it was shown; ``sure`` by place."""

    def __init__(self, tags: Mapping[str, str] | None = None, sure: Sequence[float] = ()) -> None:
        self.tags = tags or {}
        self.sure = sure
        self.seen: list[str] = []

    def tag(self, xseq: Sequence[Sequence[str]], /) -> list[str]:
        words = [next(x[2:] for x in row if x.startswith("w=")) for row in xseq]
        self.seen.append(" ".join(words))
        return [self.tags.get(w, "O") for w in words]

    def marginal(self, y: str, pos: int, /) -> float:
        return self.sure[pos] if self.sure else 0.9


def entity(text: str, words: str, kind: str = "AGENCY", score: float = 0.99) -> Entity:
    at = text.index(words)
    return Entity("", kind, at, at + len(words), words, None, score)


def found_in(text: str, *names: str) -> list[Entity]:
    return [entity(text, name) for name in names]


# ---------------------------------------------------------------- where it looks

# fmt: off
LOOKED = [
    # No capital that could be of a name.
    ("rà soát lại các điểm sạt lở",             [], []),
    ("- Rà soát lại các điểm sạt lở.",          [], []),
    ("Rà soát.\n+ Khẩn cấp; Hoàn thành: Tiếp tục.",  [], []),
    ("“Rà soát” và (Kiểm tra)",                 [], []),
    ("**Rà soát** lại",                         [], []),
    ("2. Về hồ chứa",                           [], []),
    ("",                                        [], []),
    # A capital inside a sentence, or an abbreviation, or a word that begins names.
    ("giao ông Mẫu làm",                        [], ["giao ông mẫu làm"]),
    ("- UBND rà soát",                          [], ["- ubnd rà soát"]),
    ("- Xã báo cáo",                            [], ["- xã báo cáo"]),
    ("- Nguyễn báo cáo",                        [], ["- nguyễn báo cáo"]),
    ("- Trần Mẫu báo cáo",                      [], ["- trần mẫu báo cáo"]),
    # One line of three.
    ("rà soát\ngiao Mẫu làm\nbáo cáo",          [], ["giao mẫu làm"]),
    ("giao Mẫu\nbáo cáo\ngiao Thử",             [], ["giao mẫu", "giao thử"]),
    # What the rules are sure of is decided.
    ("giao Sở Nội vụ rà soát",                  ["Sở Nội vụ"], []),
    ("giao Sở Nội vụ gửi Mẫu",                  ["Sở Nội vụ"], ["giao sở nội vụ gửi mẫu"]),
]
# fmt: on


@pytest.mark.parametrize(("text", "names", "seen"), LOOKED)
def test_only_undecided_capitals_are_looked_at(
    text: str, names: list[str], seen: list[str]
) -> None:
    fake = Fake()
    result = tag(text, found_in(text, *names), fake)
    assert fake.seen == seen
    assert result.guesses == []
    shown = [" ".join(t.text.lower() for t in tokens(text, a, b)) for a, b in result.windows]
    assert shown == seen


@pytest.mark.parametrize(
    ("kind", "score", "looked"),
    [
        ("AGENCY", 0.95, False),
        ("AGENCY", 0.94, True),
        ("INSTRUMENT", 0.5, False),
        ("DATE", 0.5, False),
    ],
)
def test_rules_that_are_not_sure_are_looked_at(kind: str, score: float, looked: bool) -> None:
    text = "gửi Trung tâm Mẫu để biết"
    result = tag(text, [entity(text, "Trung tâm Mẫu", kind, score)], Fake())
    assert bool(result.windows) is looked


WORD = "chữ "


def test_a_window_reaches_a_few_words_to_both_sides() -> None:
    text = WORD * 40 + "Mẫu " + WORD * 40
    at = text.index("Mẫu")
    ((start, end),) = tag(text, [], Fake()).windows
    before, after = len(tokens(text, start, at)), len(tokens(text, at, end))
    assert (before, after) == (_LEFT, _RIGHT)


# Words between two names: what the one window reaches to the right, the next to the left.
NEAR = _LEFT + _RIGHT - 1


@pytest.mark.parametrize(
    ("gap", "windows"), [(0, 1), (3, 1), (NEAR, 1), (NEAR + 1, 2), (NEAR + 9, 2)]
)
def test_windows_that_meet_are_one(gap: int, windows: int) -> None:
    text = WORD * 20 + "Mẫu " + WORD * gap + "Thử " + WORD * 20
    got = tag(text, [], Fake()).windows
    assert len(got) == windows


def test_a_window_takes_in_whole_what_it_touches() -> None:
    name = "Sở " + WORD * 20 + "vụ"
    text = f"{name} gửi Mẫu {WORD * 8}{name}"
    first, second = entity(text, name), entity(text, name)
    at = text.rindex(name)
    second = Entity("", "AGENCY", at, at + len(name), name, None, 0.99)
    ((start, end),) = tag(text, [first, second], Fake()).windows
    assert (start, end) == (0, len(text))


def test_only_the_stretches_asked_for() -> None:
    text = "giao Mẫu làm\ngiao Thử làm\ngiao Nữa làm"
    for within, seen in [
        (None, ["giao mẫu làm", "giao thử làm", "giao nữa làm"]),
        ([], []),
        ([(13, 25)], ["giao thử làm"]),
        ([(0, 4), (18, 21)], ["giao thử làm"]),
        ([(0, 4), (22, 40)], ["giao nữa làm"]),
    ]:
        fake = Fake()
        tag(text, [], fake, within=within)
        assert fake.seen == seen, within


# ---------------------------------------------------------------- what it takes from the tags

B, I = "B-AGENCY", "I-AGENCY"  # noqa: E741 - the names of the tags
# fmt: off
TAGGED = [
    ({"ban": B, "mẫu": I},                     [("Ban Mẫu", "AGENCY")]),
    ({"ban": B, "mẫu": B},                     [("Ban", "AGENCY"), ("Mẫu", "AGENCY")]),
    ({"ban": I, "mẫu": I},                     []),
    ({"ban": "B-PERSON", "mẫu": I},            [("Ban", "PERSON")]),
    ({"giao": I, "ban": B, "mẫu": I},          [("Ban Mẫu", "AGENCY")]),
    ({"giao": B, "mẫu": I},                    [("Giao", "AGENCY")]),
    ({"mẫu": B, "làm": I},                     [("Mẫu làm", "AGENCY")]),
    ({"ban": "B-LOCATION", "mẫu": "B-PERSON"}, [("Ban", "LOCATION"), ("Mẫu", "PERSON")]),
    ({},                                       []),
]
# fmt: on


@pytest.mark.parametrize(("tags", "expected"), TAGGED)
def test_guesses(tags: dict[str, str], expected: list[tuple[str, str]]) -> None:
    text = "Giao Ban Mẫu làm"
    got = tag(text, [], Fake(tags)).guesses
    assert [(text[g.start : g.end], g.type) for g in got] == expected


def test_a_guess_is_as_sure_as_its_least_sure_token() -> None:
    text = "Giao Ban Mẫu Hai"
    fake = Fake({"ban": B, "mẫu": I, "hai": B}, sure=[0.1, 0.9, 0.71239, 0.5])
    assert tag(text, [], fake).guesses == [Guess(5, 12, "AGENCY", 0.712), Guess(13, 16, "AGENCY", 0.5)]  # fmt: skip


def test_guesses_lie_on_the_offsets_of_the_document() -> None:
    text = f"rà soát\n{WORD * 20}giao Ban Mẫu làm\nbáo cáo Ban Mẫu"
    got = tag(text, [], Fake({"ban": B, "mẫu": I})).guesses
    assert [text[g.start : g.end] for g in got] == ["Ban Mẫu", "Ban Mẫu"]
    assert got[1].end == len(text)


PIECES = "giao|Sở|Nội|vụ|Mẫu|UBND|xã|rà soát|,|.|-|\n|15|Trần|Văn|chữ chữ chữ chữ chữ chữ|M'gar|¹".split("|")  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Entity]]:
    """A text, and entities over whole tokens that do not overlap, nor cross a line."""
    text = " ".join(draw(st.lists(st.sampled_from(PIECES), max_size=40)))
    line = tokens(text, 0, len(text))
    cuts = draw(st.lists(st.integers(0, len(line)), max_size=10, unique=True).map(sorted))
    found = []
    for a, b in pairwise(cuts):
        start, end = line[a].start, line[b - 1].end
        if "\n" not in text[start:end] and draw(st.booleans()):
            kind = draw(st.sampled_from(["AGENCY", "DATE", "INSTRUMENT"]))
            score = draw(st.sampled_from([0.8, 0.99]))
            found.append(Entity("", kind, start, end, text[start:end], None, score))
    return text, found


TAGS = {
    "sở": B, "nội": I, "vụ": I, "ubnd": B, "mẫu": "B-PERSON", "trần": "B-PERSON",
    "văn": "I-PERSON", "xã": "I-LOCATION", "chữ": I,
}  # fmt: skip


@given(documents())
def test_windows_and_guesses_hold_their_laws(case: tuple[str, list[Entity]]) -> None:
    text, found = case
    result = tag(text, found, Fake(TAGS))
    assert all(a[1] <= b[0] for a, b in pairwise(result.windows))
    assert all(a.end <= b.start for a, b in pairwise(result.guesses))
    for start, end in result.windows:
        assert 0 <= start < end <= len(text)
        assert "\n" not in text[start:end]
        for e in found:
            apart = e.end <= start or end <= e.start
            assert apart or (start <= e.start and e.end <= end), (text[start:end], e)
    for g in result.guesses:
        assert any(a <= g.start < g.end <= b for a, b in result.windows)
        assert "\n" not in text[g.start : g.end]


# ---------------------------------------------------------------- the model that comes with congvan


def whole_lines(text: str, found: list[Entity], within: list[tuple[int, int]]) -> Result:
    """Returns what the model says of the lines when it sees all of each."""
    model = tagger()
    guesses: list[Guess] = []
    windows = []
    for line in examples(text, found, (), within):
        tags = model.tag(line.features())
        windows.append((line.line[0].start, line.line[-1].end))
        start = None
        for i, name in enumerate([*tags, "O"]):
            if start is not None and name != f"I-{tags[start][2:]}":
                sure = min(model.marginal(tags[k], k) for k in range(start, i))
                kind = tags[start][2:]
                guesses.append(Guess(line.line[start].start, line.line[i - 1].end, kind, sure))
                start = None
            if name[0] == "B":
                start = i
    return Result(guesses, windows)


def test_windows_decide_as_whole_lines_do() -> None:
    nlp = Pipeline(recogniser=False)
    same = of_windows = of_lines = 0
    for path in sorted(p for p in NOTICES.iterdir() if p.stem != "README"):
        doc = nlp.read_file(path)
        within = _stretches(doc.header, doc.sections, doc.units)
        found = list(doc.entities)
        both = []
        for result in (
            tag(doc.text, found, tagger(), within=within),
            whole_lines(doc.text, found, within),
        ):
            names = combine(doc.text, found, result, AgencyContext())
            both.append({(e.start, e.end, e.type) for e in names} - {
                (e.start, e.end, e.type) for e in found if e.type != "AGENCY"
            })  # fmt: skip
        same += len(both[0] & both[1])
        of_windows += len(both[0])
        of_lines += len(both[1])
    assert min(of_windows, of_lines) > 400
    assert same >= 0.97 * max(of_windows, of_lines)
