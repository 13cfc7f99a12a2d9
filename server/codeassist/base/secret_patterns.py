"""What credentials look like: detect-secrets' vendor patterns and some that it does not know.

Patterns only. Who uses them decides what is a look-alike: a review wants no false alarm, whereas
what is sent to a model should rather have a harmless string less. Uses none of detect-secrets'
machinery: no settings, no baseline, no verification over the network. The package costs 0.3 s to
import, so a line has to look suspect first.
"""

import re
from functools import cache
from importlib import import_module

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
# Patterns so short that only a word of its own is a match.
BOUNDED = frozenset({"An AWS access key", "A Twilio key", "A Mailchimp key"})
MIN_DISTINCT_CHARACTERS = 8  # a random token of 20 or more characters has more
_MIN_GROUP = 20  # a pattern's only group is the secret itself if it is as long as one

KEY_HEADER = re.compile(r"-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY")
KEY_BODY = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}")


@cache
def vendor_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each pattern with what it finds. The plugins' own search gives groups, not whole matches."""
    found = [(title, re.compile(text)) for text, title in _NEWER.items()]
    for place, title in _PLUGINS.items():
        module, _, name = place.partition(":")
        plugin = getattr(import_module(f"detect_secrets.plugins.{module}"), name)
        found += [(title, pattern) for pattern in plugin.denylist]
    return tuple(found)


def secret_group(match: re.Match[str]) -> int:
    """The group of a vendor pattern's match that is the secret; 0 for all of it."""
    return 1 if match.re.groups == 1 and len(match.group(1) or "") >= _MIN_GROUP else 0
