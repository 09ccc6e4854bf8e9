"""The site behind its real server, met with a real Chromium. Skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
import threading
from importlib.util import find_spec

import pytest
from waitress.server import create_server

from indexer.operations import reader_reports
from tests.search_app.conftest import app, index_dir, make_app  # noqa: F401  the same index and site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="session")
def address(app):  # noqa: F811
    """The site's address, served as `quocphong serve` serves it."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    if not find_spec("playwright"):
        pytest.skip("playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reports(app):  # noqa: F811
    """The file of readers' reports of the site."""
    return app.extensions["archive"].index_dir / reader_reports.FILE


@pytest.fixture
def open_page(chromium, address):
    """Opens an empty page of the given width, with or without JavaScript; fails on any script or policy error."""
    contexts, complaints = [], []

    def opener(width="desktop", script=True, **options):
        across, down = WIDTHS[width] if isinstance(width, str) else (width, 800)
        context = chromium.new_context(
            viewport={"width": across, "height": down}, java_script_enabled=script, base_url=address, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not complaints
