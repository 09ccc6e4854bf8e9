"""Template filters: dates, numbers, marked text and addresses as a page shows them. Pure functions.

Text becomes HTML only by `marked`, which escapes every character it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup, escape

from indexer.model import INFERRED_BASES, Article, Entry, Hit, Message, Official, Province, Published
from indexer.model.excerpt import Quote, legible
from indexer.model.facets import BY_NAME
from indexer.search.labels import label, province_label
from indexer.search.query.snippet import in_short
from indexer.search.vietnamese import normalize
from search_app.i18n import messages
from search_app.i18n.language import current, in_html

Span = tuple[int, int]
SPECIAL = re.compile("[&<>\"']")
QUOTE = 240  # characters of an evidence sentence shown
VIET_NAM = timezone(timedelta(hours=7))  # one zone, no summer time since 1975


def marked(text: str, spans: Iterable[Span], tag: str = "mark") -> Markup:
    """`text` escaped, with each span inside <tag>. Spans may come in any order, overlap or reach beyond the text."""
    safe: Callable[[str], str] = escape if SPECIAL.search(text) else str  # most texts have nothing to escape
    parts: list[str] = []
    done = 0
    for start, end in joined_spans(spans, len(text)):
        parts += [safe(text[done:start]), f"<{tag}>", safe(text[start:end]), f"</{tag}>"]
        done = end
    parts.append(safe(text[done:]))
    return Markup("".join(parts))


def joined_spans(spans: Iterable[Span], length: int) -> list[Span]:
    """The spans cut to [0, length), in order; touching and overlapping ones are joined, empty ones left out."""
    joined: list[Span] = []
    for start, end in sorted((max(0, s), min(e, length)) for s, e in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def paragraphs(text: str, spans: Sequence[Span] = ()) -> list[Markup]:
    """The lines of `text` that are not blank, each with its part of `spans` marked."""
    shown: list[Markup] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            shown.append(marked(line, [(s - start, e - start) for s, e in spans]))
        start += len(line) + 1
    return shown


def day(iso: str | None) -> str:
    """An ISO date of any precision as readers write it: 24/02/2022 or 24 February 2022, 02/2022, 2022; "" for None."""
    return current().date(iso.split("-")) if iso else ""


def day_here(moment: str) -> str:
    """The day of an ISO time in Viet Nam: 24/02/2022."""
    return day(datetime.fromisoformat(moment).astimezone(VIET_NAM).date().isoformat())


def published(when: Published) -> str:
    """The publication date with its caveat: "24/02/2022", "2022 (suy ra)", "chưa rõ ngày"."""
    if not when.date:
        return messages.UNKNOWN_DATE
    return dated(when.date, when.basis)


def dated(iso: str, basis: str) -> str:
    """An ISO date as readers write it; with an inferred basis "2022 (suy ra)"; "" for no date."""
    return messages.AS_INFERRED.format(date=day(iso)) if iso and basis in INFERRED_BASES else day(iso)


def number(value: int) -> str:
    """Digits in groups of three: 35.530 or 35,530."""
    return current().number(value)


def place(province: Province, day: str | None = None) -> str:
    """The name as on `day` and, where it differs, the present one: "Kon Tum (nay là Quảng Ngãi)"."""
    name, now = label("province", province.name), label("now", province.now)
    if day:
        name = province_label(province.name, day)
    return messages.NOW_CALLED.format(name, now) if province.now and province.now != province.name else name


def person(official: Official) -> str:
    """Rank, name and first post in one line: "Đại tá Nguyễn Văn A, Chỉ huy trưởng Bộ CHQS tỉnh"."""
    name = f"{official.rank} {official.name}" if official.rank else official.name
    return f"{name}, {official.posts[0]}" if official.posts else name


def title(article: Article) -> str:
    """The article's title, or what stands for a missing one."""
    return article.title or messages.UNTITLED


def hit_title(hit: Hit) -> Markup:
    """The title of a hit with the words found marked."""
    return marked(title(hit.entry.article), hit.title_marks)


def hit_snippet(hit: Hit) -> Markup:
    """The snippet of a hit with the words found marked."""
    return marked(hit.snippet, hit.marks)


