"""What a year-end report says that the same province's report of the year before did not.

Reports are formulaic: most sentences return every year with other figures. So a sentence is compared with the most
alike one of the earlier report, figures left aside, and is "new" where none is nearly equal, "other figures" where one
is. Beside it stand the people, posts, places and words that the earlier report does not hold anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile
from math import log

from indexer.engine.port import Engine
from indexer.entities.facets import UNKNOWN
from indexer.entities.post_keys import post_key
from indexer.model import Article, Entry, Filter, Post, Query
from indexer.model.excerpt import MASK
from indexer.search.per_engine import whole
from indexer.storage.minhash import split
from indexer.text import words_of

TOPIC = "tổng kết"
HALF_YEAR = "sơ kết"  # in the title: a review of half a year, no year-end report
APART = range(270, 830)  # days between two reports: the one before, or the one before that where none is held
ALIKE = 0.15  # the share of word pairs that title and opening of two reports on one subject have in common
OPENING = 500  # characters that say what a report is on
READ = 200  # reports of the province looked at, the newest
SEASON = 180  # days: reports that belong to the same turn of a year
NEARLY = 0.6  # the share of a sentence's word pairs that its counterpart holds
SHORTEST = 6  # syllables: below that it is a heading or a name
TERMS, RARE = 8, 0.05  # so many new words are named; only those that stand in fewer than this share of all articles
SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]['\"”)]*(?=\s+[^\W\da-z])|(?=\n)|\Z)")
SPOKEN = re.compile(r"[^\W\d]+(?:_[^\W\d_]+)+")  # words of several syllables, none of them a number
FIGURE = re.compile(r"\d[\d.,/]*\d|\d")
PLACE = re.compile(r"\b(huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu|tỉnh)(?=((?: [\w'’]+){1,4}))")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report. `before` is its counterpart in the earlier one, "" where there is none; `marks` are
    the spans of the figures that the counterpart does not hold."""

    text: str
    before: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    def shown_of(self, text: str, before: str) -> Sentence:
        """The sentence as the two texts show it: one mark for a sentence that an excerpt does not hold."""
        other = self.before if not self.before or self.before in before else MASK
        return Sentence(self.text if self.text in text else MASK, other, self.marks)


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a report against `previous`, each list in the order of the text; `read` sentences were compared.

    people, posts, places and terms stand nowhere in the earlier report; `figures` are the sentences that return with
    other figures, `sentences` those without a counterpart.
    """

    previous: Entry
    read: int
    sentences: tuple[Sentence, ...]
    figures: tuple[Sentence, ...]
    people: tuple[str, ...]
    posts: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[str, ...]


def whats_new(engine: Engine, entry: Entry) -> News | None:
    """What is new in the year-end report `entry`; None for any other article, and where no earlier report is held.

    Of excerpts the whole reports are compared, and only the sentences that the excerpts hold are shown.
    """
    if (full := whole(engine)) is not engine:
        return next((shown_in(news, engine, entry) for each in full.entries([entry.id])
                     if (news := whats_new(full, each))), None)
    previous = report_before(engine, entry)
    if previous is None:
        return None
    compared = list(against(entry.article.text, previous.article.text))
    earlier = Earlier(previous)
    return News(
        previous,
        len(compared),
        tuple(each for each in compared if not each.before),
        tuple(each for each in compared if each.before and each.marks),
        tuple(earlier.without(official.name for official in entry.entities.officials)),
        tuple(new_posts(entry, previous)),
        tuple(earlier.without(places(entry.article.text))),
        tuple(new_terms(engine, entry, earlier)),
    )


def shown_in(news: News, engine: Engine, entry: Entry) -> News:
    """The news of `entry` as its excerpt and that of the earlier report show them."""
    [previous] = engine.entries([news.previous.id])
    texts = entry.article.text, previous.article.text
    sentences, figures = (tuple(each.shown_of(*texts) for each in some) for some in (news.sentences, news.figures))
    return replace(news, previous=previous, sentences=sentences, figures=figures)


# --- which report is compared ---------------------------------------------------------------------------


def report_before(engine: Engine, entry: Entry) -> Entry | None:
    """The latest earlier report of the same province and level on the same subject; None where there is none.

    It appeared 9 to 27 months earlier, is of the same district or of the province itself, and shares words of title
    and opening.
    """
    provinces = entry.keys.get("province", ())
    if not is_report(entry) or len(provinces) != 1 or provinces == (UNKNOWN,):
        return None
    year = int(entry.day[:4])
    years = tuple(map(str, range(year - APART[-1] // 365 - 1, year + 1)))
    filters = (Filter("topic", (TOPIC,)), Filter("province", provinces), Filter("year", years))
    found = engine.find(Query(filters=filters, sort="newest", limit=READ)).hits
    earlier = [each for each in engine.entries([hit.id for hit in found]) if comparable(entry, each)]
    newest = max((day_of(each) for each in earlier), default=0)
    latest = [each for each in earlier if newest - day_of(each) <= SEASON]
    return max(latest, key=lambda each: (likeness(entry, each), each.id), default=None)


def is_report(entry: Entry) -> bool:
    """Whether an article is a dated report on a whole year."""
    return TOPIC in entry.keys.get("topic", ()) and bool(entry.day) and HALF_YEAR not in entry.article.title.lower()


def comparable(entry: Entry, other: Entry) -> bool:
    """Whether `other` is the report of the same place about a year before, told in similar words."""
    same_province = entry.keys.get("province", ()) == other.keys.get("province", ())
    same_place = same_province and districts(entry) == districts(other)
    return (
        is_report(other) and same_place and day_of(entry) - day_of(other) in APART and likeness(entry, other) >= ALIKE
    )


def districts(entry: Entry) -> set[str]:
    """The districts that title and first paragraph name: whose report it is. Others are named in passing."""
    title, (first, *_) = entry.article.title, entry.article.text.split("\n")
    quotes = ((each.name, each.evidence.quote) for each in entry.entities.localities
              if each.kind == "district" and each.evidence)
    return {name for name, quote in quotes if quote in first or quote in title}


def day_of(entry: Entry) -> int:
    """The day of publication as a number. A year or month alone counts as its end: year-end reports come then."""
    missing = 10 - len(entry.day)  # "2022" lacks six characters, "2022-03" three
    return date.fromisoformat(entry.day + "-12-28"[6 - missing :]).toordinal()


def likeness(one: Entry, other: Entry) -> float:
    """The share of word pairs that titles and openings have in common (Jaccard)."""
    ours, theirs = opening(one.article), opening(other.article)
    return len(ours & theirs) / max(1, len(ours | theirs))


def opening(article: Article) -> set[tuple[str, str]]:
    """The pairs of words in the title and the first OPENING characters."""
    return pairs(f"{article.title}\n{article.text[:OPENING]}")


# --- sentence by sentence -------------------------------------------------------------------------------


def against(text: str, before: str) -> Iterator[Sentence]:
    """The sentences of `text`, each with its nearly equal counterpart in `before`; headings and names are left out."""
    earlier = [(each, pairs(each)) for each in sentences(before)]
    for sentence in sentences(text):
        own = pairs(sentence)
        if len(own) < SHORTEST - 1:
            continue
        share, other = max(((len(own & held) / len(own), each) for each, held in earlier), default=(0.0, ""))
        if share < NEARLY:
            yield Sentence(sentence)
        else:
            yield Sentence(sentence, other, tuple(new_figures(sentence, other)))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; a line ends one, an abbreviation before a small letter does not."""
    return (sentence for found in SENTENCE.finditer(text) if (sentence := found.group().strip()))


