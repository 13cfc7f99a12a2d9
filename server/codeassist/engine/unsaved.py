"""The diff of texts that are on no disk: an editor's open buffers against a base.

Made in memory, in the form in which git gives diffs. Line ends are not compared, as a checkout may
have others than the repository, and no check asks for them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from codeassist.base.changes import ChangeKind, Diff, DiffLine, FileChange, Hunk, LineKind
from codeassist.base.files import Tree, decode, is_binary

CONTEXT = 3  # lines around a change, as git gives them
# Of a stretch in which everything may differ. For more, the time of a comparison is felt while
# typing, and that all of it was replaced is not far from the truth.
MOST_COMPARED = 4_000
Range = tuple[int, int, int, int]  # lines of the old text, lines of the new one; half open


def text_change(path: str, before: bytes | None, after: bytes | None) -> FileChange | None:
    """The change of a file from one text to another, None where they have the same lines.

    Both are raw bytes; None where the file is not there. A binary file has no hunks, as with git.
    """
    if before == after:
        return None
    kind = ChangeKind.MODIFIED
    if before is None:
        kind = ChangeKind.ADDED
    elif after is None:
        kind = ChangeKind.DELETED
    old_path = path if before is not None else None
    new_path = path if after is not None else None
    if is_binary(before or b"") or is_binary(after or b""):
        return FileChange(kind, old_path, new_path, binary=True, note="binary file")
    old, new = (decode(path, raw or b"").data for raw in (before, after))
    hunks = tuple(_hunks(_lines(old), _lines(new)))
    if not hunks and kind is ChangeKind.MODIFIED:
        return None
    return FileChange(kind, old_path, new_path, hunks, note="" if hunks else "empty file")


def unsaved(folder: Tree, base: Tree, buffers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of the raw texts of open files, by path, those that make another state of what is on disk.

    What the tree of the folder leaves out on purpose stays out, and so does a file that was deleted
    from the disk, whatever some editor still shows.
    """
    listed = {entry.path for entry in folder.entries()}
    found: dict[str, bytes] = {}
    for path, raw in buffers.items():
        on_disk = _read(folder, path)
        if on_disk is None:
            is_theirs = _read(base, path) is None
        else:
            is_theirs = path in listed and on_disk != raw
        if is_theirs:
            found[path] = raw
    return found


def with_buffers(diff: Diff, base: Tree, buffers: Mapping[str, bytes]) -> Diff:
    """A diff from a base to the disk, with what open buffers have instead of the disk's text."""
    left = dict(buffers)
    files: list[FileChange] = []
    for change in diff.files:
        if change.new_path not in left or change.submodule:
            files.append(change)
            continue
        raw = left.pop(change.new_path)
        edited = _edited(change, base, raw)
        if edited is not None:
            files.append(edited)
    for path in sorted(left):
        added = text_change(path, _read(base, path), left[path])
        if added is not None:
            files.append(added)
    return Diff(tuple(files))


def _edited(change: FileChange, base: Tree, raw: bytes) -> FileChange | None:
    """A file's change where its new text is that of a buffer; None where nothing is left of it."""
    assert change.new_path is not None, "a buffer has a path"
    before = _read(base, change.old_path) if change.old_path is not None else None
    made = text_change(change.new_path, before, raw)
    if change.kind in (ChangeKind.ADDED, ChangeKind.MODIFIED):
        return made
    # What a rename, a copy or another mode says of the file is as true as before.
    note = "" if made is not None and made.hunks else change.note
    return replace(change, hunks=made.hunks if made is not None else (), note=note)


def _read(base: Tree, path: str) -> bytes | None:
    try:
        return base.read(path)
    except OSError:
        return None


def _lines(data: bytes) -> list[str]:
    """The lines as a diff has them; the last one has its line feed, if it has one."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    for group in _groups(old, new):
        first, last = group[0], group[-1]
        lines: list[DiffLine] = []
        for tag, (old_start, old_end, new_start, new_end) in group:
            if tag == "equal":
                pairs = zip(range(old_start, old_end), range(new_start, new_end), strict=True)
                lines += [_line(LineKind.CONTEXT, new[to], at + 1, to + 1) for at, to in pairs]
                continue
            removed = range(old_start, old_end)
            lines += [_line(LineKind.REMOVED, old[at], at + 1, None) for at in removed]
            added = range(new_start, new_end)
            lines += [_line(LineKind.ADDED, new[to], None, to + 1) for to in added]
        (old_from, _, new_from, _), (_, old_to, _, new_to) = first[1], last[1]
        yield Hunk(
            # A side without lines names the line before it, which is 0 at the beginning.
            old_from + (old_to > old_from),
            old_to - old_from,
            new_from + (new_to > new_from),
            new_to - new_from,
            tuple(lines),
        )


def _groups(old: Sequence[str], new: Sequence[str]) -> Iterator[list[tuple[str, Range]]]:
    """What differs, with the lines around it. Long equal beginnings and ends cost nothing."""
    one, other = ([line.rstrip("\r\n") for line in lines] for lines in (old, new))
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    start = max(0, head - CONTEXT)
    middle = one[start : len(one) - tail], other[start : len(other) - tail]
    if max(map(len, middle)) > MOST_COMPARED:
        around = min(CONTEXT, head), min(CONTEXT, tail)
        yield _replaced(len(one), len(other), head, tail, around)
        return
    ends = [lines[len(lines) - tail :][:CONTEXT] for lines in (one, other)]
    matcher = SequenceMatcher(None, middle[0] + ends[0], middle[1] + ends[1])
    for group in matcher.get_grouped_opcodes(CONTEXT):
        yield [(tag, (a + start, b + start, c + start, d + start)) for tag, a, b, c, d in group]


def _replaced(
    old: int, new: int, head: int, tail: int, around: tuple[int, int]
) -> list[tuple[str, Range]]:
    """The group of one stretch that is replaced as a whole."""
    before, after = around
    return [
        ("equal", (head - before, head, head - before, head)),
        ("replace", (head, old - tail, head, new - tail)),
        ("equal", (old - tail, old - tail + after, new - tail, new - tail + after)),
    ]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts begin with that are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _line(kind: LineKind, text: str, old: int | None, new: int | None) -> DiffLine:
    has_end = text.endswith("\n")
    return DiffLine(kind, text.removesuffix("\n"), old, new, no_newline=not has_end)
