"""The dearest requests there are, looked for: queries x routes, altered again and again where they took longest.

    python -m tests.bench.budget INDEX [--requests 2000] [--seed 1] [--elsewhere]

Prints the dearest requests found with seconds of processor, what had been planned, status and size, then how far
estimates were off. Ends with 1 if a request took a quarter more than the budget holds, or was answered with 500.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import thread_time
from typing import Any
from urllib.parse import quote

from indexer.model import budget
from indexer.model.settings import load
from search_app import create_app
from search_app.web import budgets

ROUTES = ("/search", "/api/search", "/kwic", "/kwic.csv", "/search.csv", "/search.json", "/search.jsonl", "/search.ris",
          "/search.bib", "/search.atom", "/mentions.csv", "/officials.csv", "/officials", "/compare", "/compare.csv",
          "/compare.svg", "/timeline", "/timeline.csv", "/map", "/map.csv", "/silence", "/silence.csv",
          "/facet/official", "/facet/province", "/api/suggest", "/provinces", "/statistics/collocates",
          "/statistics/collocates.csv", "/statistics/keyness", "/statistics/keyness.csv", "/statistics/frequency",
          "/statistics/together", "/statistics/together.csv")
MORE = ("", "&sort=newest", "&sort=oldest", "&sample=10000&seed=7", "&order=left", "&order=date", "&page=1000",
        "&limit=100", "&part=2", "&part=9", "&year=2022", "&map=now", "&from=2020-01-01", "&off=spelling",
        "&window=10&stop=1", "&n=3&min=1", "&units=syllable&min=1", "&use=under", "&near=an&window=10")
COMMON = 60  # words of the archive that queries are made of
KEPT = 20  # dearest requests that new ones are made of
LONGEST = 500  # characters of a query


@dataclass(frozen=True, slots=True)
class Tried:
    """A request and what it took: seconds of processor, those planned, bytes answered, status."""

    seconds: float
    planned: float
    path: str
    status: int
    answered: int


def search(app: Any, requests: int, seed: int, elsewhere: bool = False) -> Iterator[Tried]:
    """Requests tried, each new one made at random or from one of the dearest so far."""
    chance, client = random.Random(seed), app.test_client()
    words, dearest = common_words(app), list[tuple[float, str, str, str]]()
    gc.freeze()  # what other work has left in this process is not looked through before each request
    try:
        for _ in range(requests):
            route, query, more = made(chance, words, dearest)
            tried = one(client, f"{route}?q={quote(query)}{more}", elsewhere)
            dearest = sorted([*dearest, (tried.seconds, route, query, more)], reverse=True)[:KEPT]
            yield tried
    finally:
        gc.unfreeze()


def one(client: Any, path: str, elsewhere: bool = False) -> Tried:
    """One request, as it is answered to an empty cache of matches."""
    planned, plan = [0.0], budget.Budget.plan

    def noted(self: budget.Budget, seconds: float, size: int = 0) -> None:
        plan(self, seconds, size)
        planned[0] = self.planned

    engine = client.application.extensions["archive"].engine()
    engine.clear_cache()
    gc.collect()
    budget.Budget.plan = noted  # type: ignore[method-assign]
    try:
        started = thread_time()
        response = client.get(path, headers={"X-Forwarded-For": "203.0.113.9"} if elsewhere else {})
        taken = thread_time() - started
    finally:
        budget.Budget.plan = plan  # type: ignore[method-assign]
    return Tried(taken, planned[0], path, response.status_code, len(response.get_data()))


def common_words(app: Any) -> list[str]:
    """The commonest syllables of the archive."""
    terms = app.extensions["archive"].engine().terms("syllable")
    return [term for term, _ in sorted(terms, key=lambda each: -each[1])[:COMMON]]


def made(chance: random.Random, words: list[str], dearest: list[tuple[float, str, str, str]]) -> tuple[str, str, str]:
    """A request: route, query and further parameters."""
    if not dearest or chance.random() < 0.3:
        return chance.choice(ROUTES), query_of(chance, words), chance.choice(MORE)
    _, route, query, more = chance.choice(dearest)
    change = chance.randrange(4)
    if change == 0:
        return chance.choice(ROUTES), query, more
    if change == 1:
        return route, query, chance.choice(MORE)
    if change == 2:
        return route, f"{query} {chance.choice(('OR', 'AND', 'NOT'))} {part(chance, words)}"[:LONGEST], more
    return route, query_of(chance, words), more


def query_of(chance: random.Random, words: list[str]) -> str:
    """A query of one to forty parts."""
    joined = chance.choice((" OR ", " ", " AND ", " OR ", " NOT "))
    return joined.join(part(chance, words) for _ in range(chance.choice((1, 2, 5, 15, 40))))[:LONGEST]


def part(chance: random.Random, words: list[str]) -> str:
    """A word, a prefix, a phrase, words within a window, or something misspelt."""
    some = chance.choices(words, k=chance.choice((2, 2, 3, 9)))
    kinds = (some[0], f"{some[0][:1]}*", f'"{" ".join(some)}"', f'"{" ".join(some)}"~99', f"title:{some[0]}",
             f"{some[0]}x{some[1]}", f'"{" ".join(some)}"~{chance.randrange(1, 99)}', f"({some[0]} OR {some[1]})")
    return chance.choice(kinds)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.bench.budget", description=__doc__.splitlines()[0])
    options.add_argument("index", type=Path)
    options.add_argument("--requests", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--elsewhere", action="store_true", help="as a reader who is not on this machine")
    given = options.parse_args()
    budgets.HEAVY = float("inf")
    app = create_app(given.index, load(environment={}, given={"rate": "0"}))
    app.extensions["archive"].make_ready()
    tried = sorted(search(app, given.requests, given.seed, given.elsewhere), key=lambda each: -each.seconds)
    for each in tried[:25]:
        print(f"{each.seconds:.2f} s ({each.planned:.2f} planned), {each.status}, {each.answered >> 10} kB:"
              f" {each.path[:160]}")
    heavy = [each for each in tried if each.planned > 0.1 and each.status == 200]
    if heavy:
        print(f"taken / planned: {min(e.seconds / e.planned for e in heavy):.2f} to"
              f" {max(e.seconds / e.planned for e in heavy):.2f}, of {len(heavy)} heavy requests")
    print({status: sum(each.status == status for each in tried) for status in sorted({each.status for each in tried})})
    most = 1.25 * app.extensions["settings"].request_seconds
    return int(tried[0].seconds > most or any(each.status == 500 for each in tried))


if __name__ == "__main__":
    sys.exit(main())
