"""From the syntax tree to the rule that decides which articles count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.model import All, AnyOf, Applied, Between, Message, Node, Not, Phrase, Prefix, Share, Value, Word
from indexer.search.query.abbreviations import Expansion, expansion
from indexer.search.query.days import Days, within
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.tree import (
    Chunk,
    Dated,
    Either,
    Every,
    Exclude,
    Field,
    Keys,
    Leaf,
    Quote,
    Range,
    Stem,
    Tree,
    wanted,
)
from indexer.text import fold, syllables

ALL_UP_TO = 6  # so many loose syllables must all be there; of a longer query, a headline or a question, a share
SHARE = 0.3  # of its idf mass: measured on titles and questions, the same order with a tenth of the articles
SHORT_SHARE = 0.5  # the same for a short query, when its reader asks for it or nothing holds every word


class Matcher:
    """Builds match nodes, and keeps what it did on the way for the page to tell.

    folded   accents do not matter (the query has none, or the reader widened it)
    bare     the query has no accents: long forms of abbreviations are recognised without them
    off      readings switched off: "abbreviation", "share" (every word must be there), "all" (a share is enough)
    """

    def __init__(self, lexicon: Lexicon, folded: bool, bare: bool, off: frozenset[str]) -> None:
        self.lexicon, self.folded, self.bare, self.off = lexicon, folded, bare, off
        self.expansions: list[Expansion] = []
        self.rule = "none"

    def node(self, tree: Tree) -> Node:
        """The match node of `tree`."""
        if isinstance(tree, Every):
            return self.every(tree)
        if isinstance(tree, Either):
            return AnyOf(tuple(map(self.node, tree.nodes)))
        if isinstance(tree, Exclude):
            return Not(self.excluded(tree.node))
        if isinstance(tree, Chunk):
            return self.every(Every((tree,)))
        return self.leaf(tree)

    def excluded(self, tree: Tree) -> Node:
        """What must not be there is taken as typed, however wide the rest is read."""
        folded = self.bare and bare(Every((tree,)))
        return Matcher(self.lexicon, folded, folded, self.off - {"all"} | {"abbreviation", "share"}).node(tree)

    def leaf(self, leaf: Quote | Stem | Field | Range | Keys | Dated) -> Node:
        """The node of a part of the query that has no parts itself."""
        if isinstance(leaf, Quote):
            return self.phrase(leaf.text, literal=leaf.literal, slop=leaf.slop)
        if isinstance(leaf, Dated):
            return AnyOf(tuple(self.phrase(form) for form in leaf.forms))
        if isinstance(leaf, Stem):
            return Prefix(self.form(leaf.text), self.folded)
        if isinstance(leaf, Keys):
            return Value(leaf.facet, leaf.keys)
        if isinstance(leaf, Range) and leaf.name == "day":
            return within(Days(leaf.low, leaf.high))
        if isinstance(leaf, Range):
            one = leaf.low is not None and leaf.low == leaf.high
            return Value(leaf.name, (leaf.low,)) if one and leaf.low else Between(leaf.name, leaf.low, leaf.high)
        title = leaf.name == "title"
        if leaf.quoted or not title:
            return self.phrase(leaf.value, title=title)
        return together(self.phrase(leaf.value, title=True))

    def every(self, tree: Every) -> Node:
        """The node of parts that must all match: loose words by the rule of the query, others each for itself."""
        nodes = list(flat(tree))
        loose = [node for node in nodes if isinstance(node, Chunk)]
        dates = [self.node(node) for node in nodes if isinstance(node, Dated)]
        others = [self.node(node) for node in nodes if not isinstance(node, (Chunk, Dated))]
        return simplified(All(tuple(dict.fromkeys([*beside(self.loose(loose), dates), *others]))))

    def loose(self, words: Sequence[Chunk]) -> list[Node]:
        """The rule for words outside quotes: all of them, or a share of their weight."""
        size = sum(len(syllables(word.text)) for word in words)
        by_share = "all" in self.off or (size > ALL_UP_TO and "share" not in self.off)
        if size > 1 and by_share:
            self.rule = "share"
            return [self.share(words, SHARE if size > ALL_UP_TO else SHORT_SHARE)]
        if size > 1 and self.rule == "none":
            self.rule = "all"
        return self.all_words(words)

    def share(self, words: Sequence[Chunk], share: float) -> Node:
        """Accents do not decide here (they raise the score), and syllables no article holds have no weight."""
        nodes = [
            self.word(s.text, word.literal, folded=True) for word in words for s in syllables(word.text)
        ]
        known = [node for node in dict.fromkeys(nodes) if self.known(node)]
        return Share(tuple(known), share) if known else AnyOf(())

    def known(self, node: Node) -> bool:
        """Whether any article holds the word."""
        return isinstance(node, Word) and bool(
            self.lexicon.frequency("folded" if node.folded else "syllable", node.text)
        )

    def all_words(self, words: Sequence[Chunk]) -> list[Node]:
        """A node for each word of a short query; words of an abbreviation's form become one node of all its forms."""
        nodes: list[Node] = []
        at = 0
        while at < len(words):
            other, size = self.expanded(words[at:])
            nodes.append(other if other else self.phrase(words[at].text, literal=words[at].literal))
            at += size
        return nodes

    def expanded(self, words: Sequence[Chunk]) -> tuple[Node | None, int]:
        """A node for the abbreviation, or long form of one, that `words` begin with, and how many words it covers."""
        if "abbreviation" in self.off:
            return None, 1
        typed, borders = [], [0]
        for word in words:
            if word.literal:
                break
            typed += [word.text[s.start : s.end] for s in syllables(word.text)]
            borders.append(len(typed))
        found = expansion(typed, self.bare)
        if found is None or found.use == "offer" or found.size not in borders:
            if found is not None and found.use == "offer":
                self.expansions.append(found)
            return None, 1
        self.expansions.append(found)
        size = borders.index(found.size)
        plain = All(tuple(self.phrase(w.text) for w in words[:size]))
        return AnyOf((simplified(plain), *(self.phrase(other) for other in found.others))), size

    def phrase(self, text: str, *, literal: bool = False, title: bool = False, slop: int = 0) -> Node:
        """The syllables of `text` in a row. `literal`: accents as typed; `title`: in the title only; `slop`: words
        between."""
        words = tuple(self.word(s.text, literal, title=title) for s in syllables(text))
        return words[0] if len(words) == 1 else Phrase(words, slop)

    def word(self, syllable: str, literal: bool, *, folded: bool | None = None, title: bool = False) -> Word:
        """A syllable to match; `folded` None means as the whole query is read."""
        folded = (self.folded if folded is None else folded) and not literal
        return Word(fold(syllable) if folded else syllable, folded, title)

    def form(self, text: str) -> str:
        """The first syllable of `text` as it is looked up."""
        text = syllables(text)[0].text
        return fold(text) if self.folded else text


