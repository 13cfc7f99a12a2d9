"""`textDocument/diagnostic`: the findings of a document, as soon as they are true."""

from lsprotocol import types

from codeassist.lsp.failures import RequestError
from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.session import Session

Report = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


async def handle(session: Session, params: types.DocumentDiagnosticParams) -> Report:
    """The list, or that it is the one that the client has.

    Waits for the look that is due. Raises RequestError where the same is asked again meanwhile: one
    answer is enough.
    """
    findings: Findings = session.feature(Findings)
    found = await findings.pulled(params.text_document.uri, params.previous_result_id)
    if found is None:
        data = types.DiagnosticServerCancellationData(retrigger_request=False)
        raise RequestError("asked again", types.LSPErrorCodes.ServerCancelled, data)
    name, listed = found
    if listed is None:
        return types.RelatedUnchangedDocumentDiagnosticReport(name)
    return types.RelatedFullDocumentDiagnosticReport(listed, result_id=name)
