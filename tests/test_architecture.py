"""The arrows of the house: who may import whom. ARCHITECTURE.md draws the same picture."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = {"model", "errors"}
ROOMS = {"fetch", "sources", "text", "entities", "query", "engine"}
SERVED_BY = {"entities": {"text"}, "query": {"text", "entities"}}  # room -> rooms it may import
ONLY_IMPORTERS = {"bs4": "indexer/sources", "pyvi": "indexer/text/segment.py", "whoosh": "indexer/engine",
                  "opensearchpy": "indexer/engine",
                  "flask": "search_app", "urllib3": "indexer/fetch", "protego": "indexer/fetch",
                  "os.environ": "indexer/model/settings.py"}


def modules() -> list[Path]:
    return sorted([*ROOT.glob("indexer/**/*.py"), *ROOT.glob("search_app/**/*.py")])


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own(path: Path) -> set[str]:
    """The parts of the house a module imports: "text", "model", "build", …"""
    return {name.split(".")[1] for name in imports(path) if name.startswith("indexer.")}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "indexer").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_arrows_go_one_way(path: Path) -> None:
    if path.is_relative_to(ROOT / "search_app"):
        return
    assert not any(name.startswith("search_app") for name in imports(path)) or room(path) == "cli"
    if room(path) in SHARED:
        assert own(path) <= SHARED
    elif room(path) in ROOMS:
        assert own(path) <= SHARED | {room(path)} | SERVED_BY.get(room(path), set())


@pytest.mark.parametrize(("library", "place"), ONLY_IMPORTERS.items())
def test_each_library_has_one_importer(library: str, place: str) -> None:
    importers = {str(p.relative_to(ROOT)) for p in modules()
                 if any(name == library or name.startswith(f"{library}.") for name in imports(p))}
    assert all(importer.startswith(place) for importer in importers), importers


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_environment_has_one_reader(path: Path) -> None:
    reads = any(isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    assert not reads or path.name == "settings.py"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
