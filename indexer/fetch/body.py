"""Bodies unpacked with a bound: a kilobyte that unpacks to a gigabyte is refused after the first megabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

GZIP = b"\x1f\x8b"
CODINGS = ("gzip", "x-gzip", "deflate", "identity", "")


class TooLarge(Exception):
    """More bytes than the limit, packed or unpacked."""


class Broken(Exception):
    """The body ends early or is not packed as it says."""


def unpacked(pieces: Iterable[bytes], coding: str, limit: int) -> bytes:
    """The whole body. TooLarge, or Broken for a coding that is not its bytes' own; `coding` is one of CODINGS."""
    body = bytearray()
    for piece in pieces if coding in ("", "identity") else inflated(pieces, coding, limit):
        body += piece
        if len(body) > limit:
            raise TooLarge(f"the page is larger than {limit:,} bytes")
    return bytes(body)


def gunzipped(data: bytes, limit: int) -> bytes:
    """A sitemap saved as .gz is packed once more, whatever the headers say; other data comes back as it is."""
    return unpacked([data], "gzip", limit) if data.startswith(GZIP) else data


def inflated(pieces: Iterable[bytes], coding: str, limit: int) -> Iterator[bytes]:
    """Pieces of at most limit + 1 bytes. Several gzip members one after the other are one body (RFC 1952)."""
    inflater, start = None, b""
    try:
        for arrived in pieces:
            piece, start = start + arrived, b""
            while piece:
                if inflater is None or inflater.eof:
                    if len(piece) < 2:  # too little to tell what begins here
                        start = piece
                        break
                    if inflater and not piece.startswith(GZIP):
                        break  # padding after the last member, which browsers pass over too
                    inflater = zlib.decompressobj(wbits(coding, piece))
                yield inflater.decompress(piece, limit + 1)
                piece = inflater.unconsumed_tail or inflater.unused_data
        if inflater is not None:
            yield inflater.flush()
    except zlib.error as error:
        raise Broken(f"the body is not {coding} as its header says: {error}") from error
    if (start and inflater is None) or (inflater is not None and not inflater.eof):
        raise Broken("the packed body ends early")


def wbits(coding: str, start: bytes) -> int:
    """What zlib calls the kinds: gzip, deflate with its header, and bare deflate, which some servers send."""
    if "gzip" in coding:
        return 31
    return 15 if start[0] & 0x0F == 8 and (start[0] * 256 + (start[1] if len(start) > 1 else 0)) % 31 == 0 else -15
