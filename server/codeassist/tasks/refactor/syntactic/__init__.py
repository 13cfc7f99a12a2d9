"""The refactorings that syntax alone makes safe in languages other than Python.

A variable is extracted or inlined only between neighbouring statements, in the same order of
evaluation; a name is changed only within one function; an `if` is turned round. Not for Rust
(ownership), C and C++ (macros, sequence points), Ruby and Lua (calls that look like names).

Done with tree-sitter alone. ast-grep matches code patterns with it, but has no notion of a binding
or of an order of evaluation, which is what these need, and would bring a second set of grammars.
"""

from codeassist.tasks.refactor.syntactic.extracted import NewVariable, new_variable
from codeassist.tasks.refactor.syntactic.inlined import InlinedVariable, inlined_variable
from codeassist.tasks.refactor.syntactic.local_names import RENAMES, LocalName, local_name
from codeassist.tasks.refactor.syntactic.table import LANGUAGES

__all__ = [
    "LANGUAGES",
    "RENAMES",
    "InlinedVariable",
    "LocalName",
    "NewVariable",
    "inlined_variable",
    "local_name",
    "new_variable",
]
