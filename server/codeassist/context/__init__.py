"""Context: gather → rank → budget → pack, with a reason for each piece.

Knows views of the index and plain history. Does not know git, models, prompts or settings.
"""
