"""`quocphong docs`: every page by its name, and a list that a newcomer can choose from."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.cli import main

DOCS = Path(__file__).parents[2] / "docs"


def test_the_list_names_every_page_with_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs"]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told.keys() == {path.stem for path in DOCS.iterdir() if path.suffix in {".md", ".yaml"}}
    assert told["query-language"] == "Query language"


@pytest.mark.parametrize("named", ["settings", "settings.md", "docs/settings.md"])
def test_a_page_is_printed_as_it_is(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", named]) == 0
    assert capsys.readouterr().out == (DOCS / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("named", ["nowhere", "../README", "/etc/passwd", ""])
def test_what_is_no_page_is_refused_with_the_names_of_those_there_are(
    named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["docs", named]) == 2
    assert "query-language" in capsys.readouterr().err
