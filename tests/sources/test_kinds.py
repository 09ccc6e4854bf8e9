"""Faults of real pages, each with more of its kind: what the right answer is, as rows."""

from __future__ import annotations

import pytest

from indexer.sources.found import Found
from indexer.sources.html import FROM_JSON_LD, read_page
from tests.sources import pages
from tests.sources.pages import OTHER, TITLE, WHOLE

DATED = '<div class="date">15/03/2023 07:30</div>'


def found(body: str, head: str = f"<title>{TITLE}</title>", title: str = TITLE) -> Found:
    heading = f"<h1>{title}</h1>" if title else ""
    return pages.found(heading + body, head)


def lines(of: Found) -> list[str]:
    return of.body.split("\n")


SILENCING = [
    "post-7 post type-post hentry category-tin-tuc tag-dan-quan",
    "tag-quan-su hentry",
    "related-content",
    "box-tin-moi",
    "hot-news-detail",
    "search-result-view",
    "banner-wrap",
    "popup-article",
    "menu-content",
    "sidebar-main",
    "print",
    "share-box",
    "advert-free-text",
    "video-list-text",
    "comment-content",
    "footer-content",
    "binh-luan-detail",
]


@pytest.mark.parametrize("name", SILENCING)
def test_no_class_name_silences_the_only_prose_of_a_page(name: str) -> None:
    assert lines(found(f'{DATED}<div class="{name}">{pages.PARAGRAPHS}</div>')) == WHOLE


def test_the_note_says_which_pass_found_the_text() -> None:
    assert "looser pass" in found(f'<div class="related">{pages.PARAGRAPHS}</div>').notes[0]
    assert found(f"<div>{pages.PARAGRAPHS}</div>").notes == ()


def test_text_that_only_json_ld_holds_is_the_article() -> None:
    text = "\\n".join(WHOLE)
    head = f"""<title>{TITLE}</title><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
        "datePublished": "2023-03-15", "articleBody": "{text}"}}</script>"""
    read = read_page(pages.page(head, "<div id='app'>Đang tải</div>"))
    assert isinstance(read, Found)
    assert (read.title, lines(read), read.notes) == (TITLE, WHOLE, (FROM_JSON_LD,))


HIDING = [
    'style="display:none"',
    'style="color:red; display : none;"',
    "hidden",
    'hidden="hidden"',
    'style="visibility:hidden"',
    'style="DISPLAY: NONE !important"',
    'style="font-size:0"',
    'class="d-none"',
    'class="hidden"',
    'class="visually-hidden"',
]


@pytest.mark.parametrize("how", HIDING)
@pytest.mark.parametrize("tag", ["div", "p", "span", "section"])
def test_text_that_is_not_shown_is_not_read(how: str, tag: str) -> None:
    hidden = f"<{tag} {how}>{pages.COMMENT}</{tag}>"
    body = f"<div class='content-detail'><p>{pages.FIRST}</p>{hidden}<p>{pages.MIDDLE}</p><p>{pages.LAST}</p></div>"
    assert lines(found(body)) == WHOLE


POINTING = [
    f'<p>Đọc thêm: <a href="/x">{OTHER}</a></p>',
    f'<p><b>Xem thêm:</b> <a href="/x">{OTHER}</a></p>',
    f'<p>&gt;&gt; <a href="/x">{OTHER}</a></p>',
    f'<p>&gt;&gt;&gt; Mời xem thêm: <a href="/x">{OTHER}</a></p>',
    f'<p>» <a href="/x">{OTHER}</a></p>',
    f"<p>Tin liên quan: {OTHER}</p>",
    f'<p><em>Bài liên quan: <a href="/x">{OTHER}</a></em></p>',
    f'<p>Có thể bạn quan tâm: <a href="/x">{OTHER}</a></p>',
    f'<p>Đừng bỏ lỡ: <a href="/x">{OTHER}</a></p>',
    f'<p><b>Các bài viết về huấn luyện:</b></p><ul><li><a href="/x">{OTHER}</a></li></ul>',
    f'<p>Tin liên quan</p><div class="related"><a href="/x">{OTHER}</a></div>',
    f'<div><a href="/x">{OTHER}</a><p>{pages.COMMENT}</p></div>',
    f'<div data-type="RelatedOneNews"><a href="/x">{OTHER}</a><span>{pages.COMMENT}</span></div>',
    f'<ul><li><a href="/x">{OTHER}</a> (12/01/2019)</li></ul>',
]


