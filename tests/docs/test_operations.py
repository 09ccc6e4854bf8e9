"""The configurations of docs/operations.md are run, as they stand there, by the programs they are for."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from ssl import CERT_NONE, create_default_context

import pytest

from tests.conftest import SAMPLE
from tests.docs.write import DOCS

PAPER = (DOCS / "operations.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
HOME = "/srv/quocphong"  # where the papers have the product
BARE = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "quocphong"}  # what cron gives a job, besides HOME


def block(containing: str) -> str:
    """The one example that contains these words."""
    [found] = [text for _, text in BLOCK.findall(PAPER) if containing in text]
    return found


def needs(program: str) -> pytest.MarkDecorator:
    there = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    return pytest.mark.skipif(there is None, reason=f"{program} is not installed")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The product's folder as the papers have it: the command in a virtual environment, a corpus, a configuration."""
    return set_up(tmp_path)


def set_up(home: Path) -> Path:
    command = home / ".venv" / "bin" / "quocphong"
    command.parent.mkdir(parents=True)
    root = DOCS.parent
    command.write_text(f'#!/bin/sh\nPYTHONPATH={root} exec {sys.executable} -m indexer.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    shutil.copytree(SAMPLE, home / "corpus" / "sample")
    return home


# -- cron, logrotate, systemd ---------------------------------------------------------------------------


def cron(home: Path) -> subprocess.CompletedProcess[str]:
    """What cron does with the line: /bin/sh, next to no environment, the owner's home as the folder."""
    [line] = [line for line in block("quocphong index --quiet --wait 600 2").splitlines()
              if line.startswith("17 * * * *")]
    job = line.removeprefix("17 * * * *").strip().replace(HOME, str(home))
    assert "%" not in job  # cron would end the line there
    return subprocess.run(["/bin/sh", "-c", job], env={**BARE, "HOME": str(home)}, cwd="/", check=False,
                          capture_output=True, text=True)


def test_the_line_for_cron_is_silent_when_all_is_well_and_mails_the_reason_when_not(home: Path) -> None:
    good = cron(home)
    assert (good.stdout, good.stderr, (home / "index.log").read_text(encoding="utf-8")) == ("", "", "")
    assert (home / "index" / "CURRENT").exists()
    shutil.rmtree(home / "corpus")
    bad = cron(home)
    assert re.fullmatch(r"quocphong: 20\d\d-\d\d-\d\dT[\d:]+[+-][\d:]+ Missing.*corpus.*\n", bad.stdout)
    assert (home / "index.log").read_text(encoding="utf-8") == bad.stdout and not bad.stderr


def test_the_alerts_of_the_example_make_sense_and_are_sent(home: Path) -> None:
    """As they stand, but for files of secrets that are here and a command that is."""
    for name, text in {"smtp-login": "người\nmật khẩu\n", "webhook-key": "khóa\n"}.items():
        (home / name).write_text(text, encoding="utf-8")
        (home / name).chmod(0o600)
    program, table = home / "bao-tin", block("[[alert]]")
    (home / "alerts.toml").write_text(
        table.replace("/etc/quocphong", str(home)).replace("/usr/local/bin/bao-tin", str(program)), encoding="utf-8")
    program.write_text(f"#!/bin/sh\ncat > {home}/told.json\n", encoding="utf-8")
    program.chmod(0o755)
    command = home / ".venv" / "bin" / "quocphong"
    for words in (["index", "--quiet"], ["alert", "--dry-run"], ["alert"], ["alert", "--test", "Diễn tập"]):
        done = subprocess.run([command, *words], cwd=home, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert json.loads((home / "told.json").read_text(encoding="utf-8"))["alert"] == "Diễn tập"


@needs("logrotate")
def test_logrotate_rotates_the_log_and_the_next_run_begins_a_new_one(home: Path) -> None:
    log, rules = home / "index.log", home / "rules"
    log.write_text("quocphong: Missing …\n" * 100, encoding="utf-8")
    rules.write_text(block("rotate 8").replace(HOME, str(home)), encoding="utf-8")
    rules.chmod(0o644)
    done = subprocess.run(["logrotate", "--force", "--state", home / "state", rules], capture_output=True, text=True,
                          check=False, env={"PATH": f"{os.environ['PATH']}:/usr/sbin"})
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "index.log.1.gz").exists() and not log.exists()
    cron(home)
    assert log.exists()


@needs("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(home: Path) -> None:
    blocks = (block("quocphong-index.timer"), block("quocphong-alert.timer"))
    written = "\n".join(blocks).replace(HOME, str(home))
    units = dict(re.findall(r"# /etc/systemd/system/(\S+)\n(.*?)(?=\n# /etc|\Z)", written, re.DOTALL))
    assert set(units) == {"quocphong-index.service", "quocphong-index.timer", "quocphong.service",
                          "quocphong-alert.service", "quocphong-alert.timer"}
    for name, text in units.items():
        (home / name).write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *(home / name for name in units)],
                          capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "quocphong" in line]
    assert (done.returncode, complaints) == (0, [])


