"""Connections that go to public addresses only and end by a set time, however slowly the other side drips.

The address that is checked is the address that is connected to: names are resolved here, once, and the socket is
opened to the number found. So neither a redirect nor a name server that changes its answer leads to a machine inside.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

Resolve = Callable[..., list[Any]]


class Forbidden(Exception):
    """The address is not one to connect to; the message says why."""


class Deadline:
    """Ends what is under way after `seconds`: shuts the watched socket down, which wakes a thread that reads it."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._lock = threading.Lock()
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def watch(self, connected: socket.socket) -> None:
        """Take note of the connection: a second handle, since TLS takes the first one over."""
        with self._lock:
            self._watched = connected.dup()
        if self.passed:
            self._end()

    def _end(self) -> None:
        self.passed = True
        with self._lock, suppress(OSError):
            if self._watched:
                self._watched.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._watched:
                self._watched.close()
                self._watched = None


class Route:
    """How to reach a host: names to addresses, which of them are allowed, by when."""

    def __init__(self, allowed: Collection[str], deadline: Deadline, resolve: Resolve = socket.getaddrinfo) -> None:
        self.allowed, self.deadline, self.resolve = allowed, deadline, resolve

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """A socket to the first of the host's addresses that answers. Forbidden or OSError."""
        refusal: OSError = OSError(f"{host} has no address")
        for family, kind, protocol, _, address in self.addresses(host, port):
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(timeout)
                self.deadline.watch(opened)
                opened.connect(address)
                return opened
            except OSError as error:
                opened.close()
                refusal = error
        raise refusal

    def addresses(self, host: str, port: int) -> list[Any]:
        """What the name resolves to, as `socket.getaddrinfo` gives it.

        Forbidden if one of the addresses is private and the host is not allowed.
        """
        found = self.resolve(host, port, type=socket.SOCK_STREAM)
        if host not in self.allowed:
            for *_, address in found:
                if not is_public(address[0]):
                    raise Forbidden(f"{host} is at {address[0]}, inside a private network")
        return found


def is_public(address: str) -> bool:
    """Whether an address is one of the open Internet's: not private, loopback, link-local, reserved or multicast.

    Ranges from the IANA special-purpose registries, as `ipaddress` holds them; IPv4 inside IPv6 counts as what it is.
    """
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1] or nat64(number)
        if inner is not None:
            return is_public(str(inner))
    return number.is_global and not number.is_multicast and not number.is_reserved


def nat64(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in an address under 64:ff9b::/96 (RFC 6052)."""
    inside = number in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if inside else None


class PlainConnection(HTTPConnection):
    """An HTTP connection that takes its `route`."""

    route: Route

    def _new_conn(self) -> socket.socket:
        return self.route.connect(self._dns_host, self.port, float(self.timeout or 0))


class SecureConnection(HTTPSConnection):
    """With the certificate checked against the machine's own authorities."""

    route: Route

    def _new_conn(self) -> socket.socket:
        return self.route.connect(self._dns_host, self.port, float(self.timeout or 0))


def connection(scheme: str, host: str, port: int | None, timeout: float,
               route: Route) -> PlainConnection | SecureConnection:
    """A connection, not yet opened, that takes `route`."""
    made = (SecureConnection if scheme == "https" else PlainConnection)(host, port, timeout=timeout)
    made.route = route
    return made
