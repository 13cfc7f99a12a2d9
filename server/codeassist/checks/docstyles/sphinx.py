"""Sphinx's style: `:param type name:`, `:raises X:`, `:returns:`.

Source: Sphinx's documentation, "Info field lists".
"""

import re

from codeassist.checks.docstyles.documented import Documented, Entry

_FIELD = re.compile(
    r"""^[ \t]*(?:["']{1,3})?:(?: (?:param|parameter|arg|argument|key|keyword)[ \t]+
                (?:[^:\n]*?[ \t])?\\?\*{0,2}(?P<parameter>\w+)
              | (?:raises|raise|except|exception)[ \t]+(?P<exception>[A-Za-z_][\w.]*)
              | (?P<returns>returns?) )[ \t]*:[ \t]*(?P<text>[^\n]*)""",
    re.VERBOSE | re.MULTILINE,
)


def parse(text: str) -> Documented:
    """The fields of a docstring in Sphinx's style."""
    parameters: list[Entry] = []
    raises: list[Entry] = []
    returns: int | None = None
    for match in _FIELD.finditer(text):
        if match["parameter"]:
            name, at = match["parameter"], match.start("parameter")
            parameters.append(Entry(name, at, match["text"]))
        elif match["exception"]:
            raises.append(Entry(match["exception"], match.start("exception"), match["text"]))
        elif not match["text"].startswith(("None", "nothing")):
            returns = match.start("returns")
    return Documented(tuple(parameters), tuple(raises), returns)
