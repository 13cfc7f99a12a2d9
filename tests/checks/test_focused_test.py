"""CA303: which calls focus a test, in each framework, and which only look like it."""

import pytest
from checking import review_of

from codeassist.checks import focused_test

GINKGO = 'package a\n\nimport . "github.com/onsi/ginkgo/v2"\n\n'


def check(path: str, text: str, before: str = "") -> list[tuple[int, str]]:
    """(0-based line, what focuses) of each finding when `text` becomes a file's content."""
    found = focused_test.run(review_of({path: before} if before else {}, {path: text}))
    return [(finding.location.span.start_line, finding.subject) for finding in found]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.test.js", "it.only('a', () => {});\n", "it.only"),
        ("a.spec.ts", "describe.only('a', () => {});\n", "describe.only"),
        ("src/__tests__/a.js", "test.only.each([1])('a', f);\n", "test.only.each"),
        ("e2e/a.ts", "test.describe.only('a', () => {});\n", "test.describe.only"),
        ("a.test.tsx", "fit('a', () => {});\n", "fit"),
        ("a.test.js", "fdescribe(`a`, function () {});\n", "fdescribe"),
        ("test/a.mjs", "test('a', { only: true }, () => {});\n", "only: true"),
        ("spec/a_spec.rb", "it 'a', focus: true do\nend\n", "focus: true"),
        ("spec/a_spec.rb", "RSpec.describe 'a', :focus do\nend\n", ":focus"),
        ("spec/a_spec.rb", "fit 'a' do\nend\n", "fit"),
        ("tests/A.php", "<?php\nit('a', function () {})->only();\n", "only"),
        ("a_test.go", GINKGO + 'var _ = FDescribe("a", func() {})\n', "FDescribe"),
        ("Tests/ASpec.swift", 'import Quick\nfunc f() { fit("a") { } }\n', "fit"),
    ],
)
def test_focused(path: str, text: str, expected: str) -> None:
    assert [subject for _, subject in check(path, text)] == [expected]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.test.js", "it('a', () => {}); // it.only('a')\n"),
        ("a.test.js", "const s = \"it.only('a')\";\n"),
        ("src/a.js", "it.only('a', () => {});\n"),
        ("a.test.js", "import { fit } from './statistics';\nfit('a', () => {});\n"),
        ("a.test.js", "function fit(a, b) {}\nfit('a', () => {});\n"),
        ("a.test.js", "fit(points);\n"),
        ("a.test.js", "query.only('a');\n"),
        ("a.test.js", "test('a', { only: false }, () => {});\n"),
        ("spec/a_spec.rb", "it 'a', focus: false do\nend\nmodel.fit 'x' do\nend\n"),
        ("a_test.go", 'package a\n\nfunc f() { FIt("a", func() {}) }\n'),
        ("Tests/AModel.swift", 'func f() { fit("a") { } }\n'),
        ("test_a.py", "@pytest.mark.only\ndef test_a(): pass\n"),
    ],
)
def test_what_is_not_focused(path: str, text: str) -> None:
    assert check(path, text) == []


def test_an_old_focus_is_not_reported_again() -> None:
    old = "it.only('a', () => {});\n"
    assert check("a.test.js", old + "it('b', () => {});\n", before=old) == []
