"""Where a name occurs that means one definition: found by rope, as byte offsets.

Rope says of each occurrence of a word in code whether it means the definition, something else, or
cannot be told. Strings and comments are no code.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from codeassist.base.cancellation import CancellationToken
from codeassist.base.files import Document
from codeassist.index.view import View
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.scratch import scratch


@dataclass
class Occurrences:
    """By path: the byte offsets of what means the definition, and of what cannot be told.

    `home` is the file that defines it, and `home_line` the 0-based line; `kind` is "class",
    "function", "method", "parameter", "variable" or "attribute". `owner` is the function of a
    parameter.
    """

    sure: dict[str, set[int]] = field(default_factory=dict)
    unsure: dict[str, set[int]] = field(default_factory=dict)
    home: str = ""
    home_line: int = 0
    kind: str = ""
    owner: str = ""


def occurrences(
    view: View, path: str, offset: int, candidates: Collection[str], token: CancellationToken
) -> Occurrences:
    """All occurrences of the name at a byte offset. Raises Refused where it has no definition."""
    document = view.document(path)
    assert document is not None
    with scratch(view, {path, *candidates}) as project:
        return _found(project, view, document, offset, candidates, token)


def _found(
    project: Any,  # noqa: ANN401 (rope has no types)
    view: View,
    document: Document,
    offset: int,
    candidates: Collection[str],
    token: CancellationToken,
) -> Occurrences:
    from rope.base.exceptions import RopeError  # type: ignore[import-untyped]
    from rope.refactor.occurrences import create_finder  # type: ignore[import-untyped]
    from rope.refactor.rename import Rename  # type: ignore[import-untyped]

    result = Occurrences()
    characters = len(document.data[:offset].replace(b"\r\n", b"\n").decode("utf-8"))
    try:
        rename = Rename(project, project.get_resource(document.path), characters)
        _describe(result, project, rename)
        for candidate in sorted(candidates):
            token.check()
            other = view.document(candidate)
            if other is None or other.lossy:
                continue
            unsure: list[int] = []
            finder = create_finder(
                project,
                rename.old_name,
                rename.old_pyname,
                unsure=lambda each, seen=unsure: seen.append(each.offset),
                instance=rename.old_instance,
                in_hierarchy=rename.is_method(),
            )
            resource = project.get_resource(candidate)
            places = [each.get_word_range()[0] for each in finder.find_occurrences(resource)]
            result.sure[candidate] = _bytes(other, places)
            result.unsure[candidate] = _bytes(other, unsure) - result.sure[candidate]
    except RopeError as error:
        raise Refused(f"the name cannot be followed: {error}") from error
    except (AttributeError, TypeError, AssertionError, RecursionError, KeyError) as error:
        # Rope has no error of its own for syntax that it does not know.
        raise Refused("the name cannot be followed: rope does not understand the code") from error
    return result


def _describe(result: Occurrences, project: Any, rename: Any) -> None:  # noqa: ANN401
    from rope.base import pynames, pyobjects  # type: ignore[import-untyped]

    pyname = rename.old_pyname
    module, line = pyname.get_definition_location()
    resource = module.get_resource() if module is not None else None
    value = pyname.get_object()
    if isinstance(value, pyobjects.AbstractModule):
        raise Refused("modules are not renamed")
    if resource is None or resource.project is not project or line is None:
        raise Refused("the name is not defined in this repository")
    if isinstance(pyname, pynames.ImportedName | pynames.ImportedModule):
        raise Refused("the name is imported from outside of this repository")
    result.home, result.home_line = resource.path, line - 1
    if isinstance(pyname, pynames.ParameterName):
        result.kind = "parameter"
        result.owner = pyname.pyobject.get_name() if hasattr(pyname, "pyobject") else ""
    elif isinstance(value, pyobjects.PyClass) and isinstance(pyname, pynames.DefinedName):
        result.kind = "class"
    elif rename.is_method():
        result.kind = "method"
    elif isinstance(pyname, pynames.DefinedName):
        result.kind = "function"
    else:
        scope = module.get_scope().get_inner_scope_for_line(line)
        local = pyname in scope.get_names().values() and scope.get_kind() != "Class"
        result.kind = "variable" if local else "attribute"


def _bytes(document: Document, characters: list[int]) -> set[int]:
    """Byte offsets of offsets in characters of the text with plain line feeds."""
    text = document.data.replace(b"\r\n", b"\n").decode("utf-8")
    found: set[int] = set()
    for offset in characters:
        line = text.count("\n", 0, offset)
        column = text[text.rfind("\n", 0, offset) + 1 : offset]
        found.add(document.lines.line_start(line) + len(column.encode()))
    return found
