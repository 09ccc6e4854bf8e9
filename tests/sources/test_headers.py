"""What stands around a text on pages of every make: whose a date is, which heading is the title, where a text ends."""

from __future__ import annotations

import pytest

from tests.sources import pages
from tests.sources.pages import OTHER, TITLE, WHOLE, found

TEXT = f"<div>{pages.PARAGRAPHS}</div>"
LINK = f'<a href="/khac">{OTHER}</a>'


def day(body: str, head: str = f"<title>{TITLE}</title>") -> str | None:
    stamps = found(body, head).stamps
    return stamps[0].date if stamps else None


HEADERS = [
    "Tác giả: Lê Thử | Ngày đăng: 15/03/2023 | Lượt xem: 1.523 | Chuyên mục: Quốc phòng - An ninh",
    "Ngày đăng: 15.03.2023 - Người đăng: Ban biên tập",
    "Lê Thử • 15/03/2023 09:12 • 0 bình luận",
    "Lê Văn Thử - Trần Thị Nghiệm – 15/03/2023 09:12",
    "Thứ Tư, 15/03/2023 | 14:20 GMT+7",
    "14:20 | 15/03/2023",
    "09:12' 15/03/2023 (GMT+7)",
    "Lần cập nhật cuối: 14h20 ngày 15/03/2023",
    "Đăng ngày 15-03-2023 14:20 — Cập nhật 16-03-2023 08:00",
    "Tháng Ba 15, 2023",
    "Ngày đăng: 15/03/2023 Người đăng: Quản trị viên Lượt xem: 12",
    "Chuyên mục: Tin tức Ngày đăng: 15/03/2023 Nguồn tin: Phòng Chính trị",
    "Cập nhật: 18/03/2023 Tác giả: Lê Văn Thử Ngày đăng: 15/03/2023",
    "<span>Ngày đăng: 15/03/2023</span><span>Người đăng: Văn phòng UBND</span><span>Lượt xem: 96</span>",
    "<table><tr><td>Người viết: Lê Văn Thử</td><td>Ngày: 15/03/2023</td></tr></table>",
    "Create: 15/03/2023 9:00:00 SA&nbsp;&nbsp; Update: 18/03/2023 4:00:00 CH&nbsp;&nbsp; Author: Lê Thử",
    '<a href="/x" rel="bookmark">15/03/2023</a>',
    '<span class="time-ago" data-time="1678846320">2 giờ trước</span>',
    '<abbr class="timeago" title="2023-03-15T09:12:00+07:00">khoảng 2 năm trước</abbr>',
    '<div class="breadcrumb-time"><p>15/03/2023 17:05</p></div>',
    '<div class="rating-box"><span>Tệ</span><span>Tốt</span><div>Published on 15-03-2023</div></div>',
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_gives_its_day_and_is_no_text(header: str) -> None:
    read = found(f"<h1>{TITLE}</h1><div>{header}</div>{TEXT}")
    assert ([stamp.date for stamp in read.stamps], read.body.split("\n")) == (["2023-03-15"], WHOLE)


NOT_THE_ARTICLE_S = {
    "a clock above the title": f"<div>Thứ Bảy, 28/11/2026 07:45</div><h1>{TITLE}</h1>{TEXT}",
    "a clock that says today": f"<h1>{TITLE}</h1><div>Hôm nay: 28/11/2026</div>{TEXT}",
    "the day of printing": f"<h1>{TITLE}</h1><div>Ngày in: 28/11/2026</div>{TEXT}",
    "a week's plan": f"<h1>{TITLE}</h1><div>Lịch công tác tuần từ 23/11/2026 đến 29/11/2026</div>{TEXT}",
    "a document's day": f"<h1>{TITLE}</h1><div>Ngày ban hành: 01/02/2020</div>{TEXT}",
    "a link's time": f'<h1>{TITLE}</h1><ul><li>{LINK}<time datetime="2026-11-27">27/11</time></li></ul>{TEXT}',
    "a link's day below": f"<h1>{TITLE}</h1>{TEXT}<div>{LINK}</div><div>27/11/2026</div>",
    "a comment's day": f"<h1>{TITLE}</h1>{TEXT}<div>Bình luận (1)</div><div><b>Lê Thử</b> 28/11/2026</div>",
    "an hour ago": f"<h1>{TITLE}</h1><div>2 giờ trước</div>{TEXT}",
    "another thing's data": (
        f'<div itemscope itemtype="http://schema.org/NewsArticle"><a itemprop="name" href="/khac">{OTHER}</a>'
        f'<meta itemprop="datePublished" content="2026-11-27"></div><h1>{TITLE}</h1>{TEXT}'
    ),
}


@pytest.mark.parametrize("body", NOT_THE_ARTICLE_S.values(), ids=NOT_THE_ARTICLE_S)
def test_a_day_that_is_not_the_article_s_is_no_date_of_it(body: str) -> None:
    assert day(body) is None


def test_a_day_above_the_title_counts_where_the_text_tells_of_days_shortly_before() -> None:
    assert day(f"<div><div>15/03/2023 09:12</div><h1>{TITLE}</h1></div>{TEXT}") == "2023-03-15"


@pytest.mark.parametrize("time", ["3/5/2023 2:20:00 PM", "05/03/2023 02:20:00 PM"])
def test_an_english_system_s_time_in_metadata_puts_the_month_first(time: str) -> None:
    head = f'<title>{TITLE}</title><meta property="article:published_time" content="{time}">'
    assert day(f"<h1>{TITLE}</h1>{TEXT}", head) == "2023-03-05"


PORTAL = "<title>Cổng thông tin điện tử huyện Sông Lam</title>"
TITLES = {
    "a hidden heading of the system": (
        "<title>Chi tiết tin tức - Cổng thông tin Sông Lam</title>",
        f'<h2 class="sr-only">Chi tiết tin tức - Cổng thông tin Sông Lam</h2><p class="h4"><span>{TITLE}</span></p>',
    ),
    "a section in the h1": (PORTAL, f'<h1>Hoạt động của lực lượng vũ trang</h1><h3 class="news-title">{TITLE}</h3>'),
    "the site in the h1, then a menu": (PORTAL, f"<h1>Trang của huyện</h1><ul>{pages.MENU}</ul><h3>{TITLE}</h3>"),
    "a heading broken by hand": (PORTAL, f"<h1>{TITLE[:19]}<br>{TITLE[20:]}</h1>"),
    "a kicker in the h1": (PORTAL, f"<h1><small>Quốc phòng toàn dân</small><br>{TITLE}</h1>"),
    "the day behind the title": (PORTAL, f"<div><span>{TITLE}</span> <span>(15/03/2023)</span></div>"),
    "a title that links to itself": (PORTAL, f'<div class="title"><a href="/x">{TITLE}</a></div>'),
    "a widget's heading above the menu": (
        PORTAL, f"<h3>Lịch công tác tuần</h3><ul>{pages.MENU}</ul><b>{TITLE}</b><br>"
    ),
}


@pytest.mark.parametrize(("head", "heading"), TITLES.values(), ids=TITLES)
def test_the_title_is_the_article_s(head: str, heading: str) -> None:
    assert found(f"{heading}{TEXT}", head).title == TITLE


NOT_TEXT = {
    "the site's imprint": "<div><p>Giấy phép hoạt động số 12/GP-XYZ.</p><p>Ghi rõ nguồn khi phát hành lại.</p></div>",
    "comments": f"<div><div>Ý kiến bạn đọc (2)</div><div>Lê Thử</div><div>{pages.COMMENT}</div></div>",
    "a label above links": f"<div>Video khác</div><ul><li>{LINK}</li><li>{LINK}</li></ul>",
    "a counter": "<p>56 lượt xem</p><p>1,2k views</p>",
    "a file to load": '<p>Tệp đính kèm: <a href="/kh.pdf">Kế hoạch số 41.pdf</a> (12/01/2026)</p>',
    "files to load": '<p>Các tài liệu kèm theo:</p><ul><li><a href="/1.docx">Phụ lục 1</a></li></ul>',
    "author and source": "<p>Tác giả: Lê Văn Thử</p><p>Nguồn tin: Phòng Chính trị</p>",
    "source and author": "<p>Nguồn bài viết: Ban Tuyên giáo</p><p>Tác giả bài viết: Lê Văn Thử</p>",
    "a theme's line": "<p>Posted in Tin tức | No Comments »</p>",
    "pages": '<p>Trang: <b>1</b> <a href="?p=2">2</a> <a href="?p=3">Trang sau »</a></p>',
    "relative times": f'<div>{LINK}<span>1 giờ trước</span></div>',
    "a caption": '<div><img src="a.jpg"><div>Dân quân xã Bãi Dâu trên thao trường</div></div>',
    "a credit with initials": '<p><img src="a.jpg"></p><p>Dân quân xã Bãi Dâu trên thao trường. Ảnh: H.V.</p>',
}


@pytest.mark.parametrize("behind", NOT_TEXT.values(), ids=NOT_TEXT)
def test_what_is_not_the_article_s_text_is_left_out(behind: str) -> None:
    assert found(f"<h1>{TITLE}</h1><div>{pages.PARAGRAPHS}{behind}</div>").body.split("\n") == WHOLE


def test_the_next_article_that_a_page_loads_is_not_part_of_the_first() -> None:
    later = f'<article><h1>{OTHER}</h1><time datetime="2026-11-27">27/11/2026</time><p>{pages.COMMENT}</p>'
    body = f"<main><article><h1>{TITLE}</h1>{pages.PARAGRAPHS}</article>{later}<p>{pages.COMMENT}</p></article></main>"
    assert found(body).body.split("\n") == WHOLE


def test_related_articles_in_the_middle_make_no_list_of_a_text() -> None:
    teaser = f"<div><h3>{LINK}</h3><p>{pages.COMMENT}</p></div>"
    body = f"<p>{pages.FIRST}</p>{teaser * 4}<p>{pages.MIDDLE}</p><p>{pages.LAST}</p>"
    assert found(f"<h1>{TITLE}</h1><div>{body}</div>").body.split("\n") == WHOLE


def test_a_sentence_below_a_dated_title_is_an_article() -> None:
    read = found(f"<h1>{TITLE}</h1><div>15/03/2023</div><div>{pages.COMMENT}</div>")
    assert (read.title, read.body) == (TITLE, pages.COMMENT)


def test_an_anchor_that_nobody_closed_links_nothing() -> None:
    assert found(f'<a name="top"><h2>{TITLE}</h2><div>{pages.PARAGRAPHS}</div>').body.split("\n") == WHOLE


def test_a_name_that_silences_the_text_does_not_leave_the_lead_alone() -> None:
    read = found(f'<h1>{TITLE}</h1><h2>{pages.LEAD}</h2><div class="foot-content">{pages.PARAGRAPHS}</div>')
    assert (read.body.split("\n")[-3:], bool(read.notes)) == (WHOLE, True)


@pytest.mark.parametrize(
    ("signed", "author"),
    [
        ("<p>Nội dung: Lê Thử</p><p>Trình bày: Hữu Đồ</p>", "Lê Thử"),
        ("<p>Lê Thử/TTXVN</p>", "Lê Thử"),
        ("<p>LÊ VĂN THỬ - TRẦN THỊ NGHIỆM</p>", "LÊ VĂN THỬ - TRẦN THỊ NGHIỆM"),
        ("<p>P.V/TTXVN</p>", None),
        ("<p>TAGS</p>", None),
        ("<p>Tác giả bài viết: Lê Thử - Trần Nghiệm</p>", "Lê Thử - Trần Nghiệm"),
        ("<p>Author: Lê Thử</p>", "Lê Thử"),
        ("<p>Lê Thử</p><p>Nguồn tin: Phòng Chính trị</p>", "Lê Thử"),
    ],
)
def test_who_wrote_it_is_named_below_the_text(signed: str, author: str | None) -> None:
    assert found(f"<h1>{TITLE}</h1><div>{pages.PARAGRAPHS}{signed}</div>").author == author


@pytest.mark.parametrize("poster", ["Người đăng: Văn phòng UBND", "Đăng bởi: Ban Chỉ huy", "Người đăng: Tổ CNTT"])
def test_an_office_that_put_a_page_up_is_no_author(poster: str) -> None:
    assert found(f"<h1>{TITLE}</h1><div>{poster} | Ngày đăng: 15/03/2023</div>{TEXT}").author is None


@pytest.mark.parametrize("header", [
    "<table><tr><td>Người viết: Lê Văn Thử</td><td align=right>Ngày: 15/03/2023</td></tr></table>",
    "<div><span>Ngày đăng: 15/03/2023</span><span>Tác giả: Lê Văn Thử</span><span>Lượt xem: 96</span></div>",
    "<div>Author: Lê Văn Thử Created: 15/03/2023</div>",
    "<div>Đã đăng vào 15.03.2023 bởi Lê Văn Thử [ đã cập nhật 16.03.2023 ]</div>",
    "<div>Posted on March 15, 2023 by Lê Văn Thử</div>",
    "<table><tr><td>Tác giả</td><td>Lê Văn Thử</td></tr><tr><td>Ngày đăng</td><td>15/03/2023</td></tr></table>",
])
def test_a_label_parts_the_author_from_the_day(header: str) -> None:
    read = found(f"<h1>{TITLE}</h1>{header}{TEXT}")
    assert (read.author, [stamp.date for stamp in read.stamps]) == ("Lê Văn Thử", ["2023-03-15"])
    assert read.body.split("\n") == WHOLE


def test_several_people_posted_it_together() -> None:
    read = found(f"<h1>{TITLE}</h1><div>Đã đăng vào 15.03.2023 bởi Lê Thử - Trần Nghiệm - Mai Khôi</div>{TEXT}")
    assert read.author == "Lê Thử, Trần Nghiệm, Mai Khôi"


def test_names_beside_the_day_are_the_authors() -> None:
    header = "<div><b>Lê Văn Thử - Trần Thị Nghiệm</b> – 15/03/2023</div>"
    assert found(f"<h1>{TITLE}</h1>{header}{TEXT}").author == "Lê Văn Thử, Trần Thị Nghiệm"


def test_a_weekday_beside_the_day_is_nobody() -> None:
    assert found(f"<h1>{TITLE}</h1><div>Thứ Tư - 15/03/2023 14:20</div>{TEXT}").author is None


def test_an_organization_in_the_page_s_data_is_no_author() -> None:
    data = f"""<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
        "author": {{"@type": "Organization", "name": "Đài Sông Lam"}}}}</script>"""
    assert found(f"<h1>{TITLE}</h1><p>Bởi Lê Thử</p>{TEXT}", f"<title>{TITLE}</title>{data}").author == "Lê Thử"


@pytest.mark.parametrize("title", [f"{TITLE} | Giáo dục Sông Lam", f"{TITLE} - Tin tức - Cổng Giáo dục Sông Lam",
                                   f"Giáo dục Sông Lam: {TITLE}"])
@pytest.mark.parametrize("data", [
    '<meta name="author" content="Giáo dục Sông Lam">',
    f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}", '
    '"author": {"@type": "Person", "name": "Giáo dục Sông Lam"}}</script>',
])
def test_the_site_that_titles_name_besides_the_headline_is_no_author(title: str, data: str) -> None:
    read = found(f"<h1>{TITLE}</h1><p>Bởi Lê Thử</p>{TEXT}", f"<title>{title}</title>{data}")
    assert read.author == "Lê Thử"


