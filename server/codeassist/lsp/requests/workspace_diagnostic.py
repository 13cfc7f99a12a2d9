"""`workspace/diagnostic`: the findings of all documents, those that nobody has open among them.

What is known now: clients ask again, every other second or when they are asked to.
"""

from lsprotocol import types

from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.session import Session

Report = (
    types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport
)


async def handle(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """A report for each document in which there is something, or that the client has one of."""
    findings: Findings = session.feature(Findings)
    previous = [(each.uri, each.value) for each in params.previous_result_ids]
    reports: list[Report] = []
    for uri, version, name, listed in findings.pulled_all(previous):
        if listed is None:
            each = types.WorkspaceUnchangedDocumentDiagnosticReport(uri, name, version)
            reports.append(each)
        else:
            full = types.WorkspaceFullDocumentDiagnosticReport(uri, listed, version, result_id=name)
            reports.append(full)
    return types.WorkspaceDiagnosticReport(reports)
