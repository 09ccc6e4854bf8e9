"""What a page prints around its text: buttons, counters, and lists of other articles' headlines."""

from __future__ import annotations

import re

from indexer.sources.authors import SECTIONS, squeezed

# Headings of other news: chrome by themselves, and what follows them is not the article either.
OTHER_NEWS = frozenset((
    "tin liên quan", "tin bài liên quan", "bài viết liên quan", "bài liên quan", "các tin khác", "tin khác",
    "tin cùng chuyên mục", "cùng chuyên mục", "các bài viết khác", "tin mới", "tin mới nhất"
))
RELATED = OTHER_NEWS.union((
    "các tin đã đưa", "tin đã đưa", "bài viết khác", "tin tức gần đây", "có thể bạn quan tâm", "tin nổi bật",
    "đọc nhiều", "theo dòng sự kiện", "xem nhiều", "tin xem nhiều", "bài xem nhiều", "tin đọc nhiều", "tin nóng"
))
CHROME = OTHER_NEWS.union((
    "bình luận", "back to top", "in bài viết", "in trang", "in bài", "in tin", "chia sẻ", "gửi bình luận", "gửi email",
    "facebook", "zalo", "twitter", "tweet", "về trang chủ", "trang chủ", "quay lại", "trở về", "trở lại",
    "lên đầu trang", "về đầu trang", "lưu bài viết", "lưu bài", "copy link", "sao chép liên kết", "nghe đọc bài",
    "đọc bài", "xem thêm", "đọc thêm", "ý kiến bạn đọc", "ý kiến của bạn", "viết bình luận", "quảng cáo", "print",
    "email", "share", "like", "theo dõi", "thích", "đánh giá bài viết", "từ khóa", "từ khoá", "gửi", "hủy", "huỷ",
    "xem nhiều", "tin xem nhiều", "bài xem nhiều",
    "đăng nhập", "xem theo ngày", "bản in", "phóng to", "thu nhỏ", "phản hồi", "top", "close", "more"
))
CHROME_LINE = re.compile(
    r"\*{0,2}\s?(?:kính )?mời (?:bạn|quý|các)?\s?(?:bạn|vị)?\s?(?:đọc|độc giả|khán giả|thính giả"
    r"|bạn xem đài)\s(?:vào|xem|theo dõi|đón|truy cập|đọc).{0,140}|chia sẻ (?:bài viết|ý kiến) của bạn.{0,100}"
    r"|(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)\s?:?\s?[\d.,]{1,12}"
    r"|[\d.,]{1,12}\s?[kmKM]?\s(?:(?:lượt|lần) (?:xem|đọc|truy cập|thích|chia sẻ)|(?:người )?(?:xem|thích)"
    r"|views?|likes?)"
    r"|(?:bình luận|chia sẻ|thích|like|share)\s?\(?\s?\d{1,6}\s?\)?|từ kh(?:óa|oá)\s?:.{0,140}|tags?\s?:.{0,140}"
    r"|(?:không có|chưa có|\d{1,5}) (?:phản hồi|bình luận)|nguồn bài\s?:.{0,80}|xem link gốc.{0,80}"
    r"|(?:các )?(?:tệp|tập tin|file|tài liệu|văn bản) (?:tin )?(?:đính kèm|kèm theo)\s?(?::.{0,120})?"
    r"|(?:posted in|filed under|this entry was posted|leave a (?:comment|reply)|no comments?|continue reading).{0,140}"
    r"|(?:trang|page)\s?:?(?:\s?\d{1,3}\b){1,20}.{0,40}"
    r"|\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?|(?:©|copyright).{0,140}|tweet"
    r"|[^.!?»›:]{2,40}(?:\s?[»›]\s?[^.!?»›:]{2,40}){1,4}|trang chủ(?:\s?[>/|»›-]\s?[^.!?>/|:]{2,40}){1,4}"
    r"|\[\s?(?:trở về|quay lại)\s?\]|[|•·*_=>»→➤▶\-–—.\s]{1,140}",
    re.IGNORECASE,
)
# Lines that send a reader elsewhere: "Đọc thêm: …", ">> …". Without a colon they may be a sentence's beginning.
POINTERS = (
    r"(?:đọc|xem|tham khảo|tìm hiểu)\s(?:thêm|tiếp|ngay)|(?:mời|kính mời)\s(?:bạn|quý|độc giả"
    r"|bạn đọc)?\s?(?:đọc\s)?(?:xem|đọc)(?:\sthêm)?"
    r"|(?:tin|bài)(?:\s(?:bài|viết))?\s(?:liên quan|cùng chủ đề|khác|đọc nhiều)|có thể bạn (?:quan tâm|chưa biết)"
    r"|bạn có thể quan tâm"
    r"|nên đọc|đừng bỏ lỡ|liên quan|xem video|theo dõi thêm|bài trước|bài sau|kỳ (?:trước|sau|tới)"
)
POINTER = re.compile(rf"(?:[>»→➤▶•*\-–]\s?)*(?:{POINTERS})\s?[:：>»]\s?.|(?:>>+|»+|→|➤|▶)\s?.", re.IGNORECASE)
POINTER_LABEL = re.compile(
    rf"(?:[>»→➤▶•*\-–]\s?)*(?:{POINTERS}|(?:các|những|một số|chùm)?\s?(?:tin|bài|bài viết|tin tức|sự kiện"
    rf"|chủ đề)\b[^.!?]{{0,50}}"
    r"|[^.!?]{3,60}[:：])\s?[:：>»]{0,2}",
    re.IGNORECASE,
)
# What systems call every page of theirs.
NO_TITLES = frozenset((
    "chi tiết", "chi tiết tin", "chi tiết tin tức", "chi tiết bài viết", "tin tức", "tin tức sự kiện", "bài viết",
    "xem tin",
    "xem bài viết", "nội dung", "nội dung chi tiết", "in", "bản in bài viết", "trang in", "print view", "print page",
    "untitled", "untitled document", "no title", "document", "home", "news", "news detail", "detail", "article",
    "index",
    "trang tin", "trang chi tiết", "thông tin chi tiết", "loading", "view", "in ấn", "bản để in"
))
# How a site's imprint begins its lines.
LICENCE = (
    r"[©®*\s•–-]{0,4}(?:giấy phép (?:hoạt động|xuất bản|thiết lập|số|trang|báo|gp|icp)|gp(?:xb)? số"
    r"|cơ quan chủ quản\s?:"
    r"|(?:phó )?(?:tổng|trưởng ban) biên tập\s?:|chịu trách nhiệm (?:nội dung|xuất bản|quản lý)"
    r"|(?:vui lòng |đề nghị )?ghi rõ nguồn|(?:bản quyền|copyright)\b|all rights reserved|(?:cấm|không được) sao chép"
    r"|mọi (?:hình thức|hành động) (?:sao chép|sử dụng)"
)
OF_THE_SITE = re.compile(
    LICENCE + r"|(?:địa chỉ|trụ sở|tòa soạn|điện thoại|đt|tel|fax|e-?mail|hotline|đường dây nóng)\s?:)", re.IGNORECASE
)
A_LICENCE = re.compile(LICENCE + ")", re.IGNORECASE)
COMMENTS_LABEL = re.compile(
    r"(?:các |gửi |viết )?(?:bình luận|ý kiến|phản hồi|comments?)(?: (?:bạn đọc|độc giả|của bạn|bài viết|về bài viết))?"
    r"\s?[:(]?\s?\d{0,5}\s?[:)]?",
    re.IGNORECASE,
)
IMPRINT_LINES = 8
BEFORE_THE_SITE = re.compile(r"\s[-–—|»:]\s|\s?\|\s?")
LABEL, SHORT = 40, 140
LONGEST_POINTER, LONGEST_LABEL = 220, 70


