"""What reference managers such as Zotero read in pages: <meta> elements of an article, and COinS of a list.

COinS is a context object (ANSI/NISO Z39.88-2004) in the title of an empty <span class="Z3988">. It is written as Zotero
writes a newspaper article itself: the format Dublin Core with the item's type, and the newspaper as its source.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Entry
from search_app.exports.citations import address, one_line, people, source_of
from search_app.view import filters

CONTEXT = "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc&rft.type=newspaperArticle&rft.language=vi&rft.title="
# What would end a value, or be read as something else. Letters stand as they are, as in any address of a page in UTF-8:
# spelled by their bytes they would make a result page a tenth longer and take a hundredth of its time.
ESCAPED = str.maketrans({each: f"%{ord(each):02X}" for each in "%&=+#;\"'<>\\"} | {" ": "+"})


def coins(entry: Entry) -> str:
    """The article as a context object, not yet escaped for HTML.

    Authors are `aucorp`, which is taken whole: a pen name and a Vietnamese name have no family name in front or behind.
    """
    article, title = entry.article, one_line(entry.article.title) or source_of(entry).title
    values = [title.translate(ESCAPED)]
    values += [f"rft.aucorp={author.translate(ESCAPED)}" for author in people(entry)]
    values += [f"rft.date={date}"] if (date := entry.entities.published.date) else []
    values += [f"rft.source={site.translate(ESCAPED)}"] if (site := one_line(filters.site(article))) else []
    values.append(f"rft.identifier={(filters.safe_link(article.url) or address(entry.id)).translate(ESCAPED)}")
    return CONTEXT + "&".join(values)


def citation_meta(entry: Entry) -> Iterator[tuple[str, str]]:
    """(name, content) of the <meta> elements by which Zotero and others know a newspaper article."""
    source = source_of(entry)
    date = source.date.replace("-", "/")
    rows = (
        ("citation_title", source.title), *(("citation_author", author) for author in people(entry)),
        ("citation_publication_date", date),
        ("citation_publisher", source.newspaper), ("citation_language", "vi"),
        ("DC.type", "newspaperArticle"), ("DC.title", source.title),
        *(("DC.creator", author) for author in people(entry)),
        ("DC.publisher", source.newspaper), ("DC.date", source.date), ("DC.identifier", source.url),
        ("DC.language", "vi"),
    )  # fmt: skip
    yield from ((name, value) for name, value in rows if value)
