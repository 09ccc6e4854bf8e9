"""The distributions, built once and without a network from a copy of what git tracks, and the wheel installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("sklearn", "scipy", "pycrfsuite", "sklearn_crfsuite", "joblib")  # what only pyvi's own code needs


@dataclass(frozen=True, slots=True)
class Distributions:
    """Paths of what was built: the source archive, the wheel (built from it), and where the wheel is installed."""

    source: Path
    wheel: Path
    site: Path

    def run(self, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run the installed command in `cwd`; nothing of the checkout can be imported."""
        return subprocess.run([*self.command(), *map(str, arguments)], cwd=cwd, env=self.environment(),
                              capture_output=True, text=True, timeout=120)

    def command(self) -> list[str]:
        """The installed command, with everything that the light install leaves out made impossible to import."""
        code = f"import sys; sys.modules.update(dict.fromkeys({HEAVY})); from indexer.cli import main; sys.exit(main())"
        return [sys.executable, "-c", code]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.site), "PYTHONSAFEPATH": "1"}


def tracked() -> list[str]:
    """The files of the project. Outside a git checkout there is nothing to hold a distribution against."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in found.split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    tree, out = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("dist")
    for name in tracked():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name, follow_symlinks=False)
    python("build", "--no-isolation", "--outdir", out, tree)
    [wheel], [source] = out.glob("*.whl"), out.glob("*.tar.gz")
    site = out / "site"
    python("pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile", "--target", site, wheel)
    return Distributions(source, wheel, site)


def python(module: str, *arguments: object) -> None:
    """Run a module; what it said is told where it fails."""
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
