"""Every sentence the site says from Python; the rest stands in the templates. One place, ready for catalogues."""

from __future__ import annotations

from indexer.model import Said

# --- names of things -------------------------------------------------------------------------

FACETS = {
    "zone": Said("Vùng"),
    "region": Said("Quân khu"),
    "province": Said("Tỉnh, thành phố"),
    "now": Said("Tỉnh, thành phố hiện nay"),
    "district": Said("Huyện, quận, thị xã (đến 30/6/2025)"),
    "commune": Said("Xã, phường, đặc khu (từ 1/7/2025)"),
    "year": Said("Năm đăng"),
    "day": Said("Ngày đăng"),
    "topic": Said("Chủ đề"),
    "official": Said("Cán bộ, lãnh đạo"),
    "post": Said("Chức vụ được nêu"),
    "role": Said("Vai trò tại sự kiện"),
    "class": Said("Khối của chức vụ"),
    "level": Said("Cấp của chức vụ"),
}
FROM, TO = Said("từ {}"), Said("đến ngày {}")
CHOSEN = Said("{}: {}")
WAY_OUT = Said("{} ({n} bài)")
NO_INFERRED = Said("Không tính năm suy ra")
SORTS = {"relevance": Said("Liên quan"), "newest": Said("Mới nhất"), "oldest": Said("Cũ nhất")}

# What a date or a province rests on, as the article page says it.
DATE_BASES = {
    "meta": Said("theo thông tin của trang gốc"),
    "header": Said("theo dòng ngày giờ trên trang gốc"),
    "url": Said("theo địa chỉ của trang gốc"),
    "event": Said("suy ra từ ngày của sự việc trong bài"),
    "years": Said("suy ra từ các năm nhắc đến trong bài"),
    "none": Said("không có căn cứ"),
}
PROVINCE_BASES = {
    "text": Said("nêu trong bài"),
    "title": Said("nêu trong tiêu đề"),
    "dateline": Said("theo dòng địa danh của tin"),
    "masthead": Said("theo tên cơ quan báo chí trong bài"),
    "district": Said("theo huyện, quận, thị xã nêu trong bài"),
    "official": Said("theo cán bộ nêu trong bài"),
    "learned": Said("theo cán bộ mà các bài khác nêu giữ chức ấy ở đây vào thời gian này"),
    "commune": Said("theo xã, phường nêu trong bài"),
    "source": Said("theo tờ báo đăng bài"),
    "domain": Said("theo tờ báo đăng bài"),
    "record": Said("theo dữ liệu đi kèm bài"),
}
MAPS = {"then": Said("Tên lúc đăng"), "now": Said("Địa giới hiện nay")}
SPAN = Said("{}–{}")
NOW_CALLED = Said("{} (nay là {})")
AS_INFERRED = Said("{date} (suy ra)")
DATE_INFERRED = Said("ngày đăng {basis} [{code}]")
UNKNOWN_AUTHOR = Said("Không rõ tác giả")
UNKNOWN_DATE = Said("chưa rõ ngày")
UNTITLED = Said("(Bài không có tiêu đề)")

# --- charts and maps -------------------------------------------------------------------------

NO_ARTICLE = Said("không bài nào")
UP_TO, BETWEEN, ABOVE = Said("đến {}"), Said("trên {} đến {}"), Said("trên {}")  # shares, on the map's legend
BAR = Said("{}: {n} bài")
BAR_SHARES = {4: Said("{}, {} số bài của kho năm ấy"), 7: Said("{}, {} số bài của kho tháng ấy")}  # of a year, a month
BAR_SOURCES = Said("{}, {n} nguồn")
BAR_CHOSEN = Said("{}, đang chọn")
POINT = Said("{} · {} · {}: {n} bài")
BY_YEAR, BY_MONTH = Said("Theo năm"), Said("Theo tháng")
BY_COUNT, BY_SHARE = Said("Số bài"), Said("Phần trong kho")
VIEWS = {
    "/search": Said("Các bài"),
    "/timeline": Said("Theo thời gian"),
    "/map": Said("Bản đồ"),
    "/silence": Said("Tỉnh × năm"),
    "/compare": Said("So sánh"),
}
CELLS = {
    "found": Said("{} trong {n} bài của kho"),
    "no_match": Said("không bài nào khớp; kho có {n} bài"),
    "no_article": Said("kho không có bài nào"),
    "did_not_exist": Said("không có tỉnh này"),
}

