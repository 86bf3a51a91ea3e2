"""What the engine must do, row by row of the feature table: issuer, date, identity, rows 23 to 31.

The sentences are our own. Ids name the row and the case: ``r07-...`` is "one head, several numbers".
"""

from __future__ import annotations

import pytest
from citation_help import cite, letterhead, one, parts, read, table

# Tables are read by eye, one case a line.
# fmt: off

# --- 23, 24: issuer -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "issuer"),
    table(23, {
        "prime-minister": ("Quyết định số 2804/QĐ-TTg ngày 16/11/2020 của Thủ tướng Chính phủ về kho lưu trữ", "Thủ tướng Chính phủ"),
        "before-the-date": ("Quyết định số 57/QĐ-UBND của UBND tỉnh Sơn La ngày 02/3/2021", "UBND tỉnh Sơn La"),
        "minister": ("Thông tư số 12/2021/TT-BNV ngày 02/3/2021 của Bộ trưởng Bộ Nội vụ quy định về kho", "Bộ trưởng Bộ Nội vụ"),
        "comma-inside": ("Công văn số 15/SVHTTDL-TH ngày 02/3/2021 của Sở Văn hóa, Thể thao và Du lịch về lễ hội", "Sở Văn hóa, Thể thao và Du lịch"),
        "party-standing": ("Chỉ thị số 02-CT/TU ngày 02/3/2021 của Ban Thường vụ Tỉnh ủy về kho", "Ban Thường vụ Tỉnh ủy"),
        "party-place": ("Kế hoạch số 1321-KH/TU ngày 12/4/2025 của Tỉnh ủy Nghệ An về kho", "Tỉnh ủy Nghệ An"),
        "party-city": ("Nghị quyết số 918-NQ/TU ngày 29/12/2022 của Thành ủy Hà Nội về kho", "Thành ủy Hà Nội"),
        "council": ("Nghị quyết số 27/NQ-HĐND ngày 02/3/2021 của HĐND huyện Bắc Sơn về kho", "HĐND huyện Bắc Sơn"),
        "capital-letter": ("Kế hoạch số 1283/KH-UBND ngày 23/9/2025 của Ủy ban nhân dân Tỉnh về kho", "Ủy ban nhân dân Tỉnh"),
        "chairman": ("Quyết định số 1616/QĐ-UBND ngày 14/8/2025 của Chủ tịch UBND tỉnh Bắc Ninh về kho", "Chủ tịch UBND tỉnh Bắc Ninh"),
        "between-type-and-number": ("Nghị quyết của Ban Thường vụ Tỉnh ủy số 08-NQ/TU ngày 19/5/2021 về kho", "Ban Thường vụ Tỉnh ủy"),
        "abbreviation-inside": ("Thông tư số 932/2014/TT-BNNPTNT ngày 13/7/2014 của Bộ Nông nghiệp và PTNT (nay đã hợp nhất) về kho", "Bộ Nông nghiệp và PTNT"),
        "inspectorate": ("Kế hoạch số 1505/KH-TTCP ngày 02/3/2021 của Thanh tra Chính phủ về kho", "Thanh tra Chính phủ"),
        "do": ("Thông báo số 12/TB-VPCP ngày 02/3/2021 do Văn phòng Chính phủ phát hành", "Văn phòng Chính phủ"),
    }),
)
def test_issuer_read_from_the_words_behind(text: str, issuer: str) -> None:
    c = one(text)
    assert c.issuer == issuer
    assert "issuer" in c.written


@pytest.mark.parametrize(
    ("text", "issuer"),
    table(23, {
        "not-of-the-paper": ("theo Quyết định số 1804/QĐ-TTg của các sở", None),
        "another-of": ("Quyết định số 57/QĐ-UBND về nhiệm vụ của Sở Tài chính", None),
    }),
)
def test_words_that_are_no_issuer(text: str, issuer: None) -> None:
    c = one(text)
    assert "issuer" not in c.written


