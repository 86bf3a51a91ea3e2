"""The parts of a letterhead line: motto, number, place and date, marks, and what is left.

Extractors put the two columns of a letterhead on one line, one below the other, or one
after the other. So a line is first cut into *pieces*: what a pattern knows (motto, number,
place with date) and the stretches between them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from .layout import Line
from .lookups import rows, values
from .text import LOWER, UPPER

# Where a known piece ends: at the end of the line or cell, or before the next column.
_END = (
    r"(?=\s*(?:$|\||\s{2}|\*|\(|[Vv]/[Vv]|V[eềỀ][ \s]|C[ỘỌÔ]NG\s*H|Độc\s*[Ll]ập|ĐẢNG\s*C"
    rf"|[{UPPER}][^,|]{{0,40}},?\s*ngày))"
)
# "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", also glued; not "nước Cộng hòa ... quy định".
MOTTO_RE = re.compile(
    r"C[ỘỌÔ]NG\s{0,3}H\w{1,2}\s{0,3}X\w\s{0,3}HỘI\s{0,3}CH[ỦŨ]\s{0,3}NGH[ĨỈ]A"
    r"(?:\s{0,3}VI[ỆÊ]T\s{0,3}NAM)?|(?<!\S)Cộng h\w{1,2} xã hội chủ nghĩa Việt Nam(?=\s*(?:$|Độc))"
)
# "Độc lập - Tự do – Hạnh phúc", "ĐỘC LẬP TỰ DO HẠNH PHÚC"; not "nền độc lập, tự do của dân tộc".
SUBMOTTO_RE = re.compile(
    r"Độc\s{0,3}lập[\s\-.,~_*]{0,6}Tự\s{0,3}do[\s\-.,~_*]{0,6}Hạnh\s{0,3}phúc\.?", re.IGNORECASE
)
# Top right of a Party paper, in capitals; not "… của Đảng Cộng sản Việt Nam".
PARTY_RE = re.compile(r"(?<!CỦA )ĐẢNG\s{0,3}C[ỘỌÔ]NG\s{0,3}SẢN\s{0,3}VIỆT\s{0,3}NAM")
# One capital or digit a step, so that nothing can be matched in two ways: "TTg", "QyĐ", "V.I".
_TOKEN = rf"(?:[{UPPER}\d](?:[{LOWER}]{{1,2}}\.?|\.)?){{1,40}}(?![{LOWER}])"
_SYMBOL = rf"(?=[{UPPER}]){_TOKEN}(?:\s?[-/&,+]\s?{_TOKEN}){{0,6}}"
_FILL = r"[\s._…]{0,60}"
_NUMBER = (
    rf"(?:(?P<num>\d{{1,7}}[a-zđ]{{0,2}}){_FILL}|{_FILL})"
    rf"(?:[/-]\s*(?P<year>(?:19|20)\d\d)\s*)?[/-]{{1,2}}\s*(?P<sym>{_SYMBOL})"
)
# "Số: 24 /2025/QĐ-UBND", "Số 62-NQ/TU", "Số:    /TB-UBND", "Luật số: 64/2025/QH15";
# not "Số 118/2025/NĐ-CP ngày 09/6/2025 về ..." (a sentence goes on).
NUMBER_RE = re.compile(
    r"(?<!\w)(?:(?:Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị quyết|LUẬT|PHÁP LỆNH)\s+[Ss]ố|S[ốỐ])"
    rf"(?:\s?hiệu)?\s{{0,3}}[:;.]?{_FILL}?{_NUMBER}\.?(?:(?!\w)|(?=[{UPPER}][{LOWER}])){_END}"
)
# The line after a lone "Số:"; not "74/2025/NQ-HĐND ngày ...".
BARE_NUMBER_RE = re.compile(rf"{_NUMBER}")
# "Số:" or "Số: ..." alone, or a number that got no symbol, "Số: 123"; not "Số lượng: 12".
LONE_RE = re.compile(rf"(?:Số|SỐ)\s{{0,3}}[:.]{_FILL}(?P<num>\d{{1,6}})?{_FILL}")
_WORD = rf"[{UPPER}](?:[\w'’]|\.(?=\S)){{0,14}}"
_LEVEL = (
    r"(?:T\.?P\.?|Tp\.?|TX\.?|[Tt]hành phố|THÀNH PHỐ|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Xx]ã"
    r"|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)"
)
_PLACE = rf"(?:{_LEVEL}\s?)?{_WORD}(?:(?:\s?-\s?|\s{{1,2}}){_WORD}){{0,5}}(?:\s\d{{1,2}})?"
_GAP = r"[\s._…]{0,30}"
_DAY = (
    rf"{_GAP}(?P<d>\d{{1,2}})?{_GAP}(?i:tháng){_GAP}(?P<m>\d{{1,2}})?{_GAP}(?i:năm){_GAP}(?P<y>(?:19"
    rf"|20)\d\d|20\d?[.…_]*)?\d{{0,2}}"
    r"|\s*(?P<d2>\d{1,2}|[.…]{1,6})?\s?[-/.]\s?(?P<m2>\d{1,2}|[.…]{1,6})?\s?[-/.]\s?(?P<y2>\d{4})"
)
# "Lạng Sơn, ngày tháng 5 năm 2021", "TP. Hồ Chí Minh, ngày 3/5/2021"; not "từ ngày 05 tháng 5".
DATE_RE = re.compile(
    rf"(?<![\w])(?P<place>{_PLACE})\s{{0,3}}[,;.]?\s{{0,3}}(?i:ngày)(?:{_DAY}){_GAP}{_END}"
)
# A date line without a place ("Ngày 12 tháng 3 năm 2021" under the number), the whole line only.
BARE_DATE_RE = re.compile(rf"(?:[,.…]\s*)?(?i:ngày)(?:{_DAY}){_GAP}")

_EDGE = " \t_*#|=~>\u2026"
_CELL_RE = re.compile(r"\s{3,}|\s?\|\s?|\s*_{3,}\s*|\s*-{4,}\s*|\s*\*{3,}\s*")
_CELL_SIGNS = ("|", "   ", "___", "----", "***")
# Residue of scanners, digital signatures and the official gazette above or inside a letterhead.
NOISE_RE = re.compile(
    r"(?:PHẦN\s+\S{1,4}\s*)?VĂN BẢN (?:QUY PHẠM PHÁP LUẬT|PHÁP LUẬT KHÁC|KHÁC)\Z"
    r"|VĂN BẢN HỢP NHẤT\s*-|CÔNG BÁO\b"
    r"|Người ký|Ký bởi|Được ký|Email|E-mail|Thời gian ký|Giờ ký|Ngày ký|Cơ quan:|SAO Y|SAO LỤC"
    r"|CÔNG VĂN ĐẾN|ĐẾN\b|Số đến|Chuyển:|Điện thoại|Fax|Địa chỉ|Website|https?:|Tel\b|\(?Bản sao"
    r"|MẪU SỐ|Mẫu số|<!--|!\[|XÁC THỰC VĂN BẢN|TRANG \d|\d{1,3}\Z|Ký, đóng dấu",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: ``kind`` is motto, party, number, lone, date, or other."""

    kind: str
    start: int
    end: int
    text: str
    match: re.Match[str] | None = field(default=None, compare=False)
    base: int = 0


