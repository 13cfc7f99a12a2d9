"""The repository around a path: where it is, its commits, its diffs and its list of files.

A façade over this room's other files. Changes nothing in the repository, runs nothing that the
repository's configuration names, and never uses the network.
"""

from dataclasses import dataclass
from pathlib import Path

from codeassist.base.changes import Diff
from codeassist.base.errors import RepositoryError, UsageError
from codeassist.git import differences, revisions
from codeassist.git.command import GitRunner, failure

# The id of the tree without files, which git knows in every repository.
_EMPTY_TREES = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_NOT_ON_DISK = b"R"  # git's tag for a file that is in the index and was deleted from the disk


@dataclass(frozen=True)
class Repository:
    """A git repository. `root` is the top of the work tree, of a bare one the git directory."""

    root: Path
    git_dir: Path
    is_bare: bool
    is_shallow: bool
    object_format: str
    git: GitRunner

    @classmethod
    def discover(cls, path: str | Path) -> "Repository":
        """The repository that holds a file or folder.

        Raises UsageError if the path does not exist, RepositoryError if there is no repository
        around it, git does not trust its owner, or git is not installed.
        """
        folder = Path(path)
        if not folder.exists():
            raise UsageError(f"{folder} does not exist", "name a path in the repository")
        folder = (folder if folder.is_dir() else folder.parent).resolve()
        git = GitRunner(folder)
        questions = ("bare-repository", "inside-work-tree", "shallow-repository")
        status, output, message = git.attempt(
            "rev-parse",
            *(f"--is-{question}" for question in questions),
            "--show-object-format",
            "--absolute-git-dir",
        )
        if status:
            raise failure(message, folder)
        bare, inside, shallow, object_format, git_dir = _text(output).split("\n", 4)
        location = Path(git_dir.removesuffix("\n"))
        root = location
        if inside == "true":
            root = Path(_text(git.run("rev-parse", "--show-toplevel")).removesuffix("\n"))
        elif bare != "true":
            raise RepositoryError(
                f"{folder} is inside of git's own directory", "run it in the work tree"
            )
        return cls(
            root, location, bare == "true", shallow == "true", object_format, GitRunner(root)
        )

    @property
    def empty_tree(self) -> str:
        """The id of the tree without files: what a first commit is compared with."""
        return _EMPTY_TREES[self.object_format]

    def resolve(self, revision: str) -> str:
        """The full id of the commit that a revision names; see `revisions.resolve`."""
        return revisions.resolve(self.git, revision)

    def head(self) -> str | None:
        """The full id of the current commit, by one command; None where there is none."""
        return self.git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    def is_unborn(self) -> bool:
        """Whether the current branch has no commit yet."""
        on_branch, _, _ = self.git.attempt("symbolic-ref", "--quiet", "HEAD")
        status, _, _ = self.git.attempt("rev-parse", "--verify", "--quiet", "HEAD")
        return on_branch == 0 and status != 0

    def merge_base(self, one: str, other: str) -> str:
        """The id of two revisions' best common ancestor; see `revisions.merge_base`."""
        return revisions.merge_base(self.git, one, other)

    def default_base(self) -> str:
        """The branch that work here is probably merged into; see `revisions.default_base`."""
        return revisions.default_base(self.git)

    def head_label(self) -> str:
        """The current branch, or "detached at abc1234"."""
        return revisions.head_label(self.git)

    def diff_trees(self, base: str, head: str) -> Diff:
        """The changes from one revision to another (`empty_tree` counts as one)."""
        return differences.between(self.git, self._tree(base), self._tree(head))

    def diff_staged(self) -> Diff:
        """The changes from HEAD to the staging area. Raises RepositoryError in a bare one."""
        self._need_work_tree()
        return differences.staged(self.git)

    def diff_worktree(self, revision: str) -> Diff:
        """The changes from a revision to the work tree, untracked files as added ones.

        Raises RepositoryError in a bare repository, and as `resolve` for the revision.
        """
        self._need_work_tree()
        return differences.worktree(self.git, self.root, self._tree(revision))

    def list_files(self) -> list[str]:
        """The work tree's files, tracked or not, without the ignored and the deleted ones."""
        self._need_work_tree()
        output = self.git.run(
            "ls-files", "-z", "-t", "--cached", "--others", "--deleted", "--exclude-standard"
        )
        records = [record for record in output.split(b"\0") if record]
        deleted = {record[2:] for record in records if record[:1] == _NOT_ON_DISK}
        # An unmerged path is listed once a stage; a nested repository ends with a slash.
        paths = dict.fromkeys(record[2:] for record in records)
        return [_text(path) for path in paths if path not in deleted and path[-1:] != b"/"]

    def _tree(self, revision: str) -> str:
        return revision if revision == self.empty_tree else self.resolve(revision)

    def _need_work_tree(self) -> None:
        if self.is_bare:
            raise RepositoryError(
                f"{self.root} is a bare repository and has no work tree",
                "name two revisions to compare",
            )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
