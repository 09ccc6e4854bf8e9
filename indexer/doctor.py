"""Is the index sound, current and findable? Looks, explains, changes nothing."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from indexer import sources
from indexer.errors import ChecksFailed, QuocphongError
from indexer.index import ServedEngine as Engine
from indexer.index import current_folder, open_engine
from indexer.manifest import Manifest
from indexer.model import Article
from indexer.search import search
from indexer.settings import SETTINGS, Settings
from indexer.text import fold, syllables

SEED = 20_250_701  # the sample is the same on every run over the same index
DEEP = 100  # an article must stand among this many hits; more hold the same run of common words


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    passed: bool
    detail: str
    remedy: str = ""


@dataclass(slots=True)
class Findings:
    """What the doctor saw: the effective settings with their origins, and the checks in order."""

    settings: dict[str, tuple[str, str]]
    checks: list[Check] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "settings": {name: {"value": value, "origin": origin} for name, (value, origin) in self.settings.items()},
            "checks": [asdict(check) for check in self.checks],
            "sound": all(check.passed for check in self.checks),
        }

    def as_text(self) -> str:
        width = max(map(len, self.settings))
        return "\n".join([
            *(f"{name:{width}}  {value}  ({origin})" for name, (value, origin) in self.settings.items()),
            "",
            *(f"{'ok  ' if c.passed else 'FAIL'} {c.name}: {c.detail}{'' if c.passed else f' Remedy: {c.remedy}'}"
              for c in self.checks),
        ])

    def raise_if_ill(self) -> None:
        if failed := [check.name for check in self.checks if not check.passed]:
            raise ChecksFailed(f"Not sound: {', '.join(failed)}. See the remedies above.")


def examine(settings: Settings, sample: int) -> Findings:
    """Run every check that the earlier ones allow; `sample` articles are searched for by their own words."""
    findings = Findings({s.name: (str(settings[s.name]), settings.origin(s.name)) for s in SETTINGS})
    try:
        engine = open_engine(settings.index)
    except QuocphongError as error:
        findings.checks.append(Check("opens", False, str(error), "quocphong index --rebuild"))
        return findings
    with closing(engine):
        findings.checks.append(Check("opens", True, f"{engine.count()} articles, generation {engine.generation}."))
        findings.checks += [undamaged(engine), counted(engine, settings.index), roots_present(settings.index)]
        findings.checks += [facets_add_up(engine), findable(engine, sample)]
    return findings


def undamaged(engine: Engine) -> Check:
    damage = engine.verify()
    return Check("undamaged", not damage, "; ".join(damage) or "every checksum holds.", "quocphong index --rebuild")


def counted(engine: Engine, index_dir: Path) -> Check:
    memory = Manifest(current_folder(index_dir)).load()
    agree = len(memory.held) == engine.count() and memory.generation == engine.generation
    detail = f"the manifest knows {len(memory.held)} articles, the index holds {engine.count()}."
    return Check("manifest agrees", agree, detail, "quocphong index (it learns the articles anew)")


def roots_present(index_dir: Path) -> Check:
    memory = Manifest(current_folder(index_dir)).load()
    missing = sources.find(sorted(memory.roots)).missing if memory.roots else ()
    return Check("roots present", not missing, f"missing: {', '.join(missing)}." if missing else
                 f"{len(memory.roots)} folders or files.", "mount or restore it, or rebuild without it")


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


SPELLINGS: tuple[Callable[[str], str], ...] = (str, str.upper, fold, lambda phrase: unicodedata.normalize("NFD", phrase))


def finds(engine: Engine, phrase: str, id: str) -> bool:
    quoted = '"' + phrase.replace('"', " ") + '"'
    page, total = 1, 1
    while (page - 1) * DEEP < total:
        results = search(engine, quoted, page=page, limit=DEEP, facets=())
        if any(hit.entry.id == id for hit in results.hits):
            return True
        page, total = page + 1, results.total
    return False
