"""/api/suggest: completions of what a reader types, as JSON."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Response, current_app, jsonify, request

from indexer.model import Message
from indexer.search.archive import Engine
from indexer.search.saved_search import SavedSearch
from indexer.search.suggest import MAX_TYPED, Suggestion, made_for, suggest, tables_of
from search_app.api.route import Asked, Parameter, Route
from search_app.api.schema import POSITIVE, STRING, array, obj, one_of
from search_app.i18n.language import translated
from search_app.view import links
from search_app.web.archive import archive
from search_app.web.etags import conditional

MOST = 8  # suggestions


def suggestions(asked: Asked) -> Response:
    """{"q": …, "suggestions": [{"kind", "text", "detail", "count", "key", "href"}]} for ?q=, of which a part is read.

    `kind` is province, province_now, unit, official or phrase; `key` an official's, else ""; `href` leads to the search
    for the value.
    """
    typed = request.args.get("q", "")[:MAX_TYPED]
    throttle = archive().throttle
    engine = archive().engine()
    ready = current_app.extensions.setdefault("suggesting", ReadyEngine(throttle)).engine(engine)
    with throttle.waited_for():
        found = suggest(engine, typed, MOST, ready) if typed.strip() else []
    offered = [asdict(each) | {"href": suggestion_url(each)} for each in found]
    return conditional(jsonify(q=typed, suggestions=translated(offered)), engine.generation)


SHAPE = obj(
    q={"type": "string", "maxLength": MAX_TYPED},
    suggestions=array(obj(
        kind=one_of(["province", "province_now", "unit", "official", "phrase"]), text=STRING, detail=STRING,
        count=POSITIVE, key=STRING, href={"type": "string", "pattern": "^(/en)?/search\\?"},
    ), maxItems=MOST),
)  # fmt: skip
TYPED = Parameter("q", Message("chữ đang gõ"), STRING, "The first 100 characters are read.")
SUGGESTING = Route("/api/suggest", Message("Những gì người đọc có lẽ đang gõ, nhiều nhất tám gợi ý."), "Suggestions",
                   suggestions, (TYPED,), "/api/suggest?q=k", shapes={"Suggestions": SHAPE})


def suggestion_url(each: Suggestion) -> str:
    """The address of the search for a suggestion: by its filter where it has one, else by its words."""
    searches: dict[str, dict[str, Any]] = {
        "province": {"province": (each.text,)},
        "province_now": {"province_now": (each.text,)},
        "official": {"official": (each.key,)},
        "phrase": {"q": f'"{each.text}"'},
    }
    return links.search_url(SavedSearch().changed(**searches.get(each.kind, {"q": each.text})))


class ReadyEngine:
    """The newest engine whose tables of suggestions are made.

    After a run of the indexer the former engine goes on answering until a thread has made the tables of the new one,
    so that nobody waits for them while typing. `pause` is called now and then by that thread.
    """

    def __init__(self, pause: Callable[[], None] = lambda: None) -> None:
        self._pause = pause
        self._lock = threading.Lock()
        self._ready: Engine | None = None
        self._next: Engine | None = None
        self.making: threading.Thread | None = None

    def engine(self, newest: Engine) -> Engine:
        """The engine to ask while `newest` is the newest one."""
        with self._lock:
            if self._ready is None or made_for(newest):
                self._ready = newest
            elif self._next is not newest:
                self._next = newest
                self.making = threading.Thread(target=tables_of, args=(newest, self._pause), daemon=True)
                self.making.start()
            return self._ready