@pytest.mark.parametrize("pointer", POINTING)
def test_what_points_to_other_articles_is_no_text_of_this_one(pointer: str) -> None:
    body = f"<div class='content-detail'><p>{pages.FIRST}</p>{pointer}<p>{pages.MIDDLE}</p><p>{pages.LAST}</p></div>"
    assert lines(found(body)) == WHOLE


@pytest.mark.parametrize(
    "sentence",
    [
        "Xem thêm vở diễn do bộ đội dàn dựng, bà con xã Bãi Dâu vỗ tay không ngớt trong đêm hội.",
        "Đọc thêm sách báo trong giờ nghỉ là thói quen của các chiến sĩ trẻ ở tiểu đoàn.",
        "Các bài giảng về điều lệnh được soạn ngắn gọn, dễ nhớ:",
        "Tin vào tay nghề của mình, chiến sĩ Mẫu bước lên tuyến bắn.",
    ],
)
def test_sentences_that_begin_like_pointers_stay(sentence: str) -> None:
    body = f"<p>{pages.FIRST}</p><p>{sentence}</p><p>{pages.MIDDLE}</p><p>{pages.LAST}</p>"
    assert sentence in lines(found(f"<div class='content-detail'>{body}</div>"))


ENTRIES = [
    ("<article class='item'>", "</article>"),
    ("<article>", "</article>"),
    ("<article class='qa'>", "</article>"),
    ("<article class='entry'><time datetime='2023-03-15T08:00'>08:00</time>", "</article>"),
    ("<div class='content-detail'>", "</div>"),
]


@pytest.mark.parametrize(("opening", "end"), ENTRIES)
def test_boxes_that_follow_each_other_under_one_heading_are_one_article(opening: str, end: str) -> None:
    body = "".join(f"{opening}<p>{text}</p>{end}" for text in WHOLE)
    assert lines(found(f"{DATED}<div class='live'>{body}</div>")) == WHOLE


@pytest.mark.parametrize(
    "poster",
    ["<div class='message-user'>Lính</div>", "<div class='user-info'>Lính</div>", "<div class='postbit'>A</div>"],
)
def test_of_a_forum_s_thread_only_the_first_post_is_the_article(poster: str) -> None:
    body = "".join(f"<article>{poster}<p>{text}</p></article>" for text in WHOLE)
    assert lines(found(f"<div>{body}</div>")) == [pages.FIRST]


def entry(headline: str, day: str) -> str:
    return f'{{"@type": "NewsArticle", "headline": "{headline}", "datePublished": "{day}", "url": "https://a.vn/{day[:4]}.html"}}'


@pytest.mark.parametrize(
    "entries",
    [
        f"[{entry(OTHER, '2019-01-01')}, {entry(TITLE, '2023-03-15')}]",
        f"[{entry(TITLE, '2023-03-15')}, {entry(OTHER, '2019-01-01')}]",
        f'{{"@graph": [{entry(OTHER, "2019-01-01")}, {entry(TITLE + " | Báo Sông Lam", "2023-03-15")}]}}',
        f"[{entry(OTHER, '2019-01-01')}, {entry(TITLE.upper(), '2023-03-15')}]",
    ],
)
def test_the_entry_whose_headline_is_the_page_s_is_its_own(entries: str) -> None:
    head = f'<title>{TITLE}</title><script type="application/ld+json">{entries}</script>'
    read = found(f"<div class='content-detail'>{pages.PARAGRAPHS}</div>", head)
    assert ([stamp.date for stamp in read.stamps], read.url) == (["2023-03-15"], "https://a.vn/2023.html")


