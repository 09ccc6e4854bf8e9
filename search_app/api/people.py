"""/api/people: who is named; /api/people/{key}: what newspapers report of one person, each with its article."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, abort

from indexer.model import Message
from indexer.search.mentions import Wanted, mentions
from indexer.search.people import People, Person, summary
from indexer.search.per_engine import per_engine
from search_app.api.paging import answer, part
from search_app.api.route import CURSOR, PATH, Asked, Parameter, Route, limit
from search_app.api.schema import BOOLEAN, COUNT, STRING, array, nullable, obj, ref, said, text
from search_app.api.shapes import COMMON, NEXT
from search_app.view.holders import LONGEST, HoldersRequest
from search_app.view.people import all_people, by_name, person_url, posts_of, sayable
from search_app.web.archive import archive

MOST, USUAL = 100, 50  # people of one answer
QUOTED = 50  # sentences for one post or rank, the latest


def listed(asked: Asked) -> Response:
    """Everyone, or those whose name holds ?q=, by given name."""
    engine, people = archive().engine(), all_people()
    found = sorted(people.search(asked["q"]), key=by_name) if asked["q"] else in_order(people)
    end = asked.offset + asked["limit"]
    items = [person_json(person) for person in found[asked.offset : end]]
    return part(engine, {"total": len(found), "items": items}, HoldersRequest(q=asked["q"]).url(), end, len(found))


@per_engine
def in_order(people: People) -> list[Person]:
    """Everyone by given name."""
    return sorted(people, key=by_name)


def one(asked: Asked) -> Response:
    """One person by any of his keys; 404 for nobody. The dates are of newspapers, never of a term of office."""
    engine, people = archive().engine(), all_people()
    person = people.get(asked.path["key"])
    if person is None:
        abort(404)
    rows = [row for key in person.keys for row in mentions(engine, Wanted(person=key))]
    told: dict[str, Any] = summary(rows) if rows else {"ranks": [], "posts": [], "articles": 0}
    return answer(engine, person_json(person) | told | {
        **{kind: [bounded(period) for period in told[kind]] for kind in ("ranks", "posts")},
        "id": person.id, "name": person.name, "spellings": sorted({row.name for row in rows} - {person.name}),
        "moves": [{"keys": sorted(move.keys), "article": move.article, "sentence": move.sentence or None}
                  for move in sayable(person.moves)],
        "corrections": [asdict(each) | {"keys": list(each.keys)} for each in person.corrections],
        "maybe_same": [person_json(other) for other in people.maybe_same(person)],
    }, person_url(person))  # fmt: skip


def bounded(period: dict[str, Any]) -> dict[str, Any]:
    """A post or rank with its latest mentions, and how many there are."""
    return period | {"named": len(period["articles"]), "articles": period["articles"][-QUOTED:]}


def person_json(person: Person) -> dict[str, Any]:
    """A person in a list: the posts, the one named last first, with the first and last year of publication."""
    posts = []
    for post, held in posts_of(person).items():
        years = sorted({bound.year for bound in held if bound.year}) or [""]
        posts.append({"post": post, "first_year": years[0], "last_year": years[-1],
                      "inferred": all(bound.dated for bound in held)})
    return {"id": person.id, "keys": list(person.keys), "name": person.name, "place": person.place, "posts": posts}


BRIEF = {
    "id": said(STRING, "The first of the keys; tells namesakes apart."), "keys": array(STRING), "name": STRING,
    "place": STRING,
    "posts": array(obj(post=STRING, first_year=STRING, last_year=STRING,
                       inferred=said(BOOLEAN, "Whether all its years are inferred."))),
}
TIMES = {"first": STRING, "first_basis": STRING, "last": STRING, "last_basis": STRING, "province": STRING,
         "named": said(COUNT, "Mentions in all."), "articles": said(array(ref("Proof")), "The latest of them.")}
PERSON = obj(**BRIEF | {
    "ranks": array(obj(rank=STRING, **TIMES)), "posts": array(obj(post=STRING, **TIMES)), "articles": COUNT,
    "spellings": array(STRING),
    "moves": said(array(obj(keys=array(STRING), article=STRING, sentence=nullable(STRING))),
                  "Articles that state why two keys are one person."),
    "corrections": said(array({"type": "object"}), "What editors changed, with their sources."),
    "maybe_same": said(array(ref("PersonItem")), "Others of the same name; never merged."),
}, **COMMON)  # fmt: skip
NAME = Parameter("q", Message("một phần của tên"), text(LONGEST), "Part of a name, with or without accents.")
KEY = Parameter("key", Message("khóa của một người"), text(LONGEST), "As any answer gives it.", PATH, required=True)
ROUTES = (
    Route("/api/people", Message("Những người được nêu tên, theo tên gọi."), "People", listed,
          (NAME, limit(MOST, USUAL), CURSOR), "/api/people?limit=3", (400, 410, 414, 429, 503),
          {"People": obj(total=COUNT, items=array(ref("PersonItem")), **NEXT, **COMMON), "PersonItem": obj(**BRIEF)}),
    Route("/api/people/{key}", Message("Báo viết gì về một người: chức vụ, cấp bậc, năm, kèm bài."), "Person", one,
          (KEY,), "/api/people/{key}", (400, 404, 414, 429, 503), {"Person": PERSON}),
)
