"""Review my changes: findings in the tree, a click goes there, dismissing writes the comment."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import Place
from shop_repository import make
from vscode_window import Editor, Window, expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Picture = Callable[[Window, str], None]


INVOICE = "billing/invoice.py"


@pytest.fixture(scope="module")
def shop(browsing_editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> Window:
    """A window on the shop, with a server that is ready."""
    folder = tmp_path_factory.mktemp("review") / "shop"
    make(folder)
    window = browsing_editor.open(folder)
    window.open_file(INVOICE)
    window.ready()
    return window


@pytest.fixture
def unreviewed(editor: Editor, shop: Window) -> Window:
    """The window with the files as they are committed, and no findings."""
    subprocess.run(["git", "-C", shop.folder, "checkout", "--quiet", "--", "."], check=True)
    shop.afresh({INVOICE: (shop.folder / INVOICE).read_text("utf-8")})
    if _reviewed(shop).is_visible():
        shop.command("Clear Findings")
    expect(_reviewed(shop)).to_have_count(0)
    return shop


@pytest.fixture
def window(unreviewed: Window) -> Window:
    """The window on the shop, reviewed against main."""
    unreviewed.command("Review against a Revision...")
    unreviewed.answer("main")
    _reviewed(unreviewed).wait_for()
    return unreviewed


def _reviewed(window: Window) -> "Locator":
    """What the tree says above its findings."""
    return window.page.locator(".pane-body", has_text=re.compile(r"\d+ files reviewed"))


def test_findings_lead_to_their_places(window: Window, picture: Picture) -> None:
    row = window.tree().filter(has_text="lost its parameter currency").first
    row.locator(".monaco-tl-twistie").click()
    evidence = window.tree().filter(has_text="the signature now").first
    expect(evidence).to_be_visible()
    row.click()
    window.expect_text("currency=account.currency")
    window.wider_side_bar()
    picture(window, "review")
    evidence.click()
    window.page.locator(".tab.active", has_text="gateway.py").wait_for()


def test_dismissing_writes_the_ignore_comment(window: Window) -> None:
    row = window.tree().filter(has_text="lost its parameter currency").first
    row.click()
    row.hover()
    row.get_by_role("button", name=re.compile("Dismiss")).click()
    window.expect_text("codeassist: ignore[CA102]")
    expect(window.tree().filter(has_text="lost its parameter currency")).to_have_count(0)
    window.page.keyboard.press("Control+1")
    assert "codeassist: ignore[CA102]" in window.saved(INVOICE)


def test_nothing_found_is_said(unreviewed: Window) -> None:
    unreviewed.command("Review My Changes")
    unreviewed.message(re.compile("Nothing (was )?found"))
    expect(unreviewed.page.locator(".pane-body", has_text="Review Again")).to_be_visible()


def test_a_folder_of_several_is_reviewed_by_itself(editor: Editor, tmp_path: Path) -> None:
    """The folder of the file in front, and not the first of the workspace."""
    Place(tmp_path / "quiet").init().commit({"quiet.py": "x = 1\n"})
    make(tmp_path / "shop")
    workspace = tmp_path / "both.code-workspace"
    folders = [{"path": "quiet/repo"}, {"path": "shop"}]
    workspace.write_text(json.dumps({"folders": folders}), "utf-8")
    window = editor.open(workspace)
    window.open_file("refunds.py")
    window.ready()
    window.command("Review against a Revision...")
    window.answer("main")
    expect(window.tree().filter(has_text="lost its parameter currency").first).to_be_visible()