# --- permanent links -------------------------------------------------------------------------

SINCE_HAD = Said("Khi có liên kết cố định này, kết quả có {n} bài.")
SINCE_SAME = Said("Từ đó kết quả không thay đổi.")
SINCE_CHANGED = Said("Từ đó {n} bài được thêm hoặc sửa.")
SINCE_GONE = Said("{n} bài không còn trong kết quả (đã gỡ hoặc không còn khớp).")
SINCE_GONE_AT_MOST = Said("Không rõ bao nhiêu bài không còn trong kết quả, nhiều nhất là {n} bài.")
SINCE_GONE_UNKNOWN = Said("Không rõ có bài nào không còn trong kết quả hay không, vì bản chỉ mục khi ấy không còn.")
SINCE_UNKNOWN = Said("Kho không có bản chỉ mục mà liên kết cố định này nhớ, nên không rõ kết quả đã thay đổi thế nào.")

UNREAD = Said("Không đọc được phần sau như một lệnh tìm nên đã tìm như chữ thường: {parts}")
HEADING = Said("Kết quả cho “{q}”")
HEADING_WITHOUT_QUERY = Said("Các bài mới nhất")
EXAMPLES = (
    "tuyển quân",
    "diễn tập khu vực phòng thủ",
    "dân quân tự vệ",
    '"giáo dục quốc phòng và an ninh"',
    "chi huy truong",
)

# --- what is said about parameters -----------------------------------------------------------

QUERY_CUT = Said("Câu tìm dài quá {limit} ký tự; phần sau đã được bỏ.")
VALUE_TOO_LONG = Said("Một giá trị lọc quá dài đã được bỏ.")
TOO_MANY_VALUES = Said("Chỉ lọc được tối đa {limit} giá trị một lần; phần sau đã được bỏ.")
NOT_A_FLAG = Said("“{value}” không dùng được: chỉ nhận 1 hoặc 0.")
NOT_A_CHOICE = Said("“{value}” không dùng được ở đây. Có thể dùng: {known}.")
NOT_A_DATE = Said("“{value}” không phải ngày dùng được: viết 2025-07-01, 1/7/2025, 2025-07 hay 2025.")
NOT_A_NUMBER = Said("“{value}” không phải số dùng được cho {name}: cần số nguyên từ 1 đến {high}.")
TOO_LARGE = Said("{name} lớn nhất là {high}.")
NOT_A_MARK = Said("“{value}” không phải phần nhớ của một liên kết cố định, như 7000012.35.")
TOO_DEEP = Said("Chỉ xem được {depth} bài đầu của một kết quả. Hãy thu hẹp câu tìm hoặc chọn thêm bộ lọc.")
UNKNOWN_PARAMETER = Said("Không có tham số “{name}”.")

# --- what is said when there is no page: status -> (title, sentence) -------------------------

FAILURES = {
    400: (Said("Yêu cầu không đọc được"), Said("Địa chỉ này có phần máy chủ không hiểu.")),
    404: (Said("Không có trang này"), Said("Trang hoặc bài bạn tìm không có ở đây; có thể bài đã được gỡ khỏi kho.")),
    405: (Said("Cách gọi không được phép"), Said("Trang này chỉ nhận yêu cầu xem (GET).")),
    414: (Said("Địa chỉ quá dài"), Said("Hãy rút ngắn câu tìm hoặc bỏ bớt bộ lọc.")),
    429: (Said("Bạn hỏi quá nhanh"), Said("Xin chờ một lát rồi thử lại. Cần nhiều bài thì tải cả kết quả về một lần.")),
    500: (Said("Máy chủ gặp lỗi"), Said("Lỗi này là của chúng tôi và đã được ghi lại. Xin thử lại sau ít phút.")),
    503: (Said("Kho bài chưa sẵn sàng"), Said("Chưa tìm được vì chỉ mục chưa dùng được.")),
}
INDEX_MISSING = Said("Chưa có chỉ mục. Người quản trị cần chạy lệnh:")
INDEX_OUTDATED = Said(
    "Chỉ mục do phiên bản khác của chương trình tạo ra nên không dùng được. Người quản trị cần chạy lệnh:"
)
INDEX_DAMAGED = Said("Một tệp của chỉ mục bị thiếu hoặc hỏng. Người quản trị cần chạy lệnh:")
INDEX_UNUSABLE = Said("Chỉ mục đang không dùng được. Người quản trị xem chi tiết bằng lệnh:")
