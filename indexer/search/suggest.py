"""What a reader may be about to type: provinces, units, officials and frequent phrases that begin like it.

Everything is looked up in tables of folded spellings made once an opened index; typing accents, none, TELEX or VNI
finds the same rows. Nothing here changes what was typed: whoever shows suggestions leaves the box alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from threading import Lock

import numpy as np

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.facets import UNKNOWN, unit_and_name
from indexer.model import AnyOf, Message, Node, Phrase, Query, Value, Word
from indexer.search.counting import how_many
from indexer.search.per_engine import per_engine
from indexer.search.query import plan
from indexer.search.query.abbreviations import table
from indexer.search.query.interpretations import interpretations
from indexer.search.query.spelled import spelled
from indexer.text import fold, shown
from indexer.text.normalize import fold_text
from indexer.text.typing import TELEX, VNI, Method, decode, taken_apart

MAX_TYPED = 100  # characters read
MOST = 50  # suggestions given at most
LOOKED_AT = 1_000  # rows of one table that are ranked: of more, those of most articles
MOST_MEANT = 2  # readings of what begins nothing that are looked up
UNIT_WORDS = ("tỉnh ", "thành phố ", "tp ")
LEAST_HELD, LEAST_SHARE = 3, 1 / 10_000  # articles a phrase must stand in, whichever is more
FIRST = {"province": 2, "province_now": 1, "unit": 2, "official": 3}  # of each kind before any kind may fill up


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` is province, province_now, unit, official or phrase; `count` articles hold it; `detail` tells it apart.

    `key` is an official's facet key, "" for the other kinds.
    """

    kind: str
    text: str
    detail: str
    count: int
    key: str = ""


def suggest(engine: Engine, typed: str, limit: int = 8, before: Engine | None = None) -> list[Suggestion]:
    """At most `limit` suggestions for `typed`, provinces first, then units, officials and phrases.

    `before`: an earlier generation whose tables are used, so that nobody waits for those of `engine`. Counts and posts
    are those of `engine`, and what it no longer holds is left out: a withdrawn article names nobody.

    Of one kind those that agree with the accents typed come first, then those whose own name begins so and not their
    unit word, then those of more articles. Reading `typed` as TELEX or VNI fills the room it leaves. Where nothing
    begins like it, what it was probably meant for is looked up (`slipped`). No place is given twice.
    """
    tables = tables_of(before or engine)
    limit = max(0, min(limit, MOST))
    typed = typed[:MAX_TYPED]
    rows = begun_like(tables, readings(typed), limit)
    for meant in slipped(before or engine, typed) if limit and not rows else ():
        rows = rows or begun_like(tables, readings(meant), limit)
    if before is None or before is engine:
        return [tables.suggestion(engine, row) for row in rows]
    counted = ((row, count_now(engine, row)) for row in rows)
    return [shown_as(row, count, detail_of(engine, row)) for row, count in counted if count]


def begun_like(tables: Tables, begun: Iterable[tuple[str, str]], limit: int) -> dict[Row, None]:
    """At most `limit` rows that begin in one of these ways, the first first."""
    rows: dict[Row, None] = {}
    for way in begun:
        if len(rows) < limit:
            found = [row for table in tables.prefix_tables for row in table.find(*way, limit) if row not in rows]
            rows |= dict.fromkeys(chosen(distinct(found, rows), limit - len(rows)))
    return rows


def distinct(rows: Sequence[Row], given: Iterable[Row]) -> list[Row]:
    """The rows without places that are given already: a province of both maps is one place to a reader, given by its
    name at publication."""
    shown = {row.text for row in given if row.kind in PLACES}
    then = {row.text for row in rows if row.kind == "province"}
    hidden = {"province": shown, "province_now": shown | then}
    return [row for row in rows if row.text not in hidden.get(row.kind, ())]