def is_rule(text: str) -> bool:
    """Returns True for a line of signs only."""
    return not any(c.isalnum() for c in text)


def is_caps(text: str) -> bool:
    """Returns True where nearly all letters are capitals ("CT-TTg" in a title is no harm).

    >>> is_caps("THỰC HIỆN CHỈ THỊ SỐ 32/CT-TTg"), is_caps("Kết luận phiên họp")
    (True, False)
    """
    up = low = 0
    for c in text:
        if c.isupper():
            up += 1
        elif c.islower():
            low += 1
    return up >= 2 and up >= 5 * low


# A rule on the line of the last words: "giai đoạn mới ––––––".
_DASHES_RE = re.compile(r"[-–—_*]{4,80}\s*\Z")


def trim(text: str, start: int, end: int, edge: str = _EDGE) -> tuple[int, int]:
    """Returns ``[start, end)`` without blanks, rules and Markdown signs at the edges."""
    tail = _DASHES_RE.search(text, start, end)
    if tail:
        end = tail.start()
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def cells(lines: Sequence[Line], text: str) -> Sequence[Line]:
    """Returns the lines with a bar for every tab: in the shadow the border of a cell is a blank."""
    if "\t" not in text:
        return lines
    out = []
    for line in lines:
        raw = text[line.start : line.end]
        if "\t" in raw and len(raw) == len(line.text):
            marked = "".join("|" if c == "\t" else s for c, s in zip(raw, line.text, strict=True))
            line = replace(line, text=marked)
        out.append(line)
    return out


