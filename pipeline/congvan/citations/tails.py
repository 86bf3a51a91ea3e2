"""What stands behind a mention: date, issuer, alias — in any order, with or without a comma."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from ..dates import DateExpression
from ..text import fold, squeeze
from .bodies import issuer_at
from .mention import Mention
from .symbols import issuers

# ", ngày 30/10/2019", " ngày …", " ký ngày …", "(ban hành ngày …"; the date itself is given.
_TO_DATE_RE = re.compile(
    r"\s?(?:\[\d{1,2}\]|\(\d\))?\s?,?\s?\(?(?:(?:ký|ban hành|được ban hành|được ký|phát "
    r"hành|thông qua|ra)\s)?"
)
_TO_ISSUER_RE = re.compile(
    r"\s?(?:\[\d{1,2}\])?\s?,?\s?(?:của|CỦA|do)\s(?:liên\s(?:bộ|ngành)"
    r"\s?:?\s?)?(?:các\s)?(?:đồng chí\s)?"
)
# Behind the issuer of the next member of a list: "… A, của Ban Bí thư tại văn bản B".
_NEXT_MEMBER_RE = re.compile(r"\s(?:tại|trong|theo)\s")
# "(sau đây gọi tắt là Nghị định số 24)", "(sau đây viết tắt là NQ 66)", "(gọi tắt là Đề án)".
_ALIAS_RE = re.compile(
    r"\(?(?:sau đây|dưới đây|gọi|viết)\s?(?:được\s)?(?:gọi|viết)?\s?(?:chung\s|tắt\s|tắt "
    r"chung\s)?(?:là|:)\s?:?\s?[\"“'‘]?(?P<alias>[^()\n;\"”'’]{2,90})"
)
# "của Bộ Chính trị khóa XIII", "… Đảng bộ tỉnh khóa XVII, nhiệm kỳ 2020 - 2025"; a footnote mark.
_TERM_RE = re.compile(r",?\s(?:khóa|Khóa)\s[IVX]{1,6}(?:,?\snhiệm kỳ\s\d{4}\s?-\s?\d{4})?")
_LAWGIVER_RE = re.compile(
    r"Quốc hội|Ủy ban Thường vụ Quốc hội|Chủ tịch nước|Hội đồng Nhà nước|Đảng|Ban Chấp "
    r"hành",
    re.IGNORECASE,
)
# "[2]", "(nay là Bộ Nông nghiệp và Môi trường)", "(cũ)" behind the issuer.
_NOTE_RE = re.compile(r"\s?(?:\[\d{1,3}\]|\((?:nay|cũ|trước đây)(?!\w)[^()\n]{0,80}\))")
_BLANK_DATE_RE = re.compile(
    r"\s?,?\s?ngày[\s.…_/]{1,24}(?:tháng[\s.…_/]{0,20})?(?:năm\s|/\s?)((?:19|20)\d{2})"
)


def read_tail(
    shadow: str, mention: Mention, dates: Mapping[int, DateExpression], limit: int
) -> None:
    """Completes ``mention`` with the date and issuer written behind it; sets ``tail``.

    Args:
        dates: Date expressions by their start offset.
        limit: Do not read beyond this offset (the next mention).
    """
    at = mention.end
    for _ in range(3):
        m = _TO_DATE_RE.match(shadow, at)
        stop = m.end() if m else at
        date = dates.get(stop)
        if date is not None and "\n" in shadow[at:stop] and shadow[stop] != "n":
            date = None  # the next cell or sentence; a wrapped line goes on with "ngày"
        if date is not None and date.start < limit and mention.date is None and _full(date):
            mention.date = date.value if date.granularity == "day" else None
            mention.date_year = (
                int(date.value[:4]) if date.value and date.value[:4].isdigit() else None
            )
            if date.granularity == "day" and "year" not in date.inferred:
                mention.written.append("date")
            at = date.end
            if m is not None and "(" in m.group() and shadow[at : at + 1] == ")":
                at += 1
            continue
        blank = _BLANK_DATE_RE.match(shadow, at)
        if blank and mention.date_year is None:
            mention.date_year = int(blank.group(1))
            at = blank.end()
            continue
        if mention.issuer is None:
            of = _TO_ISSUER_RE.match(shadow, at)
            several = mention.symbol is None or len(mention.symbol.issuers) != 1
            span = None
            if of and of.end() < limit:
                span = issuer_at(shadow, of.end(), several=several)
            if span and of and "," in of.group() and _NEXT_MEMBER_RE.match(shadow, span[1]):
                span = None  # "của X tại thông báo A, của Y tại văn bản B": Y issued B
            if span and mention.symbol and not _possible(mention, shadow[span[0] : span[1]]):
                mention.doubt = squeeze(shadow[span[0] : span[1]])
                span = None
            if (
                span
                and mention.kind in ("named", "congress")
                and not _LAWGIVER_RE.match(shadow, span[0])
            ):
                span = None  # "theo Luật Đất đai của UBND cấp xã": the law is not of the commune
            if span and span[0] < limit:
                mention.issuer = squeeze(shadow[span[0] : span[1]])
                mention.issuer_span = span
                mention.written.append("issuer")
                term = _TERM_RE.match(shadow, span[1])
                at = term.end() if term else span[1]
                continue
        break
    note = _NOTE_RE.match(shadow, at)
    if note:
        at = note.end()
    mention.tail = max(mention.tail, at)


# "của Bộ Xây dựng tại văn bản số …", "UBND tỉnh Vĩnh Long có văn bản số …".
_BEFORE_RE = re.compile(
    r"(?:tại|trong|ở|theo|có|đã có|ban hành|đã ban hành|gửi|đã gửi|và|nêu tại)(?:\s(?:các|"
    r"những))?\s$|\s\($"
)


_INSIDE_RE = re.compile(r"\s(?:của|do)\s(?=\w)")


def read_before(shadow: str, mention: Mention) -> None:
    """Takes the issuer named inside or before a mention, if the symbol says nothing against it."""
    if mention.issuer is not None or mention.symbol is None:
        return
    # "Nghị quyết của Ban Thường vụ Tỉnh ủy số 08-NQ/TU"
    inside = _INSIDE_RE.search(shadow, mention.start, mention.end)
    span = issuer_at(shadow, inside.end()) if inside else None
    if span and span[1] < mention.end and _agrees(mention, shadow[span[0] : span[1]]):
        mention.issuer = squeeze(shadow[span[0] : span[1]])
        mention.issuer_span = span
        mention.written.append("issuer")
        return
    low = max(0, mention.head - 130, shadow.rfind("\n", 0, mention.head) + 1)
    window = shadow[low : mention.head]
    link = _BEFORE_RE.search(window)
    if link is None:
        return
    for m in list(_BODY_START_RE.finditer(window, 0, link.start()))[-4:]:
        span = issuer_at(shadow, low + m.start())
        if span is None or shadow[span[1] : low + link.start()].strip(" ,"):
            continue
        if _agrees(mention, shadow[span[0] : span[1]]):
            mention.issuer = squeeze(shadow[span[0] : span[1]])
            mention.issuer_span = span
            mention.written.append("issuer")
        return


# "Ngày 22/10/2025, tại Thông báo số 569/TB-VPCP", "Ngày 05/3, Bộ Tài chính đã có Công văn số …".
_DATE_BEFORE_RE = re.compile(
    r"\s?,\s(?:tại\s|[^,.;\n]{2,90}?\s(?:đã\s)?(?:có|ban hành|ký ban hành|ký|phát hành|"
    r"gửi)\s)(?:các\s)?$"
)


def read_date_before(
    shadow: str, mention: Mention, dates: Sequence[DateExpression], starts: Sequence[int]
) -> None:
    """Takes the date that opens the sentence of a mention as the day on which it was issued."""
    if mention.date is not None or mention.date_year is not None or mention.year is not None:
        return
    i = bisect_right(starts, mention.head) - 1
    if i < 0:
        return
    date = dates[i]
    opens = (
        shadow[max(0, date.start - 2) : date.start].strip(" -+") in ("", ".", "\n")
        or shadow[date.start] == "N"
    )
    near = date.granularity == "day" and opens and mention.head - date.end < 130
    if near and _DATE_BEFORE_RE.fullmatch(shadow, date.end, mention.head):
        mention.date = date.value
        mention.date_year = int((date.value or "0")[:4])
        mention.reasons.append("date from the beginning of the sentence")
        mention.score = 0.8


_BODY_START_RE = re.compile(
    r"(?<!\w)(?:(?:Giám đốc|Tổng Giám đốc|Bộ trưởng|Thống đốc|Chánh Thanh tra|Trưởng [bB]an)\s)?"
    r"(?:Bộ|Sở|Ban|Ủy ban|UBND|HĐND|Hội đồng|Văn phòng|Thanh tra|Công an|Cục|Tổng "
    r"cục|Chi cục|Thủ tướng|Chính phủ|Tỉnh ủy|Thành ủy|Huyện ủy|"
    r"Bảo hiểm|Kho bạc|Ngân hàng|Tập đoàn|Tổng công ty|Công ty|Chủ tịch|Viện|Tòa án|Đảng "
    r"ủy|Liên đoàn|Mặt trận|Hội|Phòng|Trung tâm|Đoàn)(?!\w)"
)


def same_day(shadow: str, mentions: Sequence[Mention]) -> None:
    """Reads "cùng ngày": the date of the mention before."""
    for previous, m in pairwise(mentions):
        if (
            m.date is None
            and previous.date
            and re.match(r",?\scùng ngày\b", shadow[m.end : m.end + 12])
        ):
            m.date, m.date_year = previous.date, previous.date_year
            m.written.append("date")


def _agrees(mention: Mention, name: str) -> bool:
    """True if a body's name can be the issuer that the symbol's code stands for."""
    assert mention.symbol is not None
    if not mention.symbol.issuers:
        return True
    plain = _plain(name)
    for code in mention.symbol.issuers:
        row = issuers().get(code)
        for full in row.names if row else ():
            if _plain(full) in plain or plain in _plain(full):
                return True
    return False


def _possible(mention: Mention, name: str) -> bool:
    """False if the symbol stands for one body of the centre and the text names another one.

    Only a name that is exactly another body's counts: "Bộ trưởng" and misspellings do not.
    """
    assert mention.symbol is not None
    row = issuers().get(mention.symbol.issuers[0]) if len(mention.symbol.issuers) == 1 else None
    if row is None or row.local or not row.level.startswith("state_central"):
        return True
    body = _OFFICE_RE.sub("", _plain(name))
    return body not in _bodies() or _agrees(mention, name)


_OFFICE_RE = re.compile(r"^(?:bo truong|thu truong|thong doc|tong giam doc)\s(?=bo |ngan |bao )")


@cache
def _bodies() -> frozenset[str]:
    return frozenset(_plain(n) for row in issuers().values() if not row.local for n in row.names)


def _plain(name: str) -> str:
    low = fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")
    return " ".join(low.split())


def _full(date: DateExpression) -> bool:
    return date.granularity in ("day", "month", "hour")


def share_issuers(shadow: str, mentions: Sequence[Mention]) -> None:
    """Hands the issuer at the end of a list back to the members before it.

    "văn bản số 1/A-B ngày …, số 2/A-B ngày … của Bộ Tài chính": each member is of the ministry.
    """
    for i in range(len(mentions) - 1, 0, -1):
        last, previous = mentions[i], mentions[i - 1]
        if last.issuer is None or previous.issuer is not None or previous.kind == "named":
            continue
        if (
            last.type is not None
            and shadow[last.start : last.start + 1].isupper()
            and shadow[last.start] not in "Ss0123456789"
        ):
            continue  # the later one has a type word of its own: no list with one head
        if re.fullmatch(r"\s?(?:,|;|và|hoặc|,\s?và)\s?", shadow[previous.tail : last.start]):
            same = (
                previous.symbol and last.symbol and previous.symbol.issuers == last.symbol.issuers
            )
            if same:
                previous.issuer, previous.issuer_span = last.issuer, last.issuer_span


def read_alias(shadow: str, mention: Mention, limit: int) -> str | None:
    """Returns the short name that the text declares right behind a mention, if any."""
    window_end = min(limit, mention.tail + 420, _line_end(shadow, mention.tail))
    at = shadow.find("(", mention.tail, window_end)
    while at >= 0:
        m = _ALIAS_RE.match(shadow, at)
        if m and m.end() <= window_end + 90:
            return squeeze(m.group("alias")).rstrip(" .,")
        at = shadow.find("(", at + 1, window_end)
    return None


def _line_end(shadow: str, at: int) -> int:
    end = shadow.find("\n", at)
    return len(shadow) if end < 0 else end
