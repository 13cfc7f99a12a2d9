"""The task `architecture`: an overview of a repository, with a graph of its modules.

From the index alone, and better with a model. Writes no file: the document is text.
"""

from codeassist.tasks.architecture.conversation import ArchitectureOptions, run

__all__ = ["ArchitectureOptions", "run"]
