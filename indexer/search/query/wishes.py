"""Quotation marks in a long line, as a pasted headline has them: a wish, not a condition.

The article of a headline often words the quoted part otherwise. Marks in a short query, "=" before them, and a query
with other operators are the reader's own: they stay conditions.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.search.query.parser import chunks
from indexer.search.query.tree import Chunk, Dated, Every, Quote, Tree
from indexer.text import syllables

LEAST_LOOSE = 4  # syllables outside the marks; a line that is all quotation asks for just that


def wished(tree: Every, most: int) -> Every:
    """`tree` with its phrases as loose words, if it is a line of more than `most` syllables in loose words and quotes.
    """
    loose = sum(size(node) for node in tree.nodes if isinstance(node, Chunk))
    quoted = sum(size(node) for node in tree.nodes if isinstance(node, Quote))
    if not quoted or loose < LEAST_LOOSE or loose + quoted <= most or not all(map(pasted, tree.nodes)):
        return tree
    return Every(tuple(word for node in tree.nodes for word in words(node)))


def pasted(node: Tree) -> bool:
    """Whether a node may be a part of a headline: a word, a date, or a phrase without operators of its own."""
    if isinstance(node, Dated):
        return True
    return isinstance(node, (Chunk, Quote)) and not node.literal and not (isinstance(node, Quote) and node.slop)


def size(node: Chunk | Quote) -> int:
    """The syllables of a node."""
    return len(syllables(node.text))


def words(node: Tree) -> Iterator[Tree]:
    """A phrase as its words, each in its place; anything else as it is."""
    if not isinstance(node, Quote):
        yield node
        return
    inside = node.start + 1  # after the mark
    for start, end in chunks(node.text):
        yield Chunk(node.text[start:end], inside + start, inside + end)
