"""Who issued a document: the lines of the left column put together into bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .header_parts import Piece, is_caps
from .text import UPPER

# The first word(s) of the name of a body. "TỈNH LẠNG SƠN" is none: it continues the line above.
_HEADS = (
    "ỦY BAN|UBND|UB\\.?MTTQ|HỘI ĐỒNG|HĐND|BỘ|SỞ|VĂN PHÒNG|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|CHỦ TỊCH"
    "|PHÓ THỦ TƯỚNG"
    "|TỔNG CỤC|CỤC|CHI CỤC|VỤ|PHÒNG|BAN|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|QUẬN ỦY|THỊ ỦY|ĐẢNG BỘ|ĐẢNG ỦY"
    "|CHI BỘ"
    "|CHI ỦY|TRƯỜNG|TRUNG TÂM|VIỆN|TÒA ÁN|THANH TRA|CÔNG AN|NGÂN HÀNG|KIỂM TOÁN|BẢO HIỂM|ĐOÀN|HỘI"
    "|LIÊN ĐOÀN|LIÊN HIỆP|MẶT TRẬN|TẬP ĐOÀN|TỔNG CÔNG TY|CÔNG TY|CÔNG ĐOÀN|ĐẠI HỌC|BỆNH VIỆN"
    "|HẠT KIỂM LÂM"
    "|KHO BẠC|CHI NHÁNH|ĐÀI|BÁO|TẠP CHÍ|HỌC VIỆN|QUÂN KHU|TỔ|THƯỜNG TRỰC|THƯỜNG VỤ|TỔNG LIÊN ĐOÀN"
    "|ĐỘI|TRẠM"
    "|QUỸ|KHU|HẢI QUAN|THUẾ|CHI HỘI|HIỆP HỘI|TỔNG HỘI|THƯ VIỆN|BẢO TÀNG|NHÀ|TIỂU BAN|XÍ NGHIỆP"
    "|DOANH NGHIỆP"
)
HEAD_RE = re.compile(rf"(?:{_HEADS})(?![\w])", re.IGNORECASE)
# A line that names only what kind of body it is; the next line says which one.
_BARE_RE = re.compile(
    r"(?:VĂN PHÒNG|ỦY BAN(?: THƯỜNG VỤ)?|CHỦ TỊCH|BAN QUẢN LÝ(?: DỰ ÁN)?|TRƯỜNG|BỘ TƯ LỆNH"
    r"|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|BAN CHỈ ĐẠO"
    r"|HỘI|LIÊN HIỆP(?: CÁC)?|BAN|TRUNG TÂM|BAN CÁN SỰ ĐẢNG|TỔ CÔNG TÁC|ĐOÀN KIỂM TRA|HỘI ĐỒNG"
    r"|CỤC|SỞ|BỘ|PHÒNG"
    r"|THƯỜNG TRỰC|ĐẢNG ỦY|THANH TRA|CHI CỤC|TỔNG CỤC|CÔNG TY|TỔNG CÔNG TY|VIỆN|BỆNH VIỆN"
    r"|BAN TỔ CHỨC"
    r"|(?:BAN CHỈ ĐẠO|HỘI ĐỒNG|BAN|TỔ|ĐOÀN)\b.{0,80}\b(?:CHỐNG|VỀ|CỦA))\Z",
    re.IGNORECASE,
)
# The name goes on: "BỘ NÔNG NGHIỆP VÀ" + "MÔI TRƯỜNG".
_OPEN_RE = re.compile(
    r"(?:(?<!\w)(?:VÀ|CỦA|VỀ|CÁC|TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|TP\.?|KHU|NGÀNH|PHÒNG,)|[-,&])\Z",
    re.IGNORECASE,
)
_PLACED = r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)"
_UNDER = (
    r"(?:SỞ|THANH TRA|VĂN PHÒNG|BAN (?:QUẢN LÝ|DÂN TỘC|CHỈ ĐẠO|TIẾP CÔNG DÂN)|CHI CỤC|UBND"
    r"|ỦY BAN NHÂN DÂN"
    r"|TRUNG TÂM|TRƯỜNG (?:TIỂU|MẦM|TRUNG|THPT|THCS|ĐẠI|CAO|CHÍNH|MẪU)"
    r"|PHÒNG (?:GIÁO|TÀI|NỘI|TƯ|KINH|VĂN|QUẢN|LAO|Y|TÀI|NÔNG|THANH|DÂN))"
)
# Two bodies on one line: "UBND THÀNH PHỐ HÀ NỘI | SỞ GIÁO DỤC VÀ ĐÀO TẠO",
# "BAN CHẤP HÀNH TRUNG ƯƠNG | BAN TỔ CHỨC"; not "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH".
_TWO_RE = re.compile(
    rf"(?P<a>(?:UBND|ỦY BAN NHÂN DÂN)\s{_PLACED}\s(?:[\w'’.-]+\s){{1,6}}?)(?P<b>{_UNDER}\s.+)"
    r"|(?P<c>BAN CHẤP HÀNH TRUNG ƯƠNG\s)(?P<d>(?:BAN|ỦY BAN|VĂN PHÒNG)(?:\s.+)?)"
    r"|(?P<e>(?:TỈNH|THÀNH|HUYỆN|QUẬN)\sỦY\s(?:[\w'’.-]+\s){1,6}?)(?P<f>(?:BAN|ỦY BAN KIỂM TRA"
    r"|VĂN PHÒNG|TRUNG TÂM)(?:\s.+)?)"
    r"|(?P<g>(?:BỘ|SỞ)\s(?:(?!VÀ\s)[\w,-]+\s){1,8}?)(?P<h>(?:TỔNG CỤC|CỤC|CHI CỤC|VỤ|THANH TRA"
    r"|TRUNG TÂM|VĂN PHÒNG)\s.+)"
)
# What may follow the names of bodies in the left column but is no part of them.
_LEFT_RE = re.compile(r"(?:KHÓA|KHOÁ|NHIỆM KỲ|ĐOÀN TNCS HỒ CHÍ MINH\Z|TỔ QUỐC)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """A body: the stretches of text that its name stands in."""

    spans: tuple[tuple[int, int], ...]

    def name(self, text: str) -> str:
        """Returns the name as written, lines joined by one blank."""
        return " ".join(" ".join(text[s:e].split()) for s, e in self.spans)

    @property
    def span(self) -> tuple[int, int]:
        """The offsets from the first to the last line of the name."""
        return self.spans[0][0], self.spans[-1][1]


def may_be_issuer(text: str) -> bool:
    """Returns True where ``text`` can be a line of the name of an issuer."""
    if len(text) > 150 or text[-1] in ":;?!" or len(text) < 2:
        return False
    if _LEFT_RE.match(text) or sum(c.isdigit() for c in text) > 6:
        return False
    if is_caps(text):
        return True
    return (
        len(text) < 90 and bool(HEAD_RE.match(text)) and text[0].isupper() and text[-1] not in ".,"
    )


def bodies(lines: Sequence[Piece]) -> list[Body]:
    """Returns the bodies that the pieces name, the superior one first, each once."""
    cut: list[tuple[int, int, str]] = []
    for p in lines:
        m = _TWO_RE.fullmatch(p.text)
        if m:
            for name in "abcdefgh":
                if m[name]:
                    value = m[name].rstrip()
                    cut.append(
                        (p.start + m.start(name), p.start + m.start(name) + len(value), value)
                    )
        else:
            cut.append((p.start, p.end, p.text))
    out: list[Body] = []
    names: list[str] = []
    for s, e, value in cut:
        flat = " ".join(value.split())
        goes_on = names and (
            not HEAD_RE.match(flat) or _BARE_RE.match(names[-1]) or _OPEN_RE.search(names[-1])
        )
        if goes_on and not (names and names[-1].upper() == flat.upper()):
            out[-1] = Body((*out[-1].spans, (s, e)))
            names[-1] = f"{names[-1]} {flat}"
        else:
            out.append(Body(((s, e),)))
            names.append(flat)
        # The gazette prints the issuer once as a heading and once in the letterhead.
        if len(names) > 1 and names[-1].upper() == names[-2].upper():
            del out[-2], names[-2]
    return out


_LEVELS = r"(tỉnh|thành phố|Thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
# "Kết luận phiên họp UBND tỉnh tháng 4" -> "UBND tỉnh"; not "UBND các huyện".
_SELF_RE = re.compile(
    rf"(?<!\w)(UBND|HĐND|Ủy ban nhân dân"
    rf"|Hội đồng nhân dân)\s+{_LEVELS}(?!\w)(?:\s+([{UPPER}]\S*(?:\s[{UPPER}]\S*){{0,3}}))?"
)
_TU_RE = re.compile(r"(?<!\w)(Tỉnh ủy|Thành ủy)(?!\w)")


def concluded(symbol: str, place: str, near: str) -> str | None:
    """Returns the issuer that symbol, place and the first words of the document agree on, or None.

    >>> concluded("TB-UBND", "Lạng Sơn", "Kết luận phiên họp UBND tỉnh tháng 4 năm 2021")
    'UBND tỉnh Lạng Sơn'
    >>> concluded("TB-VP", "Lạng Sơn", "Kết luận phiên họp UBND tỉnh tháng 4 năm 2021")
    """
    last = symbol.replace("/", "-").split("-")
    bare = re.sub(r"^(?:TP\.?|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Xx]ã|[Pp]hường|[Qq]uận)\s*", "", place)
    if "UBND" in last or "HĐND" in last:
        want = ("UBND", "Ủy ban nhân dân") if "UBND" in last else ("HĐND", "Hội đồng nhân dân")
        for m in _SELF_RE.finditer(near):
            if m[1] in want and (m[3] is None or bare in m[3]):
                return f"{m[1]} {m[2]} {bare}"
    if last[-1] == "TU":
        party = _TU_RE.search(near)
        if party:
            return f"{party[1]} {bare}"
    return None
