"""The page of a code in Markdown: of a check, or of what a model supposes."""

from collections.abc import Mapping
from types import MappingProxyType

from codeassist.checks import CHECKS, explanation
from codeassist.engine.explain import explain

_SUPPOSED: Mapping[str, str] = MappingProxyType(
    {
        "CH101": """# CH101 bug-hypothesis

A model that was asked to look for bugs supposes that this code goes wrong. That is no proof.

**How it knows.** The model quoted the code, which was found to exist, and named an input for which
it goes wrong. It was asked a second time to refute that, and did not. The confidence is the
model's own.

**What to do.** Try the input. Where the code is right after all, forget the hypothesis; it goes by
itself when the code that it quotes changes.
""",
        "CH201": """# CH201 review-finding

A model that was asked to review a change says this of it. That is no proof.

**How it knows.** The model quoted the changed code, which was found to exist at this place. Where
the quote leads to no one line, the finding is of the file as a whole, and says why. The facts that
codeassist proves have codes of their own, which begin with CA.

**What to do.** Read it as a colleague's remark: look at the code, and decide.
""",
    }
)


def page_of(code: str) -> str | None:
    """The page of a code as findings have it, None for one that has none. Cheap."""
    if code in CHECKS:
        return explanation(code)
    return _SUPPOSED.get(code)


def page(code: str) -> tuple[str, str]:
    """A code and its page, for a code in any case or the name of a check.

    Raises UsageError that suggests near ones.
    """
    wanted = code.strip().upper()
    text = page_of(wanted)
    if text is not None:
        return wanted, text
    found = explain(code)
    return found.code, found.explanation
