"""Names that are hard to find and words that are none, through the whole pipeline.

In the tables ``[…]`` marks an agency, ``{…}`` a person, ``<…>`` a place; each sentence is the only
paragraph of a document. What the trained model gets wrong stands in ``KNOWN`` with the spans that
are right, so that an improvement is noticed: a row that passes must move up to its table.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from _pytest.mark import ParameterSet

import congvan
from congvan.agencies import AgencyContext, canonical_agency, find_agencies
from congvan.lookups import rows
from congvan.pipeline import Pipeline
from congvan.text import canonical, shadow, squeeze

MARKS = {"[": "AGENCY", "{": "PERSON", "<": "LOCATION"}
MARK_RE = re.compile(r"[\[{<]([^\]}>]*)[\]}>]")


@cache
def pipeline() -> Pipeline:
    return congvan.load()


def plain(marked: str) -> str:
    return MARK_RE.sub(r"\1", marked)


def expected(marked: str, *types: str) -> list[tuple[str, str]]:
    """Returns the marked spans of those types, normalised."""
    spans = ((MARKS[m.group()[0]], m.group(1)) for m in MARK_RE.finditer(marked))
    return [(kind, same(span)) for kind, span in spans if kind in types]


def same(span: str) -> str:
    """Returns a span in the form in which spans are compared: as the shadow, blanks single."""
    return squeeze(shadow(canonical(span)[0]))


def read(text: str, *types: str) -> list[tuple[str, str]]:
    doc = pipeline().read_text(text)
    for e in doc.entities:
        assert doc.text[e.start : e.end] == e.text
    return [(e.type, same(e.text)) for e in doc.entities if e.type in types]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def nbsp(text: str) -> str:
    return text.replace(" ", "\u00a0")


def wide(text: str) -> str:
    return text.replace(" ", "  ")


# fmt: off
COORDINATED = """\
Giao [Sở Văn hóa, Thể thao và Du lịch] và [Sở Tài chính] thẩm định dự toán lễ hội.
[Sở Tài chính] và [Sở Văn hóa, Thể thao và Du lịch] thống nhất nguồn kinh phí.
[Sở Văn hóa, Thể thao và Du lịch], [Sở Giáo dục và Đào tạo] và [Sở Y tế] cùng kiểm tra.
[Sở Giáo dục và Đào tạo], [Sở Khoa học và Công nghệ], [Sở Nội vụ] rà soát biên chế.
Giao [Sở Lao động - Thương binh và Xã hội] và [Sở Thông tin và Truyền thông] cập nhật dữ liệu.
[Bộ Văn hóa, Thể thao và Du lịch] và [Bộ Khoa học và Công nghệ] hướng dẫn thực hiện.
[Bộ Nông nghiệp và Môi trường] và [Bộ Dân tộc và Tôn giáo], [Bộ Giáo dục và Đào tạo] góp ý.
Trình [Bộ Kế hoạch và Đầu tư] và [Bộ Tài nguyên và Môi trường] thẩm định.
[Sở Nông nghiệp và Phát triển nông thôn], [Sở Tài nguyên và Môi trường] và [UBND các huyện, thành phố] báo cáo.
[Đài Phát thanh và Truyền hình tỉnh] và [Báo Lạng Sơn] đưa tin.
Giao [Báo và Phát thanh, Truyền hình tỉnh] và [Sở Khoa học và Công nghệ] tuyên truyền.
[Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh] và [Văn phòng UBND tỉnh] phối hợp.
[Ban Tuyên giáo và Dân vận Tỉnh ủy], [Ban Tổ chức Tỉnh ủy] và [Văn phòng Tỉnh ủy] tham mưu.
[Ủy ban Kinh tế và Tài chính của Quốc hội] và [Ủy ban Pháp luật và Tư pháp của Quốc hội] thẩm tra.
[Ủy ban Khoa học, Công nghệ và Môi trường của Quốc hội] và [Bộ Công Thương] làm việc.
[Ban Chính sách, chiến lược Trung ương] và [Ban Tuyên giáo và Dân vận Trung ương] khảo sát.
[Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh] và [Hội Nông dân tỉnh] phản biện.
[Trung tâm Văn hóa, Thể thao và Truyền thông huyện Hữu Lũng] và [Phòng Văn hóa và Thông tin huyện Hữu Lũng] tổ chức.
[Phòng Kinh tế và Hạ tầng huyện Lộc Bình], [Phòng Tài chính - Kế hoạch huyện Lộc Bình] thẩm tra.
[Chi cục Chăn nuôi và Thú y] và [Chi cục Trồng trọt và Bảo vệ thực vật] kiểm tra.
Giao [Ban Quản lý các khu công nghệ cao và khu công nghiệp] và [Sở Xây dựng] rà soát quy hoạch.
[HĐND tỉnh] và [UBND tỉnh] ban hành kế hoạch giám sát.
# Kế hoạch và Đầu tư là hai bước của một việc.
# Văn hóa, thể thao và du lịch là ba lĩnh vực cần đầu tư.
# Giáo dục và đào tạo, khoa học và công nghệ là quốc sách hàng đầu.
# Tài nguyên và môi trường rừng phải được giữ gìn.
# Lao động, thương binh và xã hội là những lĩnh vực nhạy cảm.
# Thông tin và truyền thông về mùa lễ hội cần kịp thời.
Theo đề nghị của [Giám đốc Sở Văn hóa, Thể thao và Du lịch] và [Chánh Văn phòng UBND tỉnh].
[Chủ tịch UBND tỉnh], [Chủ tịch UBND các huyện, thành phố] và [Giám đốc Sở Y tế] chịu trách nhiệm.
Giao các sở: [Văn hóa, Thể thao và Du lịch], [Tài chính], [Giáo dục và Đào tạo] và [Y tế] góp ý.
Đề nghị các Bộ: [Văn hóa, Thể thao và Du lịch], [Nông nghiệp và Môi trường], [Tư pháp] xem xét.
[Viện Quy hoạch và Thiết kế nông nghiệp] và [Viện Nghiên cứu phát triển Thành phố] khảo sát.
[Ban Chỉ huy Phòng chống thiên tai và Tìm kiếm cứu nạn tỉnh] và [Sở Nông nghiệp và Môi trường] trực ban.
[Hội đồng Thi đua - Khen thưởng tỉnh] và [Ban Thi đua - Khen thưởng tỉnh] bình xét.
[Trung tâm Khuyến nông và Dịch vụ nông nghiệp tỉnh], [Trung tâm Kiểm soát bệnh tật tỉnh] triển khai.
[Quỹ Bảo vệ và Phát triển rừng tỉnh] và [Quỹ Đầu tư phát triển tỉnh] cho vay.
[Tòa án nhân dân tỉnh] và [Viện kiểm sát nhân dân tỉnh], [Cục Thi hành án dân sự tỉnh] ký quy chế.
[Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn], [Cục Hải quan tỉnh] và [Bộ đội Biên phòng tỉnh] điều tiết xe.
[Ban Bảo vệ, chăm sóc sức khỏe cán bộ tỉnh] và [Sở Y tế] khám bệnh.
Giao [Sở Xây dựng] (cơ quan thường trực), [Sở Tài chính] và [UBND huyện Lộc Bình], [UBND huyện Cao Lộc].
[Sở Văn hóa, Thể thao và Du lịch] ([Trung tâm Bảo tồn di tích]) lập hồ sơ.
[Hội Liên hiệp Phụ nữ tỉnh], [Hội Cựu chiến binh tỉnh] và [Đoàn TNCS Hồ Chí Minh tỉnh] vận động.
# Phát triển kinh tế và hạ tầng là ưu tiên.
# Tài chính, kế toán và kiểm toán nội bộ cần minh bạch.
[Phòng Văn hóa - Xã hội], [Phòng Kinh tế] và [Phòng Hạ tầng] rà soát."""

COMMAND = """\
Giao [Bộ Chỉ huy Quân sự tỉnh] chủ trì diễn tập.
[Bộ Chỉ huy Quân sự tỉnh Lạng Sơn] và [Công an tỉnh] hiệp đồng.
[Bộ CHQS tỉnh], [Sở Tài chính] phối hợp cấp kinh phí.
Đề nghị [Bộ Chỉ huy Bộ đội Biên phòng tỉnh] tuần tra.
[Ban Chỉ huy Quân sự huyện Hữu Lũng] tuyển quân.
# Bộ đội và dân quân giúp dân gặt lúa.
# Bộ chỉ tiêu quân sự được giao từ đầu năm.
# Các bộ chỉ huy đều có hầm trú ẩn riêng.
# Bộ quần áo của chỉ huy trưởng đã cấp đủ.
# Toàn bộ quân số tham gia huấn luyện.
# Sở Chỉ huy diễn tập đặt tại hang đá.
# Bộ luật Hình sự quy định rõ hành vi này.
# Bộ Luật Lao động được sửa đổi.
[Bộ Tổng Tham mưu] và [Bộ Tư lệnh Thủ đô Hà Nội] kiểm tra."""

CUC_BO = """\
[Cục Thủy lợi] nhắc nhở tình trạng mưa lớn cục bộ.
Đề nghị [Cục Quản lý thị trường] khắc phục thiếu hàng cục bộ.
# Mưa lớn gây ngập úng cục bộ ở vùng thấp.
# Không để xảy ra tư tưởng cục bộ, bản vị.
# Điều chỉnh cục bộ quy hoạch khu dân cư.
# Cục bộ một số nơi còn thiếu nước sinh hoạt.
# Cục diện chung đã thay đổi.
# Kết cục của vụ việc cần được làm rõ."""

