"""`codeassist/showPrompt`: the first requests of a task, exactly as they would be sent."""

from typing import Any

from codeassist.base.cancellation import CancellationToken
from codeassist.engine.engine import Engine
from codeassist.engine.requests import Preview
from codeassist.lsp.orders import order_of, token_of
from codeassist.lsp.running import place_of, request_of
from codeassist.lsp.session import Session
from codeassist.lsp.uris import same
from codeassist.lsp.work import Work, do
from codeassist.render.prompt_page import prompt_page


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{requests, text}`; the text is Markdown. Sends nothing."""
    order = order_of(params)

    async def job(work: Work) -> tuple[Preview, ...]:
        place = await place_of(session, order)
        request, texts = request_of(session, order, place), session.buffers(place.folder)
        await work.indexed(place.folder)

        def in_lane(engine: Engine, token: CancellationToken) -> tuple[Preview, ...]:
            engine.show(texts)
            return engine.preview(request, work.progress, token)

        return await place.folder.run_lane().run(in_lane)

    key = ("prompt", order.task, same(order.uri), str(order.range), str(order.options))
    previews = await do(session, "showing the prompt", key, job, token_of(params))
    pages = [(each.model, each.address, each.body) for each in previews]
    return {
        "requests": [
            {"address": each.address, "model": each.model, "body": dict(each.body)}
            for each in previews
        ],
        "text": prompt_page(pages),
    }
