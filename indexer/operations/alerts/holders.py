"""Alerts of a new holder: somebody is named at a post whom the archive never named there before.

What counts is what articles say, by the rules of `search/holdings.py`: whoever was at the post unnamed is new when
first named. Former holders are not looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b

from indexer.model import Entry
from indexer.operations.alerts.news import HOLDS, Found, Knowledge, Present, digest_of, entries
from indexer.operations.alerts.state import SILENT, TOLD
from indexer.operations.alerts.table import HOLDER as KIND
from indexer.operations.alerts.table import Alert
from indexer.search.holdings import Asked, Holding, Proof, find, proofs

__all__ = ["KIND", "holding_of", "look", "predecessors"]

PAST = ("nguyên", "cố")  # not in office
MOST_BEFORE = 3  # earlier holders that a message names


def look(now: Present, alert: Alert, known: Knowledge, fresh: Collection[str] | None) -> Found:
    """The holders that are not known. Told are those whom an article of `fresh` names (None: any); the others are
    known from now on: rules have learned to read them, nobody wrote of them."""
    held = [holding for holding in asked_for(now, alert) if not any(key in known for key in keys_of(holding))]
    told = [(proof, proof.row.id) for proof in proofs(now.engine, held)
            if proof.row and (fresh is None or proof.row.id in fresh)]
    events = [(HOLDS, id, (keys_of(proof.holding)[0],)) for proof, id in told]
    rows = [(key, "", SILENT) for holding in held for key in keys_of(holding)]
    rows += [(each.id, digest_of(each), TOLD) for each in articles(now, told)]
    return Found(tuple(events), tuple(rows))


def articles(now: Present, told: Collection[tuple[Proof, str]]) -> list[Entry]:
    """The articles of what is told: a correction or withdrawal of one is told too."""
    return [*entries(now.engine, [*dict.fromkeys(id for _, id in told)])]


def asked_for(now: Present, alert: Alert) -> list[Holding]:
    """The holdings in office of an alert's post."""
    found = find(now.engine, now.people, Asked(post=alert.post, province=alert.province))
    return [holding for holding in found if holding.post.status not in PAST]


def keys_of(holding: Holding) -> list[str]:
    """What a holding is known by: a digest for each key of the person, so that one whose keys are joined stays known.

    They are digests because an article that is erased must leave no name behind.
    """
    post = holding.post
    told = (post.head, post.body, post.level, post.place, holding.province)
    return ["holder " + blake2b(repr((key, *told)).encode(), digest_size=12).hexdigest()
            for key in holding.person.keys]


def holding_of(now: Present, alert: Alert, key: str) -> Proof | None:
    """The holding that an event is about, with its proof; None where no article says so any more."""
    held = [holding for holding in asked_for(now, alert) if key in keys_of(holding)]
    return next(iter(proofs(now.engine, held)), None)


def predecessors(now: Present, alert: Alert, holding: Holding) -> list[Holding]:
    """Who else was named at the post in this place, the last first."""
    def place(each: Holding) -> tuple[str, str, str]:
        return each.post.level, each.post.place, each.province

    return [each for each in asked_for(now, alert)
            if each.person != holding.person and place(each) == place(holding)][:MOST_BEFORE]