def bare(tree: Every) -> bool:
    """Whether no wanted word carries an accent; words forced literal speak for themselves, keys are not words."""
    texts = (typed(leaf) for leaf in wanted(tree))
    return all(s.text == fold(s.text) for text in texts for s in syllables(text))


def typed(leaf: Leaf) -> str:
    """The text of a leaf whose accents tell how the query was typed; "" for others."""
    if isinstance(leaf, Field):
        return leaf.value
    return leaf.text if isinstance(leaf, Stem) or (isinstance(leaf, (Chunk, Quote)) and not leaf.literal) else ""


def flat(tree: Every) -> Iterable[Tree]:
    """The parts of `tree`, those of nested groups included: (dân quân) tự vệ is dân quân tự vệ."""
    for node in tree.nodes:
        if isinstance(node, Every):
            yield from flat(node)
        else:
            yield node


def beside(loose: list[Node], dates: list[Node]) -> list[Node]:
    """Dates beside loose words: conditions of their own, but of a share of the words each is one more part."""
    if len(loose) == 1 and isinstance(loose[0], Share):
        return [replace(loose[0], nodes=(*loose[0].nodes, *dates))]
    return [*loose, *dates]


def simplified(node: All) -> Node:
    """A conjunction of one node as that node."""
    return node.nodes[0] if len(node.nodes) == 1 else node


def together(node: Node) -> Node:
    """The words of a phrase, in any order."""
    return All(node.words) if isinstance(node, Phrase) else node


def applied(expansions: Iterable[Expansion]) -> list[Applied]:
    """The chips that tell which abbreviations were read both ways."""
    told = dict.fromkeys(e for e in expansions if e.use != "offer")
    return [Applied("abbreviation", Message("Mở rộng {}: {}").format(e.typed, ", ".join(e.others)), e.typed)
            for e in told]
