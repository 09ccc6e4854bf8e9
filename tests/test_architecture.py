"""Which package may import which, what lies at the top of each, and who alone imports a library.

ARCHITECTURE.md draws the same picture.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_ENTRIES = {"indexer": 12, "search_app": 10}  # at the top of each package, __init__.py included

# Each package and those it may import from; every package may import `model`.
MAY_IMPORT = {
    "indexer.model": set(),
    "indexer.text": set(),
    "indexer.sources": set(),
    "indexer.engine": set(),
    "indexer.entities": {"indexer.text"},
    "indexer.storage": {"indexer.engine", "indexer.text"},
    "indexer.search": {"indexer.text", "indexer.entities", "indexer.engine", "indexer.storage"},
    "indexer.fetch": {"indexer.text", "indexer.sources", "indexer.storage"},
    "indexer.ingest": {"indexer.text", "indexer.sources", "indexer.entities", "indexer.engine", "indexer.storage",
                       "indexer.search"},
    "indexer.operations": {"indexer.text", "indexer.sources", "indexer.entities", "indexer.engine", "indexer.storage",
                           "indexer.search", "indexer.ingest", "indexer.fetch"},
    "indexer.cli": {"indexer.search", "indexer.ingest", "indexer.fetch", "indexer.operations", "search_app",
                    "search_app.web"},
    "search_app.i18n": set(),
    "search_app.web": {"search_app.i18n"},
    "search_app.view": {"search_app.i18n", "search_app.web"},
    "search_app.pages": {"search_app.i18n", "search_app.web", "search_app.view"},
    "search_app.exports": {"search_app.i18n", "search_app.web", "search_app.view"},
    "search_app.api": {"search_app.i18n", "search_app.web", "search_app.view"},
    "search_app": {"search_app.i18n", "search_app.web", "search_app.view", "search_app.pages", "search_app.exports",
                   "search_app.api"},
}
FOR_THE_SITE = {"indexer.search", "indexer.ingest", "indexer.fetch", "indexer.operations"}
EVERYWHERE = {"indexer", "indexer.model"}
ONLY_IMPORTERS = {"bs4": "indexer/sources", "pyvi": "indexer/text/segment.py", "whoosh": "indexer/engine",
                  "opensearchpy": "indexer/engine",
                  "mcp": "indexer/operations/mcp_server/server.py",
                  "flask": "search_app", "urllib3": "indexer/fetch", "protego": "indexer/fetch",
                  "os.environ": "indexer/model/settings.py"}


@cache
def modules() -> list[Path]:
    return sorted([*ROOT.glob("indexer/**/*.py"), *ROOT.glob("search_app/**/*.py")])


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def names() -> frozenset[str]:
    return frozenset(map(name_of, modules()))


def package_of(module: str) -> str:
    """"indexer.search" of "indexer.search.query.parser"."""
    return ".".join(module.split(".")[:2])


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def imported_modules(path: Path) -> Iterator[str]:
    """The modules of ours that a module imports."""
    for name in imports(path):
        while name and name not in names():
            name = name.rpartition(".")[0]
        if name:
            yield name


def at_start(path: Path) -> Iterator[str]:
    """The modules of ours that importing a module imports, other than for type checking."""
    for node in tree_of(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield from ({whole} & names()) or ({node.module} & names())


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_package_imports_only_those_it_may(path: Path) -> None:
    own = package_of(name_of(path))
    allowed = MAY_IMPORT.get(own, set()) | {own} | EVERYWHERE
    if own.startswith("search_app"):
        allowed |= FOR_THE_SITE
    found = {package_of(name) for name in imported_modules(path)} - {"indexer"}
    assert found <= allowed or own == "indexer", f"{own} may not import {sorted(found - allowed)}"


def test_packages_form_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for path in modules():
        own = package_of(name_of(path))
        graph.setdefault(own, set()).update({package_of(name) for name in imported_modules(path)} - {own, "indexer"})
    tuple(TopologicalSorter(graph).static_order())


def test_modules_form_no_circle() -> None:
    graph = {name_of(path): set(at_start(path)) - {name_of(path)} for path in modules()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize("package", MOST_ENTRIES)
def test_the_top_of_a_package_is_read_in_one_glance(package: str) -> None:
    entries = {path.name for path in (ROOT / package).iterdir() if path.name not in {"__pycache__", "py.typed"}}
    assert len(entries) <= MOST_ENTRIES[package], sorted(entries)
    flat = {name for name in entries if name.endswith(".py")}
    assert flat == {"__init__.py"}, f"put {sorted(flat - {'__init__.py'})} into a package"


def test_every_package_has_its_row() -> None:
    packages = {package_of(name_of(path)) for path in modules()} - {"indexer"}
    assert packages == MAY_IMPORT.keys()


def test_the_codec_keeps_its_path() -> None:
    """Whoosh's own files name the module: an index from before could not be opened without it."""
    assert (ROOT / "indexer" / "engine" / "codec.py").exists()


@pytest.mark.parametrize(("library", "place"), ONLY_IMPORTERS.items())
def test_each_library_has_one_importer(library: str, place: str) -> None:
    importers = {str(p.relative_to(ROOT)) for p in modules()
                 if any(name == library or name.startswith(f"{library}.") for name in imports(p))}
    assert all(importer.startswith(place) for importer in importers), importers


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_the_environment_has_one_reader(path: Path) -> None:
    reads = any(isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
                for node in ast.walk(tree_of(path)))
    assert not reads or path.name == "settings.py"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), path
