"""`codeassist model`: serve a local model, list an address's models, test that one answers."""

from typing import TYPE_CHECKING, Any

import click

from codeassist.base.errors import EXIT_CLEAN
from codeassist.cli.choices import json_option
from codeassist.cli.help import Command

if TYPE_CHECKING:
    from codeassist.engine.models import Tested

DEFAULT_PORT = 8080
DEFAULT_CONTEXT = 16_384  # tokens; more takes memory that a laptop may not have


class _Serve(Command):
    examples = (
        ("codeassist model serve qwen2.5-coder-7b.gguf", "on http://127.0.0.1:8080/v1"),
        (
            "CODEASSIST_MODEL_BASE_URL=http://127.0.0.1:8080/v1 codeassist bugs app.py",
            "and use it, in another terminal",
        ),
    )


class _List(Command):
    examples = (("codeassist model list", "what the address of your settings offers"),)


class _Test(Command):
    examples = (("codeassist model test", "that the model of your settings answers"),)


@click.group(short_help="Serve a local model; list and test models.")
def model() -> None:
    """Serve a local model, list the models of an address, test that one answers."""


@model.command(cls=_Serve, short_help="Serve a GGUF file on this machine.")
@click.argument("gguf", metavar="GGUF")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    default=DEFAULT_PORT,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
@click.option(
    "--context",
    type=click.IntRange(min=512),
    default=DEFAULT_CONTEXT,
    show_default=True,
    metavar="TOKENS",
    help="Most tokens of a request and its answer; more needs more memory.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Threads that compute.  [default: one a core; fewer where other work runs]",
)
def serve(gguf: str, port: int, context: int, threads: int | None) -> int:
    """Run the model in the file GGUF behind an OpenAI-compatible address on this machine.

    Only this machine can reach it. Needs `pip install 'codeassist[local]'`; ends with Ctrl-C.
    """
    from codeassist.cli.errors import show
    from codeassist.engine.models import serve_local

    def ready(address: str) -> None:
        show(f"{address} is ready; Ctrl-C ends it")
        show(f"use it with CODEASSIST_MODEL_BASE_URL={address}", "note", "cyan")

    serve_local(gguf, port, context, threads, ready)


@model.command(name="list", cls=_List, short_help="List the models of an address.")
@click.argument("name", default="")
@json_option
def list_(name: str, as_json: bool) -> int:
    """List the models that an address offers: that of the model NAME of your settings.

    Without NAME, of the default one.
    """
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.models import list_models
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load

    address, names = list_models(load(), name)
    if as_json:
        emit_data(dumps({"address": address, "models": list(names)}))
    else:
        emit("".join(f"{log_safe(visible(each))}\n" for each in names))
    return EXIT_CLEAN


@model.command(cls=_Test, short_help="Test that a model answers.")
@click.argument("name", default="")
@json_option
def test(name: str, as_json: bool) -> int:
    """Ask the model NAME of your settings a tiny question, and say how it did.

    Without NAME, the default one. Sends no code.
    """
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.models import test_model
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load

    tested = test_model(load(), name)
    if as_json:
        emit_data(dumps(_data(tested)))
    else:
        emit("".join(f"{log_safe(visible(line))}\n" for line in _lines(tested)))
    return EXIT_CLEAN


def _data(tested: "Tested") -> dict[str, Any]:
    return {
        "model": tested.model,
        "address": tested.address,
        "seconds_to_first": round(tested.seconds_to_first, 3),
        "seconds": round(tested.seconds, 3),
        "input_tokens": tested.usage.input,
        "output_tokens": tested.usage.output,
        "cost": tested.cost,
        "window_tokens": tested.input_tokens,
        "is_known": tested.is_known,
        "notes": list(tested.notes),
    }


def _lines(tested: "Tested") -> list[str]:
    known = "" if tested.is_known else " (assumed: set model.input_tokens to what it takes)"
    price = f", ${tested.cost:.6f}" if tested.cost is not None else ""
    return [
        f"{tested.model} at {tested.address or 'OpenAI'} answers, and holds to a schema",
        f"first words after {tested.seconds_to_first:.1f} s, all after {tested.seconds:.1f} s; "
        f"{tested.usage.input} tokens in, {tested.usage.output} out{price}",
        f"takes requests of {tested.input_tokens:,} tokens{known}",
        *(f"note: {note}" for note in tested.notes),
    ]
