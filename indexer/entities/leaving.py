"""Posts that are over by the words around them: "thôi giữ chức A", "nguyên A kiêm B"."""

from __future__ import annotations

from indexer.entities.mentions import Mention
from indexer.entities.person_keys import FORMER
from indexer.entities.posts import parse_post
from indexer.entities.words import Phrases, Words, members, words_of

LEAVING = Phrases(members("leaving"))
LONGEST_LEAVING = 5  # words


def is_left(words: Words, mention: Mention, post: str) -> bool:
    """Whether the sentence of `mention` says that `post`, one of its posts, is over.

    A post behind "kiêm" shares the status of the post before it.
    """
    near = words.lower[max(0, mention.first - LONGEST_LEAVING) : words.sentence_end(mention.end)]
    if "kiêm" not in near and LEAVING.by_first.keys().isdisjoint(near):
        return False
    at = place_of(words, mention, post)
    if at <= 0:
        return False
    before = words.lower[at - 1]
    n = mention.posts.index(post)
    if before == "kiêm" and n and parse_post(post).status != FORMER:
        earlier = mention.posts[n - 1]
        return parse_post(earlier).status == FORMER or is_left(words, mention, earlier)
    return LEAVING.ends_at(words.lower, at, LONGEST_LEAVING)


def place_of(words: Words, mention: Mention, post: str) -> int:
    """Where `post` begins in the sentence of `mention`, as a word index; -1 where its words are not found."""
    wanted = [word.lower() for word in words_of(post)]
    stop = words.sentence_end(mention.end) - len(wanted) + 1
    return next((at for at in range(mention.first, stop) if words.lower[at : at + len(wanted)] == wanted), -1)
