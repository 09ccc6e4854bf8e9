"""Connections of the server: slow and silent readers are let go, so that others find room.

waitress closes a connection that neither sends nor takes anything for `channel_timeout` seconds, but only when the
reader takes something again, and a request that comes a byte at a time never counts as silent. Here both end:

- a request must be complete REQUEST_SECONDS after its first byte (or after the connection was made);
- a reader must take something every SEND_SECONDS; then the connection is cut, whatever was left to send;
- so many connections are open as the limit on descriptors allows, and one that cannot be accepted is tried a second
  later instead of at once, for ever.

When the server is told to stop it accepts nothing more and sends what was begun, for GRACE_SECONDS at most.
"""

from __future__ import annotations

import fcntl
import resource
import signal
import socket
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

REQUEST_SECONDS = 20  # for a whole request
SEND_SECONDS = 30  # without taking a byte, or between two requests
GRACE_SECONDS = 10
LOOK_EVERY = 2  # seconds between two looks at all connections
MOST_CONNECTIONS = 1_000
RESERVED_DESCRIPTORS = 40  # for the index, the log, temporary files
FEWEST_CONNECTIONS = 8
PAUSE = 1.0  # seconds until the next try, where a connection could not be accepted
UNBOUNDED = 1 << 40  # bytes that wait to be sent: files lie on the disk, and no thread waits for a reader


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it waits for the rest of a request."""

    waiting_since: float | None
    unsent = 0  # bytes that the system held for the reader when it was last looked at

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.waiting_since = time.time()

    def received(self, data: bytes) -> bool:
        """Take data of a request; the clock starts with its first byte."""
        if self.waiting_since is None:
            self.waiting_since = time.time()
        taken: bool = super().received(data)
        if self.request is None:  # all that came was whole
            self.waiting_since = None
        return taken

    def overdue(self, now: float) -> bool:
        """Whether its reader has had the time there is. Never while a request is being answered, before it sends."""
        if self.requests:
            return False
        before, self.unsent = self.unsent, bytes_unsent(self.socket)
        if self.unsent != before:  # the reader takes what the system holds; that may be megabytes
            self.last_activity = now
        late = self.waiting_since is not None and now - self.waiting_since > REQUEST_SECONDS
        return late or bool(now - self.last_activity > SEND_SECONDS)


def bytes_unsent(connection: socket.socket) -> int:
    """How many bytes the system holds for the other end; 0 where it does not tell."""
    try:
        return int.from_bytes(fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    except OSError:
        return 0


class Server(TcpWSGIServer):  # type: ignore[misc]
    """waitress' server with the limits of this module."""

    channel_class = Channel
    paused_until = 0.0

    def maintenance(self, now: float) -> None:
        """Cut the connections whose readers are overdue."""
        for channel in [*self.active_channels.values()]:
            if channel.overdue(now):
                channel.handle_close()

    def readable(self) -> bool:
        """Whether connections may be accepted now."""
        allowed: bool = super().readable()
        return allowed and time.monotonic() >= self.paused_until

    def accept(self) -> Any:
        """The next connection; None where there is none, or no descriptor is left: then a pause follows."""
        try:
            return super().accept()
        except OSError:
            self.paused_until = time.monotonic() + PAUSE
            return None

    def run_until_stopped(self) -> None:
        """Serve until SystemExit or KeyboardInterrupt; then send what was begun, for GRACE_SECONDS at most."""
        with suppress(SystemExit, KeyboardInterrupt):
            self.asyncore.loop(timeout=1, map=self._map, use_poll=True)
        self.accepting = False
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # systemd tells every process, and the parent its children again
        until = time.monotonic() + GRACE_SECONDS
        with suppress(SystemExit, KeyboardInterrupt):
            while time.monotonic() < until and any(map(is_busy, [*self.active_channels.values()])):
                self.asyncore.loop(timeout=0.1, map=self._map, use_poll=True, count=1)
        self.task_dispatcher.shutdown(timeout=1)


def is_busy(channel: Channel) -> bool:
    """Whether a request of this connection is not answered yet, to the last byte."""
    return bool(channel.requests or channel.total_outbufs_len)


def make_server(app: Callable[..., Any], listening: socket.socket, threads: int, **more: Any) -> Server:
    """The server of `app` on the socket. `more` are adjustments of waitress."""
    adjustments = Adjustments(
        sockets=[listening], threads=threads, connection_limit=most_connections(), cleanup_interval=LOOK_EVERY,
        channel_timeout=SEND_SECONDS, outbuf_high_watermark=UNBOUNDED, log_socket_errors=False, **more)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    info = (listening.family, listening.type, listening.proto, listening.getsockname())
    return Server(app, {}, True, listening, dispatcher=dispatcher, adj=adjustments, bind_socket=False, sockinfo=info)


def most_connections() -> int:
    """How many connections may be open: what the limit on descriptors leaves, raised as far as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + RESERVED_DESCRIPTORS
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard) if hard > 0 else wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, soft - RESERVED_DESCRIPTORS))
