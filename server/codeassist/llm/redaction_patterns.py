"""Finds what should not be sent in a text: credentials by their form or by the name beside them.

Finds more than a review reports: a harmless string that is replaced and put back costs next to
nothing, a secret that is sent cannot be called back. Knows texts; replaces nothing. Every request
goes through here, so each pattern begins with letters that Python's `re` can jump to.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.secret_patterns import (
    BOUNDED,
    MIN_DISTINCT_CHARACTERS,
    SUSPECT,
    secret_group,
    vendor_patterns,
)
from codeassist.llm.redaction_pem import key_runs

LONG_CHARACTERS = 12  # a value as long as this is not part of another word by chance
MIN_BITS = 3.0  # of entropy a character: words of English have less, 16 random hex digits more
MIN_KEY_CHARACTERS = 16
MIN_MIXED_DISTINCT = 6


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret in a text: what it is, and its place in characters.

    `spreads` tells that its value is a secret wherever it stands, and not only here.
    """

    title: str
    start: int
    end: int
    spreads: bool


# Tokens that carry their own mark, beside those of detect-secrets; from the vendors' documentation.
_MARKED = {
    r"eyJ(?<![\w-]eyJ)[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}": "A JSON web token",
    r"sk-(?<![\w-]sk-)[\w-]{32,}": "A secret key",
    r"AIza(?<!\wAIza)[\w-]{35}": "A Google key",
    r"hf_(?<!\whf_)[A-Za-z0-9]{30,}": "A Hugging Face token",
    r"gsk_(?<!\wgsk_)[A-Za-z0-9]{40,}": "A Groq key",
    r"npm_(?<!\wnpm_)[A-Za-z0-9]{36}": "An npm token",
    r"dop_v1_[a-f0-9]{64}": "A DigitalOcean token",
    r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}": "A Shopify token",
    r"xapp-\d-[A-Za-z0-9-]{20,}": "A Slack token",
    r"AGE-SECRET-KEY-1[A-Z0-9]{58}": "An age key",
    r"AccountKey=(?P<s>[A-Za-z0-9+/=]{88})": "An Azure storage key",
    r"_auth(?:Token)?\s*=\s*(?P<s>[^\s\"'${}]{16,})": "An npm token",
}
# The same in a text of small letters, since HTTP does not care about case.
_HEADERS = {
    r"bearer\s+(?P<s>[\w.~+/-]{20,}=*)": "A bearer token",
    r"authorization\W{1,6}basic\s+(?P<s>[a-z0-9+/]{12,}={0,2})": "A password",
}
_URL = r"://[^/\s:@{}$<>\"']*:(?P<s>[^/\s@{}$<>%*\"'`]{3,})@[\w.-]"

# Where `SUSPECT` can match: a search for each is ten times as fast as a search for all together.
_SUSPECT_MARKS = (
    "A3T", "ABIA", "ACCA", "AKIA", "ASIA", "AccountKey=", "gh[opusr]_", "github_pat_",
    "gl[a-z]{2,5}-", "GR1348941", r"-us\d", "sk-", "pypi-Ag", r"SG\.", "sq0csp-", "k_live_", ":AA",
    "AC[a-z0-9]{32}", "SK[a-z0-9]{32}", "GOCSPX-", r"\.[\w-]{6}\.[\w-]{27}",
)  # fmt: skip
_SMALL_SUSPECT_MARKS = ("aws", "xox[a-z]-", r"hooks\.slack")

# Words in names of secrets, in small letters; a key is one only beside one of `_KEYS`.
_NAMES = ("pass", "pwd", "secret", "token", "credential", "key")
_KEYS = re.compile(r"(?:api|access|auth|private|client|encryption|signing|account)[_-]?key\Z")
_KEYS_LONGEST = len("encryption_key")
# What follows the name before = "value", in the spellings of most languages: with a type, as an
# entry, as a comparison.
_QUOTED = re.compile(
    r"""(?:word|wd|phrase)?\w{0,20}["'`]?\]?\s{0,20}(?::\s?[\w.\[\]|?]{1,30}\s?)?
        (?:=>|:=|={1,3}|!={1,2}|:)\s{0,20}
        [frbuL@$]?(?P<quote>["'`])(?P<s>[^\s"'`\\]{8,200})(?P=quote)""",
    re.VERBOSE,
)
# NAME=value of shells and .env files, `name: value` of YAML and properties: a line of its own.
_UNQUOTED = re.compile(
    r"""[ \t]*(?:export[ ]|set[ ]|-[ ])?(?:[A-Z0-9_]+=|[\w.-]+:[ ])
        (?P<s>[^\s"'`\\(){}<>\[\],;$]{10,200})[ \t]*\r?(?:\n|\Z)""",
    re.VERBOSE,
)
# What stands for a value instead of being one.
_STAND_IN = re.compile(
    r"""^(?:your|my|the|some|an?|test|dummy|fake|sample|insert|enter|change)(?:[ _-]?[a-z]+)*$
        |example|placeholder|changeme|redacted|^x{4}|^\*{3}|\.{3}|^[<%{]|^\$[({]|^env[:.]
        |^(?:password|passwd|pass|pwd|secret|token|user(?:name)?|root|admin|postgres|guest)\d{0,3}$""",
    re.VERBOSE | re.IGNORECASE,
)
_PATH = re.compile(
    r"""^[a-z]+://|^[.~]{0,2}/?[a-z_.-]+(?:/[a-z0-9_.-]+)+/?$|^[A-Za-z_]+(?:\.[A-Za-z_]+)+$
        |^[a-z]+(?:[_-][a-z]+)*$""",
    re.VERBOSE,
)


