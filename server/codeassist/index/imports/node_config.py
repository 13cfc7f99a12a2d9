"""Reads what Node's and TypeScript's configuration files say of module names.

Parses JSON with comments and trailing commas, and answers with plain data. Does not decide which
file an import names: `node.py` does.
"""

import json
import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from codeassist.index.imports import FileSet

_STRING = r'"(?:\\.|[^"\\])*"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_YAML_ITEM = re.compile(r"^\s*-\s*['\"]?([^'\"#\s]+)", re.MULTILINE)
MAX_EXTENDS = 8  # longer chains are cycles


def parse_json(text: str | None) -> dict[str, Any]:
    """An object in JSON as TypeScript reads it; empty for anything that is none."""
    if text is None:
        return {}
    for pattern in (_COMMENT, _TRAILING_COMMA):
        text = pattern.sub(lambda match: match.group(1) or "", text)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a tsconfig says of bare names. Folders and targets are relative to the root.

    `paths` are (pattern, targets), each with at most one "*". `base_url` is None where names are
    not looked up in a folder.
    """

    base_url: str | None = None
    paths: tuple[tuple[str, tuple[str, ...]], ...] = ()


NO_MAPPING = Mapping()


def read_mapping(files: FileSet, path: str, depth: int = 0) -> Mapping:
    """The mapping of a tsconfig or jsconfig, with those that it extends or refers to."""
    config = parse_json(files.text(path)) if path in files else {}
    if not config or depth > MAX_EXTENDS:
        return NO_MAPPING
    folder = dirname(path)
    inherited = NO_MAPPING
    for name in _strings(config.get("extends")):
        for candidate in _extended(folder, name):
            if candidate in files:
                found = read_mapping(files, candidate, depth + 1)
                inherited = Mapping(
                    inherited.base_url if found.base_url is None else found.base_url,
                    found.paths or inherited.paths,
                )
                break
    mapping = _own_mapping(config, folder, inherited)
    if mapping != NO_MAPPING:
        return mapping
    for reference in config.get("references") or ():
        other = reference.get("path") if isinstance(reference, dict) else None
        if isinstance(other, str) and other.endswith(".json"):
            found = read_mapping(files, normpath(join(folder, other)), depth + 1)
            if found != NO_MAPPING:
                return found
    return NO_MAPPING


def workspace_patterns(files: FileSet) -> tuple[re.Pattern[str], ...]:
    """What the folders of workspace packages look like, from every manager's own file."""
    globs: list[tuple[str, str]] = []
    for path in files.named("package.json"):
        if "workspaces" not in (text := files.text(path) or ""):
            continue
        value = parse_json(text).get("workspaces")
        value = value.get("packages") if isinstance(value, dict) else value
        globs += [(dirname(path), glob) for glob in _strings(value)]
    for path in files.named("lerna.json"):
        listed = parse_json(files.text(path)).get("packages")
        globs += [(dirname(path), glob) for glob in _strings(listed)]
    for path in files.named("pnpm-workspace.yaml"):
        globs += [(dirname(path), glob) for glob in _YAML_ITEM.findall(files.text(path) or "")]
    return tuple(
        _glob(normpath(join(folder, glob))) for folder, glob in globs if not glob.startswith("!")
    )


def conditions(value: object) -> tuple[str, ...]:
    """The paths in an `exports`, `imports` or similar value, those nearest to the source first."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(path for item in value for path in conditions(item))
    if not isinstance(value, dict):
        return ()
    order = ("source", "development", "types", "import", "module", "default", "require")
    keys = sorted(value, key=lambda key: order.index(key) if key in order else len(order))
    return tuple(path for key in keys for path in conditions(value[key]))


def _own_mapping(config: dict[str, Any], folder: str, inherited: Mapping) -> Mapping:
    options = config.get("compilerOptions")
    options = options if isinstance(options, dict) else {}
    base = options.get("baseUrl")
    base_url = inherited.base_url
    if isinstance(base, str):
        base_url = _within(folder, base)
    paths = options.get("paths")
    if not isinstance(paths, dict):
        return Mapping(base_url, inherited.paths)
    start = folder if base_url is None else base_url
    rows = [
        (pattern, tuple(_within(start, target, folder) for target in _strings(targets)))
        for pattern, targets in paths.items()
    ]
    return Mapping(base_url, tuple(rows))


def _within(start: str, path: str, folder: str | None = None) -> str:
    """A path in a configuration as one relative to the root; "" is the root itself."""
    own = start if folder is None else folder
    if path.startswith("${configDir}"):
        start, path = own, path.removeprefix("${configDir}").lstrip("/")
    found = normpath(join(start, path))
    return "" if found == "." else found


def _extended(folder: str, name: str) -> tuple[str, ...]:
    if not name.startswith("."):
        return ()
    base = normpath(join(folder, name))
    return (base, base + ".json", join(base, "tsconfig.json"))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _glob(text: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*\*|\*)", text)
    made = {"**": ".*", "*": "[^/]+"}
    return re.compile("".join(made.get(piece) or re.escape(piece) for piece in pieces) + r"\Z")
