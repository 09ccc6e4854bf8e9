"""From the syntax tree to the rule that decides which articles count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from indexer.model import All, AnyOf, Applied, Between, Message, Node, Not, Pair, Phrase, Prefix, Share, Value, Word
from indexer.search.query.abbreviations import Expansion, expansion, longest
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
# An article must hold so much of the weight (idf) of words and pairs of words that the best article holds. On judged
# long queries that keeps .99 of what is relevant, in 1.6 to 4.7 % of the archive (docs/relevance.md).
SHARE = 0.26
SHORT_SHARE = 0.5  # of the weight of all words; for a short query that may miss some


class Matcher:
    """Builds match nodes, and keeps what it did on the way for the page to tell.

    folded    accents do not matter (the query has none, or the reader widened it)
    bare      the query has no accents: long forms of abbreviations are recognised without them
    off       readings switched off: "abbreviation", "share" (every word must be there), "all" (a share is enough)
    text      the query that the places in the tree are in
    any_word  one of the loose words is enough
    """

    def __init__(self, lexicon: Lexicon, folded: bool, bare: bool, off: frozenset[str], text: str = "",
                 any_word: bool = False) -> None:
        self.lexicon, self.folded, self.bare, self.off = lexicon, folded, bare, off
        self.text, self.any_word = text, any_word
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
        off = self.off - {"all"} | {"abbreviation", "share"}
        return Matcher(self.lexicon, folded, folded, off, self.text).node(tree)

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
        """The rule for words outside quotes: all of them, a share of their weight, or any of them."""
        size = sum(len(parts(word.text)) for word in words)
        words = [word for word in words if not word.asks]
        by_share = "all" in self.off or (size > ALL_UP_TO and "share" not in self.off)
        if self.any_word and words:
            return [Share(tuple(self.weighed(words, pairs=False, folded=True)), 0.0)]
        if size > 1 and by_share:
            self.rule = "share"
            return [self.share(words, whole=size <= ALL_UP_TO)]
        if size > 1 and self.rule == "none":
            self.rule = "all"
        return self.all_words(words)

    def share(self, words: Sequence[Chunk], whole: bool) -> Node:
        """A share of the weight of the words, or, unless `whole`, of the words and pairs that the best article holds.

        Of a long query accents do not decide (they raise the score); of a short one they do, or "quân" beside a word
        that stands nowhere would be any "quan". Syllables no article holds have no weight.
        """
        nodes = tuple(dict.fromkeys(self.weighed(words, pairs=not whole, folded=self.folded or not whole)))
        return Share(nodes, SHORT_SHARE if whole else SHARE, of_best=not whole) if nodes else AnyOf(())

    def weighed(self, words: Sequence[Chunk], pairs: bool, folded: bool) -> Iterator[Node]:
        """What a share is of: each syllable, `folded` under any accents, and, with `pairs`, each two neighbours; or
        another form of what they say.

        An article that holds the abbreviation holds every word of the long form, and the other way round.
        """
        for run in runs(words, self.text):
            others = [(word.literal, forms) for word, forms in self.other_forms(run) for _ in parts(word.text)]
            read = list(zip(syllables(self.text[run[0].start : run[-1].end]), others, strict=False))
            for syllable, (literal, forms) in read:
                node = self.word(syllable.text, literal, folded=folded)
                if forms or self.known(node):
                    yield either(node, forms)
            for (one, (_, forms)), (two, (_, same)) in pairwise(read) if pairs else ():
                if one.paired:
                    yield either(Pair(f"{fold(one.text)} {fold(two.text)}"), forms if forms == same else ())

    def other_forms(self, words: Sequence[Chunk]) -> Iterator[tuple[Chunk, tuple[Node, ...]]]:
        """Each word with the nodes of the other forms of the abbreviation, or long form of one, that it is part of."""
        at = 0
        while at < len(words):
            found, size = self.expanded(words[at:])
            others = tuple(self.phrase(other, folded=True) for other in found.others) if found else ()
            yield from ((word, others) for word in words[at : at + size])
            at += size

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
            found, size = self.expanded(words[at:])
            plain = [self.phrase(word.text, literal=word.literal) for word in words[at : at + size]]
            others = [self.phrase(other) for other in found.others] if found else []
            nodes += [AnyOf((simplified(All(tuple(plain))), *others))] if others else plain
            at += size
        return nodes

    def expanded(self, words: Sequence[Chunk]) -> tuple[Expansion | None, int]:
        """The abbreviation to read both ways, or long form of one, that `words` begin with, and how many words it is.
        """
        if "abbreviation" in self.off:
            return None, 1
        typed: list[str] = []
        borders = [0]
        for word in words:
            if word.literal or len(typed) >= longest():
                break
            typed += parts(word.text)
            borders.append(len(typed))
        found = expansion(typed, self.bare)
        if found is None or found.size not in borders:
            return None, 1
        self.expansions.append(found)
        return (found, borders.index(found.size)) if found.use != "offer" else (None, 1)

    def phrase(self, text: str, *, literal: bool = False, title: bool = False, slop: int = 0,
               folded: bool | None = None) -> Node:
        """The syllables of `text` in a row. `literal`: accents as typed; `title`: in the title only; `slop`: words
        between; `folded`: as in `word`."""
        words = tuple(self.word(s.text, literal, folded=folded, title=title) for s in syllables(text))
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


@lru_cache(maxsize=10_000)
def parts(text: str) -> tuple[str, ...]:
    """The syllables of a word as typed."""
    return tuple(text[s.start : s.end] for s in syllables(text))


def runs(words: Sequence[Chunk], text: str) -> Iterator[list[Chunk]]:
    """`words` in stretches of `text` that hold no other syllable."""
    run: list[Chunk] = []
    for word in words:
        if run and (word.start < run[-1].end or syllables(text[run[-1].end : word.start])):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def either(node: Node, others: tuple[Node, ...]) -> Node:
    """`node` or one of the other forms."""
    return AnyOf((node, *others)) if others else node


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
