"""Repair of documentation that drifted: what is wrong changes, all else stays byte for byte."""

import pytest
from documenting import document, written

from codeassist.tasks.docs.options import DocsOptions

DRIFTED = DocsOptions(only="drifted")


def check(path: str, code: str, before: str, after: str) -> None:
    """The documentation `before` in `code` (where it says DOC) becomes `after`."""
    report = document({path: code.replace("DOC", before)}, options=DRIFTED)
    assert written(report) == code.replace("DOC", after).replace("$0", "")


def check_same(path: str, code: str, doc: str) -> None:
    assert document({path: code.replace("DOC", doc)}, options=DRIFTED).edits == ()


CODE = '''class A:
    def fetch(self, url, timeout=3, retries: int = 2):
        """DOC"""
        if not url:
            raise ValueError
        return get(url)
'''


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "Fetch  it.\n\n        Args:\n            url: Where it is,\n                in full.\n"
            "            retries: How often.\n        ",
            "Fetch  it.\n\n        Args:\n            url: Where it is,\n                in full.\n"
            "            timeout: Defaults to ``3``.\n            retries: How often.\n        ",
            id="google adds in order",
        ),
        pytest.param(
            "Fetch it.\n\n        Args:\n            uri (str): Where.\n"
            "            timeout (int): s\n"
            "            retries (int): n\n        ",
            "Fetch it.\n\n        Args:\n            url (str): Where.\n"
            "            timeout (int): s\n"
            "            retries (int): n\n        ",
            id="google renames",
        ),
        pytest.param(
            "Fetch it.\n\n        Args:\n            url: U\n            gone: G,\n"
            "                g\n"
            "            timeout: T\n            retries: R\n\n        Example:\n"
            "            x\n        ",
            "Fetch it.\n\n        Args:\n            url: U\n"
            "            timeout: T\n            retries: R\n\n        Example:\n"
            "            x\n        ",
            id="google removes",
        ),
        pytest.param(
            "Fetch it.\n\n        Args:\n            url: U\n            timeout: T",
            "Fetch it.\n\n        Args:\n            url: U\n            timeout: T\n"
            "            retries: Defaults to ``2``.",
            id="google at closing quotes",
        ),
        pytest.param(
            "Fetch it.\n\n        Args:\n            url, gone: U\n            timeout: T\n"
            "            retries: R\n        ",
            "Fetch it.\n\n        Args:\n            url: U\n            timeout: T\n"
            "            retries: R\n        ",
            id="one of several names",
        ),
        pytest.param(
            "Fetch it.\n\n        Parameters\n        ----------\n        url : str\n"
            "            U\n"
            "        retries : int\n            R\n\n        Notes\n        -----\n"
            "        N.\n        ",
            "Fetch it.\n\n        Parameters\n        ----------\n        url : str\n"
            "            U\n"
            "        timeout : int, default 3\n        retries : int\n            R\n\n"
            "        Notes\n        -----\n        N.\n        ",
            id="numpy adds",
        ),
        pytest.param(
            "Fetch it.\n\n        :param uri: U\n            u\n        :type uri: str\n"
            "        :param timeout: T\n        :param retries: R\n        :param gone: G\n"
            "        :type gone: int\n        :return: R\n        ",
            "Fetch it.\n\n        :param url: U\n            u\n        :type url: str\n"
            "        :param timeout: T\n        :param retries: R\n        :return: R\n        ",
            id="sphinx renames and removes",
        ),
    ],
)
def test_python(before: str, after: str) -> None:
    check("a.py", CODE, before, after)


@pytest.mark.parametrize(
    "doc",
    [
        "Fetch it.",
        "Fetch it.\n\n        Args:\n            url: U\n            timeout: T\n"
        "            retries: R\n        ",
        "Fetch it.\n\n        Args:\n            url: U\n            timeout: T\n"
        "            retries: R\n            old: Deprecated, ignored.\n        ",
        "Fetch it.\n\n        Raises:\n            OSError: From get.\n            ValueError: V\n"
        "        ",
    ],
)
def test_what_is_right_or_meant_stays(doc: str) -> None:
    check_same("a.py", CODE, doc)


