"""Refactorings of Python by its own syntax tree and by data flow; renaming with rope.

Everything is worked out from the view's texts. No code of the user's is run or imported.
"""
