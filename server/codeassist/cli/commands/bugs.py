"""`codeassist bugs`: what may be wrong in a piece of code, with evidence."""

import mimetypes
from typing import TYPE_CHECKING, Unpack

import click

from codeassist.base.errors import UsageError
from codeassist.cli.help import Command
from codeassist.cli.input_text import read_input
from codeassist.cli.task_options import HEADINGS, Given, split, task_options

if TYPE_CHECKING:
    from codeassist.base.messages import Image

IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")
MAX_IMAGE_BYTES = 20 << 20  # more than any provider takes


class _Page(Command):
    headings = HEADINGS
    examples = (
        ("codeassist bugs src/app.py:120", "in the function there"),
        ("codeassist bugs --issue issue.md", "that may be behind an issue"),
        ("pytest 2>&1 | codeassist bugs --traceback -", "that a failing test shows"),
    )


@click.command(cls=_Page, short_help="Find what may be wrong, with evidence.")
@click.argument("target", default="", metavar="[FILE[:LINE[-LINE]] | SYMBOL | FOLDER]")
@click.option("--issue", metavar="FILE", help="Read an issue's text from a file; - is the input.")
@click.option("--traceback", metavar="FILE", help="Read a stack trace or a log; - is the input.")
@click.option("--image", metavar="FILE", help="Show a picture to models that see.")
@task_options
def bugs(
    target: str, issue: str | None, traceback: str | None, image: str | None, **given: Unpack[Given]
) -> int:
    """Say what goes wrong, for which input, where, how sure that is, and how to confirm it.

    Facts come first: what the checks prove about the code as it is. A model, if one is set up, adds
    hypotheses; each quotes code that exists, and has stood a second look that tried to refute it.
    """
    from codeassist.cli.task_run import run_task
    from codeassist.engine.options import BugsOptions

    common = split(given)
    if not target and issue is None and traceback is None and image is None:
        raise UsageError(
            "there is no target", "name a file, a definition or a folder, or give --issue FILE"
        )
    if issue == "-" and traceback == "-":
        raise UsageError("--issue and --traceback both read the input", "name a file for one")
    options = BugsOptions(
        issue=read_input(issue) if issue is not None else "",
        traceback=read_input(traceback) if traceback is not None else "",
        image=_image(image) if image is not None else None,
    )
    return run_task(common, "bugs", target, options)


def _image(path: str) -> "Image":
    from codeassist.base.messages import Image

    kind = mimetypes.guess_type(path)[0] or ""
    if kind not in IMAGE_TYPES:
        raise UsageError(f"{path} is no picture that models take", "give a PNG, JPEG, WebP or GIF")
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_IMAGE_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", "name a picture") from error
    if len(data) > MAX_IMAGE_BYTES:
        raise UsageError(f"{path} is larger than 20 MiB", "make the picture smaller")
    return Image(kind, data)
