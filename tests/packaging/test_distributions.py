"""What is handed out is the whole product: the wheel runs outside the checkout, the source archive is the project."""

from __future__ import annotations

import email
import re
import socket
import subprocess
import sys
import tarfile
import time
import tomllib
from configparser import ConfigParser
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from indexer.cli.docs import FOLDER
from tests.packaging.conftest import ROOT, Distributions, tracked

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
COMMAND = re.compile(r"quocphong docs ([a-z-]+)")
LEFT_TO_PYVI = "pyvi"


def settings() -> ConfigParser:
    """setup.cfg."""
    read = ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    return read


# --- what needs no build -------------------------------------------------------------------------------


def test_every_page_a_message_names_is_there() -> None:
    code = [*ROOT.glob("indexer/**/*.py"), *ROOT.glob("search_app/**/*.py")]
    named = {page for path in code for page in COMMAND.findall(path.read_text(encoding="utf-8"))}
    assert len(named) >= 4
    assert named <= {path.stem for path in FOLDER.iterdir()}


def test_the_page_of_a_package_index_has_no_link_into_the_checkout() -> None:
    page = (ROOT / settings()["metadata"]["long_description"].removeprefix("file: ")).read_text(encoding="utf-8")
    targets = [first or second for first, second in LINK.findall(page)]
    assert all(target.startswith("https://") for target in targets), targets


def test_the_light_install_names_all_that_is_needed_but_what_pyvi_brings() -> None:
    needed = {re.split(r"[><=]", line)[0] for line in settings()["options"]["install_requires"].split()}
    [line] = re.findall(r"^pip install (?!--)(.+)$", (ROOT / "docs" / "package.md").read_text(encoding="utf-8"), re.M)
    assert {*line.split(), LEFT_TO_PYVI} == needed


# --- what is built -------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_source_archive_is_the_project(built: Distributions) -> None:
    with tarfile.open(built.source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    links = {name for name in tracked() if (ROOT / name).is_symlink()}  # a copy of what they lead to stands in for them
    assert set(tracked()) - links - held == set()


@pytest.mark.long
def test_the_wheel_says_whose_it_is_and_what_it_is(built: Distributions) -> None:
    with ZipFile(built.wheel) as wheel:
        names = wheel.namelist()
        [told] = [email.message_from_bytes(wheel.read(name)) for name in names if name.endswith("/METADATA")]
    assert (told["License-Expression"], told.get_all("License-File")) == ("MIT", ["LICENSE", "NOTICE"])
    assert told["Author"] and told["Version"]
    assert {"indexer/py.typed", "search_app/py.typed"} <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"indexer", "search_app"}


@pytest.mark.long
def test_the_installed_product_indexes_searches_and_explains_itself(built: Distributions, tmp_path: Path) -> None:
    """Outside the checkout, without scikit-learn and scipy."""
    where = subprocess.run([sys.executable, "-c", "import indexer, search_app; print(indexer, search_app)"],
                           cwd=tmp_path, env=built.environment(), capture_output=True, text=True).stdout
    assert where.count(str(built.site)) == 2 and str(ROOT) not in where
    made = built.run("index", ROOT / "corpus" / "sample", "--workers", 1, "--metrics", "q.prom", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "quocphong_articles" in (tmp_path / "q.prom").read_text(encoding="utf-8")
    found = built.run("search", "tuyển quân", "--json", cwd=tmp_path)
    assert '"total":' in found.stdout.replace(" ", "") and found.returncode == 0
    assert tomllib.loads(built.run("fetch", "--starter", cwd=tmp_path).stdout)
    pages = [line.split()[0] for line in built.run("docs", cwd=tmp_path).stdout.splitlines()]
    assert {"query-language", "settings", "openapi"} <= set(pages)
    assert built.run("docs", "settings", cwd=tmp_path).stdout == (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert built.run("docs", "nowhere", cwd=tmp_path).returncode == 2


@pytest.mark.long
def test_the_installed_product_serves_pages_with_their_style_in_both_languages(
    built: Distributions, tmp_path: Path
) -> None:
    assert built.run("index", ROOT / "corpus" / "sample", "--workers", 1, "--quiet", cwd=tmp_path).returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*built.command(), "serve", "--port", f"{port}"], cwd=tmp_path, env=built.environment(),
                              stderr=subprocess.PIPE, text=True)
    try:
        site = f"http://127.0.0.1:{port}"
        page = fetched(f"{site}/en/search?q=tuy%E1%BB%83n+qu%C3%A2n", server)
        assert '<html lang="en"' in page and "Year" in page
        [style, *_] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        with urlopen(site + style, timeout=10) as answer:
            assert answer.headers.get_content_type() == "text/css" and b"{" in answer.read()
        assert '<html lang="vi"' in fetched(f"{site}/", server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def fetched(url: str, server: subprocess.Popen[str]) -> str:
    """The page at `url`, as soon as the server answers."""
    for _ in range(300):
        assert server.poll() is None, server.stderr and server.stderr.read()
        try:
            with urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
