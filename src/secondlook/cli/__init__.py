"""The same actions from a terminal.

`main` is the entry point of the command `secondlook`. Each command is a module of its own in `commands`, imported when it
is called: `secondlook env` must not pay for importing the server.
"""

from secondlook.cli.program import main

__all__ = ["main"]
