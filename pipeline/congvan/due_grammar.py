"""The wording of due expressions: cues, forms without a date, clauses, and what forbids a due.

The words of the frames, verbs and vetoes are data (``lookups/due_frames.csv``); what is
fixed grammar (times, recurring days, terms) stands here. Regexes run on lower-case shadow text.
"""

from __future__ import annotations

import re
from functools import cache

from . import lookups
from .calendar_vi import cycles

# Where a sentence or clause ends. Hit: "; ", ". Sở", line end. Near miss: "01.5.2021", "tr.".
STOP = re.compile(r"[;\n]|\.(?= |$)")
REACH = 600

_ONES = "một hai ba bốn năm sáu bảy tám chín mười".split()
WORD_NUMBERS = {word: i for i, word in enumerate(_ONES, 1)} | {
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
}
_COUNT = r"\d{1,3}|" + "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA"}
FREQ = {
    "ngày": "FREQ=DAILY",
    "tuần": "FREQ=WEEKLY",
    "tháng": "FREQ=MONTHLY",
    "quý": "FREQ=MONTHLY;INTERVAL=3",
    "3 tháng": "FREQ=MONTHLY;INTERVAL=3",
    "6 tháng": "FREQ=MONTHLY;INTERVAL=6",
    "năm": "FREQ=YEARLY",
}

# Words of which each form below has one: only clauses with one of them are looked at, and
# only by the forms that the cue names. Hit: "hằng quý", "kể từ". Near miss: "hàng hóa", "trước".
CUE = re.compile(
    r"(?P<recurring>h[ằà]ng (?:ngày|tuần|tháng|quý|năm)|(?:mỗi|từng) (?:ngày|tuần|tháng|quý|năm)"
    r"|định kỳ|của năm|năm (?:sau|trước|kế))"
    r"|(?P<term>k[ểê] (?:từ|khi)|vòng|thời hạn|chậm nhất|muộn nhất|không quá|tối đa"
    r"|trong (?:thời gian )?\d|(?:ngày|tuần|tháng) (?:tới|nữa|tiếp))"
    r"|(?P<near>(?:tuần|tháng|quý|năm|hôm) (?:này|tới|sau|nay)|ngày mai)"
    r"|(?P<event>kỳ họp|tết|khai giảng|năm học mới|giỗ tổ|rằm|trung thu)"
)
FORMS_OF_CUE = {
    "recurring": ("point", "daily", "front", "yearly", "periodic", "every"),
    "term": ("term", "near"),
    "near": ("near",),
    "event": ("feast", "session"),
}

_TIME = (
    r"(?P<hour>\d{1,2})(?: ?giờ(?: ?(?P<m1>\d\d)(?: phút)?)?| ?[hg] ?(?P<m2>\d\d)?['’]?"
    r"|:(?P<m3>\d\d))"
)
_EVERY = r"(?:hằng|hàng|mỗi|từng) (?P<freq>ngày|tuần|tháng|quý|năm)(?! \w+ (?:ngày|tuần))"
_POINT = (
    r"(?:(?:ngày )?(?:m[ồù]ng )?(?P<d>\d{1,2})(?:(?:/| tháng )(?P<m>\d{1,2}))?(?!\d)"
    r"|(?:ngày )?(?:cuối )?tháng (?P<mm>\d{1,2})(?!\d)"
    r"|(?:ngày )?(?:thứ (?P<wd>hai|ba|tư|năm|sáu|bảy)|(?P<sunday>chủ nhật)))"
)
# Hit: " và ngày 20" before "hằng tháng", " và 15/11". Near miss: " và 20 xã".
_SECOND = (
    r"(?: và (?:ngày )?(?P<d3>\d{1,2})(?= (?:hằng|hàng|mỗi) tháng))?"
    r"(?:(?: và|,|;) (?:ngày )?(?P<d2>\d{1,2})(?:/| tháng )(?P<mm2>\d{1,2})(?!\d))?"
)


def _rows(role: str) -> list[str]:
    return [row["pattern"] for row in lookups.rows("due_frames") if row["role"] == role]


@cache
def verbs(name: str) -> re.Pattern[str]:
    """Returns the regex of the verbs of one need ("order", "finish", …)."""
    words = [
        r["pattern"] for r in lookups.rows("due_frames") if (r["role"], r["name"]) == ("need", name)
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)")


