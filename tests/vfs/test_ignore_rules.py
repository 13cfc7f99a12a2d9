"""`.codeassistignore` on any tree. That the syntax is git's is tested with `walk`."""

from collections.abc import Iterator

from codeassist.base.files import Entry, Skipped
from codeassist.vfs.ignore import IgnoreRules, IgnoringTree, load_rules
from codeassist.vfs.overlay import OverlayTree


class Empty:
    """A tree without files that passed over one."""

    label = "empty"

    def entries(self) -> Iterator[Entry]:
        return iter(())

    def read(self, path: str) -> bytes:
        raise FileNotFoundError(path)

    def skipped(self) -> tuple[Skipped, ...]:
        return (Skipped("gen/huge.py", "larger than 1 MiB"), Skipped("huge.py", "the same"))


def tree_of(files: dict[str, str]) -> OverlayTree:
    return OverlayTree(Empty(), "test", {path: text.encode() for path, text in files.items()})


def kept(files: dict[str, str]) -> list[str]:
    tree = tree_of(files)
    rules = load_rules(tree, [entry.path for entry in tree.entries()])
    ignoring = IgnoringTree(tree, rules, tree.entries())
    return [entry.path for entry in ignoring.entries() if "ignore" not in entry.path]


def test_no_rules() -> None:
    assert kept({"a.py": "", "gen/b.py": ""}) == ["a.py", "gen/b.py"]
    assert not IgnoreRules().ignores("a.py")


def test_rules_at_the_root() -> None:
    files = {".codeassistignore": "gen/\n*.md\n!keep.md\n", "a.py": "", "gen/b.py": ""}
    assert kept(files | {"d/x.md": "", "d/keep.md": ""}) == ["a.py", "d/keep.md"]


def test_nested_rules() -> None:
    files = {"d/.codeassistignore": "/x.py\n", "x.py": "", "d/x.py": "", "d/e/x.py": ""}
    assert kept(files) == ["d/e/x.py", "x.py"]


def test_folder_that_is_ignored_stays_so() -> None:
    files = {".codeassistignore": "d/\n", "d/.codeassistignore": "!x.py\n", "d/x.py": ""}
    assert kept(files) == []


def test_other_ignore_files_are_not_ours() -> None:
    assert kept({".gitignore": "*.py\n", "my.codeassistignore": "*.py\n", "a.py": ""}) == ["a.py"]


def test_ignored_files_are_not_reported_as_skipped_but_can_be_read() -> None:
    tree = tree_of({".codeassistignore": "gen/\n", "gen/b.py": "text"})
    ignoring = IgnoringTree(tree, load_rules(tree, [".codeassistignore"]), tree.entries())
    assert [item.path for item in ignoring.skipped()] == ["huge.py"]
    assert ignoring.read("gen/b.py") == b"text"
    assert ignoring.label == "test"


def test_ignore_file_that_is_gone_has_no_rules() -> None:
    assert not load_rules(tree_of({}), [".codeassistignore"]).ignores("a.py")


def test_rules_may_be_added_after_a_question() -> None:
    rules = IgnoreRules()
    rules.add("", "!\n[z-a]\na\\\n# comment\n\na/\n")
    assert not rules.ignores("b/x")
    rules.add("", "b/\n")
    assert rules.ignores("b/x")
