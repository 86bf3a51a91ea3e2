"""Two documents of our own, taken apart by hand: what the output modules are tested on.

Offsets are computed from the words, so that the text can be edited.
"""

from __future__ import annotations

from collections.abc import Callable

from congvan.document import (
    Citation,
    Directive,
    Document,
    Due,
    Entity,
    Evidence,
    Header,
    Items,
    Pinpoint,
    Relation,
    Section,
    Signature,
    Source,
    Table,
    Unit,
    numbered,
)

NOTICE = """\
UBND TỈNH BẮC SƠN
Số:       /TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bắc Sơn, ngày      tháng 3 năm 2024

THÔNG BÁO
Kết luận cuộc họp về cấp nước và kè sông <Lô & Gâm> năm 2024

Sáng 12/3/2024, lãnh đạo UBND tỉnh đã nghe các đơn vị trình ba dự thảo và kết luận như sau:

1. Dự thảo Đề án cấp nước sạch vùng cao (Sở Xây dựng trình)
Đề án cụ thể hóa Quyết định số 1978/QĐ-TTg ngày 24/11/2021 của Thủ tướng Chính phủ và thay cho cách làm nêu tại Nghị quyết số 15-NQ/TU; yêu cầu:
a) Về nguồn vốn
- Bổ sung phương án huy động vốn của người dùng nước, căn cứ khoản 2 Điều 5 Nghị định số 117/2007/NĐ-CP được sửa đổi tại Nghị định số 124/2011/NĐ-CP;
- Rà soát lại đơn giá của 14 công trình, gửi Sở Tài chính chậm nhất ngày 05/4/2024.
b) Về vận hành
- Giao Sở Nội vụ báo cáo UBND tỉnh trước ngày 25 hằng tháng.

2. Kè sông đoạn qua thị trấn (UBND huyện Yên Lạc trình)
Thống nhất thực hiện Quyết định số 1978/QĐ-TTg trong quý II/2024; dự thảo Nghị quyết mới thay thế Nghị quyết số 15-NQ/TU.

STT\tViệc\tKinh phí
1\tKè đá\t12 tỷ đồng

Nơi nhận:
- Như trên;
- Lưu: VT.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG
Hoàng Thị Mẫu
"""

LETTER = """\
BỘ GIAO THÔNG\x1b[31m
Số: 77/BGT-VT
Hà Nội, ngày 09 tháng 7 năm 2025

Kính gửi: Cục Đường bộ.

Thực hiện Luật Đường bộ năm 2024, đề nghị Cục báo cáo trước 17 giờ 00 ngày 15/7/2025.
"""


def finder(text: str) -> Callable[..., tuple[int, int]]:
    """Returns a function from words (the ``nth`` time they occur) to their offsets."""

    def span(words: str, nth: int = 1) -> tuple[int, int]:
        at = -1
        for _ in range(nth):
            at = text.index(words, at + 1)
        return at, at + len(words)

    return span


