"""The names of issuing bodies where they stand beside a number.

A grammar of its own, smaller and faster than :mod:`congvan.agencies`: the issuer is looked for at
one place only ("của …"), and what it is mostly stands in the symbol already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..lookups import rows, values
from ..text import LOWER, UPPER

_AND_RE = re.compile(
    r"(?:\s?-\s|\svà\s)(?=(?:Bộ|Sở|Ủy ban|UBND|Ban|Tòa án|Viện|Thanh tra|Văn phòng|Liên "
    r"đoàn|Hội|Tổng|Ngân hàng|Công an)\s)"
)
# A capital that opens a title and no longer belongs to a place: "… tỉnh Bắc Giang Ban hành".
_NAME = (
    rf"(?!(?:Ban hành|Sửa đổi|Bổ sung|Quy định|Về|Phê duyệt|Thay thế|Bãi bỏ|Hướng dẫn|Triển khai|"
    rf"Thực hiện|Công bố|Điều chỉnh)\b)[{UPPER}]"
)
_PLACE = (
    rf"(?:\s(?:[tT]ỉnh|[tT]hành phố|TP\.?|Tp\.?|[hH]uyện|[qQ]uận|[tT]hị xã|[xX]ã|[pP]hường|"
    rf"[tT]hị trấn|[đĐ]ặc khu)"
    rf"(?:[^\S\n]{_NAME}[{LOWER}]*(?:(?:\s-\s|[^\S\n]){_NAME}[{LOWER}]+){{0,4}})?)?"
)
# Heads whose name goes on: places, then any words up to a verb of the title.
_HEADS = (
    r"(?:(?:Chủ tịch|Phó Chủ tịch|Thường trực|Văn phòng|Chánh Văn phòng)\s)?(?:Ủy ban "
    r"nhân dân|UBND|Ủy ban Nhân dân|Hội đồng nhân dân|HĐND|Hội đồng Nhân dân)",
    r"(?:(?:Thường trực|Ban Thường vụ|Ban Chấp hành|Văn phòng|Ban Tổ chức|Ban Tuyên giáo|"
    r"Ban Nội chính|Ủy ban Kiểm tra|Ban Tuyên giáo và Dân vận|Ban Dân vận)\s)?(?:Tỉnh ủy|"
    r"Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy|Đảng bộ tỉnh|Đảng bộ thành phố|Đảng bộ)"
    r"(?:\s[tT](?:hành phố|ỉnh)(?!\w))?"
    rf"(?:[^\S\n](?!Bộ|Ban|Sở)[{UPPER}][{LOWER}]+(?:\s(?:-\s)?[{UPPER}][{LOWER}]+){{0,3}})?",
)
_STOPS = (
    "về|việc|quy|hướng|ban|phê|sửa|bổ|thay|bãi|thành|công|kết|thông|trả|phúc|điều|triển|"
    "thực|tổ|thi|"
    "giao|đề|trình|báo|là|có|đã|được|và|hoặc|cho|tại|trong|để|gửi|ngày|số|theo|như|chỉ|yêu|nêu|xác|"
    "phân|cho|tăng|đẩy|nâng|khóa|nhiệm|năm|tháng|dừng|xử|kiểm|chấp|đồng|thống|từ|không"
)
_PAPERS = "Nghị|Quyết|Luật|Thông|Chỉ|Kết|Kế|Công (?:văn|điện)|Đề án|Báo cáo|Tờ|Hướng"
_GENERIC_RE = re.compile(
    rf"(?:Bộ|Sở|Ban|Ủy ban|Hội đồng|Cục|Tổng cục|Chi cục|Vụ|Văn phòng|Thanh tra|Công an|"
    rf"Tòa án|Viện|Hội|Đoàn|Liên đoàn|Liên minh|Mặt trận|"
    rf"Tập đoàn|Tổng công ty|Công ty|Trung tâm|Trường|Học viện|Đại học|Bệnh viện|Kho bạc|"
    rf"Bảo hiểm|Ngân hàng|Đảng đoàn|Đảng bộ|Quỹ|Giám đốc|Tổng Giám đốc|"
    rf"Bộ trưởng|Thủ trưởng|Chủ tịch|Trưởng ban|Trưởng Ban|Tổ|Phòng|Quân khu|Quân ủy)"
    rf"(?:\s(?:(?!(?:{_STOPS})\b)[{LOWER}]+|và(?=\s(?!{_PAPERS})[{UPPER}])|[{UPPER}][{UPPER}{LOWER}&]*|"
    rf"-)(?:,(?=\s[{UPPER}][{LOWER}]+\svà\s))?){{1,12}}"
)


@cache
def _known_re() -> re.Pattern[str]:
    names: set[str] = {
        "Thủ tướng Chính phủ",
        "Phó Thủ tướng Chính phủ",
        "Chính phủ",
        "Quốc hội",
        "Bộ Chính trị",
        "Ban Bí thư",
        "Chủ tịch nước",
        "Ban Chấp hành Trung ương Đảng",
        "Ban Chấp hành Trung ương",
        "Ban Bí thư Trung ương Đảng",
        "Trung ương",
        "Hội đồng Bộ trưởng",
        "Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam",
        "Quân ủy Trung ương",
        "Tổng Bí thư",
        "Trung ương Đảng",
        "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        "Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc",
    }
    for row in rows("issuers"):
        for name in values(row["issuer"]):
            if row["local"] != "yes" or name.startswith(
                ("Sở ", "Ban ", "Văn phòng ", "Thanh tra ")
            ):
                names.add(name)
    ordered = sorted(names, key=len, reverse=True)
    known = "|".join(re.escape(n) for n in ordered)
    return re.compile(
        rf"(?:(?:Bộ trưởng|Thứ trưởng|Thống đốc|Tổng Thanh tra|Chánh án|Viện trưởng|Chủ nhiệm|"
        rf"Tổng Giám đốc|Trưởng ban|Giám đốc)\s)?"
        rf"(?:(?:{known})(?![{LOWER}{UPPER}]){_PLACE}|(?:{_HEADS[0]}|{_HEADS[1]}){_PLACE})"
    )


@cache
def _known_upper_re() -> re.Pattern[str]:
    return re.compile(_known_re().pattern, re.IGNORECASE)


@cache
def _proper() -> Mapping[str, str]:
    names = {name.lower(): name for row in rows("issuers") for name in values(row["issuer"])}
    return {
        **names,
        "bộ chính trị": "Bộ Chính trị",
        "ban bí thư": "Ban Bí thư",
        "chính phủ": "Chính phủ",
        "ban chấp hành trung ương đảng": "Ban Chấp hành Trung ương Đảng",
        "thủ tướng chính phủ": "Thủ tướng Chính phủ",
    }


def proper_case(name: str) -> str:
    """Returns the name of a body from a heading in capitals in its usual spelling, if known."""
    return _proper().get(name.lower(), name) if name.isupper() else name


def issuer_at(shadow: str, at: int, *, several: bool = True) -> tuple[int, int] | None:
    """Returns the span of the issuing body named at offset ``at``, or None.

    ``several`` allows a second body behind "và" ("của Bộ Công an và Bộ Tài chính").
    """
    upper = shadow[at : at + 4].isupper() and shadow[at : at + 7].replace(" ", "").isupper()
    m = (_known_upper_re() if upper else _known_re()).match(shadow, at)
    generic = None if upper else _GENERIC_RE.match(shadow, at)
    end = m.end() if m else -1
    if generic is not None:
        wide = at + len(generic.group().rstrip(" -,"))
        # "Bộ Nông nghiệp và PTNT": the name goes on behind a known shorter one.
        if m is None or (
            wide > end
            and re.match(rf"\s?(?:và|&|-)\s[{UPPER}]", shadow[end:wide])
            and not _AND_RE.match(shadow, end)
        ):
            end = wide
    if end < 0:
        return None
    text = shadow[at:end].rstrip()
    end = at + len(text)
    more = _AND_RE.match(shadow, end) if several else None
    if more and end - at < 80 and "\n" not in shadow[at:end]:
        second = issuer_at(shadow, more.end())
        if second and second[1] - at < 160:
            end = second[1]
    return at, end
