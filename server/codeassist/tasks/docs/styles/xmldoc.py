"""C#'s XML documentation: `<summary>`, `<param name="x">`, `<returns>`, `<exception cref="X">`."""

from xml.sax.saxutils import escape, quoteattr

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.prose import wrap
from codeassist.tasks.docs.styles.common import marked, with_default


def inline(text: str) -> str:
    """Prose as XML."""
    return marked(text, escape, lambda piece: f"<c>{escape(piece)}</c>")


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The elements in their usual order."""
    summary = inline(content.summary)
    lone = f"<summary>{summary}</summary>"
    if layout.second_line or len(lone) > width:
        found = ["<summary>", *wrap(summary, width), "</summary>"]
    else:
        found = [lone]
    for part in ("parameters", "returns", "yields", "raises"):
        for item in content.of(part) if part in layout.parts else ():
            found += entry(part, item, layout, width)
    if content.description:
        found.append("<remarks>")
        for number, paragraph in enumerate(content.description):
            text = inline(paragraph)
            found += wrap(f"<para>{text}</para>" if number else text, width)
        found.append("</remarks>")
    return found


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """One element."""
    text = inline(with_default(item))
    if part in ("returns", "yields"):
        return wrap(f"<returns>{text}</returns>", width)
    if part == "raises":
        return wrap(f"<exception cref={quoteattr(item.name)}>{text}</exception>", width)
    return wrap(f"<param name={quoteattr(item.name)}>{text}</param>", width)
