"""The server: one process with some threads, or several such processes beside each other on one address.

Several are forked from one that has opened the index and read the gazetteer, so that all of them share that memory as
well as the mapped files of the index.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable

import waitress
from flask import Flask

from indexer.model.settings import Settings
from search_app.web.archive import Archive

BACKLOG = 1_024
M_ARENA_MAX, ARENAS = -8, 2  # <malloc.h>; by default every thread may come to have an arena, and keeps what it freed
GARBAGE = (20_000, 20, 50)  # objects made before the collector looks: a page makes some thousands and no cycles
PAUSE = 1.0  # seconds before the place of a process that ended is taken, so that one that cannot start does not spin


def serve(create_app: Callable[[], Flask], settings: Settings) -> None:
    """Serve the site that `create_app` makes until a signal ends it; host, port, threads and processes are settings.

    Raises OSError where the address cannot be listened on.
    """
    frugal()
    listening = listen(settings.host, settings.port)
    app = create_app()
    count = settings.processes or os.cpu_count() or 1

    def run() -> None:
        # By itself waitress hides the headers that tell of a proxy: readers anywhere would be taken for local ones.
        waitress.serve(app, sockets=[listening], threads=settings.threads, trusted_proxy="127.0.0.1",
                       trusted_proxy_headers={"x-forwarded-proto"}, clear_untrusted_proxy_headers=False)

    if count == 1:  # answers at once, as soon as the index is open
        threading.Thread(target=settle, args=(app.extensions["archive"],), daemon=True).start()
        run()
    else:
        settle(app.extensions["archive"])
        Family(run, count).live()


def settle(archive: Archive) -> None:
    """Make what readers would wait for, and let the garbage collector look through it no more.

    What is there then stays; looking through it again and again took a tenth of every page.
    """
    archive.make_ready()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def frugal() -> None:
    """Let the C library keep few arenas, as MALLOC_ARENA_MAX=2 would; without effect where it is another library."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, for all processes; `host` may be a name or an address of either kind."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM,
                                                            flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(address)
    listening.listen(BACKLOG)
    return listening


class Family:
    """A parent that only watches, and `count` children that do `run`. A child that ends by itself is replaced."""

    def __init__(self, run: Callable[[], None], count: int) -> None:
        self.run, self.count = run, count
        self.children: dict[int, float] = {}

    def live(self) -> None:
        """Until the parent is stopped; then the children are stopped and waited for."""
        try:
            while True:
                while len(self.children) < self.count:
                    self.begin_one()
                self.lose_one()
        finally:
            for child in self.children:
                os.kill(child, signal.SIGTERM)
            for child in self.children:
                os.waitpid(child, 0)

    def begin_one(self) -> None:
        child = os.fork()
        if child:
            self.children[child] = time.monotonic()
            return
        self.children = {}
        self.be_child()

    def be_child(self) -> None:
        end_with_parent()
        status = 1
        try:
            self.run()
            status = 0
        except KeyboardInterrupt:
            status = 0
        finally:
            sys.stderr.flush()
            os._exit(status)

    def lose_one(self) -> None:
        child, status = os.wait()
        lived = time.monotonic() - self.children.pop(child)
        print(f"quocphong: a server process ended ({status}); another takes its place", file=sys.stderr, flush=True)
        time.sleep(max(0.0, PAUSE - lived))


def end_with_parent() -> None:
    """Be ended when the parent is killed; Linux only, elsewhere the child stays until it is stopped."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
