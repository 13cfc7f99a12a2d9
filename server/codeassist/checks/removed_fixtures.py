"""The pytest side of CA101: a removed fixture that tests still ask for by parameter name."""

from collections.abc import Iterator

from codeassist.base.symbols import Outline
from codeassist.checks.check import Review
from codeassist.checks.surface import Removed
from codeassist.checks.uses import Stale
from codeassist.index.fixtures import (
    fixture_of,
    fixture_places,
    is_fixture,
    is_parametrized,
    takes_fixtures,
)
from codeassist.index.found import Definition


def removed_fixtures(review: Review, gone: list[Removed]) -> dict[str, list[Removed]]:
    """The removed symbols that were fixtures, by name."""
    found: dict[str, list[Removed]] = {}
    for each in gone:
        if is_fixture(review.base_values.names, Definition(each.path, each.symbol)):
            found.setdefault(each.name, []).append(each)
    return found


def injected(review: Review, fixtures: dict[str, list[Removed]]) -> Iterator[tuple[Stale, Removed]]:
    """The parameters that were filled by a removed fixture and now by none."""
    for path in review.head.with_any_word(fixtures.keys()):
        outline, detail = review.head.outline(path), review.head.detail(path)
        if outline is None or detail is None:
            continue
        for scope, parameters in detail.parameters.items():
            for parameter in parameters:
                each = _served(review, path, fixtures.get(parameter.name, []))
                if each and _is_unfilled(review, path, outline, scope, parameter.name):
                    end = parameter.start + len(parameter.name.encode())
                    yield Stale(path, parameter.start, end, parameter.name), each


def _served(review: Review, path: str, fixtures: list[Removed]) -> Removed | None:
    """The removed fixture that the tests of a file saw."""
    seen = set(fixture_places(review.old_path.get(path, path)))
    return next((each for each in fixtures if each.path in seen), None)


def _is_unfilled(review: Review, path: str, outline: Outline, scope: int, name: str) -> bool:
    names = review.head_values.names
    if not takes_fixtures(names, path, scope) or is_parametrized(names, path, scope, name):
        return False
    return fixture_of(names, path, scope, name) is None
