"""A user who never rests, over a repository of 2,000 files; see `fixtures/soak.py`.

A small one runs with the other tests. For the whole: `SOAK_OPERATIONS=10000 python -m pytest -s
tests/lsp/test_soak.py`.
"""

import os
from pathlib import Path

import many_files
import pytest
from command import Place
from soak import Soak
from wire import Wire, abilities

OPERATIONS = int(os.environ.get("SOAK_OPERATIONS", "600"))
FILES = 2_000
SEED = int(os.environ.get("SOAK_SEED", "20261130"))
WARM_UP = 0.4  # of the operations
MEASURED_EVERY = 0.02
MAX_GROWTH = 1.1


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
        warm, sizes = 0, []
        every = max(1, int(operations * MEASURED_EVERY))
        for number in range(operations):
            soak.step()
            if number % every == 0:
                if number < operations * WARM_UP:
                    warm = max(warm, memory(wire))
                else:
                    sizes.append(memory(wire))
        soak.finish()
        print(
            client,
            soak.done,
            soak.codes,
            soak.compared,
            soak.marked,
            warm >> 20,
            [s >> 20 for s in sizes],
        )
        assert soak.compared > operations // 40
        assert sizes[-1] < warm * MAX_GROWTH, (warm, sizes)


def memory(wire: Wire) -> int:
    """The bytes that the server's process has in memory."""
    pages = Path(f"/proc/{wire.process.pid}/statm").read_text("utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
