"""How often what is learned of officials would place an article rightly, told by articles whose province is certain.

    python -m tests.quality.learned FILE.jsonl[.xz] … [--day 2017-02-15]

Each certain article is asked as if it named no province, and taught by all articles but those of its own sentences.
`--day` stands in where a collection has lost its dates.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from indexer.entities.testimony import testimony_keys
from indexer.ingest import analysis, cross_article
from indexer.model import Article, Entities, StatedDate
from indexer.search.query.days import extent
from tests.quality.collections import records


class Told:
    """What an engine tells of the facet "teaches", without the articles that share the sentences of one."""

    def __init__(self, teaches: dict[str, set[str]], story: dict[str, int], but: str) -> None:
        self.teaches, self.story, self.but = teaches, story, but

    def ids(self, key: str) -> list[str]:
        return [id for id in self.teaches.get(key, ()) if self.story[id] != self.story[self.but]]

    def terms(self, _field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        return ((key, 1) for key in BY_NAME[prefix] if self.ids(key))

    def find(self, query: Any) -> Any:
        return SimpleNamespace(hits=[SimpleNamespace(id=id) for key in query.match.keys for id in self.ids(key)])


BY_NAME: dict[str, list[str]] = defaultdict(list)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--day", default="")
    chosen = options.parse_args()
    teaches: dict[str, set[str]] = defaultdict(set)
    story: dict[str, int] = {}
    asked: dict[str, tuple[str, tuple[str, ...]]] = {}
    for id, found in (pair for file in chosen.files for pair in read(file, chosen.day)):
        story[id] = hash(tuple(sorted(o.evidence.quote for o in found.officials if o.evidence)))
        for key in testimony_keys(found)["teaches"]:
            teaches[key].add(id)
            asked[id] = found.provinces[0].name, testimony_keys(replace(found, provinces=()))["asks"]
    for key in sorted(teaches):
        BY_NAME[f"{key.partition('|')[0]}|"].append(key)
    answers: Counter[str] = Counter()
    for id, (province, keys) in ((id, each) for id, each in asked.items() if each[1]):
        school = cross_article.School(Told(teaches, story, id), lambda other: str(story[other]))  # type: ignore[arg-type]
        lesson = school.lesson(cross_article.testimonies(keys))
        answers["none" if not lesson else "right" if lesson.taught.province == province else "another"] += 1
    given = answers["right"] + answers["another"]
    print(f"{len(teaches)} testimonies; of {answers.total()} articles that could ask, {given} were taught,"
          f" {answers['right']} their own province ({answers['right'] / max(given, 1):.3f})")


def read(file: Path, day: str) -> Iterator[tuple[str, Entities]]:
    for row in records(file):
        date = (row.get("date") or day)[:10]
        stamps = (StatedDate(date, "meta"),) if extent(date) and date[:4].isdigit() else ()
        article = Article(row["id"], "", row.get("title") or "", row.get("text") or "", url=row.get("url"),
                          source=row.get("source"), stamps=stamps)
        yield row["id"], analysis.read(analysis.prepare(article))


if __name__ == "__main__":
    main()
