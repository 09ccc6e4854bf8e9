"""The pages about people and provinces: /officials and /provinces.

What stands here is what newspapers reported, each cell with its article; corrections by editors are read every time.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import Filter, Found, Official, Query
from indexer.model.facets import BELOW, BY_NAME, FACETS
from indexer.search.archive import Engine
from indexer.search.corrections import read_corrections
from indexer.search.labels import IN_OFFICE, INFERRED, Bound, province_label, role_names
from indexer.search.mentions import Wanted, mentions
from indexer.search.people import People, Person, periods
from indexer.search.provinces import Era, gazetteer, present
from indexer.search.query.bindings import table
from indexer.search.query.values import LOCAL_UNITS
from indexer.search.vietnamese import TONES, fold, given_name_key, vietnamese_key
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.pages.base import archive, show_page
from search_app.web.archive import Mark, mark_of
from search_app.web.security_headers import conditional

people = Blueprint("people", __name__)

LEVELS = tuple(spec.name for spec in FACETS if spec.place == BELOW)
LISTED = 300  # people on a page; more are listed by the first letter of the given name


@people.get("/officials")
def officials() -> Response:
    """Everyone the press names at a public post, by given name; ?q= is part of a name, ?chu= a given name's letter."""
    text, letter = request.args.get("q", "").strip()[:100], request.args.get("chu", "").strip()[:2]
    known = everyone()
    found = known.search(text) if text else list(known)
    letters = sorted({initial(person) for person in found}, key=vietnamese_key)
    by_letter = len(found) > LISTED
    if by_letter:
        letter = letter if letter in letters else letters[0]
        found = [person for person in found if initial(person) == letter]
    found.sort(key=lambda person: (given_name_key(person.name), person.place))
    return page("officials.html", people=[*map(line, found)], text=text, letters=letters if by_letter else [],
                letter=letter, total=len(found))


@people.get("/officials/<path:key>")
def official(key: str) -> AnyResponse:
    """What the press reported of one person. An address with another key of the same person leads to the first one."""
    known = everyone()
    person = known.get(key)
    if person is None:
        abort(404)
    if person.id != key:
        return redirect(url_for("people.official", key=person.id))
    told = [row for each in person.keys for row in mentions(archive().engine(), Wanted(person=each))]
    spellings = sorted({row.name for row in told} - {person.name})
    return page("official.html", person=person, articles=len({row.id for row in told}), spellings=spellings,
                posts=[*periods((row.post_name, row) for row in told if row.head)],
                ranks=[*periods((row.rank, row) for row in told if row.rank)],
                others=[*map(line, known.maybe_same(person))])


@people.get("/provinces")
def provinces() -> Response:
    """Both maps: the provinces until 30 June 2025 and those since."""
    overview = archive().overview()
    counts = {value.value: value.count for value in overview.provinces}
    then, now = named_until("2025-06-30"), named_until("9999-12-31")
    return page("provinces.html", then=then, now=now, counts=counts, slug=slug)


@people.get("/provinces/<name>")
def province(name: str) -> AnyResponse:
    """One province: what became of it, articles by year, and who was named at which post, when."""
    key = next((key for key in gazetteer().eras if slug(key) == name), None)
    if key is None:
        abort(404)
    engine = archive().engine()
    facets = ("year", 100), *((level, 500) for level in LEVELS)
    query = Query(filters=(Filter("province", (key,)),), facets=facets, limit=0)
    found = engine.find(query)
    years = sorted(found.facets["year"], key=lambda each: each[0], reverse=True)
    guessed = replace(query, filters=(*query.filters, Filter("dated", (INFERRED,))))
    rows = [bound for _, bound in table(engine).all if bound.province == key and bound.level in ("tỉnh", "khu vực")]
    return page("province.html", key=key, name=province_label(key), eras=gazetteer().eras[key], now=present(key),
                inferred=dict(engine.find(guessed).facets["year"]),
                into=[other for other in gazetteer().eras if other != key and present(other) == key],
                total=found.total, years=years, slug=slug, posts=posts_of(rows, everyone()),
                below=places_below(key, found), most=max((count for _, count in years), default=1))


@people.app_template_filter("officials_page")
def officials_page(official: Official) -> str | None:
    """The address of an official's page; None for those who have none."""
    person = everyone().get(official.key)
    return url_for("people.official", key=person.id) if person else None


@people.app_context_processor
def roles_to_show() -> dict[str, tuple[str, ...]]:
    """The roles an article page names: those of the table, not the one that is only heeded."""
    return {"shown_roles": tuple(dict.fromkeys(role_names().values()))}


# --- people --------------------------------------------------------------------------------------------

KNOWN: WeakKeyDictionary[Engine, tuple[Mark | None, People]] = WeakKeyDictionary()


