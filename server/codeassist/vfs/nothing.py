"""A tree without files: the state before anything was there, or a place that is on no disk."""

from collections.abc import Iterator

from codeassist.base.files import Entry, Skipped


class NoTree:
    """A tree without files."""

    label = "nothing"

    def entries(self) -> Iterator[Entry]:
        """None."""
        return iter(())

    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError, whatever is asked for."""
        raise FileNotFoundError(2, "no such file", path)

    def skipped(self) -> tuple[Skipped, ...]:
        """None."""
        return ()