SO_HUU = """\
[Sở Khoa học và Công nghệ] hướng dẫn đăng ký quyền sở hữu trí tuệ.
[Cục Sở hữu trí tuệ] cấp văn bằng bảo hộ.
# Sở hữu toàn dân về đất đai được bảo đảm.
# Quyền sở hữu nhà ở phải được đăng ký.
# Sở dĩ chậm tiến độ là do thiếu vật liệu.
# Cơ sở hạ tầng của thôn còn yếu.
# Sở thích đọc sách được khuyến khích.
# Trên cơ sở đó, các đơn vị rà soát lại.
# Luật Sở hữu trí tuệ đã được tập huấn.
# Chợ ở thôn Sở Hạ họp mỗi tháng sáu phiên."""

HOI_NGHI = """\
[Hội Nông dân tỉnh] tổ chức hội nghị tổng kết.
Tại hội nghị, [Sở Nội vụ] trình bày báo cáo.
# Hội nghị tổng kết công tác năm được tổ chức trong tháng này.
# Hội nghị trực tuyến kết nối với các điểm cầu.
# Hội thảo và hội thi được tổ chức tại nhà văn hóa.
# Hội trường có sức chứa ba trăm người.
# Hội chợ hàng tiêu dùng mở cửa đến hết tuần.
# Hội viên đóng góp ngày công làm đường.
# Lễ hội Lim và Hội Xuân Yên Tử đông khách.
# Người dân xã Hội Hoan trồng hồi.
# Thành phố Hội An đón nhiều khách.
# Kỷ niệm ngày thành lập Hội."""

