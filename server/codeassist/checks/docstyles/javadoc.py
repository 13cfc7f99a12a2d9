"""Javadoc and Scaladoc: `@param name text`; `@param <T>` is about a type.

Source: the Documentation Comment Specification for the standard doclet.
"""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read
from codeassist.checks.docstyles.tags import last_block

_NAME = re.compile(r"\s+(?P<name>[A-Za-z_$][\w$]*)")


def parse(text: str) -> Documented:
    """The tags of the last documentation comment."""
    offset, block = last_block(text)
    return read(block, offset, _NAME)
