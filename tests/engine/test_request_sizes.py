"""Requests are as large as the model takes them, and no larger, counted as the gateway counts.

Code of a real size, so that there is always more context than room.
"""

import json
import shutil
from pathlib import Path

import pytest

from codeassist import context
from codeassist.base.cancellation import CancellationToken
from codeassist.context.tokens import Counter
from codeassist.engine.engine import Engine
from codeassist.engine.requests import Preview, TaskRequest, silent
from codeassist.settings.load import load
from codeassist.tasks.architecture import ArchitectureOptions
from codeassist.tasks.bugs import BugsOptions
from codeassist.tasks.docs.options import DocsOptions
from codeassist.tasks.refactor import RefactorOptions

SOURCES = Path(context.__file__).parent
REQUESTS = {
    "bugs": TaskRequest("bugs", BugsOptions(), "Resolver"),
    "bugs of a folder": TaskRequest("bugs", BugsOptions(), ""),
    "docs": TaskRequest("docs", DocsOptions(), "bare.py"),
    "suggest": TaskRequest("refactor", RefactorOptions("suggest"), "Resolver"),
    "instruct": TaskRequest(
        "refactor", RefactorOptions("instruct", instruction="make it shorter"), "frames.py"
    ),
    "architecture": TaskRequest("architecture", ArchitectureOptions(), ""),
}
FILLS = ("bugs", "suggest")  # a small place in much code: context takes all the room


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package of this program."""
    folder = tmp_path_factory.mktemp("sizes") / "code"
    shutil.copytree(SOURCES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "bare.py").write_text("def bare(text, limit):\n    return text[:limit]\n", "utf-8")
    return folder


def size(preview: Preview) -> int:
    body = preview.body
    texts = [message["content"] for message in body["messages"]]
    texts.append(json.dumps(body["response_format"]["json_schema"]["schema"]))
    return sum(map(Counter().count, texts))


@pytest.mark.parametrize("limit", [3_000, 6_000, 20_000])
@pytest.mark.parametrize("what", REQUESTS)
def test_a_request_fills_the_room_and_no_more(
    code: Path, what: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing listens there: a preview asks nobody.
    for name, value in (("BASE_URL", "http://127.0.0.1:9/v1"), ("NAME", "local")):
        monkeypatch.setenv(f"CODEASSIST_MODEL_{name}", value)
    monkeypatch.setenv("CODEASSIST_MODEL_INPUT_TOKENS", str(limit))
    with Engine.open(str(code), load(str(code))) as engine:
        sizes = [size(each) for each in engine.preview(REQUESTS[what], silent, CancellationToken())]
    assert sizes
    assert max(sizes) <= limit
    if what in FILLS:
        assert min(sizes) >= limit * 0.85
