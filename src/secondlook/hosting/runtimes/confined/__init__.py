"""What confines a model process, from inside: run as `python -m secondlook.hosting.runtimes.confined.enter PLAN COMMAND…`, it gives up
all that the plan says and becomes the command. What is given up here nothing that runs afterwards can take back.

Needs Linux beyond the limits of resources; `instances.kinds.local.confinement` chooses what a system can do.
"""
