"""Is the index sound, current and findable? Looks, explains, changes nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer import sources
from indexer.checks import Check, complete, facets_add_up, findable, undamaged
from indexer.errors import ChecksFailed, QuocphongError
from indexer.index import ServedEngine as Engine
from indexer.index import current_folder, open_engine
from indexer.manifest import Manifest, Memory
from indexer.settings import SETTINGS, Settings


@dataclass(slots=True)
class Findings:
    """What the doctor saw: the effective settings with their origins, and the checks in order."""

    settings: dict[str, tuple[str, str]]
    checks: list[Check] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "settings": {name: {"value": value, "origin": origin} for name, (value, origin) in self.settings.items()},
            "checks": [asdict(check) for check in self.checks],
            "sound": all(check.passed for check in self.checks),
        }

    def as_text(self) -> str:
        width = max(map(len, self.settings))
        return "\n".join([
            *(f"{name:{width}}  {value}  ({origin})" for name, (value, origin) in self.settings.items()),
            "",
            *(f"{'ok  ' if c.passed else 'FAIL'} {c.name}: {c.detail}{'' if c.passed else f' Remedy: {c.remedy}'}"
              for c in self.checks),
        ])

    def raise_if_ill(self) -> None:
        if failed := [check.name for check in self.checks if not check.passed]:
            raise ChecksFailed(f"Not sound: {', '.join(failed)}. See the remedies above.")


def examine(settings: Settings, sample: int) -> Findings:
    """Run every check that the earlier ones allow; `sample` articles are searched for by their own words."""
    findings = Findings({s.name: (str(settings[s.name]), settings.origin(s.name)) for s in SETTINGS})
    try:
        engine = open_engine(settings.index)
    except QuocphongError as error:
        findings.checks.append(Check("opens", False, str(error), "quocphong index --rebuild"))
        return findings
    with closing(engine):
        findings.checks.append(Check("opens", True, f"{engine.count()} articles, generation {engine.generation}."))
        findings.checks.append(undamaged(engine))
        if not findings.checks[-1].passed:
            return findings  # altered bytes can make any other check fail, or worse, pass
        findings.checks += manifest_checks(engine, current_folder(settings.index))
        findings.checks += [facets_add_up(engine), findable(engine, sample)]
    return findings


def manifest_checks(engine: Engine, folder: Path) -> list[Check]:
    try:
        with closing(Manifest(folder)) as manifest:
            memory = manifest.load()
    except QuocphongError as error:
        return [Check("manifest readable", False, str(error), "quocphong index --rebuild")]
    return [agreeing(engine, memory), roots_present(memory)]


def agreeing(engine: Engine, memory: Memory) -> Check:
    """Index and manifest name the same articles and the same commit."""
    check = complete(engine, memory.held)
    if check.passed and memory.generation != engine.generation:
        return replace(check, name="manifest agrees", passed=False, detail="the manifest is of another commit.")
    return replace(check, name="manifest agrees")


def roots_present(memory: Memory) -> Check:
    missing = sources.find(sorted(memory.roots)).missing if memory.roots else ()
    return Check("roots present", not missing, f"missing: {', '.join(missing)}." if missing else
                 f"{len(memory.roots)} folders or files.", "mount or restore it, or rebuild without it")
