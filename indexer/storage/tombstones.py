"""Articles taken out for good: tombstones that fetch, index, rebuild, rollback and restore all honour.

    index/withdrawn.jsonl   one line an act: who withdrew or brought back what, when and why

Only `quocphong withdraw --erase`, which takes out titles, and `restore`, which merges two lists, rewrite the list. It
lies beside the generations of the index, not in one, so none of them can lose it. A generation that still
holds a withdrawn article, restored from a backup perhaps, is not opened before `quocphong withdraw --apply` cleans it.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.model.atomic_files import append_line, replace_file
from indexer.model.canonical_url import page_key
from indexer.model.errors import IndexDamaged, UsageError
from indexer.model.lines import is_json, json_line
from indexer.storage.clock import now
from indexer.storage.withdrawal_acts import ACTS, Act, Reading, Tombstone, digest

if TYPE_CHECKING:
    from indexer.storage.manifest import IdClaim

FILE = "withdrawn.jsonl"


class Tombstones:
    """The tombstones of an index, as its list says now. IndexDamaged if the list cannot be read: better no index
    than one that shows what must not be shown."""

    def __init__(self, index_dir: Path) -> None:
        self.path = index_dir / FILE
        self.reading = Reading(self.acts())
        self.learned: list[Act] = []
        self.sum_up()

    def covers(self, id: str, url: str | None = None, texts: Collection[str] = ()) -> bool:
        """Whether an article is withdrawn: by its id, its address in any spelling, or a digest of its text or words."""
        return id in self.ids or not self.texts.isdisjoint(texts) or (
            bool(self.keys) and any(page_key(each) in self.keys for each in {id, url or ""}))

    def means(self, claim: IdClaim) -> bool:
        """Whether the article a record claims to be is withdrawn."""
        return (claim.id in self.ids or claim.text_digest in self.texts or claim.words in self.texts
                or (bool(self.keys) and not self.keys.isdisjoint(map(page_key, claim.addresses))))

    def withdraw(self, stone: Tombstone) -> None:
        """Write the tombstone down, for good before this returns."""
        self.append({"act": "withdraw", **asdict(stone)})

    def learn(self, id: str, url: str | None = None, texts: Collection[str] = ()) -> None:
        """Another record of a withdrawn article came in under `id`: from now on the id is enough to know it.

        This counts at once, and on the disk once it is written down. Before that nobody else misses the article, which
        an index in use may hold with other words.
        """
        stone = next(stone for stone in self.stones if stone.covers(id, url, texts))
        if id not in stone.ids:
            act: Act = {"act": "also", "at": now(), "id": id, **self.names(stone)}
            self.learned.append(act)
            self.take_in(act)

    def write_down(self) -> None:
        """Append what was learned to the list, for good before this returns."""
        while self.learned:
            append_line(self.path, json_line(self.learned[0]), is_json)
            del self.learned[0]

    def undo(self, name: str, by: str = "", reason: str = "") -> Tombstone:
        """Bring back what is withdrawn under an id or address, however often it was. UsageError if nothing is."""
        named = [stone for stone in self.stones if stone.covers(name, name)]
        if not named:
            raise UsageError(f"Nothing is withdrawn under {name!r}. The list: quocphong withdraw --list")
        for stone in named:
            self.append({"act": "undo", "at": now(), "by": by or getpass.getuser(), "reason": reason,
                         **self.names(stone)})
        return named[0]

    def erase_titles(self, stones: Collection[Tombstone]) -> None:
        """Write the list anew without the titles of these tombstones, which stay in force under their digests."""
        about = {each.digest for each in self.reading.in_force if each.stone in stones}
        acts = [{**act, "title": "", "digest": digest(act)} if act["act"] == "withdraw" and digest(act) in about
                and act.get("title") else act for act in self.acts()]
        replace_file(self.path, "".join(f"{json_line(act)}\n" for act in acts))
        self.reading = Reading(acts)
        self.sum_up()

    def names(self, stone: Tombstone) -> Act:
        """How an act says which tombstone it is about: this one, and others that bear the same name now."""
        same = {each.digest for each in self.reading.in_force if {*each.stone.named} == {*stone.named}}
        return {"of": [*stone.named], "digests": sorted(same)}

    def append(self, act: Act) -> None:
        """Write an act at the end of the list, for good before this returns, and follow it."""
        append_line(self.path, json_line(act), is_json)
        self.take_in(json.loads(json.dumps(act)))

    def acts(self) -> Iterator[Act]:
        """The acts in order. A last line that was never finished belongs to an act that was refused: it is left out."""
        try:
            *lines, last = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        for number, line in enumerate([*lines, last] if is_json(last) else lines, 1):
            if line.strip():
                yield self.act(number, line)

    def act(self, number: int, line: bytes) -> Act:
        """The act on a line. IndexDamaged if it cannot be read."""
        try:
            act = dict(json.loads(line))
            if act["act"] not in ACTS:
                why = f"no such act: {act['act']}"
            elif missing := [name for name in ACTS[act["act"]] if name not in act]:
                why = f"it lacks {', '.join(missing)}"
            else:
                return act
        except (ValueError, TypeError, LookupError) as error:
            why = str(error)
        raise IndexDamaged(f"{self.path}, line {number} cannot be read ({why}). It says what must not be shown, so"
                           f" nothing is shown. Put {FILE} of a backup in its place (quocphong backup keeps one).")

    def take_in(self, act: Act) -> None:
        """Bring the tombstones up to date with an act."""
        self.reading.take_in(act)
        self.sum_up()

    def sum_up(self) -> None:
        """Collect the tombstones in force, and their ids, the keys of their addresses and their digests, for quick
        look-up."""
        self.stones = [each.stone for each in self.reading.in_force]
        self.ids = frozenset(id for stone in self.stones for id in stone.ids)
        self.keys = frozenset(key for stone in self.stones for each in stone.addresses if (key := page_key(each)))
        self.texts = frozenset(text for stone in self.stones for text in stone.texts if text)
