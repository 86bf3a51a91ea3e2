"""Sections and units of a body, drawn as an outline: annotation guideline, sections 1 and 2.8.

``# 1. Về cấp nước [Sở Xây dựng]`` is a heading and its presenter, ``- Rà soát.`` and
``¶ Rà soát.`` are units; what stands under a heading is indented. All texts are ours.
"""

from __future__ import annotations

import pytest

from congvan.layout import join_edits, split_lines
from congvan.structure import Body, parent_chain, parse_body
from congvan.tables import mark_tables
from congvan.text import apply_edits, canonical, shadow, squeeze


def parse(text: str) -> tuple[str, Body]:
    text, _ = canonical(text)
    lines = mark_tables(split_lines(shadow(text)))
    text, _ = apply_edits(text, join_edits(lines, shadow(text)))
    lines = mark_tables(split_lines(shadow(text)))
    return text, parse_body(lines, text, end=lines[-1].end if lines else 0)


def outline(text: str) -> str:
    _, body = parse(text)
    depth: dict[str | None, int] = {None: 0}
    rows: list[tuple[int, int, str]] = []
    for s in body.sections:
        depth[s.id] = depth[s.parent] + 1
        presenter = f" [{s.presenter}]" if s.presenter else ""
        rows.append(
            (
                s.start,
                0,
                "  " * depth[s.parent]
                + f"# {s.marker} {s.heading}".replace("#  ", "# ").rstrip()
                + presenter,
            )
        )
    for u in body.units:
        rows.append((u.start, 1, "  " * depth[u.section] + f"{u.marker or '¶'} {u.text}"))
    return (
        "\n".join(" " * (len(row) - len(row.lstrip())) + squeeze(row) for _, _, row in sorted(rows))
        + "\n"
    )


def drawn(picture: str) -> str:
    """Returns the picture without the indent of its table."""
    lines = picture.strip("\n").split("\n")
    indent = min(len(x) - len(x.lstrip()) for x in lines if x.strip())
    return "".join(x[indent:].rstrip() + "\n" for x in lines if x.strip())


