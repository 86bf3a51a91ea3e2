"""The written forms of Vietnamese dates, as regexes over lower-case shadow text.

:mod:`congvan.dates` reads with them. All quantifiers are bounded. Source of the forms: Decree
30/2020/NĐ-CP, annex I, part II, and what offices write beside it.
"""

from __future__ import annotations

import re

_S = r"[ \n]{1,3}"
_Y = r"(?:19|20)\d\d(?!\d)"
_DASH = r"[ \n]?-[ \n]?"
# "/2021", "-2021", " năm 2021", ", năm 2021"; not "/2021/NĐ-CP".
_OF_YEAR = rf"(?: ?[/.\-] ?{_Y}(?!/)|,?{_S}(?:của )?n[ăá]m{_S}{_Y})"
# "/6", "/6/2021", ".6", ".6.2021", "-6-2021", " tháng 6", " tháng 6 năm 2021", " tháng chạp";
# not "/6/21", " - 10/6".
_OF_MONTH = (
    rf"(?: ?/ ?\d{{1,2}}(?:{_OF_YEAR}|(?!\d| ?/ ?\w))|\.\d{{1,2}}(?:\.{_Y}|(?![.,]?\d|\w))"
    rf"|-\d{{1,2}}-{_Y}"
    rf"|,?{_S}tháng{_S}(?:\d{{1,2}}(?!\d)|(?:giêng|chạp)(?!\w)){_OF_YEAR}?)"
)
_MONTH = rf"\d{{1,2}}(?:{_OF_YEAR}|(?![.,/]?\d))"
_QUARTER = rf"(?:iv|i{{1,3}}|[1-4])(?:{_OF_YEAR}|(?![\w.]*\w))"
# Numbers in words before "tháng đầu năm".
COUNTS = "ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười"
_DAY = rf"\d{{1,2}}(?!\d){_OF_MONTH}?"

