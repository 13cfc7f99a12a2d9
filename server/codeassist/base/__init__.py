"""Plain data and text arithmetic that every room may use.

Knows nothing of files on disk, git, parsers, terminals or editors.
"""
