"""Which documents belong together, and where: a notebook's cells are looked at as one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from codeassist.lsp.folders import Folder, is_file
from codeassist.lsp.places import path_in
from codeassist.lsp.uris import same

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

Home = tuple[Folder, str]


def home_of(session: "Session", uri: str) -> Home:
    """The folder that a document belongs to, and its key there: of a cell, its notebook's."""
    owner = _owner(session, uri)
    return session.folder_of(owner), same(owner)


def members(session: "Session", keys: Iterable[str]) -> set[str]:
    """The documents that some keys stand for: a notebook's cells, any other document itself."""
    found: set[str] = set()
    for key in keys:
        notebook = session.notebooks.get(key)
        found.update(map(same, notebook[1]) if notebook is not None else (key,))
    return found


def open_keys(session: "Session", folder: Folder) -> set[str]:
    """The keys of a folder's open documents, notebooks among them."""
    homes = (home_of(session, each.uri) for each in session.documents.current.values())
    return {key for home, key in homes if home is folder}


def open_paths(session: "Session", folder: Folder) -> dict[str, str]:
    """The paths of a folder's open documents by key, without those that are too large."""
    found = {
        key: path_in(folder, each)
        for key, each in session.documents.current.items()
        if home_of(session, each.uri) == (folder, key) and not each.is_too_large
    }
    for uri, (path, _) in session.modules().items():
        if session.folder_of(uri) is folder:
            found[same(uri)] = path
    return found


def file_paths(session: "Session", folder: Folder) -> tuple[str, ...]:
    """The paths of a folder's open files. What is in the editor alone has changed for nobody."""
    paths, current = open_paths(session, folder), session.documents.current
    return tuple(
        path for key, path in paths.items() if key in current and is_file(current[key].uri)
    )


def _owner(session: "Session", uri: str) -> str:
    """The notebook that a document is a cell of; the document where it is none."""
    key = same(uri)
    for notebook, cells in session.notebooks.values():
        if any(same(cell) == key for cell in cells):
            return notebook
    return uri
