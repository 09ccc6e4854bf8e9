"""The console command `quocphong`. Everything it prints for machines is JSON; its exit codes are in docs/cli.md."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from indexer import __version__, cli_operations, cli_people
from indexer.cli_operations import metered, refuse_unreadable
from indexer.errors import FeedsUnread, Interrupted, NewlyUnreadable, QuocphongError, UsageError
from indexer.interrupt import Stopped, stoppable
from indexer.model import Entry
from indexer.settings import Settings, load

# Each facet filter of `search`: option, facet, help.
FILTERS = (
    ("--province", "province", "province at publication, e.g. 'Kon Tum'"),
    ("--province-now", "now", "present province, e.g. 'Quảng Ngãi'"),
    ("--district", "district", "district, until June 2025, e.g. 'huyện Lạc Dương' or 'Châu Thành, Tiền Giang'"),
    ("--commune", "commune", "commune, since July 2025, e.g. 'xã Ia O' or 'phường Hồng Gai'"),
    ("--zone", "zone", "socio-economic region, e.g. 'Tây Nguyên'"),
    ("--military-region", "region", "military region, e.g. 'Quân khu 7' or 7"),
    ("--year", "year", "year published"),
    ("--official", "official", "an official's name or key"),
    ("--topic", "topic", "what it is about, e.g. 'tuyển quân'"),
    ("--role", "role", "what an official did, e.g. 'chủ trì'"),
    ("--post-class", "class", "an official's post is of: Đảng, chính quyền, quân đội, biên phòng, công an,"
     " MTTQ và đoàn thể"),
    ("--post-level", "level", "an official's post is of: trung ương, quân khu, tỉnh, huyện, khu vực, xã"),
)

NOT_INFERRED = "leave out articles whose date of publication is inferred from their text"
GIVEN = ("index", "host", "port", "processes", "workers", "feeds", "metrics")  # settings that commands offer as options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Errors are one line on stderr that names the remedy."""
    options = parser().parse_args(arguments)
    try:
        with stoppable():
            options.run(options, load(options.config, given={name: getattr(options, name, None) for name in GIVEN}))
    except QuocphongError as error:
        print(f"quocphong: {error}", file=sys.stderr)
        if getattr(options, "json", False) and not isinstance(error, (NewlyUnreadable, FeedsUnread)):
            print(as_json({"error": type(error).__name__, "exit_code": error.exit_code, "message": str(error)}))
        return error.exit_code
    except BrokenPipeError:  # the reader of our output has seen enough: `quocphong search … | head`
        sys.stderr.close()
        return 0
    except KeyboardInterrupt as stop:
        print(f"quocphong: {stop if isinstance(stop, Stopped) else 'Interrupted.'}", file=sys.stderr)
        return Interrupted.exit_code
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="quocphong", description="Search engine for Vietnamese local defence news.",
        epilog="Example: quocphong index corpus && quocphong search 'diễn tập khu vực phòng thủ' --province 'Gia Lai'",
    )
    top.add_argument("--version", action="version", version=f"quocphong {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    index = command(commands, "index", run_index, "bring the index up to date with the articles",
                    "quocphong index corpus --json")
    index.add_argument("paths", nargs="*", metavar="PATH", help="folders, files or globs (default: all indexed before)")
    index.add_argument("--rebuild", action="store_true", help="build anew beside the live index, then switch")
    index.add_argument("--rebuild-outdated", action="store_true", help="rebuild only if written by another version")
    index.add_argument("--allow-mass-delete", action="store_true", help="accept that many articles are gone")
    index.add_argument("--workers", metavar="N", help="processes that analyse articles")
    index.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run to end")
    index.add_argument("--json", action="store_true", help="the report as one JSON object")
    cli_operations.add_cron_options(index)

    fetch = command(commands, "fetch", run_fetch, "fetch new articles from the newspapers of the feeds file",
                    "quocphong fetch --starter > feeds.toml && quocphong fetch")
    add_fetching(fetch)
    fetch.add_argument("--include", action="append", default=[], metavar="URL",
                       help="take this page in, whatever the rule says of it; repeat for more")
    fetch.add_argument("--ruled-out", action="store_true", help="list the pages that do not belong, and why")
    fetch.add_argument("--starter", action="store_true", help="print a feeds file to begin with (unchecked)")

    update = command(commands, "update", run_update, "fetch, then bring the index up to date, under one lock",
                     "quocphong update --json")
    add_fetching(update)
    update.add_argument("--workers", metavar="N", help="processes that analyse articles")
    cli_operations.add_cron_options(update)

    withdraw = command(commands, "withdraw", run_withdraw, "take an article out for good: index, pages, exports, feeds",
                       "quocphong withdraw ID --reason 'tòa soạn yêu cầu gỡ'")
    withdraw.add_argument("article", nargs="?", metavar="ID|URL", help="its id, or its address in any spelling")
    withdraw.add_argument("--reason", default="", metavar="TEXT", help="why; kept with the tombstone")
    withdraw.add_argument("--by", default="", metavar="NAME", help="who decided (default: your login name)")
    withdraw.add_argument("--only", action="store_true", help="leave copies in that say the same word for word")
    withdraw.add_argument("--undo", action="store_true", help="bring it back; the next index run takes it in again")
    withdraw.add_argument("--list", action="store_true", help="list what is withdrawn")
    withdraw.add_argument("--apply", action="store_true", help="clean an index that was restored from a backup")
    withdraw.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run to end")
    withdraw.add_argument("--json", action="store_true", help="one JSON object a tombstone")

    extract = command(commands, "extract", run_extract, "show what is recognised in articles; needs no index",
                      "quocphong extract corpus/sample --json")
    extract.add_argument("paths", nargs="+", metavar="PATH", help="folders, files or globs")
    extract.add_argument("--json", action="store_true", help="one JSON object a line and article")

    search = command(commands, "search", run_search, "search the index",
                     "quocphong search 'tuyển quân' --province 'Thanh Hóa' --year 2023 --json")
    search.add_argument("query", nargs="?", default="", metavar="QUERY",
                        help="the query language: docs/query-language.md")
    for option, facet, text in FILTERS:
        search.add_argument(option, dest=facet, action="append", default=[], metavar="VALUE",
                            help=f"{text}; repeat for OR")
    search.add_argument("--no-inferred", action="store_true", help=NOT_INFERRED)
    add_period(search)
    search.add_argument("--sort", choices=("relevance", "newest", "oldest"), default="relevance",
                        help="without a query: newest first")
    search.add_argument("--limit", type=at_least_one, default=10, metavar="N", help="how many articles to list (10)")
    search.add_argument("--queries", type=Path, metavar="FILE", help="a file of 'id TAB query' lines; with --json")
    search.add_argument("--json", action="store_true", help="one JSON object; with --queries one a line")

    kwic = command(commands, "kwic", run_kwic, "list every place of a word or phrase, aligned (keyword in context)",
                   "quocphong kwic 'khu vực phòng thủ' --sort left --sample 100 --csv")
    kwic.add_argument("query", metavar="QUERY", help="words (taken as a phrase where it stands) or the query language")
    for option, facet, text in FILTERS:
        kwic.add_argument(option, dest=facet, action="append", default=[], metavar="VALUE",
                          help=f"{text}; repeat for OR")
    kwic.add_argument("--no-inferred", action="store_true", help=NOT_INFERRED)
    add_period(kwic)
    kwic.add_argument("--sort", choices=("left", "right", "date"), default="right",
                      help="by the words before, the words after (both alphabetical), or newest first")
    kwic.add_argument("--sample", type=at_least_one, metavar="N", help="draw so many of all lines")
    kwic.add_argument("--seed", type=int, default=0, metavar="S", help="another number, another draw (0)")
    kwic.add_argument("--width", type=at_least_one, default=60, metavar="N", help="characters on either side (60)")
    kwic.add_argument("--limit", type=at_least_one, metavar="N", help="how many lines to list (all)")
    shapes = kwic.add_mutually_exclusive_group()
    shapes.add_argument("--csv", action="store_true", help="a CSV file for spreadsheets")
    shapes.add_argument("--json", action="store_true", help="one JSON object")

    show = command(commands, "show", run_show, "show one article as the index holds it", "quocphong show ID")
    show.add_argument("id", metavar="ID", help="as extract, index and search give it")
    show.add_argument("--json", action="store_true", help="one JSON object")

    cli_people.add_commands(commands, command)
    cli_operations.add_commands(commands, command)

    serve = command(commands, "serve", run_serve, "serve the site", "quocphong serve --port 8000")
    serve.add_argument("--host", metavar="ADDRESS", help="address to listen on (default: setting, then 127.0.0.1)")
    serve.add_argument("--port", metavar="PORT", help="port to listen on (default: setting, then 8000)")
    serve.add_argument("--processes", metavar="N", help="processes that share the address and the index (1); 0: one per"
                       " processor")

    doctor = command(commands, "doctor", run_doctor, "is the index sound, current, findable?", "quocphong doctor")
    doctor.add_argument("--sample", type=at_least_one, default=50, metavar="N",
                        help="articles to look for by their own words")
    doctor.add_argument("--json", action="store_true", help="one JSON object")
    return top


