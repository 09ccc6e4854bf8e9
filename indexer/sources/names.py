"""What class names and ids say of an element, as Vietnamese news systems, portals and the common CMSs write them.

Patterns see names as `words_of` spells them: "fck_detail" and "fckDetail" are both "fck-detail". The newspapers'
names were read off saved pages of national papers; those of portals (DNN, Liferay, SharePoint) and WordPress are the
systems' usual ones. A new system is a word more in a pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache

FURNITURE = frozenset(("nav", "footer", "aside", "menu", "dialog"))
HIDDEN_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$))", re.I
)
# Class names by which the common style sheets hide an element, unless another shows it on wider screens ("md:block").
HIDDEN_CLASSES = frozenset((
    "hidden", "d-none", "hide", "invisible", "sr-only", "visually-hidden", "screen-reader-text", "is-hidden",
    "u-hidden", "display-none"
))
SHOWN_CLASS = re.compile(r"(?:^|\s)(?:\w+:(?:block|flex|inline\S*|grid|visible)|d-(?:sm|md|lg|xl|xxl)-\S+|visible-\S+)")
# The places of controls in ASP.NET and DotNetNuke: "BodyContent_ctl00_ctl01_newsTitle", "dnn_ctr404_View_lblDate".
CONTROL_PATH = re.compile(r"\S*(?:ctl|ctr)\d+_", re.I)
# WordPress writes an article's section and keywords into its class: "post-7 hentry category-tin-tuc tag-dan-quan".
TAXONOMY = re.compile(r"(?<!\S)(?:tag|category|tax|cat|series|topic|chuyen-muc|format|status|type|post_tag)-\S+", re.I)
AN_ENTRY = re.compile(
    r"(?<!\S)(?:hentry|type-post|post-\d+|postid-\d+|single-post|node-\d+|node--type-\S+)(?!\S)", re.I
)

NOISE = re.compile(
    r"(?<![a-z])(?:relat(?:e|ed|ion|ions)|news-?relat\w*|(?:tin-?)?lien-?quan|tin-?khac|bai-?khac|tin-?da-?dua"
    r"|cung-?(?:chuyen-?)?muc"
    r"|xem-?them|doc-?them|read-?more|see-?more|recommend\w*|breadcrumbs?|bread-?crumb|menu\w*|nav|navbar"
    r"|navigation|navi"
    r"|footer\w*|foot|side-?bar|banner\w*|ads|adv\w*|advert\w*|quang-?cao|qc|sponsor\w*|tags?|tag-?list|keywords?"
    r"|tu-?khoa|pagination|paging"
    r"|pager|popup|modal|poll|rating|vote|hotline|subscribe|newsletter|doc-?nhieu|most-?(?:read|view\w*)|tin-?moi"
    r"|new-?est|newest|latest"
    r"|hot-?news|tin-?noi-?bat|login|search\w*|copyright|cookie|like-?box"
    r"|same-?cate\w*|other-?news|news-?other|box-?other|inner-?article|tin-?doc|link-?source\w*|audio\w*|player"
    r"|video-?list)(?![a-z])"
)
TOOLBAR = re.compile(r"(?<![a-z])(?:share\w*|\w*share|social\w*|addthis\w*|add-?this|print|tool-?bar|tools?)(?![a-z])")
COMMENTS = re.compile(
    r"(?<![a-z])(?:comments?|comment-\w+|show-?comment|binh-?luan|y-?kien|phan-?hoi|fb-?comments?|disqus\w*|reply"
    r"|replies)(?![a-z])"
)
CLOCK = re.compile(
    r"(?<![a-z])(?:clock|dong-?ho|time-?now|today|current-?(?:date|time)|date-?now|ngay-?hien-?tai|hom-?nay)(?![a-z])"
)
CAPTION = re.compile(
    r"(?<![a-z])(?:caption\w*|\w+caption|chu-?thich\w*|(?:img|image|photo|pic|picture|thumb|avatar)-?(?:desc|des"
    r"|title|note|text|caption)\w*"
    r"|desc-?(?:img|image|photo)|credit|photo-?by)(?![a-z])"
)
PICTURE = re.compile(
    r"(?<![a-z])(?:tpl-caption|image|images|photo|picture|pic|pic-?box|img-?box|show-?border|content-?img"
    r"|gallery)(?![a-z])"
)
BODY = re.compile(
    r"(?<![a-z])(?:(?:article|post|news|detail|details|entry|story|cms|fck|single|page|bai-?viet|tin|view"
    r"|desktop-in|baiviet)-?_?"
    r"(?:content|contents|body|detail|details|text|noi-?dung|article|container|entry|maincontent)"
    r"|(?:content|contents|body|noi-?dung|chi-?tiet|text|div|main|the)-?(?:detail|details|article|news|post|tin"
    r"|bai-?viet|content|conent|cmain)"
    r"|noi-?dung|chi-?tiet|journal-?content|asset-?content|rich-?text|message-?text|post-?container|articlebody"
    r"|ck-?content|newsdetail\w*"
    r"|text-?long|story|dnn-?content|item-?text|main-?body)(?![a-z])"
)
LEAD = re.compile(
    r"(?<![a-z])(?:sapo\w*|lead|lead-?\w+|chapeau|tom-?tat|trich-?dan|trich-?yeu|mo-?ta|summary|description|desc"
    r"|excerpt|stand-?first|teaser"
    r"|intro|intro-?text|head-?noi-?dung|init-?content|abstract)(?![a-z])"
)
DATED = re.compile(
    r"(?<![a-z])(?:date\w*|time\w*|\w*-?time|pdate|publish\w*|ngay-?\w*|thoi-?gian|created|posted|\w+-?date)(?![a-z])"
)
AUTHOR = re.compile(
    r"(?<![a-z])(?:author\w*|vcard|tac-?gia\w*|by-?line|but-?danh|nguoi-?(?:viet|dang)|writer)(?![a-z])"
)
# Posts of a forum, and what stands beside each: who wrote it and how often.
FORUM = re.compile(
    r"(?<![a-z])(?:message(?:-?(?:user|post|body|inner|cell)\w*|--\w+)?|forum\w*|thread\w*|post-?(?:bit|user"
    r"|author-?info|number)\w*"
    r"|user-?(?:info|details|banner|title)|member-?info|poster|topic-?\w+|viewtopic|bbp-\w+|xf-\w+|signature)(?![a-z])"
)
TITLE = re.compile(r"(?<![a-z])(?:(?:title|tieu-?de|tit|headline)-?\w*|\w+-?title|\w+-?headline)(?![a-z])")
KINDS = {
    "noise": NOISE,
    "toolbar": TOOLBAR,
    "comments": COMMENTS,
    "clock": CLOCK,
    "caption": CAPTION,
    "picture": PICTURE,
    "body": BODY,
    "lead": LEAD,
    "dated": DATED,
    "author": AUTHOR,
    "title": TITLE,
    "forum": FORUM,
}


@lru_cache(maxsize=20_000)
def kinds_of(tag: str, names: str) -> frozenset[str]:
    """What an element's tag, class, id and itemprop say it is."""
    names = CONTROL_PATH.sub("", names)
    words = words_of(TAXONOMY.sub("", names) if AN_ENTRY.search(names) else names)
    kinds = {kind for kind, pattern in KINDS.items() if pattern.search(words)}
    if "articlebody" in names.lower().replace("-", ""):
        kinds |= {"body", "itemprop"}
    if tag in FURNITURE or (tag == "header" and not kinds & {"body", "title"}):
        kinds |= {"noise", "furniture"}
    if tag in ("figcaption", "caption"):
        kinds.add("caption")
    if "caption" in kinds:
        kinds.discard("lead")
    if tag in ("h1", "h2", "h3", "p") and kinds & {"lead", "title"}:
        kinds.discard("noise")  # "cate-foot-article-sapo": what it is outweighs where it stands
    if tag in ("article", "main", "body", "html", "form"):
        kinds -= {"noise", "toolbar", "comments", "clock", "caption", "picture", "lead", "dated", "author", "title"}
    if tag == "article":
        kinds.add("article")
    return frozenset(kinds)


def words_of(names: str) -> str:
    """ "fck_detail articleBody" -> "fck-detail article-body": lower case, words joined by "-". What a name says an
    element has not ("no-share") says nothing."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", names[:400])
    return re.sub(r"(?<!\S)(?:no|without)-\S+", "", re.sub(r"[^a-z0-9 ]+", "-", split.lower()))
