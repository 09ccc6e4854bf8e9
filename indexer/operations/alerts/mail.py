"""Sending mails by SMTP, over TLS, with the login of a file.

A mail tells what it is to other programs: automatic (Auto-Submitted, RFC 3834), of a list (List-Id, List-Unsubscribe,
RFC 2369), and which one (Message-ID): sent again after a crash it bears the same id, and mail programs keep one.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from hashlib import blake2b

from indexer.model.errors import UsageError
from indexer.operations.alerts.digest import Digest
from indexer.operations.alerts.messages import as_html, as_text, subject
from indexer.operations.alerts.plain import one_line
from indexer.operations.alerts.recipients import Recipient, Refusal, read_secret
from indexer.operations.alerts.table import MailServer

SECONDS = 30.0  # without an answer of the server
STOP = "unsubscribe"


class Mailer:
    """Sends mails over one connection, which is made when the first one is sent. After the server itself has failed,
    no other is tried in this run."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._connection: smtplib.SMTP | None = None
        self._down: Refusal | None = None

    def send(self, digest: Digest, to: Recipient, often: str) -> Refusal | None:
        """Send a message; None for sent. UsageError where the login's file is at fault."""
        if self._down:
            return self._down
        message = mail_of(digest, to.name, often, self.server)
        try:
            connection = self._connection or self.connect()
        except (OSError, smtplib.SMTPException) as error:
            self._down = Refusal(f"the mail server {self.server.server}:{self.server.port}: {said(error)}", surely=True)
            return self._down
        try:
            connection.send_message(message, from_addr=self.server.sender, to_addrs=[to.name])
            return None
        except smtplib.SMTPRecipientsRefused as refused:
            return Refusal(said(next(iter(refused.recipients.values()))), surely=True)
        except smtplib.SMTPResponseException as error:
            return Refusal(said(error), surely=True)
        except (OSError, smtplib.SMTPException) as error:
            self.close()  # the next one gets a connection of its own
            return Refusal(said(error))

    def connect(self) -> smtplib.SMTP:
        """A connection that is encrypted and logged in, as the table says. OSError, SMTPException, UsageError."""
        server, me = self.server, self.server.sender.rpartition("@")[2]
        login = read_secret(server.login, "user and password of the mail server") if server.login else []
        if server.login and len(login) != 2:
            raise UsageError(f"{server.login} must have two lines: the user, and the password.")
        context = ssl.create_default_context(cafile=str(server.ca) if server.ca else None)
        if server.security == "tls":
            opened: smtplib.SMTP = smtplib.SMTP_SSL(server.server, server.port, me, timeout=SECONDS, context=context)
        else:
            opened = smtplib.SMTP(server.server, server.port, me, timeout=SECONDS)
        try:
            if server.security == "starttls":
                opened.starttls(context=context)
            if login:
                log_in(opened, *login)
        except BaseException:
            opened.close()
            raise
        self._connection = opened
        return opened

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            try:
                self._connection.quit()
            except (OSError, smtplib.SMTPException):
                self._connection.close()
            self._connection = None


def log_in(opened: smtplib.SMTP, user: str, password: str) -> None:
    """Log in. smtplib takes ASCII only; other passwords go as UTF-8, as PLAIN has it (RFC 4616). SMTPException."""
    if f"{user}{password}".isascii():
        opened.login(user, password)
        return
    opened.ehlo_or_helo_if_needed()
    told = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, answer = opened.docmd("AUTH", f"PLAIN {told}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def mail_of(digest: Digest, to: str, often: str, server: MailServer) -> EmailMessage:
    """The mail with its headers, its text and its HTML."""
    mail, domain, stop = EmailMessage(SMTP), server.sender.rpartition("@")[2], server.unsubscribe or server.sender
    mail["Subject"] = subject(digest)
    mail["From"] = Address(one_line(server.sender_name), addr_spec=server.sender)
    mail["To"] = Address(addr_spec=to)
    mail["Date"] = format_datetime(localtime())
    mail["Message-ID"] = f"<{digest.id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"<{blake2b(digest.alert.encode(), digest_size=6).hexdigest()}.alerts.{domain}>"
    mail["List-Unsubscribe"] = f"<mailto:{stop}?subject={STOP}%20{digest.id}>"
    mail.set_content(as_text(digest, often, stop), cte="quoted-printable")
    mail.add_alternative(as_html(digest, often, stop), subtype="html", cte="quoted-printable")
    return mail


def said(error: Exception | tuple[int, bytes]) -> str:
    """What a server or the system said, on one line, without anything secret."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refuses the login ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        error = (error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b"")
    if isinstance(error, tuple):
        return one_line(f"{error[0]} {re.sub(rb'[^ -~]', b' ', error[1]).decode('ascii')}")[:200]
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"silent for {SECONDS:g} seconds"
    return one_line(str(error) or type(error).__name__)[:200]
