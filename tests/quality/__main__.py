"""The quality gate: what is told of articles against hand labels, ranking on outside collections; with floors.

    QUOCPHONG_DATA=DIR python -m tests.quality [--keep DIR] [--peers]

Prints what was measured, and what was skipped for want of data. Exits with 1 when anything is below its floor.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.quality import entities, fresh, relevance, roles, scope, slips

FOLDERS = ("gold_dev", "gold_retold")
PARTS: Mapping[str, tuple[tuple[str, ...], Callable[[Path], bool]]] = {
    "entities": (FOLDERS, lambda data: entities.gate([data / folder for folder in FOLDERS])),
    "fresh": (("fresh",), fresh.gate),
    "roles": ((*FOLDERS, "defense_real.jsonl"), roles.gate),
    "scope": (("defense_real.jsonl", "benchmark"), scope.gate),
    "slips": (("defense_real.jsonl",), slips.gate),
    "relevance": (("ir_vmds200", "benchmark", "defense_real.jsonl"), lambda data: relevance.main() == 0),
}


def main() -> int:
    data = Path(os.environ.get("QUOCPHONG_DATA", ""))
    below = []
    for name, (needed, reached) in PARTS.items():
        missing = [part for part in needed if not os.environ.get("QUOCPHONG_DATA") or not (data / part).exists()]
        if missing:
            print(f"skipped {name}: QUOCPHONG_DATA ({os.environ.get('QUOCPHONG_DATA', 'not set')}) has no {missing[0]}")
        elif not reached(data):
            below.append(name)
    print(f"below a floor: {', '.join(below)}" if below else "no floor broken")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
