"""What a run of the indexer did, for people and for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from indexer.model import Problem


@dataclass(slots=True)
class Report:
    """`lines` = `indexed` + `duplicates` + `withdrawn` + `len(problems)`: every record read is one of the four.

    indexed     articles the index holds from the roots of this run: new + changed + unchanged
    duplicates  further records with the id and the content of an indexed one
    withdrawn   records of articles that were withdrawn (quocphong withdraw)
    repeats     indexed articles whose text equals an earlier one's (kept, and marked)
    passed_over files that are no articles by their name
    remembered  all roots the index covers, those this run left alone too
    problems    files and records that gave no article; newly: those no earlier run has reported
    notes       oddities of articles that were indexed all the same (an unreadable date)
    """

    roots: list[str] = field(default_factory=list)
    remembered: list[str] = field(default_factory=list)
    files: int = 0
    passed_over: int = 0
    lines: int = 0
    indexed: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    withdrawn: int = 0
    duplicates: int = 0
    repeats: int = 0
    problems: list[Problem] = field(default_factory=list)
    newly: int = 0
    notes: list[Problem] = field(default_factory=list)
    articles: int = 0
    generation: int = 0
    rebuilt: bool = False
    seconds: float = 0.0

    def unreadable(self, strict: bool = False) -> int:
        """How many problems make a run end with code 3: new ones, or with `strict` all."""
        return len(self.problems) if strict else self.newly

    def as_json(self) -> dict[str, Any]:
        """The report as plain dicts and lists, for --json."""
        return asdict(self)

    def as_text(self, most: int = 20) -> str:
        """The report as lines for people; at most `most` problems and notes are spelled out."""
        return "\n".join([
            f"{self.lines} records in {self.files} files under {', '.join(self.roots)}"
            f" ({self.passed_over} other files passed over)",
            f"  {self.indexed} indexed: {self.new} new, {self.changed} changed, {self.unchanged} unchanged"
            + (f" ({self.repeats} repeat another article's text)" if self.repeats else ""),
            f"  {self.duplicates} duplicates of the same id, {len(self.problems)} problems ({self.newly} new)"
            + (f", {self.withdrawn} withdrawn" if self.withdrawn else ""),
            *listed("problem", self.problems, most),
            *listed("note", self.notes, most),
            f"  {self.deleted} deleted; the index holds {self.articles} articles,"
            f" generation {self.generation}{' (rebuilt)' if self.rebuilt else ''}, {self.seconds:.1f} s",
        ])


def listed(kind: str, problems: list[Problem], most: int) -> list[str]:
    """A line for each of the first `most` problems, and one that says how many more there are."""
    lines = [f"    {kind}: {p.where}: {p.why}" for p in problems[:most]]
    return lines + ([f"    … and {len(problems) - most} more (see --json)"] if len(problems) > most else [])
