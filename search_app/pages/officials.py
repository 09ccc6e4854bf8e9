"""Officials: /officials shows who held what, when; /officials/<key> what newspapers report of one person.

Each statement stands with its article. The corrections of editors are read for every page.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.model.excerpt import Excerpt, Quote
from indexer.search.holdings import every, find
from indexer.search.labels import province_label
from indexer.search.mentions import Wanted, mentions
from indexer.search.people import Move, People, Period, Person, periods
from indexer.search.per_engine import per_engine
from indexer.search.provinces import gazetteer
from indexer.search.saved_search import SavedSearch
from indexer.search.vietnamese import TONES, given_name_key, vietnamese_key
from search_app.view import links
from search_app.view.holders import HoldersRequest, holder_rows, ways_out
from search_app.view.links import Link
from search_app.view.page import page_response
from search_app.view.people import all_people, person_line
from search_app.web.archive import archive
from search_app.web.params import number_within

blueprint = Blueprint("officials", __name__)

ROWS = 25  # rows on a page, each with a quote
NAMES = 150  # names on a page
NAMESAKES = 30  # people listed above the rows where a name is asked for
POSTS_OFFERED = 40  # posts that the form offers
QUOTES, QUOTES_OF_ONE = 24, 6  # sentences on a person's page, and of one post


@dataclass(frozen=True, slots=True)
class Pages:
    """Which part of a list a page shows, counting from 1, and how many pages there are."""

    at: int
    last: int

    @classmethod
    def of(cls, found: int, size: int) -> Pages:
        """The page that the request asks for of `found` things, `size` a page; the nearest there is."""
        last = max(1, ceil(found / size))
        return cls(number_within(request.args.get("page", ""), 1, last), last)


@blueprint.get("/officials")
def page() -> Response:
    """Who held what, when, the latest first. ?q= part of a name, ?post=, ?province=, ?year=, ?page=.

    ?chu= lists people instead, by the first letter of the given name.
    """
    people = all_people()
    letters = letters_of(people)
    letter = request.args.get("chu", "").strip()[:2]
    if letter in letters:
        return by_letter(people, letters, letter)
    asked, engine = HoldersRequest.of(request.args), archive().engine()
    found = find(engine, people, asked.asked)
    named = sorted(people.search(asked.q), key=by_name) if asked.q else []
    pages = Pages.of(len(found), ROWS)
    rows = holder_rows(engine, found[(pages.at - 1) * ROWS : pages.at * ROWS])
    return page_response(
        "officials.html", asked=asked, rows=rows, total=len(found), pages=pages, letters=letters,
        named=[*map(person_line, named[:NAMESAKES])], all_named=len(named), posts=common_posts(people),
        ways_out=list(ways_out(engine, people, asked, len(found))), provinces=province_names(asked.province),
        turn=[Link(text, asked.url(page=at)) for text, at in turns(pages)],
    )  # fmt: skip


def by_letter(people: People, letters: Sequence[str], letter: str) -> Response:
    """Everyone whose given name begins with a letter, by given name."""
    found = sorted((person for person in people if initial(person) == letter), key=by_name)
    pages = Pages.of(len(found), NAMES)
    shown = found[(pages.at - 1) * NAMES : pages.at * NAMES]
    turn = [Link(text, url_for("officials.page", chu=letter, page=at)) for text, at in turns(pages)]
    return page_response("officials_by_letter.html", people=[*map(person_line, shown)], letters=letters, letter=letter,
                         total=len(found), pages=pages, turn=turn)


@blueprint.get("/officials/<path:key>")
def official(key: str) -> AnyResponse:
    """What newspapers report of one person. Another key of the same person leads to the first one."""
    people = all_people()
    person = people.get(key)
    if person is None:
        abort(404)
    if person.id != key:
        return redirect(url_for("officials.official", key=person.id))
    rows = [row for each in person.keys for row in mentions(archive().engine(), Wanted(person=each))]
    posts = [*periods((row.post_name, row) for row in rows if row.head)]
    ranks = [*periods((row.rank, row) for row in rows if row.rank)]
    articles = SavedSearch().changed(official=person.keys)
    return page_response(
        "official.html", person=replace(person, moves=sayable(person.moves)), articles=len({row.id for row in rows}),
        spellings=sorted({row.name for row in rows} - {person.name}),
        posts=posts[:QUOTES], ranks=ranks[:QUOTES], quoted=quotes_each(len(posts) + len(ranks)),
        more=len(posts[QUOTES:]),
        others=[*map(person_line, people.maybe_same(person))], articles_url=links.search_url(articles),
        namesakes_url=HoldersRequest(q=person.name).url(),
    )  # fmt: skip


def sayable(moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves, with their sentences as this reader may see those of the article."""
    told = ((move, archive().entry(move.article)) for move in moves)
    return tuple(replace(move, sentence=sentence_in(entry.article.text, move.sentence) if entry else "")
                 for move, entry in told)


def sentence_in(text: str, sentence: str) -> str:
    """A sentence on one line as an article's text shows it; "" where the text does not hold it."""
    if not isinstance(text, Excerpt):
        return sentence if sentence in " ".join(text.split()) else ""
    at = text.whole.replace("\n", " ").find(sentence)
    return Quote(text, at, at + len(sentence)) if at >= 0 else ""


def turns(pages: Pages) -> list[tuple[str, int]]:
    """The pages before and after."""
    return [(text, at) for text, at in (("before", pages.at - 1), ("after", pages.at + 1)) if 1 <= at <= pages.last]


@per_engine
def letters_of(people: People) -> list[str]:
    """The first letters of the given names there are, in alphabetical order."""
    return sorted({initial(person) for person in people}, key=vietnamese_key)


@per_engine
def common_posts(people: People) -> list[str]:
    """The posts that most people hold, for the form to offer."""
    counts = Counter(f"{each.post.head} {each.post.body}".strip() for each in every(people))
    return sorted((post for post, _ in counts.most_common(POSTS_OFFERED)), key=vietnamese_key)


def province_names(given: str) -> list[str]:
    """The provinces of both maps in alphabetical order, and what was given if it is none of them."""
    names = sorted(gazetteer().eras, key=lambda name: vietnamese_key(province_label(name).removeprefix("TP ")))
    return names if given in ("", *names) else [given, *names]


def quotes_each(periods: int) -> int:
    """How many sentences each post or rank of a person's page quotes, so that all together stay few."""
    return max(1, min(QUOTES_OF_ONE, QUOTES // max(1, periods)))


@blueprint.app_template_filter()
def proving(period: Period, most: int) -> list[object]:
    """The articles that prove a period, at most so many: the first and the latest ones."""
    articles = period.articles
    if len(articles) <= most:
        return [*articles]
    first = articles[:1] if most > 1 else ()
    return [*first, *articles[len(articles) - most + len(first) :]]


def by_name(person: Person) -> tuple[object, str]:
    """The sort key of a list of people: given name, then place."""
    return given_name_key(person.name), person.place


def initial(person: Person) -> str:
    """The first letter of the given name. Đ, Ă and Ơ are letters of their own."""
    return base_letter(given_name(person.name)[:1].upper())


def base_letter(letter: str) -> str:
    """A letter without its tone mark, but with its own mark: Ấ stands under Â."""
    marks = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in TONES)
    return unicodedata.normalize("NFC", marks)


def given_name(name: str) -> str:
    """The last word of a Vietnamese name."""
    return name.split()[-1] if name.split() else name
