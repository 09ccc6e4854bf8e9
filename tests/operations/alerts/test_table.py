"""The alerts file is refused with the line that is wrong and what should stand there."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from indexer.model.errors import UsageError
from indexer.operations.alerts.table import Alert, check_search, read_alerts

GOOD = """\
[mail]
server = "smtp.example.vn"
from = "bantin@example.vn"

[webhook]
secret = "/etc/quocphong/key"

[[alert]]
name = "Giao quân"
search = "q=giao+quân&province=Gia+Lai"
to = ["a@example.vn"]
"""


def read(folder: Path, text: str) -> tuple[Alert, ...]:
    file = folder / "alerts.toml"
    file.write_text(text, encoding="utf-8")
    found = read_alerts(file).alerts
    for alert in found:
        check_search(alert, file)
    return found


@pytest.mark.parametrize(("written", "search"), [
    ('search = "q=giao+quân&province=Gia+Lai"', "q=giao+quân&province=Gia+Lai"),
    ('search = "?q=x"', "q=x"),
    ('search = "https://tin.example.vn/en/search?q=x&year=2026"', "q=x&year=2026"),
    ('query = "giao quân"', "q=giao+qu%C3%A2n"),
    ('query = "x"\nfilters = { province = ["Gia Lai", "Huế"], year = "2026", from = "1/7/2025" }',
     "q=x&province=Gia+Lai&province=Hu%E1%BA%BF&year=2026&from=1%2F7%2F2025"),
])
def test_a_search_is_an_address_a_query_string_or_words_with_filters(tmp_path: Path, written: str, search: str) -> None:
    [alert] = read(tmp_path, f'{GOOD.replace("search = ", "#")}{written}\n')
    assert alert.search == search


@pytest.mark.parametrize(("now", "then", "line", "why"), [
    ('to = ["a@example.vn"]', 'to = ["A <a@example.vn>"]', 11, "Write a bare address"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn", "a@example.vn"]', 11, "names somebody twice"),
    ('to = ["a@example.vn"]', 'to = "a@example.vn"', 11, "is not a list"),
    ('to = ["a@example.vn"]', "to = []", 11, "a list of addresses, webhooks or commands"),
    ('to = ["a@example.vn"]', 'to = ["ftp://example.vn/x"]', 11, "a webhook as https://"),
    ('to = ["a@example.vn"]', 'to = ["https://user:pw@example.vn/x"]', 11, "without user and password"),
    ('to = ["a@example.vn"]', 'to = [{ command = "rm -rf /" }]', 11, "a list of words"),
    ('to = ["a@example.vn"]', 'to = [{ command = ["x"], seconds = 0 }]', 11, "from 1 to 3600"),
    ('to = ["a@example.vn"]', 'to = [{ webhook = "https://x.vn", key = "k" }]', 11, "a webhook has webhook, secret"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nofen = "daily"', 12, "unknown key ofen. Known: name"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\noften = "hourly"', 12, "Known: run, daily, weekly"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nhour = 24', 12, "from 0 to 23"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nhour = true', 12, "is not a whole number"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nlanguage = "fr"', 12, "Known: vi, en"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nsince = "1/11/2026"', 12, "Write it as 2026-11-30"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nweeks = 8', 12, "means nothing for an alert of kind search"),
    ('to = ["a@example.vn"]', 'to = ["a@example.vn"]\nquery = "x"', 10, "not both"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'search = "giao quân"', 10, "For words write query"),
    ('search = "q=giao+quân&province=Gia+Lai"', "", 8, "an alert needs search"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'search = "q=x&sort=best"', 8, "sort"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'search = "q=x&tinh=Gia+Lai"', 8, "tinh"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'search = "sort=newest"', 8, "asks for nothing"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'query = "x"\nfilters = { tinh = "x" }', 11, "no filter tinh"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'kind = "holder"', 8, "needs a post"),
    ('search = "q=giao+quân&province=Gia+Lai"', 'kind = "holders"', 10, "Known: search, holder, silence"),
    ('name = "Giao quân"', 'name = "hai\\ndòng"', 9, "a name of one line"),
    ('name = "Giao quân"', "", 8, "an alert needs a name"),
    ('name = "Giao quân"', 'name = "Giao quân"\nquery = "x"\nto = ["b@x.vn"]\n[[alert]]\nname = "Giao quân"', 12,
     "is the name of the alert in line 8 already"),
    ('server = "smtp.example.vn"', 'server = "smtp.example.vn"\npassword = "x"', 3, "does not belong into this file"),
    ('server = "smtp.example.vn"', 'server = "smtp.example.vn\\r\\nQUIT"', 2, "is no name of a machine"),
    ('server = "smtp.example.vn"', 'server = "smtp.example.vn"\nsecurity = "ssl"', 3, "Known: starttls, tls, none"),
    ('server = "smtp.example.vn"', 'server = "smtp.example.vn"\nsecurity = "none"\nlogin = "f"', 3,
     "without encryption"),
    ('server = "smtp.example.vn"', 'server = "smtp.example.vn"\nport = 0', 3, "from 1 to 65535"),
    ('from = "bantin@example.vn"', 'from = "Bản tin"', 3, "is no mail address"),
    ('from = "bantin@example.vn"', 'from = "bantin@example.vn"\nunsubscribe = "x"', 4, "is no mail address"),
    ("[webhook]", "[webhooks]", 5, "unknown table webhooks"),
    ('secret = "/etc/quocphong/key"', 'secret = "/etc/quocphong/key"\nkey = "x"', 5, "has one key: secret"),
    ("[[alert]]", "[alert]", 8, "with two brackets"),
    ("[mail]", "[[mail]]", 1, "with one bracket"),
])  # fmt: skip
def test_what_makes_no_sense_is_named_with_its_line_and_what_to_write(tmp_path: Path, now: str, then: str, line: int,
                                                                     why: str) -> None:
    assert GOOD.count(now) == 1
    with pytest.raises(UsageError) as refused:
        read(tmp_path, GOOD.replace(now, then))
    assert f"alerts.toml, line {line}: " in str(refused.value) and why in str(refused.value), refused.value


@pytest.mark.parametrize(("text", "why"), [
    (None, "No alerts file at"), ("[[alert]", "cannot be read"), ("", "has no alert"),
    ('[[alert]]\nname = "x"\nquery = "x"\nto = ["a@b.vn"]\n', r"line 1: .*nothing says who carries mails.*\[mail\]"),
    ('[[alert]]\nname = "x"\nquery = "x"\nto = ["https://b.vn/x"]\n', r"line 4: .*is signed.*\[webhook\]"),
])
def test_a_file_that_lacks_something_says_what(tmp_path: Path, text: str | None, why: str) -> None:
    file = tmp_path / "alerts.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        read_alerts(file)


def test_a_hash_in_front_of_a_table_moves_no_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line 13: hour"):
        read(tmp_path, GOOD.replace("[[alert]]", "# [[alert]]\n[[alert]]") + "hour = 99\n")


def test_a_webhook_is_shown_without_what_may_be_a_key(tmp_path: Path) -> None:
    [alert] = read(tmp_path, GOOD.replace("a@example.vn", "https://hooks.example.vn/T0/B1/geheim?x=y"))
    assert alert.to[0].shown.startswith("https://hooks.example.vn/…") and "geheim" not in alert.to[0].shown


def test_words_of_a_command_stay_apart(tmp_path: Path) -> None:
    [alert] = read(tmp_path, GOOD.replace('"a@example.vn"', '{ command = ["/bin/x", "hai từ"], seconds = 5 }'))
    assert (alert.to[0].words, alert.to[0].seconds) == (("/bin/x", "hai từ"), 5)
    assert shlex.split(alert.to[0].name)[0] == "command"
