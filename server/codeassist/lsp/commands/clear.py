"""`codeassist.clear {}`: forgets hypotheses, and what "review my changes" found."""

from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.session import Session


async def handle(session: Session, params: object) -> None:
    """Withdraw them; what stands in open files stays."""
    findings: Findings = session.feature(Findings)
    findings.clear()
