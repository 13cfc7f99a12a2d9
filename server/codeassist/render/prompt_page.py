"""What would be sent to a model, as a page of Markdown: every message as text, the rest as JSON.

Nothing is left out and nothing is shortened. Code and prompts stand in fences that they cannot
close; hidden characters are visible.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codeassist.render.escape import code_fence, code_span, visible

# The fields of a request that hold its messages, in the protocols that we speak.
_MESSAGES = ("messages", "input")
NOTHING = "This needs no model: nothing would be sent."
Page = tuple[str, str, Mapping[str, Any]]


def prompt_page(pages: Sequence[Page]) -> str:
    """The page for some requests, each a model, an address and a JSON body."""
    if not pages:
        return f"{NOTHING}\n"
    lines = ["# What would be sent", "", "Nothing has been sent."]
    for number, page in enumerate(pages, 1):
        lines += ["", *_request(number, len(pages), page)]
    return "\n".join(lines) + "\n"


def _request(number: int, total: int, page: Page) -> Iterator[str]:
    model, address, body = page
    count = f"Request {number} of {total}" if total > 1 else "The request"
    yield f"## {count}: {code_span(model)} at {code_span(address)}"
    rest = {name: value for name, value in body.items() if name not in _MESSAGES}
    for name in _MESSAGES:
        value = body.get(name)
        if isinstance(value, str):
            yield from ("", f"### {name}", "", *_fenced(value))
        elif isinstance(value, Sequence):
            for message in value:
                yield from _message(message)
        elif value is not None:
            rest[name] = value
    yield from ("", "### Everything else", "", *_fenced(_json(rest)))


def _message(message: object) -> Iterator[str]:
    """A message: its role, its texts, and as JSON whatever else is in it."""
    if not isinstance(message, Mapping):
        yield from ("", "### A message", "", *_fenced(_json(message)))
        return
    yield from ("", f"### {str(message.get('role', 'message')).capitalize()}")
    content = message.get("content")
    parts = [content] if isinstance(content, str) else content
    for part in parts if isinstance(parts, Sequence) else ():
        text = part.get("text") if isinstance(part, Mapping) else part
        yield from ("", *_fenced(text if isinstance(text, str) else _json(part)))
    more = {name: each for name, each in message.items() if name not in ("role", "content")}
    if more:
        yield from ("", *_fenced(_json(more)))


def _fenced(text: str) -> list[str]:
    return code_fence(["\t".join(map(visible, line.split("\t"))) for line in text.split("\n")])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
