"""Going on where an answer ended: opaque cursors, and what every answer of the API ends with.

A cursor holds the generation of the index, where to go on, and a checksum of both and of the other parameters. So it is
refused where any of it was altered or where it is put into another request (400), and where the index has changed since
(410): pages of one generation never repeat or leave out an article. It holds no secret: whoever works one out gets a
page that he could have come to. It leads at most DEEPEST items deep; files of a result (/search.jsonl) have no end.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from indexer.model import Message
from indexer.search.archive import Engine
from search_app.i18n.language import translated
from search_app.web.archive import archive
from search_app.web.error_pages import BadRequest, CursorExpired
from search_app.web.etags import conditional

DEEPEST = 100_000  # items
SHAPE = re.compile(r"(\d{1,12})\.(\d{1,6})\.([0-9a-f]{16})")
WRONG = Message("Con trỏ này đã bị sửa hoặc thuộc về một yêu cầu khác. Hãy bắt đầu lại mà không có “cursor”.")


def offset_asked() -> int:
    """Where the request's cursor leads; 0 without one. Raises BadRequest for a wrong one, CursorExpired for an old."""
    given = request.args.get("cursor", "").strip()
    if not given:
        return 0
    held = SHAPE.fullmatch(opened(given))
    if held is None or int(held[2]) > DEEPEST or given != cursor(int(held[1]), int(held[2])):
        raise BadRequest({"cursor": WRONG})
    if int(held[1]) != archive().engine().generation:
        raise CursorExpired(address(others()))
    return int(held[2])


def cursor(generation: int, offset: int) -> str:
    """The cursor of this request's parameters that leads to `offset`."""
    said = f"{generation}.{offset}"
    seal = blake2b(f"{said}\n{request.path}\n{sorted(others())}".encode("utf-8", "surrogatepass"), digest_size=8)
    return urlsafe_b64encode(f"{said}.{seal.hexdigest()}".encode()).decode().rstrip("=")


def opened(given: str) -> str:
    """What a cursor holds; "" for what is none."""
    try:
        return urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("ascii")
    except ValueError:
        return ""


def others() -> list[tuple[str, str]]:
    """The parameters of the request but its cursor and page, without empty ones."""
    return [(name, value) for name, value in request.args.items(multi=True)
            if name not in ("cursor", "page") and value.strip()]


def address(pairs: list[tuple[str, str]]) -> str:
    """The address of this route with other parameters, in the language of the request."""
    query = urlencode(pairs, errors="surrogatepass")
    return f"{request.script_root}{request.path}{'?' if query else ''}{query}"


def next_address(engine: Engine, offset: int, total: int) -> str | None:
    """The address of the part that begins at `offset` of `total` items; None where there is none to go to."""
    if not 0 < offset < total or offset > DEEPEST:
        return None
    return address([*others(), ("cursor", cursor(engine.generation, offset))])


def answer(engine: Engine, body: dict[str, Any], page: str, following: str | None = None) -> Response:
    """An answer with its generation and page. `following` is the address of the next part."""
    return sent(engine, body | {"generation": engine.generation, "page": page}, following)


def part(engine: Engine, body: dict[str, Any], page: str, offset: int, total: int) -> Response:
    """An answer that is a part of `total` items; the next part begins at `offset`."""
    following = next_address(engine, offset, total)
    return answer(engine, body | {"next": following}, page, following)


def sent(engine: Engine, body: dict[str, Any], following: str | None = None) -> Response:
    """The body as JSON in the language of the request, with its ETag and the header Link."""
    response = jsonify(translated(body))
    if following:
        response.headers.add("Link", f'<{following}>; rel="next"')
    return conditional(response, engine.generation)
