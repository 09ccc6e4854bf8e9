"""What is new for an alert since it looked last: events, in order, each of which is told once.

An alert knows the articles that its search found, each with a digest of its words. New is what came into the archive
since (by the generation that every article carries), is found, and is no copy of a story that the alert knows. Told
again is only what happens to an article that was told: its words changed or its page did, it was withdrawn, it is back.
An article that is missing without a tombstone, after a rollback perhaps, is waited for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.engine.port import Engine
from indexer.model import NO_LIMIT, SINCE, Entry, Query, Value
from indexer.operations.alerts.state import SILENT, TOLD, WITHDRAWN, AlertState, Event, Looked
from indexer.operations.alerts.table import SEARCH, Alert
from indexer.search.corrections import Correction
from indexer.search.people import People
from indexer.search.query import Plan, plan
from indexer.search.saved_search import SavedSearch
from indexer.search.service import resolved
from indexer.storage.index_folder import A_GENERATION, current_folder, open_engine
from indexer.storage.manifest import words_digest
from indexer.storage.near_duplicates import DuplicateGroups
from indexer.storage.tombstones import Tombstones

NEW, CHANGED, GONE, BACK, HOLDS, SILENT_PROVINCE = "new", "changed", "withdrawn", "returned", "holder", "silence"
READ = 500  # entries read at a time
Knowledge = Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Present:
    """The archive as it is now: the opened index, its stories, what is withdrawn, and editors' corrections."""

    engine: Engine
    stories: DuplicateGroups
    withdrawn: Tombstones
    corrections: tuple[Correction, ...] = ()

    @property
    def people(self) -> People:
        """Everybody the index names."""
        return People(self.engine, self.corrections)


@contextmanager
def present(index_dir: Path, corrections: tuple[Correction, ...] = ()) -> Iterator[Present]:
    """The archive of an index folder, for the block. Errors as of `open_engine`."""
    with closing(open_engine(index_dir)) as engine:
        yield Present(engine, DuplicateGroups.open(current_folder(index_dir)), Tombstones(index_dir), corrections)


@dataclass(frozen=True, slots=True)
class Found:
    """What an alert looked up: events without numbers (kind, article, more), and rows of what it knows now."""

    events: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    known: tuple[tuple[str, str, int], ...] = ()


def look(now: Present, alert: Alert, state: AlertState, token: str, slot: str) -> int:
    """Write the events since the alert looked last into `state`, uncommitted; how many there are.

    The first time, and when the alert asks for something else than before, only the mark is set: `since` apart, nothing
    that is there is told. `token` and `slot` are kept with it.
    """
    before = state.looked(alert.name)
    known = state.known(alert.name)
    if before is None or before.definition != alert.definition:
        found = begun(now, alert, known, first=before is None)
    else:
        found = since(now, alert, known, before)
    number = before.next if before else 1
    events = [Event(at, now.engine.generation, *each) for at, each in enumerate(found.events, number)]
    state.learn(alert.name, found.known)
    state.add_events(alert.name, events)
    state.set_looked(alert.name, Looked(alert.definition, token, now.engine.generation, seen_now(now.engine, before),
                                        slot, number + len(events)))
    return len(events)


def begun(now: Present, alert: Alert, known: Knowledge, first: bool) -> Found:
    """The mark of an alert that begins; with `since`, the first time, what was published from that day on is told."""
    if alert.kind != SEARCH:
        return replace(special(now, alert, known, None), events=())
    ids = [id for id in found_by(now.engine, alert) if id not in known]
    wanted = {each.id for each in entries(now.engine, ids) if each.day[:10] >= alert.since and len(each.day) == 10} if (
        first and alert.since) else set()
    told = new_stories(now, [id for id in ids if id in wanted], known)
    return joined(told, silent(id for id in ids if id not in wanted))


def since(now: Present, alert: Alert, known: Knowledge, before: Looked) -> Found:
    """What has happened since the alert looked."""
    fresh = came_since(now.engine, before)
    happened = happened_to(now, known, fresh)
    if alert.kind != SEARCH:
        return joined(happened, special(now, alert, known, fresh))
    ids = [id for id in found_by(now.engine, alert) if id not in known]
    new = [id for id in ids if fresh is None or id in fresh]
    return joined(happened, silent(id for id in ids if fresh is not None and id not in fresh),
                  new_stories(now, new, known))


def special(now: Present, alert: Alert, known: Knowledge, fresh: Collection[str] | None) -> Found:
    """What an alert of another kind than search finds."""
    from indexer.operations.alerts import holders, silences  # they build on this module

    kinds = {holders.KIND: holders.look, silences.KIND: silences.look}
    return kinds[alert.kind](now, alert, known, fresh)


def joined(*parts: Found) -> Found:
    """Several finds as one, in order; of two rows with one key the later counts."""
    return Found(tuple(e for part in parts for e in part.events), tuple(row for part in parts for row in part.known))


def silent(ids: Iterable[str]) -> Found:
    """Articles that are known from now on and not told."""
    return Found(known=tuple((id, "", SILENT) for id in ids))


