"""`codeassist/explain`: the page of a check, or of what a model supposes."""

from collections.abc import Mapping
from typing import Any

from codeassist.engine.pages import page
from codeassist.lsp.failures import invalid
from codeassist.lsp.orders import text_of
from codeassist.lsp.session import Session


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{code}` to `{code, text}`, the text in Markdown. Raises UsageError for an unknown code."""
    if not isinstance(params, Mapping):
        raise invalid("an object with `code` is expected")
    code, text = page(text_of(params, "code"))
    return {"code": code, "text": text}
