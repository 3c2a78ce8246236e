"""The composition root: the only package that knows every other, and hands each what it needs.

`serve` runs a server until SIGINT or SIGTERM, `running` one that its caller listens for; `migrate`, `create_key` and `reset_password` work offline, while no server holds
the data directory.
"""

from secondlook.app.lock import HeldElsewhere
from secondlook.app.offline import create_key, migrate, reset_password
from secondlook.app.ports import PortTaken
from secondlook.app.serve import Announcement, Running, running, serve

__all__ = [
    "Announcement",
    "HeldElsewhere",
    "PortTaken",
    "Running",
    "create_key",
    "migrate",
    "reset_password",
    "running",
    "serve",
]
