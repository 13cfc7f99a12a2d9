"""The façade: what can be done, done on request, with progress; plain data in and out.

The rims (cli, lsp) know this room and nothing below it but `base` and `render`.
"""