# -- nginx ----------------------------------------------------------------------------------------------


@pytest.fixture
def site(home: Path) -> Iterator[int]:
    """nginx by the example, in front of a real `quocphong serve`; the port it listens on."""
    inner, outer = free_port(), free_port()
    command = home / ".venv" / "bin" / "quocphong"
    subprocess.run([command, "index", "--quiet"], cwd=home, check=True)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tulieu.example.vn",
                    "-keyout", home / "key", "-out", home / "crt"], check=True, capture_output=True)
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "mật khẩu"], check=True, capture_output=True, text=True)
    (home / "htpasswd").write_text(f"nhà báo:{hashed.stdout}", encoding="utf-8")
    changes = {"listen 443 ssl": f"listen 127.0.0.1:{outer} ssl", "127.0.0.1:8000": f"127.0.0.1:{inner}",
               "/etc/ssl/tulieu.crt": str(home / "crt"), "/etc/ssl/tulieu.key": str(home / "key"),
               "/etc/nginx/quocphong.htpasswd": str(home / "htpasswd")}
    server = block("auth_basic_user_file")
    for written, here in changes.items():
        assert written in server
        server = server.replace(written, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {home / kind};" for kind in kinds)
    (home / "nginx.conf").write_text(f"daemon off; {'user root;' if os.geteuid() == 0 else ''} pid {home / 'pid'};"
                                     f"events {{}} http {{ access_log off; {temporary} {server} }}", encoding="utf-8")
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    programs = [[command, "serve", "--port", str(inner)], [nginx, "-c", home / "nginx.conf", "-e", "stderr"]]
    running = [subprocess.Popen(words, cwd=home, stderr=subprocess.DEVNULL) for words in programs]
    try:
        for port in (inner, outer):
            wait_for(port)
        yield outer
    finally:
        for process in running:
            process.terminate()
            process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answers on {port}")


def get(port: int, path: str, user: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
    context = create_default_context()
    context.check_hostname, context.verify_mode = False, CERT_NONE
    known = {"Authorization": f"Basic {b64encode(user.encode()).decode()}"} if user else {}
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}",
                                     headers={"Host": "tulieu.example.vn"} | known | headers)
    try:
        with urllib.request.urlopen(request, context=context) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(), dict(refused.headers)


def has_whole_texts(lines: str) -> bool:
    return any("text" in json.loads(line) for line in lines.splitlines())


@needs("nginx")
@needs("openssl")
def test_nginx_asks_for_the_password_and_hands_on_what_the_site_must_know(site: int) -> None:
    known = "nhà báo:mật khẩu"
    assert [get(site, "/search?q=qu%C3%A2n", user=user)[0] for user in ("", "nhà báo:sai", known)] == [401, 401, 200]
    assert get(site, "/healthz")[0] == 200  # for a monitor on this machine, without a password
    _, feed, headers = get(site, "/search.atom?q=qu%C3%A2n", user=known)
    assert 'href="https://tulieu.example.vn/' in feed and "http://127.0.0.1" not in feed
    assert "default-src 'none'" in headers["Content-Security-Policy"] and headers["X-Frame-Options"] == "DENY"
    for host in ("tulieu.example.vn", "127.0.0.1", "localhost"):
        _, found, _ = get(site, "/search.jsonl?q=qu%C3%A2n", user=known, Host=host)
        assert found and not has_whole_texts(found)  # through a proxy nobody counts as sitting at this machine


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """`quocphong serve` with nothing before it; its port."""
    home, port = set_up(tmp_path_factory.mktemp("served")), free_port()
    command = home / ".venv" / "bin" / "quocphong"
    subprocess.run([command, "index", "--quiet"], cwd=home, check=True)
    server = subprocess.Popen([command, "serve", "--port", str(port)], cwd=home, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_the_real_server_lets_the_site_see_that_a_proxy_stands_between(real_server: int, header: str) -> None:
    """A proxy that hands on no Host would else open whole articles to the world."""
    found = []
    for headers in ({}, {header: "203.0.113.9"}):
        request = urllib.request.Request(f"http://127.0.0.1:{real_server}/search.jsonl?q=qu%C3%A2n", headers=headers)
        with urllib.request.urlopen(request) as answer:
            found.append(has_whole_texts(answer.read().decode()))
    assert found == [True, False]
