"""How to cite an article: BibTeX, RIS, CSL-JSON and plain Vietnamese, one by one or a whole result.

The newspaper is the publisher, never this site. Names of authors stand as printed: a pen name has no family name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request

from indexer.model import Entry, Published
from indexer.search.vietnamese import fold
from search_app.i18n import messages
from search_app.i18n.language import say
from search_app.pages.base import archive
from search_app.view import filters
from search_app.web.security_headers import conditional

citing = Blueprint("citing", __name__)


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write a citation: the media type and ending of its files, and how one article is written."""

    media: str
    ending: str
    write: Callable[[Entry], str]


@citing.get("/article-cite")
def cite() -> Response:
    """The citation of the article ?id= in ?format=: bibtex, ris, csl or text."""
    entry, style = archive().entry(request.args.get("id", "")), STYLES.get(request.args.get("format", "text"))
    if entry is None or style is None:
        abort(404)
    response = Response(style.write(entry), content_type=f"{style.media}; charset=utf-8")
    if style.ending != "txt":
        response.headers["Content-Disposition"] = f'attachment; filename="{key(entry)}.{style.ending}"'
    return conditional(response, archive().engine().generation)


def parts(entry: Entry) -> dict[str, str]:
    """What every style needs, "" where it is not known: newspaper, author, date (ISO at its precision), url, note."""
    article, when = entry.article, entry.entities.published
    return {
        "title": one_line(article.title) or say(messages.UNTITLED),
        "newspaper": one_line(filters.site(article)),
        "author": one_line(article.author or ""),
        "date": when.date or "",
        "url": filters.safe_link(article.url) or "",
        "note": say(basis_note(when)),
    }


def basis_note(when: Published) -> str:
    """What an inferred date rests on, in words and as the code of the other exports; "" for one the page gives."""
    if not when.inferred:
        return ""
    return messages.DATE_INFERRED.format(basis=messages.DATE_BASES[when.basis], code=when.basis)


def one_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def date_parts(iso: str) -> list[str]:
    """Year, month and day of a date at any precision, "" for those it lacks."""
    return [*iso.split("-"), "", "", ""][:3]


def key(entry: Entry) -> str:
    """A name for the citation, the same in every export: "baokontum2022-1f0c"; only ASCII letters and digits."""
    newspaper = re.sub(r"[^a-z0-9]", "", fold(filters.site(entry.article)).lower())[:24]
    digest = blake2b(entry.id.encode(), digest_size=3).hexdigest()
    return f"{newspaper or 'bai'}{(entry.entities.published.date or '')[:4]}-{digest}"


# --- plain Vietnamese ---------------------------------------------------------------------------------


def text(entry: Entry) -> str:
    """"Nguyễn Văn A. “Tựa bài”. Báo Kon Tum, 20/01/2022. https://…", what is not known left out."""
    known = parts(entry)
    dated = say(filters.dated(known["date"], entry.entities.published.basis))
    printed = ", ".join(filter(None, (known["newspaper"], dated)))
    quoted = f"“{known['title']}”"
    return ". ".join(filter(None, (known["author"].rstrip("."), quoted, printed, known["url"])))


# --- BibTeX -------------------------------------------------------------------------------------------

# What TeX would take for a command.
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
       **{c: f"\\{c}" for c in "{}%&#_$"}}


def bibtex(entry: Entry) -> str:
    """An @article whose journal and publisher are the newspaper. Double braces keep names and capitals as they are."""
    known = parts(entry)
    year, month, day = date_parts(known["date"])
    fields = {
        "author": braced(known["author"]), "title": braced(known["title"]), "journal": tex(known["newspaper"]),
        "publisher": tex(known["newspaper"]), "year": year, "month": month.lstrip("0"), "day": day.lstrip("0"),
        "url": re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", known["url"]), "note": tex(known["note"]),
        "language": "vietnamese",
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{key(entry)},\n{lines}\n}}\n"


def braced(value: str) -> str:
    return f"{{{tex(value)}}}" if value else ""


def tex(value: str) -> str:
    return "".join(TEX.get(c, c) for c in value)


# --- RIS ----------------------------------------------------------------------------------------------


