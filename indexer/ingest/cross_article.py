"""Officials known from other articles: a province for those that name an official but no province of their own.

"Đại tá A, Chỉ huy trưởng Bộ CHQS tỉnh" tells no province. Where other articles whose province is certain name A at the
same post, in one province only and around the same time, that is where the article is from. What is learned follows
from the articles of the index alone, whatever the order they came in: a run asks again for every article that may be
taught, so increments and a rebuild give the same index. `quocphong extract`, which sees one article, learns nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from indexer.engine.port import Engine
from indexer.entities.testimony import LEARNED, Taught, Testimony, grade, taught_of, testimony_of
from indexer.model import NO_LIMIT, Entry, Query, Value

ENOUGH = 2  # stories that must teach the same: one article may err, or its official be a guest
PAGE = 500  # articles read at a time

StoryOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an article is taught, and by which testimonies (keys of the facet "teaches")."""

    taught: Taught
    keys: tuple[str, ...]


def due(engine: Engine, story_of: StoryOf = str) -> dict[str, Taught | None]:
    """The articles that hold something else than the index teaches now: id -> what to read them with."""
    wanted = {id: lesson.taught for id, lesson in lessons(engine, story_of).items()}
    held = {id: taught_of(key) for key, _ in engine.terms(LEARNED) for id in owners(engine, LEARNED, [key])}
    return {id: wanted.get(id) for id in sorted({*wanted, *held}) if wanted.get(id) != held.get(id)}


def teachers(engine: Engine, entry: Entry, story_of: StoryOf = str, most: int = 3) -> list[Entry]:
    """The newest articles, one a story, that teach the province an article was given; none for one not taught."""
    if not any(province.basis == LEARNED for province in entry.entities.provinces):
        return []
    lesson = School(engine, story_of).lesson(testimonies(entry.keys.get("asks", ())))
    ids = owners(engine, "teaches", lesson.keys) if lesson else []
    one_each = {story_of(id): id for id in reversed(ids)}
    return engine.entries([id for id in ids if id in set(one_each.values())][:most])


# --- over a whole index -------------------------------------------------------------------------------


def lessons(engine: Engine, story_of: StoryOf) -> dict[str, Lesson]:
    """What each article is taught that asks for an official whom others know."""
    school = School(engine, story_of)
    known = [key for key, _ in engine.terms("asks") if school.answers(testimony_of(key))]
    ids = sorted({id for at in range(0, len(known), PAGE) for id in owners(engine, "asks", known[at : at + PAGE])})
    found = {}
    for at in range(0, len(ids), PAGE):
        for entry in engine.entries(ids[at : at + PAGE]):
            if lesson := school.lesson(testimonies(entry.keys.get("asks", ()))):
                found[entry.id] = lesson
    return found


def owners(engine: Engine, facet: str, keys: Sequence[str]) -> list[str]:
    """The articles with any of the keys, newest first."""
    found = engine.find(Query(match=Value(facet, tuple(keys)), sort="newest", limit=NO_LIMIT))
    return [hit.id for hit in found.hits]


def testimonies(keys: Iterable[str]) -> list[Testimony]:
    """The testimonies that facet keys spell."""
    return [testimony_of(key) for key in keys]


class School:
    """Everything the articles of an index teach, by the officials' names."""

    def __init__(self, engine: Engine, story_of: StoryOf) -> None:
        self._engine, self._story_of = engine, story_of
        self._told: dict[str, list[Testimony]] = {}

    def lesson(self, asked: Sequence[Testimony]) -> Lesson | None:
        """What most of the officials asked for agree on; None where none is known or as many say otherwise."""
        answered = [(each, keys) for each in asked if (keys := self.answers(each))]
        votes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for each, keys in answered:
            votes[testimony_of(keys[0]).province][each.name] += keys
        ranked = Counter({province: len(people) for province, people in votes.items()}).most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        province = ranked[0][0]
        name = next(each.name for each, keys in answered if testimony_of(keys[0]).province == province)
        return Lesson(Taught(name, province), tuple(dict.fromkeys(chain(*votes[province].values()))))

    def answers(self, asked: Testimony) -> list[str]:
        """The keys of the testimonies that place the official asked for; empty where they do not suffice."""
        around = [told for told in self._of(asked.name) if told.same_map(asked)]
        spans = years_by(around)
        known = [place for place, (first, last) in spans.items() if first <= asked.year <= last]
        if len(known) != 1:  # nobody, or namesakes: a name known in two provinces at once teaches nothing
            return []
        same = [told for told in around if told.province == known[0] and told.same_post(asked)]
        first, last = years_by(same).get(known[0], ("9", "0"))
        if not first <= asked.year <= last or any(contradict(asked, told) for told in same):
            return []
        keys = [told.key() for told in same]
        told_by = {self._story_of(id) for id in owners(self._engine, "teaches", keys)}
        return keys if len(told_by) >= ENOUGH else []

    def _of(self, name: str) -> list[Testimony]:
        if name not in self._told:
            self._told[name] = [testimony_of(key) for key, _ in self._engine.terms("teaches", f"{name}|")]
        return self._told[name]


def years_by(told: Iterable[Testimony]) -> Mapping[str, tuple[str, str]]:
    """The first and the last year of testimonies, by province."""
    years: dict[str, list[str]] = defaultdict(list)
    for each in told:
        years[each.province].append(each.year)
    return {province: (min(found), max(found)) for province, found in years.items()}


def contradict(asked: Testimony, told: Testimony) -> bool:
    """Whether the ranks cannot be one man's: nobody is of lower rank later on, or jumps two ranks in no time."""
    mine, theirs = grade(asked.rank), grade(told.rank)
    if not mine or not theirs or mine == theirs:
        return False
    known = min(len(asked.day), len(told.day))
    earlier, later = sorted(((asked.day[:known], mine), (told.day[:known], theirs)))
    return abs(mine - theirs) > 1 if earlier[0] == later[0] else later[1] < earlier[1]
