"""What one check of an edit says, as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sentences for people and models: what speaks against an edit, and what is proved of it."""

    problems: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()

    @classmethod
    def of(cls, problems: list[str], proof: str) -> "Verdict":
        """The problems, or the proof where there is none."""
        return cls(tuple(problems)) if problems else cls(proofs=(proof,) if proof else ())
