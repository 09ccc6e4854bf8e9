"""A real process per command: what the forks of tests/forks.py end with and say is what the command ends with and says.

The other tests of the command line run in forks, which start in milliseconds. This one keeps them honest.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.cli import parser
from tests.cli.test_cli import ENVIRONMENT
from tests.conftest import ROOT
from tests.forks import shared

ARTICLE = '{"id": "a", "title": "Kon Tum tuyển quân", "text": "Sáng 5/3/2023, Đại tá Lê Văn Thử tuyển quân."}\n'
COMMANDS: dict[str, tuple[list[str], int]] = {  # words after the command, and the exit code
    "index": (["corpus", "--json"], 0),
    "fetch": ([], 2),
    "update": (["--feeds", "none.toml"], 2),
    "withdraw": (["a", "--reason", "thử", "--by", "người thử"], 0),
    "extract": (["corpus", "--json"], 0),
    "search": (["tuyển quân", "--json"], 0),
    "kwic": (["tuyển quân"], 0),
    "show": (["a", "--json"], 0),
    "mentions": (["--csv"], 0),
    "officials": (["--province", "Kon Tum"], 0),
    "reports": (["--all"], 0),
    "alert": (["--alerts", "none.toml"], 2),
    "status": ([], 0),
    "rollback": ([], 13),
    "migrate": (["--no-such-option"], 2),
    "backup": (["copy"], 0),
    "restore": (["nowhere"], 2),
    "serve": (["--port", "none"], 2),
    "doctor": ([], 0),
    "docs": ([], 0),
    "export": (["out.sqlite"], 0),
    "completion": (["bash"], 0),
}
FIGURE = re.compile(r"\d+(\.\d+)?")  # seconds, bytes and days differ from run to run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of one article and its index."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.jsonl").write_text(ARTICLE, encoding="utf-8")
    done = shared().run(["index", "corpus"], folder=folder, environment=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_process_ends_and_speaks_as_its_fork_does(prepared: Path, tmp_path: Path, command: str) -> None:
    words, code = COMMANDS[command]
    folder = tmp_path / "here"
    shutil.copytree(prepared, folder)
    process = subprocess.run([sys.executable, "-m", "indexer.cli", command, *words], cwd=folder, text=True, check=False,
                             env=ENVIRONMENT | {"PYTHONPATH": os.fspath(ROOT)}, capture_output=True)
    shutil.rmtree(folder)
    shutil.copytree(prepared, folder)
    fork = shared().run([command, *words], folder=folder, environment=ENVIRONMENT)
    assert (process.returncode, fork.returncode) == (code, code), process.stderr
    assert [FIGURE.sub("0", text) for text in (process.stdout, process.stderr)] == [
        FIGURE.sub("0", text) for text in (fork.stdout, fork.stderr)]
    assert process.stdout or process.stderr


def test_no_command_is_left_out() -> None:
    [commands] = [action.choices for action in parser()._actions if action.choices]
    assert set(commands) == set(COMMANDS)