def command(commands: Any, name: str, run: Callable[[argparse.Namespace, Settings], None], help: str,
            example: str) -> argparse.ArgumentParser:
    """A sub-command with what all commands share: --index, --config, an example."""
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=help, description=help[0].upper() + help[1:] + ".", epilog=f"Example: {example}")
    added.set_defaults(run=run)
    added.add_argument("--index", metavar="DIR", help="folder of the index (default: setting, then ./index)")
    added.add_argument("--config", type=Path, metavar="FILE", help="configuration file (default: ./quocphong.cfg)")
    return added


def add_period(to: argparse.ArgumentParser) -> None:
    for option, dest, which in (("--from", "low", "first"), ("--to", "high", "last")):
        to.add_argument(option, dest=dest, default="", metavar="DAY",
                        help=f"{which} day of publication: 2025-07-01, 1/7/2025, 2025-07 or 2025")


def add_fetching(to: argparse.ArgumentParser) -> None:
    to.add_argument("--feeds", metavar="FILE", help="the feeds file (default: setting, then ./feeds.toml)")
    to.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run to end")
    to.add_argument("--json", action="store_true", help="the report as one JSON object")


def at_least_one(written: str) -> int:
    if not written.isdigit() or int(written) < 1:
        raise argparse.ArgumentTypeError("write a whole number from 1")
    return int(written)


