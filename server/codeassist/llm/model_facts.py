"""What is known of a model: its limits, its prices, and what it accepts. Read from models.toml.

Knows no provider. Unknown names work, with defaults that are careful rather than right, and what
the user has set goes before everything.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from codeassist.base.messages import Usage
from codeassist.llm.config import Effort, ModelConfig, Verbosity

_MILLION = 1_000_000
_DATE = re.compile(r"-\d{4}-\d{2}-\d{2}$")
# OpenAI's own names: gpt-7, gpt-4o, o3-mini, chat-latest; not gpt-oss, which others serve.
_OPENAI_NAME = re.compile(r"^(gpt-\d|o\d|chatgpt-)")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, and the rules that go with them (see models.toml)."""

    input: float
    cached: float
    output: float
    write: float = 1.0
    above: int | None = None
    input_factor: float = 1.0
    output_factor: float = 1.0

    def cost(self, usage: Usage) -> float:
        """US dollars for one request; never less than what is billed."""
        is_long = self.above is not None and usage.input > self.above
        factors = (self.input_factor, self.output_factor) if is_long else (1.0, 1.0)
        fresh = (usage.input - usage.cached) * self.input * self.write
        read = fresh + usage.cached * self.cached
        return (read * factors[0] + usage.output * self.output * factors[1]) / _MILLION


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model's limits in tokens, its price and what it accepts.

    `input_ceiling` is the most that a request may have, `output_ceiling` the most that an answer
    may have with its reasoning. `effort` and `verbosity` are what is to be sent, None for nothing.
    `is_known` is False for a model that is not in models.toml. `price` is None if not known.
    """

    name: str
    is_known: bool
    window: int
    input_ceiling: int
    output_ceiling: int
    price: Price | None
    efforts: tuple[Effort, ...]
    effort: Effort | None
    verbosity: Verbosity | None
    accepts: frozenset[str]
    sees: bool

    def cost(self, usage: Usage) -> float | None:
        """US dollars for one request; None where the price is not known."""
        return self.price.cost(usage) if self.price else None


def facts_for(name: str, config: ModelConfig | None = None) -> ModelFacts:
    """The facts of a model by its name, with what `config` sets in their place.

    A date behind the name and a vendor before it ("openai/gpt-5.2") make no difference.
    """
    table = _table()
    base = _DATE.sub("", name.strip().lower().rpartition("/")[2])
    row = table["models"].get(base)
    if row is not None:
        facts = _facts(name, _with_base(table["models"], row), is_known=True)
    else:
        kind = "openai" if _OPENAI_NAME.match(base) else "any"
        facts = _facts(name, table["unknown"][kind], is_known=False)
    return _configured(facts, config) if config else facts


def known_models() -> tuple[str, ...]:
    """The names of all models in models.toml, in its order."""
    return tuple(_table()["models"])


@cache
def _table() -> Mapping[str, Any]:
    text = files("codeassist.llm").joinpath("models.toml").read_text("utf-8")
    return tomllib.loads(text)


def _with_base(models: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with all that the rows it is based on have."""
    if "base" not in row:
        return dict(row)
    return _with_base(models, models[row["base"]]) | dict(row)


def _facts(name: str, row: Mapping[str, Any], is_known: bool) -> ModelFacts:
    price = dict(row.get("price", {}))
    return ModelFacts(
        name=name,
        is_known=is_known,
        window=row["window"],
        input_ceiling=row["input"],
        output_ceiling=row["output"],
        price=Price(**({"cached": price["input"]} | price)) if price else None,
        efforts=tuple(row["efforts"]),
        effort=row["effort"] or None,
        verbosity=row["verbosity"] or None,
        accepts=frozenset(row["accepts"]),
        sees=row["sees"],
    )


def _configured(facts: ModelFacts, config: ModelConfig) -> ModelFacts:
    """The facts with the user's own values, which are believed."""
    effort = config.effort
    if effort is not None and facts.is_known:
        effort = _nearest(effort, facts.efforts) if facts.efforts else None
    return replace(
        facts,
        input_ceiling=config.input_tokens or facts.input_ceiling,
        output_ceiling=config.output_tokens or facts.output_ceiling,
        window=max(facts.window, (config.input_tokens or 0) + (config.output_tokens or 0)),
        effort=effort or facts.effort,
        verbosity=config.verbosity or facts.verbosity,
        sees=facts.sees if config.sees is None else config.sees,
    )


def _nearest(effort: Effort, accepted: tuple[Effort, ...]) -> Effort:
    """The level itself, or the next one up that is accepted, or the highest."""
    levels: tuple[Effort, ...] = get_args(Effort)
    wanted = levels.index(effort)
    return next((each for each in accepted if levels.index(each) >= wanted), accepted[-1])
