"""Which settings files there are, and their text from the disk.

The repository's files can also be read from a revision: whoever does so hands their text over.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from codeassist.base.errors import ConfigurationError
from codeassist.settings.layers import Layer, Origin
from codeassist.settings.parse import Source, own_table, parse

OWN_FILE = "codeassist.toml"
SHARED_FILE = "pyproject.toml"
REPOSITORY_FILES = (OWN_FILE, SHARED_FILE)
_SHARED_TABLE = ("tool", "codeassist")
_MAX_FILE_BYTES = 1 << 20  # a larger settings file is a mistake, or an attack on the parser


def repository_root(start: str) -> str:
    """The nearest folder upwards that has a `.git`, else the folder of `start` itself."""
    folder = Path(start).resolve()
    folder = folder if folder.is_dir() else folder.parent
    # In worktrees and submodules `.git` is a file.
    inside = (place for place in (folder, *folder.parents) if (place / ".git").exists())
    return str(next(inside, folder))


def read_repository(root: str) -> Mapping[str, str]:
    """The text of the repository's settings files on disk, by name."""
    paths = {name: os.path.join(root, name) for name in REPOSITORY_FILES}
    return {name: read(path) for name, path in paths.items() if os.path.isfile(path)}


def read(path: str) -> str:
    """A settings file's text. Raises ConfigurationError if it cannot be read."""
    try:
        with open(path, "rb") as file:
            raw = file.read(_MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from error
    if len(raw) > _MAX_FILE_BYTES:
        raise ConfigurationError(f"{path} is larger than 1 MiB", "a settings file is small")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", "save it as UTF-8") from error


def repository_layer(texts: Mapping[str, str], user_file: str, state: str = "") -> Layer:
    """The layer of a repository's files. `state` says in messages where the text is from."""
    own, shared = (
        _source(name, texts.get(name, ""), state, user_file) for name in REPOSITORY_FILES
    )
    if OWN_FILE not in texts:
        return parse(shared) if _is_ours(shared) else Layer(Origin.REPOSITORY)
    layer = parse(own)
    if not _is_ours(shared):
        return layer
    warning = (
        f"{OWN_FILE} and [tool.codeassist] in {SHARED_FILE} are both there; "
        f"{SHARED_FILE} is ignored: keep one of them"
    )
    return Layer(Origin.REPOSITORY, layer.values, layer.source, (*layer.warnings, warning))


def _source(name: str, text: str, state: str, user_file: str) -> Source:
    table = _SHARED_TABLE if name == SHARED_FILE else ()
    label = f"{name} ({state})" if state else name
    return Source(label, text, Origin.REPOSITORY, table, user_file)


def _is_ours(shared: Source) -> bool:
    """Whether a pyproject.toml speaks of codeassist. One that does not need not even be TOML."""
    if "codeassist" not in shared.text:
        return False
    return bool(own_table(shared))
