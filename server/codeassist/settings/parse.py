"""A TOML text to a layer of checked values. Unknown keys and wrong types are errors.

Does not read files: the text may come from the disk or from a revision.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from codeassist.base.errors import ConfigurationError
from codeassist.settings.key_lines import line_of
from codeassist.settings.layers import Layer, Origin, Value
from codeassist.settings.option import Option, Scope
from codeassist.settings.options import (
    MODELS,
    NOT_OF_ONE_MODEL,
    ROUTES,
    SECTIONS,
    named_option,
    options,
)
from codeassist.settings.values import checked

_WHERE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_NEAR = 0.75  # a letter or two off; with less, unrelated names are suggested
_KEY_NAMES = frozenset({"api_key", "apikey", "key", "token", "secret"})


@dataclass(frozen=True, slots=True)
class Source:
    """A settings text. `name` is what messages call it; `table` leads to codeassist's part."""

    name: str
    text: str
    origin: Origin
    table: tuple[str, ...] = ()
    user_file: str = ""


@dataclass
class _Reading:
    """The state of one run."""

    source: Source
    values: dict[str, Value] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def place(self, *path: str) -> str:
        line = line_of(self.source.text, (*self.source.table, *path))
        return f"{self.source.name}:{line}" if line else self.source.name


def parse(source: Source) -> Layer:
    """The layer that a text sets. Raises ConfigurationError with file and line."""
    reading = _Reading(source)
    for section, content in own_table(source).items():
        if section in (MODELS, ROUTES):
            _named(reading, section, content)
            continue
        if section not in SECTIONS:
            raise _unknown_section(reading, section, content)
        if not isinstance(content, dict):
            place = reading.place(section)
            raise ConfigurationError(
                f"{place}: `{section}` must be a table", f"write [{section}] above its keys"
            )
        for name, value in content.items():
            _set(reading, section, name, value)
    return Layer(source.origin, reading.values, source.name, tuple(reading.warnings))


def _named(reading: _Reading, section: str, content: object) -> None:
    """[models.NAME] and [routes], whose keys the user makes up."""
    place = reading.place(section)
    if not isinstance(content, dict):
        raise ConfigurationError(f"{place}: `{section}` must be a table", f"write [{section}]")
    if reading.source.origin is Origin.REPOSITORY:
        where = reading.source.user_file or "your own settings file"
        reading.warnings.append(
            f"{place}: [{section}] is ignored: only your own configuration may set it; "
            f"put it in {where}"
        )
        return
    for name, value in content.items():
        if section == ROUTES:
            _set_named(reading, (section, name), "", name, value)
            continue
        if not isinstance(value, dict):
            raise ConfigurationError(
                f"{reading.place(section, name)}: `{section}.{name}` must be a table",
                f"write [{section}.{name}] above the keys of a model",
            )
        for key, item in value.items():
            _set_named(reading, (section, name, key), name, key, item)


def _set_named(
    reading: _Reading, path: tuple[str, ...], name: str, key: str, value: object
) -> None:
    place = reading.place(*path)
    option = named_option(path[0], name, key)
    if option is None:
        raise _unknown_key(place, ".".join(path[:-1]), key)
    reading.values[".".join(path)] = Value(checked(option, value, place), place)


def own_table(source: Source) -> Mapping[str, Any]:
    """codeassist's part of a text, empty if it has none. Raises ConfigurationError."""
    table: Any = toml(source.name, source.text)
    for part in source.table:
        table = table.get(part, {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        name = ".".join(source.table)
        raise ConfigurationError(f"{source.name}: `{name}` must be a table", f"write [{name}]")
    return table


def toml(name: str, text: str) -> dict[str, Any]:
    """A TOML document. Raises ConfigurationError with line and column."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        place = f"{name}:{where[1]}:{where[2]}" if where and where[1] else name
        reason = message[: where.start()] if where else message
        problem = f"{place}: this is not TOML: {reason}"
    except RecursionError:
        problem = f"{name}: this is nested too deeply"
    raise ConfigurationError(problem, "correct the file, or remove it")


def _set(reading: _Reading, section: str, name: str, value: object) -> None:
    place = reading.place(section, name)
    option = options().get(f"{section}.{name}")
    if option is None:
        raise _unknown_key(place, section, name)
    if reading.source.origin is Origin.REPOSITORY and option.trait.scope is Scope.USER:
        reading.warnings.append(_not_yours(place, option, reading.source.user_file))
        return
    reading.values[option.key] = Value(checked(option, value, place), place)


def _not_yours(place: str, option: Option, user_file: str) -> str:
    return (
        f"{place}: `{option.key}` is ignored: only your own configuration may set it; "
        f"put it in {user_file or 'your own settings file'}"
    )


def _unknown_section(reading: _Reading, section: str, content: object) -> ConfigurationError:
    place = reading.place(section)
    if not isinstance(content, dict):
        return _unknown_key(place, "", section)
    known = (*SECTIONS, MODELS, ROUTES)
    near = get_close_matches(section, known, n=1)
    names = ", ".join(f"[{name}]" for name in known)
    remedy = f"did you mean [{near[0]}]?" if near else f"the sections are {names}"
    return ConfigurationError(f"{place}: there is no section [{section}]", remedy)


def _unknown_key(place: str, section: str, name: str) -> ConfigurationError:
    key = f"{section}.{name}" if section else name
    if name.lower() in _KEY_NAMES:
        remedy = (
            "keys are never read from files; set OPENAI_API_KEY in the environment, or name your "
            "own variable in key_variable"
        )
    elif near := _nearest(section, name):
        remedy = f"did you mean `{near}`?"
    elif section.startswith(f"{MODELS}."):
        named = {each.name: None for each in options().values() if each.section == "model"}
        known = (each for each in named if each not in NOT_OF_ONE_MODEL)
        remedy = f"the keys of a model are {', '.join(known)}"
    elif section:
        keys = (option.name for option in options().values() if option.section == section)
        remedy = f"the keys of [{section}] are {', '.join(keys)}"
    else:
        remedy = f"the sections are {', '.join(f'[{name}]' for name in SECTIONS)}"
    return ConfigurationError(f"{place}: there is no setting `{key}`", remedy)


def _nearest(section: str, name: str) -> str:
    """The option whose key, or whose name in any section, is nearest to what was written."""
    name = name.replace("-", "_")
    by_key = {key: key for key in options()}
    # Where two sections have a key of the same name, the first is meant.
    by_name = {option.name: key for key, option in reversed(list(options().items()))}
    for written, table in ((f"{section}.{name}", by_key), (name, by_name)):
        if near := get_close_matches(written, table, n=1, cutoff=_NEAR):
            return table[near[0]]
    return ""
