"""Markdown for job summaries and chat: a table, the evidence folded away, and what was covered."""

from codeassist.base.findings import Finding, Report
from codeassist.render.escape import html_text, markdown
from codeassist.render.markdown_blocks import (
    code_block,
    coverage,
    details,
    fix_block,
    place,
    rule_name,
)
from codeassist.render.options import RenderOptions
from codeassist.render.places import short_label
from codeassist.render.summary import headline, ordered


def render(report: Report, options: RenderOptions) -> str:
    """The report as GitHub-flavoured Markdown, which other renderers read as well."""
    findings = ordered(report.findings)
    blocks = [f"## codeassist: {headline(report)}"]
    if findings:
        header = ["| Severity | Where | What | Rule |", "| :-- | :-- | :-- | :-- |"]
        rows = [_row(report, finding, options) for finding in findings]
        blocks.append("\n".join([*header, *rows]))
    blocks.extend(_folded(report, finding, options) for finding in findings)
    blocks.append("\n".join(coverage(report)))
    return "\n\n".join(blocks) + "\n"


def _row(report: Report, finding: Finding, options: RenderOptions) -> str:
    cells = (
        finding.severity.label,
        place(report, finding.location, options),
        markdown(finding.message),
        rule_name(finding),
    )
    return f"| {' | '.join(cells)} |"


def _folded(report: Report, finding: Finding, options: RenderOptions) -> str:
    where = html_text(f"`{short_label(finding.location)}`")
    title = f"{html_text(f'`{finding.code}`')} {where}: {html_text(finding.message)}"
    blocks = [
        f"<details>\n<summary>{title}</summary>",
        code_block(finding.location, options),
        *details(report, finding, options),
        fix_block(finding),
        "</details>",
    ]
    return "\n\n".join(block for block in blocks if block)