BAN_NGAY = """\
[Ban Dân tộc tỉnh] làm việc cả ban ngày lẫn ban đêm.
[Ban Quản lý dự án đầu tư xây dựng tỉnh] thi công ban ngày.
# Ban ngày nắng nóng, ban đêm có mưa rào.
# Ban đêm các xe tải không được vào trung tâm.
# Ban đầu dự án gặp nhiều khó khăn.
# Ban sáng trời có sương mù.
# Cả ban lẫn ngành đều phải tiết kiệm.
# Ban mai là lúc thích hợp để tưới cây.
# Cà phê Ban Mê Thuột nổi tiếng.
# Hoa Ban nở trắng rừng.
# Lễ hội hoa Ban được tổ chức hằng năm."""

CAN_BO = """\
[Sở Nội vụ] rà soát đội ngũ cán bộ.
[Ban Tổ chức Tỉnh ủy] thẩm định công tác cán bộ.
# Cán bộ, công chức phải nêu gương.
# Cán bộ xã xuống thôn vận động nhân dân.
# Công tác cán bộ được thực hiện đúng quy trình.
# Đội ngũ cán bộ trẻ cần được đào tạo.
# Cán bộ phụ trách văn hóa kiêm nhiệm thông tin.
# Cán bộ tài chính và cán bộ địa chính đã có mặt."""

BO_PHAN = """\
Hồ sơ nộp tại [Bộ phận Một cửa huyện Hữu Lũng].
[Bộ Tài chính] yêu cầu bộ phận kế toán báo cáo.
# Bộ phận văn thư nhận hồ sơ trong giờ hành chính.
# Một bộ phận người dân chưa đồng thuận.
# Bộ phận kế toán đối chiếu số liệu.
# Bộ máy hành chính được sắp xếp tinh gọn.
# Bộ tiêu chí nông thôn mới được sửa đổi.
# Bộ hồ sơ gồm ba loại giấy tờ.
# Bộ Tam sự được trưng bày ở đình làng.
# Bộ đội Cụ Hồ luôn gần dân.
# Đường bộ và đường sắt được kết nối."""

CONG_AN_VIEN = """\
[Công an tỉnh] tập huấn cho công an viên.
[Công an huyện Hữu Lũng] tuyển chọn công an viên bán chuyên trách.
# Công an viên của thôn tuần tra ban đêm.
# Công an viên và dân quân tự vệ được hưởng phụ cấp.
# Lực lượng công an đã vào cuộc.
# Các chiến sĩ công an được khen thưởng.
# Người dân đến trình báo công an.
# Công an phụ trách xã họp với trưởng thôn."""

TINH_TAO = """\
[UBND tỉnh] yêu cầu lái xe giữ tỉnh táo.
[Tỉnh ủy] yêu cầu cán bộ luôn tỉnh táo trước tin giả.
# Tỉnh táo trước các thủ đoạn lừa đảo qua mạng.
# Người lái xe phải tỉnh táo và bình tĩnh.
# Tỉnh lộ qua đèo bị sạt lở.
# Tỉnh thành nào cũng có chợ đầu mối.
# Người dân thức tỉnh trước tin giả.
# Tỉnh nhà đang đổi thay từng ngày."""

PHONG_CHAY = """\
[Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ] kiểm tra chợ.
[Công an tỉnh] tuyên truyền phòng cháy, chữa cháy.
# Phòng cháy, chữa cháy rừng là việc thường xuyên.
# Phòng chống thiên tai phải theo phương châm bốn tại chỗ.
# Phòng ngừa sâu bệnh trên cây lúa.
# Phòng ngủ của khu nội trú đã xuống cấp.
# Phòng, chống dịch tả lợn châu Phi được tăng cường.
# Phòng hơn chống là nguyên tắc hàng đầu.
# Xã Phòng Phú xây trường mới.
# Quốc phòng và an ninh được giữ vững.
# Hải Phòng và Đà Nẵng là hai cảng lớn."""

VU_VIEC = """\
[Vụ Pháp chế] theo dõi vụ việc khiếu nại.
[Thanh tra tỉnh] thụ lý ba vụ việc tồn đọng.
# Vụ việc khiếu nại kéo dài đã được giải quyết.
# Vụ án được đưa ra xét xử lưu động.
# Vụ Đông Xuân năm nay được mùa.
# Vụ mùa bị ảnh hưởng do nắng hạn.
# Vụ cháy không gây thiệt hại về người.
# Vụ tai nạn xảy ra trên đường liên xã.
# Vụ Hè Thu gieo cấy đúng lịch.
# Tổng Vụ án phí đã thu nộp đủ."""

VIEN_DAN = """\
[Viện kiểm sát nhân dân tỉnh] viện dẫn ba căn cứ.
[Viện Hàn lâm Khoa học xã hội Việt Nam] viện dẫn nhiều tài liệu.
# Viện dẫn quy định cũ là không phù hợp.
# Viện cớ thiếu vốn để kéo dài thời gian.
# Viện trợ không hoàn lại được quản lý chặt chẽ.
# Viện phí được miễn cho hộ nghèo.
# Thành viên và ủy viên dự họp đầy đủ.
# Viện đến lý do thời tiết là chưa thuyết phục.
# Cô nhi viện và viện dưỡng lão được hỗ trợ."""

