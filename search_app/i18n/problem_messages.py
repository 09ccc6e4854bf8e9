"""What went wrong, for programs: the stable code of each kind of problem, its status, and its title for readers."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import Message


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. `code` never changes; `status` is that of the answer; `title` and `remedy` are for readers."""

    code: str
    status: int
    title: Message
    remedy: Message


KINDS = (
    Kind("invalid_parameter", 400, Message("Tham số không dùng được"),
         Message("Tham số lạ hoặc giá trị không đọc được; “parameter” nêu tên nó, “suggestions” nêu cái gần nhất.")),
    Kind("unknown_value", 400, Message("Không có giá trị này"),
         Message("Bộ lọc không có giá trị ấy; “suggestions” nêu những giá trị gần nhất.")),
    Kind("bad_request", 400, Message("Yêu cầu không đọc được"), Message("Địa chỉ này có phần máy chủ không hiểu.")),
    Kind("not_found", 404, Message("Không có ở đây"),
         Message("Địa chỉ, bài hay người ấy không có; có thể bài đã được gỡ khỏi kho.")),
    Kind("method_not_allowed", 405, Message("Cách gọi không được phép"),
         Message("Chỉ nhận GET, HEAD và OPTIONS.")),
    Kind("cursor_expired", 410, Message("Con trỏ đã hết hạn"),
         Message("Kho bài đã đổi từ khi con trỏ được đưa ra. Hãy bắt đầu lại từ địa chỉ “first”.")),
    Kind("too_large", 413, Message("Nội dung quá dài"), Message("Yêu cầu gửi lên quá lớn.")),
    Kind("too_long", 414, Message("Địa chỉ quá dài"), Message("Hãy rút ngắn câu tìm hoặc bỏ bớt bộ lọc.")),
    Kind("too_fast", 429, Message("Quá nhiều yêu cầu"), Message("Hãy chờ số giây ghi ở Retry-After.")),
    Kind("internal_error", 500, Message("Máy chủ gặp lỗi"), Message("Lỗi này là của chúng tôi và đã được ghi lại.")),
    Kind("too_heavy", 503, Message("Yêu cầu này quá nặng"),
         Message("Hỏi lại y như vậy cũng không được: hãy thu hẹp câu tìm.")),
    Kind("busy", 503, Message("Máy chủ đang bận"), Message("Hãy chờ số giây ghi ở Retry-After.")),
    Kind("index_missing", 503, Message("Chưa có chỉ mục"), Message("Người quản trị chạy: quocphong index")),
    Kind("index_outdated", 503, Message("Chỉ mục của phiên bản khác"),
         Message("Người quản trị chạy: quocphong index --rebuild")),
    Kind("index_damaged", 503, Message("Chỉ mục bị hỏng"),
         Message("Người quản trị chạy: quocphong index --rebuild")),
    Kind("index_unusable", 503, Message("Chỉ mục chưa dùng được"), Message("Người quản trị chạy: quocphong doctor")),
)
BY_CODE = {kind.code: kind for kind in KINDS}
# The kind of a problem of which only the status is known.
BY_STATUS = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 410: "cursor_expired", 413: "too_large",
             414: "too_long", 429: "too_fast", 503: "index_unusable"}
