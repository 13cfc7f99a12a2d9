"""What the user may choose: the schema, where values come from, and how they are explained.

Layers, the later wins: defaults, the repository's file, the user's file, the environment, flags.
Rooms below never import this one: they are handed their own slice. `load` alone reads the
environment.
"""

from codeassist.settings.load import load, with_repository
from codeassist.settings.schema import (
    CacheConfig,
    FailOn,
    IndexConfig,
    ReviewConfig,
    Settings,
)
from codeassist.settings.sources import REPOSITORY_FILES

__all__ = [
    "REPOSITORY_FILES",
    "CacheConfig",
    "FailOn",
    "IndexConfig",
    "ReviewConfig",
    "Settings",
    "load",
    "with_repository",
]
