"""LDoc and LuaLS annotations: `@param name text`, `---@param name? type`.

Source: LDoc's manual and the Lua language server's "Annotations".
"""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read

_NAME = re.compile(r"(?:\[[^\]\n]*\])?[ \t]+(?P<name>[A-Za-z_]\w*)(?!\.)")


def parse(text: str) -> Documented:
    """The tags of a run of Lua comments."""
    return read(text, 0, _NAME)
