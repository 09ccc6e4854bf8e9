"""A real OpenSearch cluster on this machine for tests: its server from Maven, a few nodes on loopback, surely stopped.

    python -m tests.cluster.server fetch          # put the server together, once: about 60 MB
    python -m tests.cluster.server run [NODES]    # a cluster until Ctrl-C; prints the address for QUOCPHONG_ENGINE

The server lies in $XDG_CACHE_HOME/quocphong (default ~/.cache/quocphong), or in the folder QUOCPHONG_CLUSTER names;
for root in /var/cache/quocphong, since the nodes run as another user, to whom root's home is closed.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = "2.19.1"
# Of the server's zip; Maven checks the sums of all artifacts besides.
SHA256 = "af7152d8b7f6f1cee09d47276b32b70479fe6dd8cdbb61213f84eb7f8098b261"
POM = Path(__file__).with_name("pom.xml")
HEAP = "512m"
START_SECONDS = 180
JVM = """11-:-XX:+UseG1GC
18-:-Djava.security.manager=allow
-Djava.io.tmpdir=${OPENSEARCH_TMPDIR}
"""
MODULE = {
    "plugin-descriptor.properties": (
        f"description=Painless\nversion={VERSION}\nopensearch.version={VERSION}\nname=lang-painless\njava.version=11\n"
        "classname=org.opensearch.painless.PainlessPlugin\ncustom.foldername=\nextended.plugins=\n"
        "has.native.controller=false\n"),
    "plugin-security.policy": (
        'grant {\n  permission java.lang.RuntimePermission "createClassLoader";\n'
        '  permission java.lang.RuntimePermission "getClassLoader";\n};\n'),
}


class Unavailable(Exception):
    """No cluster can be had here; the message says what is missing."""


# --- the server ------------------------------------------------------------------------------


def cache() -> Path:
    own = os.environ.get("QUOCPHONG_CLUSTER")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    base = Path("/var/cache") if os.getuid() == 0 else home
    return Path(own) if own else base / "quocphong"


def installed() -> Path:
    """The server's folder. Unavailable where it was not fetched, or cannot run."""
    home = cache() / f"opensearch-{VERSION}"
    if not (home / "READY").is_file():
        raise Unavailable("no OpenSearch server here: run make test-cluster, which fetches it with Maven")
    if java_home() is None:
        raise Unavailable("no Java here: OpenSearch 2.19 needs Java 11 or later")
    return home


def java_home() -> str | None:
    java = shutil.which("java")
    return os.environ.get("JAVA_HOME") or (str(Path(java).resolve().parent.parent) if java else None)


def fetch() -> Path:
    """The server's folder, fetched and put together if it is not there. Unavailable without Maven or Java."""
    home = cache() / f"opensearch-{VERSION}"
    if (home / "READY").is_file():
        return home
    if shutil.which("mvn") is None or java_home() is None:
        raise Unavailable("Maven and Java 17 are needed to fetch OpenSearch (Debian: maven, openjdk-17-jre-headless)")
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as folder:
        artifacts = Path(folder) / "artifacts"
        command = ["mvn", "-q", "-B", "-C", "-f", str(POM), "dependency:copy-dependencies",
                   f"-DoutputDirectory={artifacts}"]
        try:
            subprocess.run(command, check=True, timeout=600)
        except (subprocess.SubprocessError, OSError) as error:
            raise Unavailable(f"Maven could not fetch it: {error}") from error
        made = put_together(artifacts, Path(folder))
        shutil.rmtree(home, ignore_errors=True)
        made.rename(home)
    return home


def put_together(artifacts: Path, folder: Path) -> Path:
    """The zip unpacked, with the script language as a module: its jars that the server does not bring itself."""
    archive = artifacts / f"opensearch-{VERSION}.zip"
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        raise Unavailable(f"{archive.name} has another checksum than expected: {found}")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    home = folder / f"opensearch-{VERSION}"
    for script in (home / "bin").iterdir():
        script.chmod(0o755)
    module = home / "modules" / "lang-painless"
    module.mkdir()
    own = {jar.name for jar in (home / "lib").glob("*.jar")}
    for jar in artifacts.glob("*.jar"):
        if jar.name not in own and jar.name.startswith(("lang-painless", "opensearch-scripting", "antlr4", "asm")):
            shutil.copy(jar, module)
    for name, text in MODULE.items():
        (module / name).write_text(text)
    (home / "READY").touch()
    return home


# --- a cluster -------------------------------------------------------------------------------


@dataclass(slots=True)
class Node:
    """One server process. It can be killed and started again over the same data."""

    name: str
    folder: Path
    http: int
    transport: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)

    def log(self) -> str:
        file = self.folder / "out.log"
        return file.read_text(errors="replace")[-3000:] if file.exists() else ""


