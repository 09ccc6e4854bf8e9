"""Invented pages in the manner of Vietnamese news systems. Every name, place and event in them is made up."""

# ruff: noqa: E501 (pages have long lines)

from __future__ import annotations

from indexer.sources.found import Found
from indexer.sources.html import read_page

TITLE = "Huyện Sông Lam hoàn thành huấn luyện dân quân năm 2023"
LEAD = "Sau mười hai ngày trên thao trường, dân quân huyện Sông Lam đã hoàn thành chương trình huấn luyện của năm."
FIRST = (
    "Sáng 14/3, Ban Chỉ huy Quân sự huyện Sông Lam tổ chức bế mạc đợt huấn luyện dân quân tại thao trường xã Bãi Dâu, "
    "với hơn một trăm hai mươi chiến sĩ tham gia."
)
MIDDLE = (
    "Thượng tá Trần Văn Mẫu, Chỉ huy trưởng Ban Chỉ huy Quân sự huyện, cho biết các chiến sĩ đã bắn đạn thật bài một, "
    "ném lựu đạn và tập luyện phương án phòng chống lụt bão sát với địa bàn."
)
LAST = (
    "Kết thúc đợt huấn luyện, toàn đơn vị đạt loại khá, trong đó ba trung đội được biểu dương vì chấp hành tốt kỷ luật "
    "và giúp nhân dân xã Bãi Dâu nạo vét kênh mương."
)
CAPTION = "Chiến sĩ dân quân luyện tập trên thao trường xã Bãi Dâu"
MENU = "".join(f'<li><a href="/muc-{n}">Chuyên mục số {n}</a></li>' for n in range(12))
OTHERS = [f"Một tin khác số {n} mà bạn đọc có thể quan tâm trong tuần này" for n in range(6)]
RELATED = "".join(
    f'<li><a href="/tin-{n}.html">{text}</a> <span>(2{n}/01/2019)</span></li>' for n, text in enumerate(OTHERS)
)
COMMENT = "Tôi rất ủng hộ các anh dân quân đã giúp đỡ bà con xã tôi trong những ngày mưa lũ vừa rồi, xin cảm ơn các anh nhiều."
OTHER = "Lễ giao quân ở huyện Đồng Xa diễn ra trong không khí ấm áp"
WHOLE = [FIRST, MIDDLE, LAST]
PARAGRAPHS = f"<p>{FIRST}</p><p>{MIDDLE}</p><p>{LAST}</p>"
FOOTER = (
    "<footer><p>Giấy phép số 12/GP-XYZ cấp ngày 01/02/2015. Ghi rõ nguồn khi phát hành lại thông tin từ trang này, "
    "mọi hành vi sao chép phải được sự đồng ý bằng văn bản của tòa soạn.</p></footer>"
)
CLOCK = '<div id="header"><div class="clock">Thứ Hai, 02/10/2023 08:15:20</div><div class="today">Hôm nay: 02/10/2023</div></div>'


