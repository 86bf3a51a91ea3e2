"""Which verb governs: the rows of the tables, and sentences that share their words."""

from __future__ import annotations

import pytest

from congvan import lookups
from congvan.dates import lower
from congvan.document import Entity
from congvan.labels.cues import ORDERS, STANDINGS, clauses, find_cues
from congvan.labels.features import View, features, masked
from congvan.text import shadow


def cues(text: str) -> list[tuple[str, str]]:
    return [(c.label, c.standing) for c in find_cues(lower(shadow(text)))]


def orders(text: str, label: str) -> bool:
    return any(found == label and standing in ORDERS for found, standing in cues(text))


@pytest.mark.parametrize("row", lookups.rows("label_cues"), ids=lambda r: r["name"])
def test_cue_rows(row: dict[str, str]) -> None:
    found = [c for c in find_cues(lower(row["example"])) if c.label == row["label"]]
    assert any(c.name == row["name"] and c.orders for c in found), found
    assert not orders(row["counterexample"], row["label"]), cues(row["counterexample"])


@pytest.mark.parametrize("row", lookups.rows("label_context"), ids=lambda r: r["name"])
def test_context_rows(row: dict[str, str]) -> None:
    # The first cue of the example stands as the role says; that of the counterexample does not.
    role = row["role"]
    first, other = cues(row["example"])[0][1], cues(row["counterexample"])[0][1]
    expected = {
        "free": ORDERS, "light": ("light",), "actor": ("actor",), "must": ("order",),
        "with": ("actor",), "nominal": ("nominal", "embed"), "embed": ("embed",),
        "attribute": ("attribute",),
    }.get(role, (role,))  # fmt: skip
    if role == "embed" and row["name"] == "hướng dẫn":
        expected = ("embed", "attribute")  # "Quyết định điều chỉnh": a noun as well
    assert first in expected, first
    assert other not in expected or role in ("actor", "free", "must", "with", "light"), other
    if role in ("actor", "free", "must", "with", "light"):
        assert other != first or other not in ORDERS, other


def test_every_role_is_known() -> None:
    passed_over = {"free", "must", "with"}
    assert {r["role"] for r in lookups.rows("label_context")} <= {*STANDINGS, *passed_over}


@pytest.mark.parametrize(
    ("text", "supplement", "review"),
    [
        ("Bổ sung việc rà soát quỹ đất công vào báo cáo tháng.", True, False),
        ("Rà soát việc bổ sung quỹ đất công.", False, True),
        ("Rà soát, bổ sung danh mục.", True, True),
        ("Rà soát để bổ sung danh mục.", True, True),
        ("Bổ sung danh mục để rà soát.", True, False),
        ("Chủ trì, phối hợp với Ban Dân tộc rà soát hộ nghèo.", False, True),
        ("Hướng dẫn các xã bổ sung hồ sơ.", False, False),
        ("Trình Chính phủ sửa đổi, bổ sung Nghị định.", False, False),
        ("Qua rà soát còn 14 hộ chưa có đất ở.", False, False),
        ("Phòng đã cập nhật, bổ sung số liệu.", False, False),
        ("Dừng việc số hóa, chuẩn hóa sổ hộ tịch.", False, False),
        ("Hồ sơ nào thiếu thì bổ sung trong tuần.", True, False),
        ("Bố trí vốn bổ sung cho ba xã.", False, False),
        ("Biên bản rà soát gửi phòng chuyên môn.", False, False),
        ("Khẩn trương, chủ động rà soát.", False, True),
        ("Không chờ hết quý mà rà soát ngay.", False, True),
        ("Đưa hai tuyến đường vào sử dụng.", False, False),
        ("Đưa hai tuyến đường vào danh mục bảo trì.", True, False),
        ("Sửa đổi, bổ sung khoản 2 Điều 5 như sau:", False, False),
        ("Sửa đổi, bổ sung Điều 5 của dự thảo cho rõ.", True, True),
        # as scanners and old keyboards write
        ("Rà sóat danh sách hộ nghèo.", False, True),
        ("Bố sung số liệu vào báo cáo.", True, False),
        ("Điều  chỉnh   quy chế.", False, True),
        ("Hoàn thiện, điều chỉnh quy chế theo ý kiến của Uỷ ban.", False, True),
    ],
)
def test_the_verb_that_governs_decides(text: str, supplement: bool, review: bool) -> None:
    assert (orders(text, "supplement"), orders(text, "review")) == (supplement, review), cues(text)


def test_a_line_end_inside_a_word_is_a_wrap() -> None:
    low = masked("Rà\nsoát quỹ đất", [])
    assert [c.label for c in find_cues(low)] == ["review"]


def test_names_and_quotations_are_not_searched() -> None:
    text = 'Ban Chỉ đạo rà soát họp về đề án "Bổ sung con chữ".'
    low = masked(text, [Entity("e1", "AGENCY", 0, 19, text[:19])])
    assert len(low) == len(text)
    assert find_cues(low) == []


def test_offsets_lead_to_the_words() -> None:
    text = "Sở Y tế rà soát, bổ sung danh mục thuốc."
    low = masked(text, [Entity("e1", "AGENCY", 0, 7, "Sở Y tế")])
    assert [(text[c.start : c.end], c.standing) for c in find_cues(low)] == [
        ("rà soát", "actor"),
        ("bổ sung", "joined"),
    ]
    for _, _, start, end in features(View(low, 0, len(low))):
        assert 0 <= start <= end <= len(text)


def test_clauses_cover_what_is_no_mark() -> None:
    low = "một; hai: ba. bốn"
    assert [low[a:b].strip() for a, b in clauses(low, 0, len(low))] == ["một", "hai", "ba", "bốn"]


def test_every_standing_is_known_to_the_features() -> None:
    # "phải tiến hành việc rà soát" once stood as "must", of which no feature knew.
    words = sorted(
        {r["role"]: r["words"].split("|")[0] for r in lookups.rows("label_context")}.values()
    )
    for a in ("", *words):
        for b in words:
            for text in (f"{a} {b} rà soát, bổ sung quy hoạch.", f"Các xã {a} {b} điều chỉnh giá."):
                assert {standing for _, standing in cues(text)} <= set(STANDINGS), text