def ris(entry: Entry) -> str:
    """A record of type NEWS; lines end with CR LF as the format has it."""
    known = parts(entry)
    year, month, day = date_parts(known["date"])
    tags = [
        ("TY", "NEWS"), ("ID", key(entry)), ("AU", known["author"]), ("TI", known["title"]),
        ("T2", known["newspaper"]), ("PB", known["newspaper"]), ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""), ("UR", known["url"]), ("LA", "vi"), ("N1", known["note"]),
    ]  # fmt: skip
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*tags] if value) + "ER  - \r\n\r\n"


# --- CSL-JSON -----------------------------------------------------------------------------------------


def csl(entry: Entry) -> str:
    return json.dumps([csl_item(entry)], ensure_ascii=False, indent=1)


def csl_item(entry: Entry) -> dict[str, Any]:
    known = parts(entry)
    item = {
        "id": key(entry), "type": "article-newspaper", "title": known["title"],
        "author": [{"literal": known["author"]}] if known["author"] else None,
        "container-title": known["newspaper"], "publisher": known["newspaper"],
        "issued": issued(entry.entities.published),
        "URL": known["url"], "language": "vi", "note": known["note"],
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def issued(when: Published) -> dict[str, Any] | None:
    """The date as CSL has it; `circa` is its own mark of a date that is not given."""
    if not when.date:
        return None
    date = {"date-parts": [[int(part) for part in when.date.split("-")]]}
    return date | {"circa": True} if when.inferred else date


STYLES = {
    "text": Style("text/plain", "txt", text),
    "bibtex": Style("application/x-bibtex", "bib", bibtex),
    "ris": Style("application/x-research-info-systems", "ris", ris),
    "csl": Style("application/vnd.citationstyles.csl+json", "json", csl),
}


# --- a sentence to copy ---------------------------------------------------------------------------------

LONGEST = 600  # characters of a sentence; what is longer is hardly one


@citing.app_template_global()
def quotation(sentence: str, entry: Entry) -> str:
    """A sentence of an article with its title, source, date and link, on lines of their own."""
    known = parts(entry)
    dated = filters.dated(known["date"], entry.entities.published.basis)
    return quoted(sentence, known["title"], known["newspaper"], dated, known["url"] or address(entry.id))


@citing.app_template_global()
def quotation_told(told: dict[str, str]) -> str:
    """The same for one article of a person's page (indexer.people.periods)."""
    link = filters.safe_link(told["url"])
    source = told["source"] or (urlsplit(link).netloc.removeprefix("www.") if link else "")
    dated = filters.dated(told["published"], told["basis"])
    return quoted(told["sentence"], one_line(told["title"]), source, dated, link or address(told["id"]))


def quoted(sentence: str, title: str, newspaper: str, dated: str, link: str) -> str:
    printed = ", ".join(filter(None, (newspaper, dated or str(messages.UNKNOWN_DATE))))
    return f"“{filters.excerpt(sentence, LONGEST)}”\n{title}. {printed}.\n{link}"


def address(article_id: str) -> str:
    """The full address of an article's page here, for articles whose own address is not known."""
    return request.host_url.rstrip("/") + filters.article_path(article_id)


# --- for reference managers that read pages -----------------------------------------------------------


@citing.app_template_global()
def citation_meta(entry: Entry) -> Iterator[tuple[str, str]]:
    """(name, content) of the <meta> elements by which Zotero and others know a newspaper article."""
    known = parts(entry)
    date = known["date"].replace("-", "/")
    rows = (
        ("citation_title", known["title"]), ("citation_author", known["author"]), ("citation_publication_date", date),
        ("citation_publisher", known["newspaper"]), ("citation_language", "vi"),
        ("DC.type", "newspaperArticle"), ("DC.title", known["title"]), ("DC.creator", known["author"]),
        ("DC.publisher", known["newspaper"]), ("DC.date", known["date"]), ("DC.identifier", known["url"]),
        ("DC.language", "vi"),
    )  # fmt: skip
    yield from ((name, value) for name, value in rows if value)


@citing.app_template_global()
def citation(entry: Entry) -> str:
    """The citation in plain Vietnamese."""
    return text(entry)
