"""What a page prints around its text: buttons, counters, and lists of other articles' headlines."""

from __future__ import annotations

import re

# Headings of other news: chrome by themselves, and what follows them is not the article either.
OTHER_NEWS = frozenset((
    "tin liên quan", "tin bài liên quan", "bài viết liên quan", "bài liên quan", "các tin khác", "tin khác",
    "tin cùng chuyên mục", "cùng chuyên mục", "các bài viết khác", "tin mới", "tin mới nhất"
))
RELATED = OTHER_NEWS.union((
    "các tin đã đưa", "tin đã đưa", "bài viết khác", "tin tức gần đây", "có thể bạn quan tâm", "tin nổi bật",
    "đọc nhiều", "theo dòng sự kiện"
))
CHROME = OTHER_NEWS.union((
    "bình luận", "back to top", "in bài viết", "in trang", "in bài", "in tin", "chia sẻ", "gửi bình luận", "gửi email",
    "facebook", "zalo", "twitter", "tweet", "về trang chủ", "trang chủ", "quay lại", "trở về", "trở lại",
    "lên đầu trang", "về đầu trang", "lưu bài viết", "lưu bài", "copy link", "sao chép liên kết", "nghe đọc bài",
    "đọc bài", "xem thêm", "đọc thêm", "ý kiến bạn đọc", "ý kiến của bạn", "viết bình luận", "quảng cáo", "print",
    "email", "share", "like", "theo dõi", "thích", "đánh giá bài viết", "từ khóa", "từ khoá", "gửi", "hủy", "huỷ",
    "đăng nhập", "xem theo ngày", "bản in", "phóng to", "thu nhỏ", "phản hồi", "top", "close", "more"
))
CHROME_LINE = re.compile(
    r"\*{0,2}\s?mời (?:bạn|quý) (?:bạn )?đọc (?:vào|xem|theo dõi).{0,140}|chia sẻ (?:bài viết|ý kiến) của bạn.{0,100}"
    r"|(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)\s?:?\s?[\d.,]{1,12}"
    r"|(?:bình luận|chia sẻ|thích|like|share)\s?\(?\s?\d{1,6}\s?\)?|từ kh(?:óa|oá)\s?:.{0,140}|tags?\s?:.{0,140}"
    r"|(?:©|copyright).{0,140}|tweet|\[\s?(?:trở về|quay lại)\s?\]|[|•·*_=\-–—.\s]{1,140}",
    re.IGNORECASE,
)
LABEL, SHORT = 40, 140


def drop_chrome(lines: list[str]) -> list[str]:
    """Without buttons, counters and, at the end, a list of other articles' headlines."""
    for place in range(len(lines) - 1, max(len(lines) // 2 - 1, 0), -1):
        if (
            len(lines[place]) < LABEL
            and plain(lines[place]) in RELATED
            and not any(is_sentence(line) for line in lines[place + 1 :])
        ):
            lines = lines[:place]
    return [line for line in lines if not is_chrome(line)]


def is_chrome(line: str) -> bool:
    return len(line) < SHORT and ((len(line) < LABEL and plain(line) in CHROME) or bool(CHROME_LINE.fullmatch(line)))


def plain(line: str) -> str:
    return line.strip(" :.*»›>-–()").lower()


def is_sentence(line: str) -> bool:
    return len(line) > SHORT or line.endswith((".", "!", "…"))