def safe_link(url: str | None) -> str | None:
    """`url` if it is http or https with a host, else None: a page never links to javascript: or data:."""
    if not url or re.search(r"[\s\x00-\x1f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def site(article: Article) -> str:
    """The newspaper as named, else the host of its address, else ""."""
    if article.source:
        return article.source
    link = safe_link(article.url)
    return urlsplit(link).netloc.removeprefix("www.") if link else ""


def name_spans(entry: Entry) -> list[Span]:
    """The spans of the article's text that name its officials and provinces, in any case and tone placement."""
    names = [o.name for o in entry.entities.officials] + [p.name for p in entry.entities.provinces]
    if not names:
        return []
    pattern = "|".join(re.escape(normalize(name)) for name in sorted(names, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", normalize(entry.article.text), re.IGNORECASE)
    return [match.span() for match in found]


def body_of(facet: str, key: str) -> str:
    """The province or body that an official's key ends with, to tell namesakes apart; "" for other facets."""
    return Message(key.partition("@")[2]) if facet == "official" else ""


def excerpt(text: str, length: int) -> str:
    """The beginning of `text`, cut at a space. Of a quote that is not shown whole, what its reader may see of it."""
    if isinstance(text, Quote):
        return in_short(text)
    flat = legible(" ".join(text.split()))
    return flat if len(flat) <= length else flat[: flat.rfind(" ", 0, length)] + " …"


def excerpt_with(text: str, length: int, name: str) -> str:
    """A part of `text` that holds `name`, at most about `length` characters, cut at spaces; the beginning if it can.

    Of a quote that is not shown whole, what its reader may see around the name.
    """
    if isinstance(text, Quote):
        return in_short(text, name)
    flat = " ".join(text.split())
    at = normalize(flat).lower().find(normalize(name).lower())
    if at + len(name) <= length - 20 or len(flat) <= length:
        return excerpt(flat, length)
    begin = flat.rfind(" ", 0, max(0, at - length // 3)) + 1
    return f"… {excerpt(flat[begin:], length)}"


def contact(address: str) -> str | None:
    """The setting `contact` as a link: a web address as it is, an e-mail address as mailto:, else None."""
    if safe_link(address):
        return address
    return f"mailto:{quote(address, safe='@')}" if re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", address) else None


def moment(value: datetime) -> str:
    """A point in time by the clock of Viet Nam: 21/11/2026 20:15."""
    return f"{day_of(value)} {value.astimezone(VIET_NAM):%H:%M}"


def day_of(value: datetime) -> str:
    """The day in Viet Nam of a point in time."""
    return day(value.astimezone(VIET_NAM).date().isoformat())


# Ids a URL path carries unharmed through browsers and proxies, which drop "." segments and merge slashes.
PLAIN_ID = re.compile(r"(?!\.{1,2}(?:/|$))[^/\\\s\x00-\x1f]+(?:/(?!\.{1,2}(?:/|$))[^/\\\s\x00-\x1f]+)*")


def article_path(article_id: str) -> str:
    """The address of an article's page: /article/<id>, or /article?id=<id> where the id would not survive a path."""
    if PLAIN_ID.fullmatch(article_id) and "%" not in article_id:
        return f"{current().prefix}/article/{quote(article_id)}"
    return f"{current().prefix}/article?{urlencode({'id': article_id})}"


FILTERS = {
    "day": day,
    "day_here": day_here,
    "dated": dated,
    "published": published,
    "number": number,
    "place": place,
    "person": person,
    "article_title": title,
    "hit_title": hit_title,
    "hit_snippet": hit_snippet,
    "safe_link": safe_link,
    "site": site,
    "article_path": article_path,
    "paragraphs": paragraphs,
    "moment": moment,
    "day_of": day_of,
    "message": Message,  # a word of our own tables, which other languages translate
    "in_html": in_html,
    "value_in_html": lambda value: current().value_in_html(value),  # Vietnamese is marked as such on pages in English
    "body_of": lambda value, facet: body_of(facet, value),
    "marked": marked,
    "in_vietnamese": lambda facet: BY_NAME[facet].vietnamese,
    "clip": lambda text: excerpt(text, QUOTE),
    "clip_with": lambda text, name: excerpt_with(text, QUOTE, name),
    "province_basis": lambda basis: messages.PROVINCE_BASES.get(basis, basis),
    "date_basis": lambda basis: messages.DATE_BASES.get(basis, basis),
}
