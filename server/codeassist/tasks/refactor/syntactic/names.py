"""New names for local variables, in the languages of the table."""

import re

from codeassist.languages.nodes import Node, ancestors
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.syntactic.code import Code

# Names of members, which a variable never clashes with.
MEMBERS = frozenset({"property_identifier", "field_identifier", "private_property_identifier"})
_KEYWORDS_TEXT = """
abstract any as assert async await base bool boolean break byte case catch chan char checked
class const continue debugger decimal default defer delegate delete do double echo else elseif
empty enum eval event explicit export extends extern fallthrough false final finally fixed float
fn for foreach from func function global go goto if implements implicit import in instanceof int
interface internal is let lock long map match namespace native new nil null object of operator
out override package params private protected public range readonly record ref require return
sbyte sealed select short sizeof static string struct super switch synchronized this throw
throws trait transient true try type typeof uint ulong unchecked undefined unsafe use ushort
using val var virtual void volatile when where while with yield arguments
"""
_KEYWORDS = frozenset(_KEYWORDS_TEXT.split())


def check_name(code: Code, node: Node, name: str) -> None:
    """Raise Refused for what cannot be a new local name in the function around a node."""
    plain = name.removeprefix(code.forms.sigil)
    if not re.fullmatch(r"[^\W\d]\w*", plain):
        raise Refused(f"`{plain}` is not a valid name")
    if plain in _KEYWORDS:
        raise Refused(f"`{plain}` is a keyword")
    for each in code.leaves_of(function_around(code, node), plain):
        if each.type not in MEMBERS:
            line = code.document.lines.line_of(each.start_byte) + 1
            raise Refused(f"`{plain}` is already used here (line {line})")


def function_around(code: Code, node: Node) -> Node:
    """The outermost function around a node; the root where there is none."""
    found = code.root
    for outer in ancestors(node):
        if outer.type in code.forms.functions and "class" not in outer.type:
            found = outer
    return found
