"""Files of the index cut short or altered: named with the command that mends them, and that one command mends them."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from indexer.model.errors import IndexDamaged, IndexMissing, IndexOutdated
from indexer.model.settings import load
from indexer.operations.doctor import examine
from indexer.storage.index_folder import open_engine
from indexer.storage.manifest_file import ASIDE
from search_app import create_app
from tests.faults.place import Place, site_answers

FILES = {  # what is damaged: the file, as a glob below the index folder
    "segment": "gen-*/*.arr", "contents": "gen-*/*.toc", "manifest": "gen-*/manifest.sqlite",
    "stamp": "gen-*/stamp.json", "pointer": "CURRENT",
}
DERIVED = {"stories": "gen-*/stories.npz", "status": "status.json", "lock": "lock"}  # losing these loses nothing


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[:chance.randrange(len(data))] if data else data


def emptied(data: bytes, chance: random.Random) -> bytes:
    return b""


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    return data[:at] + bytes([(data or b"?")[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]


def scrambled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    return data[:at] + chance.randbytes(min(512, len(data) - at)) + data[at + 512:]


def removed(data: bytes, chance: random.Random) -> None:
    return None


HARMS = (cut, emptied, flipped, scrambled, removed)


def damage(file: Path, harm, chance: random.Random) -> None:
    put(file, harm(file.read_bytes(), chance))


def put(file: Path, data: bytes | None) -> None:
    """Put a new file in the place of one that may be mapped: cutting that one short would end whoever reads it."""
    file.unlink()
    if data is not None:
        file.write_bytes(data)


def is_named_or_harmless(place: Place) -> bool:
    """The doctor names the damage, or every article is still there as it was. Returns whether it was named."""
    findings = examine(load(environment={}, given={"index": str(place.index)}), 2)
    failed = [check for check in findings.checks if not check.passed]
    if failed:
        assert all("quocphong" in check.remedy for check in failed), failed
        return True
    assert place.held() == place.wanted()
    return False


def assert_mended(place: Place) -> None:
    assert place.runner.start(index=str(place.index), paths=[], workers=1, rebuild=True)
    assert place.runner.end() == 0, place.runner.told()
    place.assert_whole(place.wanted())
    place.assert_healed()


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_file_is_named_and_mended_by_a_rebuild_without_paths(place: Place, kind: str, harm) -> None:
    assert place.run() == 0
    [file] = place.index.glob(FILES[kind])
    damage(file, harm, place.chance)
    is_named_or_harmless(place)
    assert_mended(place)


@pytest.mark.parametrize("kind", DERIVED)
def test_a_damaged_file_that_can_be_made_anew_stops_nothing(place: Place, kind: str) -> None:
    assert place.run() == 0
    for harm in HARMS:
        place.run()
        [file] = place.index.glob(DERIVED[kind])
        damage(file, harm, place.chance)
        assert site_answers(place.index) == len(place.wanted())
        place.change()
        place.assert_healed()


@pytest.mark.long
@pytest.mark.parametrize("kind", ("segment", "contents", "manifest", "stamp"))
def test_single_bits_flipped_anywhere_are_named_or_harmless(place: Place, kind: str) -> None:
    assert place.run() == 0
    [file] = place.index.glob(FILES[kind])
    whole, named = file.read_bytes(), 0
    for _ in range(150):
        damage(file, flipped, place.chance)
        named += is_named_or_harmless(place)
        site_or_refusal(place.index)
        put(file, whole)
    assert named >= 15  # much of a small database is empty pages
    place.assert_healed()


def site_or_refusal(index: Path) -> None:
    """Readers get an answer or a page that names the remedy (503), never an error of ours (500)."""
    client = create_app(index, load(environment={}, given={})).test_client()
    for address in ("/healthz", "/search?q=quân", "/search?q=%22giao+nhận%22&sort=newest"):
        answer = client.get(address)
        assert answer.status_code == 200 or (answer.status_code == 503 and "quocphong index --rebuild" in answer.text)


def test_an_altered_manifest_deletes_no_article(place: Place) -> None:
    """A claim that went missing from the database would look like a deleted article."""
    import sqlite3

    assert place.run() == 0
    [manifest] = place.index.glob(FILES["manifest"])
    with closing(sqlite3.connect(manifest)) as database, database:
        database.execute("DELETE FROM claims WHERE id = 'bài 1'")
    assert place.run() == 0
    assert manifest.with_name(ASIDE).exists()  # it is set aside, and what it knew is learned anew from the index
    place.assert_whole(place.wanted())
    place.assert_healed()


def test_damage_beyond_knowing_the_roots_is_refused_until_they_are_named(place: Place) -> None:
    assert place.run() == 0
    for kind in ("manifest", "contents"):
        next(place.index.glob(FILES[kind])).write_bytes(b"\xff" * 99)
    (place.index / "status.json").unlink()
    place.runner.start(index=str(place.index), paths=[], workers=1, rebuild=True)
    assert place.runner.end() == IndexDamaged.exit_code
    assert "quocphong index --rebuild PATH" in place.runner.told()
    assert place.run(rebuild=True) == 0
    place.assert_healed()


def test_each_damage_has_its_own_refusal(place: Place) -> None:
    assert place.run() == 0
    for kind, error in (("stamp", IndexDamaged), ("contents", IndexMissing), ("pointer", IndexMissing)):
        [file] = place.index.glob(FILES[kind])
        held = file.read_bytes()
        file.unlink()
        with pytest.raises(error, match="quocphong index"):
            open_engine(place.index)
        file.write_bytes(held)
    next(place.index.glob(FILES["stamp"])).write_text("{}")
    with pytest.raises(IndexOutdated, match="quocphong index --rebuild"):
        open_engine(place.index)
