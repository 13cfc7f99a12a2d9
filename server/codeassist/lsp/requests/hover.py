"""`textDocument/hover`: what is behind a finding at a place; nothing where there is none.

The language's own server says what code means; this one says why something is wrong with it.
"""

from lsprotocol import types

from codeassist.lsp.findings.explained import beside, marked, plain
from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.session import Session


async def handle(session: Session, params: types.HoverParams) -> types.Hover | None:
    """All findings at the position, the narrowest first."""
    findings: Findings = session.feature(Findings)
    found = findings.at(params.text_document.uri, params.position)
    if not found:
        return None
    if session.client.hovers_markdown:
        is_beside = session.client.options.get("diagnosticsInHover") is True
        text = (beside if is_beside else marked)(found)
        content = types.MarkupContent(types.MarkupKind.Markdown, text)
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, plain(found))
    return types.Hover(content, found[0].diagnostic.range)
