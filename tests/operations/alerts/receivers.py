"""A mail server and a receiver of webhooks on 127.0.0.1, on real sockets, that misbehave as told."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "quocphong", "mật khẩu thử"


@dataclass
class Inbox:
    """The mails that arrived, in order, each with the address it was sent to. `refused` says what an address answers;
    `before_reply` is called when a mail has been taken and its sender does not know yet."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    before_reply: Callable[[], None] = lambda: None
    before_mail: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:
        self.before_mail()
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(envelope.content)  # type: ignore[arg-type]
        self.mails += [(address, mail) for address in envelope.rcpt_tos]
        self.before_reply()
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for to, mail in self.mails if to == address]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-made certificate for 127.0.0.1, and its key."""
    made = folder / "mail.crt", folder / "mail.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                    "-keyout", made[1], "-out", made[0]], check=True, capture_output=True)
    return made


def logs_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=isinstance(data, LoginPassword) and data == wanted, handled=False)


def mail_server(inbox: Inbox, security: str, made: tuple[Path, Path] | None = None) -> Controller:
    """A running server: none takes everybody in the clear; starttls and tls want a login behind encryption."""
    context = None
    if made:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*made)
    options: dict[str, Any] = {"authenticator": logs_in, "auth_required": True} if context else {}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if security == "tls":
        options |= {"ssl_context": context, "auth_require_tls": False}  # the whole connection is encrypted
    controller = Controller(inbox, "127.0.0.1", free_port(), **options)
    controller.start()
    return controller


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@dataclass(frozen=True)
class Received:
    """What arrived at a path."""

    path: str
    headers: dict[str, str]
    body: bytes
    taken: bool = True

    @property
    def told(self) -> dict[str, Any]:
        shape: dict[str, Any] = json.loads(self.body)
        return shape


class Hook:
    """Receives webhooks. `replies` by path: a status, "hang", "reset", or an address to redirect to; else 200."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.replies: dict[str, list[int | str]] = defaultdict(list)
        self.going = threading.Event()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                with suppress(OSError):
                    hook.answer(self)

            def do_GET(self) -> None:
                hook.received.append(Received(self.path, dict(self.headers), b"GET"))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        waiting = self.replies[request.path]
        reply = waiting.pop(0) if waiting else 200
        self.received.append(Received(request.path, dict(request.headers), body, reply == 200))
        if reply == "hang":
            self.going.wait(30)
        elif reply == "reset":
            request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            request.connection.close()
        else:
            request.send_response(302 if isinstance(reply, str) else reply)
            if isinstance(reply, str):
                request.send_header("Location", reply)
            request.send_header("Content-Length", "0")
            request.end_headers()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server.server_port}{path}"

    def at(self, path: str) -> list[Received]:
        return [each for each in self.received if each.path == path]

    def taken(self, path: str) -> list[dict[str, Any]]:
        """The messages at a path that were answered with 200."""
        return [each.told for each in self.at(path) if each.taken]

    def close(self) -> None:
        self.going.set()
        self.server.shutdown()
        self.server.server_close()
