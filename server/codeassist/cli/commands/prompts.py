"""`codeassist prompts`: list the prompts, show one, and say where to put one's own."""

import click

from codeassist.base.errors import EXIT_CLEAN, UsageError
from codeassist.cli.choices import json_option
from codeassist.cli.help import Command


class _Page(Command):
    examples = (
        ("codeassist prompts", "all of them, and which are your own"),
        ("codeassist prompts docs/system", "one, as a start for your own"),
    )


@click.command(cls=_Page, short_help="List the prompts, or show one.")
@click.argument("name", default="")
@json_option
def prompts(name: str, as_json: bool) -> int:
    """List what models are told, or show the prompt NAME.

    A file NAME.md in your own folder of prompts replaces the one of that name.
    """
    from codeassist.cli.errors import show
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.prompting import prompt_list
    from codeassist.render.escape import dumps
    from codeassist.settings import load

    folder, templates = prompt_list(load())
    known = {template.name: template for template in templates}
    if name and name not in known:
        raise UsageError(f"there is no prompt {name}", f"the prompts are {', '.join(known)}")
    if as_json:
        chosen = [known[name]] if name else list(known.values())
        emit_data(dumps([{"name": t.name, "path": t.path, "text": t.text} for t in chosen]))
    elif name:
        emit(known[name].text)
    else:
        width = max(map(len, known))
        emit("".join(f"{t.name:{width}}  {t.path or 'built in'}\n" for t in known.values()))
        if folder:
            show(f"your own go into {folder}", "note", "cyan")
    return EXIT_CLEAN
