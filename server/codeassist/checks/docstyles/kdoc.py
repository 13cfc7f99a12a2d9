"""KDoc: `@param name text` or `@param[name] text`. Source: Kotlin's documentation, "KDoc"."""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read
from codeassist.checks.docstyles.tags import last_block

_NAME = re.compile(r"(?:\[|[ \t]+)(?P<name>[A-Za-z_]\w*)")


def parse(text: str) -> Documented:
    """The tags of the last KDoc block."""
    offset, block = last_block(text)
    return read(block, offset, _NAME)
