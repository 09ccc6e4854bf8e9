"""The report of an indexing run, as text and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from indexer.model import Problem

MOST_MAILED = 20  # problems that a mail spells out


@dataclass(frozen=True, slots=True)
class OtherKind:
    """Files with one extension that are not read: their number, and the first few paths as `examples`.

    `remedy` is the command that makes this format readable, "" if there is none.
    """

    ending: str
    files: int
    examples: tuple[str, ...]
    remedy: str = ""

    def __str__(self) -> str:
        more = f", … ({self.files})" if self.files > len(self.examples) else ""
        remedy = f" – to read them: {self.remedy}" if self.remedy else ""
        return f"{self.ending or 'no ending'}: {', '.join(self.examples)}{more}{remedy}"


@dataclass(slots=True)
class Report:
    """Counts and problems of an indexing run. The field names are the keys of the JSON report.

    `lines` = `indexed` + `duplicates` + `withdrawn` + `len(problems)`: every record read is one of the four.

    indexed     articles the index holds from the roots of this run: new + changed + unchanged
    duplicates  further records with the id and the content of an indexed one
    withdrawn   records of articles that were withdrawn (quocphong withdraw)
    repeats     indexed articles whose text equals an earlier one's (kept, and marked)
    passed_over files whose names are not those of articles
    other_kinds the passed over files of other formats, by file extension, with three examples each
    remembered  all corpus roots of the index, including those that this run did not read
    problems    files and records that gave no article; `newly` counts those that no earlier run has reported
    first_new   the first of these new problems, for a mail
    notes       warnings about articles that were indexed (an unreadable date)
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
    first_new: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    articles: int = 0
    generation: int = 0
    rebuilt: bool = False
    seconds: float = 0.0
    other_kinds: tuple[OtherKind, ...] = ()

    def mail_lines(self, strict: bool = False) -> list[str]:
        """What a mail of cron must say: a line with path and reason for each problem `unreadable` counts, the first."""
        listed = self.problems[:MOST_MAILED] if strict else self.first_new
        lines = [f"{problem.where}: {problem.why}" for problem in listed]
        more = self.unreadable(strict) - len(lines)
        return lines + ([f"… and {more} more"] if more else [])

    def unreadable(self, strict: bool = False) -> int:
        """The number of problems that make the run end with exit code 3: new ones, or with `strict` all."""
        return len(self.problems) if strict else self.newly

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object, for --json."""
        return asdict(self)

    def as_text(self, most: int = 20) -> str:
        """The report as text for people. Lists at most `most` problems and `most` notes."""
        return "\n".join([
            f"{self.lines} records in {self.files} files under {', '.join(self.roots)}"
            f" ({self.passed_over} other files passed over)",
            *(f"    not read: {kind}" for kind in self.other_kinds[:most]),
            f"  {self.indexed} indexed: {self.new} new, {self.changed} changed, {self.unchanged} unchanged"
            + (f" ({self.repeats} repeat another article's text)" if self.repeats else ""),
            f"  {self.duplicates} duplicates of the same id, {len(self.problems)} problems ({self.newly} new)"
            + (f", {self.withdrawn} withdrawn" if self.withdrawn else ""),
            *problem_lines("problem", self.problems, most),
            *problem_lines("note", self.notes, most),
            f"  {self.deleted} deleted; the index holds {self.articles} articles,"
            f" generation {self.generation}{' (rebuilt)' if self.rebuilt else ''}, {self.seconds:.1f} s",
        ])


def problem_lines(kind: str, problems: list[Problem], most: int) -> list[str]:
    """A line for each of the first `most` problems, and a line with the number of the others."""
    lines = [f"    {kind}: {p.where}: {p.why}" for p in problems[:most]]
    return lines + ([f"    … and {len(problems) - most} more (see --json)"] if len(problems) > most else [])
