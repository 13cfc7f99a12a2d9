"""The options of each task, for the rims: a `TaskRequest` takes one of these."""

from codeassist.tasks.architecture import ArchitectureOptions as ArchitectureOptions
from codeassist.tasks.bugs.options import BugsOptions as BugsOptions
from codeassist.tasks.docs.options import DocsOptions as DocsOptions
from codeassist.tasks.refactor.options import RefactorOptions as RefactorOptions
