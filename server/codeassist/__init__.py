"""codeassist: evidence-based code review and assistance, for editors and CI.

This package root holds the version and nothing else, so that importing it costs nothing.
"""

__version__ = "0.1.0"
