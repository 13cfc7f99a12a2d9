"""The extension's sources: strict types, no warning of the linter, its own unit tests."""

import pytest
from vscode_tools import built, tools


@pytest.mark.parametrize("script", ["types", "lint", "unit"])
def test_the_extension_passes(script: str) -> None:
    assert tools().run(tools().npm, "run", script, cwd=built())