def page(head: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def found(body: str, head: str = f"<title>{TITLE}</title>") -> Found:
    """The article that is read from such a page; there must be one."""
    read = read_page(page(head, body))
    assert isinstance(read, Found), read
    return read


ONLY_JSON_LD = page(
    f"""<title>{TITLE} | Báo Sông Lam</title><script type="application/ld+json">
    {{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"Báo Sông Lam"}},
     {{"@type":["NewsArticle"],"headline":"{TITLE}","datePublished":"2023-03-14T18:30:00Z","dateModified":"2023-05-01T00:00:00Z",
       "author":[{{"@type":"Person","name":"Lê Thị Thử"}}],"publisher":{{"@type":"Organization","name":"Báo Sông Lam"}},
       "mainEntityOfPage":{{"@id":"https://baosonglam.example.vn/quoc-phong/hoan-thanh-huan-luyen-101.html"}}}}]}}</script>""",
    f"<nav><ul>{MENU}</ul></nav><h1>{TITLE}</h1><div class='abc'>{PARAGRAPHS}</div>"
    f"<div class='tin-lien-quan'><ul>{RELATED}</ul></div>{FOOTER}",
)
BROKEN_JSON_LD = page(
    f"""<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Một "câu" hỏng","datePublished":"2023-03-15",}}</script>
    <meta property="og:title" content="{TITLE}">""",
    f"<h1>{TITLE}</h1><article>{PARAGRAPHS}</article>",
)
OPEN_GRAPH = page(
    f"""<title>{TITLE} - Báo Sông Lam điện tử</title><meta property="og:type" content="article">
    <meta property="og:title" content="{TITLE} - Báo Sông Lam điện tử"><meta property="og:site_name" content="Báo Sông Lam">
    <meta property="og:description" content="{LEAD}"><meta property="article:published_time" content="2023-03-15T07:00:00+07:00">
    <meta property="og:url" content="https://baosonglam.example.vn/a-102.html"><meta name="author" content="Báo Sông Lam">""",
    f"""{CLOCK}<ul class="menu">{MENU}</ul><div class="col-left"><h1 class="title-detail">{TITLE}</h1>
    <div class="sapo">{LEAD}</div><div class="content-detail">
    <p>{FIRST}</p><figure><img src="a.jpg"><figcaption>{CAPTION}. Ảnh: Văn Thử</figcaption></figure><p>{MIDDLE}</p>
    <div class="box-tinlienquan"><p>{OTHERS[0]}</p><ul>{RELATED}</ul></div><p>{LAST}</p>
    <p style="text-align:right"><strong>Văn Thử</strong></p></div>
    <div id="comments"><p>{COMMENT}</p><p>{COMMENT}</p><p>{COMMENT}</p><p>{COMMENT}</p></div></div>{FOOTER}""",
)
MICRODATA = page(
    f"<title>{TITLE}</title>",
    f"""<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1>
    <time itemprop="datePublished" datetime="2023-03-15T06:00:00+07:00">15/03/2023 06:00</time>
    <div class="article__sapo cms-desc" itemprop="description">{LEAD}</div>
    <div class="article__body cms-body" itemprop="articleBody"><p>{FIRST}</p>
    <table class="picture"><tr><td class="pic"><img src="x.jpg"></td></tr><tr><td class="caption"><p>{CAPTION}.</p></td></tr></table>
    <p>{MIDDLE}</p><p>{LAST}</p></div><div class="article__tag"><a href="/tag/x">dân quân</a></div></div>
    <div class="article-relate"><ul>{RELATED}</ul></div>""",
)
DNN_PORTAL = page(
    "<title>Cổng thông tin điện tử huyện Sông Lam</title>",
    f"""<form id="Form" method="post"><table width="1000"><tr><td colspan="3">{CLOCK}</td></tr><tr>
    <td valign="top"><table>{"".join(f"<tr><td><a href='/m{n}'>Mục lục {n}</a></td></tr>" for n in range(9))}</table></td>
    <td valign="top"><div id="dnn_ctr456_ModuleContent"><table><tr><td><span class="Head">Tin hoạt động</span></td></tr><tr><td>
    <span id="dnn_ctr456_View_lblTitle" class="TieuDe">{TITLE}</span><br><span class="NgayDang">(15/03/2023 07:30 AM)</span></td></tr>
    <tr><td><div id="dnn_ctr456_View_noidung"><font face="Arial">{FIRST}<br><br>{MIDDLE}<br><br>{LAST}</font>
    <br><b>Văn Thử</b></div></td></tr></table><div class="TinKhac"><b>Các tin khác</b><ul>{RELATED}</ul></div></div></td>
    <td><div>Số lượt truy cập: 1234567</div></td></tr></table></form>""",
)
LIFERAY_PORTAL = page(
    f"<title>{TITLE} - Ban Chỉ huy Quân sự huyện Sông Lam</title>",
    f"""<header id="banner"><a href="/">Trang chủ</a></header><div class="portlet-body"><div class="asset-full-content">
    <h3 class="header-title"><span>{TITLE}</span></h3><div class="asset-content"><div class="journal-content-article">
    <p><em>{LEAD}</em></p><div style="text-align: justify;">{FIRST}</div><div style="text-align: justify;">{MIDDLE}</div>
    <div style="text-align: justify;">{LAST}</div></div></div><div class="asset-metadata">Ngày xuất bản: 15/03/2023</div></div></div>
    <div class="portlet-asset-publisher"><ul>{RELATED}</ul></div>""",
)
GALLERY = page(
    f"<title>{TITLE}</title><meta property='og:type' content='article'>",
    f"""<h1>{TITLE}</h1><div class="detail-content"><table><tr><td><img src="1.jpg"></td></tr><tr><td class="image_desc">{FIRST}</td></tr></table>
    <table><tr><td><img src="2.jpg"></td></tr><tr><td class="image_desc">{LAST}</td></tr></table></div>""",
)
AMP = page(
    f"""<title>{TITLE}</title><link rel="canonical" href="https://baosonglam.example.vn/goc-103.html">
    <script async src="https://cdn.ampproject.org/v0.js"></script>""",
    f"""<amp-sidebar id="s"><ul>{MENU}</ul></amp-sidebar><article class="amp-wp-article"><h1 class="amp-wp-title">{TITLE}</h1>
    <time datetime="2023-03-15T01:02:03+00:00">1 năm</time><div class="amp-wp-article-content"><amp-img src="x.jpg"></amp-img>{PARAGRAPHS}</div></article>""",
)
BROKEN_HTML = (
    f"<html><body><div class=menu>{MENU}<h1>{TITLE}<div class=noidung><p>{FIRST}<p><b>{MIDDLE}<i></b><p>{LAST}</i></div></div></span></td>"
    f"<script>document.write('<div>{COMMENT}</div>')</script><style>p{{}}</style><div class=footer>{FOOTER}"
)
HOSTILE = page(
    f"<title>{TITLE}</title><script>var x='</div><p>{COMMENT}</p>';</script>",
    f"<h1>{TITLE}</h1><div class='entry-content'>{PARAGRAPHS}<!-- <p>{COMMENT}</p> --><noscript>{COMMENT}</noscript>"
    f"<template><p>{COMMENT}</p></template><textarea>{COMMENT}</textarea></div>",
)
WORDPRESS = page(
    f"<title>{TITLE} – Đài Truyền thanh Sông Lam</title>",
    f"""<div id="page"><article class="post-7 post type-post category-tin-tuc tag-quan-su"><header class="entry-header">
    <h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><span class="posted-on">15 Tháng Ba, 2023</span></div></header>
    <div class="elementor-widget-theme-post-content elementor-widget"><div class="td-post-content tagdiv-type">
    <div class="addtoany_share">Chia sẻ</div>{PARAGRAPHS}</div></div></article>
    <aside><h3>Đọc nhiều</h3><ul>{RELATED}</ul></aside></div>""",
)
LIST = page(
    "<title>Tin quốc phòng | Báo Sông Lam</title><meta property='og:type' content='website'>",
    "<h1>Quốc phòng</h1><div class='news-content'>"
    + "".join(
        f"<div class='item'><h3><a href='/{n}.html'>{text}</a></h3><p>{LEAD}</p></div>" for n, text in enumerate(OTHERS)
    )
    + f"</div>{FOOTER}",
)
LIST_OF_ARTICLES = page(
    "<title>Tin quốc phòng</title><meta property='og:type' content='article'>",
    "<main>"
    + "".join(
        f"<article><h2><a href='/{n}.html'>{text}</a></h2><p>{FIRST}</p></article>" for n, text in enumerate(OTHERS)
    )
    + "</main>",
)
HOME = page(
    "<title>Báo Sông Lam</title><link rel='canonical' href='https://baosonglam.example.vn/'>",
    f"<div class='content'>{PARAGRAPHS}</div>",
)
