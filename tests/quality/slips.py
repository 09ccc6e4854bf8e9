"""How well the search reads what was mistyped, and leaves alone what was not.

    QUOCPHONG_DATA=DIR python -m tests.quality.slips [--keep DIR] [--half tune|held] [--misses]

Mistyped queries are made from words of the archive by the generator below (KINDS, a fixed seed), and read from
tests/quality/slips.tsv, which was written by hand. Right means: the query that was meant is the reading applied, or the
first offered. Correct queries are phrases of titles, names of people and places, posts, topics and words of the
archive; on them any reading that is applied or offered to mend a slip is wrong. Measured on defense_real.jsonl (1,706
articles) and on the project's own sample. Exits with 1 below a floor.

Left out is a slip that makes another phrase of the archive, in SENSE articles or more: nobody can tell that it is one.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.engine.port import Engine
from indexer.ingest.run import build
from indexer.model import All, Phrase, Query, Word
from indexer.search.query.correct import WEIGHED
from indexer.search.query.slips import TONES, beside, tone, toneless
from indexer.search.service import search
from indexer.storage.index_folder import open_engine
from indexer.text import fold, syllables

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "corpus" / "sample"
SEED = 16
EACH = 80  # mistyped queries of each kind
CORRECT = 1_000
LEAST = 5  # articles that hold a word that is mistyped
SENSE = 3  # articles from which a slip makes sense by itself, if they are also a share of those of what was meant
SENSE_SHARE = 0.03
OVERALL, EVERY_KIND, WRONG = 0.95, 0.90, 0.01
# A slip of a letter without accents leaves the least to go by: it is measured beside the others, with its own floor.
BESIDE = {"slip, no accents": 0.75}


@dataclass(frozen=True, slots=True)
class Typed:
    """A query as typed, what was meant, and the kind of slip."""

    kind: str
    typed: str
    meant: str


# --- the generator ----------------------------------------------------------------------------


def next_key(word: str, chance: random.Random) -> str:
    """The key beside the right one."""
    at = chance.choice([at for at, letter in enumerate(word) if fold(letter) in beside()])
    return word[:at] + chance.choice(beside()[fold(word[at])]) + word[at + 1 :]


def dropped(word: str, chance: random.Random) -> str:
    """A letter left out."""
    at = chance.choice([at for at, letter in enumerate(word) if letter.isalpha()])
    return word[:at] + word[at + 1 :]


def doubled(word: str, chance: random.Random) -> str:
    """A letter typed twice."""
    at = chance.choice([at for at, letter in enumerate(word) if letter.isalpha()])
    return word[: at + 1] + fold(word[at]) + word[at + 1 :]


def swapped(word: str, chance: random.Random) -> str:
    """Two letters beside each other in the wrong order."""
    at = chance.choice([at for at in range(len(word) - 1) if word[at : at + 2].isalpha()])
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def wrong_tone(word: str, chance: random.Random) -> str:
    """Another tone, or none, on one syllable that has a tone."""
    parts = word.split(" ")
    at = chance.choice([at for at, part in enumerate(parts) if part != toneless(part)] or [0])
    where = next((i for i, (a, b) in enumerate(zip(parts[at], toneless(parts[at]), strict=True)) if a != b), None)
    if where is not None:
        other = chance.choice([c for c in ("", *TONES) if c != tone(parts[at])])
        plain = toneless(parts[at])
        parts[at] = unicodedata.normalize("NFC", plain[: where + 1] + other + plain[where + 1 :])
    return " ".join(parts)


def one_bare(word: str, chance: random.Random) -> str:
    """One syllable without its accents, where another keeps some."""
    parts = word.split(" ")
    at = chance.choice([at for at, part in enumerate(parts) if part != fold(part)] or [0])
    parts[at] = fold(parts[at])
    return " ".join(parts)


def joined(word: str, chance: random.Random) -> str:
    """No spaces."""
    return word.replace(" ", "")


def joined_bare(word: str, chance: random.Random) -> str:
    """Neither spaces nor accents."""
    return fold(word).replace(" ", "")


def slip_without_accents(word: str, chance: random.Random) -> str:
    """One of the slips of a letter, in a query without accents."""
    return chance.choice((next_key, dropped, doubled, swapped))(fold(word), chance)


MISTYPED: dict[str, Callable[[str, random.Random], str]] = {
    "next key": next_key,
    "dropped letter": dropped,
    "doubled letter": doubled,
    "swapped letters": swapped,
    "wrong tone": wrong_tone,
    "one syllable bare": one_bare,
    "joined": joined,
    "joined, no accents": joined_bare,
    "slip, no accents": slip_without_accents,
}
UNTOUCHED: dict[str, Callable[[str], str]] = {"as is": str, "no accents": fold}


def words_of_the_archive(engine: Engine) -> list[str]:
    """Words of two to four syllables, all letters, that LEAST articles hold."""
    terms = (term.replace("_", " ") for term, count in engine.terms("word") if count >= LEAST and "_" in term)
    words = [term for term in terms if term.replace(" ", "").isalpha() and 2 <= len(term.split()) <= 4]
    return [word for word in words if word != fold(word)]


def mistyped(engine: Engine, each: int = EACH, seed: int = SEED) -> tuple[list[Typed], int]:
    """The generated queries, and how many were left out because they make sense."""
    made: list[Typed] = []
    senses = 0
    words = words_of_the_archive(engine)
    for kind, slip in MISTYPED.items():
        chance = random.Random(f"{seed} {kind}")
        drawn = (Typed(kind, slip(word, chance), word) for word in chance.sample(words, len(words)))
        of_kind: list[Typed] = []
        while len(of_kind) < each and (row := next(drawn, None)):
            if row.typed == row.meant or held(engine, row.meant) < LEAST or all_bare(row):
                continue
            sense = makes_sense(engine, row.typed, row.meant)
            senses += sense
            of_kind += [] if sense else [row]
        made += of_kind
    return made, senses


def all_bare(row: Typed) -> bool:
    """Whether the word has no second syllable with an accent, so that the slip took the only one."""
    return row.kind == "one syllable bare" and row.typed == fold(row.typed)


def makes_sense(engine: Engine, typed: str, meant: str) -> bool:
    """Whether a slip is a phrase that enough articles hold."""
    bare = typed == fold(typed)
    return held(engine, typed, bare) >= max(SENSE, SENSE_SHARE * held(engine, fold(meant) if bare else meant, bare))


def held(engine: Engine, text: str, folded: bool = False) -> int:
    """How many articles hold a phrase as it is spelled; `folded`: under any accents."""
    words = tuple(Word(s.text, folded) for s in syllables(text))
    return engine.find(Query(match=Phrase(words), limit=0)).total


def collected() -> list[Typed]:
    """The queries written by hand."""
    lines = (HERE / "slips.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Typed("by hand", *line.split("\t")) for line in lines]


# --- correct queries --------------------------------------------------------------------------


def correct(engine: Engine, count: int = CORRECT) -> list[str]:
    """Queries that are right as they are, rare ones too, drawn in equal parts from each source."""
    chance = random.Random(SEED)
    drawn: dict[str, None] = {}
    sources = [sorted(set(source(engine, chance))) for source in SOURCES]
    for source in sources:
        chance.shuffle(source)
    while len(drawn) < count and any(sources):
        for source in filter(None, sources):
            drawn[source.pop()] = None
    return list(drawn)[:count]


def phrases_of_titles(engine: Engine, chance: random.Random) -> Iterator[str]:
    """Two to five syllables in a row of a title, none but letters."""
    for entry in engine.entries(list(engine.ids()), brief=True):
        read = syllables(entry.article.title)
        size = chance.randint(2, 5)
        starts = [at for at in range(len(read) - size + 1) if all(s.paired for s in read[at : at + size - 1])]
        if starts:
            at = chance.choice(starts)
            yield entry.article.title[read[at].start : read[at + size - 1].end]


def people(engine: Engine, chance: random.Random) -> Iterator[str]:
    """Names of officials."""
    yield from (key.rpartition("@")[0] for key, _ in engine.terms("official"))


def places(engine: Engine, chance: random.Random) -> Iterator[str]:
    """Provinces, districts and communes."""
    for facet in ("province", "district", "commune"):
        yield from (key.partition("@")[0] for key, _ in engine.terms(facet) if key[:1].isalpha())


def posts(engine: Engine, chance: random.Random) -> Iterator[str]:
    """Posts and units as the facets show them."""
    for facet in ("post", "unit"):
        yield from (key.partition("@")[0].replace("|", " ") for key, _ in engine.terms(facet) if key.isprintable())


def common_words(engine: Engine, chance: random.Random) -> Iterator[str]:
    """Words of several syllables."""
    yield from (term.replace("_", " ") for term, count in engine.terms("word") if "_" in term and count >= 2)


def keywords(engine: Engine, chance: random.Random) -> Iterator[str]:
    """Two things that need not stand beside each other, in an article that holds both: a word or a short one, and a
    place, a year or another word."""
    words = [term.replace("_", " ") for term, count in engine.terms("word") if "_" in term and count >= LEAST]
    words = [word for word in words if word.replace(" ", "").isalpha()]
    short = [word for word in SHORT if engine.frequency("syllable", word)]
    others = [*words, *short, *("2021", "2022", "2023", "2024", "2025"), *places(engine, chance)]
    for _ in range(2_000):
        two = chance.sample([chance.choice([*short, chance.choice(words)]), chance.choice(others)], 2)
        if engine.find(Query(match=All(tuple(Word(s.text) for s in syllables(" ".join(two)))), limit=0)).total:
            yield " ".join(two)


SHORT = (
    "bão", "lũ", "lúa", "đảo", "xã", "ảnh", "bia", "súng", "tàu", "thuế", "tết", "chợ", "rừng", "cầu", "sông", "thơ",
    "pháo", "đạn", "gạo", "mưa", "hạn", "cháy", "bò", "quà",
)  # fmt: skip
SOURCES: Sequence[Callable[[Engine, random.Random], Iterator[str]]] = (
    phrases_of_titles, phrases_of_titles, people, places, posts, common_words, keywords)


# --- measuring --------------------------------------------------------------------------------


def reading(engine: Engine, typed: str) -> tuple[str, str]:
    """(kind, text) of the reading that is applied to a query or offered first to mend a slip; ("", "") for neither."""
    results = search(engine, typed, limit=1, facets=(), near_up_to=100, brief=True)
    for applied in results.query.applied:
        if applied.kind in WEIGHED:
            return applied.kind, applied.text
    for offer in results.offers:
        if offer.kind in WEIGHED:
            return offer.kind, offer.text
    return "", ""


def is_right(row: Typed, told: str) -> bool:
    """Whether the reading is what was meant; accents do not count where none were typed."""
    bare = row.typed == fold(row.typed)
    return plain(told, bare) == plain(row.meant, bare)


def plain(text: str, bare: bool) -> str:
    """A query as it is compared."""
    spelled = " ".join(s.text for s in syllables(text))
    return fold(spelled) if bare else spelled


def measure(engine: Engine, rows: Sequence[Typed], show: bool) -> dict[str, tuple[int, int]]:
    """(right, all) for each kind."""
    counted: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        told = reading(engine, row.typed)
        good = is_right(row, told[1])
        right, every = counted[row.kind]
        counted[row.kind] = right + good, every + 1
        if show and not good:
            print(f"  {row.kind}: {row.typed!r} was meant for {row.meant!r}, read as {told}")
    return counted


def wrong_on(engine: Engine, queries: Sequence[str], show: bool) -> Counter[str]:
    """How often each kind of reading is applied to or offered for queries that are right."""
    wrong: Counter[str] = Counter()
    for query in queries:
        told = reading(engine, query)
        if told[0] and plain(told[1], False) != plain(query, False):
            wrong[told[0]] += 1
            if show:
                print(f"  correct {query!r} read as {told}")
    return wrong


def halves(rows: Sequence[Typed], half: str) -> list[Typed]:
    """Every second row of each kind, the first or the second of two."""
    if half == "all":
        return list(rows)
    seen: Counter[str] = Counter()
    kept = []
    for row in rows:
        seen[row.kind] += 1
        if seen[row.kind] % 2 == (half == "tune"):
            kept.append(row)
    return kept


def report(name: str, engine: Engine, half: str, show: bool, by_hand: bool) -> bool:
    """Print the table of one archive; whether every floor is reached."""
    made, senses = mistyped(engine)
    rows = halves([*made, *(collected() if by_hand else ())], half)
    counted = measure(engine, rows, show)
    right, every = (sum(column) for column in zip(*(n for k, n in counted.items() if k not in BESIDE), strict=True))
    good = right >= OVERALL * every
    print(f"{name}: {len(rows)} mistyped ({half}; {senses} left out that make sense): {right / every:.3f}")
    for kind, (ok, of) in counted.items():
        floor = BESIDE.get(kind, EVERY_KIND)
        good &= ok >= floor * of
        print(f"  {kind:20} {ok / of:.3f} of {of}{'' if ok >= floor * of else '  BELOW ITS FLOOR'}")
    queries = correct(engine)
    for told, change in UNTOUCHED.items():
        wrong = wrong_on(engine, list(dict.fromkeys(map(change, queries))), show)
        share = wrong.total() / len(queries)
        good &= share <= WRONG
        print(f"  {len(queries)} correct, {told}: wrong {share:.4f} {dict(wrong)}{'' if share <= WRONG else '  ABOVE'}")
    return good


def gate(data: Path, keep: Path | None = None, half: str = "all", show: bool = False) -> bool:
    """Measure both archives; whether every floor is reached."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        good = True
        for name, source in (("defense", data / "defense_real.jsonl"), ("sample", SAMPLE)):
            if not (folder / name).is_dir():
                build(folder / name, [str(source)], workers=1)
            engine = open_engine(folder / name)
            good &= report(name, engine, half, show, name == "defense")
            engine.close()
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="a folder to keep the indexes in, and to find them in the next time")
    parser.add_argument("--half", choices=("all", "tune", "held"), default="all", help="every second query only")
    parser.add_argument("--misses", action="store_true", help="print every query that is read wrongly")
    options = parser.parse_args()
    data = Path(os.environ.get("QUOCPHONG_DATA", ""))
    if not (data / "defense_real.jsonl").is_file():
        print("skipped: QUOCPHONG_DATA names no folder with defense_real.jsonl")
        return 0
    return 0 if gate(data, options.keep, options.half, options.misses) else 1


if __name__ == "__main__":
    sys.exit(main())
