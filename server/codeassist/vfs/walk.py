"""Lists the files of a folder that is in no git repository.

Honours nested `.gitignore` and `.codeassistignore` files. Follows no symbolic link, so it ends on
every disk. Reads ignore files only.
"""

import os
from pathlib import Path

from codeassist.vfs.ignore import IGNORE_FILE, IgnoreRules

_RULE_FILES = (".gitignore", IGNORE_FILE)  # ours comes last and so has the last word
# Folders of tools, never of the project: without git there may be no rule that leaves them out.
_TOOL_FOLDERS = frozenset(
    {
        ".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__", ".venv", "venv", ".tox",
        ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".idea", ".gradle",
    }
)  # fmt: skip


def walk(root: str | Path) -> list[str]:
    """The paths of all files and symbolic links below a folder, sorted within each folder.

    Paths are relative, with forward slashes. A folder that cannot be read is passed over.
    """
    rules = IgnoreRules()
    found: list[str] = []
    pending = [""]
    while pending:
        folder = pending.pop()
        files, folders = _listed(os.path.join(root, folder))
        prefix = folder + "/" if folder else ""
        for name in _RULE_FILES:
            if name in files:
                _add_rules(rules, folder, os.path.join(root, prefix + name))
        found += [prefix + name for name in files if not rules.ignores(prefix + name)]
        inner = [prefix + name for name in folders if name not in _TOOL_FOLDERS]
        pending += [path for path in reversed(inner) if not rules.ignores_folder(path)]
    return found


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """The sorted names of a folder's files (links included) and of its folders."""
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as items:
            for item in items:
                (folders if item.is_dir(follow_symlinks=False) else files).append(item.name)
    except OSError:
        return [], []
    return sorted(files), sorted(folders)


def _add_rules(rules: IgnoreRules, folder: str, path: str) -> None:
    try:
        if os.path.islink(path):
            return  # as git does since 2.32: it might lead out of the folder
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            rules.add(folder, file.read())
    except OSError:
        return
