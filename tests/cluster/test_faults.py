"""What becomes of an archive when its cluster is hurt: nothing acknowledged is lost, and no answer is half of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from indexer.engine.cluster import indices
from indexer.engine.cluster.bulk import Action, send
from indexer.engine.cluster.client import connect
from indexer.engine.cluster.engine import OpenSearchEngine
from indexer.engine.cluster.mapping import invert
from indexer.engine.cluster.writer import OpenSearchWriter
from indexer.model import Query, ScoringTerm, Value, Word
from indexer.model.errors import ClusterUnavailable, DiskFull
from tests.cluster.server import Cluster
from tests.contract.articles import article

BATCHES, BATCH = 20, 100
SURE = {"shards": 3, "replicas": "1"}


def wait_for_copies(client: Any, index: str) -> None:
    """Until every shard has all its copies."""
    wait_for(lambda: client.cluster.health(index=index)["status"] == "green", 180)


def batch(number: int, word: str = "quân") -> list[Any]:
    return invert(article(f"{number:03}/{n:03}", f"giao {word} {n}", "lễ giao quân " * (n % 7 + 1),
                          keys={"batch": (str(number),)}) for n in range(BATCH))


@pytest.fixture
def hurt(nodes, place):
    """An index of three shards with a copy of each, its place, and the cluster under it."""
    where = replace(place, **SURE)
    index = indices.create_next(where, {})
    client = connect(where)
    wait_for_copies(client, index)
    yield where, index, nodes
    client.close()


def test_a_node_killed_while_articles_are_sent_costs_none(hurt):
    where, index, cluster = hurt
    with OpenSearchWriter(where, index) as writer:
        for number in range(BATCHES):
            writer.add(batch(number))
            if number == BATCHES // 3:
                cluster.nodes[1].kill()
        writer.commit()
    engine = OpenSearchEngine(where, index)
    assert len(list(engine.ids())) == engine.count() == BATCHES * BATCH
    assert not engine.verify()
    engine.close()
    cluster.start(cluster.nodes[1])
    cluster.wait()
    wait_for_copies(connect(where), index)
    engine = OpenSearchEngine(where, index)
    assert dict(engine.find(Query(limit=0, facets=(("batch", 99),))).facets["batch"]) == {
        str(number): BATCH for number in range(BATCHES)}
    engine.close()


def test_a_node_killed_while_readers_search_makes_no_answer_wrong(hurt):
    where, index, cluster = hurt
    with OpenSearchWriter(where, index) as writer:
        for number in range(BATCHES):
            writer.add(batch(number))
        writer.commit()
    engine = OpenSearchEngine(where, index)
    query = Query(match=Word("quân"), scoring=(ScoringTerm("syllable", "lễ", 1.0),), limit=30, facets=(("batch", 5),))
    right, answers, failures, done = engine.find(query), [], [], threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                answers.append(engine.find(query))
            except Exception as error:  # told by the assertion below
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    before = len(answers)
    cluster.nodes[2].kill()
    deadline = time.monotonic() + 90
    while len(answers) < before + 20 and time.monotonic() < deadline:
        time.sleep(0.2)
    done.set()
    for reader in readers:
        reader.join(90)
    assert not failures
    assert len(answers) >= before + 20
    assert all(answer == right for answer in answers)
    engine.close()


def wait_for(happened: Any, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.5)


WRITES_AND_WAITS = """
import sys, time
from indexer.model.cluster_address import parse_cluster_address
from indexer.engine.cluster.writer import OpenSearchWriter
from tests.cluster.test_faults import batch
writer = OpenSearchWriter(parse_cluster_address(sys.argv[1]), sys.argv[2])
writer.add(batch(0, "dân"))
writer.add(batch(1))
print("sent", flush=True)
time.sleep(600)
"""


def test_a_writer_killed_before_its_commit_leaves_no_trace(place):
    index = indices.create_next(place, {})
    with OpenSearchWriter(place, index) as writer:
        writer.add(batch(0))
        writer.commit()
    address = f"opensearch:{place.hosts[0]}/{place.name}"
    other = subprocess.Popen([sys.executable, "-c", WRITES_AND_WAITS, address, index], stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdout.readline() == b"sent\n"
    client = connect(place)
    client.indices.refresh(index=index)  # as a node that recovers a shard may do at any time
    during = OpenSearchEngine(place, index)
    assert during.count() == BATCH == during.find(Query(limit=0)).total
    assert not during.find(Query(match=Word("dân"), limit=0)).total
    assert not during.frequency("syllable", "dân") and "dân" not in dict(during.terms("syllable"))
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    with OpenSearchWriter(place, index) as writer:  # the dead writer's lease is known to be lost
        writer.add(batch(2))
        writer.commit()
    after = OpenSearchEngine(place, index)
    assert after.count() == 2 * BATCH and not after.verify()
    assert not after.find(Query(match=Value("batch", ("1",)), limit=0)).total
    for engine in (during, after):
        engine.close()
    client.close()


class DiesAfterItsCommit(OpenSearchWriter):
    """A writer that ends between the commit and the deletion of what it replaced."""

    dies = False

    def _tidy(self) -> None:
        if self.dies:
            raise RuntimeError("killed")
        super()._tidy()


def test_a_writer_killed_after_its_commit_has_committed_all_of_it(place):
    index = indices.create_next(place, {})
    with OpenSearchWriter(place, index) as writer:
        writer.add(batch(0))
        writer.commit()
    writer = DiesAfterItsCommit(place, index)
    writer.add(batch(0, "dân"))
    writer.delete(["000/007"])
    writer.dies = True
    with pytest.raises(RuntimeError, match="killed"):
        writer.commit()
    writer.staged.clear()
    writer.close()
    seen = OpenSearchEngine(place, index)
    assert (seen.count(), seen.generation) == (BATCH - 1, 2)
    assert seen.find(Query(match=Word("dân"), limit=0)).total == BATCH - 1 == len(set(seen.ids()))
    assert seen.frequency("syllable", "dân") == BATCH - 1
    seen.close()
    with OpenSearchWriter(place, index) as healing:
        assert not healing.seen.commit.gone
    healed = OpenSearchEngine(place, index)
    assert not healed.verify() and healed.count() == BATCH - 1
    healed.close()


def test_an_article_the_cluster_refuses_is_named_and_costs_no_other(place):
    index = indices.create_next(place, {})
    with OpenSearchWriter(place, index) as writer:
        writer.add(invert([article("a", "quân"), article("b", "quân")]))
        writer.commit()
        endless = {"official": ("x" * 40_000,)}
        writer.add(invert([article("a", "dân", keys=endless), article("c", "quân")]))
        writer.commit()
        assert list(writer.refused) == ["a"] and "32766" in writer.refused["a"]
    engine = OpenSearchEngine(place, index)
    assert list(engine.ids()) == ["b", "c"]  # what "a" was before is not what it is now
    engine.close()


class Busy:
    """A client whose cluster is too busy for each document once, and never takes one of them."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self.requests = 0

    def bulk(self, body: str, index: str) -> dict[str, Any]:
        self.requests += 1
        ids = [line.split('"')[5] for line in body.splitlines()]
        items = []
        for id in ids:
            status = 400 if id == "bad" else 429 if id not in self.met else 200
            self.met.append(id)
            items.append({"delete": {"status": status, "error": {"type": "busy", "reason": "queue full"}}})
        return {"errors": True, "items": items}