# Each case: a body, then what it is.
CASES: dict[str, tuple[str, str]] = {
    "plain prose": (
        """
        Các đơn vị thực hiện nghiêm túc.
        Văn phòng theo dõi, đôn đốc.
        """,
        """
        ¶ Các đơn vị thực hiện nghiêm túc.
        ¶ Văn phòng theo dõi, đôn đốc.
        """,
    ),
    "numbers that are no markers": (
        """
        2030. Bổ sung các mục tiêu.
        1.000 người được cấp nước.
        29/4/2021 là hạn cuối.
        """,
        """
        ¶ 2030. Bổ sung các mục tiêu.
        ¶ 1.000 người được cấp nước.
        ¶ 29/4/2021 là hạn cuối.
        """,
    ),
    "a topic is a heading, a sentence is a unit": (
        """
        1. Về việc rà soát số nhà
        - Giao Sở Xây dựng làm.
        2. Giao Sở Tài chính bố trí vốn.
        """,
        """
        # 1. Về việc rà soát số nhà
          - Giao Sở Xây dựng làm.
        2. Giao Sở Tài chính bố trí vốn.
        """,
    ),
    "a topic with its sentence on the line is a unit": (
        """
        1. Về cấp nước: Giao Sở Xây dựng rà soát danh mục.
        2. Về kè sông: Giao Sở Nội vụ báo cáo.
        """,
        """
        1. Về cấp nước: Giao Sở Xây dựng rà soát danh mục.
        2. Về kè sông: Giao Sở Nội vụ báo cáo.
        """,
    ),
    "capitals": (
        """
        II. NHIỆM VỤ
        Các đơn vị trực.
        """,
        """
        # II. NHIỆM VỤ
          ¶ Các đơn vị trực.
        """,
    ),
    "a lead-in with a verb is a unit, a body alone is a heading": (
        """
        1. Bộ Tài chính chủ trì, phối hợp:
        a) Rà soát danh mục.
        b) Báo cáo Thủ tướng.
        2. UBND tỉnh Đồng Nai:
        a) Bàn giao mặt bằng.
        """,
        """
        1. Bộ Tài chính chủ trì, phối hợp:
        a) Rà soát danh mục.
        b) Báo cáo Thủ tướng.
        # 2. UBND tỉnh Đồng Nai
          a) Bàn giao mặt bằng.
        """,
    ),
    "a body with its order on the line is a unit": (
        """
        1. Sở Xây dựng
        - Làm một.
        2. Sở Nội vụ: Làm hai.
        3. UBND các xã
        - Làm ba.
        """,
        """
        # 1. Sở Xây dựng
          - Làm một.
        2. Sở Nội vụ: Làm hai.
        # 3. UBND các xã
          - Làm ba.
        """,
    ),
    "an order that ends in a colon is a unit": (
        """
        1. Sở Xây dựng có trách nhiệm:
        - Rà soát danh mục.
        - Báo cáo UBND tỉnh.
        """,
        """
        1. Sở Xây dựng có trách nhiệm:
        - Rà soát danh mục.
        - Báo cáo UBND tỉnh.
        """,
    ),
    "a paragraph that leads in": (
        """
        Chủ tịch UBND tỉnh kết luận như sau:
        - Việc thứ nhất.
        - Việc thứ hai.
        """,
        """
        ¶ Chủ tịch UBND tỉnh kết luận như sau:
        - Việc thứ nhất.
        - Việc thứ hai.
        """,
    ),
    "items without a heading": (
        """
        1. Kết quả tốt.
        2. Còn hạn chế.
        a) Chậm tiến độ;
        b) Thiếu vốn.
        """,
        """
        1. Kết quả tốt.
        2. Còn hạn chế.
        a) Chậm tiến độ;
        b) Thiếu vốn.
        """,
    ),
    "presenter": (
        """
        1. Về cấp nước (Sở Xây dựng trình)
        - Bổ sung số liệu.
        2. Về cấp điện (Công ty Điện lực Bắc Sơn báo cáo)
        - Bổ sung số liệu.
        """,
        """
        # 1. Về cấp nước [Sở Xây dựng]
          - Bổ sung số liệu.
        # 2. Về cấp điện [Công ty Điện lực Bắc Sơn]
          - Bổ sung số liệu.
        """,
    ),
    "presenter without trình": (
        """
        1. Dự thảo Đề án phòng thủ (Bộ Chỉ huy Quân sự tỉnh)
        - Bổ sung số liệu.
        """,
        """
        # 1. Dự thảo Đề án phòng thủ [Bộ Chỉ huy Quân sự tỉnh]
          - Bổ sung số liệu.
        """,
    ),
    "two brackets": (
        """
        1. Dự thảo Đề án A (Trình Ban Thường vụ Tỉnh ủy tháng 5) (UBND thành phố Bắc Sơn trình)
        Nội dung thống nhất.
        """,
        """
        # 1. Dự thảo Đề án A (Trình Ban Thường vụ Tỉnh ủy tháng 5) [UBND thành phố Bắc Sơn]
          ¶ Nội dung thống nhất.
        """,
    ),
    "brackets that name no presenter": (
        """
        1. Dự án cấp nước (giai đoạn 2)
        - Bổ sung số liệu.
        2. Dự thảo Đề án B (Trình HĐND tỉnh kỳ họp tháng 7)
        - Bổ sung số liệu.
        """,
        """
        # 1. Dự án cấp nước (giai đoạn 2)
          - Bổ sung số liệu.
        # 2. Dự thảo Đề án B (Trình HĐND tỉnh kỳ họp tháng 7)
          - Bổ sung số liệu.
        """,
    ),
    "a presenter's number with points and commas": (
        """
        1. Về trồng rừng (Sở Nông nghiệp và Môi trường trình).
        - Bổ sung số liệu.
        """,
        """
        # 1. Về trồng rừng [Sở Nông nghiệp và Môi trường]
          - Bổ sung số liệu.
        """,
    ),
    "State form": (
        """
        I. MỤC ĐÍCH
        1. Nâng cao nhận thức.
        II. NHIỆM VỤ
        1. Tuyên truyền
        a) Tổ chức họp.
        - In tờ rơi;
        + Phát tờ rơi.
        b) Treo băng rôn.
        2. Kiểm tra
        Kiểm tra hằng quý.
        III. TỔ CHỨC THỰC HIỆN
        Giao Văn phòng theo dõi.
        """,
        """
        # I. MỤC ĐÍCH
          1. Nâng cao nhận thức.
        # II. NHIỆM VỤ
          # 1. Tuyên truyền
            a) Tổ chức họp.
            - In tờ rơi;
            + Phát tờ rơi.
            b) Treo băng rôn.
          # 2. Kiểm tra
            ¶ Kiểm tra hằng quý.
        # III. TỔ CHỨC THỰC HIỆN
          ¶ Giao Văn phòng theo dõi.
        """,
    ),
    "Party form": (
        """
        I- Về công tác cán bộ
        1- Đồng ý bổ nhiệm.
        2- Giao Ban Tổ chức Tỉnh ủy hoàn thiện.
        II- Về đất đai
        1- Giao Ban cán sự đảng báo cáo.
        """,
        """
        # I- Về công tác cán bộ
          1- Đồng ý bổ nhiệm.
          2- Giao Ban Tổ chức Tỉnh ủy hoàn thiện.
        # II- Về đất đai
          1- Giao Ban cán sự đảng báo cáo.
        """,
    ),
    "letters above numerals, C and D too": (
        """
        A. TÌNH HÌNH
        I. KẾT QUẢ
        1. Kết quả tốt.
        B. NHIỆM VỤ
        I. NGẮN HẠN
        1. Làm ngay.
        C. TỔ CHỨC
        1. Giao Sở Nội vụ làm.
        D. HIỆU LỰC
        1. Thực hiện từ nay.
        """,
        """
        # A. TÌNH HÌNH
          # I. KẾT QUẢ
            1. Kết quả tốt.
        # B. NHIỆM VỤ
          # I. NGẮN HẠN
            1. Làm ngay.
        # C. TỔ CHỨC
          1. Giao Sở Nội vụ làm.
        # D. HIỆU LỰC
          1. Thực hiện từ nay.
        """,
    ),
    "numerals above letters": (
        """
        I. TÌNH HÌNH
        A. Kết quả
        1. Kết quả tốt.
        B. Hạn chế
        1. Hạn chế nhiều.
        II. NHIỆM VỤ
        1. Làm ngay.
        """,
        """
        # I. TÌNH HÌNH
          # A. Kết quả
            1. Kết quả tốt.
          # B. Hạn chế
            1. Hạn chế nhiều.
        # II. NHIỆM VỤ
          1. Làm ngay.
        """,
    ),
    "decimal levels": (
        """
        1. Về cấp nước
        1.1. Về nước sạch
        a) Rà soát danh mục.
        1.2. Về nước thải
        a) Lập kế hoạch.
        2. Về kè sông
        Giao Sở Nội vụ làm.
        """,
        """
        # 1. Về cấp nước
          # 1.1. Về nước sạch
            a) Rà soát danh mục.
          # 1.2. Về nước thải
            a) Lập kế hoạch.
        # 2. Về kè sông
          ¶ Giao Sở Nội vụ làm.
        """,
    ),
    "parts": (
        """
        PHẦN THỨ NHẤT
        TỔNG QUAN
        I. HIỆN TRẠNG
        Dân số 5 vạn.
        PHẦN THỨ HAI
        GIẢI PHÁP
        I. NGUỒN LỰC
        Vốn 5 tỷ đồng.
        """,
        """
        # PHẦN THỨ NHẤT TỔNG QUAN
          # I. HIỆN TRẠNG
            ¶ Dân số 5 vạn.
        # PHẦN THỨ HAI GIẢI PHÁP
          # I. NGUỒN LỰC
            ¶ Vốn 5 tỷ đồng.
        """,
    ),
    "chapters, divisions, articles, clauses, points": (
        """
        Chương I
        QUY ĐỊNH CHUNG
        Điều 1. Phạm vi điều chỉnh
        1. Văn bản này nói về việc cấp nước.
        2. Quy chế không áp dụng với kè sông.
        Điều 2. Giải thích từ ngữ
        Trong Quy chế này:
        a) Cầu là cầu treo;
        đ) Đường là đường đất.
        Chương II
        TỔ CHỨC
        Mục 1
        TRÁCH NHIỆM
        Điều 3. Sở Xây dựng
        1. Chủ trì rà soát:
        a) Cầu;
        a1) Đường.
        Mục 2. KIỂM TRA
        Điều 4a. Thanh tra
        Thanh tra huyện làm.
        """,
        """
        # Chương I QUY ĐỊNH CHUNG
          # Điều 1. Phạm vi điều chỉnh
            1. Văn bản này nói về việc cấp nước.
            2. Quy chế không áp dụng với kè sông.
          # Điều 2. Giải thích từ ngữ
            ¶ Trong Quy chế này:
            a) Cầu là cầu treo;
            đ) Đường là đường đất.
        # Chương II TỔ CHỨC
          # Mục 1 TRÁCH NHIỆM
            # Điều 3. Sở Xây dựng
              1. Chủ trì rà soát:
              a) Cầu;
              a1) Đường.
          # Mục 2. KIỂM TRA
            # Điều 4a. Thanh tra
              ¶ Thanh tra huyện làm.
        """,
    ),
    "a title of several lines": (
        """
        Chương II
        CHẾ ĐỘ, CHÍNH SÁCH CỦA CƠ QUAN, TỔ CHỨC VÀ
        GIA ĐÌNH TRONG GIÁO DỤC
        CỦA TRẺ EM
        Mục 1
        CHẾ ĐỘ
        Điều 1. Phạm vi
        Giao các sở làm.
        """,
        """
        # Chương II CHẾ ĐỘ, CHÍNH SÁCH CỦA CƠ QUAN, TỔ CHỨC VÀ GIA ĐÌNH TRONG GIÁO DỤC CỦA TRẺ EM
          # Mục 1 CHẾ ĐỘ
            # Điều 1. Phạm vi
              ¶ Giao các sở làm.
        """,
    ),
    "an article that is a sentence is a section and a unit": (
        """
        QUYẾT ĐỊNH:
        Điều 1. Thành lập Tổ công tác gồm các ông, bà sau:
        1. Ông Trần Văn An - Tổ trưởng;
        2. Bà Lê Thị Bình - Tổ phó.
        Điều 2. Tổ công tác có nhiệm vụ:
        - Kiểm tra.
        Điều 3. Tổ chức thực hiện
        Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành./.
        """,
        """
        # Điều 1.
          Điều 1. Thành lập Tổ công tác gồm các ông, bà sau:
          1. Ông Trần Văn An - Tổ trưởng;
          2. Bà Lê Thị Bình - Tổ phó.
        # Điều 2.
          Điều 2. Tổ công tác có nhiệm vụ:
          - Kiểm tra.
        # Điều 3. Tổ chức thực hiện
          ¶ Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành./.
        """,
    ),
    "an article with its title on the next line, a full stop behind a Roman heading": (
        """
        Điều 4.
        Trách nhiệm thi hành
        1. Sở Nội vụ thi hành.
        Điều 5. Việc cuối cùng[12]
        1. Sở Y tế thi hành.
        """,
        """
        # Điều 4. Trách nhiệm thi hành
          1. Sở Nội vụ thi hành.
        # Điều 5. Việc cuối cùng
          1. Sở Y tế thi hành.
        """,
    ),
    "grounds stand before the articles": (
        """
        Căn cứ Luật Đất đai năm 2024;
        Theo đề nghị của Giám đốc Sở Nội vụ.
        CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUYẾT ĐỊNH:
        Điều 1. Quyết định này có hiệu lực từ ngày ký.
        """,
        """
        ¶ Căn cứ Luật Đất đai năm 2024;
        ¶ Theo đề nghị của Giám đốc Sở Nội vụ.
        # Điều 1.
          Điều 1. Quyết định này có hiệu lực từ ngày ký.
        """,
    ),
    "titles in capitals without a marker": (
        """
        TÌNH HÌNH CHUNG
        Mưa lớn ở nhiều nơi.
        NHIỆM VỤ TRỌNG TÂM
        Các đơn vị trực.
        """,
        """
        # TÌNH HÌNH CHUNG
          ¶ Mưa lớn ở nhiều nơi.
        # NHIỆM VỤ TRỌNG TÂM
          ¶ Các đơn vị trực.
        """,
    ),
    "the paragraph that closes a section": (
        """
        1. Về cấp nước
        - Việc một.
        - Việc hai.
        Sở Xây dựng hoàn chỉnh báo cáo trước ngày 05/5/2021.
        2. Về kè sông
        - Việc ba.
        """,
        """
        # 1. Về cấp nước
          - Việc một.
          - Việc hai.
          ¶ Sở Xây dựng hoàn chỉnh báo cáo trước ngày 05/5/2021.
        # 2. Về kè sông
          - Việc ba.
        """,
    ),
    "the paragraph behind the last subsection closes the section around it": (
        """
        1. Về cấp nước
        a) Phần kết quả
        - Việc một.
        b) Phần nhiệm vụ
        - Việc hai.
        Cơ quan chủ trì hoàn chỉnh báo cáo.
        2. Về kè sông
        - Việc ba.
        """,
        """
        # 1. Về cấp nước
          # a) Phần kết quả
            - Việc một.
          # b) Phần nhiệm vụ
            - Việc hai.
          ¶ Cơ quan chủ trì hoàn chỉnh báo cáo.
        # 2. Về kè sông
          - Việc ba.
        """,
    ),
    "a paragraph between items and the subsections of one section": (
        """
        A. VỐN ĐẦU TƯ
        I. Tiêu chí
        - Một.
        II. Cách tính
        - Hai.
        Từ các điểm trên tính ra vốn như sau:
        1. Điểm của tiêu chí dân cư
        - Ba.
        B. CHI THƯỜNG XUYÊN
        - Bốn.
        """,
        """
        # A. VỐN ĐẦU TƯ
          # I. Tiêu chí
            - Một.
          # II. Cách tính
            - Hai.
            ¶ Từ các điểm trên tính ra vốn như sau:
            # 1. Điểm của tiêu chí dân cư
              - Ba.
        # B. CHI THƯỜNG XUYÊN
          - Bốn.
        """,
    ),
    "the paragraph that closes the paper": (
        """
        1. Về cấp nước
        - Việc một.
        2. Về kè sông
        - Việc hai.
        Văn phòng thông báo để các cơ quan biết, thực hiện./.
        """,
        """
        # 1. Về cấp nước
          - Việc một.
        # 2. Về kè sông
          - Việc hai.
        ¶ Văn phòng thông báo để các cơ quan biết, thực hiện./.
        """,
    ),
    "a deadline on a line of its own": (
        """
        1. Giao Sở Xây dựng rà soát.
        Hoàn thành trước ngày 15/12/2025.
        2. Giao Sở Nội vụ báo cáo.
        """,
        """
        1. Giao Sở Xây dựng rà soát.
        ¶ Hoàn thành trước ngày 15/12/2025.
        2. Giao Sở Nội vụ báo cáo.
        """,
    ),
    "numerals in brackets": (
        """
        1. Sở Xây dựng có trách nhiệm:
        (1) Rà soát;
        (2) Báo cáo.
        """,
        """
        1. Sở Xây dựng có trách nhiệm:
        (1) Rà soát;
        (2) Báo cáo.
        """,
    ),
    "two halves of a page": (
        """
        - Đô thị được nâng loại vào năm

        2030. Bổ sung các mục tiêu.
        - Quy chế cần phải xây

        dựng thật kỹ.
        """,
        """
        - Đô thị được nâng loại vào năm 2030. Bổ sung các mục tiêu.
        - Quy chế cần phải xây dựng thật kỹ.
        """,
    ),
    "a table is neither heading nor unit": (
        """
        Vốn như sau:
        STT\tTên\tVốn
        1\tCầu Đất\t12
        2\tKè Lũng\t15
        Giao Sở Tài chính cân đối.
        """,
        """
        ¶ Vốn như sau:
        ¶ Giao Sở Tài chính cân đối.
        """,
    ),
    "rules and page numbers are silent": (
        """
        Giao Sở Xây dựng làm.
        -------
        12
        ***
        Giao Sở Nội vụ làm.
        """,
        """
        ¶ Giao Sở Xây dựng làm.
        ¶ Giao Sở Nội vụ làm.
        """,
    ),
    "codes and symbols are no titles": (
        """
        Thủ tục gồm:
        5 1.014197.H05
        Giao các sở làm.
        """,
        """
        ¶ Thủ tục gồm:
        ¶ 5 1.014197.H05
        ¶ Giao các sở làm.
        """,
    ),
    "a topic, a colon and a sentence that leads in": (
        """
        b) Đối với cá nhân: Các cá nhân có thành tích xuất sắc được đề nghị như sau:
        - Gương mẫu.
        c) Định mức trên không bao gồm:
        - Quỹ lương.
        """,
        """
        b) Đối với cá nhân: Các cá nhân có thành tích xuất sắc được đề nghị như sau:
        - Gương mẫu.
        c) Định mức trên không bao gồm:
        - Quỹ lương.
        """,
    ),
    "a long title of an article": (
        f"""
        Điều 33. Chế độ đối với thân nhân người {"đang hưởng trợ cấp " * 12}đã nghỉ việc
        1. Người đang hưởng trợ cấp được xét.
        """,
        f"""
        # Điều 33. Chế độ đối với thân nhân người {"đang hưởng trợ cấp " * 12}đã nghỉ việc
          1. Người đang hưởng trợ cấp được xét.
        """,
    ),
    "a heading with nothing beneath is a unit": (
        """
        1. Cấp nước
        2. Kè sông
        """,
        """
        1. Cấp nước
        2. Kè sông
        """,
    ),
    "nothing": ("", ""),
}  # fmt: skip


