"""An editor's desk: a corpus, its index, an alerts file, and runs of both, in one folder."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from indexer.ingest.run import build
from indexer.model.settings import Settings, load
from indexer.operations.alerts.quiet import tell
from indexer.operations.alerts.report import AlertsReport

SYLLABLES = re.findall(r"\w+", "bắc bình cao dương đông giang hòa khánh lâm minh nam ngọc phong phú quang sơn tân thành"
                       " thuận tiên trung tường vân việt xuân yên an bảo châu đại")
SITE = "https://tin.example.vn"


def text_of(number: int, version: int = 0) -> str:
    """A text on handing over recruits in Gia Lai whose words no text of another number shares."""
    own = " ".join(f"{SYLLABLES[(number * 7 + at * (number % 5 + 1)) % 30]} {SYLLABLES[(at * 3 + number) % 29]}"
                   f"{number * 31 + at}" for at in range(25))
    return f"Sáng nay, tỉnh Gia Lai tổ chức lễ giao quân thứ {number}. Các xã {own} đều đủ quân số, lần {version}."


class Desk:
    """`articles` are the rows of the corpus by id; `now` is the clock of alert runs, which stands until it is moved."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.articles = folder, dict[str, dict[str, Any]]()
        self.now = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)  # 9 o'clock on a Monday in Viet Nam
        (folder / "corpus").mkdir(parents=True, exist_ok=True)
        (folder / "key").write_text("khóa thử\n", encoding="utf-8")
        (folder / "key").chmod(0o600)

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def settings(self) -> Settings:
        return load(environment={"QUOCPHONG_INDEX": str(self.index), "QUOCPHONG_SITE": SITE,
                                 "QUOCPHONG_ALERTS": str(self.folder / "alerts.toml")})

    def write(self, id: str, number: int, version: int = 0, **more: Any) -> None:
        """Put an article into the corpus, or alter it."""
        self.articles[id] = {"id": id, "title": f"Lễ giao quân {number} bản {version}", "date": "2026-11-20",
                             "text": text_of(number, version), "source": "Báo Gia Lai"} | more

    def update(self, **how: bool) -> None:
        """Bring the index up to date with the corpus."""
        rows = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in self.articles.values())
        (self.folder / "corpus" / "a.jsonl").write_text(rows, encoding="utf-8")
        build(self.index, [str(self.folder / "corpus")], workers=1, allow_mass_delete=True, **how)

    def table(self, *alerts: str, head: str = "") -> None:
        """Write the alerts file; `alerts` are the lines below each [[alert]]."""
        text = "\n".join([f'[webhook]\nsecret = "{self.folder / "key"}"', head, *(f"[[alert]]\n{a}" for a in alerts)])
        (self.folder / "alerts.toml").write_text(text + "\n", encoding="utf-8")

    def alert(self, **passed: float) -> AlertsReport:
        """A run of the alerts, after so much time has passed."""
        self.now += timedelta(**passed)
        return tell(self.settings, clock=lambda: self.now)


def mail_table(port: int, security: str = "none", **more: object) -> str:
    """The [mail] table for a server on this machine."""
    rows = {"server": "127.0.0.1", "port": port, "security": security, "from": "bantin@example.vn", **more}
    return "[mail]\n" + "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items())


def hook(url: str) -> str:
    """An entry of `to` for a webhook on this machine."""
    return f'{{ webhook = "{url}", allow_private = true }}'


GIAO_QUAN = 'name = "Giao quân"\nquery = "giao quân"\nfilters = {{ province = "Gia Lai" }}\nto = [{to}]\n'


def recruits(*to: str, more: str = "") -> str:
    """An alert on handing over recruits in Gia Lai."""
    return GIAO_QUAN.format(to=", ".join(to)) + more