def test_an_entry_about_another_article_alone_says_nothing_of_this_one() -> None:
    head = f'<title>{TITLE}</title><script type="application/ld+json">{entry(OTHER, "2019-01-01")}</script>'
    read = found(f"{DATED}<div class='content-detail'>{pages.PARAGRAPHS}</div>", head)
    assert ([stamp.date for stamp in read.stamps], read.url) == (["2023-03-15"], None)


PICTURES = ["Thiếu tướng Lê Văn Thử, Phó Tư lệnh Quân khu 5 thăm thao trường xã Bãi Dâu.",
            "Tổ dân quân băng bó và chuyển thương.",
            "Khẩu đội cối chiếm lĩnh trận địa trước giờ bắn.", "Trao quà tặng gia đình có con đang tại ngũ."]
PICTURED = {
    "table": "<table><tr><td><img src='a.jpg'></td></tr><tr><td>{}</td></tr></table>",
    "figure": "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
    "named": "<div><img src='a.jpg'><p class='image-caption'>{}</p></div>",
    "slanted": "<p><img src='a.jpg'></p><p><em>{}</em></p>",
    "credited": "<figure><img src='a.jpg'><figcaption>{} Ảnh: Văn Thử</figcaption></figure>",
}


@pytest.mark.parametrize("markup", PICTURED.values(), ids=PICTURED)
def test_captions_are_text_where_they_carry_much_of_it(markup: str) -> None:
    shown = "".join(markup.format(caption) for caption in PICTURES)
    read = found(f"{DATED}<div class='content-detail'><p>{pages.FIRST}</p><p>Một số hình ảnh:</p>{shown}</div>")
    assert [line for line in lines(read) if line in PICTURES] == PICTURES


@pytest.mark.parametrize("markup", PICTURED.values(), ids=PICTURED)
def test_captions_of_an_article_that_tells_its_story_are_none_of_its_text(markup: str) -> None:
    shown = markup.format(PICTURES[1])
    text = f"<p>{pages.FIRST}</p>{shown}<p>{pages.MIDDLE}</p><p>{pages.LAST}</p>"
    read = found(f"<div class='content-detail'>{text}</div>")
    assert lines(read) == WHOLE


HEADERS = {
    "time without attribute": ("<div class='meta'><span>Quốc phòng</span> <time>07:30, 15/03/2023</time></div>", ""),
    "header element": ("", "<header class='entry-header'><h1>{}</h1>" + DATED + "</header>"),
    "published after updated": ("", "<h1>{}</h1><div class='date'>Cập nhật: 18/03/2023 | Ngày đăng: 15/03/2023</div>"),
    "updated on its own line": ("", "<h1>{}</h1><p>Cập nhật: 18/03/2023</p><p>Đăng lúc 07:30 15/03/2023</p>"),
    "published, then updated": ("", "<h1>{}</h1><p>Đăng ngày 15/03/2023 (cập nhật 18/03/2023)</p>"),
    "created beside modified": ("", "<h1>{}</h1><p>Created: 15/03/2023 Last updated: 18/03/2023</p>"),
    "English month": ("", "<h1>{}</h1><span class='date'>March 15, 2023</span>"),
    "English month behind": ("", "<h1>{}</h1><span class='date'>15 March, 2023</span>"),
    "short English month": ("", "<h1>{}</h1><span class='date'>Wed, 15-Mar-2023 08:00</span>"),
    "weekday and month first": ("", "<h1>{}</h1><p>Wednesday, March 15, 2023 2:12 PM</p>"),
    "month in words": ("", "<h1>{}</h1><span class='posted-on'>15 Tháng Ba, 2023</span>"),
    "label and hour above": ("<div><span class='ngay'>Thứ Tư, 15/03/2023 - 08:00</span>", "<h1>{}</h1></div>"),
    "in the title's box": ("<div class='detail-head'><div class='date'>15/03/2023</div>", "<h1>{}</h1></div>"),
    "among the title's siblings": ("<section><p class='text-sm'>Thứ Tư, 15/03/2023 08:00</p>", "<h1>{}</h1></section>"),
    "signed header": ("", "<h1>{}</h1><p class='submitted'>Submitted by Mai Khôi on 15/03/2023 - 09:00</p>"),
    "signed in Vietnamese": ("", "<h1>{}</h1><p>Đăng bởi Mai Khôi | 15/03/2023</p>"),
    "breadcrumb above": ("<span>Tin tức » An ninh - Quốc phòng</span>", "<h1>{}</h1><span>Ngày đăng 15/03/2023</span>"),
    "update only": ("", "<h1>{}</h1><p>Cập nhật lúc 08:00, 15/03/2023</p>"),
}


