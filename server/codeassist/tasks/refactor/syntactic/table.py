"""What the syntactic refactorings know of each language: node types, as rows of a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Forms:
    """A language's node types.

    `blocks` hold statements; `statements` may have a line put before them, and those of `heads` are
    looked at only in the one field. `values` are expressions that may become variables; `effects`
    do something, `reads` look at objects, `functions` are run at another time. `places` are reads
    that a callee may write to. `declare` makes a variable; `declared` is the statement that does,
    `mark` its word for a type that is found out. `literals` are constants, `sigil` begins names.
    """

    blocks: frozenset[str]
    statements: frozenset[str]
    heads: Mapping[str, str]
    values: frozenset[str]
    effects: frozenset[str]
    reads: frozenset[str]
    functions: frozenset[str]
    literals: frozenset[str]
    declare: str
    declared: str = ""
    mark: str = ""
    sigil: str = ""
    typed: bool = False
    multiple: bool = False


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_JS = Forms(
    blocks=_set("statement_block"),
    statements=_set(
        "expression_statement lexical_declaration variable_declaration return_statement"
        " throw_statement if_statement"
    ),
    heads={"if_statement": "condition"},
    values=_set(
        "binary_expression call_expression member_expression subscript_expression template_string"
        " await_expression new_expression string number ternary_expression as_expression"
    ),
    effects=_set(
        "call_expression new_expression await_expression yield_expression assignment_expression"
        " augmented_assignment_expression update_expression"
    ),
    reads=_set("member_expression subscript_expression"),
    functions=_set(
        "arrow_function function_expression function_declaration method_definition"
        " generator_function generator_function_declaration class_declaration class"
    ),
    literals=_set("string number true false null"),
    declare="const {name} = {value};",
    declared="lexical_declaration",
)
_GO = Forms(
    blocks=_set("statement_list"),
    statements=_set(
        "expression_statement short_var_declaration var_declaration assignment_statement"
        " return_statement if_statement send_statement"
    ),
    heads={"if_statement": "condition"},
    values=_set("binary_expression call_expression selector_expression index_expression"),
    effects=_set("call_expression unary_expression"),  # `<-c` receives
    reads=_set("selector_expression index_expression slice_expression"),
    functions=_set("func_literal function_declaration method_declaration"),
    literals=_set("int_literal float_literal interpreted_string_literal raw_string_literal"),
    declare="{name} := {value}",
    declared="short_var_declaration",
    typed=True,
    multiple=True,
)
_JAVA = Forms(
    blocks=_set("block constructor_body"),
    statements=_set(
        "expression_statement local_variable_declaration return_statement throw_statement"
        " if_statement"
    ),
    heads={"if_statement": "condition"},
    values=_set(
        "binary_expression method_invocation field_access array_access string_literal"
        " cast_expression object_creation_expression ternary_expression"
    ),
    effects=_set(
        "method_invocation object_creation_expression assignment_expression update_expression"
    ),
    reads=_set("field_access array_access"),
    functions=_set("lambda_expression class_body method_declaration constructor_declaration"),
    literals=_set("string_literal decimal_integer_literal true false null_literal"),
    declare="var {name} = {value};",
    declared="local_variable_declaration",
    mark="var",
    typed=True,
)
_CSHARP = Forms(
    blocks=_set("block"),
    statements=_set(
        "expression_statement local_declaration_statement return_statement throw_statement"
        " if_statement"
    ),
    heads={"if_statement": "condition"},
    values=_set(
        "binary_expression invocation_expression member_access_expression element_access_expression"
        " string_literal cast_expression object_creation_expression await_expression"
        " conditional_expression interpolated_string_expression"
    ),
    effects=_set(
        "invocation_expression object_creation_expression await_expression assignment_expression"
        " postfix_unary_expression prefix_unary_expression implicit_object_creation_expression"
    ),
    reads=_set("member_access_expression element_access_expression"),
    functions=_set(
        "lambda_expression anonymous_method_expression local_function_statement query_expression"
        " method_declaration constructor_declaration accessor_declaration"
    ),
    literals=_set("string_literal integer_literal boolean_literal null_literal"),
    declare="var {name} = {value};",
    declared="local_declaration_statement",
    mark="var",
    typed=True,
)
_PHP = Forms(
    blocks=_set("compound_statement"),
    statements=_set("expression_statement return_statement echo_statement if_statement"),
    heads={"if_statement": "condition"},
    values=_set(
        "binary_expression function_call_expression member_call_expression scoped_call_expression"
        " member_access_expression subscript_expression encapsed_string string integer"
        " object_creation_expression"
    ),
    effects=_set(
        "function_call_expression member_call_expression scoped_call_expression"
        " object_creation_expression assignment_expression augmented_assignment_expression"
        " update_expression yield_expression include_expression require_expression"
        " require_once_expression include_once_expression nullsafe_member_call_expression"
    ),
    reads=_set("member_access_expression subscript_expression"),
    functions=_set(
        "anonymous_function arrow_function function_definition method_declaration"
        " error_suppression_expression"
    ),
    literals=_set("string integer float boolean null"),
    declare="{name} = {value};",
    sigil="$",
)

LANGUAGES: Mapping[str, Forms] = MappingProxyType(
    {
        "javascript": _JS,
        "typescript": _JS,
        "tsx": _JS,
        "go": _GO,
        "java": _JAVA,
        "csharp": _CSHARP,
        "php": _PHP,
    }
)