def everyone() -> People:
    """The people of the index, worked out once for each generation and state of the corrections file."""
    engine, path = archive().engine(), current_app.extensions["settings"].corrections
    mark = mark_of(path)
    if (known := KNOWN.get(engine)) and known[0] == mark:
        return known[1]
    corrections, problems = read_corrections(path)
    for problem in problems:
        current_app.logger.warning("%s: %s", problem.where, problem.why)
    found = People(engine, corrections)
    KNOWN[engine] = mark, found
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A person in a list: what tells him from his namesakes, and when the press named him."""

    href: str
    name: str
    place: str
    posts: tuple[str, ...]
    years: str


def line(person: Person) -> Line:
    latest = sorted(person.held, key=lambda bound: bound.year, reverse=True)
    posts = tuple(dict.fromkeys(short_post(bound) for bound in latest if bound.head))
    return Line(url_for("people.official", key=person.id), person.name, person.place, posts[:2], span(person.held))


def short_post(bound: Bound) -> str:
    status = "" if bound.status == IN_OFFICE else bound.status
    return " ".join(part for part in (status, bound.head, bound.body) if part)


def span(bounds: Sequence[Bound]) -> str:
    """From the first year named to the last; a year that no article gives but only lets infer says so."""
    given: dict[str, bool] = {}
    for bound in bounds:
        if bound.year:
            given[bound.year] = given.get(bound.year, False) or not bound.dated
    ends = dict.fromkeys((min(given), max(given))) if given else {}
    shown = [year if given[year] else messages.AS_INFERRED.format(date=year) for year in ends]
    return messages.SPAN.format(*shown) if len(shown) > 1 else next(iter(shown), "")


def initial(person: Person) -> str:
    """The first letter of the given name: Đ is a letter of its own, so are Ă and Ơ."""
    return base_letter(given_name(person.name)[:1].upper())


def base_letter(letter: str) -> str:
    """A letter without its tone, not without its hat: Ấ stands under Â."""
    marks = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in TONES)
    return unicodedata.normalize("NFC", marks)


def given_name(name: str) -> str:
    return name.split()[-1] if name.split() else name


# --- provinces -----------------------------------------------------------------------------------------


def named_until(day: str) -> list[Era]:
    """The provinces of one map, in alphabetical order."""
    eras = (row for rows in gazetteer().eras.values() for row in rows)
    on_map = {row.name: row for row in eras if row.since <= day <= (row.until or "9999-12-31")}
    return sorted(on_map.values(), key=lambda row: vietnamese_key(row.name))


def slug(name: str) -> str:
    """"Bà Rịa - Vũng Tàu" -> "ba-ria-vung-tau"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name).lower()).split())


def places_below(province: str, found: Found) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """(title, parameter, (key, name, articles) in alphabetical order) of a province's districts and communes."""
    below: list[tuple[str, str, list[tuple[str, str, int]]]] = []
    for level in LEVELS:
        own = [(key, key.partition("@")[0], n) for key, n in found.facets[level] if key.endswith(f"@{province}")]
        below.append((BY_NAME[level].label, level, sorted(own, key=lambda each: vietnamese_key(bare_name(each[1])))))
    return below


def bare_name(place: str) -> str:
    """"thị xã Cai Lậy" -> "Cai Lậy": what a place is sorted by."""
    return place.removeprefix(next((unit for unit in LOCAL_UNITS if place.startswith(unit)), ""))


@dataclass(frozen=True, slots=True)
class Holder:
    href: str
    name: str
    status: str
    years: str


def posts_of(bounds: list[Bound], known: People) -> list[tuple[str, list[Holder]]]:
    """(post, who was named at it and when), the posts named most first, their holders the latest first."""
    named: dict[str, dict[tuple[str, str], list[Bound]]] = defaultdict(lambda: defaultdict(list))
    for bound in bounds:
        if bound.head and (person := known.get(bound.person)):
            named[f"{bound.head} {bound.body}".strip()][person.id, bound.status].append(bound)
    by_weight = sorted(named.items(), key=lambda each: (-sum(map(len, each[1].values())), each[0]))
    return [(post, list(holders(who, known))) for post, who in by_weight]


def holders(who: dict[tuple[str, str], list[Bound]], known: People) -> Iterator[Holder]:
    latest = sorted(who.items(), key=lambda each: max(bound.year for bound in each[1]), reverse=True)
    for (id, status), bounds in latest:
        if person := known.get(id):
            yield Holder(url_for("people.official", key=id), person.name, "" if status == IN_OFFICE else status,
                         span(bounds))


# --- showing -------------------------------------------------------------------------------------------


def page(template: str, **values: object) -> Response:
    html = show_page(template, file_url=file_url, **values)
    return conditional(make_response(html), archive().engine().generation)


def file_url(**wanted: str) -> str:
    return f"{current().prefix}/mentions.csv?{'&'.join(f'{name}={quote(value)}' for name, value in wanted.items())}"


