"""Subject (trích yếu), and the authority line above "Căn cứ"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .header_address import CUE_RE, HEADING_RE, STRONG_RE, is_addressing
from .header_parts import Piece, is_caps, is_rule, mark, trim
from .layout import Line

_MAX_LINES = 12
_PREAMBLE_RE = re.compile(r"[\W_]{0,4}(?:Căn cứ|Xét|Theo|Thực hiện|Chiếu theo|Trên cơ sở)(?!\w)")
# Who decides, on a line of its own above "Căn cứ": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "CHÍNH PHỦ".
_AUTHORITY_RE = re.compile(
    r"(?!BAN HÀNH|BỘ (?:TIÊU|ĐỊNH|ĐƠN|QUY|CHỈ|TÀI LIỆU|THỦ|MÃ)|TỔNG (?:KẾT|HỢP|THỂ|RÀ|ĐIỀU)"
    r"|PHÒNG,? (?:CHỐNG|NGỪA)"
    r"|TRƯỞNG THÀNH|VIỆN TRỢ|CÔNG AN NHÂN DÂN THI)(?:CHÍNH PHỦ|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|QUỐC HỘI"
    r"|ỦY BAN|UBND|HỘI ĐỒNG|HĐND|CHỦ TỊCH|BỘ|TRƯỞNG|BAN|CHÁNH"
    r"|GIÁM ĐỐC|TỔNG|CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN|THỐNG ĐỐC|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|SỞ"
    r"|CHI CỤC"
    r"|THƯỜNG TRỰC|CHỦ NHIỆM|LIÊN ĐOÀN|THANH TRA|KIỂM TOÁN|TÒA ÁN|NGÂN HÀNG|CÔNG AN|PHÒNG"
    r"|TRUNG TÂM)(?!\w)",
    re.IGNORECASE,
)
_SESSION_RE = re.compile(
    r"\(?(?:KHÓA|KHOÁ|KỲ HỌP|NHIỆM KỲ|TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|VÀ|Khóa|Kỳ họp|\(?Từ ngày"
    r"|Họp)(?!\w)"
)
# A title line that cannot be the last: it ends in a word that asks for more.
_OPEN_RE = re.compile(
    r"(?:(?<!\w)(?:và|của|cho|tại|về|các|những|với|trong|theo|thực hiện|thuộc|số|do|ban hành|ngày"
    r"|tháng|năm"
    r"|từ|đến|trên|đối với|việc|thi hành|hướng dẫn|để|giữa|tỉnh|thành phố)|[-,(“&])\Z",
    re.IGNORECASE,
)
# "... NHIỆM VỤ CỦA" + "ỦY BAN NHÂN DÂN TỈNH": the next line is the object, not who decides.
_OF_END_RE = re.compile(
    r"(?:(?<!\w)(?:của|và|do|thuộc|cho|tại|với|giữa|trình|từ|đến)|[-,&])\Z", re.IGNORECASE
)
# After these the name of a body belongs to the title: "CỦA | CHÍNH PHỦ".
_OBJECT_RE = re.compile(
    r"(?<!\w)(?:CỦA|DO|BỞI|VÀ|VỚI|THUỘC|TRÌNH|CHO|TẠI|VỀ|CÁC|PHÒNG|TRƯỞNG|VIÊN|TỊCH|TƯỚNG|ĐỐC"
    r"|NHIỆM|CỤC|PHÓ|QUYỀN"
    r"|NGHỊ|THÀNH|LẬP|NHẬN|GIAO|TỪ|SANG|ĐẾN|TRƯỚC|DƯỚI|LÃNH ĐẠO)\Z|[-,&]\Z"
)
# "KẾT LUẬN CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ VỀ ...": who concluded is no part of the subject.
_OF_RE = re.compile(r"(?:CỦA|của)\s[^.;:]{3,90}?\s(?=(?:VỀ|về|Về)\s)")
_BY_RE = re.compile(r"(?:CỦA|Của|của)\s[^.;:]{3,90}\Z")
_VV_RE = re.compile(r"V\s?/\s?[vV]\s*[:.]?\s*")


@dataclass(slots=True)
class Subject:
    """The stretches of text that the subject stands in."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    vv: bool = False

    def seed(self, start: int, end: int, text: str) -> None:
        """Begins the subject with ``text[start:end]``, "V/v" and "CỦA ..." left out."""
        value = text[start:end]
        m = _VV_RE.match(value) or _OF_RE.match(value)
        if m:
            start += m.end()
        start, end = trim(text, start, end, " *_#:|")
        if start < end:
            self.spans.append((start, end))

    def extend(self, piece: Piece, text: str) -> bool:
        """Takes another line of a "V/v" subject; returns False if the piece cannot be one."""
        if CUE_RE.match(piece.text) and not self.open(text):
            return False
        if len(self.spans) > _MAX_LINES or len(piece.text) > 250:
            return False
        start, end = trim(text, piece.start, piece.end, " *_|")
        self.spans.append((start, end))
        return True

    def open(self, text: str) -> bool:
        """Returns True if the last line of the subject asks for more."""
        return bool(self.spans) and bool(_OPEN_RE.search(text[slice(*self.spans[-1])]))

    def value(self, text: str) -> str:
        """Returns the subject as written, lines joined by one blank."""
        return " ".join(" ".join(text[s:e].split()) for s, e in self.spans)