TRUONG_HOP = """\
[Trường Đại học Thái Nguyên] xem xét từng trường hợp.
Trường hợp vướng mắc, báo cáo [Sở Tài chính] xem xét.
# Trường hợp có vướng mắc, các đơn vị báo cáo kịp thời.
# Trường hợp đặc biệt do người đứng đầu quyết định.
# Trường học phải có sân chơi cho học sinh.
# Trường phái hội họa này ít được biết đến.
# Trường kỳ kháng chiến là bài học lớn.
# Trường đua ngựa được mở trong lễ hội.
# Quần đảo Trường Sa và Hoàng Sa là của Việt Nam.
# Dãy Trường Sơn có nhiều hang động.
# Xã Trường Hà có di tích lịch sử."""

DOAN_KET = """\
[Tỉnh đoàn] phát động phong trào đoàn kết.
[Ủy ban MTTQ Việt Nam tỉnh] chăm lo khối đại đoàn kết.
# Đoàn kết các dân tộc là truyền thống quý báu.
# Đoàn kết, thống nhất trong nội bộ được giữ vững.
# Đoàn viên tham gia trồng cây đầu xuân.
# Đoàn tàu khởi hành đúng giờ.
# Đoàn xe chở hàng cứu trợ đã lên đường.
# Đoàn thể các cấp cùng vận động nhân dân.
# Phường Đoàn Kết sắp xếp lại chợ.
# Đoàn công tác làm việc với các thôn.
# Huyện Đoan Hùng trồng bưởi."""

BAN_HANH = """\
[UBND tỉnh] ban hành kế hoạch trồng rừng.
[Ban Nội chính Tỉnh ủy] góp ý trước khi ban hành.
# Ban hành quy chế làm việc trong quý này.
# Ban hành kèm theo văn bản này là bảng giá.
# Ban bố tình huống khẩn cấp về đê điều.
# Ban tặng thiên nhiên cho vùng đất này rất lớn.
# Ban thưởng cho các em đạt giải cao.
# Ban phát tràn lan là lãng phí."""

CHI_CUC = """\
[Chi cục Thủy lợi] kiểm tra hồ chứa.
Giao [Chi cục Kiểm lâm tỉnh Lạng Sơn] tuần rừng.
# Chi cục bộ từng khoản sẽ khó quản lý.
# Các chi cục đã gửi báo cáo.
# Chi cho việc sửa chữa đường thôn còn thấp.
# Chi tiết kết cục của câu chuyện được giữ kín.
# Chi bộ thôn họp định kỳ hằng tháng.
# Chi đoàn và chi hội cùng ra quân.
# Chi phí cục bộ được tính riêng."""

CAPITALS = """\
[BỘ TÀI CHÍNH] chủ trì việc thẩm định.
[ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN] yêu cầu báo cáo.
# KẾT LUẬN CUỘC HỌP VỀ PHÒNG CHÁY RỪNG
# BÁO CÁO TÌNH HÌNH CÁN BỘ, CÔNG CHỨC
# HỘI NGHỊ TỔNG KẾT PHONG TRÀO ĐOÀN KẾT
# KẾ HOẠCH BAN HÀNH BỘ TIÊU CHÍ SỞ HỮU TRÍ TUỆ
# DANH SÁCH CÁC TRƯỜNG HỢP BỊ NGẬP CỤC BỘ
# QUY ĐỊNH VỀ VIỆN PHÍ VÀ BẢO HIỂM
# NỘI DUNG KẾT LUẬN
# QUYẾT ĐỊNH
# TRUNG TÂM CHÍNH TRỊ VÀ ĐƯỜNG GIAO THÔNG
[VĂN PHÒNG CHÍNH PHỦ] thông báo.
THÔNG BÁO KẾT LUẬN CỦA [CHỦ TỊCH UBND TỈNH]
[UBND TỈNH LẠNG SƠN] họp."""

UY = """\
[Uỷ ban nhân dân tỉnh] giao [Sở Nội vụ] chủ trì.
[Tỉnh uỷ] và [Ban Thường vụ Tỉnh uỷ] chỉ đạo.
[Uỷ ban nhân dân xã Mẫu Sơn] báo cáo [Huyện uỷ].
[Ủy ban nhân dân tỉnh] và [Uỷ ban MTTQ Việt Nam tỉnh] ký quy chế.
# Uỷ quyền cho cấp phó ký thay.
# Uỷ viên và đảng viên dự họp đầy đủ.
# Uỷ thác vốn vay qua các tổ tiết kiệm.
# Các cấp uỷ đảng phải gương mẫu.
# Việc uỷ nhiệm thu phải có hợp đồng."""

HOA = """\
[Toà án nhân dân tỉnh] hoà giải thành.
[Sở Văn hoá, Thể thao và Du lịch] và [Sở Tài chính] thẩm định.
[UBND tỉnh Khánh Hoà] và [UBND tỉnh Thanh Hóa] ký kết.
[Trung tâm Văn hoá tỉnh] biểu diễn.
# Hoà giải ở cơ sở được chú trọng.
# Toà nhà cao nhất đã hoàn thành phần thô.
# Văn hoá đọc cần được khuyến khích.
# Khoá học ngắn ngày về kế toán đã xong.
# Hoà khí trong thôn xóm được giữ gìn."""

