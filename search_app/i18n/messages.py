"""The messages that the site shows from Python, in Vietnamese; the others stand in the templates."""

from __future__ import annotations

from indexer.model import Message

# --- names of things -------------------------------------------------------------------------

FROM, TO = Message("từ {}"), Message("đến ngày {}")
CHOSEN = Message("{}: {}")
WAY_OUT = Message("{} ({n} bài)")
NO_INFERRED = Message("Không tính năm suy ra")
SORTS = {"relevance": Message("Liên quan"), "newest": Message("Mới nhất"), "oldest": Message("Cũ nhất")}

# What a date or a province rests on, as the article page says it.
DATE_BASES = {
    "meta": Message("theo thông tin của trang gốc"),
    "header": Message("theo dòng ngày giờ trên trang gốc"),
    "url": Message("theo địa chỉ của trang gốc"),
    "event": Message("suy ra từ ngày của sự việc trong bài"),
    "years": Message("suy ra từ các năm nhắc đến trong bài"),
    "none": Message("không có căn cứ"),
}
PROVINCE_BASES = {
    "text": Message("nêu trong bài"),
    "title": Message("nêu trong tiêu đề"),
    "dateline": Message("theo dòng địa danh của tin"),
    "masthead": Message("theo tên cơ quan báo chí trong bài"),
    "district": Message("theo huyện, quận, thị xã nêu trong bài"),
    "official": Message("theo cán bộ nêu trong bài"),
    "learned": Message("theo cán bộ mà các bài khác nêu giữ chức ấy ở đây vào thời gian này"),
    "address": Message("theo địa chỉ của bài"),
    "commune": Message("theo xã, phường nêu trong bài"),
    "source": Message("theo tờ báo đăng bài"),
    "domain": Message("theo tờ báo đăng bài"),
    "record": Message("theo dữ liệu đi kèm bài"),
}
MAPS = {"then": Message("Tên lúc đăng"), "now": Message("Địa giới hiện nay")}
PROVINCES_NOW, PROVINCES_THEN = Message("34 tỉnh, thành phố hiện nay"), Message("63 tỉnh, thành phố trước 1/7/2025")
SPAN = Message("{}–{}")
NOW_CALLED = Message("{} (nay là {})")
AS_INFERRED = Message("{date} (suy ra)")
DATE_INFERRED = Message("ngày đăng {basis} [{code}]")
UNKNOWN_AUTHOR = Message("Không rõ tác giả")
UNKNOWN_DATE = Message("chưa rõ ngày")
UNTITLED = Message("(Bài không có tiêu đề)")

# --- which rule made the total ---------------------------------------------------------------

COUNTED = Message("Bài {}.")
STRICT, WIDE = Message("Chỉ tính bài đủ từ"), Message("Tính cả bài thiếu từ")

# --- filters to choose

TOPIC = Message("chủ đề {}")

# --- charts and maps -------------------------------------------------------------------------

NO_ARTICLE = Message("không bài nào")
UP_TO, BETWEEN, ABOVE = Message("đến {}"), Message("trên {} đến {}"), Message("trên {}")  # shares, on the map's legend
BAR = Message("{}: {n} bài")
# Of a year, of a month: by how many letters its key has.
BAR_SHARES = {4: Message("{}, {} số bài của kho năm ấy"), 7: Message("{}, {} số bài của kho tháng ấy")}
BAR_SOURCES = Message("{}, {n} nguồn")
BAR_CHOSEN = Message("{}, đang chọn")
# Where the articles of a result are, as parts of a sum: "61 trên biểu đồ + 3 trước 2011 + 29 chưa rõ năm = 93".
ON_CHART, BEFORE = Message("{n} trên biểu đồ"), Message("{n} trước {first}")
ONLY_YEAR, NO_YEAR = Message("{n} chỉ rõ năm"), Message("{n} chưa rõ năm")
IN_TABLE = Message("{n} trong bảng")
POINT = Message("{} · {} · {}: {n} bài")
BY_YEAR, BY_MONTH = Message("Theo năm"), Message("Theo tháng")
BY_COUNT, BY_SHARE = Message("Số bài"), Message("Tỷ lệ trong kho")
# The navigation of every page.
PAGES = {
    "/": Message("Tìm"),
    "/map": Message("Bản đồ"),
    "/timeline": Message("Theo thời gian"),
    "/compare": Message("So sánh"),
    "/kwic": Message("Ngữ cảnh"),
    "/officials": Message("Cán bộ"),
    "/provinces": Message("Tỉnh, thành"),
}
VIEWS = {
    "/search": Message("Các bài"),
    "/timeline": Message("Theo thời gian"),
    "/map": Message("Bản đồ"),
    "/silence": Message("Tỉnh × năm"),
    "/compare": Message("So sánh"),
    "/kwic": Message("Trong ngữ cảnh"),
    "/statistics": Message("Thống kê từ ngữ"),
}
CELLS = {
    "found": Message("{} trong {n} bài của kho"),
    "no_match": Message("không bài nào khớp; kho có {n} bài"),
    "no_article": Message("kho không có bài nào"),
    "did_not_exist": Message("không có tỉnh này"),
}

