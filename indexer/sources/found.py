"""What a page or a text turned out to hold, and the one place where that becomes an Article."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import Article, StatedDate

NO_TITLE = "no title: the first words stand in for it"


@dataclass(frozen=True, slots=True)
class Found:
    """The article on a page or in a text, without what stands around it.

    `made_up`: nothing there was a heading, and the title is only the first words. `notes` say how it was read where
    that was not the usual way.
    """

    title: str
    body: str
    lead: str = ""
    url: str | None = None
    source: str | None = None
    author: str | None = None
    stamps: tuple[StatedDate, ...] = ()
    made_up: bool = False
    notes: tuple[str, ...] = ()

    def as_article(self, id: str, path: str, line: int | None = None, notes: tuple[str, ...] = ()) -> Article:
        """The article under `id`, read from `path`; `notes` are those on how it was read."""
        return Article(
            id=id,
            path=path,
            line=line,
            title=self.title,
            lead=self.lead,
            body=self.body,
            url=self.url,
            source=self.source,
            author=self.author,
            stamps=self.stamps,
            notes=(*notes, *self.notes, *((NO_TITLE,) if self.made_up else ())),
        )