def test_an_exception_beside_others_of_the_body_is_added() -> None:
    code = (
        "def f(a):\n    '''DOC'''\n    if not a:\n        raise ValueError\n"
        "    if a < 0:\n        raise RangeError(a)\n"
    )
    args = "F.\n\n    Args:\n        a: A\n\n    Raises:\n"
    check(
        "a.py",
        code,
        args + "        ValueError: V.\n    ",
        args + "        ValueError: V.\n        RangeError: If ``a < 0``.\n    ",
    )
    check_same("a.py", code, args + "        OSError: of what is called.\n    ")


def test_parameters_that_are_left_out_on_purpose_stay_so() -> None:
    code = "def f(url, depth, tries):\n    '''DOC'''\n"
    check_same("a.py", code, "F.\n\n    Args:\n        tries: T\n    ")
    check(
        "a.py",
        "def f(url, tries):\n    '''DOC'''\n",
        "F.\n\n    Args:\n        url: U\n    ",
        "F.\n\n    Args:\n        url: U\n        tries:\n    ",
    )


def test_overloads_may_share_one_comment() -> None:
    check_same(
        "A.java",
        "class A {\n    /**\n     * F.\nDOC     */\n    void f(int a) {}\n"
        "    void f(int a, int b) {}\n}\n",
        "     * @param a A\n     * @param b B\n",
    )


def test_a_text_of_a_field_that_begins_with_a_role_is_no_field() -> None:
    check(
        "a.py",
        "def f(url, tries, depth):\n    '''DOC'''\n",
        "F.\n\n    :param url: made by\n    :attr:`maker` or others\n    :param depth: D\n    ",
        "F.\n\n    :param url: made by\n    :attr:`maker` or others\n    :param tries:\n"
        "    :param depth: D\n    ",
    )


def test_more_arguments_than_are_named_may_be_documented() -> None:
    check_same(
        "a.py",
        "def f(a, **options):\n    '''DOC'''\n    return 1\n",
        "F.\n\n    Args:\n        a: A\n        depth: D\n    ",
    )


def test_a_result_that_there_is_not_is_taken_away_with_its_section() -> None:
    check(
        "a.py",
        "def f(a):\n    '''DOC'''\n    print(a)\n",
        "F.\n\n    Args:\n        a: A\n\n    Returns:\n        int: I\n    ",
        "F.\n\n    Args:\n        a: A\n    ",
    )
    check_same(
        "a.py",
        "def f(a):\n    '''DOC'''\n    raise NotImplementedError\n",
        "F.\n\n    Args:\n        a: A\n\n    Returns:\n        int: I\n    ",
    )


def test_an_exception_that_nothing_can_raise_is_taken_away() -> None:
    doc = "F.\n\n    Args:\n        a: A\n\n    Raises:\n        LoadError: L\n    "
    check(
        "a.py",
        "def f(a):\n    '''DOC'''\n    return a\n",
        doc,
        "F.\n\n    Args:\n        a: A\n    ",
    )
    check_same("a.py", "def f(a):\n    '''DOC'''\n    return load(a)\n", doc)


SCRIPT = "/**\n * F.\nDOC */\nexport function f(url: string, tries = 3): string {\n  return g;\n}\n"


