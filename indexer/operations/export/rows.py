"""An article as rows of the exported tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from indexer.model import SINCE, Entry, Evidence
from indexer.model.excerpt import legible
from indexer.operations.export.selection import Selection
from indexer.search.labels import UNKNOWN, label, told_when
from indexer.search.mentions import MentionRow
from indexer.search.query.marker import folded_text
from indexer.text import normalize

Cell = str | int | None
Row = tuple[Cell, ...]
Numbers = dict[Row, int]
PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO date
LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # SQLite's texts are UTF-8, which has no lone surrogates


class Rows:
    """Makes rows, and numbers places and posts as they come."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.places: Numbers = {}
        self.posts: Numbers = {}
        self.told: Counter[str] = Counter()
        self.mention_numbers = count(1)

    def of(self, number: int, entry: Entry) -> Iterator[tuple[str, Row]]:
        """The rows of an article under its `number`: (table, values). Places and posts come before what refers to them.
        """
        yield "articles", self.article(number, entry)
        for table, rows in (("dates", dates(entry)), ("topics", topics(entry)), ("units", units(entry))):
            yield from ((table, clean((number, *row))) for row in rows)
        yield from self.article_places(number, entry)
        for mention in self.selection.mentions(entry):
            yield from self.mention(number, mention)

    def article(self, number: int, entry: Entry) -> Row:
        """The row of the article itself."""
        article, when = entry.article, entry.entities.published
        story = self.selection.stories.story_of(entry.id)
        self.told[story] += 1
        text = (None, article.text) if self.selection.whole else (legible(article.text), None)
        source = next((str(label("source", key)) for key in entry.keys.get("source", ()) if key != UNKNOWN), None)
        return clean((number, article.id, article.title, when.date, when.precision, when.basis, int(when.inferred),
                      when.year, source, article.author, article.url, story, entry.duplicate_of,
                      int(entry.keys[SINCE][0]), article.online or None, article.online_at or None, *text))

    def full_text(self, number: int, entry: Entry) -> Row:
        """The row of the full-text table: title and text as compared, then without accents."""
        text = entry.article.text if self.selection.whole else legible(entry.article.text)
        title, text = normalize(entry.article.title), normalize(text)
        return clean((number, title, text, folded_text(title), folded_text(text)))

    def article_places(self, number: int, entry: Entry) -> Iterator[tuple[str, Row]]:
        """The places an article is about, each once, after those that are new."""
        known = entry.entities
        about: dict[Row, tuple[str | None, Evidence | None]] = {}
        for place in known.provinces:
            about.setdefault((place.name, "province", place.name, place.now), (place.basis, place.evidence))
        for each in known.localities:
            about.setdefault((f"{each.unit} {each.name}", each.kind, each.province, None), (None, each.evidence))
        for row, (basis, evidence) in about.items():
            yield from new(self.places, "places", row)
            yield "article_places", clean((number, self.places[row], basis, quote(evidence)))

    def mention(self, number: int, mention: MentionRow) -> Iterator[tuple[str, Row]]:
        """The row of a mention, after its post where that is new."""
        post: Row = (mention.post_name, mention.status, mention.head, mention.body, mention.cls, mention.level,
                     mention.place)
        if mention.post:
            yield from new(self.posts, "posts", post)
        yield "mentions", clean((
            next(self.mention_numbers), number, mention.person, self.posts[post] if mention.post else None,
            mention.name, mention.rank or None, mention.post or None, mention.province or None,
            mention.province_now or None, mention.role or None, mention.sentence or None, mention.confidence))

    def stories(self) -> Iterator[Row]:
        """The stories that the articles tell, with their articles here and in the archive."""
        for story, here in sorted(self.told.items()):
            yield clean((story, here, len(self.selection.stories.members(story))))


def new(numbers: Numbers, table: str, row: Row) -> Iterator[tuple[str, Row]]:
    """The row under the next number, unless it has one."""
    if row not in numbers:
        numbers[row] = len(numbers) + 1
        yield table, clean((numbers[row], *row))


def dates(entry: Entry) -> Iterator[Row]:
    """When the article was published, when its event was, and which years it is about."""
    known = entry.entities
    when = known.published
    if when.date:
        yield ("published", when.date, when.precision, when.basis, quote(when.evidence), quote(when.year_evidence))
    if not known.event and not known.years_about:
        return
    proofs = told_when(entry.article)
    if known.event:
        yield "event", known.event, PRECISIONS.get(len(known.event)), "text", quote(proofs.get("event")), None
    for year in known.years_about:
        yield "about", str(year), "year", "text", quote(proofs.get(str(year))), None


def topics(entry: Entry) -> Iterator[Row]:
    """What the article is about, each topic once."""
    proofs = {topic.name: topic.evidence for topic in reversed(entry.entities.topics)}
    yield from ((name, quote(evidence)) for name, evidence in proofs.items())


def units(entry: Entry) -> Iterator[Row]:
    """The bodies and units it names."""
    yield from ((text,) for text in dict.fromkeys(
        str(label("unit", key)) for key in entry.keys.get("unit", ()) if key != UNKNOWN))


def quote(evidence: Evidence | None) -> str | None:
    """The words of some evidence on one line, None where there are none to show."""
    return " ".join(evidence.quote.split()) or None if evidence else None


def clean(row: Row) -> Row:
    """The row as SQLite takes it."""
    return tuple(cell.translate(LONE) if isinstance(cell, str) and not is_utf8(cell) else cell for cell in row)


def is_utf8(text: str) -> bool:
    """Whether a text can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
