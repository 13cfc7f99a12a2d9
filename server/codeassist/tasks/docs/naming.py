"""Sentences made of names, only where the name itself says them. Invents nothing.

"parse_header" is "Parse the header."; a name that begins with no known verb becomes a plain phrase
of its words.
"""

import re

from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.tasks.docs.layout import Mood
from codeassist.tasks.docs.verbs import base_of, nouns, third_person, verbs

LONGEST_ACRONYM = 5
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+\d*|[A-Z]+\d*|\d+")
_PREPOSITIONS = frozenset(
    {
        "about", "after", "all", "and", "any", "as", "at", "before", "between", "by", "each",
        "every", "for", "from", "in", "into", "its", "it", "no", "of", "off", "on", "only", "or",
        "out", "over", "per", "round", "same", "self", "than", "then", "this", "to", "under",
        "until", "up", "via", "when", "while", "with", "without",
    }
)  # fmt: skip
_UNCOUNTED = frozenset(
    {
        "data", "info", "information", "settings", "metadata", "html", "json", "xml", "text",
    }
)  # fmt: skip
_STATES = frozenset({"is", "has", "can", "should", "are", "was"})
_ADJECTIVES = frozenset(
    {
        "empty", "open", "free", "clear", "complete", "correct", "live", "present", "valid",
    }
)  # fmt: skip
_CONVERSIONS = ("to", "as")
_FIRST = re.compile(r"^([A-Za-z]+)(?![\w.(])")


def words_of(name: str) -> list[str]:
    """The words of a name in any case convention; acronyms keep their capitals."""
    found = _WORDS.findall(name)
    if name.isupper() and ("_" in name or len(name) > LONGEST_ACRONYM):
        return [each.lower() for each in found]  # a name that shouts is no acronym
    return [each if len(each) > 1 and each.isupper() else each.lower() for each in found]


def phrase(words: list[str]) -> str:
    """ "header" → "the header"; words that take no article stay as they are."""
    if not words or words[0].lower() in _PREPOSITIONS or words[0].isdigit():
        return " ".join(words)
    return "the " + " ".join(words)


def function_summary(
    name: str, mood: Mood, *, is_test: bool, has_result: bool, takes_nothing: bool = False
) -> str:
    """A sentence for a function. `is_test` says that its result is true or false.

    A lone word that is a noun too ("name") is one where the function only gives something.
    """
    words = words_of(name)
    if not words or words == [name.lower()[:1]]:
        return sentence(name)
    first, rest = words[0].lower(), words[1:]
    if first in _STATES and rest and is_test:
        verb = "Return" if mood == "imperative" else "Returns"
        return f"{verb} whether it {first} {' '.join(rest)}."
    if name.endswith("?"):  # Ruby's mark of a question
        verb = "Return" if mood == "imperative" else "Returns"
        is_verb = first in verbs() and first not in _ADJECTIVES
        said = third_person(first) if is_verb else f"is {first}"
        return f"{verb} whether it {' '.join([said, *rest])}."
    if words[-1] == "async" and len(words) > 1:  # C#'s mark of a task
        words, rest = words[:-1], rest[:-1]
    if first in _CONVERSIONS and rest and has_result:
        verb = "Convert" if mood == "imperative" else "Converts"
        return f"{verb} to {' '.join(rest)}."
    is_noun = not rest and first in nouns() and has_result and takes_nothing
    if first in verbs() and not is_noun:
        verb = first if mood == "imperative" else third_person(first)
        return sentence(f"{verb} {phrase(rest)}")
    return sentence(phrase(words) if has_result else " ".join(words))


def value_summary(name: str) -> str:
    """A sentence for a property or a field: "The name."."""
    words = words_of(name)
    if words and words[0].lower() in _STATES and len(words) > 1:
        return f"Whether it {words[0]} {' '.join(words[1:])}."
    return sentence(phrase(words) or name)


def class_summary(name: str) -> str:
    """A sentence for a type: "A header parser."."""
    words = words_of(name)
    if not words or words == [name.lower()[:1]]:
        return sentence(name)
    if len(words) > 1 and words[-1] == "t" and name.endswith("_t"):
        words = words[:-1]  # C's mark of a type
    elif len(words) > 1 and words[0] in ("i", "I") and name[:1] == "I" and name[1:2].isupper():
        words = words[1:]  # C#'s mark of an interface
    last = words[-1].lower()
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    if plural or last in _UNCOUNTED:
        return sentence("the " + " ".join(words))
    return sentence(f"{_article(words[0])} {' '.join(words)}")


def constructor_summary(owner: str, mood: Mood) -> str:
    """A sentence for a constructor."""
    words = words_of(owner)
    verb = "Create" if mood == "imperative" else "Creates"
    return f"{verb} {_article(words[0])} {' '.join(words)}." if words else f"{verb} it."


def initialiser_summary(owner: str, mood: Mood) -> str:
    """A sentence for Python's `__init__`."""
    verb = "Initialize" if mood == "imperative" else "Initializes"
    return f"{verb} the {' '.join(words_of(owner))}." if owner else f"{verb} it."


def in_mood(text: str, mood: Mood) -> str:
    """A sentence with its first verb in the mood, where it is a listed verb."""
    match = _FIRST.match(text)
    if not match:
        return text
    word = match[1]
    if mood == "imperative":
        new = base_of(word)
    else:
        new = third_person(word.lower()) if word.lower() in verbs() else ""
    if not new:
        return text
    return (new.capitalize() if word[:1].isupper() else new) + text[len(word) :]


def sentence(text: str) -> str:
    """A text with a capital first and a full stop last."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?:。！？" else text + "."


def go_sentence(name: str, text: str, kind: str = "function") -> str:
    """A sentence in Go's form: "Parse parses the text."; "" where none can be made of it."""
    if re.match(rf"{re.escape(name)}\b", text):
        return text
    first, _, rest = text.partition(" ")
    lower = text[:1].lower() + text[1:]
    if kind not in CALLABLE_KINDS:
        return f"{name} is {lower}" if first.lower() in ("a", "an", "the") else ""
    if text.startswith("Returns whether"):
        return f"{name} reports{text.removeprefix('Returns')}"
    if first.lower() in ("a", "an", "the"):
        return f"{name} returns {lower}"
    return f"{name} {first.lower()} {rest}".strip() if base_of(first.rstrip(".")) else ""


def _article(word: str) -> str:
    vowel = word[:1].lower() in "aeiou"
    if word.isupper() and len(word) > 1:
        vowel = word[0] in "AEFHILMNORSX"  # the letters that are spoken with a vowel first
    if word.startswith(("uni", "use", "user", "one")):
        vowel = False
    return "an" if vowel else "a"
