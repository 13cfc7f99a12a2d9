"""Blocks of GitHub-flavoured Markdown that the markdown and github formats share.

Everything from the repository is escaped: it can be read and does nothing. No block begins a line
with such text.
"""

from collections.abc import Sequence

from codeassist.base.files import Skipped
from codeassist.base.findings import Evidence, Finding, Location, Report
from codeassist.base.words import counted
from codeassist.render.code_frame import frame, plain_lines
from codeassist.render.escape import (
    code_fence,
    code_span,
    log_safe,
    markdown,
    markdown_text,
    visible,
)
from codeassist.render.options import EvidenceDetail, Explanations, RenderOptions
from codeassist.render.places import safe_url, short_label, side, web_address
from codeassist.render.summary import by_reason, totals, work_done
from codeassist.render.unified import unified

_CONTEXT = 1
_SHOWN_EVIDENCE = 10  # of one finding; a site shows no comment of more than 65,536 characters
_SHOWN_REASONS = 20
_SHOWN_DIFF = 60  # lines of a fix; the JSON format has all of it
_TAB = " " * 4


def place(report: Report, location: Location, options: RenderOptions) -> str:
    """`path:line` as code, a link where the place has an address on the web."""
    text = code_span(short_label(location))
    address = web_address(report, location, options.repository_url)
    return f"[{text}]({address})" if address else text


def rule_name(finding: Finding) -> str:
    """The rule's code, linked to its page where it has one, and its name."""
    code, url = code_span(finding.code), safe_url(finding.url)
    linked = f"[{code}]({url})" if url else code
    return f"{linked} {markdown_text(finding.name)}".rstrip()


def details(report: Report, finding: Finding, options: RenderOptions) -> list[str]:
    """The evidence, the remedy and, if asked for, the rule's explanation, as separate blocks."""
    blocks: list[str] = []
    for piece in finding.evidence[:_SHOWN_EVIDENCE]:
        blocks.extend(_evidence(report, piece, options))
    more = len(finding.evidence) - _SHOWN_EVIDENCE
    if more > 0:
        blocks.append(f"Because: {counted(more, 'more place')} not shown here.")
    if finding.remedy:
        blocks.append(f"Fix: {markdown(finding.remedy)}")
    if options.explanations is Explanations.APPENDED:
        blocks.extend(rule.explanation for rule in report.rules if rule.code == finding.code)
    return [block for block in blocks if block]


def code_block(location: Location, options: RenderOptions) -> str:
    """The lines around a place as a fenced block, empty where there is no excerpt."""
    rows = frame(location, _CONTEXT, options.width)
    if not rows:
        return ""
    return "\n".join(code_fence(plain_lines(rows, "-" if location.old else ">")))


def fix_block(finding: Finding) -> str:
    """What repairs a finding as a diff to read, empty where there is none or it is too long."""
    if finding.fix is None:
        return ""
    lines = unified(finding.fix).replace("\r\n", "\n").removesuffix("\n").split("\n")
    if len(lines) > _SHOWN_DIFF:
        return ""
    return "\n".join(code_fence([_shown(line) for line in lines], "diff"))


def _shown(line: str) -> str:
    return log_safe(visible(line.replace("\t", _TAB)))


def coverage(report: Report) -> list[str]:
    """What was covered, as lines: totals, then what was not fully looked at, and why."""
    covered = report.coverage
    items = [
        *_files("Partly reviewed", covered.partial),
        *_files("Skipped", covered.skipped),
        *(f"- Check failed: {markdown(failure)}" for failure in covered.failures),
        *(f"- Note: {markdown(note)}" for note in report.notes),
    ]
    more = len(items) - _SHOWN_REASONS
    if more > 0:
        items = [*items[:_SHOWN_REASONS], f"- and {more:,} more"]
    head = ["**Covered:** " + ("; ".join(totals(report)) or "nothing") + ".", ""]
    return [
        *head,
        *items,
        *([""] if items else []),
        f"<sub>{markdown_text(work_done(report))}</sub>",
    ]


def _evidence(report: Report, piece: Evidence, options: RenderOptions) -> list[str]:
    where = piece.location
    text = f"Because: {markdown(piece.message)} ({place(report, where, options)}, {side(where)})"
    if options.evidence is EvidenceDetail.NAMED:
        return [text]
    return [text, code_block(where, options)]


def _files(what: str, files: Sequence[Skipped]) -> list[str]:
    return [
        f"- {what}: {markdown(group.reason)} ({counted(group.total, 'file')}): "
        + ", ".join(code_span(path) for path in group.paths)
        + (f" and {group.more:,} more" if group.more else "")
        for group in by_reason(files)
    ]
