"""The server: one process with several threads, or several such processes on one address.

Several processes are forked from one that has opened the index and loaded the gazetteer, so that they share that
memory and the mapped files of the index.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from flask import Flask

from indexer.model.errors import UsageError
from indexer.model.settings import Settings
from indexer.model.signals import Stopped, block_signals
from search_app.web.archive import Archive
from search_app.web.connections import make_server

BACKLOG = 1_024
M_ARENA_MAX, ARENAS = -8, 2  # mallopt(3): by default each thread may get an arena, which keeps the memory it freed
GC_THRESHOLDS = (20_000, 20, 50)  # a page makes some thousands of objects and no cycles
RESTART_AFTER = 1.0  # seconds that a process must live to be replaced at once; else one that cannot start would spin


def serve(create_app: Callable[[], Flask], settings: Settings) -> None:
    """Serve the site that `create_app` makes until a signal ends it; host, port, threads and processes are settings.

    A signal lets answers that were begun end, for GRACE_SECONDS at most. Raises UsageError where the address cannot be
    listened on.
    """
    limit_arenas()
    listening = listen(settings.host, settings.port)
    tell(f"Serving on http://{settings.host}:{settings.port} (Ctrl-C ends it)")
    app = create_app()
    count = settings.processes or os.cpu_count() or 1

    def run() -> None:
        # By default waitress removes the headers of a proxy; then remote readers would be taken for local ones.
        make_server(app, listening, settings.threads, trusted_proxy="127.0.0.1",
                    trusted_proxy_headers={"x-forwarded-proto"},
                    clear_untrusted_proxy_headers=False).run_until_stopped()

    if count == 1:  # prepares in the background and answers at once
        threading.Thread(target=prepare, args=(app.extensions["archive"],), daemon=True).start()
        run()
    else:
        prepare(app.extensions["archive"])
        with suppress(Stopped):  # told to stop, and has stopped
            ProcessGroup(run, count).run_until_stopped()


def tell(sentence: str) -> None:
    """Write a sentence on standard error. A full disk behind it stops nothing."""
    try:
        print(sentence, file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the rest of the process


def prepare(archive: Archive) -> None:
    """Load what the first requests need, then exclude it from garbage collection.

    These objects live as long as the process; collecting through them took a tenth of the time of every page.
    """
    archive.make_ready()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def limit_arenas() -> None:
    """Limit the arenas of glibc's malloc, as MALLOC_ARENA_MAX=2 does; no effect with another C library."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. `host` is a name, an IPv4 or an IPv6 address. Raises UsageError where it cannot listen."""
    try:
        return listening_socket(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why, remedy = "another program listens there", "End it, or choose another port: quocphong serve --port"
        else:
            why, remedy = error.strerror or str(error), "Choose another address: quocphong serve --host … --port …"
        raise UsageError(f"The site cannot listen on {host}, port {port}: {why}. {remedy}.") from error


def listening_socket(host: str, port: int) -> socket.socket:
    """The same. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM,
                                                            flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(address)
    listening.listen(BACKLOG)
    return listening


class ProcessGroup:
    """`count` child processes that call `serve`. A child that ends is replaced; the parent does nothing else."""

    def __init__(self, serve: Callable[[], None], count: int) -> None:
        self.serve, self.count = serve, count
        self.children: dict[int, float] = {}

    def run_until_stopped(self) -> None:
        """Start the children and replace those that end; stop and await them when the parent is stopped."""
        try:
            while True:
                while len(self.children) < self.count:
                    self.start_child()
                self.await_child()
        finally:
            for child in self.children:
                os.kill(child, signal.SIGTERM)
            for child in self.children:
                os.waitpid(child, 0)

    def start_child(self) -> None:
        """Fork a child, which serves and never returns."""
        with block_signals():
            child = os.fork()
            self.children = {**self.children, child: time.monotonic()} if child else {}
        if not child:
            self.serve_as_child()

    def serve_as_child(self) -> None:
        """Serve, then end the process with status 0, or 1 after an error."""
        end_with_parent()
        status = 1
        try:
            self.serve()
            status = 0
        except KeyboardInterrupt:
            status = 0
        finally:
            with suppress(OSError):  # the disk of the log may be full
                sys.stderr.flush()
            os._exit(status)

    def await_child(self) -> None:
        """Wait until a child ends, report it, and pause if it lived for less than RESTART_AFTER."""
        child, status = os.wait()
        lived = time.monotonic() - self.children.pop(child)
        logging.getLogger("quocphong").warning("a server process ended (%s); another takes its place", status)
        time.sleep(max(0.0, RESTART_AFTER - lived))


def end_with_parent() -> None:
    """Have the kernel end this process with its parent. Linux only; elsewhere the child must be stopped by itself."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