def chosen(rows: Sequence[Row], limit: int) -> list[Row]:
    """`limit` of the rows in the order of kinds: a few of each kind, then phrases, then whatever is left."""
    taken: Counter[str] = Counter()
    ranks: list[tuple[int, Row]] = []
    for row in rows:
        taken[row.kind] += 1
        ranks.append((2 if taken[row.kind] > FIRST.get(row.kind, limit) else row.kind not in FIRST, row))
    kept = sorted(ranks, key=lambda ranked: ranked[0])[:limit]
    return sorted((row for _, row in kept), key=lambda row: KINDS.index(row.kind))


KINDS = (*FIRST, "phrase")
PLACES = ("province", "province_now")


# --- what was typed --------------------------------------------------------------------------


def readings(typed: str) -> Iterator[tuple[str, str]]:
    """Each way to read `typed`, the likeliest first: how the folded spelling begins, and how the accented one does.

    Accents typed are kept to first and then let go: half-way through a word its accents are seldom complete.
    """
    for text in (typed, *(as_method(typed, method) for method in (TELEX, VNI) if typed.isascii())):
        begun = spelled(shown(text)) + (" " if text[-1:].isspace() else "")
        if begun.strip():
            yield fold(begun), begun if begun != fold(begun) else ""
            yield fold(begun), ""


def slipped(engine: Engine, typed: str) -> Iterator[str]:
    """What `typed` was probably meant for, the likeliest first: weighed as a query is (interpretations.py), as a whole
    and with its last word left as it is, which may be unfinished."""
    head, _, last = typed.rstrip().rpartition(" ")
    for begun, rest in ((typed.rstrip(), ""), (head, f" {last}")):
        found = interpretations(plan(begun, engine), engine) if begun else []
        yield from (each.text + rest for each in found[:MOST_MEANT])


def as_method(typed: str, method: Method) -> str:
    """`typed` as this way of typing means it; the last word may be unfinished."""
    words = typed.lower().split(" ")
    last = taken_apart(words[-1], method, len(words[-1]))[0]
    return " ".join([*(decode(word, method) or word for word in words[:-1]), decode(words[-1], method) or last])


# --- the tables ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """What can be suggested. `key` is an official's facet key, whose text and detail are made when it is shown.

    `facet` is the facet and the key in it that `count` articles hold; empty for units and phrases.
    """

    kind: str
    text: str
    detail: str
    count: int
    key: str = ""
    facet: tuple[str, ...] = ()


class PrefixTable:
    """Rows of one kind by the folded beginnings of all their spellings."""

    def __init__(self, spellings: Iterable[tuple[str, Row]]) -> None:
        """`spellings`: each way to write a row, as `spelled` gives it; a row may come several times."""
        given = [*spellings]
        bare = fold_text("\n".join(text for text, _ in given)).split("\n")  # one by one takes ten times as long
        listed = sorted(zip(bare, given, strict=False), key=itemgetter(0))  # nothing, joined and split, is one text
        self.folded = [f"{begun} " for begun, _ in listed]
        self.typed = [f"{text} " for _, (text, _) in listed]
        self.rows = [row for _, (_, row) in listed]
        self.by_unit = [text.startswith(UNIT_WORDS) for text in self.typed]
        self.counts = np.array([row.count for row in self.rows], np.int64)

    def find(self, folded: str, accented: str, limit: int) -> list[Row]:
        """Rows with a spelling that begins with `folded`, and with `accented` too; own names before unit words, then
        those of most articles first."""
        low, high = bisect_left(self.folded, folded), bisect_left(self.folded, folded + "\U0010ffff")
        places: Sequence[int] = range(low, high)
        if accented:
            places = [at for at in places if self.typed[at].startswith(accented)]
        elif high - low > LOOKED_AT:
            places = (low + np.argpartition(-self.counts[low:high], LOOKED_AT)[:LOOKED_AT]).tolist()
        ranked = sorted(
            places, key=lambda at: (self.by_unit[at], -self.rows[at].count, len(self.typed[at]), self.typed[at]))
        return list(islice(dict.fromkeys(self.rows[at] for at in ranked), limit))


class Tables:
    """The prefix_tables of one opened index, and the details read so far."""

    def __init__(self, engine: Engine, pause: Callable[[], None]) -> None:
        places, units, officials, phrases = (
            [*at_ease(rows(engine), pause)] for rows in (place_rows, unit_rows, official_rows, phrase_rows))
        names = {spelling for spelling, _ in (*places, *units, *officials)}
        phrases = [*{text: row for text, row in phrases if text not in names}.items()]
        self.prefix_tables = [PrefixTable(rows) for rows in (places, units, officials, phrases)]
        self._details: dict[str, str] = {}
        for _ in readings("a"):
            pass  # the tables of the input methods are read on first use, too: not at a reader's first key

    def suggestion(self, engine: Engine, row: Row) -> Suggestion:
        """The row as it is shown, made for the engine of these tables."""
        if row.key and row.key not in self._details:
            self._details[row.key] = detail_of(engine, row)
        return shown_as(row, row.count, self._details[row.key] if row.key else row.detail)


def shown_as(row: Row, count: int, detail: str) -> Suggestion:
    """A row of a table as it is suggested."""
    return Suggestion(row.kind, row.text or label("official", row.key), detail, count, row.key)


def detail_of(engine: Engine, row: Row) -> str:
    """What tells a row apart: an official's post, else what the table says."""
    return official_detail(engine, row.key) if row.key else row.detail


