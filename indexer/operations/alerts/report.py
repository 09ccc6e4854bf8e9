"""What a run of the alerts did: for people, for programs, and for the log of a cron job."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient: its id, how many things it tells, and why it was not taken ("" for sent).

    `newly`: the recipient is new, or could be reached before.
    """

    alert: str
    recipient: str
    id: str
    total: int
    why: str = ""
    newly: bool = False

    def __str__(self) -> str:
        return f"{self.recipient} ({self.alert}): {self.why or f'{self.total} told'}"


@dataclass(slots=True)
class AlertsReport:
    """What a run did.

    alerts   how many the file has;  generation  of the index, 0 where nothing had to be looked up
    begun    alerts that are new, or ask for something else than before: they have set their mark
    sent, failed  the messages;  waiting  recipients that failed before and are not tried yet
    notes    what an alert names that the archive does not know
    """

    alerts: int = 0
    generation: int = 0
    begun: list[str] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    failed: list[Delivery] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def newly(self) -> list[Delivery]:
        """The failures that nobody was told of yet."""
        return [each for each in self.failed if each.newly]

    def as_json(self) -> dict[str, Any]:
        """The report as plain dicts."""
        return asdict(self)

    def as_text(self) -> str:
        """The report for a terminal."""
        return "\n".join([
            f"{self.alerts} alerts: {len(self.sent)} messages sent, {len(self.failed)} failed,"
            f" {len(self.waiting)} recipients wait",
            *(f"  begun: {name} (what is new from now on is told)" for name in self.begun),
            *(f"  sent: {each}" for each in self.sent),
            *(f"  FAILED: {each}" for each in self.failed),
            *(f"  waits: {each}" for each in self.waiting),
            *(f"  note: {each}" for each in self.notes),
        ])
