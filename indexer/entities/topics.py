"""What an article is about, by data/topics.csv: conscription, training, exercises …

A topic counts where its title or the opening of its text names it: further down everything is mentioned in passing.
"""

from __future__ import annotations

from functools import cache

from indexer.entities.published import quote
from indexer.entities.words import column, rows
from indexer.model import Evidence, Topic
from indexer.text import normalize

OPENING = 700  # characters of the text that say what it is about
LISTED = 3  # and so many topics at most, those named first


def find_topics(title: str, text: str) -> tuple[Topic, ...]:
    """The topics of an article, the title's first; `title` and `text` are normalised. Evidence is the sentence."""
    found: dict[str, Topic] = {}
    for zone, whole in (("title", title), ("text", text)):
        opening = whole[:OPENING].lower()
        for at, topic, size in sorted(named(opening)):
            if topic not in found and len(found) < LISTED:
                told = quote(whole, at, at + size)
                found[topic] = Topic(topic, Evidence(told.quote, zone, told.start, told.end))
    return tuple(found.values())


def named(opening: str) -> list[tuple[int, str, int]]:
    """(place, topic, size) of the first time each cue stands in `opening` as whole words."""
    found = []
    for cue, topic in cues():
        at = opening.find(cue)
        if at >= 0 and not opening[at - 1 : at].isalpha() and not opening[at + len(cue) : at + len(cue) + 1].isalpha():
            found.append((at, topic, len(cue)))
    return found


def topics() -> tuple[str, ...]:
    """All topics, in the order of the table."""
    return tuple(dict.fromkeys(column("topics.csv", "topic")))


@cache
def cues() -> tuple[tuple[str, str], ...]:
    return tuple((normalize(row["cue"]).lower(), row["topic"]) for row in rows("topics.csv"))
