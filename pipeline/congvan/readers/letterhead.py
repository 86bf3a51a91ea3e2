"""Tells tables that only lay out the letterhead or the signature from tables of data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

# What stands only in a letterhead, or only beside a signature (Decree 30/2020, annex I;
# Party form). Hits: "Nơi nhận:", "Số: 5/TB-UBND"; near misses: "Số lượng", "nơi nhận hồ sơ".
_LETTERHEAD_RE = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s{0,3}[-–]\s{0,3}Tự do|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|^\W{0,5}Số\s{0,3}:|Nơi nhận\s{0,3}:|^\W{0,5}Nơi nhận\W{0,5}$"
    r"|\b(?:TM|KT|TL|TUQ)\.\s{0,3}[A-ZĐỦỤ]{2}|^\W{0,5}Kính gửi\s{0,3}:",
    re.MULTILINE,
)
# A signature alone. Hit: "CHÁNH VĂN PHÒNG"; a table that is nothing else has few cells.
_SIGNER_RE = re.compile(
    r"\b(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|BÍ THƯ|THỦ TƯỚNG|CỤC TRƯỞNG|"
    r"TỔNG GIÁM ĐỐC|TRƯỞNG BAN|HIỆU TRƯỞNG)\b"
)


def is_layout_table(text: str, *, rows: int, columns: int) -> bool:
    """Returns True if a table with this text holds a letterhead or the end of a document.

    Args:
        text: All cells, each paragraph on a line.
        rows: Number of rows.
        columns: Number of cells of the widest row.
    """
    text = unicodedata.normalize("NFC", text)
    if columns <= 1:
        return True
    if columns > 5 or rows > 12:
        return False
    if _LETTERHEAD_RE.search(text):
        return True
    return rows <= 4 and columns <= 3 and bool(_SIGNER_RE.search(text)) and len(text) < 600


# Hit: "Nơi nhận:"; near miss: "nơi nhận hồ sơ".
_RECIPIENTS_RE = re.compile(r"\W{0,3}N[ơo]i nh[ậa]n\s{0,2}(?::|$)")


def is_recipients(text: str) -> bool:
    """Returns True if a line opens the list of recipients."""
    return bool(_RECIPIENTS_RE.match(unicodedata.normalize("NFC", text[:80])))


def is_letterhead_line(text: str) -> bool:
    """Returns True if a single line holds words of a letterhead or of the end of a document."""
    return bool(_LETTERHEAD_RE.search(unicodedata.normalize("NFC", text)))


# The whole motto, which a narrow column breaks in two. Hits: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
# "Độc lập - Tự do - Hạnh phúc"; near miss: "ĐẢNG BỘ TỈNH VIỆT NAM".
_MOTTO_RE = re.compile(
    r"\W{0,5}(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|Độc lập\s{0,3}[-–]\s{0,3}Tự do\s{0,3}[-–]\s{0,3}Hạnh phúc)\W{0,5}"
)
# Place and date over two lines. Hits: "Huế, ngày 18" / "tháng 11 năm 2025"; near miss: a line
# that names a day in running text.
_DATED_RE = re.compile(
    r"[^\W\d_][^\d,;:]{1,40},\s{0,3}ngày\s{0,5}[\d.…]{0,8}\s{0,5}tháng\s{0,5}[\d.…]{0,8}"
    r"\s{0,5}năm\s{0,5}(?:20|19)\d\d\W{0,3}"
)


def mended(blocks: Sequence[Any]) -> list[Any]:
    """Returns the lines of a letterhead's column, with motto and date on one line each.

    Args:
        blocks: Lines; a column that also holds something else (a table) is left alone.

    >>> mended(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "Huế, ngày 5 tháng 5 năm", "2025"])
    ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Huế, ngày 5 tháng 5 năm 2025']
    """
    if not all(isinstance(block, str) for block in blocks):
        return list(blocks)
    out: list[str] = []
    for line in (line for block in blocks for line in block.split("\n")):
        before = out[-1] if out else ""
        both = unicodedata.normalize("NFC", f"{before.rstrip()} {line.strip()}")
        if (
            len(both) < 120
            and before.strip()
            and line.strip()
            and (
                (_MOTTO_RE.fullmatch(both) and not _MOTTO_RE.fullmatch(before.strip()))
                or (_DATED_RE.fullmatch(both.strip()))
            )
        ):
            out[-1] = f"{before.rstrip()} {line.strip()}"
        else:
            out.append(line)
    return out
