"""The kinds of instances, one module each: `local` runs a process on this server, `remote` calls a URL.

None knows another; `hosting.placement` chooses among them.
"""