# What stands before the colon is done to the rest of the sentence.
FORMS = """\
nfd: Giao [Sở Văn hóa, Thể thao và Du lịch] và [Sở Tài chính] thẩm định.
nfd: [Ủy ban nhân dân tỉnh Lạng Sơn] yêu cầu [Bộ Chỉ huy Quân sự tỉnh] báo cáo.
nfd: Các Bộ: [Xây dựng], [Công an] góp ý.
# nfd: Phòng cháy, chữa cháy rừng là việc thường xuyên.
# nfd: Cán bộ và công an viên giữ tỉnh táo ban đêm.
# nfd: Trường hợp viện dẫn sai thì ban hành lại.
# nfd: Sở hữu chung và vụ việc cục bộ đã xong.
# nfd: Hội nghị nêu cao tinh thần đoàn kết.
nbsp: Giao [Sở Văn hóa, Thể thao và Du lịch] và [Sở Tài chính] thẩm định.
nbsp: [Ủy ban nhân dân tỉnh Lạng Sơn] yêu cầu [Bộ Chỉ huy Quân sự tỉnh] báo cáo.
nbsp: Các Bộ: [Xây dựng], [Công an] góp ý.
# nbsp: Phòng cháy, chữa cháy rừng là việc thường xuyên.
# nbsp: Cán bộ và công an viên giữ tỉnh táo ban đêm.
# nbsp: Trường hợp viện dẫn sai thì ban hành lại.
# nbsp: Sở hữu chung và vụ việc cục bộ đã xong.
# nbsp: Hội nghị nêu cao tinh thần đoàn kết.
wide: Giao [Sở Văn hóa, Thể thao và Du lịch] và [Sở Tài chính] thẩm định.
wide: [Ủy ban nhân dân tỉnh Lạng Sơn] yêu cầu [Bộ Chỉ huy Quân sự tỉnh] báo cáo.
# wide: Phòng cháy, chữa cháy rừng là việc thường xuyên.
# wide: Cán bộ và công an viên giữ tỉnh táo ban đêm.
# wide: Trường hợp viện dẫn sai thì ban hành lại.
# wide: Sở hữu chung và vụ việc cục bộ đã xong.
# wide: Hội nghị nêu cao tinh thần đoàn kết.
eth: [HĐND tỉnh Điện Biên] và [UBND thành phố Đà Nẵng] ký kết.
eth: [Đài Truyền hình Việt Nam] và [Đảng ủy Quân sự tỉnh] đưa tin.
# eth: Đoàn kết các dân tộc là truyền thống quý báu.
# eth: Đảng viên và đoàn viên cùng trồng cây.
# eth: Điều chỉnh cục bộ quy hoạch đất đai.
# eth: Đầu tư và đào tạo phải đi đôi.
# eth: Đài quan sát đặt trên đồi cao."""

ROLES = """\
[Thứ trưởng Bộ Tư pháp] và [Phó Giám đốc Sở Tư pháp] dự họp.
[Trưởng Ban Dân tộc tỉnh] báo cáo [Phó Chủ tịch Thường trực UBND tỉnh].
# Chủ tịch công đoàn trường và giám đốc hợp tác xã.
# Các đồng chí Ủy viên Ban Chấp hành dự họp.
# Thủ trưởng các cơ quan, đơn vị chịu trách nhiệm.
[Chủ tịch UBND cấp xã] và [Trưởng Công an xã] ký biên bản.
[Trường Đại học Thái Nguyên] đào tạo kỹ sư.
[Ban Chỉ đạo] họp định kỳ; [UBND tỉnh] theo dõi.
[Bảo tàng tỉnh] sưu tầm hiện vật."""

OTHERS = """\
[Bộ Tư lệnh Quân khu 1] kiểm tra công tác huấn luyện.
[Công ty TNHH MTV Khai thác công trình thủy lợi Lạng Sơn] và [Công ty Điện lực Lạng Sơn] phối hợp.
# Xã Báo Đáp làm đèn ông sao.
# Báo cáo kết quả về cơ quan thường trực.
# Báo động cấp ba trên các sông.
# Trung tâm huyện lỵ được chỉnh trang.
# Thôn Trung Tâm có nhà văn hóa mới.
# Trung tâm thương mại và trung tâm dữ liệu được đầu tư."""

