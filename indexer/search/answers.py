"""Who held a post: answers to questions such as "Ai là Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023?".

An answer rests on articles that name the person at that very post, in that place and year. Several holders are
several answers. Where no article says so there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from indexer.engine.port import Engine
from indexer.entities.post_keys import post_of_key
from indexer.model import Answer, Recognised
from indexer.search.mentions import MentionRow, Wanted, mentions
from indexer.search.query.recognised import recognised, without
from indexer.search.query.planner import Plan
from indexer.search.query.successors import written
from indexer.text import fold, syllables

MOST = 5  # people named
# Words of a question that ask for nothing themselves, without accents; a question holds one of ASKING.
ASKING = frozenset({"ai"})
WORDS = frozenset("ai la dang giu chuc vu hien nay thi ten gi cua o tai dong chi ong ba nao nguoi ma duoc lam khi do"
                  " nam tinh thanh pho va hoi".split())  # fmt: skip
SURE = ("cao", "vừa", "thấp")
"""Degrees of `MentionRow.confidence`, the best first."""


def answers(engine: Engine, read: Plan) -> tuple[Answer, ...]:
    """At most MOST people who held the post that the query asks for, the latest first; () for other queries."""
    wanted = asked_for(engine, read)
    if wanted is None:
        return ()
    by_person: dict[str, list[MentionRow]] = defaultdict(list)
    for row in mentions(engine, wanted):
        if row.sentence:
            by_person[row.person].append(row)
    found = [answer(rows) for rows in by_person.values()]
    return tuple(sorted(found, key=lambda each: (each.last, each.articles), reverse=True))[:MOST]


def asked_for(engine: Engine, read: Plan) -> Wanted | None:
    """The mentions that a question asks for: one post, its place, a year. None where the query asks anything else."""
    text = read.query.text
    words = {fold(s.text) for s in syllables(text)}
    if not words & ASKING:
        return None
    parts = [part for part, main in recognised(read.tree, text, read.bare, engine) if main]
    by_facet = {part.facet: part for part in parts}
    left = {fold(s.text) for s in syllables(without(text, *parts))}
    if "post" not in by_facet or len(by_facet) < len(parts) or not left <= WORDS:
        return None
    return wanted_of(by_facet) if by_facet.keys() <= {"post", "province", "region", "district", "year"} else None


def wanted_of(parts: dict[str, Recognised]) -> Wanted:
    """The parts of a question as what a mention must hold."""
    post = post_of_key(parts["post"].keys[0])
    if "region" in parts:
        post = replace(post, place=parts["region"].keys[0])
    elif "district" in parts:
        post = replace(post, place=parts["district"].keys[0].partition("@")[0].split(" ", 1)[1])
    province = parts["province"].keys[0] if "province" in parts else None
    years = parts["year"].keys if "year" in parts else ()
    named = f"{'' if post.status == 'đương nhiệm' else post.status} {written(post)}".strip()
    return Wanted(post=named, province=province, years=(years[0], years[-1]) if years else None)


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

