"""`make test-cluster`: the contract, the archive and the faults on a cluster of three nodes that is started for it.

Without Maven, Java or the network it says so and ends well; with --must it fails instead.
"""

from __future__ import annotations

import os
import signal
import sys

import pytest

from tests.cluster.server import CURRENT, Cluster, Unavailable, fetch

NODES = 3


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the nodes and their folders go
    try:
        fetch()
        with Cluster(NODES) as cluster:
            CURRENT.append(cluster)
            os.environ["QUOCPHONG_TEST_CLUSTER"] = cluster.urls[0]
            chosen = [a for a in arguments if a != "--must"] or ["-m", "not more", "tests/contract", "tests/cluster"]
            return int(pytest.main(["-n", "0", "-q", "-k", "not whoosh", *chosen]))
    except Unavailable as why:
        print(f"make test-cluster: skipped, no OpenSearch cluster: {why}", file=sys.stderr)
        return 1 if "--must" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
