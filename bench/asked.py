"""What the measurements with a model share: a scene that shows a function alone, and a way to ask.

What else a model would be shown is another measurement's matter.
"""

import argparse
from collections.abc import Callable
from typing import TypeVar

from codeassist.base.cancellation import CancellationToken
from codeassist.context.pack import Order, Packer
from codeassist.context.pieces import Focus, Pack, Ranking
from codeassist.context.tokens import Counter as TokenCounter
from codeassist.engine.asking import Asker
from codeassist.engine.requests import silent
from codeassist.index.view import View
from codeassist.llm.config import GatewayConfig, ModelConfig
from codeassist.llm.gateway import Gateway
from codeassist.prompts.library import Prompts
from codeassist.tasks.task import ModelTraits, Scene

Result = TypeVar("Result")


def scene(view: View, options: argparse.Namespace) -> Scene:
    """A scene of a view, with the model of the options if they name one."""
    traits = ModelTraits(options.model, options.input_tokens) if options.model else None
    packer = Packer(TokenCounter())

    def pack(focus: Focus, task: str, budget: int, also: tuple[str, ...] = ()) -> Pack:
        order = Order(focus, budget, "markdown", "")
        return packer.pack(view, order, Ranking(), CancellationToken())

    return Scene(view, "", pack, Prompts(), traits, CancellationToken(), silent)


def asking(options: argparse.Namespace, do: Callable[[Asker], Result]) -> Result:
    """Do something with an asker of the model of the options, through the engine's gateway."""
    model = ModelConfig(
        options.model, base_url=options.base_url or None, input_tokens=options.input_tokens
    )
    config = GatewayConfig(models={"default": model}, routes={"default": ("default",)})
    gateway = Gateway(config, count=TokenCounter().count)
    with Asker(gateway, CancellationToken(), silent, lambda estimate: True) as asker:
        return do(asker)


def add_model(parser: argparse.ArgumentParser) -> None:
    """The options by which a model is named."""
    parser.add_argument("--model", default="", help="name of a model; none means facts alone")
    parser.add_argument("--base-url", default="", help="its OpenAI-compatible address")
    parser.add_argument("--input-tokens", type=int, default=8_000)
