"""What can be offered for a place in one text, at once: refactorings, the definition around it.

Looks at that text alone: no index, no disk, no model, so that an editor may ask whenever its user
opens a menu. Whether an offer can be kept is found out when it is taken up. What was worked out of
the last few texts is kept, so that another place in one of them costs next to nothing.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import CodeassistError, UsageError
from codeassist.base.text import Span
from codeassist.context.pieces import Focus, Pack
from codeassist.engine.defined import Defined as Defined
from codeassist.engine.defined import Definitions
from codeassist.engine.requests import Refactoring, Spot, silent
from codeassist.engine.subjects import spot_subject
from codeassist.index.store import Store
from codeassist.index.view import View
from codeassist.prompts.library import Prompts
from codeassist.tasks.refactor import ACTIONS, load
from codeassist.tasks.task import ModelTraits, Scene, Subject
from codeassist.vfs.nothing import NoTree

TEXTS_KEPT = 4  # files that somebody goes back and forth among
# A store keeps what it knows of each state of a text. While somebody types there is a new one every
# second, and what is known of a file of 5,000 lines takes a megabyte.
STATES_KEPT = 16
# Whether a model is there is for the rim to say: refactorings are listed as if there were one.
_ANY_MODEL = ModelTraits("", 0)
_START = Span(0, 0, 0, 0)
_LOG = logging.getLogger("codeassist.offers")


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is for a place. `refactorings` are all, each with its reason where it is none.

    `definition` is the innermost one around the place, `selected` are the names of those whose
    names are in the selection. `word` is the identifier there, "" without one, and `proper_name`
    what the definition that it names should be called by convention, "" where it is.
    """

    refactorings: tuple[Refactoring, ...] = ()
    definition: Defined | None = None
    selected: tuple[str, ...] = ()
    word: str = ""
    proper_name: str = ""


def asks_model(action: str) -> bool:
    """Whether a refactoring asks a model. Raises UsageError for a name that is none."""
    return load(action).needs_model


class OfferDesk:
    """Works out what can be offered, for one thread."""

    def __init__(self) -> None:
        self._store = Store.in_memory()
        self._texts: OrderedDict[str, _Text] = OrderedDict()
        self._states = 0

    def offers(self, path: str, data: bytes, span: Span) -> Offers:
        """What there is for a selection, or for a caret where the span is empty.

        `data` is UTF-8. Nothing for a text that is not understood, is too large, or is binary.
        """
        text = self._text(path, data)
        return text.offers(span) if text.is_understood else Offers()

    def warm(self, path: str, data: bytes) -> None:
        """Work out in advance what every place of a text needs."""
        self.offers(path, data, _START)

    def _text(self, path: str, data: bytes) -> "_Text":
        text = self._texts.pop(path, None)
        if text is None or text.data != data:
            text = _Text(self._empty(), path, data)
        self._texts[path] = text
        if len(self._texts) > TEXTS_KEPT:
            self._texts.popitem(last=False)
        return text

    def _empty(self) -> View:
        """The view without files that the next state of a text is laid over."""
        self._states += 1
        if self._states > STATES_KEPT:
            self._store.close()
            self._store, self._states = Store.in_memory(), 1
        return View(NoTree(), self._store, {}, ())


class _Text:
    """One state of a text, with what was worked out of it."""

    def __init__(self, empty: View, path: str, data: bytes) -> None:
        self.data = data
        self._path = path
        self._view = empty.overlaid({path: data})
        self._definitions = Definitions(self._view, path)
        self._scene = Scene(
            self._view, "", _no_pack, Prompts(), _ANY_MODEL, CancellationToken(), silent
        )

    @property
    def is_understood(self) -> bool:
        return self._path in self._view and bool(self.data)

    def offers(self, span: Span) -> Offers:
        subject = spot_subject(self._view, "", Spot(self._path, span)).subject
        place = subject.start, subject.end
        return Offers(
            tuple(self._refactorings(subject)),
            self._definitions.around(*place),
            self._definitions.selected(*place),
            self._definitions.word(*place),
            self._definitions.proper_name(*place),
        )

    def _refactorings(self, subject: Subject) -> Iterator[Refactoring]:
        for name in ACTIONS:
            each = load(name)
            try:
                reason = each.applies(self._scene, subject) or ""
            except CodeassistError as error:
                reason = error.message
            except Exception:  # one that breaks must not take the others out of the menu
                _LOG.exception("could not tell whether %s applies", name)
                continue
            yield Refactoring(name, each.title, each.kind, each.needs_model, reason)


def _no_pack(focus: Focus, task: str, budget: int, also: tuple[str, ...] = ()) -> Pack:
    raise UsageError("nothing is packed to list what can be offered")
