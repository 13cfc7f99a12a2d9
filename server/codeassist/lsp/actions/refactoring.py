"""What the producers of refactorings without a model have in common."""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft


def local(asked: Asked, action: str, kind: str, title: str, **options: object) -> Iterator[Draft]:
    """A refactoring where it applies; with the reason where it does not and was asked for by name.

    `options` are the refactoring's own: a new name.
    """
    listed = asked.offers.refactorings if asked.offers is not None else ()
    found = next((each for each in listed if each.name == action), None)
    if found is None:
        return
    if not found.reason:
        order = asked.order("refactor", title, asked.range, action=action, **options)
        yield Draft(title, kind, order)
    elif kinds.is_named(kind, asked.only):
        yield Draft(title, kind, refused=found.reason)
