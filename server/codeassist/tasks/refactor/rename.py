"""The action "rename": a definition of Python gets another name, in the whole repository.

Rope says what means the definition; the syntax trees and the index say what else has the name. What
cannot be told is not renamed but listed, and the edit then counts as unverified.
"""

from collections.abc import Iterable
from dataclasses import replace

import codeassist.tasks.refactor.syntactic as syntactic
from codeassist.base.edits import TextEdit
from codeassist.edits.verify import Intent
from codeassist.tasks.refactor.action import Action, Refused
from codeassist.tasks.refactor.facts import Local, at_name, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python.leftovers import Leftovers
from codeassist.tasks.refactor.python.names import check_name
from codeassist.tasks.refactor.python.occurrences import Occurrences, occurrences
from codeassist.tasks.refactor.python.parsed import Parsed, parsed
from codeassist.tasks.refactor.python.renaming import (
    check_new,
    check_renamed,
    exported,
    name_at,
)
from codeassist.tasks.task import Scene, Subject, TaskReport

PROBLEMS_SHOWN = 3  # a warning is one line
PROOF = "nothing but names differs in the syntax trees"


def applies(scene: Scene, subject: Subject) -> str | None:
    """None where the cursor is on a name that can be renamed, otherwise the reason."""
    return reason(lambda: _at(scene, subject))


def _at(scene: Scene, subject: Subject) -> object:
    path, subject = path_of(subject), at_name(scene, subject)
    if scene.view.language(path) in syntactic.RENAMES:
        return syntactic.local_name(scene, subject)
    return name_at(parsed(scene, path), subject)


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Rename. Raises Refused where it must not be done."""
    yield from ()
    path, new, subject = path_of(subject), options.name, at_name(scene, subject)
    if not new:
        raise Refused("the new name is missing")
    if scene.view.language(path) in syntactic.RENAMES:
        local = syntactic.local_name(scene, subject)
        edit = made(scene, f"Rename `{local.name}` to `{new}`", {path: local.edits(new)})
        return reported(edit, "the name is local to one function")
    source = parsed(scene, path)
    old, offset = name_at(source, subject)
    check_name(new)
    if new == old:
        raise Refused(f"it is called `{old}` already")
    candidates = [each for each in scene.view.with_word(old) if _is_python(scene, each)]
    scene.progress("Following the name", 0, len(candidates))
    found = occurrences(scene.view, path, offset, candidates, scene.token)
    return _report(scene, old, new, found, candidates)


def _is_python(scene: Scene, path: str) -> bool:
    return scene.view.language(path) == "python"


def _report(
    scene: Scene, old: str, new: str, found: Occurrences, candidates: list[str]
) -> TaskReport:
    files, broken = _parsed_files(scene, candidates)
    places = {path: set(found.sure.get(path, ())) for path in files}
    for path, source in files.items():
        places[path] |= exported(source, old, places[path], found)
    left = Leftovers(scene.view, files, old, places, found)
    for path, more in left.resolved().items():
        places[path] |= more
    for path, less in left.misread().items():
        places[path] -= less
    changed = {path: each for path, each in places.items() if each}
    if found.home not in changed:
        raise Refused(f"`{old}` is not defined in this repository")
    for path in changed:
        check_new(scene.view, files[path], new, found)
    size = len(old.encode())
    edits = {
        path: [TextEdit(at, at + size, new) for at in sorted(each)]
        for path, each in changed.items()
    }
    removes = _qualified_names(scene, changed, old)
    edit = made(scene, f"Rename `{old}` to `{new}`", edits, Intent(removes=removes))
    for path in changed:
        check_renamed(files[path], edit, path, old, new)
    problems = [*edit.problems, *broken, *left.told()]
    return reported(replace(edit, problems=_shortened(problems)), PROOF)


def _parsed_files(scene: Scene, candidates: Iterable[str]) -> tuple[dict[str, Parsed], list[str]]:
    files: dict[str, Parsed] = {}
    broken: list[str] = []
    for path in candidates:
        scene.token.check()
        try:
            files[path] = parsed(scene, path)
        except Refused as refused:
            broken.append(f"{path} has the name, too: {refused.message}")
    return files, broken


def _qualified_names(scene: Scene, changed: dict[str, set[int]], old: str) -> frozenset[str]:
    """The qualified names of the definitions that get the new name."""
    names: set[str] = set()
    for path, places in changed.items():
        outline = scene.view.outline(path)
        for index, symbol in enumerate(outline.symbols if outline else ()):
            if symbol.name == old and symbol.name_start in places and outline is not None:
                names.add(outline.qualified(index))
    return frozenset(names | {old})


def _shortened(problems: list[str]) -> tuple[str, ...]:
    every = list(dict.fromkeys(problems))
    more = len(every) - PROBLEMS_SHOWN
    if more <= 0:
        return tuple(every)
    return (*every[:PROBLEMS_SHOWN], f"and {more} more place{'s' if more > 1 else ''}")


ACTION = Action(
    "rename", "Rename", "refactor.rewrite.codeassist.rename", applies, run, takes_name=True
)
