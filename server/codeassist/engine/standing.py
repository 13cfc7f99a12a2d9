"""The facts about the files that are open in an editor, found again at every pause of typing.

Two looks: the checks on whole files, and a review of what the open files change since HEAD, which
finds what that leaves undone in files that nobody has open. HEAD's view, and all that was worked
out about it, is kept while HEAD is the same; so is the review while nothing changes.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from codeassist.base.cancellation import CancellationToken
from codeassist.base.changes import ChangeKind, Diff, FileChange
from codeassist.base.files import Tree
from codeassist.base.findings import Finding, Location
from codeassist.checks.check import Review
from codeassist.checks.run import UNUSED_IGNORE, run_checks
from codeassist.checks.whole import Whole, whole_findings
from codeassist.engine.coverage import without
from codeassist.engine.explain import chosen
from codeassist.engine.requests import Look, Standing, StandingRequest
from codeassist.engine.unsaved import text_change
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree
from codeassist.index.names import Names
from codeassist.index.values import Values
from codeassist.index.view import View
from codeassist.settings.schema import Settings

SLOW = frozenset({"CA202"})  # about a second for a file of 3,000 lines; all others, a third of one
RELATIONS = "CA1"  # checks of uses that do not go with definitions, whatever made it so


@dataclass
class _Head:
    """The state that is committed, open, with what was found out about it."""

    sha: str
    tree: RevisionTree
    view: View
    imported: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @cached_property
    def values(self) -> Values:
        """What names and expressions mean in it."""
        return Values(Names(self.view))


@dataclass(frozen=True)
class _ReviewSinceHead(Review):
    """A review that begins with what is known of HEAD."""

    known: _Head | None = None

    @cached_property
    def base_values(self) -> Values:
        """Resolution of names and expressions in HEAD."""
        assert self.known is not None, "it is made with a HEAD"
        return self.known.values

    @cached_property
    def _imported(self) -> dict[tuple[str, str], set[str]]:
        assert self.known is not None, "it is made with a HEAD"
        return self.known.imported


@dataclass(frozen=True)
class _Left:
    """A review that was made, and what it was made of."""

    view: View
    head: _Head
    changes: tuple[FileChange, ...]
    findings: tuple[Finding, ...]
    failures: tuple[str, ...]


class StandingDesk:
    """Looks at open files of one place. Close it, since a process of git may wait for it."""

    def __init__(self, root: str, repository: Repository | None) -> None:
        self._root = root
        self._repository = repository
        self._head: _Head | None = None
        self._left: _Left | None = None
        self._wholes: dict[tuple[tuple[str, ...], tuple[str, ...]], Whole] = {}
        self._wholes_of: View | None = None

    def close(self) -> None:
        """Forget HEAD, and end the process that reads it."""
        if self._head is not None:
            self._head.tree.close()
        self._head = self._left = self._wholes_of = None
        self._wholes.clear()

    def look(
        self,
        below: View,
        view: View,
        request: StandingRequest,
        settings: Settings,
        build: Callable[[Tree], View],
        token: CancellationToken,
    ) -> Standing:
        """What is known of open files. `view` has the open texts, `below` is the disk alone.

        `build` indexes a tree. Raises Cancelled, and UsageError for codes that no check has.
        """
        token.check()
        review = settings.review
        codes = chosen(review.select, review.ignore)
        paths = self._seen(below, view, request.paths, review.exclude)
        open_paths = self._seen(below, view, request.open_paths, review.exclude)
        left = self._undone(view, open_paths, settings, codes, build, token)
        wanted = tuple(code for code in codes if (code in SLOW) == (request.look is Look.SLOW))
        whole = self._as_wholes(view, paths, wanted, review.docstring_style, token)
        found = left.findings if left is not None else ()
        failures = (*whole.failures, *(left.failures if left is not None else ()))
        return Standing(
            without_repeats(whole.findings, found), found, tuple(dict.fromkeys(failures))
        )

    def _as_wholes(
        self,
        view: View,
        paths: tuple[str, ...],
        codes: tuple[str, ...],
        style: str,
        token: CancellationToken,
    ) -> Whole:
        """What the checks say of some files; what they said if nothing at all has changed since.

        Editors tell of many changes of the disk that are none, as when git looks at it.
        """
        if self._wholes_of is not view:
            self._wholes_of, self._wholes = view, {}
        key = paths, codes
        if key not in self._wholes:
            self._wholes[key] = whole_findings(view, paths, token, codes, style)
        return self._wholes[key]

    def _seen(
        self, below: View, view: View, paths: Iterable[str], exclude: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The paths of files that belong to the project, without those that reviews leave out."""
        kept = (
            FileChange(ChangeKind.ADDED, None, path)
            for path in sorted(set(paths))
            if path in view.file_set and not self._is_left_out(below, path)
        )
        return tuple(each.path for each in without(Diff(tuple(kept)), exclude)[0].files)

    def _is_left_out(self, below: View, path: str) -> bool:
        """Whether a file is on disk and no part of the project: git or the settings ignore it."""
        if path in below.file_set or not self._root:
            return False
        return os.path.exists(os.path.join(self._root, path))

    def _undone(
        self,
        view: View,
        paths: Collection[str],
        settings: Settings,
        codes: Collection[str],
        build: Callable[[Tree], View],
        token: CancellationToken,
    ) -> _Left | None:
        """The review of what some files change since HEAD; None where there is no HEAD."""
        head = self._current_head(build) if paths else None
        if head is None:
            return None
        changes = tuple(_changes(head.view, view, paths))
        last = self._left
        if last is not None and (last.view, last.head) == (view, head) and last.changes == changes:
            return last
        # A comment silences what is found in either look; one alone cannot tell that none needs it.
        codes = [code for code in codes if code != UNUSED_IGNORE]
        style = settings.review.docstring_style
        review = _ReviewSinceHead(Diff(changes), head.view, view, token, style, known=head)
        done = run_checks(review, codes) if changes else None
        found = tuple(each for each in done.findings if not each.location.old) if done else ()
        self._left = _Left(view, head, changes, found, tuple(done.failures) if done else ())
        return self._left

    def _current_head(self, build: Callable[[Tree], View]) -> _Head | None:
        sha = self._repository.head() if self._repository is not None else None
        if self._repository is None or sha is None:
            return None
        if self._head is None or self._head.sha != sha:
            self.close()
            tree = RevisionTree(self._repository, sha, "HEAD")
            self._head = _Head(sha, tree, build(tree))
        return self._head


def without_repeats(own: Iterable[Finding], left: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of whole files without what a review says too, of the same place.

    Where a change is the reason, its review says more: that an import finds nothing any more, and
    which change took it away, is one thing.
    """
    said: set[object] = set()
    for each in left:
        said.add(_about(each, each.location))
        if each.code.startswith(RELATIONS):
            said.update(_about(each, also.location) for also in each.evidence)
    return tuple(each for each in own if _about(each, each.location) not in said)


def _about(finding: Finding, location: Location) -> object:
    """What a finding says of a place, in so far as another one may say the same."""
    if finding.code.startswith(RELATIONS):
        return location.path, location.span, location.old
    return location.path, location.span, finding.code, finding.subject


def _changes(head: View, view: View, paths: Iterable[str]) -> Iterator[FileChange]:
    """How files differ from HEAD."""
    for path in paths:
        if head.key(path) is not None and head.key(path) == view.key(path):
            continue
        change = text_change(path, raw_text(head, path), raw_text(view, path))
        if change is not None and not change.binary:
            yield change


def raw_text(view: View, path: str) -> bytes | None:
    """A file's bytes in a state, None where it is not there."""
    try:
        return view.tree.read(path)
    except OSError:
        return None
