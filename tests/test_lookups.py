"""The shape of the rule tables of the citation engine, and what each row says of itself.

Whether the engine reads the examples as the rows claim is tested with the engine; here
stands what must hold of the tables alone, so that a clerk who adds a row sees at once
what is wrong with it.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise

import pytest
from _pytest.mark import ParameterSet

from congvan.lookups import rows, values
from congvan.text import shadow

COLUMNS = {
    "doc_types": "name,abbrev,party_abbrev,former_abbrev,variants,form,kind,example,counterexample",
    "issuers": "code,issuer,level,valid_from,valid_to,local,codes,example,counterexample",
    "laws": "name,aliases,numbers,years,dates,issuer,example,counterexample",
    "terms": "body,term,ordinal,start,end,example,counterexample,source",
    "negatives": "pattern,reason,example,counterexample",
}
TABLES = tuple(COLUMNS)
KINDS = {
    "qppl",
    "admin",
    "party",
    "generic",
    "contract",
    "form",
    "standard",
    "permit",
    "treaty",
    "judgment",
}
LEVELS = {
    "state_central",
    "state_local",
    "party_central",
    "party_local",
    "organisation",
    "court",
    "army",
}
Row = Mapping[str, str]


def every(name: str) -> list[ParameterSet]:
    """Returns one pytest parameter a row, named by its first cell."""
    return [pytest.param(row, id=next(iter(row.values()))[:40]) for row in rows(name)]


def words_in(needle: str, text: str) -> bool:
    """True if ``needle`` stands in ``text`` between word borders, whatever the tone style."""
    return bool(re.search(rf"(?<!\w){re.escape(shadow(needle))}(?!\w)", shadow(text)))


def symbol_codes(text: str) -> set[str]:
    """Returns the issuer-like groups behind the first number of ``text``, digits of terms cut.

    >>> sorted(symbol_codes("Nghị quyết số 12/2021/UBTVQH15"))
    ['UBTVQH', 'UBTVQH15']
    """
    found = re.search(r"số (\d+[a-z]?(?:[/-][\w.&]+(?:[/-][\w.&]+)*))", text)
    if not found:
        return set()
    groups = re.split(r"[/-]", found.group(1))[1:]
    pairs = ["-".join(groups[i : i + 2]) for i in range(len(groups) - 1)]
    return set(groups) | {re.sub(r"\d+$", "", g) for g in groups} | set(pairs)


# --- every table -------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_form_of_the_file(name: str) -> None:
    data = files("congvan").joinpath("lookups", f"{name}.csv").read_text(encoding="utf-8")
    assert data.split("\n", 1)[0] == COLUMNS[name]
    assert data.endswith("\n")
    assert not re.search(r"[\r\t]", data)
    assert unicodedata.is_normalized("NFC", data)
    assert not re.search("[\u00a0\u200b\ufeffÐðƉ]", data), "look-alike or invisible character"
    width = COLUMNS[name].count(",") + 1
    for line, cells in enumerate(csv.reader(data.splitlines()), 1):
        assert len(cells) == width, f"line {line}: {len(cells)} cells"
        assert all(cell == cell.strip() for cell in cells), f"line {line}: blank at a border"


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_an_example_and_a_counterexample(name: str) -> None:
    for row in rows(name):
        assert row["example"], row
        assert row["counterexample"], row
        assert row["example"] != row["counterexample"], row


@pytest.mark.parametrize("name", TABLES)
def test_lists_in_cells_have_no_empty_or_double_members(name: str) -> None:
    free = {"pattern", "example", "counterexample", "dates", "years", "numbers", "reason"}
    for row in rows(name):
        for column, cell in row.items():
            if column in free or not cell:
                continue
            members = cell.split("|")
            assert all(m and m == m.strip() for m in members), (column, cell)
            assert len(set(members)) == len(members), (column, cell)


@pytest.mark.parametrize(
    ("name", "key", "variants"),
    [("doc_types", "name", "variants"), ("issuers", "code", "codes"), ("laws", "name", "aliases")],
)
def test_a_spelling_leads_to_one_row(name: str, key: str, variants: str) -> None:
    count = Counter(
        shadow(spelling) for row in rows(name) for spelling in (row[key], *values(row[variants]))
    )
    assert [s for s, n in count.items() if n > 1] == []


def test_tables_are_large_enough_to_be_whole() -> None:
    assert len(rows("doc_types")) >= 75
    assert len(rows("issuers")) >= 200
    assert len(rows("laws")) >= 350
    assert len(rows("negatives")) >= 40


# --- types -------------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("doc_types"))
def test_type_row(row: Row) -> None:
    assert row["form"] in {"state", "party", "both"}
    assert row["kind"] in KINDS
    spellings = (row["name"], *values(row["variants"]))
    assert any(words_in(s, row["example"]) for s in spellings)
    codes = [
        c for column in ("abbrev", "party_abbrev", "former_abbrev") for c in values(row[column])
    ]
    assert all(re.fullmatch(r"[A-ZĐ][\wĐđ-]{0,5}", c) for c in codes), codes
    if row["form"] == "party":
        assert not row["abbrev"]
    if row["form"] == "state":
        assert not row["party_abbrev"]


def test_abbreviations_of_decree_30_are_all_there() -> None:
    # Decree 30/2020, annex III, part I: the 27 types that have one, and the three copies.
    decree = """NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT
        GNP PG PC PB SY TrS SL""".split()
    known = {c for row in rows("doc_types") for c in values(row["abbrev"])}
    assert [c for c in decree if c not in known] == []


@pytest.mark.parametrize(
    ("column", "code", "name"),
    [
        ("abbrev", "QĐ", "Quyết định"),
        ("abbrev", "KL", "Kết luận"),
        ("abbrev", "TT", "Thông tư"),
        ("abbrev", "TB", "Thông báo"),
        ("abbrev", "CTr", "Chương trình"),
        ("abbrev", "L", "Luật"),
        ("party_abbrev", "QĐ", "Quyết định"),
        ("party_abbrev", "TT", "Thông tri"),
        ("party_abbrev", "CV", "Công văn"),
    ],
)
def test_the_first_row_of_an_abbreviation_is_its_usual_meaning(
    column: str, code: str, name: str
) -> None:
    assert next(row["name"] for row in rows("doc_types") if code in values(row[column])) == name


def test_longer_types_win_over_the_shorter_ones_they_begin_with() -> None:
    names = {row["name"] for row in rows("doc_types")}
    assert {"Thông tư", "Thông tư liên tịch", "Nghị định", "Nghị định thư"} <= names


# --- issuers -----------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("issuers"))
def test_issuer_row(row: Row) -> None:
    assert row["level"] in LEVELS
    assert row["local"] in {"yes", "no"}
    # Full names only: a code must not be explained by another code.
    assert not re.search(r"(?<!\w)(?:UBND|HĐND|BCĐ|MTTQ|TW)(?!\w)", row["issuer"])
    assert " " in row["issuer"] or row["code"] in {"QH", "CP"}
    for column in ("valid_from", "valid_to"):
        if row[column]:
            dt.date.fromisoformat(row[column])
    if row["valid_from"] and row["valid_to"]:
        assert row["valid_from"] < row["valid_to"]
    codes = {row["code"], *values(row["codes"])}
    assert all(re.fullmatch(r"[A-ZĐƯ][\wĐđƯư&./-]*", c) for c in codes), codes
    assert codes & symbol_codes(row["example"]), "the example does not bear the code"
    own = symbol_codes(row["counterexample"])
    assert own, "the counterexample must be a number too"
    assert row["code"] not in own, "the counterexample bears the code itself"


def test_codes_of_both_eras_of_the_ministries() -> None:
    by_code = {row["code"]: row for row in rows("issuers")}
    for code in ("BKHĐT", "BGTVT", "BNNPTNT", "BTNMT", "BTTTT", "BLĐTBXH", "UBDT"):
        assert by_code[code]["valid_to"] == "2025-02-28", code
    for code in ("BNNMT", "BDTTG", "SNNMT", "SDTTG"):
        assert by_code[code]["valid_from"] == "2025-03-01", code
    assert by_code["BTC"]["valid_to"] == by_code["BTC"]["valid_from"] == ""


def test_what_is_local_needs_a_place() -> None:
    by_code = {row["code"]: row for row in rows("issuers")}
    assert all(by_code[c]["local"] == "yes" for c in ("UBND", "HĐND", "TU", "SKHĐT", "CTUBND"))
    assert all(by_code[c]["local"] == "no" for c in ("CP", "TTg", "TW", "BKHĐT", "VPCP"))
    assert len(values(by_code["TW"]["issuer"])) == 3


# --- named laws --------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("laws"))
def test_law_row(row: Row) -> None:
    assert re.match(r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh)(?: |$)", row["name"])
    assert "sửa đổi, bổ sung" not in row["name"]
    # Ordinances before the Constitution of 1992 came from the Council of State.
    assert row["issuer"] in {"Quốc hội", "Ủy ban Thường vụ Quốc hội", "Hội đồng Nhà nước"}
    assert (row["issuer"] != "Quốc hội") is row["name"].startswith("Pháp lệnh")
    assert words_in(row["name"], row["example"])
    numbers, years, dates = (row[c].split("|") for c in ("numbers", "years", "dates"))
    assert len(numbers) == len(years) == len(dates)
    assert dates == sorted(dates)
    for number, year, date in zip(numbers, years, dates, strict=True):
        assert re.fullmatch(r"-||\d{1,3}(?:/\d{4})?[-/][A-ZĐ][\wĐ/-]+", number)
        if date:
            assert re.fullmatch(r"\d{4}(?:-\d\d-\d\d)?", date)
            assert date[:4] == year
        if len(date) == 10:
            dt.date.fromisoformat(date)
        if re.fullmatch(r"\d+/\d{4}/.*", number):
            assert number.split("/")[1] == year


def test_a_law_number_belongs_to_one_law() -> None:
    count = Counter(n for row in rows("laws") for n in values(row["numbers"]) if n != "-")
    assert [n for n, k in count.items() if k > 1] == []


def test_numbers_of_laws_carry_the_right_assembly() -> None:
    terms = {
        row["ordinal"]: (row["start"], row["end"] or "9999")
        for row in rows("terms")
        if row["body"] == "Quốc hội"
    }
    for row in rows("laws"):
        for number, date in zip(row["numbers"].split("|"), row["dates"].split("|"), strict=True):
            found = re.search(r"QH(\d+)$", number)
            if found and found.group(1) in terms and len(date) == 10:
                start, end = terms[found.group(1)]
                assert start <= date <= end, (row["name"], number, date)


def test_names_with_commas_and_conjunctions() -> None:
    names = {row["name"] for row in rows("laws")}
    assert {
        "Luật Tín ngưỡng, tôn giáo",
        "Luật Thực hành tiết kiệm, chống lãng phí",
        "Luật Phòng, chống tham nhũng",
        "Luật Xuất cảnh, nhập cảnh của công dân Việt Nam",
        "Luật Trật tự, an toàn giao thông đường bộ",
    } <= names


# --- terms -------------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("terms"))
def test_term_row(row: Row) -> None:
    start = dt.date.fromisoformat(row["start"])
    end = dt.date.fromisoformat(row["end"]) if row["end"] else dt.date.max
    assert start < end
    assert row["source"]

    def day(text: str) -> dt.date:
        found = re.search(r"ngày (\d+)/(\d+)/(\d{4})", text)
        assert found, text
        return dt.date(int(found[3]), int(found[2]), int(found[1]))

    assert start <= day(row["example"]) <= end
    assert not start <= day(row["counterexample"]) <= end


def test_terms_of_a_body_follow_each_other_without_a_gap() -> None:
    by_body: dict[str, list[Row]] = {}
    for row in rows("terms"):
        by_body.setdefault(row["body"], []).append(row)
    for body, terms in by_body.items():
        for before, after in pairwise(terms):
            end = dt.date.fromisoformat(before["end"])
            assert end + dt.timedelta(1) == dt.date.fromisoformat(after["start"]), body
        assert all(row["end"] for row in terms[:-1])


# --- negatives ---------------------------------------------------------------------------


@pytest.mark.parametrize("row", every("negatives"))
def test_negative_row(row: Row) -> None:
    pattern = re.compile(row["pattern"])
    assert pattern.groups == 0, "no capturing groups: the engine joins the patterns"
    assert row["reason"]
    hit = pattern.search(shadow(row["example"]))
    assert hit, "the example is not hit"
    # The match covers the number that would otherwise be taken for one of an instrument.
    assert re.search(r"\d", hit.group()) or row["reason"] == "draft, not issued"
    assert not pattern.search(shadow(row["counterexample"]))
    assert re.search(r"số \d|số \d", row["counterexample"]) or re.search(
        r"\d+[/-][A-ZĐ]", row["counterexample"]
    )


@pytest.mark.parametrize("row", every("negatives"))
def test_negative_pattern_is_bounded(row: Row) -> None:
    bare = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", row["pattern"])
    assert "*" not in bare
    assert not re.search(r"x\+|\)\+|\{\d+,\}", bare)


def test_no_negative_hits_a_plain_citation() -> None:
    plain = [
        row["example"]
        for name in ("issuers", "terms")
        for row in rows(name)
        if not row["example"].startswith("Luật được")
    ]
    for row in rows("negatives"):
        pattern = re.compile(row["pattern"])
        for text in plain:
            number = re.search(r"số (\d)", text)
            assert number, text
            for hit in pattern.finditer(shadow(text)):
                assert not hit.start() <= number.start(1) < hit.end(), (row["reason"], text)