# -- the commands; each imports what only it needs, so that `--help` and small commands start at once ----------


def run_index(options: argparse.Namespace, settings: Settings) -> None:
    from indexer.build import build
    from indexer.index import is_outdated
    from indexer.sources import Limits

    with metered(settings), progress_bar(options.json or options.quiet) as progress:
        report = build(
            settings.index, options.paths, default_path=str(settings.corpus),
            rebuild=options.rebuild or (options.rebuild_outdated and is_outdated(settings.index, settings.place)),
            allow_mass_delete=options.allow_mass_delete, workers=settings.workers, wait_seconds=options.wait,
            strict=options.strict, engine=settings.place,
            limits=Limits(document=settings.max_file_mb * 1_000_000), progress=progress,
        )
    if not options.quiet:
        print(as_json(report.as_json()) if options.json else report.as_text())
    refuse_unreadable(report, options.strict)


def run_fetch(options: argparse.Namespace, settings: Settings) -> None:
    from indexer import fetching
    from indexer.fetch import starter

    if options.starter:
        print(starter(), end="")
    elif options.ruled_out:
        for page in fetching.ruled_out(settings.fetched):
            row = {"url": page.url, "title": page.title, "score": page.score, "reason": page.reason}
            print(as_json(row) if options.json else "\t".join(map(str, row.values())))
    else:
        report = fetching.bring_in_by(settings, include=options.include, wait_seconds=options.wait)
        print(as_json(report.as_json()) if options.json else report.as_text())
        refuse_unread_feeds(report.newly)


