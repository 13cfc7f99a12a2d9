"""From URIs to paths and back, and one spelling for each document.

Editors write the same file as `file:///C:/x` and `file:///c%3A/x`, with spaces encoded or not; the
specification tells servers to take both. Documents are looked up by `same`, and answered with the
URI that the editor used.
"""

from urllib.parse import unquote, urlsplit

from pygls.uris import from_fs_path, to_fs_path

FILE = "file"


def same(uri: str) -> str:
    """A spelling that is equal for equal documents."""
    if not uri.lower().startswith(f"{FILE}:"):
        return uri
    path = unquote(uri[len(FILE) + 1 :])
    head, colon, rest = path[:6].partition(":")  # ///C:
    if colon and head[-1:].isalpha() and head[:-1].strip("/") == "":
        path = f"{head.lower()}{colon}{rest}{path[6:]}"
    return f"{FILE}:{path}"


def scheme(uri: str) -> str:
    """The scheme, in lower case; "" for what has none."""
    head, colon, _ = uri.partition(":")
    return head.lower() if colon else ""


def to_path(uri: str) -> str | None:
    """The path of a file's URI in the system's own form, None for any other URI."""
    if scheme(uri) != FILE:
        return None
    try:
        path = to_fs_path(uri)
    except ValueError:
        return None
    return path if path and "\0" not in path else None


def from_path(path: str) -> str:
    """The URI of an absolute path."""
    uri: str | None = from_fs_path(path)
    assert uri, "a path has a URI"
    return uri


def name_of(uri: str) -> str:
    """The last part of a URI's path, for people."""
    try:
        path = urlsplit(uri).path
    except ValueError:
        path = uri
    return unquote(path.rstrip("/").rpartition("/")[2]) or uri
