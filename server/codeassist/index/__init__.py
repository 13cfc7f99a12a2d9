"""The index: parse → symbols, references, imports → store → views of a repository's states.

Knows grammars, trees of files and the cache file. Does not know git, settings, or what a check
makes of a name.
"""