@pytest.mark.parametrize(("above", "heading"), HEADERS.values(), ids=HEADERS)
def test_the_day_of_publication_is_found_however_the_header_writes_it(above: str, heading: str) -> None:
    heading = (heading or "<h1>{}</h1>").format(TITLE)
    body = f"<div class='post'>{above}{heading}<div class='entry-content'>{pages.PARAGRAPHS}</div></div>"
    read = found(body, "<title>Cổng thông tin thử</title>", title="")
    assert (read.title, [stamp.date for stamp in read.stamps], lines(read)) == (TITLE, ["2023-03-15"], WHOLE)


@pytest.mark.parametrize(
    ("line", "others", "day"),
    [
        ("03/06/2023", ["03/26/2023", "04/30/2023"], "2023-03-06"),
        ("03/06/2023", ["26/03/2023", "30/04/2023"], "2023-06-03"),
        ("Thứ Hai, 03/06/2023 07:30", [], "2023-03-06"),
        ("Monday, 03/06/2023", [], "2023-03-06"),
        ("Thứ Bảy, 03/06/2023", [], "2023-06-03"),
        ("03/06/2023", [], "2023-06-03"),
    ],
)
def test_day_and_month_are_told_apart_by_the_weekday_and_by_the_site_s_other_dates(
    line: str, others: list[str], day: str
) -> None:
    related = "".join(f"<li><a href='/x'>{OTHER}</a> ({other})</li>" for other in others)
    body = f"<p class='date'>{line}</p><div class='content-detail'>{pages.PARAGRAPHS}</div><ul>{related}</ul>"
    assert [stamp.date for stamp in found(body).stamps] == [day]


NO_TITLES = ["In bài viết", "Chi tiết", "Chi tiết tin tức", "Tin tức", "Xem tin", "Print view", "Untitled Document",
             "Bản in", "In trang", "Trang chủ", "Chi tiết bài viết", "IN BÀI VIẾT"]  # fmt: skip


@pytest.mark.parametrize("window", NO_TITLES)
def test_what_a_system_calls_all_its_pages_is_no_title(window: str) -> None:
    body = f"<h3>Báo thử</h3><h1>{TITLE}</h1><p>Thứ Tư, 15/03/2023 | 07:30 GMT+7</p>{pages.PARAGRAPHS}"
    assert found(body, f"<title>{window}</title>", title="").title == TITLE


NAMELESS = ["BGL.COM.VN", "bgl.com.vn", "Báo thử", "Quốc phòng - An ninh", "Thời sự", "PV", "P.V", "Admin",
            "Ban biên tập", "Cổng thông tin điện tử", "quantri", "Đài Phát thanh và Truyền hình thử",
            "Trang thông tin điện tử", "SuperUser Account"]  # fmt: skip


@pytest.mark.parametrize("name", NAMELESS)
def test_a_site_a_section_or_a_desk_is_nobody(name: str) -> None:
    head = f"""<title>{TITLE}</title><meta name="author" content="{name}">
        <meta property="og:site_name" content="Báo thử"><link rel="canonical" href="https://bgl.com.vn/bai-1.html">"""
    body = f"{DATED}{{}}<div class='content-detail'>{pages.PARAGRAPHS}</div>"
    assert found(body.format("<p class='author'>Mai Khôi</p>"), head).author == "Mai Khôi"
    assert found(body.format(f"<p class='author'>{name}</p>"), head).author is None


