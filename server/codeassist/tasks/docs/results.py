"""What a function gives back: its type where it is written, and the expression where it is simple.

Knows bodies and annotations. Guesses nothing: an unknown result has no type.
"""

import re

from codeassist.languages.nodes import Node
from codeassist.tasks.docs.content import Item, Part
from codeassist.tasks.docs.syntax import Source, own_nodes

MAX_EXPRESSION = 48  # characters
_NOTHING = frozenset(
    {"None", "void", "Void", "()", "Unit", "NoReturn", "Never", "never", "undefined", "Nothing",
     "Promise<void>", "Task", "ValueTask", "Promise<undefined>", "typing.NoReturn"}
)  # fmt: skip
_ITERATORS = re.compile(
    r"^(?:(?:typing|t|collections\.abc|abc)\.)?(?:Async)?(?:Iterator|Iterable|Generator)\[(?P<of>.*)\]$",
    re.DOTALL,
)
_RESULT_NODES = frozenset({"return_statement", "return_expression", "jump_expression", "return",
                           "control_transfer_statement"})  # fmt: skip
_YIELDS = frozenset({"yield", "yield_expression", "yield_statement"})
_SIMPLE = re.compile(r"^[\w.\"'\[\]()+\-*/<>=!, ]+$")
_LITERALS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"True|False|true|false"), "bool"),
    (re.compile(r"[+-]?\d[\d_]*"), "int"),
    (re.compile(r"[+-]?(?:\d[\d_]*\.\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?\d+e[+-]?\d+"), "float"),
    (re.compile(r"[rRuUfF]{0,2}(?:\"[^\"]*\"|'[^']*')"), "str"),
    (re.compile(r"[bB][rR]?(?:\"[^\"]*\"|'[^']*')"), "bytes"),
    (re.compile(r"\[.*\]", re.DOTALL), "list"),
    (re.compile(r"\{\}"), "dict"),
    (re.compile(r"\(\)"), "tuple"),
)
_SCRIPT_TYPES = {"bool": "boolean", "int": "number", "float": "number", "str": "string",
                 "list": "Array", "dict": "Object"}  # fmt: skip
_RUBY_TYPES = {"bool": "Boolean", "int": "Integer", "float": "Float", "str": "String",
               "list": "Array", "dict": "Hash"}  # fmt: skip
_LUA_TYPES = {"bool": "boolean", "int": "number", "float": "number", "str": "string",
              "dict": "table"}  # fmt: skip
_PHP_TYPES = {"str": "string", "list": "array"}
_NAMES = {"javascript": _SCRIPT_TYPES, "ruby": _RUBY_TYPES, "lua": _LUA_TYPES}
_UNTYPED = {"python", "javascript", "ruby", "lua", "php"}


def literal_type(text: str | None, language: str) -> str | None:
    """The type of a literal in a language that need not declare it, None for anything else."""
    if text is None or language not in _UNTYPED:
        return None
    for pattern, kind in _LITERALS:
        if pattern.fullmatch(text.strip()):
            if language == "python":
                return kind
            names = _PHP_TYPES | {"bool": "bool", "int": "int", "float": "float"}
            return _NAMES.get(language, names).get(kind)
    return None


def result_of(source: Source, index: int, body: Node | None) -> tuple[Part, Item] | None:
    """What a function returns or yields; None where it gives nothing, or nobody knows."""
    language = source.language.name
    declared = source.detail.returns.get(index)
    yields = body is not None and any(n.type in _YIELDS for n in own_nodes(body))
    if yields and language in ("python", "javascript", "typescript", "tsx"):
        match = _ITERATORS.match(declared.strip()) if declared else None
        kind = _first_argument(match["of"]) if match else None
        return "yields", Item("", type=kind)
    if declared is not None:
        if declared.strip() in _NOTHING:
            return None
        return "returns", Item("", _expression(source, index, body), declared.strip())
    returned = _returned(source, body) if body is not None else []
    if language in ("ruby", "bash", "go", "rust", "swift", "kotlin", "c", "cpp", "java", "csharp"):
        return None  # where a result is declared; Ruby gives something back always
    if not returned:
        return None
    kinds = {literal_type(each, language) for each in returned}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None and language == "python" and all(map(_is_test, returned)):
        kind = "bool"
    item = Item("", _expression(source, index, body), kind, inferred=kind is not None)
    return "returns", item


def is_true_or_false(source: Source, index: int, body: Node | None) -> bool:
    """Whether a function surely gives a truth value."""
    declared = source.detail.returns.get(index)
    if declared is not None:
        if re.match(r"\w+ is \w", declared.strip()):
            return True  # TypeScript's guard
        return declared.strip().rstrip("?") in ("bool", "boolean", "Boolean", "Bool", "_Bool")
    if source.language.name == "ruby":
        return source.symbol(index).name.endswith("?")
    texts = _returned(source, body) if body is not None else []
    return bool(texts) and all(map(_is_test, texts))


def _is_test(text: str) -> bool:
    """Whether an expression is a truth value by its form."""
    text = text.strip()
    return text in ("True", "False", "true", "false") or bool(
        re.match(r"^(?:not |!)[\w.]+$|^isinstance\(|^(?:any|all|bool|callable|hasattr)\(", text)
        or re.match(r"^[\w.()\[\]\"']+ (?:==|!=|<|>|<=|>=|is|is not|in|not in|===|!==) "
                    r"[\w.()\[\]\"']+$", text)
    )  # fmt: skip


def _returned(source: Source, body: Node) -> list[str]:
    """The texts of the values that a body returns, `None` and bare returns left out."""
    texts: list[str] = []
    if source.language.name in ("javascript", "typescript", "tsx") and "block" not in body.type:
        return [source.node_text(body)]  # an arrow's expression
    for node in own_nodes(body):
        if node.type not in _RESULT_NODES or not node.named_child_count:
            continue
        text = source.node_text(node)
        if not text.startswith("return"):
            continue
        value = text.removeprefix("return").strip().rstrip(";").strip()
        if value and value not in ("None", "undefined", "null", "nil"):
            texts.append(value)
    return texts


def _expression(source: Source, index: int, body: Node | None) -> str:
    """The returned expression as a text, where there is one, it is simple and names no local."""
    texts = _returned(source, body) if body is not None else []
    if len(texts) != 1 or len(texts[0]) > MAX_EXPRESSION or not _SIMPLE.match(texts[0]):
        return ""
    first = re.match(r"[A-Za-z_]\w*", texts[0])
    if first is None or texts[0] in ("true", "false", "True", "False"):
        return f"`{texts[0]}`."
    parameters = {p.name for p in source.detail.parameters.get(index, ())}
    name = first.group()
    if texts[0] == name and name not in parameters:
        return ""  # a variable: its name alone says nothing
    symbol = source.symbol(index)
    words = set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", re.sub(r"\"[^\"]*\"|'[^']*'", "", texts[0])))
    for row in source.detail.bindings:
        local = symbol.body <= row.start < symbol.end and row.receiver is None
        if local and row.how != "parameter" and row.name in words:
            return ""
    return f"`{texts[0]}`."


def _first_argument(text: str) -> str:
    """The first of some type arguments."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "[(") - (char in "])")
        if char == "," and depth == 0:
            return text[:at].strip()
    return text.strip()
