"""The table of languages, in the order in which help texts list them.

A row is data: which grammar wheel parses it, which files are written in it, how its comments look,
and which family of import rules it follows. Everything else about a language is in its query file.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from posixpath import basename, splitext


class Imports(Enum):
    """The family of rules by which an import names a file; see index/imports/."""

    PYTHON = "python"
    NODE = "node"
    GO = "go"
    JVM = "jvm"
    RUST = "rust"
    INCLUDE = "include"
    NAMESPACE = "namespace"
    SCRIPT = "script"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Language:
    """A row of the table.

    `grammar` is the module of the wheel and `factory` its function that gives the grammar.
    `editor_ids` are what editors call the language beside `name`. `line_comment` begins a comment
    that goes to the end of its line.
    `receivers` are the names by which a method reaches its own object. `separators` join a receiver
    and a member, and `import_separator` the parts of an import that is written in pieces. `spread`
    and `keyword` are the node types of spread arguments and of named arguments; `sole_spread` those
    that may stand for several when they are the only argument (Go's `f(g())`). `docs_inside` says
    that documentation stands in the body, as in Python, and not in comments before the definition.
    `class_scope` says that the members of a class are visible by bare name in its methods,
    `body_scope` that they are so in the class body itself. `keyword_calls` says that any parameter
    may be passed by name, `keyword_hash` that named arguments become one hash by position where the
    callee has no keyword parameters, and `checked_arity` that a call with too many arguments fails.
    """

    name: str
    title: str
    grammar: str
    extensions: tuple[str, ...]
    imports: Imports
    factory: str = "language"
    filenames: tuple[str, ...] = ()
    editor_ids: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    comment_nodes: tuple[str, ...] = ("comment",)
    line_comment: str = "//"
    receivers: tuple[str, ...] = ("this",)
    separators: tuple[str, ...] = (".",)
    import_separator: str = "."
    spread: tuple[str, ...] = ()
    keyword: tuple[str, ...] = ()
    sole_spread: tuple[str, ...] = ()
    docs_inside: bool = False
    class_scope: bool = False
    body_scope: bool = False
    keyword_calls: bool = False
    keyword_hash: bool = False
    checked_arity: bool = True


_SCRIPT = {
    "imports": Imports.NODE,
    "separators": (".", "?."),
    "spread": ("spread_element",),
    "checked_arity": False,
}
# The "!" says that a value is not null; a compiler counts arguments.
_TYPED = _SCRIPT | {"separators": (".", "?.", "!.", "!?."), "checked_arity": True}

LANGUAGES: tuple[Language, ...] = (
    Language(
        "python",
        "Python",
        "tree_sitter_python",
        (".py", ".pyi"),
        Imports.PYTHON,
        interpreters=("python", "python3"),
        line_comment="#",
        receivers=("self", "cls"),
        spread=("list_splat", "dictionary_splat"),
        keyword=("keyword_argument",),
        docs_inside=True,
        body_scope=True,
        keyword_calls=True,
    ),
    Language(
        "javascript",
        "JavaScript",
        "tree_sitter_javascript",
        (".js", ".mjs", ".cjs", ".jsx"),
        interpreters=("node",),
        **_SCRIPT,  # type: ignore[arg-type]
        editor_ids=("javascriptreact",),
    ),
    Language(
        "typescript",
        "TypeScript",
        "tree_sitter_typescript",
        (".ts", ".mts", ".cts"),
        factory="language_typescript",
        **_TYPED,  # type: ignore[arg-type]
    ),
    Language(
        "tsx",
        "TSX",
        "tree_sitter_typescript",
        (".tsx",),
        factory="language_tsx",
        **_TYPED,  # type: ignore[arg-type]
        editor_ids=("typescriptreact",),
    ),
    Language(
        "go",
        "Go",
        "tree_sitter_go",
        (".go",),
        Imports.GO,
        receivers=(),
        spread=("variadic_argument",),
        sole_spread=("call_expression",),
    ),
    Language(
        "java",
        "Java",
        "tree_sitter_java",
        (".java",),
        Imports.JVM,
        comment_nodes=("line_comment", "block_comment"),
        separators=(".", "::"),
        class_scope=True,
    ),
    Language(
        "rust",
        "Rust",
        "tree_sitter_rust",
        (".rs",),
        Imports.RUST,
        comment_nodes=("line_comment", "block_comment"),
        receivers=("self", "Self"),
        # `.await` gives the same object to whoever calls on it, like JavaScript's prefix.
        separators=(".", "::", ".await."),
        import_separator="::",
    ),
    Language(
        "c",
        "C",
        "tree_sitter_c",
        (".c", ".h"),
        Imports.INCLUDE,
        receivers=(),
        separators=(".", "->"),
    ),
    Language(
        "cpp",
        "C++",
        "tree_sitter_cpp",
        (".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".h++", ".ipp", ".tpp"),
        Imports.INCLUDE,
        separators=(".", "->", "::"),
        spread=("parameter_pack_expansion",),
        class_scope=True,
    ),
    Language(
        "csharp",
        "C#",
        "tree_sitter_c_sharp",
        (".cs",),
        Imports.NAMESPACE,
        receivers=("this",),
        separators=(".", "?.", "!."),
        class_scope=True,
        keyword_calls=True,
        editor_ids=("cs",),
    ),
    Language(
        "ruby",
        "Ruby",
        "tree_sitter_ruby",
        (".rb", ".rake", ".gemspec"),
        Imports.SCRIPT,
        filenames=("Rakefile", "Gemfile", "config.ru"),
        interpreters=("ruby",),
        line_comment="#",
        receivers=("self",),
        separators=(".", "::", "&."),
        import_separator=" ",
        spread=("splat_argument", "hash_splat_argument", "forward_argument"),
        keyword=("pair",),
        class_scope=True,
        keyword_hash=True,
    ),
    Language(
        "php",
        "PHP",
        "tree_sitter_php",
        (".php",),
        Imports.NAMESPACE,
        factory="language_php",
        receivers=("$this", "self", "static"),
        separators=("->", "::", "?->"),
        import_separator="\\",
        # A first-class callable `f(...)` passes what its later calls pass.
        spread=("variadic_unpacking", "variadic_placeholder"),
        keyword_calls=True,
        checked_arity=False,
    ),
    Language(
        "bash",
        "Bash",
        "tree_sitter_bash",
        (".sh", ".bash"),
        Imports.SCRIPT,
        filenames=(".bashrc", ".bash_profile"),
        interpreters=("bash", "sh"),
        line_comment="#",
        receivers=(),
        checked_arity=False,
        editor_ids=("shellscript", "sh"),
    ),
    Language(
        "kotlin",
        "Kotlin",
        "tree_sitter_kotlin",
        (".kt", ".kts"),
        Imports.JVM,
        comment_nodes=("line_comment", "block_comment"),
        separators=(".", "?.", "!!.", "!!?.", "::"),
        spread=("spread_expression",),
        class_scope=True,
        keyword_calls=True,
    ),
    Language(
        "swift",
        "Swift",
        "tree_sitter_swift",
        (".swift",),
        Imports.NONE,
        comment_nodes=("comment", "multiline_comment"),
        receivers=("self", "Self"),
        separators=(".", "?.", "!."),
        # A trailing closure fills whichever parameter fits, so that such calls are not counted.
        spread=("lambda_literal",),
        keyword=("value_argument_label",),
        class_scope=True,
    ),
    Language(
        "scala",
        "Scala",
        "tree_sitter_scala",
        (".scala", ".sc"),
        Imports.JVM,
        comment_nodes=("comment", "block_comment"),
        spread=("vararg",),
        keyword=("assignment_expression",),
        class_scope=True,
        keyword_calls=True,
        checked_arity=False,  # `items(0)` may call what a method without parameters gives
    ),
    Language(
        "lua",
        "Lua",
        "tree_sitter_lua",
        (".lua",),
        Imports.SCRIPT,
        interpreters=("lua", "luajit"),
        line_comment="--",
        receivers=("self",),
        separators=(".", ":"),
        spread=("vararg_expression",),
        sole_spread=("function_call",),
        checked_arity=False,
    ),
)


@cache
def _tables() -> tuple[dict[str, Language], dict[str, Language], dict[str, Language]]:
    extensions = {ext: row for row in LANGUAGES for ext in row.extensions}
    filenames = {name: row for row in LANGUAGES for name in row.filenames}
    interpreters = {name: row for row in LANGUAGES for name in row.interpreters}
    return extensions, filenames, interpreters


@cache
def by_name(name: str) -> Language:
    """A row by its name. Raises KeyError for an unknown one."""
    return next((row for row in LANGUAGES if row.name == name), None) or _unknown(name)


def _unknown(name: str) -> Language:
    raise KeyError(name)


def by_editor_id(name: str) -> Language | None:
    """The language that editors call so, None for one that is not understood."""
    return next((row for row in LANGUAGES if name in (row.name, *row.editor_ids)), None)


def for_path(path: str, head: bytes = b"") -> Language | None:
    """The language of a file by its name, else by the `#!` line that `head` begins with."""
    extensions, filenames, interpreters = _tables()
    name = basename(path)
    found = filenames.get(name) or extensions.get(splitext(name)[1].lower())
    if found or not head.startswith(b"#!"):
        return found
    words = head.split(b"\n", 1)[0][2:].decode("ascii", "replace").split()
    if words and basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-")]
    if not words:
        return None
    program = basename(words[0])
    return interpreters.get(program) or interpreters.get(program.rstrip("0123456789."))
