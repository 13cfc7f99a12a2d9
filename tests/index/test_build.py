"""From trees to views: what is read again and what is not."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from codeassist.base.cancellation import CancellationToken, Cancelled
from codeassist.index.build import Built, build
from codeassist.index.config import IndexConfig
from codeassist.index.content import content_key
from codeassist.index.store import Store
from codeassist.vfs.disk import DiskTree
from codeassist.vfs.walk import walk

OLD = time.time() - 3600


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(str(tmp_path_factory.mktemp("cache")))
    yield opened
    opened.close()


def write(root: Path, path: str, text: str | bytes, *, age: float = OLD) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(file, (age, age))


def built(root: Path, store: Store, workers: int = 1) -> Built:
    def progress(stage: str, done: int, total: int) -> None:
        assert done <= total or total == 0

    tree = DiskTree(root, lambda: walk(root))
    config = IndexConfig(workers)
    return build(tree, store, str(root), config, progress, CancellationToken())


def test_the_second_time_nothing_is_parsed(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "def f(): pass\n")
    write(tmp_path, "b.go", "package b\n\nfunc F() {}\n")
    write(tmp_path, "notes.txt", "no code")
    first, second = built(tmp_path, store), built(tmp_path, store)
    assert (first.parsed, second.parsed) == (2, 0)
    assert sorted(second.view.paths) == ["a.py", "b.go"]


def test_one_edit_is_one_file(tmp_path: Path, store: Store) -> None:
    for number in range(20):
        write(tmp_path, f"m{number}.py", f"x = {number}\n")
    assert built(tmp_path, store).parsed == 20
    write(tmp_path, "m7.py", "def changed(): pass\n", age=OLD + 60)
    again = built(tmp_path, store)
    assert again.parsed == 1
    outline = again.view.outline("m7.py")
    assert outline is not None
    assert [symbol.name for symbol in outline.symbols] == ["changed"]


def test_an_edit_within_one_time_stamp_is_seen(tmp_path: Path, store: Store) -> None:
    now = time.time()
    write(tmp_path, "a.py", "one = 1\n", age=now)
    built(tmp_path, store)
    stat = (tmp_path / "a.py").stat()
    write(tmp_path, "a.py", "two = 2\n", age=now)
    os.utime(tmp_path / "a.py", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    outline = built(tmp_path, store).view.outline("a.py")
    assert outline is not None
    assert [symbol.name for symbol in outline.symbols] == ["two"]


def test_a_file_from_the_future_is_read_every_time(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "one = 1\n", age=time.time() + 86400)
    built(tmp_path, store)
    write(tmp_path, "a.py", "two = 2\n", age=time.time() + 86400)
    outline = built(tmp_path, store).view.outline("a.py")
    assert outline is not None
    assert outline.symbols[0].name == "two"


def test_a_deleted_file_is_gone(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "x = 1\n")
    write(tmp_path, "b.py", "y = 1\n")
    built(tmp_path, store)
    (tmp_path / "a.py").unlink()
    assert list(built(tmp_path, store).view.paths) == ["b.py"]


def test_what_is_skipped_is_listed_with_the_reason(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "ok.py", "x = 1\n")
    write(tmp_path, "nul.py", b"x = 1\n\0\0")
    write(tmp_path, "big.py", "x = 1\n" * 200_000)
    write(tmp_path, "min.js", "var a=1;" * 4000)
    os.symlink("ok.py", tmp_path / "link.py")
    for _ in range(2):  # the second time from what the store remembers
        view = built(tmp_path, store).view
        assert list(view.paths) == ["ok.py"]
        assert {each.path: each.reason for each in view.skipped} == {
            "big.py": "larger than 1 MiB",
            "link.py": "symbolic link to ok.py",
            "min.js": "minified or generated: its lines are too long",
            "nul.py": "binary",
        }


def test_a_script_is_known_by_its_first_line(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "tool", "#!/usr/bin/env python3\ndef f(): pass\n")
    write(tmp_path, "run", "#!/bin/bash\ngo() { :; }\n")
    write(tmp_path, "LICENSE", "free\n")
    for _ in range(2):
        view = built(tmp_path, store).view
        assert {path: view.language(path) for path in view.paths} == {
            "run": "bash",
            "tool": "python",
        }


def test_encodings(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "bom.py", b"\xef\xbb\xbfdef f(): pass\n")
    write(tmp_path, "latin.py", b"# -*- coding: latin-1 -*-\ndef caf\xe9(): pass\n")
    write(tmp_path, "crlf.py", "def g():\r\n    pass\r\n")
    view = built(tmp_path, store).view
    names = {}
    for path in view.paths:
        outline = view.outline(path)
        assert outline is not None
        names[path] = [symbol.name for symbol in outline.symbols]
    assert names == {"bom.py": ["f"], "latin.py": ["caf\u00e9"], "crlf.py": ["g"]}


def test_workers_give_what_one_process_gives(tmp_path: Path, store: Store) -> None:
    for number in range(40):
        body = "\n".join(f"def f{number}_{n}(a, b): return g{n}(a)" for n in range(400))
        write(tmp_path, f"m{number}.py", body)
    with_workers = built(tmp_path, store, workers=2)
    assert with_workers.parsed == 40
    other = Store.open(str(tmp_path / "cache"))
    alone = built(tmp_path, other, workers=1)
    for path in alone.view.paths:
        assert alone.view.outline(path) == with_workers.view.outline(path)
    other.close()


def test_words_are_whole(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "charge_all = 1  # not charge\n")
    write(tmp_path, "b.py", "charges = 1\n")
    write(tmp_path, "c.py", "\u00e9t\u00e9 = 1\n")
    view = built(tmp_path, store).view
    assert view.with_word("charge") == ("a.py",)
    assert view.with_word("\u00e9t\u00e9") == ("c.py",)
    assert view.with_any_word({"charges", "charge_all"}) == ("a.py", "b.py")
    assert view.with_any_word({f"w{n}" for n in range(20)} | {"charges"}) == ("b.py",)


def test_a_file_that_vanishes_while_it_is_looked_at(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "x = 1\n")
    view = built(tmp_path, store).view
    (tmp_path / "a.py").unlink()
    assert view.document("a.py") is None
    assert "cannot be read" in view.lost["a.py"]


def test_a_file_that_changes_while_it_is_looked_at(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "def f():\n    pass\n\n\ndef g():\n    pass\n")
    write(tmp_path, "notes.txt", "one")
    view = built(tmp_path, store).view
    write(tmp_path, "a.py", "x = 1\n", age=OLD + 60)
    write(tmp_path, "notes.txt", "two", age=OLD + 60)
    assert view.document("a.py") is None
    assert view.detail("a.py") is None
    assert view.lost == {"a.py": "changed while it was looked at"}
    notes = view.document("notes.txt")
    assert notes is not None  # it has no outline that it could contradict
    assert notes.data == b"two"
    # Nothing of the new text is kept for the old one.
    write(tmp_path, "a.py", "def f():\n    pass\n\n\ndef g():\n    pass\n", age=OLD + 120)
    again = built(tmp_path, store)
    assert again.parsed == 0
    outline, detail = again.view.outline("a.py"), again.view.detail("a.py")
    assert outline is not None
    assert [each.name for each in outline.symbols] == ["f", "g"]
    assert detail is not None


def test_content_that_the_cache_lost_is_known_by_what_it_is_now(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, store: Store
) -> None:
    # Stamps prove that nothing changed, outlines are gone, and the file changes in this moment.
    write(tmp_path, "a.py", "def old(): pass\n")
    built(tmp_path, store)
    with closing(Store.open(str(tmp_path_factory.mktemp("other")))) as other:
        other.remember(str(tmp_path), dict(store.remembered(str(tmp_path))), ())
        tree = Changing(tmp_path, lambda: walk(tmp_path))
        none = CancellationToken()
        view = build(tree, other, str(tmp_path), IndexConfig(1), lambda *_: None, none).view
    assert view.key("a.py") == content_key(Changing.NEW, "sha1")


class Changing(DiskTree):
    """A tree whose files are written between the listing and the reading."""

    NEW = b"def new(): pass\n"

    def read(self, path: str) -> bytes:
        """The new text."""
        return self.NEW


def test_cancelling_stops_it(tmp_path: Path, store: Store) -> None:
    write(tmp_path, "a.py", "x = 1\n")
    token = CancellationToken()
    token.cancel()
    tree = DiskTree(tmp_path, lambda: walk(tmp_path))
    with pytest.raises(Cancelled):
        build(tree, store, str(tmp_path), IndexConfig(1), lambda *_: None, token)


def test_the_key_is_git_s_blob_id() -> None:
    # `printf 'hello\n' | git hash-object --stdin`, from git's documentation of objects
    assert content_key(b"hello\n", "sha1") == "ce013625030ba8dba906f756967f9e9ca394464a"
