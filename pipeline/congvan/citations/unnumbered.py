"""Finding: resolutions without a number — of congresses, plenums and sittings."""

from __future__ import annotations

import re

from ..text import squeeze
from .mention import Mention

_DRAFT_RE = re.compile(r"(?:[dD]ự thảo|DỰ THẢO)\s$")
_ROMAN = (
    r"[IVXLC]{1,6}|\d{1,2}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:\s(?:một|hai|ba|"
    r"bốn|lăm|sáu|bảy|tám|chín))?"
)
# "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVII", "Nghị quyết Đại hội XIII của Đảng".
# Near miss: "tổ chức Đại hội Đảng bộ lần thứ XVIII" (a congress, no paper).
_CONGRESS_RE = re.compile(
    r"(?P<type>Nghị quyết|NGHỊ QUYẾT|Văn kiện)\s(?:của\s)?(?:Đại hội|ĐẠI HỘI)(?:\s(?:đại "
    r"biểu|Đại biểu|ĐẠI BIỂU))?"
    r"(?P<body>(?:\s(?!lần)[^\s,;.()]+){0,10}?)\s(?:(?:lần thứ|LẦN THỨ)"
    r"\s)?(?P<term>[IVXL]{1,6})(?!\w)(?P<dang>\scủa Đảng)?"
)
# "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII", "Nghị quyết Trung ương 4
# (khóa XII)", "Nghị quyết TW 8 khóa XI", "NQTW 4 khóa XII".
_PLENUM_RE = re.compile(
    rf"(?:Nghị quyết|NQ\s?(?=TW))\s?(?:của\s)?(?:(?:Hội nghị\s)?lần thứ\s(?P<a>{_ROMAN})"
    rf"\s(?:của\s)?(?:Ban Chấp hành )?Trung ương(?: Đảng)?|(?:Hội nghị\s)?(?:Trung ương|TW)"
    rf"\s(?P<b>\d{{1,2}}|{_ROMAN}))"
    r",?\s\(?(?:khóa|Khóa)\s(?P<term>[IVX]{1,5})(?!\w)"
)
# "Nghị quyết kỳ họp thứ 10 HĐND tỉnh khóa XVII" (a sitting, no number).
_SITTING_RE = re.compile(
    rf"Nghị quyết\s(?:của\s)?(?:tại\s)?[kK]ỳ họp\s(?:thứ\s)?(?P<n>{_ROMAN}|chuyên đề|"
    rf"thường lệ[^,;.]{{0,20}}?)(?:\s?,)?\s(?P<body>(?:HĐND|Hội đồng nhân dân|Quốc hội)"
    rf"(?:\s(?!khóa|Khóa)[^\s,;.]+){{0,6}}?)(?:\s?,)?\s(?:khóa|Khóa)\s(?P<term>[IVX]{{1,6}})"
    rf"(?!\w)"
)


def find_unnumbered(shadow: str) -> list[Mention]:
    """Returns mentions of resolutions by congress, plenum or sitting, in reading order."""
    found = [*_find_congress(shadow), *_find_sessions(shadow)]
    return sorted(found, key=lambda m: m.start)


def _find_congress(shadow: str) -> list[Mention]:
    out = []
    if "ại hội" in shadow or "ẠI HỘI" in shadow:
        for m in _CONGRESS_RE.finditer(shadow):
            body = squeeze(m.group("body"))
            national = bool(m.group("dang")) or "toàn quốc" in body.lower() or body in ("", "Đảng")
            if not national and "đảng bộ" not in body.lower() and "đoàn" not in body.lower():
                continue
            if _DRAFT_RE.search(shadow[max(0, m.start() - 10) : m.start()]):
                continue
            item = Mention(
                m.start(), m.end(), "congress", "Nghị quyết", "NQ", name=squeeze(m.group())
            )
            place = re.sub(r"^(?:đại biểu\s)?(?:Đảng bộ|ĐẢNG BỘ)\s*", "", body)
            item.title = f"congress:{'' if national else place or '?'}|{m.group('term')}"
            out.append(item)
    return out


def _find_sessions(shadow: str) -> list[Mention]:
    out = []
    for m in _PLENUM_RE.finditer(shadow):
        item = Mention(m.start(), m.end(), "congress", "Nghị quyết", "NQ", name=squeeze(m.group()))
        item.title = f"plenum:{(m.group('a') or m.group('b')).lower()}|{m.group('term')}"
        out.append(item)
    if "ỳ họp" in shadow:
        for m in _SITTING_RE.finditer(shadow):
            item = Mention(
                m.start(), m.end(), "congress", "Nghị quyết", "NQ", name=squeeze(m.group())
            )
            item.title = f"sitting:{squeeze(m.group('body'))}.{m.group('n')}|{m.group('term')}"
            out.append(item)
    return out
