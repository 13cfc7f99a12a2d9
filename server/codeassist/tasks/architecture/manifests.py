"""The commands that manifests declare: pyproject.toml, setup.cfg, setup.py, package.json.

Reads manifests as data; runs nothing. Names only files that exist.
"""

import configparser
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from codeassist.base.symbols import TOP, Import
from codeassist.index.imports.node_config import parse_json
from codeassist.index.view import View
from codeassist.languages import Imports

_COMMAND = re.compile(r"""^\s*\[?["']?([\w.-]+)\s*=\s*([\w.]+)\s*:\s*([\w.]+)""", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A way in. `kind` is what it is, `name` what people type or read, `line` 1-based, 0 for none.

    `declared` is the manifest that names it and the line there, ("", 0) where the code itself does.
    """

    kind: str
    name: str
    path: str
    line: int = 0
    declared: tuple[str, int] = ("", 0)


def declared(view: View) -> Iterator[Entry]:
    """The commands of all manifests whose files are indexed; they may repeat."""
    files = view.file_set
    for path in files.named("pyproject.toml"):
        text = files.text(path) or ""
        for name, target in _pyproject(text):
            yield from _python(view, path, text, name, target)
    for manifest in ("setup.cfg", "setup.py"):
        for path in files.named(manifest):
            text = files.text(path) or ""
            for name, target in _setup(manifest, text):
                yield from _python(view, path, text, name, target)
    for path in files.named("package.json"):
        yield from _node(view, path, files.text(path) or "")


def _pyproject(text: str) -> Iterator[tuple[str, str]]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    project, poetry = _table(data, "project"), _table(data, "tool", "poetry")
    for table in (_table(project, "scripts"), _table(project, "gui-scripts")):
        yield from ((name, target) for name, target in table.items() if isinstance(target, str))
    for name, target in _table(poetry, "scripts").items():
        if isinstance(target, str):
            yield name, target


def _setup(manifest: str, text: str) -> Iterator[tuple[str, str]]:
    """The commands of setup.cfg, or what looks like a list of them in setup.py."""
    if manifest == "setup.cfg":
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(text)
            lists = [
                parser.get("options.entry_points", key, fallback="")
                for key in ("console_scripts", "gui_scripts")
            ]
        except configparser.Error:
            return
    else:
        lists = [text.partition("console_scripts")[2].partition("]")[0].replace(",", "\n")]
    for each in lists:
        for match in _COMMAND.finditer(each):
            yield match.group(1), f"{match.group(2)}:{match.group(3)}"


def _python(view: View, manifest: str, text: str, name: str, target: str) -> Iterator[Entry]:
    module, _, function = target.partition(":")
    rules = view.families.rules(Imports.PYTHON)
    beside = join(dirname(manifest), "__manifest__.py")
    found = (
        rules.resolve(beside, Import(module.strip(), None, None, 0, 0)) if module.strip() else None
    )
    for path in found.files[:1] if found else ():
        line = _line_of(view, path, function.strip().partition(".")[0])
        declared = (manifest, _line_with(text, name, target))
        yield Entry("command", name, path, line, declared)


def _node(view: View, manifest: str, text: str) -> Iterator[Entry]:
    data = parse_json(text)
    commands = data.get("bin")
    own = data.get("name") if isinstance(data.get("name"), str) else ""
    if isinstance(commands, str):
        commands = {str(own).rpartition("/")[2] or dirname(manifest): commands}
    for name, target in commands.items() if isinstance(commands, dict) else ():
        if path := _node_file(view, manifest, target):
            yield Entry("command", str(name), path, 0, (manifest, _line_with(text, name, target)))
    for key in ("main", "module"):
        if path := _node_file(view, manifest, data.get(key)):
            line = _line_with(text, key, str(data[key]))
            yield Entry("main module", str(own or dirname(manifest)), path, 0, (manifest, line))


def _node_file(view: View, manifest: str, target: object) -> str:
    """The indexed file that a manifest names, with or without its suffix; "" for none."""
    if not isinstance(target, str) or not target:
        return ""
    path = normpath(join(dirname(manifest), target))
    tried = (path, f"{path}.js", f"{path}/index.js", f"{path}.ts", f"{path}/index.ts")
    return next((each for each in tried if each in view), "")


def _line_of(view: View, path: str, name: str) -> int:
    """The line on which a file defines a name at its top; 0 if it does not."""
    outline, document = view.outline(path), view.document(path)
    for symbol in outline.symbols if outline and name else ():
        if symbol.name == name and symbol.parent == TOP and document is not None:
            return document.lines.line_of(symbol.name_start) + 1
    return 0


def _line_with(text: str, *parts: str) -> int:
    """The first line with all of some texts, 1-based; 0 for none."""
    for number, line in enumerate(text.split("\n"), 1):
        if all(part in line for part in parts):
            return number
    return 0


def _table(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        value = data.get(key)
        if not isinstance(value, dict):
            return {}
        data = value
    return data
