"""The papers say what the code does: commands, settings, links and the invariants' tests exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from indexer.cli import parser
from tests.docs.write import DOCS, PAGES

ROOT = DOCS.parent
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "corpus" / "README.md"])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"^(?:\$ )?(quocphong [^#\n|&]*)", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CRON = re.compile(r"^\d+ \* \* \* \* +.*", re.MULTILINE)
PLACE = re.compile(r"`([\w/]+(?:\.py|/))`")
FENCED = re.compile(r"```(?:sh|console)?\n(.*?)```", re.DOTALL)


def paper(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert paper(DOCS / name) == PAGES[name](), "run: make docs"


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(paper(path)):
        assert target.startswith(("http://", "https://")) or (path.parent / target).exists(), target


@pytest.mark.parametrize("path", [p for p in PAPERS if p.name != "cli.md"], ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_in_the_papers_parse(path: Path) -> None:
    for block in FENCED.findall(paper(path)):
        for line in COMMAND.findall(block):
            parser().parse_args(shlex.split(line)[1:])


def test_every_test_the_architecture_names_exists() -> None:
    named = TEST.findall(paper(ROOT / "ARCHITECTURE.md"))
    assert len(named) >= 8
    for path, function in named:
        assert f"def {function}(" in paper(ROOT / path) if function else (ROOT / path).exists(), (path, function)


def test_the_architecture_has_a_row_for_every_package() -> None:
    """The first column of the table names each package of both, and nothing that is not there."""
    table = paper(ROOT / "ARCHITECTURE.md").partition("## Dependencies")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {name for cell in cells for name in PLACE.findall(cell)}
    packages = {f"{path.parent.relative_to(ROOT)}/" for path in ROOT.glob("indexer/*/__init__.py")}
    packages |= {f"{path.parent.relative_to(ROOT)}/" for path in ROOT.glob("search_app/*/__init__.py")}
    assert named == packages


def test_no_paper_is_left_unmentioned() -> None:
    """Every page of docs/ is reached from the README."""
    linked = set(LINK.findall(paper(ROOT / "README.md")))
    assert {f"docs/{path.name}" for path in DOCS.iterdir()} <= linked


def test_all_pages_give_the_same_cron_line() -> None:
    lines = {str(path.relative_to(ROOT)): CRON.findall(paper(path)) for path in PAPERS}
    given = {line for found in lines.values() for line in found if " index " in line}
    assert lines["README.md"] and lines["docs/operations.md"] and len(given) == 1, lines


def test_every_make_target_the_papers_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", paper(ROOT / "Makefile"), re.MULTILINE))
    for path in PAPERS:
        assert set(re.findall(r"`make ([a-z-]+)`", paper(path))) <= targets, path


def test_the_readme_is_short() -> None:
    assert len(paper(ROOT / "README.md").split()) <= 700


# -- CONTRIBUTING.md ------------------------------------------------------------------------------------

GUIDE = paper(ROOT / "CONTRIBUTING.md")
RECIPES = dict(zip(*[iter(re.split(r"^### (.*)$", GUIDE.partition("## Recipes")[2].partition("## Style")[0],
                                   flags=re.MULTILINE)[1:])] * 2, strict=True))
NAMED = re.compile(r"`([\w./]*/[\w./]*|[\w-]+\.(?:md|cfg|py))`")
DEFINED = re.compile(r"(?:`(\w+)` and )?`(\w+)` (?:in|of) `([\w/.]+\.py)`")


def test_there_is_a_recipe_for_what_is_added_often() -> None:
    assert set(RECIPES) == {"Add a facet", "Add a page", "Add an address of the API", "Add a file format",
                            "Add an engine"}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_names_files_that_exist_and_what_they_define(recipe: str) -> None:
    named = NAMED.findall(RECIPES[recipe])
    assert len(named) >= 5 and not [path for path in named if not (ROOT / path).exists()]
    defined = [(name, path) for *names, path in DEFINED.findall(RECIPES[recipe]) for name in names if name]
    assert defined
    for name, path in defined:
        assert re.search(rf"\b{name}\b", paper(ROOT / path)), (name, path)


def test_the_guide_names_only_files_and_targets_that_exist() -> None:
    assert not [path for path in NAMED.findall(GUIDE) if not (ROOT / path).exists()]
    targets = re.findall(r"^([a-z-]+):", paper(ROOT / "Makefile"), re.MULTILINE)
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", GUIDE, re.MULTILINE)) <= {*targets}


def test_the_longest_commit_line_the_guide_allows_is_that_of_its_example() -> None:
    [example] = re.findall(r"`(engine: [^`]*)`", GUIDE)
    assert len(" ".join(example.split())) <= 72
