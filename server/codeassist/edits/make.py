"""From replacements in texts to a `WorkspaceEdit` with the exact bytes before and after.

Keeps each file's byte order mark, encoding, line endings and final newline; bytes outside of the
replacements stay as they are. Locates nothing and proves nothing: see `answer` and `verify`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from posixpath import dirname, splitext
from types import MappingProxyType

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.base.files import Document, decode, size_reason
from codeassist.edits.paths import check_new, checked_path, unknown_path
from codeassist.edits.restore import restored
from codeassist.index.view import View

_NONE: Mapping[str, str] = MappingProxyType({})


def workspace_edit(
    view: View,
    title: str,
    edits: Mapping[str, Sequence[TextEdit]],
    created: Mapping[str, str] = _NONE,
) -> WorkspaceEdit:
    """An edit of some files of a view, and new ones by path and text.

    Texts may use any line ending, and get that of the lines around them. Edits of one file are byte
    offsets into its document, in any order; insertions at one place keep the order given. What
    changes nothing is left out. Raises EditError, with all that is wrong in one message: overlaps,
    offsets inside of a character, a file whose encoding is guessed or cannot hold the text, a path
    that must not be created, nothing left. Raises StaleError for a file that changed meanwhile.
    """
    files: list[FileEdit] = []
    complaints: list[EditError] = []
    for path in sorted({*edits, *created}):
        try:
            if path in created:
                if edits.get(path):
                    raise EditError(f"{path}: it is to be created and to be changed")
                files.append(_new_file(view, path, created[path]))
            else:
                files.extend(_changed_file(view, path, edits[path]))
        except StaleError:
            raise
        except EditError as error:
            complaints.append(error)
    if len(complaints) == 1:
        raise complaints[0]
    if complaints:
        raise EditError("\n".join(error.message for error in complaints))
    if not files:
        raise EditError(f"{title}: it changes nothing")
    return WorkspaceEdit(title, tuple(files))


def eol_at(document: Document, offset: int) -> str:
    """The line ending that a text at a byte offset gets: its line's, or that of a line nearby."""
    lines = document.lines
    line = lines.line_of(offset)
    for near in (line, line - 1):
        end = lines.line_end(near) if near >= 0 else len(document.data)
        if document.data.startswith((b"\r\n", b"\n"), end):
            return "\r\n" if document.data[end] == 0x0D else "\n"
    if b"\n" not in document.data and b"\r" in document.data:
        return "\r"  # as on the first Macintosh
    return document.eol


def _new_file(view: View, path: str, text: str) -> FileEdit:
    check_new(view, path)
    text = _with_eol(text, _eol_for_new(view, path))
    try:
        after = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise EditError(f"{path}: its text has half a character") from error
    read_back = decode(path, after)
    if read_back.data != after or "\0" in text:
        raise EditError(f"{path}: its text would not be read as UTF-8 text")
    if size_reason(len(after)):
        raise EditError(f"{path}: it would be {size_reason(len(after))}")
    return FileEdit(path, None, after, (TextEdit(0, 0, text),))


def _eol_for_new(view: View, path: str) -> str:
    """The line ending of a file like the new one beside it: where one is, it is the habit."""
    folder, ending = dirname(path), splitext(path)[1]
    for other in view.file_set.folders.get(folder, ()):
        if splitext(other)[1] == ending:
            document = view.document(other)
            if document is not None and b"\n" in document.data:
                return document.eol
    return "\n"


def _changed_file(view: View, path: str, edits: Sequence[TextEdit]) -> Iterator[FileEdit]:
    checked_path(path)
    document = view.document(path)
    if document is None and path in view:
        raise StaleError(f"{path}: it {view.lost.get(path, 'cannot be read')}", "run it again")
    if document is None:
        raise unknown_path(view, path)
    try:
        raw = view.tree.read(path)
    except OSError as error:
        raise StaleError(f"{path}: it cannot be read any more", "run it again") from error
    if decode(path, raw).data != document.data:
        raise StaleError(f"{path}: it has changed meanwhile", "run it again")
    ready = sorted((_settled(document, edit) for edit in edits), key=lambda e: (e.start, e.end))
    _check_apart(document, ready)
    kept = tuple(made for edit in ready if (made := _minimal(document.data, edit)) is not None)
    if kept:
        yield FileEdit(path, raw, restored(document, raw, applied(document.data, kept)), kept)


def applied(data: bytes, edits: Sequence[TextEdit]) -> bytes:
    """Data with ascending edits that do not overlap applied."""
    parts: list[bytes] = []
    done = 0
    for edit in edits:
        parts += (data[done : edit.start], edit.text.encode("utf-8"))
        done = edit.end
    return b"".join((*parts, data[done:]))


def _settled(document: Document, edit: TextEdit) -> TextEdit:
    """An edit with checked offsets, and with the line ending of its surroundings."""
    data = document.data
    if not 0 <= edit.start <= edit.end <= len(data):
        raise EditError(f"{document.path}: {edit.start} to {edit.end} is not a range of its bytes")
    if _is_inside_character(data, edit.start) or _is_inside_character(data, edit.end):
        raise EditError(f"{document.path}: {edit.start} to {edit.end} divides a character")
    try:
        edit.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise EditError(f"{document.path}: the new text has half a character") from error
    start, end = _before_ending(data, edit.start), _before_ending(data, edit.end)
    return TextEdit(start, end, _with_eol(edit.text, eol_at(document, start)))


def _before_ending(data: bytes, offset: int) -> int:
    """An offset, moved from between a carriage return and its line feed to before both."""
    return offset - 1 if offset and data[offset - 1 : offset + 1] == b"\r\n" else offset


def _is_inside_character(data: bytes, offset: int) -> bool:
    return offset < len(data) and data[offset] & 0xC0 == 0x80


def _with_eol(text: str, eol: str) -> str:
    text = text.replace("\r\n", "\n")
    return text if eol == "\n" else text.replace("\n", eol)


def _check_apart(document: Document, edits: Sequence[TextEdit]) -> None:
    for first, second in pairwise(edits):
        if second.start < first.end:
            one, two = (document.lines.line_of(edit.start) + 1 for edit in (first, second))
            raise EditError(f"{document.path}: the edits at line {one} and line {two} overlap")


def _minimal(data: bytes, edit: TextEdit) -> TextEdit | None:
    """An edit without the whole lines at both ends that it leaves as they are; None if all are."""
    old = data[edit.start : edit.end].splitlines(keepends=True)
    new = edit.text.encode("utf-8").splitlines(keepends=True)
    if old == new:
        return None
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    start = edit.start + sum(map(len, old[:head]))
    end = edit.end - sum(map(len, old[len(old) - tail :]))
    return TextEdit(start, end, b"".join(new[head : len(new) - tail]).decode("utf-8"))


def _same(old: list[bytes], new: list[bytes]) -> int:
    """How many items two lists have in common at the beginning."""
    count = 0
    while count < min(len(old), len(new)) and old[count] == new[count]:
        count += 1
    return count