@cache
def forms_of() -> dict[str, re.Pattern[str]]:
    """Returns the regexes over one clause, the exact forms before the vague ones."""
    lead = _rows("recurring")[0]
    relative = "|".join(f"(?P<r{i}>{p})" for i, p in enumerate(_rows("relative")))
    near = "|".join(_rows("near"))
    event = "|".join(f"(?P<b{i}>{p})" for i, p in enumerate(_rows("event")))
    year = r"(?:năm )?(?P<year>20\d\d)"
    cycle = "|".join(sorted(cycles()))
    forms = {
        # "trước ngày 25 hằng tháng", "trước 15:00 ngày chủ nhật hàng tuần", "trước 15/11 hằng năm"
        "point": rf"(?:{lead} (?:{_TIME},? ?)?)?{_POINT}{_SECOND}(?:,| của)? ?{_EVERY}",
        # "trước 9h00 hằng ngày"
        "daily": rf"{lead} {_TIME} {_EVERY}",
        # "hằng năm (trước ngày 15 tháng 12)", "hằng tháng, trước ngày 25"
        "front": rf"(?:(?:định kỳ )?{_EVERY}|định kỳ)(?: ?[,:(])? ?"
        rf"(?:{lead} |ngày ){_POINT}{_SECOND}\)?",
        # "trước ngày 01 tháng 12 của năm trước", "trước ngày 30 tháng 4 năm sau"
        "yearly": r"trước (?:ngày )?(?:(?P<d>\d{1,2})(?:/| tháng )|tháng )(?P<m>\d{1,2})(?!\d)"
        r" (?:của )?năm (?:sau|trước|kế tiếp|liền kề)(?: (?:năm )?kế hoạch)?",
        # "định kỳ 6 tháng", "định kỳ hằng quý, 6 tháng và năm"
        "periodic": r"định kỳ(?: (?:báo cáo|vào))?,? ?(?:(?:hằng|hàng|mỗi|từng|theo) )?"
        r"(?:(?P<n>0?[36]) )?(?P<freq>ngày|tuần|tháng|quý|năm)(?!\w)"
        r"(?:(?:,| và|/) ?(?:hằng |hàng )?(?:ngày|tuần|tháng|quý|0?[369] tháng|năm)(?!\w)){0,4}"
        r"(?:/lần| (?:một|1|01) lần)?",
        "term": rf"(?:{relative}),? (?P<n>{_COUNT})(?: ?\([^()]{{1,20}}\))? "
        r"(?P<unit>ngày(?: làm việc)?|giờ(?: làm việc)?|tuần|tháng|năm)(?!\w)"
        r"(?P<tail> (?:tới|nữa|tiếp theo)(?!\w)|(?: trở lại)?,? (?:(?:kể|kê|tính) (?:từ|khi)|sau) "
        r"(?:ngày|khi|thời điểm)?[^,.;)\n]{0,120})?",
        "near": rf"(?:{near}) (?P<what>tuần này|tuần tới|tuần sau|tháng này|tháng tới|tháng sau"
        r"|quý này|quý tới|năm nay|hôm nay|ngày mai)(?!\w)",
        "feast": rf"(?:{event}) (?:(?P<tet>tết(?: nguyên đán| cổ truyền| âm lịch)?"
        rf"(?: (?P<cycle>{cycle}))?(?:,? {year})?)(?! (?:dương|trung))(?!\w)"
        rf"|(?P<solar>tết dương lịch(?:,? {year.replace('year', 'year2')})?)"
        r"|(?P<school>(?:lễ )?(?:khai giảng(?: năm học(?: mới)?)?|(?:vào )?năm học mới)"
        r"(?: (?:năm học )?(?P<year3>20\d\d) ?- ?20\d\d)?)"
        rf"|(?P<king>giỗ tổ(?: hùng vương)?(?:,? {year.replace('year', 'year4')})?)"
        rf"|(?P<moon>rằm tháng giêng|(?:tết )?trung thu)(?:,? {year.replace('year', 'year5')})?)",
        "session": r"(?:(?:tại|trong|vào|trước) )?kỳ họp (?:(?:thứ [^\W_]{1,7}(?: mười| một)?"
        r"|thường lệ|chuyên đề|gần nhất|tiếp theo|tới|(?P<when>giữa|cuối|đầu) năm)(?!\w) ?){1,3}",
        # "Hằng tháng, tổng hợp, báo cáo …" at the head of its sentence
        "every": rf"^[ \-+*(]{{0,4}}{_EVERY}",
    }
    return {name: re.compile(r"(?<!\w)(?:" + p + ")") for name, p in forms.items()}


def clause(low: str, start: int, end: int, span: tuple[int, int]) -> tuple[int, int]:
    """Returns the sentence or clause around ``[start, end)`` inside ``span``."""
    a = max(span[0], start - REACH)
    for match in STOP.finditer(low, a, start):
        a = match.end()
    stop = STOP.search(low, end, min(span[1], end + REACH))
    return a, stop.start() if stop else min(span[1], end + REACH)


@cache
def _vetoes(need: str) -> tuple[re.Pattern[str], ...]:
    rows = lookups.rows("due_frames")
    return tuple(
        re.compile(r["pattern"]) for r in rows if r["role"] == "veto" and r["need"] == need
    )


def forbidden(left: str, *, soft: bool) -> bool:
    """Returns True if the words left of a frame say that no order is given there.

    Args:
        left: The clause up to the frame, in lower case.
        soft: Also apply the vetoes for weak frames ("trong", "đến", "hết").
    """
    tail = left[-130:]
    for pattern in (*_vetoes(""), *(_vetoes("soft") if soft else ())):
        match = pattern.search(tail)
        if not match:
            continue
        groups = match.groupdict()
        inner = groups.get("inner")
        if inner is not None and (_turns(inner) or re.search(r"(?<!\w)(?:phải|cần) ", tail)):
            continue
        if groups.get("any") is not None and verbs("finish").search(groups["any"]):
            continue
        return True
    return False


def _turns(inner: str) -> bool:
    # "các dự án đã được phê duyệt, gửi về Sở trước …": an order begins after the past, but
    # the first verb is what was done ("đã hoàn thành trước ngày …").
    match = verbs("finish").search(inner, min(len(inner), 12))
    return match is not None