@pytest.mark.parametrize(
    ("path", "code", "before", "after"),
    [
        pytest.param(
            "a.ts",
            SCRIPT,
            " * @param uri - u\n *   more\n * @param tries - t\n",
            " * @param url - u\n *   more\n * @param tries - t\n",
            id="tsdoc renames",
        ),
        pytest.param(
            "a.ts",
            SCRIPT,
            " *\n * @param url - u\n *   more\n *\n * @returns r\n",
            " *\n * @param url - u\n *   more\n * @param tries - Defaults to `3`.\n *\n"
            " * @returns r\n",
            id="tsdoc adds",
        ),
        pytest.param(
            "a.js",
            "/**\n * F.\nDOC */\nfunction f(options, last) {\n  return options;\n}\n",
            " * @param {string} gone - g\n * @param {Object} options - o\n"
            " * @param {number} options.depth - d\n",
            " * @param {Object} options - o\n * @param {number} options.depth - d\n"
            " * @param {*} last\n",
            id="jsdoc keeps members",
        ),
        pytest.param(
            "a.ts",
            SCRIPT,
            " * @param url - u\n * @param count - how often\n",
            " * @param url - u\n * @param tries - how often\n",
            id="another name at the same place",
        ),
        pytest.param(
            "A.java",
            "class A {\n    /**\n     * F.\n     *\nDOC     */\n"
            "    int f(String uri, int depth) {\n        return 1;\n    }\n}\n",
            "     * @param <T> t\n     * @param gone g\n     *     more\n     * @param uri u\n"
            "     * @return r\n",
            "     * @param <T> t\n     * @param uri u\n     * @param depth\n     * @return r\n",
            id="javadoc",
        ),
        pytest.param(
            "a.cs",
            "class A\n{\n    /// <summary>F.</summary>\nDOC    int F(string uri, int depth)\n"
            "    {\n        return 1;\n    }\n}\n",
            '    /// <param name="uri">u\n    /// more</param>\n    /// <returns>r</returns>\n',
            '    /// <param name="uri">u\n    /// more</param>\n'
            '    /// <param name="depth"></param>\n'
            "    /// <returns>r</returns>\n",
            id="xmldoc",
        ),
        pytest.param(
            "a.rb",
            "# F.\nDOCdef f(uri, depth)\n  1\nend\n",
            "# @param url [String] u\n# @param depth d\n# @return [Integer]\n",
            "# @param uri [String] u\n# @param depth d\n# @return [Integer]\n",
            id="yard",
        ),
        pytest.param(
            "a.hpp",
            "/// F.\n///\nDOCint f(int uri, int depth) {\n  return 1;\n}\n",
            "/// \\param uri u\n/// \\return r\n",
            "/// \\param uri u\n/// \\param depth\n/// \\return r\n",
            id="doxygen",
        ),
        pytest.param(
            "a.rs",
            "/// F.\n///\n/// # Arguments\n///\nDOC///\n/// # Errors\n///\n/// E.\n"
            "fn f(uri: u8, depth: u8) {}\n",
            "/// * `url` - u\n///   more\n/// * `depth` - d\n",
            "/// * `uri` - u\n///   more\n/// * `depth` - d\n",
            id="rustdoc",
        ),
    ],
)
def test_other_languages(path: str, code: str, before: str, after: str) -> None:
    check(path, code, before, after)


def test_crlf_and_wide_characters() -> None:
    code = "x = '😀'\r\ndef f(größe, tiefe):\r\n    '''DOC'''\r\n    return 1\r\n"
    before = "Größe 😀.\r\n\r\n    Args:\r\n        größ: 日本.\r\n        tiefe: T\r\n    "
    report = document({"a.py": code.replace("DOC", before).encode()}, options=DRIFTED)
    assert written(report) == code.replace("DOC", before.replace("größ:", "größe:"))


def test_a_definition_that_is_named_is_completed() -> None:
    report = document(
        {"a.py": 'def $0f(url, depth=2):\n    """Fetch  it."""\n    raise LoadError\n'}
    )
    assert written(report) == (
        'def f(url, depth=2):\n    """Fetch  it.\n\n    Args:\n        url:\n'
        "        depth (int, optional): Defaults to ``2``.\n\n    Raises:\n        LoadError:\n"
        '    """\n    raise LoadError\n'
    )
    report = document({"a.ts": "/** Fetch  it. */\nexport function $0f(url: string): void {}\n"})
    assert written(report) == (
        "/**\n * Fetch  it.\n * @param url\n */\nexport function f(url: string): void {}\n"
    )
    report = document(
        {
            "a.py": 'def $0f(url):\n    """Fetch it.\n\n    And more.\n\n'
            '    Returns:\n        R.\n    """\n    return 1\n'
        }
    )
    assert written(report) == (
        'def f(url):\n    """Fetch it.\n\n    And more.\n\n    Args:\n        url:\n\n'
        '    Returns:\n        R.\n    """\n    return 1\n'
    )


def test_only_missing_repairs_nothing_and_only_drifted_writes_nothing_new() -> None:
    source = {"a.py": 'def f(a):\n    """F.\n\n    Args:\n        b: B\n    """\n\ndef g(): pass\n'}
    missing = written(document(source, options=DocsOptions(only="missing")))
    assert "b: B" in missing
    assert '"""G."""' in missing
    drifted = written(document(source, options=DRIFTED))
    assert "b: B" not in drifted
    assert '"""G."""' not in drifted
