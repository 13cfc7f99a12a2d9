"""Files that are not what a reader of code expects: each is reviewed, or listed with the reason.

None may stop the review of the others, change its result, or pass in silence for looked at.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import (
    APPLICATION,
    EXPECTED,
    LIBRARY,
    LIBRARY_WITHOUT,
    UNPRIVILEGED,
    Done,
    Place,
    check_finding,
)

CALL = "from lib import gone\n\n# {}\ngone()\n"
MIB = 1 << 20


@dataclass(frozen=True)
class Text:
    """A file that calls the removed function, in some encoding: (line, column) of the finding."""

    name: str
    content: bytes
    line: int = 1
    column: int = 17


# "from lib import gone": the name begins at column 17, counted from 1.
TEXTS = (
    Text("latin1", CALL.format("é").encode("latin-1")),
    Text("declared latin-1", b"# coding: latin-1\n" + CALL.format("é").encode("latin-1"), 2),
    Text("byte order mark", CALL.format("é").encode("utf-8-sig")),
    Text("utf-16", CALL.format("é").encode("utf-16")),
    Text("crlf", CALL.format("é").replace("\n", "\r\n").encode()),
    Text("no line feed at the end", b"from lib import gone"),
    Text("form feed", b"\x0c\n" + CALL.format("").encode(), 2),
    Text("surrogates in utf-8", CALL.format("").encode() + b"x = '\xed\xa0\x80'\n"),
)


def test_every_encoding_is_read(place: Place) -> None:
    files = {f"{text.name}.py": text.content for text in TEXTS}
    done = place.with_finding(files).review("main...HEAD")
    assert done.code == 0, done.err
    found = {f["location"]["path"]: f["location"]["start"] for f in done.json["findings"]}
    for text in TEXTS:
        start = found.pop(f"{text.name}.py")
        assert (start["line"], start["column"]) == (text.line, text.column), text.name
    assert found.keys() == {"app.py"}


def reasons(done: Done) -> dict[str, str]:
    """Path → reason of what a review passed over."""
    coverage = done.json["coverage"]
    return {each["path"]: each["reason"] for each in coverage["partial"] + coverage["skipped"]}


@dataclass(frozen=True)
class Passed:
    """A file that a commit adds, and a part of the reason for which it is passed over."""

    path: str
    content: bytes
    reason: str


PASSED = (
    Passed("large.py", b"x = 1\n" * (MIB // 6 + 1), "larger than 1 MiB"),
    Passed("minified.js", b"var a=1;" * 2000, "minified"),
    Passed("one_line.js", b'var a="' + b"x" * (5 * MIB) + b'";\n', "larger than 1 MiB"),
    Passed("huge.py", b"value = 12345\n" * (50 * MIB // 14), "larger than 1 MiB"),
    Passed(
        "pointer.py",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n",
        "Git LFS pointer",
    ),
)


def test_what_cannot_be_parsed_is_listed_with_its_reason(place: Place) -> None:
    place.with_finding().commit({each.path: each.content for each in PASSED})
    done = place.review("main...HEAD")
    check_finding(done)
    given = reasons(done)
    assert given.keys() == {each.path for each in PASSED}
    for each in PASSED:
        assert each.reason in given[each.path], each.path
    assert done.json["coverage"]["reviewed"] == ["lib.py"]


def test_what_cannot_be_parsed_is_listed_on_disk_too(place: Place) -> None:
    place.with_finding().write({each.path: each.content for each in PASSED})
    done = place.review("main", "--worktree")
    check_finding(done)
    given = reasons(done)
    assert given.keys() == {each.path for each in PASSED}
    stats = place.run("index", "--json").json
    assert {each["path"] for each in stats["skipped"]} == {each.path for each in PASSED}


@pytest.mark.parametrize("where", ["main...HEAD", "--worktree"])
def test_code_with_a_nul_is_not_clean(place: Place, where: str) -> None:
    # Python refuses such a file, other languages run it: whoever hides code puts a NUL into it.
    place.with_finding()
    hidden = {"nul.py": b"x = 1\0\n", "nul.dat": b"x = 1\0\n"}
    done = (place.write(hidden) if where == "--worktree" else place.commit(hidden)).review(where)
    assert done.code == 3, done.err
    (partial,), (skipped,) = (done.json["coverage"][each] for each in ("partial", "skipped"))
    assert (partial["path"], "NUL" in partial["reason"]) == ("nul.py", True)
    assert (skipped["path"], "binary" in skipped["reason"]) == ("nul.dat", True)
    assert [each["path"] for each in place.run("index", "--json").json["skipped"]] == ["nul.py"]


def test_a_review_of_nothing_that_could_be_read_is_not_clean(place: Place) -> None:
    place.init().commit({"a.py": "x = 1\n"}).git("switch", "-q", "-c", "work")
    done = place.commit({"huge.py": PASSED[1].content}).review("main...HEAD")
    assert (done.code, done.json["status"]) == (3, "nothing-reviewed")


@dataclass(frozen=True)
class Link:
    """A symbolic link in the repository, and a part of the reason for which it is passed over."""

    path: str
    target: str
    reason: str = "symbolic link"


# `../elsewhere` has code and settings that must neither be read nor change anything.
LINKS = (
    Link("itself.py", "itself.py"),
    Link("circle_a.py", "circle_b.py"),
    Link("circle_b.py", "circle_a.py"),
    Link("inside.py", "app.py"),
    Link("below", "."),
    Link("outside.py", "../elsewhere/secret.py"),
    Link("outside", "../elsewhere"),
    Link("absolute.py", "/dev/zero"),
    Link("dangling.py", "nowhere.py"),
    Link(".codeassistignore", "../elsewhere/everything"),
    Link("codeassist.toml", "../elsewhere/settings.toml"),
)


@pytest.fixture
def linked(place: Place) -> Place:
    """A work tree full of links, and a pipe that nobody writes to."""
    elsewhere = place.root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.py").write_text("from lib import gone\n")
    (elsewhere / "everything").write_text("*.py\n")
    (elsewhere / "settings.toml").write_text('[review]\nignore = ["CA1"]\n')
    place.with_finding()
    for link in LINKS:
        (place.root / link.path).symlink_to(link.target)
    os.mkfifo(place.root / "pipe.py")
    return place


def test_links_and_pipes_on_disk_change_nothing(linked: Place) -> None:
    check_finding(linked.review("main", "--worktree"))


def test_links_in_a_commit_are_listed_and_change_nothing(linked: Place) -> None:
    (linked.root / "pipe.py").unlink()  # which git could not keep
    done = linked.commit({}).review("main...HEAD")
    check_finding(done)
    assert reasons(done) == {link.path: link.reason for link in LINKS}
    assert done.json["complete"]


NAMES = (
    b"new\nline.py",
    b'quote"s and \\ and blanks .py',
    b"tab\there.py",
    b"latin-\xe9.py",
    "größe-日本.py".encode(),
    b"-rf.py",
    b":(glob)magic*.py",
    b"\x1b[31mred.py",
    b"\n::error::hostile.py",
    b"<img src=x>@everyone.py",
)


@pytest.fixture
def named(place: Place) -> Place:
    """A work tree in which every odd name was changed, and calls what a staged change removes."""
    place.init().commit({"lib.py": LIBRARY})
    paths = [os.fsencode(place.root) + b"/" + name for name in NAMES]
    for path in paths:
        with open(path, "wb") as file:
            file.write(b"from lib import gone\n")
    place.commit({}).git("switch", "-q", "-c", "work")
    for path in paths:
        with open(path, "ab") as file:
            file.write(b"breakpoint()\n")
    place.write({"lib.py": LIBRARY_WITHOUT}).git("add", "-A")
    return place


@pytest.mark.parametrize("way", ["main...HEAD", "--worktree", "--staged"])
def test_every_name_that_git_allows_is_reviewed(way: str, named: Place) -> None:
    if way == "main...HEAD":
        named.git("commit", "-q", "-m", "change")
    done = named.run("review", way, "--select", "CA101,CA302", "--format", "json")
    assert done.code == 0, done.err
    texts = [name.decode("utf-8", "surrogateescape") for name in NAMES]
    for text in texts:
        assert (text, 1, "CA101") in done.findings
        assert (text, 2, "CA302") in done.findings
    assert len(done.findings) == 2 * len(NAMES)


@pytest.mark.parametrize("style", ["text", "github", "markdown"])
def test_a_hostile_name_commands_neither_terminal_nor_log(style: str, named: Place) -> None:
    shown = named.run("review", "--staged", "--select", "CA302", "--format", style).out
    assert "hostile.py" in shown
    assert "\x1b" not in shown
    assert not any(line.startswith("::error::hostile") for line in shown.splitlines())
    assert "\udce9" not in shown  # as an escape, since a terminal could not show the byte
    # In Markdown it stands in a code span, where neither a tag nor a mention is one.
    assert style != "markdown" or shown.count("<img") == shown.count("`<img src=x>@everyone.py")


def test_an_index_remembers_a_name_that_is_not_utf_8(named: Place) -> None:
    for path in named.root.iterdir():
        os.utime(path, (1, 1))  # old enough for the stamp to be trusted
    assert named.run("index", "--json").json["files"] == len(NAMES) + 1
    assert named.run("index", "--json").json["parsed"] == 0


@pytest.fixture
def unreadable(place: Place) -> Place:
    """A work tree with a file that its owner may not read."""
    place.with_finding().write({"locked.py": "from lib import gone\n"})
    (place.root / "locked.py").chmod(0)
    return place


def test_an_unreadable_file_is_listed(unreadable: Place) -> None:
    stats = unreadable.run("index", "--json", prefix=UNPRIVILEGED).json
    assert [(s["path"], s["reason"]) for s in stats["skipped"]] == [
        ("locked.py", "cannot be read: Permission denied")
    ]
    done = unreadable.review("main", "--worktree", prefix=UNPRIVILEGED)
    assert done.findings == EXPECTED
    assert "cannot be read" in reasons(done)["locked.py"]


def test_an_unreadable_folder_is_no_obstacle(place: Place) -> None:
    place.with_finding().write({"locked/a.py": "x = 1\n"})
    (place.root / "locked").chmod(0)
    try:
        assert place.review("main", "--worktree", prefix=UNPRIVILEGED).findings == EXPECTED
    finally:
        (place.root / "locked").chmod(stat.S_IRWXU)


def test_a_file_that_is_deleted_meanwhile_is_no_obstacle(place: Place, tmp_path: Path) -> None:
    """A `git` of ours deletes it as soon as the real one has listed the files."""
    place.with_finding({"brief.py": "from lib import gone\n"})
    real = place.git("--exec-path") + "/git"
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(
        f'#!/bin/sh\n"{real}" "$@"\nstatus=$?\n'
        f'case "$*" in *ls-files*) rm -f "{place.root}/brief.py";; esac\nexit $status\n'
    )
    shim.chmod(0o755)
    place.environment["PATH"] = f"{shim.parent}:{place.environment['PATH']}"
    done = place.review("main", "--worktree")
    assert not (place.root / "brief.py").exists()
    assert EXPECTED[0] in done.findings
    assert done.code in (0, 3)


def test_a_file_that_was_deleted_but_not_committed_is_gone(place: Place) -> None:
    place.with_finding({"second.py": APPLICATION}).write({"second.py": None})
    check_finding(place.review("main", "--worktree"))


def test_a_huge_line_in_a_patch_stops_no_other_file(place: Place) -> None:
    place.with_finding().git("switch", "-q", "main")
    line = b"x = '" + b"y" * (8 * MIB) + b"'"
    patch = place.git("diff", "main", "work").encode() + b"\n"
    patch += b"--- /dev/null\n+++ b/wide.py\n@@ -0,0 +1,1 @@\n+" + line + b"\n"
    done = place.review("--diff", "-", stdin=patch)
    check_finding(done)
    assert "larger than 1 MiB" in reasons(done)["wide.py"]
