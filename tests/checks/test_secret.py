"""CA304: which texts are credentials, and that none of them is ever shown.

The tokens are made up, and put together at run time so that no scanner takes this file for a leak.
"""

import random
import string

import pytest
from checking import review_of

from codeassist.base.findings import Finding
from codeassist.checks import secret

ALPHANUMERIC = string.ascii_letters + string.digits
KEY_HEADER = "-----BEGIN RSA " + "PRIVATE KEY-----"


def letters(alphabet: str, count: int, seed: int = 1) -> str:
    """Random letters, the same in every run."""
    return "".join(random.Random(seed).choices(alphabet, k=count))


AWS = "AKIA" + letters(string.ascii_uppercase + string.digits, 16)
GITHUB = "ghp_" + letters(ALPHANUMERIC, 36)
TOKENS = {
    "An AWS access key": AWS,
    "A GitHub token": GITHUB,
    "A GitLab token": "glpat-" + letters(ALPHANUMERIC, 20),
    "A Slack token": "xoxb-" + letters(string.digits, 12) + "-" + letters(ALPHANUMERIC, 24),
    "A Stripe live key": "sk_live_" + letters(ALPHANUMERIC, 24),
    "A SendGrid key": "SG." + letters(ALPHANUMERIC, 22) + "." + letters(ALPHANUMERIC, 43),
    "An OpenAI key": "sk-" + letters(ALPHANUMERIC, 20) + "T3BlbkFJ" + letters(ALPHANUMERIC, 20, 2),
    "A PyPI token": "pypi-AgEIcHlwaS5vcmc" + letters(ALPHANUMERIC, 80),
    "A Telegram bot token": letters(string.digits, 9) + ":AA" + letters(ALPHANUMERIC, 33),
    "A Twilio key": "SK" + letters("0123456789abcdef", 32),
    "An Anthropic key": "sk-ant-api03-" + letters(ALPHANUMERIC, 90),
}


def find(path: str, text: str, before: dict[str, str] | None = None) -> list[Finding]:
    """The findings when a file is added to the files before."""
    before = before or {}
    return list(secret.run(review_of(before, {**before, path: text})))


def check(path: str, text: str, before: dict[str, str] | None = None) -> list[tuple[int, str]]:
    """(0-based line, kind of secret) of each finding."""
    found = find(path, text, before)
    return [(finding.location.span.start_line, finding.subject) for finding in found]


@pytest.mark.parametrize("title", TOKENS)
@pytest.mark.parametrize("path", ["a.py", "config.yaml", ".env", "README.md", "tests/test_a.py"])
def test_vendor_tokens(title: str, path: str) -> None:
    assert check(path, f"# settings\ntoken: '{TOKENS[title]}'\n") == [(1, title)]


def test_a_private_key() -> None:
    body = "\n".join(letters(ALPHANUMERIC + "+/", 64, seed) for seed in range(3))
    assert check("key.pem", f"{KEY_HEADER}\n{body}\n") == [(0, "A private key")]


def test_a_private_key_on_one_line() -> None:
    text = f'KEY = "{KEY_HEADER}\\n{letters(ALPHANUMERIC, 64)}\\n"\n'
    assert check("a.py", text) == [(0, "A private key")]


def test_a_password_in_an_address() -> None:
    text = "url = 'postgres://app:h7Gw2kQz9@db.internal.acme.io/app'\n"
    assert check("a.py", text) == [(0, "A password in an address")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "KEY = 'AKIAIOSFODNN7EXAMPLE'\n"),  # from AWS's documentation
        ("a.py", "TOKEN = 'ghp_" + "x" * 36 + "'\n"),
        ("a.py", "TOKEN = os.environ['GITHUB_TOKEN']\npassword = 'hunter2'\n"),
        ("a.py", "DIGEST = '" + letters("0123456789abcdef", 64) + "'\n"),
        ("a.py", f"if '{KEY_HEADER}' in text:\n    pass\n"),
        ("a.py", "url = 'postgres://user:password1@localhost/db'\n"),
        ("a.py", "url = 'https://user:{password}@db.acme.io/db'\n"),
        ("docs.md", "Use postgres://app:h7Gw2kQz9@db.acme.io/app\n"),
        ("a.py", f"KEY = '{AWS}'  # pragma: allowlist secret\n"),
        ("a.py", f"# pragma: allowlist nextline secret\nKEY = '{AWS}'\n"),
        ("package-lock.json", f'{{"key": "{AWS}"}}\n'),
        ("tests/key.pem", f"{KEY_HEADER}\n{letters(ALPHANUMERIC, 64)}\n"),
        ("a.txt", "XX" + AWS + "XX\n"),  # a part of a longer word
    ],
)
def test_what_is_no_secret(path: str, text: str) -> None:
    assert check(path, text) == []


def test_one_finding_for_a_secret_that_a_file_repeats() -> None:
    assert len(check("a.py", f"A = '{AWS}'\nB = '{AWS}'\n")) == 1


def test_a_secret_that_moves_is_no_news() -> None:
    assert list(secret.run(review_of({"a.py": f"A = '{AWS}'\n"}, {"b.py": f"B = '{AWS}'\n"}))) == []


@pytest.mark.parametrize("token", [AWS, GITHUB])
def test_a_secret_is_never_shown(token: str) -> None:
    other = TOKENS["A Stripe live key"]
    (finding,) = find("a.py", f"B = '{token}'\nA = '{other}'  # pragma: allowlist secret\n")
    assert token not in repr(finding)
    assert other not in repr(finding)
    assert f"{token[:4]}…" in finding.message


def test_a_keys_body_is_never_shown() -> None:
    lines = [letters(ALPHANUMERIC, 64, seed) for seed in range(3)] + [letters(ALPHANUMERIC, 20)]
    (finding,) = find("key.pem", "\n".join([KEY_HEADER, *lines, "-----END KEY-----", ""]))
    assert not any(line in repr(finding) for line in lines)
