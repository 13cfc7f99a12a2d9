"""The gateway to models: providers, routing, retries, limits, cost, redaction, kept answers.

Knows messages and answers. Knows no code, no repository and no task.
"""
