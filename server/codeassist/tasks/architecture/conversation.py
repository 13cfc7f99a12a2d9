"""The task `architecture`: an overview of a repository or a folder as Markdown.

Facts alone make the whole document. A model adds sentences: first of each module by itself, then,
from those, of the whole. Those that name what does not exist are dropped; a request that fails
leaves the facts as they are.
"""

import os
from dataclasses import dataclass
from posixpath import isabs, normpath

from codeassist.base.errors import UsageError
from codeassist.context.source import Sources
from codeassist.context.tokens import DEFAULT_ENCODING, Counter, encoding_of
from codeassist.tasks.architecture.document import Written, document
from codeassist.tasks.architecture.facts import gather
from codeassist.tasks.architecture.markdown import Links
from codeassist.tasks.architecture.material import Material
from codeassist.tasks.architecture.modules_part import Names
from codeassist.tasks.architecture.writer import Writer
from codeassist.tasks.task import Conversation, Reach, Scene, Subject, TaskReport


@dataclass(frozen=True, slots=True)
class ArchitectureOptions:
    """How to write the overview.

    `folder` is where the document will be, relative to the repository, so that its links lead from
    there; "" is the root.
    """

    folder: str = ""


def run(scene: Scene, subject: Subject, options: ArchitectureOptions) -> Conversation:
    """Describe a repository or a folder.

    Raises UsageError for other subjects, for a document outside of the repository, and where there
    is no source file.
    """
    if subject.reach not in (Reach.REPOSITORY, Reach.FOLDER):
        raise UsageError(
            f"an overview is of a repository or a folder, and {subject.name} is neither",
            "name a folder, or nothing for the whole repository",
        )
    links = Links(_folder(options.folder))
    encoding = encoding_of(scene.model.name).name if scene.model else DEFAULT_ENCODING
    counter = Counter(encoding)
    sources = Sources(counter)
    facts = gather(scene, subject, sources)
    if scene.model is None:
        return TaskReport(document=document(scene.view, facts, Written(), links))
    material = Material(scene.view, facts, Names.of(facts), sources, counter)
    writer = Writer(scene, scene.model, material)
    modules = yield from writer.modules()
    whole = yield from writer.whole(modules)
    return TaskReport(
        document=document(scene.view, facts, Written(modules, whole, writer.model), links),
        dropped=tuple(writer.dropped),
        notes=tuple(writer.notes),
    )


def _folder(named: str) -> str:
    folder = normpath(named.replace(os.sep, "/")) if named else ""
    if isabs(folder) or folder.split("/")[0] == "..":
        raise UsageError(
            f"{named} is not in the repository, so the links in the overview would lead nowhere",
            "write the overview into the repository",
        )
    return "" if folder == "." else folder
