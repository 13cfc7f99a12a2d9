"""How documentation looks in one place: what `detect` found out, and `styles` write by."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from codeassist.tasks.docs.content import PARTS, Part

Mood = Literal["imperative", "third"]


class Types(Enum):
    """Which types documentation repeats."""

    ALWAYS = "always"
    UNDECLARED = "undeclared"  # only those that the signature does not have
    NEVER = "never"


class Frame(Enum):
    """What encloses documentation."""

    DOCSTRING = "docstring"
    BLOCK = "block"  # /** … */
    BANG = "bang"  # /*! … */
    SLASHES = "slashes"  # ///
    GO = "go"  # //
    HASHES = "hashes"  # #
    DASHES = "dashes"  # --- and then --
    LUALS = "luals"  # ---


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of one file's documentation. `width` is the longest line, in characters.

    `unit` is one step of indentation. `parts` are the sections that are written at all.
    `second_line` has the summary below the opening mark and `one_line` a lone summary on one line.
    `gap` is a blank line between the text and the first tag, `mark` the sign before a tag, `code`
    the quotes around code, `dash` what joins a name and its text. `gutter` is how far the stars of
    a block stand to the right of its beginning.
    """

    style: str
    frame: Frame
    width: int = 88
    unit: str = "    "
    mood: Mood = "imperative"
    types: Types = Types.UNDECLARED
    parts: tuple[Part, ...] = PARTS
    quote: str = '"""'
    second_line: bool = False
    one_line: bool = True
    full_stop: bool = True
    gap: bool = True
    mark: str = "@"
    code: str = "`"
    dash: str = " - "
    gutter: int = 1
    brief: str = ""
    return_tag: str = "return"
    raise_tag: str = "throws"
    in_constructor: bool = False
    nested_list: bool = True
