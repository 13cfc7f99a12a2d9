"""Files that are not what a reader of source code expects: each is reviewed, or listed with a reason.

None may stop the review of the others, change its result, or pass in silence for looked at.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command import APPLICATION, EXPECTED, LIBRARY, LIBRARY_WITHOUT, Done, Place, check_finding

CALL = "from lib import gone\n\n# {}\ngone()\n"
MIB = 1 << 20
# Root reads everything; without its capabilities it has the rights of an ordinary owner.
UNPRIVILEGED = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--") * (os.geteuid() == 0)


@dataclass(frozen=True)
class Text:
    """A file that calls the removed function, in some encoding: (line, column) of the finding."""

    name: str
    content: bytes
    line: int = 1
    column: int = 17


# "from lib import gone": the name begins at column 17, counted from 1.
TEXTS = (
    Text("latin-1", CALL.format("é").encode("latin-1")),
    Text("declared latin-1", b"# coding: latin-1\n" + CALL.format("é").encode("latin-1"), 2),
    Text("byte order mark", CALL.format("é").encode("utf-8-sig")),
    Text("utf-16", CALL.format("é").encode("utf-16")),
    Text("crlf", CALL.format("é").replace("\n", "\r\n").encode()),
    Text("no line feed at the end", b"from lib import gone"),
    Text("form feed", b"\x0c\n" + CALL.format("").encode(), 2),
    Text("surrogates in utf-8", CALL.format("").encode() + b"x = '\xed\xa0\x80'\n"),
)


@pytest.mark.parametrize("text", TEXTS, ids=[text.name for text in TEXTS])
def test_every_encoding_is_read(text: Text, place: Place) -> None:
    done = place.with_finding({"odd.py": text.content}).review("main...HEAD")
    found = {f["location"]["path"]: f["location"] for f in done.json["findings"]}
    start = found["odd.py"]["start"]
    assert (start["line"], start["column"]) == (text.line, text.column)
    assert len(found) == 2


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
    Passed("nul.py", b"x = 1\0\n", "binary"),
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


def test_a_review_of_nothing_that_could_be_read_is_not_clean(place: Place) -> None:
    place.init().commit({"a.py": "x = 1\n"}).git("switch", "-q", "-c", "work")
    done = place.commit({"huge.py": PASSED[1].content}).review("main...HEAD")
    assert (done.code, done.json["status"]) == (3, "nothing-reviewed")


def link_to_itself(place: Place) -> None:
    (place.root / "loop.py").symlink_to("loop.py")


def links_in_a_circle(place: Place) -> None:
    (place.root / "a.py").symlink_to("b.py")
    (place.root / "b.py").symlink_to("a.py")


def folder_into_itself(place: Place) -> None:
    (place.root / "below").symlink_to(".", target_is_directory=True)


def link_to_outside(place: Place) -> None:
    (place.root.parent / "secret.py").write_text("from lib import gone\n")
    (place.root / "outside.py").symlink_to("../secret.py")


def folder_outside(place: Place) -> None:
    outside = place.root.parent / "elsewhere"
    outside.mkdir()
    (outside / "secret.py").write_text("from lib import gone\n")
    (place.root / "outside").symlink_to(outside, target_is_directory=True)


def link_to_nowhere(place: Place) -> None:
    (place.root / "dangling.py").symlink_to("nowhere.py")


def settings_outside(place: Place) -> None:
    (place.root.parent / "mine.toml").write_text('[review]\nignore = ["CA1"]\n')
    (place.root / ".codeassistignore").symlink_to("../mine.toml")


def pipe(place: Place) -> None:
    os.mkfifo(place.root / "pipe.py")


ODD_ENTRIES = (
    link_to_itself,
    links_in_a_circle,
    folder_into_itself,
    link_to_outside,
    folder_outside,
    link_to_nowhere,
    settings_outside,
    pipe,
)


@pytest.mark.parametrize("prepare", ODD_ENTRIES, ids=[each.__name__ for each in ODD_ENTRIES])
def test_links_and_pipes_change_nothing(prepare: Callable[[Place], None], place: Place) -> None:
    """Untracked, on disk; then, but for the pipe, which git cannot keep, in a commit."""
    prepare(place.with_finding())
    check_finding(place.review("main", "--worktree"))
    place.commit({})
    check_finding(place.review("main...HEAD"))


@pytest.mark.parametrize(
    "name",
    [
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
    ],
    ids=ascii,
)
@pytest.mark.parametrize("way", ["revisions", "worktree", "staged"])
def test_every_name_that_git_allows_is_reviewed(name: bytes, way: str, place: Place) -> None:
    place.init().commit({"lib.py": LIBRARY})
    path = os.fsencode(place.root) + b"/" + name
    with open(path, "wb") as file:
        file.write(b"from lib import gone\n")
    place.git("add", "-A")
    place.git("commit", "-q", "-m", "odd")
    place.git("switch", "-q", "-c", "work")
    # The odd file is changed too, so that its name goes through the diff and the report.
    with open(path, "ab") as file:
        file.write(b"breakpoint()\n")
    place.write({"lib.py": LIBRARY_WITHOUT}).git("add", "-A")
    arguments = {"revisions": ("main...HEAD",), "worktree": ("--worktree",), "staged": ("--staged",)}
    if way == "revisions":
        place.git("commit", "-q", "-m", "change")
    check_odd_name(place, name, arguments[way])


def check_odd_name(place: Place, name: bytes, arguments: tuple[str, ...]) -> None:
    select = ("--select", "CA101,CA302")
    done = place.run("review", *arguments, *select, "--format", "json")
    assert done.code == 0, done.err
    text = name.decode("utf-8", "surrogateescape")
    assert sorted(done.findings) == [(text, 1, "CA101"), (text, 2, "CA302")]
    if arguments != ("main...HEAD",):
        return
    for style in ("text", "github"):
        shown = place.run("review", *arguments, *select, "--format", style).out
        assert "\x1b" not in shown
        assert "\n::error::hostile" not in shown
        assert "\udce9" not in shown  # as an escape, since a terminal could not show the byte


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


def test_a_huge_line_in_a_patch_is_left_out(place: Place) -> None:
    place.with_finding()
    line = b"x = '" + b"y" * (8 * MIB) + b"'"
    patch = b"--- /dev/null\n+++ b/wide.py\n@@ -0,0 +1,1 @@\n+" + line + b"\n"
    done: Any = place.review("--diff", "-", stdin=patch)
    assert (done.code, done.out) == (2, ""), done.out[:500]
