"""Signature lines: authority ("TM.", "KT.", "TL."), position, and the name of the signer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .document import Signature
from .header_parts import is_caps
from .lookups import rows, values
from .text import LOWER, UPPER

# Residue between position and name: "(Đã ký)", "[daky]", the frame of a digital signature.
SIGNED_RE = re.compile(
    r"[\W_]{0,3}(?:đã\s*ký|đ[aã]\s*k[yý]|daky|ký\s*(?:tên|và|,|thay|ghi|bởi|số|điện)|signature"
    r"|signed|chữ ký"
    r"|người ký|email|e-mail|thời gian ký|ngày ký|giờ ký|cơ quan\s*:|tổ chức\s*:|ký\b)",
    re.IGNORECASE,
)
_SIGNED_INLINE_RE = re.compile(
    r"\s*[(\[]\s*(?:đã ký|ký|đã ký và đóng dấu|đã ký, đóng dấu|daky)[^)\]]{0,40}[)\]]\s*",
    re.IGNORECASE,
)
# Above the signature of a consolidated text or a copy.
_TRUE_COPY_RE = re.compile(r"(?:XÁC THỰC VĂN BẢN HỢP NHẤT|SAO Y(?: BẢN CHÍNH)?|SAO LỤC)\s*")
# Titles and ranks before a name: they are no part of it.
TITLE_RE = re.compile(
    r"(?:(?:PGS|GS|TS|TSKH|Th\.?S|BS|BSCK\s?I{0,2}|CN|KS|DS|LS|NGƯT|TTƯT|TTND|Tiến sĩ|Thạc sĩ"
    r"|Bác sĩ|Luật sư|NGND|CKI{1,2})"
    r"[.,]?\s*)+(?=[A-ZĐÀ-Ỹ])"
    r"|(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Chuẩn đô đốc|Đại tá|Thượng tá|Trung tá"
    r"|Thiếu tá"
    r"|Đại úy|Thượng úy|Trung úy|Thiếu úy|Ông|Bà|Đồng chí|Đ/c)[.:]?\s+",
)
_W = rf"(?:[{UPPER}]\.|[{UPPER}][{LOWER}{UPPER}'’]{{0,12}}(?:-[{UPPER}][{LOWER}]{{0,10}}){{0,2}})"
# "Hồ Tiến Thiệu", "Y Vinh Tơr", "H'Yim Kđoh", "NGUYỄN VĂN A"; not "Hà Nội, ngày".
NAME_RE = re.compile(rf"{_W}(?:\s{{1,2}}{_W}){{1,5}}")
_NO_NAME_RE = re.compile(
    r"(?:Phụ lục|Mẫu|Biểu|Danh|Bảng|Kế hoạch|Quy|Nơi|Ghi|Căn|Điều|Chương|Mục|Phần|Số|Họ|Lưu|Như"
    r"|Sở|Bộ|Ban|UBND"
    r"|HĐND|Ủy ban|Văn phòng|Công an|Tỉnh|Thành|Các|Chính phủ|Thủ|Chủ tịch|Cục|Vụ|Tổng|Đài|Báo"
    r"|Phòng|Trung tâm"
    r"|Trường|Viện|Hội đồng|Chi cục|Đảng|Đoàn|Cổng|Trang|Tòa|Kho|Ngân hàng|Phó|Giám|Hà Nội)(?!\w)",
    re.IGNORECASE,
)
# Lines in capitals that are headings, not names.
_CAPS_NO_RE = re.compile(
    r"(?:PHỤ LỤC|QUY|KẾ HOẠCH|DANH|CỘNG HÒA|THÔNG|QUYẾT|NGHỊ|CHƯƠNG|ĐỀ ÁN|BÁO CÁO|BIỂU|MẪU"
    r"|NƠI NHẬN|BẢNG|NỘI DUNG"
    r"|THỰC HIỆN|ĐIỀU|HƯỚNG DẪN|CĂN CỨ|ĐẢNG|ĐỘC LẬP|TỔ CHỨC|TIÊU CHÍ|MỤC|TỔNG|XÁC|TRÍCH|GHI CHÚ"
    r"|CÔNG)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a signature block: ``kind`` is authority, position, name or signed."""

    kind: str
    start: int
    end: int
    text: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    marks: list[str] = []
    positions: list[str] = []
    for row in rows("signature"):
        names = [row["name"].rstrip("."), *values(row["variants"])]
        (marks if row["kind"] == "mark" else positions).extend(names)
    short = "|".join(re.escape(n) for n in sorted(set(marks), key=len, reverse=True))
    long = "|".join(re.escape(n) for n in sorted(set(positions), key=len, reverse=True))
    # "TM. ỦY BAN", "T/M BAN", "KT.CHỦ TỊCH"; not "TMĐT", nor "Q" without a stop.
    mark = re.compile(rf"(?<![\w/])(?:(?!Q\s)(?:{short}))(?:\s?\.\s?|\s)(?=[{UPPER}])")
    # A position starts the piece or follows a blank; "BAN BÍ THƯ", "ĐOÀN CHỦ TỊCH" are bodies.
    position = re.compile(
        rf"(?<!\w)(?<!CỦA )(?!(?<=BAN )BÍ THƯ|(?<=ĐOÀN )CHỦ TỊCH)(?:QUYỀN |Q\. ?)?(?:{long})(?!\w)"
    )
    return mark, position


