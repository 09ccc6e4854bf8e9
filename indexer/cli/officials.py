"""The commands about people: `quocphong mentions` and `quocphong officials`."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from indexer.cli.console import AddCommand, as_json, complain, open_index, say_if_none
from indexer.model import INFERRED_BASES
from indexer.model.settings import Settings

Row = dict[str, Any]

# The options that filter mentions: (option, help). One mention must satisfy all of them.
MENTION_OPTIONS = (
    ("--person", "a person's name or key"),
    ("--post", "a post in any spelling, e.g. 'CHT Bộ CHQS'; a deputy or former holder is another post"),
    ("--province", "the post's province at publication, e.g. 'Thanh Hóa'"),
    ("--year", "year published, or years: 2021-2023"),
    ("--class", "Đảng, chính quyền, quân đội, biên phòng, công an, MTTQ và đoàn thể"),
    ("--level", "trung ương, quân khu, tỉnh, huyện, khu vực, xã"),
    ("--role", "chủ trì, dự và chỉ đạo, dự, phát biểu, ký, trao/tặng, được tặng, kiểm tra"),
)


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-commands to the parser of `quocphong`."""
    mentions = command(commands, "mentions", run_mentions,
                       "one row per article, person and post (quocphong docs mentions)",
                       "quocphong mentions --province 'Thanh Hóa' --year 2023 --csv > mentions.csv")
    add_mention_options(mentions)
    mentions.add_argument("query", nargs="?", default="", metavar="QUERY", help="only articles this query finds")
    mentions.add_argument("--topic", metavar="TOPIC", help="only articles about this, e.g. 'tuyển quân'")
    mentions.add_argument("--no-inferred", action="store_true", help="leave out articles whose date is inferred")
    form = mentions.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="CSV for spreadsheets (the default)")
    form.add_argument("--json", action="store_true", help="one JSON object a line")

    officials = command(commands, "officials", run_officials, "who was named at which post, and when",
                        "quocphong officials --post 'Chỉ huy trưởng Bộ CHQS' --province 'Thanh Hóa' --year 2023 --json")
    add_mention_options(officials)
    officials.add_argument("--json", action="store_true", help="one JSON object a line and person")


def add_mention_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that filter mentions."""
    for option, text in MENTION_OPTIONS:
        parser.add_argument(option, dest=option[2:].replace("class", "cls"), metavar="VALUE", help=text)


def run_mentions(options: argparse.Namespace, settings: Settings) -> None:
    """Print the mentions as CSV, or as one JSON object a line."""
    from indexer.search import mentions
    from indexer.search.csv_lines import csv_lines

    with open_mentions(options, settings) as rows, say_if_none(rows, "mention") as told:
        shapes = map(mentions.as_json, told)
        if options.json:
            for shape in shapes:
                print(as_json(shape))
        else:
            sys.stdout.writelines(csv_lines(mentions.COLUMNS, (tuple(shape.values()) for shape in shapes)))


def run_officials(options: argparse.Namespace, settings: Settings) -> None:
    """Print a summary of each person mentioned, those with most articles first."""
    from indexer.search.people import summary

    with open_mentions(options, settings) as rows, say_if_none(rows, "person") as told:
        by_person = defaultdict(list)
        for row in told:
            by_person[row.person].append(row)
    for shape in sorted(map(summary, by_person.values()), key=lambda shape: -shape["articles"]):
        print(as_json(shape) if options.json else as_line(shape))


def as_line(shape: Row) -> str:
    """The summary of a person as one line: name, posts with first and last day, number of articles."""
    posts = "; ".join(f"{post['post']} ({day_of_post(post, 'first')} – {day_of_post(post, 'last')})"
                      for post in shape["posts"])
    return f"{shape['name']}: {posts} [{shape['articles']}]"


def day_of_post(post: Row, when: str) -> str:
    """The day of the first or last mention (`when` is "first" or "last"), marked "(suy ra)" if it is inferred."""
    return f"{post[when]} (suy ra)" if post[f"{when}_basis"] in INFERRED_BASES else str(post[when])


@contextmanager
def open_mentions(options: argparse.Namespace, settings: Settings) -> Iterator[Iterator[Any]]:
    """The mentions that the options select, with editors' corrections applied. The index is open during the block.

    UsageError for an invalid --year.
    """
    from indexer.search.archive import DuplicateGroups, current_folder
    from indexer.search.corrections import read_corrections
    from indexer.search.mentions import Wanted, mentions
    from indexer.search.people import People
    from indexer.search.query import plan
    from indexer.search.query.values import NOT_INFERRED

    with open_index(settings) as engine:
        text, topic = getattr(options, "query", ""), getattr(options, "topic", None)
        filters: dict[str, Sequence[str]] = {"topic": [topic]} if topic else {}
        filters |= {"dated": NOT_INFERRED} if getattr(options, "no_inferred", False) else {}
        wanted = Wanted(
            options.person, options.post, options.province, parse_years(options.year), options.cls, options.level,
            options.role, filters, plan(text, engine).query.match if text else None,
        )
        corrections, problems = read_corrections(settings.corrections)
        for problem in problems:
            complain(f"{problem.where}: {problem.why}")
        story_of = DuplicateGroups.open(current_folder(settings.index)).story_of
        yield People(engine, corrections).corrected(mentions(engine, wanted, story_of))


def parse_years(written: str | None) -> tuple[str | None, str | None] | None:
    """The years (first, last) of "2023", "2021-2023", "2021-" or "-2023"; an open end is None. UsageError otherwise."""
    from indexer.model.errors import UsageError
    from indexer.search.holdings import years_of

    if written is None:
        return None
    if (years := years_of(written)) is None:
        raise UsageError(f"--year {written!r} makes no sense: write 2023, 2021-2023, 2021- or -2023.")
    return years
