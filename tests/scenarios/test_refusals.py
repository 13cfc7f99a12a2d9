"""Requests that have no answer: each is refused with what is wrong, and with what to do about it.

The words are what somebody who is tired has to read; so each case names the parts that matter.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import Place, check_refused

PATCH = """\
--- a/{old}
+++ b/{new}
@@ -1,2 +1,2 @@
 def kept():
-    return 1
+    return 3
"""
STALE = """\
--- a/lib.py
+++ b/lib.py
@@ -1,2 +1,2 @@
 def kept():
-    return 999
+    return 3
"""
COMBINED = "diff --cc lib.py\nindex 1,2..3\n--- a/lib.py\n+++ b/lib.py\n@@@ -1,1 -1,1 +1,1 @@@\n"
CUT = "--- a/lib.py\n+++ b/lib.py\n@@ -1,5 +1,5 @@\n def kept():\n"


def nothing(place: Place) -> None:
    """Leave the folder without a repository."""


def empty(place: Place) -> None:
    place.init()


def ordinary(place: Place) -> None:
    place.with_finding()


def two_roots(place: Place) -> None:
    place.with_finding().git("switch", "-q", "--orphan", "alone")
    place.commit({"other.py": "x = 1\n"})


def unusual_branch(place: Place) -> None:
    place.git("init", "-q", "-b", "mine")
    place.commit({"lib.py": "x = 1\n"})


def bare(place: Place) -> None:
    place.git("init", "-q", "--bare", "-b", "main")


def bare_with_commits(place: Place) -> None:
    origin = Place(place.root.parent / "origin").with_finding()
    place.git("clone", "-q", "--bare", str(origin.root), str(place.root))


def shallow(place: Place) -> None:
    origin = Place(place.root.parent / "origin").with_finding()
    origin.commit({"lib.py": "def kept():\n    return 5\n"})
    origin.git("switch", "-q", "main")
    origin.commit({"other.py": "x = 1\n"})
    address = origin.root.as_uri()
    place.git("clone", "-q", "--depth", "1", "--no-single-branch", address, str(place.root))


def damaged(place: Place) -> None:
    place.with_finding()
    (place.root / ".git" / "HEAD").write_text("rubbish\n")


def foreign_owner(place: Place) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    place.with_finding()
    for each in (place.root, place.root / ".git"):
        os.chown(each, 65534, 65534)


def broken_settings(place: Place) -> None:
    place.init().commit({"codeassist.toml": "[review\nfail_on = 1\n"})


def unknown_value(place: Place) -> None:
    place.init().commit({"codeassist.toml": '[review]\nfail_on = "sometimes"\n'})


@dataclass(frozen=True)
class Case:
    """A state, a command line, and what the refusal has to say."""

    name: str
    prepare: Callable[[Place], None]
    arguments: Sequence[str]
    message: Sequence[str]
    remedy: Sequence[str]
    patch: str = ""
    folder: str = "."


CASES = (
    Case("no repository", nothing, (), ("in no git repository",), ("--diff FILE",)),
    Case(
        "no repository, staged", nothing, ("--staged",), ("in no git repository",), ("--diff FILE",)
    ),
    Case(
        "no such folder",
        ordinary,
        ("--repo", "nowhere"),
        ("nowhere does not exist",),
        ("a path in the repository",),
    ),
    Case("inside .git", ordinary, (), ("git's own directory",), ("work tree",), folder=".git"),
    Case("no commits", empty, (), ("no commits yet",), ("first commit",)),
    Case("no commits, range", empty, ("main...HEAD",), ("no commits yet",), ("first commit",)),
    Case(
        "near revision",
        ordinary,
        ("mian...HEAD",),
        ("no revision `mian`",),
        ("did you mean `main`",),
    ),
    Case("far revision", ordinary, ("main...qqqq",), ("no revision `qqqq`",), ("git branch -a",)),
    Case("blob as revision", ordinary, ("main:lib.py",), ("is not a commit",), ("a branch",)),
    Case("two ranges", ordinary, ("a...b...c",), ("is a range",), ("two ends",)),
    Case(
        "option as revision", ordinary, ("--", "--all"), ("--all is no revision",), ("BASE...HEAD",)
    ),
    Case(
        "no common history",
        two_roots,
        ("main...alone",),
        ("`main`", "`alone`", "no common ancestor"),
        ("BASE..HEAD",),
    ),
    Case("no usual base", unusual_branch, (), ("no branch that is the usual base",), ("revision",)),
    Case("bare, staged", bare_with_commits, ("--staged",), ("bare",), ("two revisions",)),
    Case("bare, worktree", bare_with_commits, ("--worktree",), ("bare",), ("two revisions",)),
    Case("bare and empty", bare, (), ("no commits yet",), ("first commit",)),
    Case(
        "shallow",
        shallow,
        ("origin/work...HEAD",),
        ("shallow clone", "`origin/work`"),
        ("git fetch --unshallow",),
    ),
    Case("shallow id", shallow, ("a" * 40,), ("shallow clone",), ("git fetch --unshallow",)),
    Case("damaged", damaged, (), (".git", "damaged"), ("git status",)),
    Case(
        "foreign owner", foreign_owner, (), ("does not trust", "another user"), ("safe.directory",)
    ),
    Case("two sources", ordinary, ("main", "--staged"), ("exclude each other",), ("one of them",)),
    Case("near check", ordinary, ("--select", "CA1O1"), ("no check CA1O1",), ("CA101",)),
    Case("far check", ordinary, ("--select", "XYZ"), ("no check XYZ",), ("codeassist explain",)),
    Case("no such option", ordinary, ("--formatt", "json"), ("--formatt",), ("--help",)),
    Case("no such format", ordinary, ("--format", "xml"), ("xml", "sarif"), ("--help",)),
    Case(
        "no folder for output",
        ordinary,
        ("--output", "no/a.txt"),
        ("no/a.txt", "no folder"),
        ("--output",),
    ),
    Case("folder as output", ordinary, ("--output", "."), ("it is a folder",), ("--output",)),
    Case("settings no TOML", broken_settings, (), ("codeassist.toml", "main"), ("",)),
    Case(
        "settings no value",
        unknown_value,
        (),
        ("codeassist.toml", "review.fail_on", "warning"),
        ("findings",),
    ),
    Case(
        "no patch file", ordinary, ("--diff", "gone.patch"), ("cannot read gone.patch",), ("patch",)
    ),
    Case(
        "stale patch",
        ordinary,
        ("--diff", "-"),
        ("lib.py", "hunk 1", "line 2", "return 1", "return 999"),
        ("revision",),
        STALE,
    ),
    Case(
        "patch of a missing file",
        ordinary,
        ("--diff", "-"),
        ("nowhere.py",),
        ("tree that it was made from",),
        PATCH.format(old="nowhere.py", new="nowhere.py"),
    ),
    *(
        Case(
            f"patch of {path}",
            ordinary,
            ("--diff", "-"),
            ("outside", path),
            ("git diff",),
            PATCH.format(old=path, new=path),
        )
        for path in (
            "../../etc/passwd",
            "/etc/passwd",
            "x/../../y.py",
            ".git/config",
            ".GIT/hooks/x",
        )
    ),
    Case("no patch", ordinary, ("--diff", "-"), ("no unified diff",), ("git diff",), "Dear all,\n"),
    Case("combined patch", ordinary, ("--diff", "-"), ("line 1", "merge"), ("git diff",), COMBINED),
    Case("cut patch", ordinary, ("--diff", "-"), ("line ",), ("",), CUT),
    Case(
        "coloured patch",
        ordinary,
        ("--diff", "-"),
        ("no unified diff",),
        ("--no-color",),
        "".join(f"\x1b[36m{line}\x1b[m\n" for line in STALE.splitlines()),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_request_without_an_answer_is_refused(case: Case, place: Place) -> None:
    case.prepare(place)
    done = place.run(
        "review", *case.arguments, stdin=case.patch.encode(), cwd=place.root / case.folder
    )
    check_refused(done, case.message, case.remedy)


def test_a_patch_without_a_change_is_no_error(place: Place) -> None:
    """`git diff | codeassist review --diff -` on a clean tree."""
    done = place.with_finding().review("--diff", "-")
    assert (done.code, done.findings) == (0, []), done.err


def test_a_folder_without_git_can_be_indexed(place: Place) -> None:
    place.write({"a.py": "def f(): ...\n"})
    done = place.run("index", "--json")
    assert (done.code, done.json["files"]) == (0, 1)


def test_git_has_to_be_there(place: Place, tmp_path: Path) -> None:
    place.with_finding()
    place.environment["PATH"] = str(tmp_path)
    check_refused(place.run("review"), ("git was not found",), ("PATH",))
