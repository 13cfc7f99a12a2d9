"""The repository as git sees it: revisions, trees, and diffs parsed into hunks.

The only room that runs git. Knows nothing of languages, indexes or findings.
"""
