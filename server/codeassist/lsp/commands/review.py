"""`codeassist.review {uri?, scope?}`: "review my changes" as a command; its findings are shown."""

from typing import Any

from codeassist.lsp.requests import review
from codeassist.lsp.session import Session


async def handle(session: Session, params: object) -> dict[str, Any]:
    """As the request of the same name, and says what came of it to who shows no results."""
    result = await review.handle(session, params)
    count = len(result["findings"])
    what = f"{count} finding{'' if count == 1 else 's'}" if count else "nothing to say"
    session.say(f"codeassist: {what} about {result['base']}..{result['head']}")
    return result
