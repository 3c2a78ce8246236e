"""Finding and calling a server, for whoever is not one: the command line, and Python programs and notebooks.

Knows no package of the server but how its services look on the wire.
"""
