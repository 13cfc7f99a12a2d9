"""What is asked of the task, as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefactorOptions:
    """`action` is a name of the table `ACTIONS`.

    `name` is the new name where the action needs one ("" for a made-up one where that is possible),
    `instruction` what is to be done, for the action "instruct".
    """

    action: str
    name: str = ""
    instruction: str = ""
