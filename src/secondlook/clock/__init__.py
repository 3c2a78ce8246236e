"""The door for time: what is owed is done when it is due.

`Clock` (run) claims duties and has them done; `handlers` (duties) says how each kind is done, with the
`Services` that `secondlook.app` hands in; `Heartbeat` tells other servers that this one lives.
"""
