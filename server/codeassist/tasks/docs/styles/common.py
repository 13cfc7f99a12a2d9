"""What several styles share: which type is shown, what is said of a default, entries in tags."""

from collections.abc import Callable

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout, Types
from codeassist.tasks.docs.prose import split_code, wrap

NO_WORDS = "The result."  # of a result of which nothing is known
MAX_DEFAULT = 40  # characters; a longer one is read in the signature

# Tags about a class's attributes are not written: most languages document each by itself.
TAGGED: tuple[Part, ...] = ("parameters", "returns", "yields", "raises")

Inline = Callable[[str], str]
Entry = Callable[[Part, Item, Layout, int], list[str]]


def shown_type(item: Item, layout: Layout) -> str:
    """The type that documentation repeats, "" where it does not."""
    if item.type is None or layout.types is Types.NEVER:
        return ""
    if layout.types is Types.UNDECLARED and not item.inferred:
        return ""
    return " ".join(item.type.split())


def default_of(item: Item) -> str:
    """The default on one line, "" where there is none worth telling."""
    text = " ".join((item.default or "").split())
    return text if len(text) <= MAX_DEFAULT and "`" not in text else ""


def with_default(item: Item) -> str:
    """An entry's text, and its default where the text does not speak of one."""
    default = default_of(item)
    if not default or "default" in item.text.lower():
        return item.text
    return f"{item.text} Defaults to `{default}`.".strip()


def marked(text: str, plain: Inline, code: Inline) -> str:
    """A text with its prose and its code escaped and marked, each in a style's own way."""
    return "".join(code(piece) if is_code else plain(piece) for is_code, piece in split_code(text))


def hung(head: str, text: str, width: int, rest: str) -> list[str]:
    """ "head text", wrapped, with `rest` before every line but the first."""
    if not text:
        return [head.rstrip()]
    return wrap(text, width, f"{head.rstrip()} " if head else "", rest)


def prose_lines(
    content: Content, inline: Inline, width: int, head: str = "", lead: str = ""
) -> list[str]:
    """The summary after `head`, and each paragraph of the description after `lead`."""
    lines = hung(head, inline(content.summary), width, "") if content.summary else []
    for paragraph in content.description:
        lines += ["", *wrap(lead + inline(paragraph), width)]
    return lines


def tagged_lines(
    content: Content,
    layout: Layout,
    width: int,
    inline: Inline,
    entry: Entry,
    lead: str = "",
) -> list[str]:
    """The form of most styles: text, perhaps a blank line, then a tag for each entry."""
    lines = prose_lines(content, inline, width, layout.brief, lead)
    tags = [
        line
        for part in TAGGED
        if part in layout.parts
        for item in content.of(part)
        for line in entry(part, item, layout, width)
    ]
    if tags and lines and (layout.gap or content.description):
        lines.append("")
    return lines + tags
