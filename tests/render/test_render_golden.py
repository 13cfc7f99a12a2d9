"""Whole outputs of one realistic report, kept under golden/ so that a change shows in review.

`python tests/render/test_render_golden.py` writes them anew; read the difference before keeping it.
"""

from pathlib import Path

import pytest

from codeassist import __version__
from codeassist.base.findings import Report
from codeassist.render import Colour, Hyperlinks, RenderOptions, render

GOLDEN = Path(__file__).parent / "golden"
_INLINE = {"billing/invoice.py": frozenset({87, 88, 89})}
_ADDRESS = "https://code.example/shop/billing"
OUTPUTS = {
    "plain.txt": ("text", RenderOptions()),
    "terminal.txt": ("text", RenderOptions(colour=Colour.ALWAYS, hyperlinks=Hyperlinks.ALWAYS)),
    "report.json": ("json", RenderOptions()),
    "report.sarif": ("sarif", RenderOptions()),
    "report.rdjson": ("rdjson", RenderOptions()),
    "report.md": ("markdown", RenderOptions(repository_url=_ADDRESS)),
    "gitlab.json": ("gitlab", RenderOptions()),
    "github.json": ("github", RenderOptions(repository_url=_ADDRESS, commentable=_INLINE)),
}


def output(file: str, report: Report) -> str:
    name, options = OUTPUTS[file]
    return render(name, report, options).replace(f'ersion": "{__version__}"', 'ersion": "0.0.0"')


@pytest.mark.parametrize("file", OUTPUTS)
def test_output_is_as_it_was_approved(file: str, realistic: Report) -> None:
    assert output(file, realistic) == (GOLDEN / file).read_bytes().decode()


if __name__ == "__main__":
    from conftest import realistic_report

    GOLDEN.mkdir(exist_ok=True)
    for file in OUTPUTS:
        (GOLDEN / file).write_bytes(output(file, realistic_report()).encode())