# --- figures to take along ---------------------------------------------------------------------

FIGURE_TIMELINE, FIGURE_PROVINCES = Message("Số bài theo thời gian"), Message("Số bài theo tỉnh, thành phố")
FIGURE_COMPARED, FIGURE_COMPARED_SHARE = Message("So sánh số bài theo năm"), Message("So sánh tỷ lệ trong kho theo năm")
FIGURE_GRID = Message("Số bài theo tỉnh và năm")
FIGURE_SHARES = Message("Trên cột: số bài. Dưới cột: tỷ lệ trong số bài của kho thời gian ấy.")
FIGURE_FEW = Message("Cột gạch chéo: kho có dưới 5 bài của thời gian ấy, tỷ lệ chưa nói lên gì.")
FIGURE_FEW_CELLS = Message("Ô có vạch chéo: kho có dưới 5 bài, tỷ lệ chưa nói lên gì.")
FIGURE_MAP = Message("Trong ô: số bài. Ô càng đậm thì tỷ lệ trong số bài của kho về tỉnh ấy càng lớn.")
FIGURE_UNKNOWN_PROVINCE = Message("{n} bài chưa rõ tỉnh không có trên bản đồ.")
FIGURE_SIGNS = Message("○ kho có bài nhưng không bài nào khớp; – kho không có bài nào; × không có tỉnh này vào năm ấy.")
FIGURE_SERIES = Message("{}: “{}”, {n} bài")
FIGURE_COMPARED_ORIGIN = Message(
    "So trong {n} bài của {} nguồn báo, đài, cổng thông tin; kho Quốc phòng địa phương, lập ngày {}.")
FIGURE_ORIGIN = Message("{n} bài, {} nguồn báo, đài, cổng thông tin; kho Quốc phòng địa phương, lập ngày {}.")

# --- permanent links -------------------------------------------------------------------------

SINCE_HAD = Message("Lúc tạo liên kết, kết quả có {n} bài.")
SINCE_DOUBTED = Message("Số bài ghi trong liên kết này không khớp với câu tìm, nên không dùng để so sánh.")
SINCE_SAME = Message("Từ đó kết quả không thay đổi.")
SINCE_CHANGED = Message("Từ đó {n} bài được thêm hoặc sửa.")
SINCE_GONE = Message("{n} bài không còn trong kết quả (đã gỡ hoặc không còn khớp).")
SINCE_GONE_AT_MOST = Message("Không rõ bao nhiêu bài không còn trong kết quả, nhiều nhất là {n} bài.")
SINCE_GONE_UNKNOWN = Message(
    "Không rõ có bài nào không còn trong kết quả hay không, vì bản chỉ mục lúc tạo liên kết không còn.")
SINCE_UNKNOWN = Message(
    "Kho không còn bản chỉ mục lúc tạo liên kết, nên không rõ kết quả đã thay đổi thế nào.")

UNREAD = Message("Không đọc được phần sau như một lệnh tìm nên đã tìm như chữ thường: {parts}")
HEADING = Message("Kết quả cho “{q}”")
HEADINGS = (Message("Bài đã lọc: {}"), Message("Bài đã lọc: {} · {}"), Message("Bài đã lọc: {} · {} · {}"))
HEADING_MORE = Message("Bài đã lọc: {} · {} và {n} bộ lọc khác")
HEADING_WITHOUT_QUERY = Message("Các bài mới nhất")
EXAMPLES = (
    "tuyển quân",
    "diễn tập khu vực phòng thủ",
    "dân quân tự vệ",
    '"giáo dục quốc phòng và an ninh"',
    "chi huy truong",
)

# --- who held what, when -----------------------------------------------------------------------

