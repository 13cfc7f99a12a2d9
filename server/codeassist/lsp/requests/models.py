"""`codeassist/models`: lists the models of an address, and tests that one of them answers.

Neither the address nor the key is kept. An untrusted workspace asks nobody.
"""

from collections.abc import Mapping
from typing import Any

from codeassist.base.cancellation import CancellationToken
from codeassist.engine.engine import Engine
from codeassist.engine.probing import Probed, probe
from codeassist.lsp import logs
from codeassist.lsp.failures import invalid
from codeassist.lsp.lifecycle import RESTRICTED
from codeassist.lsp.orders import token_of
from codeassist.lsp.session import Session
from codeassist.lsp.work import Work, do


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{address, models, ok, message, remedy}`; a failure is an answer too."""
    given = params if isinstance(params, Mapping) else {}
    base_url, key = _text(given, "baseUrl"), _text(given, "key")
    logs.hide(key or "")
    if session.is_restricted:
        found = Probed(base_url or "", (), False, RESTRICTED, "trust it to test a model")
        return _result(found)

    async def job(work: Work) -> Probed:
        work.progress("asking", 0, 0)
        await session.ready.wait()
        settings = next(session.all_folders()).settings

        def in_lane(engine: Engine, token: CancellationToken) -> Probed:
            return probe(settings, base_url, key, token)

        return await session.nowhere.run_lane().run(in_lane)

    return _result(await do(session, "testing the model", "models", job, token_of(params)))


def _result(found: Probed) -> dict[str, Any]:
    return {
        "address": found.address,
        "models": list(found.models),
        "ok": found.is_ok,
        "message": found.message,
        "remedy": found.remedy,
    }


def _text(given: Mapping[str, Any], name: str) -> str | None:
    """A text that may be missing or empty. Raises RequestError for anything else."""
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid(f"`{name}` is a text")
    return value.strip() if value and value.strip() else None
