"""Who held a post: answers to questions such as "Ai là Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023?".

An answer rests on articles that name the person at that very post, in that place and year. Several holders are
several answers. Where no article says so there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from indexer.engine.port import Engine
from indexer.entities.post_keys import bound_of
from indexer.model import Answer
from indexer.search.mentions import MentionRow, Wanted, mentions
from indexer.search.query.planner import Plan
from indexer.search.query.who import question

MOST = 5  # people named
SURE = ("cao", "vừa", "thấp")
"""Degrees of `MentionRow.confidence`, the best first."""


def answers(engine: Engine, read: Plan) -> tuple[Answer, ...]:
    """At most MOST people who held the post that the query asks for, the latest first; () for other queries."""
    asked = question(read.tree, read.query.text, read.bare, engine)
    if asked is None:
        return ()
    people = {bound_of(key).person for key in asked.mentions(engine)}
    by_person: dict[str, list[MentionRow]] = defaultdict(list)
    for row in mentions(engine, Wanted(post=asked.post, province=asked.province, years=asked.years)):
        if row.sentence and row.person in people and asked.said_in(row.sentence):
            by_person[row.person].append(row)
    found = [answer(rows) for rows in by_person.values()]
    return tuple(sorted(found, key=lambda each: (each.last, each.articles), reverse=True))[:MOST]


def answer(rows: Sequence[MentionRow]) -> Answer:
    """One person's answer, with the surest and then the newest article as its proof."""
    days = sorted(row.published for row in rows if row.published)
    proof = min(newest_first(rows), key=lambda row: SURE.index(row.confidence))
    rank = next((row.rank for row in newest_first(rows) if row.rank), "")
    return Answer(
        person=proof.person, name=proof.name, rank=rank, post=proof.post_name, first=days[0] if days else "",
        last=days[-1] if days else "", articles=len({row.id for row in rows}), id=proof.id, title=proof.title,
        url=proof.url, published=proof.published, quote=proof.sentence,
    )  # fmt: skip


def newest_first(rows: Sequence[MentionRow]) -> list[MentionRow]:
    """The rows by their article's day, undated ones last."""
    return sorted(rows, key=lambda row: row.published, reverse=True)

