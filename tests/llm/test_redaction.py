"""Redaction: no secret is sent, all come back, and what only looks like one is left alone.

The secrets are made up, and put together at run time so that no scanner takes this file for a leak.
"""

import ast
import json
import random
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from codeassist.base.messages import Message, ModelRequest, Role
from codeassist.llm.redaction import Redactor, Restoring

ALPHANUMERIC = string.ascii_letters + string.digits
HEADER, FOOTER = ("-----" + f"{word} RSA PRIVATE" + " KEY-----" for word in ("BEGIN", "END"))


def letters(alphabet: str, count: int, seed: int = 1) -> str:
    """Random letters, the same in every run."""
    return "".join(random.Random(seed).choices(alphabet, k=count))


def base64_lines(count: int) -> list[str]:
    return [letters(ALPHANUMERIC + "+/", 64, seed) for seed in range(count)]


JWT = f"eyJ{letters(ALPHANUMERIC, 20)}.eyJ{letters(ALPHANUMERIC, 30)}.{letters(ALPHANUMERIC, 40)}"
TOKENS = {
    "AWS key": "AKIA" + letters(string.ascii_uppercase + string.digits, 16),
    "GitHub": "ghp_" + letters(ALPHANUMERIC, 36),
    "fine-grained GitHub": "github_pat_" + letters(ALPHANUMERIC, 82),
    "GitLab": "glpat-" + letters(ALPHANUMERIC, 20),
    "Slack": "xoxb-" + letters(string.digits, 12) + "-" + letters(ALPHANUMERIC, 24),
    "Stripe": "sk_live_" + letters(ALPHANUMERIC, 24),
    "SendGrid": "SG." + letters(ALPHANUMERIC, 22) + "." + letters(ALPHANUMERIC, 43),
    "OpenAI": "sk-proj-" + letters(ALPHANUMERIC, 20) + "T3BlbkFJ" + letters(ALPHANUMERIC, 20, 2),
    "OpenRouter": "sk-or-v1-" + letters("0123456789abcdef", 64),
    "Anthropic": "sk-ant-api03-" + letters(ALPHANUMERIC, 90),
    "PyPI": "pypi-AgEIcHlwaS5vcmc" + letters(ALPHANUMERIC, 80),
    "npm": "npm_" + letters(ALPHANUMERIC, 36),
    "Telegram": letters(string.digits, 9) + ":AA" + letters(ALPHANUMERIC, 33),
    "Twilio": "SK" + letters("0123456789abcdef", 32),
    "Google": "AIza" + letters(ALPHANUMERIC, 35),
    "Hugging Face": "hf_" + letters(ALPHANUMERIC, 34),
    "DigitalOcean": "dop_v1_" + letters("0123456789abcdef", 64),
    "Mailchimp": letters("0123456789abcdef", 32) + "-us12",
    "Discord": "M" + letters(ALPHANUMERIC, 23) + ".Gh3kLm." + letters(ALPHANUMERIC, 27),
    "JSON web token": JWT,
}
PASSWORD = "Gx7!" + "kk2P_zQ"


def check(text: str, expected: str) -> None:
    """What a text becomes, where `#1` stands for the first placeholder; and back again."""
    redactor = Redactor([text])
    redacted = redactor.redact(text)
    assert redacted == expected.replace("#", "REDACTED_SECRET_")
    assert redactor.restore(redacted) == text


# ----------------------------------------------------------------------------- what is found


@pytest.mark.parametrize("kind", TOKENS)
@pytest.mark.parametrize(
    "around", ["{}", 'key = "{}"', "- value: {}\n", "curl -H 'X: {}' x", "// {} is old\n"]
)
def test_tokens(kind: str, around: str) -> None:
    check(around.format(TOKENS[kind]), around.format("#1"))


def test_a_secret_access_key_of_aws() -> None:
    secret = letters(ALPHANUMERIC + "/+", 40)
    check(f"aws_secret_access_key = '{secret}'\n", "aws_secret_access_key = '#1'\n")


@pytest.mark.parametrize(
    "line",
    [
        'password = "{}"',
        "    self.password: str = '{}'",
        '{{"password": "{}"}}',
        "db_passwd => '{}',",
        "const dbPassword = `{}`;",
        'String PASSWORD = "{}";',
        'password := "{}"',
        "if (user.password == '{}') {{",
        'config["password"] = "{}"',
        'connect(password="{}", user="me")',
        "DB_PASSWORD={}",
        "export DB_PASSWORD={}\r\n",
        "  password: {}\n",
        'client_secret = "{}"',
    ],
)
def test_passwords_by_name(line: str) -> None:
    check(line.format(PASSWORD), line.format("#1"))


