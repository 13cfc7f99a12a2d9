"""From a request to what is compared: the diff, and the trees of the base and of the new state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from codeassist.base.changes import ChangeKind, Diff, FileChange
from codeassist.base.errors import DiffError, RepositoryError, UsageError
from codeassist.base.files import Tree
from codeassist.engine.requests import ReviewRequest, Source
from codeassist.engine.unsaved import unsaved, with_buffers
from codeassist.git.diff import parse_diff
from codeassist.git.patch import apply, unapply
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree, StagedTree
from codeassist.vfs.overlay import OverlayTree


@dataclass(frozen=True, slots=True)
class States:
    """What a review compares. `base` is also where review settings are read from."""

    diff: Diff
    base: Tree
    head: Tree


def states(
    repository: Repository | None,
    folder: Tree,
    request: ReviewRequest,
    default_base: str | None,
    buffers: Mapping[str, bytes],
) -> States:
    """The diff and the two states that a request names.

    `folder` is the tree of the files on disk, `buffers` are the raw texts that an editor has of
    some of them. Raises UsageError, RepositoryError or DiffError.
    """
    if request.source is Source.PATCH:
        return _of_patch(folder, request.patch)
    if repository is None:
        raise RepositoryError(
            "this folder is in no git repository, so there is nothing to compare",
            "run it in a repository, or review a patch with --diff FILE",
        )
    if request.source is Source.STAGED:
        head = _head_or_empty(repository)
        base = RevisionTree(repository, head, "HEAD")
        return States(repository.diff_staged(), base, StagedTree(repository))
    if request.source is Source.WORKTREE:
        sha, name = _worktree_base(repository, request.revisions, default_base)
        return _of_worktree(repository, folder, sha, name, buffers)
    return _of_revisions(repository, request.revisions, default_base)


def _worktree_base(repository: Repository, text: str, default_base: str | None) -> tuple[str, str]:
    """What the working tree is compared with: its id, and what people call it."""
    if not text:
        return _head_or_empty(repository), "HEAD"
    name, dots, _ = text.partition("...")
    if not dots:
        return repository.resolve(text), text
    name = name or default_base or repository.default_base()
    sha = repository.merge_base(name, "HEAD")
    return sha, _label(name, sha)


def _of_worktree(
    repository: Repository, folder: Tree, sha: str, name: str, buffers: Mapping[str, bytes]
) -> States:
    diff, base = repository.diff_worktree(sha), RevisionTree(repository, sha, name)
    edited = unsaved(folder, base, buffers) if buffers else {}
    if not edited:
        return States(diff, base, folder)
    head = OverlayTree(folder, f"{folder.label} with open files", edited)
    return States(with_buffers(diff, base, edited), base, head)


def _of_revisions(repository: Repository, text: str, default_base: str | None) -> States:
    base_name, dots, head_name = _split(text)
    if not base_name:
        base_name = default_base or repository.default_base()
    head_name = head_name or "HEAD"
    head = repository.resolve(head_name)
    # By the names, not the ids, so that an error speaks of what was asked for.
    base = (
        repository.resolve(base_name)
        if dots == ".."
        else repository.merge_base(base_name, head_name)
    )
    return States(
        repository.diff_trees(base, head),
        RevisionTree(repository, base, _label(base_name, base)),
        RevisionTree(repository, head, _label(head_name, head)),
    )


def _split(text: str) -> tuple[str, str, str]:
    """A range's parts. One revision alone means three dots: what HEAD adds to it."""
    if text.startswith("-"):
        raise UsageError(f"{text} is no revision", "write BASE...HEAD, for example main...HEAD")
    for dots in ("...", ".."):
        if dots in text:
            base, _, head = text.partition(dots)
            return base or "HEAD", dots, head
    return text, "...", ""


def _label(name: str, sha: str) -> str:
    short = sha[:10]
    return short if sha.startswith(name) else f"{name} ({short})"


def _head_or_empty(repository: Repository) -> str:
    """HEAD, or the tree without files in a repository that has no commits yet."""
    try:
        return repository.resolve("HEAD")
    except RepositoryError:
        if repository.is_unborn():
            return repository.empty_tree
        raise


def _of_patch(folder: Tree, patch: bytes) -> States:
    """A patch that is to be applied to the files on disk, or that already was.

    Raises DiffError if it is neither: then nobody knows what the new state is.
    """
    diff = parse_diff(patch)
    for change in diff.files:
        _stay_inside(change)
    try:
        ahead = _rewritten(folder, diff, _forward)
        return States(diff, folder, OverlayTree(folder, "patched", ahead))
    except DiffError as error:
        try:
            behind = _rewritten(folder, diff, _backward)
        except DiffError:
            raise error from None
        return States(diff, OverlayTree(folder, "before the patch", behind), folder)


def _stay_inside(change: FileChange) -> None:
    for path in (change.old_path, change.new_path):
        if path and (path.startswith(("/", "\\")) or ".." in path.split("/") or ":" in path[:3]):
            raise DiffError(
                f"the patch names {path}, which is outside of the repository",
                "make the patch with paths relative to the repository's root",
            )


def _rewritten(
    folder: Tree, diff: Diff, one: Callable[[Tree, FileChange], dict[str, bytes | None]]
) -> Mapping[str, bytes | None]:
    """The files that a direction gives other contents."""
    found: dict[str, bytes | None] = {}
    for change in diff.files:
        if change.binary or change.submodule or change.too_large:
            continue  # the coverage says so; the other files are reviewed all the same
        found.update(one(folder, change))
    return found


def _forward(folder: Tree, change: FileChange) -> dict[str, bytes | None]:
    old = _read(folder, change.old_path)
    if change.kind is ChangeKind.ADDED and change.new_path and _exists(folder, change.new_path):
        raise DiffError(f"the patch adds {change.new_path}, which is there already", _EITHER)
    if change.new_path is None:
        apply(old, change)
        return {change.old_path or "": None}
    found: dict[str, bytes | None] = {change.new_path: apply(old, change)}
    if change.kind is ChangeKind.RENAMED and change.old_path:
        found[change.old_path] = None
    return found


def _backward(folder: Tree, change: FileChange) -> dict[str, bytes | None]:
    new = _read(folder, change.new_path)
    if change.kind is ChangeKind.DELETED and change.old_path and _exists(folder, change.old_path):
        raise DiffError(f"the patch deletes {change.old_path}, which is still there", _EITHER)
    if change.old_path is None:
        unapply(new, change)
        return {change.new_path or "": None}
    found: dict[str, bytes | None] = {change.old_path: unapply(new, change)}
    if change.kind is ChangeKind.RENAMED and change.new_path:
        found[change.new_path] = None
    return found


_EITHER = "review it on the tree that it was made from, or on the tree that has it applied"


def _read(folder: Tree, path: str | None) -> bytes:
    if path is None:
        return b""
    try:
        return folder.read(path)
    except OSError as error:
        raise DiffError(
            f"the patch changes {path}, which cannot be read here ({error.strerror or error})",
            _EITHER,
        ) from error


def _exists(folder: Tree, path: str) -> bool:
    try:
        folder.read(path)
    except OSError:
        return False
    return True
