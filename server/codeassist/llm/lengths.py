"""`maxLength` and `maxItems` in schemas: hints for small models, which may never find an end.

Servers that build a grammar of the schema (llama.cpp, vLLM, Ollama) keep to them. Not every
service with a strict subset knows them, and a longer answer is no wrong one, so they are left out
everywhere else; tasks take what they want of a long list.
"""

from collections.abc import Mapping
from typing import Any

HINTS = frozenset({"maxLength", "maxItems"})


def without_lengths(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without the hints, also in what is inside of it. Its order stays."""
    return {name: _plain(value) for name, value in schema.items() if name not in HINTS}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        # A property may be called as a hint is.
        return {
            name: _plain(each)
            for name, each in value.items()
            if name not in HINTS or isinstance(each, Mapping)
        }
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
