"""What the engine must do, row by row of the feature table: relations, rows 32 to 37.

The sentences are our own. Ids name the row and the case: ``r07-...`` is "one head, several numbers".
"""

from __future__ import annotations

import pytest
from citation_help import cite, edges, letterhead, one, open_bug, parts, read, table

# Tables are read by eye, one case a line.
# fmt: off

# --- 32 to 37: relations --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation", "words"),
    table(32, {
        "based-on": ("Căn cứ Nghị định số 61/2018/NĐ-CP;", "based_on", "Căn cứ"),
        "based-on-rule": ("Kho lập hồ sơ theo quy định tại Nghị định số 61/2018/NĐ-CP.", "based_on", "theo quy định tại"),
        "based-on-xet": ("Xét Tờ trình số 15/TTr-STC ngày 02/3/2021 của Sở Tài chính;", "based_on", "Xét"),
        "implements": ("Kế hoạch triển khai thực hiện Nghị quyết số 57-NQ/TW.", "implements", "thực hiện"),
        "implements-concrete": ("Văn phòng cụ thể hóa Quyết định số 1804/QĐ-TTg thành việc.", "implements", "cụ thể hóa"),
        "amends": ("Quyết định này sửa đổi, bổ sung một số điều của Quyết định số 12/2020/QĐ-UBND.", "amends", "sửa đổi, bổ sung một số điều của"),
        "amends-phrase": ("Thay thế cụm từ “kho A” tại khoản 1 Điều 10 Thông tư số 37/2013/TT-BCT bằng cụm từ “kho B”.", "amends", None),
        "amends-phrase-first": ("Thay thế cụm từ “kho A” bằng cụm từ “kho B” tại khoản 4 Điều 32 của Thông tư số 37/2013/TT-BCT.", "amends", None),
        "replaces": ("Quyết định này thay thế Quyết định số 12/2020/QĐ-UBND.", "replaces", "thay thế"),
        "repeals": ("Bãi bỏ Quyết định số 12/2020/QĐ-UBND.", "repeals", "Bãi bỏ"),
        "repeals-passive": ("Quyết định số 12/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", "repeals", None),
        "guides": ("Thông tư này hướng dẫn thi hành Nghị định số 61/2018/NĐ-CP.", "guides", None),
        "guides-detail": ("Nghị định này quy định chi tiết một số điều của Luật Đất đai.", "guides", None),
        "guides-over-two-lines": ("Quy định chi tiết và hướng dẫn thi hành\nmột số điều của Luật Thư viện", "guides", None),
        "requested-by": ("làm theo đúng yêu cầu tại Công điện số 01/CĐ-BKHĐT", "requested_by", None),
        "requested-by-body": ("Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ tại Công văn số 90/TTg-CN.", "requested_by", None),
        "requested-by-order-behind": ("Tại Thông báo số 569/TB-VPCP, Phó Thủ tướng yêu cầu báo cáo.", "requested_by", "yêu cầu"),
        "approved-by": ("Đề án được Thủ tướng Chính phủ phê duyệt tại Quyết định số 1804/QĐ-TTg.", "approved_by", None),
        "approved-by-with": ("Quy chế ban hành kèm theo Quyết định số 12/2020/QĐ-UBND.", "approved_by", None),
        "approved-by-capitals": ("QUY CHẾ BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 12/2020/QĐ-UBND", "approved_by", None),
        "rule-of-the-party-too": ("Cán bộ nghỉ theo quy định của Đảng và Nghị định số 83/2022/NĐ-CP ngày 18/10/2022.", "based_on", None),
        "one-of-the-points": ("Người thuộc đối tượng quy định tại một trong các điểm b, c khoản 1 Điều 2 của Luật Bảo hiểm xã hội.", "based_on", None),
        "comma-in-the-body": ("Theo đề nghị của Sở Văn hóa, Thể thao và Du lịch tại Báo cáo số 7538/BC-SVHTTDL.", "requested_by", None),
        "annex-of-a-paper": ("Lập sổ theo Phụ lục kèm theo Thông tư số 12/2021/TT-BNV.", "approved_by", None),
        "effect-is-no-carrying-out": ("1. Luật này có hiệu lực thi hành từ ngày 01/7/2026.\n2. Luật Tương trợ tư pháp số 08/2007/QH12 hết hiệu lực kể từ ngày Luật này có hiệu lực.", "repeals", None),
        "following-papers": ("2. Nghị định này thay thế các Nghị định sau: Nghị định số 823/2016/NĐ-CP ngày 03/9/2016 của Chính phủ.", "replaces", "thay thế"),
        "closest-verb": ("Căn cứ tình hình, Sở triển khai Nghị định số 61/2018/NĐ-CP.", "implements", "triển khai"),
    }),
)
def test_relation_of_the_citing_text(text: str, relation: str, words: str | None) -> None:
    c = one(text)
    assert (c.relation, c.agent) == (relation, "this")
    assert c.evidence is not None
    assert text[c.evidence.start : c.evidence.end] == c.evidence.text
    if words:
        assert c.evidence.text == words


