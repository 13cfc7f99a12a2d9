"""CA103: added imports of names that are not there."""

import pytest
from marked import check, message

HERE = "=== pkg/__init__.py\n=== pkg/dates.py\ndef format_date(d): pass\n"


def test_a_misspelt_name() -> None:
    text = message("CA103", HERE, "=== app.py\nfrom pkg.dates import «formatdate»\n")
    assert text == "`pkg/dates.py` defines no `formatdate`"


def test_a_module_that_is_not_there() -> None:
    text = message("CA103", HERE, "=== app.py\nfrom pkg.times import «now»\n")
    assert text == "there is no module `pkg.times` in this repository"


@pytest.mark.parametrize(
    "line",
    [
        "from pkg.dates import format_date\n",
        "from pkg import dates\n",
        "import pkg.dates\n",
        "import os, requests\nfrom requests import get\n",
        "try:\n    from pkg.dates import fast_date\nexcept ImportError:\n    fast_date = None\n",
        "from pkg.dates import *\n",
        "from pkg import __version__, __path__\n",
    ],
)
def test_it_stays_silent(line: str) -> None:
    before = HERE.replace("=== pkg/__init__.py\n", "=== pkg/__init__.py\n__version__ = '1'\n")
    check("CA103", before, f"=== app.py\n{line}")


def test_an_import_that_was_there_before_is_not_this_change_s_fault() -> None:
    before = HERE + "=== app.py\nfrom pkg.dates import gone\n"
    check("CA103", before, "=== app.py\nfrom pkg.dates import gone\nx = 1\n")


def test_typescript() -> None:
    before = "=== src/dates.ts\nexport const zero = 0;\n=== src/a.svg\n<svg/>\n"
    check("CA103", before, "=== src/app.ts\nimport { zero, «one» } from './dates';\n")
    check("CA103", before, "=== src/app.ts\nimport React from 'react';\nimport x from './a.svg';\n")


def test_a_repository_that_hooks_into_imports() -> None:
    before = HERE + "=== hook.py\nimport sys\nsys.meta_path.append(Finder())\n"
    check("CA103", before, "=== app.py\nfrom pkg.times import now\n")


def test_a_new_file_that_imports_what_the_change_removes() -> None:
    before = HERE + "=== pkg/other.py\nx = 1\n"
    after = "=== pkg/dates.py\nx = 1\n=== app.py\nfrom pkg.dates import format_date\n"
    check("CA103", before, after)
    check("CA101", before, after.replace("import format_date", "import «format_date»"))
