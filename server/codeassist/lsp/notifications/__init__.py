"""One module for each notification, listed in `codeassist.lsp.messages.NOTIFICATIONS`."""
