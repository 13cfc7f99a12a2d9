"""Which refactoring fixes a finding without a model, by the finding's code and message alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DUPLICATES, RUFF = "CA202", "CA401"
# Of the rules that the check reports these have fixes that ruff calls safe, by trying each rule
# (0.15). Some have none for certain code; then the fix says so when it is asked for.
_FIXED_BY_RUFF = frozenset(
    {"B033", "F632", "F811", "F901", "PLE0241", "PLW0245"}
    | {f"PLE25{number}" for number in (10, 12, 13, 14, 15)}
)
_ACTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        DUPLICATES: ("call-duplicate", "Call the function that this one repeats"),
        RUFF: ("fix", "Apply ruff's safe fix"),
    }
)


@dataclass(frozen=True, slots=True)
class Fix:
    """A refactoring by its name, and what it is called as a fix."""

    action: str
    title: str


def fix_of(code: str, message: str) -> Fix | None:
    """The refactoring that fixes a finding, None where none does."""
    if code == RUFF and message.partition(" ")[0] not in _FIXED_BY_RUFF:
        return None
    found = _ACTIONS.get(code)
    return Fix(*found) if found is not None else None
