"""Checks of an opened index: what a new generation must pass before it is switched to, and what the doctor looks at."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from indexer.engine.port import Engine
from indexer.model import Article, Entry, Query, Word
from indexer.model.errors import ChecksFailed, QuocphongError
from indexer.search.service import found_by, search
from indexer.text import fold, syllables

SEED = 20_250_701  # the sample is the same on every run over the same index
DEEP = 100  # an article must stand among this many hits; more hold the same run of common words
SAMPLE = 10  # articles looked for before a switch; the doctor's default is larger
RAREST = 16  # words of a deleted article that are looked for in the articles that are left
REBUILD = "quocphong index --rebuild"
REPORT = "report this with the output of: quocphong doctor"


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name, whether it passed, what was seen, and the remedy if it failed."""
    name: str
    passed: bool
    detail: str
    remedy: str = ""


def refuse_unsound(engine: Engine, wanted: Collection[str]) -> None:
    """Raise ChecksFailed unless the generation holds exactly the articles `wanted`, undamaged, counted and findable."""
    for name, look in SOUND.items():
        try:
            check = look(engine, wanted)
        except QuocphongError:
            raise
        except Exception as crash:
            check = ended_by(crash, name)
        if not check.passed:
            raise ChecksFailed(f"The new index failed a check ({check.name}): {check.detail} The old one stays in use;"
                               " nothing was switched. Please report this with the output of: quocphong doctor")


def made(name: str, look: Callable[[], Iterable[Check]], otherwise: str = REPORT) -> list[Check]:
    """The checks that `look` makes; where an error ends it, of ours or a crash, one of this `name` that failed."""
    checks: list[Check] = []
    try:
        checks.extend(look())
    except Exception as error:  # one check must not keep the others from being made
        checks.append(ended_by(error, name, otherwise))
    return checks


def ended_by(error: Exception, name: str, otherwise: str = REPORT) -> Check:
    """A check that an error ended. One of ours says what is wrong and names the remedy, or else it is `otherwise`;
    of a crash kind and place are told, for a report."""
    if isinstance(error, QuocphongError):
        what, _, remedy = str(error).partition(" Run: ")
        return Check(name, False, what, remedy or otherwise)
    at = extract_tb(error.__traceback__)[-1]
    where = f"{Path(at.filename).name}, line {at.lineno}"
    return Check(name, False, f"the check crashed with {type(error).__name__} in {where}: {error}", REPORT)


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
    return Check("undamaged", not damage, "; ".join(damage) or "every checksum holds.", REBUILD)


def facets_add_up(engine: Engine) -> Check:
    """Every article has one year value ("?" when unknown), so the year facet must add up to the articles."""
    results = search(engine, facets=(("year", 10_000),), limit=1)
    total = sum(value.count for value in results.facets[0].values)
    return Check("facets add up", total == engine.count(), f"years count {total} of {engine.count()} articles.",
                 REBUILD)


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


def deletions_hold(engine: Engine, sample: int) -> Check:
    """What is deleted is not found, and disturbs no article that shares its words.

    Deleted articles that the engine's files still hold are sampled. Quoted runs of their words are asked for, and their
    rarest words with the word beside, as they stand in an article that is left. The check names ids and no words.
    """
    chance = random.Random(SEED)
    gone = engine.deleted(sample)
    live = {entry.id for entry in engine.entries([entry.id for entry in gone], brief=True)}
    asked = 0
    for entry in gone:
        for phrase in runs(entry.article, chance):
            asked += 1
            hits = found_by(engine, quoted(phrase), 1, DEEP).hits
            if entry.id not in live and entry.id in {hit.id for hit in hits}:
                return Check("deletions hold", False, f"{entry.id} is deleted, and its words find it.", REBUILD)
        for phrase, id in witnesses(engine, entry):
            asked += 1
            if not finds(engine, phrase, id):
                return Check("deletions hold", False, f"two words of {id} do not find it, one of which stood in"
                             f" {entry.id} until that was deleted.", REBUILD)
    return Check("deletions hold", True, f"{asked} phrases with words of {len(gone)} deleted articles were asked for.")


def witnesses(engine: Engine, gone: Entry) -> Iterator[tuple[str, str]]:
    """Pairs of words in articles that are left, one of the two a rare word of a deleted one; and the articles' ids.

    A rare word's postings are few: those that were deleted stand at an end of them, or between.
    """
    words = {each.text for text in (gone.article.title, gone.article.text) for each in syllables(text)}
    left = [(count, word) for word in words if (count := engine.frequency("syllable", word))]
    for _, word in sorted(left)[:RAREST]:
        for hit in engine.find(Query(match=Word(word), limit=1)).hits:
            for entry in engine.entries([hit.id]):
                for pair in pairs(entry.article, word):
                    yield from ((spelling(pair), entry.id) for spelling in (str, fold))


def pairs(article: Article, word: str) -> Iterator[str]:
    """The word with its neighbour, where it stands first in the article's title or text."""
    for text in (article.title, article.text):
        found = syllables(text)
        at = next((number for number, each in enumerate(found) if each.text == word), None)
        if at is not None and len(found) >= 2:
            first = min(at, len(found) - 2)
            yield text[found[first].start:found[first + 1].end]
            return


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
    page, total = 1, 1
    while (page - 1) * DEEP < total:
        found = found_by(engine, quoted(phrase), page, DEEP)
        if any(hit.id == id for hit in found.hits):
            return True
        page, total = page + 1, found.total
    return False


def quoted(phrase: str) -> str:
    """A phrase in quotation marks, those inside left out."""
    return '"' + phrase.replace('"', " ") + '"'


SOUND: dict[str, Callable[[Engine, Collection[str]], Check]] = {
    "complete": complete,
    "undamaged": lambda engine, wanted: undamaged(engine),
    "facets add up": lambda engine, wanted: facets_add_up(engine),
    "findable": lambda engine, wanted: findable(engine, SAMPLE),
}
