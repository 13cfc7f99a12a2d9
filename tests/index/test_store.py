"""The store: disposable, shared by processes, and never a reason to fail."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from codeassist.index.store import Remembered, Row, Store, health


def row(key: str, words: bytes = b" a b ") -> Row:
    return Row(key, "python", b"outline of " + key.encode(), words, 3)


def test_what_is_added_is_there_after_opening_again(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    store.add([row("k1"), Row("k2", "go", reason="binary")])
    store.close()
    again = Store.open(str(tmp_path))
    assert again.outline("k1", "python") == b"outline of k1"
    assert again.outline("k1", "go") is None
    assert again.known([("k1", "python"), ("k2", "go"), ("k3", "go")]) == {
        ("k1", "python"): "",
        ("k2", "go"): "binary",
    }
    assert again.symbol_count(["k1", "k2"]) == 3
    assert again.words_of(["k1"])["k1"] == b" a b "
    again.close()


def test_what_another_process_added_is_kept(tmp_path: Path) -> None:
    one, other = Store.open(str(tmp_path)), Store.open(str(tmp_path))
    one.add([Row("k", "python", b"first")])
    other.add([Row("k", "python", b"second")])
    assert other.outline("k", "python") == b"first"
    assert one.notes == other.notes == []
    one.close()
    other.close()


def test_details_are_written_when_the_store_is_closed(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    store.add_detail("k", "python", b"detail")
    store.close()
    again = Store.open(str(tmp_path))
    assert again.detail("k", "python") == b"detail"
    again.close()


def test_paths_are_remembered_and_forgotten(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    was = Remembered("stamp", "key", "python")
    store.remember("/r", {"a.py": was, "b.py": was})
    store.remember("/r", {}, gone=["b.py"])
    assert store.remembered("/r") == {"a.py": was}
    assert store.remembered("/other") == {}
    store.close()


def test_a_corrupt_file_is_set_aside_and_rebuilt(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    store.add([row("k")])
    path = Path(store.path)
    store.close()
    path.write_bytes(b"not a database" * 1000)
    assert health(str(path)) != "ok"
    again = Store.open(str(tmp_path))
    assert "corrupt" in again.notes[0]
    assert again.outline("k", "python") is None
    again.add([row("k")])
    again.close()
    assert health(str(path)) == "ok"
    assert list(tmp_path.glob("*.corrupt-*"))


def test_a_corrupt_page_is_noticed(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    store.add([row(f"k{number}") for number in range(2000)])
    path = store.path
    store.close()
    with open(path, "r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    assert health(path) != "ok"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store.open(str(tmp_path / "file" / "cache"))
    assert "cannot be used" in store.notes[0]
    store.add([row("k")])
    assert store.outline("k", "python") == b"outline of k"
    assert store.size() == 0
    store.close()


def test_a_file_of_another_version_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "index-v999-abc.sqlite"
    other.write_bytes(b"from the future")
    store = Store.open(str(tmp_path))
    store.close()
    assert other.read_bytes() == b"from the future"


def test_many_processes_write_at_once(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from codeassist.index.store import Row, Store\n"
        "store = Store.open(sys.argv[1])\n"
        "for n in range(40):\n"
        "    store.add([Row(f'{sys.argv[2]}-{n}', 'python', b'x'), Row('same', 'python', b'x')])\n"
        "assert not store.notes, store.notes\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [subprocess.Popen([*command, str(n)], env=environment) for n in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    store = Store.open(str(tmp_path))
    with sqlite3.connect(store.path) as database:
        assert database.execute("SELECT count(*) FROM content").fetchone() == (161,)
    database.close()
    store.close()