# Persons and places
NAMES = """\
Thi công <cầu Kỳ Cùng>, <cầu Bản Trại> và <hầm Đèo Bụt>.
Các đồng chí: {Bùi Minh Châu}, {Ngô Thị Lan}, {Đỗ Văn Hùng} được khen thưởng.
# Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.
# Giải thưởng Hồ Chí Minh được trao năm năm một lần.
<Huyện Vụ Bản> có nghề rèn.
Luật sư {Cao Bá Quát} bào chữa.
Đồng chí {Trần Văn Mẫu} chủ trì buổi làm việc.
Ông {Nguyễn Thanh Bách}, [Giám đốc Sở Tài chính], trình bày báo cáo.
Bà {Lê Thị Hồng Nhung} và ông {Phạm Quốc Tuấn} cùng dự.
[Phó Chủ tịch UBND tỉnh] {Hoàng Văn Thụy} kết luận nội dung trên.
Đại tá {Vũ Hải Đăng} phát biểu chỉ đạo.
[Thủ tướng Chính phủ] {Trần Văn Mẫu} giao nhiệm vụ.
Tiến sĩ {Đặng Thu Hà} báo cáo kết quả đề tài.
Giao ông {Lý Văn Páo} làm tổ trưởng.
Chị {Hà Thị Mai} trú tại <xã Mẫu Sơn>.
Bác sĩ {Đinh Công Tráng} khám bệnh cho người dân.
Cháu {Nông Thị Én} được nhận học bổng.
Kỹ sư {Trịnh Đình Phong} giám sát thi công.
Hộ ông {Ma A Sùng} được hỗ trợ làm nhà.
Đoàn khảo sát tại <huyện Hữu Lũng> và <thành phố Lạng Sơn>.
Nước dâng cao dọc <sông Kỳ Cùng>.
Hàng hóa qua <cửa khẩu Tân Thanh> tăng mạnh.
Sạt lở tại <xã Mẫu Sơn>, <xã Công Sơn> và <thị trấn Cao Lộc>.
Sửa chữa mặt <đường Trần Đăng Ninh> trong tháng này.
Cắm mốc ở <thôn Bản Thín>, <xã Tú Mịch>.
Ùn tắc kéo dài trên <đường Nguyễn Du> và <đường Lê Lợi>.
Du khách đến <hồ Ba Bể> và <đèo Hải Vân>.
Chuyến công tác tại <Việt Nam> và <Lào> đã kết thúc.
Đoàn làm việc tại <tỉnh Quảng Ninh>, <tỉnh Cao Bằng>.
Bến xe ở <phường Vĩnh Trại> được mở rộng.
Tàu thuyền neo đậu tại <đảo Cô Tô>.
Người dân <bản Khuổi Nà> được cấp nước sạch.
Cháy rừng ở <núi Cha> đã được khống chế.
# Đường lối đổi mới đã đi vào cuộc sống.
# Sông núi nước ta tươi đẹp.
# Ông bà và cha mẹ cùng chăm lo cho các cháu.
# Đường sá của thôn đã được bê tông hóa.
# Núi rừng mùa này rất khô.
# Đồng chí phụ trách kế toán vắng mặt.
# Anh em trong tổ luôn giúp đỡ nhau.
# Cầu đường và thủy lợi được ưu tiên.
# Xã hội hóa giáo dục được đẩy mạnh.
# Thành phố thông minh là xu hướng chung.
# Huyện nhà và tỉnh bạn cùng hợp tác.
# Chợ phiên họp vào ngày chẵn.
# Đèo dốc quanh co gây khó khăn cho xe tải.
# Bà con nhân dân đồng tình ủng hộ.
# Cô giáo và thầy giáo cùng dự lễ khai giảng.
# Đồng chí Bí thư chi bộ thôn chủ trì.
# Hồ sơ và hồ chứa là hai việc khác nhau.
# Sân bay và bến cảng hoạt động bình thường.
# Thực hiện Luật Thủ đô và Luật Đất đai.
# Học sinh [Trường THPT Chu Văn An] dự thi.
# [Trường Chính trị Hoàng Văn Thụ] mở lớp.
# [Bệnh viện Đa khoa Đông Kinh] tiếp nhận người bệnh.
Ông {Y Thanh Niê Kđăm} trình bày tham luận.
Người liên hệ: {Phan Thị Bích Hằng}, điện thoại nội bộ.
Nhà ông {Trần Văn Mẫu}, <thôn Nà Làng>, <xã Hồng Phong> bị tốc mái.
Thống nhất theo ý kiến của đồng chí {Lương Đình Của}.
- {Nguyễn Văn Bảy}: tổ trưởng; {Lê Văn Tám}: tổ phó.
Giao đồng chí {Hứa Thị Kiều}, chuyên viên [Phòng Nội vụ], theo dõi.
PGS.TS {Vũ Đình Khôi} phản biện đề tài.
Ông {Tô Vũ} và ông {La Văn Cầu} nhận nhiệm vụ.
Liệt sĩ {Lò Văn Bường} quê ở <xã Mường Phăng>, <huyện Điện Biên>.
Mưa lớn ở <Hà Giang>, <Cao Bằng> và <Lạng Sơn>.
Khảo sát <Khu công nghiệp Đồng Bành> và <cụm công nghiệp Hợp Thành>.
Hàng xuất sang <Trung Quốc>, <Nhật Bản> và <Hàn Quốc>.
Đợt rét ở <Bắc Bộ> và <Tây Nguyên> kéo dài.
Tàu cá gặp nạn trên <Biển Đông> gần <quần đảo Trường Sa>.
# Quỹ học bổng Vừ A Dính trao quà cho học sinh.
# Phong trào Nghìn việc tốt được duy trì.
# Tết Nguyên đán và Tết Trung thu được tổ chức vui tươi.
# Huân chương Sao Vàng được trao cho đơn vị.
# Giống lúa Séng Cù và chè Shan Tuyết được trồng thử.
# Hội khỏe Phù Đổng thu hút nhiều học sinh.
# Ông Công ông Táo là tục lệ lâu đời.
# Bác Hồ kính yêu luôn sống mãi.
# Các em học sinh và các cháu thiếu nhi vui chơi.
# Chị em phụ nữ làm đường hoa.
# Đường đi lối lại được quét dọn.
# Chương trình Sữa học đường được mở rộng.
# Bản đồ và bản vẽ được số hóa.
# Tỉnh đã nêu, huyện đã nêu và xã đã nêu.
# Bản làng đổi mới, thôn xóm sạch đẹp.
<Cảng Lạch Huyện> và <sân bay Nội Bài> hoạt động trở lại.
Giao ông {Giàng A Páo} và bà {Sùng Thị Mỷ} làm tổ phó."""
# fmt: on

GROUPS: Mapping[str, str] = {
    "names with commas and và": COORDINATED,
    "Bộ Chỉ huy": COMMAND,
    "cục bộ": CUC_BO,
    "sở hữu": SO_HUU,
    "hội nghị": HOI_NGHI,
    "ban ngày": BAN_NGAY,
    "cán bộ": CAN_BO,
    "bộ phận": BO_PHAN,
    "công an viên": CONG_AN_VIEN,
    "tỉnh táo": TINH_TAO,
    "phòng cháy": PHONG_CHAY,
    "vụ việc": VU_VIEC,
    "viện dẫn": VIEN_DAN,
    "trường hợp": TRUONG_HOP,
    "đoàn kết": DOAN_KET,
    "ban hành": BAN_HANH,
    "chi cục": CHI_CUC,
    "capitals": CAPITALS,
    "Uỷ": UY,
    "hoà": HOA,
    "forms": FORMS,
    "roles": ROLES,
    "báo, trung tâm": OTHERS,
}

