"""What a review by a model looks for, by name. Style is no category: formatters and linters do it.

The words are what a model is told; the setting `review.categories` has the names.
"""

from collections.abc import Mapping
from types import MappingProxyType

# In the order in which a model is told of them.
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "correctness": "wrong results, crashes, endless loops, cases that are not handled",
        "contracts": (
            "what callers, subclasses, other services, stored data or users of an interface rely "
            "on and no longer get"
        ),
        "data": "data that is lost, corrupted, or left half written when something fails",
        "security": (
            "input that reaches a command, a query, a path or a page unchecked; missing checks of "
            "rights; secrets that leak"
        ),
        "concurrency": "races, deadlocks, shared state that is changed without a guard",
        "resources": "leaks, growth without bound, work that grows much faster than its input",
        "tests": "a test that can no longer fail, or that does not test what it names",
        "docs": "documentation or messages that say the opposite of what the code does",
    }
)
# The others are matters of taste in many teams, and are asked for by name.
USUAL = ("correctness", "contracts", "data", "security", "concurrency", "resources")
