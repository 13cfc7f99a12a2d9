"""The file names that patches write: quoted, prefixed, dated, or separated by a mere space.

Works on bytes and answers with repository paths. Knows nothing of hunks.
"""

import re

from codeassist.base.errors import DiffError

NULL_NAME = b"/dev/null"
# The date that GNU diff prints for a missing file is the epoch, written in the local time zone.
_EPOCH = re.compile(
    rb"\t(?:1969-12-31|1970-01-01) (\d\d):(\d\d):00(?:\.0+)? ([+-])(\d\d)(\d\d)\s*$"
)
_ESCAPE = re.compile(rb'\\([0-3][0-7]{2}|[abtnvfr"\\])')
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_SIMPLE_ESCAPES = {
    b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v",
    b"f": b"\f", b"r": b"\r", b'"': b'"', b"\\": b"\\",
}  # fmt: skip
_BACKUP_SUFFIXES = (b".orig", b".old", b".bak", b"~")


def unquote(name: bytes) -> bytes:
    """Undo C-style quoting, with octal escapes for bytes; a name without quotes is returned."""
    match = _QUOTED.match(name)
    if match is None:
        return name
    return _ESCAPE.sub(_unescape, match.group(1))


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match.group(1)
    return _SIMPLE_ESCAPES.get(code) or bytes([int(code, 8)])


def header_name(text: bytes) -> bytes:
    r"""The name in what follows `--- ` or `+++ `; "/dev/null" for a file that does not exist.

    Git and GNU diff quote a name that holds a tab, so a bare tab always ends the name.
    """
    if _is_epoch(text):
        return NULL_NAME
    return unquote(text) if text.startswith(b'"') else text.split(b"\t", 1)[0]


def _is_epoch(text: bytes) -> bool:
    match = _EPOCH.search(text)
    if match is None:
        return False
    hours, minutes, sign, zone_hours, zone_minutes = match.groups()
    local = int(hours) * 60 + int(minutes)
    zone = int(zone_hours) * 60 + int(zone_minutes)
    return (local - (zone if sign == b"+" else -zone)) % (24 * 60) == 0


def git_path(names: bytes) -> bytes | None:
    """The one path that both names of a `diff --git` line stand for; None if they differ.

    The line separates unquoted names by a space that the names may hold too, so the split is the
    one that makes both sides equal but for their prefixes ("a/" and "b/", others, or none).
    """
    for left, right in _splits(names):
        path = _shared_path(unquote(left), unquote(right))
        if path is not None:
            return path
    return None


def _splits(names: bytes) -> list[tuple[bytes, bytes]]:
    quoted = _QUOTED.match(names)
    if quoted is not None:
        return [(quoted.group(), names[quoted.end() + 1 :])]
    if names.endswith(b'"') and b' "' in names:
        left, right = names.split(b' "', 1)
        return [(left, b'"' + right)]
    middle = len(names) // 2  # Prefixes are of one length as a rule, so the middle comes first.
    spaces = [at for at, byte in enumerate(names) if byte == 0x20]
    spaces.sort(key=lambda at: abs(at - middle))
    return [(names[:at], names[at + 1 :]) for at in spaces]


def _shared_path(left: bytes, right: bytes) -> bytes | None:
    if left == right:
        return left
    left_parts, right_parts = left.split(b"/"), right.split(b"/")
    shared = 0
    for one, other in zip(reversed(left_parts), reversed(right_parts), strict=False):
        if one != other:
            break
        shared += 1
    return b"/".join(left_parts[-shared:]) if shared else None


def plain_path(old: bytes, new: bytes) -> bytes:
    """The path that the `---` and `+++` names of a patch without git headers stand for.

    Equal names are taken as they are; otherwise the first component is a prefix if the rest is
    equal (`diff -ru old new`); otherwise one is a backup of the other, or the new name counts.
    """
    if NULL_NAME in (old, new):
        return _without_prefix(new if old == NULL_NAME else old)
    if old == new:
        return new
    old_rest, new_rest = old.partition(b"/")[2], new.partition(b"/")[2]
    if old_rest and old_rest == new_rest:
        return new_rest
    if any(new == old + suffix for suffix in _BACKUP_SUFFIXES):
        return _without_prefix(old)
    return _without_prefix(new)


def _without_prefix(name: bytes) -> bytes:
    return name[2:] if name.startswith((b"a/", b"b/")) else name


def checked_path(path: bytes, line: int) -> str:
    """A repository path as text, its bytes outside UTF-8 as surrogate escapes.

    Raises DiffError for a path that leaves the repository or enters git's own folder.
    """
    parts = path.split(b"/")
    unsafe = {b"", b".", b"..", b".git"}
    if b"\0" in path or not unsafe.isdisjoint(part.lower() for part in parts):
        shown = path.decode("utf-8", "backslashreplace")
        raise DiffError(
            f"line {line} of the patch names a path outside the repository: {shown!r}",
            "make the patch with `git diff` at the top of the repository",
        )
    return path.decode("utf-8", "surrogateescape")
