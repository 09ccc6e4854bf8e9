"""What a page says of itself out of sight: JSON-LD, OpenGraph, meta elements and links."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from indexer.model import StatedDate
from indexer.sources.authors import people, squeezed
from indexer.sources.chrome import says_nothing
from indexer.sources.credits import host
from indexer.sources.dates import find_date, read_date
from indexer.sources.linked_data import is_a, linked_data, name_of, names_of, text_of
from indexer.sources.page import Page
from indexer.sources.tidy import letters, tidy

ARTICLES = re.compile(r"(?:\w*Article|Reportage\w*|BlogPosting|LiveBlogPosting|Report)$")
LISTS = frozenset(("CollectionPage", "ItemList", "SearchResultsPage"))
SHORTEST_HEADLINE = 12  # letters

TITLE_KEYS = ("og:title", "twitter:title", "headline", "dc.title", "title", "its_title")
LEAD_KEYS = ("og:description", "description", "twitter:description", "dc.description")
SITE_KEYS = ("og:site_name", "application-name", "dc.publisher")
AUTHOR_KEYS = ("article:author", "author", "dc.creator", "byl", "cxenseparse:author")
DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "article.published",
    "datecreated",
    "its_publication",
    "sailthru.date",
)
AMERICAN = re.compile(r"(?:[1-9]/\d{1,2}|1[0-2]/[1-9])/\d{4} \d{1,2}:\d{2}(?::\d{2})? [AP]M$")
SAVED_FROM = re.compile(r"saved from url=\(\d{1,6}\)(https?://[^\s>]{4,1000})", re.IGNORECASE)
HOME_PAGES = re.compile(r"/?(?:index|home|default|trang-?chu|main)?(?:\.\w{2,5})?/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """`is_article` and `is_list` hold what the page declares, which many pages do wrongly or not at all."""

    titles: tuple[str, ...] = ()
    lead: str = ""
    url: str | None = None
    site: str | None = None
    author: str | None = None
    stamp: StatedDate | None = None
    is_article: bool = False
    is_list: bool = False
    is_home: bool = False
    body: str = ""


def metadata_of(page: Page, markup: str, url: str | None) -> Metadata:
    """Everything the page declares, JSON-LD before OpenGraph before meta elements. `url` is where it came from."""
    things = list(linked_data(page.data))
    meta: dict[str, str] = {}
    for key, value in page.meta:
        meta.setdefault(key, text_of(value))
    shown = titles_shown(page, meta)
    for key, value, headline in page.properties:
        if not headline or not shown or any(agree(letters(headline), title) for title in shown):
            meta.setdefault(key, text_of(value))
    article = own_article([thing for thing in things if is_a(thing, ARTICLES)], shown)
    address, home = address_of(page, meta, article, markup, url)
    site = site_name(meta) or name_of(article.get("publisher")) or host(address)
    days = (article.get("datePublished"), *map(meta.get, DATE_KEYS))
    day = next(filter(None, map(declared_date, days)), None)
    return Metadata(
        titles=tuple(
            title
            for title in (text_of(article.get("headline")), *(meta.get(key, "") for key in TITLE_KEYS), page.title)
            if title and not says_nothing(title)
        ),
        lead=text_of(article.get("description")) or meta_value(meta, LEAD_KEYS) or "",
        url=address,
        site=site,
        author=declared_author(meta, article, site, address, behind_titles(page, meta, article)),
        stamp=StatedDate(day, "meta") if day else None,
        is_article=bool(article) or bool(day and meta.get("og:type", "").lower() in ("article", "news", "newsarticle")),
        is_list=any(is_a(thing, LISTS) for thing in things)
        or meta.get("og:type", "").lower() in ("website", "category", "profile"),
        is_home=home,
        body=body_of(article.get("articleBody")),
    )


def declared_author(
    meta: dict[str, str], article: dict[str, Any], site: str | None, address: str | None, owners: list[str]
) -> str | None:
    """The people that JSON-LD or a meta element names, without the site itself (`owners`: see `behind_titles`)."""
    named = [names_of(article.get("author")), *([meta[key]] for key in AUTHOR_KEYS if meta.get(key))]
    return next(filter(None, (people(names, site, address, owners) for names in named)), None)


def behind_titles(page: Page, meta: dict[str, str], article: dict[str, Any]) -> list[str]:
    """What the window's title and the shared one say besides the headline, `squeezed`: mostly the site's name.

    "Lễ giao quân | Báo Thử" beside the heading "Lễ giao quân" tells "baothu".
    """
    whole = [squeezed(title) for title in (page.title, meta.get("og:title", ""))]
    parts = {squeezed(title) for title in (*main_headings(page), text_of(article.get("headline")))} | set(whole)
    parts = {part for part in parts if len(part) >= SHORTEST_HEADLINE}
    rests = [rest for title in whole for part in parts
             for rest in (title.removeprefix(part), title.removesuffix(part)) if rest and rest != title]
    return list(dict.fromkeys(rests))


def declared_date(value: object) -> str | None:
    """The day in metadata. "3/5/2024 2:20:00 PM" is how systems set to English write the fifth of March."""
    if isinstance(value, str) and AMERICAN.match(value.strip()):
        return find_date(value, month_first=True)
    return read_date(value)


def titles_shown(page: Page, meta: dict[str, str]) -> list[str]:
    """What a reader takes for the page's title, spelled for comparison: its h1s, its window's title, what it shares."""
    return [letters(title) for title in (*main_headings(page), page.title, meta.get("og:title", "")) if title]


def main_headings(page: Page) -> list[str]:
    """The texts of the page's h1s that are no links."""
    return [line.text for line in page.lines if page.boxes[line.box].tag == "h1" and not line.linked]