@pytest.mark.parametrize("name", ["ĐCSVN", "QĐND", "TTXVN"])
def test_a_declared_name_that_is_an_abbreviation_is_no_author(name: str) -> None:
    head = f'<title>{TITLE}</title><meta name="author" content="{name}">'
    assert found(f"<h1>{TITLE}</h1>{TEXT}", head).author is None


def test_a_declared_author_stays_where_the_title_names_the_site() -> None:
    head = f'<title>{TITLE} | Báo Sông Lam</title><meta name="author" content="Lê Thử">'
    assert found(f"<h1>{TITLE}</h1>{TEXT}", head).author == "Lê Thử"


def test_a_sentence_on_papers_that_come_along_is_text() -> None:
    sentence = "Các tài liệu kèm theo được gửi tới các xã trong ngày."
    assert sentence in found(f"<h1>{TITLE}</h1><div>{pages.PARAGRAPHS}<p>{sentence}</p></div>").body


FIELDS = "<li>Thứ 4, 15/03/2023</li><li>trong <a>Quân sự</a></li><li>56 lượt xem</li>"


@pytest.mark.parametrize("author", ["bởi <a>Lê Văn Thử - Trần Thị Nghiệm - Mai Khôi</a>", "bởi <a>P.V</a>"])
def test_a_box_below_the_title_that_holds_the_day_is_a_header_as_a_whole(author: str) -> None:
    read = found(f"<h1>{TITLE}</h1><ul><li>{author}</li>{FIELDS}</ul>{TEXT}")
    assert ([stamp.date for stamp in read.stamps], read.body.split("\n")) == (["2023-03-15"], WHOLE)


def test_a_box_of_the_day_below_the_text_names_the_author() -> None:
    foot = "<center><p>Lê Văn Thử</p><p>Ngày đăng: 15/03/2023</p></center>"
    read = found(f"<h1>{TITLE}</h1><div>{pages.PARAGRAPHS}{foot}</div>")
    assert (read.author, [stamp.date for stamp in read.stamps]) == ("Lê Văn Thử", ["2023-03-15"])


@pytest.mark.parametrize(("shown", "dated"), [("15/03/2023", "2023-03-15"), ("19/03/2023", None), ("28/11/2026", None)])
def test_a_clock_right_above_the_title_counts_only_where_the_text_tells_of_the_days_before(
    shown: str, dated: str | None
) -> None:
    text = f"<p>Sáng 14-3, đoàn công tác đến thăm đơn vị và kiểm tra thao trường.</p>{pages.PARAGRAPHS}"
    clock = f'<div id="today">Thứ Tư, {shown}, 09:24</div>'
    assert day(f"<table><tr><td>{clock}<div><p><b>{TITLE}</b></p>{text}</div></td></tr></table>") == dated
