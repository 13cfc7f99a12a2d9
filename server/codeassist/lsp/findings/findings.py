"""What a session knows of findings: the way in for messages."""

from collections.abc import Iterable

from lsprotocol import types

from codeassist.base.findings import Report
from codeassist.engine.requests import Outcome
from codeassist.lsp.convert import Converter
from codeassist.lsp.findings.board import Choice
from codeassist.lsp.findings.delivery import Listed
from codeassist.lsp.findings.following import Following
from codeassist.lsp.findings.homes import home_of
from codeassist.lsp.findings.looking import texts_of
from codeassist.lsp.findings.making import shown, supposed
from codeassist.lsp.findings.shown import Kind, Shown
from codeassist.lsp.findings.spent import spent
from codeassist.lsp.folders import Folder
from codeassist.lsp.places import Place
from codeassist.lsp.uris import same

# URI, version where it is open, name of the list, and the list: None where the client has it.
Listing = tuple[str, int | None, str, Listed | None]


class Findings(Following):
    """The findings of a session."""

    # What is there

    async def pulled(self, uri: str, previous: str | None) -> tuple[str, Listed | None] | None:
        """A document's list with its name, once it is true; None where another request waits.

        The list is None where the client has it already.
        """
        await self._session.ready.wait()
        if same(uri) in self._session.documents.current:
            self._open(uri)
        folder, key = home_of(self._session, uri)
        if not await self._schedule.wait(folder, key):
            return None
        return self._delivery.report(same(uri), previous)

    def pulled_all(self, previous: Iterable[tuple[str, str]]) -> list[Listing]:
        """What is known now of all documents: URI, version of open ones, name and list of each."""
        names = {same(uri): (uri, name) for uri, name in previous}
        known = {key: uri for key, (uri, _) in names.items()} | self._delivery.known()
        reports: list[Listing] = []
        for key, uri in known.items():
            document = self._session.documents.current.get(key)
            if document is not None and self._schedule.is_due(*home_of(self._session, uri)):
                continue  # the client asks for it by itself
            name, listed = self._delivery.report(key, names.get(key, ("", None))[1])
            if listed == [] and key not in names:
                continue
            version = document.version if document is not None else None
            reports.append((uri, version, name, listed))
        return reports

    def at(self, uri: str, position: types.Position) -> list[Shown]:
        """What is to be seen at a position of a document, the narrowest first."""
        return self._board.at(same(uri), position)

    def hypotheses(self, uri: str) -> list[Shown]:
        """The hypotheses in a document."""
        return [each for each in self._board.seen(same(uri)) if each.kind is Kind.HYPOTHESIS]

    def find(self, uri: str, fingerprint: str) -> Shown | None:
        """A finding by what its diagnostic's `data` says of it."""
        seen = self._board.seen(same(uri))
        return next((each for each in seen if each.finding.fingerprint == fingerprint), None)

    # What is asked for, and stays

    def keep_hypotheses(
        self,
        place: Place,
        outcome: Outcome,
        converter: Converter,
        within: types.Range | None = None,
    ) -> None:
        """Show what a run for a document supposes, in place of what was supposed before.

        `within` is what a model was asked about; what it does not say again of that is gone. Where
        it did not answer for all of it, and where there is no `within`, only what is said again is
        replaced.
        """
        new = supposed(outcome.report.hypotheses, converter, spent(outcome))
        marks = {each.finding.fingerprint for each in new}
        key = same(place.document.uri)
        has_answers = bool(outcome.requests) and not outcome.failures
        asked = within if has_answers else None

        def is_gone(each: Shown) -> bool:
            if each.kind is not Kind.HYPOTHESIS:
                return False
            was_asked = asked is not None and same(each.uri) == key and each.is_within(asked)
            return was_asked or each.finding.fingerprint in marks

        self._keep(place.folder, is_gone, new, converter)

    def keep_review(self, folder: Folder, report: Report, converter: Converter) -> None:
        """Show what a review of a folder found, in place of what the last one did."""
        new = shown(Kind.REVIEW, report.findings, converter)
        self._keep(folder, lambda each: each.kind is Kind.REVIEW, new, converter)

    def clear(self) -> None:
        """Forget what was asked for."""
        for folder in self._session.all_folders():
            gone = self._board.put(folder, lambda each: each.kind.is_kept, (), {})
            self._delivery.bring(gone)
        self._lenses()

    def forget(self, uri: str, code: str, range_: types.Range) -> bool:
        """Forget what was asked for and begins in a line of a document; whether there was any."""
        key, line = same(uri), range_.start.line

        def is_meant(each: Shown) -> bool:
            is_here = same(each.uri) == key and each.lines[0] == line
            return each.kind.is_kept and is_here and each.finding.code == code

        changed: set[str] = set()
        for folder in self._session.all_folders():
            changed |= self._board.put(folder, is_meant, (), {})
        self._delivery.bring(changed)
        self._lenses()
        return bool(changed)

    def _keep(self, folder: Folder, gone: Choice, new: list[Shown], converter: Converter) -> None:
        keys = self._board.put(folder, gone, new, texts_of(new, converter))
        for key in keys:
            self._follow(key)
        self._delivery.bring(keys)
        self._lenses()
