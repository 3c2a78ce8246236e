"""`python -m secondlook.cli`: the command without its script, as `secondlook demo` starts a server of its own."""

from secondlook.cli.program import main

main()