@pytest.mark.parametrize(
    ("text", "relations"),
    table(32, {
        "list": ("Căn cứ Nghị định số 61/2018/NĐ-CP, Nghị định số 107/2021/NĐ-CP và Quyết định số 468/QĐ-TTg;", ["based_on"] * 3),
        "outer-list-goes-on": ("Xét Tờ trình số 15/TTr-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh đề nghị ban hành Nghị quyết thay thế Nghị quyết số 32/2018/NQ-HĐND ngày 02/7/2018; Báo cáo số 18/BC-BPC ngày 05/3/2021 của Ban Pháp chế;", ["based_on", "replaces", "based_on"]),
        "outer-list-behind-a-title": ("Thực hiện Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ ban hành Chương trình thực hiện Nghị quyết số 957-NQ/TW ngày 21/12/2024 của Bộ Chính trị; Quyết định số 112/QĐ-TTg ngày 02/3/2025 của Thủ tướng Chính phủ;", ["implements", "implements", "implements"]),
        "approval-in-a-title": ("Thực hiện Quyết định số 199/QĐ-TTg ngày 09/11/2020 của Thủ tướng Chính phủ phê duyệt “Chương trình kho số đến năm 2030”; Quyết định số 225/QĐ-TTg ngày 30/12/2020 của Thủ tướng Chính phủ;", ["implements"] * 2),
        "by-in-a-passive": ("3. Luật Thư viện số 46/2019/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 826/2022/QH15, Luật số 871/2024/QH15 còn áp dụng.", ["mentions"] * 3),
        "two-verbs": ("Căn cứ Nghị định số 61/2018/NĐ-CP, Sở thay thế Công văn số 15/STC-TH.", ["based_on", "replaces"]),
        "lines-of-the-preamble": ("Căn cứ Luật Thư viện ngày 21/11/2019;\nLuật Trẻ em ngày 05/4/2016;\nCăn cứ Nghị định số 61/2018/NĐ-CP;", ["based_on"] * 3),
        "with-its-own-pinpoint": ("Hồ sơ quy định tại Điều 49 Điều lệ ban hành kèm theo Nghị định số 45/CP ngày 15/7/1995; các khoản 4, 5 và 6 Điều 28 của Nghị định số 833/2023/NĐ-CP.", ["approved_by", "based_on"]),
        "colon-and-new-line": ("Chi theo quy định tại các Quyết định:\nsố 2719/QĐ-TTg, số 2920/QĐ-TTg; số 290/QĐ-TTg.", ["based_on"] * 3),
        "new-sentence": ("Căn cứ Nghị định số 61/2018/NĐ-CP. Đã có Công văn số 15/STC-TH.", ["based_on", "mentions"]),
    }),
)
def test_relations_in_a_list(text: str, relations: list[str]) -> None:
    assert [c.relation for c in cite(text)] == relations


@pytest.mark.parametrize(
    ("text", "agent"),
    table(33, {
        "this": ("Quyết định này thay thế Quyết định số 12/2020/QĐ-UBND.", "this"),
        "draft": ("Dự thảo Quyết định thay thế Quyết định số 12/2020/QĐ-UBND đã xong.", "draft"),
        "draft-plan": ("Dự thảo Kế hoạch thực hiện Kết luận số 64-KL/TW ngày 30/10/2019.", "draft"),
        "to-be-issued": ("Bộ Nội vụ trình Chính phủ ban hành Nghị định thay thế Nghị định số 61/2018/NĐ-CP.", "draft"),
        "duty": ("Sở Nội vụ tiếp tục triển khai Nghị quyết số 57-NQ/TW.", "this"),
        "criteria-are-no-draft": ("Bộ Nội vụ ban hành tiêu chí đánh giá việc thực hiện Nghị quyết của các bộ, làm căn cứ khen thưởng trong việc thực hiện Nghị quyết số 66-NQ/TW.", "this"),
        "papers-of-others-are-no-draft": ("Việc triển khai chương trình và các văn bản chỉ đạo của Chính phủ được tiến hành đồng bộ, gắn với việc tổ chức thực hiện Nghị quyết số 163/2024/QH15.", "this"),
        "draft-as-object": ("Cục đã báo cáo nội dung Nghị định sửa đổi, bổ sung Nghị định số 204/2004/NĐ-CP.", "draft"),
        "enacting-clause": ("Theo đề nghị của Cục trưởng Cục Lưu trữ;\nBộ trưởng Bộ Nội vụ ban hành Thông tư sửa đổi, bổ sung một số điều của Thông tư số 609/2025/TT-BNV.", "this"),
        "draft-by-a-department": ("Sở Nội vụ tham mưu UBND tỉnh ban hành Quyết định thay thế Quyết định số 12/2020/QĐ-UBND.", "draft"),
    }),
)
def test_who_acts(text: str, agent: str) -> None:
    assert one(text).agent == agent