@pytest.mark.parametrize("name", ["api_key", "apiKey", "ACCESS_TOKEN", "private-key", "auth_key"])
def test_keys_by_name(name: str) -> None:
    value = letters("0123456789abcdef", 32)
    check(f'{name}: "{value}"', f'{name}: "#1"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgres://app:h7Gw2kQz9@db.acme.io/app", "postgres://app:#1@db.acme.io/app"),
        ("redis://:h7Gw2kQz9@10.0.0.1:6379", "redis://:#1@10.0.0.1:6379"),
        ("https://me:correcthorse@host/x?a=b", "https://me:#1@host/x?a=b"),
    ],
)
def test_passwords_in_addresses(text: str, expected: str) -> None:
    check(text, expected)


def test_headers() -> None:
    token = letters(ALPHANUMERIC, 32)
    check(f"Authorization: Bearer {token}\n", "Authorization: Bearer #1\n")
    check(f"'authorization': 'basic {token}=='\n", "'authorization': 'basic #1'\n")


def test_a_private_key_keeps_its_lines() -> None:
    first, second, third = base64_lines(3)
    check(
        f"{HEADER}\n{first}\n{second}\n{third[:20]}==\n{FOOTER}\nrest\n",
        f"{HEADER}\n#1\n#2\n#3\n{FOOTER}\nrest\n",
    )


def test_a_private_key_with_headers_of_its_own() -> None:
    (line,) = base64_lines(1)
    fields = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n"
    check(f"{HEADER}\n{fields}{line}\n{FOOTER}\n", f"{HEADER}\n{fields}#1\n{FOOTER}\n")


def test_a_private_key_in_a_string_stays_a_string() -> None:
    first, second = base64_lines(2)
    text = f'KEY = "{HEADER}\\n{first}\\n{second}\\n{FOOTER}\\n"\n'
    check(text, f'KEY = "{HEADER}\\n#1\\n#2\\n{FOOTER}\\n"\n')
    ast.parse(Redactor([text]).redact(text))


def test_the_beginning_of_a_private_key() -> None:
    first, second = base64_lines(2)
    check(f"{HEADER}\n{first}\n{second}\ndef f(): pass\n", f"{HEADER}\n#1\n#2\ndef f(): pass\n")


def test_the_middle_of_a_private_key() -> None:
    first, second = base64_lines(2)
    check(f"x\n{first}\n{second}\n", "x\n#1\n#2\n")
    check(f"12 | {first}\n13 | {second}\n", "12 | #1\n13 | #2\n")


def test_the_users_own_key() -> None:
    redactor = Redactor(["my key is local-key-42"], ["local-key-42"])
    assert redactor.redact("my key is local-key-42") == "my key is REDACTED_SECRET_1"
    assert redactor.titles == ("Your own key",)


def test_a_key_for_a_server_that_wants_none() -> None:
    redactor = Redactor(["x = none"], ["x", "none", ""])
    assert redactor.redact("x = none") == "x = none"


# ----------------------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    "text",
    [
        "",
        "password = os.environ['DB_PASSWORD']",
        "password = getpass()",
        'password = "changeme"',
        'password = "your-password-here"',
        'password = "${DB_PASSWORD}"',
        'password = "{{ db_password }}"',
        'password = "<password>"',
        'PASSWORD_FIELD = "password_confirmation"',
        'token_url = "https://example.org/oauth/token"',
        'token = "tokenizer_name"',
        'token_path = "secrets/token.txt"',
        "api_key: str | None = None",
        'key = "a8f5f167f44f4964e6c998dee827110c"',  # a key of a mapping, as most keys are
        "token: Token = parser.next_token()",
        "secret_name: kubernetes-secret-name",
        'DIGEST = "' + letters("0123456789abcdef", 64) + '"',
        "commit " + letters("0123456789abcdef", 40),
        "postgres://user:password@localhost/db",
        "postgres://${USER}:${PASSWORD}@db/app",
        "http://localhost:8080/@scope/name",
        "mask = 'sk-................................'",
        "AKIA" + "X" * 16,
        "class BearerAuthenticationMiddleware: ...",
        "Bearer realm-of-the-authorization-server",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n",
        "def pem(body):\n    return '" + f"{HEADER}\\n' + body + '\\n{FOOTER}'\n",
        "if header.startswith('-----BEGIN " + "PRIVATE KEY-----'):\n    pass\n",
    ],
)
def test_look_alikes(text: str) -> None:
    check(text, text)


# ----------------------------------------------------------------------------- one request


def test_a_secret_has_one_placeholder_everywhere() -> None:
    texts = [f'password = "{PASSWORD}"', f"login('{PASSWORD}')", "nothing"]
    redactor = Redactor(texts)
    assert [redactor.redact(text) for text in texts] == [
        'password = "REDACTED_SECRET_1"', "login('REDACTED_SECRET_1')", "nothing",
    ]  # fmt: skip


def test_a_request() -> None:
    token = TOKENS["GitHub"]
    messages = (Message(Role.SYSTEM, f"use {token}"), Message(Role.USER, f"why {token}?"))
    request = ModelRequest("docs", messages)
    sent = Redactor.of(request).request(request)
    assert [each.text for each in sent.messages] == [
        "use REDACTED_SECRET_1", "why REDACTED_SECRET_1?",
    ]  # fmt: skip


