"""A user who never rests, over a repository of 2,000 files; see `fixtures/soak.py`.

A small soak runs with the other tests. The whole one, with its figures, takes two minutes:
`SOAK_OPERATIONS=10000 python -m pytest -s tests/lsp/test_soak.py`.
"""

import os
from pathlib import Path

import many_files
import pytest
from command import Place
from soak import Soak
from wire import Wire, abilities

OPERATIONS = int(os.environ.get("SOAK_OPERATIONS", "600"))
SEED = int(os.environ.get("SOAK_SEED", "20261130"))
FILES = 2_000
# What is kept of files and texts fills up until about 3,500 operations of a session; only what
# grows afterwards grows for ever.
WARM = 3_750
MAX_GROWTH = 1.1
MAX_BYTES = 600 << 20  # with four engines, each of which keeps what it may


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("soak")).init().commit(many_files.make(FILES, SEED))
    place.run("index")
    return place


@pytest.mark.parametrize(("client", "encoding"), [("vscode", "utf-16"), ("neovim", "utf-8")])
def test_soak(made: Place, client: str, encoding: str) -> None:
    operations = OPERATIONS // 2
    with Wire.start(made) as wire:
        answer = wire.initialize(abilities(client), rootUri=made.root.as_uri())
        offered = answer["result"]["capabilities"]
        assert offered["positionEncoding"] == encoding
        soak = Soak(wire, made.root, offered, SEED)
        sizes = []
        for _ in range(operations):
            soak.step()
            sizes.append(memory(wire))
        soak.finish()
        print(f"\n{client}: {soak.report()}")
        print(f"MB: {[size >> 20 for size in sizes[:: max(1, operations // 20)]]}")
        assert soak.compared > operations // 40
        assert soak.marked
        assert sizes[-1] < MAX_BYTES
        if operations > WARM * MAX_GROWTH:
            assert sizes[-1] < sizes[WARM] * MAX_GROWTH


def memory(wire: Wire) -> int:
    """The bytes that the server's process has in memory."""
    pages = Path(f"/proc/{wire.process.pid}/statm").read_text("utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
