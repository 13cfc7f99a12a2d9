"""Findings to text: the room's public face.

A format is one module in `formats/` with a function `render(report, options) -> str`, and one line
in FORMATS. This room writes no file and no stream, and decides no exit code.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from codeassist.base.errors import UsageError
from codeassist.base.findings import Report
from codeassist.render.options import (
    Colour,
    EvidenceDetail,
    Explanations,
    Hyperlinks,
    RenderOptions,
)

__all__ = [
    "FORMATS",
    "Colour",
    "EvidenceDetail",
    "Explanations",
    "Hyperlinks",
    "RenderOptions",
    "render",
]

# In the order in which `--help` lists them. Imported on use, so that a format costs nothing until
# it is asked for.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "codeassist.render.formats.text:render",
        "json": "codeassist.render.formats.json:render",
        "sarif": "codeassist.render.formats.sarif:render",
        "rdjson": "codeassist.render.formats.rdjson:render",
        "markdown": "codeassist.render.formats.markdown:render",
        "gitlab": "codeassist.render.formats.gitlab:render",
        "github": "codeassist.render.formats.github:render",
    }
)


def render(name: str, report: Report, options: RenderOptions | None = None) -> str:
    """A report in the format `name`, ending with a line feed, encodable as UTF-8.

    Raises UsageError for a name that is not in FORMATS.
    """
    target = FORMATS.get(name)
    if target is None:
        raise UsageError(f"unknown output format: {name}", f"use one of: {', '.join(FORMATS)}")
    module, _, function = target.partition(":")
    text: str = getattr(import_module(module), function)(report, options or RenderOptions())
    return text
