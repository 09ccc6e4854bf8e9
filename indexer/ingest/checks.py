"""Checks of an opened index: what a new generation must pass before it is switched to, and what the doctor looks at."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from indexer.engine.port import Engine
from indexer.model import Article
from indexer.model.errors import ChecksFailed
from indexer.search.service import found_by, search
from indexer.text import fold, syllables

SEED = 20_250_701  # the sample is the same on every run over the same index
DEEP = 100  # an article must stand among this many hits; more hold the same run of common words
SAMPLE = 10  # articles looked for before a switch; the doctor's default is larger


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name, whether it passed, what was seen, and the remedy if it failed."""
    name: str
    passed: bool
    detail: str
    remedy: str = ""


def refuse_unsound(engine: Engine, wanted: Collection[str]) -> None:
    """Raise ChecksFailed unless the generation holds exactly the articles `wanted`, undamaged, counted and findable."""
    for check in (complete(engine, wanted), undamaged(engine), facets_add_up(engine), findable(engine, SAMPLE)):
        if not check.passed:
            raise ChecksFailed(f"The new index failed a check ({check.name}): {check.detail} The old one stays in use;"
                               " nothing was switched. Please report this with the output of: quocphong doctor")


def complete(engine: Engine, wanted: Collection[str]) -> Check:
    """Whether the index holds exactly the articles wanted."""
    held = list(engine.ids())
    missing, surplus = set(wanted).difference(held), set(held).difference(wanted)
    named = ", ".join(sorted(missing | surplus)[:3])
    detail = f"{len(held)} articles of {len(wanted)}, {len(missing)} missing, {len(surplus)} too many ({named})."
    agree = not missing and not surplus and len(held) == len(wanted) == engine.count()
    return Check("complete", agree, f"{len(held)} articles, as wanted." if agree else detail,
                 "quocphong index (it learns the articles anew)")


def undamaged(engine: Engine) -> Check:
    """Whether every checksum of the index holds."""
    damage = engine.verify()
    return Check("undamaged", not damage, "; ".join(damage) or "every checksum holds.", "quocphong index --rebuild")


def facets_add_up(engine: Engine) -> Check:
    """Every article has one year value ("?" when unknown), so the year facet must add up to the articles."""
    results = search(engine, facets=(("year", 10_000),), limit=1)
    total = sum(value.count for value in results.facets[0].values)
    return Check("facets add up", total == engine.count(), f"years count {total} of {engine.count()} articles.",
                 "quocphong index --rebuild")


def findable(engine: Engine, sample: int) -> Check:
    """The findability promise on a seeded sample: own words, quoted, in four spellings, find their article."""
    chance = random.Random(SEED)
    ids = list(engine.ids())
    asked = 0
    for entry in engine.entries(chance.sample(ids, min(sample, len(ids)))):
        for phrase in runs(entry.article, chance):
            for spelling in SPELLINGS:
                asked += 1
                if not finds(engine, spelling(phrase), entry.id):
                    return Check("findable", False, f"{spelling(phrase)!r} does not find {entry.id}.",
                                 "report this: the index breaks its promise")
    return Check("findable", True, f"{asked} quoted runs of words each found their article.")


def runs(article: Article, chance: random.Random) -> Iterator[str]:
    """A run of 2 to 8 syllables from the title and one from the text, as they stand there."""
    for text in (article.title, article.text):
        found = syllables(text)
        if len(found) >= 2:
            length = chance.randint(2, min(8, len(found)))
            first = chance.randint(0, len(found) - length)
            yield text[found[first].start:found[first + length - 1].end]


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, str.upper, fold, lambda phrase: unicodedata.normalize("NFD", phrase))


def finds(engine: Engine, phrase: str, id: str) -> bool:
    """Whether a quoted phrase finds the article, on whatever page."""
    quoted = '"' + phrase.replace('"', " ") + '"'
    page, total = 1, 1
    while (page - 1) * DEEP < total:
        found = found_by(engine, quoted, page, DEEP)
        if any(hit.id == id for hit in found.hits):
            return True
        page, total = page + 1, found.total
    return False
