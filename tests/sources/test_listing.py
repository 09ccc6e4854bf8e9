"""Which files are read, under which names, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.sources import Listing, find


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def names(listing: Listing) -> list[str]:
    return [file.relative for file in listing.files]


def test_a_folder_gives_its_articles_in_a_stable_order_and_counts_the_rest(tmp_path: Path) -> None:
    made(
        tmp_path,
        "b/z.txt",
        "b/a.HTML",
        "a.jsonl.xz",
        "c.htm",
        "README.md",
        "b/ảnh.jpg",
        ".git/x.txt",
        ".a.txt",
        "d.jsonl.gz",
        ".txt",
    )
    listing = find([tmp_path])
    assert names(listing) == ["a.jsonl.xz", "c.htm", "d.jsonl.gz", "b/a.HTML", "b/z.txt"]
    assert listing.passed_over == 5
    assert (listing.problems, listing.missing) == ((), ())


def test_files_of_other_kinds_are_named_three_of_a_kind(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "b/1.rtf", "2.rtf", "3.RTF", "4.rtf", "ảnh.jpg", "LICENSE")
    assert {kind.ending: (kind.files, kind.examples) for kind in find([tmp_path]).other_kinds} == {
        ".rtf": (4, ("2.rtf", "3.RTF", "4.rtf")),
        ".jpg": (1, ("ảnh.jpg",)),
        "": (1, ("LICENSE",)),
    }


def test_a_single_file_is_its_own_root_and_is_called_by_its_name(tmp_path: Path) -> None:
    made(tmp_path, "x/a.txt")
    (file,) = find([tmp_path / "x" / "a.txt"]).files
    assert (file.relative, file.path) == ("a.txt", tmp_path / "x" / "a.txt")
    assert (file.size, file.mtime_ns) == (1, file.path.stat().st_mtime_ns)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("2022/*.txt", ["a.txt", "b.txt"]),
        ("20*/a.txt", ["2022/a.txt", "2023/a.txt"]),
        ("**/c.txt", ["2023/x/c.txt"]),
        ("2023/?", ["x/c.txt"]),
    ],
)
def test_a_glob_s_root_is_the_folder_before_its_first_wildcard(
    tmp_path: Path, pattern: str, expected: list[str]
) -> None:
    made(tmp_path, "2022/a.txt", "2022/b.txt", "2023/a.txt", "2023/x/c.txt")
    listing = find([tmp_path / pattern])
    assert names(listing) == expected
    assert {file.root for file in listing.files} == {
        (tmp_path / pattern.split("/")[0]) if pattern[:3] == "202" else tmp_path
    }


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    made(tmp_path, "a.txt")
    assert names(find([tmp_path, tmp_path / "a.txt", f"{tmp_path}/*.txt"])) == ["a.txt"]


@pytest.mark.parametrize("path", ["none", "none/*.txt", "*.html", "nul\0"])
def test_what_is_not_there_is_missing_and_not_merely_empty(tmp_path: Path, path: str) -> None:
    listing = find([f"{tmp_path}/{path}", tmp_path])
    assert listing.missing == (f"{tmp_path}/{path}",)
    assert listing.files == ()


def test_links_are_not_followed_out_of_the_root_and_not_read_twice_within(tmp_path: Path) -> None:
    made(tmp_path, "root/a.txt", "outside/b.txt")
    root = tmp_path / "root"
    (root / "again.txt").symlink_to(root / "a.txt")
    (root / "loop").symlink_to(root)
    (root / "out.txt").symlink_to(tmp_path / "outside" / "b.txt")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "dead.txt").symlink_to(root / "gone.txt")
    listing = find([root])
    assert names(listing) == ["a.txt"]
    assert listing.passed_over == 2
    assert {(problem.path, "out of" in problem.why) for problem in listing.problems} == {
        ("out.txt", True),
        ("out", True),
        ("dead.txt", False),
    }


def test_a_root_may_itself_be_a_link(tmp_path: Path) -> None:
    made(tmp_path, "data/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert names(find([tmp_path / "link"])) == ["a.txt"]


def test_pipes_are_passed_over_unopened_and_odd_names_are_problems(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("x")
    listing = find([tmp_path])
    assert (listing.files, listing.passed_over) == ((), 1)
    assert [problem.why for problem in listing.problems] == ["the file name is not UTF-8"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_missing_too(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        listing = find([tmp_path])
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert names(listing) == ["a.txt"]
    assert listing.missing == (str(tmp_path / "closed"),)
