"""`codeassist.explain {code}`: shows the page of a check.

An editor that has a command for showing a document gets that in its actions instead. For any other
the page is written into the cache folder and opened, or told as a message where that cannot be.
"""

import asyncio
import os
from typing import Any

from lsprotocol import types

from codeassist.lsp.requests import explain
from codeassist.lsp.session import LOGGER, Session
from codeassist.lsp.uris import from_path

FOLDER = "pages"  # in the cache folder; the pages are the package's own, and written anew each time
MESSAGE_LINES = 6  # of a message that is shown in a corner


async def handle(session: Session, params: object) -> dict[str, Any]:
    """The page as `codeassist/explain` gives it, after it was shown."""
    page = await explain.handle(session, params)
    code, text = page["code"], page["text"]
    if not await _opened(session, code, text):
        session.say("\n".join(text.strip().splitlines()[:MESSAGE_LINES]))
    return page


async def _opened(session: Session, code: str, text: str) -> bool:
    """Whether the editor shows the page as a document."""
    if not session.client.shows_documents:
        return False
    folder = os.path.join(session.nowhere.settings.cache.dir, FOLDER)
    try:
        path = await asyncio.to_thread(_write, folder, code, text)
        params = types.ShowDocumentParams(from_path(path), take_focus=True)
        shown = await session.server.window_show_document_async(params)
    except Exception as error:  # a message is as good
        LOGGER.warning("could not show the page of %s: %s", code, error)
        return False
    return bool(shown.success)


def _write(folder: str, code: str, text: str) -> str:
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = os.path.join(folder, f"{code}.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path
