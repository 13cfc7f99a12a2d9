"""Files outside git's object store: the disk, overlays on a tree, ignore rules and size limits.

Runs no command and knows nothing of git beyond the syntax of its ignore files.
"""
