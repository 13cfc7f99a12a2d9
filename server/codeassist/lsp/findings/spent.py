"""What a run with a model cost, in words."""

from codeassist.engine.requests import Outcome


def spent(outcome: Outcome) -> str:
    """One line about the requests of a run; "" where no model was asked."""
    if not outcome.requests:
        return ""
    plural = "" if outcome.requests == 1 else "s"
    kept = f" ({outcome.kept} known already)" if outcome.kept else ""
    used = outcome.usage
    cost = "" if outcome.cost is None else f", for {outcome.cost:.4f} US dollars"
    return (
        f"found by {', '.join(outcome.models)} in a run of {outcome.requests} request{plural}"
        f"{kept}: {used.input:,} tokens in, {used.output:,} out{cost}"
    )