def pieces(line: Line) -> list[Piece]:
    """Returns the pieces of a letterhead line, left to right; offsets are of the document."""
    text = line.text
    found: list[Piece] = []
    if len(text) > 450:
        return [Piece("other", line.start, line.end, text, base=line.start)]

    def take(kind: str, match: re.Match[str] | None) -> None:
        nonlocal text
        if match is None:
            return
        s, e = match.span()
        found.append(Piece(kind, line.start + s, line.start + e, match.group(), match, line.start))
        text = text[:s] + "|" * (e - s) + text[e:]

    take("motto", MOTTO_RE.search(text))
    take("motto", SUBMOTTO_RE.search(text))
    take("party", PARTY_RE.search(text))
    take("number", NUMBER_RE.search(text))
    if "ngày" in text or "NGÀY" in text:
        take("date", DATE_RE.search(text))
    at = 0
    framed = any(sign in text for sign in _CELL_SIGNS)
    ends = [(m.start(), m.end()) for m in _CELL_RE.finditer(text)] if framed else []
    for s, e in [*ends, (len(text), len(text))]:
        a, b = trim(text, at, s)
        at = e
        if a >= b or is_rule(text[a:b]):
            continue
        body = text[a:b]
        kind, match = "other", None
        for name, pattern in (("lone", LONE_RE), ("date", BARE_DATE_RE)):
            match = pattern.fullmatch(body)
            if match:
                kind = name
                break
        found.append(Piece(kind, line.start + a, line.start + b, body, match, line.start + a))
    found.sort(key=lambda p: p.start)
    return found