# The start of a date. Hit: "ngày 05/6/2021", "6 tháng đầu năm 2021", "13.11.2020".
# Near misses: "12/2021/UBTVQH15", "1/5.000", "1088/2-1089", "tháng thứ 5", "150.000 đồng".
HEAD = re.compile(
    "|".join(
        (
            rf"(?P<day>(?:ngày{_S}(?:m[ồù]ng )?|m[ồù]ng ){_DAY})",
            rf"(?P<blank>ngày[ .…_]{{0,40}}tháng{_S}\d{{1,2}}(?!\d){_OF_YEAR})",
            r"(?P<period>(?:giai đoạn|nhiệm kỳ|năm học|thời kỳ|niên khóa|niên độ)"
            rf"(?: \d{{1,2}} năm)?,?{_S}(?:từ )?(?:năm )?{_Y}"
            rf"(?:{_DASH}| ?(?:/|đến(?: hết)?(?: năm)?) ?){_Y})",
            rf"(?P<year>(?:\d{{1,2}} )?năm{_S}{_Y}(?:{_DASH}{_Y}(?! ?-))?)",
            rf"(?P<span>{_Y}{_DASH}{_Y}(?![-/.]?\w))",
            rf"(?P<part>(?:(?:\d{{1,2}}|{COUNTS}) tháng (?:đầu|cuối)|nửa (?:đầu|cuối|sau)"
            r"|tuần (?:đầu(?: tiên)?|cuối(?: cùng)?|thứ (?:\d|nhất|hai|ba|tư)))(?: của)?"
            rf" (?:tháng{_S}{_MONTH}|năm(?:{_S}{_Y})?(?! học))|\d{{1,2}} tháng năm {_Y})",
            rf"(?P<month>tháng{_S}{_MONTH})",
            rf"(?P<quarter>qu[ýí]{_S}{_QUARTER})",
            rf"(?P<daymon>\d{{1,2}}{_S}tháng{_S}(?:\d{{1,2}}(?!\d)|(?:giêng|chạp)(?!\w))"
            rf"{_OF_YEAR}?)",
            rf"(?P<num>\d{{1,2}}(?: ?/ ?\d{{1,2}} ?/ ?{_Y}|\.\d{{1,2}}\.{_Y}|-\d{{1,2}}-{_Y})"
            r"(?![/\w]))",
            r"(?P<bare>\d{1,2}[/.]\d{1,2}(?![.,]?\d|[/\w%]|-(?!\d{1,2}/\d)))",
        )
    )
)
# Every date has a number, but for "quý II" and "nửa đầu năm". Hit: "2021", "quý iii".
ANCHOR = re.compile(r"\d+|qu[ýí][ \n]{1,3}i|ửa (?:đầu|cuối|sau) (?:của )?(?:năm|tháng)")
# The last letters of the word before the number, and how far left of their end a date begins.
WORDS = {
    "gày": 4,
    "ùng": 4,
    "ồng": 4,
    "áng": 5,
    "năm": 3,
    "quý": 3,
    "quí": 3,
    "oạn": 9,
    " kỳ": 8,
    "học": 7,
    "hóa": 9,
    " độ": 8,
}
BLANK = re.compile(r"ngày[ .…_]{0,40}$")
PART_LEFT = re.compile(
    r"(?:nửa|tuần) (?:đầu(?: tiên)?|cuối(?: cùng)?|sau|thứ [^\W_]{1,4})(?: của)? $"
)
COUNT_LEFT = re.compile(rf"(?<!\w)(?:{COUNTS}) tháng (?:đầu|cuối)(?: của)? $")
PERIOD_LEFT = re.compile(r"(?:giai đoạn|(?:nhiệm|thời) kỳ|năm học|niên (?:khóa|độ)),? (?:từ )?$")
# What joins two items. Hit: ", ", " và ", " - ", " đến hết ". Near miss: ". ".
_JOIN = rf"(?: ?[,;] ?(?:và )?|{_S}(?:và|hoặc|hay){_S}|(?P<range> ?- ?|{_S}đến{_S}(?:hết{_S})?))"
# The next item of a list or range, by what its first item is. Hit: ", 07", " và 10/6/2021".
NEXT = {
    "day": re.compile(rf"{_JOIN}(?P<word>ngày{_S})?(?P<item>{_DAY})"),
    "daymon": re.compile(rf"{_JOIN}(?P<word>ngày{_S})?(?P<item>\d{{1,2}}{_OF_MONTH})(?![/\d])"),
    "month": re.compile(rf"{_JOIN}(?P<word>tháng{_S})?(?P<item>{_MONTH})(?![%/])"),
    "quarter": re.compile(rf"{_JOIN}(?P<word>qu[ýí]{_S})?(?P<item>{_QUARTER})"),
    "year": re.compile(rf"{_JOIN}(?P<word>)(?P<item>{_Y})(?! ?-)(?![.,/%]\d)"),
    "period": re.compile(rf"{_JOIN}(?P<word>)(?P<item>{_Y} ?- ?{_Y})"),
}
# Hit: " âm lịch", " (tức âm lịch)", " năm âm lịch". Near miss: " dương lịch".
LUNAR = re.compile(r" ?(\()?(?:theo |tức )?(?:năm )?(?:âm lịch|âl)(?!\w)(?(1)\))")
MAX_ITEMS = 24
NUMBER = re.compile(r"\d+")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