def count_now(engine: Engine, row: Row) -> int:
    """How many articles of `engine` hold what a row of another generation suggests; of a unit, as many as then."""
    if row.facet:
        return engine.frequency(*row.facet)
    return holding(engine, row.text) if row.kind == "phrase" else row.count


def tables_of(engine: Engine, pause: Callable[[], None] = lambda: None) -> Tables:
    """The tables of `engine`, made on first use: one or two seconds for 100,000 articles. `pause` is called meanwhile,
    every few rows."""
    if engine in made_tables:
        return made_tables(engine)
    with MAKING:
        return made_tables(engine, pause=pause)


MAKING = Lock()


@per_engine
def made_tables(engine: Engine, *, pause: Callable[[], None] = lambda: None) -> Tables:
    """The tables of an engine, made once each."""
    return Tables(engine, pause)


def at_ease(rows: Iterable[tuple[str, Row]], pause: Callable[[], None]) -> Iterator[tuple[str, Row]]:
    """The rows, with a call of `pause` before each."""
    for row in rows:
        pause()
        yield row


def made_for(engine: Engine) -> bool:
    """Whether the tables of `engine` are there."""
    return engine in made_tables


# --- provinces -------------------------------------------------------------------------------


def place_rows(engine: Engine) -> Iterator[tuple[str, Row]]:
    """Provinces at publication and, where the count is another, present ones; with and without their unit word."""
    then, now = ({k: n for k, n in engine.terms(facet) if k != UNKNOWN} for facet in ("province", "now"))
    for name, count in then.items():
        yield from spellings_of(name, Row("province", label("province", name), Message("tên lúc đăng bài"), count,
                                          facet=("province", name)))
    for name, count in now.items():
        if then.get(name) != count:
            yield from spellings_of(name, Row("province_now", label("now", name), Message("địa giới hiện nay"), count,
                                              facet=("now", name)))


def spellings_of(name: str, row: Row) -> Iterator[tuple[str, Row]]:
    """A province's row under each way to write its name."""
    for spelling in dict.fromkeys((name, unit_and_name(name, None), row.text)):
        yield spelled(spelling), row


# --- units -----------------------------------------------------------------------------------

