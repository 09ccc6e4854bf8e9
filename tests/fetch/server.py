"""A newspaper's web server on 127.0.0.1, on real sockets, that misbehaves as told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Page:
    """What the server sends: `length` is what it says of the body's, `drip` the seconds between two bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    length: int | None = None
    drip: float = 0.0


@dataclass(frozen=True)
class Seen:
    path: str
    headers: Mapping[str, str]
    at: float


Reply = Page | Callable[[Seen], Page]


class Newspaper:
    """Pages by path; what is not there is 404. `seen` are the requests, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply] = {}
        self.seen: list[Seen] = []
        newspaper = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with suppress(OSError):  # a visitor that has had enough hangs up
                    self.answer(newspaper.answer(Seen(self.path, dict(self.headers), time.monotonic())))

            def answer(self, page: Page) -> None:
                self.send_response(page.status)
                length = len(page.body) if page.length is None else page.length
                for name, value in {"Content-Type": page.kind, "Content-Length": str(length), **page.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if not page.drip:
                    self.wfile.write(page.body)
                for byte in page.body if page.drip else b"":
                    self.wfile.write(bytes([byte]))
                    time.sleep(page.drip)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def port(self) -> int:
        return self.server.server_port

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, seen: Seen) -> Page:
        self.seen.append(seen)
        reply = self.pages.get(seen.path, Page(b"not here", 404))
        return reply(seen) if callable(reply) else reply

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def in_turn(*pages: Page) -> Callable[[Seen], Page]:
    """Each request gets the next page; the last one stays."""
    left = list(pages)
    return lambda seen: left.pop(0) if len(left) > 1 else left[0]


def redirect(to: str, status: int = 302) -> Page:
    return Page(b"", status, {"Location": to})


def rss(*urls: str) -> Page:
    items = "".join(f"<item><title>Tin</title><link>{url}</link></item>" for url in urls)
    return Page(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(), kind="text/xml")
