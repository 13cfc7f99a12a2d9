"""The form of documentation in each language, from facts alone: where it stands, how it looks."""

from importlib.resources import files

import pytest
from documenting import document, written

from codeassist.checks.docstyles import STYLES, STYLES_OF
from codeassist.languages.table import LANGUAGES
from codeassist.tasks.docs.styles import STYLE_OF, WRITERS


def check(path: str, before: str, after: str) -> None:
    """The marked definition is documented so, and only comments change."""
    assert written(document({path: before})) == after


def test_javascript_has_types_and_typescript_has_none() -> None:
    check(
        "a.js",
        "export async function $0fetchPage(url, { depth = 2 } = {}, tries = 3, ...rest) {\n"
        "  if (!url) {\n    throw new TypeError('no url');\n  }\n  return get(url);\n}\n",
        "/**\n * Fetch the page.\n * @param {*} url\n * @param {Object} [options]\n"
        " * @param {number} [tries=3]\n * @param {...*} rest\n * @returns {*} `get(url)`.\n"
        " * @throws {TypeError} If `!url`.\n */\n"
        "export async function fetchPage(url, { depth = 2 } = {}, tries = 3, ...rest) {\n"
        "  if (!url) {\n    throw new TypeError('no url');\n  }\n  return get(url);\n}\n",
    )
    check(
        "a.ts",
        "@Injectable()\nexport class Pages {\n  @Cached()\n  private async $0fetchPage"
        "(url: string, tries = 3, depth?: number): Promise<Page> {\n    return get(url);\n  }\n}\n",
        "@Injectable()\nexport class Pages {\n  /**\n   * Fetch the page.\n   * @param url\n"
        "   * @param tries - Defaults to `3`.\n   * @param depth\n"
        "   * @returns `get(url)`.\n   */\n"
        "  @Cached()\n  private async fetchPage"
        "(url: string, tries = 3, depth?: number): Promise<Page> {\n    return get(url);\n  }\n}\n",
    )


def test_a_decorated_export_has_its_documentation_above_all() -> None:
    check(
        "a.ts",
        "@Injectable()\nexport class $0Pages {}\n",
        "/** The pages. */\n@Injectable()\nexport class Pages {}\n",
    )
    check(
        "a.ts",
        "export const $0load = (path: string): void => {};\n",
        "/**\n * Load.\n * @param path\n */\nexport const load = (path: string): void => {};\n",
    )


def test_directives_stay_next_to_the_code() -> None:
    check(
        "a.ts",
        "// eslint-disable-next-line complexity\nexport function $0load(): void {}\n",
        "/** Load. */\n// eslint-disable-next-line complexity\nexport function load(): void {}\n",
    )
    check(
        "a.go",
        "package a\n\n//go:noinline\nfunc $0Load() {}\n",
        "package a\n\n// Load loads.\n//\n//go:noinline\nfunc Load() {}\n",
    )


def test_java_above_annotations_with_declared_exceptions() -> None:
    check(
        "A.java",
        "class A {\n\t@Override\n\t@Deprecated\n\tpublic int $0readAll(String path, int... sizes)"
        " throws IOException {\n\t\tif (path == null) throw new IllegalStateException();\n"
        "\t\treturn size;\n\t}\n}\n",
        "class A {\n\t/**\n\t * Reads all.\n\t *\n\t * @param path\n\t * @param sizes\n"
        "\t * @return the result\n\t * @throws IOException\n"
        "\t * @throws IllegalStateException If {@code path == null}.\n\t */\n"
        "\t@Override\n\t@Deprecated\n\tpublic int readAll(String path, int... sizes)"
        " throws IOException {\n\t\tif (path == null) throw new IllegalStateException();\n"
        "\t\treturn size;\n\t}\n}\n",
    )


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("func $0ParseHeader(text string) error {", "// ParseHeader parses the header."),
        ("func (h *Header) $0Name() string {", "// Name returns the name."),
        ("func $0IsEmpty() bool {", "// IsEmpty reports whether it is empty."),
        ("type $0HeaderParser struct {", "// HeaderParser is a header parser."),
    ],
)
def test_go_begins_with_the_name(code: str, first: str) -> None:
    after = code.replace("$0", "")
    check("a.go", f"package a\n\n{code}\n}}\n", f"package a\n\n{first}\n{after}\n}}\n")


def test_rust_has_sections_only_where_the_repository_has_them() -> None:
    body = (
        "#[must_use]\npub fn $0parse_header(text: &str) -> Result<u32, ParseError> {\n    x()\n}\n"
    )
    plain = body.replace("$0", "")
    check("a.rs", body, "/// Parses the header.\n" + plain)
    other = (
        "/// Reads it.\n///\n/// # Arguments\n///\n/// * `path` - where\n///\n/// # Errors\n///\n"
        "/// If there is none.\npub fn read(path: &str) {}\n\n"
    )
    check(
        "a.rs",
        other + body,
        other + "/// Parses the header.\n///\n/// # Arguments\n///\n/// * `text`\n///\n"
        "/// # Errors\n///\n/// Returns `ParseError` on failure.\n" + plain,
    )


def test_csharp() -> None:
    body = (
        "    public Task<int> $0LoadAsync(string path, int depth = 2)\n    {\n"
        "        if (path is null) throw new ArgumentNullException(nameof(path));\n"
        "        return Read(path);\n    }\n}\n"
    )
    check(
        "a.cs",
        "public class A\n{\n    [Obsolete]\n" + body,
        "public class A\n{\n    /// <summary>\n    /// Loads.\n    /// </summary>\n"
        '    /// <param name="path"></param>\n'
        '    /// <param name="depth">Defaults to <c>2</c>.</param>\n'
        "    /// <returns><c>Read(path)</c>.</returns>\n"
        '    /// <exception cref="ArgumentNullException">If <c>path is null</c>.</exception>\n'
        "    [Obsolete]\n" + body.replace("$0", ""),
    )


