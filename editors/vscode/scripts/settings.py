"""Writes what package.json owes to the server: its settings, its languages, what is restricted.

    python scripts/settings.py write    puts them in
    python scripts/settings.py check    fails with the difference if they are not there

The server's tables are the only source. The group "Server" is the extension's own and stays as it
is written by hand.
"""

import difflib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from codeassist.languages import LANGUAGES
from codeassist.settings.editor import camel
from codeassist.settings.option import Kind, Option, Scope
from codeassist.settings.options import MODELS, NOT_OF_ONE_MODEL, ROUTES, SECTIONS, options

Manifest = dict[str, Any]

PACKAGE = Path(__file__).parents[1] / "package.json"
PREFIX = "codeassist"
OWN_GROUP = "Server"
# Names of ours, or of other editors, that VS Code does not know.
NOT_OF_VSCODE = frozenset({"bash", "cs", "sh", "tsx"})
SCOPES: Mapping[Scope, str] = {Scope.USER: "machine", Scope.REPOSITORY: "resource"}
TYPES: Mapping[Kind, str] = {
    Kind.INTEGER: "integer",
    Kind.BOOLEAN: "boolean",
    Kind.TEXT: "string",
    Kind.TEXTS: "array",
}
# Starting at a language is cheap: nobody waits for the server before it is needed.
ALWAYS_ACTIVE_FOR = ("onView:codeassist.findingsView",)


def schema(option: Option) -> dict[str, Any]:
    """The JSON schema of one option's value, with its description and default."""
    kind: Any = TYPES[option.kind]
    made: dict[str, Any] = {"type": kind if option.default is not None else [kind, "null"]}
    if option.choices:
        nothing = [] if option.default is not None else [None]
        made["enum"] = [*option.choices, *nothing]
    if option.kind is Kind.TEXTS:
        made["items"] = {"type": "string"}
    if option.trait.minimum is not None:
        made["minimum"] = option.trait.minimum
    default = option.default
    made["default"] = list(default) if isinstance(default, tuple) else default
    made["markdownDescription"] = described(option)
    return made


def described(option: Option) -> str:
    """The description, with the default where that is worked out."""
    text = option.trait.description
    worked_out = option.trait.default_text
    return f"{text} Default: {worked_out}." if worked_out else text


def groups() -> Iterator[dict[str, Any]]:
    """The groups of settings, one a section of the server's settings."""
    for order, section in enumerate(SECTIONS):
        properties = {
            f"{PREFIX}.{section}.{camel(option.name)}": schema(option)
            | {"scope": SCOPES[option.trait.scope], "order": place}
            for place, option in enumerate(_of(section))
        }
        if section == "model":
            properties |= named()
        yield {"title": section.capitalize(), "order": order, "properties": properties}


def named() -> dict[str, Any]:
    """The tables of the user's own names: further models, and the models of each task."""
    fields = {
        camel(option.name): schema(option)
        for option in _of("model")
        if option.name not in NOT_OF_ONE_MODEL
    }
    for field in fields.values():
        del field["default"]  # a model that does not say takes the value of [model]
    models = "Further models by names of yours, with the settings of `codeassist.model`."
    routes = "For each task (`docs`, `bugs`, `refactor`, ...), the names of the models to ask."
    one = {"type": "object", "properties": fields, "additionalProperties": False}
    several = {"type": "array", "items": {"type": "string"}}
    return {
        f"{PREFIX}.{MODELS}": _table(models, one),
        f"{PREFIX}.{ROUTES}": _table(routes, several),
    }


def _of(section: str) -> list[Option]:
    return [option for option in options().values() if option.section == section]


def _table(description: str, values: object) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": values,
        "default": {},
        "markdownDescription": description,
        "scope": SCOPES[Scope.USER],
        "order": 100,
    }


def editor_ids() -> list[str]:
    """What VS Code calls the languages that the server knows."""
    names = {name for row in LANGUAGES for name in (row.name, *row.editor_ids)}
    return sorted(names - NOT_OF_VSCODE)


def generated(manifest: Manifest) -> Manifest:
    """The manifest with what the server's tables say."""
    own = [
        group for group in manifest["contributes"]["configuration"] if group["title"] == OWN_GROUP
    ]
    configuration = [*groups(), *own]
    kept = [key for group in configuration for key in _restricted(group["properties"])]
    untrusted = manifest["capabilities"]["untrustedWorkspaces"] | {
        "restrictedConfigurations": sorted(kept)
    }
    return manifest | {
        "activationEvents": [*(f"onLanguage:{name}" for name in editor_ids()), *ALWAYS_ACTIVE_FOR],
        "capabilities": manifest["capabilities"] | {"untrustedWorkspaces": untrusted},
        "contributes": manifest["contributes"] | {"configuration": configuration},
    }


def _restricted(properties: Mapping[str, Any]) -> list[str]:
    return [key for key, value in properties.items() if value["scope"] == "machine"]


def text_of(manifest: Manifest) -> str:
    """package.json as it is written."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def difference() -> str:
    """What is stale in package.json as a diff, "" if nothing is."""
    current = PACKAGE.read_text("utf-8")
    wanted = text_of(generated(json.loads(current)))
    lines = difflib.unified_diff(
        current.splitlines(), wanted.splitlines(), "package.json", "generated", lineterm=""
    )
    return "\n".join(lines)


def write() -> None:
    """Put everything into package.json."""
    manifest = json.loads(PACKAGE.read_text("utf-8"))
    PACKAGE.write_text(text_of(generated(manifest)), "utf-8", newline="\n")


def main(words: list[str]) -> int:
    """The command line: 0 if all is well, 1 if package.json is stale, 2 for another word."""
    if words == ["write"]:
        write()
        return 0
    if words == ["check"]:
        stale = difference()
        sys.stdout.write(stale and f"{stale}\n")
        return 1 if stale else 0
    sys.stderr.write("usage: settings.py write | check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
