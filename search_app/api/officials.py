"""/api/officials: who held what, when, the latest first, each with the newest article that says so."""

from __future__ import annotations

from typing import Any

from flask import Response

from indexer.model import Message
from indexer.search.archive import Engine
from indexer.search.holdings import Holding, Proof, find, proofs
from indexer.search.people import People
from search_app.api.paging import part
from search_app.api.route import CURSOR, Asked, Parameter, Route, limit
from search_app.api.schema import COUNT, STRING, array, nullable, obj, ref, said, text
from search_app.api.shapes import COMMON, NEXT
from search_app.i18n import messages
from search_app.view.holders import LONGEST, HoldersRequest, unknown
from search_app.view.people import all_people
from search_app.web.archive import archive
from search_app.web.error_pages import UNKNOWN_VALUE, BadRequest

MOST, USUAL = 100, 25  # rows of one answer


def holdings(asked: Asked) -> Response:
    """The rows of /officials. A post or province that nobody knows is refused; the nearest are named."""
    engine, people = archive().engine(), all_people()
    wanted = HoldersRequest(**{name: asked[name] for name in ("q", "post", "province", "year")})
    if wanted.year and wanted.asked.years is None:
        raise BadRequest({"year": messages.YEAR_UNREAD.format(wanted.year)})
    found = find(engine, people, wanted.asked)
    if not found:
        refuse_unknown(engine, people, wanted)
    end = asked.offset + asked["limit"]
    items = [holding_json(each) for each in proofs(engine, found[asked.offset : end])]
    return part(engine, {"total": len(found), "items": items}, wanted.url(), end, len(found))


def refuse_unknown(engine: Engine, people: People, wanted: HoldersRequest) -> None:
    """BadRequest for a post or province that nobody knows."""
    near = {name: found for name, found in unknown(engine, people, wanted) if name in ("post", "province")}
    if near:
        raise BadRequest({name: messages.UNKNOWN_VALUES[name].format(getattr(wanted, name)) for name in near},
                         UNKNOWN_VALUE, near)


def holding_json(proof: Proof) -> dict[str, Any]:
    """A person at a post, with the article that proves it; null where no article has it any more."""
    holding, row = proof.holding, proof.row
    first, last = holding.span
    return {
        "person": holding.person.id, "name": holding.person.name, "post": holding.name, "status": holding.post.status,
        "head": holding.post.head, "body": holding.post.body, "level": holding.post.level,
        "place": holding.post.place, "province": holding.province, "first_year": first, "last_year": last,
        "years": sorted({bound.year for bound in holding.years if bound.year}), "inferred_years": inferred(holding),
        "proof": row and {"id": row.id, "title": row.title, "url": row.url, "source": row.source,
                          "published": row.published, "basis": row.published_basis, "sentence": row.sentence},
    }


def inferred(holding: Holding) -> list[str]:
    """The years that rest on inferred dates only."""
    stated = {bound.year for bound in holding.years if not bound.dated}
    return sorted({bound.year for bound in holding.years if bound.year} - stated)


PROOF = obj(id=STRING, title=STRING, url=STRING, source=STRING, published=STRING, basis=STRING, sentence=STRING)
HOLDING = obj(
    person=said(STRING, "The person's key."), name=STRING, post=said(STRING, "In canonical words."), status=STRING,
    head=STRING, body=STRING, level=STRING, place=STRING, province=STRING,
    first_year=said(STRING, "The first year of publication; empty where unknown. Never a term of office."),
    last_year=STRING, years=array(STRING),
    inferred_years=said(array(STRING), "Years that rest on inferred dates only."),
    proof=said(nullable(ref("Proof")), "The newest article that says so."),
)  # fmt: skip
NAME = Parameter("q", Message("một phần của tên"), text(LONGEST), "Part of a name, with or without accents.")
POST = Parameter("post", Message("chức vụ, viết cách nào cũng được"), text(LONGEST), "A post in any spelling.")
PROVINCE = Parameter("province", Message("tỉnh, thành phố của chức vụ"), text(LONGEST), "Province of the post.")
YEAR = Parameter("year", Message("năm đăng: 2023, 2021-2023, 2021- hoặc -2023"), text(LONGEST),
                 "Years of publication: 2023, 2021-2023, 2021- or -2023.")
ROUTES = (
    Route("/api/officials", Message("Ai được báo nêu giữ chức gì, ở đâu, năm nào, kèm câu làm bằng chứng."), "Holdings",
          holdings, (NAME, POST, PROVINCE, YEAR, limit(MOST, USUAL), CURSOR), "/api/officials?limit=3",
          (400, 410, 414, 429, 503),
          {"Holdings": obj(total=COUNT, items=array(ref("Holding")), **NEXT, **COMMON), "Holding": HOLDING,
           "Proof": PROOF}),
)