class Cut:
    """The first lines of a document in pieces, each cut when it is first asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._done: dict[int, list[Piece]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, i: int) -> list[Piece]:
        if i not in self._done:
            self._done[i] = pieces(self._lines[i])
        return self._done[i]


def iso(match: re.Match[str]) -> str | None:
    """Returns the date of a DATE_RE match in ISO 8601, as exact as the paper, or None."""
    day, month, year = (match["d"], match["m"], match["y"]) if match["y"] else (None, None, None)
    if year is None:
        day, month, year = match["d2"], match["m2"], match["y2"]
    if not year or not year.isdigit() or len(year) != 4:
        return None
    if not month or not month.isdigit() or not 1 <= int(month) <= 12:
        return year
    if not day or not day.isdigit():
        return f"{year}-{int(month):02d}"
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def place_span(match: re.Match[str]) -> tuple[int, int]:
    """Returns the span of the place in the matched string.

    In "TỈNH LẠNG SƠN Lạng Sơn, ngày ..." the capitals are the end of the left column.
    """
    s, e = match.span("place")
    words = list(re.finditer(r"\S+", match.string[s:e]))
    if words and not is_caps(words[-1].group()) and len(words[-1].group()) > 1:
        for i in range(len(words) - 2, -1, -1):
            w = words[i].group()
            if len(w) > 2 and w.isupper() and w.rstrip(".") not in ("TP", "T.P", "TX"):
                return s + words[i + 1].start(), e
    return s, e


@cache
def _marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for row in rows("marks"):
        names = sorted({row["name"], *values(row["variants"])}, key=len, reverse=True)
        body = "|".join(re.escape(n).replace("\\ ", r"\s+") for n in names)
        out.append(
            (
                re.compile(
                    rf"[\W_]{{0,4}}(?:Độ (?:mật|khẩn)\s*:\s*)?(?P<mark>{body})[\W_]{{0,4}}",
                    re.IGNORECASE,
                ),
                row["kind"],
            )
        )
    return tuple(out)


def mark(text: str) -> tuple[str, int, int] | None:
    """Returns ``(kind, start, end)`` of the secrecy or urgency mark that ``text`` is, or None."""
    if len(text) > 40:
        return None
    for pattern, kind in _marks():
        m = pattern.fullmatch(text)
        if m:
            return kind, m.start("mark"), m.end("mark")
    return None


@cache
def _types() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    whole: dict[str, str] = {}
    prefixes: list[tuple[str, str]] = []
    for row in rows("doc_types"):
        name = row["name"]
        if row["kind"] == "generic" or name in ("Văn bản", "Điện", "Đề nghị"):
            continue
        whole[name.upper()] = name
        if row["kind"] in ("admin", "party", "qppl", "permit", "contract"):
            prefixes.append((name.upper() + " ", name))
    prefixes.sort(key=lambda p: -len(p[0]))
    return whole, tuple(prefixes)


# The mark of a footnote behind the type: "THÔNG TƯ1", "QUYẾT ĐỊNH [1]".
_NOTE_RE = re.compile(r"\s?(?:\[\d{1,3}\]|\(\d\)|\d{1,2})\s*\Z")
# "T H Ô N G  B Á O": single letters with a blank between each two.
_SPACED_RE = re.compile(r"\w(?: \w){3,}(?:\s+\w(?: \w)*)*\Z")


def is_note(text: str) -> bool:
    """Returns True for the mark of a footnote behind the type."""
    return _NOTE_RE.fullmatch(text) is not None


def type_line(text: str, *, prefix: bool) -> tuple[str, int, int] | None:
    """Returns ``(name, start, end)`` of the document type that ``text`` is, or begins with.

    Args:
        text: A piece of the shadow.
        prefix: Also accept a type in capitals that the subject follows on the same line.
    """
    whole, prefixes = _types()
    if len(text) < 60:
        plain = _NOTE_RE.sub("", " ".join(text.split())).rstrip(" .:*")
        if text.rstrip().endswith(":") and plain.upper() in (
            "QUYẾT ĐỊNH",
            "QUYẾT NGHỊ",
            "NGHỊ QUYẾT",
        ):
            return None
        if _SPACED_RE.match(plain):
            words = re.split(r"\s{2,}", text.strip())
            plain = " ".join(w.replace(" ", "") for w in words)
            if len(words) == 1:
                glued = {k.replace(" ", ""): k for k in whole}
                plain = glued.get(plain, plain)
        name = whole.get(plain) or (whole.get(plain.upper()) if prefix else None)
        if name:
            return name, 0, len(_NOTE_RE.sub("", text).rstrip(" .:*"))
        for lead in ("DỰ THẢO ", "(DỰ THẢO) "):
            if plain.startswith(lead) and plain[len(lead) :] in whole:
                return whole[plain[len(lead) :]], len(lead), len(text.rstrip(" .:*"))
    if prefix:
        for head, name in prefixes:
            if text.startswith(head):
                return name, 0, len(head) - 1
    return None


@cache
def abbreviations() -> tuple[dict[str, str], dict[str, str]]:
    """Returns what the first group of a symbol means, ``(state, party)``; only the unambiguous."""
    out: list[dict[str, set[str]]] = [{}, {}]
    for row in rows("doc_types"):
        for i, column in enumerate(("abbrev", "party_abbrev")):
            for a in values(row[column])[:1]:
                out[i].setdefault(a, set()).add(row["name"])
    state, party = ({k: n for k, v in o.items() if (n := _common(v))} for o in out)
    return state, party


def _common(names: set[str]) -> str | None:
    # TB is "Thông báo" although "Thông báo rút kinh nghiệm" has it too; L (Luật, Lệnh) is open.
    shortest = min(names, key=len)
    return shortest if all(n.startswith(shortest) for n in names) else None