def read_subject(
    lines: Sequence[Line],
    at: int,
    text: str,
    subject: Subject,
    *,
    titled: bool,
    stops: frozenset[int] = frozenset(),
) -> int:
    """Adds the lines of the subject that begin at ``lines[at]``; returns the index after them.

    Args:
        lines: The lines of the document.
        at: Index of the line after type or letterhead.
        text: The canonical text.
        subject: What was found before; is extended.
        titled: True if a document type stands above (else only "V/v ..." may begin a subject).
        stops: Indices of lines that are known to be something else (number, date, motto).
    """
    i = at
    while i < len(lines) and i - at < _MAX_LINES:
        line = lines[i].text
        if i in stops:
            break
        if is_rule(line):
            # A short rule under the subject ends it; one between type and subject does not.
            if subject.spans and titled:
                break
            i += 1
            continue
        if mark(line):
            i += 1
            continue
        if not _goes_on(lines, i, text, subject, titled=titled):
            break
        start, end = trim(text, lines[i].start, lines[i].end, " *_#|")
        if subject.spans:
            subject.spans.append((start, end))
        else:
            if _VV_RE.match(line):
                subject.vv = True
            subject.seed(start, end, text)
        i += 1
    if len(subject.spans) > 1:
        # "CỦA BAN THƯỜNG VỤ TỈNH ỦY" + "về ...": who concluded, then the subject.
        by, about = (text[s:e] for s, e in subject.spans[:2])
        if _BY_RE.match(by) and about[:2].lower() == "về":
            del subject.spans[0]
    return i


