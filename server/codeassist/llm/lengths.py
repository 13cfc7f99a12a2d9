"""`maxLength` in schemas: a hint for small models, which may fill a text without end.

Servers that build a grammar of the schema (llama.cpp, vLLM, Ollama) keep to it. OpenAI's strict
subset does not know it, and a longer answer is no wrong one, so it is left out everywhere else.
"""

from collections.abc import Mapping
from typing import Any

HINT = "maxLength"


def without_lengths(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without the hint, also in what is inside of it. Its order stays."""
    return {name: _plain(value) for name, value in schema.items() if name != HINT}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        # A property may be called as the hint is.
        return {
            name: _plain(each)
            for name, each in value.items()
            if name != HINT or isinstance(each, Mapping)
        }
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
