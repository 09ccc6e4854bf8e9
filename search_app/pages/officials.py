"""Officials: /officials lists everyone whom newspapers name at a public post, /officials/<key> what they report of one.

Each statement stands with its article. The corrections of editors are read for every page.
"""

from __future__ import annotations

import unicodedata

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.search.mentions import Wanted, mentions
from indexer.search.people import Person, periods
from indexer.search.vietnamese import TONES, given_name_key, vietnamese_key
from search_app.view.page import page_response
from search_app.view.people import all_people, person_line
from search_app.web.archive import archive

blueprint = Blueprint("officials", __name__)

LISTED = 300  # people on a page; more are listed by the first letter of the given name


@blueprint.get("/officials")
def page() -> Response:
    """Everyone, by given name. ?q= is a part of a name, ?chu= the first letter of a given name."""
    text, letter = request.args.get("q", "").strip()[:100], request.args.get("chu", "").strip()[:2]
    people = all_people()
    found = people.search(text) if text else list(people)
    letters = sorted({initial(person) for person in found}, key=vietnamese_key)
    by_letter = len(found) > LISTED
    if by_letter:
        letter = letter if letter in letters else letters[0]
        found = [person for person in found if initial(person) == letter]
    found.sort(key=lambda person: (given_name_key(person.name), person.place))
    return page_response("officials.html", people=[*map(person_line, found)], text=text,
                         letters=letters if by_letter else [], letter=letter, total=len(found))


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
    return page_response(
        "official.html", person=person, articles=len({row.id for row in rows}),
        spellings=sorted({row.name for row in rows} - {person.name}),
        posts=[*periods((row.post_name, row) for row in rows if row.head)],
        ranks=[*periods((row.rank, row) for row in rows if row.rank)],
        others=[*map(person_line, people.maybe_same(person))],
    )  # fmt: skip


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