def test_what_a_busy_cluster_did_not_take_is_sent_again_and_nothing_else():
    pytest.importorskip("opensearchpy", reason="no OpenSearch cluster client: pip install 'quocphong[opensearch]'")
    client = Busy()
    refused = send(client, "index", [Action(id) for id in ("one", "two", "bad")])
    assert client.met == ["one", "two", "bad", "one", "two"]
    assert refused == {"bad": "busy: queue full"}


def test_what_a_node_with_a_full_queue_turned_away_is_sent_until_it_is_taken(place):
    narrow = {"node.processors": "1", "thread_pool.write.size": "1", "thread_pool.write.queue_size": "1"}
    with Cluster(1, settings=narrow) as cluster:
        where = replace(place, hosts=tuple(cluster.urls), shards=3)  # a bite goes to three shards at once: one too many
        index = indices.create_next(where, {})
        with OpenSearchWriter(where, index) as writer:
            for number in range(BATCHES):
                writer.add(batch(number))
            writer.commit()
            pool = writer.client.nodes.stats(metric="thread_pool")["nodes"].popitem()[1]["thread_pool"]["write"]
        assert pool["rejected"] > 0 and not writer.refused
        engine = OpenSearchEngine(where, index)
        assert len(set(engine.ids())) == engine.count() == BATCHES * BATCH
        assert not engine.verify()
        engine.close()


