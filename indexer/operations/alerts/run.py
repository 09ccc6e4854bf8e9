"""One run of the alerts: look what is new, send it, and write down what was told.

Order: the events are on the disk before anything is sent; that a message is about to be sent is on the disk before it
is; that it was sent is written down behind it. So a run that is killed anywhere loses nothing, and sends at worst one
message again, with the same id. A run that finds nothing new loads neither the index nor the query language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from indexer.model.errors import UsageError
from indexer.model.settings import Settings
from indexer.operations.alerts.quiet import LOCK, Clock, note, present_token
from indexer.operations.alerts.recipients import COMMAND, MAIL, WEBHOOK, Recipient, Refusal
from indexer.operations.alerts.report import AlertsReport, Delivery
from indexer.operations.alerts.state import AlertState, Looked, Standing, opened
from indexer.operations.alerts.table import DAILY, RUN, WEEKLY, Alert, AlertsFile, check_search, read_alerts
from indexer.storage.lock import hold

if TYPE_CHECKING:
    from indexer.operations.alerts.digest import Composer, Digest
    from indexer.operations.alerts.mail import Mailer
    from indexer.operations.alerts.news import Present

VIET_NAM = timezone(timedelta(hours=7))
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=15), timedelta(days=1)
FOREVER = datetime.max.replace(tzinfo=UTC)


def run(settings: Settings, wait_seconds: float = 0.0, clock: Clock = lambda: datetime.now(UTC)) -> AlertsReport:
    """Send what is new to everybody it is due to.

    UsageError for an alerts file that makes no sense: nothing is sent then. IndexLocked while another run of the alerts
    is sending; IndexMissing and other errors of `open_engine`; IndexDamaged for a state that cannot be read.
    """
    file = read_alerts(settings.alerts)
    token = present_token(settings.index)
    with (hold(settings.index / LOCK, wait_seconds), opened(settings.index) as state,
          closing(Sender(file)) as sender, ExitStack() as at_end):
        for alert in file.alerts:
            if is_asked_anew(alert, state.looked(alert.name)):
                check_search(alert, file.path)
        state.keep_alerts([alert.name for alert in file.alerts])
        state.commit()
        working = Run(settings, state, sender, clock, token, at_end)
        working.report.alerts = len(file.alerts)
        for alert in file.alerts:
            working.tend(alert)
        waiting = [f"{each.recipient} ({each.alert}): {each.why}" for each in state.failing()]
        note(settings, token, working.quiet_until(file), len(file.alerts), waiting)
    return working.report


def is_asked_anew(alert: Alert, before: Looked | None) -> bool:
    """Whether an alert is new, or asks for something else than when it looked."""
    return before is None or before.definition != alert.definition


def slot_of(alert: Alert, moment: datetime) -> str:
    """The day or week, in Viet Nam and from the alert's hour on, for which it is due; "" for each run."""
    local = moment.astimezone(VIET_NAM) - timedelta(hours=alert.hour)
    year, week, _ = local.isocalendar()
    return {RUN: "", DAILY: local.date().isoformat(), WEEKLY: f"{year}-W{week:02d}"}[alert.often]


def due_after(alert: Alert, moment: datetime) -> datetime:
    """From when an alert may be due again though nothing has changed: the next day that begins at its hour."""
    if alert.often == RUN:
        return FOREVER
    local = moment.astimezone(VIET_NAM) - timedelta(hours=alert.hour)
    return datetime.combine(local.date() + timedelta(days=1), time(alert.hour), VIET_NAM)


class Sender:
    """Sends messages to recipients of every kind; closes what it opened."""

    def __init__(self, file: AlertsFile) -> None:
        self._server = file.mail
        self._mailer: Mailer | None = None

    def send(self, digest: Digest, to: Recipient, often: str) -> Refusal | None:
        """Send a message; None for sent. A secret that cannot be read is a reason why not."""
        from indexer.operations.alerts.programs import to_command, to_webhook

        try:
            if to.kind == MAIL:
                return self.mailer().send(digest, to, often)
            return {WEBHOOK: to_webhook, COMMAND: to_command}[to.kind](digest, to)
        except UsageError as error:
            return Refusal(str(error), surely=True)

    def mailer(self) -> Mailer:
        """The connection to the mail server, which is made when it is first needed."""
        from indexer.operations.alerts.mail import Mailer

        if self._mailer is None:
            assert self._server is not None  # the table refuses mail addresses without a server
            self._mailer = Mailer(self._server)
        return self._mailer

    def close(self) -> None:
        """End the connection to the mail server."""
        if self._mailer:
            self._mailer.close()