UNKNOWN_VALUES = {
    "q": Message("Không bài nào nêu cán bộ, lãnh đạo tên “{}”."),
    "post": Message("Không bài nào nêu ai giữ chức “{}”."),
    "province": Message("Không bài nào nêu ai giữ chức ở “{}”."),
    "year": Message("Không bài nào đăng năm “{}” nêu ai giữ chức gì."),
}
YEAR_UNREAD = Message("Năm “{}” không đọc được; viết 2023, 2021-2023, 2021- hoặc -2023.")
NOBODY_HELD = Message("Không bài nào nêu người như vậy. Có thể bớt điều kiện:")
CONDITIONS = {"q": Message("tên"), "post": Message("chức vụ"), "province": Message("tỉnh, thành phố"),
              "year": Message("năm")}
WITHOUT_CONDITION = Message("bỏ {} ({n} dòng)")

# --- readers' reports of mistakes --------------------------------------------------------------

EVENT_DAY, RANK = Message("Ngày diễn ra"), Message("Quân hàm, cấp bậc")
# Kinds of mistake, by what the list of reports calls them.
MISTAKES = {
    "wrong": Message("Thông tin này sai"),
    "missing": Message("Thiếu thông tin"),
    "name": Message("Viết sai tên người này"),
    "not-official": Message("Người này không phải cán bộ, lãnh đạo"),
    "two-people": Message("Gộp nhầm hai người làm một"),
    "one-person": Message("Tách một người làm hai"),
    "removal": Message("Đề nghị gỡ bài"),
    "other": Message("Việc khác"),
}
MISTAKES_ABOUT_PEOPLE = ("name", "not-official", "two-people", "one-person")
REPORT_TRAP = Message("Ô ẩn của biểu mẫu phải để trống. Xin gửi lại.")
REPORT_OLD_FORM = Message(
    "Biểu mẫu đã quá hạn hoặc được gửi từ một trang khác. Nội dung vẫn còn dưới đây, xin gửi lại.")
REPORT_WITHOUT_WORDS = Message("Xin viết vài lời: sai ở đâu, đúng ra thế nào.")
REPORT_TOO_LONG = Message("Nội dung dài quá {n} ký tự, hoặc địa chỉ liên hệ dài quá {m} ký tự. Xin viết ngắn hơn.")

# --- what is said when there is no page: status -> (title, sentence) -------------------------

FAILURES = {
    400: (Message("Yêu cầu không đọc được"), Message("Địa chỉ này có phần máy chủ không hiểu.")),
    404: (Message("Không có trang này"),
          Message("Trang hoặc bài bạn tìm không có ở đây; có thể bài đã được gỡ khỏi kho.")),
    405: (Message("Cách gọi không được phép"), Message("Trang này chỉ nhận yêu cầu xem (GET).")),
    413: (Message("Nội dung quá dài"), Message("Biểu mẫu gửi lên quá lớn. Xin viết ngắn hơn.")),
    414: (Message("Địa chỉ quá dài"), Message("Hãy rút ngắn câu tìm hoặc bỏ bớt bộ lọc.")),
    429: (Message("Quá nhiều yêu cầu"),
          Message("Xin chờ một lát rồi thử lại. Nếu cần nhiều bài, hãy tải cả kết quả về một lần.")),
    500: (Message("Máy chủ gặp lỗi"), Message("Lỗi này là của chúng tôi và đã được ghi lại. Xin thử lại sau ít phút.")),
    503: (Message("Kho bài chưa sẵn sàng"), Message("Chỉ mục chưa sẵn sàng nên chưa tìm được bài.")),
}
TOO_MUCH = (Message("Yêu cầu này quá nặng"),
            Message("Máy chủ phải đọc quá nhiều mới trả lời được câu này nên đã dừng lại. Hãy thu hẹp: bớt các vế"
                    " nối bằng OR, bỏ dấu ~ và dấu *, thêm từ ít gặp hơn, hoặc lọc theo tỉnh, theo năm."))
PART_UNREAD = Message("Phần phải là một số từ 1.")
BUSY = (Message("Máy chủ đang bận"),
        Message("Đang có nhiều yêu cầu nặng được trả lời. Xin thử lại sau vài giây."))
INDEX_MISSING = Message("Chưa có chỉ mục. Người quản trị cần chạy lệnh:")
INDEX_OUTDATED = Message(
    "Chỉ mục do phiên bản khác của chương trình tạo ra nên không dùng được. Người quản trị cần chạy lệnh:"
)
INDEX_DAMAGED = Message("Một tệp của chỉ mục bị thiếu hoặc hỏng. Người quản trị cần chạy lệnh:")
INDEX_UNUSABLE = Message("Chỉ mục đang không dùng được. Người quản trị xem chi tiết bằng lệnh:")

# --- statistics ------------------------------------------------------------------------------

