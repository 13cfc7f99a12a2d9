"""The command line: parses arguments, asks the engine, prints. The only room that prints.

Knows the engine, the settings and the formats; never the index, a model or an editor.
"""
