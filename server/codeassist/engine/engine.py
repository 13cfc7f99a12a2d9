"""The engine: opens a place, indexes it, reviews diffs of it, packs contexts, locates code.

The only room that puts git, index, checks and settings together. Gives plain data; prints nothing.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from codeassist.base.cancellation import CancellationToken
from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import (
    BrokenRepositoryError,
    NoRepositoryError,
    StaleError,
    UsageError,
)
from codeassist.base.files import Entry, Tree
from codeassist.base.findings import Report
from codeassist.base.text import LineIndex
from codeassist.engine.requests import (
    Applied,
    Confirm,
    IndexStats,
    Located,
    LocateRequest,
    Outcome,
    Pack,
    PackRequest,
    Preview,
    Progress,
    Refactoring,
    ReviewRequest,
    Source,
    Standing,
    StandingRequest,
    TaskRequest,
    always,
)
from codeassist.engine.states import States, states
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree, StagedTree
from codeassist.index.build import Built, build, is_racy
from codeassist.index.config import IndexConfig
from codeassist.index.overlaid import edited
from codeassist.index.store import Store
from codeassist.index.view import View
from codeassist.settings.load import with_repository
from codeassist.settings.schema import Settings
from codeassist.settings.sources import REPOSITORY_FILES
from codeassist.vfs.disk import DiskTree
from codeassist.vfs.ignore import IgnoringTree, load_rules
from codeassist.vfs.nothing import NoTree
from codeassist.vfs.walk import walk

if TYPE_CHECKING:
    from codeassist.engine.context import ContextDesk
    from codeassist.engine.defined import Defined
    from codeassist.engine.reviewing import Checked
    from codeassist.engine.standing import StandingDesk
    from codeassist.engine.tasks import TaskDesk


class Engine:
    """A place that is worked on: a repository, or a plain folder. Close it, or use it in `with`."""

    def __init__(self, root: str, repository: Repository | None, settings: Settings) -> None:
        self.root = root
        self.repository = repository
        self.settings = settings
        self._store: Store | None = None
        self._desk: ContextDesk | None = None
        self._standing: StandingDesk | None = None
        self._last: tuple[tuple[Entry, ...], View] | None = None
        self._buffers: Mapping[str, bytes] = {}
        self._edited: tuple[View, View] | None = None
        self._shown: View | None = None
        self._is_watched = self._is_stale = False
        self._broken: BrokenRepositoryError | None = None

    @classmethod
    def open(cls, path: str, settings: Settings) -> Self:
        """The place that a file or folder is in.

        Raises UsageError if the path does not exist, RepositoryError if git refuses to work there.
        """
        if not os.path.exists(path):
            raise UsageError(f"{path} does not exist", "name a path in the repository")
        try:
            repository = Repository.discover(path)
        except NoRepositoryError as error:
            folder = path if os.path.isdir(path) else os.path.dirname(path)
            place = cls(os.path.realpath(folder), None, settings)
            if isinstance(error, BrokenRepositoryError):
                place._broken = error
            return place
        return cls(str(repository.root), repository, settings)

    @classmethod
    def nowhere(cls, settings: Settings) -> Self:
        """A place that is on no disk: all that it has is what `show` is given."""
        return cls("", None, settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the cache, and end git's reading processes."""
        if self._standing is not None:
            self._standing.close()
            self._standing = None
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def store(self) -> Store:
        """The cache, opened when first asked for."""
        if self._store is None:
            self._store = Store.open(self.settings.cache.dir)
        return self._store

    def show(self, buffers: Mapping[str, bytes]) -> None:
        """Work from now on with the raw bytes of an editor's open files, by path, over the disk.

        Reviews of revisions do not see them.
        """
        if buffers != self._buffers:
            self._buffers = dict(buffers)
            self._edited = None

    def lines(self, path: str) -> LineIndex | None:
        """The lines of a file as the last answer saw it, indexed or not; None if unreadable."""
        document = self._shown.document(path) if self._shown is not None else None
        return document.lines if document is not None else None

    @property
    def git_folder(self) -> str:
        """Where git keeps what it writes for this work tree, "" where there is no git.

        Outside of the root in a linked work tree and a submodule.
        """
        return str(self.repository.git_dir) if self.repository is not None else ""

    def watch(self) -> None:
        """Trust the caller to tell by `files_changed` when the disk has to be looked at again."""
        self._is_watched = True

    def files_changed(self) -> None:
        """Look at the disk again before the next answer."""
        self._is_stale = True

    def index(self, progress: Progress, token: CancellationToken) -> IndexStats:
        """Bring the index of the files on disk up to date."""
        started = time.perf_counter()
        built = self._build(self._disk(), self.settings, progress, token)
        view = built.view
        languages: dict[str, int] = {}
        for _, language in view.paths.values():
            languages[language] = languages.get(language, 0) + 1
        self.store.trim()
        return IndexStats(
            root=self.root,
            files=len(view.paths),
            parsed=built.parsed,
            reused=built.reused,
            symbols=self.store.symbol_count({key for key, _ in view.paths.values()}),
            languages=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
            skipped=view.skipped,
            seconds=time.perf_counter() - started,
            cache_path=self.store.path,
            cache_bytes=self.store.size(),
            notes=tuple(self.store.notes),
        )

    def pack(self, request: PackRequest, progress: Progress, token: CancellationToken) -> Pack:
        """Pack the context that a model would be shown, of the files on disk.

        Raises UsageError for a target that is none, and for a budget that holds nothing.
        """
        from codeassist.engine.context import ContextDesk, tell_pack

        view = self._current_view(progress, token)
        self._desk = self._desk or ContextDesk(self.root, self.repository)
        progress("packing", 0, 0)
        packed = self._desk.pack(view, request, self.settings.model.name, token)
        tell_pack(progress, packed)
        return packed

    def locate(
        self, request: LocateRequest, progress: Progress, token: CancellationToken
    ) -> Located:
        """The files and definitions that an issue, a log or a stack trace is about."""
        from codeassist.engine.context import ContextDesk

        view = self._current_view(progress, token)
        self._desk = self._desk or ContextDesk(self.root, self.repository)
        progress("locating", 0, 0)
        return self._desk.locate(view, request, token)

    def run(
        self,
        request: TaskRequest,
        progress: Progress,
        token: CancellationToken,
        confirm: Confirm = always,
    ) -> Outcome:
        """Do a task on the files on disk; writes nothing. `confirm` sees each batch's price first.

        Raises UsageError for a target that is none, and ModelError where a model is a must.
        """
        return self._tasks(progress, token).run(request, confirm)

    def preview(
        self, request: TaskRequest, progress: Progress, token: CancellationToken
    ) -> tuple[Preview, ...]:
        """The first requests of a task exactly as they would be sent. Sends nothing."""
        return self._tasks(progress, token).preview(request)

    def refactorings(
        self, target: str, folder: str, progress: Progress, token: CancellationToken
    ) -> tuple[Refactoring, ...]:
        """All refactorings, with the reason why each does not apply to a target. Asks no model."""
        return self._tasks(progress, token).refactorings(target, folder)

    def apply(self, edits: Sequence[WorkspaceEdit], token: CancellationToken) -> Applied:
        """Write edits to disk, all or nothing; those that are not verified are withheld.

        Raises StaleError if a file has changed meanwhile, EditError if the user's command fails
        afterwards: then everything is as it was.
        """
        from codeassist.engine.applying import apply

        return apply(self.root, edits, self.settings.edits, token)

    def verified(
        self, edit: WorkspaceEdit, progress: Progress, token: CancellationToken
    ) -> WorkspaceEdit:
        """An edit that was moved to the files as they are, with what is proved of it anew.

        Raises StaleError where it is for other files than these.
        """
        from codeassist.edits.verify import verify
        from codeassist.engine.standing import raw_text

        view = self._current_view(progress, token)
        for file in edit.files:
            if raw_text(view, file.path) != file.before:
                raise StaleError(f"{file.path}: it has changed meanwhile", "run it again")
        return verify(view, edit)

    def _tasks(self, progress: Progress, token: CancellationToken) -> "TaskDesk":
        view = self._current_view(progress, token)
        return self._desk_of(self.settings, view, progress, token)

    def review(
        self,
        request: ReviewRequest,
        progress: Progress,
        token: CancellationToken,
        confirm: Confirm = always,
    ) -> Report:
        """Review a diff with the facts, and with a model where the request says so.

        Then the report is a `Reviewed`, and `confirm` sees each batch's price before it is sent.
        """
        from codeassist.engine.reviewing import judged

        with self._checked(request, progress, token) as checked:
            return judged(checked, request, confirm)

    def findings(
        self, request: StandingRequest, progress: Progress, token: CancellationToken
    ) -> Standing:
        """The facts about open files: as they are, and what their changes leave undone elsewhere.

        Raises UsageError for codes in the settings that no check has.
        """
        from codeassist.engine.standing import StandingDesk

        view = self._current_view(progress, token)
        assert self._edited is not None, "there is a view"
        self._standing = self._standing or StandingDesk(self.root, self.repository)

        def built(tree: Tree) -> View:
            return self._build(tree, self.settings, progress, token).view

        return self._standing.look(self._edited[0], view, request, self.settings, built, token)

    def definitions(
        self, path: str, progress: Progress, token: CancellationToken
    ) -> "tuple[Defined, ...]":
        """The definitions of a file, in the order of its text."""
        from codeassist.engine.defined import Definitions

        return Definitions(self._current_view(progress, token), path).every()

    def preview_review(
        self, request: ReviewRequest, progress: Progress, token: CancellationToken
    ) -> tuple[Preview, ...]:
        """The first requests of a review exactly as they would be sent. Sends nothing."""
        from codeassist.engine.reviewing import previews

        with self._checked(request, progress, token) as checked:
            return previews(checked, request)

    @contextmanager
    def _checked(
        self, request: ReviewRequest, progress: Progress, token: CancellationToken
    ) -> Iterator["Checked"]:
        """What the facts say of a diff, while the states that it compares are open."""
        # Requests for contexts need none of these, which take 50 ms.
        from codeassist.checks import rule
        from codeassist.checks.check import Review
        from codeassist.checks.run import run_checks
        from codeassist.engine import coverage
        from codeassist.engine.explain import chosen
        from codeassist.engine.reviewing import Checked
        from codeassist.engine.since import since

        started = time.perf_counter()
        with (
            self._states(request) as whole,
            since(self.repository, whole, request) as (compared, narrowed),
        ):
            settings = self._settings_of(whole.base)
            base = self._build(compared.base, settings, progress, token).view
            head = self._shown = self._build(compared.head, settings, progress, token).view
            diff, excluded = coverage.without(compared.diff, settings.review.exclude)
            review = Review(diff, base, head, token, settings.review.docstring_style)
            codes = chosen(
                request.select or settings.review.select,
                (*settings.review.ignore, *request.ignore),
            )
            progress("checking", 0, 0)
            done = run_checks(review, codes)
            covered = coverage.of(review, excluded, tuple(done.failures))
            report = Report(
                base=compared.base.label,
                head=compared.head.label,
                root=self.root,
                findings=tuple(done.findings),
                coverage=covered,
                rules=tuple(rule(code) for code in codes),
                indexed_files=len(head.paths),
                seconds=time.perf_counter() - started,
                suppressed=done.suppressed,
                commentable=coverage.commentable(whole.diff),
                fail_on=settings.review.threshold,
                notes=(
                    *self.store.notes,
                    *settings.warnings,
                    *coverage.syntax_notes(review),
                    *narrowed,
                ),
            )
            yield Checked(
                report,
                review,
                whole.base,
                settings,
                lambda: self._desk_of(settings, head, progress, token),
            )

    def _desk_of(
        self, settings: Settings, view: View, progress: Progress, token: CancellationToken
    ) -> "TaskDesk":
        """Where tasks on a view are done."""
        from codeassist.engine.context import ContextDesk
        from codeassist.engine.tasks import TaskDesk

        self._desk = self._desk or ContextDesk(self.root, self.repository)
        return TaskDesk(self.root, settings, self._desk, view, progress, token)

    @contextmanager
    def _states(self, request: ReviewRequest) -> Iterator[States]:
        """What a request compares; git's reading processes are ended afterwards."""
        if self._broken is not None and request.source is not Source.PATCH:
            raise self._broken
        default = self.settings.review.base
        compared = states(self.repository, self._disk(), request, default, self._buffers)
        try:
            yield compared
        finally:
            for tree in (compared.base, compared.head):
                if isinstance(tree, RevisionTree | StagedTree):
                    tree.close()

    def _build(
        self,
        tree: Tree,
        settings: Settings,
        progress: Progress,
        token: CancellationToken,
        listed: tuple[Entry, ...] | None = None,
    ) -> Built:
        """Index a tree; `listed` are its entries where they are known already."""
        digest = self.repository.object_format if self.repository else "sha1"
        config = IndexConfig(self.settings.index.workers, digest)
        # What the disk's time stamps prove says nothing about git's trees, and the other way round.
        place = f"{self.root}/.git" if isinstance(tree, RevisionTree | StagedTree) else self.root
        filtered = self._filtered(tree, settings, listed)
        return build(filtered, self.store, place, config, progress, token)

    def _current_view(self, progress: Progress, token: CancellationToken) -> View:
        """The view of the files on disk under the open buffers; the last one if nothing changed."""
        below = self._disk_view(progress, token)
        if self._edited is None or self._edited[0] is not below:
            changed = edited(below, self._buffers)
            self._edited = (below, below.overlaid(changed) if changed else below)
        self._shown = self._edited[1]
        return self._shown

    def _disk_view(self, progress: Progress, token: CancellationToken) -> View:
        """The view of the files on disk: the last one, with all that it knows, if none has changed.

        A view of files so fresh that their time stamps prove nothing is not kept.
        """
        if self._is_watched and not self._is_stale and self._last is not None:
            return self._last[1]
        self._is_stale = False
        tree = self._disk()
        listed = tuple(tree.entries())
        if self._last is not None and self._last[0] == listed:
            return self._last[1]
        is_fresh = any(entry.stamp and is_racy(entry.stamp) for entry in listed)
        view = self._build(tree, self.settings, progress, token, listed).view
        is_sure = self._is_watched or not is_fresh
        self._last = (listed, view) if is_sure and not view.lost else None
        return view

    def _filtered(
        self, tree: Tree, settings: Settings, listed: tuple[Entry, ...] | None = None
    ) -> Tree:
        """A tree without what ignore files and settings leave out."""
        listed = tuple(tree.entries()) if listed is None else listed
        rules = load_rules(tree, [entry.path for entry in listed])
        for pattern in settings.index.ignore:
            rules.add("", pattern)
        return IgnoringTree(tree, rules, listed)

    def _disk(self) -> Tree:
        """The files on disk."""
        if not self.root:
            return NoTree()
        if self.repository and self.repository.is_bare:
            head = self.repository.resolve("HEAD")
            return RevisionTree(self.repository, head, "HEAD")
        if self.repository:
            return DiskTree(self.root, self.repository.list_files)
        return DiskTree(self.root, lambda: walk(self.root), "folder")

    def _settings_of(self, base: Tree) -> Settings:
        """The settings with the repository's part read from the base, not from what is reviewed."""
        texts: dict[str, str] = {}
        for name in REPOSITORY_FILES:
            try:
                texts[name] = base.read(name).decode("utf-8-sig", "replace")
            except OSError:
                continue
        return with_repository(self.settings, texts, base.label)
