"""What the gateway has to be told: plain data, cheap to import.

The settings compose these; keys never come from files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Provider = Literal["auto", "openai", "compatible", "azure"]
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
Verbosity = Literal["low", "medium", "high"]

DEFAULT_MODEL = "gpt-5.2"


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """One model at one address.

    `provider` "auto" means OpenAI's own where there is no address or it is OpenAI's, Azure where it
    is Azure's, "compatible" otherwise. None stands for what the facts of the model say.
    `input_tokens` and `output_tokens` are for models that the facts do not know. `is_named` is
    False where nobody has chosen the name, so that an address with one model may mean that.
    """

    name: str = DEFAULT_MODEL
    provider: Provider = "auto"
    base_url: str | None = None
    key: str = field(default="", repr=False)
    api_version: str | None = None
    effort: Effort | None = None
    verbosity: Verbosity | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    sees: bool | None = None
    timeout_seconds: int = 600
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """Limits that stop. Costs are in US cents, 0 means no limit; a day is the user's own."""

    run_cents: int = 0
    day_cents: int = 0
    run_tokens: int = 0
    day_tokens: int = 0
    concurrent: int = 4


@dataclass(frozen=True, slots=True)
class GatewayConfig:
    """All models by name, which of them a task uses, and where answers and costs are kept.

    `models` has "default" at least, unless nothing is set up. `routes` maps a task, or "default",
    to names of models: the first is used, the others are fall-backs in order. A task that has no
    route goes by its first part ("bugs" for "bugs.refute"), then by "default". `folder` is where
    the ledger and the kept answers are; "" keeps them in memory.
    """

    models: Mapping[str, ModelConfig] = field(default_factory=dict)
    routes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: LimitsConfig = LimitsConfig()
    folder: str = ""
    repository: str = ""
    keeps_answers: bool = True
    offline: bool = False
