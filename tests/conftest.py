"""What all tests share: the option for golden files, and the importable helpers in `fixtures`."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
sys.path.insert(0, str(FIXTURES))  # the import mode of pytest adds no folders of its own
# The shop's own tests belong to the shop: its branch breaks them on purpose.
collect_ignore_glob = ["fixtures/*"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: write the golden files anew; read the difference before committing it."""
    parser.addoption("--update-golden", action="store_true", help="Write golden files anew.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Asserts that a text is what a golden file has, or writes the file with --update-golden."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.read_text("utf-8") == text

    return check
