"""`codeassist serve`: the language server for editors."""

from typing import TYPE_CHECKING

import click

from codeassist.base.errors import UsageError
from codeassist.cli.help import Command

if TYPE_CHECKING:
    from codeassist.cli.app import Session

MAX_PORT = 65_535
LEVELS = ("error", "warning", "info", "debug")


class _Page(Command):
    examples = (
        ("codeassist serve", "what an editor starts: it talks through standard input and output"),
        ("codeassist serve --tcp 127.0.0.1:9257", "for one client that connects there"),
    )


@click.command(cls=_Page, short_help="Serve an editor, as a language server.")
@click.option("--stdio", is_flag=True, help="Through standard input and output; the default.")
@click.option("--tcp", metavar="HOST:PORT", help="To the first client that connects.")
@click.option("--ws", metavar="HOST:PORT", help="The same by WebSocket.")
@click.option(
    "--log-level",
    type=click.Choice(LEVELS),
    default="warning",
    show_default=True,
    help="What is written to standard error.",
)
@click.pass_obj
def serve(session: "Session", stdio: bool, tcp: str | None, ws: str | None, log_level: str) -> int:
    """Serve an editor by the Language Server Protocol until it says exit.

    Nothing is sent anywhere by itself: a model is asked only for actions that you choose.
    """
    if sum((stdio, tcp is not None, ws is not None)) > 1:
        raise UsageError("only one of --stdio, --tcp and --ws can be served", "start two servers")
    kind = "tcp" if tcp is not None else "ws" if ws is not None else "stdio"
    host, port = _address(tcp or ws or "", kind)
    return session.serve(kind, host, port, log_level)


def _address(text: str, kind: str) -> tuple[str, int]:
    """Host and port of HOST:PORT, of :PORT (this machine) or of [IPv6]:PORT."""
    if kind == "stdio":
        return "", 0
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > MAX_PORT:
        raise UsageError(f"{text!r} is no address", f"write --{kind} 127.0.0.1:9257")
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)
