"""From what a reader types to an engine-neutral query: which articles count, and what orders them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.model import All, AnyOf, Applied, Message, Node, Not, Query, Value
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.match import ALL_UP_TO, Matcher, applied, bare
from indexer.search.query.named import official_scoring
from indexer.search.query.parser import parse
from indexer.search.query.questions import asked, words_asking
from indexer.search.query.scoring import scoring_terms
from indexer.search.query.tree import Chunk, Every, wanted
from indexer.search.query.values import resolve
from indexer.search.query.who import question
from indexer.search.query.wishes import wished
from indexer.search.query.written_dates import KIND as DATE
from indexer.search.query.written_dates import WrittenDate, with_dates
from indexer.text import fold, syllables

A_DAY = Message("“{}” là ngày {}, trong mọi cách viết")
A_MONTH = Message("“{}” là tháng {}, trong mọi cách viết")
BY_SHARE = Message("Câu dài: tính cả bài chỉ có một phần các từ")
WISHED = Message("Câu dài: cụm trong ngoặc kép không bắt buộc có nguyên văn")
ASKING = Message("Câu hỏi: không tìm các từ để hỏi ({})")


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as it will be asked, and what a page may say about it.

    typed     what matches letter by letter, to tell on which rung an article stands
    near      articles with the same words under other accents, outside the query's own set; None where there are none
    rule      all (every word must be there), share (a share of their weight), none (no loose words)
    bare      no word carries an accent
    terms     each part as typed with its own match node, for telling why nothing was found
    offers    readings the reader may choose, never taken on our own: (kind, label, the query to ask)
    folded    whether accents were left out of account
    """

    query: Query
    typed: Node
    near: Node | None
    rule: str
    bare: bool
    tree: Every
    terms: tuple[tuple[str, Node], ...] = ()
    offers: tuple[Applied, ...] = ()
    folded: bool = False


Replan = Callable[[str], Plan]  # plans another text, with the options of a query that is planned already


def plan(text: str, lexicon: Lexicon, *, off: frozenset[str] = frozenset(), widen: bool = False,
         any_word: bool = False) -> Plan:
    """The plan for `text`. Never raises.

    A query wholly without accents matches any accents; one that holds an accent anywhere counts as typed, unless
    `widen`. Up to six loose syllables must all be there, of more a share of their weight. `off` switches readings
    off by kind: abbreviation, question, share, all, wish. With `any_word` one of the loose words is enough.
    """
    parsed = parse(text)
    resolved = resolve(parsed.tree, parsed.text, lexicon)
    whole, dates = with_dates(resolved.tree, parsed.text) if DATE not in off else (resolved.tree, [])
    tree, told = understood(whole, parsed.text, off)
    no_accents = bare(tree)
    matcher = Matcher(lexicon, no_accents or widen, no_accents, off, parsed.text, any_word)
    match = matcher.node(tree) if tree.nodes else nothing_read(parsed.text)
    unread = (*parsed.unread, *resolved.unread)
    who = question(whole, parsed.text, no_accents, lexicon)
    answering = who.scoring(lexicon) if who else ()
    query = Query(
        text=parsed.text,
        match=AnyOf((match, Value("mention", tuple(term.term for term in answering)))) if answering else match,
        scoring=(*scoring_terms(tree, parsed.text, lexicon, matcher.expansions),
                 *official_scoring(parsed.text, no_accents or widen, lexicon), *answering),
        applied=(*(read_as_date(date, parsed.text) for date in dates), *told, *chips(matcher)),
        unread=unread if tree.nodes or not parsed.text else (parsed.text,),
        question=() if answering else question_words(tree),
    )
    terms = tuple(own_terms(tree, parsed.text, lexicon, matcher))
    near = None if no_accents or widen else other_accents(tree, match, matcher)
    typed = match if not matcher.folded else Matcher(lexicon, False, no_accents, off, parsed.text).node(tree)
    return Plan(query, typed, near, matcher.rule, no_accents, tree, terms, tuple(offers(parsed.text, matcher)),
                matcher.folded)


def understood(tree: Every, text: str, off: frozenset[str]) -> tuple[Every, list[Applied]]:
    """`tree` with the quotes of a headline as wishes and the words of a question that only ask marked; what was done.
    """
    told: list[Applied] = []
    loose = tree if "wish" in off else wished(tree, ALL_UP_TO)
    if loose is not tree:
        told.append(Applied("wish", WISHED))
    marked = loose if "question" in off else asked(loose, text, bare(loose))
    if marked is not loose:
        asking = words_asking(marked)
        told.append(Applied("question", ASKING.format(asking), asking))
    return marked, told


def nothing_read(text: str) -> Node:
    """No query asks for every article; a query without a single letter or digit for none."""
    return AnyOf(()) if text else All(())


def read_as_date(date: WrittenDate, text: str) -> Applied:
    """What tells the reader that a part of the query is one day or month, in every spelling."""
    typed = text[date.start : date.end]
    return Applied(DATE, (A_DAY if date.is_day else A_MONTH).format(typed, date.shown), typed)


def chips(matcher: Matcher) -> Iterator[Applied]:
    """What was applied to the query unasked: expanded abbreviations, and the share rule."""
    yield from applied(matcher.expansions)
    if matcher.rule == "share" and "all" not in matcher.off:
        yield Applied("share", BY_SHARE)


def question_words(tree: Every) -> tuple[str, ...]:
    """The accent-free words a question is about; none where the query is no question."""
    about = (leaf for leaf in wanted(tree) if isinstance(leaf, Chunk)) if words_asking(tree) else ()
    return tuple(dict.fromkeys(fold(s.text) for leaf in about for s in syllables(leaf.text)))


def other_accents(tree: Every, match: Node, matcher: Matcher) -> Node | None:
    """The articles that hold the query under any accents but not as typed. Accents do not decide on a share of words.
    """
    if matcher.rule == "share" and all(isinstance(node, Chunk) for node in tree.nodes):
        return None
    widened = Matcher(matcher.lexicon, True, False, matcher.off, matcher.text).node(tree)
    return None if widened == match else All((widened, Not(match)))


def own_terms(tree: Every, text: str, lexicon: Lexicon, matcher: Matcher) -> Iterator[tuple[str, Node]]:
    """Each wanted part alone, as typed."""
    alone = Matcher(lexicon, matcher.folded, matcher.bare, matcher.off, text)
    seen: set[str] = set()
    for leaf in wanted(tree):
        label = text[leaf.start : leaf.end]
        if label not in seen:
            seen.add(label)
            yield label, alone.node(leaf)


def offers(text: str, matcher: Matcher) -> Iterator[Applied]:
    """One reading a row for abbreviations that have two."""
    for found in dict.fromkeys(e for e in matcher.expansions if e.use == "offer"):
        for form in found.others:
            yield Applied("offer", f"{found.typed}: {form}", text.replace(found.typed, f'"{form}"', 1))