def test_a_cluster_that_is_not_there_is_named(place, monkeypatch):
    monkeypatch.setattr("indexer.engine.cluster.client.PATIENCE", 0.5)
    with pytest.raises(ClusterUnavailable, match="does not answer"):
        OpenSearchEngine(replace(place, hosts=("http://127.0.0.1:9",)), "nothing")


def test_a_snapshot_brings_everything_back(nodes, place):
    index = indices.create_next(place, {})
    with OpenSearchWriter(place, index) as writer:
        writer.add(batch(0))
        writer.commit()
    client = connect(place)
    where = str(nodes.snapshots / place.name)
    client.snapshot.create_repository(repository=place.name, body={"type": "fs", "settings": {"location": where}})
    body = {"indices": f"{place.name}-*", "include_global_state": False}
    client.snapshot.create(repository=place.name, snapshot="one", body=body, params={"wait_for_completion": "true"})
    indices.forget(place)
    client.snapshot.restore(repository=place.name, snapshot="one", body=body, params={"wait_for_completion": "true"})
    engine = OpenSearchEngine(place, index)
    assert engine.count() == BATCH and not engine.verify()
    engine.close()
    client.snapshot.delete_repository(repository=place.name)
    client.close()


# The last test: the cluster goes on forbidding new indices for some time after its disks are free again.


def test_a_full_disk_is_named_and_loses_nothing(hurt):
    where, index, _ = hurt
    with OpenSearchWriter(where, index) as writer:
        writer.add(batch(0))
        writer.commit()
    client = connect(where)
    marks = {f"cluster.routing.allocation.disk.watermark.{name}": "100tb" for name in ("low", "high", "flood_stage")}
    client.cluster.put_settings(body={"transient": marks})
    try:
        wait_for(lambda: blocked(client, index), 60)
        with pytest.raises(DiskFull, match="Nothing was committed"), OpenSearchWriter(where, index) as writer:
            writer.add(batch(1))
        engine = OpenSearchEngine(where, index)
        assert engine.count() == BATCH == engine.find(Query(match=Word("quân"), limit=0)).total
        engine.close()
    finally:
        client.cluster.put_settings(body={"transient": dict.fromkeys(marks)})
    wait_for(lambda: not blocked(client, index) and may_make_indices(client), 60)
    with OpenSearchWriter(where, index) as writer:
        writer.add(batch(1))
        assert writer.commit() == 2
    engine = OpenSearchEngine(where, index)
    assert engine.count() == 2 * BATCH
    engine.close()
    client.close()


def blocked(client: Any, index: str) -> bool:
    settings = client.indices.get_settings(index=index)[index]["settings"]["index"]
    return settings.get("blocks", {}).get("read_only_allow_delete") == "true"


def may_make_indices(client: Any) -> bool:
    """Lifts the ban on new indices that nodes with full disks lay on the whole cluster; whether it is gone."""
    lifted = {"cluster.blocks.create_index": None}
    client.cluster.put_settings(body={"transient": lifted, "persistent": lifted})
    return not client.cluster.state(metric="blocks")["blocks"].get("global")