def test_kotlin_scala_and_php() -> None:
    check(
        "a.kt",
        "@Throws\nfun $0readAll(path: String, depth: Int = 2): Int {\n"
        "    if (depth < 0) throw IllegalArgumentException()\n    return 1\n}\n",
        "/**\n * Reads all.\n *\n * @param path\n * @param depth Defaults to `2`.\n"
        " * @return `1`.\n * @throws IllegalArgumentException If `depth < 0`.\n */\n"
        "@Throws\nfun readAll(path: String, depth: Int = 2): Int {\n"
        "    if (depth < 0) throw IllegalArgumentException()\n    return 1\n}\n",
    )
    check(
        "a.scala",
        "def $0readAll(path: String): Int = 1\n",
        "/**\n * Reads all.\n *\n * @param path\n * @return The result.\n */\n"
        "def readAll(path: String): Int = 1\n",
    )
    check(
        "a.php",
        "<?php\n#[Pure]\nfunction $0readAll(?string $path, int ...$sizes) {\n"
        "    throw new \\LogicException();\n}\n",
        "<?php\n/**\n * Reads all.\n *\n * @param ?string $path\n * @param int ...$sizes\n"
        " * @throws \\LogicException\n */\n#[Pure]\n"
        "function readAll(?string $path, int ...$sizes) {\n    throw new \\LogicException();\n}\n",
    )


def test_c_headers_and_what_the_repository_s_doxygen_looks_like() -> None:
    check(
        "a.h",
        "int $0cart_add(Cart *cart, const char *name);\n",
        "/**\n * The cart add.\n *\n * @param cart\n * @param name\n * @return The result.\n */\n"
        "int cart_add(Cart *cart, const char *name);\n",
    )
    other = (
        "/// \\brief Adds it.\n///\n/// \\param x what\n/// \\return how many\nint add(int x);\n\n"
    )
    check(
        "a.hpp",
        other + "template <typename T>\nvoid $0load(const T &path);\n",
        other + "/// \\brief Loads.\n///\n/// \\param path\n"
        "template <typename T>\nvoid load(const T &path);\n",
    )


def test_ruby_lua_and_the_shell() -> None:
    check(
        "a.rb",
        "class A\n  def $0read_all(path, depth = 2, *rest, mode:, &block)\n"
        '    raise ArgumentError, "x" if path.nil?\n  end\nend\n',
        "class A\n  # Read all.\n  #\n  # @param path\n"
        "  # @param depth [Integer] Defaults to `2`.\n"
        "  # @param rest\n  # @param mode\n  # @param block\n"
        "  # @raise [ArgumentError] If `path.nil?`.\n"
        "  def read_all(path, depth = 2, *rest, mode:, &block)\n"
        '    raise ArgumentError, "x" if path.nil?\n  end\nend\n',
    )
    check(
        "a.lua",
        "local M = {}\nfunction M.$0read_all(path)\n  return path\nend\n",
        "local M = {}\n--- Read all.\n-- @param path\n-- @return `path`.\n"
        "function M.read_all(path)\n  return path\nend\n",
    )
    other = "---Adds it.\n---@param x number\nlocal function add(x) end\n\n"
    check(
        "a.lua",
        other + "function $0read_all(path)\nend\n",
        other + "--- Reads all.\n---@param path any\nfunction read_all(path)\nend\n",
    )
    check("a.sh", "$0build_all() {\n  :\n}\n", "# Build all.\nbuild_all() {\n  :\n}\n")


def test_swift_uses_the_names_inside_of_the_function() -> None:
    check(
        "a.swift",
        "@objc func $0move(from start: Int, _ end: Int = 2) throws -> Bool {\n"
        "    guard start > 0 else { return false }\n    throw Problem.bad\n}\n",
        "/// Moves.\n///\n/// - Parameters:\n///   - start:\n///   - end: Defaults to `2`.\n"
        "/// - Throws: `Problem`.\n/// - Returns: `false`.\n"
        "@objc func move(from start: Int, _ end: Int = 2) throws -> Bool {\n"
        "    guard start > 0 else { return false }\n    throw Problem.bad\n}\n",
    )


def test_a_definition_on_a_line_with_others_is_left_alone_and_named() -> None:
    report = document({"A.java": "class A { void $0run() {} }\n"})
    assert report.edits == ()
    assert [each.what for each in report.dropped] == ["A.run"]


def test_crlf_in_other_languages() -> None:
    check(
        "a.ts",
        "class A {\r\n  $0load(x: string): void {}\r\n}\r\n",
        "class A {\r\n  /**\r\n   * Load.\r\n   * @param x\r\n   */\r\n"
        "  load(x: string): void {}\r\n}\r\n",
    )


def test_every_style_that_is_read_is_written_and_every_language_has_one() -> None:
    folder = {
        entry.name.removesuffix(".py")
        for entry in files("codeassist.tasks.docs.styles").iterdir()
        if entry.name.endswith(".py")
    }
    assert set(STYLES) <= set(WRITERS) <= folder
    assert set(STYLE_OF) == {row.name for row in LANGUAGES}
    assert set(STYLE_OF) >= set(STYLES_OF)