# An hour before a day. Hit: "17 giờ 30 phút, ", "17h00 ", "15:00 ". Near miss: "24 giờ tới ".
HOUR = re.compile(
    r"(?<![\w/.,:])(\d{1,2})(?: ?giờ(?: ?(\d\d)(?: ?phút)?)?| ?[hg] ?(\d\d)?['’]?|:(\d\d))"
    r",?(?: (?:sáng|chiều|tối))?(?:,? ?(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật))?"
    r"(?: ?\([^()\d]{1,20}\))?,?[ \n]$"
)
# The lunar months that have a name. Near miss: "năm ất tỵ".
LUNAR_MONTHS = {"giêng": 1, "chạp": 12}
LUNAR_MONTH = re.compile(r"giêng|chạp")
# A day that comes back each year, or lies in a year not named, is no date.
# Hit: " hằng năm", " của năm trước", " năm 20X2", " gần nhất". Near miss: " năm nay".
RECURS = re.compile(
    r" ?[,(]?(?:của )?(?:(?:hằng|hàng|mỗi|từng|các) (?:năm|tháng|quý)"
    r"|năm(?! nay(?!\w)| ?\d{4}(?!\d)|\w)|gần nhất|kỳ (?:báo cáo|này|tiếp)|tháng (?:tiếp|sau|kế))"
)
# Hit: "hằng năm (trước ", "định kỳ hằng năm, chậm nhất ". Near miss: "hằng năm. Trước ".
RECURS_LEFT = re.compile(
    r"(?:hằng|hàng|mỗi) (?:năm|tháng|quý)(?: ?[,:(])?"
    r"(?: (?:định kỳ|gửi|báo cáo|vào|xong|chậm nhất|trước|là|đến|từ)| ?\(?(?:trước|từ)){0,4} ?$"
    r"|định kỳ ?\(?(?:trước|chậm nhất|vào) $"
)
# Words that look ahead. Hit: "trước ", "chậm nhất là ". Near miss: "tính đến ".
AHEAD = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn)(?: [^\W\d]{1,7}){0,3}:? $"
    r"|(?<!tính )(?<!kế )(?<!nay )(?<!từ )đến (?:hết )?$"
)
# Names of places, not days. Hit: "đường ". Near miss: "khánh thành đường dịp ".
PLACE = re.compile(r"(?:đường|phố|phường|xã|cầu|chợ|kênh|trường|viên|cách mạng|mỗi|số) $")
# What may stand before a day without "ngày" and year. Hit: "dịp lễ ". Near miss: "tỉ lệ ".
FEAST = re.compile(
    r"(?:dịp|lễ|ngày|kỷ niệm|khánh|mừng|trước|đến|từ|sau|hết|nghỉ|phụ nữ|thiếu nhi"
    r"|liệt sĩ|nhà giáo|quân đội|giải phóng|thống nhất|chiến thắng|lao động|thành lập)"
    r"(?: [^\W\d]{1,7}){0,3} ?[(:]? ?$"
)
BARE_DAY = re.compile(r"(?:trước|chậm nhất|muộn nhất)(?: (?:là|vào|đến|xong))? $")
# A day written with two figures behind a word that looks to one. Hit: "đến " of "đến 30/9".
NEAR_DAY = re.compile(
    r"(?:(?<!\w)(?:đêm|sáng|chiều|tối|hôm|đến|từ|hết|tới|lúc)|(?:trước|chậm nhất|muộn nhất)"
    r"(?: (?:là|vào|đến|xong))?) $"
)
TWO_FIGURES = re.compile(r"(?:0[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|1[0-2])(?!\d)")
# What is counted behind a share. Hit: " xã" of "đến 10/12 xã"; near miss: " các xã".
COUNTED = re.compile(
    r" ?(?:xã|phường|huyện|thôn|bản|hộ|sở|đơn vị|chỉ tiêu|tiêu chí|dự án|cơ quan|trường|người"
    r"|hồ sơ|nhiệm vụ|điểm|công trình|thành viên|đại biểu|số|tổng|%|ha|km|triệu|tỷ|tỉ|đồng)(?!\w)"
)
NAMED_DAY = re.compile(r"ngày [^.;()\n\d]{3,60} \($")
# "4 tháng 5", "hằng tháng 5 triệu" are no May.
NO_MONTH = re.compile(r"(?:\d|/|hằng|hàng|mỗi|từng|một|vài|nhiều|mấy|cách mạng|bình quân) ?$")
UNIT = re.compile(
    r" ?(?:%|triệu|tỷ|tỉ|nghìn|đồng|lần|ngày|người|hộ|tuổi|buổi|cuộc|vụ|m2|ha|tháng)(?!\w)"
)
