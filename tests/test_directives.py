"""Who must act, with whom, for whom, what and by when; and what a unit takes from around it."""

from __future__ import annotations

from pathlib import Path

import pytest

import congvan
from congvan import lookups
from congvan.dates import lower
from congvan.directives.orders import shows_an_order
from congvan.directives.parties import is_vague
from congvan.directives.products import find_products
from congvan.document import Directive, Document
from congvan.labels.features import masked
from congvan.text import shadow

HEAD = """UBND TỈNH LẠNG SƠN
Số: 215/TB-UBND          Lạng Sơn, ngày 04 tháng 5 năm 2021

THÔNG BÁO
Kết luận cuộc họp

"""


def read(body: str, head: str = HEAD) -> Document:
    return congvan.load()(head + body + "\n")


def only(body: str, head: str = HEAD) -> Directive:
    """The directive of the last unit."""
    doc = read(body, head)
    last = doc.units[-1].id
    return next(d for d in doc.directives if d.unit == last)


@pytest.mark.parametrize(
    ("text", "assignees", "co", "deliver"),
    [
        (
            "- Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát danh mục thuốc, báo cáo UBND tỉnh.",
            ["Sở Y tế"],
            ["Sở Tài chính"],
            ["UBND tỉnh"],
        ),
        (
            "- Sở Nội vụ và Sở Tư pháp khẩn trương rà soát biên chế, gửi Sở Tài chính trước ngày 20/5/2021.",
            ["Sở Nội vụ", "Sở Tư pháp"],
            [],
            ["Sở Tài chính"],
        ),
        (
            "- UBND các huyện, thành phố rà soát quỹ đất; Sở Xây dựng tổng hợp, trình HĐND tỉnh.",
            ["UBND các huyện, thành phố", "Sở Xây dựng"],
            [],
            ["HĐND tỉnh"],
        ),
        (
            "- Yêu cầu Giám đốc Sở Y tế chỉ đạo Bệnh viện Đa khoa tỉnh rà soát vật tư.",
            ["Giám đốc Sở Y tế"],
            [],
            [],
        ),
        (
            "- Theo đề nghị của Sở Tư pháp, giao Thanh tra tỉnh rà soát các kết luận đã ban hành.",
            ["Thanh tra tỉnh"],
            [],
            [],
        ),
        ("- Các sở, ban, ngành rà soát quy chế làm việc.", ["Các sở, ban, ngành"], [], []),
        (
            "- Sở Công Thương cùng Sở Xây dựng rà soát các cụm công nghiệp.",
            ["Sở Công Thương"],
            ["Sở Xây dựng"],
            [],
        ),
        ("- Cơ quan thực hiện: Sở Nội vụ.", ["Sở Nội vụ"], [], []),
        (
            "- Cơ quan phối hợp: Sở Tài chính, Kho bạc Nhà nước tỉnh.",
            [],
            ["Sở Tài chính", "Kho bạc Nhà nước tỉnh"],
            [],
        ),
    ],
)
def test_people_of_one_unit(
    text: str, assignees: list[str], co: list[str], deliver: list[str]
) -> None:
    d = only(text)
    assert list(d.assignees_text) == assignees
    assert list(d.co_assignees_text) == co
    assert list(d.deliver_to_text) == deliver


def test_names_are_written_out_and_groups_have_none() -> None:
    d = only("- Giao Sở Y tế và các đơn vị liên quan rà soát danh mục thuốc.")
    assert d.assignees == ("Sở Y tế tỉnh Lạng Sơn",)
    assert d.assignees_text == ("Sở Y tế", "các đơn vị liên quan")
    assert only("- Các cơ quan, đơn vị rà soát quy chế.").assignees == ()


def test_who_gives_the_order_is_not_who_must_act() -> None:
    d = only("UBND tỉnh yêu cầu Sở Y tế rà soát danh mục thuốc.")
    assert d.assignees_text == ("Sở Y tế",)


def test_a_list_of_ministers() -> None:
    head = HEAD.replace("UBND TỈNH LẠNG SƠN", "VĂN PHÒNG CHÍNH PHỦ").replace("UBND", "VPCP")
    d = only("- Bộ trưởng các Bộ: Xây dựng, Công an rà soát các quy định đã ban hành.", head)
    assert d.assignees_text == ("Bộ trưởng Bộ Xây dựng", "Bộ trưởng Bộ Công an")


# ---------------------------------------------------------------- inherited


