"""Documentation: docstrings and doc comments in the style that the repository uses.

Facts make the form: which entries there are, in which order, with which types. A model, where there
is one, writes sentences and nothing else. Only comments are ever changed.
"""
