"""One module for each output format, listed in `codeassist.render.FORMATS`; nothing else."""
