"""The text of a request without anything that a person does not see in it.

What comes from a repository is made visible piece by piece already; this is for the whole, so that
no way into a prompt is forgotten. A model reads what no editor shows.
"""

import re

# Beyond what `context.source.visible` names: fillers, shapes of Mongolian and Khmer, variation
# selectors of ideographs, and everything in the plane of tags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    "\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
# One selector belongs to the emoji before it; a row of them spells bytes.
_SELECTORS = re.compile("[\ufe00-\ufe0f]{2,}")


def legible(text: str) -> str:
    """A text in which hidden characters are written as `<U+E0041>`; line ends and tabs stay."""
    text = _HIDDEN.sub(lambda match: _named(match.group()), text)
    return _SELECTORS.sub(lambda match: "".join(map(_named, match.group())), text)


def _named(character: str) -> str:
    return f"<U+{ord(character):04X}>"
