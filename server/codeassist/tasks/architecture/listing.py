"""Small wordings that all sections share: counts with their noun, and lists with an end."""

from collections.abc import Sequence


def plural(count: int, noun: str) -> str:
    """A count with its noun: "1 file", "2,000 files"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(rows: Sequence[str], most: int) -> list[str]:
    """The first rows, and how many more there are."""
    more = len(rows) - most
    # One row more is no longer than the row that says so.
    return [*rows] if more <= 1 else [*rows[:most], f"- and {more:,} more"]
