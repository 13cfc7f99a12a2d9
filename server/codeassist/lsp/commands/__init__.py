"""The commands that the server executes: one file each, see `lsp.messages`."""
