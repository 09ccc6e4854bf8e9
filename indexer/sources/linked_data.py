"""JSON-LD as pages carry it, which is often broken, and the plain values in it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from indexer.sources.tidy import tidy

ORGANIZATIONS = frozenset(("Organization", "NewsMediaOrganization"))
NODES = 2_000
BROKEN_JSON = (
    (re.compile(r"[\x00-\x1f]"), " "),
    (re.compile(r",\s{0,99}([}\]])"), r"\1"),
    (re.compile(r"^\s{0,99}(?:<!--|//<!\[CDATA\[)"), ""),
)
LD_FIELD = r'"{}"\s{{0,20}}:\s{{0,20}}"((?:[^"\\]|\\.){{1,600}})"'


def linked_data(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD, those in lists and @graph included; broken JSON gives what can be saved."""
    for script in scripts:
        pending = [loads(script)]
        for _ in range(NODES):
            if not pending:
                break
            thing = pending.pop(0)
            if isinstance(thing, list):
                pending = thing[:NODES] + pending
            elif isinstance(thing, dict):
                yield thing
                pending += [
                    thing[key]
                    for key in ("@graph", "mainEntity", "mainEntityOfPage")
                    if isinstance(thing.get(key), dict | list)
                ]


def loads(script: str) -> Any:
    """The value of a JSON-LD script, mended where its faults are common ones; else what can be saved of it."""
    script = script.strip().removesuffix("-->").removesuffix("//]]>")
    for repair in range(2):
        try:
            return json.loads(script, strict=False)
        except (ValueError, RecursionError):
            for pattern, better in BROKEN_JSON if not repair else ():
                script = pattern.sub(better, script)
    return salvaged(script[:200_000])


def salvaged(script: str) -> dict[str, Any]:
    """The plain fields of an article whose JSON is beyond repair (unescaped quotes in a headline are common)."""
    kind = re.search(r'"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(\w{0,20}Article)"', script)
    if not kind:
        return {}
    found = {"@type": kind[1]}
    for name in ("datePublished", "url"):
        if match := re.search(LD_FIELD.format(name), script):
            found[name] = match[1]
    return found


def is_a(thing: dict[str, Any], wanted: re.Pattern[str] | frozenset[str]) -> bool:
    """Whether a JSON-LD thing is of a type that is wanted."""
    kinds = thing.get("@type")
    names = [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
    return any(name in wanted if isinstance(wanted, frozenset) else wanted.match(name) for name in names)


def text_of(value: object) -> str:
    """One line of plain text, with HTML escapes undone (twice: CMSs escape them again) and tags removed."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(html.unescape(value[:5_000])) if "&" in value else value[:5_000]
    text = re.sub(r"<[^<>]{0,300}>", " ", text) if "<" in text else text
    return tidy(" ".join(text.split()))


def names_of(value: object) -> list[str]:
    """The names in a JSON-LD author: an object, a text, or a list of them. Organizations are the site's own."""
    if isinstance(value, dict) and is_a(value, ORGANIZATIONS):
        return []
    if isinstance(value, list):
        return [name for each in value[:10] for name in names_of(each)]
    return list(filter(None, [name_of(value)]))


def name_of(value: object) -> str:
    """The name in a JSON-LD thing, lists joined by commas."""
    if isinstance(value, dict):
        return name_of(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(name_of, value[:10])))
    return text_of(value)
