"""YARD: `@param name [Type] text` or `@param [Type] name text`. Source: YARD's tag overview."""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read

_NAME = re.compile(r"[ \t]+(?:\[[^\]\n]*\][ \t]+)?[*&]{0,2}(?P<name>[a-z_]\w*)")


def parse(text: str) -> Documented:
    """The tags of a run of Ruby comments."""
    return read(text, 0, _NAME)
