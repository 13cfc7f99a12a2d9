r"""Doxygen: `@param[in] name text` or `\param name text`. Source: Doxygen's manual, "\param"."""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read

_NAME = re.compile(r"[ \t]*(?:\[[^\]\n]*\])?[ \t]+(?P<name>[A-Za-z_]\w*)(?![ \t]*,|[\w.:>-])")


def parse(text: str) -> Documented:
    """The tags of a Doxygen comment, of any of its comment forms."""
    return read(text, 0, _NAME)
