"""Reads a function as a stack trace writes it: the names of its types and its own, last.

What compilers make of closures, lambdas, coroutines and constructors is given as the function that
it was written in. Knows the conventions of many languages; does not know any repository.
"""

import re

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(?:new|async|(?:block|rescue|ensure)(?: \([^)]*\))? in) ", ""),  # JavaScript, Ruby
        (r"::h[0-9a-f]{16}$", ""),  # Rust's hash of an instance
        (r"(?:::\{+[\w:# ]+\}+)+", ""),  # Rust's closures
        (r"\.<>c(?:__\w+)?(?=\.)", ""),  # C#'s class of lambdas
        (r"<(\w+)>[a-z]__[\w|]*(?:\.MoveNext)?$", r"\1"),  # C#'s lambdas, local and async functions
        (r"(?:(\w+)(?:`\d+)?)\.\.c?ctor$", r"\1.\1"),  # C#'s constructors
        (r"(\w+)\.<(?:cl)?init>$", r"\1.\1"),  # Java's
        (r"\b(?:lambda|\$anonfun)\$(\w+)\$\d+$", r"\1"),  # Java's and Scala's lambdas
        (r"\$(\w+)\$\d+\.invoke(?:Suspend)?$", r".\1"),  # Kotlin's
        (r"(?:\.func\d+|\.gowrap\d+|\.\d+|-fm)+$", ""),  # Go's closures and method values
        (r"\(\*?(\w+)(?:\[[^\]]*\])?\)", r"\1"),  # Go's receivers
        (r"(?<=\w)(?:::)?<(?!impl )[^<>]*>(?=::|$)", ""),  # arguments of types
        (r"<(?:impl )?&?(?:mut )?([\w:]+)(?:<.*>)?(?: as [^<>]*(?:<.*>)?)?>::", r"\1::"),  # Rust's
        (r"\.?<locals>", ""),  # Python's
        (r"\[[^\]]*\]|`\d+", ""),  # arguments of types
    )
)
_ANONYMOUS = re.compile(r"[<{].*[>}]$|anonymous$|glob\.?$")
_SEPARATORS = re.compile(r"::|->|[.#/\\$+\s]")


def names_of(function: str) -> list[str]:
    """The names, outermost first; [] for code that has no name ("<module>", a callback)."""
    text = function.strip()
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    if _ANONYMOUS.search(text):
        return []
    return [part for part in _SEPARATORS.split(text) if part and not part.isdigit()]
