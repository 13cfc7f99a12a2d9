"""Which models are asked for a task, in which order, and why one cannot be.

Knows configurations and facts. Asks nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from codeassist.base.errors import ConfigurationError
from codeassist.base.messages import ModelRequest
from codeassist.base.model_errors import ModelError, NoModelError, TooLongError
from codeassist.llm.config import GatewayConfig, ModelConfig
from codeassist.llm.model_facts import ModelFacts, facts_for
from codeassist.llm.providers import kind_of
from codeassist.llm.providers.shared.parts import output_tokens

DEFAULT = "default"
OPENAI_ADDRESS = "https://api.openai.com/v1"
_REMEDY = "set OPENAI_API_KEY, or model.base_url for a local server; see `codeassist model serve`"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that may be asked. `key` is its name in the configuration."""

    key: str
    config: ModelConfig
    facts: ModelFacts

    @property
    def address(self) -> str:
        """Where it is."""
        return self.config.base_url or OPENAI_ADDRESS

    def most_output(self, request: ModelRequest) -> int:
        """The most tokens that an answer to a request may have, reasoning included."""
        return output_tokens(request, self.facts, kind_of(self.config) != "compatible")

    @property
    def is_set_up(self) -> bool:
        """Whether there is enough to ask it: a key for the big services, else an address."""
        if self.config.key:
            return kind_of(self.config) == "openai" or bool(self.config.base_url)
        own_kind = kind_of(replace(self.config, provider="auto"))
        return bool(self.config.base_url) and own_kind == "compatible"


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What is known of the model that answers a task.

    `input_tokens` is the most that a request may have, `output_tokens` the most of an answer.
    `has_price` tells whether costs can be named.
    """

    name: str
    input_tokens: int
    output_tokens: int
    sees: bool
    is_known: bool
    has_price: bool


def planned(config: GatewayConfig, task: str) -> tuple[Candidate, ...]:
    """All models of a task's route, set up or not.

    Raises ConfigurationError for a name that is no model, NoModelError if there are no models.
    """
    if not config.models:
        raise NoModelError("no model is set up", _REMEDY)
    return tuple(_candidate(config.models, name, task) for name in _names(config, task))


def route(config: GatewayConfig, task: str) -> tuple[Candidate, ...]:
    """The models of a task's route that are set up, in order; one at least.

    Raises NoModelError if there is none, or if all is to stay on this machine.
    """
    if config.offline:
        raise NoModelError(
            "models are not asked, since model.offline is set", "take model.offline back"
        )
    found = tuple(each for each in planned(config, task) if each.is_set_up)
    if not found:
        raise NoModelError("no model is set up", _REMEDY)
    return found


def route_facts(candidate: Candidate) -> RouteFacts:
    """The facts of a model for those who plan requests."""
    facts = candidate.facts
    return RouteFacts(
        name=candidate.config.name,
        input_tokens=facts.input_ceiling,
        output_tokens=facts.output_ceiling,
        sees=facts.sees,
        is_known=facts.is_known,
        has_price=facts.price is not None,
    )


def misfit(candidate: Candidate, request: ModelRequest, tokens: int) -> ModelError | None:
    """Why a model cannot answer a request of about so many tokens; None if it can.

    The defaults for an unknown model are a guess: its server is to say what is too long.
    """
    name = candidate.config.name
    if request.needs_sight and not candidate.facts.sees:
        return NoModelError(
            f"{name} does not see images",
            "use a model that does, or set `sees` of the model if it does",
        )
    ceiling = candidate.facts.input_ceiling
    is_sure = candidate.facts.is_known or candidate.config.input_tokens is not None
    if is_sure and tokens > ceiling:
        return TooLongError(
            f"the request has about {tokens:,} tokens, and {name} takes {ceiling:,}",
            "ask about less code, or use a model with a larger window",
            ceiling,
            tokens,
        )
    return None


def _names(config: GatewayConfig, task: str) -> tuple[str, ...]:
    for name in (task, task.partition(".")[0], DEFAULT):
        if config.routes.get(name):
            return config.routes[name]
    return (DEFAULT,)


def _candidate(models: Mapping[str, ModelConfig], name: str, task: str) -> Candidate:
    model = models.get(name)
    if model is None:
        raise ConfigurationError(
            f"the route of {task} names the model {name}, which is not set up",
            f"add [models.{name}], or name one of {', '.join(sorted(models))}",
        )
    return Candidate(name, model, facts_for(model.name, model))
