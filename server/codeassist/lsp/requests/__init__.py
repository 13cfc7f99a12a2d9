"""One module for each request, listed in `codeassist.lsp.messages.REQUESTS`; nothing else."""
