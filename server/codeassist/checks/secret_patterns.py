"""What a credential looks like: detect-secrets' vendor patterns, with filters against look-alikes.

Knows lines of text. Uses the patterns of detect-secrets' plugins and none of its machinery: no
settings, no baseline, no verification over the network. The package costs 0.3 s to import, so a
line has to look suspect first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from codeassist.checks.check import MAX_LINE_CHARACTERS
from codeassist.checks.paths import is_prose

# Plugins that are left out: Keyword, the two entropy plugins and IPPublic find placeholders, hashes
# and addresses; Artifactory, Cloudant, IBM and SoftLayer match short common strings; JWT finds the
# expired samples that documentation and tests are full of.
_PLUGINS = {
    "aws:AWSKeyDetector": "An AWS access key",
    "azure_storage_key:AzureStorageKeyDetector": "An Azure storage key",
    "discord:DiscordBotTokenDetector": "A Discord bot token",
    "github_token:GitHubTokenDetector": "A GitHub token",
    "gitlab_token:GitLabTokenDetector": "A GitLab token",
    "mailchimp:MailchimpDetector": "A Mailchimp key",
    "npm:NpmDetector": "An npm token",
    "openai:OpenAIDetector": "An OpenAI key",
    "pypi_token:PypiTokenDetector": "A PyPI token",
    "sendgrid:SendGridDetector": "A SendGrid key",
    "slack:SlackDetector": "A Slack token",
    "square_oauth:SquareOAuthDetector": "A Square secret",
    "stripe:StripeDetector": "A Stripe live key",
    "telegram_token:TelegramBotTokenDetector": "A Telegram bot token",
    "twilio:TwilioKeyDetector": "A Twilio key",
}
# Formats that detect-secrets 1.5 does not know yet; from the vendors' documentation.
_NEWER = {
    r"github_pat_[A-Za-z0-9_]{82}": "A GitHub token",
    r"sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,}": "An Anthropic key",
    r"GOCSPX-[A-Za-z0-9_-]{28}": "A Google client secret",
}

# One pass over a line, to tell whether detect-secrets is worth loading.
SUSPECT = re.compile(
    r"""A3T|ABIA|ACCA|AKIA|ASIA|(?i:aws)|AccountKey=|\bgh[opusr]_|github_pat_|\bgl[a-z]{2,5}-
      |GR1348941|-us\d|_authToken|\bsk-|pypi-Ag|\bSG\.|(?i:xox[abposr]-|hooks\.slack\.com)|sq0csp-
      |k_live_|\d{8}:AA|AC[a-z0-9]{32}|SK[a-z0-9]{32}|GOCSPX-|PRIVATE\ KEY|://[^/\s:@]+:[^/\s@]+@
      |[MNO][\w-]{23,25}\.[\w-]{6}\.""",
    re.VERBOSE,
)
_ALLOWED = re.compile(r"pragma: ?(?:allow|white)list[ -]secret")
ALLOWED_NEXT = re.compile(r"pragma: ?allowlist[ -]nextline[ -]secret")

_PLACEHOLDER = re.compile(
    r"example|sample|placeholder|dummy|fake|redact|changeme|your|test|x{4}|0{6}|\*{3}|\.{3}"
    r"|123456|abcdef|deadbeef",
    re.IGNORECASE,
)
MIN_DISTINCT_CHARACTERS = 8  # a random token of 20 or more characters has more
_BOUNDED = frozenset({"An AWS access key", "A Twilio key", "A Mailchimp key"})
_KEY_HEADER = re.compile(r"-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY")
_KEY_BODY = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}")
_KEY_LINE = re.compile(r"^\W*n?[A-Za-z0-9+/]+={0,2}\W*n?\W*$")
_PEM_LINE = re.compile(r"^\W*[A-Za-z0-9+/]{64,76}(?:\\n)?\W*$")
_CUT_WORD = re.compile(r"[^\s\"']+$")  # where an excerpt's line was cut, perhaps in a secret
_HEX_LINE = re.compile(r"^\W*[0-9a-fA-F]+\W*$")
_URL = re.compile(r"://[^/\s:@{}$<>]+:(?P<password>[^/\s@{}$<>%*]{8,})@(?P<host>[\w.-]+)")
_LOCAL_HOST = re.compile(r"^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|[^.]*$)|example|\.test$")
_COMMON_PASSWORD = re.compile(r"pass|secret|admin|root|user|token|key|postgres|mysql|redis", re.I)


@dataclass(frozen=True, slots=True)
class Hit:
    """A secret in a line: what it is, its text, and where it stands in characters.

    `usual_in_tests` marks what tests need and make for themselves. `shown` is what may be printed.
    """

    title: str
    secret: str
    start: int
    end: int
    shown: str
    usual_in_tests: bool = False


def hits(path: str, text: str, following: str = "") -> Iterator[Hit]:
    """The secrets in a line. `following` are the next lines, where a private key's body stands."""
    if not SUSPECT.search(text) or _ALLOWED.search(text):
        return
    yield from _keys(text, following)
    if not is_prose(path):
        yield from _urls(text)
    for title, pattern in _patterns():
        for match in pattern.finditer(text):
            group = 1 if match.re.groups == 1 and len(match.group(1) or "") >= 20 else 0
            secret, (start, end) = match.group(group), match.span(group)
            if _is_plausible(title, text, secret, match):
                yield Hit(title, secret, start, end, secret[:4] + "…")


