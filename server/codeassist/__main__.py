"""Runs the command line for `python -m codeassist`."""

from codeassist.main import main

if __name__ == "__main__":
    main()
