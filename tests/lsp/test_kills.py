"""Processes that are killed, and several servers on one cache: it all goes on.

What is killed is killed with SIGKILL, in the middle of indexing a made-up repository. In the end
the index is whole, which `codeassist index` tells: nothing parsed anew, no file skipped.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import many_files
import pytest
from command import UNPRIVILEGED, Place
from wire import SECONDS, Wire, abilities

FILES, FEW = 1_000, 24
SEED = 7
PROBE = "core/m0.py"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The repository, made once."""
    return Place(tmp_path_factory.mktemp("kills")).init().commit(many_files.make(FILES, SEED))


@pytest.fixture
def place(made: Place, tmp_path: Path) -> Place:
    """The repository with a cache of its own, which is empty."""
    made.cache = tmp_path / "cache"
    made.environment["CODEASSIST_CACHE_DIR"] = str(made.cache)
    return made


@pytest.fixture
def small(tmp_path: Path) -> Place:
    """A repository that is indexed at once."""
    return Place(tmp_path).init().commit(many_files.make(FEW, SEED))


@contextlib.contextmanager
def server(place: Place, prefix: tuple[str, ...] = ()) -> Iterator[Wire]:
    """A server that has begun to index."""
    with Wire.start(place, prefix=prefix) as wire:
        wire.initialize(abilities("neovim"), rootUri=place.root.as_uri())
        yield wire


def states(wire: Wire) -> list[str]:
    return [
        each["params"]["state"] for each in list(wire.sent) if each["method"] == "codeassist/status"
    ]


def check_ready(wire: Wire) -> None:
    """The server finishes, and knows what is in the repository."""
    wire.until(lambda: "offline" in states(wire))
    assert wire.broken() == ""


def check_answers(wire: Wire, place: Place) -> None:
    """It is ready, and knows the file of another one's function."""
    check_ready(wire)
    uri = (place.root / PROBE).as_uri()
    wire.open(uri, (place.root / PROBE).read_bytes().decode())
    pack = wire.call("codeassist/pack", {"uri": uri})["result"]
    assert "def f0_0(value" in pack["text"]
    assert len({piece["uri"] for piece in pack["pieces"]}) > 1


def check_whole(place: Place, files: int = FILES) -> None:
    """The index on disk has everything."""
    stats = place.run("index", "--json").json
    assert (stats["files"], stats["parsed"], stats["skipped"]) == (files, 0, [])


def children(process: int) -> dict[int, str]:
    """The processes that a process has started and that live, with their command lines."""
    found: dict[int, str] = {}
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            status = (each / "stat").read_text("utf-8").rpartition(")")[2].split()
            if int(status[1]) == process and status[0] != "Z":
                line = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(each.name)] = line
    return found


def workers(process: int) -> list[int]:
    """The server's processes that parse; multiprocessing has helpers of its own beside them."""
    return [pid for pid, line in children(process).items() if "spawn_main" in line]


def wait_for_workers(wire: Wire) -> list[int]:
    """The workers, once there are some."""
    deadline = time.monotonic() + SECONDS
    while not (found := workers(wire.process.pid)):
        assert time.monotonic() < deadline, "it did not begin to index"
        assert "offline" not in states(wire), "it was too quick for this test"
        time.sleep(0.01)
    return found


def check_gone(processes: list[int]) -> None:
    """Processes end by themselves, soon."""
    deadline = time.monotonic() + SECONDS
    while left := [pid for pid in processes if _lives(pid)]:
        assert time.monotonic() < deadline, f"{left} live on"
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


pytestmark = pytest.mark.skipif(
    not os.path.isdir("/proc/self/task"), reason="processes are looked at as on Linux"
)


def test_a_worker_is_killed(place: Place) -> None:
    with server(place) as wire:
        for worker in wait_for_workers(wire):
            os.kill(worker, signal.SIGKILL)
        check_answers(wire, place)
        check_whole(place)


def test_the_server_is_killed_and_started_again(place: Place) -> None:
    with server(place) as wire:
        left = wait_for_workers(wire)
        os.kill(wire.process.pid, signal.SIGKILL)
        assert wire.ended() == -signal.SIGKILL
        wire.finished()  # nobody else holds the pipe to the editor
        check_gone(left)
    for pause in (0.3, 0.6):  # and again, wherever that is
        with server(place) as wire:
            time.sleep(pause)
            os.kill(wire.process.pid, signal.SIGKILL)
    with server(place) as wire:
        check_answers(wire, place)
        check_whole(place)


def test_two_servers_at_once_of_which_one_is_killed_with_a_worker_of_the_other(
    place: Place,
) -> None:
    with server(place) as one, server(place) as other:
        wait_for_workers(one)
        os.kill(wait_for_workers(other)[0], signal.SIGKILL)
        os.kill(one.process.pid, signal.SIGKILL)
        check_answers(other, place)
        check_whole(place)
        with server(place) as third:
            check_answers(third, place)


def test_two_servers_index_the_same_at_once(place: Place) -> None:
    with server(place) as one, server(place) as other:
        check_answers(one, place)
        check_answers(other, place)
        check_whole(place)


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "no database"])
def test_a_damaged_index(small: Place, damage: str) -> None:
    small.run("index")
    (index,) = small.cache.glob("index-*.sqlite")
    data = index.read_bytes()
    for leftover in small.cache.glob("index-*.sqlite-*"):
        leftover.unlink()
    damaged = {
        "cut": data[: len(data) // 2],
        "garbage": data[:4096] + os.urandom(len(data) - 4096),
        "empty": b"",
        "no database": b"x" * 100_000,
    }
    index.write_bytes(damaged[damage])
    with server(small) as wire:
        check_answers(wire, small)
    check_whole(small, FEW)


def test_a_cache_folder_that_cannot_be_written(small: Place) -> None:
    small.cache.mkdir()
    small.cache.chmod(0o500)
    try:
        with server(small, prefix=UNPRIVILEGED) as wire:
            check_answers(wire, small)
            said: list[Any] = [
                each["params"]["message"]
                for each in wire.sent
                if each["method"] == "window/showMessage"
            ]
            assert len([each for each in said if "cache" in each]) == 1, said
        assert list(small.cache.iterdir()) == []
    finally:
        small.cache.chmod(0o700)
