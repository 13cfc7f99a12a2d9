"""From URIs to paths and back, and one spelling for each document.

Editors write the same file as `file:///C:/x` and `file:///c%3A/x`, with spaces encoded or not; the
specification tells servers to take both. Documents are looked up by `same`, and answered with the
URI that the editor used. Names are bytes on some systems: what is no UTF-8 comes through as Python
has it in paths. Not pygls' own functions, which lose such names, and all behind a semicolon.
"""

import os
import posixpath
import re
from urllib.parse import quote, unquote, urlsplit

FILE = "file"
_WINDOWS = os.name == "nt"
_FILE_URI = re.compile(r"file:(?://([^/]*))?(.*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"/[A-Za-z]:")
_PLAIN = "/-._~!$&'()*+,;=:@"  # what RFC 3986 has unescaped in paths


def same(uri: str) -> str:
    """A spelling that is equal for equal documents."""
    host, path = _parts(uri)
    if path is None:
        return uri
    if _DRIVE.match(path):
        path = f"{path[:2].lower()}{path[2:]}"
    return f"{FILE}://{host}{path}"


def scheme(uri: str) -> str:
    """The scheme, in lower case; "" for what has none."""
    head, colon, _ = uri.partition(":")
    return head.lower() if colon else ""


def to_path(uri: str) -> str | None:
    """The path of a file's URI in the system's own form, None for any other URI.

    None too for a file of another machine, where the system has no name for it.
    """
    host, path = _parts(uri)
    if not path or "\0" in path or not path.startswith("/"):
        return None
    path = posixpath.normpath(f"/{path.lstrip('/')}")  # no way out of a folder by dots
    if not _WINDOWS:
        return path if not host else None
    if host:
        path = f"//{host}{path}"
    elif _DRIVE.match(path):
        path = path[1].lower() + path[2:]
    return path.replace("/", "\\")


def from_path(path: str) -> str:
    """The URI of an absolute path."""
    host = ""
    if _WINDOWS:
        path = path.replace("\\", "/")
        if path.startswith("//"):
            host, _, path = path[2:].partition("/")
        path = f"/{path.lstrip('/')}"
        if _DRIVE.match(path):
            path = f"/{path[1].lower()}{path[2:]}"
    return f"{FILE}://{host}{quote(os.fsencode(path), _PLAIN)}"


def name_of(uri: str) -> str:
    """The last part of a URI's path, for people."""
    try:
        path = urlsplit(uri).path
    except ValueError:
        path = uri
    return unquote(path.rstrip("/").rpartition("/")[2]) or uri


def _parts(uri: str) -> tuple[str, str | None]:
    """Host and path of a file's URI, unescaped; no path for any other URI."""
    match = _FILE_URI.fullmatch(uri)
    if match is None:
        return "", None
    host = (match[1] or "").lower()
    # Whoever writes `?` or `#` into such a URI forgot to escape it: files have no queries.
    path = unquote(match[2], errors="surrogateescape")
    return "" if host == "localhost" else host, path
