"""Fingerprints of findings: the same problem keeps its own while the lines around it move.

A fingerprint depends on the rule, the path, the enclosing definition, the subject and the words of
the marked line, never on a line number or on the wording of the message.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from codeassist.base.findings import Finding
from codeassist.render.places import line_text

# Part of what is hashed. Raise it when the recipe changes: every stored baseline then expires.
RECIPE = 1
_LENGTH = 32  # hexadecimal digits, 128 bits: no accidental collision


def fingerprint(finding: Finding, ordinal: int) -> str:
    """32 hexadecimal digits. `ordinal` is 0 for the first of several findings that look equal."""
    return _digest(_identity(finding), ordinal)


def with_fingerprints(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, each with a fingerprint that no other of them has.

    One that is there already is kept, so that a report from which some findings were removed shows
    those of the whole. Equal-looking findings are counted in the order of their places.
    """
    taken = {finding.fingerprint for finding in findings if finding.fingerprint}
    numbered = sorted(enumerate(findings), key=lambda pair: (pair[1].location.span, pair[0]))
    made: dict[int, Finding] = {}
    ordinals: dict[tuple[str, ...], int] = {}
    for index, finding in numbered:
        if finding.fingerprint:
            made[index] = finding
            continue
        identity = _identity(finding)
        ordinal = ordinals.get(identity, 0)
        while (candidate := _digest(identity, ordinal)) in taken:
            ordinal += 1
        ordinals[identity] = ordinal + 1
        taken.add(candidate)
        made[index] = replace(finding, fingerprint=candidate)
    return tuple(made[index] for index in range(len(findings)))


def _identity(finding: Finding) -> tuple[str, ...]:
    text = line_text(finding.location, finding.location.span.start_line) or ""
    words = " ".join(text.split())  # indentation and alignment may change without a new problem
    return finding.code, finding.location.path, finding.symbol, finding.subject, words


def _digest(identity: tuple[str, ...], ordinal: int) -> str:
    # JSON, since joining with any separator would let two different tuples look the same.
    text = json.dumps([RECIPE, *identity, ordinal])
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
