"""What an editor asks actions for, with all that the producers of actions may know of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from codeassist.base.text import Span
from codeassist.lsp.client import Client
from codeassist.lsp.convert import SOURCE, range_of
from codeassist.lsp.messages import COMMANDS
from codeassist.lsp.places import Place
from codeassist.lsp.running import digest_of

if TYPE_CHECKING:
    from codeassist.engine.offers import Offers

Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A place in a document, what is wrong there, and what is wanted.

    `offers` is None where the text was not understood in time; `language` is "" for one that never
    is. `no_model` says why no model can be asked, "" where one can.
    """

    client: Client
    place: Place
    range: types.Range
    language: str
    no_model: str = ""
    diagnostics: tuple[types.Diagnostic, ...] = ()
    only: tuple[str, ...] = ()
    is_automatic: bool = False
    offers: "Offers | None" = None

    @property
    def uri(self) -> str:
        """The document's URI, as the editor writes it."""
        return self.place.document.uri

    @cached_property
    def digest(self) -> str:
        """The document's content in a few characters."""
        return digest_of(self.place.document)

    @property
    def is_selection(self) -> bool:
        """Whether something is selected."""
        return self.range.start != self.range.end

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all in the document."""
        return not self.place.document.data.strip()

    def own(self) -> Iterator[types.Diagnostic]:
        """Our own findings there."""
        return (each for each in self.diagnostics if each.source == SOURCE)

    def runs(self, command: str) -> bool:
        """Whether a command can be run, by the server or by the editor."""
        return command in COMMANDS or command in self.client.commands

    def range_of(self, span: Span) -> types.Range | None:
        """A span of the engine's text in the document; None where it is not all in a cell."""
        place = self.place
        if place.module is not None and not self._is_in_cell(span):
            return None
        return range_of(place.lines, span, self.client.unit, place.first_line)

    def order(
        self, task: str, title: str, range_: types.Range | None = None, **options: object
    ) -> Json:
        """An order for this document as it is now; see `lsp.orders`."""
        order: Json = {
            "task": task,
            "title": title,
            "uri": self.uri,
            "options": options,
            "version": self.place.document.version,
            "digest": self.digest,
        }
        return order if range_ is None else {**order, "range": json_range(range_)}

    def _is_in_cell(self, span: Span) -> bool:
        module = self.place.module
        cell = module.cell_at(span.start_line) if module is not None else None
        return (
            module is not None
            and cell is not None
            and cell.uri == self.uri
            and cell is module.cell_at(max(span.start_line, span.end_line - (not span.end_column)))
        )


def json_range(range_: types.Range) -> Mapping[str, Mapping[str, int]]:
    """A range as JSON has it, for orders and the arguments of commands."""
    start, end = range_.start, range_.end
    return {
        "start": {"line": start.line, "character": start.character},
        "end": {"line": end.line, "character": end.character},
    }
