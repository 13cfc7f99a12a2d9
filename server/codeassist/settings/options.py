"""The table of options, derived from the schema once a process."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from codeassist.settings.editor_schema import EditorSettings
from codeassist.settings.model_schema import (
    EditSettings,
    LimitSettings,
    ModelSettings,
    PromptSettings,
)
from codeassist.settings.option import Form, Kind, Option, Scope, Trait
from codeassist.settings.schema import CacheConfig, IndexConfig, ReviewConfig, Settings

# In the order in which `codeassist config` and the settings pages show them.
SECTIONS: Mapping[str, type] = MappingProxyType(
    {
        "review": ReviewConfig,
        "index": IndexConfig,
        "cache": CacheConfig,
        "model": ModelSettings,
        "limits": LimitSettings,
        "edits": EditSettings,
        "prompts": PromptSettings,
        "editor": EditorSettings,
    }
)


@cache
def options() -> Mapping[str, Option]:
    """All options by dotted key, in the order of the sections and their fields."""
    table = {
        f"{section}.{item.name}": _option(section, item, get_type_hints(config)[item.name])
        for section, config in SECTIONS.items()
        for item in fields(config)
    }
    return MappingProxyType(table)


# Tables of the user's own names: [models.NAME] has the keys of [model] but for those that are not
# about one model, and [routes] has one list of models a task.
MODELS, ROUTES = "models", "routes"
NOT_OF_ONE_MODEL = frozenset({"offline", "keep_answers"})
ROUTE = Option(
    ROUTES,
    "task",
    Kind.TEXTS,
    Trait("The models that a task asks, in order.", Scope.USER, Form.MODEL),
    (),
)


def named_option(section: str, name: str, key: str) -> Option | None:
    """The option behind `[models.NAME] key` or `[routes] key`, None if there is none."""
    if section == ROUTES:
        return replace(ROUTE, name=key)
    base = None if key in NOT_OF_ONE_MODEL else options().get(f"model.{key}")
    return replace(base, section=f"{MODELS}.{name}") if base is not None else None


def with_sections(values: Mapping[str, object]) -> dict[str, Any]:
    """Values by dotted key as the sections that `Settings` is made of."""
    return {
        section: config(
            **{
                item.name: values[f"{section}.{item.name}"]
                for item in fields(config)
                if f"{section}.{item.name}" in values
            }
        )
        for section, config in SECTIONS.items()
    }


def value_of(settings: Settings, option: Option) -> object:
    """An option's value in force."""
    return getattr(getattr(settings, option.section), option.name)


def _option(section: str, item: Field[Any], hint: object) -> Option:
    if get_origin(hint) is UnionType:  # `int | None`: absence is only ever the default
        hint = next(part for part in get_args(hint) if part is not type(None))
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    kinds: dict[object, Kind] = {int: Kind.INTEGER, bool: Kind.BOOLEAN, tuple[str, ...]: Kind.TEXTS}
    kind = Kind.TEXT if choices else kinds.get(hint, Kind.TEXT)
    default = None if item.default is MISSING else item.default
    return Option(section, item.name, kind, item.metadata["trait"], default, choices)