@pytest.mark.parametrize(
    ("text", "issuer"),
    table(24, {
        "ttg": ("Quyết định số 1804/QĐ-TTg", "Thủ tướng Chính phủ"),
        "cp": ("Nghị định số 107/2020/NĐ-CP", "Chính phủ"),
        "ministry": ("Công văn số 2279/BKHĐT-TH", "Bộ Kế hoạch và Đầu tư"),
        "assembly": ("Luật số 45/2019/QH14", "Quốc hội"),
        "standing": ("Nghị quyết số 12/2021/UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
        "joint": ("Thông tư liên tịch số 88/2016/TTLT-BTC-BTNMT", "Bộ Tài chính và Bộ Tài nguyên và Môi trường"),
    }),
)
def test_issuer_from_the_symbol(text: str, issuer: str) -> None:
    c = one(f"Xem {text}.")
    assert c.issuer == issuer
    assert "issuer" not in c.written
    assert any("symbol" in r for r in c.reasons)


@pytest.mark.parametrize(
    ("body", "where"),
    table(24, {
        "ubnd": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 còn hiệu lực.", "ubnd.lang-son"),
        "hdnd": ("Nghị quyết số 27/NQ-HĐND ngày 02/3/2021 còn hiệu lực.", "hdnd.lang-son"),
        "party": ("Nghị quyết số 62-NQ/TU ngày 05/3/2019 còn hiệu lực.", "tu.lang-son"),
        "party-words-win": ("Kế hoạch số 21-KH/TU ngày 05/3/2019 của Ban Thường vụ Tỉnh ủy Sơn La còn hiệu lực.", "tu.son-la"),
        "department": ("Tờ trình số 15/TTr-STC ngày 02/3/2021 còn giá trị.", "stc.lang-son"),
        "no-place-but-a-title": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Sửa đổi Quy chế kho.", "ubnd.lang-son"),
        "no-city-but-a-title": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh Quy định về kho.", "ubnd.lang-son"),
        "next-line": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của Chủ tịch UBND tỉnh Sơn La\nQuyết tâm giữ kho.", "ubnd.son-la"),
        "capitals": ("QUYẾT ĐỊNH SỐ 512/QĐ-UBND NGÀY 02/3/2021 CỦA ỦY BAN NHÂN DÂN TỈNH SƠN LA VỀ XÂY DỰNG KHO.", "ubnd.son-la"),
        "city-in-capitals-twice": ("Chỉ thị số 12-CT/TU ngày 02/3/2021 của Thành ủy Thành phố Hồ Chí Minh về kho.", "tu.ho-chi-minh"),
        "small-letter": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Thừa Thiên huế về kho.", "ubnd.thua-thien-hue"),
        "capital-title": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh Sơn La Ban hành Quy chế kho.", "ubnd.son-la"),
        "capital-title-amending": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh Sơn La Sửa đổi Quy chế kho.", "ubnd.son-la"),
        "words-win": ("Quyết định số 512/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Sơn La còn hiệu lực.", "ubnd.son-la"),
        "central-needs-none": ("Quyết định số 512/QĐ-TTg ngày 02/3/2021 còn hiệu lực.", "ttg"),
    }),
)
def test_local_suffix_takes_its_province_from_the_citing_document(body: str, where: str) -> None:
    doc = read(f"1. {body}", head=letterhead())
    assert [parts(c)[1] for c in doc.citations] == [where]
    assert doc.citations[0].complete


def test_and_behind_an_issuer_begins_the_next_citation() -> None:
    first, second = cite("Thực hiện Nghị quyết số 957-NQ/TW ngày 21/12/2024 của Bộ Chính trị và Nghị quyết số 271/NQ-CP ngày 03/4/2025 của Chính phủ.")
    assert (first.issuer, second.issuer) == ("Bộ Chính trị", "Chính phủ")
    assert first.relation == second.relation == "implements"


def test_capitals_stay_where_they_are_written_and_are_not_handed_on() -> None:
    first, second = cite("THỰC HIỆN NGHỊ QUYẾT SỐ 957-NQ/TW NGÀY 21/12/2024 CỦA BỘ CHÍNH TRỊ\nTriển khai Nghị quyết số 957-NQ/TW ngày 21/12/2024, kho mở cửa.")
    assert first.document == second.document
    assert (first.issuer or "").lower() == "bộ chính trị"
    assert second.issuer == "Bộ Chính trị"


def test_a_written_province_beats_the_default_for_the_same_number() -> None:
    body = "1. Quyết định số 66/2018/QĐ-UBND ngày 28/12/2018 của UBND tỉnh Sơn La còn hiệu lực.\n2. Đơn giá theo Quyết định số 66/2018/QĐ-UBND ngày 28/12/2018."
    doc = read(body, head=letterhead())
    assert [parts(c)[1] for c in doc.citations] == ["ubnd.son-la", "ubnd.son-la"]


# --- 25, 26: dates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tail", "date"),
    table(25, {
        "slashes": ("ngày 30/10/2019 của Chính phủ", "2019-10-30"),
        "comma": (", ngày 30/10/2019", "2019-10-30"),
        "words": ("ngày 30 tháng 10 năm 2019", "2019-10-30"),
        "padded": ("ngày 05 tháng 01 năm 2019", "2019-01-05"),
        "signed": ("ký ngày 30/10/2019", "2019-10-30"),
        "hyphens": ("ngày 30-10-2019", "2019-10-30"),
        "points": ("ngày 30.10.2019", "2019-10-30"),
        "brackets": ("(ngày 30/10/2019)", "2019-10-30"),
        "behind-the-issuer": ("của Chính phủ ngày 30/10/2019", "2019-10-30"),
        "capital": ("NGÀY 30 THÁNG 10 NĂM 2019", "2019-10-30"),
        "none": ("còn hiệu lực", None),
        "another-event": ("được áp dụng từ ngày 01/01/2020", None),
        "impossible": ("ngày 31/02/2019", None),
    }),
)
def test_forms_of_the_date(tail: str, date: str | None) -> None:
    text = f"Xem Nghị quyết số 102/NQ-CP{tail if tail.startswith(',') else ' ' + tail}."
    c = one(text)
    assert c.date == date
    assert ("date" in c.written) is (date is not None)
    assert c.year == (2019 if date else None)


