"""A pack in tags, for models that are asked in them. Code stays as it is, so it is not valid XML.

A tag's name gets a number where the content has the plain one's end in it.
"""

from html import escape

from codeassist.context.source import visible


def overview(text: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return _element("repository", "", text)


def opening(legend: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return _element("legend", "", legend)


def file(path: str, language: str, body: str) -> str:
    """See `codeassist.context.layout.Format`."""
    kind = f' language="{_attribute(language)}"' if language else ""
    return _element("file", f' path="{_attribute(path)}"{kind}', body)


def focus(title: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return f'<focus at="{_attribute(title)}"/>'


def request(text: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return _element("task", "", text)


def _element(name: str, attributes: str, text: str) -> str:
    tag, number = name, 1
    lowered = text.lower()
    while f"</{tag}" in lowered:
        number += 1
        tag = f"{name}-{number}"
    return f"<{tag}{attributes}>\n{text}\n</{tag}>"


def _attribute(text: str) -> str:
    return escape(visible(text), quote=True)
