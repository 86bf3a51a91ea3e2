"""Due expressions: frames, values, vetoes, laws and speed."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan import lookups
from congvan.dates import find_dates
from congvan.due import find_all_due, find_due
from congvan.text import canonical

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
NOTICE = SHARED / "samples" / "thong-bao-lang-son-2021-04.md"
ANCHOR = "2021-05-04"


def read(text: str, anchor: str | None = ANCHOR) -> list[tuple[str, str, str, str | None]]:
    dates = find_dates(text, anchor=anchor)
    return [(d.text, d.kind, d.bound, d.value) for d in find_due(text, dates, anchor=anchor)]


@pytest.mark.parametrize(
    "row", lookups.rows("due_frames"), ids=lambda r: f"{r['role']}-{r['name']}"
)
def test_every_row(row: dict[str, str]) -> None:
    stops = row["role"] in ("veto", "after")
    hit, miss = (
        (row["counterexample"], row["example"])
        if stops
        else (row["example"], row["counterexample"])
    )
    assert read(miss) == []
    found = read(hit)
    assert found
    if row["bound"] and row["role"] != "field":
        assert row["bound"] in {bound for _, _, bound, _ in found}


# fmt: off
CASES = [
    # dates
    ("Xã nộp danh sách trước ngày 20/5/2021 để tổng hợp.", "trước ngày 20/5/2021", "date", "before", "2021-05-20"),
    ("Xã nộp danh sách trước ngày 20/1.", "trước ngày 20/1", "date", "before", "2022-01-20"),
    ("Xã nộp danh sách trước 10 tháng 6 năm 2021.", "trước 10 tháng 6 năm 2021", "date", "before", "2021-06-10"),
    ("Xã nộp danh sách trước 14 giờ, ngày 05/12/2021.", "trước 14 giờ, ngày 05/12/2021", "date", "before", "2021-12-05T14:00"),
    ("Xã nộp danh sách trước thứ Sáu, ngày 14/5/2021.", "trước thứ Sáu, ngày 14/5/2021", "date", "before", "2021-05-14"),
    ("Chậm nhất là ngày 30 tháng 6 năm 2021 các xã gửi danh sách.", "Chậm nhất là ngày 30 tháng 6 năm 2021", "date", "by", "2021-06-30"),
    ("Làm đường xong trước 30/9/2021.", "trước 30/9/2021", "date", "before", "2021-09-30"),
    ("Thời hạn hoàn thành: ngày 15/12/2021.", "ngày 15/12/2021", "date", "by", "2021-12-15"),
    # periods
    ("Trình UBND huyện trong tháng 12 năm 2021.", "trong tháng 12 năm 2021", "period", "within", "2021-12"),
    ("Báo cáo UBND tỉnh kết quả xử lý trong tháng 6 năm 2021.", "trong tháng 6 năm 2021", "period", "within", "2021-06"),
    ("Phải khánh thành cảng hàng không và nhà ga vào ngày 19 tháng 12 năm 2021.", "vào ngày 19 tháng 12 năm 2021", "date", "at", "2021-12-19"),
    ("Giao hết vốn ngay trong tháng 5 năm 2021.", "ngay trong tháng 5 năm 2021", "period", "within", "2021-05"),
    ("Báo cáo UBND huyện vào đầu quý III năm 2021.", "vào đầu quý III năm 2021", "period", "at", "2021-Q3"),
    ("Cuối tháng 6 năm 2021: các xã hoàn thành kiểm kê.", "Cuối tháng 6 năm 2021", "period", "at", "2021-06"),
    ("Chậm nhất là cuối quý II năm 2021 các xã nộp danh sách.", "Chậm nhất là cuối quý II năm 2021", "period", "by", "2021-Q2"),
    ("Các xã sơ kết; hết năm 2021, tổ chức tổng kết.", "hết năm 2021", "period", "by", "2021"),
    ("Hoàn thành trong tuần đầu tháng 6/2022.", "trong tuần đầu tháng 6/2022", "period", "within", "2022-06-01/2022-06-07"),
    ("Hoàn thành trong nửa đầu tháng 7.", "trong nửa đầu tháng 7", "period", "within", "2021-07-01/2021-07-15"),
    ("Gửi danh sách trong tuần này.", "trong tuần này", "period", "within", "2021-W18"),
    ("Thời gian hoàn thành: Tháng 12/2021.", "Tháng 12/2021", "period", "within", "2021-12"),
    # terms
    ("Trả lời trong vòng 10 ngày làm việc kể từ ngày ban hành Thông báo này.", "trong vòng 10 ngày làm việc kể từ ngày ban hành Thông báo này", "relative", "within", "2021-05-18"),
    ("Gửi danh sách trong 10 ngày tới.", "trong 10 ngày tới", "relative", "within", "2021-05-14"),
    ("Trả lời trong thời hạn 05 ngày làm việc kể từ ngày 28/5/2021.", "trong thời hạn 05 ngày làm việc kể từ ngày 28/5/2021", "relative", "within", "2021-06-04"),
    ("Trả lời chậm nhất là mười ngày, kể từ ngày nhận được đơn.", "chậm nhất là mười ngày, kể từ ngày nhận được đơn", "relative", "by", None),
    # recurring
    ("Gửi báo cáo trước ngày 25 hằng tháng.", "trước ngày 25 hằng tháng", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("Định kỳ hằng tháng báo cáo, gửi trước ngày 20 hàng tháng.", "trước ngày 20 hàng tháng", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=20"),
    ("Gửi báo cáo trước ngày 15 tháng 3 hàng năm.", "trước ngày 15 tháng 3 hàng năm", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("Định kỳ hằng năm (trước ngày 15 tháng 12) báo cáo Sở.", "Định kỳ hằng năm (trước ngày 15 tháng 12)", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ("Gửi báo cáo trước 15:00 thứ Sáu hằng tuần.", "trước 15:00 thứ Sáu hằng tuần", "recurring", "recurring", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=15;BYMINUTE=0"),
    ("Hoàn thành chậm nhất đến trước ngày 31/12/2021.", "chậm nhất đến trước ngày 31/12/2021", "date", "before", "2021-12-31"),
    ("Các xã tổng kiểm kê, hoàn thành quý III/2021.", "quý III/2021", "period", "within", "2021-Q3"),
    ("Báo cáo định kỳ (trước ngày 15 tháng 12) và đột xuất.", "định kỳ (trước ngày 15 tháng 12)", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ("Gửi báo cáo trước 19h00 hằng ngày.", "trước 19h00 hằng ngày", "recurring", "recurring", "FREQ=DAILY;BYHOUR=19;BYMINUTE=0"),
    ("Đôn đốc các xã và báo cáo cấp trên hằng ngày theo quy định.", "hằng ngày", "recurring", "recurring", "FREQ=DAILY"),
    ("Định kỳ 6 tháng báo cáo Sở.", "Định kỳ 6 tháng", "recurring", "recurring", "FREQ=MONTHLY;INTERVAL=6"),
    ("Gửi dự toán trước ngày 01 tháng 12 của năm trước.", "trước ngày 01 tháng 12 của năm trước", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"),
    # events
    ("Dựng xong nhà cho dân trước Tết Nguyên đán Bính Ngọ.", "trước Tết Nguyên đán Bính Ngọ", "event", "before", "2026-02-17"),
    ("Dựng xong nhà cho dân trước Tết Nguyên đán.", "trước Tết Nguyên đán", "event", "before", "2022-02-01"),
    ("Sửa xong lớp học trước ngày khai giảng năm học mới.", "trước ngày khai giảng năm học mới", "event", "before", "2021-09-05"),
    ("Hoàn chỉnh hồ sơ, trình HĐND huyện tại kỳ họp giữa năm 2021.", "tại kỳ họp giữa năm 2021", "event", "at", "2021"),
    ("Trình HĐND huyện kỳ họp chuyên đề dự kiến tổ chức đầu tháng 6/2021.", "kỳ họp chuyên đề dự kiến tổ chức đầu tháng 6/2021", "event", "at", "2021-06"),
    ("Trình HĐND huyện tại kỳ họp thứ Hai.", "tại kỳ họp thứ Hai", "event", "at", None),
]
NONE = [
    "Thực hiện Kết luận số 59-KL/TW ngày 16/9/2021 của Bộ Chính trị.",
    "Thực hiện yêu cầu nêu ở Công điện số 17/CĐ-BYT ngày 28/6/2021.",
    "Trước ngày 08 tháng 6 năm 2021, Chủ tịch huyện sẽ chủ trì cuộc họp.",
    "Chưa tăng giá nước trong Quý III và Quý IV năm 2021.",
    "Kết quả nêu tại báo cáo hằng ngày của cơ quan thường trực.",
    "Tạm dừng thu phí đến hết tháng 6 hoặc tháng 12 năm 2021.",
    "Hộ đã ở ổn định từ trước ngày 15/10/1993.",
    "Hồ sơ đã được cơ quan thuế thẩm định trước ngày 01 tháng 10 năm 2021.",
    "Cơ sở đã được cấp phép trước ngày 01 tháng 01 năm 2021 phải nộp lại hồ sơ.",
    "Quyết định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.",
    "Từ tháng 7/2021 thực hiện kiểm kê đất đai.",
    "Giao thêm vốn, thực hiện từ ngày 01/6/2021.",
    "Phấn đấu đến năm 2030 đạt 100% số xã.",
    "Lập kế hoạch giai đoạn 2021 - 2025.",
    "Trước mắt làm đường, trước hết là nền; xin ý kiến trước khi trình.",
    "Nhiệm vụ được giao trong năm 2021, cần tập trung làm tốt.",
    "Tính đến ngày 30/4/2021, huyện giải ngân đạt 20%.",
    "Công dân sinh trước ngày 01/01/2003.",
    "Giữ trật tự trước, trong và sau Tết Nguyên đán.",
    "Ngân sách hằng năm của huyện; hàng hóa trong tỉnh.",
    "Các luật được thông qua tại kỳ họp thứ 10.",
    "Báo cáo số 12/BC-UBND trước ngày 20/4/2020 nêu rõ điều đó.",
    "Mức chi cho hội thi tổ chức hằng năm, từ 2 năm trở lên một lần.",
    "Thời gian thực hiện: Năm 2021 và các năm tiếp theo.",
    "Có hiệu lực từ ngày 29 tháng 6 năm 2021 đến trước ngày 01 tháng 3 năm 2022.",
    "Người có thời gian đóng bảo hiểm trước ngày 01 tháng 7 năm 2021 được giữ mức cũ.",
    "Danh mục đường cao tốc có kế hoạch hoàn thành năm 2022.",
    "Trong 24 giờ tới bão mạnh thêm.",
]
LATE = "2025-11-20"
LATER = [  # read on that day
    ("Các xã gửi báo cáo trong ngày 20/11/2025.", [("trong ngày 20/11/2025", "date", "within", "2025-11-20")]),
    ("Bảo đảm thông xe chậm nhất là sáng ngày 21/11.", [("chậm nhất là sáng ngày 21/11", "date", "by", "2025-11-21")]),
    ("Sở Y tế cấp phát thuốc trong tuần tới.", [("trong tuần tới", "period", "within", "2025-W48")]),
    ("Sắp xếp chỗ ở cho dân trước Giao thừa.", [("trước Giao thừa", "event", "before", "2026-02-16")]),
    ("Bàn giao nhà trước ngày 28 tháng Chạp.", [("trước ngày 28 tháng Chạp", "date", "before", "2026-02-15")]),
    ("Mở chợ hoa từ ngày 23 đến ngày 29 tháng Chạp.", [("từ ngày 23 đến ngày 29 tháng Chạp", "period", "within", "2026-02-10/2026-02-16")]),
    ("Trao quà xong trước Tết Nguyên đán 10 ngày.", [("trước Tết Nguyên đán 10 ngày", "event", "before", "2026-02-07")]),
    ("Trao quà xong trước Tết Nguyên đán Bính Ngọ ít nhất 5 ngày.", [("trước Tết Nguyên đán Bính Ngọ ít nhất 5 ngày", "event", "before", "2026-02-12")]),
    ("Báo cáo tiến độ vào ngày cuối cùng của tháng.", [("vào ngày cuối cùng của tháng", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=-1")]),
    ("Nộp bảng công ngày cuối cùng hằng tháng.", [("ngày cuối cùng hằng tháng", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=-1")]),
    ("Gửi số liệu trước ngày 15 và ngày cuối cùng hằng tháng.", [("trước ngày 15", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=15"), ("ngày cuối cùng hằng tháng", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=-1")]),
    ("Nộp báo cáo trong 02 ngày làm việc đầu tiên sau Tết.", [("trong 02 ngày làm việc đầu tiên sau Tết", "relative", "within", "2026-02-24")]),
    ("Tổ chức hai buổi tập huấn trong tháng 11.", [("trong tháng 11", "period", "within", "2025-11")]),
    ("Gửi báo cáo năm trước ngày 25 tháng 12 hằng năm.", [("trước ngày 25 tháng 12 hằng năm", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25")]),
    ("Báo cáo định kỳ trước ngày 20 của tháng cuối quý.", [("trước ngày 20 của tháng cuối quý", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20")]),
    ("Báo cáo quý gửi trước ngày 05 của tháng đầu quý sau.", [("trước ngày 05 của tháng đầu quý sau", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5")]),
    ("Hằng tháng, các xã gửi báo cáo về Phòng Nội vụ trước ngày 25.", [("trước ngày 25", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=25")]),
    ("Hằng năm, các xã gửi báo cáo trước ngày 15/12.", [("trước ngày 15/12", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")]),
    ("Định kỳ hằng quý báo cáo kết quả trước ngày 20 của tháng cuối quý.", [("trước ngày 20 của tháng cuối quý", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20")]),
    ("Họp giao ban vào thứ Hai đầu tiên của mỗi tháng.", [("vào thứ Hai đầu tiên của mỗi tháng", "recurring", "recurring", "FREQ=MONTHLY;BYDAY=1MO")]),
    ("Gửi báo cáo vào ngày làm việc cuối cùng của tháng.", [("vào ngày làm việc cuối cùng của tháng", "recurring", "recurring", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")]),
    ("Gửi báo cáo vào thứ Sáu tuần này.", [("vào thứ Sáu tuần này", "date", "at", "2025-11-21")]),
    ("Gửi báo cáo trước 17 giờ ngày mai.", [("trước 17 giờ ngày mai", "date", "before", "2025-11-21T17:00")]),
    ("Gửi báo cáo trước 16h30 hôm nay.", [("trước 16h30 hôm nay", "date", "before", "2025-11-20T16:30")]),
    ("Gửi báo cáo trước ngày 05 tháng sau.", [("trước ngày 05 tháng sau", "date", "before", "2025-12-05")]),
    ("Chậm nhất 05 ngày làm việc trước ngày khai mạc kỳ họp, các cơ quan gửi tài liệu.", [("Chậm nhất 05 ngày làm việc trước ngày khai mạc kỳ họp", "relative", "by", None)]),
    ("Gửi tài liệu chậm nhất 5 ngày trước ngày 15/12/2025.", [("chậm nhất 5 ngày trước ngày 15/12/2025", "relative", "by", "2025-12-10")]),
    ("UBND các xã thông báo cho hộ dân trước đợt cắt điện ít nhất 03 ngày.", [("trước đợt cắt điện ít nhất 03 ngày", "relative", "before", None)]),
    ("Sửa chữa các hồ chứa xong trước mùa mưa lũ năm 2026.", [("trước mùa mưa lũ năm 2026", "event", "before", "2026")]),
    ("Kiểm tra an toàn đập trước mùa mưa hằng năm.", [("trước mùa mưa hằng năm", "recurring", "recurring", "FREQ=YEARLY")]),
    ("Hoàn thành sửa trường trước năm học mới.", [("trước năm học mới", "event", "before", "2026-09-05")]),
    ("Kiểm tra bếp ăn xong trước Rằm tháng Bảy.", [("trước Rằm tháng Bảy", "event", "before", "2026-08-27")]),
    ("Tổ chức Tết Trung thu cho trẻ trước rằm tháng Tám.", [("trước rằm tháng Tám", "event", "before", "2026-09-25")]),
    ("Sắp xếp các chợ hoa xong trước 28 Tết.", [("trước 28 Tết", "event", "before", "2026-02-15")]),
    ("Ra quân trồng cây vào mùng 6 Tết.", [("vào mùng 6 Tết", "event", "at", "2026-02-22")]),
    ("Khẩn trương hoàn thành hồ sơ, trình Thủ tướng Chính phủ trước ngày 15/11/2025.", [("trước ngày 15/11/2025", "date", "before", "2025-11-15")]),
    ("Tổng kết phong trào vào tháng 4 năm 2026.", [("vào tháng 4 năm 2026", "period", "at", "2026-04")]),
    ("Phát động chiến dịch vào ngày 01/12/2025.", [("vào ngày 01/12/2025", "date", "at", "2025-12-01")]),
    ("Thời hạn gửi: trước ngày 05/12/2025.", [("trước ngày 05/12/2025", "date", "before", "2025-12-05")]),
    ("Thời gian hoàn thành: Quý I/2026.", [("Quý I/2026", "period", "within", "2026-Q1")]),
    ("Thời gian thực hiện: từ ngày 01/12 đến ngày 31/12/2025.", [("từ ngày 01/12 đến ngày 31/12/2025", "period", "within", "2025-12-01/2025-12-31")]),
    ("Từ ngày 01 đến ngày 10/12/2025: các xã niêm yết danh sách.", [("Từ ngày 01 đến ngày 10/12/2025", "period", "within", "2025-12-01/2025-12-10")]),
    ("Tháng 12/2025: nghiệm thu công trình.", [("Tháng 12/2025", "period", "within", "2025-12")]),
    ("Ngày 05/12/2025: nộp hồ sơ về Sở.", [("Ngày 05/12/2025", "date", "at", "2025-12-05")]),
    ("Bước 1 hoàn thành trong tháng 12/2025; bước 2 trong quý I năm 2026.", [("trong tháng 12/2025", "period", "within", "2025-12"), ("trong quý I năm 2026", "period", "within", "2026-Q1")]),
    ("Xong phần móng trong tháng 12/2025 và phần thân trước ngày 30/4/2026.", [("trong tháng 12/2025", "period", "within", "2025-12"), ("trước ngày 30/4/2026", "date", "before", "2026-04-30")]),
    ("Hạn chót nộp bài dự thi là 17 giờ 00 ngày 15/12/2025.", [("17 giờ 00 ngày 15/12/2025", "date", "by", "2025-12-15T17:00")]),
    ("Nhận hồ sơ đến hết ngày 15/12/2025.", [("đến hết ngày 15/12/2025", "date", "by", "2025-12-15")]),
    ("Tiếp nhận ý kiến góp ý đến ngày 30/11.", [("đến ngày 30/11", "date", "by", "2025-11-30")]),
    ("Ý kiến gửi về Sở Tư pháp không muộn hơn ngày 28/11/2025.", [("không muộn hơn ngày 28/11/2025", "date", "by", "2025-11-28")]),
    ("Ban hành kế hoạch trong nửa đầu tháng 12.", [("trong nửa đầu tháng 12", "period", "within", "2025-12-01/2025-12-15")]),
    ("Định kỳ vào ngày 20 hằng tháng, Sở Xây dựng báo cáo.", [("vào ngày 20 hằng tháng", "recurring", "recurring", "FREQ=MONTHLY;BYMONTHDAY=20")]),
    ("Định kỳ 02 tuần một lần, các xã gửi báo cáo.", [("Định kỳ 02 tuần một lần", "recurring", "recurring", "FREQ=WEEKLY;INTERVAL=2")]),
    ("Báo cáo kết quả hằng tuần (trước 15 giờ thứ Sáu).", [("hằng tuần (trước 15 giờ thứ Sáu)", "recurring", "recurring", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=15;BYMINUTE=0")]),
    ("Báo cáo nhanh trước 10h00 và 16h00 hằng ngày.", [("trước 10h00 và 16h00 hằng ngày", "recurring", "recurring", "FREQ=DAILY;BYHOUR=10,16;BYMINUTE=0")]),
    ("Yêu cầu hoàn thành trong vòng 15 ngày.", [("trong vòng 15 ngày", "relative", "within", None)]),
    ("Trả lời công dân trong 30 ngày kể từ ngày thụ lý.", [("trong 30 ngày kể từ ngày thụ lý", "relative", "within", None)]),
    ("Chậm nhất trong ngày 22/11/2025 phải có báo cáo.", [("Chậm nhất trong ngày 22/11/2025", "date", "by", "2025-11-22")]),
    ("Hoàn thành cơ bản trước ngày 19/5 và toàn bộ trước Quốc khánh 02/9.", [("trước ngày 19/5", "date", "before", "2026-05-19"), ("trước Quốc khánh 02/9", "date", "before", "2026-09-02")]),
    ("Trình HĐND tỉnh tại kỳ họp cuối năm 2025.", [("tại kỳ họp cuối năm 2025", "event", "at", "2025")]),
    ("Trình HĐND tỉnh tại kỳ họp gần nhất.", [("tại kỳ họp gần nhất", "event", "at", None)]),
    ("Kết thúc đợt kiểm tra trước lễ Giáng sinh.", [("trước lễ Giáng sinh", "event", "before", "2025-12-25")]),
    ("Xử lý dứt điểm các vụ việc tồn đọng trước Đại hội Đảng bộ tỉnh.", [("trước Đại hội Đảng bộ tỉnh", "event", "before", None)]),
    ("Chậm nhất cuối tuần này các đơn vị gửi danh sách.", [("Chậm nhất cuối tuần này", "period", "by", "2025-W47")]),
    ("Trước 15 giờ thứ Sáu ngày 21/11/2025, các sở gửi số liệu.", [("Trước 15 giờ thứ Sáu ngày 21/11/2025", "date", "before", "2025-11-21T15:00")]),
    ("Thời gian hoàn thành trước ngày 25 của tháng cuối mỗi quý.", [("trước ngày 25 của tháng cuối mỗi quý", "recurring", "recurring", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25")]),
]
NOT_THEN = [
    "Định kỳ vào quý II, quý IV thông báo kết quả.",
    "Phấn đấu giải ngân đạt 95% kế hoạch vốn đến ngày 31/01/2026.",
    "Hộ dân bị ngập trước ngày 15/11/2025 được hỗ trợ.",
    "Các dự án được giao vốn trong năm 2025 phải nghiệm thu.",
    "Nghỉ Tết từ ngày 14/02 đến ngày 22/02/2026.",
    "Bão đổ bộ vào ngày 22/11/2025.",
    "Hội nghị khai mạc vào sáng ngày 22/11/2025.",
    "Trong tuần qua, giá xăng tăng.",
    "Hỗ trợ tiền điện trong quý IV năm 2025.",
    "Luật có hiệu lực từ ngày 01/01/2026.",
    "Trong tháng 10, toàn tỉnh xảy ra 12 vụ cháy.",
    "Kết quả thực hiện trong tháng 12 sẽ được công bố.",
]
# fmt: on


@pytest.mark.parametrize(
    ("text", "words", "kind", "bound", "value"), CASES, ids=[c[0] for c in CASES]
)
def test_cases(text: str, words: str, kind: str, bound: str, value: str | None) -> None:
    assert read(text) == [(words, kind, bound, value)]


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(("text", "expected"), LATER, ids=[c[0] for c in LATER])
def test_late_in_the_year(text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    assert read(text, LATE) == expected


@pytest.mark.parametrize("text", NOT_THEN)
def test_none_late_in_the_year(text: str) -> None:
    assert read(text, LATE) == []


def test_a_deadline_shortly_before_the_notice_still_counts() -> None:
    # The meeting set it; the notice of its conclusions was signed days later.
    assert read("Các xã nộp danh sách trước ngày 15/11/2025.", "2025-11-20")
    assert not read("Các xã nộp danh sách trước ngày 05/11/2025.", "2025-11-20")


def test_two_dates_of_one_frame() -> None:
    assert [(t, v) for t, _, _, v in read("Gửi trước ngày 25/5/2021 và ngày 25/6/2021.")] == [
        ("trước ngày 25/5/2021", "2021-05-25"),
        ("ngày 25/6/2021", "2021-06-25"),
    ]
    assert [(t, v) for t, _, _, v in read("Gửi báo cáo trước ngày 01/6 và 15/11 hằng năm.")] == [
        ("trước ngày 01/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"),
        ("15/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"),
    ]
    assert [(t, v) for t, _, _, v in read("Gửi báo cáo trước ngày 05 và ngày 20 hằng tháng.")] == [
        ("trước ngày 05", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
    ]


def test_without_a_document_date_nothing_is_dated() -> None:
    assert read("Gửi danh sách trong 10 ngày tới.", None)[0][3] is None
    assert read("Dựng xong nhà trước Tết Nguyên đán.", None)[0][3] is None
    assert read("Gửi danh sách trước ngày 20/5.", None)[0][3] is None


def test_spans_are_read_apart() -> None:
    text = "Xã A nộp trước ngày 20/5/2021\nXã B nộp trước ngày 21/5/2021"
    cut = text.index("\n")
    dates = find_dates(text)
    both = find_all_due(text, dates, [(0, cut), (cut + 1, len(text))])
    assert [[d.value for d in dues] for dues in both] == [["2021-05-20"], ["2021-05-21"]]
    (second,) = find_due(text, dates, start=cut + 1)
    assert text[second.start : second.end] == second.text == "trước ngày 21/5/2021"


PIECES = [
    "trước ",
    "trước ngày 5/6/2021",
    "chậm nhất ",
    "trong ",
    "trong vòng ",
    "10 ngày ",
    "kể từ ngày ",
    "hằng tháng",
    "định kỳ ",
]
PIECES += [
    "hoàn thành ",
    "đã ",
    "được ",
    "Tết ",
    "Bính Ngọ",
    "kỳ họp ",
    "giữa năm 2021",
    "quý II",
    ", ",
    ". ",
    ";",
    "\n",
    "99",
    "năm trước",
]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)),
    st.sampled_from([None, "2021-05-04", "2021-05", "2021", "xx", "20"]),
)
def test_laws(text: str, anchor: str | None) -> None:
    end = 0
    for due in find_due(text, find_dates(text, anchor=anchor), anchor=anchor):
        assert 0 <= due.start < due.end <= len(text)
        assert text[due.start : due.end] == due.text
        assert due.start >= end
        assert due.kind in ("date", "period", "relative", "recurring", "event")
        assert due.bound in ("before", "by", "within", "at", "recurring")
        end = due.end


# fmt: off
NASTY = ["trước ", "trước ngày 5/5/2021 ", "định kỳ hằng quý ", "hằng ", "trong vòng 10 ngày ", "trước tết ", "kỳ họp ", "chậm nhất ", "ngày 5, ", "trước mùa ", "cuối cùng ", "ít nhất 3 ngày "]
# fmt: on


@pytest.mark.parametrize("piece", NASTY)
def test_linear_time(piece: str) -> None:
    def seconds(n: int) -> float:
        text, best = piece * (n // len(piece)), 9.0
        dates = find_dates(text)
        for _ in range(2):
            begin = time.perf_counter()
            find_due(text, dates, anchor=ANCHOR)
            best = min(best, time.perf_counter() - begin)
        return best

    assert seconds(80_000) < 8 * seconds(20_000) + 0.1


@pytest.mark.skipif(not NOTICE.exists(), reason="shared/samples is not here")
def test_the_deadlines_of_the_notice() -> None:
    text = canonical(NOTICE.read_text(encoding="utf-8"))[0]
    found = find_due(text, find_dates(text, anchor="2021-05"), anchor="2021-05")
    days = Counter(d.value for d in found if d.kind == "date")
    # Section 1 (twice), 2, 5, 6, 7, 9; the two sessions are events.
    assert days == Counter(
        "2021-07-01 2021-05-06 2021-05-20 2021-05-12 2021-05-08 2021-05-10 2021-05-12".split()
    )
    assert [d.value for d in found if d.kind == "event"] == ["2021-05", "2021"]
    assert len(found) == 9


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="shared/gold is not here")
def test_gold_due() -> None:
    right = wrong = missed = 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = (SHARED / "corpora" / "instruct" / gold["doc"]).read_text(encoding="utf-8")
        lines = canonical(source)[0].split("\n")
        anchor = gold["header"]["date"]
        expected: Counter[tuple[int, str, str, str]] = Counter()
        got: Counter[tuple[int, str, str | None, str]] = Counter()
        for unit in gold["units"]:
            for due in unit.get("due", []):
                expected[unit["line"], due["text"], due["value"], due["bound"]] += 1
        for n in sorted({u["line"] for u in gold["units"]}):
            line = lines[n - 1]
            for found in find_due(line, find_dates(line, anchor=anchor), anchor=anchor):
                got[n, found.text, found.value, found.bound] += 1
        hits = sum((expected & got).values())
        right += hits
        wrong += got.total() - hits
        missed += expected.total() - hits
    assert 2 * right / (2 * right + wrong + missed) >= 0.9
