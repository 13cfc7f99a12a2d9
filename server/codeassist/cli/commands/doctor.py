"""`codeassist doctor`: look at everything that codeassist needs, and say what to do."""

import sys
from dataclasses import asdict

import click

from codeassist.base.errors import EXIT_CLEAN, EXIT_INCOMPLETE, ConfigurationError
from codeassist.cli.choices import color_option, json_option
from codeassist.cli.help import Command
from codeassist.engine.requests import Diagnosis, Health

_TONES = {Health.OK: "green", Health.MISSING: "yellow", Health.BROKEN: "red"}


class _Page(Command):
    examples = (("codeassist doctor", "before you report a problem"),)


@click.command(cls=_Page, short_help="Check the installation.")
@click.argument("path", default=".")
@json_option
@color_option
def doctor(path: str, as_json: bool, color: bool | None) -> int:
    """Check the installation, the cache, the settings and the repository that PATH is in.

    Exits with 0 when all that reviews need is there, and with 3 otherwise. What is optional, such
    as a model, may be missing.
    """
    from codeassist.cli.streams import emit, emit_data, terminal
    from codeassist.render.escape import dumps

    found = _diagnoses(path)
    if as_json:
        emit_data(dumps([{**asdict(each), "health": each.health.value} for each in found]))
    else:
        colour = terminal(sys.stdout, color).colour
        emit("".join(_line(each, colour) for each in found))
    healthy = all(each.health is not Health.BROKEN for each in found)
    return EXIT_CLEAN if healthy else EXIT_INCOMPLETE


def _diagnoses(path: str) -> list[Diagnosis]:
    """What the engine finds; broken settings are one finding more, and defaults stand in."""
    from codeassist.engine.doctor import diagnose
    from codeassist.settings import Settings, load

    try:
        return diagnose(path, load(path))
    except ConfigurationError as error:
        broken = Diagnosis("settings", Health.BROKEN, error.message, error.remedy)
        others = [each for each in diagnose(path, Settings()) if each.subject != broken.subject]
        return [broken, *others]


def _line(each: Diagnosis, colour: bool) -> str:
    from codeassist.render.escape import log_safe, visible

    state = f"{each.health.value:7}"
    state = click.style(state, fg=_TONES[each.health], bold=True) if colour else state
    text = log_safe(f"{state}  {each.subject:14}  {visible(each.detail)}") + "\n"
    if each.remedy:
        text += log_safe(f"{'':25}{visible(each.remedy)}") + "\n"
    return text
