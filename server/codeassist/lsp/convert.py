"""From the engine's plain data to LSP's: ranges, edits, findings. The one place that converts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lsprotocol import types

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.base.findings import Finding, Location, Severity
from codeassist.base.text import ColumnUnit, LineIndex, Span
from codeassist.lsp.client import Client
from codeassist.lsp.failures import failed
from codeassist.lsp.notebooks import Module, Segment

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
SOURCE = "codeassist"
ANNOTATION = "codeassist"


@dataclass(frozen=True, slots=True)
class Target:
    """What a path of the engine is for the editor. `version` is None where it is not open."""

    uri: str
    version: int | None = None
    module: Module | None = None


@dataclass(frozen=True, slots=True)
class Converter:
    """Converts for one client. `target` says what a path is, `lines` what is in it."""

    client: Client
    target: Callable[[str], Target]
    lines: Callable[[str], LineIndex | None]

    def settled(self, findings: Iterable[Finding]) -> "Converter":
        """The same for some findings, without a need of the engine any more."""
        paths = {
            place.path
            for each in findings
            for place in (each.location, *(evidence.location for evidence in each.evidence))
        }
        lines = {path: self.lines(path) for path in paths}
        return replace(self, lines=lines.get)

    def location(self, place: Location) -> tuple[str, types.Range] | None:
        """A place as URI and range; None for a place of the base, which no editor has."""
        if place.old:
            return None
        return self.place(place.path, place.span)

    def place(self, path: str, span: Span) -> tuple[str, types.Range]:
        """A span of a path as URI and range."""
        target = self.target(path)
        lines = self.lines(path) or LineIndex(b"")
        cell = target.module.cell_at(span.start_line) if target.module else None
        if cell is None:
            return target.uri, range_of(lines, span, self.client.unit)
        span = _within(cell, span, lines)
        return cell.uri, range_of(lines, span, self.client.unit, cell.first_line)

    def edit(self, edit: WorkspaceEdit) -> types.WorkspaceEdit:
        """An edit, with versions, and with a wish for confirmation if several files change.

        Raises RequestError if the client cannot do what it takes.
        """
        several = len(edit.files) > 1
        annotation = ANNOTATION if several and self.client.annotates else None
        if not self.client.versions_edits:
            return types.WorkspaceEdit(changes=dict(self._plain(edit)))
        changes: list[Any] = []
        for file in edit.files:
            changes.extend(self._versioned(file, annotation))
        if annotation is None:
            return types.WorkspaceEdit(document_changes=changes)
        note = types.ChangeAnnotation(edit.title, needs_confirmation=True)
        return types.WorkspaceEdit(document_changes=changes, change_annotations={ANNOTATION: note})

    def _plain(self, edit: WorkspaceEdit) -> Iterator[tuple[str, list[types.TextEdit]]]:
        for file in edit.files:
            if file.before is None:
                raise failed("this editor cannot create files", "use the command codeassist")
            for uri, _, edits in self._by_document(file):
                yield uri, edits

    def _versioned(self, file: FileEdit, annotation: str | None) -> Iterator[object]:
        if file.before is None:
            if not self.client.creates_files:
                raise failed("this editor cannot create files", "use the command codeassist")
            yield types.CreateFile(self.target(file.path).uri, annotation_id=annotation)
        for uri, version, edits in self._by_document(file):
            listed = [
                types.AnnotatedTextEdit(annotation, each.range, each.new_text)
                if annotation
                else each
                for each in edits
            ]
            document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
            yield types.TextDocumentEdit(document, listed)

    def _by_document(
        self, file: FileEdit
    ) -> Iterator[tuple[str, int | None, list[types.TextEdit]]]:
        """A file's edits by the documents that it is made of: itself, or a notebook's cells."""
        lines = LineIndex(decode(file.path, file.before or b"").data)
        target = self.target(file.path)
        found: dict[tuple[str, int | None], list[types.TextEdit]] = {}
        for each in file.edits:
            span = lines.span(each.start, each.end)
            cell = target.module.cell_at(span.start_line) if target.module else None
            if target.module and (cell is None or cell is not target.module.cell_at(span.end_line)):
                raise failed("the change is not within one cell", "make it by hand")
            first = cell.first_line if cell else 0
            where = (cell.uri, cell.version) if cell else (target.uri, target.version)
            edit = types.TextEdit(range_of(lines, span, self.client.unit, first), each.text)
            found.setdefault(where, []).append(edit)
        for (uri, version), edits in found.items():
            yield uri, version, edits

    def finding(self, finding: Finding) -> dict[str, Any]:
        """A finding as our own requests give it; see "The protocol" in ARCHITECTURE.md."""
        where = self.location(finding.location)
        evidence = []
        for each in finding.evidence:
            place = self.location(each.location)
            if place is not None:
                evidence.append({"message": each.message, "uri": place[0], "range": place[1]})
        return {
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity.label,
            "message": finding.message,
            "remedy": finding.remedy,
            "uri": where[0] if where else "",
            "range": where[1] if where else None,
            "symbol": finding.symbol,
            "url": finding.url,
            "evidence": evidence,
            "fingerprint": finding.fingerprint,
        }

    def diagnostic(self, finding: Finding, data: dict[str, Any] | None = None) -> types.Diagnostic:
        """A finding as a diagnostic, its evidence as related places."""
        _, range_ = self.place(finding.location.path, finding.location.span)
        related = []
        for each in finding.evidence if self.client.shows_related else ():
            place = self.location(each.location)
            if place is not None:
                related.append(
                    types.DiagnosticRelatedInformation(types.Location(*place), each.message)
                )
        remedy = f"\n{finding.remedy}" if finding.remedy else ""
        return types.Diagnostic(
            range=range_,
            message=f"{finding.message}{remedy}",
            severity=SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(finding.url) if finding.url else None,
            source=SOURCE,
            related_information=related or None,
            data=data,
        )


def _within(cell: Segment, span: Span, lines: LineIndex) -> Span:
    """As much of a span as is in the cell that it begins in."""
    last = cell.first_line + cell.line_count - 1
    if span.end_line <= last:
        return span
    width = lines.line_end(last) - lines.line_start(last)
    return Span(span.start_line, span.start_column, last, max(width, span.start_column))


def range_of(lines: LineIndex, span: Span, unit: ColumnUnit, first_line: int = 0) -> types.Range:
    """A span in the client's units; lines are counted from `first_line`."""
    return types.Range(
        _position(lines, span.start_line, span.start_column, unit, first_line),
        _position(lines, span.end_line, span.end_column, unit, first_line),
    )


def _position(
    lines: LineIndex, line: int, column: int, unit: ColumnUnit, first_line: int
) -> types.Position:
    return types.Position(max(0, line - first_line), lines.column(line, column, unit))
