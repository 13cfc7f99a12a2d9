"""What kind of file a path names, by conventions of test runners and of repositories."""

import re

_TEST = re.compile(
    r"""(?:^|/)(?:tests?|testing|__tests__|testsuite|specs?|e2e|fixtures|__mocks__)/
      | (?:^|/)[^/]+[.-](?:tests?|specs?)/ | (?:^|/)src/test/ | (?:^|/)test[^/]*\.(?:swift|kt)$
      | (?:^|/)test_[^/]*$ | [._-](?:test|spec)s?\.\w+$ | (?:^|/)conftest\.py$
      | [a-z0-9](?:Test|Tests|Spec|Specs)\.\w+$""",
    re.VERBOSE,
)
_ASIDE = re.compile(
    r"""(?:^|/)(?:docs?|documentation|examples?|samples?|demos?|www|website|site|scripts?|tools
        | bench(?:es|mark|marks)?|\.github|\.ci|contrib|playground)/""",
    re.VERBOSE,
)


def is_test(path: str) -> bool:
    """Whether a path is a test's, or belongs to tests."""
    return _TEST.search(path) is not None


def is_aside(path: str) -> bool:
    """Whether a path is beside the program: documentation, examples, scripts, benchmarks."""
    return _ASIDE.search(path) is not None
