"""Repositories of every shape, and settings that a repository may not make: the review is right."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command import APPLICATION, EXPECTED, LIBRARY, LIBRARY_WITHOUT, Place, check_finding, ended


def detached(place: Place) -> tuple[str, ...]:
    place.with_finding().git("switch", "-q", "--detach", "work")
    return ("main...HEAD",)


def two_dots(place: Place) -> tuple[str, ...]:
    place.with_finding()
    return ("main..work",)


def one_name(place: Place) -> tuple[str, ...]:
    place.with_finding()
    return ("main",)


def default_base(place: Place) -> tuple[str, ...]:
    place.with_finding()
    return ()


def shallow_but_deep_enough(place: Place) -> tuple[str, ...]:
    origin = Place(place.root.parent / "origin").with_finding()
    place.git("clone", "-q", "--depth", "2", origin.root.as_uri(), str(place.root))
    return ("HEAD~1...HEAD",)


def bare(place: Place) -> tuple[str, ...]:
    origin = Place(place.root.parent / "origin").with_finding()
    place.git("clone", "-q", "--bare", str(origin.root), str(place.root))
    return ("main...work",)


def sha256(place: Place) -> tuple[str, ...]:
    place.git("init", "-q", "-b", "main", "--object-format=sha256")
    place.with_finding()
    return ("main...work",)


def staged(place: Place) -> tuple[str, ...]:
    place.init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})
    place.write({"lib.py": LIBRARY_WITHOUT}).git("add", "-A")
    place.write({"lib.py": LIBRARY})  # what is on disk does not count
    return ("--staged",)


def on_disk(place: Place) -> tuple[str, ...]:
    place.init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})
    place.write({"lib.py": LIBRARY_WITHOUT})
    return ("--worktree",)


def crlf_checkout(place: Place) -> tuple[str, ...]:
    place.with_finding().git("config", "core.autocrlf", "true")
    (place.root / "lib.py").unlink()
    place.git("checkout", "-q", "lib.py")
    assert b"\r\n" in (place.root / "lib.py").read_bytes()
    return ("main", "--worktree")


SHAPES: tuple[Callable[[Place], tuple[str, ...]], ...] = (
    detached,
    two_dots,
    one_name,
    default_base,
    shallow_but_deep_enough,
    bare,
    sha256,
    staged,
    on_disk,
    crlf_checkout,
)


@pytest.mark.parametrize("prepare", SHAPES, ids=[shape.__name__ for shape in SHAPES])
def test_every_shape_of_repository_is_reviewed(
    prepare: Callable[[Place], tuple[str, ...]], place: Place
) -> None:
    check_finding(place.review(*prepare(place)))


def test_an_untracked_file_is_part_of_the_change(place: Place) -> None:
    place.init().commit({"lib.py": LIBRARY})
    place.write({"lib.py": LIBRARY_WITHOUT, "app.py": APPLICATION})
    assert EXPECTED[0] in place.review("--worktree").findings


def test_a_linked_worktree_is_a_repository(place: Place) -> None:
    place.with_finding().git("switch", "-q", "main")
    place.git("worktree", "add", "-q", "../linked", "work")
    done = place.review("main...HEAD", "--repo", "../linked")
    check_finding(done)


def test_a_submodule_is_passed_over_and_named(place: Place) -> None:
    inner = Place(place.root.parent / "inner").init().commit({"lib.py": "def x(): ...\n"})
    place.with_finding()
    place.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "sub")
    done = place.commit({}).review("main...HEAD")
    check_finding(done)
    skipped = {each["path"]: each["reason"] for each in done.json["coverage"]["skipped"]}
    assert skipped == {"sub": "submodule"}
    assert done.json["complete"]


def test_inside_a_submodule_it_is_the_repository(place: Place) -> None:
    inner = Place(place.root.parent / "inner").with_finding()
    place.init().commit({"other.py": "x = 1\n"})
    place.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "sub")
    check_finding(place.review("origin/main...HEAD", "--repo", "sub"))


def test_an_unfinished_merge_is_reviewed_around_the_conflict(place: Place) -> None:
    place.with_finding({"both.py": "x = 1\n"}).commit({"both.py": "x = 2\n"})
    place.git("switch", "-q", "main")
    place.commit({"both.py": "x = 3\n"})
    with pytest.raises(AssertionError):  # git says that it could not finish
        place.git("merge", "-q", "work")
    for way in ("--staged", "--worktree"):
        done = place.run("review", way, "--select", "CA1,CA301", "--format", "json")
        assert EXPECTED[0] in done.findings, done.err
        skipped = {each["path"] for each in done.json["coverage"]["skipped"]}
        conflict = [each for each in done.findings if each[0] == "both.py"]
        assert conflict or "both.py" in skipped, way


@pytest.mark.parametrize("way", ["--staged", "--worktree"])
def test_before_the_first_commit_everything_is_new(way: str, place: Place) -> None:
    place.init().write({"app.py": "import pdb\n\nbreakpoint()\n"}).git("add", "-A")
    done = place.run("review", way, "--select", "CA302", "--format", "json")
    assert ("app.py", 3, "CA302") in done.findings, done.err


@pytest.mark.parametrize("way", ["--staged", "--worktree"])
def test_before_the_first_file_there_is_nothing(way: str, place: Place) -> None:
    done = place.init().review(way)
    assert (done.code, done.findings) == (0, []), done.err


def test_a_patch_is_reviewed_before_and_after_it_is_applied(place: Place) -> None:
    place.with_finding()
    patch = place.git("diff", "main", "work").encode() + b"\n"
    check_finding(place.review("--diff", "-", stdin=patch))  # work has it applied
    place.git("switch", "-q", "main")
    check_finding(place.review("--diff", "-", stdin=patch))


def test_a_patch_needs_no_repository(place: Place) -> None:
    place.write({"lib.py": LIBRARY, "app.py": APPLICATION})
    patch = b"--- a/lib.py\n+++ b/lib.py\n@@ -2,5 +2,1 @@\n     return 1\n-\n-\n-def gone():\n"
    done = place.review("--diff", "-", stdin=patch + b"-    return 2\n")
    check_finding(done)


def test_a_file_from_the_future_is_read_again(place: Place) -> None:
    """A clock that was wrong: the stamp stays the same although the content changes."""
    place.init().write({"lib.py": LIBRARY, "old.py": "x = 1\n"})
    future = time.time() + 86_400
    os.utime(place.root / "lib.py", (future, future))
    os.utime(place.root / "old.py", (1, 1))
    first = place.run("index", "--json").json
    same_size = LIBRARY.replace("def gone():\n    return 2\n", "gone = 2\none = 1\ntwo = 2\n")
    assert len(same_size) == len(LIBRARY)
    place.write({"lib.py": same_size})
    os.utime(place.root / "lib.py", (future, future))
    second = place.run("index", "--json").json
    assert (first["symbols"], second["symbols"]) == (3, 5)


FORBIDDEN = {
    "model.base_url": '[model]\nbase_url = "https://evil.example"\n',
    "model.name": '[model]\nname = "theirs"\n',
    "cache.dir": '[cache]\ndir = "here"\n',
    "review.base": '[review]\nbase = "HEAD"\n',
    "index.workers": "[index]\nworkers = 64\n",
}


@pytest.mark.parametrize("key", FORBIDDEN)
def test_a_repository_may_not_set_what_is_the_users(key: str, place: Place) -> None:
    done = place.with_finding({"codeassist.toml": FORBIDDEN[key]}).review("main...HEAD")
    check_finding(done)
    assert any(line.startswith("warning: ") and key in line for line in done.err.splitlines())
    assert not (place.root / "here").exists()


def test_a_change_cannot_switch_its_own_review_off(place: Place) -> None:
    place.with_finding().commit(
        {"codeassist.toml": '[review]\nignore = ["CA"]\nexclude = ["*"]\n[index]\nignore = ["*"]\n'}
    )
    check_finding(place.review("main...HEAD"))


def test_what_the_base_ignores_is_ignored(place: Place) -> None:
    settings = '[review]\nignore = ["CA101"]\n'
    done = place.with_finding({"codeassist.toml": settings}).review("main...HEAD")
    assert (done.code, done.findings) == (0, [])


@pytest.mark.parametrize(
    "setting",
    [
        ("core.fsmonitor", "touch {mark}"),
        ("core.hooksPath", "hooks"),
        ("diff.external", "touch {mark}"),
        ("filter.mine.clean", "touch {mark}; cat"),
        ("core.pager", "touch {mark}"),
    ],
    ids=lambda setting: setting[0],
)
def test_a_repository_cannot_have_a_command_run(
    setting: tuple[str, str], place: Place, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    place.with_finding({".gitattributes": "*.py filter=mine diff=mine\n"})
    hook = place.root / "hooks" / "post-index-change"
    place.write(
        {"hooks/post-index-change": f"#!/bin/sh\ntouch {mark}\n", "lib.py": LIBRARY_WITHOUT}
    )
    hook.chmod(0o755)
    place.git("config", setting[0], setting[1].format(mark=mark))
    os.utime(place.root / "lib.py", (1, 1))
    check_finding(place.review("main", "--worktree"))
    assert not mark.exists()


def test_two_reviews_of_other_revisions_at_once_do_not_mix(place: Place) -> None:
    place.with_finding()
    place.commit({"lib.py": LIBRARY})  # work~1 has the finding, work has not
    line = ("review", "--select", "CA1", "--format", "json")
    running = [
        place.start(*line, "main...work~1"),
        place.start(*line, "main...work"),
        place.start(*line, "main...work~1"),
    ]
    first, second, third = (ended(process) for process in running)
    assert (first.findings, second.findings, third.findings) == (EXPECTED, [], EXPECTED)
