"""The way to the answer of `initialize`: nothing heavy is imported on it, and no work is done."""

from pathlib import Path

import pytest
from command import Place
from wire import Wire, abilities

# What takes long to import and is needed by some requests only, and the rooms that need it.
HEAVY = (
    "codeassist.checks", "codeassist.engine.engine", "codeassist.lsp.findings", "detect_secrets",
    "git", "jinja2", "jsonschema", "openai", "pathspec", "rich", "rope", "sqlite3", "toktok",
    "tree_sitter", "watchfiles", "websockets",
)  # fmt: skip


@pytest.mark.parametrize("client", ["vscode", "neovim"])
def test_nothing_heavy_is_imported_before_initialize_is_answered(
    tmp_path: Path, client: str
) -> None:
    place = Place(tmp_path).init().commit({"app.py": "x = 1\n"})
    place.environment["PYTHONPROFILEIMPORTTIME"] = "1"
    with Wire.start(place) as wire:
        answer = wire.call(
            "initialize",
            {
                "processId": None,
                "rootUri": place.root.as_uri(),
                "workspaceFolders": [{"uri": place.root.as_uri(), "name": "repo"}],
                "capabilities": abilities(client),
                "initializationOptions": {"settings": {"model": {"name": "m"}}, "key": "k"},
            },
        )
        assert answer["result"]["capabilities"]["codeActionProvider"]
        wire.close_input()
        wire.finished()
    imported = {line.rpartition(b"|")[2].strip().decode() for line in wire.log}
    assert "codeassist.lsp.server" in imported, "the log has imports"
    assert sorted(imported & set(HEAVY)) == []
    assert not place.cache.exists(), "nothing was looked at"
