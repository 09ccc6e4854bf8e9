"""The whole product on a cluster: built, searched, brought up to date, copied, gone back from, as on one machine."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from indexer.engine.cluster import indices
from indexer.engine.cluster.client import connect
from indexer.ingest.run import build
from indexer.model.errors import IndexMissing, IndexOutdated, UsageError
from indexer.model.settings import load
from indexer.operations.migrate import migrate
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import withdraw
from indexer.search.kwic import kwic
from indexer.search.mentions import Wanted, mentions
from indexer.search.more_like_this import related
from indexer.search.people import People
from indexer.search.service import search
from indexer.search.suggest import suggest
from indexer.storage import generations
from indexer.storage.backends import read
from indexer.storage.index_folder import open_engine
from search_app import create_app
from tests.conftest import SAMPLE
from tests.whole_archive.compare import ills

ASKED = ["", "tuyển quân", "tuyen quan", '"dân quân tự vệ"', "huan luyen -giao", "diễn tập OR hội thao",
         "giao quân 2023", "chỉ huy trưởng Bộ CHQS tỉnh", "nghĩa vụ quân sự năm nay thế nào", "Gia Lai",
         "biên phòng NEAR/5 tuần tra",
         "quốc phòg", "CHQS", "tập huấn cán bộ tỉnh:\"Kon Tum\"", "zzzz không có gì"]
PAGES = ["/", "/search?q=tuy%E1%BB%83n+qu%C3%A2n", "/search?q=&province=Gia+Lai", "/officials",
         "/provinces", "/map?q=qu%C3%A2n",
         "/kwic?q=d%C3%A2n+qu%C3%A2n", "/search.atom?q=qu%C3%A2n", "/api/suggest?q=gia", "/search.csv?q=qu%C3%A2n",
         "/facet/official?q=qu%C3%A2n", "/mentions.csv", "/provinces/Gia%20Lai", "/api/search?q=giao+qu%C3%A2n",
         "/help"]


@pytest.fixture
def archive(place, tmp_path):
    """The sample corpus on the cluster."""
    build(tmp_path / "index", [str(SAMPLE)], workers=1, engine=place)
    return tmp_path / "index"


def told(engine, text):
    """What a search gives, without scores, which are equal but for the last digits."""
    results = search(engine, text, limit=50)
    rows = sorted((round(-hit.score, 3), hit.entry.id, hit.snippet, hit.marks, hit.tier) for hit in results.hits)
    return results.total, rows, results.facets, results.query.applied, (
        results.rule, results.offers, results.near.total, results.near.skipped, results.empty)


def test_every_street_gives_what_it_gives_on_one_machine(archive, sample_index):
    with closing(open_engine(archive)) as there, closing(open_engine(sample_index)) as here:
        for text in ASKED:
            assert told(there, text) == told(here, text), text
        for typed in ("g", "gia", "nguyen", "bo chqs", "dan q"):
            assert suggest(there, typed) == suggest(here, typed)
        assert kwic(there, "dân quân").lines == kwic(here, "dân quân").lines
        assert list(mentions(there, Wanted())) == list(mentions(here, Wanted()))
        assert sorted(p.id for p in People(there)) == sorted(p.id for p in People(here))
        for entry in here.entries(list(here.ids())[:20]):
            pairs = zip(related(there, entry), related(here, entry), strict=True)
            assert all(one.entry.id == other.entry.id and one.why == other.why for one, other in pairs)


def test_every_page_is_the_same(archive, sample_index):
    sites = [create_app(index, load(environment={}, given={})).test_client() for index in (archive, sample_index)]
    for page in PAGES:
        there, here = (site.get(page) for site in sites)
        assert there.status_code == here.status_code, page
        assert len(there.data) == pytest.approx(len(here.data), rel=0.02), page


def test_a_run_takes_in_changes_and_reports_them_as_on_one_machine(place, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(SAMPLE, corpus)
    build(tmp_path / "index", [str(corpus)], workers=1, engine=place)
    file = corpus / "more.jsonl"
    body = "Bộ đội giúp dân chống bão tại Quảng Trị. " * 9
    file.write_text(json.dumps({"id": "new-1", "title": "Bão số 9", "text": body}), encoding="utf-8")
    before = open_engine(tmp_path / "index")
    report = build(tmp_path / "index", workers=1)
    assert (report.new, report.changed, report.deleted) == (1, 0, 0)
    assert before.stale() and not before.entries(["new-1"])
    after = open_engine(tmp_path / "index")
    assert after.entries(["new-1"]) and after.count() == before.count() + 1
    file.unlink()
    assert build(tmp_path / "index", workers=1).deleted == 1
    assert not open_engine(tmp_path / "index").entries(["new-1"])
    assert not build(tmp_path / "index", workers=1).new


def test_a_reader_whose_index_was_dropped_is_told_so(archive, place):
    with closing(open_engine(archive)) as engine, closing(connect(place)) as client:
        client.indices.delete(index=indices.index_in_use(place))
        with pytest.raises(IndexMissing, match="quocphong index --rebuild"):
            search(engine, "quân")


def test_a_rebuild_switches_the_name_and_keeps_the_one_before(archive, place):
    first = indices.index_in_use(place)
    build(archive, rebuild=True, workers=1)
    second = indices.index_in_use(place)
    assert first != second and read(generations.current(archive))[1] == second
    roll_back(archive)
    assert indices.index_in_use(place) == first
    with closing(open_engine(archive)) as engine:
        assert search(engine, "quân").total
    build(archive, rebuild=True, workers=1)
    assert second not in indices.list_indices(place)  # it was gone back from, and made room
    assert first in indices.list_indices(place)


def test_a_name_that_a_killed_rebuild_or_rollback_left_elsewhere_is_told_and_the_next_run_brings_it_back(
        place, tmp_path):
    """The name moves before the folder switches. The index it leads to may be gone since."""
    (tmp_path / "corpus").mkdir()
    article = json.dumps({"id": "a", "text": "Gia Lai giao quân."})
    (tmp_path / "corpus" / "a.jsonl").write_text(article, encoding="utf-8")
    index, place = tmp_path / "index", replace(place, replicas="0")
    build(index, [str(tmp_path / "corpus")], workers=1, engine=place)
    for is_gone in (False, True):
        lost = indices.create_next(place, {})
        indices.switch_alias(place, lost)
        if is_gone:
            indices.drop(place, lost)
        [said] = ills(index)
        assert said.startswith("cluster name: The cluster's name for the index leads to another one")
        build(index, workers=1)
        assert (indices.index_in_use(place), ills(index)) == (read(generations.current(index))[1], [])


def test_migrating_there_and_back_reads_no_corpus_and_changes_no_answer(place, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(SAMPLE, corpus)
    index = tmp_path / "index"
    build(index, [str(corpus)], workers=1)
    with closing(open_engine(index)) as engine:
        before, ids = [told(engine, text) for text in ASKED], list(engine.ids())
        entries = engine.entries(ids)
    corpus.rename(tmp_path / "away")
    for engine_named in (place, "whoosh"):
        done = migrate(index, engine_named, workers=1)
        assert done.articles == len(ids)
        with closing(open_engine(index)) as engine:
            assert list(engine.ids()) == ids
            assert engine.entries(ids) == entries
            assert [told(engine, text) for text in ASKED] == before
    (tmp_path / "away").rename(corpus)
    report = build(index, workers=1)
    assert (report.new, report.changed, report.deleted) == (0, 0, 0)


def test_an_index_is_not_brought_up_to_date_on_another_engine(archive, place, tmp_path):
    with pytest.raises(IndexOutdated, match="quocphong migrate"):
        build(archive, workers=1, engine="whoosh")
    with pytest.raises(UsageError, match="already"):
        migrate(archive, place)
    build(archive, workers=1, engine=replace(place, replicas="0"))  # the same name: what changed is taken over
    assert read(generations.current(archive))[0].replicas == "0"


def test_withdrawing_takes_an_article_off_the_cluster_at_once(archive):
    with closing(open_engine(archive)) as engine:
        id = next(engine.ids())
    withdraw(archive, id, "theo yêu cầu của tòa soạn")
    with closing(open_engine(archive)) as engine:
        assert not engine.entries([id])
    build(archive, workers=1)
    with closing(open_engine(archive)) as engine:
        assert not engine.entries([id])


def test_the_doctor_finds_a_sound_archive(archive, monkeypatch):
    from indexer.operations.doctor import examine

    found = examine(load(environment={}, given={"index": str(archive)}), 5)
    assert [check.name for check in found.checks if not check.passed] == []
    assert "undamaged" in [check.name for check in found.checks]


def test_a_write_from_two_machines_is_refused(archive, place):
    from indexer.engine.cluster.writer import OpenSearchWriter
    from indexer.model.errors import IndexLocked

    index = indices.index_in_use(place)
    with OpenSearchWriter(place, index), pytest.raises(IndexLocked, match="Another writer"):
        OpenSearchWriter(place, index)


def test_files_hold_every_article(archive, sample_index, tmp_path):
    pages = []
    for index in (archive, sample_index):
        site = create_app(index, load(environment={}, given={})).test_client()
        pages.append(site.get("/search.csv?q=qu%C3%A2n").data)
    assert pages[0].count(b"\n") == pages[1].count(b"\n")
