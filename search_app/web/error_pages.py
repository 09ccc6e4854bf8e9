"""Error responses: a page for people, a problem document for programs, with the remedy where the index is the cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from indexer.model import Message
from indexer.model.errors import IndexDamaged, IndexMissing, IndexOutdated, QuocphongError
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.i18n.language import say, translated
from search_app.i18n.translating import render
from search_app.web.problems import kind_of, problem


@dataclass(frozen=True, slots=True)
class Remedy:
    """Why the index cannot be used, the command that mends it, and the code of the problem."""

    why: str
    command: str
    code: str


REMEDIES: dict[type[QuocphongError], Remedy] = {
    IndexMissing: Remedy(messages.INDEX_MISSING, "quocphong index", "index_missing"),
    IndexOutdated: Remedy(messages.INDEX_OUTDATED, "quocphong index --rebuild", "index_outdated"),
    IndexDamaged: Remedy(messages.INDEX_DAMAGED, "quocphong index --rebuild", "index_damaged"),
    QuocphongError: Remedy(messages.INDEX_UNUSABLE, "quocphong doctor", "index_unusable"),
}
INVALID_PARAMETER, UNKNOWN_VALUE = "invalid_parameter", "unknown_value"  # codes of a 400 answer
IN_JSON = ("/healthz", "/openapi.json", "/search.json", "/search.jsonl")
RETRY_AFTER = "120"
KEPT_HEADERS = frozenset({"Allow", "Retry-After"})  # of an HTTPException: they tell what would be accepted


class BadRequest(Exception):
    """A request whose parameters make no sense.

    `problems`: a sentence for each such parameter; `code`: of what kind they are; `suggestions`: values to use instead.
    """

    def __init__(
        self, problems: dict[str, str], code: str = INVALID_PARAMETER,
        suggestions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__("; ".join(problems.values()))
        self.problems, self.code, self.suggestions = problems, code, suggestions or {}


class CursorExpired(Exception):
    """A cursor of another generation of the index. `first` is the address of the first page."""

    def __init__(self, first: str) -> None:
        super().__init__(first)
        self.first = first


def register(app: Flask) -> None:
    """Have the application answer errors with the functions below."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(QuocphongError, index_error)
    app.register_error_handler(BadRequest, bad_request)
    app.register_error_handler(CursorExpired, cursor_expired)
    app.register_error_handler(Exception, own_error)


def http_error(error: HTTPException) -> Response:
    """The page for a status such as 404; redirects and ready responses go out as they are."""
    if error.response is not None or (error.code or 500) < 400:
        return Response(error.get_response().get_data(), error.code, dict(error.get_headers()))
    response = error_response(error.code or 500)
    response.headers.update((name, value) for name, value in error.get_headers() if name in KEPT_HEADERS)
    return response


def index_error(error: QuocphongError) -> Response:
    """503 while the index is missing, outdated or damaged. Pages that need no index still work."""
    remedy = next(REMEDIES[kind] for kind in type(error).__mro__ if kind in REMEDIES)
    current_app.logger.error("%s: %s", type(error).__name__, error)
    response = error_response(503, remedy)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def bad_request(error: BadRequest) -> Response:
    """400 with a sentence for each parameter."""
    problems = translated(error.problems)
    detail, named = "; ".join(problems.values()), {"parameters": problems, "suggestions": error.suggestions}
    return problem(400, kind_of(400, error.code), detail, {"code": error.code, "message": detail, **named},
                   parameter=next(iter(problems)), **named)


def cursor_expired(error: CursorExpired) -> Response:
    """410 with the address to begin again."""
    kind = kind_of(410)
    return problem(410, kind, say(kind.remedy), {"message": say(kind.remedy)}, parameter="cursor", first=error.first)


def own_error(error: Exception) -> Response:
    """500 for an error of the program. The traceback is logged and not shown."""
    current_app.logger.exception("%s %s", request.method, request.path)
    return error_response(500)


def error_response(
    status: int, remedy: Remedy | None = None, failure: tuple[Message, Message] | None = None, code: str = ""
) -> Response:
    """The response for a status: a problem document for programs, else a page.

    `failure`: its title and sentence if not the usual; `code`: that of the problem if the status does not tell it.
    """
    title, sentence = failure or messages.FAILURES.get(status, messages.FAILURES[400 if status < 500 else 500])
    if wants_json():
        message = " ".join(map(say, [sentence, remedy.why, remedy.command] if remedy else [sentence]))
        return problem(status, kind_of(status, remedy.code if remedy else code), message, {"message": message})
    search = SavedSearch() if status == 404 or failure else None  # another search may find it
    page = render("error.html", status=status, title=title, sentence=sentence, remedy=remedy, search=search,
                  home=status != 503 or failure)
    response = Response(page, mimetype="text/html")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_json() -> bool:
    """Whether the request is for an address that answers in JSON."""
    return request.path.startswith("/api/") or request.path in IN_JSON
