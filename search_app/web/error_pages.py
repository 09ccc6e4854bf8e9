"""What the site says when it has no page to give: in Vietnamese to people, in JSON to programs, with the remedy."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from indexer.model.errors import IndexDamaged, IndexMissing, IndexOutdated, QuocphongError
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.i18n.language import said_throughout, say
from search_app.i18n.translating import render


@dataclass(frozen=True, slots=True)
class Remedy:
    """Why the archive cannot answer, and the command that mends it."""

    why: str
    command: str


REMEDIES: dict[type[QuocphongError], Remedy] = {
    IndexMissing: Remedy(messages.INDEX_MISSING, "quocphong index"),
    IndexOutdated: Remedy(messages.INDEX_OUTDATED, "quocphong index --rebuild"),
    IndexDamaged: Remedy(messages.INDEX_DAMAGED, "quocphong index --rebuild"),
    QuocphongError: Remedy(messages.INDEX_UNUSABLE, "quocphong doctor"),
}
RETRY_AFTER = "120"
TOLD_WITH = frozenset({"Allow", "Retry-After"})  # headers of a refusal that tell what would be accepted


class BadRequest(Exception):
    """A program asked for something that makes no sense; `problems` says what, parameter by parameter."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_failure)
    app.register_error_handler(QuocphongError, index_failure)
    app.register_error_handler(BadRequest, bad_request)
    app.register_error_handler(Exception, own_failure)


def http_failure(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return Response(error.get_response().get_data(), error.code, dict(error.get_headers()))
    response = answer(error.code or 500)
    response.headers.update((name, value) for name, value in error.get_headers() if name in TOLD_WITH)
    return response


def index_failure(error: QuocphongError) -> Response:
    """503 while the index is missing, outdated or damaged: other pages still work and it will come back."""
    remedy = next(REMEDIES[kind] for kind in type(error).__mro__ if kind in REMEDIES)
    current_app.logger.error("%s: %s", type(error).__name__, error)
    response = answer(503, remedy)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def bad_request(error: BadRequest) -> Response:
    problems = said_throughout(error.problems)
    response = jsonify(error={"status": 400, "message": "; ".join(problems.values()), "parameters": problems})
    response.status_code = 400
    return response


def own_failure(error: Exception) -> Response:
    """Our own mistake: logged with its trace, told without one."""
    current_app.logger.exception("%s %s", request.method, request.path)
    return answer(500)


def answer(status: int, remedy: Remedy | None = None) -> Response:
    title, sentence = messages.FAILURES.get(status, messages.FAILURES[400 if status < 500 else 500])
    if wants_json():
        message = [sentence, remedy.why, remedy.command] if remedy else [sentence]
        response = jsonify(error={"status": status, "message": " ".join(map(say, message))})
    else:
        search = SavedSearch() if status == 404 else None  # a search may find what the address did not
        page = render("error.html", status=status, title=title, sentence=sentence, remedy=remedy, search=search)
        response = Response(page, mimetype="text/html")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.path in ("/healthz", "/search.json", "/search.jsonl")