@pytest.mark.parametrize(
    ("text", "year"),
    table(25, {
        "blank-day": ("Quyết định số 57/QĐ-STC ngày    tháng 3 năm 2021", 2021),
        "month": ("Quyết định số 57/QĐ-STC tháng 3 năm 2021", 2021),
    }),
)
def test_incomplete_date_gives_the_year_only(text: str, year: int) -> None:
    c = one(text)
    assert c.date is None
    assert c.year in (year, None)


def test_a_date_in_the_next_cell_is_not_the_date_of_the_paper() -> None:
    c = one("kết nối với Đề án 06\n15/11/2025\n39.")
    assert (c.date, c.year) == (None, None)


@pytest.mark.parametrize(
    ("body", "words"),
    table(26, {
        "dates": ("1. Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 còn hiệu lực.\n2. Nghị định số 61/2018/NĐ-CP ngày 24/4/2018 còn hiệu lực.", ("23/04/2018", "24/04/2018")),
"issuers": ("1. Kết luận số 12-KL/TW ngày 02/3/2021 của Bộ Chính trị.\n2. Kết luận số 12-KL/TW ngày 02/3/2021 của Ban Bí thư.", ("Bộ Chính trị", "Ban Bí thư")),
    }),
)
def test_disagreement_is_reported_not_averaged(body: str, words: tuple[str, str]) -> None:
    doc = read(body)
    first, second = doc.citations
    assert first.document == second.document
    assert (first.date, first.issuer) != (second.date, second.issuer)
    assert any(all(w in warning for w in words) for warning in doc.warnings), doc.warnings


def test_an_issuer_that_the_symbol_denies_is_reported() -> None:
    doc = read("1. Thông báo số 12/TB-VPCP ngày 02/3/2021 của Bộ Nội vụ về kho lưu trữ.")
    assert any("Bộ Nội vụ" in w and "12/TB-VPCP" in w for w in doc.warnings), doc.warnings


@pytest.mark.parametrize(
    "body",
    table(26, {
        "short-issuer": "1. Quyết định số 57/QĐ-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh Sơn La.\n2. Quyết định số 57/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Sơn La.",
        "minister": "1. Thông tư số 12/2021/TT-BNV ngày 02/3/2021 của Bộ Nội vụ.\n2. Thông tư số 12/2021/TT-BNV ngày 02/3/2021 của Bộ trưởng Bộ Nội vụ.",
        "same-date": "1. Nghị định số 61/2018/NĐ-CP ngày 23/4/2018.\n2. Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018.",
    }),
)
def test_other_spelling_is_no_disagreement(body: str) -> None:
    assert [w for w in read(body).warnings if "different" in w] == []


# --- 27 to 31: identity ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "complete"),
    table(27, {
        "decree": ("Nghị định số 61/2018/NĐ-CP", True),
        "dated": ("Quyết định số 1804/QĐ-TTg ngày 13/11/2020", True),
        "undated": ("Quyết định số 1804/QĐ-TTg", False),
        "no-province": ("Quyết định số 57/QĐ-UBND ngày 02/3/2021", False),
        "party-undated": ("Nghị quyết số 28-NQ/TW", False),
        "number-only": ("Nghị quyết số 28", False),
    }),
)
def test_an_id_is_complete_or_says_what_is_unknown(text: str, complete: bool) -> None:
    c = one(f"Xem {text}.")
    assert c.complete is complete
    assert ("?" in c.document) is not complete
    assert c.document == one(f"Căn cứ {text};").document