def masked_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines in which every secret is cut down to its beginning, allowed ones included."""
    out: list[str] = []
    in_key = False
    for line in lines:
        if len(line) >= MAX_LINE_CHARACTERS:
            line = _CUT_WORD.sub("…", line)
        is_pem = bool(_PEM_LINE.match(line)) and not _HEX_LINE.match(line)
        in_key = is_pem or (in_key and bool(_KEY_LINE.match(line)))
        out.append("…" if in_key else _masked(line))
        in_key = in_key or bool(_KEY_HEADER.search(line))
    return tuple(out)


def _masked(line: str) -> str:
    if _KEY_HEADER.search(line):
        return _KEY_BODY.sub("…", line)
    # The pragma allows the secret to be in the repository, not to be printed.
    for hit in sorted(hits("", _ALLOWED.sub("", line)), key=lambda each: -len(each.secret)):
        line = line.replace(hit.secret, hit.shown)
    return line


def _keys(text: str, following: str) -> Iterator[Hit]:
    """A private key: its header, with something that can be its body after it."""
    for header in _KEY_HEADER.finditer(text):
        body = _KEY_BODY.search(text, header.end()) or _KEY_BODY.search(following)
        if body and len(set(body.group())) >= MIN_DISTINCT_CHARACTERS:
            yield Hit("A private key", body.group(), *header.span(), header.group(), True)


def _urls(text: str) -> Iterator[Hit]:
    """A password in the address of a host that is not this machine or a placeholder."""
    for match in _URL.finditer(text):
        password, host = match["password"], match["host"]
        mixed = re.search(r"\d", password) and re.search(r"[A-Za-z]", password)
        if not mixed or _COMMON_PASSWORD.search(password) or _PLACEHOLDER.search(match.group()):
            continue
        if not _LOCAL_HOST.search(host):
            start, end = match.span("password")
            yield Hit("A password in an address", password, start, end, "…", True)


def _is_plausible(title: str, text: str, secret: str, match: re.Match[str]) -> bool:
    """Whether a match looks random, and is not a part of a longer word."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if before.isalnum() or (title in _BOUNDED and after.isalnum()):
        return False
    if title == "A Telegram bot token" and ":AA" not in secret:
        return False
    return not _PLACEHOLDER.search(secret) and len(set(secret[4:])) >= MIN_DISTINCT_CHARACTERS


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each pattern with what it finds. The plugins' own search gives groups, not whole matches."""
    found = [(title, re.compile(text)) for text, title in _NEWER.items()]
    for place, title in _PLUGINS.items():
        module, _, name = place.partition(":")
        plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), name)
        found += [(title, pattern) for pattern in plugin.denylist]
    return tuple(found)
