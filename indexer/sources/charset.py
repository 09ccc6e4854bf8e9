"""In which encoding was it saved? Bytes -> str, NFC, whatever the bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
DECLARED_WITHIN = 4096

# WHATWG Encoding Standard, "Names and labels": Western labels mean windows-1252.
WESTERN = {"iso8859-1", "ascii", "iso8859-15", "cp1252"}
SPOILT_SHARE = 0.02
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file without its byte order mark, NFC, and notes where a guess was needed.

    In this order: a byte order mark, strict UTF-8 (a page saved by a browser keeps its old declaration), UTF-8
    with a few spoilt bytes, the declared encoding, then whichever of windows-1258 and windows-1252 reads
    as more Vietnamese. windows-1258 writes tones as combining marks: hence NFC.
    """
    text, notes = decoded(data)
    mended = encoded_once(text)
    return clean(mended), notes if mended == text else (*notes, ENCODED_TWICE)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text by the likeliest encoding, and a note where it had to be guessed."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text, encoding = guess(data)
    return text, (f"read as {encoding}",)


# UTF-8 taken for windows-1252 and encoded again: "Huáº¥n luyá»‡n". Bytes without a sign there stayed themselves.
ENCODED_TWICE = "encoded twice: brought back to what was written"
TWICE_AT_LEAST = 3  # places, since one may be meant
WINDOWS = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
SUSPECT = re.compile("[áÃÄÆ][\x80-\xbf" + "".join(sign for sign, byte in WINDOWS.items() if byte < 0xC0) + "]")
RUN = re.compile("[" + "".join(map(re.escape, WINDOWS)) + "]{2,}")


def encoded_once(text: str) -> str:
    """`text` with what was encoded twice brought back; as it is where that happens in fewer than three places."""
    if len(SUSPECT.findall(text[:200_000])) < TWICE_AT_LEAST:
        return text
    mended = RUN.sub(as_written, text)
    return mended if vietnamese_letters(mended) > vietnamese_letters(text) else text


def as_written(found: re.Match[str]) -> str:
    """A run of signs as the UTF-8 that their bytes are, itself where they are none."""
    try:
        return bytes(WINDOWS[sign] for sign in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
UNREADABLE_SHARE = 0.02  # a spoilt page has a few; a picture under a wrong name has one in nine


def is_text(text: str) -> bool:
    """Whether decoded bytes were text at all, judged by their beginning."""
    head = text[:10_000]
    return len(UNREADABLE.findall(head)) <= UNREADABLE_SHARE * len(head)


def clean(text: str) -> str:
    """`text` in NFC, with nothing that cannot be written as UTF-8 again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def guess(data: bytes) -> tuple[str, str]:
    """The text of bytes that are not UTF-8, and the encoding it was read in: see `decode` for the order."""
    lenient = data.decode("utf-8", "replace")
    foreign = sum(byte > 0x7F for byte in data)
    if lenient.count("\ufffd") <= SPOILT_SHARE * foreign:
        return lenient, "utf-8 with spoilt bytes"
    if data[1:400:2].count(0) > 100 or data[0:400:2].count(0) > 100:
        wide = "utf-16-le" if data[1:400:2].count(0) > 100 else "utf-16-be"
        return data.decode(wide, "replace"), wide
    declared = declared_encoding(data)
    if declared and declared not in WESTERN and declared != "utf-8":
        return data.decode(declared, "replace"), declared
    readings = [(data.decode(name, "replace"), name) for name in ("cp1258", "cp1252")]
    return max(readings, key=lambda reading: vietnamese_letters(reading[0]))


def declared_encoding(data: bytes) -> str | None:
    """Python's name of the encoding a page names in its head, if there is such a text encoding."""
    found = DECLARED.search(data[:DECLARED_WITHIN])
    if not found:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii"))
        b"a".decode(codec.name)
    except (LookupError, ValueError):
        return None
    return codec.name


def vietnamese_letters(text: str) -> int:
    """How many letters only Vietnamese has, in the first 200,000 characters."""
    return len(VIETNAMESE.findall(text[:200_000]))
