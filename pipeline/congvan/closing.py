"""The closing of a document: *Nơi nhận* and the signature block, in any order or interleaved."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import signature as sign
from .document import Signature
from .header_parts import cells, is_caps, is_rule
from .layout import Line

# "Nơi nhận:", "NƠI NHẬN", "Nơi nhận: - Như trên;"; not "Nơi nhận kết quả: Bộ phận một cửa".
RECIPIENTS_RE = re.compile(
    r"(?<![^\W_])(?:N[ơo]i nhận|NƠI NHẬN|Nơi Nhận)[\s*_]{0,6}(?:[:;.]|$|(?=\s{2,})|(?=\s?-\s)|\|"
    r"|(?=(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b))[\s*_:]*"
)
# Where an annex or an attached text begins: "PHỤ LỤC", "Phụ lục I", "(Ban hành kèm theo ...)".
ANNEX_RE = re.compile(
    r"[\W_]{0,4}(?:PHỤ LỤC(?!\w)|Phụ lục(?:\s+(?:số\s*)?[IVX\d]{1,4}[a-z]?)?[\s.:*_]*$"
    r"|(?:MẪU SỐ|Mẫu số|Biểu mẫu|BIỂU SỐ|Mẫu)\s+\d|\(?(?:Ban hành kèm theo|Kèm theo|Đính kèm"
    r"|Phê duyệt kèm theo)\s)"
)
_BULLET_RE = re.compile(r"(?:[-+•*▪●]|–)\s*(?=[^\s\d-])")
# The next bullet on the same line: "- Như trên; - Bộ Tài chính;".
_INNER_RE = re.compile(r"(?<=[;.,])\s*[-+•]\s*(?=[^\s\d])")
_SEMICOLON_RE = re.compile(r";\s*(?=\w)")
_LAST_RE = re.compile(r"(?:Lưu|LƯU)(?!\s*(?:ý|hành|trữ|lượng|thông))(?!\w)")
_AFTER_RE = re.compile(
    r"(?<=[;.,)])\s+(?=\S)|\s+(?=(?:TM|KT|TL|TUQ)\.\s?[A-ZĐỦ]|(?:T/M|K/T|T/L)\s[A-ZĐỦ])"
)
_FAMILY_RE = re.compile(
    r"\s+(?=(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương"
    r"|Mai|Lâm"
    r"|Đoàn|Trịnh|Hà|Cao|Tô|Tạ|Phùng|Lương|Đào|Vương|Tống|Nông|Hứa|Thái|Tăng|Quách|Châu|Chu|Triệu"
    r"|Từ|Lò|Vi"
    r"|Lục|Giàng|Sùng|Thào|Vàng|Hầu|Bế|Đàm|Đồng|Kiều|La|Lại|Mạc|Nghiêm|Ninh|Ông|Thạch|Tiêu|Trang"
    r"|Văn|Y|A|K)\s"
    r"\S+(?:\s\S+){0,3}\Z)"
)
_COLUMN_RE = re.compile(r"\s{3,}|\s?\|\s?")
_FORM_RE = re.compile(r"[.…_]{5}")
_MAX = 90


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing block ``lines[first:last]``; ``first == last == len(lines)`` if there is none."""

    first: int
    last: int
    recipients: tuple[str, ...]
    recipient_spans: tuple[tuple[int, int], ...]
    signature: Signature | None


def parse_closing(lines: Sequence[Line], text: str, *, start: int) -> Closing:
    """Returns recipients and signature found in ``lines[start:]``.

    Args:
        lines: The non-blank lines of the document.
        text: The canonical text that the lines lie in.
        start: Index of the first line of the body.
    """
    start = max(start, 0)
    lines = cells(lines, text)
    annex = next((i for i in range(start + 1, len(lines)) if _annex(lines, i)), len(lines))
    for begin, end in ((start, annex), (annex, len(lines))):
        at = _find_recipients(lines, begin, end)
        if at is not None:
            found = _with_recipients(lines, text, at, begin, start)
            if begin == start or (found.signature and found.signature.name):
                return found
        block = _alone(lines, begin, end) if begin == start else None
        if block is not None:
            first, last, parts = block
            return Closing(first, last, (), (), sign.assemble(parts, text))
    return Closing(len(lines), len(lines), (), (), None)


