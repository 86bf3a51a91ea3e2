"""The wording of due expressions: cues, forms without a date, clauses, and what forbids a due.

The words of the frames, verbs and vetoes are data (``lookups/due_frames.csv``); what is
fixed grammar (times, recurring days, terms) stands here. Regexes run on lower-case shadow text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

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
    "năm": "FREQ=YEARLY",
}

# Words of which each form has one: only clauses with one of them are looked at, and only by
# the forms that the cue names. Every alternative begins with a letter: a regex without groups
# that starts so is four times faster. Hit: "hằng quý", "kể từ". Near miss: "hàng hóa", "trước".
_SPAN = "(?:ngày|tuần|tháng|quý|năm)"
_CUES = {
    "recurring": rf"hằng {_SPAN}|hàng {_SPAN}|mỗi {_SPAN}|từng {_SPAN}|định kỳ|của năm|năm sau"
    r"|năm trước|năm kế|cuối cùng|cuối tháng(?! \d)|của tháng(?! \d)|trong tháng(?! \d)"
    r"|đầu (?:tiên )?(?:của )?(?:mỗi )?quý(?! [\div])|giữa (?:của )?(?:mỗi )?quý(?! [\div])"
    r"|cuối (?:của )?(?:mỗi )?quý(?! [\div])",
    "term": r"kể từ|kê từ|kể khi|kê khi|vòng|thời hạn|chậm nhất|muộn nhất|không quá|tối đa|ít nhất"
    r"|tối thiểu|trong \d|trong thời gian \d|ngày tới|ngày nữa|ngày tiếp|tuần nữa|tuần tiếp"
    r"|tháng nữa|tháng tiếp",
    "near": r"tuần này|tuần tới|tuần sau|tháng này|tháng tới|tháng sau|quý này|quý tới|quý sau"
    r"|năm nay|năm này|hôm nay|ngày mai",
    "event": r"kỳ họp|phiên họp|hội nghị|đại hội|tết|giao thừa|khai giảng|năm học mới|giỗ tổ|rằm"
    r"|trung thu|giáng sinh|ông táo|trước mùa|bầu cử",
}
# Every cue begins with plain letters, so that all of them are found fast.
CUE = re.compile("|".join(_CUES.values()))
_FORMS = {
    "recurring": ("point", "daily", "front", "yearly", "bare", "periodic", "every", "habit"),
    "term": ("term", "lead_time", "near"),
    "near": ("near", "term"),
    "event": ("lead_time", "feast", "session"),
}


@lru_cache(512)
def forms_of_cue(words: str) -> tuple[str, ...]:
    """Returns the forms that may stand around a cue."""
    return next(_FORMS[kind] for kind, cues in _CUES.items() if re.fullmatch(cues, words[:40]))


TIME = (
    r"(?P<hour>\d{1,2})(?: ?giờ(?: ?(?P<m1>\d\d)(?: phút)?)?| ?[hg] ?(?P<m2>\d\d)?['’]?"
    r"|:(?P<m3>\d\d))"
)
EVERY = r"(?:hằng|hàng|mỗi|từng) (?P<freq>ngày|tuần|tháng|quý|năm)(?! \w+ (?:ngày|tuần))"
_MOONS = "giêng hai ba tư năm sáu bảy tám chín mười chạp".split()
MOONS = {word: i for i, word in enumerate(_MOONS, 1)} | {"chạp": 12}


def rows(role: str) -> list[str]:
    """Returns the patterns of one role of the table."""
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
    """Returns the regexes, over one clause, of the forms that do not recur."""
    relative = "|".join(f"(?P<r{i}>{p})" for i, p in enumerate(rows("relative")))
    near = "|".join(rows("near"))
    event = "|".join(f"(?P<b{i}>{p})" for i, p in enumerate(rows("event")))
    year = r"(?:năm )?(?P<year>20\d\d)"
    cycle = "|".join(sorted(cycles()))
    days = rf"(?P<n>{_COUNT})(?: ?\([^()]{{1,20}}\))? (?P<unit>ngày(?: làm việc)?|tuần|tháng)"
    feast = (
        rf"(?:(?P<tet>tết(?: nguyên đán| cổ truyền| âm lịch)?"
        rf"(?:,? (?:năm )?(?P<cycle>{cycle}))?(?:,? {year})?)(?! (?:dương|trung|thiếu|đoan))(?!\w)"
        rf"|(?P<solar>tết dương lịch(?:,? {year.replace('year', 'year2')})?)"
        r"|(?P<school>(?:lễ )?(?:khai giảng(?: năm học(?: mới)?)?|(?:vào )?năm học mới)"
        r"(?: (?:năm học )?(?P<year3>20\d\d) ?- ?20\d\d)?)"
        rf"|(?P<king>giỗ tổ(?: hùng vương)?(?:,? {year.replace('year', 'year4')})?)"
        rf"|(?P<eve>(?:đêm )?giao thừa(?: tết(?: nguyên đán)?)?(?: (?P<cycle2>{cycle}))?)"
        r"|(?P<kitchen>(?:ông công,? ?)?ông táo)|(?P<xmas>giáng sinh(?:,? năm (?P<year6>20\d\d))?)"
        r"|(?:ngày )?(?:m[ồù]ng )?(?P<day>\d{1,2}) (?:âm lịch )?tết(?! dương)(?!\w)"
        rf"|(?P<moon>rằm tháng (?P<which>{'|'.join(MOONS)})|(?:tết )?trung thu)(?!\w)"
        rf"(?:,? {year.replace('year', 'year5')})?"
        r"|(?P<season>mùa (?:mưa|lũ|bão|khô|hanh khô|cạn|hè|đông)(?: (?:bão|lũ|lụt|,|và)){0,3}"
        r"(?: ?,? ?(?:năm )?(?P<year7>20\d\d))?))"
    )
    forms = {
        # "trong vòng 10 ngày kể từ ngày …", "chậm nhất 5 ngày trước ngày khai mạc"
        "term": rf"(?:{relative}),? (?P<n>{_COUNT})(?: ?\([^()]{{1,20}}\))? "
        r"(?P<unit>ngày(?: làm việc)?|giờ(?: làm việc)?|tuần|tháng|năm)(?!\w)"
        r"(?P<tail> (?:tới|nữa|tiếp theo)(?!\w)"
        r"|(?: trở lại| đầu tiên)?,? (?:(?:kể|kê|tính) (?:từ|khi)|sau|trước) "
        r"(?:ngày|khi|thời điểm)?[^,.;)\n]{0,120})?",
        # "trước Tết Nguyên đán 10 ngày", "trước đợt tiêm ít nhất 07 ngày"
        "lead_time": rf"trước (?:(?P<feast>(?:ngày |dịp )?{feast})|(?P<what>(?!hết )[^\W\d]"
        r"[^,.;:()\d\n]{2,50}?))(?P<least> (?:ít nhất|tối thiểu|chậm nhất|muộn nhất)(?: là)?)? "
        rf"{days}(?!\w)",
        "near": rf"(?:{near}) (?:{TIME},? (?:ngày )?)?(?:(?:ngày )?(?P<d>\d{{1,2}}) (?:của )?"
        r"(?=tháng)|(?:ngày )?(?:thứ (?P<wd>hai|ba|tư|năm|sáu|bảy)|(?P<sunday>chủ nhật)),? "
        r"(?:của )?(?=tuần))?(?P<what>tuần này|tuần tới|tuần sau|tháng này|tháng tới|tháng sau"
        r"|quý này|quý tới|quý sau|năm nay|năm này|(?:ngày )?hôm nay|ngày mai)(?!\w)",
        "feast": rf"(?:{event}) {feast}",
        "session": r"(?P<congress>trước (?:thềm |ngày )?(?:đại hội|(?:cuộc |ngày )?bầu cử)"
        r"(?! [^\W\d]{1,8} (?:gần|tới))(?: (?:đảng bộ|chi bộ|đại biểu|đảng|đoàn|công đoàn"
        r"|toàn quốc|các cấp|tỉnh|huyện|xã)(?!\w)){0,4})|(?:(?:tại|trong|vào|trước) )?"
        r"(?:(?:kỳ họp|phiên họp) (?:(?:thứ [^\W_]{1,7}(?: mười| một)?"
        r"|thường lệ|thường kỳ|chuyên đề|gần nhất|tiếp theo|tới|"
        r"(?P<when>giữa|cuối|đầu) năm)(?!\w) ?){1,3}"
        r"|(?:hội nghị|đại hội)(?: [^\W\d]{1,8}){0,4}? (?:giữa nhiệm kỳ|gần nhất|tới|sắp tới)"
        r"(?!\w) ?)",
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
    table = lookups.rows("due_frames")
    return tuple(
        re.compile(r["pattern"]) for r in table if r["role"] == "veto" and r["need"] == need
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
        measure = groups.get("any")
        if measure is not None:
            # "cắt giảm tối thiểu 30%, trình Bộ phê duyệt trong …": a new order; "hoàn thành …,
            # giảm giấy tờ trong …": what the time is for stands first.
            after = measure.rpartition(",")[2].strip() if "," in measure else ""
            if verbs("finish").search(measure) or verbs("strong").match(after):
                continue
            stopped = re.match(r"[ (,]?(?:chưa|không|tạm|dừng)", match.group())
            if not stopped and verbs("finish").search(tail, 0, match.start()):
                continue
        return True
    return False


def _turns(inner: str) -> bool:
    # "các dự án đã được phê duyệt, gửi về Sở trước …": an order begins after the past, but
    # the first verb is what was done ("đã hoàn thành trước ngày …").
    match = verbs("finish").search(inner, min(len(inner), 12))
    return match is not None
