"""What one message says: events made into items, with sentence, reasons and links, of the index as it is now.

An article is read when the message is made, so what was withdrawn meanwhile is not in it. The number of items is
bounded; the rest is behind a link. Of each article one short passage is quoted, and with what proves the reasons no
more than a fifth, as readers elsewhere see of it (`search/excerpts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import Any
from urllib.parse import quote_plus, urlencode

from indexer.entities import label
from indexer.entities.facets import told
from indexer.model import Entry, Query
from indexer.operations.alerts.holders import holding_of, predecessors
from indexer.operations.alerts.news import BACK, CHANGED, GONE, HOLDS, NEW, SILENT_PROVINCE, Present, planned
from indexer.operations.alerts.plain import one_line, web_link
from indexer.operations.alerts.reasons import Reason, reasons
from indexer.operations.alerts.state import Event
from indexer.operations.alerts.table import HOLDER, SEARCH, SILENCE, Alert
from indexer.search.excerpts import room_of
from indexer.search.query.marker import Marker
from indexer.search.query.snippet import snippet
from indexer.search.report_diff import SENTENCE as SENTENCE_OF
from indexer.search.saved_search import SavedSearch

MOST_ITEMS = 50
MOST_HELD = 1_000  # events that wait for a missing article
SENTENCE = 260  # characters of an article that are shown as what matched
KINDS = (NEW, HOLDS, SILENT_PROVINCE, CHANGED, BACK, GONE)  # in the order of a message
PREFIX = {"vi": "", "en": "/en"}


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article that tells the same story."""

    id: str
    title: str
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told. Text that is not known is "".

    kind       new, holder, silence, changed, returned or withdrawn
    published  ISO day, as exact as known; `inferred`: from the text
    sentence   the words that matched, with `marks` (start, end)
    link       the article's page on the site; `url` where the newspaper has it
    online     what became of the page: altered, gone or ""
    person, post, before  of a new holder; before: who was named there earlier, with years
    weeks      of a silence; `province` and `published` are the province and its last day
    """

    kind: str
    id: str
    title: str = ""
    published: str = ""
    inferred: bool = False
    province: str = ""
    source: str = ""
    sentence: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    why: tuple[Reason, ...] = ()
    link: str = ""
    url: str = ""
    copies: tuple[Copy, ...] = ()
    online: str = ""
    person: str = ""
    post: str = ""
    before: tuple[str, ...] = ()
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """One message to one recipient.

    id       the same whenever the same is told: of the alert, the events and their generation
    total    how many things there are to tell; `items` are the first of them
    search   the address of the search on the site, "" where the setting `site` is not set
    sample   whether it is a test
    """

    id: str
    alert: str
    kind: str
    language: str
    generation: int
    total: int
    items: tuple[Item, ...]
    search: str = ""
    sample: bool = False

    def as_json(self) -> dict[str, Any]:
        """The message for programs."""
        return asdict(self)


def digest_id(alert: Alert, events: Sequence[Event]) -> str:
    """The id of the message that tells these events: told again after a crash it is the same."""
    said = [(e.number, e.generation, e.kind, e.article, e.more) for e in events]
    generation = max((e.generation for e in events), default=0)
    return f"{blake2b(repr((alert.name, said)).encode(), digest_size=12).hexdigest()}.{generation}"


class Composer:
    """Makes the messages of one alert. `site` is the site's address or "", `whole`: articles may be quoted freely."""

    def __init__(self, now: Present, alert: Alert, site: str, whole: bool) -> None:
        self.now, self.alert, self.whole = now, alert, whole
        self.site = f"{site.rstrip('/')}{PREFIX[alert.language]}" if site else ""

    def digest(self, events: Sequence[Event]) -> Digest:
        """The message that tells `events`. It may be without items: what is past needs no telling, and what is missing
        waits."""
        condensed_now = (event for event in condensed(events, self.is_withdrawn) if not self.is_missing(event))
        wanted = sorted(condensed_now, key=lambda event: KINDS.index(event.kind))
        found = tuple(islice((item for event in wanted for item in self.items(event)), MOST_ITEMS))
        total = len(found) if len(found) < MOST_ITEMS else len(wanted)
        return Digest(digest_id(self.alert, events), self.alert.name, self.alert.kind, self.alert.language,
                      self.now.engine.generation, total, found, self.search_link())

    def sample(self, most: int = 3) -> Digest:
        """A message with the newest articles of the search, to see that it arrives; of the archive where it finds none.
        """
        found = self.now.engine.find(replace(self.query, limit=most)).hits
        ids = [hit.id for hit in found or self.now.engine.find(Query(sort="newest", limit=most)).hits]
        events = [Event(at, self.now.engine.generation, NEW, id) for at, id in enumerate(ids)]
        return replace(self.digest(events), sample=True)

    def missing(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Those of `events` that cannot be told now because their articles are missing, after a rollback perhaps: they
        may come back. The last MOST_HELD."""
        return tuple(event for event in condensed(events, self.is_withdrawn) if self.is_missing(event))[-MOST_HELD:]

    def is_missing(self, event: Event) -> bool:
        """Whether no article of an event is in the index."""
        ids = articles_of(event)
        return event.kind != GONE and bool(ids) and not self.now.engine.entries(list(ids), brief=True)

    def is_withdrawn(self, id: str) -> bool:
        """Whether an article is withdrawn."""
        return self.now.withdrawn.covers(id, id)

    @cached_property
    def query(self) -> Query:
        """The query of the alert, for all it finds."""
        return planned(self.now.engine, self.alert.search)[1]

    @cached_property
    def marker(self) -> Marker:
        """Finds the words of the search."""
        return Marker(self.query.match)

    def items(self, event: Event) -> Iterator[Item]:
        """The item of an event; none for one of which there is nothing to say any more."""
        if event.kind == SILENT_PROVINCE:
            yield Item(event.kind, event.article, published=event.more[0], weeks=int(event.more[1]),
                       province=label("now", event.article), link=self.page("search", province_now=event.article))
        elif event.kind == GONE:
            yield Item(event.kind, event.article, url=web_link(event.article))
        elif event.kind == HOLDS:
            yield from self.holder(event)
        else:
            yield self.article(event)

    def article(self, event: Event) -> Item:
        """An article, the first that is there, with its copies."""
        entry, *others = self.now.engine.entries([event.article, *event.more])
        copies = tuple(Copy(each.id, one_line(each.article.title), source_of(each), self.article_link(each.id)
                            or web_link(each.article.url)) for each in others)
        told = self.told(event.kind, entry)
        return replace(told, copies=copies) if event.kind == NEW else replace(told, sentence="", marks=(), why=())

    def told(self, kind: str, entry: Entry) -> Item:
        """What is told of an article."""
        text, published = entry.article.text, entry.entities.published
        sentence, marks = best_sentence(*cleaned(*snippet(self.marker, text, SENTENCE))) if text else ("", ())
        provinces = dict.fromkeys(label("province", province.name) for province in entry.entities.provinces)
        return Item(
            kind, entry.id, one_line(entry.article.title), published.date or "", published.inferred,
            ", ".join(provinces), source_of(entry), sentence, marks,
            reasons(entry, self.query, self.marker, sentence, self.room(text)) if self.alert.kind == SEARCH else (),
            self.article_link(entry.id), web_link(entry.article.url), online=entry.article.online)  # fmt: skip

    def room(self, text: str) -> int:
        """How many characters of a text may be quoted besides one passage of SENTENCE."""
        return len(text) if self.whole else room_of(text)

    def holder(self, event: Event) -> Iterator[Item]:
        """A new holder of the post, by the article that says so."""
        proof = holding_of(self.now, self.alert, event.more[0])
        if proof is None or proof.row is None:
            return
        row, holding = proof.row, proof.holding
        [entry] = self.now.engine.entries([row.id])
        before = tuple(f"{each.person.name} ({years(each.span)})"
                       for each in predecessors(self.now, self.alert, holding))
        sentence = one_line(row.sentence)
        if len(sentence) > max(SENTENCE, self.room(entry.article.text)):
            sentence = ""
        yield replace(self.told(HOLDS, entry), sentence=sentence, marks=(), before=before,
                      person=one_line(f"{row.rank} {holding.person.name}"), post=one_line(holding.name))

    # --- addresses ------------------------------------------------------------------------------------------

    def article_link(self, id: str) -> str:
        """The address of an article's page; "" without a site."""
        return self.page("article", id=id)

    def search_link(self) -> str:
        """The address of what the alert is about; "" without a site."""
        if self.alert.kind == HOLDER:
            wanted = {"post": self.alert.post, "province": self.alert.province}
            return self.page("officials", **{name: value for name, value in wanted.items() if value})
        saved = SavedSearch.parse(self.alert.search)[0].changed(sort="newest")
        path = "silence" if self.alert.kind == SILENCE else "search"
        return f"{self.site}/{path}?{saved.query_string()}" if self.site else ""

    def page(self, path: str, **values: str) -> str:
        """An address on the site; "" without one."""
        return f"{self.site}/{path}?{urlencode(values, quote_via=quote_plus)}" if self.site else ""


def condensed(events: Sequence[Event], is_withdrawn: Any) -> Iterator[Event]:
    """What is left to tell of a row of events to somebody who was told none of them: a story that came and was
    withdrawn is nothing, one that came and was corrected is new as it is now, two corrections are one."""
    story: dict[str, list[str]] = {}
    for event in events:
        for id in articles_of(event):
            story.setdefault(id, []).append(NEW if event.kind == HOLDS else event.kind)
    last = {id: event.number for event in events for id in articles_of(event)}
    for event in events:
        if event.kind in (SILENT_PROVINCE, HOLDS):
            if event.kind == SILENT_PROVINCE or not is_withdrawn(event.article):
                yield event
            continue
        ids = [id for id in articles_of(event) if left_of(story[id], is_withdrawn(id)) == event.kind
               and (event.kind == NEW or last[id] == event.number)]
        if ids:
            yield replace(event, article=ids[0], more=tuple(ids[1:]))


def articles_of(event: Event) -> tuple[str, ...]:
    """The articles that an event is about."""
    if event.kind == SILENT_PROVINCE:
        return ()
    return (event.article,) if event.kind == HOLDS else (event.article, *event.more)


def left_of(kinds: Sequence[str], is_withdrawn: bool) -> str:
    """What is left to tell of an article of which these kinds of events are to be told, in order; "" for nothing."""
    first, last = kinds[0], kinds[-1]
    if first == NEW:
        return "" if is_withdrawn or last == GONE else NEW
    if last == GONE:
        return "" if first == BACK else GONE
    if first == GONE and last == BACK:
        return ""
    return "" if is_withdrawn else last


def source_of(entry: Entry) -> str:
    """The newspaper of an article, as readers know it; else as the article names it."""
    known = [label("source", each.key) for each in told("source", entry.entities, entry.article) if each.key != "?"]
    return one_line(next(iter(known), entry.article.source or ""))


def cleaned(sentence: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A sentence on one line, with its marks where they then stand; without marks where they cannot be kept."""
    clean = one_line(sentence)
    return clean, tuple(marks) if clean == sentence else ()


def best_sentence(passage: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The sentence of a passage in which most is marked, with its marks; the whole passage where nothing is."""
    if not marks:
        return passage, ()
    spans = [found.span() for found in SENTENCE_OF.finditer(passage)]
    start, end = max(spans, key=lambda span: sum(b - a for a, b in marks if span[0] <= a and b <= span[1]))
    start += len(passage[start:end]) - len(passage[start:end].lstrip())
    return passage[start:end].rstrip(), tuple((a - start, b - start) for a, b in marks if start <= a and b <= end)


def years(span: tuple[str, str]) -> str:
    """"2021–2023", "2023", or "?"."""
    first, last = span
    return (first if first == last else f"{first}–{last}") or "?"
