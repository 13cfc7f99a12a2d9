"""Members of classes on the JVM that have another name, or none, in the source.

Kotlin's documentation, "Calling Java from Kotlin" and "Calling Kotlin from Java": a property `size`
is `getSize()` to Java, and `getSize()` is `size` to Kotlin. Lombok writes members while it
compiles; where a file imports it, a class can have more than its text shows.
"""

import re
from collections.abc import Iterator

from codeassist.base.symbols import Outline

_ACCESSOR = re.compile(r"(?:get|set|is)([A-Z].*)\Z", re.DOTALL)
GENERATORS = ("lombok",)  # packages of annotations that add members


def other_names(name: str, language: str) -> Iterator[str]:
    """The names under which a class of a language may write what is used as `name` elsewhere."""
    accessor = _ACCESSOR.match(name)
    if language == "kotlin" and accessor:
        stem = accessor.group(1)
        yield stem[0].lower() + stem[1:]
        yield f"is{stem}"
        if stem[:2].isupper():
            # `getURLPath` is that of `URLPath` and of `urlPath`.
            head = re.match(r"[A-Z]+(?=[A-Z][a-z]|\Z|[^A-Za-z])", stem)
            yield stem
            yield (head.group().lower() + stem[head.end() :]) if head else stem
    elif language == "java" and not accessor and name:
        stem = name[0].upper() + name[1:]
        yield from (f"get{stem}", f"is{stem}")
    elif language == "java" and accessor and name.startswith("is"):
        yield f"set{accessor.group(1)}"


def is_generated_into(outline: Outline) -> bool:
    """Whether annotations in a file may add members to its classes."""
    return outline.language == "java" and any(
        imported.module.partition(".")[0] in GENERATORS for imported in outline.imports
    )
