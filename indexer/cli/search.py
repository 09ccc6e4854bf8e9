"""The commands that read: `extract` reads files; `search`, `kwic` and `show` read the index."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from indexer.cli.console import AddCommand, as_json, as_lines, at_least_one, complain, open_index, size_limits
from indexer.model import Query, UnknownValue
from indexer.model.errors import NewlyUnreadable, UsageError
from indexer.model.facets import FACETS
from indexer.model.lines import lines_of
from indexer.model.settings import Settings

FILTERS = tuple(spec for spec in FACETS if spec.option)


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-commands to the parser of `quocphong`."""
    extract = command(commands, "extract", run_extract, "show what is recognised in articles; needs no index",
                      "quocphong extract corpus/sample --json")
    extract.add_argument("paths", nargs="+", metavar="PATH", help="folders, files or globs")
    extract.add_argument("--json", action="store_true", help="one JSON object a line and article")

    search = command(commands, "search", run_search, "search the index",
                     "quocphong search 'tuyển quân' --province 'Thanh Hóa' --year 2023 --json")
    search.add_argument("query", nargs="*", default=[], metavar="QUERY",
                        help="words, or the query language: quocphong docs query-language")
    add_filters(search)
    search.add_argument("--sort", choices=("relevance", "newest", "oldest"), default="relevance",
                        help="without a query: newest first")
    search.add_argument("--limit", type=at_least_one, default=10, metavar="N", help="how many articles to list (10)")
    search.add_argument("--off", action="append", default=[], metavar="KIND",
                        help="an interpretation that must not be applied or offered, such as spelling; repeat for more")
    search.add_argument("--queries", type=Path, metavar="FILE", help="a file of 'id TAB query' lines; with --json")
    search.add_argument("--json", action="store_true", help="one JSON object; with --queries one a line")

    kwic = command(commands, "kwic", run_kwic, "list every place of a word or phrase, aligned (keyword in context)",
                   "quocphong kwic 'khu vực phòng thủ' --sort left --sample 100 --csv")
    kwic.add_argument("query", nargs="+", metavar="QUERY",
                      help="words (taken as a phrase where it stands) or the query language")
    add_filters(kwic)
    kwic.add_argument("--sort", choices=("left", "right", "date"), default="right",
                      help="by the words before, the words after (both alphabetical), or newest first")
    kwic.add_argument("--sample", type=at_least_one, metavar="N", help="list a random sample of N lines")
    kwic.add_argument("--seed", type=int, default=0, metavar="S", help="seed of the random sample (0)")
    kwic.add_argument("--width", type=at_least_one, default=60, metavar="N", help="characters on either side (60)")
    kwic.add_argument("--limit", type=at_least_one, metavar="N", help="how many lines to list (all)")
    shapes = kwic.add_mutually_exclusive_group()
    shapes.add_argument("--csv", action="store_true", help="a CSV file for spreadsheets")
    shapes.add_argument("--json", action="store_true", help="one JSON object")

    show = command(commands, "show", run_show, "show one article as the index holds it", "quocphong show ID")
    show.add_argument("id", metavar="ID", help="as extract, index and search give it")
    show.add_argument("--json", action="store_true", help="one JSON object")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the options that filter by facet and by day of publication."""
    for spec in FILTERS:
        parser.add_argument(spec.option, dest=spec.name, action="append", default=[], metavar="VALUE",
                        help=f"{spec.described}; repeat for OR")
    parser.add_argument("--no-inferred", action="store_true",
                    help="leave out articles whose date of publication is inferred from their text")
    for option, dest, which in (("--from", "low", "first"), ("--to", "high", "last")):
        parser.add_argument(option, dest=dest, default="", metavar="DAY",
                        help=f"{which} day of publication: 2025-07-01, 1/7/2025, 2025-07 or 2025")


def run_extract(options: argparse.Namespace, settings: Settings) -> None:
    """Print the entities extracted from each article.

    UsageError for a path that does not exist. NewlyUnreadable if a file or record gave no article.
    """
    from indexer.ingest.extract import extract, missing
    from indexer.model import Problem
    from indexer.search.serializers import extract_json

    problems = []
    for found in extract(options.paths, size_limits(settings)):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            shape = extract_json(*found)
            print(as_json(shape) if options.json else as_lines(shape))
    for problem in problems:
        complain(f"{problem.where}: {problem.why}")
    if lost := missing(options.paths):
        raise UsageError(f"No such file or folder: {', '.join(lost)}.")
    if problems:
        raise NewlyUnreadable(f"{len(problems)} files or records gave no article.")


def run_search(options: argparse.Namespace, settings: Settings) -> None:
    """Print a page of results; with --queries, the ids found for each query of the file."""
    from indexer.search import service
    from indexer.search.archive import MOST_COUNTED, DuplicateGroups, count_as_stories, current_folder

    off = switches(options.off)
    with open_index(settings) as engine:
        if options.queries:
            for query_id, ids in service.run_queries(engine, query_rows(options.queries), options.limit, off):
                print(as_json({"query_id": query_id, "ids": ids}))
            return
        filters = filters_of(options)
        results = service.search(engine, " ".join(options.query), filters=filters, sort=options.sort,
                                 limit=options.limit, off=off)
        refuse_unknown(results.unknown)
        if options.json:
            stories = DuplicateGroups.open(current_folder(settings.index))
            print(as_json(service.as_json(results, count_as_stories(engine, stories, results.query, MOST_COUNTED))))
        else:
            print(service.as_text(results))


def switches(kinds: Sequence[str]) -> Sequence[str]:
    """The kinds of interpretations given with --off. UsageError for one that does not exist."""
    from indexer.search.query.correct import SWITCHES

    if unknown := [kind for kind in kinds if kind not in SWITCHES]:
        known = ", ".join(sorted(SWITCHES))
        raise UsageError(f"--off {unknown[0]!r} is no kind of interpretation; there are: {known}.")
    return kinds


def refuse_unknown(values: Sequence[UnknownValue]) -> None:
    """UsageError for values of options that nothing is called; the message names the nearest there are."""
    if said := [value.message for value in values if value.chosen]:
        raise UsageError(" ".join(said))


def filters_of(options: argparse.Namespace) -> dict[str, Sequence[str]]:
    """The filters given as options: facet name -> values."""
    from indexer.search.query.days import FACET as day
    from indexer.search.query.values import NOT_INFERRED as not_inferred

    filters: dict[str, Sequence[str]] = {
        spec.name: getattr(options, spec.name) for spec in FILTERS if getattr(options, spec.name)}
    filters |= {"dated": not_inferred} if options.no_inferred else {}
    return filters | ({day: [span_of_days(options.low, options.high)]} if options.low or options.high else {})


def span_of_days(low: str, high: str) -> str:
    """The span of days "low..high" from --from and --to. UsageError if it is invalid."""
    from indexer.search.query.days import days

    if days(f"{low}..{high}") is None:
        raise UsageError(f"--from {low!r} --to {high!r} makes no sense: write days as 2025-07-01.")
    return f"{low}..{high}"


def query_rows(path: Path) -> Iterator[tuple[str, str]]:
    """(id, query) for each line "id TAB query" of a file. UsageError for an unreadable file or another line."""
    try:
        lines = lines_of(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, 1):
        query_id, tab, query = line.partition("\t")
        if line.strip() and not tab:
            raise UsageError(f"{path}, line {number}: write id, a tab, and the query.")
        if line.strip():
            yield query_id, query


def run_kwic(options: argparse.Namespace, settings: Settings) -> None:
    """Print the concordance lines of a word or phrase (KWIC: keyword in context)."""
    from indexer.search import kwic, service
    from indexer.search.csv_lines import csv_lines
    from indexer.search.unknown_values import unknown_values

    with open_index(settings) as engine:
        filters = filters_of(options)
        refuse_unknown(unknown_values(engine, Query(filters=service.resolved(engine, filters))))
        found = kwic.kwic(engine, " ".join(options.query), filters=filters, sample=options.sample, seed=options.seed,
                          sort=options.sort, width=options.width, limit=options.limit)
    if options.csv:
        print("".join(csv_lines(kwic.HEADER, kwic.as_rows(found))), end="")
    else:
        print(as_json(kwic.as_json(found)) if options.json else kwic.as_text(found))


def run_show(options: argparse.Namespace, settings: Settings) -> None:
    """Print one article as the index holds it. UsageError for an id that it does not hold."""
    from indexer.search.serializers import extract_json, told_json

    with open_index(settings) as engine:
        entries = engine.entries([options.id])
    if not entries:
        raise UsageError(f"The index holds no article {options.id!r}. Ids come from: quocphong search … --json")
    [entry] = entries
    shape = extract_json(entry.article, entry.entities) | told_json(entry.entities) | {
        "url": entry.article.url, "source": entry.article.source, "author": entry.article.author,
        "authors": list(entry.article.authors),
        "duplicate_of": entry.duplicate_of, "text": entry.article.text}
    print(as_json(shape) if options.json else as_lines(shape))
