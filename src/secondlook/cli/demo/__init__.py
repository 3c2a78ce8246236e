"""`secondlook demo`: a review from end to end in one command, with nothing in it that a user could not do.

It speaks to a server (a running one, or its own) through the same protocols as any program.
"""
