"""The table of options, derived from the schema once a process."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from codeassist.settings.option import Kind, Option
from codeassist.settings.schema import (
    CacheConfig,
    IndexConfig,
    ModelConfig,
    ReviewConfig,
    Settings,
)

# In the order in which `codeassist config` and the settings pages show them.
SECTIONS: Mapping[str, type] = MappingProxyType(
    {"review": ReviewConfig, "index": IndexConfig, "cache": CacheConfig, "model": ModelConfig}
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
    kinds: dict[object, Kind] = {int: Kind.INTEGER, tuple[str, ...]: Kind.TEXTS}
    kind = Kind.TEXT if choices else kinds.get(hint, Kind.TEXT)
    default = None if item.default is MISSING else item.default
    return Option(section, item.name, kind, item.metadata["trait"], default, choices)