@pytest.mark.parametrize(
    ("text", "same"),
    table(28, {
        "joins-the-only-one": ("Quyết định số 1804/QĐ-TTg ngày 13/11/2020. Quyết định số 1804/QĐ-TTg nêu rõ.", True),
        "later": ("Quyết định số 1804/QĐ-TTg nêu rõ. Quyết định số 1804/QĐ-TTg ngày 13/11/2020.", True),
        "other-number": ("Quyết định số 1804/QĐ-TTg ngày 13/11/2020. Quyết định số 1805/QĐ-TTg nêu rõ.", False),
        "other-type": ("Quyết định số 1804/QĐ-TTg ngày 13/11/2020. Chỉ thị số 1804/CT-TTg nêu rõ.", False),
        "other-issuer": ("Quyết định số 1804/QĐ-TTg ngày 13/11/2020. Quyết định số 1804/QĐ-BNV nêu rõ.", False),
        "party-and-state": ("Nghị quyết số 57-NQ/TW ngày 22/12/2024. Nghị quyết số 57/NQ-CP nêu rõ.", False),
        "province": ("Quyết định số 57/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Sơn La. Quyết định số 57/QĐ-UBND nêu rõ.", True),
        "two-provinces": ("Quyết định số 57/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Sơn La. Quyết định số 57/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Lai Châu.", False),
        "two-years": ("Quyết định số 57/QĐ-TTg ngày 02/3/2021. Quyết định số 57/QĐ-TTg ngày 02/3/2022.", False),
    }),
)
def test_partial_ids_join_on_evidence_only(text: str, same: bool) -> None:
    first, second = cite(text)
    assert (first.document == second.document) is same
    if same:
        assert first.complete
        assert second.complete


@pytest.mark.parametrize(
    ("date", "term"),
    table(29, {
        "k8": ("16/7/1998", "k8"),
        "k10": ("05/8/2008", "k10"),
        "k11-last-days": ("27/01/2016", "k11"),
        "k12-first-day": ("28/01/2016", "k12"),
        "k12": ("25/10/2017", "k12"),
        "k13": ("16/6/2022", "k13"),
        "k14": ("15/4/2026", "k14"),
    }),
)
def test_party_term_is_the_period(date: str, term: str) -> None:
    assert parts(one(f"Nghị quyết số 18-NQ/TW ngày {date}"))[2] == term


def test_one_party_number_in_two_terms_is_two_documents() -> None:
    first, second = cite("Nghị quyết số 18-NQ/TW ngày 25/10/2017. Nghị quyết số 18-NQ/TW ngày 16/6/2022.")
    assert first.document != second.document


def test_one_party_number_in_one_term_is_one_document_in_two_years() -> None:
    first, second = cite("Kết luận số 64-KL/TU ngày 25/10/2016. Sơ kết Kết luận số 64-KL/TU.")
    assert first.document == second.document


def test_candidates_are_kept() -> None:
    *full, short = cite("Quyết định số 57/QĐ-TTg ngày 02/3/2021. Quyết định số 57/QĐ-TTg ngày 02/3/2022. Theo Quyết định số 57/QĐ-TTg thì kho mở cửa.")
    assert set(short.candidates) == {c.document for c in full}
    assert short.date is None
    assert short.score < 1
    assert any("left open" in r or "fit" in r for r in short.reasons)


def test_a_better_known_candidate_is_no_better_candidate() -> None:
    local, central, short = cite("Quyết định số 12/2020/QĐ-UBND, Quyết định số 12/2020/QĐ-TTg. Theo Quyết định số 12/2020 thì kho mở cửa.")
    assert set(short.candidates) == {local.document, central.document}
    assert not short.complete


def test_a_type_with_two_codes_has_one_in_the_id() -> None:
    c = one("Căn cứ Quy chế phối hợp số 49/QCPH-STC-SNV ngày 24/01/2025;")
    assert parts(c)[0] == "qcph"
    assert parts(one("Căn cứ Quy chế số 49/QC-STC ngày 24/01/2025;"))[0] == "qc"


def test_two_laws_of_one_name_and_year_are_left_open() -> None:
    c = one("Căn cứ Luật Tổ chức chính quyền địa phương năm 2025;")
    assert not c.complete
    assert {x.split(":")[-1] for x in c.candidates} == {"65", "72"}


@pytest.mark.parametrize(
    ("text", "score"),
    table(31, {
        "read": ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ nêu rõ.", 1.0),
        "issuer-inferred": ("Nghị định số 61/2018/NĐ-CP nêu rõ.", 1.0),
    }),
)
def test_score_and_reasons(text: str, score: float) -> None:
    c = one(text)
    assert c.score == score
    assert bool(c.reasons) is ("issuer" not in c.written)
    assert all(isinstance(r, str) and r.strip() == r and r for r in c.reasons)


def test_a_unit_of_a_ministry_is_no_local_body() -> None:
    assert one("Quyết định số 4955/2024/QĐ-BNN-KHCN.").document == "vn:qđ:bnnptnt:2024:4955"


def test_a_bare_law_is_the_one_that_the_text_is_based_on() -> None:
    *_, old, bare = cite(
        "Căn cứ Luật Bảo hiểm xã hội năm 2024;\nNgười hưởng theo Luật Bảo hiểm xã hội năm 2014 và theo Luật Bảo hiểm xã hội."
    )
    assert (old.year, bare.year) == (2014, 2024)
    assert old.document != bare.document
