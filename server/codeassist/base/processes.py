"""Other processes of this machine."""

import os


def lives(process: int) -> bool:
    """Whether a process is there, by its id. For POSIX alone: elsewhere to ask would do harm."""
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
