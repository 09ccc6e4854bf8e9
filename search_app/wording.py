"""Every sentence the site says from Python; the rest stands in the templates. One place, ready for catalogues."""

from __future__ import annotations

# --- names of things -------------------------------------------------------------------------

FACETS = {
    "zone": "Vùng",
    "region": "Quân khu",
    "province": "Tỉnh, thành phố",
    "now": "Tỉnh, thành phố hiện nay",
    "district": "Huyện, quận, thị xã (đến 30/6/2025)",
    "commune": "Xã, phường, đặc khu (từ 1/7/2025)",
    "year": "Năm đăng",
    "day": "Ngày đăng",
    "topic": "Chủ đề",
    "official": "Cán bộ, lãnh đạo",
    "post": "Chức vụ được nêu",
    "role": "Vai trò tại sự kiện",
    "class": "Khối của chức vụ",
    "level": "Cấp của chức vụ",
}
NO_INFERRED = "Không tính năm suy ra"
SORTS = {"relevance": "Liên quan", "newest": "Mới nhất", "oldest": "Cũ nhất"}

# What a date or a province rests on, as the article page says it.
DATE_BASES = {
    "meta": "theo thông tin của trang gốc",
    "header": "theo dòng ngày giờ trên trang gốc",
    "url": "theo địa chỉ của trang gốc",
    "event": "suy ra từ ngày của sự việc trong bài",
    "years": "suy ra từ các năm nhắc đến trong bài",
    "none": "không có căn cứ",
}
PROVINCE_BASES = {
    "text": "nêu trong bài",
    "title": "nêu trong tiêu đề",
    "dateline": "theo dòng địa danh của tin",
    "masthead": "theo tên cơ quan báo chí trong bài",
    "district": "theo huyện, quận, thị xã nêu trong bài",
    "official": "theo cán bộ nêu trong bài",
    "learned": "theo cán bộ mà các bài khác nêu giữ chức ấy ở đây vào thời gian này",
    "commune": "theo xã, phường nêu trong bài",
    "source": "theo tờ báo đăng bài",
    "domain": "theo tờ báo đăng bài",
    "record": "theo dữ liệu đi kèm bài",
}
MAPS = {"then": "Tên lúc đăng", "now": "Địa giới hiện nay"}
AS_INFERRED = "{date} (suy ra)"
DATE_INFERRED = "ngày đăng {basis} [{code}]"
UNKNOWN_AUTHOR = "Không rõ tác giả"
UNKNOWN_DATE = "chưa rõ ngày"
UNTITLED = "(Bài không có tiêu đề)"

UNREAD = "Không đọc được phần sau như một lệnh tìm nên đã tìm như chữ thường: {parts}"
HEADING = "Kết quả cho “{q}”"
HEADING_WITHOUT_QUERY = "Các bài mới nhất"
EXAMPLES = (
    "tuyển quân",
    "diễn tập khu vực phòng thủ",
    "dân quân tự vệ",
    '"giáo dục quốc phòng và an ninh"',
    "chi huy truong",
)

# --- what is said about parameters -----------------------------------------------------------

QUERY_CUT = "Câu tìm dài quá {limit} ký tự; phần sau đã được bỏ."
VALUE_TOO_LONG = "Một giá trị lọc quá dài đã được bỏ."
TOO_MANY_VALUES = "Chỉ lọc được tối đa {limit} giá trị một lần; phần sau đã được bỏ."
NOT_A_FLAG = "“{value}” không dùng được: chỉ nhận 1 hoặc 0."
NOT_A_CHOICE = "“{value}” không dùng được ở đây. Có thể dùng: {known}."
NOT_A_DATE = "“{value}” không phải ngày dùng được: viết 2025-07-01, 1/7/2025, 2025-07 hay 2025."
NOT_A_NUMBER = "“{value}” không phải số dùng được cho {name}: cần số nguyên từ 1 đến {high}."
TOO_LARGE = "{name} lớn nhất là {high}."
TOO_DEEP = "Chỉ xem được {depth} bài đầu của một kết quả. Hãy thu hẹp câu tìm hoặc chọn thêm bộ lọc."
UNKNOWN_PARAMETER = "Không có tham số “{name}”."

# --- what is said when there is no page: status -> (title, sentence) -------------------------

FAILURES = {
    400: ("Yêu cầu không đọc được", "Địa chỉ này có phần máy chủ không hiểu."),
    404: ("Không có trang này", "Trang hoặc bài bạn tìm không có ở đây; có thể bài đã được gỡ khỏi kho."),
    405: ("Cách gọi không được phép", "Trang này chỉ nhận yêu cầu xem (GET)."),
    414: ("Địa chỉ quá dài", "Hãy rút ngắn câu tìm hoặc bỏ bớt bộ lọc."),
    500: ("Máy chủ gặp lỗi", "Lỗi này là của chúng tôi và đã được ghi lại. Xin thử lại sau ít phút."),
    503: ("Kho bài chưa sẵn sàng", "Chưa tìm được vì chỉ mục chưa dùng được."),
}
INDEX_MISSING = "Chưa có chỉ mục. Người quản trị cần chạy lệnh:"
INDEX_OUTDATED = "Chỉ mục do phiên bản khác của chương trình tạo ra nên không dùng được. Người quản trị cần chạy lệnh:"
INDEX_DAMAGED = "Một tệp của chỉ mục bị thiếu hoặc hỏng. Người quản trị cần chạy lệnh:"
INDEX_UNUSABLE = "Chỉ mục đang không dùng được. Người quản trị xem chi tiết bằng lệnh:"
