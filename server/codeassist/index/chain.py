"""Expressions as chains: `make(x).client().send` becomes "make().client().send".

A chain is names joined by dots, each perhaps called. Arguments, generic parameters and the
language's own separators are taken out. Anything else (an index, an operator, a literal) is no
chain, and resolvers say nothing about it.
"""

import re
from functools import cache

_STRIP = re.compile(r"\s+")
_WORDS = re.compile(r"[\w$)!]\s+[\w$]")  # `a or b`, `a as T`: an operator that is a word
# The "#" begins JavaScript's private names.
_CHAIN = re.compile(r"#?[\w$]+(?:\(\))?(?:\.#?[\w$]+(?:\(\))?)*\Z")
# Generic arguments. Comparisons are written with spaces, so `<` must touch both neighbours.
_GENERIC = re.compile(r"(?<=\w)(?:::)?<(?! )[^<>()=;\"]*>(?=[.:(?!,>\-]|$)")
_PREFIXES = ("await ", "new ", "&mut ", "&", "*", "return ")
MAX_EXPRESSION = 2000  # characters; longer ones are literals and tables


@cache
def _separators(separators: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(separators, key=len, reverse=True)
    return re.compile("|".join(re.escape(text) for text in ordered))


def chain(text: str, separators: tuple[str, ...]) -> str:
    """The chain of an expression, or "" where it is none."""
    text = text.strip()
    if len(text) > MAX_EXPRESSION:
        return ""
    constructed = False
    for prefix in _PREFIXES:
        if text.startswith(prefix):
            constructed = constructed or prefix == "new "
            text = text[len(prefix) :].lstrip()
    while text.startswith("(") and text.endswith(")") and _closes_at_end(text):
        return chain(text[1:-1], separators)
    flat = _without_generics(_without_arguments(text))
    if _WORDS.search(flat):
        return ""
    flat = _STRIP.sub("", _separators(separators).sub(".", flat))
    if "!." in separators:
        flat = flat.rstrip("!")
    if constructed and not flat.endswith("()"):
        flat += "()"
    return flat if _CHAIN.match(flat) else ""


def parts(text: str) -> list[tuple[str, bool]]:
    """A chain's names, each with whether it is called."""
    return [
        (part.removesuffix("()"), part.endswith("()")) for part in text.split(".") if part != ""
    ]


def _closes_at_end(text: str) -> bool:
    depth = 0
    for position, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return position == len(text) - 1
    return False


def _without_generics(text: str) -> str:
    """The text without generic arguments, the innermost first: `Vec::<Box<T>>::new()`."""
    while "<" in text:
        shorter = _GENERIC.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


def _without_arguments(text: str) -> str:
    """The text with what stands in parentheses taken out; "[" makes it no chain on purpose."""
    if "(" not in text:
        return text
    out: list[str] = []
    depth = 0
    quote = ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
            continue
        if depth and char in "\"'`":
            quote = char
            continue
        if char == ")":
            depth -= 1
        if depth == 0:
            out.append(char)
        if char == "(":
            depth += 1
    return "".join(out)
