"""What is installed: the wheel has everything that the package reads, and the entry points run."""

import subprocess
import sys
import zipfile
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path

import pytest
from command import Place

from codeassist.checks import CHECKS
from codeassist.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "server" / "codeassist"
# What the package reads when it runs, besides Python: anything with one of these endings.
DATA = (".md", ".scm", ".toml", ".typed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel, made from a copy so that no build folder is left in the repository."""
    if find_spec("setuptools") is None or int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("a wheel is made without a network, so setuptools 77 has to be installed")
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        content = (ROOT / name).read_bytes() if (ROOT / name).exists() else b"\n"
        (source / name).write_bytes(content)
    for file in PACKAGE.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            copy = source / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (made,) = target.glob("codeassist-*.whl")
    with zipfile.ZipFile(made) as archive:
        return archive.namelist()


def test_the_wheel_has_all_modules_and_all_data(wheel: list[str]) -> None:
    wanted = {
        file.relative_to(PACKAGE.parent).as_posix()
        for file in PACKAGE.rglob("*")
        if file.suffix in (".py", *DATA) and file.name != "README.md"
    }
    assert wanted <= set(wheel)


def test_the_wheel_has_a_page_for_each_check_and_a_query_for_each_language(
    wheel: list[str],
) -> None:
    for code in CHECKS:
        assert f"codeassist/checks/pages/{code}.md" in wheel
    for language in LANGUAGES:
        assert f"codeassist/languages/queries/{language.name}.scm" in wheel


def test_the_wheel_has_nothing_else(wheel: list[str]) -> None:
    folders = {name.split("/")[0] for name in wheel}
    assert folders == {"codeassist", f"codeassist-{version('codeassist')}.dist-info"}


def test_the_command_is_an_entry_point() -> None:
    (script,) = entry_points(group="console_scripts", name="codeassist")
    assert script.value == "codeassist.main:main"


def test_the_version_is_the_distributions(place: Place) -> None:
    assert place.run("--version").out == f"codeassist {version('codeassist')}\n"