def starts_signature(text: str) -> bool:
    """Returns True for a line that begins with an authority mark or is a position in capitals."""
    mark, position = _patterns()
    value = text.strip("*_ ")
    if len(value) > 160 or value[-1:] in (";", ","):
        return False
    m = mark.match(value)
    if m and _caps_head(value) > m.end():
        return True
    m = position.match(value)
    return m is not None and is_caps(value[: m.end()]) and _caps_head(value) >= m.end()


def _caps_head(value: str) -> int:
    """Returns the length of the run of words in capitals that ``value`` begins with."""
    end = 0
    for m in re.finditer(r"\S+", value):
        word = m.group()
        if any(c.islower() for c in word) or (word[0] in "([" and end):
            break
        end = m.end()
    return end


def is_name(text: str) -> bool:
    """Returns True where ``text`` can be the name of a person.

    >>> is_name("Hồ Tiến Thiệu"), is_name("TS. Nguyễn Văn A"), is_name("Phụ lục I")
    (True, True, False)
    """
    value = TITLE_RE.sub("", text.strip(" *_|.]["), count=1)
    if not 4 <= len(value) <= 42 or not NAME_RE.fullmatch(value):
        return False
    if is_caps(value) and any(len(w) > 1 and w.isupper() for w in value.split()):
        return not (_CAPS_NO_RE.match(value) or starts_signature(value) or _NO_NAME_RE.match(value))
    mixed = any(len(w.strip("'’.")) > 1 and w.isupper() for w in value.split())
    return not mixed and not _NO_NAME_RE.match(value)


def parts(text: str, offset: int) -> list[Part]:
    """Returns what a piece of a signature block says, [] if it is none of it.

    Args:
        text: A piece of the shadow, without blanks at its ends.
        offset: Where it begins in the document.
    """
    value = text.rstrip(" *_|")
    lead = len(value) - len(value.lstrip(" *_|["))
    value, offset = value[lead:], offset + lead
    copy = _TRUE_COPY_RE.match(value)
    if copy:
        value, offset = value[copy.end() :], offset + copy.end()
        if not value:
            return [Part("signed", offset, offset, "")]
    if not value or len(value) > 200:
        return []
    inline = _SIGNED_INLINE_RE.search(value)
    if inline and any(c.isalnum() for c in value[: inline.start()]):
        head = parts(value[: inline.start()], offset)
        return head and head + parts(value[inline.end() :], offset + inline.end())
    if SIGNED_RE.match(value):
        return [Part("signed", offset, offset + len(value), value)]
    if starts_signature(value):
        end = _caps_head(value)
        out = _authority(value[:end].rstrip(" ]"), offset)
        rest = value[end:].lstrip()
        if rest and is_name(rest):
            out += _name(rest, offset + len(value) - len(rest))
        elif rest and len(rest) > 1:
            return []
        return out
    if is_name(value):
        return _name(value, offset)
    return []


def _name(value: str, offset: int) -> list[Part]:
    m = TITLE_RE.match(value)
    s = m.end() if m else 0
    e = len(value.rstrip(" .]["))
    return [Part("name", offset + s, offset + e, value[s:e])]


def _authority(value: str, offset: int) -> list[Part]:
    """Cuts "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" into authorities and position."""
    mark, position = _patterns()
    starts = [m.start() for m in mark.finditer(value)]
    out: list[Part] = []
    if not starts or starts[0] > 0:
        stop = starts[0] if starts else len(value)
        out.append(
            Part("position", offset, offset + len(value[:stop].rstrip()), value[:stop].rstrip())
        )
    for i, s in enumerate(starts):
        e = starts[i + 1] if i + 1 < len(starts) else len(value)
        part = value[s:e].rstrip()
        m = mark.match(value, s)
        assert m is not None
        own = min(m.end() - s, len(part))
        acting = part.startswith(("TM", "T.M", "T/M", "THAY MẶT"))
        cut = None
        if part.startswith("Q") and not out:
            out.append(Part("position", offset + s, offset + s + len(part), part))
            continue
        if acting:
            # "TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH"; the body itself may be called by an office.
            cut = next((p.start() for p in position.finditer(part, own + 1)), None)
        else:
            first = position.match(part, own)
            if first:
                # "BỘ TRƯỞNG, CHỦ NHIỆM" is one office, what follows it without a comma another.
                later = (p.start() for p in position.finditer(part, first.end()))
                cut = next((c for c in later if part[:c].rstrip()[-1] != ","), None)
        end = cut if cut is not None else len(part)
        body = part[:end].rstrip()
        out.append(Part("authority", offset + s, offset + s + len(body), body))
        if cut is not None:
            out.append(Part("position", offset + s + cut, offset + s + len(part), part[cut:]))
    return out


def assemble(found: Sequence[Part], text: str) -> Signature | None:
    """Returns the signature that the parts of one block make, None if they say nothing."""
    authority = [p for p in found if p.kind == "authority"]
    position = [p for p in found if p.kind == "position"]
    names = [p for p in found if p.kind == "name"]
    if not authority and not position and not names:
        return None
    used = [*authority, *position, *names[:1]]

    def value(items: Sequence[Part]) -> str | None:
        return " ".join(" ".join(text[p.start : p.end].split()) for p in items) or None

    return Signature(
        authority=value(authority),
        position=value(position),
        name=value(names[:1]),
        start=min(p.start for p in used),
        end=max(p.end for p in used),
    )
