"""Every plausible reading of a query, weighed together: how likely it is typed that way, and how well the archive
supports it.

The readings of a run of words are the paths through a lattice. Each word as typed is an arc, and so is each syllable
one slip away, each way to take a word apart, each other form that a table knows. A path's score is the log probability
of its syllables in the archive (support.py) less the costs of its slips (slips.py): a noisy channel. Words that stand
in a pair, a name or a place that the archive supports as typed are beyond doubt and have no other arcs; in most
queries that leaves nothing to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.engine.port import Engine
from indexer.search.query.arcs import Arc, Token, arcs_from
from indexer.search.query.doubt import doubtful
from indexer.search.query.planner import Plan
from indexer.search.query.spelled import syllables_of
from indexer.search.query.support import Support
from indexer.search.query.tree import Chunk, Either, Every, Quote, Tree
from indexer.text import fold, syllables

BEAM = 16  # paths kept at each word
FINALISTS = 5  # paths whose pairs are counted exactly
MOST_TOKENS = 24  # syllables of a run; a longer one is a pasted text

Path = tuple[float, str, tuple[Arc, ...]]  # score, last syllable, arcs


@dataclass(frozen=True, slots=True)
class Interpretation:
    """Another reading of the whole query. `kinds` are those of its slips, the costliest first; `gain` says how many
    times likelier it is than the query as typed, as a natural logarithm."""

    text: str
    kinds: tuple[str, ...]
    gain: float

    @property
    def kind(self) -> str:
        """The kind it is named by."""
        return self.kinds[0]


def interpretations(plan: Plan, engine: Engine, off: frozenset[str] = frozenset()) -> list[Interpretation]:
    """The other readings of a query, the likeliest first; none of a kind in `off`. Most queries have none."""
    text = plan.query.text
    support = Support(engine, plan.bare)
    of_runs = [ranked(run, support, off) for run in runs(plan.tree, text, plan.bare)]
    changed = [paths for paths in of_runs if paths]
    found = [rewritten(text, [path], plan.bare) for paths in changed for path in paths]
    if len(changed) > 1:
        found.append(rewritten(text, [paths[0] for paths in changed], plan.bare))
    found.sort(key=lambda each: -each.gain)
    return [each for each in dict.fromkeys(found) if each.text != text]


def rewritten(text: str, paths: Sequence[tuple[float, tuple[Arc, ...]]], bare: bool) -> Interpretation:
    """The query with these paths of its runs, each (gain, arcs), in place of what was typed.

    In a query without accents a name comes without them too, lest the other words count as typed; one that is the
    whole query has its own. So have words typed with the input method off: then all of a query are.
    """
    typing = sum(arc.kind == "typing" for _, path in paths for arc in path) * 2 >= sum(len(path) for _, path in paths)
    arcs = sorted((arc for _, path in paths for arc in path if arc.kind), key=lambda arc: -arc.start)
    for arc in arcs:
        whole = arc.end - arc.start == len(text)
        form = fold(arc.text) if bare and not (whole or typing) else arc.text
        text = text[: arc.start] + cased(form, text[arc.start : arc.end]) + text[arc.end :]
    kinds = dict.fromkeys(arc.kind for arc in sorted(arcs, key=lambda arc: -arc.cost))
    return Interpretation(text, tuple(kinds), sum(gain for gain, _ in paths))


def cased(form: str, typed: str) -> str:
    """A form in lower case with the capitals of what was typed; a form with capitals keeps its own."""
    if not form.islower():
        return form
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return " ".join(map(str.capitalize, form.split(" "))) if typed[:1].isupper() else form


# --- the runs ---------------------------------------------------------------------------------


def runs(tree: Tree, text: str, bare: bool) -> Iterator[list[Token]]:
    """The words of the query that may be slips, in stretches that belong together."""
    run: list[Token] = []
    for node in [*parts(tree), None]:
        if isinstance(node, Chunk) and not node.literal:
            run.append(token(node.text, node.start, node.end, bare))
            continue
        if 0 < len(run) <= MOST_TOKENS:
            yield run
        run = []
        if isinstance(node, Quote) and not node.literal:
            yield quoted(node, text, bare)


def parts(tree: Tree) -> Iterator[Tree | None]:
    """The parts of a query in order, those of groups between None."""
    if isinstance(tree, Every):
        for node in tree.nodes:
            yield from parts(node)
    elif isinstance(tree, Either):
        for node in tree.nodes:
            yield None
            yield from parts(node)
    else:
        yield tree


def token(text: str, start: int, end: int, bare: bool) -> Token:
    """A word of the query."""
    return Token(text, syllables_of(text, bare), start, end)


def quoted(quote: Quote, text: str, bare: bool) -> list[Token]:
    """The words of a phrase."""
    at = text.index(quote.text, quote.start)
    return [token(quote.text[s.start : s.end], at + s.start, at + s.end, bare) for s in syllables(quote.text)]


# --- the paths --------------------------------------------------------------------------------


def ranked(run: Sequence[Token], support: Support, off: frozenset[str]) -> list[tuple[float, tuple[Arc, ...]]]:
    """The likeliest readings of a run that are not as typed: (gain, arcs), the best first."""
    doubts = doubtful(run, support)
    if not any(doubts):
        return []
    arcs = [arcs_from(run, at, doubts, support, off) for at in range(len(run))]
    paths = [path for _, _, path in best_paths(arcs, support) if any(arc.kind for arc in path)][:FINALISTS]
    if not paths:
        return []
    typed = exactly(tuple(row[0] for row in arcs), support)
    typed += support.rule["bare"] if support.bare else 0.0
    return sorted(((exactly(path, support) - typed, path) for path in paths), key=lambda row: -row[0])


def best_paths(arcs: Sequence[Sequence[Arc]], support: Support) -> list[Path]:
    """The paths through the lattice, likeliest first; `arcs[i]` begin at word i."""
    reached: list[list[Path]] = [[] for _ in range(len(arcs) + 1)]
    reached[0] = [(0.0, "", ())]
    for at, begun in enumerate(arcs):
        kept = sorted(reached[at], key=lambda path: -path[0])[:BEAM]
        for arc in begun:
            inner = sum(support.step(a, b) for a, b in pairwise(arc.syllables)) - arc.cost
            for score, last, path in kept:
                first = support.step(last, arc.syllables[0])
                reached[at + arc.size].append((score + first + inner, arc.syllables[-1], (*path, arc)))
    return sorted(reached[-1], key=lambda path: -path[0])


def exactly(path: Sequence[Arc], support: Support) -> float:
    """The score of a path with every pair counted."""
    row = [syllable for arc in path for syllable in arc.syllables]
    return sum(support.step(a, b, exact=True) for a, b in pairwise(["", *row])) - cost(path, support)


def cost(path: Sequence[Arc], support: Support) -> float:
    """What the slips of a path cost; letters seldom slip in two words of one query."""
    slipped = sum(arc.kind == "spelling" for arc in path)
    return sum(arc.cost for arc in path) + support.rule["again"] * max(0, slipped - 1)
