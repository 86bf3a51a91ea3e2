"""What is to be delivered: the paper that an order asks for (``lookups/products.csv``)."""

from __future__ import annotations

import re
from functools import cache

from congvan import lookups

# Verbs whose object is what has to be handed over. Hit: "lập danh sách", "trình dự thảo Nghị
# quyết". Near miss: "kiểm tra danh sách".
_VERBS = (
    r"xây dựng|lập|soạn thảo|soạn|ban hành|trình|gửi|nộp|hoàn thiện|hoàn chỉnh|tham mưu|có|viết"
    r"|dự thảo|đề xuất|biên soạn|ký|phát hành|chuẩn bị|cung cấp"
)
_REPORT_RE = re.compile(
    r"(?<!\w)báo cáo(?= (?:(?:kết quả|lại|cụ thể|riêng|ngay|tóm tắt)[ ,]{0,2})?(?:về |cho |lên )?"
    r"(?:¤|bằng văn bản|tiến độ|cấp|ban|thường trực|trước|chậm|định kỳ|hằng|hàng|kết quả"
    r"|tình hình))"
)


@cache
def _pattern() -> re.Pattern[str]:
    names = [w for row in lookups.rows("products") for w in lookups.values(row["words"])]
    nouns = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{_VERBS})(?: lại| xong| ngay| hoàn chỉnh)?(?:,? ?¤+(?: xem xét,?)?)?"
        r"(?: (?:các|một|những|bản|toàn bộ|\d{1,3}|đầy đủ|cụ thể|chi tiết|bằng))?"
        rf" (?P<what>(?:dự thảo )?(?:{nouns}))(?!\w)"
    )


def find_products(text: str, low: str, start: int, end: int) -> tuple[str, ...]:
    """Returns the papers that ``text[start:end]`` asks for, each once, as written.

    Args:
        text: Canonical text.
        low: The masked text, see :func:`congvan.labels.features.masked`.

    >>> find_products("lập danh sách, báo cáo trước", "lập danh sách, báo cáo trước", 0, 28)
    ('danh sách', 'báo cáo')
    """
    spans = [m.span("what") for m in _pattern().finditer(low, start, end)]
    spans += [m.span() for m in _REPORT_RE.finditer(low, start, end)]
    out: list[str] = []
    for a, b in sorted(spans):
        words = " ".join(text[a:b].split())
        if words.lower() not in (w.lower() for w in out):
            out.append(words)
    return tuple(out)
