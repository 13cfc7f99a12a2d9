"""The tree of errors that codeassist raises on purpose, each with a remedy and an exit code.

    CodeassistError
    ├── UsageError            2  the command line or a revision is wrong
    ├── ConfigurationError    2  a settings file or value is wrong
    ├── RepositoryError       2  no commits yet, shallow history, git is missing, …
    │   └── NoRepositoryError 2  not a repository
    │       └── BrokenRepositoryError 2  there is a .git, but git does not accept it
    ├── DiffError             2  a patch that cannot be parsed or does not apply
    ├── IncompleteError       3  something could not be looked at
    ├── ModelError            4  a model could not be asked; see `base.model_errors`
    └── EditError             5  an edit that does not apply, or must not be applied
        └── StaleError        5  a file has changed since the edit was made

Anything else that escapes is a bug and is reported as one.
"""

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_INCOMPLETE = 3
EXIT_EDIT = 5  # 4 is in base.model_errors
EXIT_BUG = 70  # EX_SOFTWARE of sysexits.h
EXIT_INTERRUPTED = 130  # 128 + SIGINT, the shells' convention


class CodeassistError(Exception):
    """Something went wrong in a way that the user can act upon.

    `message` says what happened; `remedy` says in one line what to do about it.
    """

    exit_code = EXIT_USAGE

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(CodeassistError):
    """The command line, a path or a revision is wrong."""


class ConfigurationError(CodeassistError):
    """A settings file, an environment variable or a value in one is wrong."""


class RepositoryError(CodeassistError):
    """The repository is missing, or is in a state in which the request has no answer."""


class NoRepositoryError(RepositoryError):
    """There is no git repository around a path at all."""


class BrokenRepositoryError(NoRepositoryError):
    """There is a `.git` around a path, but git does not take it for a repository."""


class DiffError(CodeassistError):
    """A patch cannot be parsed, or does not apply to the tree."""


class IncompleteError(CodeassistError):
    """Part of the work could not be done; what was done is reported."""

    exit_code = EXIT_INCOMPLETE


class EditError(CodeassistError):
    """An edit does not apply to exactly one place, or must not be applied.

    The message is precise enough for whoever made the edit to make a better one.
    """

    exit_code = EXIT_EDIT


class StaleError(EditError):
    """A file has changed since the edit was made."""
