"""A setting comes from the command line, else the environment, else the file, else its default."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model.errors import UsageError
from indexer.model.settings import load


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "quocphong.cfg"
    path.write_text("[quocphong]\nport = 8100\nhost = 127.0.0.2\n", encoding="utf-8")
    return path


def test_the_nearest_origin_wins(config: Path) -> None:
    settings = load(config, {"QUOCPHONG_PORT": "8200"}, {"port": "8300", "index": None})
    assert (settings.port, settings.origin("port")) == (8300, "command line")
    assert (load(config, {"QUOCPHONG_PORT": "8200"}).port) == 8200
    assert (load(config, {}).port, load(config, {}).origin("port")) == (8100, str(config))
    assert (settings.index, settings.origin("index")) == (Path("index"), "default")


def test_the_environment_can_name_the_file(config: Path) -> None:
    assert load(environment={"QUOCPHONG_CONFIG": str(config)}).host == "127.0.0.2"


@pytest.mark.parametrize(("environment", "told"), [
    ({"QUOCPHONG_PORT": "eighty"}, "QUOCPHONG_PORT"),
    ({"QUOCPHONG_PORT": "70000"}, "65535"),
    ({"QUOCPHONG_PUBLIC_FULLTEXT": "perhaps"}, "yes or no"),
    ({"QUOCPHONG_CONFIG": "/nowhere/at/all.cfg"}, "/nowhere/at/all.cfg"),
])
def test_a_bad_value_is_refused_with_what_would_do(environment: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError) as refused:
        load(environment=environment)
    assert told.removeprefix("QUOCPHONG_").lower() in str(refused.value).lower()


@pytest.mark.parametrize("written", ["[quocphong]\nprot = 80\n", "port = 80\n", "[quocphong\n"])
def test_a_file_that_would_be_ignored_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "q.cfg"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match=r"q\.cfg"):
        load(path, {})
