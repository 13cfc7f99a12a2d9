"""A cache that is in a bad state: the review is the same, and a warning says what happened.

The cache is a convenience: it may cost time when it is lost, never the answer or its truth.
"""

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import EXPECTED, UNPRIVILEGED, Done, Place, check_finding, ended

KIB = 1024


def store(place: Place) -> Path:
    """The cache's file, after a first run."""
    (file,) = place.cache.glob("*.sqlite")
    return file


def warnings(done: Done) -> list[str]:
    return [line for line in done.err.splitlines() if line.startswith("warning: ")]


def check_warned(done: Done, *parts: str) -> None:
    """The right result, and one warning with all parts."""
    check_finding(done)
    (warning,) = warnings(done)
    for part in parts:
        assert part in warning, warning


def rubbish(file: Path) -> None:
    file.write_bytes(b"this is no database, it is a poem\n" * 300)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 // 4096 * 4096 + 100)


def zeroed_pages(file: Path) -> None:
    """The header stays, so that it opens; every page behind it is gone."""
    size = file.stat().st_size
    with open(file, "r+b") as stream:
        stream.seek(4096)
        stream.write(bytes(size - 4096))


def flipped_bytes(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    for at in range(100, len(raw), 97):
        raw[at] ^= 0xFF
    file.write_bytes(raw)


def other_tables(file: Path) -> None:
    """As a version to come might leave it under our file's name."""
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE content (id INTEGER PRIMARY KEY, vector BLOB)")
        database.execute("PRAGMA user_version = 99")
    database.close()


def folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


def stale_journal(file: Path) -> None:
    """A journal of another database beside it, as a copied cache may have."""
    file.with_name(file.name + "-wal").write_bytes(os.urandom(8 * KIB))


DAMAGES = (
    rubbish,
    empty,
    cut,
    zeroed_pages,
    flipped_bytes,
    other_tables,
    folder_instead,
    stale_journal,
)
HARMLESS = (empty, stale_journal)  # SQLite takes them for a new file and for nothing at all


@pytest.mark.parametrize("damage", DAMAGES, ids=[each.__name__ for each in DAMAGES])
def test_a_damaged_cache_is_made_anew(damage: Callable[[Path], None], place: Place) -> None:
    place.with_finding()
    check_finding(place.review("main...HEAD"))
    damage(store(place))
    done = place.review("main...HEAD")
    check_finding(done)
    assert warnings(done) or damage in HARMLESS
    again = place.review("main...HEAD")
    check_finding(again)
    assert not warnings(again) or damage is folder_instead


def test_the_cache_of_a_newer_version_is_left_alone(place: Place) -> None:
    newer = place.cache / "index-v99-abcdef.sqlite"
    newer.parent.mkdir()
    newer.write_bytes(b"from the future")
    done = place.with_finding().review("main...HEAD")
    check_finding(done)
    assert warnings(done) == []
    assert newer.read_bytes() == b"from the future"


def test_a_file_in_place_of_the_folder(place: Place) -> None:
    place.cache.write_text("mine")
    check_warned(place.with_finding().review("main...HEAD"), str(place.cache), "memory")
    assert place.cache.read_text() == "mine"


def test_a_folder_that_may_not_be_written(place: Place) -> None:
    place.cache.mkdir(mode=0o500)
    done = place.with_finding().review("main...HEAD", prefix=UNPRIVILEGED)
    check_warned(done, str(place.cache), "memory")


def test_a_cache_that_may_only_be_read(place: Place) -> None:
    """As a CI system mounts one; what it knows is of use, and nothing is written to it."""
    place.with_finding().run("index")
    for path in (*place.cache.iterdir(), place.cache):
        path.chmod(0o500 if path.is_dir() else 0o400)
    before = store(place).read_bytes()
    done = place.review("main...HEAD", prefix=UNPRIVILEGED)
    check_warned(done, str(place.cache), "memory")
    assert store(place).read_bytes() == before


@pytest.fixture
def tiny_disk(place: Place) -> Iterator[Place]:
    """A place whose cache is on a disk of 64 KiB, where mounting one is allowed."""
    place.cache.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place.cache)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("may not mount a disk here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place.cache)], check=True, capture_output=True)


MANY = {f"m{number}.py": f"def f{number}():\n    return {number}\n" * 40 for number in range(60)}


def test_a_full_disk(tiny_disk: Place) -> None:
    done = tiny_disk.with_finding(MANY).review("main...HEAD")
    check_warned(done, str(tiny_disk.cache), "full")


def limit_files() -> None:
    """No file may grow beyond 64 KiB: what a quota does, wherever disks cannot be mounted."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * KIB, 64 * KIB))


def test_a_quota(place: Place) -> None:
    done = place.with_finding(MANY).review("main...HEAD", prepare=limit_files)
    check_warned(done, str(place.cache), "memory")


def test_a_full_disk_under_the_report_says_so(place: Place) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    place.with_finding()
    with open(full, "wb") as stream:
        process = place.start("review", "main...HEAD", stdout=stream.fileno())
        done = ended(process)
    assert done.code == 2
    assert "error: cannot write to standard output: No space left on device" in done.err


def test_two_first_runs_at_once(place: Place) -> None:
    place.with_finding(MANY)
    line = ("review", "--select", "CA1", "--format", "json", "main...HEAD")
    for done in [ended(process) for process in [place.start(*line) for _ in range(3)]]:
        check_finding(done)
        assert warnings(done) == []
    assert not list(place.cache.glob("*corrupt*"))


def test_a_reader_that_holds_the_cache_is_no_obstacle(place: Place) -> None:
    place.with_finding().run("index")
    holder = sqlite3.connect(store(place))
    holder.execute("BEGIN")
    holder.execute("SELECT count(*) FROM content").fetchone()
    place.commit({"new.py": "x = 1\n"})
    done = place.review("main...HEAD")
    check_finding(done)
    assert warnings(done) == []
    holder.close()


def test_findings_do_not_depend_on_a_shared_cache(place: Place) -> None:
    """Two repositories, one cache, equal contents under other names."""
    check_finding(place.with_finding().review("main...HEAD"))
    other = Place(place.root.parent / "other")
    other.environment["CODEASSIST_CACHE_DIR"] = str(place.cache)
    other.init().commit({"lib.py": "def gone():\n    return 2\n", "user.py": "import lib\n"})
    other.git("switch", "-q", "-c", "work")
    done = other.commit({"lib.py": "x = 1\n"}).review("main...HEAD")
    assert (done.code, done.findings) == (0, [])
    assert place.review("main...HEAD").findings == EXPECTED