def test_a_request_without_secrets_is_the_same() -> None:
    request = ModelRequest("docs", (Message(Role.USER, "hello"),))
    redactor = Redactor.of(request)
    assert redactor.request(request) is request
    assert redactor.titles == ()


def test_placeholders_do_not_meet_the_text() -> None:
    texts = [f"see redacted_secret_1: {TOKENS['GitHub']}", "REDACTED_SECRETX_1"]
    redactor = Redactor(texts)
    redacted = [redactor.redact(text) for text in texts]
    assert redacted[0].startswith("see redacted_secret_1: REDACTED_SECRETXX_1")
    assert [redactor.restore(text) for text in redacted] == texts


def test_a_digit_behind_a_placeholder() -> None:
    key = "abcdefgh-key"
    redactor = Redactor([f"{key}5 {key}"], [key])
    assert redactor.restore(redactor.redact(f"{key}5 {key}")) == f"{key}5 {key}"


def test_a_secret_in_a_longer_one() -> None:
    texts = ["short: abcdefgh1", "long: abcdefgh1ijkl"]
    redactor = Redactor(texts, ["abcdefgh1", "abcdefgh1ijkl"])
    redacted = " ".join(redactor.redact(text) for text in texts)
    assert redacted == "short: REDACTED_SECRET_1 long: REDACTED_SECRET_2"


def test_what_is_restored_in_data() -> None:
    token = TOKENS["GitHub"]
    redactor = Redactor([token])
    data = {"a": ["x REDACTED_SECRET_1", 1, None, True], "b": {"c": "REDACTED_SECRET_1"}}
    assert redactor.restore_data(data) == {"a": [f"x {token}", 1, None, True], "b": {"c": token}}


@pytest.mark.parametrize("changed", ["REDACTED_SECRET_2", "redacted_secret_1", "REDACTED_SECRET"])
def test_placeholders_that_are_unknown(changed: str) -> None:
    redactor = Redactor([TOKENS["GitHub"]])
    text = redactor.restore(f"a {changed} b")
    assert text == f"a {changed} b"
    assert redactor.unknown(text) == (changed,)
    assert redactor.unknown(redactor.restore("REDACTED_SECRET_1")) == ()


# ----------------------------------------------------------------------------- properties

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
CODE_TEXT = st.text("abcAB01 _=:\"'\\/\n\t.-+#", max_size=80)
PLANTED = st.sampled_from([*TOKENS.values(), "\n".join([HEADER, *base64_lines(3), FOOTER])])


@given(st.lists(st.one_of(ANY_TEXT, CODE_TEXT, PLANTED), max_size=6))
@settings(max_examples=150, deadline=None)
def test_all_comes_back(parts: list[str]) -> None:
    text = "".join(parts)
    redactor = Redactor([text])
    assert redactor.restore(redactor.redact(text)) == text


@given(st.one_of(ANY_TEXT, CODE_TEXT), PLANTED, st.one_of(ANY_TEXT, CODE_TEXT))
@settings(max_examples=150, deadline=None)
def test_no_planted_secret_is_left(before: str, secret: str, after: str) -> None:
    text = f"{before} {secret} {after}"
    redacted = Redactor([text]).redact(text)
    for line in secret.split("\n"):
        assert line in (HEADER, FOOTER) or line not in redacted
    assert redacted.count("\n") == text.count("\n")


@given(
    st.text(string.ascii_letters + string.digits + "!?%&*+-_#^~/.", min_size=10, max_size=30),
    ANY_TEXT,
)
@settings(max_examples=150, deadline=None)
def test_no_password_is_left(value: str, after: str) -> None:
    kinds = [string.ascii_lowercase, string.ascii_uppercase, string.digits]
    assume(all(set(value) & set(kind) for kind in kinds) and len(set(value)) >= 6)
    assume(value[0].isalnum() and "..." not in value)
    text = f'password = "{value}"\n{after}\nlogin("{value}")'
    assert value not in Redactor([text]).redact(text)


@given(st.lists(st.one_of(ANY_TEXT, PLANTED), min_size=1, max_size=5), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_a_stream_gives_the_same_as_the_whole(parts: list[str], size: int) -> None:
    text = " ".join(parts)
    redactor = Redactor([text])
    redacted = redactor.redact(text)
    restoring = Restoring(redactor)
    pieces = [redacted[at : at + size] for at in range(0, len(redacted), size)]
    assert "".join([*map(restoring.feed, pieces), restoring.rest()]) == text


def test_a_stream_of_json_stays_json() -> None:
    key = 'quo"te\\back'
    redactor = Redactor([key], [key])
    restoring = Restoring(redactor, in_json=True)
    told = restoring.feed('{"a": "REDACTED_SEC') + restoring.feed('RET_1"}') + restoring.rest()
    assert json.loads(told) == {"a": key}


def test_a_stream_is_not_held_back_for_long() -> None:
    restoring = Restoring(Redactor([TOKENS["GitHub"]]))
    assert restoring.feed("some words, and REDACTED_") == "some words, and "
    assert restoring.feed("TAPE") == "REDACTED_TAPE"
