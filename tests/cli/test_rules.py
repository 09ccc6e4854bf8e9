"""Rules that hold for every command and option, walked over the parser itself."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from indexer.cli import main, parser
from indexer.cli.completion import SHELLS
from indexer.cli.parsing import commands_of, did_you_mean, options_of
from indexer.model import errors
from indexer.model.errors import QuocphongError
from tests.cli.test_cli import ENVIRONMENT, quocphong
from tests.cli.test_processes import COMMANDS as TRIED
from tests.forks import shared

COMMANDS = commands_of(parser())
WITH_JSON = [name for name, command in COMMANDS.items() if "--json" in options_of(command)]
LONG = [(name, option) for name, command in COMMANDS.items() for option in options_of(command)
        if option.startswith("--")]
# Words with which each command that has --json fails, in an empty folder.
FAILING = {
    "index": ["nowhere"], "fetch": [], "update": [], "withdraw": [], "extract": ["nowhere"], "search": ["quân"],
    "kwic": ["quân"], "show": ["x"], "mentions": [], "officials": [], "export": ["a.csv"], "status": [], "rollback": [],
    "migrate": [], "alert": [], "backup": ["copy"], "restore": ["nowhere"], "reports": ["mark"],
    "doctor": ["--config", "none.cfg"],
}
# The codes by which programs know errors: a row is never altered.
CODES = {
    "failed": 1, "usage_error": 2, "newly_unreadable": 3, "index_missing": 10, "index_locked": 11, "index_outdated": 12,
    "checks_failed": 13, "disk_full": 14, "index_damaged": 15, "feeds_unread": 16, "not_writable": 17,
    "cluster_unavailable": 18, "out_of_memory": 19, "alerts_unsent": 20, "interrupted": 130,
}
PYTHON_VALUE = re.compile(r"\b(None|True|False)\b|[{\[(]'|\w+\(\w+=|<\w+ object|PosixPath")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_its_help_and_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.description and not command.description.endswith("?.")
    assert str(command.epilog).startswith("Example: quocphong ")
    for action in command._actions:
        assert action.help and action.help != argparse.SUPPRESS, (name, action.dest)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_known_by_its_beginning_and_each_is_named_for_it(
        name: str, capsys: pytest.CaptureFixture[str]) -> None:
    known = options_of(COMMANDS[name])
    for option in known:
        beginning = option[:-1]
        if option.startswith("--") and beginning not in known:
            assert main([name, *required(name), beginning]) == 2
            told = capsys.readouterr()
            assert told.err.startswith("quocphong: ") and told.err.count("\n") == 1
            assert option in told.err and not told.out


def required(name: str) -> list[str]:
    """A word for each argument that a command must be given."""
    return [next(iter(action.choices)) if action.choices else "x" for action in COMMANDS[name]._actions
            if not action.option_strings and action.nargs not in ("*", "?")]


@pytest.mark.parametrize("name", WITH_JSON)
def test_with_json_an_error_is_an_object_of_one_shape(tmp_path: Path, name: str) -> None:
    done = shared().run([name, *FAILING[name], "--json"], folder=tmp_path, environment=ENVIRONMENT)
    told = json.loads(done.stdout)
    assert list(told) == ["error", "code", "exit_code", "message"]
    assert CODES[told["code"]] == told["exit_code"] == done.returncode != 0
    assert told["message"] in done.stderr


@pytest.mark.parametrize("name", WITH_JSON)
def test_with_json_a_command_line_that_makes_no_sense_is_told_so_too(name: str) -> None:
    told = json.loads(quocphong(name, *required(name), "--no-such-option", "--json", code=2).stdout)
    assert told["code"] == "usage_error" and "--no-such-option" in told["message"]


def test_every_error_has_its_code_for_good() -> None:
    known = {each.code: each.exit_code for each in vars(errors).values()
             if isinstance(each, type) and issubclass(each, QuocphongError)}
    assert known == CODES


def test_what_the_doctor_finds_is_one_object_also_if_the_index_is_ill(tmp_path: Path) -> None:
    done = shared().run(["doctor", "--json"], folder=tmp_path, environment=ENVIRONMENT)
    assert done.returncode == 13 and json.loads(done.stdout)["sound"] is False


def test_without_a_command_the_help_is_shown_and_nothing_has_been_done() -> None:
    done = quocphong(code=2)
    assert done.stderr.startswith("usage: quocphong") and "search" in done.stderr and not done.stdout


@pytest.mark.parametrize(("typed", "meant"), [
    ("serach", "search"), ("Search", "search"), ("indx", "index"), ("stat", "status"), ("with-draw", "withdraw"),
    ("mention", "mentions"), ("officails", "officials"), ("back-up", "backup"), ("doc", "doctor"), ("doc", "docs"),
    ("exprot", "export"), ("complete", "completion"),
])
def test_a_slip_in_a_command_is_answered_with_the_command(typed: str, meant: str) -> None:
    assert meant in quocphong(typed, code=2).stderr.partition("Did you mean")[2].partition("?")[0]


@pytest.mark.parametrize(("typed", "meant"), [
    ("--provnce", "--province"), ("--Year", "--year"), ("--limt", "--limit"), ("--jsn", "--json"),
    ("--milatary-region", "--military-region"), ("--form", "--from"), ("--limit_", "--limit"),
])
def test_a_slip_in_an_option_is_answered_with_the_option(typed: str, meant: str) -> None:
    assert f"{meant}" in quocphong("search", "quân", typed, "1", code=2).stderr.partition("Did you mean")[2]


def test_what_is_like_nothing_is_answered_with_no_guess() -> None:
    assert did_you_mean("xyzzy", COMMANDS) == "" and "--help" in quocphong("xyzzy", code=2).stderr


@pytest.mark.parametrize("name", [name for name, (_, code) in TRIED.items() if code == 0])
def test_what_people_read_holds_words_and_no_values_of_python(sample_index: Path, tmp_path: Path, name: str) -> None:
    words = [word for word in TRIED[name][0] if word != "--json"]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.jsonl").write_text(
        '{"id": "a", "title": "Kon Tum tuyển quân", "text": "Sáng 5/3/2023, tỉnh Kon Tum tuyển quân."}\n',
        encoding="utf-8")
    shared().run(["index", "corpus"], folder=tmp_path, environment=ENVIRONMENT)
    done = shared().run([name, *words], folder=tmp_path, environment=ENVIRONMENT)
    assert done.returncode == 0 and not PYTHON_VALUE.search(done.stdout + done.stderr), done.stdout


@pytest.mark.parametrize("command", [
    "search khôngcógìcả", "kwic khôngcógìcả", "mentions --person x", "officials --person x",
    "mentions --person x --json", "officials --person x --json", "withdraw --list",
])
def test_nothing_found_is_no_failure_and_is_said(sample_index: Path, command: str) -> None:
    done = quocphong(*shlex.split(command), "--index", sample_index)
    assert re.search(r"\b0 |\bNo \w+ matches|Nothing", done.stdout + done.stderr)


@pytest.mark.parametrize(("host", "why"), [
    ("127.0.0.1", "another program listens"), ("192.0.2.7", "cannot listen"), ("no-such-host.invalid", "cannot listen"),
])
def test_an_address_that_cannot_be_served_on_is_a_sentence_and_code_2(host: str, why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = quocphong("serve", "--host", host, "--port", taken.getsockname()[1], code=2)
    assert why in done.stderr and "--port" in done.stderr and done.stderr.count("\n") == 1


# -- completion ----------------------------------------------------------------------------------------------


def completed(script: Path, *words: str) -> list[str]:
    """What bash offers for the last of the words after `quocphong`."""
    line = f"""
        source {shlex.quote(str(script))}
        COMP_WORDS=({shlex.join(["quocphong", *words])}); COMP_CWORD={len(words)}
        $(complete -p quocphong | sed 's/.*-F \\([^ ]*\\).*/\\1/') quocphong {shlex.quote(words[-1])} quocphong
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "--norc", "-c", line], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_bash_completes_commands_options_and_choices(tmp_path: Path) -> None:
    script = tmp_path / "quocphong.bash"
    script.write_text(quocphong("completion", "bash").stdout, encoding="utf-8")
    assert completed(script, "sea") == ["search"]
    assert set(completed(script, "")) >= COMMANDS.keys()
    assert "--province-now" in completed(script, "search", "--prov")
    assert completed(script, "search", "--sort", "n") == ["newest"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_a_shell_names_every_command_and_option(shell: str) -> None:
    script = quocphong("completion", shell).stdout
    for name, option in LONG:
        assert name in script and option.lstrip("-") in script
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script, text=True, capture_output=True, check=False).returncode == 0


def test_main_takes_its_arguments_from_the_caller(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2 and "usage: quocphong" in capsys.readouterr().err
