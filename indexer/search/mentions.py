"""One row per article, person and post: what a researcher counts. The columns are explained in docs/mentions.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from indexer.engine.port import Engine
from indexer.entities.places import present
from indexer.entities.post_keys import IN_OFFICE, WIDE, has_page, province_of
from indexer.entities.posts import parse_post, same_post
from indexer.entities.unaccented import accented
from indexer.model import NO_LIMIT, All, Entities, Entry, Evidence, Node, Official, Post, Query, budget
from indexer.model.excerpt import Quote
from indexer.search.query.bindings import Asked
from indexer.search.query.snippet import in_short
from indexer.search.query.values import filter_keys, filter_of
from indexer.text import fold

PAGE = 500  # articles read at a time
ROW_SECONDS = 300e-6  # to open an article and read its rows; measured: tests/bench/budget.py
NO_POST = Post("", status="")


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One person at one post in one article. Empty text is "not told"; see docs/mentions.md for each column."""

    id: str
    url: str
    source: str
    title: str
    published: str
    published_precision: str
    published_basis: str
    event: str
    person: str
    name: str
    rank: str
    status: str
    post: str
    head: str
    body: str
    cls: str
    level: str
    place: str
    province: str
    province_now: str
    role: str
    sentence: str
    confidence: str
    story: str

    @property
    def shown_sentence(self) -> str:
        """The sentence as its reader may see it, on one line."""
        return in_short(self.sentence, self.name)

    @property
    def post_name(self) -> str:
        """The post in canonical words, with status and place: "nguyên Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa"."""
        return post_name(self.status, self.head, self.body, self.level, self.place)


def post_name(status: str, head: str, body: str, level: str, place: str) -> str:
    """A post in canonical words, with status and place: "nguyên Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa"."""
    unit = level if level in ("tỉnh", "huyện", "xã") and not body.endswith("đoàn") else ""
    unit = "" if body.lower().startswith(f"{unit} ") or body.lower().endswith(" ủy") else unit
    where = place if level != "quân khu" else place.removeprefix(f"{body} ")
    standing = "" if status == IN_OFFICE else status
    return " ".join(part for part in (standing, head, body, unit, where) if part)