def dedented(text: str) -> str:
    return "\n".join(
        x.strip() if "\t" not in x.strip() else x.lstrip(" ") for x in text.strip("\n").split("\n")
    )


@pytest.mark.parametrize(("text", "picture"), CASES.values(), ids=CASES)
def test_structure(text: str, picture: str) -> None:
    assert outline(dedented(text)).strip() == (drawn(picture).strip() if picture else "")


# ---------------------------------------------------------------- leads


def leads(text: str) -> dict[str, str | None]:
    _, body = parse(text)
    name = {u.id: u.text.rstrip(".:;") for u in body.units}
    return {name[u.id]: name[u.lead] if u.lead else None for u in body.units}


# fmt: off
LEADS: dict[str, tuple[str, dict[str, str | None]]] = {
    "paragraph and items":  ("Giao các sở như sau:\n- Một.\n- Hai.",          {"Giao các sở như sau": None, "Một": "Giao các sở như sau", "Hai": "Giao các sở như sau"}),
    "item and sub-items":   ("1. Giao các sở thực hiện:\na) Một;\n- Hai;\nb) Ba.", {"Giao các sở thực hiện": None, "Một": "Giao các sở thực hiện", "Hai": "Một", "Ba": "Giao các sở thực hiện"}),
    "siblings":             ("1. Một.\n2. Hai.\n3. Ba.",                      {"Một": None, "Hai": None, "Ba": None}),
    "a sentence leads none": ("Mưa lớn ở nhiều nơi.\n- Một.",                 {"Mưa lớn ở nhiều nơi": None, "Một": None}),
    "a heading ends it":    ("Giao các sở như sau:\n1. Về cấp nước\n- Một.",  {"Giao các sở như sau": None, "Một": None}),
    "nobody leads a paragraph": ("1. Về cấp nước\n- Một.\n- Hai.\nSở A báo cáo.", {"Một": None, "Hai": None, "Sở A báo cáo": None}),
    "small roman siblings": ("1. Giao các sở thực hiện:\na) Sở A rà soát:\n(i) Một;\n(ii) Hai.",
                             {"Giao các sở thực hiện": None, "Sở A rà soát": "Giao các sở thực hiện", "Một": "Sở A rà soát", "Hai": "Sở A rà soát"}),
}
# fmt: on


