"""Tests by mocha inside of VS Code's extension host, beside the packaged extension."""

import json
from pathlib import Path

from vscode_places import invoices
from vscode_tools import tools
from vscode_window import Editor, surroundings

HOST_TESTS = Path(__file__).parent / "hosttests"
SECONDS = 600  # against a hang only
# Without it VS Code does not start tests from an address; with it, it shows no notifications.
DRIVER = ("--vscode-option", "enable-smoke-test-driver")


def test_the_extension_host(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    environment = surroundings(tmp_path) | {
        "CODEASSIST_MOCHA": str(tools().mocha),
        "CODEASSIST_HOST_RESULTS": str(results),
    }
    with Editor(tmp_path / "vscode", environment, DRIVER) as editor, editor.browsing():
        assert editor.run_host_tests(invoices(tmp_path), HOST_TESTS, SECONDS) == 0, _told(results)
    assert json.loads(results.read_text("utf-8"))["stats"]["passes"] >= 11


def _told(results: Path) -> str:
    """What failed, and why."""
    if not results.exists():
        return "mocha did not come to its end"
    failures = json.loads(results.read_text("utf-8"))["failures"]
    return "\n".join(f"{each['fullTitle']}: {each['err'].get('message')}" for each in failures)