def drop_chrome(lines: list[str]) -> list[str]:
    """Without buttons, counters and, at the end, a list of other articles' headlines.

    Below a short article that list may begin in the upper half.
    """
    for place in range(len(lines) - 1, 0, -1):
        if len(lines[place]) < LABEL and begins_other_news(lines, place):
            lines = lines[:place]
    return [line for line in lines if not is_chrome(line) and not is_pointer(line)]


def begins_other_news(lines: list[str], place: int) -> bool:
    """Whether a list of other articles' headlines begins at `place`: no line below reads as text, and in the upper half
    one above does.
    """
    lower = place >= len(lines) // 2
    if plain(lines[place]) not in (RELATED if lower else OTHER_NEWS):
        return False
    told = lower or any(map(is_sentence, lines[:place]))
    return told and not any(map(is_sentence, lines[place + 1 :]))


def is_chrome(line: str) -> bool:
    """Whether a line is a button, a counter, a label or a rule: nothing a newspaper wrote for this article."""
    return len(line) < SHORT and (
        (len(line) < LABEL and (plain(line) in CHROME or squeezed(line) in SECTIONS))
        or bool(CHROME_LINE.fullmatch(line))
    )


def imprint_start(lines: list[str]) -> int:
    """Where a site's own imprint begins behind a text (licence, editor, address, copyright), else their number."""
    last = len(lines)
    for place in range(last - 1, max(0, last - IMPRINT_LINES - 1), -1):
        if OF_THE_SITE.match(lines[place]):
            last = place
    return last if last else len(lines)


def is_comments_label(line: str) -> bool:
    """Whether a line is the heading of readers' comments."""
    return len(line) < LABEL and bool(COMMENTS_LABEL.fullmatch(line))


def is_licence(line: str) -> bool:
    """Whether a line is of a site's imprint for sure, wherever it stands."""
    return bool(A_LICENCE.match(line))


def is_pointer(line: str) -> bool:
    """Whether a line only points to another article: "Đọc thêm: Lễ giao quân ở …", ">> Hội thao …"."""
    return len(line) <= LONGEST_POINTER and bool(POINTER.match(line))


def is_label(line: str) -> bool:
    """Whether a line could announce a list of other articles; whether it does is for what follows it to say."""
    return len(line) <= LONGEST_LABEL and bool(POINTER_LABEL.fullmatch(line))


def says_nothing(title: str) -> bool:
    """Whether a page's title names no article: a button of the print view, or a label of the system, alone or before
    the site's name."""
    parts = map(plain, (title, BEFORE_THE_SITE.split(title, maxsplit=1)[0]))
    return any(part in CHROME or part in NO_TITLES for part in parts)


def plain(line: str) -> str:
    """The line in lower case without the signs around it."""
    return line.strip(" :.*»›>-–()|").lower()


def is_sentence(line: str) -> bool:
    """Whether a line reads as part of a text rather than as a label or headline."""
    return len(line) > SHORT or line.endswith((".", "!", "…"))
