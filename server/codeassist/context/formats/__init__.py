"""The formats of a pack: one module each, imported on use.

A module has the functions of `codeassist.context.layout.Format`. (JSON is no format of the text: it
is the pack as data, and its text is markdown.)
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from codeassist.context.layout import Format

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "markdown": "codeassist.context.formats.markdown",
        "xml": "codeassist.context.formats.xml",
    }
)


def load(name: str) -> Format:
    """A format by name. Raises KeyError for one that does not exist."""
    return cast(Format, import_module(FORMATS[name]))
