"""`codeassist explain`: what a check looks for, why it matters, what to do; or a list of all."""

import sys

import click

from codeassist.base.errors import EXIT_CLEAN
from codeassist.base.findings import Rule
from codeassist.cli.choices import color_option
from codeassist.cli.help import Command
from codeassist.cli.streams import Terminal


class _Page(Command):
    examples = (
        ("codeassist explain", "all checks, one a line"),
        ("codeassist explain CA101", "one of them in full"),
    )


@click.command(cls=_Page, short_help="Explain a finding's code.")
@click.argument("code", default="")
@color_option
def explain(code: str, color: bool | None) -> int:
    """Explain a check by its CODE or name; without one, list all checks."""
    from codeassist.cli.streams import emit, terminal
    from codeassist.engine import explain as checks

    seen = terminal(sys.stdout, color)
    text = _page(checks.explain(code), seen) if code else _list(checks.rules(), seen)
    emit(text)
    return EXIT_CLEAN


def _page(rule: Rule, seen: Terminal) -> str:
    """A rule's page: as Markdown in a pipe, set for reading on a terminal."""
    body = rule.explanation.strip()
    title = f"# {rule.code}: {rule.title}"
    head = f"`{rule.name}`, severity {rule.severity.label}"
    # The page may begin with its own title.
    page = body if body.startswith("# ") else f"{title}\n\n{head}\n\n{body}"
    if not seen.colour:
        return page + "\n"
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=seen.width, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        console.print(Markdown(page, hyperlinks=seen.interactive))
    return capture.get()


def _list(rules: tuple[Rule, ...], seen: Terminal) -> str:
    """One line a rule, in columns."""
    width = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        code = click.style(rule.code, bold=True) if seen.colour else rule.code
        lines.append(f"{code}  {rule.severity.label:7}  {rule.name:{width}}  {rule.title}\n")
    return "".join(lines)