LIST = "a name of a list or of running text goes to its neighbour, or the words behind go in"
INSIDE = "a place inside another name (prize, campaign, project) is taken for a place"
LIKE_HEAD = "the name of a place begins like a head ('Vụ Bản', 'xã Đoàn Kết')"
MISSED = "not found, or only as another type"
UPPER_CASE = (
    "capitals outside the letterhead, and the line 'Kính gửi', are not searched by the model"
)
BLANKS = "the rules want single blanks: behind 'các Bộ:', in 'thành phố', in known phrases"

# fmt: off
KNOWN: Mapping[str, tuple[str, ...]] = {
    LIST: (
        "# Thầy trò [Trường Tiểu học Võ Thị Sáu] trồng cây.",
        "[Trường Đại học Kinh tế và Quản trị kinh doanh] và [Trường Đại học Y Dược] ký kết.",
        "[Cục Quản lý, giám sát bảo hiểm] và [Cục Kế hoạch - Tài chính] báo cáo.",
    ),
    INSIDE: (
        "# Dự án đường Mẫu Sơn - Đình Lập được phê duyệt.",
        "# Dự án Khu đô thị Nam Hoàng Đồng chậm tiến độ.",
        "# Phong trào Đồng Khởi mới lan rộng.",
        "# Kỷ niệm Chiến thắng Điện Biên Phủ.",
        "# Đề án Phát triển du lịch Mẫu Sơn được thông qua.",
        "# Giải bóng đá Cúp Hùng Vương khai mạc.",
    ),
    LIKE_HEAD: (
        "<Xã Đoàn Kết> đạt chuẩn nông thôn mới.",
        "<Xã Cục Phương> nằm bên vườn quốc gia.",
        "<Chùa Tu Viện Quảng Hương> mở cửa.",
    ),
    MISSED: (
        "Bà {H'Hen Niê} trồng cà phê tại <buôn Ako Dhong>.",
        "Xe chạy trên <quốc lộ 1A>, <tỉnh lộ 242> và <Quốc lộ 4B>.",
        "[Ban Điều phối vùng Đông Bắc] họp với [Sở Giáo dục và Đào tạo].",
    ),
    UPPER_CASE: (
        "Kính gửi [SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH].",
        "[SỞ XÂY DỰNG] VÀ [SỞ TÀI CHÍNH] BÁO CÁO",
        "Kính gửi ông {Giàng A Páo} và bà {Sùng Thị Mỷ}.",
    ),
    BLANKS: (
        "Các  Bộ:  [Xây  dựng],  [Công  an]  góp  ý.",
        "[UBND  các  huyện,  thành  phố]  báo  cáo.",
        "[Cục  Quản  lý  thị  trường]  và  [Cục  Sở  hữu  trí  tuệ]  làm  việc.",
        "[Ủy  ban  Kinh  tế  và  Tài  chính  của  Quốc  hội]  thẩm  tra.",
    ),
}
# fmt: on


def lines(table: str) -> Iterator[tuple[str, str]]:
    """Yields the sentences of a table in their form, with what is expected of them."""
    for line in table.splitlines():
        marked = line.removeprefix("# ")
        form, colon, rest = marked.partition(": ")
        if colon and form in FORM:
            yield FORM[form](plain(rest)), rest
        else:
            yield plain(marked), marked


def eth(text: str) -> str:
    return text.replace("Đ", "\u00d0")


def old_tones(text: str) -> str:
    for new, old in (("Ủy", "Uỷ"), ("ủy", "uỷ"), ("hóa", "hoá"), ("Hòa", "Hoà"), ("Tòa", "Toà")):
        text = text.replace(new, old)
    return text


FORM = {"nfd": nfd, "nbsp": nbsp, "wide": wide, "eth": eth}
ALL = {**GROUPS, "persons and places": NAMES}


def every(tables: Mapping[str, str]) -> list[ParameterSet]:
    return [
        pytest.param(text, marked, id=f"{group}: {marked[:50]}")
        for group, table in tables.items()
        for text, marked in lines(table)
    ]


@pytest.mark.parametrize(("text", "marked"), every(GROUPS))
def test_agencies_of_the_pipeline(text: str, marked: str) -> None:
    assert read(text, "AGENCY") == expected(marked, "AGENCY")


def test_persons_and_places_of_the_pipeline() -> None:
    """They are the tagger's alone: which sentence it gets wrong changes with its training."""
    types = ("AGENCY", "PERSON", "LOCATION")
    known = [row for sentences in KNOWN.values() for row in sentences]
    rows = [*lines(NAMES), *lines("\n".join(known))]
    wrong = [marked for text, marked in rows if read(text, *types) != expected(marked, *types)]
    assert len(wrong) <= len(known) + 2, wrong
    assert len(wrong) < 0.25 * len(rows), wrong


# What only the model keeps out: the rules alone take it for a name.
RULES_ERR = ("Xã Phòng Phú xây trường mới.",)


@pytest.mark.parametrize(
    ("text", "marked"),
    every({k: v for k, v in GROUPS.items() if k != "capitals"}),
)
def test_agencies_of_the_rules_alone(
    text: str, marked: str, request: pytest.FixtureRequest
) -> None:
    if marked in RULES_ERR:
        request.applymarker(pytest.mark.xfail(strict=True, reason=LIKE_HEAD))
    found = find_agencies(canonical(text)[0])
    assert [("AGENCY", same(a.text)) for a in found] == expected(marked, "AGENCY")


