"""What codeassist can do with a piece of code: one file a task, and the table of them.

A task states facts, makes requests to a model and reads the answers. It never carries a request to
a model itself: see `task`.
"""

from collections.abc import Mapping
from types import MappingProxyType

# Name → module, in the order in which help texts list them. A module has `run`, a `TaskRunner`.
TASKS: Mapping[str, str] = MappingProxyType(
    {
        "docs": "codeassist.tasks.docs.run",
        "architecture": "codeassist.tasks.architecture",
        "bugs": "codeassist.tasks.bugs",
        "refactor": "codeassist.tasks.refactor",
        "review": "codeassist.tasks.review",
    }
)
