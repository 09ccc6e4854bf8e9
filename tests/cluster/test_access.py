"""TLS and a password: what the client sends and refuses, through a small HTTPS door in front of the cluster."""

from __future__ import annotations

import base64
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from indexer.engine.cluster import indices
from indexer.engine.cluster.engine import OpenSearchEngine
from indexer.engine.cluster.mapping import invert
from indexer.engine.cluster.writer import OpenSearchWriter
from indexer.model.cluster_address import ClusterAddress
from indexer.model.cluster_address import parse_cluster_address as read_place
from indexer.model.errors import ClusterUnavailable, NotWritable, UsageError
from indexer.model.settings import load
from tests.contract.articles import article

USER, PASSWORD = "quocphong", "bí mật"


class Door(BaseHTTPRequestHandler):
    """Passes on what comes with the right password."""

    behind = ""

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        right = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != right:
            self.answer(401, b"Unauthorized")
            return
        headers = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
        asked = urllib.request.Request(self.behind + self.path, body, headers, method=self.command)
        try:
            with urllib.request.urlopen(asked, timeout=60) as found:
                self.answer(found.status, found.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, error.read())

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def secured(place: ClusterAddress, tmp_path: Path) -> Iterator[ClusterAddress]:
    """The place behind the door, with the password in a file and the door's own certificate."""
    key, certificate, password = (tmp_path / name for name in ("key.pem", "ca.pem", "password"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
                   check=True, capture_output=True)
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("ThisDoor", (Door,), {"behind": place.hosts[0]}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield replace(place, hosts=(f"https://127.0.0.1:{server.server_address[1]}",), user=USER,
                  password_file=str(password), ca=str(certificate))
    server.shutdown()


def test_an_archive_behind_tls_and_a_password(secured):
    index = indices.create_next(secured, {})
    with OpenSearchWriter(secured, index) as writer:
        writer.add(invert([article("a", "quân")]))
        writer.commit()
    engine = OpenSearchEngine(secured, index)
    assert list(engine.ids()) == ["a"]
    engine.close()


def test_a_wrong_password_is_named(secured, tmp_path):
    (tmp_path / "other").write_text("sai")
    with pytest.raises(NotWritable, match="engine_password_file"):
        indices.create_next(replace(secured, password_file=str(tmp_path / "other")), {})


def test_a_certificate_nobody_vouches_for_is_refused_at_once(secured):
    with pytest.raises(ClusterUnavailable, match="does not answer"):
        indices.create_next(replace(secured, ca=""), {})


def test_a_password_file_that_cannot_be_read_is_named(secured):
    with pytest.raises(UsageError, match="engine_password_file"):
        indices.create_next(replace(secured, password_file="/nowhere"), {})


WRONG = ["opensearch:host:9200/articles", "opensearch:https://host:9200/", "opensearch:https://host:9200/Articles",
         "elasticsearch:https://host:9200/articles", "opensearch:https:///articles", "opensearch:https://host/a,b"]


@pytest.mark.parametrize("written", WRONG)
def test_an_address_that_makes_no_sense_is_refused_where_it_is_read(written):
    with pytest.raises(UsageError, match="engine"):
        load(environment={"QUOCPHONG_ENGINE": written}, given={})


def test_one_setting_says_it_all():
    settings = load(environment={"QUOCPHONG_ENGINE": "opensearch:https://a:9200,https://b:9200/articles",
                                 "QUOCPHONG_ENGINE_SHARDS": "4"}, given={})
    assert settings.engine_address == read_place("opensearch:https://a:9200,https://b:9200/articles", shards=4)
    assert settings.engine_address.hosts == ("https://a:9200", "https://b:9200")
    assert load(environment={}, given={}).engine_address == "whoosh"
