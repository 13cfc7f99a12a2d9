"""One module for each subcommand, listed in `codeassist.cli.app.COMMANDS`; nothing else."""
