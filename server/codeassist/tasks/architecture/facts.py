"""Everything that the index knows of a repository's make-up, gathered once, as plain data.

Says nothing in words: `document` does. Asks no model.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codeassist.base.errors import UsageError
from codeassist.context.roles import is_aside, is_test
from codeassist.context.source import Sources
from codeassist.tasks.architecture.coverage import TestFolder, coverage
from codeassist.tasks.architecture.definitions import (
    Main,
    Users,
    described,
    fan_in,
    main_definitions,
)
from codeassist.tasks.architecture.dependencies import Dependency, dependencies
from codeassist.tasks.architecture.entries import entries, tool_files
from codeassist.tasks.architecture.graph import Graph, graph
from codeassist.tasks.architecture.manifests import Entry
from codeassist.tasks.architecture.modules import common_folder, modules
from codeassist.tasks.architecture.packages import Package, packages
from codeassist.tasks.architecture.survey import Survey, survey
from codeassist.tasks.architecture.words import Quote, of_module, readme
from codeassist.tasks.task import Reach, Scene, Subject

MAIN_DEFINITIONS = 6  # for each module
LISTED = 12  # rows of a list; what is beyond is counted


@dataclass(frozen=True)
class Facts:
    """What is known of a repository, or of the folder `folder` ("" for all of it).

    `program` are the files that are no tests, `modules` of the graph hold them. `words` and `mains`
    go by module. `ties` are the imports from the folder to the rest and back.
    """

    title: str
    folder: str
    survey: Survey
    program: tuple[str, ...]
    graph: Graph
    about: Quote | None
    words: tuple[Quote | None, ...]
    mains: tuple[tuple[Main, ...], ...]
    entries: tuple[Entry, ...]
    tools: tuple[str, ...]
    most_used: tuple[tuple[int, str], ...]
    tests: tuple[TestFolder, ...]
    untested: tuple[int, ...]
    outside: tuple[Package, ...]
    uses: tuple[tuple[str, int], ...]
    used_by: tuple[tuple[str, int], ...]
    skipped: int


def gather(scene: Scene, subject: Subject, sources: Sources) -> Facts:
    """The facts of a subject. Raises UsageError if it has no source file."""
    view, token = scene.view, scene.token
    scene.progress("reading files", 0, 0)
    looked = survey(view, subject.paths, token)
    if not looked.lines:
        raise UsageError(
            f"there is no source file to describe in {subject.name or 'the repository'}",
            "name a folder with code in a language that codeassist knows",
        )
    folder = _folder(subject)
    scene.progress("resolving imports", 0, 0)
    every = view.paths if subject.reach is Reach.FOLDER else looked.lines
    found = dependencies(view, every, token)
    own = looked.lines.keys()
    inside = [each for each in found.inside if each.importer in own]
    program = _program(looked, inside)
    drawn = graph(modules(path for path in program if looked.lines[path]), inside)
    users = Users(view, found.inside, lambda path: is_test(path) and path not in program)
    scene.progress("describing modules", 0, 0)
    tests, untested = coverage(view, looked.tests - program, drawn, inside)
    return Facts(
        title=folder or os.path.basename(os.path.normpath(scene.root)),
        folder=folder,
        survey=looked,
        program=tuple(sorted(program)),
        graph=drawn,
        about=readme(view, folder),
        words=tuple(of_module(view, sources, each) for each in drawn.modules),
        mains=tuple(
            described(view, sources, main_definitions(view, users, each.files, MAIN_DEFINITIONS))
            for each in drawn.modules
        ),
        entries=tuple(entries(view, program)),
        tools=tuple(tool_files(view, folder)),
        most_used=tuple(fan_in(_among(found.inside, program), dict.fromkeys(program, 0))),
        tests=tests,
        untested=untested,
        outside=packages(view, found, own, program),
        uses=_ties(
            path for each in inside for path in each.targets[:1] if not _within(path, folder)
        ),
        used_by=_ties(
            each.importer
            for each in found.inside
            if not _within(each.importer, folder) and each.targets[0] in own
        ),
        skipped=len(view.skipped),
    )


def _folder(subject: Subject) -> str:
    """The folder of a subject, by its paths; "" for a whole repository."""
    if subject.reach is not Reach.FOLDER:
        return ""
    named = os.path.normpath(subject.name).replace(os.sep, "/")
    if all(_within(path, named) for path in subject.paths):
        return "" if named == "." else named
    return common_folder(subject.paths)


def _within(path: str, folder: str) -> bool:
    return not folder or folder == "." or path.startswith(folder + "/")


def _program(looked: Survey, inside: Iterable[Dependency]) -> frozenset[str]:
    """The files that are no tests, and those that only look so: what the program itself imports.

    All files where there are nothing but tests.
    """
    plain = looked.lines.keys() - looked.tests
    targets: dict[str, set[str]] = {}
    for each in inside:
        targets.setdefault(each.importer, set()).update(each.targets)
    # Scripts and benchmarks may use tests without making them part of the program.
    pending = [path for path in plain if not is_aside(path)]
    found = set(plain)
    while pending:
        for path in targets.get(pending.pop(), ()):
            if path not in found and path in looked.lines:
                found.add(path)
                pending.append(path)
    return frozenset(found or looked.lines)


def _among(every: Iterable[Dependency], program: frozenset[str]) -> Iterable[Dependency]:
    return (each for each in every if each.importer in program)


def _ties(paths: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Paths with how often they come, most first."""
    tally: Mapping[str, int] = Counter(paths)
    return tuple(sorted(tally.items(), key=lambda row: (-row[1], row[0])))