class Run:
    """One run, with what it opens when it first needs it."""

    def __init__(self, settings: Settings, state: AlertState, sender: Sender, clock: Clock, token: str,
                 at_end: ExitStack) -> None:
        self.settings, self.state, self.sender, self.clock = settings, state, sender, clock
        self.token, self.at_end, self.report = token, at_end, AlertsReport()
        self._present: Present | None = None

    @property
    def present(self) -> Present:
        """The archive, opened."""
        if self._present is None:
            self._present = self.at_end.enter_context(present_of(self.settings))
            self.report.generation = self._present.engine.generation
        return self._present

    def tend(self, alert: Alert) -> None:
        """Look what is new, if it is time, and send to everybody what he was not told."""
        has_looked = self.look(alert)
        looked = self.state.looked(alert.name)
        assert looked is not None
        standings = self.state.standings(alert.name)
        behind = [to for to in alert.to if (standing := standings[to.name]).at < looked.next
                  or (has_looked and standing.held)]
        if not behind:
            return
        composer = composer_of(self.present, alert, self.settings)
        for to in behind:
            if standings[to.name].again > told_time(self.clock()):
                self.report.waiting.append(f"{to.shown} ({alert.name}): {standings[to.name].why}")
            else:
                self.catch_up(alert, to, standings[to.name], looked.next, composer)

    def quiet_until(self, file: AlertsFile) -> datetime:
        """When the next alert falls due by the clock, or the next recipient is tried again."""
        again = [datetime.fromisoformat(each.again) for each in self.state.failing()]
        return min([*again, *(due_after(alert, self.clock()) for alert in file.alerts)])

    def look(self, alert: Alert) -> bool:
        """Write down what is new for an alert, and who is told of it; whether it was due and anything has changed."""
        from_state, slot = self.state.looked(alert.name), slot_of(alert, self.clock())
        anew = is_asked_anew(alert, from_state)
        due = anew or from_state is None or alert.often == RUN or slot != from_state.slot
        changed = anew or from_state is None or (due and from_state.looked != self.token)
        if changed:
            from indexer.operations.alerts import news

            news.look(self.present, alert, self.state, self.token, slot)
        elif from_state and due and slot != from_state.slot:
            self.state.set_looked(alert.name, replace(from_state, slot=slot))
        self.greet(alert, from_state.next if from_state else 1)
        self.state.commit()
        if anew:
            self.report.begun.append(alert.name)
            self.report.notes += notes_on(self.present, alert)
        return changed

    def greet(self, alert: Alert, at: int) -> None:
        """Let recipients that are new begin at the event number `at`, and forget those that are not named any more."""
        known = self.state.standings(alert.name)
        for to in alert.to:
            if to.name not in known:
                self.state.set_standing(alert.name, Standing(to.name, to.shown, at))
        if known.keys() - {to.name for to in alert.to}:
            self.state.keep_recipients(alert.name, [to.name for to in alert.to])

    def catch_up(self, alert: Alert, to: Recipient, standing: Standing, end: int, composer: Composer) -> None:
        """Tell a recipient all events up to `end`: first those of a message that may have been sent already."""
        while True:
            upto = standing.prepared or end
            events = [*standing.held, *self.state.events(alert.name, standing.at, upto)]
            digest = composer.digest(events)
            if digest.items:
                if not standing.prepared:
                    standing = replace(standing, prepared=upto)
                    self.write(alert, standing)
                if refusal := self.sender.send(digest, to, alert.often):
                    self.failed(alert, to, standing, digest, refusal)
                    return
                self.report.sent.append(Delivery(alert.name, to.shown, digest.id, digest.total))
            sent = told_time(self.clock()) if digest.items else standing.sent
            standing = Standing(standing.name, to.shown, upto, sent=sent, held=composer.missing(events))
            self.write(alert, standing)
            if upto == end:
                return

    def failed(self, alert: Alert, to: Recipient, standing: Standing, digest: Digest, refusal: Refusal) -> None:
        """Write down that a recipient could not be reached, and when it is tried again: with the same message where it
        may have arrived, else with all that is new then."""
        pause = min(FIRST_PAUSE * 2 ** min(standing.tries, 10), LONGEST_PAUSE)
        moment = self.clock()
        self.report.failed.append(
            Delivery(alert.name, to.shown, digest.id, digest.total, refusal.why, not standing.tries))
        self.write(alert, replace(
            standing, prepared=0 if refusal.surely else standing.prepared, tries=standing.tries + 1, why=refusal.why,
            again=told_time(moment + pause), failing=standing.failing or told_time(moment)))

    def write(self, alert: Alert, standing: Standing) -> None:
        """Put on the disk how far a recipient is."""
        self.state.set_standing(alert.name, standing)
        self.state.keep_recipients(alert.name, [to.name for to in alert.to])
        self.state.commit()


