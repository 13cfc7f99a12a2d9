"""What a rim needs to know of a text before it is looked at: by its name and its first line."""

from codeassist.languages import for_path
from codeassist.vfs.secret_files import is_secret_file


def language_of(path: str, data: bytes) -> str:
    """The name of a text's language; "" for one that is not understood."""
    row = for_path(path, data[:256])
    return row.name if row is not None else ""


def private_reason(path: str) -> str:
    """Why a file's text is shown to no model, by its path; "" if it may be."""
    name = path.rpartition("/")[2]
    return f"{name} is a file of secrets: no model is shown it" if is_secret_file(path) else ""
