"""`codeassist/doctor`: looks at everything that codeassist needs, and says what to do."""

import asyncio
import os
from collections.abc import Iterable, Sequence
from typing import Any

from codeassist.engine.doctor import diagnose
from codeassist.engine.requests import Diagnosis, Health
from codeassist.lsp.lifecycle import RESTRICTED
from codeassist.lsp.session import Session
from codeassist.render.escape import visible
from codeassist.settings.schema import Settings

TRUST = "trust this workspace in the editor, if you do"
Place = tuple[str, Settings]


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{items, text}`, of all folders of the workspace. Repairs and sends nothing."""
    await session.ready.wait()
    places = [(each.path, each.settings) for each in session.folders.values()]
    items = await asyncio.to_thread(_all, places or [(os.getcwd(), session.nowhere.settings)])
    if session.is_restricted:
        kept = (each for each in items if each.subject != "model")
        items = [Diagnosis("trust", Health.MISSING, RESTRICTED, TRUST), *kept]
    return {
        "items": [
            {
                "subject": each.subject,
                "health": each.health.value,
                "detail": each.detail,
                "remedy": each.remedy,
            }
            for each in items
        ],
        "text": "".join(_lines(items)),
    }


def _all(places: Sequence[Place]) -> list[Diagnosis]:
    """What is found in all places; what several have in common, once."""
    found: dict[Diagnosis, None] = {}
    for path, settings in places:
        found.update(dict.fromkeys(diagnose(path, settings)))
    return list(found)


def _lines(items: Iterable[Diagnosis]) -> Iterable[str]:
    for each in items:
        yield f"{each.health.value:7}  {each.subject:14}  {visible(each.detail)}\n"
        if each.remedy:
            yield f"{'':25}{visible(each.remedy)}\n"
