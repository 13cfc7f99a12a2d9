"""From content to the text of a comment, and the proof that it says what it should."""

from dataclasses import replace

from codeassist.checks.docstyles import documented
from codeassist.tasks.docs.content import Content
from codeassist.tasks.docs.frames import framed, inner_width
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.place import Place
from codeassist.tasks.docs.styles import writer

_READ_AS = {"tsdoc": "jsdoc", "scaladoc": "javadoc"}
_UNREAD = frozenset({"plain", "swiftdoc", "rustdoc"})  # no parser, or one that reads a part


def documentation(content: Content, layout: Layout, indent: str) -> str:
    """The whole comment, each line after `indent`, without a final line feed."""
    if not layout.full_stop:
        content = replace(content, summary=content.summary.removesuffix("."))
    lines = writer(layout.style).lines(content, layout, inner_width(layout, indent))
    return framed(lines, layout, indent)


def placed(text: str, place: Place) -> str:
    """What replaces the place's range."""
    return f"{place.before}{text}{place.after}"


def is_faithful(language: str, text: str, content: Content, layout: Layout) -> bool:
    """Whether a reader of the style finds exactly the entries that were written.

    A text in which prose looks like an entry of its own is not.
    """
    if layout.style in _UNREAD:
        return True
    says = documented(language, text, _READ_AS.get(layout.style, layout.style))
    wanted = [each.name for each in content.of("parameters") if "parameters" in layout.parts]
    fields = [each.name for each in content.of("attributes") if "attributes" in layout.parts]
    found = [each.name for each in says.parameters if each.name not in fields]
    if layout.style in ("javadoc", "scaladoc", "kdoc", "jsdoc", "tsdoc", "ldoc"):
        wanted = [name for name in wanted if name in found or name.isidentifier()]
    if [name for name in found if name not in wanted]:
        return False
    return len(says.raises) == len(content.of("raises") if "raises" in layout.parts else ())
