"""What doctor finds out about the installation: versions, grammars, git, ruff."""

import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from codeassist import __version__
from codeassist.engine.requests import Diagnosis, Health

REINSTALL = "install codeassist again, in an environment of its own"
_PACKAGES = ("tree-sitter", "GitPython", "pathspec", "detect-secrets", "toktok-rs")
_SECONDS = 10  # for a program to print its version
_OLDEST_GIT = (2, 25)  # the first that knows rev-parse --show-object-format


def versions() -> Iterator[Diagnosis]:
    """The versions of what reviews are made with."""
    yield Diagnosis("codeassist", Health.OK, f"{__version__} in {Path(__file__).parents[1]}")
    python = f"{platform.python_version()} at {sys.executable}"
    yield Diagnosis("python", Health.OK, f"{python} on {platform.platform(terse=True)}")
    for package in _PACKAGES:
        try:
            yield Diagnosis(package, Health.OK, version(package))
        except PackageNotFoundError:
            yield Diagnosis(package, Health.BROKEN, "not installed", REINSTALL)


def grammars() -> Iterator[Diagnosis]:
    """Whether every grammar and its queries load."""
    from codeassist.languages.parse import grammar
    from codeassist.languages.table import LANGUAGES

    broken = 0
    for language in LANGUAGES:
        try:
            grammar(language.name)
        except Exception as error:  # wheels fail in ways of their own
            broken += 1
            detail = f"the grammar of {language.title} does not load: {error}"
            yield Diagnosis("grammars", Health.BROKEN, detail, REINSTALL)
    if not broken:
        yield Diagnosis("grammars", Health.OK, f"all {len(LANGUAGES)} load")


def git() -> Iterator[Diagnosis]:
    """Which git is found."""
    printed = _version_of("git")
    remedy = "install git and see that it is on the PATH"
    if printed is None:
        yield Diagnosis("git", Health.BROKEN, "not found", remedy)
        return
    numbers = printed.removeprefix("git version ").split(".")
    found = tuple(int(part) for part in numbers[:2] if part.isdecimal())
    if found < _OLDEST_GIT:
        oldest = ".".join(map(str, _OLDEST_GIT))
        yield Diagnosis("git", Health.BROKEN, printed, f"install git {oldest} or newer")
    else:
        yield Diagnosis("git", Health.OK, printed)


def ruff() -> Iterator[Diagnosis]:
    """Which ruff is found."""
    # -P: a folder called ruff in the current folder must not be run.
    printed = _version_of(sys.executable, "-P", "-m", "ruff")
    if printed is None:
        yield Diagnosis("ruff", Health.BROKEN, "does not run", REINSTALL)
    else:
        yield Diagnosis("ruff", Health.OK, printed)


def _version_of(*command: str) -> str | None:
    """What a program prints for --version, None if it cannot be run."""
    try:
        done = subprocess.run(
            [*command, "--version"], capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip()
