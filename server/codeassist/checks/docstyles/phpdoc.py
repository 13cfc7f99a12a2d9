"""PHPDoc: `@param type $name text`. Source: the PSR-19 tag catalogue."""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read
from codeassist.checks.docstyles.tags import last_block

_NAME = re.compile(r"[^$\n]*?\$(?P<name>\w+)")


def parse(text: str) -> Documented:
    """The tags of the last PHPDoc block."""
    offset, block = last_block(text)
    return read(block, offset, _NAME)