@pytest.mark.parametrize(
    ("text", "relation"),
    table(33, {
        "title": ("Kế hoạch số 917/KH-UBND ngày 13/8/2025 của UBND tỉnh về thực hiện Nghị quyết số 271/NQ-CP ngày 03/4/2025", "implements"),
        "capital-tinh": ("Kế hoạch số 917/KH-UBND ngày 13/8/2025 của Ủy ban nhân dân Tỉnh về thực hiện Nghị quyết số 271/NQ-CP ngày 03/4/2025", "implements"),
        "term-behind-the-issuer": ("Kết luận số 301-KL/TW ngày 18/8/2021 của Bộ Chính trị khóa XIII về sơ kết, thực hiện Chỉ thị số 205-CT/TW ngày 14/5/2016", "implements"),
        "capital-title": ("Nghị định số 149/2024/NĐ-CP ngày 15/11/2024 của Chính phủ Quy định chi tiết một số điều của Luật Dược", "guides"),
        "footnote-mark": ("Nghị định số 72/2020/NĐ-CP ngày 30/6/2020 của Chính phủ[1] quy định chi tiết một số điều của Luật Dược", "guides"),
        "body-renamed": ("Thông tư số 912/2024/TT-BNV ngày 21/7/2024 của Bộ Lâm nghiệp (nay là Bộ Nội vụ) về sửa đổi, bổ sung một số điều của Thông tư số 904/2016/TT-BNV", "amends"),
        "no-issuer": ("Thông tư số 12/2018/TT-BCT quy định chi tiết một số điều của Luật Dược", "guides"),
        "replacing": ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ thay thế Nghị định số 24/2014/NĐ-CP", "replaces"),
    }),
)
def test_another_cited_instrument_acts(text: str, relation: str) -> None:
    first, second = cite(f"Căn cứ {text};")
    assert first.relation == "based_on"
    assert (second.relation, second.agent) == (relation, first.document)
    assert parts(first)[3] in {e[0] for e in edges(f"Căn cứ {text};")}


def test_nobody_acts_on_a_later_paper() -> None:
    text = (
        "Căn cứ Nghị định số 62/2024/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 94/2016/NĐ-CP "
        "quy định chi tiết một số điều của Luật Thống kê và Nghị định số 94/2022/NĐ-CP;"
    )
    assert cite(text)[-1].agent != cite(text)[1].document


@open_bug("same-day")
def test_nobody_acts_on_a_paper_of_the_same_day() -> None:
    text = (
        "Căn cứ Nghị định số 887/2025/NĐ-CP ngày 03/8/2025 sửa đổi, bổ sung một số điều của Nghị định số 878/2025/NĐ-CP ngày 01/4/2025 "
        "hướng dẫn thi hành Luật Thư viện và Nghị định số 879/2025/NĐ-CP ngày 01/4/2025;"
    )
    assert cite(text)[-1].agent != cite(text)[1].document


def test_an_issued_paper_that_carries_out_another_is_no_draft() -> None:
    first, second = cite("Chính phủ đã ban hành Nghị quyết số 1109/NQ-CP bổ sung Chương trình kho lưu trữ của Chính phủ thực hiện Nghị quyết số 957-NQ/TW.")
    assert (second.relation, second.agent) == ("implements", first.document)


def test_the_organ_that_acts_behind_a_citation_is_no_title() -> None:
    first, second = cite("Theo Quyết định số 57/QĐ-TTg ngày 02/3/2021, Sở Nội vụ triển khai Nghị quyết số 71/NQ-CP.")
    assert (first.relation, second.relation, second.agent) == ("based_on", "implements", "this")


