"""The alerts file: who is told of what, and how often, as the owner wrote it down. TOML, one table an alert.

It is read anew by every run, like the feeds file. What makes no sense is refused with its line. Whether a search makes
sense is looked at when an alert is new or changed (`check_search`): that loads the query language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from indexer.model.errors import UsageError
from indexer.model.facets import BY_PARAMETER
from indexer.operations.alerts.recipients import COMMAND, MAIL, WEBHOOK, Recipient, is_address

SEARCH, HOLDER, SILENCE = "search", "holder", "silence"
KINDS = (SEARCH, HOLDER, SILENCE)
RUN, DAILY, WEEKLY = "run", "daily", "weekly"
LANGUAGES = ("vi", "en")
SECURITY = {"starttls": 587, "tls": 465, "none": 25}  # and the port that is usual
LONGEST_NAME = 100
TABLE = re.compile(r"\s*\[{1,2}\s*([\w-]+)\s*\]{1,2}")
KEYS = {  # of an alert, with the type of the value and how a message names it
    "name": (str, "text"), "kind": (str, "text"), "search": (str, "text"), "query": (str, "text"),
    "filters": (dict, "a table, as { province = [\"Gia Lai\"] }"), "to": (list, "a list, as [\"a@example.vn\"]"),
    "often": (str, "text"), "hour": (int, "a whole number"), "language": (str, "text"), "since": (str, "text"),
    "post": (str, "text"), "province": (str, "text"), "weeks": (int, "a whole number"),
}  # fmt: skip
MAIL_KEYS = {"server": str, "port": int, "security": str, "login": str, "ca": str, "from": str, "from_name": str,
             "unsubscribe": str}
ONLY_FOR = {"post": (HOLDER,), "province": (HOLDER,), "weeks": (SILENCE,), "search": (SEARCH, SILENCE),
            "query": (SEARCH, SILENCE), "filters": (SEARCH, SILENCE), "since": (SEARCH,)}


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert.

    kind      search: new articles of a search;  holder: somebody named at a post who was not before;
              silence: a province of which nothing is read any more
    search    a query string of the site, "q=…&province=…"
    often     run, daily or weekly;  hour  from which hour of the day in Viet Nam a daily or weekly one is due
    language  of the messages: vi or en
    since     ISO day: the first run tells what was published from it on; "" the first run tells nothing
    post, province  of a holder alert;  weeks  of a silence alert
    line      where it begins in the file
    """

    name: str
    to: tuple[Recipient, ...]
    kind: str = SEARCH
    search: str = ""
    often: str = RUN
    hour: int = 6
    language: str = "vi"
    since: str = ""
    post: str = ""
    province: str = ""
    weeks: int = 8
    line: int = 0

    @property
    def definition(self) -> str:
        """What it asks for. An alert that asks for something else begins anew."""
        return {SEARCH: f"search {self.search}", HOLDER: f"holder {self.post} @ {self.province}",
                SILENCE: f"silence {self.weeks} {self.search}"}[self.kind]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who carries the mails. `login` is a file: the first line the user, the second the password."""

    server: str
    sender: str
    port: int = 587
    security: str = "starttls"
    login: Path | None = None
    ca: Path | None = None
    sender_name: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class AlertsFile:
    """The alerts of a file and the server that carries their mails."""

    path: Path
    alerts: tuple[Alert, ...]
    mail: MailServer | None = None

    def named(self, name: str) -> Alert:
        """The alert with a name. UsageError, which lists the names, if there is none."""
        for alert in self.alerts:
            if alert.name == name:
                return alert
        raise UsageError(f"{self.path} has no alert {name!r}. It has: {'; '.join(a.name for a in self.alerts)}.")


def read_alerts(path: Path) -> AlertsFile:
    """The alerts of a file. UsageError names the line and what should stand there."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        raise UsageError(f"No alerts file at {path}. An example: quocphong docs operations") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The alerts file {path} cannot be read: {error}") from error
    lines = Lines(path, text)
    if unknown := sorted(tables.keys() - {"alert", "mail", "webhook"}):
        raise lines.error(unknown[0], 1, "", f"unknown table {unknown[0]}. Known: alert, mail, webhook.")
    secret = secret_of(tables.get("webhook", {}), lines)
    rows = tables.get("alert", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise lines.error("alert", 1, "", "write [[alert]], with two brackets on each side.")
    alerts = tuple(alert_of(row, Place(lines, "alert", number), secret) for number, row in enumerate(rows, 1))
    if not alerts:
        raise UsageError(f"{path} has no alert. An alert is: [[alert]] with name, search and to.")
    refuse_repeated([(alert.name, alert.line) for alert in alerts], path)
    mail = mail_of(tables["mail"], Place(lines, "mail", 1)) if "mail" in tables else None
    for alert in alerts if mail is None else ():
        if any(each.kind == MAIL for each in alert.to):
            raise UsageError(f"{path}, line {alert.line}: the alert writes to a mail address, and nothing says who"
                             " carries mails. Add: [mail] with server and from.")
    return AlertsFile(path, alerts, mail)


# --- where something stands -----------------------------------------------------------------------------


class Lines:
    """The lines of the file: which table begins where, and which key stands in which line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self._lines = path, text.split("\n")
        self._heads = [(found[1], at) for at, line in enumerate(self._lines, 1) if (found := TABLE.match(line))]

    def line(self, table: str, number: int, key: str = "") -> int:
        """The line of a key, else that of the table; 1 where the file is written in another way."""
        starts = [at for name, at in self._heads if name == table]
        if len(starts) < number:
            written = [at for at, line in enumerate(self._lines, 1) if re.match(rf"\s*{re.escape(table)}\b", line)]
            return written[0] if written else 1
        start = starts[number - 1]
        end = min((at for _, at in self._heads if at > start), default=len(self._lines) + 1)
        keyed = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*[.=]")
        found = (at for at in range(start + 1, end) if keyed.match(self._lines[at - 1]))
        return next(found, start) if key else start

    def error(self, table: str, number: int, key: str, why: str) -> UsageError:
        """The error for a key of a table."""
        return UsageError(f"{self.path}, line {self.line(table, number, key)}: {why}")


@dataclass(frozen=True, slots=True)
class Place:
    """One table of the file: the `number`th with this name."""

    lines: Lines
    table: str
    number: int

    def error(self, key: str, why: str) -> UsageError:
        """The error for one of its keys."""
        return self.lines.error(self.table, self.number, key, why)

    def known_only(self, row: dict[str, Any], known: Collection[str]) -> None:
        """UsageError if a row has other keys than the `known`."""
        for key in row:
            if key not in known:
                raise self.error(key, f"unknown key {key}. Known: {', '.join(known)}.")

    def one_of(self, row: dict[str, Any], key: str, known: Collection[str]) -> str:
        """The value of a key, by default the first of the `known`. UsageError if it is another."""
        value = row.get(key, next(iter(known)))
        if value not in known:
            raise self.error(key, f"{key} = {value!r}. Known: {', '.join(known)}.")
        return str(value)


def refuse_repeated(named: list[tuple[str, int]], path: Path) -> None:
    """UsageError if two alerts bear one name: what each was told is kept by its name."""
    first: dict[str, int] = {}
    for name, line in named:
        if name in first:
            raise UsageError(f"{path}, line {line}: {name!r} is the name of the alert in line {first[name]} already."
                             " Give it another.")
        first[name] = line


# --- one alert --------------------------------------------------------------------------------------------


def alert_of(row: dict[str, Any], place: Place, secret: Path | None) -> Alert:
    """The alert in a row. UsageError for what makes no sense."""
    place.known_only(row, KEYS)
    for key, value in row.items():
        wanted, called = KEYS[key]
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise place.error(key, f"{key} = {value!r} is not {called}.")
    name, kind = row.get("name", "").strip(), place.one_of(row, "kind", KINDS)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise place.error("name", f"an alert needs a name of one line, at most {LONGEST_NAME} characters.")
    for key, kinds in ONLY_FOR.items():
        if key in row and kind not in kinds:
            raise place.error(key, f"{key} means nothing for an alert of kind {kind}. Take it out.")
    if not row.get("to"):
        raise place.error("to", 'an alert needs to: a list of addresses, webhooks or commands, as ["a@example.vn"].')
    to = tuple(recipient_of(each, place, secret) for each in row["to"])
    if len({each.name for each in to}) < len(to):
        raise place.error("to", "to names somebody twice.")
    return Alert(
        name, to, kind, search_of(row, kind, place), place.one_of(row, "often", (RUN, DAILY, WEEKLY)),
        within(row, "hour", 6, 0, 23, place), place.one_of(row, "language", LANGUAGES), day_of(row, place),
        post_of(row, kind, place), row.get("province", ""), within(row, "weeks", 8, 2, 104, place),
        place.lines.line(place.table, place.number))  # fmt: skip


def within(row: dict[str, Any], key: str, default: int, low: int, high: int, place: Place) -> int:
    """A whole number from `low` to `high`."""
    value = int(row.get(key, default))
    if not low <= value <= high:
        raise place.error(key, f"{key} = {value}. Write a whole number from {low} to {high}.")
    return value


def day_of(row: dict[str, Any], place: Place) -> str:
    """The day of `since`, "" if none is given."""
    try:
        return date.fromisoformat(row["since"]).isoformat() if row.get("since") else ""
    except ValueError:
        raise place.error("since", f"since = {row['since']!r} is no day. Write it as 2026-11-30.") from None


def post_of(row: dict[str, Any], kind: str, place: Place) -> str:
    """The post of a holder alert."""
    if kind == HOLDER and not row.get("post", "").strip():
        raise place.error("post", 'an alert of kind holder needs a post, as post = "Chỉ huy trưởng Bộ CHQS".')
    return str(row.get("post", "")).strip()


def search_of(row: dict[str, Any], kind: str, place: Place) -> str:
    """The query string of an alert: of its `search`, an address of a result page or its query string, or made of
    `query` and `filters`."""
    if "search" in row:
        if "query" in row or "filters" in row:
            raise place.error("search", "give search, or query with filters, not both.")
        written = str(row["search"]).strip()
        if "\n" in written or (" " in written and "=" not in written):
            raise place.error("search", f"search = {written!r} is no query string, as \"q=giao+quân&province=Gia+Lai\"."
                              " For words write query.")
        is_url = written.startswith(("http://", "https://", "/"))
        return urlsplit(written).query if is_url else written.removeprefix("?")
    pairs = [("q", row["query"])] if row.get("query") else []
    for name, values in row.get("filters", {}).items():
        listed = values if isinstance(values, list) else [values]
        if name not in BY_PARAMETER and name not in ("from", "to", "no_inferred"):
            raise place.error("filters", f"there is no filter {name}. Known: {', '.join(BY_PARAMETER)}, from, to.")
        pairs += [(name, str(value)) for value in listed]
    if kind == SEARCH and not pairs:
        raise place.error("search", 'an alert needs search, as "q=giao+quân&province=Gia+Lai", or query.')
    return urlencode(pairs)


def check_search(alert: Alert, path: Path) -> None:
    """UsageError, with the line, if a search has parts that cannot be taken as they are."""
    from indexer.search.saved_search import SavedSearch  # here: an idle run need not load the query language

    saved, notices = SavedSearch.parse(alert.search)
    if notices:
        raise UsageError(f"{path}, line {alert.line}: the search of {alert.name!r}: {notices[0].parameter}:"
                         f" {notices[0].text}")
    if alert.kind == SEARCH and not saved.q and not saved.filters:
        raise UsageError(f"{path}, line {alert.line}: the search of {alert.name!r} asks for nothing. Give it words"
                         " (q=…) or a filter, as province=Gia+Lai.")


# --- recipients, mail server, secret ----------------------------------------------------------------------


def recipient_of(value: Any, place: Place, secret: Path | None) -> Recipient:
    """One entry of `to`."""
    if isinstance(value, dict):
        return command_of(value, place) if "command" in value else webhook_of(value, place, secret)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return webhook_of({"webhook": value}, place, secret)
    if not isinstance(value, str) or not is_address(value):
        raise place.error("to", f"{value!r} is no mail address. Write a bare address without accents, as"
                          " a@example.vn; a webhook as https://…, a command as { command = [\"/path\", \"word\"] }.")
    return Recipient(MAIL, value)


def webhook_of(value: dict[str, Any], place: Place, secret: Path | None) -> Recipient:
    """A webhook: its address, perhaps with a secret of its own."""
    url, own, inside = value.get("webhook"), value.get("secret"), value.get("allow_private", False)
    if value.keys() - {"webhook", "secret", "allow_private"} or not isinstance(inside, bool):
        raise place.error("to", "a webhook has webhook, secret (a file) and allow_private (true or false).")
    if not isinstance(url, str) or not is_plain_url(url):
        raise place.error("to", f"{url!r} is no http:// or https:// address without user and password.")
    key = Path(own) if isinstance(own, str) and own else secret
    if key is None:
        raise place.error("to", "what goes to a webhook is signed: write [webhook] with secret = \"FILE\", a file that"
                          " holds the key and that only this user may read.")
    return Recipient(WEBHOOK, url, secret=key, inside=inside)


def is_plain_url(url: str) -> bool:
    """Whether this is an http or https address with a host, without a user in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False


def command_of(value: dict[str, Any], place: Place) -> Recipient:
    """A command: a list of words, perhaps with a time limit."""
    words, seconds = value["command"], value.get("seconds", 60)
    if value.keys() - {"command", "seconds"} or not isinstance(words, list) or not words or not all(
            isinstance(word, str) and "\0" not in word for word in words):
        raise place.error("to", "a command is a list of words, as { command = [\"/path\", \"word\"], seconds = 60 }.")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 1 <= seconds <= 3_600:
        raise place.error("to", f"seconds = {seconds!r}. Write a whole number from 1 to 3600.")
    return Recipient(COMMAND, "command " + " ".join(words), tuple(words), seconds=seconds)


def secret_of(row: Any, lines: Lines) -> Path | None:
    """The file with the key for all webhooks that name none."""
    if not isinstance(row, dict) or row.keys() - {"secret"} or not isinstance(row.get("secret", ""), str):
        raise lines.error("webhook", 1, "", "[webhook] has one key: secret, the file with the key.")
    return Path(row["secret"]) if row.get("secret") else None


def mail_of(row: Any, place: Place) -> MailServer:
    """The mail server. UsageError for what makes no sense; a password in the table is refused."""
    if not isinstance(row, dict):
        raise place.error("", "write [mail], with one bracket on each side.")
    if found := [key for key in row if key in ("password", "user", "username")]:
        raise place.error(found[0], f"{found[0]} does not belong into this file. Write user and password, a line each,"
                          " into a file that only this user may read, and here login = \"FILE\".")
    place.known_only(row, MAIL_KEYS)
    for key, value in row.items():
        if not isinstance(value, MAIL_KEYS[key]) or isinstance(value, bool):
            raise place.error(key, f"{key} = {value!r} is not {'text' if MAIL_KEYS[key] is str else 'a whole number'}.")
    server, security = row.get("server", ""), place.one_of(row, "security", SECURITY)
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", server):
        raise place.error("server", f"server = {server!r} is no name of a machine, as smtp.example.vn.")
    for key in ("from", "unsubscribe"):
        if (key in row or key == "from") and not is_address(row.get(key, "")):
            raise place.error(key, f"{key} = {row.get(key, '')!r} is no mail address. Write the bare address.")
    if row.get("login") and security == "none" and server not in ("localhost", "127.0.0.1", "::1"):
        raise place.error("security", "a password is not sent without encryption: write security = \"starttls\".")
    return MailServer(server, row["from"], within(row, "port", SECURITY[security], 1, 65_535, place), security,
                      Path(row["login"]) if row.get("login") else None, Path(row["ca"]) if row.get("ca") else None,
                      row.get("from_name", ""), row.get("unsubscribe", ""))
