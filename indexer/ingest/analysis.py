"""What happens to one article on its way into the index, and on its way through `extract`: the same steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer import entities, text
from indexer.engine.invert import invert
from indexer.engine.port import Invert
from indexer.entities.testimony import LEARNED, Taught
from indexer.model import SINCE, Article, Entities, Entry, Terms
from indexer.storage.manifest import IndexedRecord
from indexer.storage.minhash import Numbers, signature
from indexer.storage.near_duplicates import told
from indexer.text import legacy


@dataclass(frozen=True, slots=True)
class Task:
    """A prepared article to analyse, and what the index will hold under its id when that is done.

    `taught` is what other articles of the index know of one of its officials.
    """

    article: Article
    held: IndexedRecord
    taught: Taught | None = None


@dataclass(frozen=True, slots=True)
class Analysed:
    """A block for the engine's writer, what it holds, each article's signature, and what could not be analysed.

    Articles themselves do not come back from a worker: their ids and what the index holds under them do.
    """

    block: Any
    held: dict[str, IndexedRecord]
    signatures: dict[str, Numbers]
    failed: tuple[tuple[Task, str], ...]


FOREIGN_LETTERS = re.compile(r"[¡-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïñöøûüþÿ]")  # signs of text from before Unicode
SUSPICIOUS = 8  # such letters among the first 1,500 characters


def prepare(article: Article) -> Article:
    """`article` with its text as the product shows and stores it (NFC, plain spaces); ids and paths untouched.

    Text typed in a TCVN3 or VNI font is brought to Unicode, and the article says so in its notes.
    """
    opening = f"{article.title} {article.text[:1500]}"
    if len(FOREIGN_LETTERS.findall(opening)) >= SUSPICIOUS and (encoding := legacy.legacy_encoding(opening)):
        article = rewritten(article, lambda part: legacy.from_legacy(part) or part)
        article = replace(article, notes=(*article.notes, f"typed in a {encoding} font; read as Unicode"))
    return rewritten(article, text.shown)


def rewritten(article: Article, change: Callable[[str], str]) -> Article:
    """The article with `change` applied to title, lead and body."""
    return replace(article, title=change(article.title), lead=change(article.lead), body=change(article.body))


def read(article: Article) -> Entities:
    """Where, when and who: the entities of a prepared article."""
    return entities.read_entities(article)


def enter(tasks: Sequence[Task]) -> list[tuple[Entry, Terms]]:
    """The index entry and the terms of each prepared article."""
    found = entities.read_all([(task.article, task.taught) for task in tasks])
    return with_terms(list(map(entry_of, tasks, found)))


def with_terms(entries: Sequence[Entry]) -> list[tuple[Entry, Terms]]:
    """Each entry with the terms of its article: what an engine makes a block of."""
    articles = ((e.article.title, e.article.text, entities.entity_words(e.entities)) for e in entries)
    return list(zip(entries, text.analyze_all(articles), strict=True))


def entry_of(task: Task, found: Entities) -> Entry:
    """The entry of an article: what was found in it, its facet keys, and where it came from."""
    article = task.article
    lesson = {LEARNED: (task.taught.key(),)} if task.taught else {}
    return Entry(
        article=replace(article, line=None),  # a line number is stale as soon as the file grows at its head
        entities=found,
        keys={**entities.facet_keys(found, article), **lesson, SINCE: (str(task.held.since),)},
        root=task.held.root,
        digest=task.held.digest,
        duplicate_of=task.held.duplicate_of,
    )


def analyse(tasks: Sequence[Task], invert: Invert = invert) -> Analysed:
    """Analyse a chunk of articles: what worker processes run. One article's failure never costs the others.

    `invert` is the engine's own; the default is that of an index in a folder.
    """
    try:
        return analysed(invert, enter(tasks), tasks)
    except Exception:  # a defect of ours met by one article, to be told from the others by analysing each alone
        return analyse_apart(tasks, invert)


def analyse_apart(tasks: Sequence[Task], invert: Invert) -> Analysed:
    """The same one article at a time: one that cannot be analysed is reported and harms no other."""
    entered: list[tuple[Entry, Terms]] = []
    done: list[Task] = []
    failed: list[tuple[Task, str]] = []
    for task in tasks:
        try:
            entered += enter([task])
        except Exception as error:  # reported with its name, never the end
            failed.append((task, f"could not be analysed ({type(error).__name__}: {error}); please report this"))
        else:
            done.append(task)
    return analysed(invert, entered, done, tuple(failed))


def analysed(invert: Invert, entered: list[tuple[Entry, Terms]], done: Sequence[Task],
             failed: tuple[tuple[Task, str], ...] = ()) -> Analysed:
    """The block of the articles entered, with their minhash signatures and those that failed."""
    signatures = {task.article.id: signature(told(task.article)) for task in done}
    return Analysed(invert(entered), {task.article.id: task.held for task in done}, signatures, failed)
