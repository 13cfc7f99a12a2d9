"""How documentation names parameters, exceptions and results: one file a style.

Each has a `parse(text)` that reads the documentation of one definition, as it stands in the source,
and gives `Documented`. A style reads only what its own guide defines; anything else is no entry.
Knows no code: whether a documented name exists is the check's matter.
"""

from importlib import import_module

from codeassist.checks.docstyles.documented import Documented

# Style → module. Python's three come first: they are told apart by what they find.
STYLES: dict[str, str] = {
    "google": "codeassist.checks.docstyles.google",
    "numpy": "codeassist.checks.docstyles.numpy",
    "sphinx": "codeassist.checks.docstyles.sphinx",
    "jsdoc": "codeassist.checks.docstyles.jsdoc",
    "javadoc": "codeassist.checks.docstyles.javadoc",
    "kdoc": "codeassist.checks.docstyles.kdoc",
    "phpdoc": "codeassist.checks.docstyles.phpdoc",
    "doxygen": "codeassist.checks.docstyles.doxygen",
    "xmldoc": "codeassist.checks.docstyles.xmldoc",
    "rustdoc": "codeassist.checks.docstyles.rustdoc",
    "yard": "codeassist.checks.docstyles.yard",
    "ldoc": "codeassist.checks.docstyles.ldoc",
}

PYTHON_STYLES = ("google", "numpy", "sphinx")

STYLES_OF: dict[str, tuple[str, ...]] = {
    "python": PYTHON_STYLES,
    "javascript": ("jsdoc",),
    "typescript": ("jsdoc",),
    "tsx": ("jsdoc",),
    "java": ("javadoc",),
    "scala": ("javadoc",),
    "kotlin": ("kdoc",),
    "php": ("phpdoc",),
    "c": ("doxygen",),
    "cpp": ("doxygen",),
    "csharp": ("xmldoc",),
    "rust": ("rustdoc",),
    "ruby": ("yard",),
    "lua": ("ldoc",),
}


def documented(language: str, text: str, style: str = "auto") -> Documented:
    """What a definition's documentation says. `style` chooses among Python's; others have one.

    Of several styles the one that finds most is meant.
    """
    styles = STYLES_OF.get(language, ())
    if style in styles:
        styles = (style,)
    found = [_parse(each, text) for each in styles]
    return max(found, key=lambda each: each.count, default=Documented())


def _parse(style: str, text: str) -> Documented:
    parsed: Documented = import_module(STYLES[style]).parse(text)
    return parsed