SIGNED = {
    "<p><strong>MAI KHÔI</strong> <em>(thực hiện)</em></p>": "MAI KHÔI",
    "<p>Mai Khôi thực hiện</p>": "Mai Khôi",
    "<p>MAI KHÔI (ghi)</p>": "MAI KHÔI",
    "<p>Thực hiện: Mai Khôi - Văn Thử</p>": "Mai Khôi - Văn Thử",
    "<p>Nhóm P.V</p>": "Nhóm P.V",
    "<p>Nhóm P.V (thực hiện)</p>": "Nhóm P.V",
    "<p>NHÓM PHÓNG VIÊN</p>": "NHÓM PHÓNG VIÊN",
    "<p>Bài, ảnh: Mai Khôi</p>": "Mai Khôi",
    "<p><b>Mai Khôi</b></p><p>Liên hệ quảng cáo: 0912 345 678</p>": "Mai Khôi",
    "<p>MAI KHÔI</p><p>Tải ứng dụng đọc báo của chúng tôi tại đây.</p><p>Hotline: 0912.345.678</p>": "MAI KHÔI",
    "<p>Mai Khôi</p><p>Xem thêm: Hội thao ở huyện bên</p>": "Mai Khôi",
    "<p>Mai Khôi (lược ghi)</p>": "Mai Khôi",
    "<p>P.V</p>": None,
    "<p>(Theo Mai Khôi)</p>": None,
}


@pytest.mark.parametrize(("signature", "author"), SIGNED.items(), ids=SIGNED)
def test_the_signature_names_the_author_and_leaves_the_text(signature: str, author: str | None) -> None:
    read = found(f"{DATED}<div class='content-detail'>{pages.PARAGRAPHS}{signature}</div>")
    assert lines(read) == WHOLE
    if "Theo" not in signature:
        assert read.author == author


ANSWERS = "<p>PV: Thưa đồng chí, đợt huấn luyện năm nay có gì mới so với những năm trước đây?</p>" + "".join(
    f"<p>Thượng tá Trần Văn Mẫu: {text}</p>" for text in WHOLE)


@pytest.mark.parametrize(
    ("above", "below", "author"),
    [
        ("<p class='author'>Thượng tá Trần Văn Mẫu</p>", "", None),
        ("", "<p>Trần Văn Mẫu</p>", None),
        ("", "<p>Mai Khôi (thực hiện)</p>", "Mai Khôi"),
        ("<p class='author'>Trần Văn Mẫu</p>", "<p>MAI KHÔI (thực hiện)</p>", "MAI KHÔI"),
        ("", "<p>PV: Xin cảm ơn đồng chí.</p>", None),
        ("", "<p>PV: Trân trọng cảm ơn Thượng tá</p><p>Mai Khôi</p>", "Mai Khôi"),
    ],
)
def test_who_is_interviewed_is_not_the_author(above: str, below: str, author: str | None) -> None:
    assert found(f"{DATED}{above}<div class='content-detail'>{ANSWERS}{below}</div>").author == author


@pytest.mark.parametrize("count", [5, 12])
@pytest.mark.parametrize("name", ["news-content", "list-news", "category-main", "item-list", "related-list", "abc"])
def test_a_list_is_no_article_by_any_pass(name: str, count: int) -> None:
    item = "<div class='item'><h3><a href='/{n}'>{title} {n}</a></h3><p>{text}</p></div>"
    items = "".join(item.format(n=n, title=OTHER, text=pages.LEAD) for n in range(count))
    body = f"<h1>Quốc phòng</h1><div class='{name}'>{items}</div>"
    assert "not an article" in str(read_page(pages.page("<title>Quốc phòng</title>", body)))


