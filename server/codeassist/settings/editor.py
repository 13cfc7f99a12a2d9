"""The layer of an editor: its settings as JSON, nested as in codeassist.toml, in camelCase.

An editor's settings are typed by hand and change at any time, so nothing here raises: what is wrong
is left out, and said in a warning.
"""

import re
from collections.abc import Iterator, Mapping

from codeassist.base.errors import ConfigurationError
from codeassist.settings.layers import Layer, Origin, Value
from codeassist.settings.option import Option
from codeassist.settings.options import MODELS, ROUTES, SECTIONS, named_option, options
from codeassist.settings.values import checked

EDITOR_SECTION = "codeassist"
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


def editor_layer(given: Mapping[str, object]) -> Layer:
    """The values of an editor's section `codeassist`. A value of None or "" means "not set"."""
    values: dict[str, Value] = {}
    warnings: list[str] = []
    for path, value in _leaves(given):
        place = ".".join((EDITOR_SECTION, *path))
        option = _option(path)
        if value is None or value == "":
            continue
        if option is None:
            warnings.append(f"{place} means nothing to this version of codeassist")
            continue
        try:
            values[f"{option.section}.{option.name}"] = Value(checked(option, value, place), place)
        except ConfigurationError as error:
            text = f"{error.message}: {error.remedy}" if error.remedy else error.message
            warnings.append(text.replace(f"`{option.key}`", "this"))
    return Layer(Origin.EDITOR, values, "", tuple(warnings))


def camel(name: str) -> str:
    """A setting's name as editors write it: `base_url` is `baseUrl`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _leaves(given: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], object]]:
    """(section, …, name) and value of everything that is set; names of models stay as they are."""
    for section, content in given.items():
        if not isinstance(content, Mapping) or section not in (*SECTIONS, MODELS, ROUTES):
            # Editors keep settings of their own beside ours (the server's path, its trace, …).
            continue
        for name, value in content.items():
            if section == MODELS and isinstance(value, Mapping):
                yield from (((section, name, _snake(key)), item) for key, item in value.items())
            else:
                yield (section, name if section == ROUTES else _snake(name)), value


def _option(path: tuple[str, ...]) -> Option | None:
    if path[0] == MODELS:
        return named_option(MODELS, path[1], path[2]) if len(path) == 3 else None
    if path[0] == ROUTES:
        return named_option(ROUTES, "", path[1])
    return options().get(".".join(path))


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda match: f"_{match[1].lower()}", name)
