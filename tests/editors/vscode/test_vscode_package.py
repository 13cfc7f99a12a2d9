"""The one .vsix: what is in it, and that the same sources give the same bytes."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from vscode_tools import EXTENSION, package, vsix

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def names() -> set[str]:
    """The files of the package."""
    with zipfile.ZipFile(vsix()) as archive:
        return set(archive.namelist())


def test_it_is_reproducible(tmp_path: Path) -> None:
    package(tmp_path / "again.vsix")
    assert (tmp_path / "again.vsix").read_bytes() == vsix().read_bytes()


def test_it_is_small() -> None:
    assert vsix().stat().st_size < 5 * MEGABYTE


def test_it_has_the_server_and_what_it_was_tested_with(names: set[str]) -> None:
    bundled = {name for name in names if name.startswith("extension/bundled/")}
    wheels = [name for name in bundled if re.search(r"/codeassist-[\d.]+-py3-none-any\.whl$", name)]
    assert len(wheels) == 1
    assert bundled - set(wheels) == {"extension/bundled/constraints.txt"}


def test_it_has_nothing_else(names: set[str]) -> None:
    kinds = {
        "[Content_Types].xml",
        "extension.vsixmanifest",
        "extension/package.json",
        "extension/readme.md",
        "extension/changelog.md",
        "extension/LICENSE.txt",
        "extension/dist/extension.cjs",
        "extension/dist/THIRD-PARTY-NOTICES.txt",
        "extension/images/icon.png",
    }
    rest = {name for name in names - kinds if not name.startswith("extension/bundled/")}
    assert all(name.startswith("extension/media/") for name in rest)


def test_every_picture_that_was_taken_is_on_the_page() -> None:
    taken = {f"images/{path.name}" for path in (EXTENSION / "images").glob("*.png")}
    assert set(_pictures((EXTENSION / "README.md").read_text("utf-8"))) == taken - {
        "images/icon.png"
    }


def test_its_page_has_no_picture_that_an_editor_cannot_show() -> None:
    page = _page(vsix())
    assert _pictures(page) == []
    assert "Shift+Alt+D" in page
    assert "\n\n\n" not in page


def test_its_page_has_pictures_where_they_are_published(tmp_path: Path) -> None:
    base = "https://example.org/codeassist"
    where = ("--baseImagesUrl", base, "--baseContentUrl", base)
    package(tmp_path / "published.vsix", *where)
    shown = _pictures((EXTENSION / "README.md").read_text("utf-8"))
    page = _page(tmp_path / "published.vsix")
    assert _pictures(page) == [f"{base}/{name}" for name in shown]


def _page(package: Path) -> str:
    with zipfile.ZipFile(package) as archive:
        return archive.read("extension/readme.md").decode()


def _pictures(page: str) -> list[str]:
    return re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page)


def test_it_carries_the_licences_of_what_is_bundled() -> None:
    with zipfile.ZipFile(vsix()) as archive:
        text = archive.read("extension/dist/THIRD-PARTY-NOTICES.txt").decode()
    manifest = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    version = manifest["devDependencies"]["vscode-languageclient"]
    assert f"vscode-languageclient {version}\n" in text
    assert "Permission is hereby granted" in text
