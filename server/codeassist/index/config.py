"""The index room's own slice of configuration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """How to index. `workers` is the number of processes, None for one a core up to four.

    `digest` is the repository's object format, "sha1" or "sha256".
    """

    workers: int | None = None
    digest: str = "sha1"