def run_update(options: argparse.Namespace, settings: Settings) -> None:
    from indexer import fetching, status
    from indexer.build import build
    from indexer.failing import named
    from indexer.sources import Limits

    with (metered(settings), named(settings.index),
          status.written(settings.index, options.wait, options.strict) as succeeded,
          progress_bar(options.json or options.quiet) as progress):
        fetched = fetching.bring_in_by(settings, wait_seconds=options.wait)
        report = build(
            settings.index, default_path=str(settings.corpus), also=[str(settings.fetched)], caller=succeeded,
            workers=settings.workers, limits=Limits(document=settings.max_file_mb * 1_000_000), progress=progress,
            strict=options.strict, engine=settings.place,
        )
        shapes = {"fetch": fetched.as_json(), "index": report.as_json()}
        if not options.quiet:
            print(as_json(shapes) if options.json else f"{fetched.as_text()}\n{report.as_text()}")
        refuse_unreadable(report, options.strict)
        refuse_unread_feeds(fetched.newly)


def refuse_unread_feeds(newly: int) -> None:
    if newly:
        raise FeedsUnread(f"Done, but {newly} feeds that are new or could be read before could not be; see the report.")


def run_withdraw(options: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from indexer import withdrawal
    from indexer.withdrawn import Withdrawn

    if options.apply:
        print(f"{withdrawal.apply(settings.index, options.wait)} withdrawn articles taken out.", file=sys.stderr)
        return
    if not options.list and not options.article:
        raise UsageError("Name an article: quocphong withdraw ID|URL --reason TEXT (or --list, or --apply).")
    alike: Sequence[Entry] = ()
    if options.list:
        stones = Withdrawn(settings.index).stones
    elif options.undo:
        stones = [withdrawal.bring_back(settings.index, options.article, options.reason, options.by, options.wait)]
    else:
        done = withdrawal.withdraw(settings.index, options.article, options.reason, options.by, options.wait,
                                   copies=not options.only)
        stones, alike = [done.stone], done.alike
    for stone in stones:
        print(as_json(asdict(stone)) if options.json else as_lines(asdict(stone)))
    for entry in alike:
        told = f"{entry.id}\t{entry.article.title}\tquocphong withdraw {shlex.quote(entry.id)} --reason …"
        print(f"quocphong: tells nearly the same, and stays: {told}", file=sys.stderr)


def run_extract(options: argparse.Namespace, settings: Settings) -> None:
    from indexer import analysis, sources
    from indexer.model import Problem
    from indexer.shapes import extract_json

    listing = sources.find(options.paths)
    problems = [*listing.problems]
    for file in listing.files:
        for found in sources.read(file, sources.Limits(document=settings.max_file_mb * 1_000_000)):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            article = analysis.prepare(found)
            shape = extract_json(article, analysis.read(article))
            print(as_json(shape) if options.json else as_lines(shape))
    for problem in problems:
        where = f"{problem.path}, line {problem.line}" if problem.line else problem.path
        print(f"quocphong: {where}: {problem.why}", file=sys.stderr)
    if listing.missing:
        raise UsageError(f"No such file or folder: {', '.join(listing.missing)}.")
    if problems:
        raise NewlyUnreadable(f"{len(problems)} files or records gave no article.")


def run_search(options: argparse.Namespace, settings: Settings) -> None:
    from indexer import search as street
    from indexer.index import current_folder
    from indexer.stories import MOST_COUNTED, Stories, count_as_stories

    with opened(settings) as engine:
        if options.queries:
            for query_id, ids in street.run_queries(engine, query_rows(options.queries), options.limit):
                print(as_json({"query_id": query_id, "ids": ids}))
            return
        filters = chosen(options)
        results = street.search(engine, options.query, filters=filters, sort=options.sort, limit=options.limit)
        if options.json:
            told = Stories.open(current_folder(settings.index))
            print(as_json(street.as_json(results, count_as_stories(engine, told, results.query, MOST_COUNTED))))
        else:
            print(street.as_text(results))


def chosen(options: argparse.Namespace) -> dict[str, Sequence[str]]:
    """The filters given as options, by facet."""
    from indexer.query.days import FACET as day
    from indexer.query.values import NOT_INFERRED as not_inferred

    filters: dict[str, Sequence[str]] = {
        facet: getattr(options, facet) for _, facet, _ in FILTERS if getattr(options, facet)}
    filters |= {"dated": not_inferred} if options.no_inferred else {}
    return filters | ({day: [span_of_days(options.low, options.high)]} if options.low or options.high else {})


def span_of_days(low: str, high: str) -> str:
    """The days from --from to --to; UsageError for what is none."""
    from indexer.query.days import days

    if days(f"{low}..{high}") is None:
        raise UsageError(f"--from {low!r} --to {high!r} makes no sense: write days as 2025-07-01.")
    return f"{low}..{high}"


def query_rows(path: Path) -> Iterator[tuple[str, str]]:
    """(id, query) from lines of `id TAB query`. Raises UsageError for a file or line that is something else."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, 1):
        query_id, tab, query = line.partition("\t")
        if line.strip() and not tab:
            raise UsageError(f"{path}, line {number}: write id, a tab, and the query.")
        if line.strip():
            yield query_id, query


def run_kwic(options: argparse.Namespace, settings: Settings) -> None:
    from indexer import kwic
    from indexer.csvfile import csv_lines

    with opened(settings) as engine:
        filters = chosen(options)
        found = kwic.kwic(engine, options.query, filters=filters, sample=options.sample, seed=options.seed,
                          sort=options.sort, width=options.width, limit=options.limit)
    if options.csv:
        print("".join(csv_lines(kwic.HEADER, kwic.as_rows(found))), end="")
    else:
        print(as_json(kwic.as_json(found)) if options.json else kwic.as_text(found))


def run_show(options: argparse.Namespace, settings: Settings) -> None:
    from indexer.shapes import extract_json, told_json

    with opened(settings) as engine:
        entries = engine.entries([options.id])
    if not entries:
        raise UsageError(f"The index holds no article {options.id!r}. Ids come from: quocphong search … --json")
    [entry] = entries
    shape = extract_json(entry.article, entry.entities) | told_json(entry.entities) | {
        "url": entry.article.url, "source": entry.article.source, "author": entry.article.author,
        "duplicate_of": entry.duplicate_of, "text": entry.article.text}
    print(as_json(shape) if options.json else as_lines(shape))


def run_serve(options: argparse.Namespace, settings: Settings) -> None:
    from search_app.serving import serve

    print(f"Serving on http://{settings.host}:{settings.port} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    serve(settings.index, settings)


def run_doctor(options: argparse.Namespace, settings: Settings) -> None:
    from indexer.doctor import examine

    findings = examine(settings, options.sample)
    print(as_json(findings.as_json()) if options.json else findings.as_text())
    findings.raise_if_ill()


@contextmanager
def opened(settings: Settings) -> Iterator[Any]:
    from indexer.index import open_engine

    with closing(open_engine(settings.index)) as engine:
        yield engine


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int], None]]:
    """Shows articles read so far and their rate on a terminal; nothing anywhere else."""
    from tqdm import tqdm

    with tqdm(unit=" articles", disable=quiet or not sys.stderr.isatty()) as bar:
        yield lambda count: bar.update(count - bar.n) and None


def as_json(shape: object) -> str:
    return json.dumps(shape, ensure_ascii=False)


def as_lines(shape: dict[str, Any]) -> str:
    """A JSON shape as 'key: value' lines for people."""
    return "\n".join(f"{key}: {plain(value)}" for key, value in shape.items() if value not in (None, [], "")) + "\n"


def plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {plain(v)}" for k, v in value.items() if v not in (None, [], ""))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(plain(item) for item in value)
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
