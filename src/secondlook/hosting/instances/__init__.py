"""The kinds of instances: `local` runs a process on this server, `remote` calls a URL, `ray` has replicas run on a cluster.

None knows another; `hosting.endpoints.placement` chooses among them.
"""