# --- what is found, and what came in ----------------------------------------------------------------------


def planned(engine: Engine, search: str) -> tuple[Plan, Query]:
    """The plan of a query string, and its query for all it finds, newest first. It is taken as typed: where it finds
    nothing no other interpretation is tried."""
    saved, _ = SavedSearch.parse(search)
    read = plan(saved.q, engine, off=frozenset(saved.off), widen=saved.widen)
    return read, replace(read.query, filters=resolved(engine, saved.filters), scoring=(), sort="newest", offset=0,
                         limit=NO_LIMIT, facets=())


def found_by(engine: Engine, alert: Alert) -> list[str]:
    """The ids of the articles that an alert's search finds, newest first."""
    return [hit.id for hit in engine.find(planned(engine, alert.search)[1]).hits]


def came_since(engine: Engine, before: Looked) -> frozenset[str] | None:
    """The articles that came in, or changed, after the alert looked. None for any: the index went back meanwhile, and
    its numbers say nothing."""
    if engine.generation < before.generation:
        return None
    keys = tuple(key for key, _ in engine.terms(SINCE) if is_later(int(key), before.seen))
    found = engine.find(Query(match=Value(SINCE, keys), sort="newest", limit=NO_LIMIT)).hits if keys else ()
    return frozenset(hit.id for hit in found)


def is_later(key: int, seen: Mapping[str, int]) -> bool:
    """Whether a generation's commit came after those seen. Rollbacks make folders grow side by side: each counts by
    itself."""
    folder, commit = divmod(key, A_GENERATION)
    return commit > seen.get(str(folder), -1)


def seen_now(engine: Engine, before: Looked | None) -> dict[str, int]:
    """The last commit of each generation folder that articles come from, and those seen before."""
    seen = dict(before.seen) if before and engine.generation >= before.generation else {}
    for key, _ in engine.terms(SINCE):
        folder, commit = divmod(int(key), A_GENERATION)
        seen[str(folder)] = max(commit, seen.get(str(folder), -1))
    return seen


def entries(engine: Engine, ids: Sequence[str]) -> Iterator[Entry]:
    """The entries of articles, a few at a time, without what a list does not show."""
    for at in range(0, len(ids), READ):
        yield from engine.entries(ids[at : at + READ], brief=True)


def digest_of(entry: Entry) -> str:
    """Identifies the words of an article and what became of its page: case, spaces and signs do not count."""
    return f"{words_digest(entry.article.title, entry.article.text)}{entry.article.online}"


# --- stories ------------------------------------------------------------------------------------------------


def new_stories(now: Present, ids: Sequence[str], known: Knowledge) -> Found:
    """The stories that `ids` tell, each told once, by its earliest article, with its other articles as copies.

    A copy of a story that the alert knows is known from now on, and not told.
    """
    stories: dict[str, list[str]] = defaultdict(list)
    copies = []
    for id in ids:
        story = now.stories.story_of(id)
        if any(member in known for member in now.stories.members(story)):
            copies.append(id)
        else:
            stories[story].append(id)
    events, rows = [], []
    for members in stories.values():
        told = sorted(entries(now.engine, members), key=lambda entry: (entry.day or "9", entry.id))
        if told:
            events.append((NEW, told[0].id, tuple(each.id for each in told[1:])))
            rows += [(each.id, digest_of(each), TOLD) for each in told]
    return joined(silent(copies), Found(tuple(events), tuple(rows)))


def happened_to(now: Present, known: Knowledge, fresh: Collection[str] | None) -> Found:
    """What has happened to articles that were told: corrections, withdrawals and returns, one for each story."""
    told = [id for id, (_, state) in known.items() if state == TOLD]
    gone = [id for id in told if now.withdrawn.covers(id, id)]
    changed = [each for each in entries(now.engine, [id for id in told if fresh is None or id in fresh])
               if digest_of(each) != known[each.id][0] != ""]
    away = [id for id, (_, state) in known.items() if state == WITHDRAWN and not now.withdrawn.covers(id, id)]
    back = [*entries(now.engine, away)]
    rows = [*((id, known[id][0], WITHDRAWN) for id in gone), *((e.id, digest_of(e), TOLD) for e in (*changed, *back))]
    return Found((*by_withdrawal(now, gone), *by_story(now, CHANGED, changed), *by_story(now, BACK, back)), tuple(rows))


def by_withdrawal(now: Present, ids: Sequence[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """An event for each tombstone, with the articles it takes out."""
    left = dict.fromkeys(ids)
    for stone in now.withdrawn.stones:
        if about := [id for id in left if stone.covers(id, id)]:
            yield GONE, about[0], tuple(about[1:])
            left = {id: None for id in left if id not in about}


def by_story(now: Present, kind: str, changed: Sequence[Entry]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """An event for each story, by the first of its articles."""
    stories: dict[str, list[str]] = defaultdict(list)
    for entry in changed:
        stories[now.stories.story_of(entry.id)].append(entry.id)
    yield from ((kind, ids[0], tuple(ids[1:])) for ids in stories.values())
