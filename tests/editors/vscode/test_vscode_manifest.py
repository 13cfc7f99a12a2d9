"""package.json agrees with the server's tables and with itself."""

import importlib.util
import json
import re
import sys
from importlib.metadata import version
from types import ModuleType
from typing import Any

import pytest
from vscode_tools import EXTENSION

from codeassist.settings.option import Kind, Scope
from codeassist.settings.options import options


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """editors/vscode/scripts/settings.py."""
    path = EXTENSION / "scripts" / "settings.py"
    spec = importlib.util.spec_from_file_location("vscode_settings", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["vscode_settings"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """package.json."""
    found: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def properties(manifest: dict[str, Any]) -> dict[str, Any]:
    """All settings by key."""
    groups = manifest["contributes"]["configuration"]
    return {key: value for group in groups for key, value in group["properties"].items()}


def test_what_is_generated_is_not_stale(generator: ModuleType) -> None:
    stale = generator.difference()
    assert stale == "", "run editors/vscode/scripts/settings.py write"


def test_writing_twice_changes_nothing(generator: ModuleType, manifest: dict[str, Any]) -> None:
    once = generator.generated(manifest)
    assert generator.text_of(generator.generated(once)) == generator.text_of(once)


def test_a_setting_that_is_gone_is_stale(generator: ModuleType, manifest: dict[str, Any]) -> None:
    old = json.loads(json.dumps(manifest))
    old["contributes"]["configuration"][0]["properties"]["codeassist.review.gone"] = {
        "type": "string",
        "scope": "resource",
    }
    assert generator.generated(old) == manifest


@pytest.mark.parametrize("key", options())
def test_every_setting_of_the_server_is_there(key: str, properties: dict[str, Any]) -> None:
    option = options()[key]
    section, _, name = key.partition(".")
    camel = re.sub(r"_([a-z])", lambda match: match[1].upper(), name)
    found = properties[f"codeassist.{section}.{camel}"]
    assert option.trait.description in found["markdownDescription"]
    is_harmless = option.trait.scope is Scope.REPOSITORY
    assert found["scope"] == ("resource" if is_harmless else "machine")
    if option.choices:
        assert set(option.choices) <= set(found["enum"])
    assert ("items" in found) == (option.kind is Kind.TEXTS)


def test_no_workspace_chooses_where_code_is_sent_or_what_is_run(
    properties: dict[str, Any],
) -> None:
    by_workspace = {key for key, value in properties.items() if value["scope"] != "machine"}
    allowed = {
        "codeassist." + re.sub(r"_([a-z])", lambda match: match[1].upper(), key)
        for key, option in options().items()
        if option.trait.scope is Scope.REPOSITORY
    }
    assert by_workspace == allowed | {"codeassist.trace.server"}


def test_what_is_the_machines_is_restricted_in_an_untrusted_workspace(
    manifest: dict[str, Any], properties: dict[str, Any]
) -> None:
    untrusted = manifest["capabilities"]["untrustedWorkspaces"]
    machine = {key for key, value in properties.items() if value["scope"] == "machine"}
    assert set(untrusted["restrictedConfigurations"]) == machine


def test_what_is_not_supported_is_declared(manifest: dict[str, Any]) -> None:
    capabilities = manifest["capabilities"]
    assert capabilities["untrustedWorkspaces"]["supported"] == "limited"
    assert capabilities["virtualWorkspaces"]["supported"] is False
    assert all(each["description"] for each in capabilities.values())
    assert manifest["extensionKind"] == ["workspace"]  # where the files are, with a remote too


def test_menus_keys_and_pages_name_commands_that_exist(manifest: dict[str, Any]) -> None:
    contributes = manifest["contributes"]
    commands = {each["command"] for each in contributes["commands"]}
    used = {
        entry["command"]
        for entries in contributes["menus"].values()
        for entry in entries
        if "command" in entry
    } | {each["command"] for each in contributes["keybindings"]}
    texts = json.dumps([contributes["viewsWelcome"], contributes["walkthroughs"]])
    linked = set(re.findall(r"(?:command|onCommand):(codeassist\.\w+)", texts))
    assert used | linked <= commands


def test_every_key_says_when(manifest: dict[str, Any]) -> None:
    keys = manifest["contributes"]["keybindings"]
    assert len(keys) == 2
    assert all("editorTextFocus" in each["when"] for each in keys)


def test_the_pages_of_the_walkthrough_exist(manifest: dict[str, Any]) -> None:
    (walkthrough,) = manifest["contributes"]["walkthroughs"]
    for step in walkthrough["steps"]:
        assert (EXTENSION / step["media"]["markdown"]).is_file()


def test_the_version_is_the_servers(manifest: dict[str, Any]) -> None:
    assert manifest["version"] == version("codeassist")


def test_the_readme_names_every_command(manifest: dict[str, Any]) -> None:
    text = (EXTENSION / "README.md").read_text("utf-8")
    hidden = {"codeassist.menu"}  # it is the item in the status bar
    for each in manifest["contributes"]["commands"]:
        shown = each["command"] not in hidden and ".findings." not in each["command"]
        if shown and not each["command"].endswith(("accept", "discard")):
            assert each["title"].removesuffix("...") in text, each["title"]