def _annex(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if len(line.text) > 250 or line.region == "footnote" or not ANNEX_RE.match(line.text):
        return False
    if line.text.lstrip("(*_ ").startswith(("Ban hành", "Kèm", "Đính", "Phê")):
        # "(Ban hành kèm theo ...)" under a title in capitals, not a note in a sentence or table.
        return line.text.lstrip("*_ ").startswith("(") and is_caps(lines[i - 1].text)
    return line.region is None or is_caps(line.text)


def _find_recipients(lines: Sequence[Line], begin: int, end: int) -> int | None:
    for i in range(begin, end):
        line = lines[i].text
        if "hận" not in line and "HẬN" not in line and "Nhận" not in line:
            continue
        m = RECIPIENTS_RE.search(line)
        if m is None or lines[i].region == "footnote":
            continue
        before = line[: m.start()].strip(" *_#>|-")
        if before and not (sign.parts(before, 0) or (m.start() > 60 and "   " in line)):
            continue
        # An empty form ("Nơi nhận: ......") is no closing.
        if _FORM_RE.search(line[m.end() :]):
            continue
        return i
    return None


def _pieces(line: Line) -> list[tuple[int, str]]:
    out = []
    at = 0
    for s, e in [
        *((m.start(), m.end()) for m in _COLUMN_RE.finditer(line.text)),
        (len(line.text),) * 2,
    ]:
        value = line.text[at:s]
        body = value.strip(" *_#|")
        if body and any(c.isalnum() for c in body):
            out.append((line.start + at + value.index(body), body))
        at = e
    return out


def _with_recipients(lines: Sequence[Line], text: str, at: int, begin: int, start: int) -> Closing:
    items: list[list[tuple[int, int]]] = []
    parts: list[sign.Part] = []
    m = RECIPIENTS_RE.search(lines[at].text)
    assert m is not None
    # The signature may stand above: then nothing below the recipients is one.
    before, above = _above(lines, at, max(begin, start))
    signed_above = any(p.kind == "name" for p in above)
    first, last = at, at + 1
    for offset, value in _column_parts(lines[at], m):
        found = sign.parts(value, offset)
        if found:
            parts += found
            continue
        stop, more = _glued(value, offset, parts) or (len(value), [])
        parts += more
        value = value[:stop].rstrip()
        _add(items, value, offset, listed=value[:1] in "-+•*")
    bulleted: bool | None = None if not items else lines[at].text[m.end() :].lstrip()[:1] in "-+•*"
    done = bool(items) and _is_last(text, items[-1])
    nested = False
    gap = 0
    i = at + 1
    while i < len(lines) and i - at < _MAX:
        line = lines[i]
        i += 1
        if line.region == "footnote" or _FORM_RE.match(line.text) or is_rule(line.text):
            continue
        if _annex(lines, i - 1):
            break
        used = False
        for offset, piece in _pieces(line):
            found = sign.parts(piece, offset)
            if found and _fits(found, above if signed_above else parts, done=done):
                parts += found
                used = True
                continue
            stop, more = (None if found else _glued(piece, offset, parts)) or (len(piece), [])
            piece = piece[:stop].rstrip()
            bullet = _BULLET_RE.match(piece)
            signed = any(p.kind == "name" for p in parts)
            end = offset + len(piece.rstrip(" ;.,"))
            if bullet and not (signed and done):
                body = piece[bullet.end() :]
                # "- Văn phòng Chính phủ:" with "+ ..." below is one recipient; "Lưu" never is.
                nested = (
                    piece[0] == "+"
                    and bool(items)
                    and not _LAST_RE.match(body)
                    and (nested or _next(text, items[-1]) == ":")
                )
                bulleted = True
                if nested:
                    _extend(items[-1], text, offset + bullet.end(), end)
                else:
                    _add(items, body, offset + bullet.end())
            elif signed and not (items and not done and piece[0].islower()):
                continue
            elif bulleted and items and _goes_on(piece, text, items[-1], done=done, parts=parts):
                _extend(items[-1], text, offset, end)
            elif bulleted is not True and not done and _plausible(piece):
                bulleted = False
                if items and piece[0].islower() and _next(text, items[-1]) not in ";.":
                    _extend(items[-1], text, offset, end)
                else:
                    _add(items, piece, offset)
            else:
                continue
            used = True
            parts += more
            done = done or _is_last(text, items[-1])
        if used:
            last = i
            gap = 0
            continue
        gap += 1
        if gap > 2 or any(p.kind == "name" for p in parts):
            break
    if signed_above or (above and not parts):
        parts = above + parts
        first = before
    while last < len(lines) and is_rule(lines[last].text) and lines[last].region is None:
        last += 1
    return Closing(
        first,
        last,
        tuple(" ".join(" ".join(text[s:e].split()) for s, e in item) for item in items),
        tuple((item[0][0], item[-1][1]) for item in items),
        sign.assemble(parts, text),
    )


def _column_parts(line: Line, m: re.Match[str]) -> list[tuple[int, str]]:
    out = []
    for lo, hi in ((0, m.start()), (m.end(), len(line.text))):
        if line.text[lo:hi].strip(" *_#|"):
            out += _pieces(Line(line.start + lo, line.start + hi, line.text[lo:hi]))
    return out


def _add(
    items: list[list[tuple[int, int]]], value: str, offset: int, *, listed: bool = True
) -> None:
    at = 0
    # Without bullets, "Nơi nhận: Như trên; Lưu: VT." is cut at the semicolons.
    inner = _INNER_RE if listed else _SEMICOLON_RE
    bounds = [*((m.start(), m.end()) for m in inner.finditer(value)), (len(value), len(value))]
    for s, e in bounds:
        body = value[at:s].strip(" -+•*_;.,:")
        if body and any(c.isalnum() for c in body):
            a = offset + at + value[at:s].index(body)
            items.append([(a, a + len(body))])
        at = e


def _extend(item: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds ``text[start:end]`` to a recipient; the comma or colon in between stays in its name."""
    s, e = item[-1]
    while e < start and text[e] in ";,:.)":
        e += 1
    item[-1] = (s, e)
    if start < end:
        item.append((start, end))


def _is_last(text: str, item: Sequence[tuple[int, int]]) -> bool:
    return bool(_LAST_RE.match(text[item[0][0] : item[0][0] + 12]))


def _fits(found: Sequence[sign.Part], parts: Sequence[sign.Part], *, done: bool) -> bool:
    """Returns True if signature parts may stand here (a recipient can look like a name)."""
    if any(p.kind == "name" for p in parts):
        return all(p.kind == "signed" for p in found)
    return found[0].kind != "name" or bool(parts) or done


def _glued(
    piece: str, offset: int, parts: Sequence[sign.Part]
) -> tuple[int, list[sign.Part]] | None:
    """Finds a signature that one blank separates from a recipient: "- Sở Y tế; KT. CHỦ TỊCH".

    The name of the signer may follow "Lưu: VT." only if the right column began above.
    """
    if len(piece) > 300:
        return None
    named = any(p.kind == "name" for p in parts)
    cuts = _AFTER_RE.finditer(piece)
    if parts and not named and _LAST_RE.search(piece, 0, 8):
        # "- Lưu: VT, KTTH Nguyễn Văn An": the family name shows where the right column begins.
        cuts = itertools.chain(cuts, _FAMILY_RE.finditer(piece))
    for m in cuts:
        rest = piece[m.end() :]
        if sign.starts_signature(rest) or (parts and not named and sign.is_name(rest)):
            found = sign.parts(rest, offset + m.end())
            if found:
                return m.start(), found
    return None


def _goes_on(
    piece: str,
    text: str,
    item: Sequence[tuple[int, int]],
    *,
    done: bool,
    parts: Sequence[sign.Part],
) -> bool:
    """Returns True if an unbulleted piece continues the recipient above it."""
    if len(piece) > 200 or (is_caps(piece) and (len(piece) > 12 or parts)):
        return False
    if done:
        if is_caps(piece) and _next(text, item) not in (",", ":"):
            return False
        return not parts and (len(piece) < 12 or _next(text, item) != ".")
    return True


def _next(text: str, item: Sequence[tuple[int, int]]) -> str:
    """Returns the character behind a recipient, "" at the end of the text."""
    return text[item[-1][1] : item[-1][1] + 1]


def _plausible(piece: str) -> bool:
    return (
        len(piece) < 160 and not is_caps(piece) and not re.match(r"(?:Điều|Chương)\s|\[?\d", piece)
    )


def _above(lines: Sequence[Line], at: int, stop: int) -> tuple[int, list[sign.Part]]:
    """Returns where the signature just above ``lines[at]`` begins, and its parts."""
    parts: list[sign.Part] = []
    first = at
    i = at - 1
    while i >= stop and at - i <= 9:
        value = lines[i].text
        if is_rule(value):
            i -= 1
            continue
        found: list[sign.Part] = []
        for offset, piece in _pieces(lines[i]):
            more = sign.parts(piece, offset)
            if not more:
                found = []
                break
            found += more
        if not found:
            break
        if any(p.kind == "name" for p in found) and any(p.kind == "name" for p in parts):
            break
        parts = found + parts
        first = i
        i -= 1
    # A name alone above "Nơi nhận" may be anything; so may a position alone.
    kinds = {p.kind for p in parts}
    if not kinds & {"authority", "position"}:
        return at, []
    return first, parts


def _alone(lines: Sequence[Line], begin: int, end: int) -> tuple[int, int, list[sign.Part]] | None:
    """Finds a signature block without *Nơi nhận*: authority or position, then a name."""
    i = begin
    while i < end:
        line = lines[i]
        if line.region == "footnote" or not _may_sign(line):
            i += 1
            continue
        parts: list[sign.Part] = []
        j, miss = i, 0
        while j < end and j - i < 12 and miss < 3:
            if is_rule(lines[j].text):
                j += 1
                continue
            found: list[sign.Part] = []
            for offset, piece in _pieces(lines[j]):
                found += sign.parts(piece, offset)
            if not found:
                if len(lines[j].text) > 40 or j == i:
                    break
                miss += 1
            parts += found
            j += 1
            if any(p.kind == "name" for p in parts):
                break
        if any(p.kind == "name" for p in parts) and parts[0].kind in ("authority", "position"):
            return i, j, parts
        i += 1
    return None


def _may_sign(line: Line) -> bool:
    if len(line.text) > 160 and "   " not in line.text:
        return False
    return any(sign.starts_signature(piece) for _, piece in _pieces(line))