def test_from_the_presenter_of_the_section() -> None:
    doc = read(
        "1. Dự thảo Kế hoạch cấp nước (Sở Xây dựng trình)\n- Rà soát phạm vi cấp nước.\n"
        "Cơ quan chủ trì tiếp thu, hoàn thiện dự thảo, báo cáo UBND tỉnh trước ngày 20/5/2021.\n"
        "2. Dự thảo Quy chế chợ (Sở Công Thương trình)\n- Biên tập gọn các điều khoản chung."
    )
    item, closing, _ = doc.directives
    assert item.assignees == closing.assignees == ("Sở Xây dựng tỉnh Lạng Sơn",)
    assert closing.assignees_text == ("Sở Xây dựng",)
    assert (item.assigned_by, closing.assigned_by) == ("s1", None)
    assert item.due == ()
    due = doc.units[0].inherited["due"]
    assert (due["value"], due["unit"]) == ("2021-05-20", doc.units[1].id)
    assert doc.units[0].labels == ("review",)


def test_from_the_lead_in() -> None:
    doc = read(
        "Giao Sở Y tế thực hiện các việc sau:\n- Rà soát danh mục thuốc.\n"
        "- Bổ sung nhân lực cho trạm y tế; Sở Nội vụ thẩm định biên chế."
    )
    found = {d.unit: d for d in doc.directives}
    first, second = (found[u.id] for u in doc.units[1:])
    assert first.assignees_text == ("Sở Y tế",)
    assert first.assigned_by == doc.units[0].id
    assert second.assignees_text == ("Sở Y tế", "Sở Nội vụ")


def test_a_changed_addressee_inside_a_list() -> None:
    doc = read(
        "1. Về khu công nghiệp (Sở Xây dựng trình)\n- Rà soát hướng tuyến đường nối.\n"
        "- UBND huyện Hữu Lũng khẩn trương rà soát quỹ đất tái định cư.\n- Bổ sung bản vẽ hạ tầng."
    )
    assert [d.assignees_text for d in doc.directives] == [
        ("Sở Xây dựng",),
        ("UBND huyện Hữu Lũng",),
        ("Sở Xây dựng",),
    ]


def test_from_a_heading_that_only_names_a_body() -> None:
    doc = read("1. Sở Y tế\n- Rà soát danh mục thuốc.\n2. Đối với Sở Nội vụ:\n- Bổ sung biên chế.")
    assert [d.assignees_text for d in doc.directives] == [("Sở Y tế",), ("Sở Nội vụ",)]


def test_what_the_lead_in_asks_for_stays_apart() -> None:
    doc = read(
        "Bổ sung một số nội dung vào dự thảo như sau:\n- Kết quả giải ngân vốn của ba xã.\n"
        "- Nguyên nhân chậm tiến độ của ba dự án."
    )
    lead, *items = doc.units
    assert lead.labels == ("supplement",)
    for item in items:
        assert item.labels == ()
        assert item.inherited["labels"] == ["supplement"]


def test_whom_a_letter_addresses() -> None:
    head = """BỘ XÂY DỰNG
Số: 12/BXD-QH            Hà Nội, ngày 04 tháng 5 năm 2021

Kính gửi: Sở Xây dựng tỉnh Lạng Sơn.

"""
    doc = read(
        "Bộ Xây dựng nhận được báo cáo.\n1. Rà soát hồ sơ quy hoạch.\n2. Bổ sung bản vẽ.", head
    )
    assert doc.directives
    for d in doc.directives:
        assert d.assignees == ("Sở Xây dựng tỉnh Lạng Sơn",)
        assert d.assigned_by == "addressees"


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize("row", lookups.rows("party_cues"), ids=lambda r: r["name"])
def test_party_rows(row: dict[str, str]) -> None:
    field = {"assignee": "assignees_text", "co": "co_assignees_text", "deliver": "deliver_to_text"}
    words = {"assignee": "Sở Y tế", "co": "Sở Y tế", "deliver": "Ủy ban nhân dân tỉnh",
             "mention": "Sở Y tế", "skip": "Giám đốc Sở Y tế"}[row["role"]]  # fmt: skip

    def part(text: str) -> set[str]:
        doc = read(f"- {text[:-1]}, hoàn thành trước ngày 20/5/2021.")
        found = {d.unit: d for d in doc.directives}.get(doc.units[-1].id, Directive(""))
        return {k for k, f in field.items() if words in getattr(found, f)}

    hit, miss = part(row["example"]), part(row["counterexample"])
    if row["role"] == "mention":
        assert hit == set()
        assert miss == {"assignee"}
    elif row["role"] == "skip":
        assert hit == {"assignee"}
        assert miss == set()
    else:
        assert row["role"] in hit
        assert row["role"] not in miss


@pytest.mark.parametrize(
    "row",
    [r for r in lookups.rows("vague_groups") if r["role"] == "group"],
    ids=lambda r: r["name"],
)
def test_group_rows(row: dict[str, str]) -> None:
    doc, other = (
        read(f"- {row[k][:-1]} trước ngày 20/5/2021.") for k in ("example", "counterexample")
    )
    group = doc.directives[0]
    assert group.assignees == ()
    assert group.assignees_text
    assert other.directives[0].assignees != ()


