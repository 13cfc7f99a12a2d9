"""Loads settings from all layers. The only file that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from codeassist.base.errors import ConfigurationError
from codeassist.llm.config import GatewayConfig
from codeassist.settings.editor import editor_layer
from codeassist.settings.keys import KEY_VARIABLES, OWN_KEY, gateway
from codeassist.settings.layers import Layer, Layers, Origin, Value
from codeassist.settings.model_schema import EditSettings
from codeassist.settings.named import named_tables
from codeassist.settings.option import PREFIX, Option
from codeassist.settings.options import options, with_sections
from codeassist.settings.parse import Source, parse
from codeassist.settings.pipeline import Change, github, gitlab
from codeassist.settings.schema import Settings
from codeassist.settings.sources import (
    read,
    read_repository,
    repository_layer,
    repository_root,
)
from codeassist.settings.values import checked, from_text

USER_FILE_VARIABLE = "CODEASSIST_CONFIG"
DEBUG_VARIABLE = "CODEASSIST_DEBUG"
_OTHER_VARIABLES = frozenset({USER_FILE_VARIABLE, DEBUG_VARIABLE, *KEY_VARIABLES})
_OFF = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the environment says of terminals and debugging; no setting, since no file has it."""

    debug: bool = False
    no_color: bool = False
    force_color: bool = False
    dumb_terminal: bool = False


def load(
    start: str | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    repository_text: Mapping[str, str] | None = None,
    editor: Mapping[str, object] | None = None,
    key: str = "",
) -> Settings:
    """The settings for a path in a repository. Raises ConfigurationError.

    `start` is any file or folder of the repository; None leaves the repository's files out.
    `repository_text` is the text of the repository's files by name, instead of those on disk.
    `flags` are values by dotted key, where None and () mean "not given". `editor` is what an editor
    has of ours, and `key` the key that it hands over for the address of [model].
    """
    environ = os.environ if environ is None else environ
    user_file, user = _user_layer(environ)
    if repository_text is None:
        repository_text = read_repository(repository_root(start)) if start is not None else {}
    layers = (
        repository_layer(repository_text, user_file),
        user,
        _environment_layer(environ),
        editor_layer(editor or {}),
        _flag_layer(flags or {}),
    )
    return _settings(Layers(layers, user_file), key)


def with_repository(
    settings: Settings, repository_text: Mapping[str, str], state: str = ""
) -> Settings:
    """The same settings with other text for the repository's files, such as a base revision's.

    `repository_text` has the names of REPOSITORY_FILES, and only those that exist; `state` is what
    messages call the state that it comes from. Raises ConfigurationError.
    """
    layer = repository_layer(repository_text, settings.layers.user_file, state)
    return _settings(settings.layers.with_layer(layer), settings.key)


def surroundings(environ: Mapping[str, str] | None = None) -> Surroundings:
    """What the environment says of colour and debugging (no-color.org, force-color.org)."""
    environ = os.environ if environ is None else environ
    return Surroundings(
        debug=environ.get(DEBUG_VARIABLE, "").lower() not in _OFF,
        no_color=environ.get("NO_COLOR", "") != "",
        force_color=environ.get("FORCE_COLOR", "").lower() not in _OFF,
        dumb_terminal=environ.get("TERM", "") == "dumb",
    )


def gateway_config(
    settings: Settings, repository: str = "", environ: Mapping[str, str] | None = None
) -> GatewayConfig:
    """What the gateway has to be told; see `settings.keys` for whose key goes where.

    `repository` is what the ledger calls the place that is worked on.
    """
    environ = os.environ if environ is None else environ
    if settings.key:
        environ = {**environ, OWN_KEY: settings.key}
    return gateway(settings, environ, repository)


def pipeline_change(kind: Literal["github", "gitlab"]) -> Change:
    """The pull or merge request that a pipeline runs for. Raises UsageError where there is none."""
    return (github if kind == "github" else gitlab)(os.environ)


def facts_alone(settings: Settings) -> Settings:
    """The same settings where nothing may be sent and no command run: an untrusted workspace."""
    model = replace(settings.model, offline=True)
    return replace(settings, model=model, edits=EditSettings())


def _settings(layers: Layers, key: str) -> Settings:
    winners = {key: layers.winner(key) for key in options()}
    values = {key: winner[1].value for key, winner in winners.items() if winner}
    models, routes = named_tables(layers)
    return Settings(**with_sections(values), models=models, routes=routes, layers=layers, key=key)


def _user_layer(environ: Mapping[str, str]) -> tuple[str, Layer]:
    """The user's file and its layer; the file of CODEASSIST_CONFIG has to exist."""
    named = environ.get(USER_FILE_VARIABLE)
    path = os.path.expanduser(named) if named else _default_user_file()
    if not os.path.exists(path):
        if named:
            raise ConfigurationError(
                f"{USER_FILE_VARIABLE} names {path}, which does not exist",
                f"correct or unset {USER_FILE_VARIABLE}",
            )
        return path, Layer(Origin.USER)
    return path, parse(Source(path, read(path), Origin.USER))


def _default_user_file() -> str:
    from platformdirs import user_config_path

    return str(user_config_path("codeassist", appauthor=False) / "config.toml")


def _environment_layer(environ: Mapping[str, str]) -> Layer:
    by_variable = {option.variable: option for option in options().values()}
    values: dict[str, Value] = {}
    warnings: list[str] = []
    for name in sorted(name for name in environ if name.startswith(PREFIX)):
        option = by_variable.get(name)
        if option is not None and environ[name].strip():  # CI systems set what is not given to ""
            values[option.key] = Value(from_text(option, environ[name], name), name)
        elif option is None and name not in _OTHER_VARIABLES:
            warnings.append(_unknown_variable(name, by_variable))
    return Layer(Origin.ENVIRONMENT, values, "", tuple(warnings))


def _unknown_variable(name: str, by_variable: Mapping[str, Option]) -> str:
    near = get_close_matches(name, [*by_variable, *_OTHER_VARIABLES], n=1, cutoff=0.8)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"the environment variable {name} means nothing to codeassist{hint}"


def _flag_layer(flags: Mapping[str, object]) -> Layer:
    values: dict[str, Value] = {}
    for key, value in flags.items():
        if value is not None and value != ():
            option = options()[key]
            values[key] = Value(checked(option, value, option.flag), option.flag)
    return Layer(Origin.FLAG, values)
