"""What a bench says: medians, 95th percentiles, ratios, memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def mean_ratio(ratios: Sequence[float]) -> float:
    """Geometric: twice as fast in one class and half as fast in another is no gain."""
    return statistics.geometric_mean(ratios)


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what `run` returned."""
    began = time.perf_counter()
    result = run()
    return (time.perf_counter() - began) * 1000, result


def worked(run: Callable[[], Any]) -> tuple[float, Any]:
    """Processor milliseconds of this thread, and what `run` returned: what a query takes when nothing else runs."""
    began = time.thread_time()
    result = run()
    return (time.thread_time() - began) * 1000, result


def memory(pid: int | str = "self") -> dict[str, float]:
    """Megabytes of a process by kind (/proc/PID/smaps_rollup): Private_Dirty is its own, mapped index files are not."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(rest.split()[0]) / 1024 for name, _, rest in (row.partition(":") for row in rows)}


def private(pid: int | str = "self") -> float:
    return memory(pid)["Private_Dirty"]


def processor_seconds(pid: int) -> float:
    """Processor time a process has used so far, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