COLUMNS = tuple("class" if f.name == "cls" else f.name for f in fields(MentionRow))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mentions: all that is given must hold for one and the same row. `filters` are facets of the article."""

    person: str | None = None
    post: str | None = None
    province: str | None = None
    years: tuple[str | None, str | None] | None = None
    cls: str | None = None
    level: str | None = None
    role: str | None = None
    filters: Mapping[str, Sequence[str]] | None = None
    match: Node | None = None


def mentions(
    engine: Engine, wanted: Wanted, story_of: Callable[[str], str] = str, offset: int = 0, limit: int = NO_LIMIT
) -> Iterator[MentionRow]:
    """The rows that hold what is wanted, newest article first. `story_of` gives the story an article's id tells.

    Only `limit` of the articles from `offset` on are read. Raises OverBudget where a budget is set and does not do.
    """
    asked = Asked(
        wanted.post,
        keys(engine, "official", wanted.person),
        keys(engine, "province", wanted.province),
        wanted.years,
    )
    for entry in articles(engine, wanted, asked, offset, limit):
        yield from (row for row in rows(entry, story_of) if holds(row, wanted, asked))


def rows(entry: Entry, story_of: Callable[[str], str] = str) -> Iterator[MentionRow]:
    """The rows of one article: one for each post of each person who may have a page, one without post for the rest."""
    for official in filter(has_page, entry.entities.officials):
        yield from rows_of(entry, official, story_of)


def rows_of(entry: Entry, official: Official, story_of: Callable[[str], str] = str) -> Iterator[MentionRow]:
    """The rows of one person in an article."""
    for post in official.held or (NO_POST,):
        yield row(entry, official, post, story_of)


def as_json(row: MentionRow) -> dict[str, Any]:
    """A row as a JSON object, its columns in their order."""
    values = {field.name: getattr(row, field.name) for field in fields(row)} | {"sentence": row.shown_sentence}
    return dict(zip(COLUMNS, values.values(), strict=True))


# --- which articles, which rows -----------------------------------------------------------------------


def keys(engine: Engine, facet: str, value: str | None) -> tuple[str, ...] | None:
    """The keys a value means; one that means none is asked for as it is, and finds nothing."""
    return None if value is None else filter_keys(facet, value, engine) or (value,)


def articles(engine: Engine, wanted: Wanted, asked: Asked, offset: int, limit: int) -> Iterator[Entry]:
    """The articles that may hold such rows, the newest first."""
    chosen = {facet: (value,) for facet, value in own_facets(wanted).items() if value}
    filters = tuple(
        filter_of(facet, values, engine) for facet, values in {**(wanted.filters or {}), **chosen}.items()
    )
    bound = asked != Asked()
    match = All(tuple(node for node in (wanted.match, asked.node(engine) if bound else None) if node is not None))
    found = engine.find(Query(match=match, filters=filters, sort="newest", offset=offset, limit=limit))
    ids = [hit.id for hit in found.hits]
    budget.plan(len(ids) * ROW_SECONDS)
    for at in range(0, len(ids), PAGE):
        budget.check()
        yield from engine.entries(ids[at : at + PAGE])


def own_facets(wanted: Wanted) -> dict[str, str | None]:
    """The values asked for that are facets themselves: class, level and role."""
    return {"class": wanted.cls, "level": wanted.level, "role": wanted.role}


def holds(row: MentionRow, wanted: Wanted, asked: Asked) -> bool:
    """Whether this one row is what is wanted: the article may hold another person of the same province."""
    if asked.people is not None and row.person not in asked.people:
        return False
    wide = row.level in WIDE and row.province == ""
    if asked.provinces is not None and row.province not in asked.provinces and not wide:
        return False
    held = Post("", row.status, row.head, row.body, "", row.level, row.place)
    if asked.post and not same_post(parse_post(accented(asked.post)), held):
        return False
    low, high = asked.years or (None, None)
    in_time = (low or "") <= row.published[:4] <= (high or "9999") and (asked.years is None or bool(row.published))
    roles = row.role.split("; ")
    return in_time and all((
        wanted.cls in (None, row.cls), wanted.level in (None, row.level), wanted.role is None or wanted.role in roles))


# --- one row ------------------------------------------------------------------------------------------


def row(entry: Entry, official: Official, post: Post, story_of: Callable[[str], str]) -> MentionRow:
    """The mention of an official at a post in an article. `story_of` gives the id of an article's group of near-
    duplicates."""
    article, known = entry.article, entry.entities
    published = known.published
    province = province_of(post, tuple(p.name for p in known.provinces))
    return MentionRow(
        id=article.id, url=article.url or "", source=article.source or "", title=article.title,
        published=published.date or "", published_precision=published.precision or "",
        published_basis=published.basis, event=known.event or "",
        person=official.key, name=official.name, rank=official.rank or "",
        status=post.status, post=post.text, head=post.head, body=post.body, cls=post.cls, level=post.level,
        place=post.place, province=province, province_now=present(province, published.date) if province else "",
        role="; ".join(role.name for role in official.roles), sentence=quoted(post.evidence or official.evidence),
        confidence=confidence(post, province, known), story=story_of(article.id),
    )  # fmt: skip


def quoted(evidence: Evidence | None) -> str:
    """The sentence of some evidence, "" where there is none: on one line, but for a quote of an excerpt."""
    sentence = evidence.quote if evidence else ""
    return sentence if isinstance(sentence, Quote) else " ".join(sentence.split())


def confidence(post: Post, province: str, known: Entities) -> str:
    """cao: the sentence gives the post with its place and the page its date; thấp: post, place or date is missing.

    Between them, vừa: the place is the article's, or the date is inferred.
    """
    published = known.published
    if not post.text or not published.date or (not province and post.level not in WIDE):
        return "thấp"
    named = post.level in WIDE or (bool(post.place) and fold(post.place).lower() in fold(post.text).lower())
    return "cao" if named and not published.inferred else "vừa"
