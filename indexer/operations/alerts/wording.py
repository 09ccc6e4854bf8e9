"""What messages say, in both languages. Vietnamese is the first; English where an alert asks for it."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

VI: Words = {
    "subject": "{alert}: {what}", "sample": "[thử] {subject}",
    "new": "{n} tin mới", "holder": "{n} người lần đầu được nêu giữ chức", "silence": "{n} tỉnh, thành phố vắng tin",
    "changed": "{n} bài đã sửa", "returned": "{n} bài được đưa trở lại", "withdrawn": "{n} bài đã gỡ",
    "new_head": "Tin mới", "holder_head": "Lần đầu được nêu giữ chức", "silence_head": "Vắng tin",
    "changed_head": "Đã sửa sau khi báo tin cho bạn", "returned_head": "Đã gỡ, nay được đưa trở lại",
    "withdrawn_head": "Đã gỡ: xin đừng dùng nữa",
    "sample_note": "Đây là thư thử với các bài mới nhất, để xem thư có đến nơi hay không.",
    "why": "Vì sao có trong thư này", "words": "Từ khớp", "copies": "Cùng nội dung:",
    "unknown_day": "chưa rõ ngày đăng", "inferred": "{day} (suy ra)", "untitled": "Bài {id}",
    "read": "Đọc trong kho tư liệu", "original": "Bài gốc",
    "altered": "Báo đã sửa bài sau khi đăng.", "gone": "Báo đã gỡ bài khỏi trang.",
    "changed_note": "Nội dung bài trong kho đã thay đổi; xin đọc lại trước khi dùng.",
    "withdrawn_note": "Bài này đã báo cho bạn, nay đã bị gỡ khỏi kho tư liệu.",
    "silence_note": "Bài cuối đăng {day}; từ đó đã {weeks} tuần hoặc hơn không có bài nào. Nửa năm trước đó chưa lần"
                    " nào vắng lâu như vậy.",
    "holds": "{person} – {post}", "before": "Trước đó được nêu: {people}.", "by": "Theo bài: {title}",
    "more": "Còn {n} mục nữa không kể ra ở đây.", "all": "Xem cả kết quả",
    "footer": "Thư tự động của “{alert}”, {often}.",
    "stop": "Không muốn nhận nữa: viết cho {address}.",
    "run": "gửi sau mỗi lần cập nhật", "daily": "gửi mỗi ngày một lần", "weekly": "gửi mỗi tuần một lần",
}  # fmt: skip
EN: Words = {
    "subject": "{alert}: {what}", "sample": "[test] {subject}",
    "new": "{n} new", "holder": "{n} newly named at the post", "silence": "{n} fallen silent",
    "changed": "{n} corrected", "returned": "{n} back again", "withdrawn": "{n} withdrawn",
    "new_head": "New", "holder_head": "Newly named at the post", "silence_head": "Fallen silent",
    "changed_head": "Corrected since you were told", "returned_head": "Withdrawn, and now back again",
    "withdrawn_head": "Withdrawn: please use it no more",
    "sample_note": "This is a test with the newest articles, to see whether messages arrive.",
    "why": "Why it is here", "words": "Words", "copies": "The same story:",
    "unknown_day": "date not known", "inferred": "{day} (inferred)", "untitled": "Article {id}",
    "read": "Read in the archive", "original": "Original",
    "altered": "The newspaper has altered the article.", "gone": "The newspaper has taken the article down.",
    "changed_note": "The text in the archive has changed; read it again before you use it.",
    "withdrawn_note": "You were told of this article; it has been withdrawn from the archive.",
    "silence_note": "The last article is of {day}, {weeks} weeks ago or more. In the half year before, no gap was as"
                    " long.",
    "holds": "{person} – {post}", "before": "Named there before: {people}.", "by": "By the article: {title}",
    "more": "{n} more are not listed here.", "all": "See the whole result",
    "footer": "Automatic message of “{alert}”, {often}.",
    "stop": "To receive no more, write to {address}.",
    "run": "sent after each update", "daily": "sent once a day", "weekly": "sent once a week",
}  # fmt: skip
LANGUAGES: Mapping[str, Words] = {"vi": VI, "en": EN}
# Facets in English; in Vietnamese they are called as on the site.
FACETS_EN: Words = {
    "zone": "Zone", "region": "Military region", "province": "Province", "now": "Present province",
    "district": "District", "commune": "Commune", "year": "Year", "topic": "Topic", "source": "Source",
    "official": "Official", "post": "Post", "unit": "Unit", "role": "Role", "class": "Kind of post",
    "level": "Level of post", "dated": "Date", "day": "Day", "about": "Year told of",
}  # fmt: skip


def shown_day(iso: str, words: Words, inferred: bool = False) -> str:
    """A date at any precision: 30/11/2026, 11/2026, 2026; in English as 2026-11-30."""
    if not iso:
        return words["unknown_day"]
    day = "/".join(reversed(iso.split("-"))) if words is VI else iso
    return words["inferred"].format(day=day) if inferred else day
