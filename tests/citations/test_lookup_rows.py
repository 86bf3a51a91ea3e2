"""Every row of the tables, read by the engine: the example must hit, the counterexample must not.

The shape of the tables alone is tested in ``test_lookups.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from _pytest.mark import ParameterSet
from citation_help import cite, code_key, issuer_codes, one, parts

from congvan.lookups import rows, values

Row = Mapping[str, str]

# Numbers of these kinds are no administrative instruments.
NOT_CITED = {"contract", "form", "standard", "permit", "treaty", "judgment"}
# Cited by name alone, without a number.
BY_NAME = {"Hiến pháp", "Điều lệ"}
# A number with a symbol: what every reader takes for the number of a paper.
NUMBER_RE = re.compile(r"số\s\d+[a-z]?(?:/\d{4})?[-/][A-ZĐ]")


def every(name: str) -> list[ParameterSet]:
    """Returns one parameter a row, named by its first cell."""
    return [
        pytest.param(row, id=f"{i}-{next(iter(row.values()))[:36]}")
        for i, row in enumerate(rows(name), 2)
    ]


# --- types -------------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("doc_types"))
def test_type_row(row: Row) -> None:
    found = cite(row["example"])
    types = [c.type for c in found]
    if row["kind"] in NOT_CITED:
        assert found == (), types
    elif row["name"] in BY_NAME:
        # The Constitution is a law by name; the charter of a body is none of ours.
        assert types in ([row["name"]], [])
    elif row["kind"] == "generic":
        # "Văn bản số 482/BC-UBND" is a report: the symbol says more than the word.
        assert len(found) == 1
        assert found[0].text == row["example"]
        assert found[0].symbol is not None
        head = found[0].symbol.split("-")[0]
        assert parts(found[0])[0] == code_key(head).replace("đ", "d")
    else:
        assert types == [row["name"]]
        assert found[0].text in row["example"]
    assert row["name"] not in [c.type for c in cite(row["counterexample"])]


# --- issuers -----------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("issuers"))
def test_issuer_row(row: Row) -> None:
    # "UB" is the older code of the same body.
    code = code_key({"UB": "UBND"}.get(row["code"], row["code"]))
    c = one(row["example"])
    assert code in issuer_codes(c), c.document
    assert len(issuer_codes(c)) == 1 or "liên tịch" in row["example"], c.document
    for other in cite(row["counterexample"]):
        assert code not in issuer_codes(other), other.document


@pytest.mark.parametrize("row", every("issuers"))
def test_issuer_is_named_when_only_one_body_has_the_code(row: Row) -> None:
    c = one(row["example"])
    names = values(row["issuer"])
    if row["local"] == "yes":
        # A local suffix needs its place; without one in the text nothing is claimed.
        assert ".?" in c.document
        assert not c.complete
    elif len(names) == 1:
        if len(issuer_codes(c)) > 1:
            # A joint paper: either all of its bodies are named, or nothing is.
            assert c.issuer is None or names[0] in c.issuer
            return
        assert c.issuer == names[0]
        assert any("symbol" in reason for reason in c.reasons)
    else:
        assert c.issuer is None or c.issuer in names


@pytest.mark.parametrize(
    ("code", "variant"),
    [
        pytest.param(row["code"], variant, id=f"{row['code']}={variant}")
        for row in rows("issuers")
        for variant in values(row["codes"])
        if re.fullmatch(r"[A-ZĐ][\wĐđ]{2,}", variant) and not re.search(r"\d$", variant)
    ],
)
def test_variant_of_a_code_leads_to_the_same_id(code: str, variant: str) -> None:
    plain, other = one(f"Công văn số 7731/{code}-TH"), one(f"Công văn số 7731/{variant}-TH")
    assert plain.document == other.document


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(row["code"], id=row["code"])
        for row in rows("issuers")
        if "Đ" in row["code"] and len(row["code"]) > 2
    ],
)
def test_code_that_lost_its_stroke_is_mended_and_the_repair_recorded(code: str) -> None:
    bare = code.replace("Đ", "D")
    if any(bare == row["code"] for row in rows("issuers")):
        # "BDT" is the office for ethnic groups, "BĐT" the one for cities: never mended.
        assert one(f"Xem Báo cáo số 7731/BC-{bare}.").repairs == ()
        return
    plain, mended = one(f"Xem Báo cáo số 7731/BC-{code}."), one(f"Xem Báo cáo số 7731/BC-{bare}.")
    assert mended.document == plain.document
    assert any(bare in r and code in r for r in mended.repairs)


# --- laws --------------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("laws"))
def test_law_row(row: Row) -> None:
    found = cite(row["example"])
    assert [c.title for c in found] == [row["name"]]
    assert [c.kind for c in found] == ["named"]
    spoken = found[0].text.split(" năm ")[0].lower()
    assert spoken in {s.lower() for s in (row["name"], *values(row["aliases"]))}
    assert row["name"] not in [c.title for c in cite(row["counterexample"])]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        pytest.param(alias, row["name"], id=alias)
        for row in rows("laws")
        for alias in values(row["aliases"])
    ],
)
def test_other_spelling_of_a_law(spelling: str, name: str) -> None:
    assert one(f"Căn cứ {spelling};").title == name


def versions() -> list[ParameterSet]:
    out = []
    for row in rows("laws"):
        years = values(row["years"])
        for number, year, date in zip(
            values(row["numbers"]), years, values(row["dates"]), strict=True
        ):
            if number != "-":
                twins = years.count(year)
                out.append(
                    pytest.param(
                        row["name"], number, year, date, twins, id=f"{row['name']}-{number}"
                    )
                )
    return out


@pytest.mark.parametrize(("name", "number", "year", "date", "twins"), versions())
def test_name_and_year_give_the_number(
    name: str, number: str, year: str, date: str, twins: int
) -> None:
    digits = re.match(r"\d+", number)
    assert digits
    wanted = digits.group().lstrip("0")
    c = one(f"Căn cứ {name} năm {year};")
    if twins > 1:
        # Two laws of one name in one year: nothing decides, so nothing is claimed.
        assert not c.complete
        assert wanted in {candidate.split(":")[-1] for candidate in c.candidates}
    else:
        assert parts(c)[2:] == (year, wanted)
        assert c.complete
    if re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        y, m, d = date.split("-")
        dated = one(f"Căn cứ {name} ngày {d} tháng {m} năm {y};")
        assert parts(dated)[3] == wanted
        assert dated.date == date


@pytest.mark.parametrize(
    ("name", "number", "year", "twins"),
    # Numbers before 1997 ("29-L/CTN") are not written behind the name.
    [
        pytest.param(v[0], v[1], v[2], v[4], id=p.id)
        for p in versions()
        if re.search(r"/(?:QH|UBTVQH)\d", str((v := p.values)[1]))
    ],
)
def test_name_with_number_is_the_same_law(name: str, number: str, year: str, twins: int) -> None:
    c = one(f"Căn cứ {name} số {number};")
    assert c.text == f"{name} số {number}"
    assert (c.number, str(c.year)) == (number.split("/")[0], number.split("/")[1])
    if twins == 1:
        assert c.document == one(f"Căn cứ {name} năm {year};").document


# --- negatives ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=f"{i}-{r['reason']}") for i, r in enumerate(rows("negatives"), 2)]
)
def test_negative_row(row: Row) -> None:
    assert [c.text for c in cite(row["example"])] == []
    kept = [c.text for c in cite(row["counterexample"])]
    if NUMBER_RE.search(row["counterexample"]):
        assert len(kept) == 1, kept


# --- relation cues -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=f"{i}-{r['relation']}-{r['example'][:30]}")
        for i, r in enumerate(rows("relation_cues"), 2)
    ],
)
def test_relation_row(row: Row) -> None:
    found = cite(row["example"])
    assert found
    last = found[-1] if row["place"] == "before" else found[0]
    assert last.relation == row["relation"]
    assert last.evidence is not None
    assert re.fullmatch(row["pattern"], last.evidence.text) or re.search(
        row["pattern"], row["example"]
    )
    others = cite(row["counterexample"])
    assert others, "the counterexample must cite something, else it shows nothing"
    assert row["relation"] not in [c.relation for c in others]
    assert all(c.evidence is None or c.relation != row["relation"] for c in others)


# --- terms -------------------------------------------------------------------------------


def party_terms() -> list[ParameterSet]:
    return [
        pytest.param(row, id=f"{row['body']}-{row['term']}")
        for row in rows("terms")
        if "/" in row["example"] and "-NQ/" in row["example"]
    ]


@pytest.mark.parametrize("row", party_terms())
def test_term_row(row: Row) -> None:
    """A Party number is counted within one term: the two dates give two documents."""
    inside, outside = one(row["example"]), one(row["counterexample"])
    assert parts(inside)[3] == parts(outside)[3]
    assert parts(inside)[2] != parts(outside)[2]
    label = f"k{row['ordinal']}" if row["ordinal"] else row["term"].removeprefix("nhiệm kỳ ")
    assert parts(inside)[2] == label