@pytest.mark.parametrize(("text", "want"), LEADS.values(), ids=LEADS)
def test_leads(text: str, want: dict[str, str | None]) -> None:
    assert leads(text) == want


# ---------------------------------------------------------------- nesting


@pytest.mark.parametrize("text", [a for a, _ in CASES.values()], ids=CASES)
def test_sections_nest_and_hold_their_units(text: str) -> None:
    _, body = parse(dedented(text))
    by_id = {s.id: s for s in body.sections}
    for s in body.sections:
        parent = by_id.get(s.parent or "")
        assert parent is None or parent.start <= s.start <= s.end <= parent.end
    for a, b in zip(body.sections, body.sections[1:], strict=False):
        assert b.parent == a.id or a.end <= b.start
    for u in body.units:
        around = [s.id for s in body.sections if s.start <= u.start < s.end]
        assert u.section == (around[-1] if around else None)


# ---------------------------------------------------------------- fields


def test_a_section_knows_its_heading_and_its_extent() -> None:
    text, body = parse(
        "1. Về kè (Trình HĐND tỉnh tháng 7) (Sở Nội vụ trình)\n- Làm.\n2. Về cầu\n- Xây."
    )
    first, second = body.sections
    assert (first.id, first.parent, first.level, first.marker) == ("s1", None, "1.", "1.")
    assert text[first.heading_start : first.heading_end] == text.split("\n")[0]
    assert (first.heading, first.presenter) == ("Về kè (Trình HĐND tỉnh tháng 7)", "Sở Nội vụ")
    assert first.notes == ("Trình HĐND tỉnh tháng 7",)
    assert (first.start, first.end) == (0, text.index("2. Về"))
    assert (second.start, second.end) == (text.index("2. Về"), len(text))
    assert second.notes == ()