def test_the_tables_are_large_and_fair() -> None:
    sentences = [line for table in ALL.values() for line in table.splitlines()]
    known = [line for table in KNOWN.values() for line in table]
    assert len(sentences) == len(set(sentences))
    assert sum(len(table.splitlines()) for table in GROUPS.values()) >= 150
    assert len(NAMES.splitlines()) >= 40
    assert len(known) < 0.15 * (len(known) + len(sentences))
    for group, table in GROUPS.items():
        none = [line for line in table.splitlines() if line.startswith("# ")]
        forms = Counter(line.removeprefix("# ").partition(": ")[0] for line in none)
        if group == "forms":
            assert all(forms[name] >= 5 for name in FORM)
        elif group not in ("roles",):
            assert len(none) >= 5, group
        assert not any("[" in line for line in none), group
        assert all("[" in line for line in table.splitlines() if not line.startswith("# "))
    for line in NAMES.splitlines():
        assert line.startswith("# ") is not bool(re.search(r"[{<]", line)), line


# ---------------------------------------------------------------- one text in many spellings


def spelled(text: str) -> list[tuple[str, str]]:
    return read(text, "AGENCY", "PERSON", "LOCATION")


DIFFERS = {
    **{
        ("wide", group): BLANKS
        for group in (
            "names with commas and và",
            "sở hữu",
            "ban ngày",
            "phòng cháy",
            "forms",
        )
    },
}


@pytest.mark.parametrize("group", ALL)
@pytest.mark.parametrize("form", [nfd, nbsp, wide, eth, old_tones], ids=lambda f: f.__name__)
def test_spellings_give_the_same_names(
    form: object, group: str, request: pytest.FixtureRequest
) -> None:
    assert callable(form)
    reason = DIFFERS.get((form.__name__, group))
    if reason is not None:
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    for _, marked in lines(ALL[group]):
        text = plain(marked)
        assert spelled(form(text)) == spelled(text), text


def test_the_text_keeps_the_spelling_of_the_writer() -> None:
    text = "Giao Uỷ\u00a0ban nhân dân  tỉnh \u00d0iện Biên và Toà án nhân dân tỉnh."
    doc = pipeline().read_text(text)
    names = [e.text for e in doc.entities]
    assert names == ["Uỷ\u00a0ban nhân dân  tỉnh \u00d0iện Biên", "Toà án nhân dân tỉnh"]
    assert doc.entities[0].value == "Ủy ban nhân dân tỉnh Điện Biên"


# ---------------------------------------------------------------- letterheads and titles

LETTERHEAD = """\
ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
\tĐộc lập - Tự do - Hạnh phúc
Số: 12/TB-UBND\tLạng Sơn, ngày 15 tháng 4 năm 2025

THÔNG BÁO
{title}

{body}

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(Đã ký)
Hoàng Văn Thụy
"""


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        (
            "Kết luận của [Chủ tịch UBND tỉnh] tại phiên họp tháng 4",
            "1. Giao [Sở Xây dựng] rà soát.",
            ["Chủ tịch UBND tỉnh", "Sở Xây dựng"],
        ),
        (
            "KẾT LUẬN VỀ PHÒNG CHÁY, CHỮA CHÁY VÀ CÔNG TÁC CÁN BỘ",
            "I. NHIỆM VỤ TRỌNG TÂM\n1. [Công an tỉnh] kiểm tra.",
            ["Công an tỉnh"],
        ),
        (
            "Về việc ban hành bộ tiêu chí và quy chế sở hữu",
            "a) Trường hợp vướng mắc, báo cáo [Sở Tư pháp];\n- Bộ phận văn thư lưu hồ sơ.",
            ["Sở Tư pháp"],
        ),
        (
            "Kết luận hội nghị về đoàn kết dân tộc",
            "II. PHÒNG CHỐNG THIÊN TAI\n- [Bộ CHQS tỉnh], [Chi cục Thủy lợi] trực ban.",
            ["Bộ CHQS tỉnh", "Chi cục Thủy lợi"],
        ),
    ],
)
def test_letterheads_titles_and_headings(title: str, body: str, wanted: list[str]) -> None:
    text = LETTERHEAD.format(title=plain(title), body=plain(body))
    doc = pipeline().read_text(text)
    assert doc.header.issuer_value == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert [e.text for e in doc.entities if e.type == "AGENCY"] == wanted
    # The one who signs is the only person; the letterhead names no place.
    people = [(e.text, e.value) for e in doc.entities if e.type in ("PERSON", "LOCATION")]
    assert people == [("Hoàng Văn Thụy", "Hoàng Văn Thụy")]


# ---------------------------------------------------------------- heads through the whole pipeline

HEADS_ERR = {
    "Các Ban đảng|Các Ban Đảng|Các ban đảng": "a part of the phrase is taken for a board",
}


@pytest.mark.parametrize("row", rows("agency_heads"), ids=lambda row: row["head"][:40])
def test_head_row(row: Mapping[str, str], request: pytest.FixtureRequest) -> None:
    reason = HEADS_ERR.get(row["head"])
    if reason is not None:
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    example = read(plain(row["example"]), "AGENCY")
    assert example == expected(row["example"], "AGENCY")
    assert read(row["counterexample"], "AGENCY") == []


def test_a_row_with_a_canonical_name_gives_it() -> None:
    here = AgencyContext("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Lạng Sơn")
    for row in rows("agency_heads"):
        if row["canonical"] and row["tail"] == "place":
            for head in row["head"].split("|"):
                value = canonical_agency(f"{head} tỉnh", context=here)
                assert value == f"{row['canonical']} tỉnh Lạng Sơn", head