# --- 34: the nested edge -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    table(34, {
        "active": ("Căn cứ Nghị định số 807/2020/NĐ-CP ngày 16/9/2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 824/2014/NĐ-CP ngày 07/4/2014;", {("807", "amends", "824")}),
        "passive": ("Căn cứ Nghị định số 24/2014/NĐ-CP ngày 04/4/2014 được sửa đổi, bổ sung tại Nghị định số 107/2020/NĐ-CP ngày 14/9/2020;", {("107", "amends", "24")}),
        "passive-boi": ("Căn cứ Luật Cư trú số 68/2020/QH14 được sửa đổi, bổ sung bởi Luật số 143/2024/QH15;", {("143", "amends", "68")}),
        "passive-list": ("Căn cứ Luật Cư trú số 68/2020/QH14 được sửa đổi, bổ sung bởi Luật số 143/2024/QH15, Luật số 147/2024/QH15 và Luật số 158/2024/QH15;", {("143", "amends", "68"), ("147", "amends", "68"), ("158", "amends", "68")}),
        "passive-behind-a-title": ("Căn cứ Thông tư số 612/2016/TT-BTC ngày 09/11/2016 của Bộ trưởng Bộ Tài chính quy định mua sắm giá kệ đã được sửa đổi, bổ sung một số điều theo Thông tư số 640/2019/TT-BTC ngày 21/6/2019;", {("640", "amends", "612")}),
        "passive-capitals": ("THÔNG TƯ SỐ 915/2014/TT-BTNMT ĐƯỢC SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU BỞI THÔNG TƯ SỐ 911/2022/TT-BTNMT", {("911", "amends", "915")}),
        "passive-replaced": ("Nghị định số 24/2014/NĐ-CP được thay thế bởi Nghị định số 45/2025/NĐ-CP.", {("45", "replaces", "24")}),
        "brackets": ("theo Nghị định số 24/2014/NĐ-CP (được sửa đổi, bổ sung tại Nghị định số 107/2020/NĐ-CP)", {("107", "amends", "24")}),
        "law-behind-a-law": ("Luật số 151/2024/QH15 sửa đổi, bổ sung một số điều của Luật Trẻ em số 102/2016/QH13", {("151", "amends", "102")}),
        "several-laws": ("Luật số 143/2024/QH15 sửa đổi, bổ sung một số điều của Luật Cư trú số 68/2020/QH14, Luật Căn cước số 26/2023/QH15", {("143", "amends", "68"), ("143", "amends", "26")}),
        "programme": ("Chương trình số 04-CTr/TU ngày 12/5/2025 của Tỉnh ủy thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024", {("4", "implements", "57")}),
    }),
)
def test_nested_edge(text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert edges(text) == wanted


@pytest.mark.parametrize(
    ("text", "never"),
    table(34, {
        "not-through-a-passive": ("Điều 2. Sửa đổi Điều 7 của Luật Thư viện số 46/2019/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 902/2021/QH15, Luật số 934/2024/QH15.", {"902", "934"}),
        "cell-begins-with-a-passive": ("Được thay thế bởi Quyết định số 12/2024/QĐ-TTg ngày 31/7/2024.", {"12"}),
        "three-verbs": ("Được sửa đổi, bổ sung, thay thế bởi Thông tư số 902/2024/TT-BNV ngày 23/02/2024.", {"902"}),
        "older-list-member": ("Xem Thông tư số 696/2020/TT-BNV được sửa đổi, bổ sung bởi Thông tư số 768/2024/TT-BNV, Thông tư số 721/2020/TT-BNV ngày 31/12/2020 quy định về kho.", {"721", "768"}),
        "amending-laws-of-a-repealed-one": ("2. Luật Thư viện số 46/2019/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 826/2022/QH15 và Luật số 893/2025/QH15 hết hiệu lực kể từ ngày Luật này có hiệu lực.", {"826", "893"}),
        "words-in-quotes": ("3. Bổ sung cụm từ “và Nghị định số 850/2025/NĐ-CP của Chính phủ” sau cụm từ “kho lưu trữ”.", {"850"}),
        "field-of-application": ("Cán bộ thuộc đối tượng điều chỉnh của Nghị định số 809/1998/NĐ-CP được nghỉ.", {"809"}),
        "number-of-the-amended-law": ("Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 46/2019/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 868/2022/QH15.", {"868"}),
    }),
)
def test_who_amended_is_not_amended(text: str, never: set[str]) -> None:
    for c in cite(text):
        if parts(c)[3] in never:
            assert c.relation not in {"amends", "replaces", "repeals"}, (c.text, c.relation)


def test_the_repealed_law_is_the_one_before_its_amendments() -> None:
    text = "2. Luật Thư viện số 46/2019/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 826/2022/QH15 hết hiệu lực kể từ ngày Luật này có hiệu lực."
    assert cite(text)[0].relation == "repeals"


def test_a_list_of_amending_papers_ends_where_one_has_another_matter() -> None:
    found = edges(
        "Căn cứ Nghị định số 778/2025/NĐ-CP ngày 01/4/2025 quy định chi tiết Luật Thư viện được sửa đổi, bổ sung bởi Nghị định số 787/2025/NĐ-CP ngày 01/7/2025 "
        "và Nghị định số 779/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về kiểm tra, rà soát kho sách;"
    )
    assert ("787", "amends", "778") in found
    assert not {x for x in found if x[0] == "779"}


def test_what_ends_behind_a_long_title_is_repealed() -> None:
    text = "2. Quyết định số 905/2021/QĐ-UBND ngày 02/3/2021 của UBND tỉnh ban hành Quy định về kho, bến, bãi và việc thu phí ở đó hết hiệu lực thi hành kể từ ngày Quyết định này có hiệu lực."
    assert one(text).relation == "repeals"
    text = "2. Quyết định số 905/2021/QĐ-UBND ngày 02/3/2021 của UBND tỉnh ban hành Quy định về kho, bến, bãi; giấy phép hết hiệu lực thì cấp lại."
    assert one(text).relation == "mentions"


def test_a_provision_is_repealed_not_applied() -> None:
    c = one("Bãi bỏ quy định tại khoản 2 Điều 5 Thông tư số 955/2023/TT-BTC.")
    assert (c.relation, c.scope) == ("repeals", "part")


def test_the_body_before_a_bracket_asks() -> None:
    c = one("Xét đề xuất, kiến nghị của UBND tỉnh Hưng Yên (văn bản số 984/BC-UBND ngày 01/10/2025), Thủ tướng đồng ý.")
    assert (c.relation, c.document) == ("requested_by", "vn:bc:ubnd.hung-yen:2025:984")


def test_a_letter_cannot_repeal() -> None:
    text = "Theo đề nghị của Quỹ tại Tờ trình số 20/TTr-STC ngày 09/7/2024 và văn bản số 1102/STC-NS ngày 04/12/2024 về việc bãi bỏ Quyết định số 928/2019/QĐ-UBND;"
    *_, repealed = cite(text)
    assert (repealed.relation, repealed.agent) == ("repeals", "draft")


def test_the_number_behind_an_amending_title_is_that_of_the_amended_law() -> None:
    text = "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 46/2019/QH14."
    numbered = [c for c in cite(text) if c.number]
    assert [parts(c) for c in numbered] == [("l", "qh", "2019", "46")]
    assert "sửa đổi" not in numbered[0].text


def test_the_notice_amends_neither() -> None:
    found = cite("Căn cứ Nghị định số 807/2020/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 824/2014/NĐ-CP;")
    assert len(found) == 2
    for c in found:
        assert not (c.relation == "amends" and c.agent == "this")


# --- 35: mention, no relation --------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    table(35, {
        "received": "Đã nhận Công văn số 15/SNV-TH.",
        "spread": "Tiếp tục phổ biến Nghị định số 61/2018/NĐ-CP tới doanh nghiệp.",
        "heading": "3. Nghị quyết số 57-NQ/TW",
        "in-brackets": "hội nghị trực tuyến (Thông báo số 341/TB-VPCP ngày 01/7/2025)",
        "cell": "Nghị định số 61/2018/NĐ-CP",
        "other-object": "Văn phòng triển khai phần mềm mới. Xem Công văn số 15/SNV-TH.",
    }),
)
def test_mention_without_relation(text: str) -> None:
    c = one(text)
    assert (c.relation, c.agent) == ("mentions", "this")


