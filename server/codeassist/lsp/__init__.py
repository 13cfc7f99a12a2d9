"""The language server: a rim over the engine, on pygls.

`server` builds it, `messages` is the table of what it answers, `requests/` and `notifications/`
have one file a message. LSP's types exist here alone; the engine is given plain data.
"""
