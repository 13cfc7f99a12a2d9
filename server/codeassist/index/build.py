"""From a tree of files to a view: what is new is read, hashed and outlined, the rest is known.

A content that the store knows is never read again; a path whose stamp has not changed is not even
hashed. New contents go to worker processes in batches. Every batch that comes back is committed, so
that a killed run loses at most what was under way.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import basename, splitext
from typing import TYPE_CHECKING

from codeassist.base.cancellation import CancellationToken
from codeassist.base.files import Entry, Skipped, Tree
from codeassist.index.config import IndexConfig
from codeassist.index.content import content_key
from codeassist.index.store import Remembered, Row, Store
from codeassist.index.view import View
from codeassist.languages import for_path
from codeassist.vfs.limits import content_reason, skip_reason

if TYPE_CHECKING:
    from codeassist.index.pool import Progress
    from codeassist.index.work import Content

BATCH_BYTES = 300_000  # measured: large enough to hide a message's cost, small enough to balance
RACY_NANOSECONDS = 2_000_000_000  # a file touched this recently may change within one time stamp
SHEBANG_LIMIT = 256 * 1024  # a file without an extension is opened for its "#!" line up to here


@dataclass(frozen=True, slots=True)
class Built:
    """A view, and what making it took."""

    view: View
    parsed: int
    reused: int


@dataclass
class _Plan:
    """The state of one run."""

    tree: Tree
    store: Store
    root: str
    config: IndexConfig
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    learned: dict[str, Remembered] = field(default_factory=dict)
    unread: list[Entry] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def build(
    tree: Tree,
    store: Store,
    root: str,
    config: IndexConfig,
    progress: "Progress",
    token: CancellationToken,
) -> Built:
    """Index what is new in a tree, and give the view of it.

    `root` names the place whose time stamps are remembered; it matters only for trees whose
    entries have stamps instead of keys.
    """
    plan = _Plan(tree, store, root, config)
    remembered = store.remembered(root)
    for entry in tree.entries():
        _sort(plan, entry, remembered.get(entry.path))
    plan.skipped.extend(tree.skipped())
    known = store.known(plan.files.values())
    again = {path for path, pair in plan.files.items() if pair not in known}
    plan.unread.extend(entry for entry in tree.entries() if entry.path in again)
    plan.files = {path: pair for path, pair in plan.files.items() if path not in again}
    parsed = _index(plan, known, progress, token)
    if plan.learned or remembered.keys() - plan.seen:
        store.remember(root, plan.learned, remembered.keys() - plan.seen)
    store.touch({key for key, _ in plan.files.values()})
    files, skipped = _split(plan, known)
    view = View(tree, store, files, skipped, root)
    return Built(view, parsed, len(files) - min(parsed, len(files)))


def _sort(plan: _Plan, entry: Entry, was: Remembered | None) -> None:
    """Decide by name, size and stamp what to do with an entry."""
    plan.seen.add(entry.path)
    row = for_path(entry.path)
    bare = not splitext(basename(entry.path))[1]
    if row is None and (not bare or entry.size > SHEBANG_LIMIT or entry.size == 0):
        return
    reason = skip_reason(entry)
    if reason:
        plan.skipped.append(Skipped(entry.path, reason))
        return
    if entry.key and row is not None:
        plan.files[entry.path] = (entry.key, row.name)
    elif was is not None and was.stamp == (entry.stamp or entry.key):
        if was.language:
            plan.files[entry.path] = (was.key, was.language)
    else:
        plan.unread.append(entry)


def _index(
    plan: _Plan,
    known: dict[tuple[str, str], str],
    progress: "Progress",
    token: CancellationToken,
) -> int:
    """Read and outline what is new. Adds to the plan and to `known`; gives how many were parsed."""
    if not plan.unread:
        return 0
    from codeassist.index.pool import Pool  # with multiprocessing; most runs have nothing to do

    parsed = 0
    total = sum(entry.size for entry in plan.unread) or len(plan.unread)
    with Pool(plan.config.workers, total) as pool:
        for rows in pool.run(_batches(plan, known), progress, token):
            plan.store.add(rows)
            known.update({(row.key, row.language): row.reason for row in rows})
            parsed += len(rows)
    return parsed


def _batches(plan: _Plan, known: dict[tuple[str, str], str]) -> Iterator[list["Content"]]:
    """The contents that need work, in batches; paths are settled as they are read."""
    batch: list[Content] = []
    size = 0
    under_way: set[tuple[str, str]] = set()
    plan.unread.sort(key=lambda entry: -entry.size)
    for entry in plan.unread:
        content = _read(plan, entry)
        if content is None:
            continue
        pair = (content.key, content.language)
        if pair in under_way or pair in known:
            continue
        under_way.add(pair)
        batch.append(content)
        size += len(content.raw)
        if size >= BATCH_BYTES:
            yield from _unknown(plan, known, batch)
            batch, size = [], 0
    yield from _unknown(plan, known, batch)


def _unknown(
    plan: _Plan, known: dict[tuple[str, str], str], batch: list["Content"]
) -> Iterator[list["Content"]]:
    """A batch without the contents that are stored, under another path or by another process."""
    known.update(plan.store.known((content.key, content.language) for content in batch))
    rest = [content for content in batch if (content.key, content.language) not in known]
    if rest:
        yield rest


def _read(plan: _Plan, entry: Entry) -> "Content | None":
    """Read and hash one file; None where there is nothing to outline."""
    from codeassist.index.work import Content  # with multiprocessing, see `_index`

    try:
        raw = plan.tree.read(entry.path)
    except OSError as error:
        plan.skipped.append(Skipped(entry.path, f"cannot be read: {error.strerror or error}"))
        return None
    row = for_path(entry.path, raw[:256])
    language = row.name if row else ""
    key = content_key(raw, plan.config.digest)  # not the entry's: it may have changed since then
    if entry.stamp is None or not is_racy(entry.stamp):
        plan.learned[entry.path] = Remembered(entry.stamp or key, key, language)
    if row is None:
        return None
    plan.files[entry.path] = (key, language)
    reason = content_reason(raw)
    if reason:
        plan.store.add([Row(key, language, reason=reason)])
        return None
    return Content(entry.path, key, language, raw)


def _split(
    plan: _Plan, known: dict[tuple[str, str], str]
) -> tuple[dict[str, tuple[str, str]], tuple[Skipped, ...]]:
    """The indexed files, and all that were skipped, sorted by path."""
    reasons = plan.store.known(pair for pair in plan.files.values() if pair not in known) | known
    files: dict[str, tuple[str, str]] = {}
    skipped = list(plan.skipped)
    for path in sorted(plan.files):
        reason = reasons.get(plan.files[path], "")
        if reason:
            skipped.append(Skipped(path, reason))
        else:
            files[path] = plan.files[path]
    return files, tuple(sorted(set(skipped), key=lambda each: each.path))


def is_racy(stamp: str) -> bool:
    """Whether a stamp ("size-mtime_ns-…") is so fresh that it proves nothing; see git's racy-git.

    A modification time in the future is never trusted either.
    """
    parts = stamp.split("-")
    if len(parts) < 2 or not parts[1].isdigit():
        return False
    return int(parts[1]) > time.time_ns() - RACY_NANOSECONDS