def test_amended_in_brackets_is_no_cue() -> None:
    text = "Tạm ngưng áp dụng cho đến khi Luật An toàn thực phẩm (sửa đổi) có hiệu lực đối với các văn bản sau đây:\n1. Nghị định số 846/2026/NĐ-CP ngày 21/01/2026."
    assert cite(text)[-1].relation != "amends"


def test_a_heading_on_repealed_procedures_repeals_no_decree() -> None:
    text = "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ\nSTT\nTên thủ tục\n- Luật Dược năm 2016;\n- Nghị định số 267/2025/NĐ-CP."
    assert {c.relation for c in cite(text)} == {"mentions"}


def test_a_heading_on_repealed_papers_hands_its_verb_on() -> None:
    text = "Điều 3. Bãi bỏ các Quyết định sau:\na) Quyết định số 12/2020/QĐ-UBND ngày 02/3/2020;\nb) Khoản 2 Điều 5 Quyết định số 13/2020/QĐ-UBND ngày 03/3/2020."
    whole, part = read(text).citations
    assert (whole.relation, whole.scope) == ("repeals", "whole")
    assert (part.relation, part.scope) == ("repeals", "part")


def test_a_transaction_is_no_assignment() -> None:
    text = "Nghị định số 423/2015/NĐ-CP về lưu giữ các giao dịch được sửa đổi, bổ sung bởi Nghị định số 607/2025/NĐ-CP."
    assert [c.relation for c in cite(text)] == ["mentions", "mentions"]