def test_levels_are_named_as_offices_name_them() -> None:
    _, body = parse("Chương I\nCHUNG\nMục 1\nRIÊNG\nĐiều 1. Phạm vi\n1. Làm.")
    assert [s.level for s in body.sections] == ["chương", "mục", "điều"]
    chain = parent_chain(body.sections)
    assert chain == {"s1": ("s1",), "s2": ("s1", "s2"), "s3": ("s1", "s2", "s3")}


def test_ids_go_on_where_the_body_stopped() -> None:
    text = "1. Về kè\n- Làm."
    body = parse_body(split_lines(text), text, end=len(text), first_section=4, first_unit=9)
    assert [s.id for s in body.sections] == ["s5"]
    assert [(u.id, u.section) for u in body.units] == [("u10", "s5")]


def test_a_unit_leaves_its_marker_out() -> None:
    text, body = parse("a1) Rà soát danh mục.")
    (unit,) = body.units
    assert (unit.kind, unit.marker, unit.text) == ("bullet", "a1)", "Rà soát danh mục.")
    assert text[unit.start : unit.end] == unit.text
    _, body = parse("Rà soát danh mục.")
    assert (body.units[0].kind, body.units[0].marker) == ("paragraph", None)


def test_what_the_writer_wrote_stays() -> None:
    """Matching is done on the shadow; marker and text keep their characters."""
    _, body = parse("Ðiều 1. Phạm vi\n– Uỷ ban\u00a0nhân dân.")
    assert body.sections[0].marker == "Điều 1."
    assert body.units[0].text == "Uỷ ban\u00a0nhân dân."