def test_anaphor_and_tail_rows() -> None:
    rows = {r["role"]: r for r in lookups.rows("vague_groups")}
    head = "1. Dự thảo Kế hoạch (Sở Xây dựng trình)\n- "
    assert read(head + rows["anaphor"]["example"]).directives[0].assignees_text == ("Sở Xây dựng",)
    assert is_vague("các cơ quan có liên quan")
    assert not is_vague("Sở Y tế")


@pytest.mark.parametrize("row", lookups.rows("products"), ids=lambda r: r["name"])
def test_product_rows(row: dict[str, str]) -> None:
    for text, some in ((row["example"], True), (row["counterexample"], False)):
        low = lower(shadow(text))
        assert bool(find_products(text, low, 0, len(text))) == some


def test_products() -> None:
    d = only(
        "- Sở Y tế hoàn thiện dự thảo Nghị quyết, lập danh sách, báo cáo UBND tỉnh trong tháng 6."
    )
    assert d.product == ("dự thảo Nghị quyết", "danh sách", "báo cáo")


# ---------------------------------------------------------------- the notice it began with


def test_the_lang_son_notice(shared: Path) -> None:
    doc = congvan.load().read_file(shared / "samples" / "thong-bao-lang-son-2021-04.md")
    found = [(d.assignees_text, due.bound, due.value) for d in doc.directives for due in d.due]
    plan, build, city = "Sở Kế hoạch và Đầu tư", "Sở Xây dựng", "UBND thành phố Lạng Sơn"
    army = "Bộ Chỉ huy Quân sự tỉnh"
    expected = [
        ((plan,), "by", "2021-05-06"),
        ((plan,), "before", "2021-05-20"),  # "Cơ quan chủ trì"
        ((build,), "at", "2021-05"),
        ((city,), "before", "2021-05-12"),
        ((army,), "before", "2021-05-08"),
        ((army,), "before", "2021-05-10"),
        (("Sở Y tế",), "at", "2021"),
        (("Sở Nội vụ",), "before", "2021-05-12"),  # "Cơ quan chủ trì"
    ]
    for row in expected:
        assert row in found, row
    assert len(doc.recipients) == 13
    assert all(u.end <= doc.text.index("Nơi nhận") for u in doc.units if u.labels)


@pytest.mark.parametrize("mark", ["2.", "2-", "II.", "II-", "b)"])
def test_a_heading_that_only_names_a_body(mark: str) -> None:
    text = f"1. Chuyện khác\n{mark} Sở Nội vụ\n- Rà soát hồ sơ.\n- Bổ sung danh sách."
    found = [d for d in read(text).directives if d.assignees_text]
    assert [d.assignees_text for d in found] == [("Sở Nội vụ",)] * 2


def test_who_closes_a_list_speaks_for_it() -> None:
    text = "1. Thu ngân sách\na) Rà soát nguồn thu.\nb) Bổ sung danh sách.\n{} trong tháng 6/2021."
    doc = read(text.format("Cục Thuế tỉnh chủ trì, báo cáo"))
    assert [d.assignees_text for d in doc.directives] == [("Cục Thuế tỉnh",)] * 3
    assert [d.assigned_by for d in doc.directives] == [doc.directives[2].unit] * 2 + [None]
    doc = read(text.format("Cục Thuế tỉnh cấp giấy"))
    assert [d.assignees_text for d in doc.directives[:2]] == [(), ()]


def test_a_plan_charges_nobody_by_its_addressee() -> None:
    head = """UBND TỈNH CÀ MAU
Số: 12/KH-UBND            Cà Mau, ngày 04 tháng 5 năm 2021

KẾ HOẠCH
Tài chính năm 2022
Kính gửi: Hội đồng nhân dân tỉnh Cà Mau.

"""
    doc = read("1. Rà soát nguồn thu.\n2. Bổ sung dự toán.", head)
    assert len(doc.directives) == 2
    assert not any(d.assignees_text for d in doc.directives)


@pytest.mark.parametrize("row", lookups.rows("order_words"), ids=lambda r: r["name"])
def test_order_rows(row: dict[str, str]) -> None:
    def shows(text: str) -> bool:
        doc = read(f"- {text}")
        low = masked(shadow(doc.text), doc.entities)
        return shows_an_order(low, doc.units[-1], charged=False)

    hit, miss = shows(row["example"]), shows(row["counterexample"])
    assert (hit, miss) == ((False, True) if row["role"] in ("never", "nouns") else (True, False))


def test_facts_and_norms_are_no_tasks() -> None:
    text = """- Giám đốc Sở.
- Huân chương Lao động;
- Tổng vốn đầu tư xã hội đạt khoảng 270 tỷ đồng.
- Tổng Giám đốc.
- Quyết định này có hiệu lực kể từ ngày 07 tháng 3 năm 2022.
- Sở Nội vụ có tư cách pháp nhân, có con dấu và tài khoản riêng.
- Trụ sở chính: số 2 đường Chùa Chuông, phường Phố Hiến;"""
    assert list(read(text).directives) == []