# How a provincial unit is shown, and the ways to write it in full; {} is "tỉnh Gia Lai", "thành phố Đà Nẵng".
PROVINCIAL = (
    ("Bộ CHQS {}", ("Bộ CHQS", "Bộ Chỉ huy quân sự")),
    ("Công an {}", ("Công an tỉnh", "Công an thành phố")),
    ("Bộ Chỉ huy BĐBP {}", ("Bộ Chỉ huy BĐBP", "Bộ Chỉ huy Bộ đội Biên phòng", "BĐBP tỉnh", "Bộ đội Biên phòng tỉnh")),
    ("UBND {}", ("UBND tỉnh", "UBND thành phố", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố")),
    ("HĐND {}", ("HĐND tỉnh", "HĐND thành phố", "Hội đồng nhân dân tỉnh", "Hội đồng nhân dân thành phố")),
    ("Hội đồng nghĩa vụ quân sự {}", ("Hội đồng nghĩa vụ quân sự",)),
)
# The two that have no Bộ CHQS: the capital's command ranks with the military regions, the other has its own name.
WITHOUT_COMMAND = {"Hà Nội", "Hồ Chí Minh"}
NAMED = ("Bộ Tư lệnh Thành phố Hồ Chí Minh",)
ABOUT_UNIT = Message("bài về {} có nhắc đơn vị này")


def unit_rows(engine: Engine) -> Iterator[tuple[str, Row]]:
    """Provincial units that articles about the province name, units with names of their own, and military regions."""
    for shape, written in PROVINCIAL:
        found = engine.find(Query(match=any_phrase(written), facets=(("province", 500),), limit=0))
        for name, count in found.facets["province"]:
            if name != UNKNOWN and not (shape.startswith("Bộ CHQS") and name in WITHOUT_COMMAND):
                place = unit_and_name(name, None)
                row = Row("unit", shape.format(place), ABOUT_UNIT.format(label("province", name)), count)
                openings = dict.fromkeys((shape, *(f"{text.removesuffix(' tỉnh')} {{}}" for text in written)))
                yield from ((spelled(opening.format(at)), row) for opening in openings for at in (place, name))
    for name in (*NAMED, *(region for region, _ in engine.terms("region"))):
        if count := holding(engine, name):
            yield spelled(name), Row("unit", name, Message("bài có nhắc đơn vị này"), count)


def holding(engine: Engine, phrase: str) -> int:
    """How many articles hold the phrase."""
    return how_many(engine, any_phrase((phrase,)))


def any_phrase(written: Iterable[str]) -> Node:
    """A node for articles that hold one of these phrases."""
    return AnyOf(tuple(Phrase(tuple(Word(word) for word in spelled(text).split())) for text in written))


# --- officials -------------------------------------------------------------------------------


def official_rows(engine: Engine) -> Iterator[tuple[str, Row]]:
    """Officials by every part of their name that runs to its end, and by given name first."""
    for key, count in engine.terms("official"):
        name, _, place = key.partition("@")
        row = Row("official", "", place, count, key, ("official", key))
        words = name.split()
        words = words if all(map(str.isalpha, words)) else spelled(name).split()  # keys are normalised already
        parts = [" ".join(words[at:]) for at in range(len(words))]
        yield from ((part, row) for part in dict.fromkeys([*parts, " ".join([*words[-1:], *words[:-1]])]))


def official_detail(engine: Engine, key: str) -> str:
    """Rank and post in the newest article that names the person, and the place the key tells namesakes apart by."""
    newest = engine.find(Query(match=Value("official", (key,)), limit=1)).hits
    place = key.partition("@")[2]
    for entry in engine.entries([hit.id for hit in newest]):
        for official in entry.entities.officials:
            if official.key == key:
                told = ", ".join(filter(None, (official.rank, *official.posts[:1])))
                return told if place and place in told else " · ".join(filter(None, (told, place)))
    return place


# --- phrases ---------------------------------------------------------------------------------


def phrase_rows(engine: Engine) -> Iterator[tuple[str, Row]]:
    """Words of several syllables and set phrases of the local defence press that enough articles hold."""
    for text in dict.fromkeys(form for row in table() for form in row.long):
        if count := holding(engine, text):
            yield spelled(text), Row("phrase", text, "", count)
    least = max(LEAST_HELD, LEAST_SHARE * engine.count())
    for term, count in engine.terms("word"):
        if count >= least and "_" in term:
            text = term.replace("_", " ")
            if not any(map(str.isdigit, text)):
                yield text, Row("phrase", text, "", count)
