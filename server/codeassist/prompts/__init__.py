"""What models are told: Markdown templates, one folder a task, and the reading of them.

Templates are files, never strings in code. Knows no model and no repository.
"""
