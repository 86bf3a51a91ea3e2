"""Date expressions: forms, values, traps, laws and speed."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan import calendar_vi, lookups
from congvan.dates import find_dates
from congvan.due import find_due
from congvan.lunar import lunar_to_solar
from congvan.text import canonical, shadow

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
NOTICE = SHARED / "samples" / "thong-bao-lang-son-2021-04.md"
ANCHOR = "2021-05-04"


def read(text: str, anchor: str | None = ANCHOR) -> list[tuple[str, str | None]]:
    return [(d.text, d.value) for d in find_dates(text, anchor=anchor)]


# fmt: off
ONE = [  # the whole expression is one date
    ("ngày 13/11/2020", "2020-11-13", "day"),
    ("13/11/2020", "2020-11-13", "day"),
    ("13-11-2020", "2020-11-13", "day"),
    ("13.11.2020", "2020-11-13", "day"),
    ("ngày 20.7.2020", "2020-07-20", "day"),
    ("ngày 05 tháng 12 năm 2025", "2025-12-05", "day"),
    ("ngày 05 tháng 12, năm 2025", "2025-12-05", "day"),
    ("NGÀY 30/4/2025", "2025-04-30", "day"),
    ("10 tháng 3 năm 2010", "2010-03-10", "day"),
    ("ngày 20 tháng 5", "2021-05-20", "day"),
    ("ngày 20/5", "2021-05-20", "day"),
    ("tháng 5/2021", "2021-05", "month"),
    ("tháng 5 năm 2021", "2021-05", "month"),
    ("tháng 5-2021", "2021-05", "month"),
    ("Tháng 12/2025", "2025-12", "month"),
    ("ngày … tháng 5 năm 2021", "2021-05", "month"),
    ("ngày    tháng 5 năm 2021", "2021-05", "month"),
    ("quý II năm 2021", "2021-Q2", "quarter"),
    ("quý II/2021", "2021-Q2", "quarter"),
    ("Quí IV-2025", "2025-Q4", "quarter"),
    ("quý 2", "2021-Q2", "quarter"),
    ("6 tháng đầu năm 2021", "2021-01/2021-06", "half"),
    ("06 tháng cuối năm 2025", "2025-07/2025-12", "half"),
    ("9 tháng đầu năm", "2021-01/2021-09", "part"),
    ("10 tháng năm 2025", "2025-01/2025-10", "part"),
    ("nửa cuối năm 2021", "2021-07/2021-12", "half"),
    ("nửa cuối tháng 7/2023", "2023-07-16/2023-07-31", "part"),
    ("nửa đầu tháng 2 năm 2024", "2024-02-01/2024-02-15", "part"),
    ("tuần đầu tháng 6/2022", "2022-06-01/2022-06-07", "part"),
    ("tuần cuối tháng 2/2024", "2024-02-23/2024-02-29", "part"),
    ("năm 2021", "2021", "year"),
    ("năm\n2030", "2030", "year"),
    ("giai đoạn 2021 - 2025", "2021/2025", "period"),
    ("giai đoạn 2021–2025", "2021/2025", "period"),
    ("GIAI ĐOẠN 05 NĂM 2026 - 2028", "2026/2028", "period"),
    ("giai đoạn từ năm 2021 đến năm 2025", "2021/2025", "period"),
    ("nhiệm kỳ 2020 - 2025", "2020/2025", "period"),
    ("năm học 2025 - 2026", "2025/2026", "period"),
    ("5 năm 2021-2025", "2021/2025", "period"),
    ("từ ngày 01 đến ngày 05/6/2021", "2021-06-01/2021-06-05", "period"),
    ("từ ngày 15-17/11/2025", "2025-11-15/2025-11-17", "period"),
    ("từ tháng 3 đến tháng 5/2021", "2021-03/2021-05", "period"),
    ("17 giờ 00 ngày 05 tháng 12 năm 2025", "2025-12-05T17:00", "hour"),
    ("17h00 ngày 05/12/2025", "2025-12-05T17:00", "hour"),
    ("15:30 ngày 05/12/2025", "2025-12-05T15:30", "hour"),
    ("17 giờ 30 phút, ngày 05/12", "2021-12-05T17:30", "hour"),
    ("24 giờ ngày 31/12/2025", "2026-01-01T00:00", "hour"),
    ("ngày 28 tháng Chạp", "2021-02-09", "day"),
    ("ngày mồng 6 tháng Giêng", "2021-02-17", "day"),
    ("ngày 23 tháng Chạp năm 2025", "2026-02-10", "day"),
    ("ngày 05 tháng 5 (âm lịch)", "2021-06-14", "day"),
    ("từ ngày 23 đến ngày 29 tháng Chạp", "2021-02-04/2021-02-10", "period"),
    ("từ ngày 01 đến ngày 05 tháng 5 âm lịch", "2021-06-10/2021-06-14", "period"),
    ("17 giờ ngày 28 tháng Chạp", "2021-02-09T17:00", "hour"),
]
SEVERAL = [
    ("từ ngày 01/5/2021 đến ngày 05/6/2021", [("ngày 01/5/2021", "2021-05-01"), ("ngày 05/6/2021", "2021-06-05")]),
    ("ngày 05 và ngày 10/6/2021", [("ngày 05", "2021-06-05"), ("ngày 10/6/2021", "2021-06-10")]),
    ("các ngày 05, 07 và 10/6/2021", [("ngày 05", "2021-06-05"), ("07", "2021-06-07"), ("10/6/2021", "2021-06-10")]),
    ("các năm 2021, 2022", [("năm 2021", "2021"), ("2022", "2022")]),
    ("quý I, II và III năm 2021", [("quý I", "2021-Q1"), ("II", "2021-Q2"), ("III năm 2021", "2021-Q3")]),
    ("tháng 12 năm 2025, tháng 01 và tháng 02 năm 2026", [("tháng 12 năm 2025", "2025-12"), ("tháng 01", "2026-01"), ("tháng 02 năm 2026", "2026-02")]),
    ("dịp lễ 30/4 và 01/5", [("30/4", "2021-04-30"), ("01/5", "2021-05-01")]),
    ("vào đầu tháng 5/2021, cuối năm 2022", [("tháng 5/2021", "2021-05"), ("năm 2022", "2022")]),
    ("nhiệm kỳ 2025-2030, 2026-2031", [("nhiệm kỳ 2025-2030", "2025/2030"), ("2026-2031", "2026/2031")]),
    ("Kế hoạch đầu tư công trung hạn 2026 - 2030", [("2026 - 2030", "2026/2030")]),
    ("Giỗ Tổ ngày 10 tháng 3 âm lịch", [("ngày 10 tháng 3 âm lịch", "2021-04-21")]),
    ("trong tháng 5, 10 dự án", [("tháng 5", "2021-05")]),
    ("trước ngày 20/1", [("ngày 20/1", "2022-01-20")]),
    ("trước ngày 23 tháng Chạp", [("ngày 23 tháng Chạp", "2022-01-25")]),
    ("họp ngày 20/1", [("ngày 20/1", "2021-01-20")]),
    ("tính đến ngày 20/1", [("ngày 20/1", "2021-01-20")]),
]
NONE = [
    "ngày 31/4/2021", "ngày 30/2", "31/11/2020", "tỉ lệ 1/5.000", "thửa số 1088/2-1089", "Nghị định số 82/2018/NĐ-CP",
    "Nghị quyết số 12/2021/UBTVQH15", "Nghị quyết số 10/2021", "đường tỉnh 242 và 245", "Quốc lộ 4B, Km3+700",
    "chiếm 2/3 diện tích", "đạt 93,6%", "đường 30 tháng 4", "đường 30/4", "Đề án 06", "khóa XV", "phiên bản 2.0",
    "ISO 9001:2015", "TCVN 14423:2025", "192.168.1.254", "ĐT: 0205.3812.605", "trực 24/24 giờ", "phục vụ 24/7", "trong 4 tháng",
    "tháng thứ 5", "3 tháng 5 ngày", "hằng tháng 150.000 đồng", "mỗi tháng 10 lần", "30 ngày làm việc", "ngày 25 hằng tháng",
    "trước ngày 15 tháng 3 hàng năm", "hằng năm (trước ngày 15 tháng 11)", "Tháng 11 hằng năm", "trước ngày 01/6 và 15/11 hằng năm",
    "từ tháng 3 đến tháng 11 hàng năm", "tuần này", "Cách mạng tháng 8", "Quý cơ quan", "giai đoạn I", "02 lần/tháng\n08 tháng",
    "ngày 12/5/21", "nhiệm kỳ 2025", "điểm a khoản 2 Điều 103", "ngày 1 tháng 13 năm 2021", "giai đoạn 2025 - 2021",
    "ngày 31 tháng Chạp", "ngày 25 tháng Chạp hằng năm", "ngày 31 tháng 12 năm 20X2", "tháng 12 gần nhất", "ngày 10 tháng 6 năm cuối", "tháng 10 của năm trước",
]
# fmt: on


@pytest.mark.parametrize(("text", "value", "granularity"), ONE, ids=[o[0] for o in ONE])
def test_one(text: str, value: str, granularity: str) -> None:
    (found,) = find_dates(f"Họp, {text}; sau đó nghỉ.", anchor=ANCHOR)
    assert (found.text, found.value, found.granularity) == (text, value, granularity)


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[o[0] for o in SEVERAL])
def test_several(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert read(f"Xét {text}; và tiếp tục.") == []


def test_year_is_marked_as_inferred_and_never_invented() -> None:
    (day,) = find_dates("họp ngày 20/5", anchor="2021-05")
    assert (day.value, day.inferred) == ("2021-05-20", ("year",))
    (day,) = find_dates("họp ngày 20/5")
    assert (day.value, day.inferred) == (None, ())
    assert find_dates("họp ngày 20/5/2019", anchor="2021-05")[0].inferred == ()


@pytest.mark.parametrize("anchor", ["", "abc", "2021-13", "2021-02-31", "2021-5-4x", "0000", None])
def test_bad_anchor_gives_no_value(anchor: str | None) -> None:
    assert find_dates("họp ngày 20/5", anchor=anchor)[0].value is None


def test_the_look_alike_characters_of_keyboards() -> None:
    assert read("ngày\u00a005\u00a0tháng\u00a06 năm 2021, giai đoạn 2021\u20132025") == [
        ("ngày\u00a005\u00a0tháng\u00a06 năm 2021", "2021-06-05"),
        ("giai đoạn 2021\u20132025", "2021/2025"),
    ]


@pytest.mark.parametrize(
    "row", lookups.rows("holidays"), ids=lambda r: f"{r['key']}-{r['from_year']}"
)
def test_every_holiday_row(row: dict[str, str]) -> None:
    anchor = f"{int(row['from_year']) - 1}-12-01" if row["calendar"] == "lunar" else "2021-05-04"

    def values(text: str) -> str:
        dates = find_dates(text, anchor=anchor)
        found = [d.value for d in dates] + [d.value for d in find_due(text, dates, anchor=anchor)]
        return " ".join(filter(None, found))

    assert row["date"][-5:] in values(row["example"])
    assert row["date"][-5:] not in values(row["counterexample"])


def test_the_lunar_calendar_agrees_with_the_table_of_feasts() -> None:
    feasts = {"tet": (1, 1), "ram_thang_gieng": (15, 1), "gio_to": (10, 3), "trung_thu": (15, 8)}
    rows = [(k, y, d) for (k, y), d in calendar_vi.holidays().items() if k in feasts]
    assert len(rows) > 100
    assert [(k, y, lunar_to_solar(*feasts[k], y)) for k, y, _ in rows] == rows


@pytest.mark.parametrize(
    ("day", "month", "year", "solar"),
    [  # around leap months: the second of 2023, the sixth of 2025, the fourth of 2020
        (1, 2, 2023, "2023-02-20"), (1, 3, 2023, "2023-04-20"), (1, 6, 2025, "2025-06-25"),
        (1, 7, 2025, "2025-08-23"), (1, 5, 2020, "2020-06-21"), (29, 12, 2025, "2026-02-16"),
        (30, 12, 2025, None), (30, 12, 2023, "2024-02-09"), (0, 1, 2025, None), (1, 13, 2025, None),
        (1, 1, 1899, None),
    ],
)  # fmt: skip
def test_lunar_days(day: int, month: int, year: int, solar: str | None) -> None:
    found = lunar_to_solar(day, month, year)
    assert (found.isoformat() if found else None) == solar


@settings(max_examples=50, deadline=None)
@given(st.integers(1901, 2198))
def test_lunar_years_follow_each_other(year: int) -> None:
    starts = [lunar_to_solar(1, m, year) for m in range(1, 13)] + [lunar_to_solar(1, 1, year + 1)]
    gaps = [(b - a).days for a, b in itertools.pairwise(starts) if a and b]
    assert len(gaps) == 12
    assert sum(g > 31 for g in gaps) == (sum(gaps) > 380)  # a year of 13 months has one leap month
    assert all(g in (29, 30, 58, 59, 60) for g in gaps)


def test_lunar_days_and_working_days() -> None:
    days = calendar_vi.holidays()
    known = {
        2007: "2007-02-17",
        2021: "2021-02-12",
        2025: "2025-01-29",
        2026: "2026-02-17",
        2030: "2030-02-02",
    }
    assert {y: days["tet", y].isoformat() for y in known} == known
    assert calendar_vi.cycles()["bính ngọ"] == 2026
    start = days["tet", 2026]
    assert not calendar_vi.is_working_day(start)
    # 30/4/2022 was a Saturday, 01/5 a Sunday: Monday and Tuesday were given off.
    last = calendar_vi.add_days(start.replace(year=2022, month=4, day=29), 1, working=True)
    assert last is not None
    assert last.isoformat() == "2022-05-04"


ALPHABET = "ngàythángămquýđếtừviIX 0123456789/-.,;:\n()hửacuốầ "
PIECES = [
    "ngày ",
    "tháng ",
    "năm ",
    "quý ",
    "giai đoạn ",
    "6 tháng đầu năm ",
    "từ ",
    " đến ",
    " và ",
    ", ",
    "-",
    "/",
    "2021",
]
PIECES += [
    "5",
    "30",
    "31/4",
    " giờ ",
    "17h00 ",
    "hằng năm",
    "II",
    " trước ",
    "trong ",
    "nửa cuối ",
    "\n",
    "âm lịch",
    ".",
]
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(ALPHABET, max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([None, "2021-05-04", "2021-05", "2021", "xx"]))
def test_laws(text: str, anchor: str | None) -> None:
    found = find_dates(text, anchor=anchor)
    end = 0
    for date in found:
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.text
        end = date.end
    assert found == find_dates(text, shadow=shadow(text), anchor=anchor)


@settings(max_examples=100, deadline=None)
@given(
    st.dates(
        min_value=dt.date(1900, 1, 1),
        max_value=dt.date(2099, 12, 31),
    )
)
def test_every_day_reads_back(day: dt.date) -> None:
    forms = [
        f"ngày {day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ]
    for form in forms:
        assert read(form) == [(form, day.isoformat())]


# fmt: off
NASTY = ["ngày ", "1/", "9", "ngày 1, ", "tháng 5, ", "quý i, ", "năm 2021, ", "6 tháng ", "2021-", " ", "ngày.", "từ ngày 1 đến ", "1 giờ "]
# fmt: on


@pytest.mark.parametrize("piece", NASTY)
def test_linear_time(piece: str) -> None:
    def seconds(n: int) -> float:
        text, best = piece * (n // len(piece)), 9.0
        for _ in range(3):
            begin = time.perf_counter()
            find_dates(text, anchor=ANCHOR)
            best = min(best, time.perf_counter() - begin)
        return best

    assert seconds(80_000) < 8 * seconds(20_000) + 0.1


needs_notice = pytest.mark.skipif(not NOTICE.exists(), reason="shared/samples is not here")


@needs_notice
def test_the_full_dates_of_the_notice() -> None:
    text = canonical(NOTICE.read_text(encoding="utf-8"))[0]
    found = find_dates(text, anchor="2021-05")
    slashed = [d for d in found if d.text.count("/") == 2]
    assert [d.granularity for d in slashed] == ["day"] * 24
    assert not {"1/5", "242", "245"} & {d.text for d in found}


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="shared/gold is not here")
def test_gold_dates() -> None:
    right = wrong = missed = 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = (SHARED / "corpora" / "instruct" / gold["doc"]).read_text(encoding="utf-8")
        lines = canonical(source)[0].split("\n")
        expected = [(d["line"], d["text"], d["value"]) for d in gold["dates"]]
        first = min(n for n, *_ in expected)
        last = next(i for i, line in enumerate(lines, 1) if line.lower().startswith("nơi nhận"))
        got = [
            (n, d.text, d.value)
            for n, line in enumerate(lines[: last - 1], 1)
            if n >= first
            for d in find_dates(line, anchor=gold["header"]["date"])
        ]
        hits = sum(min(expected.count(x), got.count(x)) for x in set(expected))
        right, wrong, missed = right + hits, wrong + len(got) - hits, missed + len(expected) - hits
    assert 2 * right / (2 * right + wrong + missed) >= 0.97