def own_article(articles: list[dict[str, Any]], shown: list[str]) -> dict[str, Any]:
    """The JSON-LD entry that is about this page: the one whose headline the page shows, else the first without one.

    Pages carry entries of other articles too: related ones, or the newest of the site.
    """
    if not shown:
        return next(iter(articles), {})
    headlines = [letters(text_of(article.get("headline"))) for article in articles]
    same = [bool(headline) and any(agree(headline, title) for title in shown) for headline in headlines]
    for fits in (same, [not headline for headline in headlines]):
        if any(fits):
            return articles[fits.index(True)]
    return {}


def agree(headline: str, title: str) -> bool:
    """Whether two titles, as `letters` spells them, are one's beginning or part, or nearly the same."""
    shorter, longer = sorted((headline, title), key=len)
    if len(shorter) >= 12 and shorter in longer:
        return True
    return headline == title or SequenceMatcher(None, headline[:300], title[:300], autojunk=False).ratio() > 0.6


def body_of(value: object) -> str:
    """The text that JSON-LD gives, one paragraph a line, markup removed."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:500_000])
    text = re.sub(r"</(?:p|div|li|h\d)>|<br\s?/?>", "\n", text, flags=re.IGNORECASE) if "<" in text else text
    return tidy(re.sub(r"<[^<>]{0,300}>", " ", text))


def meta_value(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    """The first value that any of the keys has."""
    return next((meta[key] for key in keys if meta.get(key)), None)


def site_name(meta: dict[str, str]) -> str | None:
    """The site's name that the page gives, None for an address or a text too long."""
    name = meta_value(meta, SITE_KEYS)
    return name if name and "://" not in name and len(name) <= 80 else None


def address_of(
    page: Page, meta: dict[str, str], article: dict[str, Any], markup: str, given: str | None
) -> tuple[str | None, bool]:
    """The page's own address, and whether what it gives is only a home page's: that is nobody's id."""
    saved = SAVED_FROM.search(markup[:4_000])
    base = given or (saved[1] if saved else None) or meta.get("og:url") or ""
    entity = article.get("mainEntityOfPage")
    main = entity.get("@id") if isinstance(entity, dict) else entity
    home = False
    for candidate in (
        page.links.get("canonical"),
        meta.get("og:url"),
        main,
        article.get("url"),
        saved and saved[1],
        given,
        meta.get("twitter:url"),
    ):
        address = absolute(candidate, base)
        if address and not is_home(address):
            return address, False
        home = home or bool(address)
    return None, home


def absolute(candidate: object, base: str) -> str | None:
    """A candidate as a web address, relative ones from `base`; None if it is none."""
    if not isinstance(candidate, str) or not candidate.strip() or len(candidate) > 2_000:
        return None
    try:
        address = urldefrag(urljoin(base, html.unescape(candidate.strip())))[0]
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname else None
    except ValueError:
        return None


def is_home(address: str) -> bool:
    """Whether an address is a site's front page."""
    parts = urlsplit(address)
    return not parts.query and bool(HOME_PAGES.fullmatch(parts.path))
