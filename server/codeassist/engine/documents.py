"""What a rim needs to know of a document's language before anything is indexed."""

from codeassist.languages import LANGUAGES, by_editor_id, for_path


def suffix_of(name: str, editor_id: str) -> str:
    """What a document's name must end with for its language to be known; "" if it is by its name.

    `editor_id` is the editor's name of the language. "" too for a language that is not understood.
    """
    if for_path(name) is not None:
        return ""
    language = by_editor_id(editor_id)
    return language.extensions[0] if language is not None else ""


def editor_ids() -> tuple[str, ...]:
    """All names by which editors call the languages that are understood."""
    return tuple(each for row in LANGUAGES for each in (row.name, *row.editor_ids))
