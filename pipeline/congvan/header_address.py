"""*Kính gửi* and the "... điện:" of a công điện; and how headings and bodies begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .header_parts import is_rule, trim
from .layout import Line

# "Kính gửi:", "Đồng kính gửi:", "KÍNH GỬI"; not "kính gửi đồng chí" in a sentence.
ADDRESS_RE = re.compile(
    r"[\W_]{0,6}(?:(?:Đồng )?[Kk]ính\s*[Gg]ửi|KÍNH GỬI|ĐỒNG KÍNH GỬI)[\W_]{0,3}(?:[:;]|$"
    r"|(?=\s))[\s_*:]*"
)
# "THỦ TƯỚNG CHÍNH PHỦ điện:", "ĐIỆN:"; not "Bộ Công Thương chỉ đạo ngành điện:" (too long a lead).
WIRE_RE = re.compile(r"[\W_]{0,6}(?:[A-ZÀ-Ỹ]{2,9}\s+){0,9}(?:điện|ĐIỆN|Điện)\s*(?:gửi\s*)?:[\s_*]*")
_INNER_RE = re.compile(r";\s*[-+•]\s*")
_SEMICOLON_RE = re.compile(r";\s*")
_BULLET_RE = re.compile(r"[-+•*▪–]\s*(?=\S)")
# How bodies begin. The second group is weak: a title may begin so, too.
STRONG_RE = re.compile(
    r"[\W_]{0,4}(?:Căn cứ|Ngày \d|Hồi \d|Kính thưa|Nơi nhận|QUYẾT ĐỊNH\s*:|QUYẾT NGHỊ\s*:)"
)
CUE_RE = re.compile(
    r"[\W_]{0,4}(?:Căn cứ|Thực hiện|Triển khai|Ngày \d|Xét|Theo|Để|Nhằm|Trong|Sau khi|Tiếp theo"
    r"|Tiếp tục"
    r"|Trên cơ sở|Thời gian|Tại|Từ|Hôm nay|Qua|Hiện nay|Vừa qua|Phúc đáp|Được sự|Kính thưa|Hồi \d"
    r"|Trả lời"
    r"|Vừa|Trước|Do|Nơi nhận|Xuất phát|Hưởng ứng|Chấp hành|Để kịp|Văn phòng|Nhìn chung|Vào)(?!\w)"
)
HEADING_RE = re.compile(
    r"[\W_]{0,4}(?:(?:[IVX]{1,5}|[A-H]|\d{1,2})(?:\.\d{1,2})*\s*[.)/]\s|[IVX]{1,5}\s?-\s"
    r"|(?:Điều|Chương|Phần|Mục|CHƯƠNG|PHẦN|MỤC)\s+(?:[\dIVX]+|THỨ|thứ)(?!\w)|[a-zđ]\)\s|[-+•]\s)"
)
# Body text on the line of "Kính gửi" ("... trung ương Triển khai việc phân bổ ...").
_GLUED_RE = re.compile(
    r"(?<=[\w.;)])\s+(?=(?:Triển khai|Thực hiện|Căn cứ|Phúc đáp|Theo|Ngày \d|Sau khi|Để|Nhằm"
    r"|Trên cơ sở|Xét)\s)"
)


def is_addressing(text: str) -> bool:
    """Returns True for a *Kính gửi* line, or the "... điện:" of a công điện."""
    return bool(ADDRESS_RE.match(text)) or bool(len(text) < 400 and WIRE_RE.match(text))


def addressees(lines: Sequence[Line], at: int) -> tuple[list[tuple[int, int]], int]:
    """Returns the spans of the addressees of the *Kính gửi* at ``lines[at]`` and the index after.

    The index is ``at`` itself where body text is glued to the same line: it must not be lost.
    """
    line = lines[at]
    m = ADDRESS_RE.match(line.text) or WIRE_RE.match(line.text)
    assert m is not None
    out: list[tuple[int, int]] = []
    rest, offset = line.text[m.end() :], line.start + m.end()
    if rest:
        glued = _GLUED_RE.search(rest) if len(rest) > 160 else None
        out += _split(rest[: glued.start()] if glued else rest, offset)
        if glued:
            return out, at
    i = at + 1
    listed = False
    # "Kính gửi: A" is complete; ";" or ":" says that a list goes on.
    closed = bool(rest) and rest.rstrip()[-1:] not in (";", ":", ",")
    while i < len(lines) and i - at < 60:
        item = lines[i].text
        if is_rule(item):
            i += 1
            continue
        if is_addressing(item) or (not listed and STRONG_RE.match(item)):
            break
        bullet = _BULLET_RE.match(item)
        if bullet and (listed or not closed or len(item) < 120):
            out += _split(item[bullet.end() :], lines[i].start + bullet.end(), listed=True)
            listed, closed = True, item[-1] in "."
        elif out and _continues(item, lines[i - 1].text, closed=closed):
            s, _ = out[-1]
            out[-1] = (s, lines[i].start + len(item.rstrip(" ;.,")))
            closed = item[-1] == "."
        elif not closed and not listed and not CUE_RE.match(item) and len(item) < 300:
            out += _split(item, lines[i].start)
            closed = item[-1] not in ";,:"
        else:
            break
        i += 1
    return out, i


def _continues(item: str, before: str, *, closed: bool) -> bool:
    if closed and before[-1] == ".":
        return False
    if CUE_RE.match(item) or HEADING_RE.match(item) or len(item) > 300:
        return False
    return before[-1] in ":," or (item[0].islower() and before[-1] not in ";.")


def _split(value: str, offset: int, *, listed: bool = False) -> list[tuple[int, int]]:
    """Returns the spans of the addressees on one line ("- A; - B", "A; B").

    Inside a bullet a semicolon alone divides nothing ("- Bộ trưởng; Thủ trưởng cơ quan").
    """
    out = []
    at = 0
    cuts = (_INNER_RE if listed or value.lstrip()[:1] in ("-", "+") else _SEMICOLON_RE).finditer(
        value
    )
    for a, b in [*((m.start(), m.end()) for m in cuts), (len(value), len(value))]:
        s, e = trim(value, at, a, " -+•*_.,:;")
        at = b
        if s < e:
            out.append((offset + s, offset + e))
    return out
