"""Posts at bodies that were renamed or replaced: what a post asked for was called before, or is called since.

Who asks for the commanders of a Ban CHQS huyện may want those of the Ban Chỉ huy phòng thủ khu vực that took its place
in 2025. The rows (entities/data/units.csv) are dated; nothing here is ever applied unasked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.entities.post_keys import post_key, post_label, post_of_key
from indexer.entities.posts import parse_post
from indexer.entities.successors import Successor, predecessors, successors
from indexer.entities.unaccented import accented
from indexer.model import Message, Post
from indexer.search.query.bindings import held
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.parser import parse
from indexer.search.query.tree import Field

FROM, BEFORE = Message("{} từ {}"), Message("{} trước {}")
NAMED_LEVELS = frozenset({"tỉnh", "huyện"})  # levels said behind a body; "khu vực" is part of its name


def other_queries(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """(label, query) for each chức: of `text` whose body has or had another name: `text`, or the same with that name.

    Only posts that someone in the index holds.
    """
    for field in parse(text).tree.nodes:
        if isinstance(field, Field) and field.name == "post":
            asked = parse_post(accented(field.value))
            for post, label in others(asked):
                if held(written(post), lexicon):
                    other = f'{text[: field.start]}chức:"{written(post)}"{text[field.end :]}'
                    yield label, f"({text}) OR ({other})"


def other_keys(key: str) -> Iterator[tuple[str, str]]:
    """(label, key) of the same post at the bodies that a chosen value of the facet "post" became or was."""
    for post, label in others(post_of_key(key)):
        yield label, post_key(post)


def others(asked: Post) -> Iterator[tuple[Post, str]]:
    """The same post at the other bodies, and how that is said: "Chỉ huy trưởng Ban CHQS (huyện) trước 1/7/2025".

    A district's own body has none: which region's command took its place is not in the rows.
    """
    if not asked.body or (asked.place and asked.level != "tỉnh"):
        return
    for said, bodies in ((FROM, successors(asked.body, None, asked.level)), (BEFORE, predecessors(asked.body))):
        for body in bodies:
            post = replace(asked, text="", body=body.body, level=body.level)
            yield post, said.format(post_label(post_key(post)), day(body))


def written(post: Post) -> str:
    """A post as a reader writes it: "Chỉ huy trưởng Ban CHQS huyện"."""
    level = post.level if post.level in NAMED_LEVELS else ""
    return " ".join(part for part in (post.head, post.body, level, post.place) if part)


def day(body: Successor) -> str:
    """The day from which a successor exists, as 1/7/2025."""
    year, month, day = map(int, body.since.split("-"))
    return f"{day}/{month}/{year}"
