"""Conditional requests: every page has an ETag, and a page that was made before is not made again."""

from __future__ import annotations

from hashlib import blake2b

from flask import Flask, Response, current_app, g, request

from indexer import __version__
from indexer.model.errors import QuocphongError
from search_app.web.allowances import allowance
from search_app.web.archive import mark_of
from search_app.web.compression import packed, takes_gzip, unpacked, with_packed
from search_app.web.page_cache import PageCache, Remembered
from search_app.web.readers import at_this_machine, may_read_whole

NO_INDEX = -1  # the generation in the ETag of a page that is the same for every index


def register(app: Flask) -> None:
    """Have the application answer from its page cache, whose size is the setting `pages_mb`."""
    app.extensions["pages"] = PageCache(app.extensions["settings"].pages_mb << 20)
    app.before_request(answer_from_cache)


def answer_from_cache() -> Response | None:
    """The page that was made before, or 304 if the reader has it; None where it must be made."""
    if request.method not in ("GET", "HEAD") or request.endpoint == "static":
        return None
    try:
        tag = tag_of(current_app.extensions["archive"].engine().generation)
    except QuocphongError:  # the route tells the reader
        return None
    if request.if_none_match.contains_weak(tag):
        return with_tag(Response(), tag)
    page = current_app.extensions["pages"].get(tag)
    if page is None or (page.shown and not allowance().grant(page.shown)):
        return None
    return with_tag(html_of(Response(mimetype="text/html"), page), tag)


def conditional(response: Response, generation: int) -> Response:
    """`response` with the ETag of this request; 304 where the reader has it. HTML pages go into the page cache.

    `generation` is that of the index the response was made from. A page that shows less than usual, because its reader
    has seen other parts of the same articles, has a tag of its own and is not remembered.
    """
    tag, seen = tag_of(generation), g.get("allowance")
    if seen and not seen.usual:
        tag = f"{tag}-{seen.outcome}"
    if response.mimetype == "text/html" and response.status_code == 200:
        page = Remembered(packed(response.get_data()), seen.shown if seen else b"")
        if not seen or seen.usual:
            current_app.extensions["pages"].put(tag, page)
        if takes_gzip():
            with_packed(response, page.packed)
    return with_tag(response, tag)


def html_of(response: Response, page: Remembered) -> Response:
    """`response` with a remembered page, packed for who takes that."""
    if takes_gzip():
        return with_packed(response, page.packed)
    response.set_data(unpacked(page.packed))
    return response


def with_tag(response: Response, tag: str) -> Response:
    """`response` with the ETag `tag`; 304 where the reader has it.

    What was made for a reader elsewhere is for him alone: who is given it by a cache between would not be counted.
    """
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache" if "allowance" in g else "no-cache"
    response.make_conditional(request)
    return response


def tag_of(generation: int) -> str:
    """The ETag of this request's page, made before the page itself.

    If something changes meanwhile, a newer page stands under an old tag, which nobody asks for again. An old page
    never stands under a new tag.
    """
    if g.get("tagged", (None, ""))[0] != generation:
        g.tagged = generation, new_tag(generation)
    tag: str = g.tagged[1]
    return tag


def new_tag(generation: int) -> str:
    """A hash of everything a page is made of.

    The index, its freshness, the program, the corrections of editors, what the reader may read, whether he sits at this
    machine, and the whole address with its host.
    """
    settings = current_app.extensions["settings"]
    fresh = current_app.extensions["archive"].freshness(settings.stale_hours)
    facts = (generation, fresh.tag, __version__, mark_of(settings.corrections), may_read_whole(), at_this_machine(),
             request.host_url, request.script_root, request.path, request.query_string)
    return blake2b(repr(facts).encode(), digest_size=12).hexdigest()
