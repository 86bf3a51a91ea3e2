"""Finding: mentions by type and number alone ("Đề án 153", "Nghị quyết số 35", "Chỉ thị 16")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .mention import Mention
from .symbols import party_types, state_types, type_words

# Types that are cited by word and number alone ("Nghị quyết 57", "Đề án 06", "Chỉ thị số 16").
_PARTIAL_TYPES = (
    r"Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kết luận|Đề án|Quy định|Công điện|"
    r"Thông báo|Kế hoạch|Hướng dẫn|Công văn|Tờ trình|Luật|Pháp lệnh|NQ|NĐ|QĐ|CT|TT|KL"
)
# Begins with plain letters, so that it is found fast; what stands to the left is asked afterwards.
_PARTIAL_RE = re.compile(
    rf"(?P<type>{_PARTIAL_TYPES}|{_PARTIAL_TYPES.upper()})\s(?P<so>số:?\s|"
    rf"SỐ\s)?(?P<number>\d{{1,5}}[a-z]?)(?:/(?P<year>(?:19|20)\d{{2}}))?(?![\w/%]|[.,]\d|"
    rf"-[A-ZĐ]|\s?-\s?\d|\s?[/&]\s?[A-ZĐ])"
)
_WORD_RE = re.compile(r"\w")
_MEASURE_RE = re.compile(
    r"\s*(?:năm|tháng|ngày|tuần|giờ|quý|người|tỷ|tỉ|triệu|nghìn|ngàn|đồng|phần|điểm|lần|"
    r"nhiệm|chỉ tiêu|mục|nội dung|"
    r"ha|km|m2|m²|huyện|xã|phường|tỉnh|thành phố|bộ|đơn vị|cơ quan|trường|dự án|công "
    r"trình|nhóm|bước|cấp|vụ|và\s\d|,\s?\d|"
    r"lĩnh vực|cán bộ|giáo viên|học sinh|đồng chí|lao động|lớp|phòng|thành viên|đảng viên|"
    r"hộ|hộ dân|thủ tục|vấn đề|giải pháp|chương trình|đề án|loại|chính sách|điều|khoản|"
    r"luật|nghị|văn bản)\b"
)
_WITHOUT_SO = frozenset(
    {
        "Nghị quyết",
        "Nghị định",
        "Chỉ thị",
        "Kết luận",
        "Đề án",
        "Thông tư",
        "Quyết định",
        "Quy định",
    }
)


def find_partial(shadow: str, taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """Returns mentions by type and number only, without a symbol ("Đề án 153", "Nghị quyết số 35").

    Args:
        shadow: The shadow text.
        taken: Sorted spans of the mentions found already.
    """
    out: list[Mention] = []
    i = 0
    for m in _PARTIAL_RE.finditer(shadow):
        while i < len(taken) and taken[i][1] <= m.start():
            i += 1
        if i < len(taken) and taken[i][0] < m.end():
            continue
        if m.start() and _WORD_RE.match(shadow, m.start() - 1):
            continue
        word = m.group("type")
        row = type_words().get(word.lower()) or state_types().get(word) or party_types().get(word)
        if row is None or _MEASURE_RE.match(shadow, m.end()):
            continue
        digits = m.group("number")
        bare = m.group("so") is None and m.group("year") is None
        if bare and (row.name not in _WITHOUT_SO or not 2 <= len(digits) <= 4):
            continue
        if (
            m.group("so") is not None
            and not m.group("so").isupper()
            and word.isupper()
            and len(word) > 3
        ):
            continue
        if shadow[m.end() : m.end() + 1] == ")" and digits.isdigit() and len(digits) == 1:
            continue
        out.append(
            Mention(
                m.start(),
                m.end(),
                "partial",
                row.name,
                row.abbrev,
                digits,
                int(m.group("year")) if m.group("year") else None,
            )
        )
    return out