def test_every_relation_is_of_the_list() -> None:
    known = {"based_on", "implements", "amends", "replaces", "repeals", "guides", "requested_by", "approved_by", "mentions"}
    text = "Căn cứ Nghị định số 61/2018/NĐ-CP; theo đề nghị tại Tờ trình số 15/TTr-STC; kèm Công văn số 16/STC-NS."
    found = cite(text)
    assert len(found) == 3
    assert {c.relation for c in found} <= known


# --- 36: part or whole ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation", "scope"),
    table(36, {
        "whole": ("Bãi bỏ Quyết định số 12/2020/QĐ-UBND.", "repeals", "whole"),
        "whole-said": ("Bãi bỏ toàn bộ Quyết định số 12/2020/QĐ-UBND.", "repeals", "whole"),
        "part": ("Bãi bỏ một phần Quyết định số 12/2020/QĐ-UBND.", "repeals", "part"),
        "article": ("Bãi bỏ Điều 5 Quyết định số 12/2020/QĐ-UBND.", "repeals", "part"),
        "clause": ("Bãi bỏ khoản 2 Điều 5 của Quyết định số 12/2020/QĐ-UBND.", "repeals", "part"),
        "some-articles": ("Quyết định này sửa đổi một số điều của Quyết định số 12/2020/QĐ-UBND.", "amends", "part"),
        "replaces": ("Quyết định này thay thế Quyết định số 12/2020/QĐ-UBND.", "replaces", "whole"),
        "replaces-article": ("Quyết định này thay thế Điều 3 Quyết định số 12/2020/QĐ-UBND.", "replaces", "part"),
    }),
)
def test_partial_or_whole_effect(text: str, relation: str, scope: str) -> None:
    c = one(text)
    assert (c.relation, c.scope) == (relation, scope)
    if "Điều" in text:
        assert c.pinpoint
        assert c.pinpoint[0].path[0][0] == "Điều"


def test_scope_and_words_of_an_edge() -> None:
    doc = read("Căn cứ Nghị định số 807/2020/NĐ-CP ngày 16/9/2020 sửa đổi, bổ sung một số điều của Nghị định số 824/2014/NĐ-CP;")
    (edge,) = doc.relations
    assert (edge.scope, edge.verb) == ("part", "amends")
    assert edge.evidence is not None
    assert doc.text[edge.evidence.start : edge.evidence.end] == edge.evidence.text
    ids = {c.id: c.document for c in doc.citations}
    assert {ids[i] for i in edge.citations} == {edge.source, edge.target}


# --- 37: the words that show it ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    table(37, {
        "nfd": "Căn cứ Nghị định số 61/2018/NĐ-CP;",
        "old-tone": "cụ thể hoá Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "no-break-space": "theo\u00a0quy định\u00a0tại Nghị định số 61/2018/NĐ-CP",
        "two-lines": "Sở triển khai thực\nhiện Nghị quyết số 57-NQ/TW",
    }),
)
def test_evidence_is_sliced_from_the_text(text: str) -> None:
    doc = read(f"1. {text}", head=letterhead())
    (c,) = doc.citations
    assert c.relation != "mentions"
    assert c.evidence is not None
    assert doc.text[c.evidence.start : c.evidence.end] == c.evidence.text
    assert c.evidence.end <= c.start
