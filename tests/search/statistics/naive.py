"""The same statistics worked out the slow and obvious way: article by article, word by word, from lists of strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

Zone = list[str]  # words in order, syllables joined by "_"


@dataclass(frozen=True)
class Text:
    """An article as its title and its running text, each a list of words."""

    id: str
    title: Zone
    body: Zone
    year: str = ""

    @property
    def zones(self) -> tuple[Zone, Zone]:
        return self.title, self.body


def units_of(zone: Zone, unit: str) -> list[str]:
    return list(zone) if unit == "word" else [syllable for word in zone for syllable in word.split("_")]


def places_in(zone: Zone, phrase: Sequence[str], unit: str) -> list[tuple[int, int]]:
    """(first, last) unit of each place of the phrase."""
    syllables = units_of(zone, "syllable")
    word_of = [at for at, word in enumerate(zone) for _ in word.split("_")]
    found = []
    for at in range(len(syllables) - len(phrase) + 1):
        if syllables[at : at + len(phrase)] == list(phrase):
            last = at + len(phrase) - 1
            found.append((word_of[at], word_of[last]) if unit == "word" else (at, last))
    return found


def holds(text: Text, phrase: Sequence[str]) -> bool:
    return any(places_in(zone, phrase, "syllable") for zone in text.zones)


@dataclass
class Collocation:
    joint: int = 0
    lines: int = 0
    articles: int = 0
    frequency: int = 0


@dataclass(frozen=True)
class Counted:
    rows: dict[str, Collocation]
    places: int
    reached: int
    corpus: int


def collocates(texts: Iterable[Text], phrase: Sequence[str], unit: str, left: int, right: int) -> Counted:
    rows: dict[str, Collocation] = {}
    places_all = reached_all = corpus = 0
    for text in texts:
        near_here: set[str] = set()
        for zone in text.zones:
            units, places = units_of(zone, unit), places_in(zone, phrase, unit)
            own = {at for first, last in places for at in range(first, last + 1)}
            reached: set[int] = set()
            for first, last in places:
                around = {*range(first - left, first), *range(last + 1, last + 1 + right)}
                around = {at for at in around if 0 <= at < len(units)} - own
                reached |= around
                for name in {units[at] for at in around}:
                    rows.setdefault(name, Collocation()).lines += 1
            for at, name in enumerate(units):
                if at not in own:
                    rows.setdefault(name, Collocation()).frequency += 1
                    corpus += 1
                if at in reached:
                    rows[name].joint += 1
                    near_here.add(name)
            places_all, reached_all = places_all + len(places), reached_all + len(reached)
        for name in near_here:
            rows[name].articles += 1
    return Counted(rows, places_all, reached_all, corpus)


def frequencies(texts: Iterable[Text], unit: str, size: int = 1) -> Counter[str]:
    return Counter(row for text in texts for row in rows_of(text, unit, size))


def rows_of(text: Text, unit: str, size: int) -> Iterator[str]:
    for zone in text.zones:
        units = units_of(zone, unit)
        for at in range(len(units) - size + 1):
            yield " ".join(units[at : at + size]).replace("_", " ")


def two_by_two(joint: int, here: int, word: int, total: int) -> float:
    """-2 log lambda as Dunning writes it: by the likelihoods of three binomial samples."""
    def likelihood(hits: int, trials: int, p: float) -> float:
        return (hits * log(p) if hits else 0.0) + ((trials - hits) * log(1 - p) if trials - hits else 0.0)

    elsewhere, trials = word - joint, total - here
    both = word / total if total else 0.0
    first, second = joint / here if here else 0.0, elsewhere / trials if trials else 0.0
    return 2 * (likelihood(joint, here, first) + likelihood(elsewhere, trials, second)
                - likelihood(joint, here, both) - likelihood(elsewhere, trials, both))