def secrets(text: str) -> Iterator[Secret]:
    """The secrets of a text, in no order; they may overlap."""
    small = _small(text)
    yield from _vendors(small, text)
    yield from _marked(_MARKED, text, text)
    yield from _marked(_HEADERS, small, text)
    for match in re.finditer(_URL, text):
        if not _STAND_IN.search(match["s"]):
            yield Secret("A password in an address", *match.span("s"), _spreads(match["s"]))
    for start, end in _assigned(small, text):
        yield Secret("A password or key", start, end, _spreads(text[start:end]))
    for start, end in key_runs(text):
        yield Secret("A private key", start, end, end - start >= LONG_CHARACTERS)


def _small(text: str) -> str:
    """A text in small letters that has all letters at the same places."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := each.lower()) == 1 else each for each in text)


def _vendors(small: str, text: str) -> Iterator[Secret]:
    """What detect-secrets knows, line by line, for its patterns are not made for long texts."""
    hits = [match for mark in _SUSPECT_MARKS for match in re.finditer(mark, text)]
    hits += [match for mark in _SMALL_SUSPECT_MARKS for match in re.finditer(mark, small)]
    starts = {text.rfind("\n", 0, match.start()) + 1 for match in hits}
    for start in sorted(starts):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if SUSPECT.search(line):
            yield from _in_line(line, start)


def _in_line(line: str, start: int) -> Iterator[Secret]:
    for title, pattern in vendor_patterns():
        if title in ("An npm token", "An Azure storage key"):  # their matches are too wide
            continue
        for match in pattern.finditer(line):
            group = secret_group(match)
            first, last = match.span(group)
            if title in BOUNDED and _is_inside_word(line, first, last):
                continue
            if len(set(match.group(group)[4:])) >= MIN_DISTINCT_CHARACTERS:
                yield Secret(title, start + first, start + last, True)


def _is_inside_word(line: str, first: int, last: int) -> bool:
    return line[max(first - 1, 0) : first].isalnum() or line[last : last + 1].isalnum()


def _marked(patterns: dict[str, str], searched: str, text: str) -> Iterator[Secret]:
    for pattern, title in patterns.items():
        for match in re.finditer(pattern, searched):
            start, end = match.span("s" if match.re.groups else 0)
            if _is_mixed(text[start:end]):
                yield Secret(title, start, end, True)


def _assigned(small: str, text: str) -> Iterator[tuple[int, int]]:
    """Values that stand beside the name of a secret, as far as they look like one."""
    for name in _NAMES:
        at = small.find(name)
        while at >= 0:
            end = at + len(name)
            if name != "key" or _KEYS.search(small[max(0, end - _KEYS_LONGEST) : end]):
                line = text.rfind("\n", 0, at) + 1
                for match in (_QUOTED.match(text, end), _UNQUOTED.match(text, line)):
                    if match and match.start("s") > at and _is_value(name, match["s"]):
                        yield match.span("s")
            at = small.find(name, end)


def _is_value(name: str, value: str) -> bool:
    """Whether what stands beside such a name looks like a secret, not like a word or a path."""
    if _STAND_IN.search(value) or _PATH.search(value):
        return False
    if name in ("token", "key"):
        return len(value) >= MIN_KEY_CHARACTERS and _is_mixed(value) and _bits(value) >= MIN_BITS
    return _classes(value) >= 2 and len(set(value)) >= MIN_MIXED_DISTINCT


def _spreads(value: str) -> bool:
    return len(value) >= LONG_CHARACTERS or (len(value) >= 8 and _is_mixed(value))


def _is_mixed(value: str) -> bool:
    """Whether there are letters, digits and enough different characters, as in random tokens."""
    has_both = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return has_both and len(set(value)) >= MIN_MIXED_DISTINCT


def _classes(value: str) -> int:
    """How many of lower-case, upper-case, digits and others a value has."""
    kinds = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
    return sum(any(map(kind, value)) for kind in kinds)


def _bits(value: str) -> float:
    """Shannon's entropy of a value in bits a character."""
    total = len(value)
    return -sum(n / total * math.log2(n / total) for n in Counter(value).values())
