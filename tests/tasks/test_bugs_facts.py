"""Tests of the task `bugs` without a model: which facts are about the subject."""

import pytest
from bug_hunts import hunt

from codeassist.tasks.bugs import BugsOptions

Files = dict[str, str]
TWO = "def one(x):\n    return gone\n\n\ndef two(x):\n    return missing\n"


def check(files: Files, *expected: str, name: str = "", options: BugsOptions | None = None) -> None:
    """The findings as "CODE path:line"."""
    done = hunt(files, name=name, model=None, options=options)
    assert done.batches == []
    assert done.report.hypotheses == ()
    said = [
        f"{each.code} {each.location.path}:{each.location.span.start_line + 1}"
        for each in done.report.findings
    ]
    assert sorted(said) == sorted(expected)


def test_a_function_has_its_own_facts_only() -> None:
    check({"a.py": TWO.replace("return gone", "$0return gone")}, "CA401 a.py:2")


def test_a_file_has_all_of_its_facts() -> None:
    check({"a.py": TWO, "b.py": TWO}, "CA401 a.py:2", "CA401 a.py:6", name="a.py")


def test_a_folder_has_those_of_its_files() -> None:
    check({"p/a.py": TWO, "q/b.py": TWO}, "CA401 p/a.py:2", "CA401 p/a.py:6", name="p/")


def test_a_call_elsewhere_that_does_not_fit_is_about_the_function() -> None:
    files = {
        "a.py": "def one(x):\n    $0return x\n",
        "b.py": "from a import one\n\none(1, 2)\n",
        "c.py": "from a import gone\n",
    }
    check(files, "CA104 b.py:3")


def test_a_call_under_another_name_and_one_of_the_class_are_too() -> None:
    check(
        {
            "a.py": "def one(x):\n    $0return x\n",
            "b.py": "from a import one as first\n\nfirst(1, 2)\n",
        },
        "CA104 b.py:3",
    )
    check(
        {
            "a.py": "class One:\n    def __init__(self, x):\n        $0self.x = x\n",
            "b.py": "from a import One\n\nOne(1, 2)\n",
        },
        "CA104 b.py:3",
    )


def test_calls_in_the_same_file_and_in_the_function_itself_count_once() -> None:
    text = "def one(x):\n    $0return one(x, 1)\n\n\nprint(one(1, 2), two)\n"
    check({"a.py": text}, "CA104 a.py:2", "CA104 a.py:5")


def test_either_of_two_functions_repeats_the_other() -> None:
    body = "".join(f"    total += items[{n}] * rates[{n}] + offset\n" for n in range(5))
    body += "    print(total, offset)\n"
    text = "".join(
        f"def {name}(items, rates, offset):\n    total = 0\n{body}    return total\n\n\n"
        for name in ("first", "second")
    )
    for name in ("first", "second"):
        start = f"def {name}(items, rates, offset):\n"
        line = 1 if name == "first" else 12
        check({"a.py": text.replace(start, f"{start}$0")}, f"CA202 a.py:{line}")


def test_a_call_of_something_else_is_not_about_the_function() -> None:
    check(
        {
            "a.py": "def one(x):\n    $0return x\n\n\ndef two(x):\n    return x\n",
            "b.py": "from a import one, two\n\none(1)\ntwo(1, 2)\n",
        }
    )


def test_a_call_elsewhere_that_fits_is_none() -> None:
    check({"a.py": "def one(x):\n    $0return x\n", "b.py": "from a import one\n\none(1)\n"})


def test_a_traceback_shows_the_facts_of_its_frames() -> None:
    log = 'Traceback (most recent call last):\n  File "a.py", line 6, in two\nNameError: missing\n'
    check({"a.py": TWO}, "CA401 a.py:6", options=BugsOptions(traceback=log))


@pytest.mark.parametrize("text", ["it fails", 'File "/elsewhere/lib.py", line 3, in run\n'])
def test_a_text_that_leads_nowhere_shows_none(text: str) -> None:
    check({"a.py": TWO}, options=BugsOptions(traceback=text))


def test_a_trace_of_other_code_is_told() -> None:
    log = 'Traceback (most recent call last):\n  File "/x/lib.py", line 3, in run\nOSError: x\n'
    done = hunt({"a.py": TWO}, model=None, options=BugsOptions(traceback=log))
    assert "no frame of the stack trace is in this repository" in done.report.notes


def test_silenced_findings_are_counted() -> None:
    text = "def one(x):\n    breakpoint()  # codeassist: ignore\n"
    done = hunt({"a.py": text}, name="a.py", model=None)
    assert done.report.findings == ()
    assert "silenced by comments: 1 finding" in done.report.notes
