"""How each style writes documentation: one file a style, the inverse of `checks.docstyles`.

A style has `lines(content, layout, width)`, the whole text without decoration, and
`entry(part, item, layout, width)`, one entry of it, which a repair puts among others. Both escape
what their form would take for a mark of its own. `frames` puts the decoration around.
"""

from importlib import import_module
from typing import Protocol, cast

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout

# Style → module, for every style that `checks.docstyles` reads, and those that have no entries.
WRITERS: dict[str, str] = {
    "google": "codeassist.tasks.docs.styles.google",
    "numpy": "codeassist.tasks.docs.styles.numpy",
    "sphinx": "codeassist.tasks.docs.styles.sphinx",
    "jsdoc": "codeassist.tasks.docs.styles.jsdoc",
    "tsdoc": "codeassist.tasks.docs.styles.tsdoc",
    "javadoc": "codeassist.tasks.docs.styles.javadoc",
    "scaladoc": "codeassist.tasks.docs.styles.scaladoc",
    "kdoc": "codeassist.tasks.docs.styles.kdoc",
    "phpdoc": "codeassist.tasks.docs.styles.phpdoc",
    "doxygen": "codeassist.tasks.docs.styles.doxygen",
    "xmldoc": "codeassist.tasks.docs.styles.xmldoc",
    "rustdoc": "codeassist.tasks.docs.styles.rustdoc",
    "yard": "codeassist.tasks.docs.styles.yard",
    "ldoc": "codeassist.tasks.docs.styles.ldoc",
    "swiftdoc": "codeassist.tasks.docs.styles.swiftdoc",
    "plain": "codeassist.tasks.docs.styles.plain",
}

# A language's styles; Python's is found out, every other language has one.
STYLE_OF: dict[str, str] = {
    "python": "google",
    "javascript": "jsdoc",
    "typescript": "tsdoc",
    "tsx": "tsdoc",
    "go": "plain",
    "java": "javadoc",
    "rust": "rustdoc",
    "c": "doxygen",
    "cpp": "doxygen",
    "csharp": "xmldoc",
    "ruby": "yard",
    "php": "phpdoc",
    "bash": "plain",
    "kotlin": "kdoc",
    "swift": "swiftdoc",
    "scala": "scaladoc",
    "lua": "ldoc",
}


class Writer(Protocol):
    """A style's module."""

    def lines(self, content: Content, layout: Layout, width: int) -> list[str]:
        """The text of a definition's documentation, in lines without decoration."""
        ...

    def entry(self, part: Part, item: Item, layout: Layout, width: int) -> list[str]:
        """One entry, its first line at the entries' own indentation."""
        ...


def writer(style: str) -> Writer:
    """The module of a style. Raises KeyError for an unknown one."""
    return cast("Writer", import_module(WRITERS[style]))
