"""/officials.csv: who held what, when, one row for each person at each post, with the sentence that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, request

from indexer.search.csv_lines import csv_lines
from indexer.search.holdings import Proof, find, proofs
from indexer.search.parameters import unknown
from search_app.i18n import messages
from search_app.view.holders import PARAMETERS, HoldersRequest
from search_app.view.people import all_people
from search_app.web.archive import archive
from search_app.web.error_pages import BadRequest
from search_app.web.responses import csv_download

blueprint = Blueprint("officials_file", __name__)

# Those that /mentions.csv has too mean the same there (docs/mentions.md).
COLUMNS = ("first_year", "last_year", "years", "person", "name", "post", "status", "head", "body", "level", "place",
           "province", "sentence", "id", "url", "source", "title", "published", "published_basis")  # fmt: skip


@blueprint.get("/officials.csv")
def file() -> Response:
    """Every row of /officials for ?q=, ?post=, ?province= and ?year=; BadRequest for other parameters."""
    asked, engine = read(), archive().engine()
    found = proofs(engine, find(engine, all_people(), asked.asked))
    return csv_download(csv_lines(COLUMNS, cells(found)), "officials.csv", engine.generation)


def read() -> HoldersRequest:
    """The parameters of the request. BadRequest for one that is unknown, and for a year that makes no sense."""
    if notices := tuple(unknown(name for name in request.args if name not in PARAMETERS)):
        raise BadRequest({notice.parameter: notice.text for notice in notices})
    asked = HoldersRequest.of(request.args)
    if asked.year and asked.asked.years is None:
        raise BadRequest({"year": messages.YEAR_UNREAD.format(asked.year)})
    return asked


def cells(found: Sequence[Proof]) -> Iterator[tuple[object, ...]]:
    """The cells of each row, in the order of COLUMNS."""
    for proof in found:
        holding, row = proof.holding, proof.row
        post, (first, last) = holding.post, holding.span
        years = sorted({bound.year for bound in holding.years if bound.year})
        told = (row.shown_sentence, row.id, row.url, row.source, row.title, row.published,
                row.published_basis) if row else ()
        yield (first, last, " ".join(years), holding.person.id, holding.person.name, holding.name, post.status,
               post.head, post.body, post.level, post.place, holding.province, *(told or ("",) * 7))
