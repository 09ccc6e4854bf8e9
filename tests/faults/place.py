"""A corpus that changes, an index of it, and what must hold of them after any fault."""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.ingest import checks
from indexer.model.settings import load
from indexer.storage.index_folder import current_folder, open_engine
from indexer.storage.manifest import Manifest
from search_app import create_app
from tests.faults.runner import obey
from tests.forks import Forked, Forks

SENTENCES = (
    "Sáng {d}/3/2023, Bộ Chỉ huy Quân sự tỉnh Gia Lai tổ chức lễ giao nhận quân đợt {n}.",
    "Ngày {d}/4/2022, Ban Chỉ huy Quân sự huyện Lạc Dương huấn luyện dân quân năm thứ {n}.",
    "Chiều {d}/12/2021, tỉnh Thanh Hóa tổng kết công tác quốc phòng địa phương lần {n}.",
    "Đồn Biên phòng tuần tra song phương trên tuyến biên giới ngày {d}/8/2020, chuyến {n}.",
)
IndexedRecord = dict[str, str]  # id -> text


class Runner:
    """Begins runs, each in a process of its own that may be killed, and keeps what they write to their errors."""

    def __init__(self, forks: Forks, errors: Path) -> None:
        self.forks, self.errors = forks, errors
        self.run: Forked | None = None

    def start(self, **order: Any) -> int:
        """Begin a run by an order as `obey` takes it; its process id."""
        self.run = self.forks.start(obey, order, errors=self.errors)
        return self.run.pid

    def end(self) -> int:
        """Wait for the run to end; its exit code, or minus the signal that killed it."""
        assert self.run
        return self.run.wait()

    def told(self) -> str:
        return self.errors.read_text(encoding="utf-8")


class Place:
    """A corpus of JSONL files under `folder`, the index beside it, and the runs over them."""

    def __init__(self, folder: Path, runner: Runner, seed: int = 0) -> None:
        self.corpus, self.index, self.runner = folder / "corpus", folder / "index", runner
        self.corpus.mkdir(parents=True)
        self.chance = random.Random(seed)
        self.files: dict[str, IndexedRecord] = {f"{name}.jsonl": {} for name in "abcd"}
        self.made = 0
        self.change(24)

    def wanted(self) -> IndexedRecord:
        return {id: text for articles in self.files.values() for id, text in articles.items()}

    def change(self, new: int = 3) -> None:
        """Some articles come, one or two change, one or two go, and the files are written anew."""
        for _ in range(new):
            self.made += 1
            self.files[self.chance.choice(sorted(self.files))][f"bài {self.made}"] = self.text()
        for edit in (self.rewrite, self.remove) * (2 if self.made > 24 else 0):
            articles = self.chance.choice([held for held in self.files.values() if len(held) > 1])
            edit(articles, self.chance.choice(sorted(articles)))
        for name in self.files:
            self.write(name)

    def rewrite(self, articles: IndexedRecord, id: str) -> None:
        articles[id] = self.text()

    def remove(self, articles: IndexedRecord, id: str) -> None:
        del articles[id]

    def text(self) -> str:
        day, number = self.chance.randint(1, 28), self.chance.randint(1, 10**9)
        return self.chance.choice(SENTENCES).format(d=day, n=number)

    def write(self, name: str) -> None:
        rows = [{"id": id, "title": f"Bản tin {id}", "text": text} for id, text in self.files[name].items()]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (self.corpus / name).write_text(lines, encoding="utf-8")

    def start(self, **order: Any) -> int:
        return self.runner.start(index=str(self.index), paths=[str(self.corpus)], **{"workers": 1} | order)

    def run(self, **order: Any) -> int:
        self.start(**order)
        return self.runner.end()

    def held(self) -> IndexedRecord:
        """What the index holds, asked as the site asks; nothing if there is no index yet."""
        if not (self.index / "CURRENT").exists():
            return {}
        with closing(open_engine(self.index)) as engine:
            ids = list(engine.ids())
            assert len(ids) == len(set(ids)) == engine.count()
            return {entry.id: entry.article.text for entry in engine.entries(ids)}

    def assert_whole(self, *states: IndexedRecord) -> None:
        """The index holds exactly one of `states`, and the site answers from it."""
        held = self.held()
        assert held in states
        assert site_answers(self.index) == (len(held) if held else None)

    def assert_healed(self) -> None:
        """The next run ends well and brings everything in; index and manifest agree and every check passes."""
        assert self.run(wait_seconds=30) == 0, self.runner.told()
        self.assert_whole(self.wanted())
        with closing(open_engine(self.index)) as engine, closing(Manifest(current_folder(self.index))) as manifest:
            memory = manifest.load()
            held = checks.complete(engine, memory.held)
            for check in (held, checks.undamaged(engine), checks.findable(engine, 1)):
                assert check.passed, check.detail
            assert memory.generation == engine.generation


def site_answers(index: Path) -> int | None:
    """The articles the site says it holds, after it has answered a search; None while it refuses, with a remedy."""
    app = create_app(index, load(environment={}, given={}))
    client = app.test_client()
    health, page = client.get("/healthz"), client.get("/search?q=quân")
    assert (health.status_code, page.status_code) in ((200, 200), (503, 503)), (health.text, page.status_code)
    return health.json["articles"] if health.status_code == 200 else None
