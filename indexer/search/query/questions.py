"""The words of a question that only ask: "ai là", "bao nhiêu", "ở đâu". No article answers by holding them.

They are left out of match and score, in a query that looks like a question only: one that holds a phrase that asks, or
ends in a question mark. Measured in docs/relevance.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from indexer.search.query.spelled import syllables_of
from indexer.search.query.tree import Chunk, Every
from indexer.text import fold

# What makes a question of any query.
PHRASES = (
    "ai là", "là ai", "là gì", "cái gì", "những gì", "điều gì", "làm gì", "bao nhiêu",
    "bao giờ", "bao lâu", "bao xa", "khi nào", "lúc nào", "từ khi nào", "năm nào", "ngày nào", "tháng nào", "ở đâu",
    "nơi nào", "thế nào", "như thế nào", "ra sao", "làm sao", "vì sao", "tại sao",
    "là những ai", "là những gì", "là bao nhiêu", "là khi nào", "là năm nào", "là ở đâu", "có những gì", "có phải",
    "tên gì", "tên là gì", "người nào", "là người nào", "vị nào", "là vị nào",
    "phải không", "cho hỏi", "xin hỏi", "hãy cho biết", "xin cho biết",
)  # fmt: skip
# The same as PHRASES where accents tell them from "từ đấu", "cửa ải" and the like.
WITH_ACCENTS = ("tại đâu", "từ đâu", "của ai", "do ai", "hay không")
# What holds a phrase above and asks nothing.
STATEMENTS = ("không bao giờ", "chưa bao giờ", "chẳng bao giờ", "hơn bao giờ", "không làm gì")
# What asks only where a phrase above or a question mark says so: "ai" is a syllable of names, too.
SINGLE = ("ai", "gì", "nào", "đâu", "mấy", "sao", "nhỉ")

Run = tuple[str, ...]


def asked(tree: Every, text: str, bare: bool) -> Every:
    """`tree` with the words that only ask marked so, if `text` is a question and says something else too.

    `bare`: no word of the query carries an accent.
    """
    words = [syllables_of(node.text, bare) if isinstance(node, Chunk) and not node.literal else ()
             for node in tree.nodes]
    mark = text.rstrip(" .!\"'”").endswith("?")
    sure = set(places(words, phrases(bare))) | ({0} if begins_with_who(words, bare) else set())
    if not (sure or mark):
        return tree
    only = sure | (set(places(words, singles())) if mark or not bare else set())
    if not only or not any(words[at] for at in range(len(words)) if at not in only):
        return tree
    return Every(tuple(replace(node, asks=True) if isinstance(node, Chunk) and at in only else node
                       for at, node in enumerate(tree.nodes)))


def begins_with_who(words: Sequence[Run], bare: bool) -> bool:
    """Whether a query begins with "ai" and goes on ("ai chỉ huy ..."); not of Egypt, and not without accents."""
    return not bare and len(words) > 2 and words[0] == ("ai",) and words[1] not in (("cập",), ("oán",))


def words_asking(tree: Every) -> str:
    """The words marked by `asked`, as typed."""
    return " ".join(node.text for node in tree.nodes if isinstance(node, Chunk) and node.asks)


def places(words: Sequence[Run], wanted: frozenset[Run]) -> Iterator[int]:
    """The places in `words` that the `wanted` runs cover."""
    longest = max(map(len, wanted | statements()))
    start = 0
    while start < len(words):
        for size in range(min(longest, len(words) - start), 0, -1):
            run = tuple(syllable for word in words[start : start + size] for syllable in word)
            if run in wanted or run in statements():
                yield from range(start, start + size) if run in wanted else ()
                start += size
                break
        else:
            start += 1


@cache
def phrases(bare: bool) -> frozenset[Run]:
    """The phrases that ask, as runs of syllables."""
    if bare:
        return frozenset(tuple(fold(text).split()) for text in PHRASES)
    return frozenset(tuple(text.split()) for text in (*PHRASES, *WITH_ACCENTS))


@cache
def statements() -> frozenset[Run]:
    """STATEMENTS as runs of syllables, with accents and without."""
    return frozenset(tuple(form.split()) for text in STATEMENTS for form in (text, fold(text)))


@cache
def singles() -> frozenset[Run]:
    """SINGLE as runs of one syllable, with accents and without."""
    return frozenset((form,) for text in SINGLE for form in (text, fold(text)))