def told_time(moment: datetime) -> str:
    """A moment in UTC to the second; texts compare as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


# --- the archive -------------------------------------------------------------------------------------------------


@contextmanager
def present_of(settings: Settings) -> Iterator[Present]:
    """The archive of the settings, opened for the block."""
    from indexer.operations.alerts.news import present
    from indexer.search.corrections import read_corrections

    with present(settings.index, read_corrections(settings.corrections)[0]) as opened_now:
        yield opened_now


def composer_of(now: Present, alert: Alert, settings: Settings) -> Composer:
    """Makes the messages of an alert, as the settings say."""
    from indexer.operations.alerts.digest import Composer

    return Composer(now, alert, settings.site, settings.public_fulltext)


def notes_on(now: Present, alert: Alert) -> list[str]:
    """What an alert names that the archive does not know, a sentence each."""
    from indexer.operations.alerts.holders import asked_for
    from indexer.operations.alerts.news import planned
    from indexer.operations.alerts.table import HOLDER
    from indexer.search.holdings import nearest_posts
    from indexer.search.saved_search import SavedSearch
    from indexer.search.unknown_values import unknown_values

    if alert.kind == HOLDER:
        near = nearest_posts(now.people, alert.post)
        known = bool(asked_for(now, alert))
        return [] if known else [f"{alert.name}: nobody is named as {alert.post!r}"
                                 f"{f' in {alert.province}' if alert.province else ''} so far;"
                                 f" nearest: {', '.join(near) or 'none'}."]
    typed = SavedSearch.parse(alert.search)[0].q
    found = unknown_values(now.engine, planned(now.engine, alert.search)[1], typed)
    return [f"{alert.name}: {each.message}" for each in found]


# --- looking without sending, sending without looking --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview:
    """What an alert would tell now; `digest` is None where it would set its mark only."""

    alert: Alert
    digest: Digest | None
    notes: tuple[str, ...] = ()


def preview(settings: Settings, clock: Clock = lambda: datetime.now(UTC)) -> list[Preview]:
    """What each alert would tell whoever was told least, were it due now. Nothing is sent or written."""
    from indexer.operations.alerts import news

    file, token, found = read_alerts(settings.alerts), present_token(settings.index), []
    for alert in file.alerts:
        check_search(alert, file.path)
    with opened(settings.index, passing=True) as state, present_of(settings) as now:
        for alert in file.alerts:
            before, standings = state.looked(alert.name), state.standings(alert.name)
            news.look(now, alert, state, token, slot_of(alert, clock()))
            first = min((each.at for each in standings.values()), default=before.next if before else 1)
            digest = composer_of(now, alert, settings).digest(state.events(alert.name, first, 1 << 60))
            quiet = is_asked_anew(alert, before) and not digest.items
            found.append(Preview(alert, None if quiet else digest, tuple(notes_on(now, alert))))
    return found


def send_sample(settings: Settings, name: str) -> AlertsReport:
    """Send a test with the newest articles to the recipients of one alert. Nothing is written down.

    UsageError if there is no such alert, or no article that could be shown.
    """
    file = read_alerts(settings.alerts)
    alert, report = file.named(name), AlertsReport(alerts=1)
    check_search(alert, file.path)
    with present_of(settings) as now, closing(Sender(file)) as sender:
        report.generation, report.notes = now.engine.generation, notes_on(now, alert)
        digest = composer_of(now, alert, settings).sample()
        if not digest.items:
            raise UsageError(f"There is no article that a test of {name!r} could show. Index some: quocphong index")
        for to in alert.to:
            refusal = sender.send(digest, to, alert.often)
            why = refusal.why if refusal else ""
            told = Delivery(alert.name, to.shown, digest.id, digest.total, why, newly=bool(refusal))
            (report.failed if refusal else report.sent).append(told)
    return report
