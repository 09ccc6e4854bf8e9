"""How to cite an article: BibTeX, RIS, CSL-JSON and plain Vietnamese, one by one or a whole result.

The newspaper is the publisher, never this site. Names of authors stand as printed: a pen name has no family name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request

from indexer.model import Entry, Published
from indexer.model.excerpt import Quote
from indexer.search.mentions import MentionRow
from indexer.search.vietnamese import fold
from search_app.i18n import messages
from search_app.i18n.language import say
from search_app.view import filters
from search_app.web.archive import archive
from search_app.web.etags import conditional

blueprint = Blueprint("citations", __name__)


@dataclass(frozen=True, slots=True)
class Source:
    """What every style cites of an article; "" for what is not known.

    date  ISO, at its own precision
    note  what an inferred date rests on
    """

    title: str
    newspaper: str
    author: str
    date: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write a citation: the media type and ending of its files, and how one article is written."""

    media: str
    ending: str
    write: Callable[[Entry], str]


@blueprint.get("/article-cite")
def cite() -> Response:
    """The citation of the article ?id= in ?format=: bibtex, ris, csl or text; 404 for an unknown one."""
    entry, style = archive().entry(request.args.get("id", "")), STYLES.get(request.args.get("format", "text"))
    if entry is None or style is None:
        abort(404)
    response = Response(style.write(entry), content_type=f"{style.media}; charset=utf-8")
    if style.ending != "txt":
        response.headers["Content-Disposition"] = f'attachment; filename="{key(entry)}.{style.ending}"'
    return conditional(response, archive().engine().generation)


def source_of(entry: Entry) -> Source:
    """What is cited of an article."""
    article, when = entry.article, entry.entities.published
    return Source(
        title=one_line(article.title) or say(messages.UNTITLED),
        newspaper=one_line(filters.site(article)),
        author=one_line(article.author or ""),
        date=when.date or "",
        url=filters.safe_link(article.url) or "",
        note=say(basis_note(when)),
    )


def people(entry: Entry) -> list[str]:
    """The authors, each as a line of text."""
    return [one_line(author) for author in entry.article.authors]


def basis_note(when: Published) -> str:
    """What an inferred date rests on, in words and as a code; "" for a date that the page gives."""
    if not when.inferred:
        return ""
    return messages.DATE_INFERRED.format(basis=messages.DATE_BASES[when.basis], code=when.basis)


def one_line(text: str) -> str:
    """The text without control characters, with single spaces."""
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
    source = source_of(entry)
    dated = say(filters.dated(source.date, entry.entities.published.basis))
    printed = ", ".join(filter(None, (source.newspaper, dated)))
    quoted = f"“{source.title}”"
    return ". ".join(filter(None, (source.author.rstrip("."), quoted, printed, source.url)))


# --- BibTeX -------------------------------------------------------------------------------------------

# What TeX would take for a command. BibTeX counts braces even behind a backslash, so a brace is spelled by its name.
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
       "{": r"\textbraceleft{}", "}": r"\textbraceright{}", **{c: f"\\{c}" for c in "%&#_$"}}


def bibtex(entry: Entry) -> str:
    """An @article whose journal and publisher are the newspaper. Double braces keep names and capitals as they are."""
    source = source_of(entry)
    year, month, day = date_parts(source.date)
    fields = {
        "author": " and ".join(map(braced, people(entry))), "title": braced(source.title),
        "journal": tex(source.newspaper),
        "publisher": tex(source.newspaper), "year": year, "month": month.lstrip("0"), "day": day.lstrip("0"),
        "url": re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", source.url), "note": tex(source.note),
        "language": "vietnamese",
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{key(entry)},\n{lines}\n}}\n"


def braced(value: str) -> str:
    """The value in braces of its own, which keep its capitals; "" for ""."""
    return f"{{{tex(value)}}}" if value else ""


def tex(value: str) -> str:
    """The value with the characters of TeX escaped."""
    return "".join(TEX.get(c, c) for c in value)


# --- RIS ----------------------------------------------------------------------------------------------


def ris(entry: Entry) -> str:
    """A record of type NEWS; lines end with CR LF as the format has it."""
    source = source_of(entry)
    year, month, day = date_parts(source.date)
    tags = [
        ("TY", "NEWS"), ("ID", key(entry)), *(("AU", author) for author in people(entry)),
        ("TI", source.title),
        ("T2", source.newspaper), ("PB", source.newspaper), ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""), ("UR", source.url), ("LA", "vi"), ("N1", source.note),
    ]  # fmt: skip
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*tags] if value) + "ER  - \r\n\r\n"


# --- CSL-JSON -----------------------------------------------------------------------------------------


def csl(entry: Entry) -> str:
    """A list of one item, as reference managers import it."""
    return json.dumps([csl_item(entry)], ensure_ascii=False, indent=1)


def csl_item(entry: Entry) -> dict[str, Any]:
    """The item in CSL-JSON, without what is not known."""
    source = source_of(entry)
    item = {
        "id": key(entry), "type": "article-newspaper", "title": source.title,
        "author": [{"literal": author} for author in people(entry)],
        "container-title": source.newspaper, "publisher": source.newspaper,
        "issued": issued(entry.entities.published),
        "URL": source.url, "language": "vi", "note": source.note,
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def issued(when: Published) -> dict[str, Any] | None:
    """The date in CSL-JSON, None for none. `circa` marks an inferred date."""
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

LONGEST = 600  # characters of a sentence to copy; longer ones are cut


@blueprint.app_template_global()
def quotation(sentence: str, entry: Entry) -> str:
    """A sentence of an article with its title, source, date and link, on lines of their own."""
    source = source_of(entry)
    dated = filters.dated(source.date, entry.entities.published.basis)
    return quoted(sentence, source.title, source.newspaper, dated, source.url or address(entry.id))


@blueprint.app_template_global()
def quotation_of(mention: MentionRow) -> str:
    """The same for the sentence of a mention on a person's page."""
    link = filters.safe_link(mention.url)
    newspaper = mention.source or (urlsplit(link).netloc.removeprefix("www.") if link else "")
    dated = filters.dated(mention.published, mention.published_basis)
    sentence = mention.shown_sentence if isinstance(mention.sentence, Quote) else mention.sentence
    return quoted(sentence, one_line(mention.title), newspaper, dated, link or address(mention.id))


def quoted(sentence: str, title: str, newspaper: str, dated: str, link: str) -> str:
    """The sentence in quotation marks, then title, newspaper and date, then the link; "" for what is not known."""
    printed = ", ".join(filter(None, (newspaper, dated or str(messages.UNKNOWN_DATE))))
    return f"“{filters.excerpt(sentence, LONGEST)}”\n{title}. {printed}.\n{link}"


def address(article_id: str) -> str:
    """The full address of an article's page here, for articles whose own address is not known."""
    return request.host_url.rstrip("/") + filters.article_path(article_id)


@blueprint.app_template_global()
def citation(entry: Entry) -> str:
    """The citation in plain Vietnamese."""
    return text(entry)
