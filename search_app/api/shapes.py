"""The shapes that several answers of the API share, and those of files and errors."""

from __future__ import annotations

from indexer.model.facets import FACETS
from search_app.api.schema import (
    BOOLEAN,
    COUNT,
    INTEGER,
    POSITIVE,
    STRING,
    Json,
    array,
    mapping,
    nullable,
    obj,
    one_of,
    ref,
    said,
)
from search_app.i18n.messages import DATE_BASES, PROVINCE_BASES
from search_app.i18n.problem_messages import KINDS

DATED: Json = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}){0,2}$"}
QUOTE = said(nullable(STRING), "The sentence of the article it rests on.")

ROW: dict[str, Json] = {
    "id": STRING,
    "title": STRING,
    "url": {"type": ["string", "null"], "pattern": "^https?://"},
    "source": nullable(STRING),
    "author": said(nullable(STRING), "As printed."),
    "authors": said(array(STRING), "The people in it, each by himself."),
    "published": ref("Published"),
    "years_about": array(INTEGER),
    "provinces": array(ref("Province")),
    "localities": array(ref("Locality")),
    "officials": array(ref("Official")),
    **{spec.column: array(STRING) for spec in FACETS if spec.column},
    "online": one_of(["altered", "gone", None]),
    "online_at": said({"type": ["string", "null"], "format": "date-time"}, "When that was first seen."),
    "story": said(STRING, "The same for articles that tell one story (near-duplicates)."),
    "since": said(INTEGER, "The generation the article's content came in with."),
    "snippet": STRING,
    "text": said(STRING, "Only for readers who may have whole articles."),
}

SHAPES: dict[str, Json] = {
    "Published": obj(date=DATED, precision=one_of(["day", "month", "year", None]),
                     basis=said(one_of([*DATE_BASES]), "What the date rests on; event and years: inferred.")),
    "Province": obj(name=STRING, now=STRING, basis=one_of([*PROVINCE_BASES]), evidence=QUOTE),
    "Locality": obj(level=one_of(["district", "commune"]), unit=STRING, name=STRING, province=STRING, evidence=QUOTE),
    "Official": obj(name=STRING, rank=nullable(STRING), posts=array(STRING), key=said(STRING, "Tells namesakes apart."),
                    optional=("key",)),
    "FacetValue": obj(value=STRING, label=STRING, count=INTEGER, selected=BOOLEAN),
    "Row": obj(**ROW, optional=("text",)),
    "File": obj(
        query=STRING,
        part=said(POSITIVE, "A result that one request cannot pay for comes in parts: the header Link names the next."),
        parts=POSITIVE, total=INTEGER, generation=INTEGER, permalink={"type": "string", "format": "uri"},
        articles=array(ref("Row")),
    ),
    "Problem": obj(
        type=said(STRING, "Where the kind of problem is explained (RFC 9457)."),
        title=STRING,
        status=INTEGER,
        detail=said(STRING, "What is wrong, in the language of the address."),
        code=said(one_of([kind.code for kind in KINDS]), "The kind of problem; never changes."),
        parameter=said(STRING, "The first parameter at fault."),
        parameters=said(mapping(STRING), "Every parameter at fault, with a sentence."),
        suggestions=said(mapping(array(STRING)), "By parameter: the nearest known names or values."),
        first=said(STRING, "Of an expired cursor: where to begin again."),
        error=said(obj(status=INTEGER, message=STRING, code=STRING, parameters=mapping(STRING),
                       suggestions=mapping(array(STRING)), optional=("code", "parameters", "suggestions")),
                   "The same in the shape of former versions."),
        optional=("parameter", "parameters", "suggestions", "first"),
    ),
}  # fmt: skip
# What every answer of a route under /api/ that is made of the index holds besides its own.
COMMON: dict[str, Json] = {
    "generation": said(INTEGER, "Of the index; rises with every change."),
    "page": said(STRING, "The page of the site that shows the same."),
}
NEXT: dict[str, Json] = {"next": said(nullable(STRING), "The address of what follows; null at the end. Also in Link.")}
TOTAL: dict[str, Json] = {"total": COUNT}
