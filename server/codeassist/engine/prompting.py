"""The prompts in force, for people to see."""

from codeassist.engine.tasks import prompt_folder
from codeassist.prompts.library import Prompts, Template
from codeassist.settings.schema import Settings


def prompt_list(settings: Settings) -> tuple[str, tuple[Template, ...]]:
    """The user's own folder of prompts ("" if there is none), and all templates in force."""
    folder = prompt_folder(settings)
    library = Prompts(folder)
    return folder, tuple(library.template(name) for name in library.names())
