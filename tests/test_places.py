"""Places: spellings of provinces, their eras, and the tail of an agency's name."""

from __future__ import annotations

import pytest

from congvan.lookups import rows, values
from congvan.places import match_name, match_tail, place, province_of, provinces, unit_exists
from congvan.text import shadow


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", None, "tỉnh Lạng Sơn"),
        ("Hà Nội", "2021-05", "thành phố Hà Nội"),
        ("UBND TP.HCM", None, "Thành phố Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", None, "Thành phố Hồ Chí Minh"),
        ("UBND HUYỆN HỮU LŨNG", "2021-05", "tỉnh Lạng Sơn"),
        ("Hữu Lũng", "2025-08", "tỉnh Lạng Sơn"),
        ("Thừa Thiên Huế", None, "tỉnh Thừa Thiên Huế"),
        ("Huế", "2021-05", "tỉnh Thừa Thiên Huế"),
        ("Huế", "2025-08", "thành phố Huế"),
        # The town keeps the name of the province that is gone.
        ("Hòa Bình", "2025-06", "tỉnh Hòa Bình"),
        ("Hòa Bình", "2025-07-01", "tỉnh Phú Thọ"),
        ("UBND TỈNH HÒA BÌNH", "2025-08", "tỉnh Hòa Bình"),
        ("Bộ Tài chính", None, None),
        # Many provinces have a district of this name.
        ("Châu Thành", "2021-05", None),
        ("", None, None),
    ],
)
def test_province_of(text: str, date: str | None, expected: str | None) -> None:
    assert province_of(text, date=date) == expected


@pytest.mark.parametrize(
    ("text", "matched", "group"),
    [
        (" tỉnh Lạng Sơn Hoàng", " tỉnh Lạng Sơn", False),
        (" các huyện, thành phố tổ chức", " các huyện, thành phố", True),
        (" các tỉnh: Hà Tĩnh, Quảng Trị chỉ đạo", " các tỉnh: Hà Tĩnh, Quảng Trị", True),
        (
            " các tỉnh, thành phố trực thuộc Trung ương;",
            " các tỉnh, thành phố trực thuộc Trung ương",
            True,
        ),
        (" các tỉnh từ Hà Tĩnh đến Khánh Hòa.", " các tỉnh từ Hà Tĩnh đến Khánh Hòa", True),
        (" xã, phường, đặc khu.", " xã, phường, đặc khu", True),
        (" các xã, phường: Các Sở", " các xã, phường", True),
        (" tỉnh, thành phố Lạng Sơn", " tỉnh", False),
        (" Thành phố Chỉ đạo", " Thành phố", False),
        (" thành phố.", " thành phố", False),
        (" TP.HCM", " TP.HCM", False),
        (" TP. Hồ Chí Minh", " TP. Hồ Chí Minh", False),
        (" Quận 1,", " Quận 1", False),
        (" cấp xã", " cấp xã", True),
        (" cấp phép", None, False),
        (" xã hội", None, False),
        (" tỉnh ủy", None, False),
        ("\ntỉnh", None, False),
    ],
)
def test_match_tail(text: str, matched: str | None, group: bool) -> None:
    tail = match_tail(text, 0, len(text))
    assert (None if tail is None else text[: tail.end]) == matched
    assert tail is None or tail.group == group


def test_place_has_the_capitals_of_decree_30() -> None:
    assert place("thành phố", "Lạng Sơn") == "thành phố Lạng Sơn"
    assert place("thành phố", "HCM") == "Thành phố Hồ Chí Minh"
    assert place("quận", "1") == "Quận 1"
    assert place("tỉnh", "LẠNG SƠN".title()) == "tỉnh Lạng Sơn"


def test_unknown_names_need_capitals_and_a_unit() -> None:
    text = "Thiên Đường Mới"
    assert match_name(text, 0, len(text), "xã") == -1
    assert match_name(text, 0, len(text), "xã", known=False) == len(text)
    assert match_name(text, 0, len(text), "tỉnh", known=False) == -1


def test_eras_and_merger() -> None:
    found = {p.short: p for p in provinces().values()}
    now = [p for p in found.values() if p.merged_into is None]
    assert len(now) == 34
    assert sum(p.kind == "thành phố" for p in now) == 6
    assert found["Bắc Giang"].merged_into == "Bắc Ninh"
    assert all(p.merged_into in found for p in found.values() if p.merged_into)
    assert unit_exists("huyện", "Hữu Lũng")
    assert not unit_exists("huyện", "Lạng Sơn")


@pytest.mark.parametrize("row", rows("provinces"), ids=lambda r: r["short"])
def test_every_province_row(row: dict[str, str]) -> None:
    assert row["name"] in row["example"]
    at = row["example"].index(row["name"])
    tail = match_tail(row["example"], at - 1, len(row["example"]))
    assert tail is not None
    assert row["example"][at : tail.end] == row["name"]
    assert province_of(row["example"]) == row["name"]
    assert province_of(row["counterexample"]) is None
    for name in (row["short"], *values(row["variants"])):
        assert province_of(name) == row["name"]
        assert province_of(f"{row['kind'].upper()} {name.upper()}") == row["name"]


def test_names_are_in_shadow_form() -> None:
    for row in rows("place_names"):
        assert shadow(row["names"]) == row["names"]
        for name in values(row["names"]):
            assert name[0].isupper() or name[0].isdigit(), name
            assert match_name(name, 0, len(name), row["kind"]) in (len(name), -1), name
