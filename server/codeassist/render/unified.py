"""An edit as a unified diff in git's form, which `git apply` takes.

Bytes that are not UTF-8 are surrogate escapes, so that `text.encode("utf-8", "surrogateescape")` is
exact. A file in UTF-16 is shown as text, for reading; git takes such files for binary ones. No
colours: see `paint`.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.files import decode

CONTEXT = 3  # lines around a change, as in git
EXACT_LINES = 2_000  # in longer texts, common lines such as empty ones are no anchors: for speed
NO_NEWLINE = "\\ No newline at end of file\n"
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r"}
Block = tuple[int, int, int, int]  # the lines of a change: old start and end, new start and end


def unified(edit: WorkspaceEdit) -> str:
    """The diff of all files of an edit, in its order. Carriage returns are kept."""
    return "".join(file_diff(file) for file in edit.files)


def file_diff(file: FileEdit) -> str:
    """The diff of one file; "" where nothing changes."""
    if file.before == file.after:
        return ""
    old, new = _lines(file.path, file.before), _lines(file.path, file.after)
    before, after = _quoted(f"a/{file.path}"), _quoted(f"b/{file.path}")
    head = f"diff --git {before} {after}\n"
    if file.before is None:
        head += "new file mode 100644\n"
        before = "/dev/null"
        if not new:
            return head + "index 0000000..e69de29\n"  # git's id of an empty file
    # A name with a space ends with a tab, so that no date is looked for in it.
    names = [name + ("\t" if " " in name and name[0] != '"' else "") for name in (before, after)]
    hunks = "".join(_hunk(old, new, group) for group in _groups(_blocks(file, old, new)))
    return f"{head}--- {names[0]}\n+++ {names[1]}\n{hunks}"


def _lines(path: str, raw: bytes | None) -> list[str]:
    """A file's lines with their ends. Only a line feed ends one, as for git."""
    if raw is None:
        return []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = decode(path, raw).data
    text = raw.decode("utf-8", "surrogateescape")
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _quoted(name: str) -> str:
    """A path as git writes it in headers."""
    if not any(character in '"\\' or character < " " or character == "\x7f" for character in name):
        return name
    return '"' + "".join(map(_escaped, name)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character in _ESCAPES:
        return "\\" + _ESCAPES[character]
    return f"\\{ord(character):03o}" if character < " " or character == "\x7f" else character


def _blocks(file: FileEdit, old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """The changed blocks of lines, found within the regions of the edits."""
    for old_start, old_end, new_start, new_end in _regions(file, len(old), len(new)):
        one, other = old[old_start:old_end], new[new_start:new_end]
        matcher = SequenceMatcher(None, one, other, autojunk=len(other) > EXACT_LINES)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                yield old_start + i1, old_start + i2, new_start + j1, new_start + j2


def _regions(file: FileEdit, old_lines: int, new_lines: int) -> list[Block]:
    """The lines that the edits touch, old and new; what is between them is the same."""
    if file.before is None or not file.edits:
        return [(0, old_lines, 0, new_lines)]
    before, after = decode(file.path, file.before).lines, decode(file.path, file.after).lines
    found: list[Block] = []
    moved = 0
    for edit in file.edits:
        start, old_end = before.line_of(edit.start), before.line_of(edit.end) + 1
        new_start = after.line_of(edit.start + moved)
        moved += len(edit.text.encode("utf-8")) - (edit.end - edit.start)
        new_end = after.line_of(edit.end + moved) + 1
        if found and start < found[-1][1]:
            start, _, new_start, _ = found.pop()
        found.append((start, old_end, new_start, new_end))
    return [(a, min(b, old_lines), c, min(d, new_lines)) for a, b, c, d in found]


def _groups(blocks: Iterator[Block]) -> Iterator[list[Block]]:
    """Blocks that are so near that their context would touch, together."""
    every = list(blocks)
    if not every:
        return
    group = [every[0]]
    for one, other in pairwise(every):
        if other[0] - one[1] > 2 * CONTEXT:
            yield group
            group = []
        group.append(other)
    yield group


def _hunk(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> str:
    first, last = blocks[0], blocks[-1]
    before = min(CONTEXT, first[0])
    after = min(CONTEXT, len(old) - last[1])
    old_start, old_end = first[0] - before, last[1] + after
    new_start, new_end = first[2] - before, last[3] + after
    parts = [f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@\n"]
    position = old_start
    for i1, i2, j1, j2 in blocks:
        parts += [_line(" ", line) for line in old[position:i1]]
        parts += [_line("-", line) for line in old[i1:i2]]
        parts += [_line("+", line) for line in new[j1:j2]]
        position = i2
    parts += [_line(" ", line) for line in old[position:old_end]]
    return "".join(parts)


def _range(start: int, end: int) -> str:
    """Lines in a header: 1-based, and the line before where there are none."""
    return f"{start + 1 if end > start else start},{end - start}"


def _line(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n{NO_NEWLINE}"