COLLOCATES, KEYNESS = Message("Từ đi kèm"), Message("Từ đặc trưng")
FREQUENCY, TOGETHER = Message("Tần suất"), Message("Cùng được nhắc")
USES = {"over": Message("Dùng nhiều hơn"), "under": Message("Dùng ít hơn")}
UNITS = {"word": Message("từ"), "syllable": Message("tiếng")}
SPANS = {"both": Message("hai bên"), "left": Message("bên trái"), "right": Message("bên phải")}
ROW_SIZES = {1: Message("một từ"), 2: Message("hai từ liền nhau"), 3: Message("ba từ liền nhau")}
WITH_WHOM = {"official": Message("cán bộ khác"), "province": Message("tỉnh, thành phố")}
MEASURES = {
    "log_likelihood": Message("độ chắc (log-likelihood)"),
    "log_dice": Message("độ gắn bó (logDice)"),
    "mutual_information": Message("độ đặc biệt (MI)"),
    "joint": Message("số lần"),
    "articles": Message("số bài"),
}
# The columns of each table: short name, explanation.
SURE_COLUMN = (Message("Độ chắc"),
               Message("Log-likelihood: càng cao càng khó là ngẫu nhiên; từ 6,63 trở lên là dưới 1 %."))
DICE_COLUMN = (Message("Độ gắn bó"),
               Message("logDice: cao nhất khoảng 14, khi hai bên chỉ đi với nhau; bớt 1 là bớt một nửa."))
MI_COLUMN = (Message("MI"), Message("Gấp bao nhiêu lần ngẫu nhiên, tính theo lũy thừa của 2; hay đề cao từ hiếm."))
COLLOCATE_COLUMNS = (
    (Message("Từ đi kèm"), ""),
    (Message("Dòng"), Message("Bao nhiêu chỗ có từ ngữ đang xem mà từ này đứng gần; bấm vào để đọc các dòng ấy.")),
    (Message("Bài"), Message("Trong bao nhiêu bài.")),
    (Message("Lần ở gần"), Message("Từ này đứng gần bao nhiêu lần; mỗi chỗ tính một lần.")),
    (Message("Ngẫu nhiên"), Message("Nếu các từ nằm ngẫu nhiên thì được bao nhiêu lần.")),
    (Message("Lần tất cả"), Message("Trong tất cả các bài thỏa bộ lọc, có bao nhiêu lần.")),
    SURE_COLUMN, DICE_COLUMN, MI_COLUMN,
)  # fmt: skip
PER_MILLION = Message("Cứ một triệu từ thì có bao nhiêu lần.")
KEYNESS_COLUMNS = (
    (Message("Từ"), ""),
    (Message("Lần ở đây"), Message("Bao nhiêu lần trong các bài đang xem.")),
    (Message("Mỗi triệu"), PER_MILLION),
    (Message("Bài ở đây"), Message("Bao nhiêu bài đang xem có các chữ này; bấm vào để đọc.")),
    (Message("Lần bên kia"), Message("Bao nhiêu lần trong các bài được so với.")),
    (Message("Mỗi triệu bên kia"), PER_MILLION),
    (Message("Bài bên kia"), Message("Bao nhiêu bài được so với có các chữ này.")),
    SURE_COLUMN,
    (Message("Chênh lệch"), Message("Log ratio: 1 là dùng nhiều gấp đôi, 2 là gấp bốn, −1 là bằng một nửa.")),
)  # fmt: skip
FREQUENCY_COLUMNS = (
    (Message("Từ"), ""),
    (Message("Lần"), Message("Bao nhiêu lần.")),
    (Message("Mỗi triệu"), PER_MILLION),
    (Message("Bài"), Message("Bao nhiêu bài trong cả kết quả có các chữ này liền nhau; bấm vào để đọc.")),
)  # fmt: skip
TOGETHER_COLUMNS = (
    (Message("Cán bộ"), ""),
    (Message("Cùng với"), ""),
    (Message("Bài chung"), Message("Bao nhiêu bài nhắc cả hai; bấm vào để đọc.")),
    (Message("Bài bên trái"), Message("Bao nhiêu bài nhắc người ở cột đầu.")),
    (Message("Bài bên phải"), Message("Bao nhiêu bài nhắc người hay tỉnh ở cột thứ hai.")),
    SURE_COLUMN, DICE_COLUMN, MI_COLUMN,
)  # fmt: skip
STATISTICS_WISH = Message("{name} không nhận giá trị này")
NO_PLACES = Message("Cần một từ hoặc cụm từ")