def _goes_on(lines: Sequence[Line], i: int, text: str, subject: Subject, *, titled: bool) -> bool:
    line = lines[i].text
    if is_addressing(line) or STRONG_RE.match(line):
        return False
    if authority(lines, i) > i and not (
        subject.spans and _OF_END_RE.search(text[slice(*subject.spans[-1])])
    ):
        return False
    caps = is_caps(line)
    if not subject.spans:
        if not titled:
            # Where the type line is lost the subject stands between letterhead and "Căn cứ".
            lost = (
                line[-1] not in ".;:,"
                and i + 1 < len(lines)
                and lines[i + 1].text.startswith("Căn cứ")
            )
            return (
                bool(lost or _VV_RE.match(line) or re.match(r"Về việc\s", line)) and len(line) < 600
            )
        if HEADING_RE.match(line):
            return False
        if caps:
            return len(line) < 900
        if CUE_RE.match(line):
            return _title_block(lines, i)
        return line[-1] not in ":" and not (len(line) > 300 and line[-1] in ".;,")
    if HEADING_RE.match(line) and not subject.open(text):
        return False
    before = text[slice(*subject.spans[-1])]
    if before[-1] == "," and line[0].islower() and len(line) < 700:
        return True
    if line.startswith("(") and len(line) < 200 and line.rstrip(".*_ ").endswith(")"):
        return True
    if is_caps(before):
        if caps:
            return True
        loose = (
            line[0].islower()
            or subject.open(text)
            or (line.startswith("Về ") and _BY_RE.match(before))
        )
        return bool(loose) and not CUE_RE.match(line) and len(line) < 250
    low = not line[0].isupper() and not HEADING_RE.match(line)
    if before[-1] in ".;:" or len(line) > 200 or line[-1] in ".;:":
        return low and len(line) < 200 and before[-1] not in ".:"
    if low or subject.open(text):
        return True
    if CUE_RE.match(line) or caps:
        return False
    # A wrapped title: lines of one width, no blank line between them.
    return titled and not lines[i].blank_before and len(line) <= 110 and 35 <= len(before) <= 120


def _title_block(lines: Sequence[Line], i: int) -> bool:
    """Returns True if short lines without a full stop stand above the beginning of a body."""
    k = i
    while k < len(lines) and k - i < 8:
        line = lines[k].text
        if line[-1] in ".:;" or len(line) > 250 or (k > i and len(line) > 120):
            return False
        k += 1
        if k < len(lines) and (lines[k].text[0].islower() or line[-1] == ","):
            continue
        return _body_follows(lines, k)
    return False


def _body_follows(lines: Sequence[Line], i: int) -> bool:
    while i < len(lines) and is_rule(lines[i].text):
        i += 1
    if i >= len(lines):
        return False
    line = lines[i].text
    return bool(
        CUE_RE.match(line)
        or HEADING_RE.match(line)
        or is_addressing(line)
        or authority(lines, i) > i
        or len(line) > 150
    )


def cut_authority(following: str, text: str, subject: Subject, issuer: str | None) -> None:
    """Takes an authority line off the end of a subject that an extractor glued it to.

    "VỀ DỰ ÁN LUẬT VIÊN CHỨC CHÍNH PHỦ" above "Căn cứ": the issuer decides, and is no object
    of the title ("… CỦA CHÍNH PHỦ" is, and stays).
    """
    if not subject.spans or not issuer or not _PREAMBLE_RE.match(following):
        return
    s, e = subject.spans[-1]
    last = text[s:e]
    names = "|".join(re.escape(n) for n in {issuer, " ".join(issuer.split()).upper()})
    m = re.search(
        rf"\s+(?:(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|CHỦ NHIỆM"
        rf"|TRƯỞNG)\s+)?(?:{names})\Z",
        last,
    )
    if m and is_caps(last) and not _OBJECT_RE.search(last[: m.start()]):
        subject.spans[-1] = (s, s + m.start())


def authority(lines: Sequence[Line], i: int) -> int:
    """Returns the index after an authority line at ``i`` (it stands above "Căn cứ"), else ``i``."""
    first = lines[i].text.strip("*_# ")
    if len(first) > 120 or not _AUTHORITY_RE.match(first) or first[-1:] in (":", ".", ";", ","):
        return i
    if not is_caps(first) and len(first) > 60:
        return i
    j = i + 1
    while j < len(lines) and j - i <= 5:
        line = lines[j].text.strip("*_# ")
        if _PREAMBLE_RE.match(line):
            return j
        if (
            not line
            or is_rule(line)
            or (
                len(line) < 120
                and (
                    _SESSION_RE.match(line)
                    or (is_caps(line) and _AUTHORITY_RE.match(line) and line[-1] not in ":;.")
                )
            )
        ):
            j += 1
        else:
            return i
    return i
