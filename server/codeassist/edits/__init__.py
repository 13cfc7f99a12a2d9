"""From an answer to an edit that can be trusted: locate, apply, verify, write.

Knows trees, the index and text. Knows no model and no task.
"""