def pairs(text: str) -> set[tuple[str, str]]:
    """The pairs of neighbouring syllables without accents, all figures being one."""
    return set(pairwise("#" if each[0].isdigit() else each for each in split(text)))


def new_figures(sentence: str, before: str) -> Iterator[tuple[int, int]]:
    """Where figures stand in a sentence that are not in `before`."""
    held = set(FIGURE.findall(before))
    return (found.span() for found in FIGURE.finditer(sentence) if found.group() not in held)


# --- what stands nowhere in the earlier report ----------------------------------------------------------


class Earlier:
    """The earlier report, to ask whether it holds some words in any case, with or without accents."""

    def __init__(self, entry: Entry) -> None:
        self.text = spaced(f"{entry.article.title} {entry.article.text}")

    def holds(self, words: str) -> bool:
        """Whether the earlier report has these words in a row."""
        return spaced(words) in self.text

    def without(self, named: Iterable[str]) -> Iterator[str]:
        """Those of `named` that it does not hold, each once."""
        return (each for each in dict.fromkeys(named) if not self.holds(each))


def spaced(text: str) -> str:
    """The words of a text between single spaces, with a space at both ends."""
    return f" {' '.join(split(text))} "


def new_posts(entry: Entry, previous: Entry) -> Iterable[str]:
    """The posts of officials, compared as parsed and shown as written, that nobody in the earlier report holds."""
    held = {post_key(post) for post in posts(previous)}
    return dict.fromkeys(post.text for post in posts(entry) if post_key(post) not in held)


def posts(entry: Entry) -> Iterator[Post]:
    """The posts of all officials of an entry that could be taken apart."""
    return (post for official in entry.entities.officials for post in official.held if post.head)


def places(text: str) -> Iterator[str]:
    """Units with their names, as written: "huyện Lạc Dương", "phường Quy Nhơn"."""
    for unit, following in PLACE.findall(text):
        if name := " ".join(takewhile(lambda syllable: syllable[0].isupper(), following.split())):
            yield f"{unit} {name}"


def new_terms(engine: Engine, entry: Entry, earlier: Earlier) -> list[str]:
    """The words of several syllables that are new and say most: often here, rare in the archive."""
    articles = max(2, engine.count())
    text = entry.article.text
    named = spaced(" ".join((*(official.name for official in entry.entities.officials), *places(text))))
    weighed = []
    for word, times in Counter(word for word, _ in words_of(text) if SPOKEN.fullmatch(word)).items():
        plain, held = word.replace("_", " "), engine.frequency("word", word)
        if held <= max(1, RARE * articles) and not earlier.holds(plain) and spaced(plain) not in named:
            weighed.append((-times * log(articles / max(1, held)), plain))
    return [word for _, word in sorted(weighed)[:TERMS]]
