"""What requests may cost, before they are sent. What they did cost is the price's own matter."""

from dataclasses import dataclass

from codeassist.base.messages import ModelRequest, Usage
from codeassist.llm.model_facts import ModelFacts


@dataclass(frozen=True, slots=True)
class Estimate:
    """An upper bound: every input token as a new one, every answer as long as it may be.

    `cost` is in US dollars, None where the price of the model is not known. Reasoning comes on top
    where the model does it.
    """

    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: "Estimate") -> "Estimate":
        costs = (self.cost, other.cost)
        return Estimate(
            self.model or other.model,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            None if None in costs else sum(cost or 0.0 for cost in costs),
        )


def estimate(request: ModelRequest, input_tokens: int, facts: ModelFacts) -> Estimate:
    """What a request of so many input tokens may cost with a model."""
    output = min(request.max_output_tokens, facts.output_ceiling)
    cost = facts.cost(Usage(input=input_tokens, output=output))
    return Estimate(facts.name, input_tokens, output, cost)


def dollars(amount: float) -> str:
    """An amount in words: "$0.0042", "$1.25"."""
    if amount and abs(amount) < 0.1:
        return f"${amount:.4f}"
    return f"${amount:.2f}"
