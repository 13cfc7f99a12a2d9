"""JSDoc and TSDoc: `@param {type} [name=default] text`, `@param name - text`.

Source: jsdoc.app and tsdoc.org. Entries for members (`options.depth`) are about the parameter that
their first part names, which has an entry of its own, so they are passed over.
"""

import re

from codeassist.checks.docstyles.documented import Documented
from codeassist.checks.docstyles.tagged import read
from codeassist.checks.docstyles.tags import FOREIGN_TAGS, last_block, tags

_NAME = re.compile(r"[ \t]*\[?[ \t]*(?:\.\.\.)?(?P<name>[A-Za-z_$][\w$]*)(?![\w$.]|\[)")
_VARIADIC = re.compile(r"(@(?:param|arg|argument)[ \t]+)\{\.\.\.[^}\n]*\}[ \t]*[\w$]+")


def parse(text: str) -> Documented:
    """The tags of the last JSDoc block."""
    offset, block = last_block(text)
    if any(tag.name in FOREIGN_TAGS - {"template"} for tag in tags(block)):
        return Documented()
    # `{...type} rest` may describe `arguments`, which no signature declares.
    blanked = _VARIADIC.sub(
        lambda each: each.group(1) + " " * len(each.group()[len(each[1]) :]), block
    )
    return read(blanked, offset, _NAME, typed=True)
