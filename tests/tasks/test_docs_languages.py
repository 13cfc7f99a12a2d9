"""What holds for every language: documenting everything changes comments only, and all is parsed.

The sources are the fixtures of the language tests, which hold what each language is known for.
"""

from pathlib import Path

import pytest
from documenting import document, written
from packing import view_of

from codeassist.tasks.docs.existing import existing
from codeassist.tasks.docs.options import DocsOptions
from codeassist.tasks.docs.syntax import source_of

FIXTURES = Path(__file__).parents[1] / "languages" / "fixtures"
SAMPLES = sorted(FIXTURES.glob("*/sample.*"))
EVERYTHING = DocsOptions(only="missing", visibility="all")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_only_comments_change(sample: Path, eol: str) -> None:
    before = sample.read_text("utf-8").replace("\n", eol)
    after = written(document({sample.name: before.encode()}, options=EVERYTHING))
    assert len(after) > len(before)
    assert after.count("\r\n") == (after.count("\n") if eol == "\r\n" else 0)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_a_second_time_there_is_nothing_to_do(sample: Path) -> None:
    """What is written is found again as documentation."""
    before = sample.read_bytes()
    after = written(document({sample.name: before}, options=EVERYTHING))
    assert document({sample.name: after.encode()}, options=EVERYTHING).edits == ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_documentation_that_was_there_stays(sample: Path) -> None:
    before = view_of({sample.name: sample.read_bytes()})
    source = source_of(before, sample.name)
    assert source is not None
    texts = [
        has.text
        for index in range(len(source.outline.symbols))
        if (has := existing(source, index)).is_doc
    ]
    after = written(document({sample.name: sample.read_bytes()}, options=EVERYTHING))
    assert [text for text in texts if text not in after] == []
