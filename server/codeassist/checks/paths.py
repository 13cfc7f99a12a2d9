"""What a path says about a file's role: test code, or text for people.

Goes by the conventions of test runners. Does not read files.
"""

import re
from posixpath import splitext

# pytest, unittest, Go, RSpec and Minitest, PHPUnit, JUnit, xUnit, Jest, Vitest, Mocha, Cypress.
_TEST_FOLDERS = frozenset(
    {"test", "tests", "testing", "spec", "specs", "__tests__", "__mocks__", "e2e", "cypress"}
)
_DATA_FOLDERS = frozenset(
    {"fixtures", "fixture", "testdata", "test_data", "test-data", "__fixtures__", "golden"}
)
_TEST_NAME = re.compile(
    r"""^(?:test_.*|conftest|.*[._-](?:test|tests|spec|specs|e2e|cy)|.*_(?:test|spec)
          |.*[a-z0-9](?:Test|Tests|TestCase|Spec|IT))$""",
    re.VERBOSE,
)
_PROSE = frozenset({".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".asciidoc", ".org"})


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests: by its folder, or by its name."""
    *folders, name = path.split("/")
    if not _TEST_FOLDERS.isdisjoint(folder.lower() for folder in folders):
        return True
    return is_test_data(path) or bool(_TEST_NAME.match(splitext(name)[0]))


def is_test_data(path: str) -> bool:
    """Whether a file lies in a folder of data for tests."""
    return not _DATA_FOLDERS.isdisjoint(folder.lower() for folder in path.split("/")[:-1])


def is_prose(path: str) -> bool:
    """Whether a file is text for people, in which code is only quoted."""
    return splitext(path)[1].lower() in _PROSE