def notice() -> Document:
    """A provincial notice with most of what a document can have."""
    text = NOTICE
    span = finder(text)
    end = span("STT\t")[0] - 2

    def section(
        id: str, parent: str | None, line: str, marker: str, until: int, **more: str
    ) -> Section:
        a, b = span(line)
        return Section(id, parent, "x", marker, more.pop("heading"), a, until, a, b, **more)

    s2 = span("2. Kè sông")[0]
    sections = (
        section("s1", None, "1. Dự thảo Đề án cấp nước sạch vùng cao (Sở Xây dựng trình)", "1.",
                s2 - 2, heading="Dự thảo Đề án cấp nước sạch vùng cao", presenter="Sở Xây dựng"),
        section("s2", "s1", "a) Về nguồn vốn", "a)", span("b) Về vận hành")[0] - 1,
                heading="Về nguồn vốn"),
        section("s3", "s1", "b) Về vận hành", "b)", s2 - 2, heading="Về vận hành"),
        section("s4", None, "2. Kè sông đoạn qua thị trấn (UBND huyện Yên Lạc trình)", "2.", end,
                heading="Kè sông đoạn qua thị trấn", presenter="UBND huyện Yên Lạc"),
    )  # fmt: skip

    def unit(id: str, words: str, until: str, section: str | None, marker: str | None = None,
             labels: tuple[str, ...] = ()) -> Unit:  # fmt: skip
        a, b = span(words)[0], span(until)[1]
        kind = "bullet" if marker else "paragraph"
        scores = dict.fromkeys(labels, 0.9)
        return Unit(id, kind, marker, section, a, b, text[a:b], labels, scores)

    units = (
        unit("u1", "Sáng 12/3/2024", "kết luận như sau:", None),
        unit("u2", "Đề án cụ thể hóa", "yêu cầu:", "s1"),
        unit("u3", "Bổ sung phương án", "124/2011/NĐ-CP;", "s2", "-", ("supplement",)),
        unit("u4", "Rà soát lại", "05/4/2024.", "s2", "-", ("review", "deadline")),
        unit("u5", "Giao Sở Nội vụ", "hằng tháng.", "s3", "-", ("deadline",)),
        unit("u6", "Thống nhất thực hiện", "số 15-NQ/TU.", "s4", None, ("deadline",)),
    )

    def entity(type: str, words: str, value: str | None, nth: int = 1, **more: str) -> Entity:
        a, b = span(words, nth)
        return Entity("e", type, a, b, words, value, **more)

    entities = [
        entity("AGENCY", "UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Sơn"),
        entity("DATE", "12/3/2024", "2024-03-12", granularity="day"),
        entity("AGENCY", "Sở Xây dựng", "Sở Xây dựng tỉnh Bắc Sơn"),
        entity("INSTRUMENT", "Quyết định số 1978/QĐ-TTg", None),
        entity("DATE", "ngày 24/11/2021", "2021-11-24", granularity="day"),
        entity("AGENCY", "Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        entity("AGENCY", "Sở Tài chính", "Sở Tài chính tỉnh Bắc Sơn"),
        entity("DATE", "ngày 05/4/2024", "2024-04-05", granularity="day"),
        entity("AGENCY", "Sở Nội vụ", "Sở Nội vụ tỉnh Bắc Sơn"),
        entity("DATE", "quý II/2024", "2024-Q2", granularity="quarter"),
        entity("PERSON", "Hoàng Thị Mẫu", None),
    ]
    entities = [Entity(id, *[getattr(e, n) for n in
                ("type", "start", "end", "text", "value", "score", "granularity")])
                for id, e in numbered("e", entities)]  # fmt: skip

    def cite(id: str, words: str, document: str, relation: str, cue: str | None, *, nth: int = 1,
             cue_nth: int = 1, section: str | None, unit: str, agent: str = "this",
             pinpoint: tuple[Pinpoint, ...] | None = None, **fields: object) -> Citation:  # fmt: skip
        a, b = span(words, nth)
        evidence = Evidence(*span(cue, cue_nth), cue) if cue else None
        known = {"year": None, "date": None, "issuer": None, "complete": True, **fields}
        return Citation(id=id, start=a, end=b, text=words, unit=unit, section=section,
                        pinpoint=pinpoint, document=document, relation=relation, agent=agent,
                        evidence=evidence, **known)  # type: ignore[arg-type]  # fmt: skip

    decision = {"type": "Quyết định", "number": "1978", "symbol": "QĐ-TTg", "year": 2021,
                "date": "2021-11-24", "issuer": "Thủ tướng Chính phủ"}  # fmt: skip
    party = {"type": "Nghị quyết", "number": "15", "symbol": "NQ/TU", "complete": False}
    pin = span("khoản 2 Điều 5")
    point = Pinpoint((("Điều", "5"), ("khoản", "2")), None, *pin, "khoản 2 Điều 5")
    citations = (
        cite("c1", "Quyết định số 1978/QĐ-TTg", "qd/ttg/2021/1978", "implements", "cụ thể hóa",
             section="s1", unit="u2", **decision),
        cite("c2", "Nghị quyết số 15-NQ/TU", "nq/tu/?/15", "mentions", None, section="s1",
             unit="u2", agent="this", **party),
        cite("c3", "Nghị định số 117/2007/NĐ-CP", "nd/cp/2007/117", "based_on", "căn cứ",
             section="s2", unit="u3", pinpoint=(point,), type="Nghị định", number="117",
             symbol="NĐ-CP", year=2007, issuer="Chính phủ"),
        cite("c4", "Nghị định số 124/2011/NĐ-CP", "nd/cp/2011/124", "mentions", None,
             section="s2", unit="u3", type="Nghị định", number="124", symbol="NĐ-CP", year=2011,
             issuer="Chính phủ", repairs=("NÐ-CP đọc là NĐ-CP",)),
        cite("c5", "Quyết định số 1978/QĐ-TTg", "qd/ttg/2021/1978", "implements", "thực hiện",
             nth=2, section="s4", unit="u6", **decision),
        cite("c6", "Nghị quyết số 15-NQ/TU", "nq/tu/?/15", "replaces", "thay thế", nth=2,
             section="s4", unit="u6", agent="draft", **party),
    )  # fmt: skip

    def due(words: str, kind: str, bound: str, value: str | None) -> Due:
        return Due(*span(words), words, kind, bound, value)

    directives = (
        Directive("u4", due=(due("chậm nhất ngày 05/4/2024", "date", "by", "2024-04-05"),)),
        Directive("u5", ("Sở Nội vụ tỉnh Bắc Sơn",), ("Sở Nội vụ",), (), (),
                  ("Ủy ban nhân dân tỉnh Bắc Sơn",), ("UBND tỉnh",),
                  (due("trước ngày 25 hằng tháng", "recurring", "recurring",
                       "FREQ=MONTHLY;BYMONTHDAY=25"),)),
        Directive("u6", due=(due("trong quý II/2024", "period", "within", "2024-Q2"),)),
    )  # fmt: skip
    table = span("STT\tViệc\tKinh phí\n1\tKè đá\t12 tỷ đồng")
    return Document(
        text=text,
        source=Source(path="thong-bao.docx", repairs=("nối 1 đoạn bị ngắt trang",)),
        header=Header(
            issuer="UBND TỈNH BẮC SƠN",
            issuer_value="Ủy ban nhân dân tỉnh Bắc Sơn",
            symbol="TB-UBND",
            doc_type="Thông báo",
            place="Bắc Sơn",
            date="2024-03",
            subject="Kết luận cuộc họp về cấp nước và kè sông <Lô & Gâm> năm 2024",
            spans={
                "doc_type": span("THÔNG BÁO"),
                "subject": span("Kết luận cuộc họp về cấp nước và kè sông <Lô & Gâm> năm 2024"),
            },
        ),
        sections=Items(sections),
        units=Items(units),
        entities=Items(entities),
        citations=Items(citations),
        relations=Items(
            (
                Relation("this", "implements", "qd/ttg/2021/1978", ("c1", "c5")),
                Relation("nd/cp/2011/124", "amends", "nd/cp/2007/117", ("c3", "c4")),
                Relation("draft", "replaces", "nq/tu/?/15", ("c6",)),
            )
        ),
        directives=Items(directives),
        recipients=("Như trên", "Lưu: VT"),
        signature=Signature("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Hoàng Thị Mẫu"),
        tables=Items(
            [Table("t1", *table, (("STT", "Việc", "Kinh phí"), ("1", "Kè đá", "12 tỷ đồng")))]
        ),
        warnings=("ngày ban hành để trống",),
        document="tb/ubnd-bac-son/2024/?",
    )


def letter() -> Document:
    """A short letter with a named law, an hour, and an escape sequence in its letterhead."""
    text = LETTER
    span = finder(text)
    a, b = span("Thực hiện Luật")[0], span("15/7/2025.")[1]
    law = span("Luật Đường bộ năm 2024")
    due = span("trước 17 giờ 00 ngày 15/7/2025")
    when = span("17 giờ 00 ngày 15/7/2025")
    cue = span("Thực hiện")
    return Document(
        text=text,
        header=Header(issuer="BỘ GIAO THÔNG\x1b[31m", number="77", symbol="BGT-VT",
                      date="2025-07-09", place="Hà Nội", addressees=("Cục Đường bộ",)),
        units=Items([Unit("u1", "paragraph", None, None, a, b, text[a:b])]),
        entities=Items([
            Entity("e1", "DATE", *when, text[slice(*when)], "2025-07-15T17:00"),
        ]),
        citations=Items([
            Citation("c1", *law, text[slice(*law)], "u1", None, "Luật", None, None, 2024, None,
                     "Quốc hội", None, "luat/2024/duong-bo", True, "implements", "this",
                     Evidence(*cue, text[slice(*cue)]), kind="named"),
        ]),
        directives=Items([
            Directive("u1", due=(Due(*due, text[slice(*due)], "date", "before",
                                     "2025-07-15T17:00"),)),
        ]),
    )  # fmt: skip
