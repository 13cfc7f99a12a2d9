"""Whether an expression surely comes from outside of the repository.

Knows imports, the declared types of locals, and the calls that they are bound to. "No" means that
it cannot be told.
"""

from codeassist.base.symbols import TOP, Binding
from codeassist.index.found import Local
from codeassist.index.names import Names
from codeassist.index.values import plain_type

MAX_STEPS = 6  # from one local to the next


def is_foreign(names: Names, path: str, scope: int, text: str, steps: int = MAX_STEPS) -> bool:
    """Whether a chain begins with what an import brings from elsewhere, or with its result."""
    first = text.partition(".")[0].removesuffix("()")
    if not first or steps == 0:
        return False
    found = names.in_scope(path, scope, first)
    if isinstance(found, Local):
        return found.path == path and _is_bound_to_foreign(names, path, found.binding, steps - 1)
    return _is_imported_from_elsewhere(names, path, first)


def _is_bound_to_foreign(names: Names, path: str, binding: Binding, steps: int) -> bool:
    every = names.bindings(path, binding.scope, binding.name)
    texts = [plain_type(each.type) if each.type else each.value or "" for each in every]
    return all(is_foreign(names, path, binding.scope, text, steps) for text in texts)


def _is_imported_from_elsewhere(names: Names, path: str, name: str) -> bool:
    table = names.table(path)
    if table is None:
        return True
    rules = names.rules(path)
    for imported in table.imports.get((TOP, name), []):
        target = rules.resolve(path, imported)
        if not target.files and target.folder is None:
            return True
    return False
