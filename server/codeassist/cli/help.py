"""Help pages: options in named groups, and examples that can be copied."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

import click


class Command(click.Command):
    """A command whose help groups its options and ends with examples.

    A subclass names `examples`, pairs of a command line and what it does, and `headings`, the
    heading of each parameter that is not a plain option.
    """

    examples: ClassVar[Sequence[tuple[str, str]]] = ()
    headings: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under their headings, in the order of the first of each."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Argument):
                continue  # the page's text says what it is
            record = parameter.get_help_record(ctx)
            if record is not None:
                heading = self.headings.get(parameter.name or "", "Options")
                groups.setdefault(heading, []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples."""
        write_examples(formatter, self.examples)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Command lines, each above what it does; never wrapped, so that they can be copied."""
    if not examples:
        return
    with formatter.section("Examples"):
        indent = " " * formatter.current_indent
        for command, purpose in examples:
            formatter.write(f"{indent}{command}\n{indent}    {purpose}\n")
