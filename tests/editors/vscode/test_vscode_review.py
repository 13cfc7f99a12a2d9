"""Review my changes: findings in the tree, a click goes there, dismissing writes the comment."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Place
from shop_repository import make
from vscode_window import Editor, Window, expect

Picture = Callable[[Window, str], None]


@pytest.fixture
def window(editor: Editor, tmp_path: Path) -> Window:
    """A window on the shop, reviewed against main."""
    make(tmp_path / "shop")
    window = editor.open(tmp_path / "shop")
    window.open_file("billing/invoice.py")
    window.ready()
    window.command("Review against a Revision...")
    window.answer("main")
    window.tree().first.wait_for()
    return window


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
    assert "codeassist: ignore[CA102]" in window.saved("billing/invoice.py")


def test_nothing_found_is_said(editor: Editor, tmp_path: Path) -> None:
    make(tmp_path / "shop")
    window = editor.open(tmp_path / "shop")
    window.open_file("billing/invoice.py")
    window.ready()
    window.command("Review My Changes")
    window.message(re.compile("Nothing (was )?found"))
    expect(window.page.locator(".pane-body", has_text="Review Again")).to_be_visible()


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
