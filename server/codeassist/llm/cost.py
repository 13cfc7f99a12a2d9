"""What requests may cost, before they are sent. What they did cost is the price's own matter."""

from dataclasses import dataclass

from codeassist.base.messages import ModelRequest, Usage
from codeassist.llm.model_facts import ModelFacts


@dataclass(frozen=True, slots=True)
class Estimate:
    """An upper bound: every input token as a new one, every answer as long as it may be.

    `output_tokens` have room for all the reasoning that a request allows. `cost` is in US dollars,
    None where the price of the model is not known; `likely` is the same without that room.
    """

    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    likely: float | None = 0.0

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.model or other.model,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            _sum(self.cost, other.cost),
            _sum(self.likely, other.likely),
        )


def estimate(
    request: ModelRequest, input_tokens: int, output_tokens: int, facts: ModelFacts
) -> Estimate:
    """What a request may cost with a model: so many tokens in, so many out at most."""
    answer = min(request.max_output_tokens, output_tokens)
    cost = facts.cost(Usage(input=input_tokens, output=output_tokens))
    likely = facts.cost(Usage(input=input_tokens, output=answer))
    return Estimate(facts.name, input_tokens, output_tokens, cost, likely)


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def dollars(amount: float) -> str:
    """An amount in words: "$0.0042", "$1.25"."""
    if amount and abs(amount) < 0.1:
        return f"${amount:.4f}"
    return f"${amount:.2f}"
