"""Text for people: findings with code frames, then what was covered.

One order of content for terminals and pipes; a painter decides what it looks like. Findings go by
file, the worst first. The end always says what was reviewed, partly reviewed and skipped, and why.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from codeassist.base.files import Skipped
from codeassist.base.findings import Evidence, Finding, Location, Report
from codeassist.base.words import counted
from codeassist.render.code_frame import frame
from codeassist.render.escape import visible
from codeassist.render.options import (
    Colour,
    EvidenceDetail,
    Explanations,
    Hyperlinks,
    RenderOptions,
)
from codeassist.render.paint import (
    SEVERITY_ROLES,
    Heading,
    Line,
    Painter,
    Piece,
    Role,
    message_pieces,
)
from codeassist.render.places import label, safe_url, short_label, side
from codeassist.render.summary import (
    Status,
    by_reason,
    headline,
    ordered,
    status,
    totals,
    work_done,
)

_CONTEXT = 2  # lines around a finding
_EVIDENCE_CONTEXT = 1  # around its evidence, which should not outweigh it
_FRAMED_EVIDENCE = 5  # further places of one finding are named on a line each
_INDENT = 2
# What is written below a finding besides: pairs of a name and words.
Labels: TypeAlias = Mapping[Finding, Sequence[tuple[str, str]]]


def render(report: Report, options: RenderOptions) -> str:
    """The report for a terminal (colour ALWAYS) or for a pipe (NEVER)."""
    painter = _painter(options)
    text = _Text(report, options, painter, {})
    return "\n".join([*text.findings(ordered(report.findings)), *text.coverage()]) + "\n"


def coverage_text(report: Report, options: RenderOptions) -> str:
    """What was covered, as at the end of a report."""
    return "".join(f"{line}\n" for line in _Text(report, options, _painter(options), {}).coverage())


def named_text(label: str, findings: Sequence[Finding], options: RenderOptions) -> str:
    """Findings named only, a paragraph each after the same word; "" for none."""
    painter = _painter(options)
    lines: list[str] = []
    for each in findings:
        words = [Piece(short_label(each.location), Role.PLACE), Piece(f" {visible(each.code)} ")]
        named = [Piece(f"{label}:", Role.LABEL), Piece(" "), *words, *message_pieces(each.message)]
        lines += painter.paragraph(named, 0)
    return "".join(f"{line}\n" for line in lines)


def findings_text(report: Report, options: RenderOptions, labels: Labels | None = None) -> str:
    """The findings alone, in their order, each with its further labelled lines; "" for none."""
    text = _Text(report, options, _painter(options), labels or {})
    return "".join(f"{line}\n" for line in text.findings(report.findings))


def _painter(options: RenderOptions) -> Painter:
    if options.colour is Colour.ALWAYS:
        from codeassist.render.terminal import TerminalPainter

        return TerminalPainter(options.width)
    from codeassist.render.plain import PlainPainter

    return PlainPainter(options.width)


class _Text:
    """The lines of one report."""

    def __init__(
        self, report: Report, options: RenderOptions, painter: Painter, labels: Labels
    ) -> None:
        self._report, self._options, self._painter = report, options, painter
        self._labels = labels
        self._explanations = {rule.code: rule.explanation for rule in report.rules}

    def findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Findings, each followed by an empty line."""
        for finding in findings:
            lines = list(self._finding(finding))
            yield from lines
            if lines[-1]:  # a frame may have ended with one
                yield ""

    def _finding(self, finding: Finding) -> Iterator[str]:
        painter, tone = self._painter, SEVERITY_ROLES[finding.severity]
        yield from painter.heading(
            Heading(
                finding.severity,
                visible(finding.code),
                visible(finding.name),
                self._place(finding.location),
                message_pieces(finding.message),
            )
        )
        if finding.location.old:
            yield from painter.paragraph([Piece("This place is in the base.", Role.QUIET)], _INDENT)
        rows = frame(finding.location, _CONTEXT, painter.frame_width)
        yield from painter.frame(rows, Role.BEFORE if finding.location.old else tone)
        for index, piece in enumerate(finding.evidence):
            yield from self._evidence(piece)
            if index < _FRAMED_EVIDENCE:
                yield from self._evidence_frame(piece.location)
        for name, words in self._labels.get(finding, ()):
            yield from self._labelled(name, message_pieces(words))
        if finding.remedy:
            yield from self._labelled("fix", message_pieces(finding.remedy))
        if url := safe_url(finding.url):
            yield from self._labelled("see", [Piece(url, Role.QUIET)])
        if self._options.explanations is Explanations.APPENDED:
            for line in self._explanations.get(finding.code, "").strip().splitlines():
                yield from painter.paragraph([Piece(visible(line), Role.QUIET)], 2 * _INDENT)

    def _evidence(self, evidence: Evidence) -> list[str]:
        where = evidence.location
        place = [Piece(" ("), self._place(where), Piece(f", {side(where)})")]
        return self._labelled("because", [*message_pieces(evidence.message), *place])

    def _evidence_frame(self, where: Location) -> list[str]:
        if self._options.evidence is EvidenceDetail.NAMED:
            return []
        rows = frame(where, _EVIDENCE_CONTEXT, self._painter.frame_width)
        return self._painter.frame(rows, Role.BEFORE if where.old else Role.INFO)

    def _labelled(self, name: str, line: Line) -> list[str]:
        return self._painter.paragraph([Piece(f"{name}:", Role.LABEL), Piece(" "), *line], _INDENT)

    def _place(self, location: Location) -> Piece:
        link = None
        if self._options.hyperlinks is Hyperlinks.ALWAYS and not location.old:
            link = file_address(self._report.root, location.path)
        return Piece(label(location), Role.PLACE, link)

    def coverage(self) -> Iterator[str]:
        """The summary line, and what was not fully looked at."""
        report, painter = self._report, self._painter
        coverage = report.coverage
        yield from painter.paragraph(self._summary(), 0)
        yield from self._files("partly reviewed", coverage.partial)
        yield from self._files("skipped", coverage.skipped)
        for failure in coverage.failures:
            yield from self._labelled("check failed", message_pieces(failure))
        for note in report.notes:
            yield from self._labelled("note", message_pieces(note))
        yield from painter.paragraph([Piece(visible(work_done(report)), Role.QUIET)], 0)

    def _summary(self) -> Line:
        roles = {Status.CLEAN: Role.GOOD}
        worst = max((finding.severity for finding in self._report.findings), default=None)
        default = Role.WARNING if worst is None else SEVERITY_ROLES[worst]
        parts = [Piece(headline(self._report), roles.get(status(self._report), default))]
        for total in totals(self._report):
            parts.append(Piece(f"; {total}"))
        return parts

    def _files(self, name: str, files: Sequence[Skipped]) -> Iterator[str]:
        for group in by_reason(files):
            paths = ", ".join(visible(path) for path in group.paths)
            more = f" and {group.more:,} more" if group.more else ""
            reason = message_pieces(f"{group.reason} ({counted(group.total, 'file')}): ")
            yield from self._labelled(name, [*reason, Piece(f"{paths}{more}", Role.QUIET)])


def file_address(root: str, path: str) -> str | None:
    """A `file://` address that a terminal can open, None where the root is not an absolute path."""
    try:
        return Path(root, *path.split("/")).as_uri()
    except ValueError:
        return None
