"""/api/articles/{id} and /api/articles?id=: what the archive knows of an article, each value with its sentence."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, abort

from indexer.model import Entry, Message
from indexer.search.archive import Engine
from indexer.search.labels import IN_OFFICE
from indexer.search.serializers import extract_json, official_json, parsed_json, told_json
from search_app.api.paging import answer, sent
from search_app.api.route import PATH, Asked, Parameter, Route
from search_app.api.schema import STRING, Json, array, mapping, nullable, obj, ref, said, text, texts
from search_app.api.shapes import COMMON, QUOTE, ROW, SHAPES
from search_app.i18n.language import translated
from search_app.view import filters
from search_app.view.article_context import article_context, stories_of
from search_app.view.article_row import as_json
from search_app.view.people import addresses_of
from search_app.web.archive import archive
from search_app.web.readers import may_read_whole

SNIPPET = 300  # characters of the beginning that every reader gets
MOST = 20  # articles of one request
MOST_CHARACTERS = 2_000  # of an id
STYLES = ("text", "bibtex", "ris", "csl")


def one(asked: Asked) -> Response:
    """One article by its id in the path; 404 for an unknown one. Where a proxy merged slashes, they are mended."""
    wanted = asked.path["id"]
    entry = archive().entry(wanted) or archive().entry(wanted.replace(":/", "://", 1))
    if entry is None:
        abort(404)
    engine = archive().engine()
    return answer(engine, article_json(engine, entry) | beside(entry), filters.article_path(entry.id))


def several(asked: Asked) -> Response:
    """Up to MOST articles by ?id=, also those whose id a path does not carry; `missing` are unknown ids."""
    engine, wanted = archive().engine(), asked["id"]
    found = {entry.id: entry for entry in engine.entries(list(wanted))}
    items = [article_json(engine, found[id]) for id in wanted if id in found]
    missing = [id for id in wanted if id not in found]
    return sent(engine, {"items": translated(items), "missing": missing, "generation": engine.generation})


def article_json(engine: Engine, entry: Entry) -> dict[str, Any]:
    """An article as files have it, with what `quocphong show --json` adds: every value with its sentence."""
    article, known = entry.article, entry.entities
    row = as_json(entry, filters.excerpt(article.text, SNIPPET), stories_of(engine, archive()).story_of(entry.id))
    told = told_json(known)
    pages = addresses_of(known.officials)
    officials = [official_json(each) | parsed_json(each) | {"key": each.key, "page": pages.get(each.key)}
                 for each in known.officials]
    whole = {"text": article.text} if may_read_whole() else {}
    return row | {
        "published": extract_json(article, known)["published"], "event": known.event or None, "topics": told["topics"],
        "officials": officials, "cite": {style: cite_url(entry.id, style) for style in STYLES},
    } | whole


def beside(entry: Entry) -> dict[str, Any]:
    """What the page lists beside an article: the same story elsewhere, and the articles most like it with reasons."""
    context = article_context(archive(), entry)
    return {
        "same_story": [named(each) for each in context.same_story],
        "related": [named(each.entry) | {"why": list(each.why)} for each in context.related],
        "testimony": [named(each) for each in context.testimony],
    }


def named(entry: Entry) -> dict[str, Any]:
    """An article named in another's answer."""
    return {"id": entry.id, "title": entry.article.title, "date": entry.entities.published.date,
            "page": filters.article_path(entry.id)}


def cite_url(id: str, style: str) -> str:
    """The address of the citation of an article."""
    return f"/article-cite?{urlencode({'id': id, 'format': style})}"


HELD = obj(post=STRING, status=said(STRING, f"{IN_OFFICE}: in office."), head=STRING, body=STRING, level=STRING,
           place=STRING, evidence=QUOTE, **{"class": STRING})
NAMED = {"id": STRING, "title": STRING, "date": nullable(STRING), "page": STRING}
PUBLISHED = obj(**SHAPES["Published"]["properties"], evidence=QUOTE, year_evidence=QUOTE)
OFFICIAL = obj(name=STRING, rank=nullable(STRING), posts=array(STRING), key=STRING, held=array(HELD),
               roles=array(obj(role=STRING, evidence=QUOTE)),
               page=said(nullable(STRING), "The person's page; null for who has none."))
ARTICLE: dict[str, Json] = {
    **ROW, "published": PUBLISHED, "topics": array(obj(topic=STRING, evidence=QUOTE)), "officials": array(OFFICIAL),
    "event": said(nullable(STRING), "The day of what the article tells."),
    "cite": said(mapping(STRING), "Addresses of citations by style."),
}
BESIDE = {
    "same_story": array(obj(**NAMED)),
    "related": array(obj(**NAMED, why=array(STRING))),
    "testimony": said(array(obj(**NAMED)), "Articles that tell where its official serves, if its place rests on it."),
}
FOUND = obj(items=array(ref("ArticleItem")), missing=array(STRING), generation=COMMON["generation"])
ID = Parameter("id", Message("mã bài"), text(MOST_CHARACTERS), "As results give it.", PATH, required=True)
IDS = Parameter("id", Message("mã bài; có thể lặp lại"), texts(MOST_CHARACTERS, MOST), "Repeat for more.")
ROUTES = (
    Route("/api/articles/{id}", Message("Một bài: mọi điều nhận ra được, mỗi điều kèm câu làm căn cứ."), "Article", one,
          (ID,), "/api/articles/{id}", (400, 404, 414, 429, 503),
          {"Article": obj(**ARTICLE, **BESIDE, **COMMON, optional=("text",))}),
    Route("/api/articles", Message("Nhiều bài theo mã, cả những mã không viết được vào đường dẫn."), "Articles",
          several, (IDS,), "/api/articles?id={id}",
          shapes={"Articles": FOUND, "ArticleItem": obj(**ARTICLE, optional=("text",))}),
)