CURRENT: list[Cluster] = []  # the one that `python -m tests.cluster` runs the tests on


class Cluster:
    """`nodes` servers on loopback with one data folder each. Use it in a `with` block: it leaves nothing behind."""

    def __init__(self, nodes: int = 1, heap: str = HEAP, settings: dict[str, str] | None = None) -> None:
        self.home = installed()
        self.heap = heap
        self.settings = settings or {}
        self.folder = Path(tempfile.mkdtemp(prefix="quocphong-cluster-"))
        ports = free_ports(2 * nodes)
        self.nodes = [Node(f"node-{n}", self.folder / f"node-{n}", ports[2 * n], ports[2 * n + 1])
                      for n in range(nodes)]

    def __enter__(self) -> Cluster:
        try:
            self.folder.chmod(0o755)
            for node in self.nodes:
                self.prepare(node)
            for node in self.nodes:
                self.start(node)
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    @property
    def snapshots(self) -> Path:
        """A folder every node may write snapshots to."""
        return self.folder / "snapshots"

    def prepare(self, node: Node) -> None:
        shutil.copytree(self.home / "config", node.folder / "config")
        self.snapshots.mkdir(exist_ok=True)
        settings = {
            "cluster.name": self.folder.name, "node.name": node.name, "network.host": "127.0.0.1",
            "http.port": node.http, "transport.port": node.transport,
            "path.data": node.folder / "data", "path.logs": node.folder / "logs", "path.repo": self.snapshots,
            "discovery.seed_hosts": json.dumps([f"127.0.0.1:{other.transport}" for other in self.nodes]),
            "cluster.initial_cluster_manager_nodes": json.dumps([other.name for other in self.nodes]),
            "bootstrap.system_call_filter": "false", "action.auto_create_index": "false",
            "cluster.info.update.interval": "10s", "cluster.routing.allocation.disk.watermark.low": "300mb",
            "cluster.routing.allocation.disk.watermark.high": "200mb",
            "cluster.routing.allocation.disk.watermark.flood_stage": "100mb",
            "search.max_open_pit_context": "5000", **self.settings,
        }
        (node.folder / "config" / "opensearch.yml").write_text("".join(f"{k}: {v}\n" for k, v in settings.items()))
        (node.folder / "config" / "jvm.options").write_text(f"{JVM}-Xms{self.heap}\n-Xmx{self.heap}\n")
        for folder in (self.snapshots, *self.snapshots.rglob("*"), node.folder, *node.folder.rglob("*")):
            if os.getuid() == 0:  # the server refuses to run as root
                shutil.chown(folder, "nobody", "nogroup")

    def start(self, node: Node) -> None:
        """Start the node's process; `wait` waits until the cluster has taken it in."""
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(node.folder), "OPENSEARCH_PATH_CONF": str(node.folder / "config"),
            "OPENSEARCH_JAVA_HOME": java_home() or "", "OPENSEARCH_TMPDIR": str(node.folder),
        }
        other_user: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} \
            if os.getuid() == 0 else {}
        with (node.folder / "out.log").open("ab") as log:
            node.process = subprocess.Popen(
                [str(self.home / "bin" / "opensearch")], cwd=node.folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=end_with_parent, **other_user)

    def wait(self, nodes: int | None = None, seconds: float = START_SECONDS) -> None:
        """Wait until so many nodes (default: all) are together and every shard has a home or `seconds` are over."""
        wanted = nodes or len(self.nodes)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for node in self.nodes:
                if node.process and node.process.poll() is None:
                    health = asked(f"{node.url}/_cluster/health")
                    if health and health["number_of_nodes"] == wanted and health["status"] != "red":
                        return
                elif nodes is None:
                    raise Unavailable(f"{node.name} did not start: {node.log()}")
            time.sleep(0.3)
        raise Unavailable(f"the cluster was not there within {seconds} seconds: {self.nodes[0].log()}")


def end_with_parent() -> None:
    """Linux: the server is killed when the process that started it ends, however it ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def asked(url: str) -> dict[str, Any] | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return dict(json.load(answer))
    except (OSError, ValueError, urllib.error.URLError):
        return None


@contextmanager
def running(nodes: int = 1) -> Iterator[Cluster]:
    with Cluster(nodes) as cluster:
        yield cluster


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["fetch"]:
            print(fetch())
            return 0
        if arguments[:1] == ["run"]:
            fetch()
            with Cluster(int(arguments[1]) if len(arguments) > 1 else 1) as cluster:
                print(f"QUOCPHONG_ENGINE=opensearch:{cluster.urls[0]}/articles", flush=True)
                signal.sigwait([signal.SIGINT, signal.SIGTERM])
            return 0
    except Unavailable as why:
        print(f"no cluster: {why}", file=sys.stderr)
        return 1
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