def test_related_headlines_in_the_middle_of_a_short_text_do_not_make_it_a_list() -> None:
    related = "".join(f"<li><a href='/{n}'>{OTHER} {n}</a></li>" for n in range(4))
    body = f"<div class='main'><p>{pages.FIRST}</p><ul>{related}</ul><p>{pages.MIDDLE}</p><p>{pages.LAST}</p></div>"
    assert lines(found(body)) == WHOLE


def test_a_column_of_teasers_is_not_taken_for_the_text_however_it_is_named() -> None:
    item = f"<div><h3><a href='/x'>{OTHER}</a></h3><p>{pages.COMMENT}</p></div>"
    read = found(f"{DATED}<div class='abc'>{pages.PARAGRAPHS}</div><div class='post-news-content'>{item * 6}</div>")
    assert lines(read) == WHOLE


def test_a_title_that_links_to_itself_is_the_title() -> None:
    body = f"<h1><a href='/x'>{TITLE}</a></h1>{DATED}<h2>{pages.LEAD}</h2><div>{pages.PARAGRAPHS}</div>"
    assert found(body, "<title>Trang thông tin điện tử xã</title>", title="").title == TITLE


def test_a_title_that_no_element_marks_is_the_line_above_the_day_and_a_clock_is_no_date() -> None:
    text = f"<i>(15/03/2023)</i><br><b>{pages.LEAD}</b>{pages.PARAGRAPHS}"
    cells = f"<tr><td>Thứ Tư, 28/11/2026</td></tr><tr><td><b><font size='5'>{TITLE}</font></b><br>{text}</td></tr>"
    body = f"<table>{cells}</table>"
    read = found(body, "<title>Trung tâm văn hóa - thể thao và truyền thanh</title>", title="")
    assert (read.title, [stamp.date for stamp in read.stamps]) == (TITLE, ["2023-03-15"])


@pytest.mark.parametrize("credit", ["(TTXVN/Vietnam+)", "(TTXVN)", "(VOV)"])
def test_an_agency_s_mark_leaves_the_text_and_is_no_author(credit: str) -> None:
    read = found(f"{DATED}<div class='content-detail'>{pages.PARAGRAPHS}<p>{credit}</p></div>")
    assert (lines(read), read.author) == (WHOLE, None)


@pytest.mark.parametrize("tag", ["aside", "nav", "footer", "dialog"])
def test_no_element_silences_a_page_s_only_article(tag: str) -> None:
    assert lines(found(f"<{tag}><h1>{TITLE}</h1>{DATED}<div>{pages.PARAGRAPHS}</div></{tag}>", title="")) == WHOLE


@pytest.mark.parametrize("name", ["hidden md:block", "d-none d-lg-block", "hide-on-print"])
def test_what_only_narrow_screens_hide_is_read(name: str) -> None:
    assert lines(found(f"<div class='content-detail'><div class='{name}'>{pages.PARAGRAPHS}</div></div>")) == WHOLE


def test_comments_below_a_page_without_text_are_no_article() -> None:
    comments = f"<div id='comments'>{f'<div><b>Bạn đọc</b><p>{pages.COMMENT}</p></div>' * 4}</div>"
    assert "not an article" in str(read_page(pages.page(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>{comments}")))


def test_related_articles_in_elements_of_the_same_name_are_not_the_article_s() -> None:
    related = f"<article><h3><a href='/x'>{OTHER}</a></h3><p>{pages.COMMENT}</p></article>"
    read = found(f"<article><h1>{TITLE}</h1>{DATED}{pages.PARAGRAPHS}</article>{related * 3}", title="")
    assert lines(read) == WHOLE


def test_the_site_s_name_above_the_title_is_no_text() -> None:
    body = f"<h3>Báo thử</h3><h1>{TITLE}</h1><p>15/03/2023</p>{pages.PARAGRAPHS}"
    assert lines(found(body, "<title>In bài viết</title>", title="")) == WHOLE
